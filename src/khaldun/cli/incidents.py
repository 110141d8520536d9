"""incidents: one row for each attack that reports tell as news, of a store or of inputs read on the spot."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from khaldun.cli import options
from khaldun.cli.lists import holdings, show_rows
from khaldun.cli.screen import FINE, NOTHING, progress, say
from khaldun.config import settings

if TYPE_CHECKING:
    from khaldun.export.shapes import IncidentRow
    from khaldun.workflow.selection import Record, Selection

_COLUMNS = ("report", "when", "what", "where", "by whom", "struck", "with", "quote")


def incidents(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, web addresses or - to read on the spot. Default: the store's reports."),
    ] = None,
    place: options.Place = None,
    actor: options.Actor = None,
    since: options.From = None,
    until: options.To = None,
    db: options.Db = None,
    as_json: options.Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of a table.")] = False,
) -> None:
    """List the attacks that reports tell as news: one row each, with what all its tellings give together.

    What no telling says and the text around gives stands in brackets. Given files, it reads them and keeps nothing.

    Example: khaldun incidents report.txt

    Example: khaldun incidents --db khaldun.db --from 2016 --csv

    Exit status: 0 found, 1 nothing found or an input unreadable, 2 wrong call.
    """
    wanted = options.wanted(place, actor, since, until, None, None)
    unread = 0
    if inputs:
        if db is not None:
            raise typer.BadParameter("give files to read, or --db for what a store holds, not both")
        found, unread = _read(inputs, wanted)
    else:
        with holdings(db) as held:
            found = held.incidents(**wanted)
    if as_csv:
        _print_csv(found)
    else:
        show_rows(found, as_json, _COLUMNS, _line, empty=_empty(inputs, wanted))
    raise typer.Exit(FINE if found and not unread else NOTHING)


def _read(inputs: Sequence[str], wanted: dict[str, Any]) -> tuple[list[IncidentRow], int]:
    """The rows of inputs read on the spot, and how many could not be read."""
    from khaldun.export.rows import incident_rows
    from khaldun.ingest import read_inputs
    from khaldun.workflow.extraction import extract_reports, kit_of
    from khaldun.workflow.holdings import selection_of
    from khaldun.workflow.selection import select

    chosen = settings()
    kit = kit_of(chosen.pipeline, chosen.kinds, learned=chosen.learned)
    unread: list[Record] = []

    def records() -> Iterator[Record]:
        with progress("reading", None, quiet_beside_results=True) as step:
            for record in extract_reports(read_inputs(inputs), kit):
                step()
                if "error" in record:
                    unread.append(record)
                else:
                    yield record

    selection: Selection = selection_of(**wanted)
    found = [row for record in select(records(), selection) for row in incident_rows(record)]
    for record in unread:
        say(f"could not be read: {record['input_id']}: {record['error']}")
    return found, len(unread)


def _print_csv(found: Sequence[IncidentRow]) -> None:
    from khaldun.export.tables import write_rows

    write_rows("incidents", found, sys.stdout)


def _line(row: IncidentRow) -> Sequence[object]:
    from khaldun.export.phrases import interval

    def cell(name: str, value: str) -> str:
        return f"({value})" if value and name in row["inferred"] else value

    where = ", ".join(
        filter(None, (cell("place", "; ".join(row["places"])), cell("country", row["country_iso2"] or "")))
    )
    return (
        row["outlet"] or row["report"][:8],
        cell("when", interval(row["earliest"], row["latest"])),
        row["type"] + (" threatened" if row["stage"] == "threatened" else ""),
        where,
        (*row["perpetrator_organisations"], *row["perpetrators"]),
        (*row["victims"], *row["targets"], *row["armed_targets"]),
        row["instruments"],
        row["quote"],
    )


def _empty(inputs: Sequence[str] | None, wanted: dict[str, Any]) -> str:
    if any(value is not None for value in wanted.values()):
        return "No incidents fit. Ask for less: leave out a filter."
    if inputs:
        return "No incident is told as news there. What happened at all: khaldun extract FILE --format md"
    return "No incidents in the store. Read something first: khaldun read FILE"
