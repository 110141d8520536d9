"""What is told only as the ground of something else: "in revenge for the killing of …", "denounced the arrest of …"."""

from __future__ import annotations

from functools import cache

from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.words import Token
from khaldun.knowledge import load_data


def is_background(trigger: Token, carrier: Token | None = None) -> bool:
    """True for an event that another one answers, or that a clause in the past perfect tells of someone."""
    verb = carrier or trigger
    if verb.pos_ == "VERB":
        return _is_told_of_someone(verb) or _is_answered(verb)
    return _is_answered(trigger) or _is_fled(trigger)


def is_ground(noun: Token) -> bool:
    """True for the deed that somebody is punished for, or that a move is made over: "was jailed for *the bombing*",
    "for his role in *the bombing*", "a strike over *the arrest*"."""
    if noun.dep_ != "pobj" or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    before = noun.head
    if before.lower_ == "in" and before.head.lemma_ in clause_words().sharing and before.head.dep_ == "pobj":
        before = before.head.head
    if before.lower_ == "over":
        return True
    return before.lower_ == "for" and before.head.lemma_ in _words("punished")


def _is_answered(word: Token) -> bool:
    """True below a noun of answering ("in *revenge* for") or as what a verdict is about ("*denounced* the arrest")."""
    head = word.head
    if word.dep_ in ("pobj", "pcomp") and head.lower_ in ("for", "to", "of", "against", "over", "at"):
        before = head.doc[max(head.i - 1, 0)]  # "in revenge" may hang on the verb and leave "for" to it
        if {head.head.lemma_.lower(), before.lemma_.lower()} & _words("answers"):
            return True
        if head.head.lemma_.lower() in _words("charges") and head.head.dep_ in ("acl", "relcl", "amod"):
            return True  # "a man *accused of* rape"
        return head.head.lemma_.lower() in _words("verdicts")
    if word.dep_ == "acl" and head.dep_ == "dobj":  # "to avenge the herders *killed* in Brak"
        return head.head.lemma_.lower() in _words("verdicts")
    return word.dep_ == "dobj" and head.lemma_.lower() in _words("verdicts")


def _is_fled(noun: Token) -> bool:
    """ "Were hit as they *fled fighting* in Brak", "had *fled from the bombing*": what one gets away from."""
    before = noun.head
    if noun.dep_ == "pobj" and before.lower_ == "from":
        before = before.head
    return noun.dep_ in ("dobj", "pobj") and before.pos_ == "VERB" and before.lemma_ in _words("fled")


def _is_told_of_someone(verb: Token) -> bool:
    """True for a relative clause in the past perfect: "who *had tortured* them". "Had been marching" goes on still."""
    return (
        verb.dep_ == "relcl"
        and verb.tag_ != "VBG"
        and any(c.dep_ == "aux" and c.lower_ in ("had", "'d") for c in verb.children)
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_data("lexicons/en/backgrounds.yaml")[kind])
