"""Invisible characters, odd spacing and marks written as in a page ("&quot;") are read past; every span still points
into the text as received.

A soft hyphen inside "Ben\u00adghazi" or two spaces between words are nothing to a reader and much to a parser. A report
that holds such things is annotated in a copy without them; then all spans are put back to where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from html import unescape
from itertools import accumulate
from types import NoneType
from typing import Any, TypeVar

from khaldun.annotate.ground import check_annotation
from khaldun.copies import replace
from khaldun.model import Annotation, Candidate, Locus, Mention, Part, Quantity, Report, Span, Timex

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
_HYPHEN = "\u2011"
_BARE = (str, int, float, date, NoneType, frozenset, Candidate, Locus, Quantity, Timex)
"""What holds no span of a report's text."""


def reading_copy(report: Report) -> Report:
    """The report as it is read: itself, or a copy without what is nothing to a reader."""
    if _HYPHEN not in report.text and _NOTHING.search(report.text) is None:
        return report
    shift = _shift(report.text)
    parts = tuple(
        Part(p.kind, Span(shift(p.span.start), max(shift(p.span.start), shift(p.span.end))), p.author)
        for p in report.parts
    )
    return replace(report, text=_legible(report.text), parts=parts)


def put_back(annotation: Annotation, report: Report) -> Annotation:
    """The layers over a reading copy as layers over the report itself. Raises UngroundedQuote as a check of its own."""
    if annotation.report is report:
        return annotation
    back = _Back(report.text)
    return check_annotation(
        Annotation(
            report,
            back.moved(annotation.sentences),
            back.moved(annotation.mentions),
            annotation.entities,
            back.moved(annotation.attributions),
            back.moved(annotation.frames),
            back.moved(annotation.ties),
        )
    )


def _legible(text: str) -> str:
    return _NOTHING.sub(lambda m: unescape(m["entity"]) if m["entity"] else "", text).replace(_HYPHEN, "-")


def _left_out(text: str) -> Iterator[int]:
    """The characters that the copy lacks; of "&quot;" the first one stands for the mark."""
    for found in _NOTHING.finditer(text):
        yield from range(found.start() + (found["entity"] is not None), found.end())


class _shift:  # noqa: N801 - used as a function
    """From offsets of the text to offsets of its copy."""

    def __init__(self, text: str) -> None:
        gone = [0] * (len(text) + 1)
        for at in _left_out(text):
            gone[at + 1] = 1
        self._gone = list(accumulate(gone))

    def __call__(self, offset: int) -> int:
        return offset - self._gone[offset]


class _Back:
    """From spans of the copy to spans of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        left_out = set(_left_out(text))
        self._at = [at for at in range(len(text)) if at not in left_out]
        self._at.append(len(text))

    def _span(self, span: Span) -> Span:
        start = self._at[span.start]
        return Span(start, self._at[span.end - 1] + 1 if span.end > span.start else start)

    def moved(self, value: T) -> T:
        """The same value with every span in it put back, and quotations taken from the text."""
        found: Any = value
        if isinstance(found, _BARE):
            return value
        if isinstance(found, Span):
            found = self._span(found)
        elif isinstance(found, tuple):
            found = tuple(map(self.moved, found))
        elif isinstance(found, Mapping):
            found = {key: self.moved(item) for key, item in found.items()}
        elif is_dataclass(found) and not isinstance(found, type):
            found = self._with_moved_fields(found)
        moved: T = found
        return moved

    def _with_moved_fields(self, found: Any) -> Any:
        held = {name: getattr(found, name) for name in _names(found.__class__)}
        moved = {name: new for name, old in held.items() if (new := self.moved(old)) is not old}
        if isinstance(found, Mention):
            moved["quote"] = moved["span"].of(self._text)
        return replace(found, **moved)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
