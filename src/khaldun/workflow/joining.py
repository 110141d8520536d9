"""Records of several reports with one id and one name for what was judged to be the same.

The record of one report is not changed by this: its spans, quotations and claims stay; only ids and names of actors
and places become those of the cluster, and two actors of one report that were judged the same become one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from khaldun.export.record_events import apart_by_manner
from khaldun.ledger import Ledger
from khaldun.model import Claim, Entity, Event

SharedNames: TypeAlias = Mapping[str, tuple[str, str]]
"""In-report entity id -> id and name of the cluster it is judged to belong to."""

_Row = TypeVar("_Row", bound=Mapping[str, Any])


def shared_names(entities: Iterable[Entity], ledger: Ledger) -> SharedNames:
    """One id and one name for each cluster: the name most reports use, the longer and then the first of equals.

    A place goes by its name as printed, whatever the gazetteer calls it: "Derna", not "Darnah".
    """
    clusters: dict[str, list[Entity]] = {}
    for entity in entities:
        clusters.setdefault(ledger.canonical(entity.id), []).append(entity)
    return {
        entity.id: (canonical, name)
        for canonical, members in clusters.items()
        for name in [_usual_name(members)]
        for entity in members
    }


def _usual_name(entities: Iterable[Entity]) -> str:
    counts = Counter(name for entity in entities for name in _own_names(entity))
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _own_names(entity: Entity) -> tuple[str, ...]:
    printed = tuple(name.text for name in entity.names if name.form == "name")
    return printed if entity.kind == "place" and printed else (entity.name,)


def joined(record: dict[str, Any], shared: SharedNames, happenings: Mapping[str, str]) -> dict[str, Any]:
    """The record under shared ids and names; each event with the id of the happening it tells of."""
    renamed: dict[str, Any] = _renamed(record, shared)
    renamed["events"] = [{**event, "happening": happenings.get(event["id"])} for event in renamed["events"]]
    names = dict(shared.values())
    for part in ("actors", "places"):
        renamed[part] = merged([{**item, "name": names.get(item["id"], item["name"])} for item in renamed[part]])
    return renamed


def happenings_of(events: Iterable[Event], claims: Iterable[Claim], ledger: Ledger) -> dict[str, str]:
    """In-report id of a row of events -> id of the happening: the smallest of the claims judged to tell of it, in any
    report. What is denied, or laid to somebody else, has a row of its own and is the same happening."""
    told = [event for event in events if event.claims]
    found = {event.id: min(ledger.canonical(claim) for claim in event.claims) for event in told}
    by_claim = {claim: found[event.id] for event in told for claim in event.claims}
    by_id = {claim.id: claim for claim in claims}
    grouped = [(event.id, [by_id[c] for c in event.claims if c in by_id]) for event in told]
    rows = apart_by_manner([(id, own) for id, own in grouped if own])
    return {**found, **{id: by_claim[own[0].id] for id, own in rows}}


def _renamed(value: Any, shared: SharedNames) -> Any:
    if isinstance(value, str):
        return shared[value][0] if value in shared else value
    if isinstance(value, list):
        return [_renamed(item, shared) for item in value]
    if isinstance(value, dict):
        return {key: _renamed(item, shared) for key, item in value.items()}
    return value


def merged(items: Iterable[_Row]) -> list[_Row]:
    """Rows with the same id as one: the first, with what it lacks from the others; lists and counts added up."""
    found: dict[str, Any] = {}
    for item in items:
        kept = found.setdefault(item["id"], dict(item))
        if kept != item:
            for key, value in item.items():
                kept[key] = _together(kept.get(key), value, key)
    return list(found.values())


def _together(first: Any, second: Any, key: str) -> Any:
    if isinstance(first, list) and isinstance(second, list):
        return [*first, *(item for item in second if item not in first)]
    if key == "mentions" and isinstance(first, int) and isinstance(second, int):
        return first + second
    return second if first is None else first
