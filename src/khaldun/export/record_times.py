"""The times of the public record: those that lie somewhere, each with the days of its words."""

from __future__ import annotations

import re

from khaldun.calendar import Days, days_named, part_from
from khaldun.export import record_shape as shape
from khaldun.export.plain import iso
from khaldun.model import Annotation, Mention, Span, Timex

# A length of time that ends or begins with the telling: "in *the last 24 hours*"; "for two hours" lies nowhere.
_REACHING = re.compile(r"(?:the )?(?:last|past|recent|previous|coming|next)\b", re.I)
_ANY_DAY = "XXXX-XX-XX"


def time_parts(annotation: Annotation) -> list[shape.TimePart]:
    """One row for the words that give one interval.

    "Between 18 and 25 February" is one time of two mentions, and "the last week of April" leaves no "April" over.
    """
    rows: dict[Span, shape.TimePart] = {}
    dated = [m for m in annotation.mentions if m.kind == "time" and _is_dated(m)]
    wide = [span for m in dated if (span := _words(m)) != m.span]
    for mention in dated:
        words = _words(mention)
        if words == mention.span and any(other.contains(words) for other in wide):
            continue
        since = _days_of_start(mention)
        span = words if since is None else mention.span
        rows.setdefault(span, _time(mention, span.of(annotation.report.text), span, since))
    return list(rows.values())


def _is_dated(mention: Mention) -> bool:
    """A time that lies somewhere, or would if the anchor were known.

    "For two hours", "in the future" and, on who knows what day, "at noon" are mentions only.
    """
    timex = mention.value if isinstance(mention.value, Timex) else None
    if timex is None or timex.value.endswith("_REF"):
        return False
    if mention.when is not None and mention.when.known:
        return True
    if timex.type == "DURATION":
        return _REACHING.match(mention.quote) is not None
    return timex.type == "DATE" or (timex.type == "TIME" and not timex.value.startswith(_ANY_DAY))


def _words(mention: Mention) -> Span:
    return mention.when.span if mention.when is not None and mention.when.span is not None else mention.span


def _days_of_start(mention: Mention) -> Days | None:
    """The days in which something began: of "since *mid-January*" those of mid-January.

    That it lasts is for what happened or holds to say, whose interval is open.
    """
    when, timex = mention.when, mention.value
    if when is None or when.earliest is None or when.latest is not None or not isinstance(timex, Timex):
        return None
    if _words(mention).start == mention.span.start:
        return None  # "from 2014 onwards"
    days = days_named(timex.value)
    return part_from(days, when.earliest) if days is not None else None


def _time(mention: Mention, quote: str, span: Span, days: Days | None) -> shape.TimePart:
    when = mention.when
    timex = mention.value if isinstance(mention.value, Timex) else None
    return {
        "quote": quote,
        "span": [span.start, span.end],
        "earliest": iso(days.first if days else when.earliest if when else None),
        "latest": iso(days.last if days else when.latest if when else None),
        "type": timex.type if timex else None,
        "value": timex.value if timex else None,
        "basis": when.basis if when else "none",
        "score": mention.score,
        "made_by": mention.made_by,
    }
