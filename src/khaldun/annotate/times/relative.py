"""Readings of times that count from the publication or from the story: "last month", "on Friday", "two days later"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from khaldun.annotate.tables.timex_words import (
    calendar_unit,
    count_of,
    length_value,
    month_number,
    part_code,
    relation_of,
    season_code,
    third_of,
    unit_name,
    weekday_number,
)
from khaldun.annotate.times.context import Context, Reading, counted_from, dated, narrowed, undated, unit_at, value_of
from khaldun.annotate.times.named import related_year
from khaldun.annotate.times.rules import Found
from khaldun.calendar import (
    Days,
    Unit,
    day,
    month_days,
    month_on_or_after,
    month_on_or_before,
    move,
    move_unit,
    one_day,
    season_days,
    unit_days,
    week_days,
    weekday_on_or_after,
    weekday_on_or_before,
    weekend_days,
)
from khaldun.model import Basis

_STEPS = {"last": -1, "this": 0, "next": 1, "then": 0, "previous": -1, "following": 1}
_TOLD = frozenset({"then", "previous", "following"})


def read_day_word(found: Found, context: Context) -> Reading | None:
    """ "today", "yesterday evening", "tonight", "the day before yesterday"."""
    word = " ".join(found.groups["word"].lower().split())
    steps = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1,
             "the day before yesterday": -2, "the day after tomorrow": 2}  # fmt: skip
    if context.published is None:
        return undated("XXXX-XX-XX")
    reading = unit_at(move(context.published, steps[word], "day"), "day", basis="relative", anchor=context.published)
    part = "NI" if word == "tonight" else part_code(found.groups["part"]) if found.get("part") else None
    return _in_part(reading, part)


def read_unit(found: Found, context: Context) -> Reading | None:
    """ "last year", "the following day", "late last month", "last weekend"."""
    relation = relation_of(found.groups["rel"])
    base, basis = _base(relation, context)
    weekend = "weekend" in found.groups
    if relation == "next" and found.get("unit") == "day":
        relation = "following"  # "he was freed next day": not the day after publication
        base, basis = _base(relation, context)
    unit = calendar_unit("week" if weekend else found.groups["unit"])
    if unit is None:
        return None
    name, times = unit
    if name in {"decade", "century"} and relation not in {"this", "then"}:
        return undated(length_value(1, name), "DURATION")
    if base is None or (base.length > 1 and name == "day") or (base.length > 31 and name == "week"):
        return undated(value_of(None, name))
    days = move_unit(base.first, _STEPS[relation] * times, name)
    if weekend:
        return _weekend(days, basis, base.first)
    reading = dated(value_of(days, name), days, name, basis=basis, anchor=_anchor(base))
    if relation == "last" and name == "week" and base == _sunday(context):
        return replace(reading, last=move(base.first, -1, "day"))
    return _within(reading, found, context)


def _sunday(context: Context) -> Days | None:
    """The day of publication, if it is a Sunday: "last week" is then the one that ends with it as often as the one
    before, so that it reaches over both."""
    now = context.published
    return one_day(now) if now is not None and now.weekday() == _SUNDAY else None


_SUNDAY = 6


def read_unit_of_story(found: Found, context: Context) -> Reading | None:
    """ "later in the year", "the end of the month": of the story if the report tells one, else of publication."""
    unit = calendar_unit(found.groups["unit"])
    if unit is None or unit[0] == "day":
        return None
    name = unit[0]
    told = context.near or (context.story if context.narrative or not context.published else None)
    if told is not None and told.days.length <= 366:
        reading = unit_at(told.days.first, name, basis="narrative", anchor=None)
    elif context.published is not None:
        reading = unit_at(context.published, name, basis="relative", anchor=context.published)
    else:
        return undated(value_of(None, name))
    return narrowed(reading, "END" if "end_of" in found.groups else third_of(found.get("mod")))


def read_month_related(found: Found, context: Context) -> Reading | None:
    """ "last November" is the latest one before this month, "next June" the first one after it."""
    relation, month = relation_of(found.groups["rel"]), month_number(found.groups["month"])
    base, basis = _base(relation, context)
    if base is None:
        return undated(f"XXXX-{month:02}")
    days = _named_month(relation, month, base)
    reading = dated(value_of(days, "month"), days, "month", basis=basis, anchor=_anchor(base))
    return narrowed(reading, third_of(found.get("mod")))


def read_season_related(found: Found, context: Context) -> Reading | None:
    """ "last winter", "this summer", "the following spring"."""
    relation, code = relation_of(found.groups["rel"]), season_code(found.groups["season"])
    base, basis = _base(relation, context)
    if base is None:
        return undated(f"XXXX-{code}")
    year = base.first.year
    candidates = [d for d in (season_days(y, code) for y in range(year - 2, year + 3)) if d]
    if relation in {"last", "previous"}:
        days = max((d for d in candidates if d.last < base.first), default=None)
    elif relation in {"next", "following"}:
        days = min((d for d in candidates if d.first > base.last), default=None)
    else:
        days = season_days(year, code)
    value = f"{days.first.year:04}-{code}" if days else f"XXXX-{code}"
    return narrowed(dated(value, days, "season", basis=basis, anchor=_anchor(base)), third_of(found.get("mod")))


def read_weekday(found: Found, context: Context) -> Reading | None:
    """ "on Friday", "last Wednesday", "Sunday night": chosen by tense from publication, or after the story's day."""
    weekday = weekday_number(found.groups["weekday"])
    when, basis, anchor = _weekday_day(weekday, found.get("rel"), context)
    part = part_code(found.groups["part"]) if found.get("part") else None
    if when is None:
        return undated(f"XXXX-WXX-{weekday + 1}" + (f"T{part}" if part else ""), "TIME" if part else "DATE")
    return _in_part(dated(when.isoformat(), one_day(when), "day", basis=basis, anchor=anchor), part)


