"""Who is who when evidence is weighed: names, sides, outlets and copies, as the record has them.

A `Scene` is computed from a view and nothing else, and can be thrown away. It holds no opinion on what happened.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from khaldun.knowledge import load_data
from khaldun.ledger import Ledger
from khaldun.model import Claim, Entity, Report, Span, View
from khaldun.names import name_key
from khaldun.ontology import Kinds, kinds

OUTLET = "outlet:"
PARTIES = frozenset({"armed_group", "state_force", "government", "state"})
_STATE = frozenset({"state_force", "government", "state"})
_SPEAKS_FOR = ("spokesman_of", "leads", "commands", "holds_office", "member_of")
_BELONGS = frozenset({*_SPEAKS_FOR, "part_of", "loyal_to", "liaison_of"})
_FRIENDS = frozenset({"allied_with", "affiliated_with"})
_FOES = frozenset({"fights", "rival_of"})
_SHINGLE_WORDS = 5
# Two texts are copies where they share this part of the shorter one's runs of five words: an agency line cut short
# shares nearly all, two reporters on one press conference share their quotations only.
_COPIED = 0.6


@dataclass(frozen=True, slots=True)
class Scene:
    """What an assessment needs to know about who is who. Ids are canonical."""

    ledger: Ledger
    entities: Mapping[str, Entity]
    published: Mapping[str, date | None]
    outlets: Mapping[str, str]
    credits: Mapping[str, str]
    copies: Mapping[str, str]
    bodies: Mapping[str, str]
    wholes: Mapping[str, frozenset[str]]
    friends: frozenset[frozenset[str]]
    foes: frozenset[frozenset[str]]
    perhaps: frozenset[frozenset[str]]
    kinds: Kinds
    titles: Mapping[str, tuple[Span, ...]]
    """Where the titles stand, by report."""
    cues: Mapping[str, str]
    """The words by which a thing is said, in small letters, by attribution."""

    def entity(self, id: str) -> Entity | None:
        return self.entities.get(self.ledger.canonical(id))

    def name(self, id: str) -> str:
        """The name to show for an entity or an outlet."""
        if id.startswith(OUTLET):
            return id.removeprefix(OUTLET)
        entity = self.entity(id)
        return entity.name if entity else id

    def is_named(self, id: str) -> bool:
        """False for a phrase such as "residents" or "a source", which names no one in particular."""
        entity = self.entity(id)
        return entity is None or bool(entity.known_as) or any(n.form in ("name", "acronym") for n in entity.names)

    def body(self, id: str) -> str:
        """The organisation that a person speaks for, or the id itself, canonical."""
        id = self.ledger.canonical(id)
        return self.bodies.get(id, id)

    def whole(self, id: str) -> frozenset[str]:
        """The id and all it belongs to."""
        id = self.ledger.canonical(id)
        return self.wholes.get(id, frozenset({id}))

    def one_side(self, left: str, right: str) -> bool:
        """One belongs to the other, both to a third, or they are said to be allies."""
        here, there = self.whole(left), self.whole(right)
        return bool(here & there) or any(frozenset({a, b}) in self.friends for a in here for b in there)

    def perhaps_one(self, left: str, right: str) -> bool:
        """A question still open whether the two are the same: neither a second voice nor a rival."""
        return frozenset({self.ledger.canonical(left), self.ledger.canonical(right)}) in self.perhaps

    def opposed(self, left: str, right: str) -> bool:
        """The record has them, or what they belong to, fighting one another."""
        here, there = self.whole(left), self.whole(right)
        return not here & there and any(frozenset({a, b}) in self.foes for a in here for b in there)

    def is_party(self, id: str) -> bool:
        """True for those who bear arms or govern, and for those who speak for them."""
        return any((e := self.entities.get(w)) is not None and e.type in PARTIES for w in self.whole(id))

    def is_state(self, id: str) -> bool:
        return any((e := self.entities.get(w)) is not None and e.type in _STATE for w in self.whole(id))

    def is_armed_group(self, id: str) -> bool:
        """True for an armed group and those who speak for it, and for no organ of a state."""
        return not self.is_state(id) and any(
            (e := self.entities.get(w)) is not None and e.type == "armed_group" for w in self.whole(id)
        )

    def outlet_of(self, claim: Claim) -> str:
        """The outlet that carries the claim, canonical."""
        last = claim.voice[-1] if claim.voice else OUTLET
        return self.ledger.canonical(last)


def scene_of(view: View, known: Kinds | None = None) -> Scene:
    """Reads the view once; use the scene for as many questions as there are before the record changes.

    `known` are all kinds where the user has own ones.
    """
    known = kinds() if known is None else known
    ledger = Ledger(view.judgements())
    reports = list(view.reports())
    entities = _entities(view, ledger)
    ties = [_tie(c, ledger, known) for c in view.claims() if _holds(c)]
    flat = [*(pair for pairs in ties for pair in pairs), *_described(view, reports, ledger), *_led(view, ledger),
            *_of_one_state(view, reports, ledger)]  # fmt: skip
    wholes = _wholes(flat, entities)
    return Scene(
        ledger=ledger,
        entities=entities,
        published={r.id: r.published.latest for r in reports},
        outlets={r.id: ledger.canonical(f"{OUTLET}{r.outlet or ''}") for r in reports},
        credits=_credits(reports, entities, ledger),
        copies=_copies(reports),
        bodies=_bodies(flat, entities),
        wholes=wholes,
        friends=frozenset(frozenset({a, b}) for kind, a, b in flat if kind in _FRIENDS and a != b),
        foes=frozenset(_foes(flat, wholes, entities)),
        perhaps=frozenset(frozenset({ledger.canonical(r.left), ledger.canonical(r.right)}) for r in ledger.open()),
        kinds=known,
        titles={r.id: tuple(part.span for part in r.parts if part.kind == "title") for r in reports},
        cues=_cues(view, {r.id: r.text for r in reports}),
    )


def _cues(view: View, texts: Mapping[str, str]) -> dict[str, str]:
    sayings = (c for c in view.claims() if c.attribution is not None and c.cue is not None and c.report in texts)
    return {str(c.attribution): c.cue.of(texts[c.report]).lower() for c in sayings if c.cue is not None}


def _entities(view: View, ledger: Ledger) -> dict[str, Entity]:
    """For each canonical id the entity that says most, under the name that is used most."""
    members: dict[str, list[Entity]] = {}
    for entity in view.entities():
        members.setdefault(ledger.canonical(entity.id), []).append(entity)
    return {id: max(group, key=_says_most(group)) for id, group in members.items()}


class _says_most:  # noqa: N801 - used as a function
    """A key for sorting entities of one cluster: known, located, typed, then by the name most used."""

    def __init__(self, group: list[Entity]) -> None:
        self._used = Counter(e.name for e in group)

    def __call__(self, entity: Entity) -> tuple[bool, bool, bool, int, int, str]:
        known, placed = entity.known_as is not None, entity.point is not None
        return known, placed, entity.type is not None, self._used[entity.name], len(entity.name), entity.name


# ------------------------------------------------------------------------------------------------ ties


_Tie = tuple[str, str, str]


def _holds(claim: Claim) -> bool:
    return (
        claim.family in ("relation", "event")
        and not claim.manner.negated
        and claim.factuality not in ("denied", "planned", "possible")
    )


def _tie(claim: Claim, ledger: Ledger, kinds: Kinds) -> list[_Tie]:
    """The ties that a claim makes; two armed sides of a violent happening fight one another."""
    if claim.family == "relation":
        kind, left, right = claim.kind, "source", "target"
    elif (known := kinds.get(claim.kind)) is not None and known.violent:
        kind, left, right = "strikes", "actor", "target"
    else:
        return []
    pairs = [(a, b) for a in claim.roles.get(left, ()) for b in claim.roles.get(right, ())]
    return [(kind, ledger.canonical(a), ledger.canonical(b)) for a, b in pairs]


def _described(view: View, reports: Iterable[Report], ledger: Ledger) -> Iterator[_Tie]:
    """ "*An army source*", in a report that speaks of the army: who is told by a body and a title is one of it."""
    for report in reports:
        actors = [e for e in view.entities(report.id) if e.kind == "actor"]
        by_key: dict[str, set[str]] = {}
        for entity in actors:
            for name in entity.names:
                by_key.setdefault(name_key(name.text), set()).add(ledger.canonical(entity.id))
        for entity in actors:
            told = (body_told(n.text) for n in entity.names if n.form == "description")
            keys = [body for body in told if body]
            bodies = set().union(*(by_key.get(key, set()) for key in keys)) - {ledger.canonical(entity.id)}
            if not bodies and entity.type in ("person", None):
                bodies = set().union(*(_sides(key, actors, ledger) for key in keys)) - {ledger.canonical(entity.id)}
            if len(bodies) == 1:
                yield "member_of", ledger.canonical(entity.id), bodies.pop()


def _sides(key: str, actors: Iterable[Entity], ledger: Ledger) -> set[str]:
    """Whose side "a *Syrian military* source" or "a *rebel* source" is of: the army told of, the one group in arms."""
    words = key.split()
    if words[-1] in _MILITARY:
        armies = [e for e in actors if e.type == "state_force" and any(_is_army(n.text) for n in e.names)]
        nation = [e for e in armies if len(words) == 1 or _shares(words[:-1], e)]
        states = {e.country_iso3 for e in nation if e.country_iso3}
        named = [e for e in nation if e.country_iso3] or nation
        return {ledger.canonical(named[0].id)} if named and len(states) <= 1 else set()
    if words[-1] in _REBEL:
        groups = [e for e in actors if e.type == "armed_group" and any(_head(n.text) in _REBEL for n in e.names)]
        return {ledger.canonical(e.id) for e in groups}
    return set()


def _is_army(name: str) -> bool:
    return _head(name) in _MILITARY or name_key(name).endswith("armed forces")


def _head(name: str) -> str:
    """The last word of a name before what it is of: "units of the Syrian *army*" is read for its army."""
    return (name_key(name).split() or [""])[-1]


def _shares(nation: Iterable[str], army: Entity) -> bool:
    """True for "a *Syrian* military source" and "the *Syrian* army", or an army whose nation is not told."""
    named = {w for n in army.names for w in name_key(n.text).split()}
    return set(nation) <= named or army.country_iso3 is None


_MILITARY = frozenset({"military", "army"})
_REBEL = frozenset({"rebel", "rebels", "opposition", "insurgent", "insurgents", "militant", "militants"})


def _of_one_state(view: View, reports: Iterable[Report], ledger: Ledger) -> Iterator[_Tie]:
    """ "*The ministry* said *its forces* …": both without a country, they are one state's."""
    for report in reports:
        for entity in view.entities(report.id):
            bare = entity.known_as is None and entity.country_iso3 is None
            told = {name_key(n.text) for n in entity.names if n.form == "description"} if bare else set()
            ministry = entity.type == "government" and any("ministry" in key.split() for key in told)
            if ministry or (entity.type == "state_force" and told and told <= _ITS_FORCES):
                yield "part_of", ledger.canonical(entity.id), f"state:{report.id}"


