"""Readings of lengths, repetitions, clocks and words such as "recently"."""

from __future__ import annotations

import math
from datetime import date

from khaldun.annotate.tables.timex_words import (
    LEXICON,
    calendar_unit,
    count_of,
    half_more,
    length_value,
    month_number,
    part_code,
    season_code,
    unit_name,
    weekday_number,
)
from khaldun.annotate.times.context import Context, Reading, undated
from khaldun.annotate.times.rules import Found
from khaldun.calendar import Unit, move
from khaldun.knowledge import load_data

_BEFORE_NOW = frozenset({"last", "past", "recent", "latest"})
_AFTER_NOW = frozenset({"next", "coming"})
_AFTER_STORY = frozenset({"following", "subsequent", "followed", "ensued", "ensuing", "intervening"})
_BEFORE_STORY = frozenset({"previous", "preceding", "preceded"})
_ONE_UNIT = frozenset({"window.one", "window.over-one", "window.of-unit"})
_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "XXXX-XX-XXTNI", "weekly": "P1W", "fortnightly": "P2W",
    "monthly": "P1M", "quarterly": "P1Q", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y",
}  # fmt: skip


def read_window(found: Found, context: Context) -> Reading | None:
    """ "the past three months", "the next two years", "recent weeks", "the months that followed"."""
    count, unit = _count(found), unit_name(found.groups["unit"])
    if "count" not in found.groups and found.rule in _ONE_UNIT:
        count = 1.0
    value = half_more(count, unit) if count is not None and "half" in found.groups else length_value(count, unit)
    side = found.groups["side"].lower()
    first, last, anchor, narrative = _window(side, count, found, context)
    basis = "none" if first is None and last is None else "narrative" if narrative else "relative"
    return Reading("DURATION", value, first, last, basis, anchor)  # type: ignore[arg-type]


def _window(
    side: str, count: float | None, found: Found, context: Context
) -> tuple[date | None, date | None, date | None, bool]:
    unit = calendar_unit(found.groups["unit"])
    now, told = context.published, context.story.days if context.story else None
    if unit is None:
        return (*_hours(side, count, found, context), False)
    if side in _AFTER_STORY or (context.narrative and side in _AFTER_NOW):
        start = told.first if told else None
        return start, _shift(told.last if told else None, count, unit, found, 1), start, True
    if side in _BEFORE_STORY and (context.narrative or context.here or now is None):
        return _shift(told.first if told else None, count, unit, found, -1), told.last if told else None, None, True
    if context.narrative:
        return None, None, None, False
    if side in _BEFORE_NOW or side in _BEFORE_STORY:
        return _shift(now, count, unit, found, -1), now, now, False
    if side in _AFTER_NOW:
        return now, _shift(now, count, unit, found, 1), now, False
    return None, None, None, False


def _hours(
    side: str, count: float | None, found: Found, context: Context
) -> tuple[date | None, date | None, date | None]:
    """ "the past 36 hours" reach back into the second day before publication; a few hours, at most into the last."""
    now = context.published
    if now is None or context.narrative or side not in _BEFORE_NOW or unit_name(found.groups["unit"]) != "hour":
        return None, None, None
    return move(now, -max(1, math.ceil((count or 1) / 24)), "day"), now, now


def _shift(when: date | None, count: float | None, unit: tuple[Unit, int], found: Found, sign: int) -> date | None:
    if when is None or count is None:
        return None
    name, times = unit
    moved = move(when, sign * int(count * times), name)
    if moved and "half" in found.groups and name in {"year", "month"}:
        return move(moved, sign * (6 if name == "year" else 2), "month" if name == "year" else "week")
    return moved


def read_length(found: Found, _context: Context) -> Reading | None:
    """ "nearly three weeks", "two-hour", "a year and a half": dates nothing."""
    count, unit = _count(found), unit_name(found.groups["unit"])
    half = count is not None and "half" in found.groups
    return undated(half_more(count, unit) if half and count is not None else length_value(count, unit), "DURATION")


