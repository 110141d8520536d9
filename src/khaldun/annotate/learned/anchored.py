"""Events as the learned layer sees them: a trigger, and what the words near it are to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from khaldun.annotate.learned.labels import EVENT_KINDS, EVENT_ROLES, FACTUALITY
from khaldun.annotate.learned.reader import Reading, Roles, argument_shares, mean, shares, tag_scores
from khaldun.annotate.learned.smooth import CHANGES, best_roles, runs_of
from khaldun.model import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRIGGER_FROM = 0.4
"""A word evokes an event from this probability on."""


@dataclass(frozen=True, slots=True)
class ProposedEvent:
    """A trigger with its kind, the words of each role with their probability, and factuality."""

    kind: str
    trigger: Span
    roles: Mapping[str, tuple[tuple[Span, float], ...]]
    factuality: str
    score: float
    """How likely the words evoke an event of ours at all; `kind_score`, given that, how likely of this kind."""
    kind_score: float


def propose_events(reading: Reading, *, least: float = TRIGGER_FROM) -> tuple[ProposedEvent, ...]:
    """Every event with a trigger of at least this probability, in text order."""
    words = reading.words
    if not len(words):
        return ()
    likely = shares(tag_scores(reading, "trigger"))
    chosen = np.flatnonzero(1 - likely[:, 0] >= least)
    anchors = [int(words[i]) for i in chosen]
    manner = tag_scores(reading, "manner")[chosen].argmax(-1)
    found = []
    shared = argument_shares(reading, "trigger", anchors)
    read = best_roles(shared, CHANGES["trigger"])
    for row, anchor, mark, roles, best in zip(chosen, anchors, manner, shared, read, strict=True):
        kind = 1 + int(likely[row, 1:].argmax())
        score = float(1 - likely[row, 0])
        of_kind = float(likely[row, kind]) / max(score, 1e-6)
        made = ProposedEvent(
            EVENT_KINDS[kind], Span(0, 0), {}, FACTUALITY[int(mark)], round(score, 3), round(of_kind, 3)
        )
        found.append(_with_roles(made, reading, anchor, roles, best))
    return tuple(found)


def _with_roles(
    made: ProposedEvent, reading: Reading, anchor: int, roles: Roles, best: NDArray[np.int64]
) -> ProposedEvent:
    best[roles.words == anchor] = EVENT_ROLES.index("trigger")
    filled: dict[str, tuple[tuple[Span, float], ...]] = {}
    trigger = Span(int(reading.pieces.starts[anchor]), int(reading.ends[anchor]))
    for number, name in enumerate(EVENT_ROLES[1:], 1):
        runs = runs_of(np.flatnonzero(best == number))
        spans = tuple(_spanned(reading, roles, run, number) for run in runs)
        if name == "trigger":
            trigger = next((s for s, _ in spans if s.start <= trigger.start < s.end), trigger)
        elif spans:
            filled[name] = spans
    return replace(made, trigger=trigger, roles=filled)


def _spanned(reading: Reading, roles: Roles, run: Sequence[int], number: int) -> tuple[Span, float]:
    span = Span(int(reading.pieces.starts[roles.words[run[0]]]), int(reading.ends[roles.words[run[-1]]]))
    return span, round(mean(roles.shares[list(run), number]), 3)
