"""What two mentions of a sentence are to one another, by a linear classifier over what can be read off the words.

One weight for each feature and label, made by `training/ties.py`; each label has a probability of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from khaldun.annotate.learned.pairs import Features
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
    rows: Mapping[str, Mapping[str, int]]
    """By the sorts of both ends ("" for whichever others), for each feature its row."""
    weights: NDArray[np.float32]
    """[rows, labels]; row 0 is what holds of every pair. The row of a feature with sorts stands for that of the
    feature alone too."""
    least: float

    def best(self, pairs: Sequence[Features]) -> list[tuple[str, float] | None]:
        """For the features of each pair the likeliest label with its probability; None where none is likely enough."""
        if not pairs:
            return []
        held = [self._held(each) for each in pairs]
        starts = np.cumsum([0, *map(len, held[:-1])])
        scores = np.add.reduceat(self.weights[np.fromiter(chain.from_iterable(held), np.int64)], starts)
        best = scores.argmax(-1)
        shares = 1 / (1 + np.exp(-scores[np.arange(len(held)), best].astype(np.float64)))
        return [
            (self.labels[number], round(share, 3)) if share >= self.least else None
            for number, share in zip(best.tolist(), shares.tolist(), strict=True)
        ]

    def _held(self, features: Features) -> list[int]:
        plain = self.rows[""]
        row_of, row_again = plain.get, self.rows.get(features.sorts, plain).get
        return [
            0,
            *filter(None, [row_of(features.sorts), *map(row_of, features.alone), *map(row_again, features.again)]),
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
        weights = np.concatenate([kept["bias"][None], kept["weights"]]).astype(np.float32)
        return TieScorer(
            labels=tuple(str(label) for label in kept["labels"]),
            rows=_summed(names, weights),
            weights=weights,
            least=float(kept["least"]),
        )


def _summed(names: Sequence[str], weights: NDArray[np.float32]) -> Mapping[str, Mapping[str, int]]:
    """The rows by sorts and feature; the weights of each feature with sorts grow by those of the feature alone.

    Features without weights for some sorts have those of the feature alone, so that one look finds either.
    """
    rows: dict[str, dict[str, int]] = {"": {}}
    for row, name in enumerate(names, 1):
        sorts, _, feature = name.rpartition("|")
        rows.setdefault(sorts, {})[feature] = row
    for sorts, of_sorts in rows.items():
        both = [(row, rows[""][feature]) for feature, row in of_sorts.items() if sorts and feature in rows[""]]
        if both:
            grown, by = zip(*both, strict=True)
            weights[list(grown)] += weights[list(by)]
    return {sorts: {**rows[""], **of_sorts} for sorts, of_sorts in rows.items()}
