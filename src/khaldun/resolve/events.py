"""Which claims tell of one happening: within one report, and across reports.

Cautious by intent: two attacks taken for one are worse than one told twice. Pairs are joined from the best
down, and nothing is joined that holds a pair which a finding forbids, or which more speaks against than for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from khaldun.ledger import Ledger, event_of
from khaldun.model import Claim, Entity, Event, Judgement, View
from khaldun.resolve.bare import with_bare_tolls
from khaldun.resolve.compare import Comparison
from khaldun.resolve.happenings import compare_tellings, kinds_apart
from khaldun.resolve.partyless import with_partyless
from khaldun.resolve.rivals import with_rival_tolls
from khaldun.resolve.tellings import EventRules, Telling, load_event_rules, telling, together
from khaldun.resolve.ways import with_ways
from khaldun.resolve.where_when import near_days

_TIES = frozenset({"member_of", "part_of", "commands", "leads", "spokesman_of"})
_BY_TELLING = "rule:one_telling"
_BY_HAPPENING = "rule:one_happening"
_HIGH_TOLL = 10
_DETAILS = ("same_actor", "same_target", "same_place", "same_day", "same_toll", "same_high_toll", "told_first")


# Tellings further apart in one report are not compared: only reports as long as a book have so many between.
_FARTHEST = 300


def group_events(
    claims: Sequence[Claim], entities: Iterable[Entity] = (), rules: EventRules | None = None
) -> tuple[Event, ...]:
    """The events of one report: its claims of the event family, those about one happening together.

    `claims` may hold the other families as well: a tie such as membership tells who acts for whom.
    `entities` are those of the report; without them every actor counts as named and no two places can be
    told apart.
    """
    groups = _groups(claims, {e.id: e for e in entities}, rules or load_event_rules())
    return tuple(event_of(list(group.claims), group.first) for group in groups)


def resolve_events(view: View, rules: EventRules | None = None) -> Iterator[Judgement]:
    """Judgements that two claims tell of one happening: first within each report, then across reports.

    Entities count as the same where the view's judgements say so. Only claims of different reports that
    share a named participant or a place, and a day, a toll or the days they came out on, or a day and a high toll,
    are ever proposed.
    """
    rules = rules or load_event_rules()
    ledger = Ledger(view.judgements())
    entities = _canonical_entities(view.entities(), ledger.canonical)
    groups: list[Telling] = []
    for report in view.reports():
        own = list(view.claims(report.id))
        for group in _groups(own, entities, rules, ledger.canonical):
            yield from _told_together(group)
            groups.append(group)
    yield from _across(groups, entities, rules)


def _told_together(group: Telling) -> Iterator[Judgement]:
    for claim in group.claims:
        if claim.id != group.first:
            because = "one report tells of it more than once"
            yield Judgement(group.first, claim.id, "SAME", 0.9, because, _BY_TELLING)


# ------------------------------------------------------------------------------------------------ one report


def _groups(
    claims: Sequence[Claim],
    known: Mapping[str, Entity],
    rules: EventRules,
    canonical: Callable[[str], str] = lambda id: id,
) -> list[Telling]:
    side = _sides(claims, canonical, known)
    tellings = [telling(c, side, rules) for c in claims if c.family == "event"]
    found = {
        (i, j): compare_tellings(tellings[i], tellings[j], known, rules)
        for j in range(len(tellings))
        for i in range(max(0, j - _FARTHEST), j)
        if not kinds_apart(tellings[i], tellings[j], rules)
    }
    _take_up_one(found, tellings)
    found = with_rival_tolls(with_bare_tolls(found, tellings, known, rules), tellings, known, rules)
    found = with_partyless(found, tellings, rules)
    found = with_ways(found, tellings, known, rules)
    good = [(pair, comparison.score) for pair, comparison in found.items() if comparison.score >= rules.threshold]

    def against(i: int, j: int) -> bool:
        return (i, j) not in found or found[i, j].score <= rules.against

    return [together([tellings[n] for n in members]) for members in _joined(len(tellings), good, against)]


def _sides(
    claims: Iterable[Claim], canonical: Callable[[str], str], known: Mapping[str, Entity]
) -> Callable[[str], str]:
    """An unnamed part of a group ("three of its fighters") counts as the group it is said to belong to."""
    whole: dict[str, str] = {}
    for claim in claims:
        if claim.kind in _TIES and claim.factuality != "denied" and not claim.manner.negated:
            for part in claim.roles.get("source", ()):
                if _is_unnamed(known.get(canonical(part))) and len(claim.roles.get("target", ())) == 1:
                    whole.setdefault(canonical(part), canonical(claim.roles["target"][0]))
    return lambda id: whole.get(canonical(id), canonical(id))


def _is_unnamed(entity: Entity | None) -> bool:
    return entity is not None and not entity.known_as and not any(n.form in ("name", "acronym") for n in entity.names)


_Pair = tuple[int, int]


def _take_up_one(found: dict[_Pair, Comparison], tellings: Sequence[Telling]) -> None:
    """ "The raid" takes up one happening: the one whose details it repeats or that opens the report, else one that was
    called a raid, else one of its own kind, else the last one told.

    The finding is taken out of the comparisons with all others.
    """
    pointing: dict[int, list[tuple[float, bool, bool, int, _Pair]]] = {}
    for pair, comparison in found.items():
        if comparison.found("told_again") and not comparison.forbidden:
            earlier, later = sorted(pair, key=lambda n: tellings[n].said[0].start)
            here, there = tellings[earlier].said[0], tellings[later].said[0]
            details = sum(f.weight for f in comparison.findings if f.id in _DETAILS or f.weight < 0)
            named = bool(there.takes_up & here.names)
            alike = here.claim.kind == there.claim.kind
            pointing.setdefault(later, []).append((details, named, alike, here.start, pair))
    for candidates in pointing.values():
        taken_up = max(candidates)[3]
        for *_, start, pair in candidates:
            # Claims read from one place, a blast and whom it killed, are taken up together.
            if start != taken_up:
                found[pair] = found[pair].without("told_again")


def _joined(size: int, good: Iterable[tuple[_Pair, float]], against: Callable[[int, int], bool]) -> list[list[int]]:
    """Numbers below `size` in groups, joined from the best pair down; no group holds a pair that is spoken against."""
    group = {n: [n] for n in range(size)}
    for (i, j), _ in sorted(good, key=lambda p: (-p[1], p[0][1] - p[0][0], p[0])):
        here, there = group[i], group[j]
        if here is there or any(against(min(a, b), max(a, b)) for a in here for b in there):
            continue
        here.extend(there)
        group.update(dict.fromkeys(there, here))
    return [sorted(members) for n, members in group.items() if n == min(members)]


# ------------------------------------------------------------------------------------------------ many reports


def _canonical_entities(entities: Iterable[Entity], canonical: Callable[[str], str]) -> dict[str, Entity]:
    """One entity for each canonical id, under that id: the one that says most (known, on the map, named)."""
    best: dict[str, tuple[tuple[bool, bool, bool], Entity]] = {}
    for entity in entities:
        says = (entity.known_as is not None, entity.point is not None, not _is_unnamed(entity))
        id = canonical(entity.id)
        if id not in best or says > best[id][0]:
            best[id] = (says, entity)
    return {id: entity for id, (_, entity) in best.items()}


def _across(groups: Sequence[Telling], entities: Mapping[str, Entity], rules: EventRules) -> Iterator[Judgement]:
    """A pair is judged SAME only where the groups that it joins have no two that are spoken against; what falls a
    little short is a question."""
    found = {
        pair: compare_tellings(groups[pair[0]], groups[pair[1]], entities, rules)
        for pair in _candidates(groups, entities)
    }
    short = {pair: round(_bar(comparison, rules) - comparison.score, 6) for pair, comparison in found.items()}

    def against(i: int, j: int) -> bool:
        if (i, j) not in found:
            found[i, j] = compare_tellings(groups[i], groups[j], entities, rules)
        return found[i, j].score <= rules.against

    good = [(pair, -gap) for pair, gap in short.items() if gap <= 0]
    joined = {n: number for number, members in enumerate(_joined(len(groups), good, against)) for n in members}
    for (i, j), gap in sorted(short.items()):
        if gap <= rules.ask_below and (joined[i] == joined[j]) >= (gap <= 0):
            left, right = sorted((groups[i].first, groups[j].first))
            score = round(min(0.95, max(0.3, 0.75 - gap / 2)), 2)
            yield Judgement(left, right, "SAME" if gap <= 0 else "SUGGESTED", score, found[i, j].because, _BY_HAPPENING)


def _bar(comparison: Comparison, rules: EventRules) -> float:
    """What the score of two reports' tellings must reach: the lowest of the bars of what was found."""
    return min((bar for id, bar in rules.bars.items() if comparison.found(id)), default=float("inf"))


def _candidates(groups: Sequence[Telling], entities: Mapping[str, Entity]) -> list[_Pair]:
    """Pairs of groups of different reports that share a place or a named participant and a day or a toll, or a day
    and a high toll."""
    holding: dict[object, list[int]] = {}
    for n, group in enumerate(groups):
        for key in dict.fromkeys(_keys(group, entities)):
            holding.setdefault(key, []).append(n)
    seen = {
        (i, j)
        for members in holding.values()
        for n, j in enumerate(members)
        for i in members[:n]
        if groups[i].claims[0].report != groups[j].claims[0].report
    }
    return sorted(seen)


def _keys(group: Telling, entities: Mapping[str, Entity]) -> Iterator[object]:
    days = {day for claim in group.claims for day in near_days(claim.when)}
    tolls = {(t.of, t.quantity.best) for claim in group.claims for t in claim.tolls if (t.quantity.best or 0) > 1}
    for id in group.actors | group.targets | group.places:
        if not _is_unnamed(entities.get(id)):
            yield from ((id, mark) for mark in days | tolls)
    yield from ((toll, day) for toll in tolls if (toll[1] or 0) >= _HIGH_TOLL for day in days)
