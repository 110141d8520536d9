"""What a time is read against, and what comes of it: `Context` and `Reading`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from khaldun.annotate.times.rules import Found
from khaldun.annotate.times.tense import Tense
from khaldun.calendar import (
    Days,
    Third,
    Unit,
    day,
    month_days,
    move,
    third,
    unit_days,
)
from khaldun.copies import quickly_made
from khaldun.model import Basis

Grain = Literal["day", "week", "month", "quarter", "season", "year", "decade", "century"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

# How far back in months from the time told last a month without a year may lie before it is next year's:
# after "in November 1941", "in February" is February 1942, but "in July" still that of 1941.
_MONTHS_BACK = 5
# Days ahead within which a date that no verb places is taken to be still to come.
_CLOSE_AHEAD = 100
# Days from publication within which a day of the calendar is taken to be that near one, whatever the verb.
_CLOSE_DAY = 31


@dataclass(frozen=True, slots=True)
class Story:
    """The time that the text told last, and how finely."""

    days: Days
    grain: Grain


@quickly_made
@dataclass(frozen=True, slots=True)
class Context:
    """What a time counts from.

    `published` is the day of publication, `story` the time told last, `here` the same within this passage, and
    `near` too, when it lies far before publication. `narrative` says that the report tells of a distant past, so
    that dates without a year belong to the story. `tense` is that of the verb that the time hangs on (`own` when
    directly), `deadline` that "by", "until" or "through" stands before it. `quarter` is the quarter told last.
    """

    published: date | None = None
    story: Story | None = None
    near: Story | None = None
    here: Story | None = None
    narrative: bool = False
    tense: Tense | None = None
    own: bool = False
    deadline: bool = False
    quarter: Days | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression as TIMEX3 and as days; `first` and `last` are None where open or unknown.

    `moves` says that the story is now at this time, so that "two days later" counts from it.
    """

    type: TimexType
    value: str
    first: date | None = None
    last: date | None = None
    basis: Basis = "none"
    anchor: date | None = None
    grain: Grain | None = None
    moves: bool = False

    @property
    def days(self) -> Days | None:
        return Days(self.first, self.last) if self.first and self.last else None


Read = Callable[[Found, Context], "Reading | None"]
"""None means that the words are no time after all ("31 November")."""


@dataclass(frozen=True, slots=True)
class Year:
    """The year that a date without one belongs to, and what that rests on."""

    number: int
    basis: Basis
    anchor: date | None


def dated(
    value: str, days: Days | None, grain: Grain, *, basis: Basis = "stated", anchor: date | None = None
) -> Reading:
    """A DATE. Without days (outside the calendar) it dates nothing and moves nothing."""
    if days is None:
        return Reading("DATE", value, grain=grain)
    return Reading("DATE", value, days.first, days.last, basis, anchor, grain, moves=True)


def undated(value: str, kind: TimexType = "DATE") -> Reading:
    """A time of which no day is known."""
    return Reading(kind, value)


def narrowed(reading: Reading, part: Third | None) -> Reading:
    """Only the first, middle or last third of a reading's days; a single day stays as it is."""
    if part is None or reading.days is None or reading.days.length < 3:
        return reading
    days = third(reading.days, part)
    return replace(reading, first=days.first, last=days.last)


def place_month(month: int, number: int | None, context: Context, weekday: int | None = None) -> Year | None:
    """The year of a month, or of a day of it, that is named without one; None where nothing tells.

    A weekday beside the day settles the year where only one of those around fits.
    """
    told_of = context.tense == "past" or (context.tense is None and not context.deadline)  # "by June it had lost"
    near = context.near if told_of else None
    if near is not None and number and not context.narrative and _goes_back(near, month):
        near = None
    told = near or (context.story if context.narrative or not context.published else None)
    if told is not None:
        year = _carried_year(told, month)
        return Year(year, "narrative", told.days.first if told.days.length == 1 else None) if year else None
    if context.published is None or context.narrative:
        return None
    published = context.published
    if number and weekday is not None:
        around = [day(published.year + step, month, number) for step in (-1, 0, 1)]
        fitting = [d.year for d in around if d and d.weekday() == weekday]
        if len(fitting) == 1:
            return Year(fitting[0], "relative", published)
    return Year(_year_by_tense(month, number, context, published), "relative", published)


def _goes_back(told: Story, month: int) -> bool:
    """ "In August 2013 … . The town was hit again, on June 19": what is told goes on, so that is no June of 2013."""
    return told.grain in {"day", "month"} and month < told.days.first.month


def _carried_year(told: Story, month: int) -> int | None:
    if told.grain in {"decade", "century"}:
        return None
    if told.grain == "year":
        return told.days.first.year
    earliest = told.days.first.year * 12 + told.days.first.month - 1 - _MONTHS_BACK
    return (earliest + (month - 1 - earliest) % 12) // 12


def _year_by_tense(month: int, number: int | None, context: Context, published: date) -> int:
    """The latest such time not after publication; the next one where the verb looks forward.

    Where no verb tells, or a deadline is set, a time that is close ahead rather than long past.
    """
    year = published.year
    begun = day(year, month, number or 1) or date(year, month, 28)
    past = year if begun <= published else year - 1
    ended = begun if number else (month_days(year, month) or Days(begun, begun)).last
    coming = year if ended >= published else year + 1
    before, after = day(past, month, min(number or 1, 28)), day(coming, month, min(number or 1, 28))
    if before is None or after is None:
        return coming if before is None else past
    ahead, behind = (after - published).days, (published - before).days
    told = context.tense == "past" and context.own and not context.deadline
    if number and min(ahead, behind) <= _CLOSE_DAY and not told:
        # a day that is near wins over a verb further off: "called for talks on 12 January", printed on the 9th
        return coming if ahead < behind else past
    if context.tense == "future":
        return coming
    if context.tense == "past" and not context.deadline:
        return past
    return coming if ahead <= _CLOSE_AHEAD < behind else past


def counted_from(days: Days, count: int, unit: Unit) -> date | None:
    """The day that lies `count` units after the start of an interval, where it is fine enough to count from."""
    if unit in {"day", "week"} and days.length > 1:
        return None
    return move(days.first, count, unit)


def value_of(days: Days | None, grain: Grain) -> str:
    """The TIMEX3 value of a whole unit of the calendar."""
    if days is None:
        return {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(grain, "XXXX")
    first = days.first
    match grain:
        case "day":
            return first.isoformat()
        case "week":
            year, week, _ = first.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return f"{first.year:04}-{first.month:02}"
        case "quarter":
            return f"{first.year:04}-Q{(first.month + 2) // 3}"
        case "decade":
            return f"{first.year // 10:03}"
        case "century":
            return f"{first.year // 100:02}"
        case _:
            return f"{first.year:04}"


def unit_at(when: date | None, unit: Unit, *, basis: Basis, anchor: date | None) -> Reading:
    """The whole unit that holds a day, as a DATE."""
    days = unit_days(when, unit) if when else None
    return dated(value_of(days, unit), days, unit, basis=basis, anchor=anchor)
