"""To which happening a sentence belongs that tells of deaths or wounds and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khaldun.model import Claim, Entity
from khaldun.resolve.compare import Comparison
from khaldun.resolve.tellings import EventRules, Telling
from khaldun.resolve.where_when import goes_on_from
from khaldun.resolve.wording import has_place_of_its_own, is_close, opens_report

Pair = tuple[int, int]
_SPEAKS_AGAINST = frozenset(
    "one_more told_as_new other_toll news_and_background in_return one_of_many behind_the_deed other_side "
    "other_victims turned listed_apart next_day".split()
)
"""Findings by which such a sentence tells of something else."""


def with_bare_tolls(
    found: Mapping[Pair, Comparison], tellings: Sequence[Telling], entities: Mapping[str, Entity], rules: EventRules
) -> dict[Pair, Comparison]:
    """The comparisons, each bare toll with the finding that it belongs to the happening told last or first.

    "A bomb went off in a market in Kirkuk. The vehicle had stood there since noon, a guard said. *Thirty people were
    wounded*": whoever tells only how many suffered goes on about what the report is telling, whatever stands between.
    """
    added = dict(found)
    for later, telling in enumerate(tellings):
        if _is_bare(telling, entities, rules):
            chosen = _told_before(later, found, tellings, rules)
            if chosen is not None:
                pair = (min(chosen, later), max(chosen, later))
                added[pair] = found[pair].having(rules.findings["bare_toll"])
    return added


def _is_bare(telling: Telling, entities: Mapping[str, Entity], rules: EventRules) -> bool:
    """True for a toll of people whom any words may mean, without a doer, place or day of its own."""
    claim = telling.said[0].claim
    return (
        claim.kind in rules.outcomes
        and bool(claim.tolls)
        and not (claim.roles.get("actor") and "actor" not in claim.manner.inferred)
        and not has_place_of_its_own(claim)
        and all(_may_be_anyone(id, entities, rules) for id in claim.roles.get("target", ()))
    )


def _may_be_anyone(id: str, entities: Mapping[str, Entity], rules: EventRules) -> bool:
    entity, people = entities.get(id), rules.anyone - rules.armed  # "nine *rebels* were killed": by the other side
    if entity is None or entity.known_as:
        return False
    return all(n.form not in ("name", "acronym") and n.text.split()[-1].lower() in people for n in entity.names)


def _told_before(
    later: int, found: Mapping[Pair, Comparison], tellings: Sequence[Telling], rules: EventRules
) -> int | None:
    """The happening that the sentence goes on about: the last one of the sentences before, else the report's own."""
    said = tellings[later].said[0]
    fitting = [
        earlier
        for earlier, telling in enumerate(tellings)
        if telling.said[0].start < said.start
        and (comparison := found.get((min(earlier, later), max(earlier, later)))) is not None
        and not any(f.veto or f.id in _SPEAKS_AGAINST for f in comparison.findings)
        and not _is_only_a_toll(telling.said[0].claim, rules)
        and said.speaker not in telling.actors | telling.targets  # a side tells of its own dead, and whose deed else
        and goes_on_from(telling.said[0].claim, said.claim)
    ]
    near = [n for n in fitting if is_close(tellings[n].said[0], said)]
    if near:
        return max(near, key=lambda n: tellings[n].said[0].start)
    return next((n for n in fitting if opens_report(tellings[n].said[0])), None)


def _is_only_a_toll(claim: Claim, rules: EventRules) -> bool:
    return claim.kind in rules.outcomes and not claim.roles.get("actor")
