"""Days of something that a happening came before: a video that shows it, and its end.

"Released a video *on Monday* showing the execution of a soldier": by that day he was dead. "Ended its offensive on Brak
*on Monday*": until that day it went on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import When

_DEEDS = "lexicons/en/deeds.yaml"
_UNDERGOING = frozenset({"dobj", "nsubjpass"})


@cache
def _showing() -> frozenset[str]:
    return word_list(_DEEDS, "showing")


@cache
def _ending() -> frozenset[str]:
    return word_list(_DEEDS, "ending")


def no_later(trigger: Token, when: When, fillers: Fillers) -> When:
    """The time of a happening without its first day, where that is only when it was shown or when it ended."""
    if when.span is None or when.earliest is None or when.basis not in {"stated", "relative", "narrative"}:
        return when
    tokens = fillers.passage.tokens(when.span)
    if tokens is None or tokens.root.sent != trigger.sent:
        return when
    shown = _shown_in(trigger, fillers)
    if shown is not None and not (shown == tokens.root or shown.is_ancestor(tokens.root)):
        return replace(when, earliest=None)
    return replace(when, earliest=None) if _has_ended(trigger, tokens.root) else when


def _shown_in(trigger: Token, fillers: Fillers) -> Token | None:
    """The word below which all is what a video or a picture shows: "*showing* the execution", "*of* the raid"."""
    below = trigger
    for word in _above(trigger):
        if below.lower_ == "of" and _is_day(word, fillers) and _has_product(word, fillers):
            return below  # "released pictures on Monday *of the execution*"
        if word.lemma_ in _showing() and word.pos_ == "VERB" and _has_product(word, fillers):
            return word
        if _is_product(word, fillers):
            return below if below.dep_ in {"prep", "acl", "relcl"} else None
        below = word
    return None


def _above(trigger: Token) -> Iterator[Token]:
    word = trigger
    while word.head != word:
        word = word.head
        yield word


def _has_product(showing: Token, fillers: Fillers) -> bool:
    """Whether the product stands before it, be it its subject or what somebody released."""
    before = (t for t in showing.sent if t.i < showing.i and t.pos_ in {"NOUN", "PROPN"})
    return any(_is_product(t, fillers) for t in before)


def _is_product(token: Token, fillers: Fillers) -> bool:
    here = fillers.passage.at(token)
    return any(m.kind == "media_product" and m.span.contains(here) for m in fillers.mentions)


def _is_day(token: Token, fillers: Fillers) -> bool:
    here = fillers.passage.at(token)
    return any(m.kind == "time" and m.span.contains(here) for m in fillers.mentions)


def _has_ended(trigger: Token, time: Token) -> bool:
    """ "*Ended* its offensive on Monday", "the siege *ended* on Monday", "ended Operation Dawn, its *campaign*, on"."""
    noun = trigger.head if trigger.dep_ == "appos" else trigger
    verb = noun.head
    if noun.pos_ not in {"NOUN", "PROPN"} or verb.lemma_ not in _ending() or not verb.is_ancestor(time):
        return False
    undergone = noun.dep_ in _UNDERGOING
    of_itself = noun.dep_ == "nsubj" and not any(c.dep_ == "dobj" for c in verb.children)
    return (undergone or of_itself) and not noun.is_ancestor(time)
