"""Records as flat rows (see `shapes`): names in place of ids, the voice spelt out with the outlet last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from khaldun.export.phrases import tenure
from khaldun.export.shapes import (
    ActorRow,
    AttributionRow,
    ClaimRow,
    ControlRow,
    EventRow,
    IncidentRow,
    MentionRow,
    PlaceRow,
    RelationRow,
    ReportRow,
    TimeRow,
)

Record: TypeAlias = Mapping[str, Any]


def report_row(record: Record) -> ReportRow:
    """One row for the report itself."""
    report = record["report"]
    return ReportRow(
        id=report["id"],
        input_id=report["input_id"],
        outlet=report.get("publisher"),
        title=report.get("title"),
        author=report.get("author"),
        published=report.get("published"),
        published_earliest=report.get("published_earliest"),
        published_latest=report.get("published_latest"),
        published_basis=report.get("published_basis"),
        published_evidence=report.get("published_evidence"),
        language=report.get("language"),
        url=report.get("url"),
        events=len(record["events"]),
        claims=len(record["claims"]),
        relations=len(record["relations"]),
        control=len(record["control"]),
        dropped=len(report.get("dropped", ())),
    )


def event_rows(record: Record) -> Iterator[EventRow]:
    """One row per event, in text order."""
    names, places = names_of(record), {place["id"]: place for place in record["places"]}
    outlet, published = _outlet(record), record["report"].get("published")
    for event in record["events"]:
        place = places.get(event.get("place") or "", {})
        killed, injured = event.get("fatalities") or {}, event.get("injured") or {}
        start, end = _ends(event, "evidence_span")
        yield EventRow(
            id=event["id"],
            happening=event.get("happening"),
            report=record["report"]["id"],
            outlet=outlet,
            published=published,
            type=event["type"],
            plover_type=(event.get("plover") or {}).get("type"),
            plover_mode=(event.get("plover") or {}).get("mode"),
            actor=_named(event["actor"], names),
            target=_named(event["target"], names),
            place=place.get("name"),
            country_iso2=place.get("country_iso2"),
            lat=place.get("lat"),
            lon=place.get("lon"),
            place_precision=event.get("place_precision") or place.get("precision"),
            earliest=event.get("earliest"),
            latest=event.get("latest"),
            date_precision=event.get("date_precision"),
            killed_low=killed.get("low"),
            killed_best=killed.get("best"),
            killed_high=killed.get("high"),
            killed_according_to=_named(killed.get("according_to"), names),
            injured_low=injured.get("low"),
            injured_best=injured.get("best"),
            injured_high=injured.get("high"),
            injured_according_to=_named(injured.get("according_to"), names),
            factuality=event["factuality"],
            negated=bool(event.get("negated")),
            distanced=bool(event.get("distanced")),
            inferred=list(event.get("inferred") or ()),
            # an event's source is written outermost last already; only the outlet is added
            voice=voice(_named(event.get("source"), names), outlet),
            quote=event["evidence"],
            start=start,
            end=end,
            score=event.get("score"),
            made_by=event.get("made_by"),
        )


def incident_rows(record: Record) -> Iterator[IncidentRow]:
    """One row per incident, in text order."""
    names, outlet = names_of(record), _outlet(record)
    for incident in record.get("incidents", ()):
        start, end = _ends(incident, "evidence_span")
        by = incident["perpetrators"]
        yield IncidentRow(
            id=incident["id"],
            report=record["report"]["id"],
            outlet=outlet,
            published=record["report"].get("published"),
            type=incident["type"],
            stage=incident["stage"],
            earliest=incident["earliest"],
            latest=incident["latest"],
            date_basis=incident["date_basis"],
            country_iso2=incident["country"],
            places=_named(incident["places"], names),
            perpetrators=[f["quote"] for f in by if f["kind"] != "organisation"],
            perpetrator_organisations=[f["quote"] for f in by if f["kind"] == "organisation"],
            targets=[f["quote"] for f in incident["targets"]],
            victims=[f["quote"] for f in incident["victims"]],
            armed_targets=[f["quote"] for f in incident["armed_targets"]],
            instruments=[f["quote"] for f in incident["instruments"]],
            inferred=incident["inferred"],
            type_quotes=_words(incident, "type"),
            date_quotes=_words(incident, "date"),
            country_quotes=_words(incident, "country"),
            place_quotes=_words(incident, "places"),
            events=incident["events"],
            quote=incident["evidence"],
            start=start,
            end=end,
            score=incident["score"],
        )


def _words(incident: Mapping[str, Any], cell: str) -> list[str]:
    return [words["quote"] for words in incident["quotes"][cell]]


def claim_rows(record: Record) -> Iterator[ClaimRow]:
    """One row per thing that someone other than the report says."""
    names, outlet = names_of(record), _outlet(record)
    for claim in record["claims"]:
        start, end = _ends(claim, "content_span")
        speaker = _name(claim.get("speaker"), names)
        chain = [*([speaker] if speaker else ()), *_named(claim.get("via"), names)]
        yield ClaimRow(
            id=claim["id"],
            report=record["report"]["id"],
            outlet=outlet,
            published=record["report"].get("published"),
            speaker=speaker,
            stance=claim["stance"],
            content=claim["content"],
            cue=claim.get("cue"),
            medium=claim.get("medium"),
            voice=voice(chain, outlet),
            earliest=claim.get("date_earliest"),
            latest=claim.get("date_latest"),
            about=list(claim.get("about") or ()),
            start=start,
            end=end,
            score=claim.get("score"),
            made_by=claim.get("made_by"),
        )


def relation_rows(record: Record) -> Iterator[RelationRow]:
    """One row per tie between two actors."""
    names, outlet = names_of(record), _outlet(record)
    for relation in record["relations"]:
        start, end = _ends(relation, "evidence_span")
        yield RelationRow(
            id=relation["id"],
            report=record["report"]["id"],
            outlet=outlet,
            published=record["report"].get("published"),
            source=_name(relation.get("source"), names),
            type=relation["type"],
            target=_name(relation.get("target"), names),
            since=relation.get("from"),
            until=relation.get("to"),
            factuality=relation["factuality"],
            voice=voice(_named(relation.get("according_to"), names), outlet),
            quote=relation["evidence"],
            start=start,
            end=end,
            score=relation.get("score"),
            made_by=relation.get("made_by"),
        )


def control_rows(record: Record) -> Iterator[ControlRow]:
    """One row per statement about who holds a place."""
    names, outlet = names_of(record), _outlet(record)
    for control in record["control"]:
        start, end = _ends(control, "evidence_span")
        yield ControlRow(
            id=control["id"],
            report=record["report"]["id"],
            outlet=outlet,
            published=record["report"].get("published"),
            place=_name(control.get("place"), names),
            place_precision=control.get("place_precision"),
            actor=_name(control.get("actor"), names),
            status=control["status"],
            earliest=control.get("earliest"),
            latest=control.get("latest"),
            begun_by=control.get("begun_by"),
            past=bool(control.get("past")),
            inferred=bool(control.get("inferred")),
            distanced=bool(control.get("distanced")),
            voice=voice(_named(control.get("according_to"), names), outlet),
            quote=control["evidence"],
            start=start,
            end=end,
            score=control.get("score"),
        )


def actor_rows(record: Record) -> Iterator[ActorRow]:
    """One row per actor, those in no event among them."""
    names, counts = names_of(record), _mention_counts(record)
    for actor in record["actors"]:
        yield ActorRow(
            id=actor["id"],
            report=record["report"]["id"],
            name=actor["name"],
            type=actor.get("type"),
            country_iso3=actor.get("country_iso3"),
            aliases=list(actor.get("aliases") or ()),
            role=actor.get("role"),
            roles=[_office(role, names) for role in actor.get("roles") or ()],
            private=bool(actor.get("private")),
            identifiers=[f"{key}:{value}" for key, value in sorted((actor.get("identifiers") or {}).items())],
            mentions=counts[actor["id"]],
            score=actor.get("score"),
        )


def place_rows(record: Record) -> Iterator[PlaceRow]:
    """One row per place; one that no gazetteer knows has no degrees."""
    counts = _mention_counts(record)
    for place in record["places"]:
        geonames = (place.get("identifiers") or {}).get("geonames")
        yield PlaceRow(
            id=place["id"],
            report=record["report"]["id"],
            name=place["name"],
            aliases=list(place.get("aliases") or ()),
            kind=place.get("kind"),
            country_iso2=place.get("country_iso2"),
            lat=place.get("lat"),
            lon=place.get("lon"),
            precision=place.get("precision"),
            geonames=None if geonames is None else str(geonames),
            mentions=counts[place["id"]],
            score=place.get("score"),
        )


def mention_rows(record: Record) -> Iterator[MentionRow]:
    """One row per mention of anything, in text order."""
    for mention in record["mentions"]:
        yield MentionRow(
            id=mention["id"],
            report=record["report"]["id"],
            kind=mention["kind"],
            quote=mention["quote"],
            start=mention["span"][0],
            end=mention["span"][1],
            entity=mention.get("entity"),
            score=mention.get("score"),
        )


def time_rows(record: Record) -> Iterator[TimeRow]:
    """One row per time in the text, with the interval it was read as."""
    for time in record["times"]:
        yield TimeRow(
            report=record["report"]["id"],
            quote=time["quote"],
            start=time["span"][0],
            end=time["span"][1],
            earliest=time.get("earliest"),
            latest=time.get("latest"),
            type=time.get("type"),
            value=time.get("value"),
            basis=time.get("basis"),
            score=time.get("score"),
        )


def attribution_rows(record: Record) -> Iterator[AttributionRow]:
    """One row per attribution; spans are written ``12-34 40-56``."""
    names = names_of(record)
    for found in record["attributions"]:
        yield AttributionRow(
            id=found["id"],
            report=record["report"]["id"],
            speaker=_name(found.get("speaker"), names),
            via=_named(found.get("via"), names),
            medium=found.get("medium"),
            stance=found.get("stance"),
            parent=found.get("parent"),
            source_spans=_spans(found["source_spans"]),
            cue_spans=_spans(found["cue_spans"]),
            content_spans=_spans(found["content_spans"]),
            score=found.get("score"),
        )


# ------------------------------------------------------------------------------------------------ helpers


def names_of(record: Record) -> dict[str, str]:
    """The names of the record's actors and places by id."""
    return {item["id"]: item["name"] for item in (*record["actors"], *record["places"])}


