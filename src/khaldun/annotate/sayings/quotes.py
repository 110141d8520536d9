"""Pairs the quotation marks of a report: what stands between marks, across sentences and paragraphs.

Reads every convention that reaches us: curly and straight, doubled by a table export (``""so""``), as typed for a
typesetter, single marks, and long quotations that repeat the opening mark at each paragraph and close only once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khaldun.annotate.reading.sentences import Parse
from khaldun.model import Span, hull

_MARK = re.compile(r"\"\"|``|''|’’|[“”„«»\"‘’']")
_DOUBLE = {"“": "“", "”": "“", "„": "“", "«": "«", "»": "«", '"': '"', '""': '""', "``": "``", "''": "``", "’’": "``"}
_ALWAYS_OPENS = frozenset("“„«") | {"``"}
_ALWAYS_CLOSES = frozenset("”»") | {"’’"}
# A single mark further than this from its partner is an apostrophe that stands at a word's edge ("the troops' base").
_LONGEST_SINGLE = 400


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between one pair of marks.

    `outer` runs from the first mark to the last, `pieces` are the words inside, one piece per paragraph.
    """

    outer: Span
    pieces: tuple[Span, ...]

    @property
    def inner(self) -> Span:
        """From the first quoted character to the last."""
        return hull(self.pieces)


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    family: str
    opens: bool
    closes: bool


def find_quotations(parse: Parse) -> tuple[Quotation, ...]:
    """The outermost quotations of the parts that yield facts, in text order."""
    text = parse.report.text
    found: list[Quotation] = []
    pending: list[_Mark] = []  # the opening marks of a quotation that no paragraph has closed yet
    for passage in parse.passages:
        marks = list(_marks(text, passage.extent))
        if pending and not (marks and _continues(marks[0], passage.extent, text)):
            pending = []
        found += _pair(text, marks, pending)
    return tuple(_outermost(found))


def near(quotations: Sequence[Quotation], span: Span) -> Sequence[Quotation]:
    """Those of `find_quotations` that overlap `span`."""
    first = bisect_right(quotations, span.start, key=lambda q: q.outer.end)
    last = bisect_left(quotations, span.end, key=lambda q: q.outer.start)
    return quotations[first:last]


def _continues(mark: _Mark, extent: Span, text: str) -> bool:
    return mark.opens and not text[extent.start : mark.span.start].strip()


def _pair(text: str, marks: Sequence[_Mark], pending: list[_Mark]) -> Iterator[Quotation]:
    """Pairs the marks of one paragraph; leaves in `pending` what it opened and did not close."""
    single: _Mark | None = None
    held = list(pending)
    pending.clear()
    current: _Mark | None = None
    for mark in marks:
        if mark.family == "'":
            single, made = _single(mark, single)
            if made is not None and current is None:
                yield made
        elif current is None:
            current = mark if mark.opens else None
        elif mark.closes and _same_family(mark, current):
            starts = [*held, current]
            yield Quotation(hull([starts[0].span, mark.span]), _pieces(text, starts, mark))
            held, current = [], None
    if current is not None:
        pending += [*held, current]


def _same_family(mark: _Mark, opened: _Mark) -> bool:
    return mark.family == opened.family or "“" in (mark.family, opened.family)


def _pieces(text: str, starts: Sequence[_Mark], close: _Mark) -> tuple[Span, ...]:
    pieces = []
    for number, start in enumerate(starts):
        end = starts[number + 1].span.start if number + 1 < len(starts) else close.span.start
        kept = len(text[start.span.end : end].rstrip())
        pieces.append(Span(start.span.end, start.span.end + kept))
    return tuple(p for p in pieces if len(p)) or (Span(starts[0].span.end, close.span.start),)


def _single(mark: _Mark, opened: _Mark | None) -> tuple[_Mark | None, Quotation | None]:
    if opened is not None and mark.closes and mark.span.start - opened.span.end <= _LONGEST_SINGLE:
        inner = Span(opened.span.end, mark.span.start)
        return None, (Quotation(Span(opened.span.start, mark.span.end), (inner,)) if len(inner) else None)
    return (mark if mark.opens else opened), None


def _marks(text: str, extent: Span) -> Iterator[_Mark]:
    """The marks of one paragraph with what each may do; the outer marks of a table export's cell are left out."""
    cells = list(_cells(text, extent))
    at = extent.start
    while (found := _MARK.search(text, at, extent.end)) is not None:
        at = found.end()
        if found.start() in cells:
            at = found.start() + 1
            continue
        if (mark := _read(text, Span(*found.span()), extent)) is not None:
            yield mark


def _cells(text: str, extent: Span) -> Iterator[int]:
    """Where the outer marks of a quoted table cell stand: a line in marks with doubled marks inside."""
    start = extent.start
    for line in text[extent.start : extent.end].split("\n"):
        kept = line.rstrip()
        if len(kept) > 4 and kept[0] == kept[-1] == '"' and '""' in kept[1:-1]:
            yield from (start, start + len(kept) - 1)
        start += len(line) + 1


def _read(text: str, span: Span, extent: Span) -> _Mark | None:
    mark = span.of(text)
    before = text[span.start - 1] if span.start > extent.start else " "
    after = text[span.end] if span.end < extent.end else " "
    after_word = not before.isspace() and before not in "([—–-“‘\"'/"
    before_word = not after.isspace() and after not in ".,;:!?)]—–”"
    if mark in ("'", "‘", "’"):
        return _read_single(mark, span, after_word=after_word, after=after, before_word=before_word)
    if mark in _ALWAYS_OPENS:
        return _Mark(span, _DOUBLE[mark], opens=True, closes=after_word and not before_word)
    if mark in _ALWAYS_CLOSES:
        return _Mark(span, _DOUBLE[mark], opens=False, closes=True)
    if mark == "''":
        return _Mark(span, "``", opens=not after_word and before_word, closes=after_word or not before_word)
    return _Mark(span, _DOUBLE[mark], opens=not after_word and before_word, closes=after_word or not before_word)


def _read_single(mark: str, span: Span, *, after_word: bool, before_word: bool, after: str) -> _Mark | None:
    opens = mark == "‘" or (mark == "'" and not after_word and after.isalpha())
    closes = mark != "‘" and after_word and not after.isalnum()
    if not (opens or closes) or (opens and not before_word):
        return None
    return _Mark(span, "'", opens=opens, closes=closes)


def _outermost(found: Sequence[Quotation]) -> Iterator[Quotation]:
    end = -1
    for quotation in sorted(found, key=lambda q: (q.outer.start, -q.outer.end)):
        if quotation.outer.start >= end:
            yield quotation
            end = quotation.outer.end
