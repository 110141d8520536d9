"""One CSV file per kind of row, with the columns of `shapes` in their order.

UTF-8, ISO days, lists joined by ``; ``, unknown is empty. A cell that a spreadsheet would take for a formula is
given a leading apostrophe. The tables hold all that the record holds but the pieces of a quotation in several
parts and who gives each of several rival tolls; those are counted as losses.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO, get_type_hints

from khaldun.export import rows, shapes
from khaldun.export.losses import Loss, counted

_FORMULA = re.compile(r"^[\t\r]?[=+\-@]")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")

TABLES: Mapping[str, tuple[type, Callable[[rows.Record], Iterator[Mapping[str, Any]]]]] = {
    "reports": (shapes.ReportRow, lambda record: iter([rows.report_row(record)])),
    "events": (shapes.EventRow, rows.event_rows),
    "incidents": (shapes.IncidentRow, rows.incident_rows),
    "claims": (shapes.ClaimRow, rows.claim_rows),
    "relations": (shapes.RelationRow, rows.relation_rows),
    "control": (shapes.ControlRow, rows.control_rows),
    "actors": (shapes.ActorRow, rows.actor_rows),
    "places": (shapes.PlaceRow, rows.place_rows),
    "times": (shapes.TimeRow, rows.time_rows),
    "mentions": (shapes.MentionRow, rows.mention_rows),
    "attributions": (shapes.AttributionRow, rows.attribution_rows),
}
"""The tables by name: the shape of a row, and the rows of one record."""


def columns(table: str) -> tuple[str, ...]:
    """The columns of a table, in order."""
    return tuple(get_type_hints(TABLES[table][0]))


def write_rows(table: str, found: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Writes rows of one table with a heading."""
    writer = csv.DictWriter(out, columns(table), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in found)


def write_tables(records: Iterable[rows.Record], folder: Path, *, bom: bool = False) -> tuple[Loss, ...]:
    """Writes ``reports.csv``, ``events.csv`` … into `folder` (made if missing), row by row.

    `bom` puts the mark in front that Excel needs to see UTF-8.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_files:
        writers = {}
        for table in TABLES:
            encoding = "utf-8-sig" if bom else "utf-8"
            file = open_files.enter_context((folder / f"{table}.csv").open("w", encoding=encoding, newline=""))
            writers[table] = csv.DictWriter(file, columns(table), lineterminator="\n")
            writers[table].writeheader()
        return counted(loss for record in records for loss in _write_record(record, writers))


def _write_record(record: rows.Record, writers: Mapping[str, csv.DictWriter[str]]) -> Iterator[tuple[str, str]]:
    for table, (_, rows_of) in TABLES.items():
        writers[table].writerows({key: cell(value) for key, value in row.items()} for row in rows_of(record))
    yield from _not_held(record)


def _not_held(record: rows.Record) -> Iterator[tuple[str, str]]:
    for claim in record["claims"]:
        if len(claim.get("content_spans") or ()) > 1:
            yield "claims", "quoted in several pieces; only the first and last offset are kept"
    for event in record["events"]:
        if len(event.get("tolls") or ()) > 2:
            yield "events", "more tolls than killed and injured; see the record in JSON"
    report = record["report"]
    for field in ("parts", "references", "comments", "dropped"):
        if report.get(field):
            yield f"lists of {field}", "not a table; see the record in JSON"


def cell(value: object) -> str:
    """A value as it stands in a CSV file."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return cell("; ".join(str(item) for item in value))
        case _:
            text = str(value).replace("\r\n", "\n").replace("\r", "\n")
            return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text
