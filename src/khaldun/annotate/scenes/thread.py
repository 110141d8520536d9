"""What a report goes on with: the place and the day of one sentence hold in the next, until it names its own.

"On 3 May gunmen raided Kafra. Two shepherds were killed." tells of two dead in Kafra on 3 May, though no word of the
second sentence says so: the place is inferred, the day's basis is the narrative. Both end with the paragraph, and
only what takes place somewhere takes them over: a condemnation of the raid was not made in Kafra.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from khaldun.annotate.grammar.syntax import arguments
from khaldun.annotate.roles.extent import OF_GROUND, extent
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.scenes.history import is_of_late, is_of_no_day, looks_back, may_lead
from khaldun.annotate.scenes.where import grain, has_scene, scenes_of
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.copies import quickly_made
from khaldun.model import Frame, Mention, When

# Kinds of happenings that the narrative puts on its scene; acts of speech and of diplomacy have none.
_ON_SCENE = (
    "assault.", "execution", "protest", "riot", "mob", "loot", "coerce.", "movement", "retreat.", "siege", "control.",
    "mobilize", "weapons.", "base.",
)  # fmt: skip
_STAKES = frozenset({"control.gain", "siege"})
_REMEMBERED = 8
_COUNTRY = 3
_NARROW = 7  # days
_FARTHEST = 3  # sentences


@quickly_made
@dataclass(frozen=True, slots=True)
class Thread:
    """Where and when the story stands, and how many sentences ago that was said.

    `since` is the first day of the happening that was dated last, be it in an earlier paragraph, `lead` the last
    happening that was told as it went on.
    """

    place: Mention | None = None
    place_ago: int = 0
    when: When | None = None
    when_ago: int = 0
    since: date | None = None
    since_ago: int = 0
    lead: Frame | None = None
    stakes: tuple[Frame, ...] = ()
    """What was told last of ground that somebody took, cut off or moved on."""

    def next_paragraph(self) -> Thread:
        """Place and day end with the paragraph; what came first stays first."""
        return Thread(since=self.since, since_ago=self.since_ago, stakes=self.stakes)


def go_on(frames: Sequence[Frame], thread: Thread, fillers: Fillers) -> tuple[Frame, ...]:
    """The frames of a sentence with the place and day of the thread, where the sentence names none."""
    if not frames:
        return ()
    placed = has_scene(fillers)
    dated = any(m.kind == "time" and m.when is not None and m.when.known for m in fillers.mentions)
    told = (
        _taken_up(
            _gone_on(frame, thread, fillers, placed=placed, dated=dated or _looks_back(frame, thread, fillers)), thread
        )
        for frame in frames
    )
    return tuple(told if dated else (_came_next(frame, thread, fillers) for frame in told))


def _looks_back(frame: Frame, thread: Thread, fillers: Fillers) -> bool:
    """ "The army retook it on Friday. The group *had seized* it from a militia", "The town has been *repeatedly*
    bombed": not on that Friday."""
    if thread.when is None or thread.lead is None or frame.when.basis != "published":
        return False
    tokens = fillers.passage.tokens(frame.trigger)
    if tokens is None:
        return False
    if is_of_late(tokens.root) and _is_long_ago(thread.when, frame.when.latest):
        return True
    return is_of_no_day(tokens.root) or looks_back(frame, tokens.root, thread.lead)


def _is_long_ago(when: When, published: date | None) -> bool:
    return published is not None and when.latest is not None and (published - when.latest).days >= _NARROW


def _gone_on(frame: Frame, thread: Thread, fillers: Fillers, *, placed: bool, dated: bool) -> Frame:
    if not frame.kind.startswith(_ON_SCENE) or frame.modality != "actual" or frame.background:
        return frame
    if thread.place is not None and thread.place_ago <= _FARTHEST and not (placed or frame.roles.get("place")):
        roles, values = {**frame.roles, "place": (thread.place,)}, {**frame.values, **_share(frame, thread, fillers)}
        frame = replace(frame, roles=roles, values=values, inferred=frame.inferred | {"place"})
    if (
        thread.when is not None
        and thread.when_ago <= _FARTHEST
        and not dated
        and frame.when.basis in ("none", "published")
        and not _is_of_before(frame, fillers)
    ):
        if (since := thread.when.earliest) is not None and _answers(frame, thread):
            return replace(frame, when=When(since, frame.when.latest, "narrative", since, thread.when.span))
        frame = replace(frame, when=replace(thread.when, basis="narrative", anchor=thread.when.earliest))
    return frame


def _is_of_before(frame: Frame, fillers: Fillers) -> bool:
    """ "The *recent* capture of the hill": of no day that the story stands at."""
    tokens = fillers.passage.tokens(frame.trigger)
    return tokens is not None and any(c.lower_ in _BEFORE for c in tokens.root.children if c.dep_ in {"amod", "advmod"})


_BEFORE = frozenset({"recent", "recently", "earlier", "previous", "previously", "past", "prior", "former", "already"})


