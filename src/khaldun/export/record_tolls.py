"""The tolls of an event: what the voices give for the same people as one range, and each figure for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khaldun.export import record_shape as shape
from khaldun.model import Claim, Toll


def spoken(claim: Claim) -> list[str]:
    """The voices of a claim without the outlet, speaker first."""
    return [v for v in claim.voice if not v.startswith("outlet:")]


_PEOPLE = {"population": "civil", "person": "civil", "armed_group": "armed_group", "state_force": "state_force"}


@dataclass(frozen=True, slots=True)
class _Sum:
    """What one claim gives; its parts add up ("five rebels and six soldiers"). `whom` is empty for just anyone."""

    low: int | None
    best: int | None
    high: int | None
    whom: frozenset[str]
    voices: tuple[str, ...]


def harm(claims: Sequence[Claim], of: str, types: Mapping[str, str]) -> shape.HarmPart | None:
    """The range over the voices that count the same people as the best told claim; None where no claim counts any.

    "Seven civilians died, the agency said. The army said it killed 40 militants": seven, and no range of the two.
    """
    sums = [found for c in claims if (found := _sum(c, of, types)) is not None]
    if not sums:
        return None
    told = [s for s in sums if not s.whom or not sums[0].whom or s.whom & sums[0].whom]
    lows = [s.low for s in told if s.low is not None]
    highs = [s.high for s in told]
    bests = {s.best for s in told}
    # of several voices each is named by who speaks, since carriers between them would read as one chain
    voices = [s.voices if len(told) == 1 else s.voices[:1] for s in told]
    return {
        "low": min(lows) if lows else None,
        "best": bests.pop() if len(bests) == 1 else None,
        "high": None if None in highs else max(h for h in highs if h is not None),
        "according_to": list(dict.fromkeys(v for each in voices for v in each)),
    }


def _sum(claim: Claim, of: str, types: Mapping[str, str]) -> _Sum | None:
    counted = list(dict.fromkeys(t for t in claim.tolls if t.of == of))
    if not counted:
        return None
    quantities = [t.quantity for t in counted]
    whom = [_PEOPLE.get(types.get(t.who or "", "")) for t in counted]
    return _Sum(
        _add(q.low for q in quantities),
        _add(q.best for q in quantities),
        _add(q.high for q in quantities),
        frozenset() if None in whom else frozenset(w for w in whom if w),
        tuple(spoken(claim)),
    )


def _add(values: Iterable[int | None]) -> int | None:
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def tolls(claims: Sequence[Claim]) -> list[shape.TollPart]:
    """Each figure once, with the voices that give it."""
    rows: dict[tuple[Toll, tuple[str, ...]], shape.TollPart] = {}
    for claim in claims:
        voices = spoken(claim)
        for toll in claim.tolls:
            rows[(toll, tuple(voices))] = {
                "of": toll.of,
                "who": toll.who,
                "low": toll.quantity.low,
                "best": toll.quantity.best,
                "high": toll.quantity.high,
                "according_to": voices,
            }
    return list(rows.values())
