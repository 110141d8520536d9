"""Places that stand between parties: they change hands, go over, are divided between two or fought over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from khaldun.annotate.control.meant import listed
from khaldun.annotate.control.states import is_country, state_frame
from khaldun.annotate.grammar.factuality import Reading, read_factuality
from khaldun.annotate.grammar.syntax import antecedent, arguments, conjuncts
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.roles.extent import settled_ground
from khaldun.annotate.roles.fillers import ARMED, UNDER_ARMS, Fillers
from khaldun.annotate.words import Token
from khaldun.knowledge import load_data, word_list
from khaldun.model import Frame, Mention, Report

MAY_HOLD = ARMED | {"organisation"}
"""Who may hold a place: "the town is held by the opposition" """


@cache
def fighting_words() -> frozenset[str]:
    """Words for a fight that may be for a place."""
    return word_list("lexicons/en/deeds.yaml", "fighting")


def changed_hands(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "X has *changed hands* three times between A and B": each contests it."""
    verb = noun.head
    reading = read_factuality(verb)
    place = next((p for c in verb.children if c.dep_ == "nsubj" for p in (fillers.place(c),) if p is not None), None)
    between = [g for t in verb.subtree if t.lower_ == "between" for g in t.children if g.dep_ == "pobj"]
    if place is None or reading.negated or reading.modality != "actual":
        return
    for actor in [m for g in between for t in conjuncts(g) for m in fillers.actors_in(t, depth=1)][:2]:
        if fillers.type_of(actor) in ARMED:
            yield state_frame("contested", actor, place, noun, fillers, report, [verb])


