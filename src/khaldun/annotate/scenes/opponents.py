"""Who fights whom in a report: the one enemy of a side, where it tells of one.

"Rebels attacked the barracks … The army *repelled a second assault* on Sunday": by the rebels, whom the army fights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from khaldun.annotate.tables.names import fold_name
from khaldun.knowledge import word_list
from khaldun.model import Entity, Frame, Mention

_PARTIES = frozenset({"armed_group", "state_force", "state"})
_OF_STATE = frozenset({"state_force", "state", "government"})
_HOSTILE = ("assault.", "siege", "control.gain", "control.loss")
_ON_GROUND = frozenset({"retreat.withdraw", "control.holds"})
_BETWEEN = frozenset({"fights", "assault.clash", "control.gain"})  # a body that fights or takes ground is armed
_FROM_AIR = frozenset({"assault.aerial", "assault.drone"})


class Opponents:
    """The sides of a report's fights. A state and its forces are one side."""

    def __init__(self, frames: Sequence[Frame], entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self._met: dict[str, list[Mention]] = {}
        self._pairs: dict[str, set[str]] = {}
        self._fighting: set[str] = set()
        for frame in frames:
            if frame.kind.startswith(_HOSTILE) and frame.modality == "actual" and not frame.negated:
                self._add(frame, "actor", frame.kind not in _FROM_AIR)
            elif frame.kind in _ON_GROUND and frame.modality == "actual":
                self._add(frame, "actor", True)
            elif frame.kind == "fights" and not frame.negated:
                self._add(frame, "source", True)

    def is_party(self, id: str | None) -> bool:
        """True for an armed group, a force or a state."""
        entity = self._entities.get(id or "")
        return entity is not None and entity.type in _PARTIES

    def sides(self, mentions: Iterable[Mention]) -> dict[str, Mention]:
        """The parties among those named, one for each side: a state and its forces are one."""
        found: dict[str, Mention] = {}
        for mention in mentions:
            if self.is_party(mention.entity):
                found.setdefault(self._side(mention.entity), mention)
        return found

    def are_all(self, sides: Iterable[str]) -> bool:
        """True where the report tells of no other sides that fight."""
        return self._fighting | self._pairs.keys() <= set(sides)

    def of(self, own: Iterable[str | None]) -> tuple[Mention, ...]:
        """The one side that `own` are told to fight, else the only other one that fights on the ground; or nobody."""
        sides = {self._side(id) for id in own if self.is_party(id)}
        if len(sides) != 1:
            return ()
        side = next(iter(sides))
        enemies = self._pairs.get(side, set()) or self._fighting - sides
        if len(enemies) != 1:
            return ()
        known = self._met[next(iter(enemies))]
        forces = [m for m in known if self._entities[m.entity or ""].type != "state"] or known
        return tuple(sorted(forces, key=lambda m: m.span.start)[:1])

    def named_foe(self, own: str | None) -> tuple[Mention, ...]:
        """The one armed group of our tables that is told to fight, besides `own`; or nobody."""
        foes = []
        for side in self._fighting - {self._side(own)}:
            first = min(self._met[side], key=lambda m: m.span.start)
            entity = self._entities[first.entity or ""]
            if entity.type == "armed_group" and entity.known_as is not None:
                foes.append(first)
        return tuple(foes) if len(foes) == 1 else ()

    def _add(self, frame: Frame, doing: str, on_the_ground: bool) -> None:
        actors, targets = (list(self._parties(frame, role)) for role in (doing, "target"))
        for mention in (*actors, *targets):
            self._met.setdefault(self._side(mention.entity), []).append(mention)
        for one, other in product(actors, targets):
            a, b = self._side(one.entity), self._side(other.entity)
            if a != b:
                self._pairs.setdefault(a, set()).add(b)
                self._pairs.setdefault(b, set()).add(a)
        self._fighting |= {self._side(m.entity) for m in ((*actors, *targets) if on_the_ground else targets)}

    def _parties(self, frame: Frame, role: str) -> Iterator[Mention]:
        named = (m for m in frame.roles.get(role, ()) if m.entity in self._entities)
        may_be = _PARTIES | {"organisation"} if frame.kind in _BETWEEN else _PARTIES
        return (m for m in named if self._entities[m.entity or ""].type in may_be)

    def _side(self, id: str | None) -> str:
        entity = self._entities.get(id or "")
        if entity is not None and entity.country_iso3 is not None and _is_of_state(entity):
            return entity.country_iso3
        return id or ""


def _is_of_state(entity: Entity) -> bool:
    """ "Chadian units", "Chad's 6th Brigade"; not "Chadian rebels"."""
    if entity.type in _OF_STATE:
        return True
    words = fold_name(entity.name)
    return entity.type == "armed_group" and bool(words) and (words[-1] in _regular() or any(map(_is_numbered, words)))


def _is_numbered(word: str) -> bool:
    return word[:1].isdigit()


@cache
def _regular() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "regular")
