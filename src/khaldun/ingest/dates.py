"""Dates as printed: finding them in furniture and reading them as intervals of days.

Only the parts of a report that tell its own date are searched (see `published.py`); dates in running prose are
the business of annotation. The clock is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from khaldun.model import Span

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH = (
    r"(?i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?i:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[89]\d\d|2\d\d\d)"

# No group is named here, since the pattern is also put, several times over, into the cues of the lexicon.
NUMERIC_DATE = (
    rf"(?:{_YEAR}(?:-\d{{1,2}}-|/\d{{1,2}}/|\.\d{{1,2}}\.)\d{{1,2}}"
    rf"|\d{{1,2}}(?:-\d{{1,2}}-|/\d{{1,2}}/|\.\d{{1,2}}\.){_YEAR})(?!\d)"
)
WRITTEN_DATE = (
    rf"(?:(?:{WEEKDAY},?\s+)?(?:{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}[,،]?\s+{_YEAR}"
    rf"|{MONTH}\s+(?:{_DAY}(?:st|nd|rd|th)?(?:,\s*|\s+)|\d\d){_YEAR}|{_DAY}[-/.]{MONTH}[-/.]{_YEAR})(?!\d))"
)
FULL_DATE = rf"(?:{WRITTEN_DATE}|(?:{WEEKDAY},?\s+)?{NUMERIC_DATE})"
SHORT_DATE = rf"(?:{_DAY}\s+{MONTH}(?:\s+\d\d)?(?!\d)|{MONTH}\s+{_DAY}(?!\d))"
"""Day and month without a year, or with a year of two digits ("3 JAN 90"), as in the datelines of agencies."""

_FIRST_YEAR, _LAST_YEAR = 1800, 2100

_WORDS = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY}),?\s+)?(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{MONTH})[,،]?(?:\s+(?P<y1>\d{{4,6}}|\d\d(?!\d)))?"
    rf"|(?P<d4>\d{{1,2}})[-/.](?P<m4>{MONTH})[-/.](?P<y4>\d{{4}})"
    rf"|(?P<m5>{MONTH})\s+(?P<d5>\d\d)(?P<y5>(?:19|20)\d\d)"  # "May 042018": scraped without its comma
    rf"|(?P<m6>{MONTH})\s+(?P<d6>\d{{1,2}})\s+(?P<y6>[5-9]\d)(?=\s*(?:\(|-))"  # "JUNE 11 89 (AFP)"
    rf"|(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:(?:,\s*|\s+)(?P<y2>\d{{4,6}}))?"
    rf"|(?P<m3>{MONTH}),?\s+(?P<y3>\d{{4}}))(?!\d)",
    re.I,
)
_NUMBERS = re.compile(
    rf"(?<![\d.])(?:(?P<weekday>{WEEKDAY}),?\s+)?(?:"
    r"(?P<y>\d{4,6})(?P<s1>[-/.])(?P<m>\d{1,2})(?P=s1)(?P<d>\d{1,2})(?!\d)"
    r"|(?P<a>\d{1,2})(?P<s2>[-/.])(?P<b>\d{1,2})(?P=s2)(?P<y2>\d{4,6}))",
    re.I,
)
_STAMP = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_ISO_PREFIX = re.compile(r"\s*(\d{4,6})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T\s])")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed. `earliest` and `latest` are None when the words name no possible day.

    `yearless` gives month and day when the year is left out ("July 3" in a dateline).
    """

    span: Span
    quote: str
    earliest: date | None = None
    latest: date | None = None
    yearless: tuple[int, int] | None = None

    @property
    def possible(self) -> bool:
        return self.earliest is not None


def find_dates(text: str, start: int = 0, end: int | None = None, *, month_first: bool = False) -> list[PrintedDate]:
    """Every printed date of `text[start:end]`, in text order, the impossible ones too."""
    end = len(text) if end is None else end
    found = [
        *(_read_words(match) for match in _WORDS.finditer(text, start, end)),
        *(_read_numbers(match, month_first=month_first) for match in _NUMBERS.finditer(text, start, end)),
    ]
    return sorted(found, key=lambda printed: printed.span)


