"""From the events of one record to the rows that a coder would write: what is one row, what heads it, who takes part.

A note usually tells one event with its consequences: the dead of a clash, the arrests at a protest. These are told in
the row of the main event of the same place and day. All rules are in `data/rules/coding.yaml`, each with examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from khaldun.export import rows
from khaldun.export.dead import are_disputed, dead_in, deadly_among
from khaldun.export.parties import RULES, Cast, Party, countries, is_one, named, standing_for
from khaldun.export.row_groups import SIDES, grouped, happened, start_of, starting_sub_type
from khaldun.export.row_sides import are_many, doer_by_telling, either_or
from khaldun.knowledge import load_data


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may ask about: the classes of each side, what is told beside or is denied, the dead, the words."""

    actor: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    deaths: bool = False
    harmed: bool = False
    foreign: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """One row: the event that heads it, all events told in it (the head among them), and both sides."""

    sub_type: str
    head: Mapping[str, Any]
    events: tuple[Mapping[str, Any], ...]
    actor: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()
    inferred: tuple[str, ...] = field(default=())
    """Sides that the head event does not give: another event of the row, the words around or a convention does."""
    dead: tuple[int | None, int | None, int | None] | None = None
    """The dead that its events tell of, before the codebook's figures for dead without a number."""
    unnumbered: int = 0
    """The codebook's figure where people are told killed and no toll is; 0 elsewhere."""
    disputed: bool = False
    """True where the words give more than one figure of the same dead."""
    part: int = 0
    """Counts the rows of one happening that several parties did each for itself."""

    @property
    def id(self) -> str:
        """The id of the head event; of a further row of it with its number behind a dot."""
        return f"{self.head['id']}.{self.part}" if self.part else str(self.head["id"])

    @property
    def killed(self) -> tuple[int, int | None, int | None]:
        """The dead as (low, best, high), each toll of the row's events once; (0, 0, 0) where none is told."""
        if self.dead is None:
            return (0, 0, 0)
        low, best, high = self.dead
        if best is None and high is None and (low or 0) <= load_data(RULES)["vague"]["below"]:
            return unknown_number(self.sub_type), None, None
        return low or 0, best, high

    def telling(self, field: str) -> Mapping[str, Any]:
        """The event that tells a field of the row: the head, else the first that has it, else the head.

        What words fill comes before what was inferred.
        """
        has = [e for e in (self.head, *self.events) if e.get(field)]
        return next((e for e in has if field not in (e.get("inferred") or ())), has[0] if has else self.head)

    def first(self, field: str) -> Any:
        """The value of a field of events as the row has it, or None."""
        return self.telling(field).get(field)


def unknown_number(sub_type: str) -> int:
    """The codebook's figure for dead of whom no number is given: one for acts of war, one for all else."""
    rule = load_data(RULES)["vague"]
    return int(rule["war"] if sub_type in rule["acts_of_war"] else rule["elsewhere"])


def _unnumbered(events: Sequence[Mapping[str, Any]], sub_type: str, actors: Mapping[str, Mapping[str, Any]]) -> int:
    deadly = deadly_among(events)
    if not deadly or sub_type in load_data(RULES)["deadly"]["unless_rows"]:
        return 0
    killed = [actors[id] for e in deadly for id in e["target"] if id in actors]
    return 1 if len(killed) == 1 and is_one(killed[0]) else unknown_number(sub_type)


def coded_rows(record: rows.Record) -> Iterator[Coded]:
    """The rows of one record in text order; events that did not happen or that have no sub-type are in none."""
    return _rows(record, standing_for(record))


def _rows(record: rows.Record, parties: Mapping[str, Mapping[str, Any]]) -> Iterator[Coded]:
    groups = grouped(record["events"], parties)
    for group in groups or [[event] for event in lesser(record["events"], parties)[:1]]:
        yield from _apart(_coded(group, parties, record))


def sub_types(record: rows.Record) -> dict[str, str | None]:
    """ACLED's sub-type of each event, by its id, seen who does it: "Government regains territory" for an army.

    An event that heads a row has that row's; one that is told in another's row, or did not happen, what it would have
    by itself; None where ACLED codes nothing.
    """
    if not record["events"]:
        return {}
    parties = standing_for(record)
    found: dict[str, str | None] = {row.head["id"]: row.sub_type for row in _rows(record, parties)}
    for event in record["events"]:
        if event["id"] not in found:
            starts = starting_sub_type(event)
            found[event["id"]] = None if starts is None else _coded([event], parties, record).sub_type
    return found


def _apart(row: Coded) -> Iterator[Coded]:
    """A row for each party where each did it for itself; dead are counted in one row only, so they keep it whole."""
    if len(row.actor) < 2 or row.dead is not None or row.unnumbered or not are_many([row.head]):
        yield row
    else:
        yield from (replace(row, actor=(party,), part=n) for n, party in enumerate(row.actor))


