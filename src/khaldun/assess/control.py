"""Who holds a place on a day, according to whom; and how that changed.

What was told last, up to the day, is taken, and nothing is assumed after it: gaps stay open. What came about on some
day of several is sure from the last of them on, and before that no more than possible. A party's own word is a claim,
a loser's word an admission, and where voices differ on one time the place is contested.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from khaldun.assess.bearings import Bearing, bearings
from khaldun.assess.interest import interest
from khaldun.assess.prose import control_in_words, possible_in_words
from khaldun.assess.rules import Rules
from khaldun.assess.scene import Scene, places_named, scene_of
from khaldun.assess.voices import Origin, independent_voices
from khaldun.errors import NotFound
from khaldun.model import Assessment, View

_DAY = timedelta(days=1)
_EDGE = ("from", "from_is", "from_by")


@dataclass(frozen=True, slots=True)
class Finding:
    """The state of a place on a day before it is put into words."""

    status: str
    actor: str | None
    rules: tuple[str, ...]
    supporting: tuple[Bearing, ...] = ()
    opposing: tuple[Bearing, ...] = ()
    basis: str | None = None


def control(
    place: str, view: View, rules: Rules, *, as_of: date | None = None, scene: Scene | None = None
) -> Assessment:
    """Who holds the place on that day (or by all that was ever told). `place` is an id or a name.

    `values` hold status (holds, contested, lost, present, unknown), actor, basis (claimed, reported, admitted),
    voices, and the last day told of. Where another state may have begun by that day but need not have, they also hold
    `possibly` (its status), `possibly_actor`, `possibly_since` and `possibly_by`: the first and last day on which it
    may have begun. Raises NotFound for a place that is not in the record.
    """
    scene = scene or scene_of(view)
    places = _places(place, scene)
    told = list(bearings(view.claims(), places, scene))
    if as_of is None:
        return _assessment(place, min(places), told, view, rules, scene, None)
    sure = _assessment(place, min(places), [b for b in told if b.sure_by(as_of)], view, rules, scene, as_of)
    return _with_possible(sure, [b for b in told if b.told_by(as_of)], view, rules, scene, as_of)


def _with_possible(
    sure: Assessment, told: Sequence[Bearing], view: View, rules: Rules, scene: Scene, as_of: date
) -> Assessment:
    """The state with the other one that may have begun by then: "taken in May" as of the tenth."""
    found = _state(told, scene, rules)
    if (found.status, found.actor) == (sure.values["status"], sure.values.get("actor")):
        return sure
    open_yet = [b for b in (*found.supporting, *found.opposing) if not b.sure_by(as_of)]
    if not open_yet:
        return sure
    since = max((b.since for b in open_yet if b.since is not None), default=None)
    by = max((b.begun_by or b.day for b in open_yet if b.day is not None), default=None)
    days = {"possibly_since": since, "possibly_by": by}
    values = {"possibly": found.status, **{key: day.isoformat() for key, day in days.items() if day is not None}}
    if found.actor is not None:
        values |= {"possibly_actor": found.actor, "possibly_actor_name": scene.name(found.actor)}
    claims = {b.claim.id: b.claim for b in found.supporting}
    origins = independent_voices(tuple(claims.values()), view, scene=scene)
    known = "unknown" if sure.values["status"] == "unknown" else sure.answer
    because = (*sure.because, "possible_since", *found.rules)
    return replace(
        sure,
        answer=f"{known}; {possible_in_words(found, origins, scene, since, by)}",
        values={**sure.values, **values},
        supporting=tuple(dict.fromkeys((*sure.supporting, *claims))),
        opposing=tuple(dict.fromkeys((*sure.opposing, *(b.claim.id for b in found.opposing)))),
        because=tuple(dict.fromkeys(id for id in because if id != "nothing_told")),
    )


def control_timeline(place: str, view: View, rules: Rules, *, scene: Scene | None = None) -> tuple[Assessment, ...]:
    """The states of the place one after another, each from the day it is first told of.

    `values` hold `from` and `to` as ISO days: the first and last day that something was told of this state, `to` before
    the next state began. Between the `to` of one and the `from` of the next nothing is known. `from_is` is "day" where
    a claim names that very day, "earliest" where it is the beginning of the time in which the state is said to have
    come about (`from_by` is the last day of that time, where told), and "latest" where it is only known to have come
    about by then.
    """
    scene = scene or scene_of(view)
    places = _places(place, scene)
    told = list(bearings(view.claims(), places, scene))
    series: list[Assessment] = []
    for day in sorted({d for b in told for d in (b.since, b.day) if d is not None}):
        so_far = [b for b in told if b.told_by(day)]
        state = _assessment(place, min(places), so_far, view, rules, scene, day)
        if state.values["status"] == "unknown":
            continue
        edge = _edge(told, state, day)
        if series and _alike(series[-1], state):
            before = series.pop().values
            edge = {name: before[name] for name in _EDGE if name in before}
        elif series:
            series.append(_closed(series.pop(), day))
        series.append(replace(state, values={**state.values, **edge, "to": _last_told(told, state, day)}))
    return tuple(series)


def _last_told(told: Iterable[Bearing], state: Assessment, day: date) -> str:
    """The last day that the claims of a state are about, be it after the day on which it is first told of."""
    claims = {*state.supporting, *state.opposing}
    return max(b.day for b in told if b.claim.id in claims and b.day is not None and b.told_by(day)).isoformat()


def _closed(state: Assessment, day: date) -> Assessment:
    """The state before another that begins on that day."""
    return replace(state, values={**state.values, "to": min(state.values["to"], (day - _DAY).isoformat())})


def _edge(told: Iterable[Bearing], state: Assessment, day: date) -> dict[str, str]:
    """The first day of a state and what it is, by the claims that the state rests on."""
    edge = {"from": day.isoformat()}
    begun = [b for b in told if b.claim.id in state.supporting and b.since == day]
    if not begun:
        return {**edge, "from_is": "latest"}
    if any(day in (b.claim.when.latest, b.begun_by) for b in begun):
        return {**edge, "from_is": "day"}
    last = min((b.begun_by for b in begun if b.begun_by is not None), default=None)
    return {**edge, "from_is": "earliest", **({"from_by": last.isoformat()} if last is not None else {})}


def _alike(left: Assessment, right: Assessment) -> bool:
    return all(left.values.get(key) == right.values.get(key) for key in ("status", "actor", "basis"))


def _places(place: str, scene: Scene) -> frozenset[str]:
    """The places of that name; several that were judged to be different are a question back."""
    found = [scene.ledger.canonical(place)] if scene.entity(place) else list(places_named(scene, place))
    if not found:
        raise NotFound(f"no place called '{place}' in the record; list the places to see their names")
    if any(scene.ledger.verdict(a, b) == "DIFFERENT" for n, b in enumerate(found) for a in found[:n]):
        raise NotFound(f"'{place}' names more than one place; give one of the ids {', '.join(found)}")
    return frozenset(found)


def _assessment(
    place: str, about: str, told: Sequence[Bearing], view: View, rules: Rules, scene: Scene, as_of: date | None
) -> Assessment:
    found = _state(told, scene, rules)
    claims = tuple({b.claim.id: b.claim for b in found.supporting}.values())
    origins = independent_voices(claims, view, scene=scene)
    days = [b.day for b in (*found.supporting, *found.opposing) if b.day is not None]
    last = max(days, default=None)
    if as_of is not None and last is not None:
        last = min(last, as_of)
    return Assessment(
        about=about,
        question="control",
        answer=control_in_words(found, origins, scene, last, as_of),
        values=_values(found, origins, scene, last, scene.name(about) if scene.entity(about) else place),
        supporting=tuple(c.id for c in claims),
        opposing=tuple(dict.fromkeys(b.claim.id for b in found.opposing)),
        because=tuple(dict.fromkeys((*found.rules, *(r for o in origins for r in o.because)))),
        as_of=as_of,
        rules=rules.name,
    )


def _values(found: Finding, origins: Sequence[Origin], scene: Scene, last: date | None, place: str) -> dict[str, str]:
    values = {"place": place, "status": found.status, "voices": str(len(origins))}
    if found.actor is not None:
        values |= {"actor": found.actor, "actor_name": scene.name(found.actor)}
    if found.basis is not None:
        values["basis"] = found.basis
    if last is not None:
        values["last"] = last.isoformat()
    if origins:
        values["according_to"] = ", ".join(o.name for o in origins)
    return values


# ------------------------------------------------------------------------------------------------ deciding


def _state(told: Sequence[Bearing], scene: Scene, rules: Rules) -> Finding:
    told = sorted(told, key=lambda b: b.order)
    holding = _still_holding(told)
    if not holding:
        return _no_holder(told)
    holder = max(holding.values(), key=lambda b: b.order)
    conflicts = [*_rivals(holder, holding, told, scene, rules), *_denials(holder, told, scene, rules)]
    fights = _fights(holder, told, rules)
    supporting = tuple(_support(holder, told, scene, rules))
    if conflicts or fights:
        ids = ("voices_conflict",) * bool(conflicts) + ("still_fought_over",) * bool(fights)
        return Finding("contested", holder.actor, ("last_word", *ids), supporting, (*conflicts, *fights))
    rule, basis = _basis(supporting, scene, rules)
    return Finding("holds", holder.actor, ("last_word", rule), supporting, basis=basis)


def _still_holding(told: Sequence[Bearing]) -> dict[str, Bearing]:
    """For each party its last holding, unless it is told to have lost the place after that."""
    last: dict[str, Bearing] = {}
    for bearing in told:
        if bearing.yes and bearing.status == "holds":
            last[bearing.actor] = bearing
    lost = [b for b in told if b.yes and b.status == "lost"]
    return {actor: held for actor, held in last.items() if not any(_ended(held, b) for b in lost if b.actor == actor)}


def _ended(held: Bearing, lost: Bearing) -> bool:
    if held.day is None or lost.day is None:
        return lost.day is not None
    return lost.day > held.day or (lost.day == held.day and lost.change and not held.change)


def _rivals(
    holder: Bearing, holding: dict[str, Bearing], told: Iterable[Bearing], scene: Scene, rules: Rules
) -> list[Bearing]:
    """Others said to hold it at the same time, unless a voice says that it changed hands from them on."""
    gained = [b for b in told if b.yes and b.status == "holds" and b.actor == holder.actor and b.change]
    return [
        rival
        for actor, rival in holding.items()
        if not scene.one_side(actor, holder.actor)
        and not scene.perhaps_one(actor, holder.actor)
        and not _jointly(rival, holder, told, scene)
        and _near(rival, holder, rules)
        and not any((b.since or b.day or date.min) > _held_up_to(rival, b) for b in gained)
    ]


def _jointly(left: Bearing, right: Bearing, told: Iterable[Bearing], scene: Scene) -> bool:
    """ "*The army and its helpers* took the town": those whom one voice names as holders by the same words."""
    holding = [b for b in told if b.yes and b.status == "holds"]
    theirs = {_words(b) for b in holding if b.actor == left.actor}
    together = any(_words(b) in theirs for b in holding if b.actor == right.actor)
    return together and not scene.opposed(left.actor, right.actor)


def _words(bearing: Bearing) -> tuple[str, str, str, int, int]:
    claim = bearing.claim
    return claim.report, bearing.origin, claim.kind, claim.span.start, claim.span.end


def _held_up_to(rival: Bearing, gain: Bearing) -> date:
    """The last day of which the rival's holding speaks against the gain.

    Who tells of both in turn ("captured in May. The army *recaptured it* in June") says of the first that it began.
    """
    in_turn = rival.origin == gain.origin or rival.claim.report == gain.claim.report
    begun = rival.begun_by if in_turn else None
    return begun or rival.day or date.min


def _denials(holder: Bearing, told: Iterable[Bearing], scene: Scene, rules: Rules) -> list[Bearing]:
    """Others who say that the holder does not hold it, or that the loser did not lose it."""
    return [
        b
        for b in told
        if not b.yes
        and b.origin != holder.origin
        and _near(b, holder, rules)
        and ((b.status == "holds") == (b.actor == holder.actor))
        and (b.status in ("holds", "lost"))
        and (b.actor == holder.actor or not scene.one_side(b.actor, holder.actor))
    ]


def _fights(holder: Bearing, told: Iterable[Bearing], rules: Rules) -> list[Bearing]:
    """Words that the place is fought over, told of the same time or after the holder came to hold it."""
    found = []
    for b in told:
        if not b.yes or b.day is None or holder.day is None or not _near(b, holder, rules):
            continue
        if b.status == "contested" and (b.day >= holder.day or not holder.change):
            found.append(b)
        elif b.status == "fighting" and b.origin != holder.origin and _after(b, holder):
            found.append(b)
    return found


def _after(fight: Bearing, holder: Bearing) -> bool:
    """The fight is no prelude: it is of a later day, or of the last day on which the holder may have come."""
    if fight.day is None or holder.day is None:
        return False
    return fight.day > holder.day or (fight.since == holder.day and holder.since != holder.day)


def _near(left: Bearing, right: Bearing, rules: Rules) -> bool:
    if left.day is None or right.day is None:
        return True
    return abs((left.day - right.day).days) <= rules.window_days


def _support(holder: Bearing, told: Iterable[Bearing], scene: Scene, rules: Rules) -> list[Bearing]:
    """All who say that it holds the place, and that others lost it, at about that time."""
    return [
        b
        for b in told
        if b.yes
        and (b.actor == holder.actor or _near(b, holder, rules))
        and (
            (b.status == "holds" and _may_be_for(b.actor, holder.actor, scene))
            or (b.status == "lost" and not _may_be_for(b.actor, holder.actor, scene))
        )
    ]


def _may_be_for(actor: str, holder: str, scene: Scene) -> bool:
    return scene.one_side(actor, holder) or scene.perhaps_one(actor, holder)


def _basis(supporting: Iterable[Bearing], scene: Scene, rules: Rules) -> tuple[str, str]:
    found = [(b, interest(b.claim, scene, rules).value) for b in supporting]
    if any(value == "against_interest" for _, value in found):
        return "loser_admits", "admitted"
    holding = [(b, value) for b, value in found if b.status == "holds"]
    if any(value == "neutral" or b.claim.voice[:1] == b.claim.voice[-1:] for b, value in holding if b.claim.voice):
        return "told_by_others", "reported"
    return "claimed_only", "claimed"


def _no_holder(told: Sequence[Bearing]) -> Finding:
    """No one is said to hold it: what else was told last of it."""
    by_status = {b.status: b for b in told if b.yes}
    for status, rule in (("contested", "still_fought_over"), ("lost", "no_holder"), ("present", "only_present")):
        last = by_status.get(status)  # type: ignore[call-overload]
        later = [b for b in by_status.values() if last and b.status in ("contested", "lost") and b.order > last.order]
        if last is not None and not (status == "contested" and later):
            same = tuple(b for b in told if b.yes and b.status == status and b.actor == last.actor)
            return Finding(status, last.actor, ("last_word", rule), same, tuple(b for b in told if not b.yes))
    return Finding("unknown", None, ("nothing_told",), (), tuple(b for b in told if not b.yes))
