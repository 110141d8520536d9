"""Happenings so long apart: "Three weeks *after* rebels seized the airstrip, peacekeepers fired on a crowd on Monday".

The day that a sentence gives belongs to one of the two; the other is as far from it as the words say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.tables.timex_words import calendar_unit, count_of
from khaldun.annotate.words import Token
from khaldun.calendar import Unit, month_days, move, year_days
from khaldun.model import Mention, Span, When

_APART = re.compile(
    r"(?P<less>\b(?:less|fewer) than |\bwithin |\bunder |\bnot )?(?:\b(?:a further|only|just|barely|about|around|some"
    r"|nearly|almost|exactly) )*\b(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
    r"[ -](?P<unit>hour|day|week|fortnight|month|year)s? (?P<way>after|before|following|prior to)(?= )",
    re.I,
)
# "in the days before the vote of 25 February": on which of them, nobody says
_SOME_TIME = re.compile(
    r"\b(?:the|some|several|a few) (?P<unit>day|week|month|year)s (?P<way>after|before|following)(?= )", re.I
)
# "the day after the ceasefire of 14 May", "on the eve of the 7 May vote", "on the morrow of the truce"
_NEXT = re.compile(
    r"\bthe (?:(?:day|morning|night|evening) (?P<way>after|before|following)|(?P<eve>eve|morrow) of)(?= )", re.I
)
_MARKS = (" after ", " before ", " following ", " prior ", " eve of ", " morrow of ")
_HOURS_OF_DAY = 24


@dataclass(frozen=True, slots=True)
class Apart:
    """Two happenings of a sentence: `scope` are the words of the one that the other is told to be so long after, or
    before (`sign` -1). `most` where the words only say that no more lies between."""

    words: Span
    scope: Span
    sign: int
    count: int
    unit: Unit
    most: bool


def apart_in(sentence: Span, text: str) -> Apart | None:
    """The measure of time between two happenings of a sentence, if it has one."""
    if not any(text.find(mark, sentence.start, sentence.end) >= 0 for mark in _MARKS):
        return None
    found = _APART.search(text, sentence.start, sentence.end)
    if found is None and (next_to := _NEXT.search(text, sentence.start, sentence.end)) is not None:
        return _made(next_to, sentence, text, 1, "day", False)
    if found is None:
        vague = _SOME_TIME.search(text, sentence.start, sentence.end)
        return _made(vague, sentence, text, 0, "day", True) if vague is not None else None
    unit, count = calendar_unit(found["unit"]), round(count_of(found["count"]) or 0)
    hours = found["unit"].lower() == "hour"
    if hours:
        unit, count = ("day", 1), -(-count // _HOURS_OF_DAY)
    if unit is None or not count:
        return None
    return _made(found, sentence, text, count * unit[1], unit[0], hours or found["less"] is not None)


def _made(found: re.Match[str], sentence: Span, text: str, count: int, unit: Unit, most: bool) -> Apart:
    before = text[sentence.start : found.start()].rstrip()
    before = before.removesuffix("In").removesuffix("During").removesuffix("On")
    comma = text.find(", ", found.end(), sentence.end) if not before or before.endswith(",") else -1
    scope = Span(found.end(), comma if comma >= 0 else sentence.end)
    way = (found["way"] or found["eve"]).lower()
    sign = -1 if way in {"before", "prior to", "eve"} else 1
    return Apart(Span(*found.span()), scope, sign, count, unit, most)


def measured(
    apart: Apart,
    trigger: Token,
    times: Sequence[Mention],
    own: Mention | None,
    published: date | None,
    fillers: Fillers,
) -> When | None:
    """When the happening of `trigger` took place, where a day of the other one tells it; else None.

    `own` is the time that its clause seems to have. Where neither has a day, the later one is the news, so that what it
    came after lies at least so far before publication.
    """
    within = apart.scope.contains(fillers.passage.at(trigger))
    inside = [m for m in times if apart.scope.contains(m.span)]
    outside = [m for m in times if not m.span.overlaps(apart.words) and m not in inside]
    mine, others = (inside, outside) if within else (outside, inside)
    if own is not None and own in mine:
        return None
    if mine:
        return mine[0].when
    if within and not others and apart.sign > 0 and not apart.most and published is not None:
        return _before_the_news(apart, published, trigger)
    if len({m.when for m in others}) != 1 or (when := others[0].when) is None:
        return None
    if when.earliest is None or when.earliest != when.latest:
        return None
    return _away(when, when.earliest, apart, apart.sign * (-1 if within else 1))


def _before_the_news(apart: Apart, published: date, trigger: Token) -> When | None:
    """ "The raid came *a year after* gunmen killed 15": by a year before publication, whatever the day of the raid."""
    latest = move(published, -apart.count, apart.unit)
    clause = clause_head(trigger)
    to_come = any(c.dep_ == "aux" and c.tag_ == "MD" for c in (*clause.children, *clause.head.children))
    if latest is None or to_come:
        return None
    year = year_days(latest.year) if apart.unit == "year" else None
    first, last = (year.first, year.last) if year is not None else (None, latest)
    return When(earliest=first, latest=last, basis="relative", anchor=published, span=apart.words)


def _away(when: When, known: date, apart: Apart, sign: int) -> When | None:
    if not apart.count:
        beside = move(known, sign, "day")
        first, last = (beside, None) if sign > 0 else (None, beside)
        return replace(when, earliest=first, latest=last, basis="narrative", anchor=known) if beside else None
    far = move(known, sign * apart.count, apart.unit)
    if far is None:
        return None
    first, last = (min(far, known), max(far, known)) if apart.most else (far, far)
    if not apart.most and apart.unit in {"month", "year"} and (month := month_days(far.year, far.month)) is not None:
        first, last = month.first, month.last  # "a year after" is no matter of days
    return replace(when, earliest=first, latest=last, basis="narrative", anchor=known)
