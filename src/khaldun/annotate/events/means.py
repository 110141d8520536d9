"""By what means people were hurt: "killed when a mine went off" is an explosion, whatever verb tells of it.

A verb of killing or of attack names no means. Where its clause does (in its subject, behind "by", "with", "in" or
"using", in the clause of time that says how it came about), the happening is of the kind that the means makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache

from khaldun.annotate.grammar.syntax import arguments, conjuncts
from khaldun.annotate.grammar.trigger_table import table
from khaldun.annotate.grammar.triggers import Trigger, is_pit
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.words import Token
from khaldun.knowledge import load_data, word_list

GENERAL = frozenset(
    {
        "assault.attack",
        "assault.killing",
        "assault.firearms",
        "assault.destroy",
        "assault.explosives",
        "assault.shelling",
    }
)
_WRECKING = frozenset({"assault.destroy", "riot"})
_INSTRUMENTAL = ("with", "by", "using", "in", "from", "during", "through")
# How it came about: "was killed *when* a mine exploded". What comes after is another happening.
_OCCASION = frozenset({"when", "as", "while"})


@cache
def _handling() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "handling")


def kind_by_means(kind: str, head: Token) -> str:
    """The kind of the happening that `head` tells, seen what it was done with; `kind` where nothing says so."""
    if kind not in GENERAL:
        return kind
    for word in _means(head):
        for named in (word, *_sent_by(word)):
            found = _kind_of(named)
            if found is not None and _may_become(kind, found):
                return found
    return kind


def _sent_by(arms: Token) -> Iterator[Token]:
    """ "Killed by bombs *dropped by helicopters*": what they came from."""
    for child in arms.children:
        placed = child.lemma_ in word_list("lexicons/en/deeds.yaml", "discharging")
        if child.dep_ in {"acl", "relcl"} and child.tag_ == "VBN" and placed:
            yield from arguments(child).get("by", ()) or arguments(child).get("A", ())


def _may_become(kind: str, found: str) -> bool:
    """Shooting is sharpened by what is fired only, a blast and a missile by the aircraft that they come from only."""
    if kind in {"assault.explosives", "assault.shelling"}:
        return found in {"assault.aerial", "assault.drone"}
    return kind != "assault.firearms" or found != "assault.explosives"


def _means(head: Token) -> Iterator[Token]:
    """The words that may name the means, nearest first."""
    found = arguments(head)
    if head.pos_ in {"VERB", "AUX"}:
        yield from found.get("A", ())
    for preposition in _INSTRUMENTAL if head.pos_ in {"VERB", "AUX"} else ("with", "using"):
        yield from found.get(preposition, ())
    for child in head.children:
        if _is_told_meanwhile(child):
            continue
        if child.dep_ == "advcl" and any(c.lower_ in _OCCASION for c in child.children) and _not_only_handled(child):
            yield from (t for function in ("A", "P", "by", "on", "over") for t in arguments(child).get(function, ()))
        elif child.dep_ in {"advcl", "acl"} and child.lemma_ == "use":
            yield from (t for c in child.children if c.dep_ == "dobj" for t in conjuncts(c))
    above = head.head
    if head.dep_ in {"advcl", "acl"} and head.tag_ == "VBG" and above != head:
        yield above if above.pos_ in {"NOUN", "PROPN"} else next(iter(arguments(above).get("A", ())), above)


def _is_told_meanwhile(clause: Token) -> bool:
    """ "Gunmen killed a judge in Brak *while a bomb wounded* two in Sirte": with a subject of its own it is another
    happening, unlike "was killed while planting a bomb"."""
    inside = {c.dep_ for c in clause.children}
    return "nsubj" in inside and any(c.lower_ == "while" for c in clause.children)


def _not_only_handled(clause: Token) -> bool:
    """False for a clause in which arms are only handled: "was shot when he *found* a mine"."""
    return clause.lemma_.lower() not in _handling()


@cache
def _kinds() -> dict[str, str]:
    rows = load_data("lexicons/en/means.yaml")["means"]
    return {word: row["kind"] for row in rows for word in row["words"]}


def _kind_of(word: Token) -> str | None:
    """The kind by the last words of a noun phrase: "an improvised explosive *device*", "a *mortar shell*"."""
    lemma = word.lemma_.lower()
    if lemma == "mine" and is_pit(word):
        return None  # "were killed when gunmen stormed a gold *mine*"
    before = [c.lemma_.lower() for c in word.children if c.dep_ in {"compound", "amod", "nmod"} and c.i < word.i]
    longer = [f"{modifier} {lemma}" for modifier in before]
    known = _kinds()
    return next((known[name] for name in (*longer, lemma) if name in known), None)


def is_one_bomber(agent: Token, fillers: Fillers) -> bool:
    """ "*The bomber* killed two guards", "*a Front bomber*": a person, unlike "a *Russian* bomber" and "bombers"."""
    if agent.lower_ != "bomber":
        return False
    of = [m for c in agent.children if c.dep_ in {"amod", "compound"} for m in fillers.actors_in(c, depth=0)]
    whose = {fillers.type_of(m) for m in (*of, *fillers.actors_in(agent, depth=0))}
    return not any(c.dep_ in {"amod", "compound"} for c in agent.children) or "armed_group" in whose


def wrecks_besides(trigger: Trigger, taken: Set[int]) -> bool:
    """True for what else a blow did: "airstrikes killed nine fighters and *destroyed* four trucks"."""
    verb = trigger.head
    if verb.dep_ != "conj" or verb.head.i not in taken or verb.lemma_ not in table().reach:
        return False
    own = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return not own and verb.head.lemma_ in table().reach and any(e.kind in _WRECKING for e in trigger.entries)
