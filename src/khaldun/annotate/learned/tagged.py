"""Spans of the tagging heads: whole noun phrases, fillers of incident rows; sentences that tell of an incident."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from khaldun.annotate.learned.labels import CASES, ENTITY_TYPES, INCIDENT_ROLES, INCIDENT_TYPES
from khaldun.annotate.learned.reader import Reading, shares, tag_scores
from khaldun.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span of one type, the piece of its last word, and the mean probability of its tags."""

    span: Span
    type: str
    last: int
    score: float


def tag_entities(reading: Reading) -> tuple[Tagged, ...]:
    """Whole noun phrases with types in re3d's names; none lies in another."""
    return tuple(_tagged(reading, "entity", ENTITY_TYPES))


def tag_incident_roles(reading: Reading) -> tuple[Tagged, ...]:
    """Fillers of incident rows, in MUC-4's names."""
    return tuple(_tagged(reading, "role", INCIDENT_ROLES))


def incident_scores(reading: Reading, sentences: Sequence[Span]) -> list[dict[str, float]]:
    """For each sentence, how likely it is part of an incident of each type (mean over its words)."""
    if not len(reading.pieces):
        return [{} for _ in sentences]
    likely = 1 / (1 + np.exp(-tag_scores(reading, "incident")))
    found = []
    for sentence in sentences:
        inside = reading.words[_between(reading, sentence)]
        means = likely[inside].mean(0) if len(inside) else np.zeros(len(INCIDENT_TYPES))
        found.append({kind: round(float(mean), 3) for kind, mean in zip(INCIDENT_TYPES, means, strict=True)})
    return found


def cases(reading: Reading) -> list[tuple[Span, str]]:
    """Each word's span and how it would be written in mixed case (`labels.CASES`)."""
    if not len(reading.pieces):
        return []
    best = tag_scores(reading, "case")[reading.words].argmax(-1)
    return [(_span(reading, int(w), int(w)), CASES[int(b)]) for w, b in zip(reading.words, best, strict=True)]


def _tagged(reading: Reading, head: str, types: Sequence[str]) -> Iterator[Tagged]:
    if not len(reading.pieces):
        return
    words = reading.words
    likely = shares(tag_scores(reading, head)[words])
    for kind, run in _spans_of_tags(likely):
        score = float(np.mean([likely[i, 2 * kind + 1] + likely[i, 2 * kind + 2] for i in run]))
        first, last = int(words[run[0]]), int(words[run[-1]])
        yield Tagged(_span(reading, first, last), types[kind], last, round(score, 3))


def _spans_of_tags(likely: NDArray[np.float32]) -> Iterator[tuple[int, list[int]]]:
    """Runs of tags: a beginning opens one; a going-on of another type, or of none, is read as a beginning."""
    best = likely.argmax(-1)
    run: list[int] = []
    kind = -1
    for at, tag in enumerate(best):
        goes_on = tag > 0 and tag % 2 == 0 and (tag - 2) // 2 == kind and bool(run)
        if not goes_on and run:
            yield kind, run
            run, kind = [], -1
        if tag > 0:
            kind = int((tag - 1) // 2)
            run.append(at)
    if run:
        yield kind, run


def _between(reading: Reading, span: Span) -> NDArray[np.bool_]:
    starts = reading.pieces.starts[reading.words]
    inside: NDArray[np.bool_] = (starts >= span.start) & (starts < span.end)
    return inside


def _span(reading: Reading, first: int, last: int) -> Span:
    return Span(int(reading.pieces.starts[first]), int(reading.ends[last]))
