"""What an event is made of: its trigger, the verb that carries it, and what fills the functions of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.events.evidence import handed_to, is_handed_on
from khaldun.annotate.events.lending import lent_by, owners_of, side_helped, side_of_clause, side_served
from khaldun.annotate.grammar.syntax import Arguments, arguments, behind
from khaldun.annotate.grammar.trigger_table import is_listed, table
from khaldun.annotate.grammar.triggers import Trigger
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.roles.carrier_words import carrier_words
from khaldun.annotate.roles.carriers import aims_of, carrying_clause
from khaldun.annotate.roles.doers_behind import doers_after
from khaldun.annotate.roles.fellow_doers import fellow_doers
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.some_of_whom import those_told_before
from khaldun.annotate.roles.suffered import harm_told, havers_of, those_harmed
from khaldun.annotate.roles.tolls import distinct, stated_toll, takes_lives, told_total, tolls_of, victims_of
from khaldun.annotate.words import Token
from khaldun.copies import quickly_made
from khaldun.knowledge import word_lists
from khaldun.model import Toll

_SHARES = frozenset({"most", "much", "part", "parts", "half", "all", "some", "rest"})
_BELOW = frozenset({"xcomp", "advcl", "conj", "ccomp"})


@dataclass(frozen=True, slots=True)
class _Words:
    trying: frozenset[str]
    demanding: frozenset[str]
    weapons: frozenset[str]
    aircraft: frozenset[str]
    bidding: frozenset[str]
    aiding: frozenset[str]
    naming: frozenset[str]
    airwaves: frozenset[str]
    on_air: frozenset[str]


@cache
def deed_words() -> _Words:
    """The words by which the engine of events tells deeds apart, read once."""
    return word_lists(_Words, "lexicons/en/deeds.yaml")


@quickly_made
@dataclass(frozen=True, slots=True)
class Draft:
    """A trigger with the verb that carries it, if any, and all functions of both."""

    trigger: Trigger
    carrier: Token | None
    functions: Arguments
    tolls: tuple[Toll, ...]


Functions = dict[str, list[Token]]


def draft_of(trigger: Trigger, carrier: Token | None, outcomes: Sequence[Trigger], fillers: Fillers) -> Draft:
    """The draft of one event; `carrier` and `outcomes`, where there are any, lend it what fills their functions."""
    tolls = (*(tolls_of(trigger.head, fillers) if trigger.verbal else ()),)
    if carrier is not None:
        tolls = (*tolls, *tolls_of(carrier, fillers))
    functions = _of_verb(trigger, tolls, fillers) if trigger.verbal else _of_noun(trigger, carrier, fillers)
    tolls = (*tolls, *stated_toll(trigger.head, fillers), *(t for o in outcomes for t in tolls_of(o.head, fillers)))
    if not trigger.verbal and (total := told_total(trigger.head, fillers)):
        tolls = (*(t for t in tolls if t.of != "killed"), *total)  # "to 24 *after three of the wounded died*"
    for outcome in outcomes:
        suffering = "A" if outcome.head.lemma_ in {"die", "perish"} else "P"
        functions.setdefault("outcome", []).extend(arguments(outcome.head).get(suffering, ()))
    teller = carrier or trigger.head
    led_to = tuple(harm_told(teller)) if teller.pos_ == "VERB" else ()
    tolls = (*tolls, *(toll for clause in led_to if clause is not teller for toll in tolls_of(clause, fillers)))
    _add_further_parties(trigger, carrier, led_to, functions, fillers)
    return Draft(trigger, carrier, {n: tuple(t) for n, t in functions.items()}, distinct(tolls))


def _of_verb(trigger: Trigger, tolls: Sequence[Toll], fillers: Fillers) -> Functions:
    """What fills the functions of a deed told by a verb."""
    verb = trigger.head
    functions = {name: list(tokens) for name, tokens in arguments(verb).items()}
    told, doers = those_told_before(verb)
    if told:  # "killing 12 guards, *11 of whom* were beheaded"
        functions["P"] = [*functions.get("P", ()), *told]
        functions["A"] = [*functions.get("A", ()), *doers]
    _add_of_complements(trigger, functions)
    if aims := [c for c in verb.children if c.lemma_ in deed_words().demanding and c.dep_ in _BELOW]:
        functions["protest"] = aims  # "gathered in the square *to demand* his release"
    if any(e.kind == "control.gain" for e in trigger.entries):
        _add_of_gain(functions, fillers)
    if "to" not in functions and (receivers := handed_to(verb, functions.get("P", ()))):
        functions["to"] = receivers
    if verb.lemma_ == "lose" and tolls and (sides := losing_sides(arguments(verb), fillers)):
        functions["losers"], functions["A"] = sides, []
    if senders := _senders(functions.get("A", ()), fillers):
        functions["A"] = [*functions["A"], *senders]
    if verb.lemma_ in carrier_words().ascribing | deed_words().naming:
        for preposition in ("on", "as"):  # "blames the attack in Goma *on the rebels*": hung on the place
            functions.setdefault(preposition, behind(functions.get("P", ()), preposition)[-1:])
        functions["as"] += [t for t in functions["as"] for t in arguments(t).get("of", ())]  # "an act *of aggression*"
    return functions


def _add_of_complements(trigger: Trigger, functions: Functions) -> None:
    """ "Pledged allegiance *to the group*": the phrase hangs on the noun that the verb's entry takes."""
    for complement in trigger.tokens:
        if complement == trigger.head:
            continue
        clause = carrying_clause(complement)  # "lifted the siege that they had imposed *on the town*"
        for word in (complement, clause) if clause is not None and clause != trigger.head else (complement,):
            for name, tokens in arguments(word).items():
                if name not in {"A", "P", "poss", "compound"}:
                    functions.setdefault(name, []).extend(t for t in tokens if t not in functions.get(name, ()))
                elif name == "poss":
                    functions["whose"] = list(tokens)


