"""Named entities by the tagging head, which stands in for the pipeline's own recogniser of names.

It was taught what the pipeline's recogniser finds, mended by what the house knows (`training/names.py`), over an
encoder that is read anyway; the recogniser takes half of the pipeline's time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
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
_LOOSE = 0.5
_NEVER = -1e4
_WEIGHED = tuple(map(NAME_TYPES.index, ("GPE", "PERSON", "ORG", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART")))
_JOINED = frozenset(_WEIGHED)

Odds: TypeAlias = Callable[[Span], Mapping[str, float]]


def knows_names(reader: Reader | None) -> bool:
    """Whether the weights hold the head of names."""
    return reader is not None and f"{HEAD}.out.weight" in reader.heads


def find_names(reading: Reading, odds: Odds | None = None) -> Iterator[tuple[Span, str]]:
    """The names of a text in text order, with their types; none lies in another.

    `odds` says of a stretch, by type, how many times likelier a name there is of that type than the layer tells.
    """
    if not len(reading.words):
        return
    likely = shares(_scores(reading))
    for first, last, kind in _across_hyphens(_found(likely), likely, reading):
        span = reading.span(first, last)
        weighed = odds is not None and kind in _WEIGHED
        yield span, NAME_TYPES[_weighed(likely[first : last + 1], odds(span)) if odds and weighed else kind]


def _found(likely: Floats) -> Iterator[tuple[int, int, int]]:
    """First word, last word and type of each name.

    Paths are sought only where the likeliest tags of the words make none by themselves, which is one run in eighteen.
    """
    scores = np.log(likely + 1e-9)
    likeliest: list[int] = scores.argmax(-1).tolist()
    stretches = [slice(run[0], run[-1] + 1) for run in runs_of(np.flatnonzero(likely[:, 0] < _SURELY_NONE))]
    broken = [stretch for stretch in stretches if not _goes_together(likeliest[stretch])]
    for stretch, tags in zip(broken, best_tags([scores[stretch] for stretch in broken]), strict=True):
        likeliest[stretch] = tags.tolist()
    for stretch in stretches:
        start = stretch.start
        yield from ((start + first, start + last, kind) for first, last, kind in _stretches(likeliest[stretch]))


def _goes_together(tags: Sequence[int]) -> bool:
    """Whether no name goes on in a run that has not begun; see `best_tags` for the tags."""
    return all(tag == 0 or tag % 2 == 1 or before in (tag - 1, tag) for before, tag in pairwise([0, *tags]))


def _across_hyphens(
    names: Iterable[tuple[int, int, int]], likely: Floats, reading: Reading
) -> Iterator[tuple[int, int, int]]:
    """The names, each with what a hyphen ties to it where that is likelier part of a name than not: "Deir ez-Zor"."""
    done = -1
    for first, last, kind in names:
        if first <= done:
            continue  # it was tied to the name before
        end = last
        while kind in _JOINED and _tied(end, reading) and likely[end + 2, 0] < _LOOSE:
            end += 2
        done = end
        yield first, end, kind


def _tied(word: int, reading: Reading) -> bool:
    """Whether a hyphen ties a capitalised word to this one."""
    starts, ends = reading.edges
    if word + 2 >= len(starts):
        return False
    start, end = ends[word], starts[word + 2]
    return reading.text[start:end] == "-" and reading.text[end].isupper()


def _weighed(of_name: Floats, odds: Mapping[str, float]) -> int:
    """The likeliest type of a name of somebody, something or some place, by the tags of its words and these odds."""
    mean = np.add.reduce(of_name) / len(of_name)  # as `mean(0)` has it, without its checks
    either = (mean[1::2] + mean[2::2]).tolist()
    of_type = {k: either[k] * odds.get(NAME_TYPES[k], 1.0) for k in _WEIGHED}
    return max(of_type, key=of_type.__getitem__)


def _scores(reading: Reading) -> Floats:
    """[words, tags], from each word's state and those of its neighbours; outside the text there is nothing."""
    heads = reading.heads
    told, size = reading.told[HEAD], len(heads[f"{HEAD}.near.bias"])
    near = told[:, size : 2 * size] + heads[f"{HEAD}.near.bias"]
    near[1:] += told[:-1, :size]
    near[:-1] += told[1:, 2 * size :]
    found: Floats = np.maximum(near, 0, out=near) @ heads[f"{HEAD}.out.weight"] + heads[f"{HEAD}.out.bias"]
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
    goes_on = np.arange(2, scores.shape[2], 2)
    rows = np.arange(len(scores))
    for at in range(1, scores.shape[1]):
        top = total.argmax(-1)
        came[:, at] = top[:, None]
        begun, gone_on = total[:, 1::2], total[:, 2::2]
        came[:, at, 2::2] = goes_on - (begun >= gone_on)
        moved = scores[:, at].copy()
        moved[:, 2::2] += np.maximum(begun, gone_on)
        moved[:, 0] += (most := total[rows, top])
        moved[:, 1::2] += most[:, None]
        total = moved
    return came, total


def _stretches(tags: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """First word, last word and type of each name."""
    opened: Any = None
    for at, tag in enumerate([*tags, 0]):
        if opened is not None and (tag == 0 or tag % 2 == 1):
            yield opened[0], at - 1, opened[1]
            opened = None
        if tag % 2 == 1:
            opened = (at, tag // 2)
