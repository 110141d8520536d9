"""Verbs that only give the outcome of what is told beside them: those killed, what was destroyed.

They are no deed of their own: "hit a convoy, *killing* nine", "strikes killed four men and *destroyed* six lorries".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from khaldun.annotate.grammar.questions import frees, is_elsewhere
from khaldun.annotate.grammar.trigger_table import is_listed, table
from khaldun.annotate.grammar.triggers import Trigger
from khaldun.annotate.roles.carrier_words import carrier_words
from khaldun.annotate.words import Token


def results_among(triggers: Sequence[Trigger], told: Set[int]) -> dict[int, int]:
    """Verbs of killing that only give the outcome of the verb above them: "hit a convoy, *killing* nine".

    From the index of each to the index of the verb whose outcome it gives.
    """
    found: dict[int, int] = {}
    killing = {t.head.i for t in triggers if t.verbal and any(e.kind == "assault.killing" for e in t.entries)}
    for trigger in triggers:
        verb = trigger.head
        if any(c.dep_ == "nsubj" for c in verb.children) and verb.dep_ == "conj" and verb.tag_ == "VBD":
            continue  # "… and *another wounded* four in Garissa"
        if (
            verb.i in killing
            and verb.dep_ == "conj"
            and verb.head.i in killing
            and verb.lemma_ in carrier_words().harming
            and not is_elsewhere(verb)
        ):
            found[verb.i] = verb.head.i  # "killed dozens and injured others"
        elif verb.i in killing and verb.dep_ == "conj" and verb.head.i in told and _strikes_by_itself(verb.head):
            found[verb.i] = verb.head.i  # "a drone hit the base and *wounded* five"
        elif verb.i in killing and verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.lemma_ == "leave":
            found[verb.i] = verb.head.head.i  # "leaving 11 dead and 20 *wounded*"
        if (
            trigger.verbal
            and not frees(verb.head)
            and any(e.kind == "assault.killing" for e in trigger.entries)
            and verb.dep_ in {"advcl", "acl"}
            and verb.tag_ == "VBG"
            and verb.head.i in told
            and verb.head.i != verb.i
        ):
            found[verb.i] = verb.head.i  # "hit a convoy, *killing* nine", "a counter-attack *killing* twelve rebels"
        elif verb.i in killing and (deed := _deed_that_left(verb, told)) is not None:
            found[verb.i] = deed.i
    return found


def _deed_that_left(leaving: Token, told: Set[int]) -> Token | None:
    """ "The army attacked the base of a rebel group *leaving 11 dead*": the attack did, and not the group."""
    if leaving.lemma_ != "leave" or leaving.dep_ != "acl" or leaving.tag_ != "VBG" or leaving.head.i in told:
        return None
    above = next((a for a in leaving.ancestors if a.i in told or a.pos_ == "VERB"), None)
    if above is not None and above.i not in told:
        above = next((c for c in above.children if c.dep_ == "dobj" and c.i in told), None)
    return above


def _strikes_by_itself(verb: Token) -> bool:
    """True for the verb of a missile, a shell or a drone, whose harm is that of the strike."""
    arms = table().lists["munition"] | table().lists["drones"]
    return any(is_listed(t, arms) for t in verb.children if t.dep_ == "nsubj")


def deaths_besides(nominal: Mapping[int, Trigger], carriers: Mapping[int, Token | None]) -> dict[int, int]:
    """Verbs of killing joined to the verb that carries an event noun: "the strikes hit a school and *wounded* ten"."""
    return {
        other.i: noun
        for noun, verb in carriers.items()
        if verb is not None and nominal[noun].head.dep_ == "nsubj" and nominal[noun].head.head is verb
        for other in verb.children
        if other.dep_ == "conj" and other.lemma_ in carrier_words().harming | {"kill"} and not is_elsewhere(other)
        if not any(c.dep_ in {"nsubj", "nsubjpass"} for c in other.children)
    }


def deaths_it_led_to(nominal: Mapping[int, Trigger], carriers: Mapping[int, Token | None]) -> dict[int, int]:
    """Verbs of the clause that says what a deed told by verb and noun led to: "claimed responsibility for a bombing
    *that killed* two", "staged a raid *that destroyed* a bridge *and killed* six"."""
    found: dict[int, int] = {}
    reach = table().reach | carrier_words().harming
    for noun, carrier in carriers.items():
        for clause in nominal[noun].head.children if carrier is not None else ():
            led = clause.dep_ == "relcl" and clause is not carrier and clause.lemma_ in reach
            if not led or not any(c.dep_ == "nsubj" and c.tag_ in {"WDT", "WP"} for c in clause.children):
                continue
            found[clause.i] = noun
            found |= {c.i: noun for c in clause.children if c.dep_ == "conj" and c.lemma_ in reach}
    return found


def deaths_in_the_fight(nominal: Mapping[int, Trigger], triggers: Sequence[Trigger]) -> dict[int, int]:
    """Verbs of killing whose clause says what came of a fight that no verb tells: "was locked in *heavy fighting* with
    rebels, *killing* eight"."""
    found: dict[int, int] = {}
    for verb in (t.head for t in triggers if t.verbal and any(e.kind == "assault.killing" for e in t.entries)):
        if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.head.lemma_ not in carrier_words().embroiling:
            continue
        for noun in (g for c in verb.head.children if c.dep_ == "prep" and c.lower_ == "in" for g in c.children):
            if noun.i in nominal:
                found[verb.i] = noun.i
    return found


