"""Phrases that state who holds a place: "under the *control* of X", "in rebel *hands*", "keeps its *grip* on X"."""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.control.degree import as_far, is_never, is_only_by, is_partly, state_now
from khaldun.annotate.control.lexicon import ControlWords, having_verbs, putting_verbs
from khaldun.annotate.control.meant import listed, only_place, right_before
from khaldun.annotate.control.states import state_frame
from khaldun.annotate.grammar.factuality import Reading, read_factuality
from khaldun.annotate.grammar.syntax import antecedent, arguments, conjuncts
from khaldun.annotate.roles.fillers import ARMED, Fillers
from khaldun.annotate.words import Token
from khaldun.model import Frame, Mention, Report


def is_phrase(token: Token, lemma: str, words: ControlWords) -> bool:
    """ "under the control of", "in rebel hands"; not "in control of", which is said of who holds."""
    above = token.head.lower_
    if lemma not in words.phrases or token.dep_ != "pobj" or above not in {"under", "in", "to", "into", "of"}:
        return False
    if above == "of" and token.head.head.lower_ != "out":
        return False
    return not (lemma == "control" and above == "in")


def holding_phrase(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "X is under the control of Y", "X remains in Y's hands"."""
    actors: list[Mention] = []
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            actors += fillers.actors_in(child, depth=1)
        elif child.dep_ == "prep" and child.lower_ == "of":
            actors += [
                m
                for g in child.children
                if g.dep_ == "pobj"
                for e in conjuncts(g)
                for m in fillers.actors_in(e, depth=1)
            ]
    verb = noun.head.head
    out = verb.lower_ == "out"
    verb = (
        verb.head if out or verb.dep_ == "advmod" else verb
    )  # "is *back* in the hands of", "is *out* of their control"
    if verb.dep_ == "acomp" and verb.pos_ == "ADJ":
        verb = verb.head  # "is calm and *under control* of the army"
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}] or (
        [verb] if verb.pos_ in {"NOUN", "PROPN"} else []
    )
    if verb.lemma_ in having_verbs() | putting_verbs():  # "the army, which *has* X under its control", "*leaving* X …"
        subjects = [c for c in verb.children if c.dep_ == "dobj"] or subjects
    heads = [antecedent(s) for s in subjects]
    first = next(((h, p) for h in heads for p in (fillers.place(h),) if p is not None), None)
    places = [] if first is None else listed(*first, fillers)
    places += [fillers.loci[t.i] for h in heads for t in conjuncts(h)[1:] if places and t.i in fillers.loci]
    reading = read_factuality(verb) if verb.pos_ in {"VERB", "AUX"} else Reading()
    beside = right_before(noun.head, fillers) if noun.head.lower_ in {"under", "in"} else None
    if beside is not None and verb.lemma_ not in {"be", "remain"}:
        places, reading, subjects = [beside], Reading(), []  # "the convoy reached *X, under* the group's control"
    if reading.modality != "actual" or is_never(verb):
        return
    for place in dict.fromkeys(places):
        for actor in actors[:2]:
            told = "lost" if out else state_now("holds", verb, reading)
            more = [*subjects, verb] if subjects else [noun.head]
            yield state_frame(told, actor, place, noun, fillers, report, more)


def having(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    verb = noun.head
    reading = read_factuality(verb)
    if reading.modality != "actual":
        return
    actors = [m for t in arguments(verb).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    functions = {**arguments(verb), **arguments(noun)}
    places = [
        p for f in ("of", "over", "in") for t in functions.get(f, ()) for p in (fillers.place(t),) if p is not None
    ]
    if not {"of", "over", "in"} & functions.keys():
        places = only_place(noun, fillers)
    over = next((t for f in ("of", "over") for t in functions.get(f, ())), None)
    for each in conjuncts(over)[1:] if over is not None and places else ():
        place = fillers.place(each)
        places = [*places[:1], *(listed(each, place, fillers) if place is not None else ())]
    for actor in actors:
        for place in dict.fromkeys(places if over is not None else places[:1]):
            yield state_frame("lost" if reading.negated else "holds", actor, place, noun, fillers, report)


def in_control(noun: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The rebels remain *in control of* X", "is in full control of most of X"."""
    verb = noun.head.head
    reading = read_factuality(verb) if verb.pos_ in {"VERB", "AUX"} else Reading()
    if reading.modality != "actual":
        return
    subjects = arguments(verb).get("A", ()) or [c for c in verb.children if c.dep_ == "nsubj"]
    if verb.lemma_ in putting_verbs():  # "leaving *the group* in full control of X"
        subjects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    actors = [m for t in subjects for m in fillers.actors_in(antecedent(t), depth=1)]
    if not actors and any(t.lower_ == "it" for t in subjects):
        actors = _topic_before(noun, fillers)
    for held in arguments(noun).get("of", ()):
        place = fillers.place(held)
        if place is None or is_only_by(held, place, fillers):
            continue
        told = as_far("holds", held, place, fillers)
        for actor in actors[:2]:
            if fillers.type_of(actor) in ARMED:
                told = "contested" if reading.negated and is_partly(noun, verb) else told
                yield state_frame(state_now(told, verb, reading), actor, place, noun, fillers, report, [verb])


def _topic_before(noun: Token, fillers: Fillers) -> list[Mention]:
    """ "The group threatened … *It* is in control of X": whom the sentence before was about."""
    start = noun.sent.start
    verb = noun.doc[start - 1].sent.root if start else None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb is not None else None
    return list(fillers.actors_in(subject, depth=1)[:1]) if subject is not None else []
