"""From judged findings to `data/rules/scores.yaml`, and how well such a table holds on other texts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from khaldun.likelihood import Steps, Table, Way, chance, paths

SHRINK = 20
"""A way's share counts as if so many findings more had been judged, right as often as those of the way above."""

LEAST = 10
"""A way with fewer judged findings has no share of its own."""

STEPPED: Mapping[str, tuple[str, ...]] = {
    "attribution": ("alone", "rule", "learned", "both", "hedge"),
    "incident": ("rule", "both"),
}
"""Findings with steps of a figure of their own, and who made them."""

BINS = 5
"""So many steps where the figure tells one finding from another."""

_GRADED = (("attribution", "learned"), ("attribution", "both"), ("incident", "rule"), ("incident", "both"))

FINDINGS = ("mention", "place", "time", "attribution", "event", "relation", "control", "incident")
_ABOVE: Mapping[str, str] = {"control": "event"}
"""Findings too few to stand alone lean on others: a state of control mostly follows from an event."""

Tables: TypeAlias = dict[str, Table]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, the way it was made, and whether the labels of its text bear it out."""

    way: Way
    right: bool
    set: str
    text: str

    @property
    def half(self) -> int:
        """0 or 1 by the text, so that what one text tells is never on both sides."""
        return int(hashlib.sha256(f"{self.set}/{self.text}".encode()).hexdigest(), 16) % 2


def fit(rows: Sequence[Judged]) -> Tables:
    """The tables of all findings. The order of the rows is of no account."""
    tables: Tables = {}
    for finding in FINDINGS:
        mine = [r for r in rows if r.way.finding == finding]
        above = tables[_ABOVE[finding]].shares[""] if finding in _ABOVE else 0.5
        steps = {who: _steps(mine, who, finding) for who in STEPPED.get(finding, ())}
        tables[finding] = Table({} if steps else _shares(mine, above, SHRINK if finding in _ABOVE else 2), steps)
    return tables


def _shares(rows: Sequence[Judged], above: float, weight: int) -> dict[str, float]:
    """The share of right ones by path, each drawn towards that of the path above it."""
    judged: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        for path in paths(row.way.labels):
            judged[path] += 1
            right[path] += row.right
    shares = {"": (right[""] + weight * above) / (judged[""] + weight)}
    for path in sorted((p for p in judged if p and judged[p] >= LEAST), key=lambda p: (p.count("/"), p)):
        higher = shares[path.rpartition("/")[0]]
        shares[path] = (right[path] + SHRINK * higher) / (judged[path] + SHRINK)
    return {path: round(share, 3) for path, share in sorted(shares.items())}


def _steps(rows: Sequence[Judged], who: str, finding: str) -> Steps:
    """The share of right ones in bins of equal size, by mean figure; never falling with the figure."""
    mine = sorted((r.way.figure, r.right) for r in rows if r.way.labels == (who,))
    bins = BINS if (finding, who) in _GRADED else 1
    size = max(1, -(-len(mine) // bins))
    parts = [mine[i : i + size] for i in range(0, len(mine), size)] or [[(0.0, False), (0.0, True)]]
    points = [(sum(s for s, _ in p) / len(p), (1 + sum(r for _, r in p)) / (2 + len(p))) for p in parts]
    return [(round(a, 3), round(max(b for _, b in points[: i + 1]), 3)) for i, (a, b) in enumerate(points)]


# ------------------------------------------------------------------------------------------------ how well it holds


@dataclass(frozen=True, slots=True)
class Given:
    """A score that a table gave to a finding of a text it was not fitted on."""

    score: float
    right: bool


def tried(rows: Sequence[Judged]) -> dict[str, list[Given]]:
    """By finding: what a table fitted on one half gives the other, and back."""
    found: dict[str, list[Given]] = defaultdict(list)
    for half in (0, 1):
        tables = fit([r for r in rows if r.half != half])
        for row in rows:
            if row.half == half:
                found[row.way.finding].append(Given(chance(row.way, tables), row.right))
    return found


def measured(rows: Iterable[Judged], tables: Mapping[str, Table]) -> list[Given]:
    """What tables fitted on other sets give to the findings of one that takes no part."""
    return [Given(chance(row.way, tables), row.right) for row in rows]


def reliability(given: Sequence[Given]) -> Iterator[tuple[float, float, int]]:
    """Mean score, share of right ones and number, in tenths of the score."""
    bins: dict[int, list[Given]] = defaultdict(list)
    for one in given:
        bins[min(9, int(one.score * 10))].append(one)
    for _, found in sorted(bins.items()):
        yield sum(g.score for g in found) / len(found), sum(g.right for g in found) / len(found), len(found)


def distance(given: Sequence[Given]) -> float:
    """The mean distance between score and share of right ones over the tenths (expected calibration error)."""
    return sum(abs(score - right) * n for score, right, n in reliability(given)) / len(given)


def brier(given: Sequence[Given]) -> float:
    """The mean square of score minus outcome: less is better."""
    return sum((g.score - g.right) ** 2 for g in given) / len(given)


def constant(given: Sequence[Given]) -> float:
    """The same for a score that is the share of right ones throughout: what telling no finding from another gets."""
    share = sum(g.right for g in given) / len(given)
    return share * (1 - share)
