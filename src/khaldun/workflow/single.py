"""One text or file, without a store: what `khaldun.extract` does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from khaldun.config import settings
from khaldun.errors import UnreadableInput
from khaldun.ingest import Unread, read, read_inputs
from khaldun.model import Report
from khaldun.workflow.extraction import Record, extract_reports, kit_of


def extract_text(
    text: str,
    *,
    input_id: str,
    title: str | None,
    outlet: str | None,
    published: date | str | None,
    url: str | None,
    kinds: str | Path | None = None,
) -> Record:
    """The record of a text. Raises UnreadableInput, and InvalidKnowledge for a broken file of `kinds`."""
    report = read(
        text.encode("utf-8", "surrogatepass"),
        input_id=input_id,
        media_type="text/plain; charset=utf-8",
        title=title,
        outlet=outlet,
        published=published,
        url=url,
    )
    return _record(report, kinds)


def extract_file(
    path: Path,
    *,
    title: str | None,
    outlet: str | None,
    published: date | str | None,
    url: str | None,
    kinds: str | Path | None = None,
) -> Record:
    """The record of one file that holds one report. Raises as `extract_text` does."""
    found = list(read_inputs([str(path)], title=title, outlet=outlet, published=published, url=url))
    if len(found) != 1:
        raise UnreadableInput(f"{path} holds {len(found)} reports, not one: read it with khaldun extract")
    return _record(found[0], kinds)


def _record(report: Report | Unread, kinds: str | Path | None) -> Record:
    chosen = settings(kinds=kinds)
    record = next(extract_reports([report], kit_of(chosen.pipeline, chosen.kinds, learned=chosen.learned)))
    if "error" in record:
        raise UnreadableInput(record["error"])
    return record
