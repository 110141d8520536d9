"""Invisible characters, odd spacing and marks written as in a page ("&quot;") are read past, marks that a scraper
dropped are read as if they were there; every span still points into the text as received.

A soft hyphen inside "Ben\u00adghazi" or two spaces between words are nothing to a reader and much to a parser. A report
that holds such things is annotated in a copy without them, as is one that has lost its apostrophes or commas in a copy
with them; then all spans are put back to where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from html import unescape
from itertools import accumulate, pairwise
from types import NoneType
from typing import Any, Literal, TypeVar

from khaldun.annotate.ground import check_annotation
from khaldun.annotate.reading.lost_commas import lost_commas
from khaldun.annotate.reading.lost_marks import lost_apostrophes, lost_stops
from khaldun.copies import replace
from khaldun.model import Annotation, Candidate, Entity, Locus, Mention, Part, Quantity, Report, Span, Timex

T = TypeVar("T")

# What a page left behind that was taken for plain text: one character each.
_ENTITY = (
    "&(?:quot|amp|apos|nbsp|ndash|mdash|lsquo|rsquo|ldquo|rdquo|laquo|raquo|hellip|eacute|egrave|agrave|ccedil|uuml|ouml|auml"
    "|#(?:39|34|38|160|8211|8212|8216|8217|8220|8221|8230)|#x27);"
)
# Soft hyphen, zero-width space, word joiner, byte order mark; a second or third space between two words; the hyphen and
# the break in a word that ends its line ("provin-\ncial").
_NOTHING = re.compile(
    "[\u00ad\u200b\u2060\ufeff]|(?<=[^\\s][ \t\u00a0])[ \t\u00a0]{1,2}(?=[^\\s])"
    "|(?<=[a-z]{2})-[ \t]?\r?\n(?=[a-z]{2})|(?P<entity>" + _ENTITY + ")"
)
_LOST = str.maketrans("", "", "',.")
_HYPHEN = "\u2011"
# Marks as typed for a typesetter, a whole text of them: ``so''.
_TYPED = re.compile("``|''")
_MARKS = {"``": '"', "''": '"'}
# Markdown's marks for bold, italics, code, links, notes and the cells of a table.
_MARKED_UP = re.compile(
    r"(?P<bold>\*\*(?=\S)|(?<=\S)\*\*)|(?<![\w*])\*(?=[^\s*][^*\n]{0,300}\*(?![\w*]))|(?<=[^\s*])\*(?![\w*])"
    r"|(?<!`)`(?!`)|!?\[(?=[^\]\n]{1,200}\]\(\S{1,400}?\))|\]\(\S{1,400}?\)|\[\^\w{1,20}\](?!:)"
)
_ROW = re.compile(r"^[ \t]*\|(?P<cells>[^\n]*[^\s|][^\n]*)\|[ \t]*$", re.M)
_CELL = re.compile(r"[ \t]*\|[ \t]*")
_BARE = (str, int, float, date, NoneType, frozenset, Candidate, Locus, Quantity, Timex)
"""What holds no span of a report's text."""


def _as_received(annotation: Annotation, mentions: Sequence[Mention]) -> tuple[Entity, ...]:
    """The entities under the names that the text has for them, not under those that the copy has."""
    read = zip(annotation.mentions, mentions, strict=True)
    printed = {a.quote: b.quote for a, b in read if a.quote != b.quote and _bare(a.quote) == _bare(b.quote)}
    if not printed:
        return annotation.entities
    return tuple(
        replace(
            entity,
            name=printed.get(entity.name, entity.name),
            names=tuple(replace(n, text=printed.get(n.text, n.text)) for n in entity.names),
        )
        for entity in annotation.entities
    )


