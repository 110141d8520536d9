"""Which claims tell of one happening: within one report, and across reports.

Cautious by intent: two attacks taken for one are worse than one told twice. Pairs are joined from the best
down, and nothing is joined that holds a pair which a finding forbids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from khaldun.ledger import Ledger, event_of
from khaldun.model import Claim, Entity, Event, Judgement, Verdict, View
from khaldun.resolve.compare import Comparison
from khaldun.resolve.tellings import EventRules, Telling, compare_tellings, load_event_rules, near_days, telling

_TIES = frozenset({"member_of", "part_of", "commands", "leads", "spokesman_of"})
_BY_TELLING = "rule:one_telling"
_BY_HAPPENING = "rule:one_happening"
# Across reports nothing points back and nothing stands close, so what is named must carry more: a place and a toll,
# or a place, a day and the wording. Without a day or a toll in common the bar is higher; a little below it a person
# is asked.
_ACROSS = 1.0
_ACROSS_UNDATED = 1.3
_ASK_BELOW = 0.3


def group_events(
    claims: Sequence[Claim], entities: Iterable[Entity] = (), rules: EventRules | None = None
) -> tuple[Event, ...]:
    """The events of one report: its claims of the event family, those about one happening together.

    `claims` may hold the other families as well: a tie such as membership tells who acts for whom.
    `entities` are those of the report; without them every actor counts as named and no two places can be
    told apart.
    """
    groups = _groups(claims, {e.id: e for e in entities}, rules or load_event_rules())
    return tuple(event_of(list(group.claims), min(c.id for c in group.claims)) for group in groups)


def resolve_events(view: View, rules: EventRules | None = None) -> Iterator[Judgement]:
    """Judgements that two claims tell of one happening: first within each report, then across reports.

    Entities count as the same where the view's judgements say so. Only claims of different reports that
    share a named participant or a place, and a day, a toll or the days they came out on, are ever proposed.
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
    first = min(c.id for c in group.claims)
    for claim in group.claims:
        if claim.id != first:
            because = "one report tells of it more than once"
            yield Judgement(first, claim.id, "SAME", 0.9, because, _BY_TELLING)


# ------------------------------------------------------------------------------------------------ one report


def _groups(
    claims: Sequence[Claim],
    known: Mapping[str, Entity],
    rules: EventRules,
    canonical: Callable[[str], str] = lambda id: id,
) -> list[Telling]:
    side = _sides(claims, canonical, known)
    tellings = [telling([c], side) for c in claims if c.family == "event"]
    pairs = _pairs(tellings, known, rules)
    return _joined(tellings, pairs, rules.threshold)


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


_Pair = tuple[int, int, Comparison]


def _pairs(tellings: Sequence[Telling], known: Mapping[str, Entity], rules: EventRules) -> list[_Pair]:
    return [
        (i, j, compare_tellings(tellings[i], tellings[j], known, rules)) for j in range(len(tellings)) for i in range(j)
    ]


def _joined(tellings: Sequence[Telling], pairs: Iterable[_Pair], threshold: float) -> list[Telling]:
    """The tellings joined from the best pair down; a group never holds a forbidden pair."""
    pairs = list(pairs)
    forbidden = {(i, j) for i, j, comparison in pairs if comparison.forbidden}
    group = {n: [n] for n in range(len(tellings))}
    pointed: set[int] = set()
    good = [p for p in pairs if p[2].score >= threshold]
    for i, j, comparison in sorted(good, key=lambda p: (-p[2].score, p[1] - p[0], p[0])):
        here, there = group[i], group[j]
        if here is there or any((min(a, b), max(a, b)) in forbidden for a in here for b in there):
            continue
        if comparison.without("told_again") < threshold:
            # "The attack" points back to one attack: it may not tie two that nothing else ties.
            if j in pointed:
                continue
            pointed.add(j)
        here.extend(there)
        group.update(dict.fromkeys(there, here))
    return [_merged(tellings, sorted(members)) for n, members in group.items() if n == min(members)]


def _merged(tellings: Sequence[Telling], members: Sequence[int]) -> Telling:
    parts = [tellings[n] for n in members]
    return Telling(
        tuple(c for part in parts for c in part.claims),
        tuple(v for part in parts for v in part.speakers),
        frozenset().union(*(part.kinds for part in parts)),
        frozenset().union(*(part.actors for part in parts)),
        frozenset().union(*(part.targets for part in parts)),
        frozenset().union(*(part.places for part in parts)),
    )


# ------------------------------------------------------------------------------------------------ many
# reports


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
    for i, j in _candidates(groups, entities):
        comparison = compare_tellings(groups[i], groups[j], entities, rules)
        short = round(_bar(comparison) - comparison.score, 6)
        if short <= _ASK_BELOW:
            left, right = (min(c.id for c in groups[n].claims) for n in (i, j))
            verdict: Verdict = "SAME" if short <= 0 else "SUGGESTED"
            score = round(min(0.95, max(0.3, 0.75 - short / 2)), 2)
            yield Judgement(left, right, verdict, score, comparison.because, _BY_HAPPENING)


def _bar(comparison: Comparison) -> float:
    """What the score of two reports' tellings must reach."""
    if comparison.found("same_day") or comparison.found("same_toll"):
        return _ACROSS
    return _ACROSS_UNDATED if comparison.found("told_at_once") else float("inf")


def _candidates(groups: Sequence[Telling], entities: Mapping[str, Entity]) -> Iterator[tuple[int, int]]:
    """Pairs of groups of different reports that share a place or a named participant, and a day or a toll."""
    holding: dict[tuple[object, ...], list[int]] = {}
    for n, group in enumerate(groups):
        ids = [id for id in group.actors | group.targets | group.places if not _is_unnamed(entities.get(id))]
        for key in {(id, mark) for mark in _marks(group) for id in ids}:
            holding.setdefault(key, []).append(n)
    seen = {
        (i, j)
        for members in holding.values()
        for n, j in enumerate(members)
        for i in members[:n]
        if groups[i].claims[0].report != groups[j].claims[0].report
    }
    yield from sorted(seen)


def _marks(group: Telling) -> Iterator[object]:
    """The days that it may be of, where they are few, and its tolls."""
    for claim in group.claims:
        yield from near_days(claim.when)
        yield from ((toll.of, toll.quantity.best) for toll in claim.tolls if (toll.quantity.best or 0) > 1)
