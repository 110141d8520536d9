"""The answer to "who holds it?" in words: what is said, by whom, and how far that carries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from khaldun.assess.bearings import Bearing
from khaldun.assess.rules import are_several
from khaldun.assess.scene import OUTLET, Scene
from khaldun.assess.voices import Origin

if TYPE_CHECKING:
    from khaldun.assess.control import Finding

_VERBS = {
    "holds": ("holds it", "hold it"),
    "lost": ("has lost it", "have lost it"),
    "contested": ("is fighting for it", "are fighting for it"),
    "fighting": ("is fighting there", "are fighting there"),
    "present": ("operates there", "operate there"),
}
"""Of one party and of several people: "the army *holds it*", "soldiers *hold it*"."""
_NAMELESS = "an outlet without a name"


def control_in_words(
    found: Finding, origins: Sequence[Origin], scene: Scene, last: date | None, as_of: date | None
) -> str:
    """E.g. "claimed by MSC; one independent voice, which is a party to the fight; the outlet keeps its distance"."""
    if found.status == "unknown":
        return "unknown: nothing is told of who holds it" + (" up to that day" if as_of else "")
    parts = [_head(found, origins, scene), _voices(found, origins, scene), *_manner(found.supporting)]
    if last is not None and as_of is not None and last < as_of:
        parts.append(f"last told of {last.isoformat()}, and nothing later is known")
    return "; ".join(part for part in parts if part)


def possible_in_words(
    found: Finding, origins: Sequence[Origin], scene: Scene, since: date | None, by: date | None
) -> str:
    """E.g. "possibly held by army since some day from 2017-04-01 to 2017-04-30, according to observatory"."""
    name = scene.name(found.actor) if found.actor else "no one"
    verb = {"holds": "held by", "lost": "lost by", "contested": "contested, with"}.get(found.status)
    state = f"possibly {verb} {name}" if verb else f"{name} possibly {_VERBS['present'][are_several(name)]}"
    days = f" since some day from {since} to {by}" if since is not None else f", since some day up to {by}"
    return f"{state}{days}, according to {_listed([o.name for o in origins])}"


def _head(found: Finding, origins: Sequence[Origin], scene: Scene) -> str:
    name = scene.name(found.actor) if found.actor else "no one"
    if found.status == "contested":
        words = dict.fromkeys(_says(b, scene) for b in (*found.supporting, *found.opposing))
        return "contested: " + ", ".join(words)
    said_by = _listed([o.name for o in origins])
    if found.status == "lost":
        return f"lost by {name}, according to {said_by}; no one is said to hold it"
    if found.status == "present":
        if all(b.past for b in found.supporting):
            still = ("it still does", "they still do")[are_several(name)]
            return f"{name} operated there, according to {said_by}; whether {still} is not told"
        return f"{name} {_VERBS['present'][are_several(name)]}, according to {said_by}; no one is said to hold it"
    if found.basis == "claimed":
        holder = found.actor or ""
        own = all(scene.one_side(id, holder) or scene.perhaps_one(id, holder) for o in origins for id in o.speakers)
        claim = "claim" if len({o.name for o in origins}) > 1 or are_several(said_by) else "claims"
        return f"claimed by {name}" if own else f"held by {name}, as {said_by} {claim}"
    if found.basis == "admitted":
        return f"held by {name}, which is admitted against interest; according to {said_by}"
    return f"held by {name}, according to {said_by}"


def _says(bearing: Bearing, scene: Scene) -> str:
    """E.g. "army says front holds it", "residents deny that soldiers have lost it"."""
    speaker = (scene.name(bearing.claim.voice[0]) if bearing.claim.voice else "the outlet") or _NAMELESS
    actor = scene.name(bearing.actor)
    say = ("says", "say") if bearing.yes else ("denies that", "deny that")
    return f"{speaker} {say[are_several(speaker)]} {actor} {_VERBS[bearing.status][are_several(actor)]}"


def _voices(found: Finding, origins: Sequence[Origin], scene: Scene) -> str:
    """Who holds, loses or fights for the place is a party to the fight, and so is all that bears arms or governs."""
    number = len(origins)
    if number == 0:
        return ""
    actors = {b.actor for b in (*found.supporting, *found.opposing)}
    parties = sum(any(_takes_part(id, actors, scene) for id in origin.speakers) for origin in origins)
    if number == 1:
        return "one independent voice, which is " + (
            "a party to the fight" if parties else "not known as a party to the fight"
        )
    if parties in (0, number):
        return f"{number} independent voices, {'all' if parties else 'none'} of them known as party to the fight"
    return f"{number} independent voices, {parties} of them known as party to the fight"


def _takes_part(speaker: str, actors: Iterable[str], scene: Scene) -> bool:
    if speaker.startswith(OUTLET):
        return False
    return scene.is_party(speaker) or any(scene.one_side(speaker, actor) for actor in actors)


def _manner(supporting: Sequence[Bearing]) -> list[str]:
    words = []
    if any(b.claim.manner.distanced for b in supporting):
        words.append("the outlet keeps its distance")
    if any(b.claim.manner.hedged for b in supporting):
        words.append("the outlet hedges it")
    return words


def _listed(names: Sequence[str]) -> str:
    named = [name or _NAMELESS for name in dict.fromkeys(names)]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
