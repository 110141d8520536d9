"""Attributions as the learned layer sees them: a cue, and what each word near it is to that cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from khaldun.annotate.learned.labels import ATTRIBUTION_ROLES, SAID
from khaldun.annotate.learned.reader import Reading, Roles, argument_shares, mean, shares, tag_scores
from khaldun.annotate.learned.smooth import runs_of
from khaldun.annotate.learned.sources import LEAST, read_roles
from khaldun.annotate.sayings.saying import trimmed
from khaldun.copies import quickly_made
from khaldun.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SOURCE, CUE, CONTENT = (ATTRIBUTION_ROLES.index(r) for r in ("source", "cue", "content"))

CUE_FROM = 0.3
"""A word begins a cue from this probability on. Set on held-out PolNeAR articles (docs/learned.md)."""

TAGS_FOR_CUES = 0.3
"""The part of the tags in whether a word begins a cue (the same articles, 2026-11-29)."""

_TAG = 2 * SAID.index("cue") + 1


@quickly_made
@dataclass(frozen=True, slots=True)
class Proposed:
    """Source, cue and content in pieces, in text order, and how sure the layer is (0 to 1)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


def propose_attributions(reading: Reading, *, least: float = CUE_FROM) -> tuple[Proposed, ...]:
    """Every attribution with a content, in the order of the cues. They may lie in one another."""
    words = reading.words
    if not len(words):
        return ()
    tags = shares(tag_scores(reading, "said"))
    begins = _beginnings(reading, tags)
    anchors = [int(words[i]) for i in np.flatnonzero(begins >= least)]
    sure = {int(words[i]): float(begins[i]) for i in np.flatnonzero(begins >= least)}
    found = []
    taken: set[int] = set()
    shared = argument_shares(reading, "cue", anchors)
    read = read_roles(shared, anchors, tags)
    roles = {a: (r, best) for a, r, best in zip(anchors, shared, read, strict=True)}
    for anchor in sorted(anchors, key=lambda a: (-sure[a], a)):
        if anchor in taken:
            continue
        made, cue_words = _proposed(reading, *roles[anchor], sure[anchor])
        taken.update(cue_words)
        if made is not None:
            found.append((anchor, made))
    return tuple(made for _, made in sorted(found, key=lambda f: f[0]))


def _beginnings(reading: Reading, tags: Floats) -> Floats:
    """How likely each word begins a cue: by the head for beginnings and, for a part, by what the tags say of it."""
    scores = tag_scores(reading, "cue")
    within = tags[:, _TAG] + tags[:, _TAG + 1]
    by_tags = np.log((within + LEAST) / (1 - within + LEAST))
    odds = (1 - TAGS_FOR_CUES) * (scores[:, 1] - scores[:, 0]) + TAGS_FOR_CUES * by_tags
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def _proposed(
    reading: Reading, roles: Roles, best: NDArray[np.int64], sure: float
) -> tuple[Proposed | None, list[int]]:
    content = roles.words[best == CONTENT]
    cue = roles.words[best == CUE].tolist()
    if not len(content):
        return None, cue
    spans = [_spans(reading, roles.first, best == role) for role in (SOURCE, CUE, CONTENT)]
    if not spans[1] or not spans[2]:
        return None, cue
    clear = mean(roles.shares[best == CONTENT, CONTENT])
    return Proposed(spans[0], spans[1], spans[2], round(sure * clear, 3)), cue


def _spans(reading: Reading, first: int, chosen: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Runs of chosen words as spans, without punctuation at their edges; the first is the text's word `first`."""
    found: list[Span] = []
    for run in runs_of(np.flatnonzero(chosen)):
        span = trimmed(reading.text, reading.span(first + run[0], first + run[-1]))
        if span is not None:
            found.append(span)
    return tuple(found)