def lesser(events: Iterable[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The events of kinds that a coder notes as a strategic development where nothing else is told, in text order."""
    rules = load_data(RULES)["lesser"]
    known = {kind: rule for rule in rules for kind in rule["kinds"]}
    return [e for e in sorted(events, key=start_of) if happened(e) and e["kind"] in known and _is_by(e, known, actors)]


def _is_by(event: Mapping[str, Any], known: Mapping[str, Any], actors: Mapping[str, Mapping[str, Any]]) -> bool:
    types = {actors[id].get("type") for side in SIDES for id in event[side] if id in actors}
    return not types.isdisjoint(known[event["kind"]]["parties"])


def _lesser_sub_type(event: Mapping[str, Any]) -> str:
    rules = load_data(RULES)["lesser"]
    return next((str(rule["becomes"]) for rule in rules if event["kind"] in rule["kinds"]), "Other")


# ------------------------------------------------------------------------------------------------ one row


def head_of(group: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The event that heads the row: the first told, unless a later one overtakes it (`heads`)."""
    overtakes = load_data(RULES)["heads"]["overtakes"]
    head, *later = group
    for event in later:
        if starting_sub_type(head) in overtakes.get(starting_sub_type(event), ()):
            head = event
    return head


def _coded(group: Sequence[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]], record: rows.Record) -> Coded:
    head = head_of(group)
    start = starting_sub_type(head) or _lesser_sub_type(head)
    told = [head, *(e for e in group if e is not head)]
    country = _country(told, record)
    seized = start in load_data(RULES)["belongs"]["seized"]
    people = {actor["id"]: actor for actor in record["actors"]} if seized else actors
    actor, target = Cast(told, people, start, country).sides()
    facts = _facts(told, actor, target, record, foreign=_foreign(actor, country))
    sub_type = revised_sub_type(start, facts)
    if seized or (sub_type != start and sub_type in load_data(RULES)["crowds"]):
        # whoever is seized stands for his group once the sub-type is found; who fought or burnt is the crowd, then
        actor, target = Cast(told, actors, sub_type, country).sides()
    borrowed = _borrowed(head, actor, target)
    inferred: tuple[str, ...] = ()
    if not actor or not target:
        actor, target, inferred = nearby(sub_type, actor, target, *bystanders(told, record, start, country))
    filled_in = (*borrowed, *inferred)
    if (
        not actor
        and sub_type in load_data(RULES)["nearby"]["actor"]["sub_types"]
        and (by := doer_by_telling(head, record))
    ):
        actor, filled_in = (named(by, sub_type, "actor", country),), (*filled_in, "actor1")
    actor, target, filled = completed(sub_type, actor, target, facts, country)
    filled_in = (*filled_in, *filled)
    actor, target = (either_or(side, head, record.get("mentions", ())) for side in (actor, target))
    dead = dead_in(told, record["actors"])
    unnumbered = _unnumbered(told, sub_type, people)
    in_order, disputed = tuple(sorted(group, key=start_of)), are_disputed(told, record["actors"])
    return Coded(sub_type, head, in_order, actor, target, filled_in, dead, unnumbered, disputed)


def _borrowed(head: Mapping[str, Any], actor: Sequence[Party], target: Sequence[Party]) -> tuple[str, ...]:
    """The sides whose parties all come from other events of the row."""
    own = {*head["actor"], *head["target"], *(t["who"] for t in head.get("tolls") or ())}
    sides = (("actor1", actor), ("actor2", target))
    return tuple(column for column, side in sides if side and all(p.id not in own for p in side))


def _facts(
    told: Sequence[Mapping[str, Any]],
    actor: tuple[Party, ...],
    target: tuple[Party, ...],
    record: rows.Record,
    *,
    foreign: bool,
) -> Facts:
    return Facts(
        actor=_classes(actor),
        target=_classes(target),
        beside=frozenset(name for e in told[1:] for name in (starting_sub_type(e) or "", str(e["kind"]))),
        absent=frozenset(starting_sub_type(e) or "" for e in record["events"] if e.get("negated")),
        deaths=any(e["fatalities"]["low"] != 0 for e in told if e.get("fatalities")),
        harmed=any(e.get("fatalities") or e.get("injured") for e in told),
        foreign=foreign,
        words=" | ".join(str(e["evidence"]) for e in told).casefold(),
    )


def _classes(side: Iterable[Party]) -> frozenset[str]:
    return frozenset(c for party in side for c in (party.type, party.klass) if c)


def _foreign(side: Sequence[Party], country: str | None) -> bool:
    """True where the first party is known to be of another country than the row's."""
    home = countries().get(country or "", {}).get("iso3")
    own = side[0].country_iso3 if side else None
    return bool(home and own and home != own)


def _country(events: Iterable[Mapping[str, Any]], record: rows.Record) -> str | None:
    """The two-letter code of the row's country: of the first place told, else the one that all places lie in."""
    places = {place["id"]: place for place in record["places"]}
    found = [code for e in events if (code := places.get(e.get("place") or "", {}).get("country_iso2"))]
    everywhere = {place["country_iso2"] for place in record["places"] if place.get("country_iso2")}
    return found[0] if found else everywhere.pop() if len(everywhere) == 1 else None


# ------------------------------------------------------------------------------------------------ the rules


def revised_sub_type(start: str, facts: Facts) -> str:
    """The sub-type, seen who takes part and what is told beside: every rule that fits is applied, in order."""
    for rule in load_data(RULES)["revisions"]:
        if start in _listed(rule["start"]) and fits(rule, facts):
            start = str(rule["becomes"])
    return start


def fits(rule: Mapping[str, Any], facts: Facts) -> bool:
    """True where all conditions of a rule hold; a condition that it does not name always holds."""
    words = f" {facts.words} "  # so that " car" is the word, and not a part of "scar"
    needed = tuple((getattr(facts, name), name) for name in ("actor", "target", "beside", "absent"))
    return (
        all(name not in rule or not found.isdisjoint(_listed(rule[name])) for found, name in needed)
        and all(found.isdisjoint(_listed(rule.get(f"unless_{name}", ()))) for found, name in needed)
        and all(name not in rule or getattr(facts, name) == rule[name] for name in ("deaths", "harmed", "foreign"))
        and ("words" not in rule or any(word in words for word in rule["words"]))
        and not any(word in words for word in rule.get("unless_words", ()))
    )


def _listed(value: Any) -> Sequence[str]:
    return (value,) if isinstance(value, str) else tuple(value)


def bystanders(
    told: Sequence[Mapping[str, Any]], record: rows.Record, start: str, country: str | None
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors in text order whom no event of the row gives a side and who are no source: those named in the row's
    sentences, and those named just before them.

    Who stands for a group ("dozens of jihadists in the Red Front") is out where the group is.
    """
    busy = _busy(record)
    heard = {v for c in record.get("claims", ()) for v in (c["speaker"], *c["via"])}
    taken = {id for e in told for side in SIDES for id in e[side]} | heard | busy
    out = {a["name"] for a in record["actors"] if a["id"] in taken}
    standing = standing_for(record).items()
    actors = {id: a for id, a in standing if id not in taken and a["name"] not in out}
    mentions = [m for m in record.get("mentions", ()) if m["entity"] in actors]
    sentences = [e["sentence_span"] for e in told]
    first = min(e["evidence_span"][0] for e in told)
    before = (first - load_data(RULES)["nearby"]["reach"], min(s[0] for s in sentences))
    beside = (m["entity"] for m in mentions if any(_within(m["span"], s) for s in sentences))
    above = (m["entity"] for m in mentions if _within(m["span"], before))
    inside, earlier = (
        tuple(named(actors[id], start, "actor", country) for id in dict.fromkeys(ids)) for ids in (beside, above)
    )
    return inside, earlier


def _within(span: Sequence[int], other: Sequence[int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _busy(record: rows.Record) -> frozenset[str]:
    """The actors that the record knows a part of elsewhere: in an event, a tie or a place that they hold.

    Such a one stands beside the row's words for a reason of its own and is no party that was left out.
    """
    in_events = (id for e in record["events"] for side in SIDES for id in e[side])
    in_ties = (tie.get(end) for tie in record.get("relations", ()) for end in ("source", "target"))
    holding = (state.get("actor") for state in record.get("control", ()))
    return frozenset(id for id in (*in_events, *in_ties, *holding) if id)


_Sides = tuple[tuple[Party, ...], tuple[Party, ...], tuple[str, ...]]


def nearby(
    sub_type: str,
    actor: tuple[Party, ...],
    target: tuple[Party, ...],
    others: Iterable[Party],
    before: Iterable[Party] = (),
) -> _Sides:
    """Both sides, an empty one filled by who is named beside, where the sub-type lets that be told.

    Who is named `before` the row's sentences may have done it ("The front raided the mill. Two men were seized."), but
    is not taken for the one it was done to.
    """
    rules = load_data(RULES)["nearby"]
    inferred: list[str] = []
    names = {p.name for p in (*actor, *target)}
    for party, sides in chain(((p, SIDES) for p in others), ((p, SIDES[:1]) for p in before)):
        fits_side = [s for s in sides if sub_type in rules[s]["sub_types"] and party.type in rules[s]["types"]]
        if party.name in names:
            continue
        if not actor and "actor" in fits_side:
            actor, inferred = (party,), [*inferred, "actor1"]
        elif not target and "target" in fits_side:
            target, inferred = (party,), [*inferred, "actor2"]
        names.add(party.name)
    return actor, target, tuple(inferred)


def completed(
    sub_type: str, actor: tuple[Party, ...], target: tuple[Party, ...], facts: Facts, country: str | None
) -> _Sides:
    """Both sides with the classes that the codebook's conventions put where no word names a party."""
    inferred: list[str] = []
    for rule in load_data(RULES)["conventions"]:
        if sub_type not in _listed(rule["sub_type"]) or not fits(rule, facts):
            continue
        if "actor1" in rule and not actor:
            actor, inferred = (Party.of_class(rule["actor1"], country),), [*inferred, "actor1"]
        if "actor2" in rule and not target:
            target, inferred = (Party.of_class(rule["actor2"], country),), [*inferred, "actor2"]
    return actor, target, tuple(inferred)