def read_length_half(found: Found, _context: Context) -> Reading | None:
    """ "two and a half years", "half an hour", "5 1/2 hours"."""
    if unit := found.get("half_unit"):
        return undated(half_more(0, unit_name(unit)), "DURATION")
    whole = found.get("whole")
    count = float(whole) if whole else _count(found)
    if count is None:
        return undated(length_value(None, unit_name(found.groups["unit"])), "DURATION")
    return undated(half_more(count, unit_name(found.groups["unit"])), "DURATION")


def read_every(found: Found, _context: Context) -> Reading | None:
    """ "every Friday", "each July", "every two hours"."""
    if word := found.get("weekday"):
        part = f"T{part_code(found.groups['part'])}" if "part" in found.groups else ""
        return Reading("SET", f"XXXX-WXX-{weekday_number(word) + 1}{part}")
    if word := found.get("month"):
        return Reading("SET", f"XXXX-{month_number(word):02}")
    if word := found.get("season"):
        return Reading("SET", f"XXXX-{season_code(word)}")
    if "weekend" in found.groups:
        return Reading("SET", "XXXX-WXX-WE")
    if "unit" not in found.groups:
        return Reading("SET", f"XXXX-XX-XXT{part_code(found.groups['part'])}")
    count = _count(found) if "count" in found.groups else 1.0
    return Reading("SET", length_value(count, unit_name(found.groups["unit"])))


def read_adverb(found: Found, _context: Context) -> Reading | None:
    """ "daily", "weekly"."""
    return Reading("SET", _ADVERBS[found.groups["adverb"].lower()])


def read_per(found: Found, _context: Context) -> Reading | None:
    """ "twice a week"."""
    return Reading("SET", length_value(1, unit_name(found.groups["unit"])))


def read_reference(found: Found, context: Context) -> Reading | None:
    """ "the near future" lies after publication; "now" and "former" date nothing, nor does "recently", which says no
    more than that what is reported has happened."""
    row = load_data(LEXICON)["references"][int(found.rule.rpartition(".")[2])]
    if row.get("narrative") and not context.narrative:
        return None  # "the former king" is of the past in a history; in the news "former" is part of a title
    now = None if context.narrative else context.published
    match row.get("bound"):
        case "before" if now:
            return Reading("DATE", row["value"], None, now, "relative", now)
        case "after" if now:
            return Reading("DATE", row["value"], now, None, "relative", now)
        case _:
            return undated(row["value"])


def clock_value(found: Found) -> str | None:
    """The part of a TIMEX3 value from T on: T08:30, T24:00, TMO."""
    match found.read:
        case "clock":
            return _clock(found)
        case "clock_word":
            return "T24:00" if found.groups["hour_word"].lower() == "midnight" else "T12:00"
        case "oclock":
            hour = count_of(found.groups["count"])
            later = "part" in found.groups and part_code(found.groups["part"]) in {"AF", "EV"}
            return f"T{int(hour) + (12 if later and hour < 12 else 0):02}:00" if hour and hour <= 24 else None
        case _:
            return f"T{part_code(found.groups['part'])}"


def read_clock(found: Found, context: Context) -> Reading | None:
    """ "8:30 a.m.", "midnight": on the day that the story is at."""
    value = clock_value(found)
    story = context.story
    if value is None:
        return None
    if story is None or story.grain != "day":
        return undated(f"XXXX-XX-XX{value}", "TIME")
    told = story.days.first
    return Reading("TIME", f"{told.isoformat()}{value}", told, told, "narrative", told, "day")


def _clock(found: Found) -> str:
    hour, minute = int(found.groups["hour"]), int(found.get("minute") or 0)
    half = (found.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02}:{minute:02}"


def _count(found: Found) -> float | None:
    words = found.get("count")
    return count_of(words) if words else None