_ITS_FORCES = frozenset({"forces", "troops", "soldiers", "units", "jets", "warplanes"})
_LED_BY = re.compile(r"(?:the )?(.+?)[- ]led\b", re.IGNORECASE)


def _led(view: View, ledger: Ledger) -> Iterator[_Tie]:
    """ "*The Saudi-led* alliance" and Saudi Arabia, where the record has it under that word: they are on one side."""
    states: dict[str, str] = {}
    leaders: dict[str, str] = {}
    for entity in view.entities():
        for name in entity.names:
            if entity.type == "state":
                states[name_key(name.text)] = ledger.canonical(entity.id)
            elif found := _LED_BY.match(name.text):
                leaders[ledger.canonical(entity.id)] = name_key(found[1])
    yield from (("allied_with", body, states[leader]) for body, leader in leaders.items() if leader in states)


def body_told(description: str) -> str | None:
    """The key of the body in "an army source", "a senior police official", "a source in the ministry", else None."""
    titles, standing = _titles()
    words = name_key(description).split()
    for n, word in enumerate(words):
        if word in titles:
            before, after = [w for w in words[:n] if w not in standing], words[n + 1 :]
            if not after:
                return name_key(" ".join(before)) or None
            if not before and after[0] in ("in", "of", "for", "from", "within"):
                return name_key(" ".join(after[1:])) or None
            return None
    return None


