"""The command line: translates arguments into calls and results into print. Nothing can be done only here.

Each command is a plain function; `application` lists them all.
"""

from __future__ import annotations

import gc
import os
import sys

import typer

from khaldun.cli import decisions, exports, incidents, kinds, lists, questions, reading, weighing
from khaldun.cli.screen import NOTHING, WRONG, complain
from khaldun.errors import KhaldunError, NotFound, UnreadableInput

_HELP = """Reads conflict reporting and keeps the record: who did what to whom, where and when, and who says so.

Start with: khaldun extract report.txt --format md

Keep what you read: khaldun read reports/ and then khaldun events, khaldun control Derna

Exit status: 0 all well, 1 some input unreadable or nothing found, 2 wrong call."""


def application() -> typer.Typer:
    """All commands, in the order in which the help lists them."""
    app = typer.Typer(
        name="khaldun",
        help=_HELP,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_top)
    for group, commands in (
        ("Read", (reading.extract, reading.read, reading.walk)),
        (
            "Look",
            (
                lists.reports,
                lists.show,
                lists.events,
                incidents.incidents,
                lists.claims,
                lists.relations,
                lists.actors,
                lists.places,
            ),
        ),
        (
            "Ask",
            (
                questions.control,
                questions.timeline,
                questions.dossier,
                weighing.why,
                weighing.contradictions,
            ),
        ),
        ("Decide", (decisions.judgements, decisions.undo)),
        ("Hand on", (exports.export,)),
    ):
        for command in commands:
            app.command(rich_help_panel=group)(command)
    app.add_typer(kinds.commands(), name="kinds", rich_help_panel="Codebook")
    return app


# New objects between two looks for cycles. What is loaded stays, and looking through it with Python's own setting took
# .13 of the 1.74 s of `khaldun extract` on one report.
_UNDISTURBED = 50_000


def main() -> None:
    """Runs the command line; user mistakes end in one line of prose and the documented exit status."""
    gc.set_threshold(_UNDISTURBED, *gc.get_threshold()[1:])
    try:
        application()()
    except (NotFound, UnreadableInput) as problem:
        complain(str(problem))
        sys.exit(NOTHING)
    except KhaldunError as problem:
        complain(str(problem))
        sys.exit(WRONG)
    except BrokenPipeError:  # the reader of the pipe (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        complain("interrupted")
        sys.exit(130)


def _version(wanted: bool) -> None:
    if wanted:
        from khaldun import __version__

        typer.echo(f"khaldun {__version__}")
        raise typer.Exit


def _top(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    pass
