"""What Khaldun finds in a text, renamed into the labels of each benchmark: events.

Events are those of the record: the claims that `resolve` takes for one happening, told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from formats import Prediction, ends
from khaldun.export.acled import acled_rows
from khaldun.export.parties import countries
from khaldun.export.plover import Coded, Party, plover_events
from khaldun.model import Entity, Frame, Locus, Mention, When, make_id
from khaldun.workflow.extraction import Reading, record_of

# ------------------------------------------------------------------------------------------------ acled


def acled(reading: Reading) -> Prediction:
    """The rows of the ACLED export, with the interval in place of its representative day."""
    record: Mapping[str, Any] = record_of(reading)
    by_id = {event["id"]: event for event in record["events"]}
    losses: list[tuple[str, str]] = []
    rows = list(acled_rows(record, losses))
    return {"events": [_acled_event(row, by_id[row["event_id_cnty"].removeprefix("KHD-")]) for row in rows]}


def _acled_event(row: Mapping[str, Any], event: Mapping[str, Any]) -> Prediction:
    return {
        "type": row["event_type"],
        "sub_type": row["sub_event_type"],
        **_bounded(event["earliest"], event["latest"]),
        "actors": [name for name in (row["actor1"], row["actor2"]) if name],
        "place": {"name": row["location"], "lat": row["latitude"], "lon": row["longitude"]},
        "fatalities": row["fatalities"],
    }


def _bounded(earliest: str | None, latest: str | None) -> Prediction:
    """The interval where both ends are known; of an open one the benchmark would make a day."""
    return {"earliest": earliest, "latest": latest} if earliest and latest else {}


# ------------------------------------------------------------------------------------------------ plover


def plover(reading: Reading) -> Prediction:
    """The events of the PLOVER export. The sides' spans are those of the words in the sentence."""
    return {"events": [_plover_event(event) for event in plover_events(reading.annotation)]}


def _plover_event(event: Coded) -> Prediction:
    return {
        "type": event.type,
        "mode": event.mode,
        "sources": [_party(party) for party in event.sources],
        "targets": [_party(party) for party in event.targets if not event.reciprocal],
        "reciprocal": event.reciprocal,
    }


def _party(party: Party) -> Prediction:
    return {**ends(party.span), "code": party.country, "sector": party.sector}


def _country_of_place(mention: Mention, field: str) -> str | None:
    point = mention.value
    if not isinstance(point, Locus) or point.country_iso2 is None:
        return None
    return countries().get(point.country_iso2, {}).get(field)


# ------------------------------------------------------------------------------------------------ muc4

_INCIDENTS = {
    "assault.attack": "ATTACK",
    "assault.offensive": "ATTACK",
    "assault.killing": "ATTACK",
    "assault.firearms": "ATTACK",
    "assault.targeted": "ATTACK",
    "assault.shelling": "ATTACK",
    "assault.chemical": "ATTACK",
    "execution": "ATTACK",
    "assault.explosives": "BOMBING",
    "assault.suicide": "BOMBING",
    "assault.abduct": "KIDNAPPING",
}
_BY_FIRE = re.compile(r"burn|fire|arson|torch|ablaze", re.IGNORECASE)
_ARMED = frozenset({"armed_group", "state_force"})
_BODIES = frozenset({"armed_group", "state_force", "organisation", "government", "media", "state"})
_ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")


@dataclass(frozen=True, slots=True)
class _Told:
    """One happening as a report tells it."""

    kind: str
    frames: tuple[Frame, ...]
    weapons: tuple[Mention, ...]
    entities: Mapping[str, Entity]
    text: str

    def filling(self, role: str) -> Iterator[tuple[Mention, Entity | None]]:
        """The mentions of a role with their entities."""
        for frame in self.frames:
            yield from ((m, self.entities.get(m.entity or "")) for m in frame.roles.get(role, ()))

    @property
    def places(self) -> list[Mention]:
        return [m for m, _ in self.filling("place") if isinstance(m.value, Locus)]


def muc4(reading: Reading) -> Prediction:
    """Incidents of terrorism as templates.

    Left out, as the task's own rules leave it out: fights between armed sides, attacks on armed forces, what is
    told as background, and what has neither a party nor a place.
    """
    templates = [t for told in _happenings(reading) if (t := _template(told)) is not None]
    return {"events": [t for t, _ in templates], "role_fillers": _role_fillers(templates)}


