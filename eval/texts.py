"""The texts of a benchmark, and what Khaldun finds in them.

A benchmark's folder is `bench/<name>/` with `<split>.jsonl` and `score.py`; nothing of a line but its text, and its
day of publication, title and address where it has them, ever reaches the pipeline.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from khaldun.annotate.kit import Kit
from khaldun.ingest import Unread, read
from khaldun.model import Report
from khaldun.workflow.extraction import Reading, readings

Row: TypeAlias = Mapping[str, Any]
"""One line of a benchmark's file, its gold included."""

OWN = Path(__file__).parent / "own"
"""Reports in our own words, `docs/`, with what a coder writes down of each, `gold/` (README.md)."""

_SAY_EVERY = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of a report before it is read."""

    id: str
    text: str
    published: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None


def load_rows(path: Path) -> list[Row]:
    """The lines of a JSON Lines file."""
    with path.open(encoding="utf-8-sig") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """The rows as JSON Lines; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_gold(docs: Sequence[Path], gold: Path, out: Path) -> None:
    """What a coder wrote down of these texts, with the whole path of each text, which its scorer reads again."""
    out.mkdir(parents=True, exist_ok=True)
    for path in docs:
        name = f"{path.stem}.gold.json"
        row = json.loads((gold / name).read_text(encoding="utf-8"))
        (out / name).write_text(json.dumps({**row, "doc": str(path.resolve())}), encoding="utf-8")


def sampled(rows: Sequence[Row], limit: int | None, group: Callable[[Row], str]) -> list[Row]:
    """At most about `limit` rows in their own order, whole groups chosen by a hash of the group's name.

    The choice depends on the names alone, so that it stays the same when rows are added or moved.
    """
    if limit is None or limit >= len(rows):
        return list(rows)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(group(row), []).append(row)
    taken: set[str] = set()
    size = 0
    for name in sorted(groups, key=_hash):
        if size >= limit:
            break
        taken.add(name)
        size += len(groups[name])
    return [row for row in rows if group(row) in taken]


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8")).hexdigest()


def read_texts(texts: Sequence[Text], kit: Kit, label: str) -> dict[str, Reading | Unread]:
    """Everything found in each text, by its id; progress goes to standard error."""
    found: dict[str, Reading | Unread] = {}
    outcomes = readings((_report(text) for text in texts), kit)
    started = said = time.monotonic()
    for text, outcome in zip(texts, outcomes, strict=True):
        found[text.id] = outcome
        now = time.monotonic()
        if now - said >= _SAY_EVERY:
            said = now
            print(f"{label}: {len(found)} of {len(texts)} read, {now - started:.0f} s", file=sys.stderr, flush=True)
    return found


def _report(text: Text) -> Report | Unread:
    try:
        report = read(
            text.text.encode("utf-8"),
            input_id=text.id,
            media_type="text/plain",
            title=text.title,
            outlet=text.outlet,
            published=text.published,
            url=text.url,
        )
    except Exception as problem:  # noqa: BLE001 - one text's fault must not cost the benchmark; it is counted
        return Unread(text.id, f"{type(problem).__name__}: {problem}")
    if report.text != text.text:
        return Unread(text.id, "the text did not come through character for character")
    return report


def read_only(found: Mapping[str, Reading | Unread]) -> Iterator[tuple[str, Reading]]:
    """The readings by id, without what could not be read."""
    return ((id, outcome) for id, outcome in found.items() if isinstance(outcome, Reading))


def words(texts: Iterable[Text]) -> int:
    """Words by white space."""
    return sum(len(text.text.split()) for text in texts)
