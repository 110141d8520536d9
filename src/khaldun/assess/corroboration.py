"""What supports that an event happened: distinct origins, and the sides they stand on."""

from __future__ import annotations

from collections.abc import Sequence

from khaldun.assess.interest import interest
from khaldun.assess.rules import Rules
from khaldun.assess.scene import Scene, scene_of
from khaldun.assess.spared import is_sparing
from khaldun.assess.voices import Origin, independent_voices
from khaldun.model import Assessment, Claim, Event, View

_NOT_YET = frozenset({"planned", "possible"})


def is_denial(claim: Claim) -> bool:
    """The claim says that it did not happen."""
    return claim.manner.negated or claim.factuality == "denied"


def asserts(claim: Claim) -> bool:
    """The claim says that it happened."""
    return not is_denial(claim) and claim.factuality not in _NOT_YET


def claims_of(event: Event, view: View) -> tuple[Claim, ...]:
    """The claims of an event, in the order the event has them."""
    by_id = {claim.id: claim for claim in view.claims() if claim.id in set(event.claims)}
    return tuple(by_id[id] for id in event.claims if id in by_id)


def corroboration(event: Event, view: View, rules: Rules, *, scene: Scene | None = None) -> Assessment:
    """Of the occurrence of the event, not of its toll."""
    scene = scene or scene_of(view)
    claims = claims_of(event, view)
    telling = [c for c in claims if asserts(c)]
    origins = independent_voices(telling, view, scene=scene)
    rule = _rule(telling, origins, scene, rules)
    value = rules.corroboration[rule]
    return Assessment(
        about=event.id,
        question="corroboration",
        answer=_prose(value, rules.says[rule], origins),
        values={"corroboration": value, "origins": str(len(origins))},
        supporting=tuple(c.id for c in telling),
        opposing=tuple(c.id for c in claims if is_denial(c) and not is_sparing(c)),
        because=tuple(dict.fromkeys((rule, *(r for o in origins for r in o.because)))),
        rules=rules.name,
    )


def _rule(telling: Sequence[Claim], origins: Sequence[Origin], scene: Scene, rules: Rules) -> str:
    if not telling:
        return "not_asserted"
    if any(interest(c, scene, rules).value == "against_interest" for c in telling):
        return "admission"
    if any(_on_two_sides(a, b, telling, scene, rules) for n, b in enumerate(origins) for a in origins[:n]):
        return "opposing_sides"
    return "several_origins" if len(origins) > 1 else "single_origin"


def _on_two_sides(left: Origin, right: Origin, telling: Sequence[Claim], scene: Scene, rules: Rules) -> bool:
    """They fight one another, or one is a state that lays the harm at the door of the armed group that owns to it."""
    if scene.opposed(left.id, right.id):
        return True
    pairs = [(a, b) for a in left.speakers for b in right.speakers]
    return any(
        scene.opposed(a, b) or _accuses(a, b, telling, scene, rules) or _accuses(b, a, telling, scene, rules)
        for a, b in pairs
    )


def _accuses(state: str, group: str, telling: Sequence[Claim], scene: Scene, rules: Rules) -> bool:
    """The state, by its own voice, tells of a deed of violence by the group."""
    if not scene.is_state(state) or not scene.is_armed_group(group) or scene.one_side(state, group):
        return False
    return any(
        rules.effect(claim.kind, "actor") == "strikes"
        and any(scene.one_side(id, group) for id in claim.roles.get("actor", ()))
        for claim in telling
        if claim.voice and scene.body(claim.voice[0]) == state
    )


def _prose(value: str, says: str, origins: Sequence[Origin]) -> str:
    names = ", ".join(origin.name or "an outlet without a name" for origin in origins)
    return f"{value}: {says}" + (f" According to {names}." if names else "")
