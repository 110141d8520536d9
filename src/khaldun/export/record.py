"""Builds the public record of one report from its annotation, its claims and the grouping of its events.

Nothing is found here: the layers are renamed, repeated mentions of one happening are told once, and a relation or
state that is denied or negated stays a claim only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from khaldun.export import record_shape as shape
from khaldun.export.coding import sub_types
from khaldun.export.incidents import incident_parts
from khaldun.export.listed import listed_actors
from khaldun.export.nobodys import without_nobodys
from khaldun.export.plain import iso, pair
from khaldun.export.private import is_bare_name, only_struck
from khaldun.export.record_control import control_parts, is_row
from khaldun.export.record_events import apart_by_manner, event_parts, without_echoes
from khaldun.export.record_times import time_parts
from khaldun.export.record_tolls import spoken
from khaldun.model import Annotation, Attribution, Claim, Entity, Event, Locus, Mention, Report, Tie
from khaldun.ontology import Kinds, kinds


def build_record(
    annotation: Annotation, claims: Iterable[Claim], events: Sequence[Event], known: Kinds | None = None
) -> shape.Record:
    """The record of DESIGN's public interchange. `events` groups the event claims; each event claim is in one.

    `known` are all kinds where the user has own ones; one that is not among them goes by its id.
    """
    claims = tuple(claims)
    by_id = {claim.id: claim for claim in claims}
    grouped = [(event.id, [by_id[c] for c in event.claims if c in by_id]) for event in events]
    titles = [p.span for p in annotation.report.parts if p.kind == "title"]
    grouped = without_nobodys(without_echoes(apart_by_manner(grouped), titles))
    told = event_parts(grouped, kinds() if known is None else known, annotation)
    happened = sorted(told, key=lambda event: (event["evidence_span"][0], event["trigger_span"]))
    relations = _relations(claims)
    control = control_parts(claims, titles)
    places = named_places(annotation) | {p for c in claims for p in c.roles.get("place", ())}
    voices = {v for c in claims for v in c.voice}  # a magazine that carries words is listed among the media
    incidents = incident_parts(annotation, events, {id: {c.id for c in own} for id, own in grouped})
    actors = listed_actors(
        annotation, voices, happened, [part for part, _ in relations], [p for p, _ in control], incidents
    )
    unlisted = {e.id for e in annotation.entities if e.kind == "actor"} - actors
    about = _about(grouped, relations, control)
    scores = _surest(annotation.mentions)
    offices = [c for c in claims if c.values.get("title") and is_row(c)]
    names = {e.id: e.name for e in annotation.entities}
    struck = only_struck(happened, [part for part, _ in relations])
    record: shape.Record = {
        "report": _report(annotation.report),
        "mentions": [_mention(m, unlisted) for m in annotation.mentions],
        "actors": [_actor(e, offices, names, scores, struck) for e in annotation.entities if e.id in actors],
        "places": [_place(e, scores) for e in annotation.entities if e.kind == "place" and e.id in places],
        "times": time_parts(annotation),
        "attributions": [_attribution(a, actors) for a in annotation.attributions],
        "events": happened,
        "claims": [_saying(c, annotation.report.text, about, happened) for c in claims if c.family == "saying"],
        "relations": [part for part, _ in relations],
        "control": [part for part, _ in control],
        "ties": [_tie(tie, annotation.report.text, unlisted) for tie in annotation.ties],
        "incidents": incidents,
    }
    coded = sub_types(record)
    for event in happened:
        event["acled"] = coded[event["id"]]
    return record


def _report(report: Report) -> shape.ReportPart:
    text = report.text
    return {
        "id": report.id,
        "title": report.title,
        "author": report.author,
        "publisher": report.outlet,
        "published": iso(report.published_day),
        "published_earliest": iso(report.published.earliest),
        "published_latest": iso(report.published.latest),
        "published_basis": report.published.basis,
        "published_evidence": report.published_evidence,
        "input_id": report.input_id,
        "url": report.url,
        "language": report.language,
        "unread": report.unread,
        "raw": report.raw,
        "parts": [{"kind": p.kind, "span": pair(p.span)} for p in report.parts],
        "references": [{"quote": r.quote, "span": pair(r.span)} for r in report.references],
        "comments": [
            {"author": p.author, "excerpt": p.span.of(text), "span": pair(p.span)}
            for p in report.parts
            if p.kind == "comment"
        ],
        "dropped": [
            {"reason": d.reason, "quote": d.quote, "span": pair(d.span) if d.span else None} for d in report.dropped
        ],
    }


def _mention(mention: Mention, unlisted: Set[str]) -> shape.MentionPart:
    return {
        "id": mention.id,
        "span": pair(mention.span),
        "quote": mention.quote,
        "kind": mention.kind,
        "entity": None if mention.entity in unlisted else mention.entity,
        "score": mention.score,
        "made_by": mention.made_by,
    }


def _surest(mentions: Iterable[Mention]) -> dict[str, float]:
    """The score of each entity's surest mention."""
    found: dict[str, float] = {}
    for mention in mentions:
        if mention.entity is not None:
            found[mention.entity] = max(found.get(mention.entity, 0.0), mention.score)
    return found


