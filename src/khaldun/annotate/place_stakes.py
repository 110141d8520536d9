"""Places as what is fought over: a name that stands where an event word looks for its place.

"retook *Bentiu*", "the liberation of *Derna*", "pulled out of *Dabiq*", "a raid on *Beni*": the construction tells that
the name is a place even where spaCy takes it for a person or sees nothing.
"""

from __future__ import annotations

from typing import Literal

from khaldun.annotate.trigger_table import Entry
from khaldun.annotate.triggers import match
from khaldun.annotate.words import Token

Stake = Literal["none", "perhaps", "sure"]

_TERRITORIAL = ("control.", "siege", "retreat.withdraw")
_MOVING = ("retreat.withdraw", "movement", "displacement", "mobilize", "control.", "assault.abduct")
_ATTACKS = ("assault.",)


def stake(name: Token) -> Stake:
    """How far the construction round a name's last word says that it is a place.

    "perhaps" where a person or a group may stand there as well ("captured X", "attacked X"): the name must then be
    known to the gazetteer under a weighty entry.
    """
    while name.dep_ == "conj" and name.head.pos_ == "PROPN":
        name = name.head
    if name.dep_ == "poss" and name.head.dep_ in {"dobj", "nsubjpass"}:
        return "perhaps" if _object(name.head.head) != "none" else "none"  # "attacked *Djibo's* water plant"
    if name.dep_ in {"dobj", "nsubjpass", "obj"}:
        return _object(name.head)
    if name.dep_ == "nsubj" and name.head.lemma_ == "fall":
        return "perhaps"
    if name.dep_ == "pobj":
        return _after(name.head)
    return "none"


def _object(verb: Token) -> Stake:
    trigger = match(verb)
    if trigger is None:
        return "none"
    entries = [e for e in trigger.entries if _territorial(e)]
    if not entries:
        return "perhaps" if any(e.kind.startswith(_ATTACKS) for e in trigger.entries) else "none"
    return "sure" if len(entries) == len(trigger.entries) else "perhaps"


def is_territorial(verb: Token) -> bool:
    """True for a verb that may take or give up the place that is its object: "seized it", "lost it"."""
    trigger = match(verb)
    return trigger is not None and any(_territorial(e) for e in trigger.entries)


def _territorial(entry: Entry) -> bool:
    return entry.kind.startswith(_TERRITORIAL) and "P" in entry.args.get("place", ())


def _after(preposition: Token) -> Stake:
    word = preposition.head
    if word.dep_ == "prep":  # "out of X", "from inside X"
        word = word.head
    trigger = match(word)
    if trigger is None:
        return "none"
    name = preposition.lower_
    kinds = [e.kind for e in trigger.entries]
    if name in {"from", "of", "into", "to", "towards", "toward", "outside", "inside"} and any(
        k.startswith(_MOVING) for k in kinds
    ):
        return "perhaps" if name == "of" and any("of" in e.args.get("target", ()) for e in trigger.entries) else "sure"
    if name in {"of", "on", "over", "against"} and any(k.startswith((*_TERRITORIAL, *_ATTACKS)) for k in kinds):
        return "perhaps"
    return "none"