def _bare(name: str) -> str:
    """The name without the marks that are put back; "Djibo&#39;s mayor" differs from its copy by more than these."""
    return name.translate(_LOST)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What the copy has in place of the characters from `start` to `end` of the text."""

    start: int
    end: int
    read: str


def reading_copy(report: Report) -> Report:
    """The report as it is read: itself, or a copy without what is nothing to a reader and with the marks it lost."""
    text = _edited(report.text)
    if text is report.text:
        return report
    shift = _shift(report.text)
    parts = tuple(
        Part(p.kind, Span(shift(p.span.start), max(shift(p.span.start), shift(p.span.end))), p.author)
        for p in report.parts
    )
    return replace(report, text=text, parts=parts)


def put_back(annotation: Annotation, report: Report) -> Annotation:
    """The layers over a reading copy as layers over the report itself. Raises UngroundedQuote as a check of its own."""
    if annotation.report is report:
        return annotation
    back = _Back(report.text)
    mentions = back.moved(annotation.mentions)
    return check_annotation(
        Annotation(
            report,
            back.moved(annotation.sentences),
            mentions,
            _as_received(annotation, mentions),
            back.moved(annotation.attributions),
            back.moved(annotation.frames),
            back.moved(annotation.ties),
        )
    )


@lru_cache(maxsize=8)
def _edits(text: str) -> tuple[_Edit, ...]:
    """How the copy differs from the text, in text order."""
    found = [_Edit(m.start(), m.end(), unescape(m["entity"]) if m["entity"] else "") for m in _NOTHING.finditer(text)]
    found += [_Edit(at, at, mark) for at, mark in (*lost_apostrophes(text), *lost_commas(text), *lost_stops(text))]
    found += [_Edit(m.start(), m.end(), "-") for m in re.finditer(_HYPHEN, text)] if _HYPHEN in text else []
    if "``" in text:
        found += [_Edit(m.start(), m.end(), _MARKS[m.group()]) for m in _TYPED.finditer(text)]
    if "**" in text or "](" in text or "[^" in text or "`" in text:
        found += [_Edit(m.start(), m.end(), "") for m in _MARKED_UP.finditer(text) if not _is_typed(m)]
    if "|\n" in text:
        found += [edit for row in _ROW.finditer(text) for edit in _as_an_entry(row)]
    return _apart(sorted(found, key=_start))


def _is_typed(mark: re.Match[str]) -> bool:
    """True for an asterisk that closes no italics: one at the end of a word, for a note."""
    if mark.group() != "*" or mark.string[mark.end() : mark.end() + 1].isalnum():
        return False
    line = mark.string[mark.string.rfind("\n", 0, mark.start()) + 1 : mark.start()].replace("**", "")
    return line.lstrip().removeprefix("* ").count("*") % 2 == 0 and mark.string[mark.start() - 1 :][:1].strip() != ""


def _as_an_entry(row: re.Match[str]) -> Iterator[_Edit]:
    """A row of a table as an entry of a list: "| 4 May | Brak | Rebels shelled the port | 7 |" is read as "4 May, Brak:
    Rebels shelled the port. 7." in a paragraph of its own."""
    start, end = row.span("cells")
    cells = [m.span() for m in _CELL.finditer(row.string, start, end)]
    bounds = [start, *(e for _, e in cells), end]
    lengths = [later - earlier for earlier, later in pairwise(bounds)]
    longest = lengths.index(max(lengths))
    yield _Edit(row.start(), start, "\n")
    for number, (opens, closes) in enumerate(cells):
        yield _Edit(opens, closes, ": " if number == longest - 1 else ", " if number < longest else ". ")
    yield _Edit(end, row.end(), ".\n")


def _apart(edits: Sequence[_Edit]) -> tuple[_Edit, ...]:
    """The edits in text order, without those that begin inside another."""
    kept: list[_Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def _start(edit: _Edit) -> int:
    return edit.start


def _edited(text: str) -> str:
    pieces: list[str] = []
    done = 0
    for edit in _edits(text):
        pieces += [text[done : edit.start], edit.read]
        done = edit.end
    return "".join([*pieces, text[done:]]) if pieces else text


class _shift:  # noqa: N801 - used as a function
    """From offsets of the text to offsets of its copy."""

    def __init__(self, text: str) -> None:
        gained = [0] * (len(text) + 2)
        for edit in _edits(text):
            gained[edit.end] += len(edit.read) - (edit.end - edit.start)
        self._gained = list(accumulate(gained))

    def __call__(self, offset: int) -> int:
        return offset + self._gained[offset]


class _Back:
    """From spans of the copy to spans of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        starts: list[int] = []  # for each character of the copy, where what it stands for begins and ends
        ends: list[int] = []
        done = 0
        for edit in (*_edits(text), _Edit(len(text), len(text), "")):
            starts += range(done, edit.start)
            ends += range(done + 1, edit.start + 1)
            starts += [edit.start] * len(edit.read)
            ends += [edit.start + (edit.end > edit.start)] * len(edit.read)
            done = edit.end
        self._starts = [*starts, len(text)]
        self._ends = ends
        self._put_back: dict[int, tuple[Any, Any]] = {}
        """Findings that stand in several others (a mention, a time), by identity: each as it was and as it is."""

    def _span(self, span: Span) -> Span:
        start = self._starts[span.start]
        return Span(start, self._ends[span.end - 1] if span.end > span.start else start)

    def moved(self, value: T) -> T:
        """The same value with every span in it put back, and quotations taken from the text."""
        found: Any = value
        held = _holding(found.__class__)
        if held == "nothing":
            return value
        if held == "itself":
            found = self._span(found)
        elif held == "items":
            found = tuple(map(self.moved, found))
        elif held == "fields":
            _, found = self._put_back.get(id(found)) or self._remember(found)
        else:
            found = {key: self.moved(item) for key, item in found.items()}
        moved: T = found
        return moved

    def _remember(self, found: Any) -> tuple[Any, Any]:
        both = self._put_back[id(found)] = found, self._with_moved_fields(found)
        return both

    def _with_moved_fields(self, found: Any) -> Any:
        held = {name: getattr(found, name) for name in _names(found.__class__)}
        moved = {name: new for name, old in held.items() if (new := self.moved(old)) is not old}
        if isinstance(found, Mention):
            moved["quote"] = moved["span"].of(self._text)
        return replace(found, **moved)


@cache
def _holding(kind: type) -> Literal["nothing", "itself", "items", "fields", "values"]:
    """What of a value of that kind holds spans; kept, since of each thousands are asked."""
    if issubclass(kind, Span):
        return "itself"
    if issubclass(kind, tuple):
        return "items"
    if is_dataclass(kind) and not issubclass(kind, _BARE):
        return "fields"
    return "values" if issubclass(kind, Mapping) else "nothing"


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
