"""To which happening a noun belongs that takes up a deed and names nobody: "the battle", "fighting in the village"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khaldun.model import Claim
from khaldun.resolve.compare import Comparison
from khaldun.resolve.tellings import EventRules, Telling
from khaldun.resolve.wording import is_close, opens_report

Pair = tuple[int, int]
_CLASH = "assault.clash"
_SPEAKS_AGAINST = frozenset(
    "one_more told_as_new other_toll in_return one_of_many other_number behind_the_deed listed_apart next_day "
    "different_time different_place other_ground other_name_of_place news_and_background different_actor".split()
)
"""Findings by which such a noun tells of something else."""


def with_partyless(
    found: Mapping[Pair, Comparison], tellings: Sequence[Telling], rules: EventRules
) -> dict[Pair, Comparison]:
    """The comparisons, each deed of nobody with the finding that it is the one told before of somebody.

    "Soldiers fought smugglers in Brak on Friday. … *Friday's gun battle* was the third this month": a noun that takes
    up a deed is that deed where nothing speaks against it, whatever stands between.
    """
    added = dict(found)
    for later, telling in enumerate(tellings):
        if _is_partyless(telling, rules):
            chosen = _told_before(later, found, tellings)
            if chosen is not None:
                pair = (min(chosen, later), max(chosen, later))
                added[pair] = found[pair].having(rules.findings["partyless"])
    return added


def _is_partyless(telling: Telling, rules: EventRules) -> bool:
    """True for a deed of force, of no party, that a noun takes up: "the raid"; of fights also "clashes", "fighting"."""
    said = telling.said[0]
    claim = said.claim
    if claim.manner.negated or claim.manner.modality != "actual" or said.brings_up or said.one_more:
        return False
    if any(_named(claim, role) for role in ("actor", "target")) or not claim.kind.startswith(rules.forceful):
        return False
    if claim.kind == _CLASH:
        return bool(said.names) and not rules.fresh.are_in(claim.quote, claim.quote.lower())
    return bool(said.takes_up)


def _named(claim: Claim, role: str) -> bool:
    return bool(claim.roles.get(role)) and role not in claim.manner.inferred


def _told_before(later: int, found: Mapping[Pair, Comparison], tellings: Sequence[Telling]) -> int | None:
    """The deed of somebody that it is: the last of the sentences before, else the only one, else the report's own."""
    said = tellings[later].said[0]
    if any(comparison.found("other_toll") for pair, comparison in found.items() if later == max(pair)):
        return None  # "ten militants died in the fighting and *four guards in the clashes*": each figure is told apart
    fitting = [
        earlier
        for earlier, telling in enumerate(tellings)
        if telling.said[0].start < said.start
        and (telling.actors or telling.targets)
        and (comparison := found.get((min(earlier, later), max(earlier, later)))) is not None
        and not any(f.veto or f.id in _SPEAKS_AGAINST for f in comparison.findings)
        and _is_there(comparison, telling, tellings[later])
        and (said.takes_up or is_close(telling.said[0], said))
    ]
    fitting = [n for n in fitting if tellings[n].said[0].claim.kind == said.claim.kind] or fitting
    near = [n for n in fitting if is_close(tellings[n].said[0], said)]
    if near:
        return max(near, key=lambda n: tellings[n].said[0].start)
    first = [n for n in fitting if opens_report(tellings[n].said[0])]
    return fitting[0] if len(fitting) == 1 else next(iter(first), None)


def _is_there(comparison: Comparison, earlier: Telling, later: Telling) -> bool:
    """True where the place that the noun names, if it names one, is the earlier deed's; of one kind also where the one
    holds the other."""
    if not later.places - later.inferred:
        return True
    there = ("same_place", "same_region", "place_within") if earlier.kinds & later.kinds else ("same_place",)
    return bool(earlier.places) and any(map(comparison.found, there))
