"""What speaks for and against somebody's filling a cell of a row; weighed by `data/rules/incident_weights.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from khaldun.export.incident_candidates import Candidate
from khaldun.export.incident_rules import Cell
from khaldun.export.incident_scene import Scene
from khaldun.model import Frame, Span

SEEN = (0.03, 0.08, 0.15, 0.25, 0.4, 0.6, 0.8)
_SEEN_OTHERWISE = (0.15, 0.3, 0.6)
FARTHEST = 10
"""Sentences between a telling and what may fill its row: a victim's name or who is behind it is often told late."""

_BLAME = re.compile(
    r"\b(claim\w*\s+(?:\w+\s+){0,2}responsib|responsib|attribut|blam|accus|suspect|alleged|presumed|authors? of)", re.I
)


@lru_cache(maxsize=1024)
def _blames(sentence: str) -> bool:
    return _BLAME.search(sentence) is not None


def findings_on(
    candidate: Candidate,
    cell: Cell,
    type: str,
    frames: Sequence[Frame],
    ruled: Mapping[Cell, AbstractSet[Span]],
    best: float,
    scene: Scene,
) -> Iterator[str]:
    """The findings. `ruled` is what the rules put in each cell, `best` the layer's best share for this one."""
    yield "always"
    yield from _by_the_layer(candidate, cell, best)
    yield from _by_rule(candidate, cell, type, ruled)
    yield from _by_place(candidate, frames, scene)
    yield from _by_itself(candidate, scene)


def distance(candidate: Candidate, frames: Sequence[Frame], scene: Scene) -> int:
    """The sentences between the nearest mention and the nearest telling."""
    told = [scene.sentence_number(f.trigger.start) for f in frames]
    return min(abs(scene.sentence_number(s.start) - n) for s in candidate.spans for n in told)


def _by_the_layer(candidate: Candidate, cell: Cell, best: float) -> Iterator[str]:
    share = candidate.fills.get(cell, 0.0)
    yield from (f"seen_{least}" for least in SEEN if share >= least)
    if share >= SEEN[1] and share == best:
        yield "best_seen"
    other = max((s for c, s in candidate.fills.items() if c != cell), default=0.0)
    yield from (f"seen_otherwise_{least}" for least in _SEEN_OTHERWISE if other >= least)


def _by_rule(candidate: Candidate, cell: Cell, type: str, ruled: Mapping[Cell, AbstractSet[Span]]) -> Iterator[str]:
    cells = {c for c, spans in ruled.items() if candidate.span.overlaps_any(spans)}
    yield f"of_{type}"
    if cell in cells:
        yield "ruled"
        yield f"ruled_of_{type}"
    yield from (f"ruled_{c}" for c in sorted(cells - {cell}))
    if not ruled[cell]:
        yield "none_ruled"


def _by_place(candidate: Candidate, frames: Sequence[Frame], scene: Scene) -> Iterator[str]:
    far = distance(candidate, frames, scene)
    yield f"near_{far}" if far < 3 else "far"
    if any(f.evidence.contains(s) for f in frames for s in candidate.spans):
        yield "in_evidence"
    first = min(scene.sentence_number(s.start) for s in candidate.spans)
    yield f"first_{min(first, 3)}"
    count = len(candidate.spans)
    yield "told_once" if count == 1 else "told_twice" if count < 4 else "told_often"


def _by_itself(candidate: Candidate, scene: Scene) -> Iterator[str]:
    yield f"is_{candidate.type or candidate.kind}"
    yield from (f"by_{form}" for form in sorted(candidate.forms))
    words = set(re.findall(r"[a-z]+", candidate.span.of(scene.text).lower()))
    if words & scene.rules.armed_words:
        yield "armed_words"
    if words & {"police", "policemen"}:
        yield "police"
    if words & scene.rules.bodies:
        yield "body_words"
    if any(source.overlaps(span) for source in scene.speakers for span in candidate.spans):
        yield "speaks"
    if any(_blames(scene.sentence_of(span)) for span in candidate.spans):
        yield "blamed"
    roles = {r for f in scene.frames for r in ("actor", "target") for m in f.roles.get(r, ())
             if m.span.overlaps_any(candidate.spans)}  # fmt: skip
    yield from (f"a_{role}" for role in sorted(roles))
