"""What a format could not hold. Every exporter gives it back, and the caller shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """`count` times, `what` did not fit, because of `reason`."""

    what: str
    reason: str
    count: int

    def __str__(self) -> str:
        return f"{self.count} {self.what}: {self.reason}"


def counted(losses: Iterable[tuple[str, str]]) -> tuple[Loss, ...]:
    """Sums up (what, reason) pairs, in the order in which they first came."""
    return tuple(_summed(Counter(losses)))


def _summed(counts: Counter[tuple[str, str]]) -> Iterator[Loss]:
    for (what, reason), count in counts.items():
        yield Loss(what, reason, count)
