"""Finding the headline in the text: at the reading position, as a line of its own, or by its looks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from khaldun.ingest.dates import find_dates
from khaldun.model import Span

_WORD = re.compile(r"\w+")
_INNER_END = re.compile(r"[a-z][.!?]\s+[A-Z]")
_SITE = re.compile(r"\s+[-–—|:·]+\s+")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_CLOSED = re.compile(r" ?[.!?…\"'”’)]*(?=\s*(?:\n|\Z))| ?[.!?…]+[\"'”’]?(?=\s)")
_FEWEST_WORDS = 4
_PROSE_WORDS = 10
# "Updated 4 May 2018 8: 28 PM" is no headline; "4 May 2018: Shells hit the market in Tarsin" may be one.
_MOST_DATE = 0.35


def title_at(text: str, position: int, title: str, *, whole_line: bool = False) -> int | None:
    """Where the title ends that begins at `position`, its full stop included; None when it is not there.

    Case and punctuation are free, and a site's name before or after the title ("… - Harbour Post") may be missing.
    In running text a title of few words must be closed by a full stop or the end of the line, since "Tarsin siege"
    may as well open the sentence "Tarsin siege enters third week".
    """
    for words in _forms(title):
        end = _end_of(text, position, words)
        if end is None:
            continue
        closed = _CLOSED.match(text, end)
        if closed:
            return closed.end()
        if whole_line or len(words) < _FEWEST_WORDS:
            continue
        rest = text[end:].lstrip()[:1]
        if text[end].isspace() and not rest.islower():
            return end
    return None


def guess_title(lines: Sequence[Span], text: str) -> Span | None:
    """The first of `lines` when it looks like a headline over a body: short, without a full stop, prose below."""
    if len(lines) < 2:
        return None
    words = lines[0].of(text).split()
    if "://" in lines[0].of(text) or "@" in lines[0].of(text):
        return None
    if any(len(found.span) > len(lines[0]) * _MOST_DATE for found in find_dates(lines[0].of(text))):
        return None
    if (
        not 3 <= len(words) <= 30
        or len(lines[0]) > 200
        or _SENTENCE_END.search(lines[0].of(text))
        or _INNER_END.search(lines[0].of(text))
    ):
        return None
    prose = [line for line in lines[1:8] if len(line.of(text).split()) >= _PROSE_WORDS]
    return lines[0] if prose and not words[0][:1].islower() else None


@lru_cache(maxsize=8)  # it is sought in each of the first lines
def _forms(title: str) -> tuple[tuple[str, ...], ...]:
    """The title as words, then without what may be the name of a site at either end."""
    pieces = _SITE.split(title)
    shorter = [title, *([max(pieces, key=len)] if len(pieces) > 1 else [])]
    if len(pieces) > 2:
        shorter.insert(1, " ".join(pieces[:-1]))
    forms = (tuple(map(_fold, _WORD.findall(form))) for form in shorter)
    return tuple(dict.fromkeys(words for words in forms if words))


def _end_of(text: str, position: int, words: tuple[str, ...]) -> int | None:
    end = position
    for count, word in enumerate(words):
        found = _WORD.search(text, end, end + len(word) + 40)
        if found is None or _fold(found.group()) != word:
            return None
        between = text[end : found.start()]
        if len(between) > 6 or (count and "\n\n" in between):
            return None
        end = found.end()
    return end


def _fold(word: str) -> str:
    if word.isascii():
        return word.casefold()
    flat = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in flat if not unicodedata.combining(letter)).casefold()
