"""control, timeline, dossier: questions about a place, a stretch of time, an actor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from khaldun.cli import options
from khaldun.cli.lists import holdings
from khaldun.cli.screen import FINE, NOTHING, in_words, out, print_json, print_table, say

if TYPE_CHECKING:
    from khaldun.export.shapes import ActorRow, ControlRow, EventRow
    from khaldun.workflow.dossiers import Dossier
    from khaldun.workflow.findings import ControlFinding


def control(
    place: Annotated[str | None, typer.Argument(help="A place. Without one: all that anything is said of.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="How it stood on this day (YYYY-MM-DD).")] = None,
    db: options.Db = None,
    as_json: options.Json = False,
) -> None:
    """Show who holds a place over time, as assessed, and who says so.

    Example: khaldun control Derna --as-of 2016-04-20

    Exit status: 0 something is said, 1 nothing is said about it, 2 wrong call.
    """
    day = options.day_of(as_of) if as_of else None
    with holdings(db) as held:
        said = held.control(place=place) if place else []
        findings = held.assessed_control(place, as_of=day)
    if as_json:
        print_json({"assessed": findings, "said": said})
    elif not findings and not said:
        where = f"{place}" if place else "any place"
        say(f"Nothing in the store says who holds {where}. See what is there: khaldun places")
    else:
        _print_assessed(findings)
        _print_said(said)
    raise typer.Exit(FINE if findings or said else NOTHING)


_HOW_TO_READ = (
    "by a day: it began then or before; told of up to a day: the last day for which anything says so, and nothing is "
    "known of the time after"
)


def _print_assessed(findings: Sequence[ControlFinding]) -> None:
    screen = out()
    screen.print("Assessed, from what is said", style="bold", markup=False)
    if findings:
        screen.print(f"  {_HOW_TO_READ}", style="dim", markup=False)
    for found in findings:
        screen.print(f"  {found['place']}  {_days_told(found)}", style="bold", markup=False)
        screen.print(f"    {found['answer']}", markup=False)
        screen.print(f"    by the rules: {in_words(found['because'])}", style="dim", markup=False)
    screen.print()


def _days_told(found: ControlFinding) -> str:
    """A day that words name stands as it is; the end of a vague interval is no day of change."""
    if not found["since"]:
        return found["until"] or ""
    words = {"earliest": "no earlier than ", "latest": "by "}.get(found["since_is"] or "", "")
    since = words + found["since"] + (f", by {found['since_by']}" if found["since_by"] else "")
    if found["since_is"] == "latest" and found["until"] == found["since"]:
        return since
    return f"{since}, told of up to {found['until']}"


def _print_said(said: Sequence[ControlRow]) -> None:
    from khaldun.export.phrases import says, standing

    if said:
        print_table(
            ("when", "who", "status", "who says so", "in the words"),
            (
                (standing(c), c["actor"] or "", _status(c), says(c["voice"]), c["quote"])
                for c in sorted(said, key=lambda row: (row["latest"] or row["earliest"] or "9999", row["id"]))
            ),
            title="Said",
        )


def _status(row: ControlRow) -> str:
    return f"{row['status']} (inferred)" if row["inferred"] else row["status"]


def timeline(
    place: options.Place = None,
    actor: options.Actor = None,
    since: options.From = None,
    until: options.To = None,
    kind: options.Kind = None,
    speaker: options.Speaker = None,
    db: options.Db = None,
    as_json: options.Json = False,
) -> None:
    """Show events in order of time, with the words; undated ones apart, never at the day of publication.

    Example: khaldun timeline --place Derna --to 2016

    Exit status: 0 there are some, 1 nothing found, 2 wrong call.
    """
    from khaldun.export.timeline import timeline as line_of
    from khaldun.workflow.holdings import selection_of

    wanted = options.wanted(place, actor, since, until, kind, speaker)
    with holdings(db) as held:
        line = line_of(held.records(selection_of(**wanted)))
    if as_json:
        print_json(line)
    elif not line["events"] and not line["undated"]:
        say("Nothing to put on a line. Read something first, or leave out a filter.")
    else:
        _print_line(line["events"])
        _print_line(line["undated"], title="Not dated by the text")
    raise typer.Exit(FINE if line["events"] or line["undated"] else NOTHING)


def _print_line(events: Sequence[EventRow], *, title: str | None = None) -> None:
    from khaldun.export.phrases import headline, interval, says

    if events:
        print_table(
            ("when", "what", "who says so", "in the words"),
            ((interval(e["earliest"], e["latest"]), headline(e), says(e["voice"]), e["quote"]) for e in events),
            title=title,
        )


def dossier(
    actor: Annotated[str, typer.Argument(help="An actor, under any of its names.")],
    db: options.Db = None,
    as_json: options.Json = False,
) -> None:
    """Show all that the store holds on one actor: names, offices, ties, what it did and suffered, what it says.

    Example: khaldun dossier "Islamic State"

    Exit status: 0 found, 1 no such actor, 2 wrong call.
    """
    from khaldun.workflow.dossiers import dossier_of

    with holdings(db) as held:
        found = dossier_of(held, actor)
    if as_json:
        print_json(found)
    else:
        _print_dossier(found)


def _print_dossier(found: Dossier) -> None:
    screen = out()
    for actor in found["actors"]:
        screen.print(actor["name"], style="bold", markup=False)
        for line in _about(actor):
            screen.print(f"  {line}", markup=False)
    for title, columns, lines in _tables(found):
        if lines:
            print_table(columns, lines, title=title)
        else:
            screen.print(f"{title}: nothing in the store\n", markup=False)


def _about(actor: ActorRow) -> Iterator[str]:
    yield (actor["type"] or "actor").replace("_", " ")
    others = [alias for alias in actor["aliases"] if alias != actor["name"]]
    if others:
        yield f"also called {'; '.join(others)}"
    yield from actor["roles"]


def _tables(found: Dossier) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
    from khaldun.export.phrases import headline, interval, says, standing, tenure

    ties = [
        (
            f"{r['source']} {r['type'].replace('_', ' ')} {r['target']}",
            tenure(r["since"], r["until"]),
            says(r["voice"]),
        )
        for r in found["relations"]
    ]
    yield "Ties", ("tie", "when", "who says so"), ties
    places = [(c["place"] or "", _status(c), standing(c), says(c["voice"])) for c in found["control"]]
    yield "Places", ("place", "status", "when", "who says so"), places
    events = [(interval(e["earliest"], e["latest"]), headline(e), says(e["voice"])) for e in found["events"]]
    yield "Events", ("when", "what", "who says so"), events
    yield "Says", ("stance", "what", "medium"), [(c["stance"], c["content"], c["medium"] or "") for c in found["says"]]
