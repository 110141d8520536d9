"""By which day a state had begun that is told of a stretch of days.

"Has held it *since June 2015*" began on some day of that June; what is told of "last year" on some day of that year,
for all that the words say; "*over the past year*" it lasted throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from khaldun.calendar import day, month_days, year_days
from khaldun.model import Mention, Timex, When

_SINCE = re.compile(r"(?:since|as of|from)\b", re.I)
_VALUE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def begun_by(when: When, mentions: Iterable[Mention], text: str) -> date | None:
    """The last day on which a state of that time may have begun; None where it lasted throughout or is not dated."""
    if when.earliest is None or when.span is None:
        return None
    time = next((m for m in mentions if m.kind == "time" and m.when is not None and m.when.span == when.span), None)
    if time is None or not isinstance(time.value, Timex) or time.value.type == "DURATION":
        return None
    return _end_of(time.value.value) if _SINCE.match(when.span.of(text)) else when.latest


def _end_of(value: str) -> date | None:
    """The last day of a calendar value ("2015-06"); None for another ("2015-SU", "P1Y")."""
    named = _VALUE.fullmatch(value)
    if named is None:
        return None
    year, month, number = (int(part) if part else None for part in named.groups())
    if year is None or month is None:
        days = year_days(year) if year is not None else None
    else:
        if number is not None:
            return day(year, month, number)
        days = month_days(year, month)
    return days.last if days is not None else None
