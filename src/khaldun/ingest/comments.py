"""Readers' comments below the body, each a part with its author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from khaldun.ingest.canvas import Canvas
from khaldun.ingest.cues import Lexicon
from khaldun.model import Span

_AUTHOR = re.compile(
    r"(?:[•*·-]\s*)?(?P<name>[^\s:•*·-][^:\n]{0,60}?)\s+"
    r"(?:says|said|wrote|writes|commented|replied)(?:\s+on\s[^:\n]{3,40})?\s*:?"
    r"|(?:[Pp]osted|[Cc]omment(?:ed)?) by:?\s+(?P<by>[^\n]{1,60}?)(?:\s+(?:on|at)\s[^\n]{3,40})?"
    r"|(?:[•*·-]\s*)?(?P<dated>[^\s:•*·-][^:\n]{0,40}?)\s*[|•·,–—-]\s*\d{1,2}\s?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?) ago"
)
_FEW_WORDS = 4
_NEXT_LINES = 4


def claim_comments(canvas: Canvas, lines: Sequence[Span], words: Lexicon, *, after: int) -> None:
    """Claims everything from the heading of the comments to the end; short lines at the very end are menu."""
    opening = _opening(canvas, lines, words, after)
    if opening is None:
        return
    below = [line for line in lines[opening:] if canvas.is_free(line.start, line.end)]
    below, menu = _without_menu(canvas.text, below)
    for line in menu:
        canvas.claim(line.start, line.end, "navigation")
    starts = [place for place, line in enumerate(below) if author_of_line(line.of(canvas.text))]
    _claim_run(canvas, below[: starts[0]] if starts else below, None)
    for place, following in pairwise([*starts, len(below)]):
        _claim_run(canvas, below[place:following], author_of_line(below[place].of(canvas.text)))


def _opening(canvas: Canvas, lines: Sequence[Span], words: Lexicon, after: int) -> int | None:
    for place in range(after + 1, len(lines)):
        line = lines[place]
        free = canvas.is_free(line.start, line.end)
        if len(line) > 200 or not (free or _heads_comments(canvas, lines[place : place + _NEXT_LINES])):
            continue
        if any(cue.pattern.fullmatch(line.of(canvas.text)) for cue in words.at("opens")):
            return place
    return None


def _heads_comments(canvas: Canvas, lines: Sequence[Span]) -> bool:
    """ "Comments" that looks like an entry of a menu, but has comments or the rules for them right below."""
    if canvas.kind_before(lines[0].end) != "navigation":
        return False
    below = [line.of(canvas.text) for line in lines[1:]]
    return any("comments" in line.lower() or author_of_line(line) for line in below)


def author_of_line(line: str) -> str | None:
    """The author whom a line like "Jo Public says:" names, else None."""
    match = _AUTHOR.fullmatch(line)
    return (match["name"] or match["by"] or match["dated"]) if match else None


def _claim_run(canvas: Canvas, lines: Sequence[Span], author: str | None) -> None:
    if lines:
        canvas.claim(lines[0].start, lines[-1].end, "comment", author)


def _without_menu(text: str, lines: list[Span]) -> tuple[list[Span], list[Span]]:
    """Cuts off lines of a few words and no full stop that follow the last line of any length."""
    last = max(
        (place for place, line in enumerate(lines) if not _is_menu_entry(line.of(text))),
        default=len(lines) - 1,
    )
    if last <= 0 or author_of_line(lines[last].of(text)):  # what follows is a comment of a few words
        return lines, []
    return lines[: last + 1], lines[last + 1 :]


def _is_menu_entry(line: str) -> bool:
    return len(line.split()) <= _FEW_WORDS and line[-1] not in '.!?…"”’)' and author_of_line(line) is None
