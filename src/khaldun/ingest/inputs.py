"""Files, folders, JSON Lines, standard input and addresses as a stream of reports. One bad input never stops it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from khaldun.errors import UnreadableInput
from khaldun.ingest.fetch import Fetched, fetch
from khaldun.ingest.read import METADATA, MOST_BYTES, read
from khaldun.model import Dropped, Report

_LINES = frozenset({".jsonl", ".ndjson"})
_ADDRESS = ("http://", "https://")
_FIELDS = {"publisher": "outlet", "source": "outlet", "site": "outlet", "date": "published", "link": "url"}
_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that could not become a report, and why, in prose."""

    input_id: str
    error: str


@dataclass(frozen=True, slots=True)
class _Overrides:
    """Metadata that holds for every input of a call, whatever a sidecar or the document says."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | date | None = None
    media_type: str | None = None
    retrieved: datetime | None = None


def read_inputs(
    inputs: Sequence[str],
    *,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    url: str | None = None,
    published: str | date | None = None,
    media_type: str | None = None,
    retrieved: datetime | None = None,
    limit: int = MOST_BYTES,
    stdin: BinaryIO | None = None,
    fetcher: Callable[[str], Fetched] = fetch,
) -> Iterator[Report | Unread]:
    """Every report behind `inputs`, in input order: files, folders (sorted, with their subfolders), addresses, "-".

    A ``.jsonl`` file, or standard input that holds JSON objects, gives one report a line (`id`, `text` or `html`, and
    optional `title, url, outlet, author, published`). ``X.json`` beside ``X.txt`` is its metadata, never a report.
    Metadata given here holds for every input and wins over sidecars, rows and documents. `limit` holds for each
    report. What cannot be read is given back as `Unread`.
    """
    overrides = _Overrides(title, outlet, author, url, published, media_type, retrieved)
    for name in inputs:
        if name == _STDIN:
            yield from _read_stream(stdin or sys.stdin.buffer, _STDIN, overrides, limit)
        elif name.startswith(_ADDRESS):
            yield _attempt(name, partial(_read_address, name, overrides, limit, fetcher))
        else:
            yield from _read_path(Path(name), overrides, limit, inputs)


# ------------------------------------------------------------------------------------------------ where it comes from


def _read_path(path: Path, overrides: _Overrides, limit: int, beside: Sequence[str]) -> Iterator[Report | Unread]:
    if not path.is_dir():
        reports = _reports_of(path)
        if not reports:
            yield from _read_file(path, overrides, limit)
        elif not _are_among(reports, beside):
            names = " or ".join(report.as_posix() for report in reports)
            yield Unread(path.as_posix(), f"the metadata of a report, not a report: give {names}")
        return
    files = list(_files(path))
    if not files:
        yield Unread(path.as_posix(), "the folder holds no files: give another one")
    for file in files:
        yield from _read_file(file, overrides, limit)


def _files(folder: Path) -> Iterator[Path]:
    """The visible files of a folder, sorted by path, without those that are another file's metadata."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found.extend(Path(place) / name for name in names if not name.startswith("."))
    yield from sorted(file for file in found if file.is_file() and not _is_sidecar(file))


def _is_sidecar(file: Path) -> bool:
    """True for X.json with an X of another kind beside it."""
    return bool(_reports_of(file))


def _reports_of(file: Path) -> list[Path]:
    """The files beside X.json that it is the metadata of."""
    if file.suffix.lower() != ".json":
        return []
    return sorted(
        other
        for other in file.parent.glob(f"{_literal(file.stem)}.*")
        if other.stem == file.stem and other.suffix.lower() != ".json" and other.is_file()
    )


def _are_among(reports: Sequence[Path], inputs: Sequence[str]) -> bool:
    """True where a report is given too, itself or with its folder, as `khaldun extract *` gives both."""
    given = {Path(name).resolve() for name in inputs}
    return any(not given.isdisjoint((report.resolve(), *report.resolve().parents)) for report in reports)


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "[]*?" else letter for letter in name)


def _read_file(file: Path, overrides: _Overrides, limit: int) -> Iterator[Report | Unread]:
    name = file.as_posix()
    suffix = file.suffix.lower()
    try:
        if suffix not in _LINES and file.stat().st_size > limit:
            size = file.stat().st_size
            yield Unread(name, f"{size:,} bytes, and the limit is {limit:,}: split it into single reports")
            return
        if suffix in _LINES:
            with file.open("rb") as lines:
                yield from _read_lines(lines, name, overrides, limit)
            return
        with file.open("rb") as opened:
            raw = opened.read(limit + 1)
        fields, noted = _sidecar(file)
    except OSError as problem:
        yield Unread(name, f"cannot be opened ({problem.strerror or problem}): check the path and its permissions")
        return
    if suffix == ".json":
        yield from _read_json(raw, name, overrides, limit)
        return
    yield _attempt(name, lambda: _with_note(_read_with(raw, name, fields, overrides, limit), noted))


