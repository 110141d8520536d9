"""What the words between and before times do to their days: ranges, "since", "until", "by", "before", "after"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khaldun.annotate.reading.sentences import Passage
from khaldun.annotate.tables.timex_words import calendar_unit, count_of, month_number, season_code
from khaldun.annotate.times.context import Reading
from khaldun.annotate.times.guards import next_token
from khaldun.annotate.times.rules import Found
from khaldun.calendar import Days, move

_LISTED = re.compile(r"\s*(?:-|–|—|/|to|and|or|through|until|till|,|, and)\s*(?:the |from )?", re.I)
_RANGE = re.compile(r"\s*(?:-|–|—|/|to|into|through|until|till|up to)\s*(?:the )?", re.I)
_RANGE_LEAD = re.compile(r"\b(between|from) (?:the )?$", re.I)
_BOUND = re.compile(r"\b(since|until|till|up to|by|before|prior to|after|as of)\s+(?:the )?$", re.I)
_WEEK_TO = re.compile(r"\b(?:the|a) (?:week|seven days) (?:to|through|ending|ended|until)(?: on)? $", re.I)
_ONWARDS = re.compile(r" (?:on ?wards?|and after)\b", re.I)
_YEARLESS = frozenset({"date", "month", "season"})
# A noun after the time takes the preposition for itself: "since Friday's attack" dates the attack, not a start.
_OWNED = re.compile(r"['’]s?\b|-\w")
# How many such stretches of the whole lie before the one that is meant.
_BEFORE_SIDE = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3}
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def with_shared_years(found: list[Found], text: str) -> list[Found]:
    """Gives the year of "8 May and 23 June 1950" to both; of "30 November to 2 February 1989", the year before."""
    result = list(found)
    for at in range(len(result) - 2, -1, -1):
        left, right = result[at], result[at + 1]
        if left.read not in _YEARLESS or "year" in left.groups or "of" in left.groups:
            continue
        between = text[left.end : right.start]
        if "year" in right.groups and right.read in _YEARLESS and _LISTED.fullmatch(between):
            year = int(right.groups["year"]) - _crosses_new_year(left, right, between)
            result[at] = replace(left, groups={**left.groups, "year": str(year)})
    return result


def _crosses_new_year(left: Found, right: Found, between: str) -> bool:
    first, second = _month_of(left), _month_of(right)
    return bool(first and second and first > second and _RANGE.fullmatch(between))


def _month_of(found: Found) -> int | None:
    if word := found.get("month"):
        return month_number(word)
    word = found.get("season")
    return _SEASON_MONTHS[season_code(word)] if word else None


@dataclass(frozen=True, slots=True)
class Bounded:
    """A reading and the stretch of the passage's text whose words give its days.

    The stretch is wider than the expression where a preposition or the other end of a range has its part:
    "since 2014" for 2014, "between 5 and 7 May" for both days.
    """

    reading: Reading
    start: int
    end: int


def bounded(readings: list[tuple[Found, Reading]], passage: Passage) -> list[Bounded]:
    """The readings of one passage, widened to ranges and opened by prepositions."""
    result = [Bounded(reading, found.start, found.end) for found, reading in readings]
    text = passage.doc.text
    joined: set[int] = set()
    for at in range(len(result) - 1):
        left, right = result[at], result[at + 1]
        if at not in joined and (pair := _joined(left, right, text)):
            result[at : at + 2] = pair
        elif readings[at][0].rule == "window.of-unit" and text[left.end : right.start].strip() == "of":
            result[at] = replace(left, reading=_edge(*readings[at], right.reading), end=right.end)
        else:
            continue
        joined |= {at, at + 1}
    return [one if at in joined else _opened(one, text, passage) for at, one in enumerate(result)]


def _joined(left: Bounded, right: Bounded, text: str) -> tuple[Bounded, Bounded] | None:
    """Both ends of "from 2011 to 2013" with the days of the whole range, if they are one."""
    whole = _range(left.reading, right.reading) or _yearless(left.reading, right.reading)
    lead = _RANGE_LEAD.search(text[max(0, left.start - 14) : left.start])
    between = text[left.end : right.start]
    listed = between.strip().lower() == "and" and lead is not None and lead.group(1).lower() == "between"
    if whole is None or not (listed or _RANGE.fullmatch(between)):
        return None
    start = left.start - len(lead.group(0)) if lead else left.start
    first, second = (
        Bounded(replace(one.reading, first=whole.first, last=whole.last), start, right.end) for one in (left, right)
    )
    return first, second


def _edge(found: Found, reading: Reading, whole: Reading) -> Reading:
    """ "the first three months of 2016" ends with March, "the second week of April" with the 14th."""
    unit = calendar_unit(found.groups["unit"])
    count = count_of(found.groups["count"]) if "count" in found.groups else 1
    if unit is None or count is None or whole.days is None:
        return reading
    length = round(count * unit[1])
    side = found.groups["side"].lower()
    before = _BEFORE_SIDE.get(side)
    if before is not None:
        start = move(whole.days.first, before * length, unit[0]) or whole.days.first
        after = move(start, length, unit[0])
        end = move(after, -1, "day") if after else None
    else:
        after, end = move(whole.days.last, 1, "day"), whole.days.last
        start_or_none = move(after, -length, unit[0]) if after else None
        start = start_or_none or whole.days.first
    if end is None or end > whole.days.last or start < whole.days.first:
        return reading
    return replace(reading, first=start, last=end, basis=whole.basis, anchor=whole.anchor)


def _range(left: Reading, right: Reading) -> Days | None:
    if left.days is None or right.days is None or left.type == "DURATION" or right.type == "DURATION":
        return None
    return Days(left.days.first, right.days.last) if left.days.first < right.days.last else None


def _yearless(left: Reading, right: Reading) -> Reading | None:
    """The range that two days of one month make in a year that nothing tells: its days stay unknown."""
    if left.days or right.days or not left.value.startswith("XXXX-") or left.value[:8] != right.value[:8]:
        return None
    return left if left.type == right.type == "DATE" and left.value < right.value else None


def _opened(one: Bounded, text: str, passage: Passage) -> Bounded:
    """ "since 2014" has a first day only, "until 2016" and "by May" a last one; "before" and "after" leave it out."""
    reading = one.reading
    if (lead := _WEEK_TO.search(text, max(0, one.start - 30), one.start)) and reading.days and reading.days.length == 1:
        first = move(reading.days.first, -6, "day")  # "in the week to 10 March"
        return Bounded(replace(reading, first=first), lead.start(), one.end)
    word = _BOUND.search(text[max(0, one.start - 14) : one.start])
    onwards = _ONWARDS.match(text[one.end : one.end + 12])
    if reading.days is None or reading.type in {"DURATION", "SET"} or not (word or onwards):
        return one
    if onwards:
        return Bounded(replace(reading, last=None), one.start, one.end + onwards.end())
    if word is None or _owned(text, one.end, passage):
        return one
    opened = _open(reading, reading.days, word.group(1).lower())
    return Bounded(opened, one.start - len(word.group(0)), one.end) if opened else one


def _open(reading: Reading, days: Days, word: str) -> Reading | None:
    match word:
        case "since" | "as of":
            return replace(reading, last=None)
        case "until" | "till" | "up to" | "by":
            return replace(reading, first=None)
        case _ if reading.type == "TIME":
            return None  # "before noon on Saturday" is still on Saturday
        case "after":
            after = move(days.last, 1, "day")
            return replace(reading, first=after, last=None) if after else None
        case _:
            before = move(days.first, -1, "day")
            return replace(reading, first=None, last=before) if before else None


def _owned(text: str, end: int, passage: Passage) -> bool:
    if _OWNED.match(text[end : end + 3]):
        return True
    following = next_token(passage, text, end)
    return following is not None and following.tag_ in {"NN", "NNS", "NNP", "NNPS", "JJ"}
