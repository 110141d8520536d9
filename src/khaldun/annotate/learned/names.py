"""Named entities by the tagging head, which stands in for the pipeline's own recogniser of names.

It was taught what the pipeline's recogniser finds, mended by what the house knows (`training/names.py`), over an
encoder that is read anyway; the recogniser takes half of the pipeline's time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from khaldun.annotate.learned.labels import NAME_TYPES
from khaldun.annotate.learned.reader import Reader, Reading, shares
from khaldun.annotate.learned.smooth import runs_of
from khaldun.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEAD = "names"
"""What the arrays of the head are called by (`training/names.py`)."""

_SURELY_NONE = 0.98
"""A word that is none with at least this probability ends every name: paths are sought between such words only."""
_NEVER = -1e4
_WEIGHED = tuple(map(NAME_TYPES.index, ("GPE", "PERSON", "ORG", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART")))
_PLACE = NAME_TYPES.index("GPE")

PlaceOdds: TypeAlias = Callable[[Span], float]


def knows_names(reader: Reader | None) -> bool:
    """Whether the weights hold the head of names."""
    return reader is not None and f"{HEAD}.near.weight" in reader.heads


def find_names(reading: Reading, odds: PlaceOdds | None = None) -> Iterator[tuple[Span, str]]:
    """The names of a text in text order, with their types; none lies in another.

    `odds` says of a stretch how many times likelier a name there is one of a place than the words alone tell.
    """
    words = reading.words
    if not len(words):
        return
    likely = shares(_scores(reading))
    runs = runs_of(np.flatnonzero(likely[:, 0] < _SURELY_NONE))
    scores = np.log(likely + 1e-9)
    for run, tags in zip(runs, best_tags([scores[run[0] : run[-1] + 1] for run in runs]), strict=True):
        for first, last, kind in _stretches(tags):
            start, end = words[run[first]], words[run[last]]
            span = Span(int(reading.pieces.starts[start]), int(reading.ends[end]))
            of_name = likely[run[first] : run[last] + 1]
            yield span, NAME_TYPES[kind] if odds is None or kind not in _WEIGHED else _weighed(of_name, odds(span))


def _weighed(of_name: Floats, odds: float) -> str:
    """The likeliest type of a name of somebody, something or some place, by the tags of its words and these odds."""
    shares = of_name.mean(0)
    of_type = {kind: float(shares[2 * kind + 1] + shares[2 * kind + 2]) for kind in _WEIGHED}
    of_type[_PLACE] *= odds
    return NAME_TYPES[max(of_type, key=of_type.__getitem__)]


def _scores(reading: Reading) -> Floats:
    """[words, tags], from each word's state and those of its neighbours; outside the text there is nothing."""
    states, heads = reading.hidden[reading.words], reading.heads
    before, own, behind = np.split(heads[f"{HEAD}.near.weight"], 3)
    near = states @ own + heads[f"{HEAD}.near.bias"]
    near[1:] += states[:-1] @ before
    near[:-1] += states[1:] @ behind
    found: Floats = np.maximum(near, 0) @ heads[f"{HEAD}.out.weight"] + heads[f"{HEAD}.out.bias"]
    return found


def best_tags(runs: list[Floats]) -> Iterator[NDArray[np.int64]]:
    """The likeliest tags of each run of words ([words, tags], logarithms) in which no name goes on that has not begun.

    Tag 0 is none, 2k + 1 begins a name of type k and 2k + 2 goes on with it (Viterbi, all runs at once).
    """
    if not runs:
        return
    longest = max(map(len, runs))
    scores = np.zeros((len(runs), longest, runs[0].shape[1]), np.float32)
    for row, run in enumerate(runs):
        scores[row, : len(run)] = run
    came, total = _forward(scores)
    rows = np.arange(len(runs))
    path = np.zeros((len(runs), longest), np.int64)
    path[:, -1] = total.argmax(-1)
    for at in range(longest - 1, 0, -1):
        path[:, at - 1] = came[rows, at, path[:, at]]
    yield from (path[row, : len(run)] for row, run in enumerate(runs))


def _forward(scores: Floats) -> tuple[NDArray[np.int64], Floats]:
    came = np.zeros(scores.shape, np.int64)
    total = scores[:, 0].copy()
    total[:, 2::2] = _NEVER
    begins = np.arange(1, scores.shape[2], 2)
    for at in range(1, scores.shape[1]):
        top = total.argmax(-1)
        moved = np.repeat(total.max(-1)[:, None], scores.shape[2], 1)
        came[:, at] = top[:, None]
        opened = total[:, 1::2] >= total[:, 2::2]
        came[:, at, 2::2] = np.where(opened, begins, begins + 1)
        moved[:, 2::2] = np.maximum(total[:, 1::2], total[:, 2::2])
        total = moved + scores[:, at]
    return came, total


def _stretches(tags: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """First word, last word and type of each name."""
    opened: Any = None
    for at, tag in enumerate([*tags.tolist(), 0]):
        if opened is not None and (tag == 0 or tag % 2 == 1):
            yield opened[0], at - 1, opened[1]
            opened = None
        if tag % 2 == 1:
            opened = (at, tag // 2)
