"""reports, show, events, claims, relations, actors and places: what a store holds, as tables or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from khaldun.cli import options
from khaldun.cli.screen import FINE, NOTHING, out, print_json, print_table, say
from khaldun.config import settings

if TYPE_CHECKING:
    from khaldun.export.shapes import EventRow
    from khaldun.workflow.holdings import Holdings


def reports(db: options.Db = None, as_json: options.Json = False) -> None:
    """List the reports in the store, and the inputs that could not be read.

    Example: khaldun reports --db khaldun.db

    Exit status: 0 there are some, 1 the store is empty, 2 wrong call.
    """
    with holdings(db) as held:
        found = held.reports()
        unread = held.view.unread()
        kept = [report for report in held.view.reports() if report.unread is not None]
    columns = ("id", "published", "outlet", "title", "events", "claims")
    show_rows(
        found,
        as_json,
        columns,
        lambda r: (r["id"][:8], _days(r["published_earliest"], r["published_latest"]), r["outlet"], r["title"]
                   or r["input_id"], r["events"], r["claims"]),
        empty="The store is empty. Read something first: khaldun read FILE",
    )  # fmt: skip
    for report in kept:
        say(f"kept, not read: {report.input_id}: {report.unread}")
    for item in unread:
        say(f"could not be read: {item.input_id}: {item.reason}")
    raise typer.Exit(FINE if found else NOTHING)


def show(
    report: Annotated[str, typer.Argument(help="The report's id, the beginning of it, or its file name.")],
    db: options.Db = None,
    as_json: options.Json = False,
    form: Annotated[Literal["screen", "md"], typer.Option("--format", help="For the screen, or Markdown.")] = "screen",
) -> None:
    """Show everything in one report, with the words it came from.

    Example: khaldun show 01_coastal_wire_qubbah.txt

    Exit status: 0 shown, 1 no such report, 2 wrong call.
    """
    with holdings(db) as held:
        record = held.record(report)
    if as_json:
        print_json(record)
        return
    from khaldun.export.markdown import record_markdown

    text = record_markdown(record)
    if form == "md":
        typer.echo(text)
    else:
        from rich.markdown import Markdown

        out().print(Markdown(text))


def events(
    place: options.Place = None,
    actor: options.Actor = None,
    since: options.From = None,
    until: options.To = None,
    kind: options.Kind = None,
    speaker: options.Speaker = None,
    db: options.Db = None,
    as_json: options.Json = False,
    scores: options.Scores = False,
) -> None:
    """List what happened, by day, with who says so.

    Negated, denied, planned and possible events are listed too, and say so. What the words do not say and the text
    around gives stands in brackets.

    Example: khaldun events --place Derna --from 2016-04

    Exit status: 0 found, 1 nothing found, 2 wrong call.
    """
    from khaldun.export.phrases import bracketed, interval, says, status, toll

    wanted = options.wanted(place, actor, since, until, kind, speaker)
    with holdings(db) as held:
        found = sorted(held.events(**wanted), key=lambda e: (e["latest"] or e["earliest"] or "9999", e["id"]))
    columns = ("id", "when", "what", "who", "to whom", "where", "status", "who says so", "told in")
    told_in = _told_in(found)
    show_rows(
        found,
        as_json,
        columns,
        lambda e: (
            e["id"][:8],
            interval(e["earliest"], e["latest"]),
            ", ".join(filter(None, (e["type"], toll(e)))),
            bracketed("; ".join(e["actor"]), "actor" in e["inferred"]),
            bracketed("; ".join(e["target"]), "target" in e["inferred"]),
            bracketed(e["place"] or "", "place" in e["inferred"]),
            status(e),
            says(e["voice"]),
            told_in[e["happening"]],
        ),
        empty=_nothing("events", wanted),
        scores=scores,
    )
    raise typer.Exit(FINE if found else NOTHING)


def claims(
    place: options.Place = None,
    actor: options.Actor = None,
    since: options.From = None,
    until: options.To = None,
    kind: options.Kind = None,
    speaker: options.Speaker = None,
    db: options.Db = None,
    as_json: options.Json = False,
    scores: options.Scores = False,
) -> None:
    """List what is said by someone other than the reports themselves.

    Example: khaldun claims --speaker Reuters

    Exit status: 0 found, 1 nothing found, 2 wrong call.
    """
    wanted = options.wanted(place, actor, since, until, kind, speaker)
    with holdings(db) as held:
        found = held.claims(**wanted)
    columns = ("id", "who", "stance", "what", "by way of", "medium", "published")
    show_rows(
        found,
        as_json,
        columns,
        lambda c: (
            c["id"][:8],
            c["speaker"] or "unnamed source",
            c["stance"],
            c["content"],
            c["voice"][1 if c["speaker"] else 0 :],
            c["medium"],
            c["published"],
        ),
        empty=_nothing("claims", wanted)
        + (" What a report says itself is not here: khaldun events --speaker OUTLET" if speaker else ""),
        scores=scores,
    )  # fmt: skip
    raise typer.Exit(FINE if found else NOTHING)


def relations(
    actor: options.Actor = None,
    since: options.From = None,
    until: options.To = None,
    kind: options.Kind = None,
    speaker: options.Speaker = None,
    db: options.Db = None,
    as_json: options.Json = False,
    scores: options.Scores = False,
) -> None:
    """List the ties between actors: who leads, founded, fights or belongs to whom, from when to when, and who says so.

    A tie that is denied is none: what was said of it is among the claims.

    Example: khaldun relations --actor "Islamic State" --kind leads

    Exit status: 0 found, 1 nothing found, 2 wrong call.
    """
    from khaldun.export.phrases import says, tenure

    wanted = options.wanted(None, actor, since, until, kind, speaker)
    with holdings(db) as held:
        found = held.relations(**wanted)
    columns = ("id", "who", "tie", "to whom", "when", "status", "who says so", "in the words")
    show_rows(
        found,
        as_json,
        columns,
        lambda r: (
            r["id"][:8],
            r["source"],
            r["type"].replace("_", " "),
            r["target"],
            tenure(r["since"], r["until"]),
            r["factuality"],
            says(r["voice"]),
            r["quote"],
        ),
        empty=_nothing("ties", wanted),
        scores=scores,
    )
    raise typer.Exit(FINE if found else NOTHING)


def actors(
    place: options.Place = None,
    actor: options.Actor = None,
    since: options.From = None,
    until: options.To = None,
    kind: options.Kind = None,
    speaker: options.Speaker = None,
    db: options.Db = None,
    as_json: options.Json = False,
    scores: options.Scores = False,
) -> None:
    """List the actors, most mentioned first, under all their names.

    Example: khaldun actors --place Derna

    Exit status: 0 found, 1 nothing found, 2 wrong call.
    """
    wanted = options.wanted(place, actor, since, until, kind, speaker)
    with holdings(db) as held:
        found = sorted(held.actors(**wanted), key=lambda a: (-a["mentions"], a["name"]))
    columns = ("name", "type", "mentions", "also called", "offices")
    show_rows(
        found,
        as_json,
        columns,
        lambda a: (a["name"], a["type"], a["mentions"], [n for n in a["aliases"] if n != a["name"]], a["roles"]),
        empty=_nothing("actors", wanted),
        scores=scores,
    )
    raise typer.Exit(FINE if found else NOTHING)


def places(
    place: options.Place = None,
    actor: options.Actor = None,
    since: options.From = None,
    until: options.To = None,
    kind: options.Kind = None,
    speaker: options.Speaker = None,
    db: options.Db = None,
    as_json: options.Json = False,
    scores: options.Scores = False,
) -> None:
    """List the places, most mentioned first; one that no gazetteer knows is marked so.

    Example: khaldun places

    Exit status: 0 found, 1 nothing found, 2 wrong call.
    """
    wanted = options.wanted(place, actor, since, until, kind, speaker)
    with holdings(db) as held:
        found = sorted(held.places(**wanted), key=lambda p: (-p["mentions"], p["name"]))
    columns = ("name", "kind", "country", "mentions", "where", "precision")
    show_rows(
        found,
        as_json,
        columns,
        lambda p: (p["name"], p["kind"], p["country_iso2"], p["mentions"],
                   "not located" if p["lat"] is None else f"{p['lat']:.3f}, {p['lon']:.3f}", p["precision"]),
        empty=_nothing("places", wanted),
        scores=scores,
    )  # fmt: skip
    raise typer.Exit(FINE if found else NOTHING)


# ------------------------------------------------------------------------------------------------ helpers


def _told_in(events: Iterable[EventRow]) -> dict[str | None, str]:
    """How many of the reports listed tell of each happening."""
    from khaldun.export.phrases import counted

    reports: dict[str | None, set[str]] = {}
    for event in events:
        reports.setdefault(event["happening"], set()).add(event["report"])
    return {happening: counted(len(told), "report") for happening, told in reports.items()}


@contextmanager
def holdings(db: str | None) -> Iterator[Holdings]:
    """The store that the flag or the environment names, for reading."""
    from khaldun.workflow.holdings import open_holdings

    chosen = settings(db=db)
    with open_holdings(chosen.db, own=chosen.kinds) as held:
        yield held


def show_rows(
    found: Sequence[Mapping[str, Any]],
    as_json: bool,
    columns: Sequence[str],
    line: Callable[[Any], Sequence[object]],
    *,
    empty: str,
    scores: bool = False,
) -> None:
    """Rows as JSON or as a table, with their scores in a column where wanted; where there are none, what to do next."""
    if as_json:
        print_json(list(found))
    elif found and scores:
        lines = ([*map(_cell, line(row)), _score(row["score"])] for row in found)
        print_table((*columns, "score"), lines)
    elif found:
        print_table(columns, ([_cell(value) for value in line(row)] for row in found))
    else:
        say(empty)


def _score(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".removeprefix("0")


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)


def _days(earliest: str | None, latest: str | None) -> str:
    from khaldun.export.phrases import interval

    return interval(earliest, latest)


def _nothing(what: str, wanted: Mapping[str, Any]) -> str:
    if any(value is not None for value in wanted.values()):
        return f"No {what} fit. Ask for less: leave out a filter."
    return f"No {what} in the store. What was read: khaldun reports; to read more: khaldun read FILE"
