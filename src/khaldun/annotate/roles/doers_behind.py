"""Who did it, told behind the noun of the deed: "a strike carried out by the navy", "which they lay to the rebels"."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.grammar.triggers import verb_key
from khaldun.annotate.roles.carrier_words import ascribed_to, carrier_words
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list


def doers_after(noun: Token) -> tuple[Token, ...]:
    """Who did it by a participle behind the noun: "was killed in a strike *carried out by* the navy", "a strike *blamed
    on* the navy killed two"."""
    doing = table().support | {"claim"} | _placing() | carrier_words().laying
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and child.lemma_ == "blame" and "on" in arguments(child):
            return arguments(child)["on"]
        if child.dep_ == "acl" and child.lemma_ in _held_so() and (done := _done_below(child)) is not None:
            return arguments(done).get("A", ()) if any(c.dep_ == "agent" for c in done.children) else ()
        if child.dep_ == "acl" and any(c.lower_ in _guessing() for c in child.lefts):
            return ()  # "shells, *probably* fired by the army, killed two": whose they are is a guess
        if child.dep_ == "relcl" and child.lemma_ in carrier_words().ascribing and arguments(child).get("A"):
            return ascribed_to(child)  # "the raid, which the ministry *lays to the rebels*"
        if child.dep_ == "acl" and child.lemma_ in carrier_words().brokering:
            continue  # "declared a truce *brokered by Oman*"
        if child.dep_ == "acl" and child.tag_ == "VBN" and {verb_key(child), child.lemma_} & doing:
            return arguments(child).get("A", ()) if any(c.dep_ == "agent" for c in child.children) else ()
        if child.dep_ == "relcl" and (doers := _doers_in_clause(child, noun, doing)):
            return doers
    return _claimers_behind(noun)


def _doers_in_clause(clause: Token, noun: Token, doing: Set[str]) -> tuple[Token, ...]:
    """Who did it by a relative clause: "a bomb *that the rebels had planted*", "the raid, *which the rebels said they
    had carried out*"."""
    if {verb_key(clause), clause.lemma_} & doing:
        found = arguments(clause)
        return found.get("A", ()) if noun in found.get("P", ()) else ()
    for told in clause.children:
        if told.dep_ == "ccomp" and {verb_key(told), told.lemma_} & doing:
            if any(c.dep_ == "auxpass" for c in told.children):  # "which the agency said *was carried out by* rebels"
                return arguments(told).get("A", ()) if any(c.dep_ == "agent" for c in told.children) else ()
            own = [c for c in told.children if c.dep_ == "nsubj"]
            if own and not any(c.dep_ == "dobj" and c.tag_ != "WDT" for c in told.children):
                return arguments(clause).get("A", ()) if own[0].pos_ == "PRON" else (own[0],)
    return ()


def _claimers_behind(noun: Token) -> tuple[Token, ...]:
    """Who claims it where the parser hangs that on the verb: "died in an attack on a mosque in Kunduz *claimed by*"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun
    for child in verb.children if verb.pos_ == "VERB" else ():
        claimed = child.dep_ == "advcl" and child.lemma_ == "claim" and child.tag_ == "VBN" and child.i > noun.i
        if claimed and child.nbor(-1).text != "," and any(c.dep_ == "agent" for c in child.children):
            return arguments(child).get("A", ())
    return ()


def _done_below(held: Token) -> Token | None:
    """ "A strike *believed to be carried out* by a drone": whose it is held to be; the row is marked as hedged."""
    return next((c for c in held.children if c.dep_ == "xcomp" and c.tag_ == "VBN"), None)


@cache
def _held_so() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "held_so")


@cache
def _guessing() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "guessing")


@cache
def _placing() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "placing")
