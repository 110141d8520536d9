"""Who and what a report names that may fill a cell of an incident's row, each once with all its mentions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khaldun.copies import quickly_made
from khaldun.export.incident_rules import Cell
from khaldun.export.incident_scene import Scene, name_span, trimmed
from khaldun.model import ActorType, Mention, MentionForm, Span

_PEOPLE = frozenset({"person", "population"})


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something named in the same way: an actor by all its names, or one wording of a description."""

    span: Span
    """Where it is named most fully, without title, article and number."""
    named: bool
    entity: str | None
    type: ActorType | None
    kind: str
    """actor, weapon, place (a kind of place: "the embassy") or object (a thing that something was done to)."""
    spans: tuple[Span, ...]
    forms: frozenset[MentionForm]
    fills: dict[str, float]
    """The layer's best share for each cell over the mentions."""

    def may_fill(self, cell: Cell) -> bool:
        """Whether something of its kind can stand in the cell at all."""
        if cell == "instrument":
            return self.kind == "weapon"
        if cell == "thing":
            return self.kind in ("place", "object") or (self.kind == "actor" and self.type not in _PEOPLE)
        if self.kind != "actor":
            return False
        if cell == "person":
            return self.type is None or self.type in _PEOPLE
        return cell == "individual" or self.type not in _PEOPLE


@dataclass(slots=True)
class _Group:
    kind: str
    mentions: list[Mention]
    spans: list[Span]


def candidates_of(scene: Scene) -> tuple[Candidate, ...]:
    """Everything that may fill a cell, in the order in which it is first named."""
    groups: dict[tuple[str, str], _Group] = {}
    for mention, kind in _mentions(scene):
        named = mention.form in ("name", "acronym")
        span = name_span(mention) if named else trimmed(mention.span, scene.text)
        key = ("name", mention.entity) if named and mention.entity else (kind, span.of(scene.text).casefold())
        group = groups.setdefault(key, _Group(kind, [], []))
        group.mentions.append(mention)
        group.spans.append(span)
    return tuple(_candidate(group, scene) for group in groups.values())


def _mentions(scene: Scene) -> Iterator[tuple[Mention, str]]:
    for mention in scene.mentions:
        if mention.kind in ("actor", "weapon") and mention.form != "pronoun":
            yield mention, mention.kind
        elif mention.kind == "place" and mention.form == "description":
            yield mention, "place"
    for frame in scene.frames:
        for mention in frame.roles.get("object", ()):
            yield mention, "object"


def _candidate(group: _Group, scene: Scene) -> Candidate:
    first = group.mentions[0]
    entity = scene.entity(first) if group.kind == "actor" else None
    named = first.form in ("name", "acronym")
    fills: dict[str, float] = {}
    for mention in group.mentions:
        for cell, share in mention.fills.items():
            fills[cell] = max(share, fills.get(cell, 0.0))
    return Candidate(
        span=max(group.spans, key=len) if named else group.spans[0],
        named=named,
        entity=first.entity if group.kind == "actor" else None,
        type=entity.type if entity is not None else None,
        kind=group.kind,
        spans=tuple(group.spans),
        forms=frozenset(m.form for m in group.mentions),
        fills=fills,
    )
