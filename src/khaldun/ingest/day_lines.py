"""Lines at the head of a text that are a date and hardly anything else: "11-11-2015 - 09:48 | 2133 views".

Every outlet prints its day in another way, so what such a line looks like is not listed: a full date, and at most a few
words beside it. With a place before the date and nothing else it is a dateline ("Tunis, 20 May 2017:").
"""

from __future__ import annotations

import re

from khaldun.ingest.canvas import Canvas
from khaldun.ingest.dates import FULL_DATE, find_dates
from khaldun.model import Span

_MOST_WORDS = 5
"""Beside the date: "Last updated … View"; a headline that names a day has more."""
_MOST_WORDS_ON_TOP = 2
"""In the first line, which may be a headline: "Paris attacks of 13 November 2015"."""
_MORE_IF_SIGNED = 6
"""With who wrote it or "Published" at the head: "By Jane Roe (Tarsin) May 4, 2018 4 min read"."""
_SIGNED = re.compile(r"[Bb]y\s+[A-Z]|BY\s+[A-Z]")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]?\d\d(?:[:.]\d\d)?\s*(?:[AaPp]\.?[Mm]\b\.?|GMT|UTC|BST|EST|EDT)?(?:\s*[+-]\d+)?", re.A
)
_PLACE_AND_DAY = re.compile(
    rf"(?!By\b|BY\b)[A-Z][\w'’.-]+(?:[ /-][A-Z][\w'’.-]+){{0,3}}(?:,\s*|\s*[-–—|]\s*|\s+){FULL_DATE}\s*[:.–—-]*", re.A
)


_IN_PROSE = re.compile(r"\b(?:of|on|in|at|since|until|from|before|after|by)\s+(?:the\s+)?$")
_STAMPED = re.compile(r"\W*(?:as of|last|updated?|published|posted|created|issued|released|dated?)\b", re.I)
"""With such a word at its head a line says so itself; else "near Sirte *on* 3 May 2018." is the end of a sentence that
runs over lines."""


def claim_day_lines(canvas: Canvas, lines: list[Span], *, titled: bool) -> None:
    """Claims such lines among those above the body; `titled` where the title is known, so that no line can be it."""
    for line in lines:
        words = line.of(canvas.text)
        dates = [printed for printed in find_dates(words) if printed.possible and not printed.yearless]
        prose = dates and _IN_PROSE.search(words, 0, dates[0].span.start) and not _STAMPED.match(words)
        if not dates or prose or not canvas.is_free(line.start, line.end):
            continue
        most = _MOST_WORDS if titled or line is not lines[0] else _MOST_WORDS_ON_TOP
        most += _MORE_IF_SIGNED if _SIGNED.match(words) or _STAMPED.match(words) else 0
        if _words_beside(words) <= most:
            canvas.claim(line.start, line.end, "dateline" if _PLACE_AND_DAY.fullmatch(words) else "byline")


def _words_beside(line: str) -> int:
    """How many words stand beside the dates and hours of a line."""
    for printed in reversed(find_dates(line)):
        line = f"{line[: printed.span.start]} {line[printed.span.end :]}"
    return len(_WORD.findall(_CLOCK.sub(" ", line)))
