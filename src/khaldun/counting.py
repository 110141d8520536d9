"""Whom a count is of, by the words that count people and the words left beside them."""

from __future__ import annotations

from functools import cache

from khaldun.knowledge import load_data
from khaldun.names import name_key


def words_for_people(name: str) -> frozenset[str]:
    """The words that tell of whom a count is, without those that count or may stand for anyone: none for "more than 20
    people", "soldiers" for "at least five soldiers"."""
    return frozenset(w for w in name_key(name).split() if w not in _counting() and not w.isdigit())


@cache
def _counting() -> frozenset[str]:
    data = load_data("lexicons/en/counts.yaml")
    return frozenset((*data["anyone"]["words"], *data["numbers"], *data["scales"]))
