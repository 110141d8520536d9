"""What a report as a whole tells of who holds a place: takings told by a noun alone, and the last word on a holder.

* "Government forces cut the road on Thursday. *The capture of the road* has raised fears": they hold it.
* Who left a place that another is told to hold has lost it, and so has he from whom another has retaken it.
* Who is told to hold a place does not contest it besides, and need not be said to be there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import timedelta

from khaldun.annotate.control.states import after_event, is_country
from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.roles.fillers import ARMED
from khaldun.annotate.scenes.where import is_wide
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Entity, Frame, Mention

_WINDOW = 2  # sentences that "the capture of the road" reaches back
_BESIDE = 120  # characters
_ONE_FIGHT = timedelta(days=7)
_TAKING = ("control.gain", "siege", "coerce.seize")


def with_last_word(frames: Sequence[Frame], parse: Parse, entities: Mapping[str, Entity]) -> tuple[Frame, ...]:
    """The frames in text order, with the holders that follow from them and without what a holder is told besides."""
    told = _with_takers(frames, parse, entities)
    return _without_less(_with_losers(told, parse, entities))


def _with_takers(frames: Sequence[Frame], parse: Parse, entities: Mapping[str, Entity]) -> list[Frame]:
    """ "*The capture of the road*": by those who were just told to seize or cut it, and who hold it now."""
    done: list[Frame] = []
    if not any(_is_of_nobody(f) for f in frames):
        return list(frames)
    starts = [passage.span(sentence).start for passage, sentence in parse.sentences()]
    for frame in frames:
        by_noun, freed = _is_taking_of_nobody(frame, parse), _is_freed_too(frame, parse)
        if not by_noun and not freed:
            done.append(frame)
            continue
        here = bisect_right(starts, frame.trigger.start)
        near = [f for f in done if here - bisect_right(starts, f.trigger.start) <= (_WINDOW if by_noun else 1)]
        takers = _takers(near, entities) if by_noun else _gainers(near, entities)
        if not takers:
            done.append(frame)
            continue
        taken = replace(frame, roles={**frame.roles, "actor": takers}, inferred=frame.inferred | {"actor"})
        armed = [m for m in takers if _is_armed(m, entities)]
        held = [after_event(taken, "holds", m, place, parse.report) for place in frame.roles["place"] for m in armed]
        done += (taken, *(replace(h, attribution=frame.attribution, hedged=frame.hedged) for h in held))
    return done


def _is_of_nobody(frame: Frame) -> bool:
    """True for the taking of a place, with nobody named who took it."""
    told = (
        frame.kind == "control.gain"
        and frame.modality == "actual"
        and not frame.negated
        and "extent" not in frame.values
    )
    places = frame.roles.get("place", ())
    return told and not frame.roles.get("actor") and bool(places) and not is_country(places[0])


def _is_freed_too(frame: Frame, parse: Parse) -> bool:
    """True for "X *was also liberated*": one gain more of those whose gains were just told."""
    if not _is_of_nobody(frame) or frame.roles.get("target"):
        return False
    text = parse.report.text
    word = frame.trigger.of(text).lower()
    before = text[max(0, frame.trigger.start - 40) : frame.trigger.start].lower().split()
    passive = any(w in _WAS for w in before[-3:])
    return word.endswith(("ed", "en")) and passive and (word.startswith(_BACK) or "also" in before[-3:])


_WAS = frozenset({"was", "were", "been"})


def _gainers(near: Sequence[Frame], entities: Mapping[str, Entity]) -> tuple[Mention, ...]:
    """Those who were just told to take a place, alone or together, where no other is told to have taken one."""
    gains = [f.roles["actor"] for f in near if f.kind == "control.gain" and _is_fact(f) and f.roles.get("actor")]
    sides = {frozenset(m.entity for m in actors) for actors in gains}
    return gains[-1] if len(sides) == 1 and any(_is_armed(m, entities) for m in gains[-1]) else ()


def _is_armed(actor: Mention, entities: Mapping[str, Entity]) -> bool:
    return (entity := entities.get(actor.entity or "")) is not None and entity.type in ARMED


def _is_taking_of_nobody(frame: Frame, parse: Parse) -> bool:
    """True for "*the capture* of X", with nobody named who took it."""
    if not _is_of_nobody(frame):
        return False
    text = parse.report.text
    noun = frame.trigger.of(text).lower().split()[-1]
    before = text[max(0, frame.trigger.start - 4) : frame.trigger.start].lower()
    return noun in word_list("lexicons/en/control.yaml", "takings") and before == "the "


def _takers(near: Sequence[Frame], entities: Mapping[str, Entity]) -> tuple[Mention, ...]:
    """The one side that was just told to take ground or to cut a road."""
    told = [f for f in near if f.kind in _TAKING and f.modality == "actual" and not f.negated and f.roles.get("actor")]
    sides = {m.entity: m for f in told for m in f.roles["actor"]}
    armed = [m for m in sides.values() if (e := entities.get(m.entity or "")) is not None and e.type in ARMED]
    return (armed[0],) if len(armed) == len(sides) == 1 else ()


def _with_losers(frames: Sequence[Frame], parse: Parse, entities: Mapping[str, Entity]) -> list[Frame]:
    """Who left a place that another is told to hold, or held it until another retook it, has lost it."""
    holding = [f for f in frames if f.kind == "control.holds" and _is_fact(f)]
    lost = {_who_where(f) for f in frames if f.kind == "control.lost"}
    done: list[Frame] = []
    for frame in frames:
        done.append(frame)
        place = frame.roles["place"][0] if frame.roles.get("place") else None
        if place is None or not _is_fact(frame) or is_country(place):
            continue
        for actor in (*_losers(frame, holding, parse.report.text), *_freed_from(frame, frames, parse, entities)):
            entity = entities.get(actor.entity or "")
            if entity is None or entity.type not in ARMED or (actor.entity, place.entity) in lost:
                continue
            lost.add((actor.entity, place.entity))
            state = after_event(frame, "lost", actor, place, parse.report)
            done.append(replace(state, attribution=frame.attribution, hedged=frame.hedged))
    return done


def _losers(frame: Frame, holding: Sequence[Frame], text: str) -> list[Mention]:
    """Those who lose the place of this happening, by what the report tells of its holders."""
    here = [h for h in holding if h.roles["place"][0].entity == frame.roles["place"][0].entity]
    if frame.kind in _LEAVING:
        if "place" in frame.inferred and is_wide(frame.roles["place"][0]):
            return []  # "after the army withdrew", and no word of where
        others = {h.roles["actor"][0].entity for h in here if not _is_own_gain(frame, h)}
        return [m for m in frame.roles.get("actor", ()) if others - {m.entity}] if others else []
    if frame.kind != "control.gain" or not frame.roles.get("actor"):
        return []
    takers = {m.entity for m in frame.roles["actor"]}
    return [h.roles["actor"][0] for h in here if h.roles["actor"][0].entity not in takers and _is_since(frame, h, text)]


def _freed_from(
    frame: Frame, frames: Sequence[Frame], parse: Parse, entities: Mapping[str, Entity]
) -> tuple[Mention, ...]:
    """ "Said that the group *had fled*. Announced the *liberation* of X": from the only one told to have given way."""
    freed = frame.kind == "control.gain" and "liberat" in frame.trigger.of(parse.report.text).lower()
    takers = {m.entity for m in frame.roles.get("actor", ())}
    if not freed or not takers or frame.roles.get("target") or "extent" in frame.values:
        return ()
    gone = [m for f in frames if f.kind in _LEAVING and _has_happened(f) for m in f.roles.get("actor", ())]
    foes = {m.entity: m for m in gone if m.entity not in takers and _is_armed(m, entities)}
    return tuple(foes.values()) if len(foes) == 1 else ()


def _has_happened(frame: Frame) -> bool:
    return frame.modality == "actual" and not frame.negated


def _is_own_gain(leaving: Frame, holding: Frame) -> bool:
    """True for ground given up after it was taken in the same breath: "seized it … before falling back a little"."""
    return any(m.entity == holding.roles["actor"][0].entity for m in leaving.roles.get("actor", ()))


def _is_since(gain: Frame, holding: Frame, text: str) -> bool:
    """True for a taking that ended a holding: later by the days that both began on, or of what another "had taken"."""
    if (
        text[max(0, holding.trigger.start - 8) : holding.trigger.start].rstrip().endswith(" had")
        and gain.evidence.start <= holding.trigger.start
        and holding.trigger.start - gain.trigger.end < _BESIDE
    ):
        return True
    taken, held = gain.when.earliest, holding.when.earliest
    if gain.trigger.of(text).lower().startswith(_BACK):
        taken = taken or gain.when.latest  # "has now *recaptured* it", on no day that is told
    return taken is not None and held is not None and held < taken


_BACK = ("retak", "retook", "recapt", "regain", "reclaim", "liberat")


def _is_fact(frame: Frame) -> bool:
    return frame.modality == "actual" and not frame.negated and not frame.hedged


_LEAVING = frozenset({"retreat.withdraw", "control.loss"})


def _without_less(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Who "controls most of the city" now, and was told to fight for it or to be there, holds it."""
    holding: dict[tuple[str | None, str | None], list[Frame]] = {}
    for frame in frames:
        if frame.kind == "control.holds" and not frame.negated and not frame.hedged:
            holding.setdefault(_who_where(frame), []).append(frame)
    return tuple(
        f
        for f in frames
        if f.kind not in _LESS or not any(not _was_before(f, h) for h in holding.get(_who_where(f), ()))
    )


def _is_left_to(frame: Frame, holding: Mapping[tuple[str | None, str | None], Sequence[Frame]]) -> bool:
    """ "Cut the enclave in three, *leaving* Qasr under the control of the group": nobody left Qasr by that."""
    if frame.kind != "control.lost" or frame.made_by != "rule:control/from-retreat.withdraw":
        return False
    actor, place = _who_where(frame)
    held = (h for (who, where), each in holding.items() if where == place and who != actor for h in each)
    return any(frame.trigger.end <= h.trigger.start and frame.evidence.contains(h.trigger) for h in held)


_LESS = frozenset({"control.contested", "control.present"})


def _who_where(frame: Frame) -> tuple[str | None, str | None]:
    return frame.roles["actor"][0].entity, frame.roles["place"][0].entity


def _was_before(contest: Frame, holding: Frame) -> bool:
    """True for a contest of another time, and not how the holding began: over long before, or of a day of its own."""
    over, since = contest.when.latest, holding.when.earliest
    if over is None or contest.when.basis in _OF_THE_REPORT:
        return False
    return since is None or not -_ONE_FIGHT <= over - since <= _ONE_FIGHT


_OF_THE_REPORT = ("none", "published")
