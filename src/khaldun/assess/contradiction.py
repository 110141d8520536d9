"""Claims that cannot both be true, set side by side with their speakers, dates and words.

Compatible, and so never listed: a lower bound and a higher figure, figures for different people, the later figure
of one source, a figure that is told as risen above an earlier one, a word that some people came to no harm beside the
dead of others, and a change of hands that a voice tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, zip_longest

from khaldun.assess.corroboration import asserts, claims_of, is_denial
from khaldun.assess.figures import above, cannot_both_be
from khaldun.assess.rules import Rules, load_rules
from khaldun.assess.scene import Scene, scene_of
from khaldun.assess.spared import is_sparing, may_both_be
from khaldun.assess.voices import origin_of
from khaldun.ledger import events_of
from khaldun.model import Assessment, Claim, Event, Toll, View

_SAME_TIME_DAYS = 2


def contradictions(
    view: View, events: Iterable[Event] | None = None, rules: Rules | None = None, *, scene: Scene | None = None
) -> tuple[Assessment, ...]:
    """All pairs, one row each: first of the events (those of the ledger, unless given), then of who holds what."""
    rules = rules or load_rules()
    scene = scene or scene_of(view)
    claims = {claim.id: claim for claim in view.claims()}
    events = events_of(claims.values(), scene.ledger) if events is None else events
    rows = [
        row
        for event in events
        for row in _of_event(event, [claims[id] for id in event.claims if id in claims], scene, rules)
    ]
    return (*rows, *_of_control(claims.values(), scene, rules))


def contradictions_of(event: Event, view: View, rules: Rules, *, scene: Scene | None = None) -> tuple[Assessment, ...]:
    """Those among the claims of one event."""
    return tuple(_of_event(event, claims_of(event, view), scene or scene_of(view), rules))


def _of_event(event: Event, claims: Sequence[Claim], scene: Scene, rules: Rules) -> Iterator[Assessment]:
    rows: dict[tuple[str, ...], Assessment] = {}
    first: dict[tuple[str, ...], tuple[str, set[str]]] = {}
    for left, right in combinations(claims, 2):
        here, there = origin_of(left, scene), origin_of(right, scene)
        if here == there:
            continue
        for rule, value, words in _found(left, right, scene, rules):
            # One origin against another counts once, however many reports carry the two.
            key, sides = (rule, *sorted((here, there))), set(words.split("; "))
            if key not in rows:
                rows[key], first[key] = _row(event.id, rule, value, words, left, right, rules), (here, sides)
            elif first[key][1] == sides:
                rows[key] = _said_again(rows[key], *((left, right) if first[key][0] == here else (right, left)))
    yield from _once_a_figure(rows.values(), {claim.id: claim for claim in claims}, scene, rules)


def _once_a_figure(rows: Iterable[Assessment], claims: Mapping[str, Claim], scene: Scene,
                   rules: Rules) -> Iterator[Assessment]:  # fmt: skip
    """Two figures of the same two reports are apart once: a headline repeats what the report has from a source.

    The row whose speakers stand furthest back is kept, with the claims of the others.
    """
    groups: dict[object, list[Assessment]] = {}
    for n, row in enumerate(rows):
        left, right = claims[row.supporting[0]], claims[row.opposing[0]]
        apart = _tolls_apart(left, right, scene, rules) if row.because == ("tolls_apart",) else None
        figures = apart and frozenset(zip((left.report, right.report), map(_figure, apart), strict=True))
        groups.setdefault(figures if left.report != right.report and figures else n, []).append(row)
    for group in groups.values():
        row = max(group, key=lambda r: sum(len(claims[id].voice) for id in (r.supporting[0], r.opposing[0])))
        for other in group:
            sides = [[claims[id] for id in ids] for ids in (other.supporting, other.opposing)]
            if sides[0][0].report != claims[row.supporting[0]].report:
                sides.reverse()
            for left, right in zip_longest(*sides):
                row = _said_again(row, left or sides[0][0], right or sides[1][0])
        yield row


def _said_again(row: Assessment, left: Claim, right: Claim) -> Assessment:
    """The row with two more claims by which its origins are apart."""
    return replace(
        row,
        supporting=tuple(dict.fromkeys((*row.supporting, left.id))),
        opposing=tuple(dict.fromkeys((*row.opposing, right.id))),
    )


def _found(left: Claim, right: Claim, scene: Scene, rules: Rules) -> Iterator[tuple[str, str, str]]:
    if _denies(left, right) or _denies(right, left):
        yield "denied", "denial", _both(left, right, scene, "says it happened", "says it did not", asserts(left))
    if not (asserts(left) and asserts(right)):
        return
    if (apart := _tolls_apart(left, right, scene, rules)) is not None:
        here, there = map(_figure, apart)
        yield "tolls_apart", "toll", f"{_who(left, scene)}: {here}; {_who(right, scene)}: {there}"
    if _blame_apart(left, right, scene):
        words = f"{_who(left, scene)} names {_names(left, scene)}; {_who(right, scene)} names {_names(right, scene)}"
        yield "others_blamed", "perpetrator", words


def _tolls_apart(left: Claim, right: Claim, scene: Scene, rules: Rules) -> tuple[Toll, Toll] | None:
    """The first figures of the two that cannot both be true."""
    for a, b in ((a, b) for a in left.tolls for b in right.tolls):
        revised = _revises(left, a, right, b, scene, rules) or _revises(right, b, left, a, scene, rules)
        if cannot_both_be(left, a, right, b, scene) and not revised:
            return a, b
    return None


def _denies(denial: Claim, told: Claim) -> bool:
    if not is_denial(denial) or not asserts(told):
        return False
    return not (is_sparing(denial) and may_both_be(denial, told))


def _revises(late: Claim, new: Toll, early: Claim, old: Toll, scene: Scene, rules: Rules) -> bool:
    """A figure that says of itself that it has risen, above one that came out before it."""
    told, before = scene.published.get(late.report), scene.published.get(early.report)
    words = f"{scene.cues.get(late.attribution or '', '')} {late.quote.lower()}".split()
    risen = above(old.quantity, new.quantity) and not rules.revising.isdisjoint(words)
    return risen and told is not None and before is not None and before < told


def _figure(toll: Toll) -> str:
    q = toll.quantity
    if q.low is not None and q.low == q.high:
        return f"{q.low} {toll.of}"
    if q.high is None:
        return f"at least {q.low} {toll.of}"
    return f"{q.low} to {q.high} {toll.of}" if q.low is not None else f"up to {q.high} {toll.of}"


def _blame_apart(left: Claim, right: Claim, scene: Scene) -> bool:
    """Each names someone, no one of the one is on the side of one of the other, and it is no two-sided fight."""
    if any((k := scene.kinds.get(c.kind)) is not None and k.two_sided for c in (left, right)):
        return False
    here, there = ([id for id in c.roles.get("actor", ()) if scene.is_named(id)] for c in (left, right))
    pairs = [(a, b) for a in here for b in there]
    return bool(pairs) and not any(scene.one_side(a, b) or scene.perhaps_one(a, b) for a, b in pairs)


def _each_for_itself(left: Claim, right: Claim, scene: Scene) -> bool:
    """Soldiers say that they hold it, and an armed group that it does: two sides, though the soldiers have no name."""
    sides = [_own_side(claim, scene) for claim in (left, right)]
    if None in sides or sides[0] == sides[1]:
        return False
    pairs = [(a, b) for a in left.roles["actor"] for b in right.roles["actor"]]
    return not any(scene.one_side(a, b) or scene.perhaps_one(a, b) for a, b in pairs)


def _own_side(claim: Claim, scene: Scene) -> bool | None:
    """Whether it is a state for which the claim's holder speaks itself; None where another says so."""
    holders = {scene.ledger.canonical(id) for id in claim.roles.get("actor", ())}
    if not claim.voice or scene.body(claim.voice[0]) not in holders:
        return None
    return any(scene.is_state(id) for id in holders)


