"""One deed that a clause tells by two verbs: the deed, and how it was done or begun.

"Gunmen *lobbing grenades* fought soldiers", "raided a village, *firing on houses*", "*launched an attack* and stormed
the base", "detonated his vest and *blew himself up*".
"""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.annotate.grammar.triggers import Trigger
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.model import Frame

_Told = tuple[Trigger, Frame]
_BY_HAND = frozenset({"assault.explosives", "assault.firearms", "assault.attack", "assault.shelling"})
_OF_BOMBERS = frozenset({"assault.explosives", "assault.suicide"})
_BEGUN = frozenset({"assault.attack", "assault.offensive", "assault.firearms"})
_HOW = frozenset({"acl", "relcl", "advcl"})


def with_one_deed(told: Sequence[_Told]) -> list[_Told]:
    """What is told, without the manner and the beginning of what the same doers did by another verb of the clause."""
    kept = list(told)
    for part in told:
        whole = next((w for w in kept if w is not part and _is_part_of(part, w)), None)
        if part in kept and whole is not None:
            kept.remove(part)
            if part[1].tolls and not whole[1].tolls:
                kept[kept.index(whole)] = (whole[0], replace(whole[1], tolls=part[1].tolls))
    return kept


def _is_part_of(part: _Told, whole: _Told) -> bool:
    frame, other = part[1], whole[1]
    if not other.kind.startswith("assault.") or frame.negated != other.negated or frame.modality != other.modality:
        return False
    doers, others = _doers(frame), _doers(other)
    if not doers or not doers <= others:
        return False
    verb, main = _verb(part[0]), _verb(whole[0])
    if doers == others and {frame.kind, other.kind} <= _OF_BOMBERS and "assault.suicide" in (frame.kind, other.kind):
        return _are_joined(verb, main) and frame.kind == _lesser(frame, other)
    if frame.roles.get("target") or frame.tolls or _has_place_of_its_own(frame, other):
        return False
    if frame.kind in _BY_HAND and _is_how(verb, main):
        return True
    joined = verb.i < main.i and _are_joined(verb, main)
    takes = other.kind == "assault.abduct"  # "attacked a post and *took hostages*": two deeds
    if frame.kind in _BEGUN and doers == others and joined and not takes:
        return bool(other.roles.get("target") or other.tolls)
    bare = not (other.roles.get("target") or other.tolls)
    return frame.kind in _BY_HAND and other.kind in _BY_HAND and bare and main.i < verb.i and _are_joined(main, verb)


def _lesser(frame: Frame, other: Frame) -> str:
    """The kind that goes into the other: the bomb of a bomber into the bomber's blast."""
    return "assault.explosives" if frame.kind != other.kind else frame.kind


def _doers(frame: Frame) -> frozenset[str]:
    return frozenset(m.entity or m.id for m in frame.roles.get("actor", ()))


def _has_place_of_its_own(frame: Frame, other: Frame) -> bool:
    here = {m.entity for m in frame.roles.get("place", ()) if "place" not in frame.inferred}
    return bool(here) and here.isdisjoint(m.entity for m in other.roles.get("place", ()))


def _verb(trigger: Trigger) -> Token:
    """The verb that tells it; of "launched *an attack*" the verb that has the noun."""
    head = trigger.head
    return head.head if not trigger.verbal and head.dep_ in {"dobj", "nsubj", "nsubjpass"} else head


def _are_joined(one: Token, other: Token) -> bool:
    """ "*Opened* fire and *shot* nine": one of the two is coordinated with the other."""
    first, second = (one, other) if one.i < other.i else (other, one)
    while second.dep_ == "conj" and second.head.i >= first.i:
        second = second.head
        if second.i == first.i:
            return True
    return False


def _is_how(verb: Token, main: Token) -> bool:
    """A participle or relative clause below the deed: on its doers ("gunmen *firing* rifles"), or on its verb."""
    while verb.dep_ == "conj":
        verb = verb.head
    if verb.dep_ not in _HOW or (verb.dep_ == "advcl" and verb.tag_ != "VBG"):
        return False
    return verb.i != main.i and any(a.i == main.i for a in verb.ancestors)
