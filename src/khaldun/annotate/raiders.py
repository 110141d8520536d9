"""Raids from the air whose flyers another sentence names.

"Turkish jets bombed a camp near Zakho. Nine people were killed *in raids* on a village nearby." A report that names one
side as striking from the air, and no other, tells of its raids also where it does not say so each time. The actor
is inferred, as the record says; a raid of another time is left as it is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache

from khaldun.annotate.sentences import Parse
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Frame, Mention, When

_FROM_AIR = "assault.aerial"
_UNTOLD = frozenset({_FROM_AIR, "assault.attack"})
_APART = timedelta(days=7)


@cache
def _raids() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "flown")


def with_raiders(frames: Sequence[Frame], parse: Parse) -> tuple[Frame, ...]:
    """The frames in text order; raids told without an actor have the only one whom the report tells to fly any."""
    flown = [f for f in frames if f.kind == _FROM_AIR and f.modality == "actual" and not f.negated]
    named = {m.entity for f in flown for m in f.roles.get("actor", ())}
    first = next((f for f in flown if len(f.roles.get("actor", ())) == 1), None)
    if first is None or len(named) != 1:
        return tuple(frames)
    flyer = first.roles["actor"]
    return tuple(_flown_by(f, flyer) if _is_one_more(f, first, parse) else f for f in frames)


def _is_one_more(frame: Frame, first: Frame, parse: Parse) -> bool:
    """True for a raid told later, without an actor and of no other time."""
    if frame.kind not in _UNTOLD or frame.roles.get("actor") or frame.trigger.start <= first.trigger.start:
        return False
    if frame.background or frame.modality != "actual" or _is_of_another_time(frame.when, first.when):
        return False
    noun = _noun(frame, parse)
    return noun is not None and (frame.kind == _FROM_AIR or noun.lemma_.lower() in _raids())


def _noun(frame: Frame, parse: Parse) -> Token | None:
    passage = parse.passage_at(frame.trigger)
    tokens = passage.tokens(frame.trigger) if passage is not None else None
    return tokens.root if tokens is not None and tokens.root.pos_ in ("NOUN", "PROPN") else None


def _is_of_another_time(when: When, other: When) -> bool:
    if when.basis not in ("stated", "relative"):
        return False
    if when.latest is not None and other.earliest is not None and when.latest + _APART < other.earliest:
        return True
    return when.earliest is not None and other.latest is not None and when.earliest - _APART > other.latest


def _flown_by(frame: Frame, flyer: tuple[Mention, ...]) -> Frame:
    roles = {**frame.roles, "actor": flyer}
    return replace(frame, kind=_FROM_AIR, roles=roles, inferred=frame.inferred | {"actor"})
