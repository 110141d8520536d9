"""The figures that may not sink: `floors.json`, by run and benchmark.

    {"tolerance": 0.003,
     "runs": {"dev": {"polnear": {"data": "<digest>", "figures": {"pair.iou50.f1": 0.5}}}}}

A run is a split, with `-quick` or `-<limit>` behind it where only a sample is taken. Floors hold for the very data
they were measured on, whose digest stands beside them; for other data there are none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

FILE = Path(__file__).with_name("floors.json")

Figures: TypeAlias = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One benchmark in one run. `result` is the scorer's own JSON, or `{"absent": why}` or `{"error": what}`.

    `seconds` are those of reading and renaming; without `read_anew` the texts had been read for another key.
    """

    key: str
    result: Mapping[str, Any]
    figures: Figures
    data: str = ""
    documents: int = 0
    unread: int = 0
    words: int = 0
    seconds: float = 0.0
    read_anew: bool = True

    @property
    def failed(self) -> bool:
        return "error" in self.result


def digest(parts: Iterable[bytes]) -> str:
    """The digest of the data that a figure was measured on."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:16]


def figure(result: Mapping[str, Any], path: str) -> float | None:
    """The figure at a dotted path of a scorer's JSON; None where it is not there or was not computed.

    A key may hold dots itself ("pair.iou50"): what is spelt out whole is taken first.
    """
    if path in result:
        value = result[path]
        return float(value) if isinstance(value, (int, float)) else None
    steps = path.split(".")
    for n in range(len(steps) - 1, 0, -1):
        inner = result.get(".".join(steps[:n]))
        if isinstance(inner, Mapping):
            return figure(inner, ".".join(steps[n:]))
    return None


def load_floors(path: Path = FILE) -> dict[str, Any]:
    """The floors; none where there is no file."""
    if not path.exists():
        return {"tolerance": 0.003, "runs": {}}
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def floors_of(floors: Mapping[str, Any], run: str, outcome: Outcome) -> dict[str, float]:
    """The floors of one benchmark in that run; none where they were measured on other data."""
    held = floors["runs"].get(run, {}).get(outcome.key)
    if held is None or held["data"] != outcome.data:
        return {}
    return dict(held["figures"])


def is_below(value: float | None, floor: float, tolerance: float) -> bool:
    """A figure that is gone is below every floor."""
    return value is None or value < floor - tolerance


def raised(
    floors: Mapping[str, Any], run: str, outcomes: Iterable[Outcome], *, allow_regression: bool
) -> dict[str, Any]:
    """The floors with the measured figures in them. None is lowered unless `allow_regression`."""
    runs = {name: dict(held) for name, held in floors["runs"].items()}
    held = runs.setdefault(run, {})
    for outcome in outcomes:
        if not outcome.data or outcome.failed:
            continue
        old = {} if allow_regression else floors_of(floors, run, outcome)
        measured = {path: round(value, 4) for path, value in outcome.figures.items() if value is not None}
        figures = {path: max(value, old.get(path, value)) for path, value in measured.items()}
        held[outcome.key] = {"data": outcome.data, "figures": {**old, **figures}}
    return {"tolerance": floors["tolerance"], "runs": runs}


def save_floors(floors: Mapping[str, Any], path: Path = FILE) -> None:
    """Writes the file, keys sorted, so that a change shows as a change."""
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
