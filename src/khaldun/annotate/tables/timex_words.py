"""The words of times (`lexicons/en/times.yaml`) as look-up tables, and numbers written in words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from khaldun.calendar import Season, Third, Unit
from khaldun.knowledge import load_data

LEXICON = "lexicons/en/times.yaml"

# TIMEX3 codes of the units of a length; the three shortest follow a T.
_CODES = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_CLOCK_CODES = {"second": "S", "minute": "M", "hour": "H"}
_MULTIPLES = {"fortnight": (2, "W"), "decade": (10, "Y"), "century": (100, "Y")}


@cache
def table(name: str) -> dict[str, Any]:
    """Lower-case word to its key, for a table of the lexicon such as `months` or `units`."""
    words: dict[Any, Any] = load_data(LEXICON)[name]["words"]
    return {
        form.lower().rstrip("."): key
        for key, forms in words.items()
        for form in (forms if isinstance(forms, list) else [key])
    }


def look_up(name: str, word: str) -> Any:
    """The key of a word in a table; KeyError when the table does not have it."""
    return table(name)[" ".join(word.lower().split()).rstrip(".")]


@cache
def around(name: str) -> frozenset[str]:
    """The words of a list under `around` in the lexicon."""
    return frozenset(str(w) for w in load_data(LEXICON)["around"][name]["words"])


@cache
def alternatives(name: str) -> str:
    """The same as one pattern, the longest first, blanks as any white space."""
    words = sorted(around(name), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words)


@cache
def weekday_names() -> frozenset[str]:
    """Monday to Sunday in small letters, in full."""
    return frozenset(str(forms[0]).lower() for forms in load_data(LEXICON)["weekdays"]["words"].values())


@cache
def calendar_names() -> frozenset[str]:
    """The names of months and weekdays in small letters, in full."""
    months = load_data(LEXICON)["months"]["words"].values()
    return weekday_names() | {str(forms[0]).lower() for forms in months}


@cache
def short_calendar_names() -> frozenset[str]:
    """The same with what they are cut short to, without the stop: "sept", "tue"."""
    return frozenset((*table("months"), *table("weekdays")))


def month_number(word: str) -> int:
    """1 to 12."""
    return int(look_up("months", word))


def weekday_number(word: str) -> int:
    """0 (Monday) to 6."""
    return int(look_up("weekdays", word))


def season_code(word: str) -> Season:
    """SP, SU, FA or WI."""
    code: Season = look_up("seasons", word)
    return code


def part_code(word: str) -> str:
    """MO, MI, AF, EV, NI or DT."""
    return str(look_up("parts", word))


def unit_name(word: str) -> str:
    """The singular name of a unit: second, minute, hour, day, week, fortnight, month, quarter, year …"""
    return str(look_up("units", word))


def calendar_unit(word: str) -> tuple[Unit, int] | None:
    """The unit of the calendar and how many of it make one of the word's; None for parts of a day."""
    match unit_name(word):
        case "fortnight":
            return "week", 2
        case "day" | "week" | "month" | "quarter" | "year" | "decade" | "century" as unit:
            return unit, 1
        case _:
            return None


def third_of(modifier: str | None) -> Third | None:
    """Which part of a unit "early", "mid" or "the end of" leaves."""
    if not modifier:
        return None
    part: Third = look_up("modifiers", modifier.strip(" -\n\t"))
    return part


def relation_of(word: str) -> str:
    """last, this, next, then, previous or following."""
    return str(look_up("relations", word))


def ordinal_number(word: str) -> int:
    """21 for "twenty-first"."""
    words: dict[str, int] = load_data(LEXICON)["ordinals"]["words"]
    return words[word.lower()]


def count_of(words: str) -> float | None:
    """The number that words or digits say; None where they are vague ("several")."""
    text = " ".join(words.lower().split())
    numbers = load_data(LEXICON)["numbers"]
    if text in numbers["other"]:
        return float(numbers["other"][text])
    if text in numbers["vague"]:
        return None
    total, part = 0.0, 0.0
    for token in re.split(r"[\s-]+", text):
        if token in numbers["scales"]:
            part = (part or 1) * numbers["scales"][token]
            total, part = (total + part, 0.0) if part >= 1000 else (total, part)
        elif token in {"a", "an"} and text not in {"a", "an"}:
            continue  # "a hundred", "a two-hour talk"
        elif token in numbers["words"]:
            part += numbers["words"][token]
        elif token[:1].isdigit():
            part += float(token.replace(",", ""))
    return total + part


def length_value(count: float | None, unit: str) -> str:
    """The TIMEX3 length: 3 weeks is P3W, two hours PT2H, several years PXY, one decade P10Y, 2.5 years P2Y6M."""
    if unit in _CLOCK_CODES:
        return f"PT{_number(count, 1)}{_CLOCK_CODES[unit]}"
    if unit in _MULTIPLES:
        times, code = _MULTIPLES[unit]
        return f"P{_number(count, times)}{code}"
    return f"P{_number(count, 1)}{_CODES[unit]}"


def half_more(count: float, unit: str) -> str:
    """The TIMEX3 length of so many units and a half: P1Y6M, PT1H30M, P10D12H is not written: P10.5D."""
    whole = int(count)
    match unit:
        case "year":
            return f"P{whole}Y6M" if whole else "P6M"
        case "hour":
            return f"PT{whole}H30M" if whole else "PT30M"
        case "minute":
            return f"PT{whole}M30S" if whole else "PT30S"
        case "day" if not whole:
            return "PT12H"
        case _:
            return length_value(count + 0.5, unit)


def _number(count: float | None, times: int) -> str:
    if count is None:
        return "X"
    product = count * times
    return str(int(product)) if product == int(product) else f"{product:g}"