def _answers(frame: Frame, thread: Thread) -> bool:
    """ "A bomb went off on Monday. *Police arrested* two men over it.": on that day or later, unless those arrest who
    came on that day ("raided a house on Monday and arrested two"), or a crowd is dispersed."""
    lead = thread.lead
    if frame.kind not in _ANSWERS or lead is None or lead.kind in _ANSWERS or not lead.kind.startswith("assault."):
        return False
    if lead.kind in _IN_COURSE:
        return False
    doers = {m.entity for m in lead.roles.get("actor", ())}
    return not doers.intersection(m.entity for m in frame.roles.get("actor", ()))


_ANSWERS = frozenset({"coerce.arrest"})
_IN_COURSE = frozenset({"assault.clash", "assault.crowd"})


def _taken_up(frame: Frame, thread: Thread) -> Frame:
    """ "The army cut off the bridge. *The capture of the bridge* …": by whom the report has said."""
    place = next(iter(frame.roles.get("place", ())), None)
    if frame.kind != "control.gain" or place is None or frame.roles.get("actor") or frame.modality != "actual":
        return frame
    here = [f for f in thread.stakes if f.modality == "actual" and not f.negated and _is_at(f, place)]
    takers = {m.entity or m.id for f in here for m in f.roles["actor"]}
    if len(takers) != 1:
        return frame
    return replace(frame, roles={**frame.roles, "actor": here[-1].roles["actor"]}, inferred=frame.inferred - {"actor"})


def _is_at(frame: Frame, place: Mention) -> bool:
    """Whether a happening is told of a place by name."""
    there = frame.roles.get("place", ())
    return "place" not in frame.inferred and any(m.entity is not None and m.entity == place.entity for m in there)


def _share(frame: Frame, thread: Thread, fillers: Fillers) -> dict[str, str]:
    """ "They took *the air base*" in a story of a town takes no town."""
    tokens = fillers.passage.tokens(frame.trigger) if frame.kind in OF_GROUND else None
    if tokens is None or thread.place is None:
        return {}
    functions = arguments(tokens.root)
    taken = extent([t for name in ("P", "of", "into") for t in functions.get(name, ())], thread.place, fillers)
    return {"extent": taken} if taken != "whole" else {}


def _came_next(frame: Frame, thread: Thread, fillers: Fillers) -> Frame:
    """ "They were shot at in June 2015. The council *soon* drove them out.": not before June 2015."""
    since, tokens = thread.since, fillers.passage.tokens(frame.trigger)
    if since is None or thread.since_ago > _FARTHEST or tokens is None or frame.when.basis not in ("none", "published"):
        return frame
    following = next(
        (c for c in tokens.root.children if c.dep_ == "advmod" and c.lower_ in clause_words().thereupon), None
    )
    if following is None or tokens.root.tag_ != "VBD" or (frame.when.latest is not None and frame.when.latest < since):
        return frame
    when = When(since, frame.when.latest, "narrative", since, fillers.passage.at(following))
    return replace(frame, when=when)


def follow(frames: Sequence[Frame], thread: Thread, fillers: Fillers) -> Thread:
    """The thread after a sentence with these frames."""
    place, when, since = _place_told(frames, fillers), _day_told(frames, fillers), _first_day(frames)
    return Thread(
        place or thread.place,
        1 if place else thread.place_ago + 1,
        when or thread.when,
        1 if when else thread.when_ago + 1,
        since or thread.since,
        1 if since else thread.since_ago + 1,
        next((f for f in frames if may_lead(f)), thread.lead),
        (*thread.stakes, *(f for f in frames if f.kind in _STAKES and f.roles.get("actor")))[-_REMEMBERED:],
    )


def _first_day(frames: Sequence[Frame]) -> date | None:
    told = [f.when for f in frames if f.kind.startswith(_ON_SCENE) and f.when.basis in ("stated", "relative")]
    return next((when.earliest for when in reversed(told) if when.earliest is not None), None)


def _place_told(frames: Sequence[Frame], fillers: Fillers) -> Mention | None:
    told = [f.roles["place"][0] for f in frames if f.roles.get("place") and f.kind.startswith(_ON_SCENE)]
    told = told or [s.head for s in scenes_of(fillers) if s.led == "in"]
    return next((place for place in told if grain(place) < _COUNTRY), None)


def _day_told(frames: Sequence[Frame], fillers: Fillers) -> When | None:
    told = [
        f.when for f in frames if f.kind.startswith(_ON_SCENE) and f.when.basis in ("stated", "relative", "narrative")
    ]
    told = told or [
        m.when
        for m in fillers.mentions
        if m.kind == "time" and m.when is not None and m.when.known and m.span not in fillers.said_at
    ]
    return next((when for when in told if _is_narrow(when)), None)


def _is_narrow(when: When) -> bool:
    if when.earliest is None or when.latest is None:
        return False
    return (when.latest - when.earliest).days < _NARROW