def deaths_when(triggers: Sequence[Trigger], carriers: Mapping[int, Token | None]) -> dict[int, int]:
    """Passives of killing whose clause of time tells the deed: "nine *were killed* when troops shelled a market", "six
    *died* as rebels launched an attack"."""
    told = {t.head.i: t for t in triggers if t.verbal}
    nouns = {verb.i: noun for noun, verb in carriers.items() if verb is not None}
    found: dict[int, int] = {}
    for verb in (t.head for t in told.values() if any(e.kind == "assault.killing" for e in t.entries)):
        undergone = verb.lemma_ in _DYING or any(c.dep_ == "auxpass" for c in verb.children)
        also = [
            c for c in verb.children if c.dep_ == "conj" and c.lemma_ in carrier_words().harming and c.tag_ == "VBN"
        ]
        for clause in (c for v in (verb, *also) for c in v.children) if undergone else ():
            marks = {c.lower_ for c in clause.children if c.dep_ in _MARKS}
            if clause.dep_ != "advcl" or not (marks & _WHEN or ("after" in marks and not _has_own_day(verb))):
                continue
            deed, doers = told.get(clause.i), [c for c in clause.children if c.dep_ == "nsubj"]
            if any(c.tag_ == "PRP" for c in doers):
                continue  # "were killed as *they* attacked the barracks"
            if clause.i in nouns:
                found[verb.i] = nouns[clause.i]
            elif deed is not None and doers and any(e.kind in _DEEDS for e in deed.entries):
                found[verb.i] = clause.i
    return found


def _has_own_day(verb: Token) -> bool:
    """ "Died *on Monday* after gunmen attacked his house on Friday"."""
    times = (g for c in verb.children if c.dep_ in {"prep", "npadvmod"} for g in (c, *c.children))
    return any(t.ent_type_ in {"DATE", "TIME"} for t in times)


_DYING = frozenset({"die", "perish"})
_WHEN = frozenset({"when", "as"})
_MARKS = frozenset({"advmod", "mark"})
_DEEDS = frozenset(
    f"assault.{deed}"
    for deed in ("attack", "aerial", "drone", "explosives", "firearms", "shelling", "offensive", "clash")
) | {"riot", "mob", "assault.crowd", "loot"}
_FROM_AFAR = frozenset(f"assault.{means}" for means in ("aerial", "drone", "explosives", "shelling"))


def ruin_among(triggers: Sequence[Trigger], carried: Set[int], results: Mapping[int, int]) -> dict[int, int]:
    """Verbs of ruin that only give the outcome of what was told before: "strikes killed four men and *destroyed* six
    lorries", "shelled the village and *burned* two houses", "raided the village, *burning* two houses".

    `carried` are the verbs that carry an event noun as their subject; `results` gives what is an outcome already:
    "clashed with them, *killing* ten and *destroying* a lorry".
    """
    told = {t.head.i: t for t in triggers if t.verbal}
    found: dict[int, int] = {}
    for verb in (t.head for t in told.values() if t.head.lemma_.lower() in carrier_words().ruining):
        first = verb.head if verb.head.i in told else _below_report(verb.head, told)
        kinds = {e.kind for e in told[first.i].entries} if first.i in told else set()
        if any(c.dep_ in {"nsubj", "nsubjpass", "agent", "auxpass", "mark"} for c in verb.children):
            continue
        if verb.dep_ == "conj":
            only = (
                first.i in carried
                or (bool(kinds) and kinds <= _FROM_AFAR)
                or (verb.tag_ == "VBG" and first.i in results)
            )
        else:
            only = verb.dep_ == "advcl" and verb.tag_ == "VBG" and (first.i in carried or _is_violence(kinds))
        if only and first.i != verb.i:
            found[verb.i] = found.get(first.i, results.get(first.i, first.i))
    return found


def _below_report(verb: Token, told: Mapping[int, Trigger]) -> Token:
    """The deed of "*were reported to have fired* missiles into the valley, striking a mill", on which the parser hangs
    the rest above; else the verb itself."""
    below = (c for c in verb.children if c.dep_ == "xcomp" and c.i in told)
    return next(below, verb) if verb.lemma_ in carrier_words().telling else verb


def _is_violence(kinds: Set[str]) -> bool:
    """True where force is used by all readings, one of a test shot aside: "*fired* missiles"."""
    deeds = kinds - {"mobilize"}
    return bool(deeds) and all(kind.startswith(("assault.", "mob", "riot", "loot")) for kind in deeds)


def deaths_in_which(nominal: Mapping[int, Trigger], triggers: Sequence[Trigger]) -> dict[int, int]:
    """Verbs that give the outcome of the event noun before them: "an attack *in which* eleven people *were hacked*"."""
    verbal = {t.head.i for t in triggers if t.verbal and all(e.kind.startswith("assault.") for e in t.entries)}
    found: dict[int, int] = {}
    for clause in (t.head for t in triggers if t.head.i in verbal and t.head.dep_ == "relcl"):
        within = any(
            c.dep_ == "prep" and c.lower_ in {"in", "during"} and any(g.lower_ == "which" for g in c.children)
            for c in clause.children
        )
        noun = clause.head
        while within and noun.i not in nominal and noun.dep_ in {"pobj", "prep"}:
            noun = noun.head
        if within and noun.i in nominal and nominal[noun.i].entries[0].kind.startswith("assault."):
            found[clause.i] = noun.i
    return found
