"""incidents: one row for each attack that reports tell as news, of a store or of inputs read on the spot."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from khaldun.cli import options
from khaldun.cli.lists import holdings, show_rows
from khaldun.cli.reading import tell_kept
from khaldun.cli.screen import FINE, NOTHING, progress, say
from khaldun.config import settings

if TYPE_CHECKING:
    from khaldun.export.shapes import IncidentRow
    from khaldun.workflow.selection import Record, Selection

_NOT_READ = "Nothing in the store could be read. Why not: khaldun reports"
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
    title: options.Title = None,
    outlet: options.Outlet = None,
    published: options.Published = None,
    url: options.Url = None,
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
    options.check_day(published)
    wanted = options.wanted(place, actor, since, until, None, None)
    metadata = {"title": title, "outlet": outlet, "published": published, "url": url}
    if inputs:
        if db is not None:
            raise typer.BadParameter("give files to read, or --db for what a store holds, not both")
        found = _read(inputs, metadata, wanted)
    else:
        if any(metadata.values()):
            raise typer.BadParameter("--title, --outlet, --published and --url are for files: give one to read")
        found = _held(db, wanted)
    if as_csv:
        _print_csv(found.rows)
    else:
        show_rows(found.rows, as_json, _COLUMNS, _line, empty=_empty(found, on_the_spot=bool(inputs)))
    raise typer.Exit(FINE if found.rows and not found.unread else NOTHING)


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows that fit, how many reports were read, and whether they tell of any incident, fitting or not.

    `unread` counts inputs that could not be read, `kept` reports that a store keeps without having read them.
    """

    rows: list[IncidentRow]
    reports: int
    told: bool
    unread: int = 0
    kept: int = 0


def _held(db: str | None, wanted: dict[str, Any]) -> _Found:
    with holdings(db) as held:
        rows = held.incidents(**wanted)
        read = [report.unread is None for report in held.view.reports()]
        return _Found(rows, sum(read), bool(rows or held.incidents()), kept=len(read) - sum(read))


def _read(inputs: Sequence[str], metadata: dict[str, Any], wanted: dict[str, Any]) -> _Found:
    """The rows of inputs read on the spot."""
    from khaldun.export.rows import incident_rows
    from khaldun.ingest import read_inputs
    from khaldun.workflow.extraction import extract_reports, kit_of
    from khaldun.workflow.holdings import selection_of
    from khaldun.workflow.selection import select

    chosen = settings()
    kit = kit_of(chosen.pipeline, chosen.kinds, learned=chosen.learned)
    read: list[bool] = []
    """Whether it tells of an incident, for each report."""
    unread: list[Record] = []

    def records() -> Iterator[Record]:
        with progress("reading", None, quiet_beside_results=True) as step:
            for record in extract_reports(read_inputs(inputs, **metadata), kit):
                step()
                if "error" in record:
                    unread.append(record)
                else:
                    tell_kept(record)
                    if record["report"]["unread"] is None:
                        read.append(bool(record["incidents"]))
                    yield record

    selection: Selection = selection_of(**wanted)
    found = [row for record in select(records(), selection) for row in incident_rows(record)]
    for record in unread:
        say(f"could not be read: {record['input_id']}: {record['error']}")
    return _Found(found, len(read), any(read), len(unread))


def _print_csv(found: Sequence[IncidentRow]) -> None:
    from khaldun.export.tables import write_rows

    write_rows("incidents", found, sys.stdout)


def _line(row: IncidentRow) -> Sequence[object]:
    from khaldun.export.phrases import bracketed, interval

    def cell(name: str, value: str) -> str:
        return bracketed(value, name in row["inferred"])

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


def _empty(found: _Found, *, on_the_spot: bool) -> str:
    """Why there is none, and what to do: nothing was read, none is told, or none fits the filters."""
    from khaldun.export.phrases import counted

    if not found.reports and on_the_spot:
        return "Nothing could be read."
    if not found.reports:
        return _NOT_READ if found.kept else "The store is empty. Read something first: khaldun read FILE"
    if found.told:
        return "No incidents fit. Ask for less: leave out a filter."
    if on_the_spot:
        return "No incident is told as news there. What happened at all: khaldun extract FILE --format md"
    told = f"No incident is told as news in the store ({counted(found.reports, 'report')})."
    return f"{told} What happened at all: khaldun events"
