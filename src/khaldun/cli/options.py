"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from khaldun.calendar import Days, day, month_days, one_day, year_days

Db: TypeAlias = Annotated[
    str | None,
    typer.Option("--db", help="The store: a file or a database URL. Default: $KHALDUN_DB, else ./khaldun.db."),
]
Kinds: TypeAlias = Annotated[
    Path | None,
    typer.Option("--kinds", help="A folder with kinds of your own. Default: $KHALDUN_KINDS, else none."),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Scores: TypeAlias = Annotated[
    bool, typer.Option("--scores", help="Show how likely each finding is right, 0 to 1 (docs/scores.md).")
]
Place: TypeAlias = Annotated[str | None, typer.Option(help="Only what happened at this place.")]
Actor: TypeAlias = Annotated[str | None, typer.Option(help="Only where this actor takes part.")]
Speaker: TypeAlias = Annotated[str | None, typer.Option(help="Only what this voice says.")]
Kind: TypeAlias = Annotated[
    str | None, typer.Option(help="Only this type, by plain name (airstrike, clash …) or id (khaldun kinds).")
]
From: TypeAlias = Annotated[
    str | None, typer.Option("--from", help="Only what may lie on or after this day (2016, 2016-04, 2016-04-20).")
]
To: TypeAlias = Annotated[
    str | None, typer.Option("--to", help="Only what may lie on or before this day (2016, 2016-04, 2016-04-20).")
]
Inputs: TypeAlias = Annotated[
    list[str], typer.Argument(help="Files, folders, web addresses or - for standard input.", show_default=False)
]
Out: TypeAlias = Annotated[Path | None, typer.Option("--out", help="Write there instead of printing.")]
Title: TypeAlias = Annotated[str | None, typer.Option(help="Title of the reports, whatever the inputs say.")]
Outlet: TypeAlias = Annotated[str | None, typer.Option(help="Who publishes the reports.")]
Published: TypeAlias = Annotated[
    str | None, typer.Option(help="When it was published: YYYY-MM-DD, or YYYY-MM or YYYY.")
]
Url: TypeAlias = Annotated[str | None, typer.Option(help="Address of the report.")]


def days(text: str) -> Days:
    """The days that `2016`, `2016-04` or `2016-04-20` covers. Anything else is a wrong call."""
    try:
        numbers = [int(part) for part in text.split("-")]
    except ValueError:
        numbers = []
    found = None
    match numbers:
        case [year]:
            found = year_days(year)
        case [year, month]:
            found = month_days(year, month)
        case [year, month, number]:
            exact = day(year, month, number)
            found = one_day(exact) if exact else None
    if found is None:
        raise typer.BadParameter(f"'{text}' is not a date: write 2016, 2016-04 or 2016-04-20")
    return found


def day_of(text: str) -> date:
    """A single day, `YYYY-MM-DD`."""
    found = days(text)
    if found.length != 1:
        raise typer.BadParameter(f"'{text}' is not one day: write it as 2016-04-20")
    return found.first


def check_day(text: str | None) -> None:
    """A wrong call where a day, a month or a year of publication is given that is none, or may be two."""
    from khaldun.ingest.dates import problem_of_given

    if text is not None and (problem := problem_of_given(text)):
        raise typer.BadParameter(problem)


def wanted(
    place: str | None,
    actor: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    speaker: str | None,
) -> dict[str, Any]:
    """The filters as `Holdings` takes them. A time that ends before it begins is a wrong call."""
    first, last = days(since).first if since else None, days(until).last if until else None
    if first is not None and last is not None and last < first:
        raise typer.BadParameter(f"--to {until} is before --from {since}: give the earlier day as --from")
    return {
        "place": place,
        "actor": actor,
        "kind": kind,
        "speaker": speaker,
        "since": first,
        "until": last,
    }
