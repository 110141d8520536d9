"""The words above an event that say whether it happened (`lexicons/en/modality.yaml`) as look-up tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from khaldun.knowledge import load_data


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables, most of them by the reading that their words give: planned, feared, asked, possible and so on."""

    governors: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    traces: frozenset[str]
    predicates: dict[str, frozenset[str]]
    adverbs: dict[str, frozenset[str]]
    modals: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    conditions: frozenset[str]
    openings: tuple[str, ...]
    """The conditions with a blank before each, as they end what stands before a clause."""
    contents: frozenset[str]
    """Nouns with a clause that tells what they are about: a plan *to attack*, fears *that* …"""


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    data: Any = load_data("lexicons/en/modality.yaml")
    nouns = _by_reading(data["nouns"])
    return Lexicon(
        governors=_by_reading(data["governors"]),
        nouns=nouns,
        traces=frozenset(data["traces"]["lemmas"]),
        predicates=_sets(data["predicates"]),
        adverbs=_sets(data["adverbs"]),
        modals=_sets(data["modals"]),
        adjectives=_sets(data["adjectives"]),
        conditions=frozenset(data["conditions"]),
        openings=tuple(f" {words}" for words in data["conditions"]),
        contents=frozenset().union(*nouns.values()),
    )


def _by_reading(rows: Any) -> dict[str, frozenset[str]]:
    return {row["reading"]: frozenset(row["lemmas"]) for row in rows}


def _sets(table: Any) -> dict[str, frozenset[str]]:
    return {reading: frozenset(words) for reading, words in table.items()}
