"""By a place that is named only before: "holds Brak and attacks the army *near there*".

So "kept positions *outside the city*": the place is the one told before, and that it was by it is the happening's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from khaldun.annotate.grammar.syntax import clause_head
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.model import Frame, Locus, Mention, Span

_GROUND = r"(?:there|(?:the|that) (?:city|town|village|port|capital|settlement|district))"
_NEAR = re.compile(
    rf"\b(?:near|close to|outside|just outside|around|not far from|(?:on|at|in|from|around|to) (?:the|its) (?:\w+ )?"
    rf"(?:outskirts|edges?|suburbs|fringes?|periphery|approaches) of) {_GROUND}\b(?!['’])|\bnearby\b(?! (?!on\b)\w)"
    r"|\b(?:on|at|from) (?:its|the) (?:\w+ )?(?:outskirts|edges?|suburbs|fringes)\b(?! of)",
    re.I,
)
_CUES = ("near", "outside", "around", "outskirts", "edge", "suburbs", "fringe", "close to", "not far", "approaches")


def set_near(frames: Sequence[Frame], fillers: Fillers) -> tuple[Frame, ...]:
    """The frames of a sentence; those that its words put by a place told before have it with that precision."""
    if not any(f.roles.get("place") for f in frames):
        return tuple(frames)
    root = fillers.passage.tokens(frames[0].trigger)
    if root is None:
        return tuple(frames)
    sentence = fillers.passage.span(root.root.sent)
    words = sentence.of(fillers.text)
    if not any(cue in words for cue in _CUES):
        return tuple(frames)
    told = [(Span(sentence.start + m.start(), sentence.start + m.end())) for m in _NEAR.finditer(words)]
    return tuple(_set(frame, told, fillers) for frame in frames) if told else tuple(frames)


def _set(frame: Frame, told: Sequence[Span], fillers: Fillers) -> Frame:
    places = frame.roles.get("place", ())
    if len(places) != 1 or not isinstance(places[0].value, Locus) or places[0].value.precision != "exact":
        return frame
    tokens = fillers.passage.tokens(frame.trigger)
    if tokens is None or not any(_is_of(span, tokens.root, fillers) for span in told):
        return frame
    if not any(span.contains(places[0].span) for span in told) and _named_here(places[0], tokens.root, fillers):
        return frame
    return replace(frame, values={**frame.values, "place_precision": "near"})


def _is_of(phrase: Span, trigger: Token, fillers: Fillers) -> bool:
    """Whether the phrase stands in the clause of the trigger, or below one of its nouns."""
    tokens = fillers.passage.tokens(phrase)
    return tokens is not None and clause_head(tokens[0]) == clause_head(trigger)


def _named_here(place: Mention, trigger: Token, fillers: Fillers) -> bool:
    """ "Two died *in Brak* and three near the town": the clause names the place itself."""
    tokens = fillers.passage.tokens(place.span)
    return tokens is not None and tokens.root.sent == trigger.sent and clause_head(tokens.root) == clause_head(trigger)
