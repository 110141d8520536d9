"""What tells which words are names where all are printed alike: the dictionary of the pipeline, the gazetteer, the
tables of names and the lists of `lexicons/en/casing.yaml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from spacy.language import Language

from khaldun.annotate.reading.word_forms import lemma_tables
from khaldun.annotate.tables.gazetteer import Gazetteer
from khaldun.knowledge import load_data

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_|\n")
_BIG_TOWN = 100_000
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of words, all in small letters."""

    is_word: Callable[[str], bool]
    """True for a word of the dictionary, in any of its forms, that is no town."""
    is_place: Callable[[str], bool]
    is_named: Callable[[str], bool]
    """True for the name of any place, however small."""
    is_rare: Callable[[str], bool]
    """True for a noun of the dictionary that the pipeline has hardly ever met: beside a name it is one as well."""
    names: frozenset[str]
    spelt: Mapping[str, str]
    """Acronyms and single names as the tables print them."""
    phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    lists: Mapping[str, frozenset[str]]


def is_name(cased: str) -> bool:
    """True for a word printed with a capital."""
    return cased[:1].isupper()


@cache
def casing_lists() -> Mapping[str, frozenset[str]]:
    """The lists by name, with the names of peoples and the titles that other lexicons hold."""
    data: Mapping[str, Any] = load_data("lexicons/en/casing.yaml")
    actors: Mapping[str, Any] = load_data("lexicons/en/actors.yaml")
    keys = (
        "calendar",
        "unsure_calendar",
        "persons",
        "name_parts",
        "inner_parts",
        "no_towns",
        "heads",
        "units",
        "acronyms",
        "always",
        "plain_words",
        "settled",
        "quarters",
    )
    lists = {key: frozenset(data[key]) for key in keys}
    states = load_data("actors/states.yaml")["states"]
    peoples = {
        w.lower() for row in states for key in ("adjectives", "people") for w in row.get(key, ()) if " " not in w
    }
    titles = {*actors["titles"]["words"], *actors["ranks"]["words"]} - {"u", "daw", "private"}
    return {**lists, "peoples": frozenset(peoples) | lists["always"], "titles": frozenset(titles)}


@cache
def name_tables() -> tuple[frozenset[str], Mapping[str, str], Mapping[tuple[str, ...], tuple[str, ...]]]:
    """Single words that are names, the spelling of acronyms, and the names of several words."""
    lists = casing_lists()
    names = {*lists["calendar"], *lists["persons"], *lists["name_parts"], *lists["peoples"], *lists["always"]}
    spelt = {word: word.upper() for word in lists["acronyms"]}
    plain = lists["plain_words"]
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for printed in _printed_names():
        found = tuple(TOKEN.findall(printed))
        if len(found) > 1 and any(is_name(word) for word in found):
            phrases.setdefault(tuple(word.lower() for word in found), found)
        elif len(found) == 1 and is_name(printed) and not printed.isupper() and len(printed) > 4:
            if printed.lower() not in plain:
                names.add(printed.lower())
        elif len(found) == 1 and printed.isupper() and 2 < len(printed) < 7 and printed.lower() not in plain:
            spelt.setdefault(printed.lower(), printed)
    return frozenset(names), spelt, phrases


def _printed_names() -> Iterable[str]:
    for file in ("groups", "bodies", "media"):
        for row in load_data(f"actors/{file}.yaml").get("actors", ()):
            yield from (row["name"], *row.get("aliases", ()), *row.get("leaders", ()))
    for row in load_data("actors/states.yaml")["states"]:
        yield from (row["name"], *row.get("aliases", ()), *row.get("adjectives", ()), *row.get("people", ()))


def dictionary(nlp: Language, gazetteer: Gazetteer) -> Callable[[str], bool]:
    """Whether a word in small letters is one of English; towns that are in the dictionary as nouns alone are not."""
    tables = lemma_tables(nlp)
    index, irregular = tables.get("lemma_index", {}), tables.get("lemma_exc", {})
    nouns = frozenset(index.get("noun", ()))
    others = frozenset(word for pos in ("verb", "adj", "adv") for word in index.get(pos, ()))
    odd = frozenset(word for pos in ("noun", "verb", "adj", "adv") for word in irregular.get(pos, ()))
    closed = frozenset(w for w in nlp.Defaults.stop_words if w.isalpha())
    no_towns = casing_lists()["no_towns"]

    @lru_cache(maxsize=65536)
    def is_word(low: str) -> bool:
        if low in closed or low in others or low in odd or low in no_towns:
            return True
        if low in nouns:
            return not is_town(low, gazetteer)
        return any(base in nouns or base in others for base in _bases(low))

    return is_word


def rare_nouns(nlp: Language) -> frozenset[str]:
    """Nouns of the dictionary, of no other class, that are not among the words the pipeline was trained on."""
    index = lemma_tables(nlp).get("lemma_index", {})
    others = frozenset(word for pos in ("verb", "adj", "adv") for word in index.get(pos, ()))
    met = frozenset(nlp.vocab.strings)
    return frozenset(
        w for w in index.get("noun", ()) if w not in met and w not in others and not w.endswith(_PROFESSIONS)
    )


_PROFESSIONS = (
    "man",
    "men",
    "er",
    "or",
    "ist",
    "ism",
    "tion",
    "ment",
    "ness",
    "ity",
    "ship",
    "ence",
    "ance",
    "ing",
    "ian",
    "archy",
    "gate",
)


def _bases(low: str) -> Iterable[str]:
    """What an inflected form may come from."""
    for ending, instead in _ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            base = low[: -len(ending)] + instead
            yield base
            if len(base) > 3 and base[-1] == base[-2]:
                yield base[:-1]  # "kidnapped"
    for prefix in _PREFIXES:
        if low.startswith(prefix) and len(low) > len(prefix) + 3:
            yield low[len(prefix) :]  # "antidrug"


_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""), ("men", "man"), ("ves", "f"),
    ("isation", "ization"), ("ised", "ize"), ("our", "or"), ("ours", "or"), ("ness", ""), ("al", ""),
)  # fmt: skip


_PREFIXES = ("un", "non", "anti", "counter", "re", "pre", "co", "mis", "over", "under", "sub", "inter", "machine")


def is_town(low: str, gazetteer: Gazetteer) -> bool:
    """True for the name of a country or of a big town."""
    entries = gazetteer.named(low)
    return any(
        e.fit >= 0.9 and ((e.locus.kind == "country" and e.fit == 1) or (e.locus.population or 0) >= _BIG_TOWN)
        for e in entries
    )
