"""Who is private by what a whole report tells: people whom harm befalls, and who do, lead and belong to nothing."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.export import record_shape as shape
from khaldun.model import Entity

_OF_THE_PUBLIC = frozenset({"assault.targeted"})
"""Who is assassinated is somebody, as a rule."""


def only_struck(events: Sequence[shape.EventPart], ties: Sequence[shape.RelationPart]) -> frozenset[str]:
    """The ids of those that news tells to be harmed, that do nothing and have no tie to anybody."""
    harmed = {
        id
        for event in events
        if event["kind"].startswith("assault.") and event["kind"] not in _OF_THE_PUBLIC and not event["background"]
        for id in event["target"]
    }
    doing = {id for event in events for id in event["actor"]}
    tied = {end for tie in ties for end in (tie["source"], tie["target"])}
    return frozenset(harmed - doing - tied)


def is_bare_name(entity: Entity) -> bool:
    """True for a person of whom the report gives a full name and nothing else: no office, calling or rank."""
    if entity.kind != "actor" or entity.type != "person" or entity.known_as is not None:
        return False
    words = {word for name in entity.names for word in name.text.split()}
    return len(entity.name.split()) > 1 and words == set(entity.name.split())
