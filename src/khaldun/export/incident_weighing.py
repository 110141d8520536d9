"""Who fills the cells of a row: the rules' roles and the learned layer's shares, weighed together.

What a rule put in a cell stays unless much speaks against it; what no rule put there is added where enough speaks for
it. Without a layer the rules alone speak. The weights are in `data/rules/incident_weights.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from khaldun.export.incident_candidates import Candidate
from khaldun.export.incident_cells import FARTHEST, SEEN, distance, findings_on
from khaldun.export.incident_fillers import Filler, Fillings, is_armed, ruled_fillings
from khaldun.export.incident_rules import CELLS, Cell
from khaldun.export.incident_scene import Scene
from khaldun.model import Frame, Span

ADDED_FROM = SEEN[3]
"""What no rule put in a cell is weighed for it from this share of the layer on; from here on it agrees with a rule."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident is told, and where the report's other rows are."""

    type: str
    frames: Sequence[Frame]
    others: Sequence[Sequence[Frame]] = ()
    elsewhere: Sequence[Sequence[Frame]] = ()
    """All its other tellings, news or not: who has a part in one of them by rule is not added to this row."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate for a cell with what speaks for and against it; `ruled` where a rule put it there."""

    candidate: Candidate
    cell: Cell
    ruled: Filler | None
    findings: frozenset[str]


def fillings_of(place: Place, candidates: Sequence[Candidate], scene: Scene) -> Fillings:
    """The fillers of the incident told there."""
    ruled = ruled_fillings(place.frames, scene)
    if not scene.layered:
        return ruled
    found: dict[Cell, list[Filler]] = {cell: [] for cell in CELLS}
    for each in weighed(place, ruled, candidates, scene):
        filler = _filler(each, scene)
        if filler is not None and not (filler.kind == "thing" and is_armed(filler, scene)):
            found[each.cell].append(filler)
    for cell, fillers in by_cell(ruled).items():
        named_in_no_mention = (f for f in fillers if not any(_is(c, f) for c in candidates))
        found[cell] += (f for f in named_in_no_mention if f.quote not in {g.quote for g in found[cell]})
    return Fillings(
        perpetrators=_in_order((*found["individual"], *found["organisation"])),
        targets=_in_order(found["thing"]),
        victims=_in_order(found["person"]),
        armed=ruled.armed,
        instruments=_in_order(found["instrument"]),
    )


def weighed(place: Place, ruled: Fillings, candidates: Sequence[Candidate], scene: Scene) -> Iterator[Weighed]:
    """Every candidate for every cell that it may fill; a rule's filler also where no candidate is like it."""
    fillers = by_cell(ruled)
    elsewhere = [*_parts(place.elsewhere), *_dead_elsewhere(place, scene)]
    spans: Mapping[Cell, AbstractSet[Span]] = {cell: {f.span for f in fillers[cell]} for cell in CELLS}
    for cell in CELLS:
        left = list(fillers[cell])
        near = [c for c in candidates if c.may_fill(cell) or any(_is(c, f) for f in left)]
        best = max((c.fills.get(cell, 0.0) for c in near), default=0.0)
        for candidate in near:
            own = next((f for f in left if _is(candidate, f)), None)
            if own is not None:
                left.remove(own)
            elif (
                candidate.fills.get(cell, 0.0) < ADDED_FROM
                or not _is_near(candidate, place, scene)
                or any(span.overlaps(part) for span in candidate.spans for part in elsewhere)
            ):
                continue
            told = findings_on(candidate, cell, place.type, place.frames, spans, best, scene)
            yield Weighed(candidate, cell, own, frozenset(told))


def _parts(tellings: Iterable[Sequence[Frame]]) -> list[Span]:
    """Where those stand to whom the tellings give a part."""
    roles = ("actor", "target", "object", "instrument")
    return [m.span for frames in tellings for f in frames for role in roles for m in f.roles.get(role, ())]


def _dead_elsewhere(place: Place, scene: Scene) -> Iterator[Span]:
    """Whom another happening killed, be it a fight that makes no row: "*Omar Saleh* was killed in the clashes"."""
    here = {f.id for f in place.frames}
    for frame in scene.frames:
        if frame.id not in here:
            yield from (t.span for t in frame.tolls if t.of == "killed" and t.who is not None)


def _is_near(candidate: Candidate, place: Place, scene: Scene) -> bool:
    """Within reach of a telling, and no nearer to one of another row."""
    far = distance(candidate, place.frames, scene)
    return far <= FARTHEST and all(far <= distance(candidate, other, scene) for other in place.others)


def by_cell(fillings: Fillings) -> Mapping[Cell, Sequence[Filler]]:
    """The fillers of civilian rows by cell."""
    every = (*fillings.perpetrators, *fillings.targets, *fillings.victims, *fillings.instruments)
    return {cell: [f for f in every if f.kind == cell] for cell in CELLS}


def _is(candidate: Candidate, filler: Filler) -> bool:
    return candidate.span == filler.span or filler.span in candidate.spans


def _filler(each: Weighed, scene: Scene) -> Filler | None:
    rules = scene.rules.cells[each.cell]
    score = rules.weights.weigh(each.findings)
    if each.ruled is not None:
        agreed = each.candidate.fills.get(each.cell, 0.0) >= ADDED_FROM
        stands = replace(each.ruled, made_by="rule+learned" if agreed else "rule")
        return stands if score >= rules.doubted else None
    if score < 0:
        return None
    c = each.candidate
    return Filler(c.span.of(scene.text), c.span, each.cell, c.named, c.entity, "learned")


def _in_order(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    return tuple(sorted(fillers, key=lambda f: (f.span.start, f.span.end)))
