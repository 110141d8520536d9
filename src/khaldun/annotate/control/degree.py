"""How far a place is held, and whether it is so still: all of it or a part, once, until a day, never."""

from __future__ import annotations

from functools import cache

from khaldun.annotate.grammar.factuality import Reading
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.roles.extent import districts, extent, is_side, is_tract
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token
from khaldun.knowledge import load_data
from khaldun.model import Mention


@cache
def _whole() -> frozenset[str]:
    return frozenset(load_data("lexicons/en/control.yaml")["whole"])


@cache
def _formerly() -> frozenset[str]:
    return frozenset(load_data("lexicons/en/control.yaml")["formerly"])


def is_former(word: Token) -> bool:
    """ "*Formerly*", "*once*"."""
    return word.lower_ in _formerly()


def as_far(status: str, held: Token, place: Mention, fillers: Fillers) -> str:
    """Who holds some districts of a town contests the town, who holds a side of it, or most of it, holds that; an area
    by it is told with the precision of its place."""
    if status != "holds" or fillers.place(held) is None:  # "X, a town held by …": it is X that is described
        return status
    if is_side(held) or is_tract(held, place):
        return status
    return "contested" if extent([held], place, fillers) == "part" else status


def is_district(held: Token) -> bool:
    """ "The rebel-held *districts* of Qasr", "the army-held *part* of it": a part that has its holder, who does not
    contest the rest by that."""
    return held.lemma_.lower() in districts()


def is_only_by(held: Token, place: Mention, fillers: Fillers) -> bool:
    """ "runs a camp *near Qasr*", "controls *the road* to it": nothing is said of Qasr."""
    if is_tract(held, place):
        return False
    return fillers.place(held) is not None and extent([held], place, fillers) == "beside"


def state_now(told: str, verb: Token, reading: Reading) -> str:
    """What holds now: nobody holds what "neither A nor B controls", and who "once ruled" it, does not hold it, or "had
    held" it when another took it has lost it."""
    if told != "holds":
        return told
    if _neither(verb):
        return "contested"
    if reading.negated or _is_over(verb) or _taken_since(verb):
        return "lost"
    return told


def _is_over(verb: Token) -> bool:
    """ "was *once* ruled by", "ruled X *until* 2019"."""
    until = any(
        c.lower_ == "until" or (c.dep_ == "advcl" and any(g.lower_ == "until" for g in c.children))
        for c in verb.children
    )
    return (until and verb.tag_ in {"VBD", "VBN"}) or any(c.lower_ in _formerly() for c in verb.children)


def is_never(verb: Token) -> bool:
    """ "was *never* under the control of the group", "*did not hold* it a day": what was not held has not been lost."""
    negated = any(c.dep_ == "neg" for c in verb.children)
    return any(c.lower_ == "never" or (negated and c.lower_ == "did") for c in verb.children)


def _neither(verb: Token) -> bool:
    """ "*Neither* the army nor the rebels control the port"."""
    subjects = (c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"})
    return any(c.lower_ == "neither" for s in subjects for c in s.children if c.dep_ in {"preconj", "det", "cc"})


def is_partly(noun: Token, verb: Token) -> bool:
    """ "is *not in full* control of X", "neither … is in control": it is contested, not lost."""
    return _neither(verb) or any(c.lower_ in _whole() for c in noun.children)


def _taken_since(verb: Token) -> bool:
    """ "The army recaptured X, which the group *had held* since March"."""
    if verb.dep_ not in {"relcl", "acl"} or not any(c.lower_ == "had" for c in verb.children):
        return False
    taken = verb.head.head if verb.head.dep_ in {"dobj", "nsubjpass"} else None
    trigger = match(taken) if taken is not None else None
    return trigger is not None and any(e.kind == "control.gain" for e in trigger.entries)