def _of_control(claims: Iterable[Claim], scene: Scene, rules: Rules) -> Iterator[Assessment]:
    """Two parties said to hold one place at one time."""
    held: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind == "control.holds" and asserts(claim):
            for place in dict.fromkeys(scene.ledger.canonical(id) for id in claim.roles.get("place", ())):
                held.setdefault(place, []).append(claim)
    for place, holding in held.items():
        seen: set[tuple[str, ...]] = set()
        for left, right in combinations(holding, 2):
            origins = tuple(sorted((origin_of(left, scene), origin_of(right, scene))))
            if origins in seen or origins[0] == origins[1] or not _one_time(left, right, scene):
                continue
            if _blame_apart(left, right, scene) or _each_for_itself(left, right, scene):
                seen.add(origins)
                words = "; ".join(f"{_names(c, scene)}, according to {_who(c, scene)}" for c in (left, right))
                yield _row(place, "two_holders", "control", words, left, right, rules)


def _one_time(left: Claim, right: Claim, scene: Scene) -> bool:
    days = [told_on(claim, scene) for claim in (left, right)]
    return None not in days and abs((days[0] - days[1]).days) <= _SAME_TIME_DAYS  # type: ignore[operator]


def told_on(claim: Claim, scene: Scene) -> date | None:
    """The last day that the claim is about: the end of its time, or the day its report came out."""
    return claim.when.latest or claim.when.earliest or scene.published.get(claim.report)


def _who(claim: Claim, scene: Scene) -> str:
    return scene.name(claim.voice[0]) if claim.voice else "the outlet"


def _names(claim: Claim, scene: Scene) -> str:
    return " and ".join(scene.name(id) for id in claim.roles.get("actor", ()))


def _both(left: Claim, right: Claim, scene: Scene, yes: str, no: str, left_asserts: bool) -> str:
    first, second = (left, right) if left_asserts else (right, left)
    return f"{_who(first, scene)} {yes}; {_who(second, scene)} {no}"


def _row(about: str, rule: str, value: str, words: str, left: Claim, right: Claim, rules: Rules) -> Assessment:
    return Assessment(
        about=about,
        question="contradiction",
        answer=f"{rules.says[rule]} {words}.",
        values={"field": value},
        supporting=(left.id,),
        opposing=(right.id,),
        because=(rule,),
        rules=rules.name,
    )
