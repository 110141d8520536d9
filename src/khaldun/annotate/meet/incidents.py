"""What the learned layer says of incidents, laid upon what the rules found.

It adds no mention and no frame: each mention that may fill an incident's row learns how likely it fills each of its
cells, each frame how likely its words tell of an incident of each type. What a row makes of that beside the rules' own
roles is weighed in `data/rules/incidents.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from khaldun.annotate.learned.labels import INCIDENT_ROLES, INCIDENT_TYPES
from khaldun.annotate.learned.reader import Reading, shares, tag_scores
from khaldun.copies import replace
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
    starts = reading.pieces.starts[reading.words]
    known: dict[str, Mention] = {}
    for found in chain(annotation.mentions, *(m for f in annotation.frames for m in f.roles.values())):
        if found.kind in _FILLING and found.form != "pronoun":
            known.setdefault(found.id, found)
    fills = _means(_role_shares(reading), starts, [m.head or m.span for m in known.values()], FILLERS)
    known = {id: replace(m, fills=share) if share else m for (id, m), share in zip(known.items(), fills, strict=True)}
    tells = _means(_type_shares(reading), starts, [f.evidence for f in annotation.frames], _TYPES)

    def mention(found: Mention) -> Mention:
        return known.get(found.id, found)

    def frame(found: Frame, told: Mapping[str, float]) -> Frame:
        filled = {role: tuple(map(mention, mentions)) for role, mentions in found.roles.items()}
        return replace(found, roles=filled, tells=told)

    mentions = tuple(map(mention, annotation.mentions))
    return replace(annotation, mentions=mentions, frames=tuple(map(frame, annotation.frames, tells)))


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
    shares: NDArray[np.float32], starts: NDArray[np.int64], spans: Sequence[Span], names: Mapping[str, str]
) -> list[dict[str, float]]:
    """For each span the mean over the words that begin in it, by name."""
    if not spans:
        return []
    summed = np.concatenate([np.zeros((1, shares.shape[1])), np.cumsum(shares, 0, dtype=np.float64)])
    first, last = np.searchsorted(starts, [(span.start, span.end) for span in spans]).T
    means = (summed[last] - summed[first]) / np.maximum(last - first, 1)[:, None]
    found: list[dict[str, float]] = [{} for _ in spans]
    labels = tuple(names.values())
    kept = np.nonzero(means >= _LEAST)  # a few of each span's
    for row, label, mean in zip(*(places.tolist() for places in kept), means[kept].tolist(), strict=True):
        found[row][labels[label]] = round(mean, 2)
    return found