def find_stamps(text: str, start: int = 0, end: int | None = None) -> Iterator[PrintedDate]:
    """Dates in eight digits, as in file names and the slugs of agencies (``20160420``)."""
    for match in _STAMP.finditer(text, start, len(text) if end is None else end):
        day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
        yield PrintedDate(Span(*match.span()), match.group(), day, day)


def read_date(words: str, *, month_first: bool = False) -> PrintedDate | None:
    """The date that a field of metadata holds: ISO 8601, RFC 2822 or as a newspaper prints it. None without one.

    The day is taken as written; a time zone never moves it.
    """
    iso = _ISO_PREFIX.match(words)
    whole = Span(0, len(words))
    if iso:
        year, month, day = (int(number) if number else None for number in iso.groups())
        interval = _interval(year or 0, month, day)
        return PrintedDate(whole, words, *interval) if interval else PrintedDate(whole, words)
    stamps = list(find_stamps(words))
    printed = [*find_dates(words, month_first=month_first), *stamps]
    if not printed:
        return None
    first = printed[0]
    return PrintedDate(whole, words, first.earliest, first.latest, first.yearless)


def problem_of_given(words: str) -> str | None:
    """Why the date that a person gives with a report cannot be taken, in prose; None where it can.

    Nothing but the words decides: "04/05/2016" may be two days, whoever publishes.
    """
    day_first, month_first = read_date(words.strip()), read_date(words.strip(), month_first=True)
    if day_first is None or month_first is None or day_first.earliest is None:
        return f"'{words}' is not a date: write 2016, 2016-04 or 2016-04-20"
    if day_first.earliest != month_first.earliest:
        return f"'{words}' may be {day_first.earliest} or {month_first.earliest}: write the one that is meant"
    return None


def day_of(value: str | date) -> date | str:
    """A `datetime` as its day; a string stays as it is."""
    return value.date() if isinstance(value, datetime) else value


def _read_words(match: re.Match[str]) -> PrintedDate:
    span, quote = Span(*match.span()), match.group()
    month = _month(_first(match, "m1 m2 m3 m4 m5 m6") or "")
    day = _first(match, "d1 d2 d4 d5 d6")
    year = _first(match, "y1 y2 y3 y4 y5 y6")
    if year is None:
        possible = day is not None and _day(2000, month, int(day)) is not None
        return PrintedDate(span, quote, yearless=(month, int(day)) if possible and day else None)
    interval = _interval(_century(year), month, int(day) if day else None)
    return PrintedDate(span, quote, *interval) if interval else PrintedDate(span, quote)


def _first(match: re.Match[str], names: str) -> str | None:
    return next((match[name] for name in names.split() if match[name]), None)


def _read_numbers(match: re.Match[str], *, month_first: bool) -> PrintedDate:
    span, quote = Span(*match.span()), match.group()
    if match["y"]:
        day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
    else:
        day = _of_two_orders(match, month_first=month_first)
    return PrintedDate(span, quote, day, day)


def _of_two_orders(match: re.Match[str], *, month_first: bool) -> date | None:
    """Day first unless that is impossible, the outlet writes the month first, or a printed weekday decides."""
    year, a, b = int(match["y2"]), int(match["a"]), int(match["b"])
    orders = [_day(year, b, a), _day(year, a, b)]
    if month_first:
        orders.reverse()
    possible = [day for day in orders if day is not None]
    if match["weekday"]:
        names = [day for day in possible if _WEEKDAYS[day.weekday()][:3] == match["weekday"][:3].lower()]
        possible = names or possible
    return possible[0] if possible else None


def _month(words: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name[:3] == words[:3].lower())


def _century(year: str) -> int:
    """Years of two digits, as agencies' datelines print them: '90 is 1990, '16 is 2016."""
    number = int(year)
    if len(year) > 2:
        return number
    return number + (1900 if number >= 50 else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _interval(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    """First and last day of a year, a month or a day; None when there is no such time."""
    first = _day(year, month or 1, day or 1)
    if first is None:
        return None
    if day is not None:
        return first, first
    if month is not None:
        return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first, date(year, 12, 31)
