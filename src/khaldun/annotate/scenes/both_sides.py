"""Happenings told of "the two": "Hamas shelled a Fatah post. Clashes between *the two sides* left three dead."

The two are those of whom it was last told that the one did something to the other. That is inferred, as the record
says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.roles.fillers import GROUPS
from khaldun.annotate.words import Token
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import ActorType, Frame, Mention

_WINDOW = 3  # sentences that "the two" reaches back
_KINDS = ("assault.clash", "consult.meet", "retreat.ceasefire")
_ROLES = ("actor", "target")


def with_both_sides(frames: Sequence[Frame], parse: Parse, types: dict[str, ActorType | None]) -> tuple[Frame, ...]:
    """The frames in text order; those told of "the two" alone have both as actor and target.

    `types` are those of the actors by their ids.
    """
    if not any(f.kind in _KINDS for f in frames):
        return tuple(frames)
    starts = [passage.span(sentence).start for passage, sentence in parse.sentences()]
    done: list[Frame] = []
    for frame in frames:
        here = bisect_right(starts, frame.trigger.start)
        near = [f for f in done if here - bisect_right(starts, f.trigger.start) <= _WINDOW]
        done.append(_with_both(frame, near, parse, types))
    return tuple(done)


def _with_both(frame: Frame, before: Sequence[Frame], parse: Parse, types: dict[str, ActorType | None]) -> Frame:
    if frame.kind not in _KINDS or not _is_of_the_two(frame, parse):
        return frame
    sides = next((found for f in reversed(before) if (found := _sides(f, types))), ())
    if not sides:
        return frame
    return replace(frame, roles={**frame.roles, "actor": sides, "target": sides}, inferred=frame.inferred | {"actor"})


def _sides(frame: Frame, types: dict[str, ActorType | None]) -> tuple[Mention, ...]:
    """The two bodies of which the frame tells; nobody where there are more or fewer."""
    told = {m.entity or m.id: m for role in _ROLES for m in frame.roles.get(role, ())}
    return tuple(told.values()) if len(told) == _TWO and all(types.get(id) in GROUPS for id in told) else ()


_TWO = 2


def _is_of_the_two(frame: Frame, parse: Parse) -> bool:
    """True where all that fills the frame is "the two", "the two sides", "both armies"."""
    passage = parse.passage_at(frame.trigger)
    tokens = passage.tokens(frame.trigger) if passage is not None else None
    if tokens is None:
        return False
    functions = arguments(tokens.root)
    named = [t for name in ("A", "between") for t in functions.get(name, ())]
    return bool(named) and all(map(_is_two, named))


@cache
def _parties() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "parties_of_two")


def _is_two(word: Token) -> bool:
    if word.lower_ == "two":
        return any(c.lower_ == "the" for c in word.children)
    counted = {c.lower_ for c in word.children if c.i < word.i}
    others = counted - {"the", "two", "both", "rival", "warring", "opposing", "neighbouring", "neighboring"}
    return word.lemma_.lower() in _parties() and bool(counted & {"two", "both"}) and not others
