"""Days and intervals of days: pure functions on `datetime.date`, no text and no clock.

An interval is `Days(first, last)`, both ends inclusive, Gregorian, years 1 to 9999. Whatever falls outside
those years, or is no date at all (31 November), gives None, never an exception and never a neighbouring day.
Weeks are ISO weeks, Monday to Sunday; weekdays are numbered 0 (Monday) to 6 as in `date.weekday`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal, NamedTuple

Unit = Literal["day", "week", "month", "quarter", "year", "decade", "century"]
Season = Literal["SP", "SU", "FA", "WI"]
Third = Literal["START", "MID", "END"]

_DAY_VALUE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_WEEK_VALUE = re.compile(r"(\d{4})-W(\d\d)")
_MONTHS_IN: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN: dict[Unit, int] = {"day": 1, "week": 7}
_SEASON_STARTS: dict[Season, int] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Days(NamedTuple):
    """An interval of days, both ends inclusive."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def day(year: int, month: int, number: int) -> date | None:
    """The date of that name, or None where there is none ("31 November", year 99999)."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def one_day(when: date) -> Days:
    """The interval of that day alone."""
    return Days(when, when)


def year_days(year: int) -> Days | None:
    """1 January to 31 December."""
    return _months(year, 1, 12)


def month_days(year: int, month: int) -> Days | None:
    """The first to the last day of a month (1 to 12)."""
    return _months(year, month, 1) if 1 <= month <= 12 else None


def quarter_days(year: int, quarter: int) -> Days | None:
    """The three months of a calendar quarter (1 to 4)."""
    return _months(year, 3 * quarter - 2, 3) if 1 <= quarter <= 4 else None


def half_days(year: int, half: int) -> Days | None:
    """The six months of a half-year (1 or 2)."""
    return _months(year, 6 * half - 5, 6) if half in (1, 2) else None


def season_days(year: int, season: Season) -> Days | None:
    """The three months of a northern season; the winter of a year begins in its December."""
    return _months(year, _SEASON_STARTS[season], 3)


def decade_days(year: int) -> Days | None:
    """The ten years that share the year's first three digits (1994: 1990 to 1999)."""
    return _years(year - year % 10, 10)


def century_days(number: int) -> Days | None:
    """The hundred years of the n-th century, counted as people say it (20: 1900 to 1999)."""
    return _years((number - 1) * 100, 100)


def week_days(when: date) -> Days | None:
    """Monday to Sunday of the week that holds the day."""
    first = move(when, -when.weekday(), "day")
    last = move(when, 6 - when.weekday(), "day")
    return Days(first, last) if first and last else None


def weekend_days(when: date) -> Days | None:
    """Saturday and Sunday of the week that holds the day."""
    week = week_days(when)
    return Days(week.last - timedelta(days=1), week.last) if week else None


