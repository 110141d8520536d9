"""What Khaldun finds in many reports together, renamed for benchmarks of coreference: who tells of one happening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from formats import Prediction, ends
from khaldun.ingest import Unread
from khaldun.ledger import Ledger
from khaldun.model import Claim, Entity, Frame, Locus, Span, make_id
from khaldun.ontology import kind
from khaldun.resolve import resolve
from khaldun.workflow.extraction import Reading
from khaldun.workflow.walking import Memory
from texts import Row, read_only


@dataclass(frozen=True, slots=True)
class _Told:
    """Many reports after `resolve`. `event` names the happening of a claim, `incident` what a report is about."""

    readings: Mapping[str, Reading]
    ledger: Ledger
    incident: Mapping[str, str]

    def event(self, claim: str) -> str:
        return self.ledger.canonical(claim)


def given_mentions(rows: Sequence[Row], found: Mapping[str, Reading | Unread]) -> Iterator[Prediction]:
    """Event ids for the gold mentions, whose spans (nothing else of the gold) are given.

    A mention that is the trigger of a happening has that happening's id, as `resolve` has it. Khaldun has no opinion
    about the others ("died", "suspect"): those go by the word itself within the reports of one incident.
    """
    told = _resolved(found)
    for row in rows:
        reading = told.readings.get(row["id"])
        incident = told.incident.get(row["id"], row["id"])
        triggers = _triggers(reading) if reading is not None else []
        spans = [Span(m["start"], m["end"]) for m in row["mentions"]]
        yield {
            "id": row["id"],
            "incident_id": incident,
            "facts": _facts(reading) if reading is not None else {},
            "mentions": [
                {**ends(span), "event_id": _event_of(span, row["text"], triggers, told, incident)} for span in spans
            ],
        }


def own_mentions(_: Sequence[Row], found: Mapping[str, Reading | Unread]) -> Iterator[Prediction]:
    """Khaldun's own event mentions: the triggers of its happenings."""
    told = _resolved(found)
    for id, reading in told.readings.items():
        mentions = [{**ends(span), "event_id": told.event(claim)} for span, claim in _triggers(reading)]
        yield {
            "id": id,
            "incident_id": told.incident[id],
            "facts": _facts(reading),
            "mentions": mentions,
        }


def _triggers(reading: Reading) -> list[tuple[Span, str]]:
    """The trigger of every event frame, once, with the id of its claim."""
    found: dict[Span, str] = {}
    for frame in reading.annotation.frames:
        if kind(frame.kind).family == "event" and len(frame.trigger):
            found.setdefault(frame.trigger, _claim_id(reading, frame))
    return list(found.items())


def _claim_id(reading: Reading, frame: Frame) -> str:
    return make_id(reading.report.id, frame.kind, frame.id)


def _event_of(span: Span, text: str, triggers: Sequence[tuple[Span, str]], told: _Told, incident: str) -> str:
    for trigger, claim in triggers:
        if trigger.overlaps(span):
            return told.event(claim)
    return f"{incident}/{_stem(span.of(text))}"


def _stem(words: str) -> str:
    """The word without its commonest endings, so that "killed" and "killing" go together."""
    word = words.lower().split()[0] if words.split() else ""
    for ending in ("ings", "ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


# ------------------------------------------------------------------------------------------------ incidents


def _resolved(found: Mapping[str, Reading | Unread]) -> _Told:
    readings = dict(read_only(found))
    ledger = Ledger(resolve(Memory(tuple(readings.values()))))
    return _Told(readings, ledger, _incidents(readings, ledger))


def _incidents(readings: Mapping[str, Reading], ledger: Ledger) -> dict[str, str]:
    """Reports that tell of one happening, directly or through others, are about one incident."""
    group = {id: id for id in readings}

    def top(id: str) -> str:
        while group[id] != id:
            id = group[id]
        return id

    first: dict[str, str] = {}
    for id, reading in readings.items():
        for event in {ledger.canonical(c.id) for c in reading.claims if c.family == "event"}:
            other = first.setdefault(event, id)
            left, right = sorted((top(id), top(other)))
            group[right] = left
    return {id: top(id) for id in readings}


def _facts(reading: Reading) -> Prediction:
    """Day, state, city and toll of the violent happening that is told most fully."""
    entities = {e.id: e for e in reading.annotation.entities}
    claims = {c.id: c for c in reading.claims}
    violent = [[claims[id] for id in e.claims] for e in reading.events if kind(e.kind).violent]
    lead = max(violent, key=_fullness, default=[])
    if not lead:
        return {}
    facts: Prediction = {}
    day = next((c.when.earliest for c in lead if c.when.earliest and c.when.earliest == c.when.latest), None)
    if day is not None:
        facts["date"] = day.isoformat()
    for point in _points(lead, entities):
        if point.kind in ("city", "town", "village"):
            facts.setdefault("city", point.name)
        elif point.kind == "adm1":
            facts.setdefault("state", point.name)
    for field, of in (("num_killed", "killed"), ("num_injured", "injured")):
        tolls = [t.quantity.best for c in lead for t in c.tolls if t.of == of and t.quantity.best is not None]
        if tolls:
            facts[field] = tolls[0]
    return facts


def _fullness(claims: Sequence[Claim]) -> int:
    return sum(bool(c.tolls) + bool(c.roles.get("place")) + bool(c.roles.get("target")) for c in claims)


def _points(claims: Sequence[Claim], entities: Mapping[str, Entity]) -> Iterator[Locus]:
    for claim in claims:
        for id in claim.roles.get("place", ()):
            point = entities[id].point if id in entities else None
            if point is not None:
                yield point
