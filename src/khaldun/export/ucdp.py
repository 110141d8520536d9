"""Lethal events in the shape of UCDP's georeferenced event dataset, by the written rules in `data/rules/ucdp.yaml`.

The rows are **not UCDP data**: nobody at UCDP has seen them, and ids carry their own prefix. A dyad's yearly threshold
of 25 deaths cannot be checked on what a store holds, so it is left to the coder. Fields that are unknown are empty.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TextIO

from khaldun.export import rows
from khaldun.export.acled import PREFIX
from khaldun.export.across import Told, by_happening, filled, joined
from khaldun.export.coding import Coded, coded_rows
from khaldun.export.losses import Loss, counted
from khaldun.export.parties import Party, country_name
from khaldun.export.row_groups import is_sum
from khaldun.export.tables import cell
from khaldun.knowledge import load_data

COLUMNS = (
    "id", "year", "type_of_violence", "side_a", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "latitude", "longitude",
    "country", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low",
)  # fmt: skip
RULES = "rules/ucdp.yaml"
_LETHAL = frozenset({"assault.killing", "assault.targeted", "execution"})
_CIVILIANS = frozenset({"civilians", "protesters", "rioters"})


def write_ucdp(records: Iterable[rows.Record], out: TextIO) -> tuple[Loss, ...]:
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
    ("date_start", "date_end", "date_prec", "year"),
    ("where_coordinates", "where_prec", "latitude", "longitude", "country"),
    ("side_a",),
    ("side_b",),
)
_ARTICLES = ("source_article", "source_office", "source_date", "source_headline", "source_original")


def _of_all(group: Sequence[Told]) -> dict[str, Any]:
    """The row of a happening: best is the lowest that a report gives, low and high are those of all reports."""
    row = filled(group, _TOGETHER)
    lows, highs = ([one.row[bound] for one in group] for bound in ("low", "high"))
    counted = [one.row for one in group if one.row["best"] is not None]
    lowest = min(counted, key=lambda r: r["best"], default=row)
    return (
        row
        | {column: lowest[column] for column in ("best", *_DEATHS)}
        | {column: joined(group, column) for column in _ARTICLES}
        | {
            "low": min((n for n in lows if n is not None), default=None),
            "high": None if None in highs else max(highs),
            "number_of_sources": len({one.report for one in group}),
        }
    )


_DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def ucdp_rows(record: rows.Record, losses: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The rows of one record; what does not fit is added to `losses`."""
    return (told.row for told in _told_in(record, losses))


def _told_in(record: rows.Record, losses: list[tuple[str, str]]) -> Iterator[Told]:
    flat = {row["id"]: row for row in rows.event_rows(record)}
    losses += [
        ("events", "dead counted over a period, no event of a day; left out") for _ in filter(is_sum, record["events"])
    ]
    for coded in coded_rows(record):
        violence = type_of_violence(_classes(coded.actor), _classes(coded.target))
        if not any(coded.killed):
            losses.append(("events", _without_number(coded)))
        elif violence is None or _are_civilians(coded.actor):
            losses.append(("events", "no organised actor is known on one side; left out"))
        else:
            losses += _shortcomings(coded)
            yield Told(coded, record["report"]["id"], _row(coded, violence, flat, record["report"]))


def _without_number(coded: Coded) -> str:
    """Why a row has no dead: nobody is said to have died, or people are and no number is given."""
    if any(event["kind"] in _LETHAL for event in coded.events):
        return "people are told killed, but not how many; left out: code them by hand"
    return "no number of dead is told; left out"


def _shortcomings(coded: Coded) -> Iterator[tuple[str, str]]:
    if None in coded.killed:
        yield "events", "the dead are told by one bound only; best or high is empty"
    if coded.first("latest") is None or coded.first("earliest") is None:
        yield "events", "no date, or one that is open at one end; date_prec is empty"


def _row(coded: Coded, violence: int, flat: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, Any]:
    dated, placed = flat[coded.telling("earliest")["id"]], flat[coded.telling("place")["id"]]
    low, best, high = coded.killed
    origin = flat[coded.head["id"]]["voice"]
    return {
        "id": PREFIX + coded.head["id"],
        "year": dated["earliest"][:4] if dated["earliest"] else None,
        "type_of_violence": violence,
        "side_a": _named(coded.actor),
        "side_b": _named(coded.target),
        "number_of_sources": 1,
        "source_article": report["id"],
        "source_office": report.get("publisher"),
        "source_date": report.get("published"),
        "source_headline": report.get("title"),
        "source_original": origin[0] if origin else None,
        "where_prec": load_data(RULES)["where_prec"].get(placed["place_precision"]),
        "where_coordinates": placed["place"],
        "latitude": placed["lat"],
        "longitude": placed["lon"],
        "country": country_name(placed["country_iso2"]),
        "event_clarity": 1,
        "date_prec": date_prec(dated["earliest"], dated["latest"]),
        "date_start": dated["earliest"],
        "date_end": dated["latest"],
        **deaths_by_side(coded, best),
        "best": best,
        "high": high,
        "low": low,
    }


def _are_civilians(side: Sequence[Party]) -> bool:
    """True for civilians who kill: violence against civilians is one-sided, by them it is no kind of UCDP's."""
    return bool(side) and all(party.klass in _CIVILIANS for party in side)


def _named(side: Sequence[Party]) -> str | None:
    return side[0].name if side else None


def _classes(side: Iterable[Party]) -> frozenset[str]:
    return frozenset(c for party in side for c in (party.klass, party.type) if c)


# ------------------------------------------------------------------------------------------------ the mapping


def type_of_violence(one: Collection[str], other: Collection[str]) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided; None where a side is unknown or not organised."""
    for rule in load_data(RULES)["violence"]:
        pairs = ((one, other), (other, one))
        fits = any(not set(rule["one"]).isdisjoint(a) and not set(rule["other"]).isdisjoint(b) for a, b in pairs)
        if fits and set(rule["unless"]).isdisjoint({*one, *other}):
            return int(rule["type"])
    return None


def date_prec(earliest: str | None, latest: str | None) -> int | None:
    """1 the day, 2 two to six days, 3 the week, 4 the month, 5 wider; None for what is open at one end."""
    if not (earliest and latest):
        return None
    days = (date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1
    codes = load_data(RULES)["date_prec"]
    return next(int(row["code"]) for row in codes if row["days"] is None or days <= row["days"])


def deaths_by_side(coded: Coded, best: int | None) -> dict[str, int | None]:
    """The dead of each side as far as the words say whose they are; the four columns add up to `best`.

    Where the best figure is unknown, or the parts are more than it (rival figures), none is told apart.
    """
    sides = {"deaths_a": coded.actor, "deaths_b": coded.target}
    found = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians"), 0)
    for of, count in _by_party(coded):
        side = next((name for name, parties in sides.items() if any(p.id == of for p in parties)), None)
        if side is not None:
            civil = any(p.id == of and p.klass in _CIVILIANS for p in sides[side])
            found["deaths_civilians" if civil else side] += count
    if best is None or sum(found.values()) > best:
        return {**dict.fromkeys(found, 0 if best is not None else None), "deaths_unknown": best}
    return {**found, "deaths_unknown": best - sum(found.values())}


def _by_party(coded: Coded) -> Iterator[tuple[str, int]]:
    """Each party's dead, once."""
    told = {(t["who"], t["best"]) for e in coded.events for t in e.get("tolls") or () if t["of"] == "killed"}
    yield from sorted((who, best) for who, best in told if who is not None and best is not None)
