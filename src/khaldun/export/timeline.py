"""Events in order of time, as plain rows for a timeline, and in the shape that TimelineJS reads.

Only what may have happened and has a date at one end stands on the line. Negated, denied, planned and possible
events are kept and marked; undated ones are listed apart, never put at the day of publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, TypedDict

from khaldun.export import rows
from khaldun.export.losses import Loss, counted
from khaldun.export.phrases import headline, interval, says
from khaldun.export.shapes import EventRow


class Timeline(TypedDict):
    events: list[EventRow]
    undated: list[EventRow]


def timeline(records: Iterable[rows.Record]) -> Timeline:
    """The events of all records by the day they end at latest, then by the day they begin; undated ones apart."""
    events = [event for record in records for event in rows.event_rows(record)]
    dated = [event for event in events if event["earliest"] or event["latest"]]
    return Timeline(
        events=sorted(dated, key=_order),
        undated=[event for event in events if not (event["earliest"] or event["latest"])],
    )


def _order(event: EventRow) -> tuple[str, str, str]:
    first, last = event["earliest"], event["latest"]
    return (last or first or "", first or "", event["id"])


def timeline_js(records: Iterable[rows.Record], *, title: str) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """What TimelineJS 3 reads. It needs a start, so an event with an open start stands at its end, and says so."""
    line = timeline(records)
    slides = [_slide(event) for event in line["events"]]
    return {"title": {"text": {"headline": title}}, "events": slides}, counted(_losses(line))


def _slide(event: EventRow) -> dict[str, Any]:
    start = event["earliest"] or event["latest"] or ""
    slide: dict[str, Any] = {
        "unique_id": event["id"],
        "start_date": _date(start),
        "display_date": interval(event["earliest"], event["latest"]),
        "text": {"headline": escape(headline(event)), "text": escape(f"“{event['quote']}” ({says(event['voice'])})")},
    }
    if event["latest"] and event["latest"] != start:
        slide["end_date"] = _date(event["latest"])
    if event["place"]:
        slide["group"] = event["place"]
    return slide


def _date(day: str) -> dict[str, str]:
    year, month, number = day.split("-")
    return {"year": year, "month": str(int(month)), "day": str(int(number))}


def _losses(line: Timeline) -> Iterator[tuple[str, str]]:
    for _ in line["undated"]:
        yield "events", "no date known; not on the line"
    for event in line["events"]:
        if not event["earliest"]:
            yield "events", "open start; placed at the latest day, as the label says"
