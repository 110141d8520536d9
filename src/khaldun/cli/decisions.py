"""judgements and undo: what was decided to be the same, and how a decision is taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from khaldun.cli import options
from khaldun.cli.lists import holdings, show_rows
from khaldun.cli.screen import FINE, NOTHING, print_json, say
from khaldun.config import settings


def judgements(
    about: Annotated[str | None, typer.Argument(help="A name or an id. Without one: all.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Superseded ones and those taken back as well.")] = False,
    db: options.Db = None,
    as_json: options.Json = False,
) -> None:
    """List what was decided to be the same or not the same, by whom or by which rule, and whether it counts.

    Example: khaldun judgements Derna

    Exit status: 0 there are some, 1 there are none, 2 wrong call.
    """
    from khaldun.workflow.decisions import judgements as judgements_of

    with holdings(db) as held:
        found = judgements_of(held, about=about, every=every)
    show_rows(
        found,
        as_json,
        ("id", "one", "is", "other", "because", "by", "when", "state"),
        lambda j: (
            j["id"][:8],
            _in(j["left_name"], j["left_report"]),
            f"undo {j['takes_back'][:8]}" if j["takes_back"] else j["verdict"],
            _in(j["right_name"], j["right_report"]),
            j["because"],
            j["by"],
            j["at"],
            j["state"],
        ),
        empty="Nothing was decided about that. See all: khaldun judgements --all",
    )
    raise typer.Exit(FINE if found else NOTHING)


def _in(name: str, report: str | None) -> str:
    return f"{name} ({report[:8]})" if report else name


def undo(
    judgement: Annotated[str, typer.Argument(help="The id of a judgement, or the beginning of it.")],
    because: Annotated[str, typer.Option(help="Why, for whoever reads the ledger later.")] = "taken back",
    by: Annotated[str, typer.Option(help="Who takes it back.")] = "user",
    db: options.Db = None,
    as_json: options.Json = False,
) -> None:
    """Take a judgement back: everything is as if it had never been given. Undo the undoing to give it again.

    Nothing is deleted: a row is added that says so.

    Example: khaldun undo 4f1c09aa --because "two towns of one name"

    Exit status: 0 taken back, 1 no such judgement or taken back already, 2 wrong call.
    """
    from khaldun.store import open_store
    from khaldun.workflow.decisions import take_back

    with open_store(settings(db=db).db, create=False) as store:
        row = take_back(store, judgement, by=by, at=datetime.now(UTC), because=because)
    if as_json:
        print_json(row)
    else:
        done, next_step = ("given again", "take it back") if row["gives_again"] else ("taken back", "give it again")
        say(f"{done}: {row['left_name']} {row['verdict']} {row['right_name']}")
        say(f"To {next_step}: khaldun undo {row['id'][:8]}")
