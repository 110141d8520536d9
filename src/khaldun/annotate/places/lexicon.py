"""The words round names of places, from `lexicons/en/places.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from khaldun.annotate.tables.gazetteer_tables import countries, read_table
from khaldun.annotate.tables.naming import fold
from khaldun.knowledge import load_data


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """`kinds` maps a word to its level (settlement, adm1, adm2, region, country, feature); after `firm` words a
    name is a place, after `loose` ones likely; `motion` holds lemmas of verbs of going; `near` holds the phrases
    before a name that widen it, as tuples of lower-case words, longest first; `units` and `directions` are those of
    a measure ("12 km west of"); `not_places` gives by their first word the lower-case words of names; `common` holds
    folded names; `demonyms` gives by the folded word the role of what it stands for in the gazetteer ("country:SY",
    "region:europe"); of `parts` a town has several; `agencies` stand beside names of agencies; `ways` lead from one
    place to another; `buildings` bear names of places they do not lie in; `sites` end a name that is held as ground;
    so are `grounds`, with `grounds_of` between them and the name;
    `dwellers` live in a place or are set over it; `openers` stand first in a place's name and in nobody's."""

    kinds: Mapping[str, str]
    firm: frozenset[str]
    loose: frozenset[str]
    motion: frozenset[str]
    near: tuple[tuple[str, ...], ...]
    near_after: frozenset[str]
    between: frozenset[str]
    units: frozenset[str]
    directions: frozenset[str]
    not_places: Mapping[str, tuple[tuple[str, ...], ...]]
    common: frozenset[str]
    demonyms: Mapping[str, str]
    parts: frozenset[str]
    agencies: frozenset[str]
    ways: frozenset[str]
    buildings: frozenset[str]
    sites: frozenset[str]
    dwellers: frozenset[str]
    grounds: frozenset[str]
    grounds_of: frozenset[str]
    openers: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """The lexicon, read once."""
    data: dict[str, Any] = load_data("lexicons/en/places.yaml")
    phrases = [tuple(words.split()) for entry in data["near"] for words in entry["words"]]
    return PlaceWords(
        kinds={word: entry["level"] for entry in data["kinds"] for word in entry["words"]},
        firm=frozenset(data["locative"]["firm"]),
        loose=frozenset(data["locative"]["loose"]),
        motion=frozenset(data["motion"]["words"]),
        near=tuple(sorted(phrases, key=lambda p: (-len(p), p))),
        near_after=frozenset(data["near_after"]["words"]),
        between=frozenset(data["between"]["words"]),
        units=frozenset(word for entry in data["units"] for word in entry["words"]),
        directions=frozenset(word for entry in data["directions"] for word in entry["words"]),
        not_places=_by_first_word([*data["not_places"]["words"], *_actor_names()]),
        common=frozenset(fold(str(name)) for name in data["common"]["words"]),
        demonyms=_demonyms(),
        parts=frozenset(data["parts"]["words"]),
        agencies=frozenset(data["agencies"]["words"]),
        ways=frozenset(data["ways"]["words"]),
        buildings=frozenset(data["buildings"]["words"]),
        sites=frozenset(data["sites"]["words"]),
        dwellers=frozenset(data["dwellers"]["words"]),
        grounds=frozenset(data["grounds"]["words"]),
        grounds_of=frozenset(data["grounds_of"]["words"]),
        openers=frozenset(data["openers"]["words"]),
    )


def _by_first_word(names: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words of each name by the first of them, longest name first; a hyphen parts words as a space does."""
    split = sorted({tuple(name.lower().replace("-", " ").split()) for name in names}, key=lambda n: (-len(n), n))
    return {first: tuple(n for n in split if n[0] == first) for first in sorted({n[0] for n in split})}


def _actor_names() -> Iterator[str]:
    """Names of groups, bodies and media; acronyms are left out, which no place is taken for anyway, and outlets that
    are named like a town."""
    for table in ("groups", "bodies", "media"):
        for actor in (row for row in load_data(f"actors/{table}.yaml")["actors"] if not row.get("town")):
            yield from (name for name in [actor["name"], *actor.get("aliases", ())] if not name.isupper())


def _demonyms() -> dict[str, str]:
    """Words for the people and things of countries and regions, with their plurals, folded."""
    found: dict[str, str] = {}
    for country in countries().values():
        # "Syrias army": scraping often loses the apostrophe of a possessive
        possessive = [country.name + "s"] if " " not in country.name else []
        for form in [*possessive, *(form for word in country.demonyms for form in (word, word + "s"))]:
            found.setdefault(fold(form), f"country:{country.iso2}")
    for cells in read_table("regions"):
        for word in filter(None, cells["people"].split("|")):
            for form in (word, word + "s"):
                found.setdefault(fold(form), f"region:{cells['id']}")
    return found