def read_set_weekday(found: Found, _context: Context) -> Reading | None:
    """ "on Fridays"."""
    return Reading("SET", f"XXXX-WXX-{weekday_number(found.groups['weekday']) + 1}")


def read_of_unit(found: Found, context: Context) -> Reading | None:
    """ "June last year", "3 May of that year", "Monday last week"."""
    phrase = found.groups["of"]
    if "weekday" in found.groups:
        relation = relation_of(phrase.rsplit(None, 1)[0])
        base, basis = _base(relation, context)
        week = move_unit(base.first, _STEPS[relation], "week") if base and base.length <= 7 else None
        when = weekday_on_or_after(week.first, weekday_number(found.groups["weekday"])) if week else None
        return unit_at(when, "day", basis=basis, anchor=_anchor(base)) if when else undated("XXXX-XX-XX")
    year, month = related_year(phrase, context), month_number(found.groups["month"])
    if year is None:
        return undated(f"XXXX-{month:02}")
    if digits := "".join(c for c in found.get("day") or "" if c.isdigit()):
        when = day(year.number, month, int(digits))
        return unit_at(when, "day", basis=year.basis, anchor=year.anchor) if when else None
    days = month_days(year.number, month)
    reading = dated(value_of(days, "month"), days, "month", basis=year.basis, anchor=year.anchor)
    return narrowed(reading, third_of(found.get("mod")))


def read_part_related(found: Found, context: Context) -> Reading | None:
    """ "last night", "this morning", "the following evening"."""
    relation, part = relation_of(found.groups["rel"]), part_code(found.groups["part"])
    base, basis = _base(relation, context)
    if base is None or base.length > 1:
        return undated(f"XXXX-XX-XXT{part}", "TIME")
    when = move(base.first, _STEPS[relation], "day")
    return _in_part(unit_at(when, "day", basis=basis, anchor=_anchor(base)), part)


def read_part(found: Found, context: Context) -> Reading | None:
    """ "at dawn": on the day that the story is at."""
    return _on_story_day(f"T{part_code(found.groups['part'])}", context)


def read_overnight(_found: Found, context: Context) -> Reading | None:
    """ "overnight": the night before publication, or that of the story's day."""
    if context.here and context.here.grain == "day":
        return _on_story_day("TNI", context)
    return read_overnight_told(_found, context)


def read_overnight_told(_found: Found, context: Context) -> Reading | None:
    """ "the overnight fighting": known by the night before publication, whatever day was told last."""
    if context.published is None or context.narrative:
        return _on_story_day("TNI", context)
    before = move(context.published, -1, "day")
    if before is None:
        return undated("XXXX-XX-XXTNI", "TIME")
    value = f"{before.isoformat()}TNI"
    return Reading("TIME", value, before, context.published, "relative", context.published, "day")


def read_weekend(_found: Found, context: Context) -> Reading | None:
    """ "the weekend": the last one before publication, or the next one where the verb looks forward."""
    if context.published is None or context.narrative:
        return undated("XXXX-WXX-WE")
    around = weekday_on_or_before(context.published, 5)
    if context.tense == "future":
        around = weekday_on_or_after(context.published, 5)
    return _weekend(one_day(around) if around else None, "relative", context.published)


def read_ago(found: Found, context: Context) -> Reading | None:
    """ "three years ago" is that calendar year, "two days ago" that day; "years ago" only lies before."""
    now, unit = context.published, calendar_unit(found.groups["unit"])
    count = _count(found)
    if now is None:
        return undated("PAST_REF" if count is None else value_of(None, unit[0] if unit else "day"))
    if unit is None:
        return Reading("TIME", now.isoformat(), move(now, -1, "day"), now, "relative", now)
    if count is None:
        return Reading("DATE", "PAST_REF", None, now, "relative", now)
    if (year_before := _quarter_before(count, unit, context)) is not None:
        return year_before
    when = move(now, -round(count * unit[1]), unit[0])
    grain = calendar_unit("day" if "today" in found.groups else found.get("this") or found.groups["unit"]) or unit
    return replace(unit_at(when, grain[0], basis="relative", anchor=now), moves=False)


