"""Names, days and numbers as a probe writes them, in a form that can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

ARTICLES = frozenset({"the", "a", "an", "al", "el"})
PRONOUNS = frozenset("i we he she it they them him her us his hers its their theirs who whom which that".split())
_RANGE = re.compile(r"(?P<low>\d+)?(?P<sign>[-+])?(?P<high>\d+)?")


class ProbeError(ValueError):
    """A probe that is not well formed; the message names the key."""


# ------------------------------------------------------------------------------------------------ names


def fold(name: str) -> tuple[str, ...]:
    """The words of a name, without case, accents, apostrophes, possessive and article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’‘ʿʾ`]s\b", "", plain)
    words = re.findall(r"\w+", re.sub(r"['’‘ʿʾ`]", "", plain))
    return tuple(w for w in words if w not in ARTICLES) or tuple(words)


def _within(small: Sequence[str], large: Sequence[str]) -> bool:
    return any(large[i : i + len(small)] == small for i in range(len(large) - len(small) + 1))


def name_fits(wanted: str, names: Iterable[str]) -> bool:
    """True where one of the names is the wanted one, lies in it or holds it, word for word.

    "A|B" wants either; "=A" wants the name itself and not a longer or shorter one.
    """
    folded = [fold(n) for n in names]
    return any(_one_fits(alternative.strip(), folded) for alternative in wanted.split("|"))


def _one_fits(wanted: str, folded: Sequence[tuple[str, ...]]) -> bool:
    words = fold(wanted.removeprefix("="))
    if wanted.startswith("="):
        return words in folded
    named = [n for n in folded if n and not PRONOUNS.issuperset(n)]
    return any(_within(words, n) or _within(n, words) for n in named)


# ------------------------------------------------------------------------------------------------ days

Days = tuple[date | None, date | None]


def read_days(value: Any) -> Days:
    """ "2016-04-18", "2016-03", "2015", "a/b", "/b" or "a/" as two days, an open end as None."""
    if isinstance(value, date):
        return value, value
    ends = [part.strip() for part in str(value).split("/")]
    if len(ends) == 1:
        return _stretch(ends[0])
    return (_stretch(ends[0])[0] if ends[0] else None), (_stretch(ends[1])[1] if ends[1] else None)


def _stretch(value: str) -> tuple[date, date]:
    numbers = [int(n) for n in value.split("-")]
    if len(numbers) == 3:
        return date(*numbers), date(*numbers)
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(numbers[0], 1, 1), date(numbers[0], 12, 31)


# ------------------------------------------------------------------------------------------------ numbers


def read_range(value: Any) -> tuple[int | None, int | None]:
    """ "40" is (40, 40), "7+" (7, None), "12-99" (12, 99), "-20" (None, 20)."""
    parts = _RANGE.fullmatch(str(value))
    if parts is None or not (parts["low"] or parts["high"]):
        raise ProbeError(f"not a number or range: {value!r}")
    low = int(parts["low"]) if parts["low"] else None
    return low, low if parts["sign"] is None else int(parts["high"]) if parts["high"] else None