def _actor(
    entity: Entity, offices: Sequence[Claim], names: Mapping[str, str], scores: Mapping[str, float], struck: Set[str]
) -> shape.ActorPart:
    roles = [_role(c, names) for c in offices if c.roles.get("source") == (entity.id,)]
    nobody_else = entity.id in struck and not roles and is_bare_name(entity)
    return {
        "id": entity.id,
        "name": entity.name,
        "country_iso3": entity.country_iso3,
        "identifiers": dict(entity.identifiers),
        "private": entity.private or nobody_else,
        "type": entity.type or ("media" if entity.kind == "media_product" else None),
        "aliases": [n.text for n in entity.names],
        "role": _office(roles),
        "roles": roles,
        "score": scores.get(entity.id),
    }


def _office(roles: Sequence[shape.RolePart]) -> str | None:
    """The first office that has not ended, in words; of one who holds none any more the first, called former.

    An end alone tells of an office that is over; a beginning beside it is a day on which it was held or given.
    """
    lasting = [role for role in roles if role["to"] is None or role["from"] is not None]
    if not roles:
        return None
    role = (lasting or roles)[0]
    told = " of ".join(part for part in (role["title"], role["of"]) if part)
    return told if lasting or told.lower().startswith(_FORMER) else f"former {told}"


_FORMER = ("former", "ex-", "late ")


def _role(claim: Claim, names: Mapping[str, str]) -> shape.RolePart:
    return {
        "title": claim.values.get("title"),
        "of": claim.values.get("of") or next((names.get(id, id) for id in claim.roles.get("target", ())), None),
        "from": iso(claim.when.earliest),
        "to": iso(claim.when.latest),
        "evidence": claim.quote,
        "evidence_span": pair(claim.span),
    }


def named_places(annotation: Annotation) -> frozenset[str]:
    """The places that are more than a country or capital that acts as a state, or than where the report was filed:
    that counts where the report is about the country round it."""
    datelines = [p.span for p in annotation.report.parts if p.kind == "dateline"]
    acting = {span for m in annotation.mentions if m.kind == "actor" for span in (m.span, m.head or m.span)}
    named = [m for m in annotation.mentions if m.kind == "place" and m.entity and m.span not in acting]
    told = [m for m in named if not m.span.within_any(datelines)]
    countries = {m.value.country_iso2 for m in told if isinstance(m.value, Locus)}
    filed = (m for m in named if isinstance(m.value, Locus) and m.value.country_iso2 in countries)
    return frozenset(m.entity for m in (*told, *filed) if m.entity)


def _place(entity: Entity, scores: Mapping[str, float]) -> shape.PlacePart:
    point = entity.point or Locus(entity.name, precision="unknown")
    identifiers = dict(entity.identifiers)
    if point.geonames is not None:
        identifiers["geonames"] = str(point.geonames)
    return {
        "id": entity.id,
        "name": entity.name,
        "aliases": [n.text for n in entity.names],
        "country_iso2": point.country_iso2,
        "lat": point.lat,
        "lon": point.lon,
        "kind": point.kind,
        "precision": point.precision,
        "identifiers": identifiers,
        "score": scores.get(entity.id),
    }


def _attribution(attribution: Attribution, actors: Set[str]) -> shape.AttributionPart:
    """A document that speaks is in `source_spans`; as `speaker` and `via` only actors of the record are named."""
    return {
        "id": attribution.id,
        "source_spans": [pair(s) for s in attribution.source],
        "cue_spans": [pair(s) for s in attribution.cue],
        "content_spans": [pair(s) for s in attribution.content],
        "speaker": attribution.speaker if attribution.speaker in actors else None,
        "via": [v for v in attribution.via if v in actors],
        "medium": attribution.medium,
        "stance": attribution.stance,
        "type": attribution.type,
        "polarity": attribution.polarity,
        "determinate": attribution.determinate,
        "parent": attribution.parent,
        "score": attribution.score,
        "made_by": attribution.made_by,
    }