@cache
def _titles() -> tuple[frozenset[str], frozenset[str]]:
    """The words by which one is told as one of a body, in both numbers, and those that only say how high he stands."""
    data = load_data("lexicons/en/relations.yaml")
    lemmas = {
        w for row in data["titles"] if row["kind"] in _SPEAKS_FOR and "of_people" not in row for w in row["lemmas"]
    }
    return frozenset(lemmas | {f"{w}s" for w in lemmas} | {"spokesmen", "spokeswomen"}), frozenset(data["standing"])


def _bodies(ties: Iterable[_Tie], entities: Mapping[str, Entity]) -> dict[str, str]:
    """Whom a person or an unnamed speaker speaks for; the strongest kind of tie counts, then the first told."""
    found: dict[str, tuple[int, str]] = {}
    for kind, source, target in ties:
        entity = entities.get(source)
        if kind in _SPEAKS_FOR and source != target and entity is not None and entity.type in ("person", None):
            rank = _SPEAKS_FOR.index(kind)
            if source not in found or rank < found[source][0]:
                found[source] = (rank, target)
    return {source: target for source, (_, target) in found.items()}


def _wholes(ties: Iterable[_Tie], entities: Mapping[str, Entity]) -> dict[str, frozenset[str]]:
    """What each belongs to, through at most three steps; the organs of one state belong to that state."""
    up: dict[str, set[str]] = {id: {id} for id in entities}
    for kind, source, target in ties:
        if kind in _BELONGS:
            up.setdefault(source, {source}).add(target)
    for id, entity in entities.items():
        if entity.type in _STATE and entity.country_iso3:
            up[id].add(f"state:{entity.country_iso3}")
    for _ in range(2):
        up = {id: set().union(*(up.get(whole, {whole}) for whole in wholes)) for id, wholes in up.items()}
    return {id: frozenset(wholes) for id, wholes in up.items()}


