"""One record by hand, with everything in it that an exporter has to carry."""

from __future__ import annotations

from typing import Any

import pytest

from khaldun.ontology import kind as ontology_kind

TEXT = (
    "The Harbour Council said on 3 May 2016 that its fighters had taken the fort of Qasr. "
    "At least 7 people were killed, Coast Radio reported. "
    "The army plans to withdraw from Wadi Hamra. "
    "=Salma Idris, a nurse, fled."
)


def _span(quote: str) -> list[int]:
    start = TEXT.index(quote)
    return [start, start + len(quote)]


@pytest.fixture
def record() -> dict[str, Any]:
    """A fresh one for each test, so that a test may change it."""
    taken, killed = "its fighters had taken the fort of Qasr", "At least 7 people were killed"
    plan = "The army plans to withdraw from Wadi Hamra"
    return {
        "report": {
            "id": "0123456789abcdef",
            "input_id": "qasr.txt",
            "title": "The fort of Qasr",
            "author": None,
            "publisher": "Harbour Post",
            "published": "2016-05-04",
            "published_earliest": "2016-05-04",
            "published_latest": "2016-05-04",
            "published_basis": "metadata",
            "published_evidence": None,
            "language": "en",
            "url": "https://harbour.example/qasr",
            "raw": "ab" * 32,
            "parts": [{"kind": "body", "span": [0, len(TEXT)]}],
            "references": [],
            "comments": [],
            "dropped": [],
        },
        "mentions": [
            _mention("m1", "The Harbour Council", "actor", "council"),
            _mention("m2", "Salma Idris", "actor", "salma"),
            _mention("m3", "Qasr", "place", "qasr"),
            _mention("m4", "people", "actor", "people"),
            _mention("m5", "The army", "actor", "army"),
        ],
        "actors": [
            _actor("council", "Harbour Council", "armed_group", ["The Harbour Council", "its fighters"]),
            _actor("army", "army", "state_force", ["The army"], country_iso3="LBY"),
            _actor("radio", "Coast Radio", "media", ["Coast Radio"]),
            _actor("people", "people", "population", ["people"]),
            _actor("salma", "Salma Idris", "person", ["Salma Idris"], private=True),
        ],
        "places": [
            {"id": "qasr", "name": "Qasr", "aliases": ["Qasr"], "country_iso2": "LY", "lat": 32.5, "lon": 21.25,
             "kind": "town", "precision": "near", "identifiers": {"geonames": 99}},
            {"id": "wadi", "name": "Wadi Hamra", "aliases": [], "country_iso2": None, "lat": None, "lon": None,
             "kind": "place", "precision": "unknown", "identifiers": {}},
        ],
        "times": [
            {"quote": "3 May 2016", "span": _span("3 May 2016"), "earliest": "2016-05-03", "latest": "2016-05-03",
             "type": "DATE", "value": "2016-05-03", "basis": "stated"},
        ],
        "attributions": [
            {"id": "a1", "source_spans": [_span("The Harbour Council")], "cue_spans": [_span("said")],
             "content_spans": [_span(taken)], "speaker": "council", "via": [], "medium": None, "stance": "assert",
             "parent": None},
        ],
        "events": [
            _event("e1", "territorial gain", "control.gain", ["council"], ["army"], "qasr", taken,
                   earliest="2016-05-03", latest="2016-05-03", factuality="claimed", source=["council"],
                   distanced=True, inferred=["target"]),
            _event("e2", "assault", "assault.killing", ["council"], ["people"], "qasr", killed,
                   latest="2016-05-04", factuality="reported", source=["radio"],
                   fatalities={"low": 7, "best": 7, "high": None, "according_to": ["radio"]}),
            _event("e3", "withdrawal/retreat", "retreat.withdraw", ["army"], [], "wadi", plan,
                   factuality="planned"),
        ],
        "claims": [
            {"id": "c1", "speaker": "council", "via": ["radio"], "medium": "statement", "cue": "said",
             "cue_span": _span("said"), "content": taken, "content_span": _span(taken),
             "content_spans": [_span("its fighters"), _span("had taken the fort of Qasr")], "stance": "assert",
             "date_earliest": None, "date_latest": "2016-05-04", "about": ["e1"]},
        ],
        "relations": [
            {"id": "r1", "type": "fights", "source": "council", "target": "army", "from": "2016-05-03", "to": None,
             "factuality": "claimed", "according_to": ["council"], "evidence": taken, "evidence_span": _span(taken)},
        ],
        "control": [
            {"id": "k1", "place": "qasr", "actor": "council", "status": "holds", "earliest": "2016-05-03",
             "latest": None, "according_to": ["council"], "inferred": True, "distanced": False, "score": 0.6,
             "evidence": taken, "evidence_span": _span(taken)},
        ],
    }  # fmt: skip


def _mention(id: str, quote: str, kind: str, entity: str) -> dict[str, Any]:
    return {"id": id, "span": _span(quote), "quote": quote, "kind": kind, "entity": entity}


def _actor(
    id: str,
    name: str,
    type: str,
    aliases: list[str],
    *,
    country_iso3: str | None = None,
    private: bool = False,
) -> dict[str, Any]:
    return {
        "id": id,
        "name": name,
        "type": type,
        "aliases": aliases,
        "country_iso3": country_iso3,
        "identifiers": {},
        "private": private,
        "role": None,
        "roles": [],
    }


def _event(
    id: str,
    type: str,
    kind: str,
    actor: list[str],
    target: list[str],
    place: str,
    evidence: str,
    **more: Any,
) -> dict[str, Any]:
    return {
        "id": id,
        "type": type,
        "kind": kind,
        "plover": {"type": None, "mode": None},
        "acled": ontology_kind(kind).acled,
        "actor": actor,
        "target": target,
        "place": place,
        "earliest": None,
        "latest": None,
        "date_precision": "day",
        "fatalities": None,
        "injured": None,
        "tolls": [],
        "negated": False,
        "distanced": False,
        "inferred": [],
        "source": [],
        "evidence": evidence,
        "evidence_span": _span(evidence),
        "score": 0.5,
        "made_by": "rule",
        **more,
    }
