"""Small questions of grammar that many rules ask of a word."""

from __future__ import annotations

from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
"""Determiners with which a text takes up what it has told of, or what is known to all."""


def is_definite(noun: Token) -> bool:
    """ "*The* attack", "*these* men"; a possessor ("their attack") does not count here."""
    return any(c.dep_ == "det" and c.lower_ in DEFINITE for c in noun.children)


def is_to_infinitive(verb: Token) -> bool:
    """ "*To seize* weapons"; not the passive "to be seized", whose own word is a participle."""
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def is_backing(word: Token) -> bool:
    """ "a *Uganda-backed* offensive" is not Uganda's own."""
    backed = word.dep_ == "amod" and word.lower_ in word_list("lexicons/en/actors.yaml", "backed")
    return backed and any(c.dep_ == "npadvmod" for c in word.children)


def is_elsewhere(verb: Token) -> bool:
    """True for a verb with a place of its own beside another: "killed two *in Mosul* and wounded five *in Tikrit*"."""
    return verb.head != verb and all(any(_is_placed(c) for c in each.children) for each in (verb, verb.head))


def _is_placed(child: Token) -> bool:
    """True for the phrase of a place by name, or an object with one."""
    if child.dep_ in {"dobj", "nsubjpass"}:
        return any(_is_placed(c) for c in child.children)
    return child.lower_ in _WHERE and any(g.dep_ == "pobj" and g.pos_ == "PROPN" for g in child.children)


_WHERE = frozenset({"in", "at", "near", "outside"})


def frees(verb: Token) -> bool:
    """True for a verb of letting go: "*freed* six hostages, killing two of the captors" tells of two deeds."""
    return verb.lemma_ in _FREEING


_FREEING = frozenset({"free", "rescue", "release"})
