"""Writes records to disk in each format and gives back what the format could not hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from khaldun.export.acled import write_acled
from khaldun.export.files import file_stem, unused
from khaldun.export.geo import geojson
from khaldun.export.graph import write_gexf
from khaldun.export.losses import Loss
from khaldun.export.markdown import record_markdown
from khaldun.export.rows import Record
from khaldun.export.tables import write_tables
from khaldun.export.timeline import timeline_js
from khaldun.export.ucdp import write_ucdp

__all__ = [
    "write_acled_file",
    "write_geojson",
    "write_gexf",
    "write_pages",
    "write_records",
    "write_tables",
    "write_timeline",
    "write_ucdp_file",
]


def write_records(records: Sequence[Record], folder: Path) -> tuple[Loss, ...]:
    """One JSON file per report, named after what it came under. Nothing is lost."""
    return _one_each(records, folder, "json", lambda record: _json(record))


def write_pages(records: Sequence[Record], folder: Path) -> tuple[Loss, ...]:
    """One Markdown page per report."""
    _one_each(records, folder, "md", record_markdown)
    return (Loss("reports", "mentions, times and attributions are not on the page", len(records)),)


def write_geojson(records: Sequence[Record], path: Path) -> tuple[Loss, ...]:
    """One GeoJSON file."""
    collection, losses = geojson(records)
    _write(path, _json(collection))
    return losses


def write_acled_file(records: Sequence[Record], path: Path, *, bom: bool = False) -> tuple[Loss, ...]:
    """One CSV file in the shape of ACLED's export."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as out:
        return write_acled(records, out)


def write_ucdp_file(records: Sequence[Record], path: Path, *, bom: bool = False) -> tuple[Loss, ...]:
    """One CSV file in the shape of UCDP's event dataset."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as out:
        return write_ucdp(records, out)


def write_timeline(records: Sequence[Record], path: Path) -> tuple[Loss, ...]:
    """One JSON file for TimelineJS 3."""
    slides, losses = timeline_js(records, title=path.stem)
    _write(path, _json(slides))
    return losses


def _one_each(records: Sequence[Record], folder: Path, suffix: str, text: Callable[[Record], str]) -> tuple[Loss, ...]:
    taken: set[str] = set()
    for record in records:
        name = unused(file_stem(record["report"]["input_id"]), taken)
        _write(folder / f"{name}.{suffix}", text(record))
    return ()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
