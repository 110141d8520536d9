"""Spans of the tagging head: whole noun phrases with types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khaldun.annotate.learned.labels import ENTITY_TYPES
from khaldun.annotate.learned.reader import Reading, shares, tag_scores
from khaldun.copies import quickly_made
from khaldun.model import Span


@quickly_made
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
    words = reading.words.tolist()
    likely = shares(tag_scores(reading, head))
    of_type = likely[:, 1::2] + likely[:, 2::2]
    for kind, run in _spans_of_tags(likely.argmax(-1).tolist()):
        score = sum(of_type[run.start : run.stop, kind].tolist()) / len(run)
        last = run.stop - 1
        yield Tagged(reading.span(run.start, last), types[kind], words[last], round(score, 3))


def _spans_of_tags(best: Sequence[int]) -> Iterator[tuple[int, range]]:
    """Runs of tags: a beginning opens one; a going-on of another type, or of none, is read as a beginning."""
    opened, kind = 0, -1
    for at, tag in enumerate([*best, 0]):
        if tag and tag == 2 * kind + 2:
            continue  # it goes on
        if kind >= 0:
            yield kind, range(opened, at)
        opened, kind = at, (tag - 1) // 2
