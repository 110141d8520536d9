"""Nouns that state who holds a place or is there: "a *stronghold* of the group", "its *camp* near X"."""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.control.degree import is_former
from khaldun.annotate.control.keeping import made_into
from khaldun.annotate.control.lexicon import everywhere, having_verbs, running_verbs
from khaldun.annotate.control.meant import right_before
from khaldun.annotate.control.peoples import of_people
from khaldun.annotate.control.presence import place_of_object, serving
from khaldun.annotate.control.states import is_country, state_frame
from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.syntax import antecedent, arguments, one_of
from khaldun.annotate.grammar.triggers import match
from khaldun.annotate.roles.denoted import is_building
from khaldun.annotate.roles.fillers import ARMED, Fillers
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, Report


def holding_noun(noun: Token, status: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "the group's stronghold of X", "X, a stronghold of the group", "the positions of the group near X"."""
    actors: list[Mention] = []
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"}:
            actors += () if child.lower_ in everywhere() else fillers.actors_in(child, depth=1)
        elif child.dep_ == "prep" and child.lower_ in {"of", "for"}:
            actors += [m for g in child.children if g.dep_ == "pobj" for m in fillers.actors_in(g, depth=1)]
    if noun.dep_ == "dobj" and noun.head.lemma_ in having_verbs() | running_verbs() and not actors:
        actors += [m for t in arguments(noun.head).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    if not actors and noun.lemma_.lower() in word_list(
        "lexicons/en/control.yaml", "strongholds"
    ):  # "the *Kurdish* enclave of X"
        actors += [m for c in noun.children if c.i == noun.i - 1 for m in of_people(c, fillers)]
    if _is_denied(noun):
        return
    served, made = serving(noun), made_into(noun)
    done = served or (made[0] if made is not None else None)
    if done is not None and not actors:
        actors = [m for t in arguments(done).get("A", ()) for m in fillers.actors_in(t, depth=1)]
    if made is not None:
        place = fillers.place(made[1])
    else:
        place = _noun_place(noun, status, fillers) if served is None else place_of_object(served, fillers)
    if served is not None and place is not None and is_building(place):
        status = "holds"  # "used the Salam *hospital* as a base"
    if place is not None and any(a.span.contains(place.span) for a in actors):
        place = _besides(noun, fillers)  # "had been the stronghold of al-Qaeda in the *Arabian Peninsula*"
    # "the capital of Syria" says nothing; "the group's self-proclaimed capital" does
    kinds = {"armed_group"} if noun.lemma_ == "capital" else ARMED
    armed = [a for a in actors if fillers.type_of(a) in kinds]
    if _is_taken(noun) or _is_of_the_past(noun):
        if status == "present":
            return  # "captured the last army *base* in Qasr"
        status = "lost"
    if armed and place is not None and not is_country(place):
        yield state_frame(status, armed[0], place, noun, fillers, report)


def _is_of_the_past(noun: Token) -> bool:
    """ "A *former* stronghold of the group", "was *once* a stronghold"."""
    if any(c.dep_ in {"amod", "advmod"} and is_former(c) for c in noun.children):
        return True
    return noun.dep_ == "attr" and any(c.dep_ == "advmod" and is_former(c) for c in noun.head.children)


def _is_taken(noun: Token) -> bool:
    """ "The group's last *enclave*, X, was captured", "the *stronghold* of the group, X, fell to the army", "took
    control of an army *base* near X"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "of":
        taking = verb.head.head if verb.head.lemma_ == "control" else verb.head  # the parser hangs "of" on either
        of_control = any(c.dep_ == "dobj" and c.lemma_ == "control" for c in taking.children)
        return of_control and match(taking) is not None and taking.lemma_ not in having_verbs()
    if noun.dep_ not in {"nsubjpass", "dobj", "nsubj"} or verb.pos_ != "VERB":
        return False
    trigger = match(verb)
    gains = trigger is not None and any(e.kind == "control.gain" for e in trigger.entries)
    reading = read_factuality(verb)
    return (
        gains
        and (noun.dep_ != "nsubj" or verb.lemma_ == "fall")
        and not reading.negated
        and reading.modality == "actual"
    )


def _said_of(noun: Token, fillers: Fillers) -> Mention | None:
    """The place that the noun says what it is: "*X* is a stronghold", "*X*, one of the strongholds"."""
    top = one_of(noun) or noun
    if top.dep_ == "appos":
        return fillers.place(top.head, depth=2) if top.head.i < top.i else None
    if top.dep_ != "attr" or top.head.lemma_ != "be":
        return None
    subjects = (antecedent(c) for c in top.head.children if c.dep_ == "nsubj")
    return next((p for c in subjects for p in (fillers.place(c),) if p), None)


def _besides(noun: Token, fillers: Fillers) -> Mention | None:
    """The place that a noun is said of: "*X* is a stronghold", "*X*, a stronghold"."""
    if noun.dep_ == "attr":
        return next(
            (p for c in noun.head.children if c.dep_ == "nsubj" for p in (fillers.place(antecedent(c)),) if p), None
        )
    return fillers.place(noun.head) if noun.dep_ == "appos" else right_before(noun, fillers)


def _is_denied(noun: Token) -> bool:
    """ "has *no* presence in X", "is *not* a stronghold of the group", "could set up camps": no state that holds."""
    if any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in noun.children) or noun.head.lower_ == "without":
        return True
    if noun.dep_ not in {"dobj", "attr", "nsubj", "nsubjpass"} or noun.head.pos_ not in {"VERB", "AUX"}:
        return False
    reading = read_factuality(noun.head)
    return reading.negated or (noun.dep_ == "dobj" and reading.modality != "actual")


def _noun_place(noun: Token, status: str, fillers: Fillers) -> Mention | None:
    below = fillers.place(noun, depth=3)
    if status == "holds" and (said_of := _said_of(noun, fillers)) is not None:
        of = (g for c in noun.children if c.lower_ == "of" for g in c.children)
        if all(fillers.place(g) != below for g in of):
            return said_of  # "*X* is one of the last strongholds of the group near Y"
    if below is not None:
        return below
    for child in noun.children:
        if child.dep_ == "acl":
            found = [p for t in child.children if t.dep_ in {"dobj", "prep"} for p in (fillers.place(t),) if p]
            if found:
                return found[0]
    if status == "holds" and (noun.dep_ == "appos" or (noun.dep_ == "conj" and noun.head.dep_ == "appos")):
        return fillers.place(noun.head if noun.dep_ == "appos" else noun.head.head)
    if status == "holds" and noun.dep_ not in {"nsubj", "dobj", "attr"} and (named := right_before(noun, fillers)):
        return named  # "killed in *X, a stronghold* of the group, the army said", wherever the parser hangs it
    if noun.dep_ == "attr":
        subjects = [antecedent(c) for c in noun.head.children if c.dep_ == "nsubj"]
        return next((p for c in subjects for p in (fillers.place(c),) if p), None)
    if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and status == "present":
        for child in noun.head.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "near", "at", "outside", "around", "on"}:
                return fillers.place(child)
    return None
