"""Roles of neighbouring words read together: a change of role costs, so that one doubtful word makes no gap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from khaldun.annotate.learned.labels import EVENT_ROLES
from khaldun.annotate.learned.reader import Roles

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHANGES = {"cue": (0.7, 0.3, 0.7), "trigger": (0.5,) * len(EVENT_ROLES)}
"""What a change to each role costs, in natural logarithms (held-out PolNeAR articles, 2026-11-24). Round a cue
the source is not among them: it is one stretch (`sources.py`)."""


def best_roles(found: Sequence[Roles], changes: Sequence[float]) -> list[NDArray[np.int64]]:
    """For each anchor the likeliest roles of its words under the cost of changes.

    Most words are so sure of their role that no change of it could pay: paths are sought through the words between
    these only (six times as fast as through all of them).
    """
    if not found:
        return []
    costs = np.array(changes, np.float32)
    scores = np.log(np.concatenate([f.shares for f in found]) + 1e-6)
    best: NDArray[np.int64] = scores.argmax(-1)
    columns = scores.T.copy(order="C")  # there are few roles: by columns it takes a fifth of the time
    rivals = columns.max(0) - columns <= costs[best] + costs.max()  # the likeliest is one of them
    unsure = rivals.sum(0) > 1
    ends = list(accumulate(len(f.words) for f in found))
    read = []
    for start, end in pairwise([0, *ends]):
        for run in runs_of(np.flatnonzero(unsure[start:end])):
            between = slice(start + max(run[0] - 1, 0), min(start + run[-1] + 2, end))
            best[between] = _path(scores[between].tolist(), costs.tolist())
        read.append(best[start:end])
    return read


def _path(scores: Sequence[Sequence[float]], changes: Sequence[float]) -> list[int]:
    """The likeliest role of each word, given each word's scores (Viterbi)."""
    totals = [scores[0]]
    for row in scores[1:]:
        moved = max(totals[-1])
        totals.append([max(stay, moved - cost) + own for stay, cost, own in zip(totals[-1], changes, row, strict=True)])
    role = _likeliest(totals[-1])
    path = [role]
    for before in reversed(totals[:-1]):
        if max(before) - changes[role] > before[role]:
            role = _likeliest(before)
        path.append(role)
    return path[::-1]


def _likeliest(scores: Sequence[float]) -> int:
    return scores.index(max(scores))


def runs_of(places: NDArray[np.int64]) -> list[list[int]]:
    """The places in stretches without gaps."""
    runs: list[list[int]] = []
    for place in places.tolist():
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
