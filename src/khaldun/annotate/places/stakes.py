"""Places as what is fought over: a name that stands where an event word looks for its place.

"retook *Bentiu*", "the liberation of *Derna*", "pulled out of *Dabiq*", "a raid on *Beni*": the construction tells that
the name is a place even where spaCy takes it for a person or sees nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from khaldun.annotate.grammar.trigger_table import Entry
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.words import Token
from khaldun.knowledge import load_data, word_list

Stake = Literal["none", "perhaps", "sure"]

_TERRITORIAL = ("control.", "siege", "retreat.withdraw")
_MOVING = ("retreat.withdraw", "movement", "displacement", "mobilize", "control.", "assault.abduct")
_ATTACKS = ("assault.",)


@dataclass(frozen=True, slots=True)
class HeldWords:
    """Words of the lexicon of control that take a place: what is ruled, what is held, and what one is under."""

    rule: frozenset[str]
    hold: frozenset[str]
    sway: frozenset[str]
    befalling: frozenset[str]
    phrases: frozenset[str]


@cache
def _settled() -> frozenset[str]:
    return word_list("lexicons/en/territory.yaml", "settled")


def _strongholds() -> frozenset[str]:
    return word_list("lexicons/en/control.yaml", "strongholds")


@cache
def held_words() -> HeldWords:
    """The words by which a name beside them is a place."""
    data = load_data("lexicons/en/control.yaml")
    rule, hold, sway, befalling = (frozenset(data["stakes"][part]) for part in ("rule", "hold", "sway", "befalling"))
    return HeldWords(rule, hold, sway, befalling, frozenset(w for row in data["phrases"] for w in row["words"]))


def stake(name: Token) -> Stake:
    """How far the construction round a name's last word says that it is a place.

    "perhaps" where a person or a group may stand there as well ("captured X", "attacked X"): the name must then be
    known to the gazetteer under a weighty entry.
    """
    while name.dep_ == "conj" and name.head.pos_ == "PROPN":
        name = name.head
    if name.lower_ in _SHARES:
        return "none"
    if _held_in_clause(name):
        return "sure"
    if any(c.dep_ == "appos" and c.lemma_.lower() in _strongholds() for c in name.children):
        return "sure"  # "*Qasr*, a former rebel bastion, was quiet"
    if any(c.tag_ == "VBN" and c.lower_ in _HELD and c.nbor(-1).text == "-" for c in name.children if c.i > 1):
        return "sure"  # "aid reached rebel-held *Qasr*"
    name = _shared_out(name)
    if name.dep_ == "pobj" and name.head.lower_ == "of" and name.head.head.lemma_ in _settled():
        name = name.head.head  # "pulled out of *the town of X*"
    if name.dep_ == "poss" and name.head.dep_ in {"dobj", "nsubjpass"}:
        return "perhaps" if _object(name.head.head) != "none" else "none"  # "attacked *Djibo's* water plant"
    if name.dep_ in {"dobj", "nsubjpass", "obj"}:
        held = _subject(name.head) if name.dep_ == "nsubjpass" else "none"
        return held if held == "sure" else _object(name.head)
    if name.dep_ == "nsubj":
        return _subject(name.head)
    if name.dep_ == "pobj":
        return _after(name.head)
    return "none"


def _held_in_clause(name: Token) -> bool:
    """ "*X*, which the rebels have held since August", "X, which was taken on Monday": nobody is "which"."""
    which = next((t for t in name.doc[name.i + 1 : name.i + 3] if t.lower_ == "which"), None)
    if which is None or (name.dep_ == "pobj" and _is_part(name)):
        return False
    behind = list(name.doc[which.i + 1 : which.i + 9])
    verb = next((t for t in behind if t.pos_ == "VERB" or t.lemma_ in held_words().hold), None)
    if verb is None or not (verb.lemma_ in held_words().hold | held_words().rule or is_territorial(verb)):
        return False
    between = behind[: verb.i - which.i - 1]
    return any(t.pos_ in ("NOUN", "PROPN", "PRON") or t.dep_ == "auxpass" for t in between)


def _is_part(name: Token) -> bool:
    """ "The brigade of *X*, which the army has taken": the brigade may be which."""
    return name.head.lower_ in ("of", "by", "for")


def _subject(verb: Token) -> Stake:
    """ "*X* fell to the rebels", "*X* is under their control", "*X* remained in the hands of", "*X* changed hands",
    "*X* is under siege"."""
    if verb.lemma_ == "be" and any(c.dep_ == "attr" and c.lemma_.lower() in _strongholds() for c in verb.children):
        return "sure"
    if verb.lemma_ == "change":
        return "sure" if any(c.dep_ == "dobj" and c.lower_ == "hands" for c in verb.children) else "none"
    below = [
        *verb.children,
        *(g for c in verb.children if c.lower_ in ("back", "now", "still", "out") for g in c.children),
    ]
    behind = [(c.lower_, g) for c in below if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
    if verb.lemma_ == "fall":
        taken = any(name == "to" and (g.pos_ == "PROPN" or read_noun(g.text) is not None) for name, g in behind)
        return "sure" if taken else "perhaps"
    held = any(
        (name in _UNDER or (name == "of" and g.head.head.lower_ == "out")) and g.lemma_.lower() in held_words().phrases
        for name, g in behind
    )
    held = held or any(name == "under" and g.lemma_ in held_words().befalling for name, g in behind)
    return "sure" if held else "none"


def _shared_out(name: Token) -> Token:
    """ "administer *much of* X", "*most of* X is under their control": what holds of the share holds of the place."""
    share = name.head.head
    if name.dep_ != "pobj" or name.head.lower_ != "of" or share.lower_ not in _SHARES or name.head.i != share.i + 1:
        return name
    return share


_SHARES = frozenset("most much half part parts all some rest remainder third two-thirds two-third swathes".split())


def _comes_and_goes(sway: Token) -> bool:
    """ "lost *control of* X", "took *control of* X": not "the control of the party by its founder"."""
    if sway.dep_ == "nsubj":
        return goes_over(sway.head)
    return sway.dep_ == "dobj" and sway.head.lemma_ in _TAKEN and not any(c.dep_ == "det" for c in sway.children)


def goes_over(verb: Token) -> bool:
    """ "Control of X *passed to* the rebels"."""
    to = (t for c in verb.children for t in (c, *c.children))  # "passed from the army *to* the rebels"
    return verb.lemma_ in _GOING_OVER and any(t.lower_ == "to" and t.pos_ != "PART" for t in to)


_HELD = frozenset({"held", "controlled", "occupied", "besieged"})
_TAKEN = frozenset("lose take regain gain seize wrest have retake keep maintain retain assume claim win".split())
_GOING_OVER = frozenset("pass shift revert fall return go move".split())
_PASSING = frozenset({"loss", "handover", "surrender", "cession", "fall"})
_UNDER = frozenset({"under", "in", "into", "to"})


def _object(verb: Token) -> Stake:
    if verb.lemma_ in held_words().rule:
        return "sure"
    least: Stake = "perhaps" if verb.lemma_ in held_words().hold else "none"
    trigger = match(verb)
    if trigger is None:
        return least
    readings = [e for e in trigger.entries if e.bars.get("P") != "any"]  # "*quit*", of an office, has no object
    entries = [e for e in readings if _territorial(e)]
    if not entries:
        return "perhaps" if any(e.kind.startswith(_ATTACKS) for e in readings) else least
    return "sure" if len(entries) == len(readings) else "perhaps"


def is_territorial(verb: Token) -> bool:
    """True for a verb that may take or give up the place that is its object: "seized it", "lost it"."""
    trigger = match(verb)
    return trigger is not None and any(_territorial(e) for e in trigger.entries)


def _of_a_party(preposition: str, entry: Entry) -> bool:
    """ "Took over *from* Akbar", "ceded the port *to* Saleh": who has lost or come by it."""
    return preposition in entry.args.get("target", ()) and preposition not in entry.args.get("place", ())


def _territorial(entry: Entry) -> bool:
    return entry.kind.startswith(_TERRITORIAL) and "P" in entry.args.get("place", ())


def _after(preposition: Token) -> Stake:
    word = preposition.head
    if word.dep_ == "prep":  # "out of X", "from inside X"
        word = word.head
    trigger = match(word)
    name = preposition.lower_
    if name in {"of", "over", "on"} and word.lemma_.lower() in held_words().sway:
        return "sure" if name != "of" or _comes_and_goes(word) else "perhaps"
    if name == "of" and word.lemma_ in _PASSING and any(c.lower_ == "to" for c in word.children):
        return "sure"  # "the loss of *X* to the rebels"
    if trigger is None:
        return "none"
    kinds = [e.kind for e in trigger.entries if name not in ("from", "to") or not _of_a_party(name, e)]
    if name in {"from", "of", "into", "to", "towards", "toward", "outside", "inside"} and any(
        k.startswith(_MOVING) for k in kinds
    ):
        if trigger.entries[0].kind.startswith("control."):
            return "sure"  # "the capture *of X*", though people are captured too
        return "perhaps" if name == "of" and any("of" in e.args.get("target", ()) for e in trigger.entries) else "sure"
    if name in {"of", "to"} and kinds and all(k == "siege" for k in kinds):
        return "sure"  # "the siege *of X*", "laid siege *to X*"
    if name == "for" and any(k == "assault.clash" for k in kinds):
        return "perhaps"  # "the fight *for X*"
    if name in {"of", "on", "over", "against"} and any(k.startswith((*_TERRITORIAL, *_ATTACKS)) for k in kinds):
        return "perhaps"
    return "none"
