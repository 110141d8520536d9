"""Media that speak for a side: state television, a militia's radio, the agency of a state that the report is about.

What they tell is *claimed*, as it would be by those whom they belong to; other media pass on what they have found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.tables.gazetteer_tables import countries
from khaldun.knowledge import word_lists
from khaldun.model import Annotation, Frame, Locus

_WORD = re.compile(r"[\w-]+(?=['’]s?\b)|[\w-]+")


@dataclass(frozen=True, slots=True)
class _Words:
    outlets: frozenset[str]
    owners: frozenset[str]
    organs: frozenset[str]
    state_outlets: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/sayings.yaml")


def party_media(annotation: Annotation) -> frozenset[str]:
    """The speakers that are an outlet of a party, by the words of their source ("the *rebels' radio*") or by name."""
    found = {e.id for e in annotation.entities if e.known_as in _words().organs}
    text = annotation.report.text
    for attribution in annotation.attributions:
        if attribution.speaker is not None and any(_is_owned(s.of(text)) for s in attribution.source):
            found.add(attribution.speaker)
    return frozenset(found)


def _is_owned(phrase: str) -> bool:
    words = [w.lower() for w in _WORD.findall(phrase.split(",")[0])]
    at = next((n for n, word in enumerate(words) if word in _words().outlets), 0)
    return any(word in _words().owners or word.removesuffix("s") in _words().owners for word in words[:at])


def state_media(annotation: Annotation) -> dict[str, str]:
    """The agencies of states among the speakers, each with the country (ISO 3166 alpha-3) whose word it carries."""
    known = (e for e in annotation.entities if e.known_as in _words().state_outlets)
    return {e.id: e.country_iso3 for e in known if e.country_iso3 is not None}


def is_about(frame: Frame, country: str) -> bool:
    """True for what took place in that country."""
    places = (m.value for m in frame.roles.get("place", ()))
    codes = (p.country_iso2 for p in places if isinstance(p, Locus) and p.country_iso2 is not None)
    return any(code in countries() and countries()[code].iso3 == country for code in codes)
