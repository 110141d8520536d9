"""The words that state a tie between two parties: `lexicons/en/relations.yaml`, and a user's own before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from khaldun.annotate.words import Token
from khaldun.knowledge import load_data
from khaldun.own_kinds import OwnKind

CARRIED = "khaldun.ties"
"""Where a doc carries the lexicon that it is read with."""


@dataclass(frozen=True, slots=True)
class Ties:
    """The words that state a tie, by the part of the lexicon, each with the kind it states."""

    titles: Mapping[str, str]
    branches: Mapping[str, str]
    participles: Mapping[str, str]
    predicates: Mapping[str, tuple[Mapping[str, Any], ...]]
    former: frozenset[str]
    deputies: frozenset[str]


@cache
def ties() -> Ties:
    """The lexicon of the house."""
    data = load_data("lexicons/en/relations.yaml")
    predicates: dict[str, list[Mapping[str, Any]]] = {}
    for row in data["predicates"]:
        for lemma in row["lemmas"] if "verb" not in row else [row["verb"]]:
            predicates.setdefault(lemma, []).append(row)
    return Ties(
        titles=_kinds(data["titles"]),
        branches=_kinds(data["branches"]),
        participles=_kinds(data["participles"]),
        predicates={lemma: tuple(rows) for lemma, rows in predicates.items()},
        former=frozenset(data["former"]),
        deputies=frozenset(data["deputies"]),
    )


def with_own_cues(house: Ties, own: Sequence[OwnKind]) -> Ties:
    """The lexicon with a user's own words, which go before those of the house."""
    rows = {
        part: [row for each in own for row in each.cues.get(part, ())]
        for part in ("titles", "branches", "participles", "predicates")
    }
    predicates = dict(house.predicates)
    for row in rows["predicates"]:
        for lemma in row["lemmas"] if "verb" not in row else [row["verb"]]:
            predicates[lemma] = (row, *predicates.get(lemma, ()))
    return replace(
        house,
        titles={**house.titles, **_kinds(rows["titles"])},
        branches={**house.branches, **_kinds(rows["branches"])},
        participles={**house.participles, **_kinds(rows["participles"])},
        predicates=predicates,
    )


def ties_of(token: Token) -> Ties:
    """The lexicon that the text of `token` is read with: the one its doc carries, else the house's."""
    carried: Ties = token.doc.user_data.get(CARRIED) or ties()
    return carried


def _kinds(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {lemma: row["kind"] for row in rows for lemma in row["lemmas"]}
