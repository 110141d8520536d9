"""Who and what fills an incident's row: perpetrators, targets, victims, instruments, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from khaldun.copies import quickly_made
from khaldun.export.incident_rules import Cell
from khaldun.export.incident_scene import Scene, name_span, trimmed
from khaldun.export.record_shape import FillerPart
from khaldun.model import Entity, Frame, Mention, Span

_BODIES = frozenset({"armed_group", "state_force", "organisation", "government", "media", "state"})
_ARMED = frozenset({"armed_group", "state_force"})
_PEOPLE = frozenset({"person", "population"})


@quickly_made
@dataclass(frozen=True, slots=True)
class Filler:
    """One filler as the text names it. `entity` is its id in the record, None for a thing."""

    quote: str
    span: Span
    kind: Cell
    named: bool
    entity: str | None = None
    made_by: str = "rule"
    """`rule`, `learned` or `rule+learned`: who put it there (docs/decisions/0012)."""


@dataclass(frozen=True, slots=True)
class Fillings:
    """The fillers of one incident, each entity once, in the order of the tellings. `armed` are struck forces."""

    perpetrators: tuple[Filler, ...] = ()
    targets: tuple[Filler, ...] = ()
    victims: tuple[Filler, ...] = ()
    armed: tuple[Filler, ...] = ()
    instruments: tuple[Filler, ...] = ()

    @property
    def all_armed(self) -> bool:
        """True where forces were struck, and nobody and nothing else."""
        return bool(self.armed) and not self.targets and not self.victims


def filler_part(filler: Filler) -> FillerPart:
    """The filler as a record gives it."""
    span = [filler.span.start, filler.span.end]
    return {
        "quote": filler.quote,
        "span": span,
        "kind": filler.kind,
        "named": filler.named,
        "entity": filler.entity,
        "made_by": filler.made_by,
    }


def ruled_fillings(frames: Sequence[Frame], scene: Scene) -> Fillings:
    """The fillers that the roles of the frames give."""
    frames = _without_answers(frames, scene)
    struck = [m for f in frames for m in f.roles.get("target", ())]
    things = [_thing(m, scene) for f in frames for m in f.roles.get("object", ())]
    bodies = list(_bodies_struck(struck, things, scene))
    return Fillings(
        perpetrators=_once(_perpetrators([m for f in frames for m in f.roles.get("actor", ())], scene)),
        targets=_once(f for f in (*things, *bodies) if not is_armed(f, scene)),
        victims=_once(_victims(struck, scene)),
        armed=_once(f for f in (*things, *bodies) if is_armed(f, scene)),
        instruments=_once(_thing(m, scene, "instrument") for f in frames for m in f.roles.get("instrument", ())),
    )


def _without_answers(frames: Sequence[Frame], scene: Scene) -> Sequence[Frame]:
    """ "Gunmen raided a post. Helicopters later struck *the attackers*": who strikes back is none of the perpetrators,
    and those who attacked are no targets of their attack."""
    sides = ((_entities(f, "actor", scene), _entities(f, "target", scene)) for f in frames)
    doers, met = next(((a, t) for a, t in sides if a and t), (frozenset(), frozenset()))
    if not doers or doers & met:
        return frames
    return [f for f in frames if not _is_answer(f, doers, met, scene)]


def _is_answer(frame: Frame, doers: Set[str], met: Set[str], scene: Scene) -> bool:
    by, on = _entities(frame, "actor", scene), _entities(frame, "target", scene)
    return bool(by and on and not by & doers and (on & doers or by & met))


def _entities(frame: Frame, role: str, scene: Scene) -> frozenset[str]:
    told = (scene.entity(m) for m in frame.roles.get(role, ()))
    return frozenset(e.id for e in told if e is not None)


def is_armed(filler: Filler, scene: Scene) -> bool:
    """True for forces and what is theirs: no civilian target."""
    entity = scene.entities.get(filler.entity or "")
    words = set(re.findall(r"[a-z]+", filler.quote.lower()))
    police = "police" in words or "policemen" in words
    return not police and (bool(words & scene.rules.armed_words) or (entity is not None and entity.type in _ARMED))


def _once(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    found: dict[tuple[str, str], Filler] = {}
    for filler in fillers:
        found.setdefault((filler.kind, filler.entity or filler.quote.casefold()), filler)
    return tuple(found.values())


def _perpetrators(mentions: Iterable[Mention], scene: Scene) -> Iterator[Filler]:
    for mention in mentions:
        entity = scene.entity(mention)
        if entity is None:
            continue
        yield from _bodies_of(mention, entity, scene)
        if mention.form == "description":
            body = mention.head is not None and mention.head.of(scene.text).lower() in scene.rules.bodies
            yield _described(mention, "organisation" if body else "individual", scene)
        elif entity.type == "person" and is_named(entity):
            yield _named(mention, entity, "individual", scene)


def _bodies_of(mention: Mention, entity: Entity, scene: Scene) -> Iterator[Filler]:
    """The body that acts, or that the words tell those who act by: "members of the *Harbour Front*"."""
    if entity.type in _BODIES and is_named(entity):
        yield _named(mention, entity, "organisation", scene)
    elif mention.form == "description":
        for inner in scene.actors:
            of = scene.entity(inner) if mention.span.contains(inner.span) else None
            if of is not None and of.type in _BODIES and of.type != "state":
                yield _named(inner, of, "organisation", scene)


def _bodies_struck(mentions: Iterable[Mention], things: Sequence[Filler], scene: Scene) -> Iterator[Filler]:
    for mention in mentions:
        entity = scene.entity(mention)
        if entity is None or entity.type in _PEOPLE or any(t.span.contains(mention.span) for t in things):
            continue
        if mention.form == "description":
            yield _described(mention, "thing", scene)
        elif is_named(entity):
            yield _named(mention, entity, "thing", scene)


def _victims(mentions: Iterable[Mention], scene: Scene) -> Iterator[Filler]:
    for mention in mentions:
        entity = scene.entity(mention)
        if entity is None or entity.type not in _PEOPLE:
            continue
        if entity.type == "person" and is_named(entity):
            yield _named(mention, entity, "person", scene)
        elif mention.form == "description":
            yield _described(mention, "person", scene)


def is_named(entity: Entity) -> bool:
    """True where the report calls it by a name."""
    return any(name.form in ("name", "acronym") for name in entity.names)


def _named(mention: Mention, entity: Entity, kind: str, scene: Scene) -> Filler:
    """The longest name by which the report calls the entity, without title and office; where it stands."""
    span = name_span(scene.best_name(entity) or mention)
    return Filler(span.of(scene.text), span, kind, True, entity.id)  # type: ignore[arg-type]


def _described(mention: Mention, kind: str, scene: Scene) -> Filler:
    span = trimmed(mention.span, scene.text)
    return Filler(span.of(scene.text), span, kind, False, mention.entity)  # type: ignore[arg-type]


def _thing(mention: Mention, scene: Scene, kind: Literal["thing", "instrument"] = "thing") -> Filler:
    span = trimmed(mention.span, scene.text)
    return Filler(span.of(scene.text), span, kind, False)
