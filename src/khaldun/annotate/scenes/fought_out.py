"""Driven out in a fight: "was pushed out of Derna *after weeks of fighting with the council*".

Those driven out are the other side of the fight, and who fought them drove them out; both are inferred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.roles.fillers import ARMED
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.model import ActorType, Frame, Mention

_LED_BY = frozenset({"after", "following", "amid", "during", "in"})


def with_fought_out(frames: Sequence[Frame], parse: Parse, types: Mapping[str, ActorType | None]) -> tuple[Frame, ...]:
    """The frames, with both sides of a fight after which one of them was driven out."""
    found = list(frames)
    for n, fight in enumerate(frames):
        verb = _verb_over(fight, parse) if fight.kind == "assault.clash" and _is_told(fight) else None
        k = next((k for k, told in enumerate(found) if verb is not None and _is_loss_at(verb, told, parse)), None)
        if k is None:
            continue
        lost = found[k].roles["target"][:1]
        others = _others(fight, lost, types)
        if len(others) != 1:
            continue
        both: tuple[Mention, ...] = (*lost, *others)
        roles = {**fight.roles, "actor": both, "target": both}
        found[n] = replace(fight, roles=roles, inferred=fight.inferred | {"actor"})
        roles = {**found[k].roles, "actor": others}
        found[k] = replace(found[k], roles=roles, inferred=found[k].inferred | {"actor"})
    return tuple(found)


def _is_told(fight: Frame) -> bool:
    return not fight.negated and fight.modality == "actual"


def _is_loss_at(verb: Token, told: Frame, parse: Parse) -> bool:
    """True for ground lost by the one who undergoes the verb, to nobody named."""
    if told.kind != "control.gain" or told.negated or told.roles.get("actor") or not told.roles.get("target"):
        return False
    passage = parse.passage_at(told.trigger)
    tokens = passage.tokens(told.trigger) if passage is not None else None
    return tokens is not None and tokens.root == verb


def _others(fight: Frame, lost: Sequence[Mention], types: Mapping[str, ActorType | None]) -> tuple[Mention, ...]:
    """Those of the fight who are not the one driven out, if they can fight."""
    sides = {m.entity or m.id: m for role in ("actor", "target") for m in fight.roles.get(role, ())}
    losing = {m.entity or m.id for m in lost}
    return tuple(m for id, m in sides.items() if id not in losing and types.get(id) in _FIGHTING)


_FIGHTING = frozenset({*ARMED, "population", "organisation"})


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
