"""Incidents: one row for each attack that a report tells as news, from its frames and mentions.

Several tellings of one bombing are one incident: what one sentence leaves out another one gives. Which kinds of event
are incidents, and what makes them news rather than background, is written in `data/rules/incidents.yaml`. A day or a
country that no telling states is taken from the text around it, then from the dateline, and listed in `inferred`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from khaldun.export.incident_fillers import Fillings, filler_part, fillings_of
from khaldun.export.incident_findings import findings_of
from khaldun.export.incident_rules import IncidentRules, load_incident_rules
from khaldun.export.incident_scene import Scene, scene_of, width
from khaldun.export.record_shape import IncidentPart
from khaldun.likelihood import Way, likelihood
from khaldun.model import Annotation, Event, Frame, Locus, Mention, Report, When, make_id

_SAME_KM = 60.0


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident. `country` is an ISO 3166 alpha-2 code; `places` go from towns to areas, countries left out.

    `when` is an interval; with `earliest` None it lies on or before `latest`. `inferred` names what no telling says.
    `findings` are what speaks for and against its being news, `weight` what they weigh (at least 0 for a row), `score`
    how likely a report that tells it so has an incident of that type as its news, by what was measured.
    """

    id: str
    type: str
    stage: str
    when: When
    country: str | None
    places: tuple[Mention, ...]
    fillings: Fillings
    frames: tuple[Frame, ...]
    findings: frozenset[str]
    weight: float
    score: float
    inferred: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class _Told:
    """Tellings taken for one incident so far."""

    frames: tuple[Frame, ...]
    types: tuple[str, ...]


def incidents(
    annotation: Annotation, events: Sequence[Event], rules: IncidentRules | None = None, *, all_told: bool = False
) -> tuple[Incident, ...]:
    """The incidents of a report in the order in which they are first told.

    `events` says which frames tell of one happening. With `all_told` those that are no news of the report come too.
    """
    rules = rules or load_incident_rules()
    scene = scene_of(annotation, rules)
    told: list[_Told] = []
    for frames in _happenings(annotation, events):
        candidate = _told(frames, scene, rules)
        if candidate is not None:
            _add(told, candidate, scene, rules)
    found = [_incident(each, n, scene, rules) for n, each in enumerate(told)]
    return tuple(i for i in found if all_told or i.weight >= 0)


def _happenings(annotation: Annotation, events: Sequence[Event]) -> Iterator[tuple[Frame, ...]]:
    """The frames of each event, events in text order."""
    by_claim = {make_id(annotation.report.id, f.kind, f.id): f for f in annotation.frames}
    groups = [tuple(by_claim[c] for c in event.claims if c in by_claim) for event in events]
    yield from sorted((g for g in groups if g), key=lambda g: min(f.trigger.start for f in g))


def _told(frames: Sequence[Frame], scene: Scene, rules: IncidentRules) -> _Told | None:
    kept: list[Frame] = []
    types: list[str] = []
    for frame in sorted(frames, key=lambda f: f.trigger.start):
        arms = " ".join(m.quote for m in frame.roles.get("instrument", ()))
        type = rules.type_of(frame.kind, frame.trigger.of(scene.text), arms)
        if type is not None and not frame.negated and frame.modality in ("actual", "planned"):
            kept.append(frame)
            types.append(type)
    return _Told(tuple(kept), tuple(types)) if kept else None


def incident_parts(annotation: Annotation, events: Sequence[Event], told: Mapping[str, set[str]]) -> list[IncidentPart]:
    """The incidents of a report as its record gives them. `told` are the record's events with their claims."""
    return [_part(i, told, annotation.report) for i in incidents(annotation, events)]


def _part(incident: Incident, groups: Mapping[str, set[str]], report: Report) -> IncidentPart:
    told = {make_id(report.id, f.kind, f.id) for f in incident.frames}
    lead = incident.frames[0].evidence
    return {
        "id": incident.id,
        "type": incident.type,
        "stage": incident.stage,
        "earliest": incident.when.earliest.isoformat() if incident.when.earliest else None,
        "latest": incident.when.latest.isoformat() if incident.when.latest else None,
        "date_basis": incident.when.basis,
        "country": incident.country,
        "places": [m.entity for m in incident.places if m.entity],
        "perpetrators": [filler_part(f) for f in incident.fillings.perpetrators],
        "targets": [filler_part(f) for f in incident.fillings.targets],
        "victims": [filler_part(f) for f in incident.fillings.victims],
        "armed_targets": [filler_part(f) for f in incident.fillings.armed],
        "instruments": [filler_part(f) for f in incident.fillings.instruments],
        "inferred": sorted(incident.inferred),
        "events": [id for id, claims in groups.items() if claims & told],
        "evidence": lead.of(report.text),
        "evidence_span": [lead.start, lead.end],
        "score": incident.score,
    }


# ------------------------------------------------------------------------------------------------ one or two


def _add(told: list[_Told], candidate: _Told, scene: Scene, rules: IncidentRules) -> None:
    for n in range(len(told) - 1, -1, -1):
        if _may_be_one(told[n], candidate, scene, rules):
            told[n] = _Told((*told[n].frames, *candidate.frames), (*told[n].types, *candidate.types))
            return
    told.append(candidate)