def gone_over(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "*Control* of X passed to the rebels"."""
    verb = noun.head
    reading = read_factuality(verb)
    if reading.modality != "actual" or reading.negated:
        return
    places = [
        p for f in ("of", "over") for t in arguments(noun).get(f, ()) for p in (fillers.place(t),) if p is not None
    ]
    functions = arguments(verb)
    to = functions.get("to", ()) or [
        g for c in verb.children if c.lower_ == "from" for t in c.children if t.lower_ == "to" for g in t.children
    ]
    for status, tokens in (("holds", to), ("lost", functions.get("from", ()))):
        actors = [m for t in tokens for m in fillers.actors_in(t, depth=1)]
        for actor in actors[:1]:
            if places and fillers.type_of(actor) in MAY_HOLD:
                yield state_frame(status, actor, places[0], noun, fillers, report, [verb])


def owned_sway(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "*The army's control of* X is fragile", "threatened *its grip on* X"; "ended the group's control of X", "its
    control of X is over"."""
    verb, functions = noun.head, arguments(noun)
    reading = read_factuality(verb)
    over = verb.lemma_ == "be" and any(c.lower_ in _OVER for c in verb.children)
    told = "lost" if verb.lemma_ in _ENDING or over else "holds"
    plain = verb.lemma_ in _ENDING | _CHANGING or noun.dep_ == "nsubj"
    if not plain or reading.modality != "actual" or (reading.negated and told == "lost"):
        return
    places = [
        p for f in ("of", "over", "on") for t in functions.get(f, ()) for p in (fillers.place(t),) if p is not None
    ]
    owners = (*functions.get("poss", ()), *functions.get("compound", ()))
    actors = [m for t in owners for m in fillers.actors_in(t, depth=1)]
    for actor in actors[:1]:
        if places and fillers.type_of(actor) in ARMED and not is_country(places[0]):
            yield state_frame(told, actor, places[0], noun, fillers, report, [verb])


def taken_list(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "Took *control* of the town of X and the villages of *Y and Z*": those that are named behind the first."""
    verb = noun.head
    trigger, reading = match(verb), read_factuality(verb)
    gains = trigger is not None and any(e.kind == "control.gain" for e in trigger.entries)
    gains = gains or verb.lemma_ in word_list("lexicons/en/control.yaml", "imposing")
    if not gains or reading.negated or reading.modality != "actual":
        return
    functions = {**arguments(verb), **arguments(noun)}
    first = next((t for f in ("of", "over") for t in functions.get(f, ())), None)
    beside = [t for t in functions.get("P", ()) if t.i > noun.i and t.lemma_.lower() in settled_ground()]
    heads = [*(conjuncts(first) if first is not None else ()), *beside]
    named = [(t, p) for t in heads for p in (fillers.place(t),) if p is not None]
    places = list(dict.fromkeys(e for t, p in named for e in listed(t, p, fillers)))
    actors = [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    for actor in actors[:1]:
        for place in places[1:]:
            if fillers.type_of(actor) in ARMED and not is_country(place):
                yield state_frame("holds", actor, place, noun, fillers, report, [verb], taken=True)


_ENDING = frozenset({"end", "break", "cease", "collapse"})
_CHANGING = frozenset({"threaten", "challenge", "weaken", "loosen", "undermine", "cement", "consolidate", "strengthen"})
"""What may be done to a sway that somebody has."""
_OVER = frozenset({"over", "gone", "finished", "broken", "lost"})


def fought_over(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "A and B are fighting *for control of* X", "the battle for control of X between A and B"."""
    word = noun.head.head
    if word.lemma_.lower() not in fighting_words():
        return
    reading = read_factuality(word) if word.pos_ == "VERB" else Reading()
    if reading.negated or reading.modality != "actual":
        return
    functions = arguments(word)
    sides = [*functions.get("A", ()), *functions.get("with", ()), *functions.get("between", ())]
    actors = dict.fromkeys(m for t in sides for e in conjuncts(t) for m in fillers.actors_in(e, depth=1))
    for place in [p for t in arguments(noun).get("of", ()) for p in (fillers.place(t),) if p is not None][:1]:
        for actor in actors:
            if fillers.type_of(actor) in ARMED and not is_country(place):
                yield state_frame("contested", actor, place, noun, fillers, report, [word])


def fought_for(word: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "A and B are *fighting for* X", "the *battle over* X between A and B": a town or a part of one, and no cause."""
    reading = read_factuality(word) if word.pos_ == "VERB" else Reading()
    over = [c for c in word.children if c.dep_ == "prep" and c.lower_ in {"for", "over"}]
    if not over or reading.negated or reading.modality != "actual":
        return
    ground = [g for c in over for g in c.children if g.i in fillers.loci or g.lemma_.lower() in settled_ground()]
    place = next((p for g in ground for p in (fillers.place(g),) if p is not None), None)
    if place is None or is_country(place):
        return
    functions = arguments(word)
    sides = [t for f in ("A", "with", "between", "against") for t in functions.get(f, ())]
    actors = dict.fromkeys(m for t in sides for e in conjuncts(t) for m in fillers.actors_in(e, depth=1))
    for actor in actors:
        if fillers.type_of(actor) in UNDER_ARMS:
            yield state_frame("contested", actor, place, word, fillers, report)


def divided(word: Token, status: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "X is *contested* between A and B", "X, *divided* between government and rebel control": each in its part."""
    reading = read_factuality(word)
    between = [g for c in word.children if c.lower_ == "between" for g in c.children if g.dep_ == "pobj"]
    if not between or reading.negated or reading.modality != "actual":
        return
    above = [word.head] if word.dep_ in {"acl", "amod"} else [c for c in word.children if c.dep_ == "nsubjpass"]
    if word.dep_ in {"acomp", "oprd", "attr"}:  # "X remains *divided* between …"
        above = [c for c in word.head.children if c.dep_ in {"nsubj", "nsubjpass"}]
    place = next((p for c in above for p in (_told_of(antecedent(c), fillers),) if p is not None), None)
    if place is None or is_country(place):
        return
    actors = list(dict.fromkeys(m for g in between for m in _sides(g, fillers)))
    for actor in actors if len(actors) > 1 else ():
        yield state_frame(status, actor, place, word, fillers, report)


def _told_of(head: Token, fillers: Fillers) -> Mention | None:
    """ "The city of *X*, …", "*X*, a city …"."""
    place = fillers.place(head)
    return fillers.place(head.head) if place is None and head.dep_ == "appos" else place


def _sides(word: Token, fillers: Fillers) -> Iterator[Mention]:
    """The parties that stand behind "between", themselves or as whose control it is."""
    for each in conjuncts(word):
        if each.lemma_.lower() in _sways():
            for child in each.children:
                if child.dep_ in {"compound", "nmod", "amod", "poss"}:
                    yield from (m for t in conjuncts(child) for m in fillers.actors_in(t, depth=1) if _may(m, fillers))
        else:
            own = fillers.actors_in(each, depth=1)[:1]
            before = (
                m for t in each.subtree if t.i < each.i for m in fillers.actors.get(t.i, ())
            )  # "*rebel*-held east"
            yield from (m for m in (own or tuple(dict.fromkeys(before))[:2]) if _may(m, fillers))


def _may(actor: Mention, fillers: Fillers) -> bool:
    return fillers.type_of(actor) in MAY_HOLD


@cache
def _sways() -> frozenset[str]:
    return frozenset(load_data("lexicons/en/control.yaml")["stakes"]["sway"])
