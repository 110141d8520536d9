"""export: hands the record on in other formats, and says what they could not hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from khaldun.cli import options
from khaldun.cli.lists import holdings
from khaldun.cli.screen import FINE, NOTHING, print_json, say
from khaldun.errors import KhaldunError

if TYPE_CHECKING:
    from khaldun.export.losses import Loss

Format = Literal["record", "csv", "geojson", "acled", "ucdp", "gexf", "timeline", "md"]


def export(
    form: Annotated[Format, typer.Option("--format", help="What to write.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write; for csv, record and md a folder.")],
    place: options.Place = None,
    actor: options.Actor = None,
    since: options.From = None,
    until: options.To = None,
    kind: options.Kind = None,
    speaker: options.Speaker = None,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Keep the names of private persons.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Start CSV files with the mark that Excel needs.")] = False,
    db: options.Db = None,
    as_json: options.Json = False,
) -> None:
    """Write what is in the store, or the part that fits the filters, to a file or a folder.

    record: one JSON file per report. csv: one table per kind. geojson: events and places. acled, ucdp: a CSV in the
    shape of ACLED's export, of UCDP's event dataset. gexf: actors and ties in time. timeline: for TimelineJS. md: a
    readable page per report.
    Private persons are blacked out. What a format cannot hold is listed at the end.

    Example: khaldun export --format csv --out tables --place Derna

    Exit status: 0 written, 1 nothing to write, 2 wrong call.
    """
    from khaldun.export.masking import mask_record
    from khaldun.workflow.holdings import selection_of

    wanted = options.wanted(place, actor, since, until, kind, speaker)
    with holdings(db) as held:
        records = list(held.records(selection_of(**wanted)))
    if not unmasked:
        records = [mask_record(record) for record in records]
    if not records:
        say("Nothing to write. Read something first, or leave out a filter.")
        raise typer.Exit(NOTHING)
    try:
        losses = _write(records, form, out, bom=bom)
    except OSError as problem:
        what = "a folder" if form in {"csv", "record", "md"} else "a file"
        raise KhaldunError(
            f"cannot write {out} ({problem.strerror}): --format {form} takes {what} as --out"
        ) from problem
    _report(out, len(records), losses, as_json)
    raise typer.Exit(FINE)


def _write(records: list[dict[str, Any]], form: Format, out: Path, *, bom: bool) -> tuple[Loss, ...]:
    from khaldun.export import writing

    match form:
        case "record":
            return writing.write_records(records, out)
        case "md":
            return writing.write_pages(records, out)
        case "csv":
            return writing.write_tables(records, out, bom=bom)
        case "geojson":
            return writing.write_geojson(records, out)
        case "acled":
            return writing.write_acled_file(records, out, bom=bom)
        case "ucdp":
            return writing.write_ucdp_file(records, out, bom=bom)
        case "gexf":
            return writing.write_gexf(records, out)
        case "timeline":
            return writing.write_timeline(records, out)


def _report(out: Path, count: int, losses: tuple[Loss, ...], as_json: bool) -> None:
    if as_json:
        lost = [{"what": loss.what, "reason": loss.reason, "count": loss.count} for loss in losses]
        print_json({"out": str(out), "reports": count, "not_held": lost})
        return
    from khaldun.export.phrases import counted

    say(f"the rows of {counted(count, 'report')} written to {out}")
    for loss in losses:
        say(f"not held: {loss}")
