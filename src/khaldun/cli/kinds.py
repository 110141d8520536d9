"""kinds: what the record can say, and whether kinds of the user's own are read as meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from khaldun.cli import options
from khaldun.cli.screen import FINE, NOTHING, out, print_json, print_table, say
from khaldun.config import settings

if TYPE_CHECKING:
    from khaldun.workflow.own_kinds import Checked


def commands() -> typer.Typer:
    """`khaldun kinds` and `khaldun kinds check`."""
    group = typer.Typer(rich_markup_mode="rich")
    group.callback(invoke_without_command=True)(kinds)
    group.command()(check)
    return group


def kinds(
    context: typer.Context,
    folder: options.Kinds = None,
    as_json: options.Json = False,
) -> None:
    """List all kinds of events, ties and states of control, your own marked; "kinds check" tries out your own.

    A kind of your own is one YAML file in a folder; a broken file counts as a wrong call.

    Example: khaldun kinds --kinds mykinds

    Exit status: 0 listed, 2 wrong call.
    """
    if context.invoked_subcommand is not None:
        return
    from khaldun.workflow.own_kinds import kind_rows

    rows = kind_rows(settings(kinds=folder).kinds)
    if as_json:
        print_json(rows)
    else:
        columns = ("id", "family", "plain name", "plover", "acled", "yours", "definition")
        print_table(
            columns,
            (
                (
                    row["id"],
                    row["family"],
                    row["plain"],
                    "-".join(filter(None, (row["plover"]["type"], row["plover"]["mode"]))),
                    row["acled"] or "",
                    "yes" if row["own"] else "",
                    row["definition"],
                )
                for row in rows
            ),
        )
    raise typer.Exit(FINE)


def check(
    folder: Annotated[Path, typer.Argument(help="A folder with kinds of your own, one YAML file a kind.")],
    as_json: options.Json = False,
) -> None:
    """Read every example of your own kinds and say which are not read as meant, and why.

    Example: khaldun kinds check mykinds

    Exit status: 0 all well, 1 something is wrong, 2 wrong call.
    """
    from khaldun.workflow.own_kinds import check_kinds

    found = check_kinds(folder, settings().pipeline)
    if as_json:
        print_json(found)
    else:
        _print_checked(found)
    raise typer.Exit(NOTHING if found["problems"] else FINE)


def _print_checked(found: Checked) -> None:
    from khaldun.export.phrases import counted

    screen = out()
    for kind in found["kinds"]:
        right = f"{kind['right']} of {kind['sentences']} sentences read as meant"
        screen.print(f"{kind['id']} ({kind['file']}): {right}", markup=False, soft_wrap=True)
    for problem in found["problems"]:
        where = ", ".join(filter(None, (problem["file"], problem["entry"])))
        screen.print(f"\n{where}", style="bold", markup=False, soft_wrap=True)
        screen.print(f"  wrong: {problem['wrong']}", markup=False, soft_wrap=True)
        screen.print(f"  mend:  {problem['mend']}", markup=False, soft_wrap=True)
    wrong = len(found["problems"])
    say(f"{counted(len(found['kinds']), 'kind')}, {counted(wrong, 'problem') if wrong else 'all well'}")
