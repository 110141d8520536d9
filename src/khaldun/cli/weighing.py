"""why and contradictions: what the evidence amounts to, with the rules by which it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from khaldun.cli import options
from khaldun.cli.lists import holdings
from khaldun.cli.screen import in_words, out, print_json, say

if TYPE_CHECKING:
    from rich.console import Console

    from khaldun.workflow.weighing import Contradiction, Said, Telling, Why


def why(
    id: Annotated[
        str, typer.Argument(help="The id of an event, claim or relation, or the beginning of it, as the lists have it.")
    ],
    db: options.Db = None,
    as_json: options.Json = False,
) -> None:
    """Show what an event rests on: who tells of it in all reports, who gains by saying so, what contradicts it.

    Of a claim, a relation or a state of control: its words, the chain of voices, and the events that it tells of.

    Example: khaldun why 82d4d586

    Exit status: 0 shown, 1 nothing has that id, 2 wrong call.
    """
    from khaldun.workflow.weighing import said
    from khaldun.workflow.weighing import why as why_of

    with holdings(db) as held:
        words = said(held, id)
        found = why_of(held, id) if words is None else None
    if as_json:
        print_json(found or words)
    elif found is not None:
        _print_why(found)
    elif words is not None:
        _print_said(words)


def _print_said(found: Said) -> None:
    from khaldun.export.phrases import headline, interval, says

    screen = out()
    screen.print(f"{found['what']} ({found['manner']})", style="bold", markup=False)
    screen.print(f"    “{' '.join(found['quote'].split())}”", markup=False)
    screen.print(f"      {says(found['voice'])}", style="dim", markup=False)
    for event in found["events"]:
        when = interval(event["earliest"], event["latest"])
        screen.print(f"  tells of {event['id'][:8]}  {when}  {headline(event)}", markup=False)


def _print_why(found: Why) -> None:
    from khaldun.export.phrases import headline, interval

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
