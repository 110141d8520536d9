"""Events in the shape of ACLED's export: 31 columns, types by the written mapping in `data/rules/acled.yaml`.

The rows are **not ACLED data**: nobody at ACLED has seen them, and ids carry their own prefix. What the columns
cannot say (who says so, how sure, how exact) stands in `notes` and `tags`. Events that did not happen by the words
themselves (negated, denied, planned, possible), and kinds that ACLED does not code, are left out and counted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TextIO

from khaldun.export import rows
from khaldun.export.across import Told, by_happening, filled, joined
from khaldun.export.coding import Coded, coded_rows
from khaldun.export.losses import Loss, counted
from khaldun.export.parties import Party, countries
from khaldun.export.phrases import count, interval, says
from khaldun.export.row_groups import HAPPENED, is_sum, starting_sub_type
from khaldun.export.shapes import EventRow
from khaldun.export.tables import cell
from khaldun.knowledge import load_data

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
PREFIX = "KHD-"
WIDER = 4
"""The code of `time_precision` for a season, a year or a range of up to a year."""
_COLUMN_OF = {"actor": "actor1", "target": "actor2", "place": "location"}


def write_acled(records: Iterable[rows.Record], out: TextIO) -> tuple[Loss, ...]:
    """Writes the rows as CSV and gives back what the shape could not hold."""
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    losses: list[tuple[str, str]] = []
    told = [one for record in records for one in _told_in(record, losses)]
    for group in by_happening(told):
        losses += [("events", "told by several reports; in one row with the first") for _ in group[1:]]
        writer.writerow({key: cell(value) for key, value in _of_all(group).items()})
    return counted(losses)


_TOGETHER = (
    ("event_date", "year", "time_precision"),
    ("actor1", "assoc_actor_1", "inter1"),
    ("actor2", "assoc_actor_2", "inter2"),
    ("location", "latitude", "longitude", "geo_precision", "iso", "country"),
)


def _of_all(group: Sequence[Told]) -> dict[str, Any]:
    """The row of a happening: what its first telling leaves open others give; the lowest of rival tolls."""
    row = filled(group, _TOGETHER)
    dead = [one.row["fatalities"] for one in group if one.row["fatalities"]]
    told = " to ".join(str(n) for n in sorted({min(dead), max(dead)})) if dead else ""
    differ = f"Figures of the dead differ between reports: {told}; the lowest is coded." if len(set(dead)) > 1 else ""
    return row | {
        "interaction": _interaction(row["inter1"], row["inter2"]),
        "source": joined(group, "source"),
        "notes": " ".join(filter(None, (*(one.row["notes"] for one in group), differ))),
        "fatalities": min(dead, default=0),
    }


def acled_rows(record: rows.Record, losses: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The rows of one record; what does not fit is added to `losses`."""
    return (told.row for told in _told_in(record, losses))


def _told_in(record: rows.Record, losses: list[tuple[str, str]]) -> Iterator[Told]:
    flat = {row["id"]: row for row in rows.event_rows(record)}
    told = list(coded_rows(record))
    heads = {coded.head["id"] for coded in told}
    unsaid = (event for event in record["events"] if event["id"] not in heads)
    losses += [("events", reason) for event in unsaid if (reason := _why_not(event))]
    for coded in told:
        losses += [("events", "a consequence or part of another event; told in its row") for _ in coded.events[1:]]
        losses += _shortcomings(flat[coded.telling("earliest")["id"]], flat[coded.telling("place")["id"]])
        yield Told(coded, record["report"]["id"], _row(coded, flat))


def _why_not(event: Mapping[str, Any]) -> str | None:
    if event.get("negated") or event["factuality"] not in HAPPENED:
        return "negated, denied, planned or only possible; left out"
    if starting_sub_type(event) is None:
        return "a kind that ACLED does not code; left out"
    return "dead counted over a period, no event of a day; left out" if is_sum(event) else None


def _shortcomings(dated: EventRow, placed: EventRow) -> Iterator[tuple[str, str]]:
    if time_precision(dated["earliest"], dated["latest"]) is None:
        yield "events", "no date, or one open at an end or wider than a year; event_date is empty"
    elif time_precision(dated["earliest"], dated["latest"]) == WIDER:
        yield (
            "events",
            "a date wider than a month; event_date is its middle, time_precision 4, which ACLED does not have",
        )
    if placed["lat"] is None:
        yield "events", "no point known; latitude and longitude are empty"


