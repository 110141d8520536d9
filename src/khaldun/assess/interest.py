"""Whether a speaker gains by what he says: from speaker, roles and outcome, with the rule named."""

from __future__ import annotations

from dataclasses import dataclass

from khaldun.assess.rules import Rules, load_rules
from khaldun.assess.scene import OUTLET, PARTIES, Scene, scene_of
from khaldun.model import Assessment, Claim, View


@dataclass(frozen=True, slots=True)
class Interest:
    """`value` is self_serving, against_interest, neutral or unknown; `rule` the id of the rule that says so."""

    value: str
    rule: str


def interest(claim: Claim, scene: Scene, rules: Rules | None = None) -> Interest:
    """The interest of the one who speaks (the first of the claim's voices)."""
    rules = rules or load_rules()
    speaker = claim.voice[0] if claim.voice else OUTLET
    if speaker.startswith(OUTLET):
        rule = "stake_unknown"
    else:
        rule = _stake(claim, speaker, scene, rules) or _no_stake(speaker, scene)
        if rule == "stake_unknown" and _blames_nobody(claim, speaker, scene):
            rule = "nobody_blamed"
    return Interest(rules.interest[rule], rule)


def assess_interest(claim: Claim, view: View, rules: Rules, *, scene: Scene | None = None) -> Assessment:
    """The same as an opinion to keep."""
    found = interest(claim, scene or scene_of(view), rules)
    return Assessment(
        about=claim.id,
        question="interest",
        answer=f"{found.value.replace('_', ' ')}: {rules.says[found.rule]}",
        values={"interest": found.value},
        supporting=(claim.id,),
        because=(found.rule,),
        rules=rules.name,
    )


def _no_stake(speaker: str, scene: Scene) -> str:
    """A monitor, a medium, residents or a witness have none; a party's is not known, nor that of a named person."""
    entity = scene.entity(speaker)
    if entity is None or scene.is_party(speaker):
        return "stake_unknown"
    if entity.type in ("organisation", "media", "population"):
        return "no_stake"
    if scene.body(speaker) != scene.ledger.canonical(speaker):
        return _no_stake(scene.body(speaker), scene)
    return "no_stake" if entity.private else "stake_unknown"


def _blames_nobody(claim: Claim, speaker: str, scene: Scene) -> bool:
    """True for harm that a named speaker tells of, and in which no party takes part by his words: "Five people were
    killed in the attack, the governor said"."""
    if not scene.is_named(speaker) or not claim.tolls or claim.stance != "assert":
        return False
    told = (id for role in ("actor", "target") for id in claim.roles.get(role, ()))
    return not any(scene.is_party(id) for id in told)


def _stake(claim: Claim, speaker: str, scene: Scene, rules: Rules) -> str | None:
    actor, target = _side(claim, "actor", speaker, scene), _side(claim, "target", speaker, scene)
    does, suffers = rules.effect(claim.kind, "actor"), rules.effect(claim.kind, "target")
    if claim.manner.negated or claim.factuality == "denied" or claim.stance == "deny":
        return _denying(actor, target, does)
    if does == "gains" and actor == "own":
        return "own_gain"
    if does == "gains" and actor == "enemy":  # where the enemy has its strongholds is told, and not granted
        return "enemy_gain" if claim.kind != "control.holds" else None
    if does == "loses" and actor in ("own", "enemy"):
        return "own_loss" if actor == "own" else "enemy_loss"
    if suffers == "loses" and target in ("own", "enemy"):
        return "own_loss" if target == "own" else "enemy_loss"
    return _striking(claim, speaker, actor, target, scene) if does == "strikes" else None


def _denying(actor: str | None, target: str | None, does: str | None) -> str | None:
    if does == "gains" and actor == "own":
        return "own_loss"
    if (does in ("loses", "strikes") and actor == "own") or (does == "gains" and actor == "enemy") or target == "own":
        return "denial"
    return None


def _striking(claim: Claim, speaker: str, actor: str | None, target: str | None, scene: Scene) -> str | None:
    if actor == "own":
        if _harms_civilians(claim, scene):
            return "own_error" if scene.is_state(speaker) else "responsibility"
        return "enemy_loss" if target == "enemy" or _harms_fighters(claim, scene) else "responsibility"
    if target == "own":
        if any(toll.of in ("killed", "injured", "captured") for toll in claim.tolls):
            return "own_loss"
        return "blames_enemy" if claim.roles.get("actor") else None
    return "blames_enemy" if actor == "enemy" else None


def _side(claim: Claim, role: str, speaker: str, scene: Scene) -> str | None:
    """ "own", "enemy" or None: on whose side the role's fillers stand, seen from the speaker."""
    fillers = claim.roles.get(role, ())
    if any(scene.one_side(speaker, id) for id in fillers):
        return "own"
    return "enemy" if any(scene.opposed(speaker, id) for id in fillers) else None


def _harms_civilians(claim: Claim, scene: Scene) -> bool:
    found = (scene.entity(id) for id in claim.roles.get("target", ()))
    return any(e is not None and (e.type == "population" or e.private) for e in found)


def _harms_fighters(claim: Claim, scene: Scene) -> bool:
    found = (scene.entity(id) for id in claim.roles.get("target", ()))
    return any(e is not None and e.type in PARTIES for e in found)
