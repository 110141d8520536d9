"""Clauses whose verb tells no happening of its own: who somebody is, what a deed was for, what was not even done."""

from __future__ import annotations

from khaldun.annotate.factuality import is_purpose
from khaldun.annotate.triggers import table
from khaldun.annotate.words import Token


def is_to_be_done(head: Token) -> bool:
    """True for "a call for forces *to be deployed*": nobody has moved."""
    return head.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children)


# What comes to grief by itself, with the verbs that say so of it alone.
_CONVEYANCES = frozenset("bus minibus coach car truck lorry van train tram taxi ferry boat plane ship".split())
_MISHAPS = frozenset("plunge veer skid swerve tumble sink run roll slide".split())


def _is_accident(verb: Token) -> bool:
    if verb.lemma_ in table().lists["accident"]:
        return True  # "the bus *crashed*", "the ferry *capsized*"
    return verb.lemma_ in _MISHAPS and any(
        c.dep_ == "nsubj" and c.lemma_.lower() in _CONVEYANCES for c in verb.children
    )


def is_aside(head: Token) -> bool:
    """True where a clause only says who somebody is or what a deed was for: "a man *whose* sister was killed",
    "launched the raid *to seize* weapons"."""
    if any(t.tag_ == "WP$" for c in head.children for t in c.subtree if c.dep_ in {"nsubj", "nsubjpass"}):
        return True
    outcome = head.head if head.dep_ == "conj" and head.tag_ == "VBG" else head
    if outcome.dep_ == "advcl" and outcome.tag_ == "VBG" and _is_accident(outcome.head):
        return True  # "the bus crashed, *killing* twelve"
    if head.lemma_ == "fire" and head.dep_ == "pcomp" and head.head.lower_ == "without":
        return True  # "took the port *without firing* a shot"
    return is_purpose(head)