def _foes(
    ties: Iterable[_Tie], wholes: Mapping[str, frozenset[str]], entities: Mapping[str, Entity]
) -> Iterator[frozenset[str]]:
    """Those who fight one another; who fights a state's army fights that state. A fight within a state divides it
    no further."""
    for kind, left, right in ties:
        if kind in _FOES or (kind == "strikes" and _armed(left, entities) and _armed(right, entities)):
            here, there = ({id, *(w for w in wholes.get(id, ()) if w.startswith("state:"))} for id in (left, right))
            yield from (frozenset({a, b}) for a in here - there for b in there - here)


def _armed(id: str, entities: Mapping[str, Entity]) -> bool:
    return (entity := entities.get(id)) is not None and entity.type in PARTIES


# ------------------------------------------------------------------------------------------------ reports


def _credits(reports: Iterable[Report], entities: Mapping[str, Entity], ledger: Ledger) -> dict[str, str]:
    """The agency that a report's byline credits, by report; an outlet's own name is no credit."""
    agencies = {name_key(a["name"]): f"{OUTLET}{a['name']}" for a in load_data("actors/media.yaml")["actors"]}
    agencies |= {name_key(r.outlet): ledger.canonical(f"{OUTLET}{r.outlet}") for r in reports if r.outlet}
    for id, entity in sorted(entities.items()):
        if entity.type == "media":
            agencies |= {name_key(n.text): id for n in entity.names if n.form in ("name", "acronym")}
    found: dict[str, str] = {}
    for report in reports:
        words = f" {name_key(report.author or '')} "
        credited = [id for key, id in sorted(agencies.items()) if key and f" {key} " in words]
        if credited and credited[0] != ledger.canonical(f"{OUTLET}{report.outlet or ''}"):
            found[report.id] = credited[0]
    return found


def _copies(reports: Iterable[Report]) -> dict[str, str]:
    """For each report that shares most of its wording with an earlier one, the first of them."""
    holding: dict[int, list[str]] = {}
    sizes: dict[str, int] = {}
    first: dict[str, str] = {}
    for report in reports:
        text = "\n".join(part.span.of(report.text) for part in report.read_parts())
        marks = shingles(text)
        shared = Counter(other for mark in marks for other in holding.get(mark, ()))
        for other, number in sorted(shared.items()):
            if number >= _COPIED * min(len(marks), sizes[other]):
                first[report.id] = first.get(other, other)
                break
        sizes[report.id] = len(marks)
        for mark in marks:
            holding.setdefault(mark, []).append(report.id)
    return first


def shingles(text: str) -> frozenset[int]:
    """Marks for every run of five words, in lower case without punctuation."""
    words = re.findall(r"\w+", text.casefold())
    runs = (words[n : n + _SHINGLE_WORDS] for n in range(len(words) - _SHINGLE_WORDS + 1))
    return frozenset(zlib.crc32(" ".join(run).encode()) for run in runs)


def is_copy(left: str, right: str) -> bool:
    """Most of the shorter one's wording is in the other."""
    here, there = shingles(left), shingles(right)
    return bool(here and there) and len(here & there) >= _COPIED * min(len(here), len(there))


def places_named(scene: Scene, name: str) -> Iterator[str]:
    """Canonical ids of the places that go by a name, a gazetteer id or an id."""
    key = name_key(name)
    for id, entity in sorted(scene.entities.items()):
        if entity.kind == "place" and (id == name or entity.known_as == name or key in _keys(entity)):
            yield id


def _keys(entity: Entity) -> set[str]:
    return {name_key(text) for text in (entity.name, *(n.text for n in entity.names if n.form != "pronoun"))}