def unit_days(when: date, unit: Unit) -> Days | None:
    """The whole calendar unit that holds the day."""
    match unit:
        case "day":
            return one_day(when)
        case "week":
            return week_days(when)
        case "month":
            return month_days(when.year, when.month)
        case "quarter":
            return quarter_days(when.year, (when.month + 2) // 3)
        case "year":
            return year_days(when.year)
        case "decade":
            return decade_days(when.year)
        case "century":
            return century_days(when.year // 100 + 1)


def move(when: date, count: int, unit: Unit) -> date | None:
    """The day `count` units on (back, if negative); a day past the end of a month becomes its last day."""
    if unit in _DAYS_IN:
        try:
            return when + timedelta(days=count * _DAYS_IN[unit])
        except OverflowError:
            return None
    months = when.year * 12 + when.month - 1 + count * _MONTHS_IN[unit]
    year, month = divmod(months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(when.day, monthrange(year, month + 1)[1]))


def move_unit(when: date, count: int, unit: Unit) -> Days | None:
    """The whole calendar unit that lies `count` units on from the one that holds the day."""
    whole = unit_days(when, unit)
    moved = move(whole.first, count, unit) if whole else None
    return unit_days(moved, unit) if moved else None


def weekday_on_or_before(when: date, weekday: int) -> date | None:
    """The latest day of that name that is not after `when`."""
    return move(when, -((when.weekday() - weekday) % 7), "day")


def weekday_on_or_after(when: date, weekday: int) -> date | None:
    """The earliest day of that name that is not before `when`."""
    return move(when, (weekday - when.weekday()) % 7, "day")


def month_on_or_before(when: date, month: int) -> Days | None:
    """The latest month of that number that has begun by `when`."""
    return month_days(when.year - (month > when.month), month)


def month_on_or_after(when: date, month: int) -> Days | None:
    """The earliest month of that number that has not ended before `when`."""
    return month_days(when.year + (month < when.month), month)


def third(days: Days, part: Third) -> Days:
    """The first, middle or last third: "late 2014" is September to December, "mid-July" the 10th to the 20th.

    Of whole years the thirds are whole months; of months 1 to 10, 10 to 20 and 21 to the end.
    """
    whole = _thirds_of_year(days) if days.length in (365, 366) else _thirds_of_month(days)
    return (whole or _thirds(days))[part]


def days_named(value: str) -> Days | None:
    """The days of a TIMEX3 value that is a day, a week, a month or a year of the calendar; else None."""
    if (week := _WEEK_VALUE.fullmatch(value)) is not None:
        first = week_start(int(week[1]), int(week[2]))
        return week_days(first) if first is not None else None
    if _DAY_VALUE.fullmatch(value) is None:
        return None
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return year_days(parts[0])
    if len(parts) == 2:
        return month_days(parts[0], parts[1])
    found = day(*parts)
    return one_day(found) if found is not None else None


def part_from(days: Days, first: date) -> Days | None:
    """The interval itself, or its third, that begins on `first` ("mid-January" on the 10th); None if neither does."""
    if days.first == first:
        return days
    parts: tuple[Third, ...] = ("MID", "END")
    return next((t for t in (third(days, part) for part in parts) if t.first == first), None)


def week_start(year: int, week: int) -> date | None:
    """The Monday of an ISO week, or None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def intersect(left: Days, right: Days) -> Days | None:
    """The days that both have, or None."""
    first, last = max(left.first, right.first), min(left.last, right.last)
    return Days(first, last) if first <= last else None


def cover(left: Days, right: Days) -> Days:
    """The smallest interval that holds both."""
    return Days(min(left.first, right.first), max(left.last, right.last))


def easter(year: int) -> date | None:
    """Easter Sunday of the Western churches (Meeus, Jones and Butcher's rule; Gregorian, from 1583)."""
    if not 1583 <= year <= MAXYEAR:
        return None
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, number = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, number + 1)


def islamic(year: int, month: int, number: int) -> date | None:
    """The day of a Gregorian year that a day of the Islamic calendar falls on, the last of two, by the tabular
    calendar; where the moon is looked for, it may be a day earlier or later."""
    start = (year - 622) * 33 // 32
    found = (_from_islamic(y, month, number) for y in range(start + 2, start - 2, -1))
    return next((when for when in found if when is not None and when.year == year), None)


_ISLAMIC_EPOCH = 227_014
"""The ordinal of 1 Muharram of the first year: 15 July 622 (Julian), nearer to what is announced than the 16th."""


def _from_islamic(year: int, month: int, number: int) -> date | None:
    if year < 1:
        return None
    days = number + -(-59 * (month - 1) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(_ISLAMIC_EPOCH + days - 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The n-th day of that name in a month (the fourth Thursday of November)."""
    first = day(year, month, 1)
    return day(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1)) if first else None


def _months(year: int, month: int, count: int) -> Days | None:
    first = day(year, month, 1)
    after = move(first, count - 1, "month") if first else None
    if first is None or after is None:
        return None
    return Days(first, date(after.year, after.month, monthrange(after.year, after.month)[1]))


def _years(first: int, count: int) -> Days | None:
    start, end = day(max(first, MINYEAR), 1, 1), day(first + count - 1, 12, 31)
    return Days(start, end) if start and end and start <= end else None


def _thirds_of_year(days: Days) -> dict[Third, Days] | None:
    if (days.first.month, days.first.day, days.last.month) != (1, 1, 12):
        return None
    starts = [month_days(days.first.year, month) for month in (1, 4, 5, 8, 9, 12)]
    a, b, c, d, e, f = (m for m in starts if m)
    return {"START": cover(a, b), "MID": cover(c, d), "END": cover(e, f)}


def _thirds_of_month(days: Days) -> dict[Third, Days] | None:
    if days != month_days(days.first.year, days.first.month):
        return None
    tenth, twentieth = days.first.replace(day=10), days.first.replace(day=20)
    return {
        "START": Days(days.first, tenth),
        "MID": Days(tenth, twentieth),
        "END": Days(twentieth + timedelta(days=1), days.last),
    }


def _thirds(days: Days) -> dict[Third, Days]:
    part = timedelta(days=max(days.length // 3, 1) - 1)
    return {
        "START": Days(days.first, days.first + part),
        "MID": Days(days.first + part, days.last - part),
        "END": Days(days.last - part, days.last),
    }
