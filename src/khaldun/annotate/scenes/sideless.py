"""Fights told without their sides: "The army shelled rebels in Duma. *Clashes broke out* around a camp to the north."

They are of the two of whom the sentences before tell that the one does something to the other, else of the only two of
whom the report does. That is inferred, as the record says.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.scenes.opponents import Opponents
from khaldun.copies import replace
from khaldun.model import Entity, Frame, Locus, Mention

_CLASH = "assault.clash"
_WINDOW = 2  # sentences that such a fight reaches back
_HOSTILE = ("assault.", "siege", "control.gain", "control.loss", "coerce.seize")
_FROM_AFAR = frozenset({"assault.aerial", "assault.drone"})
_OLD = timedelta(days=30)
_TWO = 2


def with_sides(frames: Sequence[Frame], parse: Parse, entities: Mapping[str, Entity]) -> tuple[Frame, ...]:
    """The frames in text order; a fight that names neither side has both as actor and target."""
    if not any(map(_is_sideless, frames)):
        return tuple(frames)
    starts = [passage.span(sentence).start for passage, sentence in parse.sentences()]
    opponents = Opponents(frames, entities)
    news = parse.report.published.latest
    met = [f for f in frames if _is_met(f, opponents) and not _is_old(f, news)]
    return tuple(_with_sides(f, met, starts, opponents) if _is_sideless(f) else f for f in frames)


def _is_sideless(frame: Frame) -> bool:
    told = frame.kind == _CLASH and frame.modality == "actual" and not frame.negated
    return told and not frame.roles.keys() & {"actor", "target"}


def _is_met(frame: Frame, opponents: Opponents) -> bool:
    """True for a deed of force between two parties on the ground."""
    if frame.kind in _FROM_AFAR or not frame.kind.startswith(_HOSTILE) or frame.negated:
        return False
    return frame.modality == "actual" and len(opponents.sides(_named(frame))) == _TWO


def _named(frame: Frame) -> Iterable[Mention]:
    return (m for role in ("actor", "target") for m in frame.roles.get(role, ()))


def _with_sides(fight: Frame, met: Sequence[Frame], starts: Sequence[int], opponents: Opponents) -> Frame:
    here = bisect_right(starts, fight.trigger.start)
    told = [f for f in met if not _is_elsewhere(fight, f)]
    near = [f for f in told if 0 <= here - bisect_right(starts, f.trigger.start) <= _WINDOW]
    pool = near or [f for f in told if opponents.are_all(opponents.sides(_named(f)))]
    if len({frozenset(opponents.sides(_named(f))) for f in pool}) != 1:
        return fight
    return _fought(fight, tuple(opponents.sides(_named(pool[-1])).values()))


def _fought(fight: Frame, sides: tuple[Mention, ...]) -> Frame:
    roles = {**fight.roles, "actor": sides, "target": sides}
    return replace(fight, roles=roles, inferred=fight.inferred | {"actor", "target"})


def _is_old(frame: Frame, news: date | None) -> bool:
    return frame.background or (news is not None and frame.when.latest is not None and frame.when.latest + _OLD < news)


def _is_elsewhere(fight: Frame, other: Frame) -> bool:
    """True where each is in a country of its own."""
    here, there = _countries(fight), _countries(other)
    return bool(here and there) and here.isdisjoint(there)


def _countries(frame: Frame) -> frozenset[str]:
    on_map = (m.value for m in frame.roles.get("place", ()) if isinstance(m.value, Locus))
    return frozenset(place.country_iso2 for place in on_map if place.country_iso2 is not None)
