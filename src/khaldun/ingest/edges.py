"""Lines above and below the body that no cue knows, told by their build alone.

Every outlet signs, files and links in its own way: "By Jane Roe (Port Salid) & Omar Haddad, Tarsin", "Harbour Desk |
Posted 4 May 2018 | 12 comments", a last line that is another story's headline. What they share is how they are
built: capitals where a sentence has small letters, bars between pieces, no full stop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.ingest.canvas import Canvas
from khaldun.ingest.cues import Lexicon
from khaldun.ingest.dates import find_dates
from khaldun.model import Span

_NAME = r"[A-Z][\w'’.-]+(?:\s+(?:al|el|bin|de|van)(?=[\s-]))?(?:\s+[A-Z][\w'’.-]*){1,3}(?:\s*\([^()\n]{1,40}\))?"
_SIGNED = re.compile(
    r"(?:(?:[Ww]ritten|[Rr]eported|[Pp]osted|[Pp]ublished|[Ss]tory|[Tt]ext|[Ee]dited|[Cc]ompiled|[Ff]iled)\s+)?(?:[Bb]y|BY)\b"
    rf"\s*:?\s+{_NAME}(?:(?:\s*[,&]|\s+and|\s+in)\s+(?:{_NAME}|[A-Z][\w'’.-]+)){{0,6}}\.?"
)
_BAR = re.compile(r"\s[|•·»¦]\s?")
_FEWEST_BARS, _LONGEST_BARRED = 2, 200
_OF_PAGES = re.compile(
    r"\b(?:by|posted|published|updated|filed|editor|comments?|share|shares|tweet|views|read|source|topics?|tags?|home|news|"
    r"menu|print|email)\b",
    re.I,
)
"""What outlets write between bars round a story, and no table of what happened where."""
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
_LONG_REPORT = 4
"""Sentences in lines of their own: in fewer a last line without a full stop may be a message's last sentence."""
_MOST_IN_FOOT = 16
_TITLED_SHARE = 0.6


def claim_signatures(canvas: Canvas, above: Sequence[Span]) -> None:
    """Claims signatures and barred lines among those above the body."""
    for line in (each for each in above if canvas.is_free(each.start, each.end)):
        if _is_signature(line.of(canvas.text)):
            canvas.claim(line.start, line.end, "byline")
        elif line is not above[0] and _is_barred(line.of(canvas.text)):  # the first may be "Headline | Outlet | News"
            dated = any(printed.possible for printed in find_dates(line.of(canvas.text)))
            canvas.claim(line.start, line.end, "byline" if dated else "navigation")


def claim_loose_foot(canvas: Canvas, lines: Sequence[Span], words: Lexicon) -> None:
    """Claims barred lines and loose headlines below the last sentence of a report of some length."""
    ended = [n for n, line in enumerate(lines) if _STOP.search(line.of(canvas.text))]
    if len(ended) < _LONG_REPORT:
        return
    tail = lines[ended[-1] + 1 :]
    if all(canvas.is_free(line.start, line.end) for line in tail):
        return  # nothing tells that the body has ended: its last line may have lost its stop
    for line in reversed(tail):
        free = canvas.is_free(line.start, line.end)
        if free and not (_is_barred(line.of(canvas.text)) or _is_loose(canvas.text, line, words)):
            return
        if free:
            canvas.claim(line.start, line.end, "related_links")


def _is_signature(line: str) -> bool:
    """ "By Jane Roe (Port Salid) & Omar Haddad, Tarsin": "by", and then names of several words."""
    return _SIGNED.fullmatch(line) is not None


def _is_barred(line: str) -> bool:
    """ "Posted by HP Desk | On: May 1, 2017 | No comments": pieces between bars, and no sentence."""
    barred = len(_BAR.findall(line)) >= _FEWEST_BARS and len(line) <= _LONGEST_BARRED and not _STOP.search(line)
    return barred and _OF_PAGES.search(line) is not None


def _is_loose(text: str, line: Span, words: Lexicon) -> bool:
    """Another story's headline, or a call to readers, in a paragraph of its own: no full stop, most words with a
    capital, or "Join …" to the last."""
    told = _WORD.findall(line.of(text))
    if line.of(text)[:1] in "-*•–—":
        return False
    if not 1 < len(told) <= _MOST_IN_FOOT or _STOP.search(line.of(text)) or line.of(text).isupper():
        return False  # of a text in capitals the last words may be the body's: "…WITHDRAWN. [END OF RECORDING]"
    long = [word for word in told if word not in words.small_words]
    return bool(long) and sum(word[0].isupper() for word in long) / len(long) >= _TITLED_SHARE
