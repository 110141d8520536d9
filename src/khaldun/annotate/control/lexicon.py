"""The words that state who holds a place: `lexicons/en/control.yaml`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.control.between import fighting_words
from khaldun.annotate.control.foes import foe_verbs
from khaldun.annotate.control.presence import going_verbs, men_words
from khaldun.knowledge import load_data, word_list


@cache
def running_verbs() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "running")


@cache
def having_verbs() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "having")


@cache
def putting_verbs() -> frozenset[str]:
    return word_list("lexicons/en/deeds.yaml", "putting")


@cache
def everywhere() -> frozenset[str]:
    return word_list("lexicons/en/control.yaml", "everywhere")


@dataclass(frozen=True, slots=True)
class ControlWords:
    participles: Mapping[str, str]
    predicates: Mapping[str, tuple[str, tuple[str, ...]]]
    nouns: Mapping[str, str]
    phrases: frozenset[str]
    occasions: frozenset[str]
    in_charge: frozenset[str]
    swaying: frozenset[str]
    inside: frozenset[str]
    there: frozenset[str]
    keeping: frozenset[str]
    seen: frozenset[str]
    divided: Mapping[str, str]
    served_as: frozenset[str]
    heads: frozenset[str]
    """All the lemmas before: no other word is looked at."""


@cache
def control_words() -> ControlWords:
    data = load_data("lexicons/en/control.yaml")
    participles = {lemma: row["status"] for row in data["participles"] for lemma in row["lemmas"]}
    predicates = {lemma: (row["status"], tuple(row["place"])) for row in data["predicates"] for lemma in row["lemmas"]}
    nouns = {lemma: row["status"] for row in data["nouns"] for lemma in row["lemmas"]}
    phrases = frozenset(w for row in data["phrases"] for w in row["words"])
    plain = {key: frozenset(data[key]) for key in ("occasions", "in_charge", "swaying")}
    plain |= {key: frozenset(data[key]["words"]) for key in ("inside", "served_as", "there", "keeping", "seen")}
    divided = {lemma: row["status"] for row in data["divided"] for lemma in row["lemmas"]}
    above = (plain[key] for key in ("in_charge", "swaying", "inside", "served_as", "there", "keeping", "seen"))
    heads = frozenset((*participles, *predicates, *nouns, *phrases, *divided, "be")).union(*above)
    heads |= fighting_words() | men_words() | foe_verbs() | going_verbs()
    return ControlWords(participles, predicates, nouns, phrases, **plain, divided=divided, heads=heads)
