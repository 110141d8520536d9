"""Figures told place by place behind one verb: "killed 12 people in Barga *and six in Dambi*".

Each place has a happening of its own; the parser hangs the second figure now on the first place, now on the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from khaldun.annotate.ground import finding_id
from khaldun.annotate.roles.fillers import Fillers
from khaldun.model import Frame, Mention, Quantity, Report, Span, Toll

_JOINT = re.compile(r"(?:,|,? and) (?:another |a further )?")
_AT = re.compile(r" (?:in|at|near|outside|around) (?:the )?(?:(?:nearby |neighbouring )?(?:town|city|village) of )?")


# What is told of a place before the next one: "in Kampala, *where three died*, and in Jinja".
_TOLD_OF = re.compile(
    r",? (?:where|killing|wounding|injuring|leaving) [^;:.]{3,80}?,? and (?:(?:another|a second|later|also) )?"
    r"(?:(?:in|at|near|outside) )?(?:the )?(?:(?:nearby |neighbouring )?(?:town|city|village|district) of )?$"
)
_OF_IT = re.compile(r",? (?:where|killing|wounding|injuring|leaving)\b")
_AFAR = ("assault.", "protest", "riot", "mob", "loot")


def each_place(frames: Iterable[Frame], fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The frames; where a figure for another place follows a frame's own place, that is a frame too."""
    counts = {m.span.start: m for m in fillers.mentions if m.kind == "count"}
    for frame in _told_of_each(list(frames), fillers, report):
        place = frame.roles.get("place", ())[:1]
        if not frame.tolls or not place or "place" in frame.inferred or len(counts) < len(frame.tolls):
            yield frame
            continue
        yield from _told_apart(frame, place[0], counts, fillers, report)


def _told_of_each(frames: Sequence[Frame], fillers: Fillers, report: Report) -> Iterator[Frame]:
    """The frames; a deed at two places of which each has its own clause is two: "struck in Kampala, where three people
    died, and in Jinja, where nobody was hurt"."""
    for frame in frames:
        place = frame.roles.get("place", ())[:1]
        first = bool(place) and "place" not in frame.inferred and frame.trigger.start < place[0].span.start
        if not first or not frame.kind.startswith(_AFAR):
            yield frame
            continue
        there = _second_place(place[0], fillers)
        if there is None:
            yield frame
            continue
        own = tuple(t for t in frame.tolls if t.span.end <= there.span.start)
        yield replace(frame, tolls=own, roles={**frame.roles, "place": place})
        if not any(f.kind == frame.kind and there in f.roles.get("place", ()) for f in frames if f is not frame):
            theirs = tuple(t for t in frame.tolls if t not in own)
            yield _there(frame, theirs, there, report)


def _second_place(place: Mention, fillers: Fillers) -> Mention | None:
    """The place told of after the clause on this one, where it has one too."""
    behind = (m for m in fillers.places if m.span.start > place.span.end)
    for there in behind:
        if _TOLD_OF.fullmatch(fillers.text, place.span.end, there.span.start):
            return there if _OF_IT.match(fillers.text, there.span.end) else None
    return None


def _there(frame: Frame, tolls: tuple[Toll, ...], place: Mention, report: Report) -> Frame:
    kept = {role: mentions for role, mentions in frame.roles.items() if role in ("actor", "instrument")}
    return replace(
        frame,
        id=finding_id(report, f"event:{frame.kind}", place.span),
        evidence=Span(frame.evidence.start, max(place.span.end, frame.evidence.end)),
        roles={**kept, "place": (place,)},
        tolls=tolls,
    )


def _told_apart(
    frame: Frame, place: Mention, counts: dict[int, Mention], fillers: Fillers, report: Report
) -> Iterator[Frame]:
    before = [t for t in frame.tolls if t.span.end <= place.span.start]
    others: list[Frame] = []
    end = place.span.end
    while before and (found := _next(end, counts, fillers)) is not None:
        count, there = found
        if isinstance(count.value, Quantity):
            others.append(_elsewhere(frame, Toll(before[-1].of, count.value, count.span), there, report))
        end = there.span.end
    given = [t.span for f in others for t in f.tolls]
    yield replace(frame, tolls=tuple(t for t in frame.tolls if t.span not in given)) if others else frame
    yield from others


def _next(end: int, counts: dict[int, Mention], fillers: Fillers) -> tuple[Mention, Mention] | None:
    """The figure right behind a place, and the place that it is of."""
    joint = _JOINT.match(fillers.text, end)
    count = counts.get(joint.end()) if joint is not None else None
    if count is None or (at := _AT.match(fillers.text, count.span.end)) is None:
        return None
    there = next((m for m in fillers.places if m.span.start <= at.end() < m.span.end), None)
    return (count, there) if there is not None else None


def _elsewhere(frame: Frame, toll: Toll, place: Mention, report: Report) -> Frame:
    words = Span(toll.span.start, place.span.end)
    kept = {role: mentions for role, mentions in frame.roles.items() if role in ("actor", "instrument")}
    return replace(
        frame,
        id=finding_id(report, f"event:{frame.kind}", words),
        trigger=toll.span,
        evidence=words,
        roles={**kept, "place": (place,)},
        tolls=(toll,),
    )