def _read_stream(stream: BinaryIO, name: str, overrides: _Overrides, limit: int) -> Iterator[Report | Unread]:
    first = stream.readline(limit + 1)
    if first.lstrip().startswith(b"{") and isinstance(_json(first), dict):
        yield from _read_lines(chain([first], stream), name, overrides, limit)
    else:
        raw = first + stream.read(limit + 1 - len(first))
        yield _attempt(name, partial(_read_with, raw, name, {}, overrides, limit))


def _read_address(name: str, overrides: _Overrides, limit: int, fetcher: Callable[[str], Fetched]) -> Report:
    page = fetcher(name)
    given = replace(
        overrides,
        media_type=overrides.media_type or page.media_type,
        retrieved=overrides.retrieved or page.retrieved,
    )
    report = _read_with(page.raw, name, {}, given, limit)
    return report if report.url else _read_with(page.raw, name, {"url": page.url}, given, limit)


# ------------------------------------------------------------------------------------------------ JSON


def _read_lines(lines: Iterable[bytes], name: str, overrides: _Overrides, limit: int) -> Iterator[Report | Unread]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{name}:{number}"
            value = _json(line)
            if isinstance(value, dict):
                yield _read_row(value, place, overrides, limit)
            else:
                yield Unread(place, "not a JSON object: give one object with id and text on each line")


def _read_json(raw: bytes, name: str, overrides: _Overrides, limit: int) -> Iterator[Report | Unread]:
    """A JSON file of its own: one row, or a list of rows."""
    value = _json(raw)
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, 1):
        place = name if len(rows) == 1 else f"{name}:{number}"
        if isinstance(row, dict):
            yield _read_row(row, place, overrides, limit)
        else:
            yield Unread(place, "not a JSON object with a text: give a report, or JSON Lines with id and text")


def _read_row(row: Mapping[str, Any], place: str, overrides: _Overrides, limit: int) -> Report | Unread:
    name = str(row["id"]) if row.get("id") not in (None, "") else place
    text, page = row.get("text"), row.get("html")
    if isinstance(text, str) and text:
        kind, body = "text/plain", text
    elif isinstance(page, str) and page:
        kind, body = "text/html", page
    else:
        return Unread(name, "no text in this object: it needs a field 'text' (or 'html')")
    raw = body.encode("utf-8", "surrogatepass")
    given = replace(overrides, media_type=overrides.media_type or f"{kind}; charset=utf-8")
    return _attempt(name, partial(_read_with, raw, name, _fields(row), given, limit))


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError):
        return None


def _sidecar(file: Path) -> tuple[dict[str, str], Dropped | None]:
    """The metadata in X.json beside X.txt, and a note when that file is broken."""
    beside = file.with_suffix(".json")
    if beside == file or not beside.is_file():
        return {}, None
    value = _json(beside.read_bytes()) if beside.stat().st_size <= MOST_BYTES else None
    if isinstance(value, dict):
        return _fields(value), None
    if beside.stat().st_size == 0:  # what a shell makes of `khaldun extract X.txt > X.json` before anything is read
        return {}, None
    return {}, Dropped(f"{METADATA}: {beside.name} is not a JSON object", "")


def _fields(row: Mapping[str, Any]) -> dict[str, str]:
    """The fields of metadata that hold a string, under our own names."""
    fields: dict[str, str] = {}
    for name in ("title", "outlet", "author", "url", "published", *_FIELDS):
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            fields.setdefault(_FIELDS.get(name, name), value)
    return fields


# ------------------------------------------------------------------------------------------------ one report


def _read_with(raw: bytes, name: str, fields: Mapping[str, str], overrides: _Overrides, limit: int) -> Report:
    return read(
        raw,
        input_id=name,
        media_type=overrides.media_type,
        outlet=overrides.outlet or fields.get("outlet"),
        title=overrides.title or fields.get("title"),
        author=overrides.author or fields.get("author"),
        url=overrides.url or fields.get("url"),
        published=overrides.published or fields.get("published"),
        retrieved=overrides.retrieved,
        limit=limit,
    )


def _with_note(report: Report, noted: Dropped | None) -> Report:
    return replace(report, dropped=(*report.dropped, noted)) if noted else report


def _attempt(name: str, reading: Callable[[], Report]) -> Report | Unread:
    try:
        return reading()
    except UnreadableInput as problem:
        return Unread(name, str(problem))
