"""What a report remembers: "the tenth anniversary of *the massacre*", "five years since rebels *burned* the town".

The day of the news is that of the remembering, and what is remembered lies so many years before it; where nobody says
how many, at least about one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from khaldun.annotate.grammar.backgrounds import is_ground
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.timex_words import count_of, ordinal_number, table
from khaldun.annotate.words import Token
from khaldun.calendar import move, year_days
from khaldun.model import Mention, Span, When

_REMEMBERED = re.compile(
    r"(?:\b(?P<nth>\w+)(?:[- ]year)? )?\banniversary of(?= )"
    r"|\b(?P<count>[\w-]+) years (?:on )?(?:since|from)(?= )",
    re.I,
)
_MARKS = ("anniversary of ", " years since ", " years on since ", " years on from ")
_ABOUT_A_YEAR = 11  # months


def remembered(trigger: Token, times: Sequence[Mention], published: date | None, fillers: Fillers) -> When | None:
    """When the happening of `trigger` took place, if it is one that is remembered and no day of its own is given."""
    sentence = fillers.passage.span(trigger.sent)
    if published is None or not any(fillers.text.find(m, sentence.start, sentence.end) >= 0 for m in _MARKS):
        return None
    found = _REMEMBERED.search(fillers.text, sentence.start, sentence.end)
    if found is None:
        return None
    at = fillers.passage.at(trigger)
    comma = fillers.text.find(", ", found.end(), sentence.end)
    scope = Span(found.end(), comma if comma >= 0 else sentence.end)
    if not scope.contains(at):
        return None
    if own := [m for m in times if scope.contains(m.span)]:
        return own[0].when if len(own) == 1 else None  # "the anniversary of the *1995* massacre"
    words = Span(*found.span())
    years = _years(found)
    if years is None:
        before = move(published, -_ABOUT_A_YEAR, "month")
        return When(latest=before, basis="relative", anchor=published, span=words) if before is not None else None
    days = year_days(_today(sentence, times, published).year - years)
    if days is None:
        return None
    return replace(When(span=words), earliest=days.first, latest=days.last, basis="relative", anchor=published)


def dates_the_answer(time: Mention, deed: Token, fillers: Fillers) -> bool:
    """True for the day on which a deed was answered: "was jailed *in 2009* for his role in the bombing", "a strike *on
    Monday* over the arrest"."""
    if not is_ground(deed):
        return False
    tokens = fillers.passage.tokens(time.span)
    return tokens is not None and tokens[0].sent is deed.sent and not deed.is_ancestor(tokens.root)


def _years(found: re.Match[str]) -> int | None:
    if found["count"] is not None:
        return round(count_of(found["count"].lower()) or 0) or None
    nth = (found["nth"] or "").lower()
    digits = re.match(r"\d{1,3}(?=st|nd|rd|th)", nth)
    if digits is not None:
        return int(digits.group())
    return ordinal_number(nth) if nth in table("ordinals") else None


def _today(sentence: Span, times: Sequence[Mention], published: date) -> date:
    """The day on which it is remembered: the one that the sentence gives, or that of the report."""
    days = [m.when.earliest for m in times if sentence.contains(m.span) and m.when is not None and m.when.earliest]
    return days[0] if len(days) == 1 else published
