"""How likely a finding is right: `data/rules/scores.yaml`, measured on labelled texts by `eval/calibrate.py`.

Each finding is made in a *way*: labels from the general to the particular ("DATE", "stated", "month"). Its score is the
share of right ones among judged findings made in the same way; a way too rare to be judged has the share of the way
above it. Attributions and incidents have steps of a figure of their own instead, read along the line between them.

Scores are for readers. Nothing in the pipeline decides by them: decisions go by weights, so that new measurements
change no finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, TypeAlias

from khaldun.knowledge import load_data

Steps: TypeAlias = Sequence[tuple[float, float]]


class Way(NamedTuple):
    """How a finding was made. `finding` names its table; `figure` is what its steps go by: the layer's own score for an
    attribution, the weight of what speaks for an incident."""

    finding: str
    labels: tuple[str, ...]
    figure: float = -1.0


@dataclass(frozen=True, slots=True)
class Table:
    """The shares of one kind of finding by path of its ways ("" is all), or steps by the first label."""

    shares: Mapping[str, float]
    steps: Mapping[str, Steps]


@lru_cache(maxsize=4096)
def likelihood(way: Way) -> float:
    """The probability, 0 to 1, that a finding made so is right."""
    return chance(way, _tables())


def chance(way: Way, tables: Mapping[str, Table]) -> float:
    """The same by other tables than those of the house."""
    table = tables[way.finding]
    steps = table.steps.get(way.labels[0])
    if steps is not None:
        return along(steps, way.figure)
    return round(next(table.shares[path] for path in reversed(paths(way.labels)) if path in table.shares), 2)


def paths(labels: Sequence[str]) -> list[str]:
    """The way and those above it, the most general first: "", "stated", "stated/DATE"."""
    return ["", *accumulate(labels, lambda above, label: f"{above}/{label}")]


def along(steps: Steps, figure: float) -> float:
    """The value at `figure` on the line through the steps, level beyond its ends."""
    if figure <= steps[0][0]:
        return round(steps[0][1], 2)
    for (left, low), (right, high) in pairwise(steps):
        if figure <= right:
            return round(low + (high - low) * (figure - left) / (right - left), 2)
    return round(steps[-1][1], 2)


@cache
def _tables() -> Mapping[str, Table]:
    data: Any = load_data("rules/scores.yaml")
    return {
        finding: Table(
            {path: float(share) for path, share in rows.get("shares", {}).items()},
            {who: [(float(a), float(b)) for a, b in steps] for who, steps in rows.get("steps", {}).items()},
        )
        for finding, rows in data["findings"].items()
    }
