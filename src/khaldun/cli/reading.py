"""extract, read and walk: the commands that read text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from khaldun.cli import options
from khaldun.cli.screen import FINE, NOTHING, print_json, progress, say, tell_first_use, this_command
from khaldun.config import settings
from khaldun.errors import KhaldunError, UnreadableInput

if TYPE_CHECKING:
    from khaldun.workflow.extraction import Record

Form = Literal["json", "md"]


def extract(
    inputs: options.Inputs,
    form: Annotated[Form, typer.Option("--format", help="JSON, or Markdown to read.")] = "json",
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="A folder: X.txt becomes X.json, a JSON Lines row its id.")
    ] = None,
    title: options.Title = None,
    outlet: options.Outlet = None,
    published: options.Published = None,
    url: options.Url = None,
    mask: Annotated[bool, typer.Option("--mask", help="Black out the names of private persons.")] = False,
    kinds: options.Kinds = None,
) -> None:
    """Print the record of each report, and keep nothing.

    Without --out there is one JSON object a line, in the order of the inputs; an input that cannot be read gives
    {"input_id": …, "error": …}. Beside X.txt, X.json is read as its title, publisher, published and url.

    Example: khaldun extract samples/ --format md

    A report in another language has an empty record that says so (`unread`), and so does a line beside it.

    Exit status: 0 all read or kept, 1 some unreadable, 2 wrong call.
    """
    from khaldun.ingest import read_inputs
    from khaldun.workflow.extraction import extract_reports, kit_of

    options.check_day(published)
    found = read_inputs(inputs, title=title, outlet=outlet, published=published, url=url)
    chosen = settings(kinds=kinds)
    kit = kit_of(chosen.pipeline, chosen.kinds, learned=chosen.learned, tell=tell_first_use)
    records = _masked(extract_reports(found, kit), mask)
    form = "json" if as_json else form
    unread = _write_files(records, form, out) if out else _print_records(records, form)
    raise typer.Exit(NOTHING if unread else FINE)


def _masked(records: Iterable[Record], wanted: bool) -> Iterator[Record]:
    from khaldun.export.masking import mask_record

    return (mask_record(record) if wanted and "error" not in record else record for record in records)


def _print_records(records: Iterable[Record], form: Form) -> int:
    unread = 0
    with progress("reading", None, quiet_beside_results=True) as step:
        for record in records:
            unread += "error" in record
            sys.stdout.write(_formatted(record, form))
            tell_kept(record)
            step()
    return unread


def _write_files(records: Iterable[Record], form: Form, folder: Path) -> int:
    """One file per record; what could not be read is one JSON line on standard output."""
    from khaldun.export.files import file_stem, row_stem, unused

    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    read = unread = 0
    with progress("reading", None) as step:
        for record in records:
            if "error" in record:
                unread += 1
                sys.stdout.write(_formatted(record, "json"))
            else:
                read += 1
                input_id = record["report"]["input_id"]
                is_row = "://" not in input_id and not Path(input_id).is_file()
                name = unused(row_stem(input_id) if is_row else file_stem(input_id), taken)
                target = folder / f"{name}.{form}"
                if form == "json" and not is_row and target.resolve() == Path(input_id).resolve().with_suffix(".json"):
                    raise KhaldunError(f"{target} is the place of {input_id}'s own metadata: give --out another folder")
                target.write_text(_formatted(record, form), encoding="utf-8")
                tell_kept(record)
            step()
    say(f"{read} written to {folder}, {unread} unreadable")
    return unread


def tell_kept(record: Record) -> None:
    """Lines about a report that was not read, as in another language, or was read without what was given beside it."""
    from khaldun.ingest.read import METADATA

    if "error" in record:
        return
    report = record["report"]
    if reason := report.get("unread"):
        say(f"kept, not read: {report['input_id']}: {reason}")
    for dropped in report.get("dropped", ()):
        if dropped["reason"].startswith(f"{METADATA}:"):
            say(f"not taken: {report['input_id']}: {dropped['reason']}")


def _formatted(record: Record, form: Form) -> str:
    if form == "md" and "error" not in record:
        from khaldun.export.markdown import record_markdown

        return record_markdown(record) + "\n"
    if form == "md":
        return f"# {record['input_id']}\n\nCould not be read: {record['error']}\n\n"
    return json.dumps(record, ensure_ascii=False) + "\n"


def read(
    inputs: options.Inputs,
    db: options.Db = None,
    title: options.Title = None,
    outlet: options.Outlet = None,
    published: options.Published = None,
    url: options.Url = None,
    kinds: options.Kinds = None,
    as_json: options.Json = False,
) -> None:
    """Read reports into a store, made if there is none, and decide who is who.

    Inputs are files (text, Markdown, HTML, PDF, mail, JSON Lines), folders, web addresses, or - for standard input.
    What is in the store already changes nothing. At the end stands what was read, what was left out, and why.

    Example: khaldun read samples/ --db khaldun.db

    Exit status: 0 all read or kept, 1 some unreadable or nothing there, 2 wrong call.
    """
    from khaldun.ingest import read_inputs
    from khaldun.store import open_store
    from khaldun.workflow.extraction import kit_of
    from khaldun.workflow.reading import read_into, summary_lines

    options.check_day(published)
    found = read_inputs(inputs, title=title, outlet=outlet, published=published, url=url)
    chosen = settings(db=db, kinds=kinds)
    found = (item for item in found if not _is_store_itself(item.input_id, chosen.db))
    kit = kit_of(chosen.pipeline, chosen.kinds, learned=chosen.learned, tell=tell_first_use)
    with open_store(chosen.db) as store, progress("reading", None) as step:
        summary = read_into(store, found, kit, progress=step)
    if as_json:
        print_json(summary.values())
    else:
        for line in summary_lines(summary):
            say(line)
        if summary.read:
            say(f"Now: {this_command()} events --db {chosen.db}")
    raise typer.Exit(NOTHING if summary.unread or not (summary.read or summary.kept_unread) else FINE)


def _is_store_itself(input_id: str, db: str) -> bool:
    """The store may lie in the folder that is read."""
    files = {Path(f"{db}{ending}").resolve() for ending in ("", "-shm", "-wal", "-journal")}
    return "://" not in input_id and Path(input_id).resolve() in files


def walk(
    sentence: Annotated[str, typer.Argument(help="A sentence or a few, in quotation marks.")],
    published: options.Published = None,
    outlet: options.Outlet = None,
    kinds: options.Kinds = None,
    as_json: options.Json = False,
) -> None:
    """Show every step from a sentence to what it amounts to: the best way to see why something is read as it is.

    Example: khaldun walk "The council announced the liberation of Qasr." --published 2016-04-20

    Exit status: 0 something was found, 1 nothing was found, 2 wrong call.
    """
    from khaldun.export.steps import steps_json
    from khaldun.workflow.extraction import kit_of
    from khaldun.workflow.walking import walk as walk_sentence

    options.check_day(published)
    if not sentence.strip():
        raise UnreadableInput("the sentence is empty: write one between the quotation marks")
    chosen = settings(kinds=kinds)
    kit = kit_of(chosen.pipeline, chosen.kinds, learned=chosen.learned, tell=tell_first_use)
    steps = steps_json(walk_sentence(sentence, kit, published=published, outlet=outlet))
    if as_json:
        print_json(steps)
    else:
        from khaldun.cli.steps import print_steps

        print_steps(steps)
    raise typer.Exit(FINE if steps["mentions"] else NOTHING)
