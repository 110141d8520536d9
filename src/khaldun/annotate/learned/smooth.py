"""Roles of neighbouring words read together: a change of role costs, so that one doubtful word makes no gap."""

from __future__ import annotations

from collections.abc import Sequence
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
    """For each anchor the likeliest roles of its words under the cost of changes (Viterbi, all anchors at once)."""
    if not found:
        return []
    longest = max(len(f.words) for f in found)
    scores = np.zeros((len(found), longest, found[0].shares.shape[1]), np.float32)
    for row, f in enumerate(found):
        scores[row, : len(f.words)] = np.log(f.shares + 1e-6)
    best = _paths(scores, np.array(changes, np.float32))
    return [best[row, : len(f.words)] for row, f in enumerate(found)]


def _paths(scores: NDArray[np.float32], changes: NDArray[np.float32]) -> NDArray[np.int64]:
    """[anchors, words, roles] -> [anchors, words]. Words past an anchor's last score 0 for all roles."""
    anchors, words, _ = scores.shape
    total = scores[:, 0].copy()
    came = np.zeros(scores.shape, np.int64)
    stay = np.arange(scores.shape[2])[None]
    for at in range(1, words):
        top = total.argmax(-1)
        moved = total[np.arange(anchors), top][:, None] - changes[None]
        better = moved > total
        came[:, at] = np.where(better, top[:, None], stay)
        total = np.where(better, moved, total) + scores[:, at]
    path = np.zeros((anchors, words), np.int64)
    path[:, -1] = total.argmax(-1)
    for at in range(words - 1, 0, -1):
        path[:, at - 1] = came[np.arange(anchors), at, path[:, at]]
    return path


def runs_of(places: NDArray[np.int64]) -> list[list[int]]:
    """The places in stretches without gaps."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(int(place))
        else:
            runs.append([int(place)])
    return runs
