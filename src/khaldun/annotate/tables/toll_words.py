"""The words by which tolls are told (`lexicons/en/tolls.yaml`) as look-up tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from khaldun.knowledge import load_data, word_lists

LEXICON = "lexicons/en/tolls.yaml"

Category = Literal["killed", "injured", "captured", "displaced"]


@dataclass(frozen=True, slots=True)
class TollWords:
    """The lists of the lexicon that only say whether a word is in them; their fields are named and explained there."""

    dying: frozenset[str]
    losses: frozenset[str]
    undergone: frozenset[str]
    many: frozenset[str]
    gathered: frozenset[str]
    fatal: frozenset[str]
    fatally: frozenset[str]
    lifeless: frozenset[str]
    bodies: frozenset[str]
    finding: frozenset[str]
    lying: frozenset[str]
    taking_lives: frozenset[str]
    totals: frozenset[str]
    driving_out: frozenset[str]
    outcome: frozenset[str]
    bringing: frozenset[str]
    stating: frozenset[str]


@cache
def toll_words() -> TollWords:
    """The lists of the lexicon, read once."""
    return word_lists(TollWords, LEXICON)


@cache
def by_verb() -> Mapping[str, Category]:
    """What a verb does to those who undergo it, by its lemma."""
    return _by_category("verbs")


@cache
def by_word() -> Mapping[str, Category]:
    """What a figure beside a word counts."""
    return _by_category("words")


def _by_category(table: str) -> dict[str, Category]:
    return {word: row["of"] for row in load_data(LEXICON)[table] for word in row["words"]}
