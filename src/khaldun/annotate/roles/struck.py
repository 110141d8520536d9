"""Whose it is that a blow struck: "shells fell on an *army* base", "a *police* car was blown up by a mine".

A strike told by its effect names no one whom it was done to, but the thing that it reached, and with that its owner.
"""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.grammar.syntax import conjuncts
from khaldun.annotate.grammar.trigger_table import kind_of, table
from khaldun.annotate.grammar.triggers import match, verb_key
from khaldun.annotate.reading.nouns import lemma_in, words_under
from khaldun.annotate.roles.fillers import ARMED, Fillers
from khaldun.annotate.roles.objects import fronts_of
from khaldun.annotate.roles.thing_words import is_thing
from khaldun.annotate.words import Token
from khaldun.model import Mention

_REACHED = frozenset({"on", "onto", "upon", "at", "in", "into", "inside", "outside", "against"})
BY_MEANS = frozenset({f"assault.{means}" for means in ("explosives", "suicide", "shelling", "aerial", "drone")})


def struck_owners(blow: Token, carrier: Token | None, fillers: Fillers) -> tuple[Mention, ...]:
    """The sides whose posts, cars or buildings the blow reached; `carrier` is the verb that says where it did."""
    told = carrier or (blow.head if blow.dep_ == "nsubj" and _tells_where(blow.head) else blow)
    things = [t for t in _reached(told) if _is_ground(t)]
    owners = (m for t in things for m in fillers.actors_in(t) if fillers.type_of(m) in ARMED)
    return tuple(dict.fromkeys(owners))


def is_struck(noun: Token) -> bool:
    """True for a thing that the words around it say was struck: "blew up a police *car*"."""
    if not is_thing(noun):
        return False
    above = noun
    if above.dep_ == "pobj" and above.head.lower_ == "of" and above.head.head.lemma_.lower() in fronts_of():
        above = above.head.head
    verb = above.head.head if above.dep_ == "pobj" else above.head
    return verb.i != above.i and _is_of_force(verb) and any(noun in (t, *t.subtree) for t in _reached(verb))


def _is_of_force(word: Token) -> bool:
    if _tells_where(word):
        return any(_is_blow(c) for c in word.subtree if c.dep_ in {"nsubj", "dobj", "pobj"})
    found = match(word)
    return found is not None and kind_of(found.entries[-1], found.head).id in BY_MEANS


def _tells_where(verb: Token) -> bool:
    return verb.pos_ == "VERB" and bool({verb_key(verb), verb.lemma_} & (table().occur | table().reach))


def _is_blow(noun: Token) -> bool:
    found = match(noun) if noun.pos_ in {"NOUN", "PROPN"} else None
    if found is not None and not found.verbal and kind_of(found.entries[0], found.head).violent:
        return True
    return lemma_in(noun.text, table().lists["explosive"] | table().lists["munition"])


def _reached(told: Token) -> Iterator[Token]:
    """What the verb or noun of a blow says it reached, with what is listed beside it."""
    for child in told.children:
        if child.dep_ in {"dobj", "nsubjpass"} or (child.dep_ == "nsubj" and _runs_onto(told)):
            yield from _inner(child)
        elif child.dep_ == "prep" and child.lower_ in _REACHED:
            for below in child.children:
                if below.dep_ == "pobj":
                    yield from _inner(below)


def _runs_onto(verb: Token) -> bool:
    """ "An army truck *hit a landmine*": what the subject came upon."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in table().lists["explosive"] for c in verb.children)


def _inner(noun: Token) -> Iterator[Token]:
    """The noun and its conjuncts; of "the compound of a police station" the station too."""
    for each in conjuncts(noun):
        yield each
        if each.lemma_.lower() in fronts_of():
            yield from (g for c in each.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj")


def _is_ground(noun: Token) -> bool:
    return is_thing(noun) or lemma_in(noun.text, words_under("positions"))
