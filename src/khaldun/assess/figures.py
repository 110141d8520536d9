"""Whether two figures can both be true: of the same people, or of a part of them and of all."""

from __future__ import annotations

import re

from khaldun.assess.scene import Scene
from khaldun.counting import words_for_people
from khaldun.model import Claim, Quantity, Toll

_BESIDES = re.compile(r"\W*(?:\w+ )?(?:more|others?)\b", re.IGNORECASE)

_THE_TOLL = re.compile(r"\b(?:the|its) (?:death )?toll\b", re.IGNORECASE)


def cannot_both_be(left: Claim, of_left: Toll, right: Claim, of_right: Toll, scene: Scene) -> bool:
    """Two figures of the same people that no number fits, or one of a part that is above that of them all."""
    if of_left.of != of_right.of:
        return False
    here, there = _scope(of_left, scene), _scope(of_right, scene)
    if (
        here == there
        or _by_one_noun(left, of_left, right, of_right)
        or _is_all_the_dead(left, of_left, right, of_right)
    ):
        return above(of_left.quantity, of_right.quantity) or above(of_right.quantity, of_left.quantity)
    if not here:
        return _is_whole(left, of_left) and above(of_left.quantity, of_right.quantity)
    return not there and _is_whole(right, of_right) and above(of_right.quantity, of_left.quantity)


def _by_one_noun(left: Claim, of_left: Toll, right: Claim, of_right: Toll) -> bool:
    """ "killing 14 *soldiers*, the army said … a doctor put it at 40 *soldiers*": whosever soldiers they are, in one
    report, by two voices."""
    here, there = _noun(left, of_left), _noun(right, of_right)
    return left.report == right.report and left.voice != right.voice and here is not None and here == there


def _noun(claim: Claim, toll: Toll) -> str | None:
    """The word right behind the figure, for people of some sort."""
    start, end = toll.span.start - claim.span.start, toll.span.end - claim.span.start
    behind = claim.quote[max(0, end) :].split()
    if toll.who is None or start < 0 or not behind:
        return None
    word = behind[0].strip(",.;:").lower()
    counted = words_for_people(f"{claim.quote[start:end]} {word}")
    return word if word.isalpha() and word.endswith("s") and counted and len(counted) == 1 else None


def _is_all_the_dead(left: Claim, of_left: Toll, right: Claim, of_right: Toll) -> bool:
    """ "56 civilians died, said the governor. Others said that *the death toll* had risen to 85": of those before."""
    first, second = sorted(((left, of_left), (right, of_right)), key=lambda pair: pair[0].span.start)
    one_report = left.report == right.report and _is_whole(*first)
    return one_report and second[1].who is None and _THE_TOLL.search(second[0].quote) is not None


def above(low: Quantity, high: Quantity) -> bool:
    """The second is above all that the first allows; an open end fits everything beyond it, and "dozens" have one."""
    if low.high is None or high.low is None or (low.best is None and not str(low.high).strip("9")):
        return False
    return low.high < high.low


def _scope(toll: Toll, scene: Scene) -> frozenset[str]:
    """Whose toll it is: an id, or the words for people without a name ("160 civilians"); empty for everyone:
    "more than 20 people" are all the dead, "20 civilians" a part of them."""
    if toll.who is None:
        return frozenset()
    id = scene.ledger.canonical(toll.who)
    if scene.is_named(id):
        return frozenset({id})
    return words_for_people(scene.name(id))


def _is_whole(claim: Claim, toll: Toll) -> bool:
    """True for the only figure of a claim: "12 guards were killed, and *six others*" gives two parts."""
    alone = sum(other.of == toll.of for other in claim.tolls) == 1
    return alone and not _BESIDES.match(claim.quote[max(0, toll.span.start - claim.span.start) :].partition(" ")[2])
