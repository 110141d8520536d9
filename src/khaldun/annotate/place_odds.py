"""How likely a name is one of a place, by the gazetteer and by the words before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from khaldun.annotate.gazetteer import Gazetteer
from khaldun.annotate.place_spotting import is_weighty
from khaldun.annotate.place_words import place_words
from khaldun.model import Span

# In 34 news articles and 23 reports on conflicts (2026-11-29) the gazetteer held 90 % of the names of places as areas
# or big towns, and 3 to 6 % of those of people and bodies: 15 to 27 times fewer. The layer knows part of that from its
# own reading, and villages are what such reports are about, so the odds are milder both ways.
_KNOWN, _UNKNOWN, _TOLD = 6.0, 0.4, 20.0
_BEFORE = 24
_GOES_ON = re.compile(r"[ -][^\W\d_]*[A-Z]")


def place_odds(text: str, gazetteer: Gazetteer) -> Callable[[Span], float]:
    """For names in `text`: above 1 where a place of the gazetteer bears the name or the words before it say that it is
    one ("the hamlet of *Dungun*"), below 1 where neither does."""

    def odds(span: Span) -> float:
        if _told().search(text, max(0, span.start - _BEFORE), span.start) is not None:
            return _TOLD
        if _GOES_ON.match(text, span.end) is not None:  # "the *Falcon* Brigade" is no town of that name
            return _UNKNOWN
        name = span.of(text).removeprefix("the ").removeprefix("The ")
        return _KNOWN if any(map(is_weighty, gazetteer.named(name))) else _UNKNOWN

    return odds


@cache
def _told() -> re.Pattern[str]:
    kinds = sorted(word for word, level in place_words().kinds.items() if level == "settlement")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, kinds))})s? of $", re.I)
