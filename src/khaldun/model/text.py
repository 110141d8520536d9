"""A report as it came, its parts, and places in its text and in time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from khaldun.copies import quickly_made
from khaldun.model.vocabulary import READ_PARTS, Basis, PartKind


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open range `[start, end)` of code points of a report's text."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # every second object of a report is one: filled past the ban on setting it is made in three fifths of the time
        if not 0 <= start <= end:
            raise ValueError(f"not a span: [{start}, {end})")
        _set_start(self, start)
        _set_end(self, end)

    def __eq__(self, other: object) -> bool:
        return type(other) is Span and self.start == other.start and self.end == other.end

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The quotation that this span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True where `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps_any(self, others: Iterable[Span]) -> bool:
        """True where this span shares at least one character with one of `others`."""
        start, end = self.start, self.end
        for other in others:  # noqa: SIM110 - asked so often that a generator would cost twice the time
            if start < other.end and other.start < end:
                return True
        return False

    def within_any(self, others: Iterable[Span]) -> bool:
        """True where this span lies wholly inside one of `others`."""
        start, end = self.start, self.end
        for other in others:  # noqa: SIM110 - likewise
            if other.start <= start and end <= other.end:
                return True
        return False


_set_start: Callable[[Span, int], None] = Span.__dict__["start"].__set__
_set_end: Callable[[Span, int], None] = Span.__dict__["end"].__set__


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all of `spans`. Raises ValueError when there is none."""
    spans = tuple(spans)
    if not spans:
        raise ValueError("hull of no spans")
    if len(spans) == 1:
        return spans[0]
    return Span(min([s.start for s in spans]), max([s.end for s in spans]))


@quickly_made
@dataclass(frozen=True, slots=True)
class When:
    """The interval of days in which something is known to lie; both ends inclusive.

    `None` at an end means open. Both ends `None` means that nothing is known. `anchor` is the day a relative
    time was counted from, `span` the words that gave the interval (outside the body for a caption's date).
    """

    earliest: date | None = None
    latest: date | None = None
    basis: Basis = "none"
    anchor: date | None = None
    span: Span | None = None

    @property
    def known(self) -> bool:
        return self.earliest is not None or self.latest is not None


UNKNOWN_TIME = When()


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a report's text and what it is. `author` is set for comments and embedded posts."""

    kind: PartKind
    span: Span
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Words in which a report points to another report ("[See LWJ report, …]")."""

    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was left out of the reading, and why. `span` is None for what is not in the text at all."""

    reason: str
    quote: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One document as received.

    `id` hashes outlet, url and text; `input_id` is the name it came under (file name, JSON Lines id, URL);
    `raw` is the SHA-256 of the bytes; `published_evidence` the words of the date as printed;
    `unread` says why the text is kept but not read (another language, for example).
    """

    id: str
    input_id: str
    raw: str
    text: str
    parts: tuple[Part, ...]
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: When = UNKNOWN_TIME
    published_evidence: str | None = None
    retrieved: datetime | None = None
    language: str | None = "en"
    references: tuple[Reference, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    unread: str | None = None

    @property
    def published_day(self) -> date | None:
        """The day of publication when it is known to the day, else None."""
        p = self.published
        return p.earliest if p.earliest is not None and p.earliest == p.latest else None

    def read_parts(self) -> tuple[Part, ...]:
        """The parts that yield facts, in text order."""
        return tuple(p for p in self.parts if p.kind in READ_PARTS)


def make_id(*parts: object) -> str:
    """A stable id of 16 hex digits from the given parts; None and the empty string are told apart."""
    text = "\x1f".join(["\x00" if p is None else str(p) for p in parts])
    made = _NOTHING_HASHED.copy()
    made.update(text.encode("utf-8", "surrogatepass"))
    return made.hexdigest()[:16]


_NOTHING_HASHED = hashlib.sha256()
"""Copied for each id: to begin anew takes as long again, since the library looks up the method each time."""