def _row(coded: Coded, flat: Mapping[str, EventRow]) -> dict[str, Any]:
    head, dated, placed = (
        flat[id] for id in (coded.head["id"], coded.telling("earliest")["id"], coded.telling("place")["id"])
    )
    event_type, disorder = load_data("rules/acled.yaml")["sub_types"][coded.sub_type]
    country = countries().get(placed["country_iso2"] or "", {})
    inter1, inter2 = (_inter(side, country.get("iso3")) for side in (coded.actor, coded.target))
    day = middle(dated["earliest"], dated["latest"])
    first, second = ([party.name for party in side] for side in (coded.actor, coded.target))
    return dict.fromkeys(COLUMNS) | {
        "event_id_cnty": PREFIX + coded.id,
        "event_date": day,
        "year": _year(dated["earliest"], dated["latest"]),
        "time_precision": time_precision(dated["earliest"], dated["latest"]),
        "disorder_type": disorder,
        "event_type": event_type,
        "sub_event_type": coded.sub_type,
        "actor1": first[0] if first else None,
        "assoc_actor_1": first[1:],
        "inter1": inter1,
        "actor2": second[0] if second else None,
        "assoc_actor_2": second[1:],
        "inter2": inter2,
        "interaction": _interaction(inter1, inter2),
        "civilian_targeting": "Civilian targeting" if _hits_civilians(coded) else None,
        "iso": country.get("isonumeric"),
        "country": country.get("name"),
        "location": placed["place"],
        "latitude": placed["lat"],
        "longitude": placed["lon"],
        "geo_precision": load_data("rules/acled.yaml")["geo_precision"].get(placed["place_precision"]),
        "source": head["outlet"],
        "notes": _notes(coded, flat),
        "fatalities": coded.killed[0] or coded.unnumbered,
        "tags": _tags(coded, head, dated, placed),
    }


def _interaction(inter1: str, inter2: str) -> str | None:
    return f"{inter1}-{inter2}" if inter1 and inter2 else None


def _hits_civilians(coded: Coded) -> bool:
    violent = load_data("rules/acled.yaml")["sub_types"][coded.sub_type][1].startswith("Political violence")
    return violent and any(p.type == "population" or p.klass in {"civilians", "protesters"} for p in coded.target)


# ------------------------------------------------------------------------------------------------ the mapping


def _inter(side: Sequence[Party], place_country: str | None) -> str:
    if not side:
        return ""
    named = load_data("rules/acled.yaml")["inter"]["classes"].get(side[0].klass)
    return str(named or inter(side[0].type, side[0].country_iso3, place_country))


def inter(type: str | None, country: str | None, place_country: str | None) -> str:
    """ACLED's word for an actor, or nothing where its type does not settle it."""
    rules = load_data("rules/acled.yaml")["inter"]
    if type in rules["civilians"]:
        return "Civilians"
    if type in rules["state"] and country and place_country:
        return "State forces" if country == place_country else "External/Other forces"
    return ""


def time_precision(earliest: str | None, latest: str | None) -> int | None:
    """1 a day, 2 within a week, 3 within a month, 4 within a year; None for wider or open intervals.

    ACLED ends at 3. What is told by a season or a year alone has a code of its own, so that nobody who goes by
    ACLED's codes takes its middle for the middle of a month.
    """
    if not (earliest and latest):
        return None
    days = (date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1
    codes = ((1, 1), (2, 7), (3, 31), (WIDER, 366))
    return next((code for code, longest in codes if days <= longest), None)


def middle(earliest: str | None, latest: str | None) -> str | None:
    """The representative day of an interval that has a `time_precision`."""
    if not (earliest and latest) or time_precision(earliest, latest) is None:
        return None
    first = date.fromisoformat(earliest)
    return (first + (date.fromisoformat(latest) - first) // 2).isoformat()


def _year(earliest: str | None, latest: str | None) -> str | None:
    """The year of the representative day."""
    return (middle(earliest, latest) or "")[:4]


# ------------------------------------------------------------------------------------------------ caveats


def _notes(coded: Coded, flat: Mapping[str, EventRow]) -> str:
    told = (_told(flat[event["id"]], _is_one_chain(event)) for event in coded.events)
    unnumbered = (f"Dead: not numbered, coded {coded.unnumbered} by convention.",) if coded.unnumbered else ()
    figures = count(*coded.killed)
    disputed = (f"Figures of the dead differ: {figures}; the lowest is coded.",) if coded.disputed else ()
    return " ".join((*told, *unnumbered, *disputed))


def _is_one_chain(event: Mapping[str, Any]) -> bool:
    """True where one voice counts the dead, whoever carries it; several are each named by who speaks."""
    voices = (event.get("fatalities") or {}).get("according_to")
    return any(t["of"] == "killed" and t["according_to"] == voices for t in event.get("tolls") or ())


def _told(flat: EventRow, one_chain: bool) -> str:
    """One event in words: its quotation, who says so, the dead and on whose word."""
    voices = flat["killed_according_to"]
    killed = count(flat["killed_low"], flat["killed_best"], flat["killed_high"])
    according = says(voices) if voices and one_chain else " and ".join(voices)
    parts = (
        f"“{flat['quote']}”",
        f"According to {says(flat['voice'])}.",
        f"Dead: {killed}{', according to ' + according if according else ''}." if killed else "",
    )
    return " ".join(filter(None, parts))


def _tags(coded: Coded, head: EventRow, dated: EventRow, placed: EventRow) -> Sequence[str]:
    tags = [f"factuality={head['factuality']}", f"voice={' > '.join(head['voice']) or 'unknown'}"]
    if time_precision(dated["earliest"], dated["latest"]) != 1:
        tags.append(f"date={interval(dated['earliest'], dated['latest'])}")
    if placed["place_precision"] not in (None, "exact"):
        tags.append(f"place={placed['place_precision']}")
    if head["distanced"]:
        tags.append("distanced")
    roles = (*head["inferred"], *(("place",) if placed["place"] and placed["id"] != head["id"] else ()))
    columns = dict.fromkeys((*(_COLUMN_OF.get(role, role) for role in roles), *coded.inferred))
    return tags + [f"inferred={column}" for column in columns]
