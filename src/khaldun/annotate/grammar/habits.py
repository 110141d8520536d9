"""Deeds that are told as a habit, or as the sort of thing somebody does: "the fighters *they capture*"."""

from __future__ import annotations

from khaldun.annotate.grammar.triggers import Trigger
from khaldun.annotate.words import Token
from khaldun.model import Frame

HABIT = "habit"
"""The key of a frame that tells of no happening: it says who is at odds with whom, and makes no row of the record."""
_OF_FORCE = ("assault.", "coerce.arrest", "siege")
_PRESENT = frozenset({"VBP", "VBZ"})
_AUXILIARIES = frozenset({"aux", "auxpass"})


def is_habit(trigger: Trigger, frame: Frame) -> bool:
    """True for force in a relative clause of the simple present ("militants whom they *detain*") and for "the abuses
    *being committed* by the militia", without a place, a day or a toll of their own; and for "as we *meet* here"."""
    head = trigger.head
    if frame.tolls or frame.when.basis in ("stated", "relative"):
        return False
    if frame.kind == "consult.meet":
        return trigger.verbal and _is_of_this_hour(head)
    if not frame.kind.startswith(_OF_FORCE) or (frame.roles.get("place") and "place" not in frame.inferred):
        return False
    if trigger.verbal:
        plain = head.tag_ in _PRESENT and not any(c.dep_ in _AUXILIARIES for c in head.children)
        return head.dep_ == "relcl" and plain
    return not frame.roles.get("target") and any(map(_is_going_on, head.children))


def _is_going_on(child: Token) -> bool:
    """ "The abuses *being carried out* by the militia"."""
    return child.dep_ in ("acl", "relcl") and any(c.lower_ == "being" and c.dep_ == "auxpass" for c in child.children)


def _is_of_this_hour(verb: Token) -> bool:
    """ "*As we meet* here, people are suffering": who speaks to whom, and no meeting that is told."""
    if verb.tag_ not in _PRESENT or verb.dep_ != "advcl":
        return False
    told = {c.lower_ for c in verb.children if c.dep_ in ("mark", "nsubj", "advmod")}
    return "we" in told and bool(told & {"as", "while"})
