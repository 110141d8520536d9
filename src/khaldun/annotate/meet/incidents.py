"""What the learned layer says of incidents, laid upon what the rules found.

It adds no mention and no frame: each mention that may fill an incident's row learns how likely it fills each of its
cells, each frame how likely its words tell of an incident of each type. What a row makes of that beside the rules' own
roles is weighed in `data/rules/incidents.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from khaldun.annotate.learned.labels import INCIDENT_ROLES, INCIDENT_TYPES
from khaldun.annotate.learned.reader import Reading, shares, tag_scores
from khaldun.model import Annotation, Frame, Mention, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILLERS = dict(zip(INCIDENT_ROLES, ("individual", "organisation", "thing", "person", "instrument"), strict=True))
"""The layer's roles by the names that a row has for its fillers."""

_TYPES = {name: name.lower() for name in INCIDENT_TYPES if name != "FORCED WORK STOPPAGE"}
_FILLING = frozenset({"actor", "place", "weapon"})
_LEAST = 0.03
"""Shares below this are not kept."""


def weighed(annotation: Annotation, reading: Reading | None) -> Annotation:
    """The annotation with the layer's shares on its mentions and frames; itself without a layer."""
    if reading is None or not len(reading.words):
        return annotation
    roles, types = _summed(_role_shares(reading)), _summed(_type_shares(reading))
    starts = reading.pieces.starts[reading.words]
    known: dict[str, Mention] = {}

    def mention(found: Mention) -> Mention:
        if found.kind not in _FILLING or found.form == "pronoun":
            return found
        if found.id not in known:
            known[found.id] = replace(found, fills=_means(roles, starts, found.head or found.span, FILLERS))
        return known[found.id]

    def frame(found: Frame) -> Frame:
        filled = {role: tuple(map(mention, mentions)) for role, mentions in found.roles.items()}
        return replace(found, roles=filled, tells=_means(types, starts, found.evidence, _TYPES))

    mentions = tuple(map(mention, annotation.mentions))
    return replace(annotation, mentions=mentions, frames=tuple(map(frame, annotation.frames)))


def _role_shares(reading: Reading) -> NDArray[np.float32]:
    """[words, roles]: that a word begins or goes on with a filler of each role."""
    tags = shares(tag_scores(reading, "role"))
    found: NDArray[np.float32] = tags[:, 1::2] + tags[:, 2::2]
    return found


def _type_shares(reading: Reading) -> NDArray[np.float32]:
    """[words, types]: that the sentence of a word tells of an incident of each type."""
    scores = tag_scores(reading, "incident")[:, [INCIDENT_TYPES.index(name) for name in _TYPES]]
    found: NDArray[np.float32] = np.reciprocal(1 + np.exp(-scores))
    return found


def _means(
    summed: NDArray[np.float64], starts: NDArray[np.int64], span: Span, names: Mapping[str, str]
) -> dict[str, float]:
    """The mean over the words that begin in `span`, by name."""
    first, last = np.searchsorted(starts, (span.start, span.end))
    if first == last:
        return {}
    means = ((summed[last] - summed[first]) / (last - first)).tolist()
    return {name: round(m, 2) for name, m in zip(names.values(), means, strict=True) if m >= _LEAST}


def _summed(shares: NDArray[np.float32]) -> NDArray[np.float64]:
    """[words + 1, ...]: the sum of the shares of all words before each."""
    return np.concatenate([np.zeros((1, shares.shape[1])), np.cumsum(shares, 0, dtype=np.float64)])