def _may_be_one(left: _Told, right: _Told, scene: Scene, rules: IncidentRules) -> bool:
    if not _types_agree(left, right, rules):
        return False
    if {f.modality for f in left.frames} != {f.modality for f in right.frames} and _only_planned(left) != _only_planned(
        right
    ):
        return False
    if _days_apart(left, right, scene) or _places_apart(left, right) or _others_struck(left, right, scene):
        return False
    return not scene.brings_up_another(right.frames[0])


def _only_planned(told: _Told) -> bool:
    return all(f.modality == "planned" for f in told.frames)


def _types_agree(left: _Told, right: _Told, rules: IncidentRules) -> bool:
    here, there = _strong(left, rules), _strong(right, rules)
    return not here or not there or bool(here & there)


def _strong(told: _Told, rules: IncidentRules) -> set[str]:
    """The types that tellings of no vague kind give, or that a revision gives."""
    pairs = zip(told.frames, told.types, strict=True)
    return {type for frame, type in pairs if frame.kind not in rules.vague or type != "attack"}


def _days_apart(left: _Told, right: _Told, scene: Scene) -> bool:
    here, there = _stated(left.frames, scene), _stated(right.frames, scene)
    return bool(here and there) and all(_gap(a, b) > 1 for a in here for b in there)


def _stated(frames: Iterable[Frame], scene: Scene) -> list[When]:
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


def _places_apart(left: _Told, right: _Told) -> bool:
    here, there = (_loci(told) for told in (left, right))
    return bool(here and there) and all(_apart(a, b) for a in here for b in there)


def _loci(told: _Told) -> list[Locus]:
    places = (m.value for f in told.frames for m in f.roles.get("place", ()) if "place" not in f.inferred)
    return [p for p in places if isinstance(p, Locus) and p.kind != "country"]


def _apart(left: Locus, right: Locus) -> bool:
    if left.name.casefold() == right.name.casefold():
        return False
    if left.country_iso2 and right.country_iso2 and left.country_iso2 != right.country_iso2:
        return True
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


def _others_struck(left: _Told, right: _Told, scene: Scene) -> bool:
    """Both name someone who was struck, and no one in common."""
    here, there = (scene.named_struck(told.frames) for told in (left, right))
    return bool(here and there) and here.isdisjoint(there)


# ------------------------------------------------------------------------------------------------ the row


def _incident(told: _Told, n: int, scene: Scene, rules: IncidentRules) -> Incident:
    type = _type(told, rules)
    fillings = fillings_of(told.frames, scene)
    when, when_inferred = _when(told, scene)
    country, country_inferred = _country(told, scene)
    places, places_inferred = _places(told, country, scene)
    marks = (("when", when_inferred), ("place", places_inferred), ("country", country_inferred))
    findings = frozenset(findings_of(told.frames, type, n, when, fillings, scene))
    weight = rules.weigh(findings)
    return Incident(
        id=make_id(scene.report.id, "incident", *(f.id for f in told.frames)),
        type=type,
        stage="threatened" if _only_planned(told) else "accomplished",
        when=when,
        country=country,
        places=places,
        fillings=fillings,
        frames=told.frames,
        findings=findings,
        weight=weight,
        score=likelihood(way_of_incident(weight)),
        inferred=frozenset(name for name, is_so in marks if is_so),
    )


def way_of_incident(weight: float) -> Way:
    """The way in which an incident was made: what speaks for it, weighed."""
    return Way("incident", ("rule",), round(weight, 3))


def _type(told: _Told, rules: IncidentRules) -> str:
    strong = [t for f, t in zip(told.frames, told.types, strict=True) if f.kind not in rules.vague or t != "attack"]
    counted = strong or list(told.types)
    return max(counted, key=lambda t: (counted.count(t), -counted.index(t)))


def _when(told: _Told, scene: Scene) -> tuple[When, bool]:
    """The narrowest stated time of the tellings; else that of the words around; else on or before publication."""
    stated = _stated(told.frames, scene)
    if stated:
        return min(stated, key=width), False
    near = next((w for f in told.frames if (w := scene.time_near(f.trigger)) is not None), None)
    if near is not None:
        return near, True
    latest = scene.report.published.latest
    return When(None, latest, "published", anchor=latest), True


def _places(told: _Told, country: str | None, scene: Scene) -> tuple[tuple[Mention, ...], bool]:
    """The places of the tellings; else the nearest one told before or after them."""
    said = [m for f in told.frames for m in f.roles.get("place", ()) if scene.is_below_country(m)]
    if said:
        return scene.finest_first(said), False
    near = next((m for f in told.frames if (m := scene.place_near(f.trigger)) is not None), None)
    if near is not None and scene.country_of(near) == country:
        return scene.finest_first([near]), True
    return (), False


def _country(told: _Told, scene: Scene) -> tuple[str | None, bool]:
    """The country of a place of the tellings; else that of the parties told, else the one the report plays in."""
    said = [scene.country_of(m) for f in told.frames for m in f.roles.get("place", ())]
    found = next((c for c in said if c), None)
    if found is not None:
        return found, False
    if scene.home is not None and scene.home in scene.dateline_countries:
        return scene.home, True  # what a report from the spot says most of
    near = next((c for f in told.frames if (c := scene.country_near(f)) is not None), None)
    return near or scene.home, True
