"""Verbs and participles that state who holds a place: "the rebels *hold* X", "the rebel-*held* town of X"."""

from __future__ import annotations

from collections.abc import Iterator

from khaldun.annotate.control.between import MAY_HOLD
from khaldun.annotate.control.degree import as_far, is_district, is_former, is_never, is_only_by, state_now
from khaldun.annotate.control.keeping import is_taking
from khaldun.annotate.control.lexicon import control_words
from khaldun.annotate.control.meant import (
    is_ground,
    is_none,
    is_wide,
    listed,
    only_place,
    place_described,
    right_before,
    where_held,
)
from khaldun.annotate.control.peoples import force_of, of_people
from khaldun.annotate.control.states import is_country, state_frame
from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.roles.extent import is_bare_side, settled_ground
from khaldun.annotate.roles.fillers import ARMED, Fillers, terrain_words
from khaldun.annotate.times.beginnings import is_past_lot
from khaldun.annotate.words import Token
from khaldun.model import Frame, Report


def participle(word: Token, status: str, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "the rebel-held town of X", "a government-controlled area on the edge of X"."""
    name = word.nbor(-2)
    at = fillers.passage.at(word).start
    actors = [m for m in fillers.actors.get(name.i, ()) if m.span.end <= at]  # "Iran's *state*-run channel"
    head = word.head if word.head.pos_ in {"NOUN", "PROPN"} else None
    place = place_described(head, fillers) if head is not None else None
    if head is not None and any(is_former(t) for t in head.subtree if t.i < word.i):
        status = "lost"  # "the *formerly* rebel-held town"
    actors = actors or of_people(name, fillers)
    if actors and head is not None and place is not None:
        for each in listed(head, place, fillers):
            told = status if is_district(head) else as_far(status, head, each, fillers)
            yield state_frame(told, actors[0], each, word, fillers, report, [head])


def predicate(word: Token, status: str, where: tuple[str, ...], fillers: Fillers, report: Report) -> Iterator[Frame]:
    functions = arguments(word)
    if word.dep_ == "acomp":  # "is *active* in X", where "in" hangs on "is"
        functions = {**{f: t for f, t in arguments(word.head).items() if f in where}, **functions}
    reading = read_factuality(word)
    if (
        reading.modality != "actual"
        or is_never(word)
        or any(c.dep_ == "prt" and c.lower_ == "out" for c in word.children)
    ):
        return  # "*ruled out* any role"
    if reading.negated and status == "present":
        return  # "no Eritrean soldier *remained* in the town"
    actors = [m for t in functions.get("A", ()) for m in fillers.actors_in(t, depth=1)]
    if word.pos_ == "ADJ" or (not actors and status == "present"):
        actors += [m for t in (*functions.get("P", ()), *_subject_of(word)) for m in fillers.actors_in(t, depth=1)]
    held = [t for name in where for t in functions.get(name, ()) if not (_is_occasion(t, fillers) or is_none(t))]
    if word.lemma_ == "run":  # "*runs* training camps in X" holds no town
        held = [t for t in held if t.i in fillers.loci or t.lemma_.lower() in settled_ground() - {"camp"}]
    ground = [(t, place_described(t, fillers) or where_held(t, functions, fillers)) for t in held]
    if status == "contested":
        ground = [(t, p) for t, p in ground if is_ground(t, fillers) and not is_wide(p)]
    named = [(t, e) for t, p in ground if p is not None for e in listed(t, p, fillers)]
    places = [(p, as_far(status, t, p, fillers)) for t, p in named if not is_only_by(t, p, fillers)]
    if not places and status == "holds":  # "control *the university* in X", where "in" hangs on the verb
        inside = [p for t in functions.get("in", ()) for p in (fillers.place(t),) if p is not None]
        places = [(p, "contested") for p in inside[:1] if any(t.lemma_.lower() in terrain_words() for t in held)]
    if not places and status == "holds" and any(is_bare_side(t) for t in held):
        places = [(p, status) for p in only_place(word, fillers)]  # "… of X, and rebels hold *the east*"
    if not places and status == "present":  # "operates camps in the hills near X"
        places = [(p, status) for t in functions.get("P", ()) for p in (fillers.place(t),) if p is not None]
    if not places and "P" in where and word.tag_ == "VBN" and word.dep_ == "advcl":
        places = [(p, status) for p in (right_before(word, fillers),) if p is not None]  # "in *X*, *held* by the group"
    if status == "holds" and word.tag_ == "VBN" and word.dep_ == "acl" and (name := right_before(word, fillers)):
        places = [(name, status)]  # "air strikes on *X*, *held* by the group"
    if len({p.entity for p, _ in places}) > 1:  # "hold *Mosul, Iraq's* second city"
        places = [(p, told) for p, told in places if not is_country(p)]
    if not places and status == "present" and word.dep_ == "relcl" and any(c.lower_ == "where" for c in word.children):
        places = [
            (p, status) for p in (fillers.place(word.head),) if p is not None
        ]  # "X, *where* they patrol the streets"
    for actor in (force_of(m, fillers) for m in actors):
        if fillers.type_of(actor) not in (MAY_HOLD if status == "holds" and word.tag_ == "VBN" else ARMED):
            continue
        for place, told in tuple(dict.fromkeys(places))[:4]:
            if is_country(place) and told != "holds":
                continue
            if is_taking(word) and not is_country(place):
                continue  # the event tells it, and since when
            past = status == "present" and is_past_lot(word)
            now = state_now(told, word, reading)
            yield state_frame(now, actor, place, word, fillers, report, past=past, taken=is_taking(word))


def _is_occasion(held: Token, fillers: Fillers) -> bool:
    """What is held, and is no ground: "held *talks* in X", "held nine *hostages* in X", "remain in *control* of X"."""
    if held.lemma_ in control_words().swaying:
        return True
    if held.i in fillers.loci:
        return False
    return held.lemma_ in control_words().occasions or (held.tag_ == "NNS" and fillers.meets("civilians", held))


def _subject_of(word: Token) -> list[Token]:
    if word.dep_ in {"acomp", "attr"}:
        return [c for c in word.head.children if c.dep_ == "nsubj"]
    return []
