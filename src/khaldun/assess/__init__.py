"""Reads claims and judgements; its opinions can be deleted and remade identically."""

from __future__ import annotations

from khaldun.assess.contradiction import contradictions, contradictions_of
from khaldun.assess.control import control, control_timeline
from khaldun.assess.corroboration import claims_of, corroboration
from khaldun.assess.interest import Interest, assess_interest, interest
from khaldun.assess.rules import Rules, load_rules
from khaldun.assess.scene import Scene, scene_of
from khaldun.assess.voices import Origin, independent_voices
from khaldun.model import Assessment, Event, View

__all__ = [
    "Interest",
    "Origin",
    "Rules",
    "Scene",
    "assess",
    "assess_interest",
    "contradictions",
    "contradictions_of",
    "control",
    "control_timeline",
    "corroboration",
    "independent_voices",
    "interest",
    "load_rules",
    "scene_of",
]


def assess(event: Event, view: View, rules: Rules, *, scene: Scene | None = None) -> tuple[Assessment, ...]:
    """What the evidence for one event amounts to: its corroboration, what contradicts, each speaker's interest.

    Give the `scene` (`scene_of(view)`) when several events are assessed: it is the costly part.
    """
    scene = scene or scene_of(view)
    interests = (assess_interest(claim, view, rules, scene=scene) for claim in claims_of(event, view))
    return (
        corroboration(event, view, rules, scene=scene),
        *contradictions_of(event, view, rules, scene=scene),
        *interests,
    )
