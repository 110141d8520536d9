"""The frame of a state of control, and the states that follow from events of taking, losing, leaving and besieging.

The besieger of a town at most contests it (the record's own rule).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from khaldun.annotate.grammar.factuality import Reading
from khaldun.annotate.ground import finding_id
from khaldun.annotate.roles.extent import shares_of_ground
from khaldun.annotate.roles.fillers import ARMED, Fillers
from khaldun.annotate.scenes.circumstances import time_of, until_published
from khaldun.annotate.times.beginnings import begun_by
from khaldun.annotate.words import Token
from khaldun.model import UNKNOWN_TIME, Frame, Locus, Mention, Report, Span, When, hull


def is_country(place: Mention) -> bool:
    """True for a state as a whole, which nobody holds by a deed or a presence."""
    return isinstance(place.value, Locus) and place.value.kind == "country"


def is_water(place: Mention, text: str) -> bool:
    """ "Controls three bridges over the *Tigris*": nobody holds a river by them."""
    named = text[place.span.end : place.span.end + 6].casefold().strip() in ("river", "lake")
    return named or (isinstance(place.value, Locus) and place.value.kind in ("river", "lake", "sea"))


def state_frame(
    status: str,
    actor: Mention,
    place: Mention,
    word: Token,
    fillers: Fillers,
    report: Report,
    more: Iterable[Token] = (),
    *,
    past: bool = False,
    taken: bool = False,
) -> Frame:
    """The state that `word` asserts; `more` are words that belong to the evidence, `past` where it may be over, `taken`
    where they tell how it began."""
    trigger = fillers.passage.at(word)
    spans = [trigger, *(fillers.passage.at(t) for t in more)]
    spans += [m.span for m in (actor, place) if fillers.passage.span(word.sent).contains(m.span)]
    when = time_of(word, fillers, report, Reading())
    when = from_then(when, report) if taken else when
    return _frame(
        status,
        actor,
        place,
        trigger,
        hull(spans),
        when,
        report,
        begun=begun_by(when, fillers.mentions, report.text),
        past=past,
        weight=0.75,
        made_by=f"rule:control/{status}",
    )


def _frame(
    status: str,
    actor: Mention,
    place: Mention,
    trigger: Span,
    evidence: Span,
    when: When,
    report: Report,
    *,
    begun: date | None,
    past: bool = False,
    weight: float,
    made_by: str,
    inferred: frozenset[str] = frozenset(),
) -> Frame:
    return Frame(
        id=finding_id(report, f"control:{status}:{actor.id}:{place.id}", trigger),
        kind=f"control.{status}",
        trigger=trigger,
        evidence=evidence,
        roles={"actor": (actor,), "place": (place,)},
        inferred=inferred,
        when=when,
        values={**({"begun_by": begun.isoformat()} if begun is not None else {}), **({"past": "yes"} if past else {})},
        weight=weight,
        made_by=made_by,
    )


# What an event does to who holds its place: role -> status.
_EFFECTS: Mapping[str, Mapping[str, str]] = {
    "control.gain": {"actor": "holds", "target": "lost"},
    "control.loss": {"actor": "lost", "target": "holds"},
    "retreat.withdraw": {"actor": "lost"},
    "siege": {"actor": "contested"},
}


# Who is driven out of a place, or freed from it, and never held it: "expelled *the villagers* from Kafra".
_HELD_NOTHING = frozenset({"population", "person", "media"})


def from_events(events: Iterable[Frame], types: Mapping[str, str | None], report: Report) -> Iterator[Frame]:
    """States that follow from the events of one sentence said to have happened, each state of a place once."""
    seen: set[tuple[str, str | None, str | None]] = set()
    events = tuple(events)
    yield from _changed_over(events, types, report)
    for event in events:
        if event.negated or event.modality != "actual" or not event.roles.get("place"):
            continue
        if event.kind.startswith("retreat.") and "place" in event.inferred and not _had_taken(event, events):
            continue  # "attacked the town and withdrew": who never held it gave up nothing
        fell = {toll.who for toll in event.tolls}  # "took the town, killing *12 soldiers*"
        effects = [
            (status, actor)
            for role, status in _effects(event, report.text).items()
            for actor in event.roles.get(role, ())
            if role == "actor" or actor.entity not in fell
        ]
        for place in event.roles["place"]:
            for status, actor in effects if not (is_country(place) or is_water(place, report.text)) else ():
                key = (status, actor.entity, place.entity)
                kind = types.get(actor.entity or "")
                armed = kind in ARMED or (event.kind in {"control.gain", "control.loss"} and kind not in _HELD_NOTHING)
                if armed and key not in seen:
                    seen.add(key)
                    yield after_event(event, status, actor, place, report)


def _changed_over(events: Sequence[Frame], types: Mapping[str, str | None], report: Report) -> Iterator[Frame]:
    """ "Rebels *entered* Qasr after the army *withdrew*": who comes in as others leave holds the place from then on."""
    left = [e for e in events if e.kind == "retreat.withdraw" and _is_fact(e) and "extent" not in e.values]
    came_to_fight = {m.entity for e in events if e.kind.startswith("assault.") for m in e.roles.get("actor", ())}
    for coming in events if left else ():
        if coming.kind != "movement" or not _is_fact(coming) or "place" in coming.inferred:
            continue
        place = coming.roles["place"][0]
        for leaving in left:
            arrived = {m.entity for m in coming.roles.get("actor", ())}
            gone = [m for m in leaving.roles.get("actor", ()) if m.entity not in arrived | came_to_fight]
            if not gone or leaving.roles["place"][0].entity != place.entity or is_country(place):
                continue
            told = [("holds", m, coming) for m in coming.roles["actor"]]
            told += [("lost", m, leaving) for m in gone if "place" in leaving.inferred]
            for status, actor, event in told:
                if types.get(actor.entity or "") in ARMED:
                    yield after_event(event, status, actor, place, report)


def _had_taken(leaving: Frame, events: Sequence[Frame]) -> bool:
    """ "*Seized* Qasr in March and withdrew in June"."""
    actors = {m.entity for m in leaving.roles.get("actor", ())}
    place = leaving.roles["place"][0].entity
    return any(
        e.kind == "control.gain" and _is_fact(e) and e.roles["place"][0].entity == place
        for e in events
        if actors & {m.entity for m in e.roles.get("actor", ())}
    )


def _is_fact(event: Frame) -> bool:
    return (
        not event.negated and event.modality == "actual" and bool(event.roles.get("place") and event.roles.get("actor"))
    )


def _goes_in(event: Frame, text: str) -> bool:
    """ "Troops *pushed into* Qasr": who fights in a town contests it; nobody contests a province by going there."""
    place = event.roles["place"][0]
    if place.span.start < event.trigger.end or (isinstance(place.value, Locus) and place.value.precision in _WIDE):
        return False
    behind = text[event.trigger.start : min(event.trigger.end + _NEAR_BY, place.span.start)]
    return " into " in behind and not {";", "."} & set(behind)


_NEAR_BY = 20  # characters
_WIDE = frozenset({"adm1", "region", "country"})


def _effects(event: Frame, text: str) -> Mapping[str, str]:
    """Whoever takes districts or a share of a town contests it; a base in it, a hill near it, or positions given up
    there decide nothing."""
    how_far = event.values.get("extent")
    if event.kind == "assault.offensive":
        return {"actor": "contested"} if _goes_in(event, text) else {}
    if event.kind == "retreat.withdraw" and "siege" in event.values:
        return {}  # "lifted the *siege* of the town", which he never held
    if event.kind == "retreat.withdraw" and " passage " in text[event.trigger.start : event.evidence.end]:
        return {}  # "were granted safe *passage* out of the town", in which they may have been shut up
    if how_far is None or (how_far == "part" and event.kind == "siege"):
        return _EFFECTS.get(event.kind, {})
    if how_far != "part" or event.kind != "control.gain":
        return {}
    # A base, a port or a refinery taken in a town was a contested town to one of 18 rows of annotators (December 2026).
    of_ground = {word.strip(".,;") for word in event.evidence.of(text).casefold().split()} & shares_of_ground()
    return {"actor": "contested"} if of_ground or _names_site(event.roles["place"][0], text) else {}


def _names_site(place: Mention, text: str) -> bool:
    """ "Took *the Nasib border crossing*": a site that is named by the place."""
    return re.match(r"\s+(?:\w+\s)?(?:crossing|field|dam|base|port|airport|camp)\b", text[place.span.end :]) is not None


def from_then(when: When, report: Report) -> When:
    """From when something happened until the day of the report."""
    if when.basis == "published":
        return when
    end = until_published(report, Reading()).latest or when.latest
    return when if when.earliest and end and when.earliest > end else replace(when, latest=end)


def after_event(event: Frame, status: str, actor: Mention, place: Mention, report: Report) -> Frame:
    """A state after an event begins no earlier than it and stays open; a contest lasts as the event does."""
    when = event.when if status == "contested" else from_then(event.when, report)
    if not when.known:
        when = UNKNOWN_TIME
    doer = actor in event.roles.get("actor", ())  # who lost the place stands in the words, whoever took it
    inferred = event.inferred & (frozenset({"place", "actor"}) if doer else frozenset({"place"}))
    return _frame(
        status,
        actor,
        place,
        event.trigger,
        event.evidence,
        when,
        report,
        begun=event.when.latest if when.earliest is not None and when is not event.when else None,
        weight=round(event.weight * 0.85, 2),
        made_by=f"rule:control/from-{event.kind}",
        inferred=inferred,
    )
