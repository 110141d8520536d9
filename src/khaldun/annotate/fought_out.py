"""Driven out in a fight: "was pushed out of Derna *after weeks of fighting with the council*".

Those driven out are the other side of the fight, and who fought them drove them out; both are inferred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khaldun.annotate.fillers import ARMED
from khaldun.annotate.sentences import Parse
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.model import ActorType, Frame, Mention

_LED_BY = frozenset({"after", "following", "amid", "during", "in"})


def with_fought_out(frames: Sequence[Frame], parse: Parse, types: Mapping[str, ActorType | None]) -> tuple[Frame, ...]:
    """The frames, with both sides of a fight after which one of them was driven out."""
    found = list(frames)
    fights = [n for n, f in enumerate(found) if f.kind == "assault.clash" and _has_one_side(f, types)]
    for n in fights:
        verb = _verb_over(found[n], parse)
        if verb is None:
            continue
        for k, told in enumerate(found):
            if told.kind != "control.gain" or told.negated or told.roles.get("actor") or not told.roles.get("target"):
                continue
            passage = parse.passage_at(told.trigger)
            tokens = passage.tokens(told.trigger) if passage is not None else None
            if tokens is None or tokens.root != verb:
                continue
            side, lost = found[n].roles["actor"], told.roles["target"][:1]
            if {m.entity for m in side} & {m.entity for m in lost}:
                continue
            both: tuple[Mention, ...] = (*lost, *side)
            roles = {**found[n].roles, "actor": both, "target": both}
            found[n] = replace(found[n], roles=roles, inferred=found[n].inferred | {"actor"})
            roles = {**told.roles, "actor": side}
            found[k] = replace(told, roles=roles, inferred=told.inferred | {"actor"})
            break
    return tuple(found)


def _has_one_side(frame: Frame, types: Mapping[str, ActorType | None]) -> bool:
    actors, targets = frame.roles.get("actor", ()), frame.roles.get("target", ())
    one = len(actors) == 1 and not targets and not frame.negated and frame.modality == "actual"
    return one and types.get(actors[0].entity or "") in {*ARMED, "population", "organisation"}


def _verb_over(fight: Frame, parse: Parse) -> Token | None:
    """The verb that is told to have come after the fight."""
    passage = parse.passage_at(fight.trigger)
    tokens = passage.tokens(fight.trigger) if passage is not None else None
    word = tokens.root if tokens is not None else None
    for _ in range(5):
        if word is None or word.head == word:
            return None
        if word.lower_ in _LED_BY and word.dep_ in {"prep", "pcomp"}:
            verb = word.head
            return verb.head if verb.dep_ == "prep" else verb
        word = word.head
    return None
