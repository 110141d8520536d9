"""Rows in words, for people: headlines, intervals, tolls, voices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.export.shapes import ControlRow, EventRow


def headline(event: EventRow) -> str:
    """``withdrawal/retreat: Islamic State, Derna (claimed)``; in brackets what is inferred: ``…, (Derna)``."""
    inferred = event["inferred"]
    by, to = (bracketed("; ".join(event[role]), role in inferred) for role in ("actor", "target"))
    if to and not by:
        by = "someone unnamed"  # or the reader takes the one who suffers for the one who acts
    both_sides = event["actor"] == event["target"]
    who = " → ".join(filter(None, (by, "" if both_sides else to)))
    where = ", ".join(filter(None, (who, bracketed(event["place"] or "", "place" in inferred))))
    return f"{event['type']}: {where} ({status(event)})" if where else f"{event['type']} ({status(event)})"


def bracketed(value: str, inferred: bool) -> str:
    """A cell as people read it: ``(Derna)`` where no word of the evidence gives it and the text around does."""
    return f"({value})" if value and inferred else value


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 report``, ``2 reports``; `many` where the plural is not by s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def third_person(verb: str) -> str:
    """``denies``, ``praises``, ``says``."""
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else f"{verb}s"


def status(event: EventRow) -> str:
    """How far the words go: ``claimed``, ``not asserted`` where it is negated, ``claimed, at arm's length``."""
    words = f"not {event['factuality']}" if event["negated"] else event["factuality"]
    return f"{words}, at arm's length" if event["distanced"] else words


def interval(earliest: str | None, latest: str | None) -> str:
    """``2016-04-20``, ``2014-09-01 to 2014-12-31``, ``by 2016-04-20``, ``from 2014-09-01``, ``unknown``."""
    if earliest and latest:
        return earliest if earliest == latest else f"{earliest} to {latest}"
    if latest:
        return f"by {latest}"
    return f"from {earliest}" if earliest else "unknown"


def standing(state: ControlRow) -> str:
    """``2015-06-01 to 2016-04-20``; ``possibly since 2015-06-01, by 2015-06-30`` of what began on a day of those."""
    first, by, last = state["earliest"], state["begun_by"], state["latest"]
    if state["past"]:
        return f"at some time {'from ' + first + ' to' if first else 'up to'} {last}"
    if not first or not by or by == first:
        return interval(first, last)
    told = f", told of up to {last}" if last and last > by else ""
    return f"possibly since {first}, by {by}{told}"


def tenure(since: str | None, until: str | None) -> str:
    """The interval of a tie or an office: ``ended by 2011-10-20`` where its end alone is told."""
    return f"ended by {until}" if until and not since else interval(since, until)


def count(low: int | None, best: int | None, high: int | None) -> str:
    """``13``, ``at least 7``, ``12 to 99``, ``up to 40``; empty where nothing is known."""
    if low is not None and high is not None:
        return str(low) if low == high else f"{low} to {high}"
    if low is not None:
        return f"at least {low}"
    if high is not None:
        return f"up to {high}"
    return "" if best is None else f"about {best}"


def toll(event: EventRow) -> str:
    """``13 killed, at least 7 injured``; empty where no count is given."""
    killed = count(event["killed_low"], event["killed_best"], event["killed_high"])
    injured = count(event["injured_low"], event["injured_best"], event["injured_high"])
    parts = (f"{killed} killed" if killed else "", f"{injured} injured" if injured else "")
    return ", ".join(filter(None, parts))


def says(voice: Sequence[str]) -> str:
    """``MSC, in Long War Journal``; a lone voice is the report's own, and a carrier is named once."""
    match list(dict.fromkeys(voice)):
        case []:
            return "the report itself"
        case [only]:
            return only
        case [speaker, *carriers]:
            return f"{speaker}, in {', in '.join(carriers)}"
    raise AssertionError(voice)
