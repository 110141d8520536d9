"""What a report as a whole tells of who holds a place: takings told by a noun alone, and the last word on a holder.

* "Government forces cut the road on Thursday. *The capture of the road* has raised fears": they hold it.
* Who is told to hold a place does not contest it besides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import timedelta

from khaldun.annotate.control_states import after_event, is_country
from khaldun.annotate.fillers import ARMED
from khaldun.annotate.sentences import Parse
from khaldun.copies import replace
from khaldun.knowledge import word_list
from khaldun.model import Entity, Frame, Mention

_WINDOW = 2  # sentences that "the capture of the road" reaches back
_ONE_FIGHT = timedelta(days=7)
_TAKING = ("control.gain", "siege", "coerce.seize")


def with_last_word(frames: Sequence[Frame], parse: Parse, entities: Mapping[str, Entity]) -> tuple[Frame, ...]:
    """The frames in text order, with the holders that follow from them and without what a holder is told besides."""
    return _without_contests_of_holders(_with_takers(frames, parse, entities))


def _with_takers(frames: Sequence[Frame], parse: Parse, entities: Mapping[str, Entity]) -> list[Frame]:
    """ "*The capture of the road*": by those who were just told to seize or cut it, and who hold it now."""
    done: list[Frame] = []
    if not any(_is_taking_of_nobody(f, parse) for f in frames):
        return list(frames)
    starts = [passage.span(sentence).start for passage, sentence in parse.sentences()]
    for frame in frames:
        if not _is_taking_of_nobody(frame, parse):
            done.append(frame)
            continue
        here = bisect_right(starts, frame.trigger.start)
        near = [f for f in done if here - bisect_right(starts, f.trigger.start) <= _WINDOW]
        takers = _takers(near, entities)
        if not takers:
            done.append(frame)
            continue
        taken = replace(frame, roles={**frame.roles, "actor": takers}, inferred=frame.inferred | {"actor"})
        held = [after_event(taken, "holds", takers[0], place, parse.report) for place in frame.roles["place"]]
        done += (taken, *(replace(h, attribution=frame.attribution, hedged=frame.hedged) for h in held))
    return done


def _is_taking_of_nobody(frame: Frame, parse: Parse) -> bool:
    """True for "*the capture* of X", with nobody named who took it."""
    told = (
        frame.kind == "control.gain"
        and frame.modality == "actual"
        and not frame.negated
        and "extent" not in frame.values
    )
    if not told or frame.roles.get("actor") or not frame.roles.get("place") or is_country(frame.roles["place"][0]):
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


def _without_contests_of_holders(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Who "controls most of the city" now, and was told to fight for it, holds it."""
    holding: dict[tuple[str | None, str | None], list[Frame]] = {}
    for frame in frames:
        if frame.kind == "control.holds" and not frame.negated and not frame.hedged:
            holding.setdefault(_who_where(frame), []).append(frame)
    return tuple(
        f
        for f in frames
        if f.kind != "control.contested" or not any(not _was_before(f, h) for h in holding.get(_who_where(f), ()))
    )


def _who_where(frame: Frame) -> tuple[str | None, str | None]:
    return frame.roles["actor"][0].entity, frame.roles["place"][0].entity


def _was_before(contest: Frame, holding: Frame) -> bool:
    """True for a contest that was over long when the holding began, and not how it began."""
    over, since = contest.when.latest, holding.when.earliest
    return over is not None and since is not None and over < since - _ONE_FIGHT
