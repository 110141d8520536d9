"""Lines above and below the body that no cue knows, told by their build alone.

Every outlet signs, files and links in its own way: "By Jane Roe (Port Salid) & Omar Haddad, Tarsin", "Posted by HP
Editor | On: May 1, 2017 | No comments", a last line that is another story's headline. What they share is how they are
built: capitals where a sentence has small letters, bars between pieces, no full stop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.ingest.canvas import Canvas
from khaldun.ingest.cues import Lexicon
from khaldun.ingest.dates import find_dates
from khaldun.model import Span

_SIGNED = re.compile(
    r"(?:(?:written|reported|posted|published|story|text|words|edited|compiled|filed|submitted)\s+)?by\b\s*:?\s+(?=\S)",
    re.I,
)
_MOST_SIGNED = 24
_BAR = re.compile(r"\s[|•·»¦]\s?")
_FEWEST_BARS, _LONGEST_BARRED = 2, 200
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
_LONG_REPORT = 4
"""Sentences in lines of their own: in fewer a last line without a full stop may be a message's last sentence."""
_MOST_IN_FOOT = 16
_TITLED_SHARE = 0.6


def claim_signatures(canvas: Canvas, above: Sequence[Span], words: Lexicon) -> None:
    """Claims signatures and barred lines among those above the body."""
    for line in (each for each in above if canvas.is_free(each.start, each.end)):
        if _is_signature(line.of(canvas.text), words):
            canvas.claim(line.start, line.end, "byline")
        elif line is not above[0] and _is_barred(line.of(canvas.text)):  # the first may be "Headline | Outlet | News"
            dated = any(printed.possible for printed in find_dates(line.of(canvas.text)))
            canvas.claim(line.start, line.end, "byline" if dated else "navigation")


def claim_loose_foot(canvas: Canvas, lines: Sequence[Span], words: Lexicon) -> None:
    """Claims barred lines and loose headlines below the last sentence of a report of some length."""
    ended = [n for n, line in enumerate(lines) if _STOP.search(line.of(canvas.text))]
    if len(ended) < _LONG_REPORT:
        return
    for line in reversed(lines[ended[-1] + 1 :]):
        free = canvas.is_free(line.start, line.end)
        if free and not (_is_barred(line.of(canvas.text)) or _is_loose(canvas.text, line, words)):
            return
        if free:
            canvas.claim(line.start, line.end, "related_links")


def _is_signature(line: str, words: Lexicon) -> bool:
    """ "By Jane Roe (Port Salid) & Omar Haddad, Tarsin": "by", and then hardly a word in small letters."""
    signed = _SIGNED.match(line)
    if signed is None or _STOP.search(line.rstrip(".")):
        return False
    told = _WORD.findall(line[signed.end() :])
    capitals = all(word[0].isupper() or word in words.small_words for word in told)
    return 0 < len(told) <= _MOST_SIGNED and told[0][0].isupper() and capitals


def _is_barred(line: str) -> bool:
    """ "Posted by HP Editor | On: May 1, 2017 | No comments": pieces between bars, and no sentence."""
    return len(_BAR.findall(line)) >= _FEWEST_BARS and len(line) <= _LONGEST_BARRED and not _STOP.search(line)


def _is_loose(text: str, line: Span, words: Lexicon) -> bool:
    """Another story's headline, or a call to readers, in a paragraph of its own: no full stop, most words with a
    capital, or "Join …" to the last."""
    told = _WORD.findall(line.of(text))
    if not 1 < len(told) <= _MOST_IN_FOOT or _STOP.search(line.of(text)) or line.of(text).isupper():
        return False  # of a text in capitals the last words may be the body's: "…WITHDRAWN. [END OF RECORDING]"
    long = [word for word in told if word not in words.small_words]
    return bool(long) and sum(word[0].isupper() for word in long) / len(long) >= _TITLED_SHARE