def read_ago_half(found: Found, context: Context) -> Reading | None:
    """ "half a year ago", "two and a half years ago": the month that lies so far back."""
    unit = calendar_unit(found.get("half_unit") or found.groups["whole_unit"])
    whole = 0.0 if "half_unit" in found.groups else _count(found)
    if unit is None or whole is None or context.published is None:
        return undated(value_of(None, "month"))
    months = (whole + 0.5) * _MONTHS_OF[unit[0]] * unit[1]
    when = move(context.published, -int(months), "month")
    return replace(unit_at(when, "month", basis="relative", anchor=context.published), moves=False)


_MONTHS_OF = {"month": 1, "year": 12, "decade": 120}


def read_offset(found: Found, context: Context) -> Reading | None:
    """ "two days later", "a week earlier": from the time told last; "from now" and "hence" from publication."""
    way, unit = found.groups["way"].lower(), calendar_unit(found.groups["unit"])
    count = 1.0 if found.rule == "offset.unit-before" else _count(found)
    back = way in {"earlier", "before", "previously", "beforehand"}
    if unit is None:
        return _hours_from(found, count, context)
    if back and (year_before := _quarter_before(count, unit, context)) is not None:
        return year_before
    if way in {"from now", "hence"}:
        base, basis = one_day(context.published) if context.published else None, "relative"
    else:
        base, basis = context.story.days if context.story else None, "narrative"
    if base is None and back and unit == ("year", 1) and count == 1 and context.published:
        # with nothing else told, "up from twelve a year earlier" compares with the year of publication
        return _counted(one_day(context.published), (-1, count), unit, "relative")
    return _counted(base, (-1 if back else 1, count), unit, basis)  # type: ignore[arg-type]


def _hours_from(found: Found, count: float | None, context: Context) -> Reading:
    """ "three hours later" is still the day that the passage is at, as far as anyone can tell."""
    length = undated(length_value(count, unit_name(found.groups["unit"])), "DURATION")
    here = context.here
    if here is None or here.days.length > 1:
        return length
    return replace(length, first=here.days.first, last=here.days.last, basis="narrative", anchor=here.days.first)


def read_night_before(found: Found, context: Context) -> Reading | None:
    """ "the night before", "the evening before": of the day before the one told last, or before the report."""
    base = context.story.days if context.story and context.story.days.length == 1 else None
    part = part_code(found.groups["part"])
    if context.story is None and context.published is not None:
        base = one_day(context.published)
    if base is None:
        return undated(f"XXXX-XX-XXT{part}", "TIME")
    when = move(base.first, -1, "day")
    return _in_part(unit_at(when, "day", basis="narrative", anchor=base.first), part)


def read_day_after(found: Found, context: Context) -> Reading | None:
    """ "the day after", "the day before", with nothing named that it follows."""
    back = found.groups["way"].lower() in {"before", "earlier"}
    return _counted(context.story.days if context.story else None, (-1 if back else 1, 1), ("day", 1), "narrative")


def read_of_event(found: Found, context: Context) -> Reading | None:
    """ "The riot came one day after a leader was held": the leader was held a day before the riot told of."""
    unit, count = calendar_unit(found.groups["unit"]), _count(found)
    if unit is None or count is None:
        return None
    sign = 1 if found.groups["way"].lower() in {"before", "prior to"} else -1
    told = context.story.days if context.story else None
    if told is not None and told.length > 1 and unit[0] in {"day", "week"}:
        told = None
    return replace(_counted(told, (sign, count), unit, "narrative"), moves=False)


def _quarter_before(count: float | None, unit: tuple[Unit, int], context: Context) -> Reading | None:
    """In a report that speaks of a quarter, "a year ago" means the same quarter of the year before."""
    if context.quarter is None or count != 1 or unit[0] != "year":
        return None
    when = move(context.quarter.first, -1, "year")
    return replace(unit_at(when, "quarter", basis="narrative", anchor=None), moves=False)


def _counted(base: Days | None, signed: tuple[int, float | None], unit: tuple[Unit, int], basis: Basis) -> Reading:
    sign, count = signed
    if count is None:
        vague = "PAST_REF" if sign < 0 else "FUTURE_REF"
        if base is None or base.length > 1:
            return undated(vague)
        first, last = (None, base.first) if sign < 0 else (base.first, None)
        return Reading("DATE", vague, first, last, basis, base.first)
    name, times = unit
    when = counted_from(base, sign * round(count * times), name) if base else None
    if when is None:
        return _from_any_day(base, sign * round(count * times), name, basis)
    grain: Unit = "day" if name == "week" else name
    return unit_at(when, grain, basis=basis, anchor=_anchor(base))


