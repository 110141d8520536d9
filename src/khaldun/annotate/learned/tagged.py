"""Spans of the tagging head: whole noun phrases with types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from khaldun.annotate.learned.labels import ENTITY_TYPES
from khaldun.annotate.learned.reader import Reading, shares, tag_scores
from khaldun.model import Span

if TYPE_CHECKING:
    import numpy as np
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


def _tagged(reading: Reading, head: str, types: Sequence[str]) -> Iterator[Tagged]:
    if not len(reading.pieces):
        return
    words = reading.words
    likely = shares(tag_scores(reading, head))
    of_type = likely[:, 1::2] + likely[:, 2::2]
    for kind, run in _spans_of_tags(likely):
        score = sum(of_type[run, kind].tolist()) / len(run)
        first, last = int(words[run[0]]), int(words[run[-1]])
        yield Tagged(_span(reading, first, last), types[kind], last, round(score, 3))


def _spans_of_tags(likely: NDArray[np.float32]) -> Iterator[tuple[int, list[int]]]:
    """Runs of tags: a beginning opens one; a going-on of another type, or of none, is read as a beginning."""
    best = likely.argmax(-1).tolist()
    run: list[int] = []
    kind = -1
    for at, tag in enumerate(best):
        goes_on = tag > 0 and tag % 2 == 0 and (tag - 2) // 2 == kind and bool(run)
        if not goes_on and run:
            yield kind, run
            run, kind = [], -1
        if tag > 0:
            kind = (tag - 1) // 2
            run.append(at)
    if run:
        yield kind, run


def _span(reading: Reading, first: int, last: int) -> Span:
    return Span(int(reading.pieces.starts[first]), int(reading.ends[last]))
