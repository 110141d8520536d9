"""Where an event took place, by the places its functions give, its clause, and what is known of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khaldun.annotate.events.drafts import Draft
from khaldun.annotate.events.substance import is_of_unknown_ground
from khaldun.annotate.grammar.trigger_table import Entry
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.scenes.beside import is_of_content, is_set_apart
from khaldun.annotate.scenes.event_places import place_of
from khaldun.annotate.scenes.other_scenes import is_elsewhere
from khaldun.annotate.scenes.where import is_wide
from khaldun.annotate.words import Token
from khaldun.model import Mention
from khaldun.ontology import Kind


@dataclass(frozen=True, slots=True)
class Scene:
    """The place, whether it is only `inferred`, and the words that its entry takes for one."""

    place: Mention | None
    inferred: bool
    given: tuple[Token, ...]


def scene_of(entry: Entry, draft: Draft, kind: Kind, actors: tuple[Mention, ...], fillers: Fillers) -> Scene:
    """The scene of the event that `draft` tells; without a place where what is near is that of something else."""
    head, told = draft.trigger.head, draft.carrier or draft.trigger.head
    given = [t for f in entry.args.get("place", ()) for t in draft.functions.get(f, ())]
    fired_into = [t for t in given if kind.violent and (p := fillers.place(t)) is not None and is_wide(p)]
    if kind.violent:  # "abducted from *villages in Shan State*, outside Lashio": the finer place is told apart
        given = [t for t in given if (p := fillers.place(t)) is None or not is_wide(p)]
    bound_for = _destinations(entry, draft, fillers)
    place, inferred = place_of(told, fillers, given, bound_for, own=kind.id == "retreat.withdraw")
    if draft.carrier is not None and (place is None or inferred):
        nearer, nearer_inferred = place_of(head, fillers, given, bound_for)
        place, inferred = (nearer, nearer_inferred) if nearer is not None and not nearer_inferred else (place, inferred)
    if fired_into and (place is None or inferred):  # "militants in Gaza fired rockets *into Israel*"
        place, inferred = fillers.place(fired_into[0]), False
    if place is not None and _is_of_another(place, draft, kind, actors, bound_for, fillers, inferred, given):
        place = None
    return Scene(place, inferred, tuple(given))


def _is_of_another(
    place: Mention,
    draft: Draft,
    kind: Kind,
    actors: tuple[Mention, ...],
    bound_for: Sequence[Mention | None],
    fillers: Fillers,
    inferred: bool,
    given: Sequence[Token],
) -> bool:
    """True for where they went, where something else is told to be, and where the event is told not to have been."""
    head = draft.trigger.head
    if inferred and place in bound_for:
        return True  # "fled to the capital" says where they went, not what they left
    if inferred and not kind.violent and is_set_apart(place, head, fillers):
        return True
    if not given and is_of_content(kind.id, place, draft.carrier or head, fillers):
        return True
    if not given and is_elsewhere(kind.id, place, head, actors, fillers):
        return True
    return inferred and is_of_unknown_ground(kind.id, draft, fillers)  # "bombed *Heiban* while troops attacked Kauda"


def _destinations(entry: Entry, draft: Draft, fillers: Fillers) -> list[Mention | None]:
    functions = entry.args.get("destination", ()) if entry.kind.startswith("retreat.") else ()
    return [fillers.place(t) for f in functions if f != "P" for t in draft.functions.get(f, ())]
