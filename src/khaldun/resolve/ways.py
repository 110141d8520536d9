"""Steps of one gain of ground: "severed the road … when they seized a hill", "broke into the town; *their advance* …".

The word of an advance, and that of a road that was cut, tell how ground was taken: of the same force, at the same place
and not on another day they are the gain that is told beside them, and no second deed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khaldun.model import Entity
from khaldun.resolve.compare import Comparison
from khaldun.resolve.tellings import EventRules, Telling
from khaldun.resolve.where_when import days_between, on_place, on_time
from khaldun.resolve.wording import is_close

Pair = tuple[int, int]
_GAIN = "control.gain"
_STEPS = frozenset({"assault.offensive", "siege"})
_ON_OTHER_DAYS = frozenset({"different_time", "next_day", "news_and_background"})
_THERE = frozenset({"same_place", "place_within"})
_ELSEWHERE = frozenset({"different_place", "other_ground", "other_name_of_place"})


def with_ways(
    found: Mapping[Pair, Comparison], tellings: Sequence[Telling], entities: Mapping[str, Entity], rules: EventRules
) -> dict[Pair, Comparison]:
    """The comparisons, with one for each step of a gain and the gain that it belongs to: the nearest that fits."""
    added = dict(found)
    gains = [n for n, telling in enumerate(tellings) if telling.kinds == {_GAIN} and _has_happened(telling)]
    for step, telling in enumerate(tellings):
        if not gains or not _is_step(telling, rules):
            continue
        fitting = [n for n in gains if _is_gained_by(telling, tellings[n], entities, rules)]
        if fitting:
            start = telling.said[0].start
            chosen = min(fitting, key=lambda n: abs(tellings[n].said[0].start - start))
            for gain in gains:  # the chosen gain may be told again, which must not keep its step from it
                if gain == chosen or telling.actors & tellings[gain].actors:
                    why = (rules.findings["way"],) if gain == chosen else ()
                    added[min(step, gain), max(step, gain)] = Comparison(why)
    return added


def _has_happened(telling: Telling) -> bool:
    manner = telling.said[0].claim.manner
    return manner.modality == "actual" and not manner.negated


def _is_step(telling: Telling, rules: EventRules) -> bool:
    claim = telling.said[0].claim
    if not telling.kinds <= _STEPS or claim.tolls or not _has_happened(telling):
        return False
    return rules.ways.are_in(claim.quote, claim.quote.lower())


def _is_gained_by(step: Telling, gain: Telling, entities: Mapping[str, Entity], rules: EventRules) -> bool:
    if not step.actors & gain.actors:
        return False
    near = is_close(step.said[0], gain.said[0])
    when = set(on_time(step, gain))
    if when & _ON_OTHER_DAYS and not (near and _meet(step, gain)):
        return False
    where = set(on_place(step, gain, entities, rules))
    if where & _THERE:
        return True
    return not where & _ELSEWHERE and ("same_day" in when or near)


def _meet(step: Telling, gain: Telling) -> bool:
    """ "*In June* they broke into the town, but their advance has been slowed *in the past month*"."""
    return days_between(step.said[0].claim.when, gain.said[0].claim.when) == 0
