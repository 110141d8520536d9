"""To which happening a toll belongs that another voice tells of the same people: "the army said 14 soldiers died … a
hospital put *the dead soldiers* at 40"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khaldun.model import Claim, Entity
from khaldun.resolve.compare import Comparison
from khaldun.resolve.tellings import EventRules, Said, Telling
from khaldun.resolve.where_when import goes_on_from
from khaldun.resolve.wording import has_place_of_its_own, is_close, opens_report

Pair = tuple[int, int]
_Figures = frozenset[int | None]
_SPEAKS_AGAINST = frozenset(
    "one_more told_as_new news_and_background in_return one_of_many behind_the_deed other_victims turned listed_apart "
    "next_day different_time".split()
)
"""Findings by which such a toll is that of another happening."""


def with_rival_tolls(
    found: Mapping[Pair, Comparison], tellings: Sequence[Telling], entities: Mapping[str, Entity], rules: EventRules
) -> dict[Pair, Comparison]:
    """The comparisons, each toll told alone with the finding that it counts those whom another voice counted before.

    The figure that it disputes, told again in the outlet's own voice, keeps it from the happening no more.
    """
    added = dict(found)
    for later, telling in enumerate(tellings):
        if not _is_alone(telling.said[0].claim, rules):
            continue
        chosen = _disputed(later, found, tellings, entities)
        if chosen is None:
            continue
        disputed = _dead(tellings[chosen].said[0].claim)
        for n, other in enumerate(tellings):
            pair = (min(n, later), max(n, later))
            if n == chosen:
                added[pair] = added[pair].having(rules.findings["rival_toll"])
            elif pair in added and _dead(other.said[0].claim) & disputed:
                added[pair] = added[pair].without("other_toll")
    return added


def _is_alone(claim: Claim, rules: EventRules) -> bool:
    """True for a toll of the dead that has no doer and no place of its own."""
    if claim.kind not in rules.outcomes or not _dead(claim):
        return False
    if claim.manner.negated or claim.manner.modality != "actual":
        return False
    named = claim.roles.get("actor") and "actor" not in claim.manner.inferred
    return not named and not has_place_of_its_own(claim)


def _dead(claim: Claim) -> _Figures:
    return frozenset(t.quantity.low for t in claim.tolls if t.of == "killed" and (t.quantity.low or 0) > 1)


def _disputed(
    later: int, found: Mapping[Pair, Comparison], tellings: Sequence[Telling], entities: Mapping[str, Entity]
) -> int | None:
    """The happening whose dead the toll counts anew: the last one close by, else the one that the report opens with."""
    said = tellings[later].said[0]
    fitting = [
        earlier
        for earlier, telling in enumerate(tellings)
        if _is_rival(telling.said[0], said)
        and (comparison := found.get((min(earlier, later), max(earlier, later)))) is not None
        and not any(f.veto or f.id in _SPEAKS_AGAINST for f in comparison.findings)
        and (comparison.found("same_target") or _are_the_same(telling.said[0].claim, said.claim, entities))
        and goes_on_from(telling.said[0].claim, said.claim)
    ]
    near = [n for n in fitting if is_close(tellings[n].said[0], said)]
    if near:
        return max(near, key=lambda n: tellings[n].said[0].start)
    return next((n for n in fitting if opens_report(tellings[n].said[0])), fitting[0] if len(fitting) == 1 else None)


def _is_rival(earlier: Said, later: Said) -> bool:
    """True where the earlier one counts dead by another voice; the outlet's own figure is somebody's whom it quotes."""
    if earlier.start >= later.start or earlier.speaker == later.speaker:
        return False
    outlets = any(s.speaker.startswith("outlet:") for s in (earlier, later))
    return not outlets and bool(_dead(earlier.claim)) and not earlier.claim.manner.negated


def _are_the_same(earlier: Claim, later: Claim, entities: Mapping[str, Entity]) -> bool:
    """True where both count the dead by one noun: "14 *soldiers*", "at least 40 *soldiers*"."""
    return not _nouns(earlier, entities).isdisjoint(_nouns(later, entities))


def _nouns(claim: Claim, entities: Mapping[str, Entity]) -> frozenset[str]:
    dead = (entities.get(t.who) for t in claim.tolls if t.of == "killed" and t.who)
    names = (name.text for e in dead if e is not None for name in e.names if name.form not in ("name", "acronym"))
    return frozenset(text.split()[-1].lower() for text in names)
