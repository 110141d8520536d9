"""Verbs beside an event noun that carry it, lay it to somebody or own up to it, by what they say of their subject."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from khaldun.annotate.grammar.syntax import arguments, behind
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token
from khaldun.knowledge import word_lists


@dataclass(frozen=True, slots=True)
class CarrierWords:
    """Verbs that stand beside an event noun (`lexicons/en/carriers.yaml`), by what they say of their subject."""

    proclaiming: frozenset[str]
    regaining: frozenset[str]
    telling: frozenset[str]
    accusing: frozenset[str]
    greeting: frozenset[str]
    undergoing: frozenset[str]
    harming: frozenset[str]
    owning: frozenset[str]
    ascribing: frozenset[str]
    handiwork: frozenset[str]
    brokering: frozenset[str]
    ruining: frozenset[str]
    answering: frozenset[str]
    serving: frozenset[str]
    embroiling: frozenset[str]
    searching: frozenset[str]
    readying: frozenset[str]
    beginning: frozenset[str]
    enduring: frozenset[str]
    laying: frozenset[str]


@cache
def carrier_words() -> CarrierWords:
    """The lists of the lexicon, read once."""
    return word_lists(CarrierWords, "lexicons/en/carriers.yaml")


def speaks(carrier: Token) -> bool:
    """True for a verb that lends a party and is a move of its own: blaming it, claiming responsibility."""
    words = carrier_words()
    if carrier.lemma_ in words.accusing or any(c.lemma_ == "responsibility" for c in carrier.children):
        return True
    if carrier.lemma_ == "claim" and any(c.dep_ == "dobj" and _is_claimed(c) for c in carrier.children):
        return True
    return carrier.lemma_ in words.owning and any(c.lemma_ in clause_words().sharing for c in carrier.children)


def _is_claimed(deed: Token) -> bool:
    """ "Claimed *the bombing*", unlike "claimed nine lives"."""
    return deed.lemma_.lower() in table().lists["claimed_deed"]


def handiwork(be: Token) -> Token | None:
    """ "Was the *work* of the group": whose doing a deed was."""
    return next((c for c in be.children if c.dep_ == "attr" and c.lemma_ in carrier_words().handiwork), None)


def ascribed_to(verb: Token) -> tuple[Token, ...]:
    """Who is behind "on" or "to" of a verb that lays a deed to somebody."""
    found = arguments(verb)
    stray = behind(found.get("P", ()), "on")[-1:]  # "blames the attack in Goma *on the rebels*", hung on the place
    return next((found[name] for name in ("on", "to", "down") if name in found), tuple(stray))


def is_of_crowds(kind: str) -> bool:
    """Who "attacked pilgrims *during a procession*" did not march in it."""
    return kind.split(".")[0] in {"protest", "riot"}