# ------------------------------------------------------------------------------------------------ sayings, ties, states


def _said_no_earlier(claim: Claim, about: Sequence[str], events: Sequence[shape.EventPart]) -> str | None:
    """A saying has its own stated day; else it is no older than the happening that it tells of."""
    if claim.when.basis != "published":
        return iso(claim.when.earliest)
    told = [e["earliest"] for e in events if e["id"] in about and e["factuality"] not in {"planned", "possible"}]
    latest = iso(claim.when.latest)
    return max((day for day in told if day is not None and latest is not None and day <= latest), default=None)


def _saying(
    claim: Claim, text: str, about: Mapping[str, list[str]], events: Sequence[shape.EventPart]
) -> shape.ClaimPart:
    voices = spoken(claim)
    return {
        "id": claim.id,
        "speaker": voices[0],
        "via": voices[1:],
        "medium": claim.medium,
        "cue": claim.cue.of(text) if claim.cue else None,
        "cue_span": pair(claim.cue) if claim.cue else None,
        "content": claim.quote,
        "content_span": pair(claim.span),
        "content_spans": [pair(s) for s in claim.spans],
        "stance": claim.stance,
        "access": claim.values.get("access"),
        "date_earliest": _said_no_earlier(claim, about.get(claim.attribution or "", []), events),
        "date_latest": iso(claim.when.latest),
        "about": about.get(claim.attribution or "", []),
        "score": claim.score,
        "made_by": claim.made_by,
    }


def _relations(claims: Sequence[Claim]) -> list[tuple[shape.RelationPart, list[Claim]]]:
    """One row a tie; claims that repeat it are kept beside the row that stands for them."""
    rows: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.family != "relation" or not is_row(claim):
            continue
        source, target = claim.roles["source"], claim.roles.get("target", ())
        if not source or not target:
            continue
        ends = (
            sorted((source[0], target[0]))
            if claim.kind in {"fights", "rival_of", "allied_with"}
            else [source[0], target[0]]
        )
        rows.setdefault((claim.kind, ends[0], ends[1]), []).append(claim)
    return [(_relation(told), told) for told in rows.values()]


def _relation(told: Sequence[Claim]) -> shape.RelationPart:
    """The tie as the report itself tells it, else in the first words, over the time that all tellings give together."""
    claim = next((c for c in told if not spoken(c)), told[0])
    begun = [c.when.earliest for c in told if c.when.earliest is not None]
    dated = [c for c in told if c.when.known]
    ended = [c.when.latest for c in dated if c.when.latest is not None]
    return {
        "id": claim.id,
        "type": claim.kind,
        "source": claim.roles["source"][0],
        "target": claim.roles["target"][0],
        "from": iso(min(begun, default=None)),
        "to": iso(max(ended)) if ended and len(ended) == len(dated) else None,
        "factuality": claim.factuality,
        "according_to": spoken(claim),
        "evidence": claim.quote,
        "evidence_span": pair(claim.span),
        "score": claim.score,
        "made_by": claim.made_by,
    }


def _tie(tie: Tie, text: str, unlisted: Set[str]) -> shape.TiePart:
    return {
        "id": tie.id,
        "type": tie.kind,
        "source": _end(tie.source, unlisted),
        "target": _end(tie.target, unlisted),
        "according_to": [v for v in tie.voice if not v.startswith("outlet:")],
        "factuality": tie.factuality,
        "evidence": tie.evidence.of(text),
        "evidence_span": pair(tie.evidence),
        "score": tie.score,
        "made_by": tie.made_by,
    }


def _end(mention: Mention, unlisted: Set[str]) -> shape.EndPart:
    entity = None if mention.entity in unlisted else mention.entity
    return {"quote": mention.quote, "span": pair(mention.span), "entity": entity}


def _about(
    events: Sequence[tuple[str, list[Claim]]],
    relations: Sequence[tuple[shape.RelationPart, list[Claim]]],
    control: Sequence[tuple[shape.ControlPart, list[Claim]]],
) -> dict[str, list[str]]:
    """For each attribution the ids of the events, relations and states that stand in its content."""
    found: dict[str, list[str]] = {}
    rows = [
        *events,
        *((part["id"], group) for part, group in relations),
        *((part["id"], group) for part, group in control),
    ]
    for id, group in rows:
        for claim in group:
            if claim.attribution is not None and id not in found.setdefault(claim.attribution, []):
                found[claim.attribution].append(id)
    return found
