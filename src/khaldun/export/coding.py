"""From the events of one record to the rows that a coder would write: what is one row, what heads it, who takes part.

A note usually tells one event with its consequences: the dead of a clash, the arrests at a protest. These are told in
the row of the main event of the same place and day. All rules are in `data/rules/coding.yaml`, each with examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from khaldun.export import rows
from khaldun.export.dead import dead_in, deadly_among
from khaldun.export.parties import Cast, Party, countries, is_one, named, standing_for
from khaldun.knowledge import load_data

HAPPENED = frozenset({"asserted", "reported", "claimed"})
RULES = "rules/coding.yaml"
_SIDES = ("actor", "target")


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
        """The event that tells a field of the row: the head, else the first that has it, else the head."""
        return next((e for e in (self.head, *self.events) if e.get(field)), self.head)

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
    parties = standing_for(record)
    groups = grouped(record["events"], parties)
    for group in groups or [[event] for event in lesser(record["events"], parties)[:1]]:
        yield _coded(group, parties, record)


def lesser(events: Iterable[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The events of kinds that a coder notes as a strategic development where nothing else is told, in text order."""
    rules = load_data(RULES)["lesser"]
    known = {kind: rule for rule in rules for kind in rule["kinds"]}
    return [e for e in sorted(events, key=_start) if _happened(e) and e["kind"] in known and _is_by(e, known, actors)]


def _is_by(event: Mapping[str, Any], known: Mapping[str, Any], actors: Mapping[str, Mapping[str, Any]]) -> bool:
    types = {actors[id].get("type") for side in _SIDES for id in event[side] if id in actors}
    return not types.isdisjoint(known[event["kind"]]["parties"])


def _happened(event: Mapping[str, Any]) -> bool:
    return not event.get("negated") and event["factuality"] in HAPPENED


def is_coded(event: Mapping[str, Any]) -> bool:
    """True for an event that happened by the words, that has a sub-type and that is no sum over many happenings."""
    return _happened(event) and starting_sub_type(event) is not None and not is_sum(event)


def is_sum(event: Mapping[str, Any]) -> bool:
    """True for dead who are counted over a period or a whole war: "8,000 people have been killed since 2014"."""
    if not event.get("fatalities"):
        return False
    words = f" {str(event['evidence']).casefold()} "
    return any(f" {cue} " in words for cue in load_data(RULES)["sums"]["words"]) or _days(event) > _month()


def _days(event: Mapping[str, Any]) -> int:
    first, last = event.get("earliest"), event.get("latest")
    return _between(first, last) + 1 if first and last else 1


def _month() -> int:
    return int(load_data(RULES)["sums"]["days"])


def starting_sub_type(event: Mapping[str, Any]) -> str | None:
    """ACLED's sub-type for the event's kind alone; None where ACLED codes nothing."""
    found: str | None = event.get("acled")
    return found


def _lesser_sub_type(event: Mapping[str, Any]) -> str:
    rules = load_data(RULES)["lesser"]
    return next((str(rule["becomes"]) for rule in rules if event["kind"] in rule["kinds"]), "Other")


# ------------------------------------------------------------------------------------------------ one row


def grouped(
    events: Iterable[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]] | None = None
) -> list[list[Mapping[str, Any]]]:
    """The coded events by row, in text order. `actors` by id tell which parties go by a name of their own."""
    groups: list[list[Mapping[str, Any]]] = []
    coded = sorted(filter(is_coded, events), key=_start)
    news = [e for e in coded if not e.get("background")]
    for event in news or coded:  # the ground of something else is a row only where nothing else is told
        home = next((g for g in reversed(groups) if _belongs(event, g) and _share(event, g, actors or {})), None)
        if home is None:
            groups.append([event])
        else:
            home.append(event)
    return groups


def _start(event: Mapping[str, Any]) -> int:
    return int((event.get("evidence_span") or (0, 0))[0])


def _belongs(event: Mapping[str, Any], group: Sequence[Mapping[str, Any]]) -> bool:
    """True where nothing in the words sets the event apart from those of the row: place, day, parties, distance."""
    reach = load_data(RULES)["reach"]
    last = max((e.get("evidence_span") or (0, 0))[1] for e in group)
    if _start(event) - last > reach:
        return False
    return all(_same_place(event, e) and _same_time(event, e) for e in group) and not _other_parties(event, group)


def _same_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    places = {e["place"] for e in (one, other) if e.get("place") and "place" not in (e.get("inferred") or ())}
    return len(places) < 2


