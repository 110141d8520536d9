"""Incidents: one row for each attack that a report tells as news, from its frames and mentions.

Several tellings of one bombing are one incident: what one sentence leaves out another one gives. Which kinds of event
are incidents, and what makes them news rather than background, is written in `data/rules/incidents.yaml`. A day or a
country that no telling states is taken from the text around it, then from the dateline, and listed in `inferred`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from khaldun.export.incident_candidates import Candidate, candidates_of
from khaldun.export.incident_fillers import Fillings, filler_part, ruled_fillings
from khaldun.export.incident_findings import findings_of
from khaldun.export.incident_joining import Told, stated, strong_types, tellings
from khaldun.export.incident_rules import IncidentRules, load_incident_rules
from khaldun.export.incident_scene import Scene, scene_of, width
from khaldun.export.incident_weighing import Place, fillings_of
from khaldun.export.record_shape import IncidentPart
from khaldun.likelihood import Way, likelihood
from khaldun.model import Annotation, Event, Frame, Locus, Mention, Report, Span, When, make_id


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident. `country` is an ISO 3166 alpha-2 code; `places` go from towns to areas, countries left out.

    `when` is an interval; with `earliest` None it lies on or before `latest`. `inferred` names what no telling says.
    `words` are where type, date, country and places stand; of a date or country that nothing says there are none.
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
    words: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


def incidents(
    annotation: Annotation, events: Sequence[Event], rules: IncidentRules | None = None, *, all_told: bool = False
) -> tuple[Incident, ...]:
    """The incidents of a report in the order in which they are first told.

    `events` says which frames tell of one happening. With `all_told` those that are no news of the report come too.
    """
    rules = rules or load_incident_rules()
    if not any(rules.may_tell(frame.kind) for frame in annotation.frames):
        return ()
    scene = scene_of(annotation, rules)
    told = tellings(annotation, events, scene, rules)
    rows = [_row(each, n, scene, rules) for n, each in enumerate(told)]
    wanted = [row for row in rows if all_told or row.weight >= 0]
    candidates = candidates_of(scene) if wanted else ()
    return tuple(_filled(row, rows, candidates, scene) for row in wanted)


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
        "quotes": {
            cell: [{"quote": s.of(report.text), "span": [s.start, s.end]} for s in spans]
            for cell, spans in incident.words.items()
        },
        "events": [id for id, claims in groups.items() if claims & told],
        "evidence": lead.of(report.text),
        "evidence_span": [lead.start, lead.end],
        "score": incident.score,
    }


# ------------------------------------------------------------------------------------------------ the row


def _row(told: Told, n: int, scene: Scene, rules: IncidentRules) -> Incident:
    type = _type(told, rules)
    when, when_inferred, dating = _when(told, scene)
    country, country_inferred, naming = _country(told, scene)
    places, places_inferred = _places(told, country, scene)
    marks = (("when", when_inferred), ("place", places_inferred), ("country", country_inferred))
    findings = frozenset(findings_of(told.frames, type, n, when, ruled_fillings(told.frames, scene), scene))
    weight = (rules.rows if scene.layered else rules.rows_by_rule).weigh(findings)
    return Incident(
        id=make_id(scene.report.id, "incident", *(f.id for f in told.frames)),
        type=type,
        stage="threatened" if told.only_planned else "accomplished",
        when=when,
        country=country,
        places=places,
        fillings=Fillings(),
        frames=told.frames,
        findings=findings,
        weight=weight,
        score=likelihood(way_of_incident(weight, layered=scene.layered)),
        inferred=frozenset(name for name, is_so in marks if is_so),
        words={
            "type": tuple(f.trigger for f in told.frames),
            "date": tuple(m.span for m in dating if m is not None),
            "country": tuple(m.span for m in naming if m is not None),
            "places": tuple(m.span for m in places),
        },
    )


def way_of_incident(weight: float, *, layered: bool) -> Way:
    """The way in which an incident was made: what speaks for it, weighed, with the learned layer or without."""
    return Way("incident", ("both" if layered else "rule",), round(weight, 3))


def _filled(row: Incident, rows: Sequence[Incident], candidates: Sequence[Candidate], scene: Scene) -> Incident:
    others = [other for other in rows if other is not row]
    news = [other.frames for other in others if other.weight >= 0]
    place = Place(row.type, row.frames, news, [other.frames for other in others])
    return replace(row, fillings=fillings_of(place, candidates, scene))


def _type(told: Told, rules: IncidentRules) -> str:
    counted = strong_types(told, rules) or list(told.types)
    return max(counted, key=lambda t: (counted.count(t), -counted.index(t)))


def _when(told: Told, scene: Scene) -> tuple[When, bool, Iterable[Mention | None]]:
    """The narrowest stated time of the tellings; else that of the words around; else on or before publication.

    With it whether no telling says it, and the words that do.
    """
    said = stated(told.frames, scene)
    if said:
        when = min(said, key=width)
        return when, False, (scene.words_of(when, told.frames),)
    near = next((m for f in told.frames if (m := scene.time_near(f.trigger)) is not None), None)
    if near is not None and near.when is not None:
        return near.when, True, (near,)
    latest = scene.report.published.latest
    return When(None, latest, "published", anchor=latest), True, ()


def _places(told: Told, country: str | None, scene: Scene) -> tuple[tuple[Mention, ...], bool]:
    """The places of the tellings; else the nearest one told before or after them. All lie in the row's country."""
    said = [m for f in told.frames for m in f.roles.get("place", ()) if scene.is_below_country(m)]
    within = [m for m in said if scene.country_of(m) in (country, None)]
    if within:
        return scene.finest_first(within), False
    near = next((m for f in told.frames if (m := scene.place_near(f.trigger)) is not None), None)
    if near is not None and scene.country_of(near) == country:
        return scene.finest_first([near]), True
    return (), False


def _country(told: Told, scene: Scene) -> tuple[str | None, bool, Iterable[Mention | None]]:
    """The country of a place of the tellings; else that of the parties told, else the one the report plays in.

    With it whether no telling says it, and the words that do.
    """
    said = (m for f in told.frames for m in f.roles.get("place", ()) if scene.country_of(m))
    found = next(said, None)
    if found is not None:
        return scene.country_of(found), False, (found,)
    near = next((m for f in told.frames if (m := scene.country_near(f)) is not None), None)
    from_the_spot = scene.home is not None and scene.home in scene.dateline_countries
    if near is not None and isinstance(near.value, Locus) and not from_the_spot:
        return near.value.country_iso2, True, (near,)
    return scene.home, True, (scene.first_of(scene.home),)  # what a report says most of
