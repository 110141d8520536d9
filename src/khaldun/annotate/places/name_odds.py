"""How likely a name is one of a place or of a person, by the gazetteer, its own words and the words before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from khaldun.annotate.places.lexicon import place_words
from khaldun.annotate.places.looks import is_weighty
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.tables.gazetteer import Gazetteer
from khaldun.model import Span

# In 34 news articles and 23 reports on conflicts (2026-11-29) the gazetteer held 90 % of the names of places as areas
# or big towns, and 3 to 6 % of those of people and bodies: 15 to 27 times fewer. Of names of two or three plain words
# five of six were persons', of names with a word for a body or an acronym in them one of thirteen. The layer knows
# part of that from its own reading, and villages are what such reports are about, so the odds are milder both ways.
_KNOWN, _UNKNOWN, _TOLD = 6.0, 0.4, 20.0
_PLAIN, _BODY = 3.0, 0.2
_BEFORE = 24
_GOES_ON = re.compile(r"[ -][^\W\d_]*[A-Z]")


def name_odds(text: str, gazetteer: Gazetteer) -> Callable[[Span], Mapping[str, float]]:
    """For names in `text`: above 1 what the gazetteer or the words speak for, below 1 what they speak against."""

    def odds(span: Span) -> Mapping[str, float]:
        name = span.of(text).removeprefix("the ").removeprefix("The ")
        return {"GPE": _of_place(name, text, span, gazetteer), "PERSON": _of_person(name)}

    return odds


def _of_place(name: str, text: str, span: Span, gazetteer: Gazetteer) -> float:
    if _told().search(text, max(0, span.start - _BEFORE), span.start) is not None:
        return _TOLD  # "the hamlet of *Dungun*"
    if _GOES_ON.match(text, span.end) is not None:  # "the *Falcon* Brigade" is no town of that name
        return _UNKNOWN
    return _KNOWN if any(map(is_weighty, gazetteer.named(name))) else _UNKNOWN


def _of_person(name: str) -> float:
    words = name.split()
    if any(word.isupper() or read_noun(word.lower()) is not None for word in words):
        return _BODY
    return _PLAIN if 2 <= len(words) <= 3 and all(word[:1].isupper() for word in words) else 1.0


@cache
def _told() -> re.Pattern[str]:
    kinds = sorted(word for word, level in place_words().kinds.items() if level == "settlement")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, kinds))})s? of $", re.I)