def _from_any_day(base: Days | None, count: int, unit: Unit, basis: Basis) -> Reading:
    """ "They took the pass in July; *two weeks later* they lost it": so long after some day of July."""
    unknown = undated(value_of(None, unit))
    if base is None or base.length > _LONGEST_BASE or unit not in {"day", "week"}:
        return unknown
    return replace(unknown, first=move(base.first, count, unit), last=move(base.last, count, unit), basis=basis)


_LONGEST_BASE = 31  # days


def _base(relation: str, context: Context) -> tuple[Days | None, Basis]:
    """What a relation counts from: "that", "previous" and "following" from the story, the others from publication."""
    if relation in _TOLD or (context.narrative and context.story):
        return (context.story.days, "narrative") if context.story else (None, "none")
    return (one_day(context.published), "relative") if context.published else (None, "none")


def _anchor(base: Days | None) -> date | None:
    return base.first if base and base.length == 1 else None


def _named_month(relation: str, month: int, base: Days) -> Days | None:
    whole = unit_days(base.first, "month")
    if whole is None:
        return None
    if relation in {"last", "previous"}:
        before = move(whole.first, -1, "day")
        return month_on_or_before(before, month) if before else None
    if relation in {"next", "following"}:
        after = move(whole.last, 1, "day")
        return month_on_or_after(after, month) if after else None
    return month_days(base.first.year, month)


def _weekday_day(weekday: int, rel: str | None, context: Context) -> tuple[date | None, Basis, date | None]:
    relation = relation_of(rel) if rel else None
    story = context.story if context.story and context.story.days.length == 1 else None
    told = relation in _TOLD or context.narrative or context.published is None
    if told:
        base = story if context.published or relation in _TOLD else context.near and story
        if base is None:
            return None, "none", None
        return _weekday_by_story(weekday, relation, base.days.first), "narrative", base.days.first
    now = context.published
    assert now is not None
    if relation == "last":
        now_or_before = move(now, -1, "day")
        return now_or_before and weekday_on_or_before(now_or_before, weekday), "relative", now
    if relation == "next":
        later = move(now, 1, "day")
        return later and weekday_on_or_after(later, weekday), "relative", now
    open_deadline = context.deadline and context.tense in {None, "present"}  # "ordered out *by Friday* or face attack"
    if context.tense == "future" or open_deadline or (relation == "this" and context.tense != "past"):
        return weekday_on_or_after(now, weekday), "relative", now
    return weekday_on_or_before(now, weekday), "relative", now


def _weekday_by_story(weekday: int, relation: str | None, told: date) -> date | None:
    if relation == "previous":
        before = move(told, -1, "day")
        return weekday_on_or_before(before, weekday) if before else None
    if relation == "then":
        week = week_days(told)
        return weekday_on_or_after(week.first, weekday) if week else None
    later = move(told, 1, "day") if relation == "following" else told
    return weekday_on_or_after(later, weekday) if later else None


def _weekend(days: Days | None, basis: Basis, anchor: date) -> Reading:
    weekend = weekend_days(days.first) if days else None
    if weekend is None:
        return undated("XXXX-WXX-WE")
    return replace(dated(f"{value_of(weekend, 'week')}-WE", weekend, "week", basis=basis, anchor=anchor), moves=False)


def _in_part(reading: Reading, part: str | None) -> Reading:
    if part is None:
        return reading
    return replace(reading, type="TIME", value=f"{reading.value}T{part}")


def _on_story_day(clock: str, context: Context) -> Reading:
    story = context.story
    if story is None or story.days.length > 1:
        return undated(f"XXXX-XX-XX{clock}", "TIME")
    basis: Basis = "narrative"
    reading = dated(story.days.first.isoformat(), story.days, "day", basis=basis, anchor=story.days.first)
    return replace(reading, type="TIME", value=reading.value + clock)


def _within(reading: Reading, found: Found, context: Context) -> Reading:
    """ "earlier this year" ends with publication, "later this year" begins with it; "late last year" is a third."""
    mod = (found.get("mod") or "").lower().strip()
    now = context.published
    if reading.days is None or now is None or not (reading.days.first <= now <= reading.days.last):
        return narrowed(reading, third_of(mod))
    if mod.startswith("earlier"):
        return replace(reading, last=now)
    if mod.startswith("later"):
        return replace(reading, first=now)
    return narrowed(reading, third_of(mod))


def _count(found: Found) -> float | None:
    words = found.get("count")
    return count_of(words) if words else None
