"""why and contradictions: what the evidence amounts to, with the rules by which it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from khaldun.cli import options
from khaldun.cli.lists import holdings
from khaldun.cli.screen import in_words, out, print_json, say

if TYPE_CHECKING:
    from rich.console import Console

    from khaldun.workflow.weighing import Contradiction, Telling


def why(
    event: Annotated[str, typer.Argument(help="The id of an event, or the beginning of it, as khaldun events has it.")],
    db: options.Db = None,
    as_json: options.Json = False,
) -> None:
    """Show what an event rests on: who tells of it in all reports, who gains by saying so, what contradicts it.

    Example: khaldun why 82d4d586

    Exit status: 0 shown, 1 no such event, 2 wrong call.
    """
    from khaldun.export.phrases import headline, interval
    from khaldun.workflow.weighing import why as why_of

    with holdings(db) as held:
        found = why_of(held, event)
    if as_json:
        print_json(found)
        return
    screen = out()
    screen.print(f"{found['type']}: {found['answer']}", style="bold", markup=False)
    screen.print(f"  by the rules: {in_words(found['because'])}", style="dim", markup=False)
    for line in dict.fromkeys(f"{interval(e['earliest'], e['latest'])}  {headline(e)}" for e in found["events"]):
        screen.print(f"  {line}", markup=False)
    for telling in found["tellings"]:
        _print_telling(screen, telling)
        if telling["because"]:
            screen.print(f"      {telling['because']}", style="dim", markup=False)
    for contradiction in found["contradictions"]:
        _print_contradiction(screen, contradiction)


def contradictions(db: options.Db = None, as_json: options.Json = False) -> None:
    """List what cannot both be true as worded: tolls, denials, who did it, who holds what.

    A later figure of the same source, an open range that fits the other, or another scope is no contradiction.

    Example: khaldun contradictions --json

    Exit status: 0 answered, be it that there are none, 2 wrong call.
    """
    from khaldun.workflow.weighing import all_contradictions

    with holdings(db) as held:
        found = all_contradictions(held)
    if as_json:
        print_json(found)
    elif not found:
        say("Nothing in the store contradicts anything else in it.")
    else:
        screen = out()
        for contradiction in found:
            _print_contradiction(screen, contradiction)


def _print_contradiction(screen: Console, found: Contradiction) -> None:
    screen.print(f"\n{found['field']}: {found['answer']}", style="bold", markup=False)
    _print_telling(screen, found["left"])
    _print_telling(screen, found["right"])


def _print_telling(screen: Console, telling: Telling) -> None:
    from khaldun.export.phrases import says

    screen.print(f"    “{' '.join(telling['quote'].split())}”", markup=False)
    screen.print(f"      {says(telling['voice'])}; {telling['factuality']}", style="dim", markup=False)