def _same_time(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True unless the words put one of the two at another time than the other.

    Two intervals must overlap; one that is wider than a month ("over the past year") is that of its own clause; and
    what no word dates is news, not what is told of more than a month before the report.
    """
    if _apart_by(one, other) <= load_data(RULES)["clause"]:
        return not _disjoint(one, other)
    wide = int(load_data(RULES)["wide"]["days"])
    if any(_days(e) > wide for e in (one, other)) and all(e.get("latest") for e in (one, other)):
        return all(one.get(end) == other.get(end) for end in ("earliest", "latest"))
    for dated, undated in ((one, other), (other, one)):
        if dated.get("earliest") and dated.get("latest") and not undated.get("earliest") and undated.get("latest"):
            return bool(_between(dated["latest"], undated["latest"]) <= wide)
    return not _disjoint(one, other)


def _disjoint(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True where the two intervals are known at both ends and lie apart."""
    if any(e.get(end) is None for e in (one, other) for end in ("earliest", "latest")):
        return False
    return not (one["earliest"] <= other["latest"] and other["earliest"] <= one["latest"])


def _apart_by(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """The characters between the words of the two."""
    first, last = sorted(e.get("evidence_span") or (0, 0) for e in (one, other))
    return int(last[0]) - int(first[1])


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _other_parties(event: Mapping[str, Any], group: Sequence[Mapping[str, Any]]) -> bool:
    """True where the same is done by others to others: two clashes of four parties are two rows."""
    alike = [e for e in group if starting_sub_type(e) == starting_sub_type(event)]
    if not alike or not all(event.get(side) for side in _SIDES):
        return False
    mine = {*event["actor"], *event["target"]}
    return all(all(e.get(s) for s in _SIDES) and mine.isdisjoint({*e["actor"], *e["target"]}) for e in alike)


def _share(
    event: Mapping[str, Any], group: Sequence[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]]
) -> bool:
    """True unless the event and the row, in clauses apart, have each armed parties of their own and none in both."""
    if _start(event) - max((e.get("evidence_span") or (0, 0))[1] for e in group) <= load_data(RULES)["clause"]:
        return True
    mine = _own_named([event], actors)
    others = _own_named(group, actors)
    return not mine or not others or not mine.isdisjoint(others)


def _own_named(events: Iterable[Mapping[str, Any]], actors: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """The armed parties that no class takes in; soldiers, police, crowds and the unnamed may be anybody's."""
    ids = (id for e in events for side in _SIDES for id in e[side] if id in actors)
    armed = (actors[id] for id in ids if actors[id].get("type") in {"armed_group", "state_force"})
    parties = (named(actor, "", "actor", None) for actor in armed)
    return frozenset(p.name.casefold() for p in parties if p.klass is None and p.name[:1].isupper())


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
        actor, target, inferred = nearby(sub_type, actor, target, bystanders(told, record, start, country))
    actor, target, filled = completed(sub_type, actor, target, facts, country)
    filled_in = (*borrowed, *inferred, *filled)
    dead = dead_in(told, record["actors"])
    unnumbered = _unnumbered(told, sub_type, people)
    return Coded(sub_type, head, tuple(sorted(group, key=_start)), actor, target, filled_in, dead, unnumbered)


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
) -> tuple[Party, ...]:
    """The actors named close by whom no event of the row gives a side and who are no source, in text order.

    Who stands for a group ("dozens of jihadists in the Red Front") is out where the group is.
    """
    reach = load_data(RULES)["nearby"]["reach"]
    busy = _busy(record)
    spans = [e["evidence_span"] for e in told if e.get("evidence_span")]
    if not spans:
        return ()
    first, last = min(s[0] for s in spans) - reach, max(s[1] for s in spans) + reach
    heard = {v for c in record.get("claims", ()) for v in (c["speaker"], *c["via"])}
    taken = {id for e in told for side in _SIDES for id in e[side]} | heard | busy
    out = {a["name"] for a in record["actors"] if a["id"] in taken}
    standing = standing_for(record).items()
    actors = {id: a for id, a in standing if id not in taken and a["name"] not in out}
    close = (m["entity"] for m in record.get("mentions", ()) if first <= m["span"][0] and m["span"][1] <= last)
    return tuple(named(actors[id], start, "actor", country) for id in dict.fromkeys(close) if id in actors)


def _busy(record: rows.Record) -> frozenset[str]:
    """The actors that the record knows a part of elsewhere: in an event, a tie or a place that they hold.

    Such a one stands beside the row's words for a reason of its own and is no party that was left out.
    """
    in_events = (id for e in record["events"] for side in _SIDES for id in e[side])
    in_ties = (tie.get(end) for tie in record.get("relations", ()) for end in ("source", "target"))
    holding = (state.get("actor") for state in record.get("control", ()))
    return frozenset(id for id in (*in_events, *in_ties, *holding) if id)


_Sides = tuple[tuple[Party, ...], tuple[Party, ...], tuple[str, ...]]


def nearby(sub_type: str, actor: tuple[Party, ...], target: tuple[Party, ...], others: Iterable[Party]) -> _Sides:
    """Both sides, an empty one filled by who is named close by, where the sub-type lets that be told."""
    rules = load_data(RULES)["nearby"]
    inferred: list[str] = []
    names = {p.name for p in (*actor, *target)}
    for party in others:
        fits_side = [s for s in _SIDES if sub_type in rules[s]["sub_types"] and party.type in rules[s]["types"]]
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