def _add_of_gain(functions: Functions, fillers: Fillers) -> None:
    """Of what a place was taken a part of, and from whom."""
    for name in {"A", "P"} & set(functions):  # "*most of Benghazi* has returned to army control"
        functions[name] += [t for p in functions[name] if p.lower_ in _SHARES for t in arguments(p).get("of", ())]
    if "from" not in functions:
        functions["from"] = _losers(functions.get("P", ())) or [
            t
            for f in ("A", "in", "of")
            for t in _losers(functions.get(f, ()))
            if fillers.meets("fighters", t) and not _is_of_helpers(t)
        ]


def _of_noun(trigger: Trigger, carrier: Token | None, fillers: Fillers) -> Functions:
    """What fills the functions of a deed told by a noun: its own words, its carrier's, and the clause's around it."""
    noun = trigger.head
    functions = {name: list(tokens) for name, tokens in arguments(noun).items()}
    if "to" in functions and is_handed_on(noun):
        del functions["to"]
    for aim in aims_of(trigger):  # "a bomb *targeting a police van* killed two officers"
        functions.setdefault("on", []).extend(arguments(aim).get("P", ()))
    if carrier is not None:
        for name, tokens in lent_by(carrier, trigger).items():
            functions.setdefault(name, []).extend(t for t in tokens if t not in functions.get(name, ()))
    if owners := owners_of(noun, functions.get("A", ())):
        functions["A"] = list(owners)
    if carrier is not None and carrier.lemma_ == "come" and "from" in functions:
        functions["A"] = functions.pop("from")  # "came under attack *from* the militia"
    if victims := victims_of(noun, fillers):
        functions["A"] = [t for t in functions.get("A", ()) if t not in victims]
        functions["of"] = list(victims)
    _add_sides(trigger, carrier, functions, fillers)
    return functions


def _add_sides(trigger: Trigger, carrier: Token | None, functions: Functions, fillers: Fillers) -> None:
    """Whose deed it was, by whom it was fought, whom it served: the clause that an event noun stands in."""
    noun, kinds = trigger.head, {e.kind for e in trigger.entries}
    if "A" not in functions and ({"with", "against"} & set(functions)):
        functions["A"] = list(side_of_clause(noun)) or _fallen_side(trigger, carrier, fillers)
    if functions.get("A") and not {"with", "against", "between"} & set(functions):
        functions["against"] = _fallen_side(trigger, carrier, fillers)  # "the army *killed nine rebels* in clashes"
    if not functions.get("A") and (sides := _sides_that_lost(trigger, carrier, fillers)):
        functions["A"] = sides
    if not functions.get("A") and (doers := doers_after(noun)):
        functions["A"] = list(doers)
    if not functions.get("A"):
        functions["A"] = list(side_served(noun, kinds))
    if helped := side_helped(noun, kinds):
        functions["helped"] = list(helped)


