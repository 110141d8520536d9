"""The source of a cue: one stretch of words. What is a source of this cue is weighed with where any source begins and
ends, which a tagging head of its own sees better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from khaldun.annotate.learned.labels import ATTRIBUTION_ROLES, SAID
from khaldun.annotate.learned.reader import Roles
from khaldun.annotate.learned.smooth import CHANGES, best_roles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

_SOURCE, _CUE = (ATTRIBUTION_ROLES.index(role) for role in ("source", "cue"))
_OTHERS = np.array([role for role in range(len(ATTRIBUTION_ROLES)) if role != _SOURCE])
_BEGINS = 2 * SAID.index("source") + 1
_GOES_ON = _BEGINS + 1

_TAGS_COUNT = 0.4
"""What the tags say of a word inside counts this much beside its role (held-out PolNeAR articles, 2026-11-29)."""
LEAST = 0.01
"""No probability is taken for less."""
_NEVER = -99.0
_SURELY_ENDS = float(np.log(1 + LEAST))


class _Edges(NamedTuple):
    """What the tags say of each word of a text, in logarithms: it lies in a source, begins one, ends one."""

    within: Floats
    begins: Floats
    ends: NDArray[np.float64]


def read_roles(found: Sequence[Roles], anchors: Sequence[int], tags: Floats) -> list[Numbers]:
    """For each cue the likeliest role of each word near it, with at most one stretch as its source.

    `tags` are the probabilities of stretches (`labels.SAID`) for every word of the text.
    """
    if not found:
        return []
    rest = [Roles(roles.words, roles.shares[:, _OTHERS]) for roles in found]
    edges = _edges(tags)
    read = []
    for roles, anchor, best in zip(found, anchors, best_roles(rest, CHANGES["cue"]), strict=True):
        path = _OTHERS[best]
        path[roles.words == anchor] = _CUE
        source = _stretch(roles, path, anchor, edges)
        if source is not None:
            path[source] = _SOURCE
        read.append(path)
    return read


def _edges(tags: Floats) -> _Edges:
    begins, goes_on = tags[:, _BEGINS], tags[:, _GOES_ON]
    return _Edges(
        _TAGS_COUNT * np.log(begins + goes_on + LEAST),
        np.log(begins + LEAST),
        np.log(1 - np.append(goes_on[1:], 0) + LEAST),
    )


def _stretch(roles: Roles, path: Numbers, anchor: int, edges: _Edges) -> slice | None:
    """The words that are likeliest to be the source; None where that is less likely than what they are without."""
    near = slice(roles.first, roles.first + len(path))
    instead = roles.shares[np.arange(len(path)), path]
    gains = np.log(roles.shares[:, _SOURCE] + 1e-6) - np.log(instead + 1e-6) + edges.within[near]
    gains[roles.words == anchor] = _NEVER
    sums = gains.cumsum()
    begun = edges.begins[near] - sums + gains
    whole = np.maximum.accumulate(begun) + sums + edges.ends[near]
    whole[-1] = begun.max() + sums[-1] + _SURELY_ENDS  # what goes on beyond reach is none of this cue's
    last = int(whole.argmax())
    return slice(int(begun[: last + 1].argmax()), last + 1) if whole[last] > 0 else None
