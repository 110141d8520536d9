"""Which tellings of a report are of one incident: those that nothing holds apart and something ties together.

Two tellings that share nothing but vagueness are two: "Aircraft struck the port. … A mayor was shot last year."
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from khaldun.export.incident_rules import IncidentRules
from khaldun.export.incident_scene import Scene, width
from khaldun.model import Annotation, Event, Frame, Locus, When, make_id

_SAME_KM = 60.0
_LONGEST = 31  # days
_NEAR = 1
"""Sentences from one telling to the next that goes on with it (0 to 5 tried by eval/fit_incidents.py, 2026-11-29)."""


@dataclass(frozen=True, slots=True)
class Told:
    """Tellings taken for one incident so far, with the type of each."""

    frames: tuple[Frame, ...]
    types: tuple[str, ...]

    @property
    def only_planned(self) -> bool:
        """True where no telling says that it happened."""
        return all(f.modality == "planned" for f in self.frames)


def tellings(annotation: Annotation, events: Sequence[Event], scene: Scene, rules: IncidentRules) -> tuple[Told, ...]:
    """The incidents that a report tells, news or not, in text order. `events` says which frames tell one happening."""
    found: list[Told] = []
    for frames in _happenings(annotation, events):
        candidate = _told(frames, scene, rules)
        if candidate is not None:
            _add(found, candidate, scene, rules)
    return tuple(found)


def _happenings(annotation: Annotation, events: Sequence[Event]) -> Iterator[tuple[Frame, ...]]:
    """The frames of each event, events in text order."""
    by_claim = {make_id(annotation.report.id, f.kind, f.id): f for f in annotation.frames}
    groups = [tuple(by_claim[c] for c in event.claims if c in by_claim) for event in events]
    yield from sorted((g for g in groups if g), key=lambda g: min(f.trigger.start for f in g))


def _told(frames: Sequence[Frame], scene: Scene, rules: IncidentRules) -> Told | None:
    kept: list[Frame] = []
    types: list[str] = []
    for frame in sorted(frames, key=lambda f: f.trigger.start):
        arms = " ".join(m.quote for m in frame.roles.get("instrument", ()))
        type = rules.type_of(frame.kind, frame.trigger.of(scene.text), arms)
        if type is not None and not frame.negated and frame.modality in ("actual", "planned"):
            kept.append(frame)
            types.append(type)
    return Told(tuple(kept), tuple(types)) if kept else None


def _add(found: list[Told], candidate: Told, scene: Scene, rules: IncidentRules) -> None:
    for n in range(len(found) - 1, -1, -1):
        if not _at_odds(found[n], candidate, scene, rules) and _tied(found[n], candidate, scene):
            found[n] = Told((*found[n].frames, *candidate.frames), (*found[n].types, *candidate.types))
            return
    found.append(candidate)


# ------------------------------------------------------------------------------------------------ held apart


def _at_odds(left: Told, right: Told, scene: Scene, rules: IncidentRules) -> bool:
    return (
        not _types_agree(left, right, rules)
        or left.only_planned != right.only_planned
        or _days_apart(left, right, scene)
        or _places_apart(left, right, scene)
        or _others_struck(left, right, scene)
        or _means_apart(left, right, rules)
        or _others_acting(left, right, scene)
        or _period_and_deed(left, right)
        or scene.brings_up_another(right.frames[0])
    )


def _types_agree(left: Told, right: Told, rules: IncidentRules) -> bool:
    here, there = strong_types(left, rules), strong_types(right, rules)
    return not here or not there or bool(set(here) & set(there))


def strong_types(told: Told, rules: IncidentRules) -> list[str]:
    """The types that tellings of no vague kind give, or that a revision gives."""
    pairs = zip(told.frames, told.types, strict=True)
    return [type for frame, type in pairs if frame.kind not in rules.vague or type != "attack"]


def _days_apart(left: Told, right: Told, scene: Scene) -> bool:
    here, there = stated(left.frames, scene), stated(right.frames, scene)
    return bool(here and there) and all(_gap(a, b) > 1 for a in here for b in there)


def stated(frames: Iterable[Frame], scene: Scene) -> list[When]:
    """The times told of the tellings, as far as they date a deed: no season of a war, nothing yet to come."""
    told = (f.when for f in frames if f.when.basis not in ("published", "none"))
    return [when for when in told if scene.dates_a_deed(when)]


def _gap(left: When, right: When) -> int:
    gaps = [
        (b.earliest - a.latest).days
        for a, b in ((left, right), (right, left))
        if a.latest is not None and b.earliest is not None
    ]
    return max([0, *gaps])


def _places_apart(left: Told, right: Told, scene: Scene) -> bool:
    """Each has places, and all lie apart: in two countries, or in two towns far from each other."""
    lands, others = (_countries(told, scene) for told in (left, right))
    if lands and others and lands.isdisjoint(others):
        return True
    here, there = (_loci(told) for told in (left, right))
    return bool(here and there) and all(_apart(a, b) for a in here for b in there)


def _countries(told: Told, scene: Scene) -> set[str]:
    found = (scene.country_of(m) for f in told.frames if "place" not in f.inferred for m in f.roles.get("place", ()))
    return {country for country in found if country is not None}


def _loci(told: Told) -> list[Locus]:
    places = (m.value for f in told.frames for m in f.roles.get("place", ()) if "place" not in f.inferred)
    return [p for p in places if isinstance(p, Locus) and p.kind != "country"]


def _apart(left: Locus, right: Locus) -> bool:
    if left.name.casefold() == right.name.casefold():
        return False
    wide = {"adm1", "region", "department", "province"}
    if left.kind in wide or right.kind in wide or None in (left.lat, right.lat):
        return False
    return kilometres(left, right) > _SAME_KM


def kilometres(here: Locus, there: Locus) -> float:
    """About how far apart two located places are, on a flat map: good enough to tell two towns apart."""
    if here.lat is None or here.lon is None or there.lat is None or there.lon is None:
        return 0.0
    north = (here.lat - there.lat) * 111.2
    east = (here.lon - there.lon) * 111.2 * math.cos(math.radians((here.lat + there.lat) / 2))
    return math.hypot(north, east)


def _others_struck(left: Told, right: Told, scene: Scene) -> bool:
    """Both name someone who was struck, and no one in common."""
    here, there = (scene.named_struck(told.frames) for told in (left, right))
    return bool(here and there) and here.isdisjoint(there)


def _means_apart(left: Told, right: Told, rules: IncidentRules) -> bool:
    """An air strike is no assassination: both tell of a particular kind, and none in common."""
    here, there = ({_ALIKE.get(f.kind, f.kind) for f in t.frames if f.kind not in rules.vague} for t in (left, right))
    return bool(here and there) and here.isdisjoint(there)


_ALIKE = {"assault.drone": "assault.aerial", "assault.suicide": "assault.explosives"}


def _others_acting(left: Told, right: Told, scene: Scene) -> bool:
    """Both name bodies that act, and none in common."""
    here, there = (scene.named_acting(told.frames) for told in (left, right))
    return bool(here and there) and here.isdisjoint(there)


def _period_and_deed(left: Told, right: Told) -> bool:
    """What went on "over the past year" is not the raid of last night."""
    return _of_a_period(left) != _of_a_period(right)


def _of_a_period(told: Told) -> bool:
    return all(f.when.basis not in ("published", "none") and width(f.when) > _LONGEST for f in told.frames)


# ------------------------------------------------------------------------------------------------ tied together


def _tied(left: Told, right: Told, scene: Scene) -> bool:
    """The second goes on with the first, speaks of it as known, or shares its day, its place or whom it struck."""
    first = right.frames[0]
    return (
        _sentences_between(left, right, scene) <= _NEAR
        or scene.told_as(first) == "known"
        or _same_day(left, right, scene)
        or _same_place(left, right)
        or not scene.struck(left.frames).isdisjoint(scene.struck(right.frames))
    )


def _sentences_between(left: Told, right: Told, scene: Scene) -> int:
    here, there = ([scene.sentence_number(f.trigger.start) for f in t.frames] for t in (left, right))
    return min(abs(a - b) for a in here for b in there)


def _same_day(left: Told, right: Told, scene: Scene) -> bool:
    here, there = stated(left.frames, scene), stated(right.frames, scene)
    return any(_gap(a, b) == 0 for a in here for b in there)


def _same_place(left: Told, right: Told) -> bool:
    here, there = ({p.name.casefold() for p in _loci(told)} for told in (left, right))
    return not here.isdisjoint(there)