def voice(speakers: Sequence[str], outlet: str | None) -> list[str]:
    """Who says so: the speaker first, carriers after, the outlet last where it is known."""
    chain = [*speakers, *([outlet] if outlet else ())]
    return [name for at, name in enumerate(chain) if not at or name != chain[at - 1]]  # who told Reuters, in Reuters


def toll_voices(event: Mapping[str, Any], record: Record) -> list[tuple[list[str], list[Mapping[str, Any]]]]:
    """The tolls of an event by the voice that gives them, in the order in which they are told."""
    names, outlet = names_of(record), _outlet(record)
    told: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for one in event.get("tolls") or ():
        told.setdefault(tuple(voice(_named(one.get("according_to"), names), outlet)), []).append(one)
    return [(list(chain), tolls) for chain, tolls in told.items()]


def _outlet(record: Record) -> str | None:
    outlet: str | None = record["report"].get("publisher")
    return outlet


def _name(id: str | None, names: Mapping[str, str]) -> str | None:
    return None if id is None else names.get(id, id)


def _named(ids: Sequence[str] | None, names: Mapping[str, str]) -> list[str]:
    return [names.get(id, id) for id in ids or ()]


def _ends(item: Mapping[str, Any], field: str) -> tuple[int | None, int | None]:
    span = item.get(field)
    return (span[0], span[1]) if span else (None, None)


def _office(role: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """``chairman of National Transitional Council (from 2011-03-05)``, ``… (ended by 2011-10-20)``."""
    body = _name(role.get("of"), names)
    title = f"{role['title']} of {body}" if body else str(role["title"])
    since, until = role.get("from"), role.get("to")
    return f"{title} ({tenure(since, until)})" if since or until else title


def _mention_counts(record: Record) -> Counter[str]:
    return Counter(mention["entity"] for mention in record["mentions"] if mention.get("entity"))


def _spans(spans: Sequence[Sequence[int]]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)