def _add_further_parties(
    trigger: Trigger,
    carrier: Token | None,
    led_to: Sequence[Token],
    functions: dict[str, list[Token]],
    fillers: Fillers,
) -> None:
    """Those who did it with the doer, those whose thing it was done to, and those whom it brought to harm."""
    told = carrier or trigger.head
    fellows = fellow_doers(told, functions.get("A", ()), fillers)
    if fellows:
        functions["A"] = [*functions["A"], *fellows]
    harmed = [t for clause in led_to for t in those_harmed(clause) if fillers.meets("people", t)]
    harmed += havers_of(trigger.head) if trigger.verbal else ()
    if harmed:
        functions["outcome"] = [*functions.get("outcome", ()), *harmed]


def _fallen_side(trigger: Trigger, carrier: Token | None, fillers: Fillers) -> list[Token]:
    """ "Nine *rebels* were killed in clashes with the army": those who fell are the other side."""
    if carrier is None or all(e.kind != "assault.clash" for e in trigger.entries):
        return []
    return [t for t in arguments(carrier).get("P", ()) if fillers.meets("fighters", t)]


def _sides_that_lost(trigger: Trigger, carrier: Token | None, fillers: Fillers) -> list[Token]:
    """The parties to a fight by their losses: "*the rebels* lost seven men and *the army* three in the battle", "six
    *rebels* and two *soldiers* were killed in clashes"."""
    if carrier is None or all(e.kind != "assault.clash" for e in trigger.entries):
        return []
    found = arguments(carrier)
    if carrier.lemma_ == "lose":
        return losing_sides(found, fillers)
    fell = found.get("A" if carrier.lemma_ in {"die", "perish", "fall"} else "P", ())
    sides = [t for t in fell if fillers.meets("fighters", t) or fillers.meets("armed", t)]
    kinds = {fillers.type_of(m) for t in sides for m in fillers.actors_in(t)}
    return sides if len(kinds) > 1 or _go_by_other_marks(sides) else []


def _go_by_other_marks(sides: Sequence[Token]) -> bool:
    """ "Nine *Kurdish* fighters and six *Turkish-backed* militiamen were killed in clashes": no one side's."""
    marks = [{c.lower_ for c in t.doc[t.left_edge.i : t.i] if c.text[:1].isupper()} for t in sides]
    return len(sides) > 1 and all(marks) and not set.intersection(*marks)


def losing_sides(lose: Arguments, fillers: Fillers) -> list[Token]:
    """Who "lost seven men *and the army three*": the subject, and what is listed with its men."""
    second = [t for t in lose.get("P", ()) if t.dep_ == "conj" and t.tag_ != "NNS"]
    second += [t for t in lose.get("P", ()) if t.dep_ == "conj" and t.tag_ == "NNS" and _is_counted_behind(t)]
    own = [t for t in lose.get("A", ()) if fillers.meets("armed", t)]
    others = [t for t in second if fillers.meets("armed", t)]
    return [*own, *others] if others else []


def _is_counted_behind(side: Token) -> bool:
    """ "The *rebels* seven": a figure behind counts the men of a side, not the side."""
    return any(c.dep_ == "nummod" and c.i > side.i for c in side.children)


def _senders(subjects: Sequence[Token], fillers: Fillers) -> list[Token]:
    """Who launched the arms that are the subject: "a *drone* launched by the rebels hit the port"."""
    arms = table().lists["munition"] | table().lists["drones"] | table().lists["explosive"]
    sent = [t for t in subjects if is_listed(t, arms) and not fillers.actors_in(t)]
    return [doer for t in sent for doer in doers_after(t)]


def _losers(places: Sequence[Token]) -> list[Token]:
    """Whom a place is taken from, where the parser hangs them on it: "captured the town of Brak *from* Hamas"."""
    return behind(places, "from")


def _is_of_helpers(side: Token) -> bool:
    """ "Troops, supported by forces *from the coalition*, took the port": whose men they are, and not who lost it."""
    noun = side.head.head
    return noun.pos_ == "NOUN" and noun.dep_ == "pobj" and read_noun(noun.text) is not None


def is_own_deed(draft: Draft) -> bool:
    """ "Twenty rebels were killed in an assault *they had launched*": those who fell are those who did it."""
    return draft.carrier is not None and takes_lives(draft.carrier) and bool(doers_after(draft.trigger.head))
