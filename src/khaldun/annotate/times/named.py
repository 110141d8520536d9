"""Readings of times that name their place in the calendar: days, months, years, seasons, decades, holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from khaldun.annotate.tables.timex_words import (
    LEXICON,
    count_of,
    month_number,
    ordinal_number,
    relation_of,
    season_code,
    third_of,
    weekday_number,
)
from khaldun.annotate.times.context import Context, Reading, Year, dated, narrowed, place_month, undated, value_of
from khaldun.annotate.times.rules import Found
from khaldun.calendar import (
    Days,
    century_days,
    day,
    decade_days,
    easter,
    half_days,
    islamic,
    month_days,
    move,
    nth_weekday,
    one_day,
    quarter_days,
    season_days,
    unit_days,
    year_days,
)
from khaldun.knowledge import load_data

# A date with two digits for its year ("03/12/15") lies at most so many years before publication.
_SHORT_YEARS = 20
_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990,
}  # fmt: skip


def read_date(found: Found, context: Context) -> Reading | None:
    """ "3 May 2014", "Aug. 7", "2016-03-04", "the 9th"."""
    number = _day_number(found.get("day") or "")
    month = _month(found) or _month_of_story(context)
    if number is None or month is None:
        return None
    weekday = weekday_number(found.groups["weekday"]) if "weekday" in found.groups else None
    year = _year(found, month, number, context, weekday)
    if year is None:
        return undated(f"XXXX-{month:02}-{number:02}")
    when = day(year.number, month, number)
    if when is None:
        return None
    return dated(when.isoformat(), one_day(when), "day", basis=year.basis, anchor=year.anchor)


def read_numeric(found: Found, context: Context) -> Reading | None:
    """ "06.04.2017" and "20/04/2016": day first, unless only month first is a date not after publication."""
    year = _short_or_full_year(found, context)
    first, second = int(found.groups["first"]), int(found.groups["second"])
    published = context.published
    if year is None:
        return None
    if "year_short" in found.groups and not _plausible_short(found, year, published):
        return None
    readings = [d for d in (day(year, second, first), day(year, first, second)) if d]
    fitting = [d for d in readings if published is None or d <= published] or readings
    return dated(fitting[0].isoformat(), one_day(fitting[0]), "day") if fitting else None


def _plausible_short(found: Found, year: int, published: date | None) -> bool:
    """ "03/12/15" is a date of the years before publication; "10-3-12" is as likely a score."""
    whole = found.groups["mark"] == "/" or len(found.groups["first"]) == len(found.groups["second"]) == 2
    return whole and published is not None and 0 <= published.year - year <= _SHORT_YEARS


def read_month(found: Found, context: Context) -> Reading | None:
    """ "June 2015", "early March of 2012", "late October"."""
    month = month_number(found.groups["month"])
    year = _year(found, month, None, context)
    if year is None:
        return undated(f"XXXX-{month:02}")
    days = month_days(year.number, month)
    reading = dated(value_of(days, "month"), days, "month", basis=year.basis, anchor=year.anchor)
    return narrowed(reading, third_of(found.get("mod")))


def read_month_half(found: Found, context: Context) -> Reading | None:
    """ "the second half of February": the 15th to the last."""
    reading = read_month(found, context)
    if reading is None or reading.days is None:
        return reading
    middle = reading.days.first.replace(day=15)
    return replace(reading, last=middle) if found.groups["side"].lower() == "first" else replace(reading, first=middle)


def read_year(found: Found, context: Context) -> Reading | None:
    """ "2012", "late 2014", "the end of 1999", "'98"."""
    year = _short_or_full_year(found, context)
    days = year_days(year) if year is not None else None
    if year is None or days is None:
        return None
    return narrowed(dated(f"{year:04}", days, "year"), third_of(found.get("mod")))


def read_before_christ(found: Found, _context: Context) -> Reading | None:
    """ "146 BC": a value, but no days, since the calendar here begins with the year 1."""
    month = f"-{_month(found):02}" if found.get("month") else ""
    number = _day_number(found.get("day") or "")
    return undated(f"BC{int(found.groups['bc']):04}{month}" + (f"-{number:02}" if number and month else ""))


def read_decade(found: Found, _context: Context) -> Reading | None:
    """ "the 1990s", "the early nineties"."""
    if word := found.get("decade_word"):
        start = _DECADES[word.lower()]
    elif short := found.get("decade_short"):
        start = (1900 if int(short) >= 20 else 2000) + int(short)
    else:
        start = int(found.groups["decade"])
    if start % 100 == 0 and start < 2000:
        return dated(f"{start // 100:02}", Days(date(start, 1, 1), date(start + 99, 12, 31)), "century")
    return narrowed(dated(f"{start // 10:03}", decade_days(start), "decade"), third_of(found.get("mod")))


def read_century(found: Found, _context: Context) -> Reading | None:
    """ "the 19th century" is 18 in TIMEX3."""
    number = int(found.get("century") or 0) or ordinal_number(found.groups["ord"])
    if found.get("bc_mark"):
        return undated(f"BC{number - 1:02}")
    if not 1 <= number <= 21:
        return None
    return narrowed(dated(f"{number - 1:02}", century_days(number), "century"), third_of(found.get("mod")))


def read_season(found: Found, context: Context) -> Reading | None:
    """ "the spring of 2014", or "the summer" of the year that the context gives."""
    code = season_code(found.groups["season"])
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    year = _year(found, month, None, context)
    if year is None:
        return undated(f"XXXX-{code}")
    days = season_days(year.number, code)
    reading = dated(f"{year.number:04}-{code}", days, "season", basis=year.basis, anchor=year.anchor)
    return narrowed(reading, third_of(found.get("mod")))


def read_quarter(found: Found, context: Context) -> Reading | None:
    """ "the second quarter of 2015", "the first half of 2014"; without a year, the latest one that has begun."""
    number = int(found.get("nth") or 0) or ordinal_number(found.groups["ord"])
    half = found.groups["piece"].lower() in {"half", "h"}
    if number > (2 if half else 4):
        return None
    month = (6 if half else 3) * (number - 1) + 1
    # a quarter without a year is the latest one that has begun, whatever the verb
    year = _year(found, month, None, replace(context, tense="past", near=None))
    if year is None:
        return None if half else undated(f"XXXX-Q{number}")
    days = half_days(year.number, number) if half else quarter_days(year.number, number)
    value = f"{year.number:04}-{'H' if half else 'Q'}{number}"
    return dated(value, days, "quarter", basis=year.basis, anchor=year.anchor)


def read_quarter_told(found: Found, context: Context) -> Reading | None:
    """ "the quarter": the one told last; "the year-ago quarter": the same of the year before."""
    if context.quarter is None:
        return undated("XXXX-QX")
    days = context.quarter
    if "back" in found.groups:
        earlier = move(days.first, -1, "year")
        days = unit_days(earlier, "quarter") if earlier else None  # type: ignore[assignment]
    reading = dated(value_of(days, "quarter"), days, "quarter", basis="narrative")
    return replace(reading, moves=False)


def read_holiday(found: Found, context: Context) -> Reading | None:
    """A holiday of a year that is named, or the latest one (the next one, if the verb looks forward)."""
    row = _holiday(found.groups["holiday"])
    if "date" in row:
        when = date.fromisoformat(str(row["date"]))
        return dated(when.isoformat(), one_day(when), "day")
    if "year" in found.groups or "of" in found.groups:
        year = _year(found, 1, None, context)
    else:
        rough = _holiday_day(row, context.published.year if context.published else 2000)
        year = place_month(rough.month, rough.day, context) if rough else None
    if year is None:
        return undated(f"XXXX-{row['day']}" if "day" in row else "XXXX-XX-XX")
    feast = _holiday_day(row, year.number)
    if feast is not None and "eve" in found.groups:
        feast = move(feast, -1, "day")
    if feast is None:
        return None
    reading = dated(feast.isoformat(), one_day(feast), "day", basis=year.basis, anchor=year.anchor)
    if isinstance(around := row.get("around"), list):  # by the moon, or of several days
        before, after = int(around[0]), 1 if "eve" in found.groups else int(around[1])
        reading = replace(reading, first=move(feast, -before, "day"), last=move(feast, after, "day"))
    return reading


def related_year(phrase: str, context: Context) -> Year | None:
    """The year that "last year" or "that year" means, inside a larger expression."""
    relation = relation_of(phrase.rsplit(None, 1)[0])
    told = context.story.days.first if context.story else None
    steps = {"last": -1, "this": 0, "next": 1, "then": 0, "previous": -1, "following": 1}
    if relation in {"then", "previous", "following"}:
        return Year(told.year + steps[relation], "narrative", None) if told else None
    return Year(context.published.year + steps[relation], "relative", context.published) if context.published else None


def _year(found: Found, month: int, number: int | None, context: Context, weekday: int | None = None) -> Year | None:
    if phrase := found.get("of"):
        return related_year(phrase, context)
    stated = _short_or_full_year(found, context)
    return Year(stated, "stated", None) if stated is not None else place_month(month, number, context, weekday)


def _short_or_full_year(found: Found, context: Context) -> int | None:
    if year := found.get("year"):
        return int(year)
    if found.rule == "year.spelled":
        return 1900 + int(count_of(found.groups["count"]) or 0)
    short = found.get("year_short")
    if short is None:
        return None
    if century := found.get("century"):
        return int(century) * 100 + int(short)
    latest = context.published.year + 1 if context.published else 2049
    return next(c + int(short) for c in (2000, 1900) if c + int(short) <= max(latest, 1999))


def _month(found: Found) -> int | None:
    if word := found.get("month"):
        return month_number(word)
    number = found.get("month_number")
    return int(number) if number and 1 <= int(number) <= 12 else None


def _month_of_story(context: Context) -> int | None:
    """ "the 9th" is a day of the month that the story is in."""
    told = context.story
    return told.days.first.month if told and told.grain in {"day", "month"} else None


def _day_number(words: str) -> int | None:
    digits = "".join(c for c in words if c.isdigit())
    if digits:
        return int(digits)
    return ordinal_number(words) if words else None


def _holiday(words: str) -> dict[str, object]:
    rows: list[dict[str, object]] = load_data(LEXICON)["holidays"]
    name = " ".join(words.split())
    return next(row for row in rows if name in row["words"])  # type: ignore[operator]


def _holiday_day(row: dict[str, object], year: int) -> date | None:
    match row:
        case {"day": str(text)}:
            return day(year, int(text[:2]), int(text[3:]))
        case {"nth": [int(month), int(weekday), int(nth)]}:
            return nth_weekday(year, month, weekday, nth)
        case {"islamic": [int(month), int(number)]}:
            return islamic(year, month, number)
        case {"easter": int(offset)}:
            sunday = easter(year)
            return move(sunday, offset, "day") if sunday else None
        case _:
            return None


def with_day_of(reading: Reading, day_of: Reading) -> Reading:
    """A clock or a part of a day (`reading`, a value from T on) on the day that the other one means."""
    value = reading.value[reading.value.find("T") :]
    return replace(day_of, type="TIME", value=day_of.value.split("T")[0] + value)
