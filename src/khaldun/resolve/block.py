"""Which entities are worth comparing: those that share a key.

Entities that say exactly the same of themselves are compared once, so that a name in ten thousand reports costs ten
thousand comparisons and not fifty million.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from khaldun.copies import replace
from khaldun.model import Entity, Report
from khaldun.names import acronym_of, is_acronym, name_key


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of a report with its names ready for comparison. `names` are keys, `acronyms` those that are one."""

    entity: Entity
    report: str
    names: frozenset[str]
    acronyms: frozenset[str]
    seats: frozenset[str] = frozenset()
    """The places that its report puts behind a council's name: "the Shura Council (SC) *in Qasr*"."""

    @property
    def id(self) -> str:
        return self.entity.id

    @property
    def gazetteer(self) -> str | None:
        """The entry of the gazetteer that a place was found as."""
        point = self.entity.point
        if point is None:
            return None
        return f"geonames:{point.geonames}" if point.geonames is not None else point.identifier

    @property
    def country(self) -> str | None:
        if self.entity.kind == "place":
            return self.entity.point.country_iso2 if self.entity.point else None
        return self.entity.country_iso3

    @property
    def state(self) -> str | None:
        """The country of a state that acts under a name: "the U.S.", "Washington"."""
        return self.country if self.entity.type == "state" and self.names else None

    @property
    def surname(self) -> str | None:
        """The last word of a person's longest name."""
        if self.entity.type != "person" or not self.names:
            return None
        return max(sorted(self.names), key=len).split()[-1]

    @property
    def says(self) -> tuple[object, ...]:
        """All that a comparison looks at, but for the report."""
        e = self.entity
        where = (e.point.lat, e.point.lon) if e.point else None
        own = (e.kind, e.type, self.country, e.known_as, self.gazetteer, where, e.private, e.name, self.names)
        return (*own, self.seats)


def named_in(report: Report, entities: Iterable[Entity]) -> Iterator[Named]:
    """The entities of one report. A council told with the place that it is in goes by that place before its name as
    well: "the Shura Council in Qasr" is the "Qasr Shura Council" of others."""
    entities = tuple(entities)
    places = {name_key(n.text) for e in entities if e.kind == "place" for n in e.names}
    for entity in entities:
        one = named(entity, report.id)
        full = {n.text for n in entity.names if n.form == "name" and n.text.endswith(_LOCAL)}
        found = {(name_key(name), seat) for name in full for seat in _seats(report.text, name) if seat in places}
        names = one.names | {f"{seat} {name}" for name, seat in found}
        yield replace(one, names=names, seats=frozenset(seat for _, seat in found)) if found else one


# Of the bodies that bear such a name each place has its own; an army is the same one in the next town.
_LOCAL = (" Council", " Committee", " Court")
_IN = re.compile(r"(?:\s*\([^()]{1,40}\))?\s+in\s+(?:the\s+)?([A-Z][\w'’-]+)")


def _seats(text: str, name: str) -> Iterator[str]:
    """The keys of the words behind "in" where the name stands."""
    at = text.find(name)
    while at >= 0:
        at += len(name)
        if found := _IN.match(text, at):
            yield name_key(found[1])
        at = text.find(name, at)


def named(entity: Entity, report: str) -> Named:
    """The entity with the keys of its names and acronyms; phrases and pronouns for it are no names, nor is anything
    without a capital."""
    spelled = [n for n in entity.names if n.form in ("name", "acronym") and n.text != n.text.lower()]
    acronyms = frozenset(name_key(n.text) for n in spelled if n.form == "acronym" or is_acronym(n.text))
    names = frozenset(key for n in spelled if (key := name_key(n.text)))
    return Named(entity, report, names, acronyms & names)


def strong_keys(one: Named) -> Iterator[str]:
    """Keys that settle the matter by themselves."""
    if one.entity.known_as:
        yield f"known {one.entity.known_as}"
    if one.gazetteer:
        yield f"gazetteer {one.gazetteer}"
    if one.state:
        yield f"state {one.state}"


def weak_keys(one: Named) -> Iterator[str]:
    """Keys that only bring two together: names, initials, surnames; private people are found within a report only."""
    where = f" {one.report}" if one.entity.private else ""
    kind = one.entity.kind
    for name in sorted(one.names):
        yield f"{kind} {name}{where}"
        if name not in one.acronyms and len(name.split()) > 1:
            for initials in _initials(one, name):
                yield f"{kind} {initials}{where}"
    if one.surname:
        yield f"surname {one.surname}{where}"


def _initials(one: Named, key: str) -> Iterator[str]:
    for name in one.entity.names:
        if name_key(name.text) == key:
            large = "".join(w[0] for w in name.text.split() if w[0].isupper())
            if len(large) > 1 and acronym_of(large, name.text):
                yield large.casefold()


def blocks(everyone: Sequence[Named], crowd: int) -> Iterator[tuple[Named, Named]]:
    """The pairs to compare, each once, in the order of ids.

    Of entities that say the same, the one with the smallest id stands for all; each other is compared with it.
    A weak key that more than `crowd` differently described entities share brings no one together.
    """
    seen: set[tuple[str, str]] = set()
    for settles, keys in ((True, strong_keys), (False, weak_keys)):
        holding: dict[str, list[Named]] = {}
        for one in sorted(everyone, key=lambda n: n.id):
            for key in dict.fromkeys(keys(one)):
                holding.setdefault(key, []).append(one)
        for _, sharing in sorted(holding.items()):
            for left, right in _pairs(sharing, None if settles else crowd):
                if (left.id, right.id) not in seen:
                    seen.add((left.id, right.id))
                    yield left, right


def _pairs(sharing: Sequence[Named], crowd: int | None) -> Iterable[tuple[Named, Named]]:
    alike: dict[tuple[object, ...], list[Named]] = {}
    for one in sharing:
        alike.setdefault(one.says, []).append(one)
    for first, *others in alike.values():
        yield from ((first, other) for other in others)
    if crowd is None:  # each is the same as the first
        first = sharing[0]
        yield from ((first, members[0]) for members in alike.values() if members[0] is not first)
    elif len(alike) <= crowd:
        firsts = [members[0] for members in alike.values()]
        yield from ((left, right) for n, right in enumerate(firsts) for left in firsts[:n])
