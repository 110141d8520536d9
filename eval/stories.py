"""Stories told by several outlets, one at a time: who is who, what is one happening, who says what, what it amounts to.

The reports of a story are read, resolved and assessed together, as `khaldun read` does with them; this module puts
the outcome in the shape of the record across reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from formats import Prediction, pair
from khaldun.annotate.kit import Kit
from khaldun.assess import Scene, contradictions, corroboration, independent_voices, interest, load_rules, scene_of
from khaldun.ledger import Ledger, events_of
from khaldun.model import Assessment, Claim, Event, Toll
from khaldun.ontology import kind
from khaldun.resolve import resolve
from khaldun.workflow.extraction import Reading
from khaldun.workflow.walking import Memory
from texts import Text, read_only, read_texts

_OUTLET = "outlet"
_HARM = {"killed": "killed", "injured": "injured"}


def story_texts(folder: Path) -> list[Text]:
    """The reports of one story with what is known of each; ids are their names without the ending."""
    known = json.loads((folder / "reports.json").read_text(encoding="utf-8"))
    return [
        Text(
            Path(name).stem,
            (folder / name).read_bytes().decode("utf-8"),
            published=about.get("published"),
            title=about.get("title"),
            outlet=about.get("outlet"),
        )
        for name, about in sorted(known.items())
    ]


def tell(texts: Sequence[Text], kit: Kit, label: str) -> Prediction:
    """The record across the reports of one story."""
    readings = dict(read_only(read_texts(texts, kit, label)))
    undecided = Memory(tuple(readings.values()))
    view = Memory(undecided.readings, tuple(resolve(undecided)))
    return _Story(readings, view).record()


@dataclass(frozen=True)
class _Story:
    """The reports of one story after `resolve`."""

    readings: dict[str, Reading]
    view: Memory

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.view.judgements())

    @cached_property
    def scene(self) -> Scene:
        return scene_of(self.view)

    @cached_property
    def names(self) -> dict[str, str]:
        """Each report's name by its id."""
        return {reading.report.id: name for name, reading in self.readings.items()}

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return events_of(self.view.claims(), self.ledger)

    @cached_property
    def event_of(self) -> dict[str, str]:
        return {claim: event.id for event in self.events for claim in event.claims}

    def record(self) -> Prediction:
        parts = {claim.id: list(self._parts(claim)) for claim in self.view.claims()}
        return {
            "entities": list(self._entities()),
            "events": [self._event(event) for event in self.events],
            "claims": [part for found in parts.values() for part in found],
            "origins": self._origins(parts),
            "contradictions": list(self._contradictions(parts)),
            "control": self._control(parts),
            "corroboration": [self._corroboration(event) for event in self.events],
        }

    # -------------------------------------------------------------------------------------------- who, what

    def _entities(self) -> Iterator[Prediction]:
        mentions: dict[str, list[Prediction]] = {}
        for name, reading in self.readings.items():
            for m in reading.annotation.mentions:
                if m.entity is not None and m.form != "pronoun":
                    told = {"report": name, "quote": m.quote, "span": pair(m.span)}
                    mentions.setdefault(self.ledger.canonical(m.entity), []).append(told)
        for id, named in mentions.items():
            yield {"id": id, "name": self.scene.name(id), "mentions": named}

    def _event(self, event: Event) -> Prediction:
        claims = [self._claims[id] for id in event.claims]
        known = [c.when for c in claims if c.when.earliest is not None] or [c.when for c in claims if c.when.known]
        when = min(known, key=lambda w: _days(w.earliest, w.latest), default=None)
        places = [p for c in claims for p in c.roles.get("place", ())]
        return {
            "id": event.id,
            "type": kind(event.kind).plain,
            "place": self.ledger.canonical(places[0]) if places else None,
            "earliest": _iso(when.earliest) if when else None,
            "latest": _iso(when.latest) if when else None,
            "mentions": [self._words(c) for c in claims],
        }

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.view.claims()}

    def _words(self, claim: Claim) -> Prediction:
        return {"report": self.names[claim.report], "quote": claim.quote, "span": pair(claim.span)}

    # -------------------------------------------------------------------------------------------- who says what

    def _parts(self, claim: Claim) -> Iterator[Prediction]:
        """A claim as one row for each thing it says: that it happened, who did it, how many, where, when."""
        for n, (field, value) in enumerate(self._values(claim)):
            yield {
                "id": f"{claim.id}/{n}",
                "event": self.event_of.get(claim.id),
                **self._words(claim),
                **self._voice(claim),
                "field": field,
                "value": value,
                "interest": interest(claim, self.scene, load_rules()).value,
            }

    def _voice(self, claim: Claim) -> Prediction:
        speakers = [self.ledger.canonical(v) for v in claim.voice if not v.startswith(_OUTLET)]
        return {"speaker": speakers[0] if speakers else _OUTLET, "via": speakers[1:]}

    def _values(self, claim: Claim) -> Iterator[tuple[str, Any]]:
        stance = "deny" if claim.manner.negated or claim.factuality == "denied" else "assert"
        who = [self.ledger.canonical(id) for id in claim.roles.get("actor", ())]
        places = [self.ledger.canonical(id) for id in claim.roles.get("place", ())]
        if claim.family == "control":
            if who and places:
                status = claim.kind.removeprefix("control.")
                yield "control", {"place": places[0], "actor": who[0], "status": status}
            return
        yield "occurrence", {"text": claim.quote, "stance": stance}
        if claim.family == "event":
            yield from (("toll", self._toll(toll)) for toll in claim.tolls)
            if who:
                yield "perpetrator", {"who": who, "stance": stance}
            if places:
                yield "place", {"text": self.scene.name(places[0])}
            if claim.when.earliest is not None:
                yield "date", {"earliest": _iso(claim.when.earliest), "latest": _iso(claim.when.latest)}

    def _toll(self, toll: Toll) -> Prediction:
        value = {"what": _HARM.get(toll.of, "affected"), "low": toll.quantity.low, "high": toll.quantity.high}
        return value | ({"scope": self.scene.name(toll.who)} if toll.who else {})

    # -------------------------------------------------------------------------------------------- what it amounts to

    def _origins(self, parts: dict[str, list[Prediction]]) -> list[Prediction]:
        """A named source is one origin of all it says; an outlet's own sentences are one for each happening."""
        groups: list[list[str]] = []
        for voice in independent_voices(self.view.claims(), self.view, scene=self.scene):
            own: dict[str, list[str]] = {}
            for id in voice.claims:
                happening = self.event_of.get(id, id) if {"own_sentence", "copied_text"} & set(voice.because) else ""
                own.setdefault(happening, []).append(id)
            groups += own.values()
        return [
            {"id": f"origin{n}", "claims": [part["id"] for id in ids for part in parts[id]]}
            for n, ids in enumerate(groups)
        ]

    def _contradictions(self, parts: dict[str, list[Prediction]]) -> Iterator[Prediction]:
        for row in contradictions(self.view, self.events, load_rules(), scene=self.scene):
            field = {"denial": "occurrence"}.get(row.values["field"], row.values["field"])
            left, right = (_parts_of(parts, ids, field) for ids in (row.supporting, row.opposing))
            yield from ({"claims": [a, b], "field": field} for a in left for b in right)

    def _control(self, parts: dict[str, list[Prediction]]) -> list[Prediction]:
        """What is said of who holds what: one row for each state, with all who say so; one that is denied is none."""
        rows: dict[tuple[str, ...], Prediction] = {}
        for claim in self.view.claims():
            if claim.family == "control" and not claim.manner.negated and claim.factuality != "denied":
                for part in parts[claim.id]:
                    row: Prediction = {
                        **part["value"],
                        "earliest": _iso(claim.when.earliest),
                        "latest": _iso(claim.when.latest),
                    }
                    key = (row["place"], row["actor"], row["status"])
                    told = rows.setdefault(key, {**row, "according_to": [], "claims": []})
                    told["claims"].append(part["id"])
                    if part["speaker"] not in (_OUTLET, *told["according_to"]):
                        told["according_to"].append(part["speaker"])
        return list(rows.values())

    def _corroboration(self, event: Event) -> Prediction:
        found: Assessment = corroboration(event, self.view, load_rules(), scene=self.scene)
        return {"event": event.id, "level": found.values["corroboration"].replace("_", " ")}


def _parts_of(parts: dict[str, list[Prediction]], claims: Sequence[str], field: str) -> list[str]:
    """The first row of each claim that says something of that field."""
    firsts = (next((part["id"] for part in parts.get(id, ()) if part["field"] == field), None) for id in claims)
    return [id for id in firsts if id is not None]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _days(earliest: date | None, latest: date | None) -> int:
    return (latest - earliest).days if earliest and latest else 10**6
