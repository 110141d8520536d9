"""A labelled text, and the arrays that one window of it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from khaldun.annotate.learned.pieces import Pieces, windows

IGNORED = -1

Chars = tuple[int, int]


@dataclass(frozen=True)
class Anchor:
    """A cue, trigger or entity, where it starts or is headed, what it is, and the words that are something to it."""

    at: Chars
    label: int
    arguments: tuple[tuple[Chars, int], ...] = ()
    manner: int = IGNORED
    head_last: bool = False


@dataclass(frozen=True)
class Example:
    """A text with what a source of labels says of it; a head that is not in `heads` learns nothing from it."""

    source: str
    id: str
    text: str
    heads: frozenset[str]
    anchors: dict[str, tuple[Anchor, ...]] = field(default_factory=dict)
    spans: dict[str, tuple[tuple[Chars, int], ...]] = field(default_factory=dict)
    unsure: dict[str, tuple[Chars, ...]] = field(default_factory=dict)
    incidents: tuple[tuple[Chars, tuple[int, ...]], ...] = ()


@dataclass(frozen=True)
class Labelled:
    """An example in pieces, its labels per piece."""

    example: Example
    pieces: Pieces
    tags: dict[str, NDArray[np.int64]]
    incident: NDArray[np.float32] | None
    anchors: dict[str, tuple[tuple[int, int, int, NDArray[np.int64]], ...]]
    """Per task: (piece, label, manner, role per piece)."""


@dataclass(frozen=True)
class Window:
    """[start, end) pieces of a labelled example."""

    of: Labelled
    start: int
    end: int


def label(example: Example, pieces: Pieces, evoking: frozenset[str] = frozenset()) -> Labelled:
    """The example's labels at the first piece of each word; `IGNORED` at the others and where it is unsure.

    A text whose events nobody marked still teaches what evokes none: every word that begins like no trigger anywhere
    (`evoking`, see `beginning`); of the others nothing is known there.
    """
    tags: dict[str, NDArray[np.int64]] = {
        name: _bio(pieces, example.spans.get(name, ()), example.unsure.get(name, ()))
        for name in ("entity", "role", "said", "name")
        if name in example.heads
    }
    anchors = {}
    for task, found in example.anchors.items():
        placed = [(piece, a) for a in found if (piece := _piece(pieces, a)) is not None]
        anchors[task] = tuple((p, a.label, a.manner, _roles(pieces, a)) for p, a in placed)
        if task != "tie":
            tags[task] = _marks(pieces, placed)
    if evoking and "trigger" not in example.heads:
        tags["trigger"] = _quiet(example.text, pieces, evoking)
    return Labelled(example, pieces, tags, _incident(example, pieces), anchors)


def beginning(word: str) -> str:
    """What words of one family share, roughly: their first five letters."""
    return word.lower()[:5]


def _quiet(text: str, pieces: Pieces, evoking: frozenset[str]) -> NDArray[np.int64]:
    marks = np.full(len(pieces), IGNORED)
    for at in np.flatnonzero(pieces.first):
        word = re.match(r"\w+|\W", text[pieces.starts[at] : pieces.starts[at] + 24])
        if word is not None and beginning(word.group()) not in evoking:
            marks[at] = 0
    return marks


def cut_up(labelled: Labelled, *, offset: int) -> Iterator[Window]:
    """The windows of an example."""
    for start, end in windows(len(labelled.pieces), offset=offset, margin=0):
        yield Window(labelled, start, end)


def _within(pieces: Pieces, at: Chars) -> NDArray[np.bool_]:
    return pieces.first & (pieces.starts < at[1]) & (pieces.ends > at[0])


def _piece(pieces: Pieces, anchor: Anchor) -> int | None:
    found = np.flatnonzero(_within(pieces, anchor.at))
    if not len(found):
        return None
    return int(found[-1] if anchor.head_last else found[0])


def _marks(pieces: Pieces, placed: Sequence[tuple[int, Anchor]]) -> NDArray[np.int64]:
    marks = np.where(pieces.first, 0, IGNORED)
    for piece, anchor in placed:
        marks[piece] = anchor.label
    return marks


def _roles(pieces: Pieces, anchor: Anchor) -> NDArray[np.int64]:
    roles = np.where(pieces.first, 0, IGNORED)
    for at, role in anchor.arguments:
        roles[_within(pieces, at)] = role
    return roles


def _bio(pieces: Pieces, spans: Sequence[tuple[Chars, int]], unsure: Sequence[Chars]) -> NDArray[np.int64]:
    """0 outside, 2t+1 at the first word of a span of type t, 2t+2 in its other words; inner spans are left out."""
    tags = np.where(pieces.first, 0, IGNORED)
    for at in unsure:
        tags[_within(pieces, at)] = IGNORED
    for at, kind in sorted(spans, key=lambda s: s[0][1] - s[0][0]):
        found = np.flatnonzero(_within(pieces, at))
        tags[found] = 2 * kind + 2
        tags[found[:1]] = 2 * kind + 1
    return tags


def _incident(example: Example, pieces: Pieces) -> NDArray[np.float32] | None:
    if "incident" not in example.heads:
        return None
    from khaldun.annotate.learned.labels import INCIDENT_TYPES

    marks = np.zeros((len(pieces), len(INCIDENT_TYPES)), dtype=np.float32)
    for at, kinds in example.incidents:
        rows = np.flatnonzero(_within(pieces, at))
        for kind in kinds:
            marks[rows, kind] = 1.0
    return marks
