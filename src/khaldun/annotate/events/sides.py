"""Who did it and to whom: the parties of an event by what its words fill, and by what is known of its kind."""

from __future__ import annotations

from khaldun.annotate.events.drafts import Draft, is_own_deed
from khaldun.annotate.events.moves import is_political, party_below
from khaldun.annotate.events.roles import (
    both_as_sides,
    role_actors,
    with_those_hurt,
    without_holders,
    without_overlap,
    without_own_dead,
)
from khaldun.annotate.grammar.trigger_table import Entry
from khaldun.annotate.roles.fillers import Fillers
from khaldun.annotate.roles.struck import BY_MEANS, struck_owners
from khaldun.model import Mention
from khaldun.ontology import Kind

_AT_CROWDS = frozenset({"assault.crowd", "assault.firearms"})
_NOT_BY_MEDIA = frozenset({"ASSAULT", "COERCE", "RETREAT"})

Roles = dict[str, tuple[Mention, ...]]


def parties_of(entry: Entry, draft: Draft, kind: Kind, fillers: Fillers) -> Roles:
    """The actors and targets of the event that `draft` tells, under "actor" and "target"; a role without any is left
    out."""
    roles = _named(entry, draft, kind, fillers)
    roles |= _those_struck(roles, draft, kind, fillers)
    directed = entry.political and (
        "target" in roles or ("infinitive" in draft.functions and len(roles.get("actor", ())) < 2)
    )
    roles = roles if kind.two_sided else without_own_dead(roles, fillers)
    if kind.two_sided and not directed:
        roles = both_as_sides(roles)
    else:
        roles = without_overlap(roles, "actor" if draft.trigger.verbal or is_own_deed(draft) else "target")
    left = kind.id == "retreat.withdraw"  # whom they had taken the place from is none of their leaving it
    if draft.trigger.verbal and "target" not in roles and "actor" in roles and is_political(kind) and not left:
        below = party_below(draft.trigger.head, fillers, roles["actor"])
        roles = {**roles, "target": below} if below else roles
    return roles


def _named(entry: Entry, draft: Draft, kind: Kind, fillers: Fillers) -> Roles:
    """The parties in the functions that the entry asks for."""
    roles: Roles = {}
    for role in ("actor", "target"):
        found = role_actors(entry.args.get(role, ()), draft.functions, fillers, role, fires=kind.violent)
        if role == "actor" and kind.plover_type in _NOT_BY_MEDIA:
            found = tuple(m for m in found if fillers.type_of(m) != "media")  # "state radio *announced the arrest*"
        if found:
            roles[role] = found
    return roles


def _those_struck(named: Roles, draft: Draft, kind: Kind, fillers: Fillers) -> Roles:
    """Whom it hit where no function says so: crowds, the owners of what was struck, those hurt by what came of it."""
    roles: Roles = {}
    target = named.get("target", ())
    if not target and kind.id in _AT_CROWDS:
        target = role_actors(("crowd",), draft.functions, fillers, "target")
    owners: tuple[Mention, ...] = ()
    if not target and kind.id in BY_MEANS:
        target = owners = struck_owners(draft.trigger.head, draft.carrier, fillers)  # "shells fell on an *army* base"
    suffered = () if kind.id.startswith("retreat.") else role_actors(("outcome",), draft.functions, fillers, "target")
    if suffered and not (kind.two_sided and (target or len(named.get("actor", ())) > 1)):
        target = (*owners, *suffered) if owners else with_those_hurt(target, suffered, fillers)
    if draft.tolls and (kept := without_holders(target, fillers)) is not None:
        target = kept
    if target:
        roles["target"] = target
    return roles