def _happenings(reading: Reading) -> Iterator[_Told]:
    annotation, text = reading.annotation, reading.report.text
    frames = {make_id(reading.report.id, f.kind, f.id): f for f in annotation.frames}
    entities = {e.id: e for e in annotation.entities}
    arms = [m for m in annotation.mentions if m.kind == "weapon"]
    for event in reading.events:
        told = tuple(frames[id] for id in event.claims if id in frames)
        weapons = tuple(m for m in arms if any(f.evidence.contains(m.span) for f in told))
        yield _Told(event.kind, told, weapons, entities, text)


_Slots: TypeAlias = dict[str, list[list[str]]]


def _template(told: _Told) -> tuple[Prediction, _Slots] | None:
    type = _incident(told)
    everyone, named = _slots(told)
    if type is None or not _is_relevant(told) or not (told.places or any(everyone.values())):
        return None
    planned = all(frame.modality == "planned" for frame in told.frames)
    template = {
        "type": type,
        "date": _template_date(told.frames),
        "location": _location(told.places),
        "stage": "THREATENED" if planned else "ACCOMPLISHED",
        "slots": everyone,
    }
    return template, named


def _incident(told: _Told) -> str | None:
    if told.kind == "assault.destroy":
        burnt = any(_BY_FIRE.search(frame.trigger.of(told.text)) for frame in told.frames)
        return "ARSON" if burnt else "ATTACK"
    return _INCIDENTS.get(told.kind)


def _is_relevant(told: _Told) -> bool:
    if all(f.negated or f.background or f.modality not in ("actual", "planned") for f in told.frames):
        return False
    types = {entity.type for _, entity in told.filling("target") if entity is not None and entity.kind == "actor"}
    return not types or not types <= _ARMED


def _template_date(frames: Sequence[Frame]) -> Prediction | str | None:
    known = [f.when for f in frames if f.when.known]
    stated = [when for when in known if when.basis != "published"]
    when = min(stated or known, key=_width, default=None)
    if when is None or when.latest is None:
        return None
    if when.earliest == when.latest:
        return when.latest.isoformat()
    return {"start": when.earliest.isoformat() if when.earliest else None, "end": when.latest.isoformat()}


def _width(when: When) -> int:
    return (when.latest - when.earliest).days if when.latest and when.earliest else 10**6


def _location(places: Iterable[Mention]) -> Prediction | None:
    countries_, names = dict[str, None](), dict[str, None]()
    for place in places:
        if country := _country_of_place(place, "name"):
            countries_[country.upper()] = None
        if isinstance(place.value, Locus) and place.value.kind != "country":
            names[place.quote.upper()] = None
    return {"countries": list(countries_), "places": list(names)} if countries_ or names else None


def _slots(told: _Told) -> tuple[_Slots, _Slots]:
    """The fillers of a template, and those for the list of role fillers, where victims must be named."""
    everyone: _Slots = {slot: [] for slot in _ROLES}
    named: _Slots = {slot: [] for slot in _ROLES}
    for slot, words, has_name in (*_perpetrators(told), *_victims(told), *_weapons(told)):
        if [words] not in everyone[slot]:
            everyone[slot].append([words])
            if has_name or slot != "Victim":
                named[slot].append([words])
    return everyone, named


_Filler: TypeAlias = tuple[str, str, bool]


def _perpetrators(told: _Told) -> Iterator[_Filler]:
    for mention, entity in told.filling("actor"):
        if entity is not None and entity.type in _BODIES and _is_named(entity):
            yield "PerpOrg", entity.name, True
        if mention.form == "description":
            yield "PerpInd", _head(mention, told.text), False
        elif mention.form == "name" and entity is not None and entity.type == "person":
            yield "PerpInd", mention.quote, True


def _victims(told: _Told) -> Iterator[_Filler]:
    for mention, entity in told.filling("target"):
        human = entity is not None and entity.type in ("person", "population")
        if mention.form != "pronoun":
            yield "Victim" if human else "Target", mention.quote, mention.form == "name"
        elif entity is not None and _is_named(entity):
            yield "Victim" if human else "Target", entity.name, True


def _weapons(told: _Told) -> Iterator[_Filler]:
    yield from (("Weapon", mention.quote, False) for mention in told.weapons)


def _is_named(entity: Entity) -> bool:
    return any(name.form in ("name", "acronym") for name in entity.names)


def _head(mention: Mention, text: str) -> str:
    return mention.head.of(text) if mention.head is not None else mention.quote


def _role_fillers(templates: Iterable[tuple[Prediction, _Slots]]) -> _Slots:
    """The fillers of all templates of a report, each once."""
    fillers: _Slots = {slot: [] for slot in _ROLES}
    for _, named in templates:
        for slot, entries in named.items():
            fillers[slot] += [entry for entry in entries if entry not in fillers[slot]]
    return fillers
