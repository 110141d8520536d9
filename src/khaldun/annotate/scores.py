"""How likely a finding is right: `data/rules/scores.yaml`, measured on texts that nothing was trained on.

The table has, for each kind of finding and for who made it (a rule, the learned layer, both), the share of right
findings at steps of the layer's own score; between steps it is read along the line. `eval/calibrate.py` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from khaldun.knowledge import load_data

Steps = Sequence[tuple[float, float]]


def likelihood(finding: str, made_by: str, share: float) -> float:
    """The probability, 0 to 1, that a finding made so is right; `share` is the layer's score (see `Saying.share`)."""
    return along(_table()[finding][maker(made_by, share)], share)


def maker(made_by: str, share: float) -> str:
    """Who made it: "rule" (the layer saw nothing), "alone" (a rule, no layer asked), "learned", "both", or "hedge".

    A hedge ("reportedly") and a mark of distance have no source.
    """
    if made_by.endswith("+learned"):
        return "both"
    if made_by.endswith("learned"):
        return "learned"
    return "hedge" if made_by.startswith(("hedge", "distance")) else "alone" if share < 0 else "rule"


def along(steps: Steps, share: float) -> float:
    """The value at `share` on the line through the steps, level beyond its ends."""
    if share <= steps[0][0]:
        return round(steps[0][1], 2)
    for (left, low), (right, high) in pairwise(steps):
        if share <= right:
            return round(low + (high - low) * (share - left) / (right - left), 2)
    return round(steps[-1][1], 2)


@cache
def _table() -> Mapping[str, Mapping[str, Steps]]:
    data: Any = load_data("rules/scores.yaml")
    return {
        finding: {who: [(float(a), float(b)) for a, b in steps] for who, steps in rows["steps"].items()}
        for finding, rows in data["findings"].items()
    }
