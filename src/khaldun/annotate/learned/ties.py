"""What two mentions of a sentence are to one another, by a linear classifier over what can be read off the words.

One weight for each feature and label, made by `training/ties.py`; each label has a probability of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from khaldun.knowledge import load_data

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = "ties.npz"


@dataclass(frozen=True, slots=True)
class TieScorer:
    """The weights, by feature, and for each label the least probability that is told.

    A label is one of `learned.labels.TIES`, with ">" where its source is the left end and "<" where it is the right
    one; labels without direction have neither.
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    """[rows, labels]; row 0 is what holds of every pair."""
    least: float

    def best(self, pairs: Sequence[Iterable[str]]) -> list[tuple[str, float] | None]:
        """For the features of each pair the likeliest label with its probability; None where none is likely enough."""
        if not pairs:
            return []
        held = [[0, *sorted(row for name in names if (row := self.rows.get(name)) is not None)] for names in pairs]
        starts = np.cumsum([0, *map(len, held[:-1])])
        scores = np.add.reduceat(self.weights[[row for rows in held for row in rows]], starts)
        best = scores.argmax(-1)
        shares = 1 / (1 + np.exp(-scores[np.arange(len(held)), best].astype(np.float64)))
        return [
            (self.labels[number], round(share, 3)) if share >= self.least else None
            for number, share in zip(best.tolist(), shares.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class TieKind:
    """One entry of `ontology/ties.yaml`."""

    kind: str
    of: str
    ends: tuple[str, str]
    definition: str
    example: str
    symmetric: bool = False
    contradicts: frozenset[str] = frozenset()
    """Kinds of relations that do not hold between two of whom this tie is true."""

    def fits(self, source: str, target: str) -> bool:
        """True where it is of ends of these sorts."""
        return all(wanted in ("any", got) for wanted, got in zip(self.ends, (source, target), strict=True))


@cache
def tie_kinds() -> tuple[TieKind, ...]:
    """The kinds of ties, in the order in which they are tried."""
    return tuple(map(_tie_kind, load_data("ontology/ties.yaml")))


def _tie_kind(row: Mapping[str, Any]) -> TieKind:
    return TieKind(**{**row, "ends": tuple(row["ends"]), "contradicts": frozenset(row.get("contradicts", ()))})


def load_ties(folder: Path) -> TieScorer | None:
    """The classifier with the weights in `folder`; None where there are none."""
    path = folder / FILE
    if not path.exists():
        return None
    with np.load(path) as kept:
        names: Sequence[str] = bytes(kept["features"]).decode("utf-8").split("\n")
        return TieScorer(
            labels=tuple(str(label) for label in kept["labels"]),
            rows={name: row for row, name in enumerate(names, 1)},
            weights=np.concatenate([kept["bias"][None], kept["weights"]]).astype(np.float32),
            least=float(kept["least"]),
        )
