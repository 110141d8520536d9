"""Records by hand for the tests of coded rows: events with a starting sub-type, actors, and the dead."""

from __future__ import annotations

from typing import Any

from khaldun.knowledge import load_data
from khaldun.ontology import kinds

RULES = load_data("rules/coding.yaml")
KIND_OF = {kind.acled: kind.id for kind in reversed(list(kinds().values())) if kind.acled}


def event(id: str, sub_type: str, at: int = 0, **fields: Any) -> dict[str, Any]:
    """An event of a record with that starting sub-type."""
    return {
        "id": id,
        "kind": KIND_OF[sub_type],
        "acled": sub_type,
        "actor": [],
        "target": [],
        "place": None,
        "earliest": None,
        "latest": None,
        "tolls": [],
        "fatalities": None,
        "factuality": "asserted",
        "negated": False,
        "inferred": [],
        "evidence": "words",
        "evidence_span": [at, at + 20],
        "sentence_span": [at, at + 20],
        **fields,
    }


def record(*events: dict[str, Any], actors: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """A record of those events and actors; its one place is in Kenya."""
    return {"events": list(events), "actors": list(actors), "places": [{"id": "town", "country_iso2": "KE"}]}


def actor(id: str, name: str, type: str | None, **fields: Any) -> dict[str, Any]:
    return {"id": id, "name": name, "type": type, "country_iso3": None, **fields}


def deaths(number: int, who: str | None = None) -> dict[str, Any]:
    """The fields of an event that tell so many dead."""
    figures = {"low": number, "best": number, "high": number, "according_to": []}
    return {"fatalities": figures, "tolls": [{"of": "killed", "who": who, **figures}]}
