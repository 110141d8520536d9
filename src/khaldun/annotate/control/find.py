"""States of control of a place: who holds it, has lost it, contests it or is present there, by the words.

Words that state it outright are in `lexicons/en/control.yaml`; the rest follows from events (see `states`).
"""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.control.between import (
    changed_hands,
    divided,
    fighting_words,
    fought_for,
    fought_over,
    gone_over,
    owned_sway,
    taken_list,
)
from khaldun.annotate.control.foes import foe_verbs, to_be_retaken
from khaldun.annotate.control.keeping import is_kept
from khaldun.annotate.control.lexicon import control_words, having_verbs
from khaldun.annotate.control.nouns import holding_noun
from khaldun.annotate.control.phrases import having, holding_phrase, in_control, is_phrase
from khaldun.annotate.control.presence import (
    going_verbs,
    gone_to,
    having_men,
    inside,
    men_words,
    serving,
    standing,
    there,
)
from khaldun.annotate.control.states import is_water
from khaldun.annotate.control.verbs import participle, predicate
from khaldun.annotate.places.stakes import goes_over
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token, Tokens
from khaldun.model import Frame, Report


def find_control(sentence: Tokens, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The states of control that the words of one sentence assert, each once."""
    seen: set[tuple[str, str | None, str | None]] = set()
    heads = control_words().heads
    for token in sentence:
        if token.lemma_.lower() not in heads:
            continue
        for frame in _at(token, fillers, report):
            place = frame.roles["place"][0]
            holder = frame.roles.get("actor")
            key = (frame.kind, holder[0].entity if holder else None, place.entity)
            if key not in seen and not is_water(place, fillers.text):
                seen.add(key)
                yield frame


def _at(token: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    words = control_words()
    lemma = token.lemma_.lower()
    if lemma in words.participles and token.i >= 2 and token.nbor(-1).text == "-" and _is_participle(token):
        yield from participle(token, words.participles[lemma], fillers, report)
    elif lemma in words.inside and token.dep_ in {"prep", "advmod"}:
        yield from inside(token, fillers, report)
    elif lemma in words.divided and any(c.lower_ == "between" for c in token.children):
        yield from divided(token, words.divided[lemma], fillers, report)
    elif lemma in words.there and token.dep_ == "advmod" and token.head.lemma_ == "be":
        yield from there(token, fillers, report)
    elif lemma == "be":
        yield from standing(token, fillers, report)
    elif lemma in words.seen and token.tag_ == "VBN" and any(c.dep_ == "nsubjpass" for c in token.children):
        yield from predicate(token, "present", _WHERE_SEEN, fillers, report)
    elif lemma in words.keeping and token.pos_ == "VERB" and lemma not in words.predicates and is_kept(token, fillers):
        yield from predicate(token, "holds", ("P",), fillers, report)
    elif lemma in going_verbs() and lemma not in foe_verbs() | words.predicates.keys():
        yield from gone_to(token, fillers, report)
    elif lemma in foe_verbs():
        yield from to_be_retaken(token, fillers, report)
    elif lemma in words.predicates and token.pos_ in {"VERB", "ADJ"}:
        yield from predicate(token, *words.predicates[lemma], fillers, report)
    elif lemma in words.nouns and token.pos_ in {"NOUN", "PROPN"}:
        yield from holding_noun(token, words.nouns[lemma], fillers, report)
    elif lemma in words.served_as and token.dep_ == "pobj" and serving(token) is not None:
        yield from holding_noun(token, "present", fillers, report)
    elif is_phrase(token, lemma, words):
        yield from holding_phrase(token, fillers, report)
    elif lemma in words.in_charge and token.dep_ == "pobj" and token.head.lower_ == "in":
        yield from in_control(token, fillers, report)
    elif lemma == "control" and token.dep_ == "pobj" and token.head.lower_ == "for":
        yield from fought_over(token, fillers, report)
    elif lemma in words.swaying and token.dep_ == "dobj" and token.head.lemma_ in having_verbs():
        yield from having(token, fillers, report)
    elif lemma in words.swaying and token.dep_ == "nsubj" and goes_over(token.head):
        yield from gone_over(token, fillers, report)
    elif lemma in fighting_words() and any(c.lower_ in {"for", "over"} for c in token.children):
        yield from fought_for(token, fillers, report)
    elif lemma in men_words() and token.dep_ == "dobj" and token.head.lemma_ in having_verbs():
        yield from having_men(token, fillers, report)
    elif lemma in words.swaying and token.dep_ in _OF_VERBS and token.head.lemma_ not in having_verbs():
        yield from owned_sway(token, fillers, report)
        yield from taken_list(token, fillers, report)
    elif lemma == "hand" and token.dep_ == "dobj" and token.head.lemma_ == "change":
        yield from changed_hands(token, fillers, report)


_OF_VERBS = frozenset({"nsubj", "nsubjpass", "dobj"})
_WHERE_SEEN = ("in", "near", "at", "outside", "around", "inside", "within")


def _is_participle(token: Token) -> bool:
    """ "Rebel-*held*", "Kurdish-*run*", which the tagger may take for a noun."""
    return token.pos_ != "NOUN" or token.lower_ == "run"
