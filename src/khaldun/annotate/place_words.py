"""The words round names of places, from `lexicons/en/places.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from khaldun.annotate.gazetteer_tables import countries
from khaldun.annotate.naming import fold
from khaldun.knowledge import load_data


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """`kinds` maps a word to its level (settlement, adm1, adm2, region, country, feature); `near` holds the
    phrases before a name that widen it, as tuples of lower-case words, longest first; `units` are in metres,
    `directions` in degrees from north; `demonyms` give ISO 3166 alpha-2 codes; the other sets hold folded names."""

    kinds: Mapping[str, str]
    locative: frozenset[str]
    near: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    units: Mapping[str, float]
    directions: Mapping[str, float]
    not_places: frozenset[str]
    common: frozenset[str]
    demonyms: Mapping[str, str]


@cache
def place_words() -> PlaceWords:
    """The lexicon, read once."""
    data: dict[str, Any] = load_data("lexicons/en/places.yaml")
    phrases = [tuple(words.split()) for entry in data["near"] for words in entry["words"]]
    return PlaceWords(
        kinds={word: entry["level"] for entry in data["kinds"] for word in entry["words"]},
        locative=frozenset(data["locative"]["words"]),
        near=tuple(sorted(phrases, key=lambda p: (-len(p), p))),
        between=frozenset(data["between"]["words"]),
        units={word: entry["metres"] for entry in data["units"] for word in entry["words"]},
        directions={word: entry["degrees"] for entry in data["directions"] for word in entry["words"]},
        not_places=frozenset(fold(name) for name in data["not_places"]["words"]),
        common=frozenset(fold(str(name)) for name in data["common"]["words"]),
        demonyms=_demonyms(),
    )


def _demonyms() -> dict[str, str]:
    """Demonyms and their plurals, folded. Of a word that two countries share, the more populous one is listed
    first in the tables' reading of news: "Congolese" is of the Democratic Republic, "Dominican" of the Republic."""
    found: dict[str, str] = {}
    for country in countries().values():
        for word in country.demonyms:
            for form in (word, word + "s"):
                found.setdefault(fold(form), country.iso2)
    return found
