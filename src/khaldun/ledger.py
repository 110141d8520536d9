"""The ledger of judgements: who and what has been decided to be the same.

Invariants:

* A `Ledger` is a pure function of its rows; the order in which they are given does not matter. All of it
  can be thrown away and rebuilt from the rows.
* Rows are never edited. Of the rows about one pair the latest holds: a dated row beats an undated one
  (rules do not date theirs), a later date an earlier one. At the same date a decision beats an open
  question and caution beats union: DIFFERENT, then SAME, SUGGESTED, UNSURE.
* Only SAME joins. A chain of SAME rows may not join a pair that a DIFFERENT row keeps apart: the DIFFERENT
  wins, the weakest SAME row of the chain is set aside, and that is reported as a `Conflict`. Rows are taken
  from the strongest down: decided by a person (dated) before decided by rule, then by score, then by the
  pair's ids.
* A row that `takes_back` another undoes it: everything is as if the other had never been given. It can be taken
  back itself, and then the other counts again.
* No claim is ever moved: taking a SAME back restores what was before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from khaldun.model import Claim, Event, Judgement, Verdict, make_id

_Pair = tuple[str, str]
_CAUTION: Mapping[Verdict, int] = {"UNSURE": 0, "SUGGESTED": 1, "SAME": 2, "DIFFERENT": 3}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A SAME row that was set aside, and the DIFFERENT row that forbids what it would have joined."""

    set_aside: Judgement
    kept_apart: Judgement


class Ledger:
    """What the given judgements amount to. Ids that no row names stand for themselves."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        given = set(judgements)
        self.taken_back = _taken_back(given)
        """Ids of the rows that do not count, because a row that counts takes them back."""
        rows = sorted((row for row in given if row.id not in self.taken_back and not row.takes_back), key=_age)
        self._rows: dict[_Pair, list[Judgement]] = {}
        for row in rows:
            self._rows.setdefault(_pair(row.left, row.right), []).append(row)
        held = [history[-1] for pair, history in sorted(self._rows.items()) if pair[0] != pair[1]]
        self._apart = {_pair(row.left, row.right): row for row in held if row.verdict == "DIFFERENT"}
        self._clusters, self.conflicts = _join([row for row in held if row.verdict == "SAME"], self._apart)
        self._enemies = _between(self._apart, self.canonical)

    def canonical(self, id: str) -> str:
        """The smallest id of the cluster that `id` belongs to."""
        return self.cluster(id)[0]

    def cluster(self, id: str) -> tuple[str, ...]:
        """All ids decided to be the same as `id`, itself among them, sorted."""
        return self._clusters.get(id, (id,))

    def verdict(self, left: str, right: str) -> Verdict | None:
        """What holds for the pair, through chains as well; None where nothing was ever said."""
        pair = _pair(self.canonical(left), self.canonical(right))
        if pair[0] == pair[1]:
            return "SAME"
        if pair in self._enemies:
            return "DIFFERENT"
        rows = self._rows.get(_pair(left, right))
        return rows[-1].verdict if rows else None

    def history(self, left: str, right: str | None = None) -> tuple[Judgement, ...]:
        """The rows about the pair, or about one id with anything, the one that holds last."""
        if right is not None:
            return tuple(self._rows.get(_pair(left, right), ()))
        found = (row for pair, rows in self._rows.items() if left in pair for row in rows)
        return tuple(sorted(found, key=_age))

    def open(self) -> tuple[Judgement, ...]:
        """The pairs still to be decided, best first: SUGGESTED by a rule, or left UNSURE by a person.

        What a chain of decisions settles is open no longer.
        """
        last = (rows[-1] for rows in self._rows.values())
        asked = [
            row
            for row in last
            if (row.verdict == "SUGGESTED" or (row.verdict == "UNSURE" and row.at is not None))
            and self.verdict(row.left, row.right) == row.verdict
        ]
        return tuple(sorted(asked, key=lambda r: (-r.score, _pair(r.left, r.right))))


def events_of(claims: Iterable[Claim], ledger: Ledger) -> tuple[Event, ...]:
    """The claims of the event family grouped as the ledger has them, in the order of their first claim.

    An event's id comes from the smallest id of its cluster; its kind is the most specific that its claims
    have (most often, then first).
    """
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.family == "event":
            groups.setdefault(ledger.canonical(claim.id), []).append(claim)
    return tuple(event_of(group, canonical) for canonical, group in groups.items())


def event_of(claims: list[Claim], canonical: str) -> Event:
    """One event of the given claims (at least one), named after the `canonical` claim id."""
    kinds = [c.kind for c in claims]
    kind = max(kinds, key=lambda k: (k.count("."), kinds.count(k), -kinds.index(k)))
    return Event(make_id("event", canonical), kind, tuple(c.id for c in claims))


def _pair(left: str, right: str) -> _Pair:
    return (left, right) if left <= right else (right, left)


def _taken_back(rows: Iterable[Judgement]) -> frozenset[str]:
    """The ids that a row takes back which is not taken back itself. An id is made from the id it takes back, so no two
    rows take back one another."""
    undone_by: dict[str, set[str]] = {}
    for row in rows:
        if row.takes_back is not None:
            undone_by.setdefault(row.takes_back, set()).add(row.id)

    def counts(id: str) -> bool:
        return not any(counts(undoing) for undoing in undone_by.get(id, ()))

    return frozenset(id for id in undone_by if not counts(id))


def _moment(row: Judgement) -> float:
    """Seconds since 1970 (a time without a zone is read as UTC); minus infinity for rows without a date."""
    if row.at is None:
        return float("-inf")
    at: datetime = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    return at.timestamp()


def _age(row: Judgement) -> tuple[float, int, float, str, str, str, str]:
    return _moment(row), _CAUTION[row.verdict], row.score, row.by, row.because, row.left, row.right


def _strength(row: Judgement) -> tuple[bool, float, _Pair]:
    return row.at is None, -row.score, _pair(row.left, row.right)


def _join(
    same: list[Judgement], apart: Mapping[_Pair, Judgement]
) -> tuple[dict[str, tuple[str, ...]], tuple[Conflict, ...]]:
    """Clusters of the SAME rows, strongest first, leaving out each that would join a pair kept apart."""
    members: dict[str, set[str]] = {}
    enemies: dict[str, set[str]] = {}
    for left, right in apart:
        enemies.setdefault(left, set()).add(right)
        enemies.setdefault(right, set()).add(left)
    conflicts: list[Conflict] = []
    for row in sorted(same, key=_strength):
        here = members.get(row.left, {row.left})
        there = members.get(row.right, {row.right})
        if here is there:
            continue
        forbidden = sorted(_forbidden(here, there, enemies))
        if forbidden:
            conflicts.append(Conflict(row, apart[forbidden[0]]))
            continue
        small, large = sorted((here, there), key=len)
        large |= small
        members.update(dict.fromkeys(small, large))
        members[row.left] = members[row.right] = large
    sorted_once = {id(group): tuple(sorted(group)) for group in members.values()}
    return {name: sorted_once[id(group)] for name, group in members.items()}, tuple(conflicts)


def _forbidden(here: set[str], there: set[str], enemies: Mapping[str, set[str]]) -> Iterator[_Pair]:
    few, many = sorted((here, there), key=len)
    for name in few:
        yield from (_pair(name, other) for other in enemies.get(name, ()) if other in many)


def _between(apart: Iterable[_Pair], canonical: Callable[[str], str]) -> frozenset[_Pair]:
    return frozenset(_pair(canonical(left), canonical(right)) for left, right in apart)
