"""What speaks for and against an incident's being news of the report; weighed by `data/rules/incidents.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from khaldun.export.incident_fillers import Fillings
from khaldun.export.incident_scene import Scene, width
from khaldun.model import Frame, When

_FRESH, _OLD = timedelta(days=4), timedelta(days=45)


def findings_of(
    frames: Sequence[Frame], type: str, n: int, when: When, fillings: Fillings, scene: Scene
) -> Iterator[str]:
    """The names of what speaks for or against the `n`th row of a report, for `rules/incident_weights.yaml` to weigh."""
    yield "always"
    yield f"type_{type}"
    yield from _findings_on_time(frames, when, scene)
    yield from _findings_on_parties(frames, fillings, scene)
    yield from _findings_on_telling(frames, n, scene)
    yield from _findings_by_layer(frames, type, scene)
    if any(scene.is_below_country(m) for f in frames for m in f.roles.get("place", ())):
        yield "placed"


def _findings_by_layer(frames: Sequence[Frame], type: str, scene: Scene) -> Iterator[str]:
    """How likely the learned layer takes the tellings, and the report's best ones, for an incident's."""
    here = [max(f.tells.values(), default=0.0) for f in frames]
    alike = [f.tells.get(type, 0.0) for f in frames]
    report = max((max(f.tells.values(), default=0.0) for f in scene.frames), default=0.0)
    filled = [
        max(m.fills.values()) for m in scene.mentions if m.fills and any(f.evidence.contains(m.span) for f in frames)
    ]
    shares = (
        ("told", max(here)),
        ("told_as_type", max(alike)),
        ("report", report),
        ("filled", max(filled, default=0.0)),
    )
    for name, share in shares:
        yield from (f"layer_{name}_{least}" for least in _LIKELY if share >= least)


_LIKELY = (0.1, 0.2, 0.35, 0.5, 0.7, 0.85)


def _findings_on_time(frames: Sequence[Frame], when: When, scene: Scene) -> Iterator[str]:
    published = scene.report.published.latest
    if when.basis in ("published", "none") or when.latest is None or published is None:
        yield "undated"
        return
    age = published - when.latest
    if age < timedelta(0):
        yield "undated"
        return
    yield "fresh" if age <= _FRESH else "old" if age > _OLD else "of_late"
    if any(width(f.when) > 7 and f.when.basis not in ("published", "none") for f in frames):
        yield "of_a_period"


def _findings_on_parties(frames: Sequence[Frame], fillings: Fillings, scene: Scene) -> Iterator[str]:
    if any(v.named for v in fillings.victims):
        yield "victim_named"
    elif fillings.victims:
        yield "victims"
    if fillings.targets:
        yield "things_struck"
    if any(p.kind == "organisation" for p in fillings.perpetrators):
        yield "perpetrator_organisation"
    if any(p.kind == "individual" for p in fillings.perpetrators):
        yield "perpetrator_individual"
    actors = {t for f in frames for t in scene.types(f, "actor")}
    if actors & {"state_force", "government", "state"}:
        yield "perpetrator_state"
    if "armed_group" in actors:
        yield "perpetrator_armed"
    if fillings.all_armed:
        yield "armed_forces_struck"
    elif fillings.armed:
        yield "armed_forces_among_struck"
    if fillings.instruments:
        yield "arms"
    if any(f.tolls for f in frames):
        yield "toll"


def _findings_on_telling(frames: Sequence[Frame], n: int, scene: Scene) -> Iterator[str]:
    first = min(f.trigger.start for f in frames)
    order = scene.sentence_number(first)
    yield "told_first" if order < 2 else "told_early" if order < 5 else "told_late"
    if n:
        yield "not_the_first"
    count = len(frames)
    if count > 1:
        yield "told_again"
    if count > 3:
        yield "told_often"
    if all(f.modality == "planned" for f in frames):
        yield "planned"
    if all(f.hedged for f in frames):
        yield "hedged"
    if all(f.attribution for f in frames):
        yield "attributed"
    if all(scene.is_general(f) for f in frames):
        yield "in_general"
    if {f.kind for f in frames} <= {"assault.attack"}:
        yield "attack_only"
    if {f.kind for f in frames} <= {"assault.killing"}:
        yield "killing_only"
    if scene.speaks_for_a_party:
        yield "party_speaks"
    if scene.is_opinion:
        yield "opinion"
    yield from scene.battle
    yield from dict.fromkeys(scene.told_as(f) for f in frames[:1])
