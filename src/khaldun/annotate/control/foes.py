"""Who holds a place that others set out to take back: "the offensive *to retake* X" is against its holder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from khaldun.annotate.control.states import is_country, state_frame
from khaldun.annotate.grammar.factuality import read_factuality
from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.roles.fillers import ARMED, Fillers
from khaldun.annotate.scenes.opponents import Opponents
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Entity, Frame, Mention, Report

_OPEN = "foe_of"
"""Marks a state whose holder is not named beside it: the value is the id of whoever sets out to take the place."""


@cache
def retaking_verbs() -> frozenset[str]:
    """Verbs of taking back, by which another holds what is still to be taken."""
    return word_list("lexicons/en/control.yaml", "retaking")


@cache
def foe_verbs() -> frozenset[str]:
    """All verbs whose aim may be a place that another holds."""
    return retaking_verbs() | _taking_verbs() | _driving_verbs()


@cache
def _taking_verbs() -> frozenset[str]:
    return word_list("lexicons/en/control.yaml", "taking_from")


@cache
def _driving_verbs() -> frozenset[str]:
    return word_list("lexicons/en/control.yaml", "driving_out")


def to_be_retaken(verb: Token, fillers: Fillers, report: Report) -> Iterator[Frame]:
    """ "The offensive *to retake* X from the group", "are to *drive* it *out of* X": who is to lose it holds it."""
    if verb.pos_ != "VERB" or not _is_aim(verb):
        return
    ground, of_whom = _ground_and_foe(verb)
    place = next((p for t in ground for p in (fillers.place(t),) if p is not None), None)
    if place is None or is_country(place):
        return
    foes = [m for t in of_whom for m in fillers.actors_in(t, depth=1) if fillers.type_of(m) in ARMED]
    if foes:
        yield state_frame("holds", foes[0], place, verb, fillers, report)
        return
    if verb.lemma_.lower() not in retaking_verbs():
        return
    own = _setting_out(verb, fillers)
    frame = state_frame("holds", own or place, place, verb, fillers, report)
    marked = {**frame.values, _OPEN: (own.entity if own is not None else None) or ""}
    yield replace(frame, roles={"place": (place,)}, values=marked, weight=0.5, made_by="rule:control/of-foe")


def _ground_and_foe(verb: Token) -> tuple[list[Token], list[Token]]:
    """The words for the place and for the foe: "retake *X* from *Y*", "clear *X* of *Y*", "drive *Y* out of *X*"."""
    functions = arguments(verb)
    objects = list(functions.get("P", ()))
    if verb.lemma_.lower() in _driving_verbs():
        return [t for f in ("from", "out of", "out") for t in functions.get(f, ())], objects
    below = [g for t in objects for c in t.children if c.lower_ in {"from", "of"} for g in c.children]
    return objects, [*(t for f in ("from", "of") for t in functions.get(f, ())), *below]


def _is_aim(verb: Token) -> bool:
    """ "An offensive *to retake* X", "aimed at *retaking* X", "failed to *retake* X"; not "managed to *retake* X"."""
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    reading = read_factuality(verb)
    if infinitive and verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN"}:
        return verb.head.lemma_.lower() in _undertakings()
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp":
        return verb.head.lower_ in {"at", "of"} and verb.head.head.lemma_.lower() in _undertakings() | {"aim"}
    if not infinitive or verb.dep_ not in {"xcomp", "advcl", "ccomp"}:
        return False
    tried = verb.head.lemma_.lower() in word_list("lexicons/en/control.yaml", "trying")
    return tried or reading.modality != "actual" or reading.negated


@cache
def _undertakings() -> frozenset[str]:
    return word_list("lexicons/en/control.yaml", "undertakings")


def _setting_out(verb: Token, fillers: Fillers) -> Mention | None:
    """Who is to take it: the doer of the verb, or of the one that it hangs on."""
    for above in (verb, *verb.ancestors):
        if above.pos_ not in {"VERB", "AUX"}:
            continue
        who = [m for t in arguments(above).get("A", ()) for m in fillers.actors_in(t, depth=1)]
        armed = [m for m in who if fillers.type_of(m) in ARMED]
        if armed:
            return armed[0]
    return None


def with_foes(frames: Sequence[Frame], entities: Mapping[str, Entity]) -> tuple[Frame, ...]:
    """The frames; a place that is to be taken back has the foe of those who set out to as its holder, or no state."""
    if not any(_OPEN in f.values for f in frames):
        return tuple(frames)
    opponents = Opponents(frames, entities)
    done: list[Frame] = []
    for frame in frames:
        if _OPEN not in frame.values:
            done.append(frame)
            continue
        own = frame.values[_OPEN]
        holder = () if _is_taken(frame, frames) else opponents.of([own]) or opponents.named_foe(own)
        if holder:
            values = {k: v for k, v in frame.values.items() if k != _OPEN}
            roles = {"actor": holder, **frame.roles}
            done.append(replace(frame, roles=roles, values=values, inferred=frame.inferred | {"actor"}))
    return tuple(done)


def _is_taken(frame: Frame, frames: Sequence[Frame]) -> bool:
    """True where the report tells that the place has been taken, or who holds it."""
    place = frame.roles["place"][0].entity
    told = (f for f in frames if f.kind in _HELD and f.modality == "actual" and not f.negated and _OPEN not in f.values)
    return any(place == m.entity for f in told for m in f.roles.get("place", ()))


_HELD = frozenset({"control.holds"})
