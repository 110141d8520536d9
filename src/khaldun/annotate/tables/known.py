"""Actors that reports name again and again: our own table of names, found in a text by their longest spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from khaldun.annotate.tables.names import ARTICLES, fold_name, fold_word, is_acronym, words_of
from khaldun.knowledge import load_data
from khaldun.model import ActorType, Span

TABLES = ("groups", "media", "bodies")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One entry of `data/actors`."""

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...] = ()
    country: str | None = None
    leaders: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    worldwide: bool = False
    """Of no country, wherever a report finds it."""
    town: bool = False
    """Named like a town, which it is not where something is done to it as to one."""


@dataclass(frozen=True, slots=True)
class State:
    """One state: its names, its adjectives, the nouns for its people, the capital that speaks for it."""

    iso3: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    speaks_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spotted:
    """A known name in a text."""

    span: Span
    actor: KnownActor


@cache
def known_actors() -> Mapping[str, KnownActor]:
    """All entries of the tables of groups, media and bodies, by id."""
    rows = [row for table in TABLES for row in load_data(f"actors/{table}.yaml")["actors"]]
    return {row["id"]: _actor(row) for row in rows}


def _actor(row: Mapping[str, Any]) -> KnownActor:
    return KnownActor(
        row["id"],
        row["name"],
        row["type"],
        tuple(row.get("aliases", ())),
        row.get("country"),
        tuple(row.get("leaders", ())),
        tuple(row.get("described", ())),
        row.get("identifiers", {}),
        row.get("worldwide", row["type"] == "organisation" and "country" not in row),
        row.get("town", False),
    )


@cache
def states() -> tuple[State, ...]:
    """All states."""
    rows = load_data("actors/states.yaml")["states"]
    fields = ("aliases", "adjectives", "people", "speaks_as")
    return tuple(State(r["iso3"], r["name"], *(tuple(r.get(f, ())) for f in fields)) for r in rows)


@cache
def state_words() -> Mapping[str, tuple[str, State]]:
    """Folded words to (what they are: name, adjective, people or capital; the state)."""
    table: dict[str, tuple[str, State]] = {}
    for state in states():
        for kind, words in (
            ("capital", state.speaks_as),
            ("adjective", state.adjectives),
            ("people", state.people),
            ("name", (state.name, *state.aliases)),
        ):
            for word in words:
                table[" ".join(fold_name(word))] = (kind, state)
    return table


@lru_cache(maxsize=65_536)
def state_of(text: str) -> tuple[str, State] | None:
    """What a word or phrase says of a state ("Libyan" -> adjective, Libya), or None. A lost apostrophe is forgiven."""
    key = " ".join(fold_name(text))
    if key == "us" and "US" not in text.replace(".", ""):
        return None
    found = state_words().get(key)
    if found is None and key.endswith("s"):
        found = state_words().get(key[:-1])
        return found if found is not None and found[0] in ("name", "capital") else None
    return found


@cache
def leader_of() -> Mapping[tuple[str, ...], str]:
    """Folded names of leaders to the id of the actor whose men are called theirs."""
    return {fold_name(n): a.id for a in known_actors().values() for n in a.leaders}


@cache
def _index() -> Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    """First folded word -> (all words, alias as written, id), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for actor in known_actors().values():
        for alias in (actor.name, *actor.aliases):
            words = fold_name(alias)
            table.setdefault(words[0], []).append((words, alias, actor.id))
    return {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[2]))) for first, rows in table.items()}


@cache
def _openings() -> frozenset[str]:
    """The folded words that a known name may begin with, also with the s of a possessive or plural."""
    return frozenset(form for word in _index() for form in (word, word + "s"))


def find_known(text: str) -> Iterator[Spotted]:
    """Known names in `text`, longest match first, none overlapping, in text order; articles are left out."""
    words = words_of(text)
    shouting = text.upper() == text
    end_of_last = 0
    for at in [n for n, (_, _, word) in enumerate(words) if word in _openings()]:
        found = _longest(text, words, at, shouting) if at >= end_of_last else None
        if found is None or (found[0] == 1 and _part_of_a_name(text, words, at)) or _is_town(text, words, at, found[1]):
            continue
        count, ident = found
        start = _arabic_article(words, at)
        end = _name_end(text, words[at + count - 1], ident)
        yield Spotted(Span(start, end), known_actors()[ident])
        end_of_last = at + count


# "the town of Mayadin", "near Orient": a name of an outlet that is a place as well.
_TOWN_OF = re.compile(
    r"\b(?:town|city|village|district|province|governorate|municipality|suburb|port|region|area|hamlet) of"
    r" (?:al-|the )?$"
    r"|\b(?:in|near|into|outside|around|towards|toward) (?:al-)?$",
    re.I,
)
# Of one that is marked as named like a town: "control over Mayadin", "retook Mayadin", "Mayadin city".
_DONE_TO_TOWNS = re.compile(
    r"\b(?:over|control of|capture of|fall of|liberation of) (?:al-)?$"
    r"|\b(?:captur|recaptur|liberat|seiz|enter|restor|besieg|storm|shell|bomb)(?:e|es|ed|ing|s)? (?:al-)?$"
    r"|\b(?:took|takes?|taking|retook|retakes?|retaking|freed|frees?|freeing|secur(?:e|es|ed|ing)) (?:al-)?$",
    re.I,
)
_TOWN_KIND = re.compile(r"\s+(?:city|town|village|district|governorate|airport|airfield|front|countryside)\b")


def _is_town(text: str, words: Sequence[tuple[int, int, str]], at: int, ident: str) -> bool:
    if known_actors()[ident].type != "media":
        return False
    start, end, _ = words[at]
    before = text[max(0, start - 24) : start]
    if known_actors()[ident].town and (_TOWN_KIND.match(text, end) or _DONE_TO_TOWNS.search(before)):
        return True
    return _TOWN_OF.search(before) is not None and not re.match(
        r"\s+(?:TV|News|newspaper|television|channel|radio|magazine)", text[end:]
    )


def _part_of_a_name(text: str, words: Sequence[tuple[int, int, str]], at: int) -> bool:
    """True for a name that is a common word too, inside a longer name ("Red Dawn Brigade")."""
    start, end, word = words[at]
    if word not in load_data("actors/common.yaml")["words"]:
        return False
    before = text[:start].rstrip()
    after = text[end:].lstrip()
    beside = before.rsplit(None, 1)[-1:] if start and text[start - 1] == " " else []
    capital = bool(beside) and beside[0][:1].isupper() and beside[0].casefold() not in ARTICLES
    capital = capital and beside[0][-1:] not in ",;:)"  # "Omar Saleh, *Amnesty's* deputy director"
    return capital or (text[end : end + 1] == " " and after[:1].isupper() and not after.startswith(("News", "TV")))


def known_as(text: str) -> KnownActor | None:
    """The known actor that the whole of `text` names, or None."""
    spotted = list(find_known(text))
    if len(spotted) == 1 and fold_name(spotted[0].span.of(text)) == fold_name(text):
        return spotted[0].actor
    return None


def _longest(text: str, words: Sequence[tuple[int, int, str]], at: int, shouting: bool) -> tuple[int, str] | None:
    first = words[at][2]
    for key in (first, first.removesuffix("s")):
        for alias_words, alias, ident in _index().get(key, ()):
            taken = _matches(words, at, alias_words)
            if taken and _cased(text, words, at, taken, alias, shouting):
                return taken, ident
    return None


def _matches(words: Sequence[tuple[int, int, str]], at: int, alias: tuple[str, ...]) -> int:
    """How many words from `at` on spell the alias (articles between may be left out or put in), 0 if they don't."""
    position, last = at, len(alias) - 1
    for n, wanted in enumerate(alias):
        while n and position < len(words) and words[position][2] in ARTICLES and wanted not in ARTICLES:
            position += 1
        if position >= len(words):
            return 0
        seen = words[position][2]
        if seen != wanted and not (n == last and len(wanted) > 2 and seen == wanted + "s"):
            return 0
        position += 1
    return position - at


def _cased(text: str, words: Sequence[tuple[int, int, str]], at: int, taken: int, alias: str, shouting: bool) -> bool:
    """Acronyms want their capitals, names one on their longest capitalised word; names in small letters want none."""
    printed = text[words[at][0] : words[at + taken - 1][1]]
    if shouting:
        return not is_acronym(alias) or len(alias) > 3
    if is_acronym(alias):
        letters = "".join(c for c in printed if c.isalnum())
        wanted = "".join(c for c in alias if c.isalnum())
        return letters.removesuffix("s") == wanted or letters == wanted
    if alias.islower():
        return True
    telling = fold_word(max((w for w in re.split(r"[\s-]+", alias) if w[:1].isupper()), key=len))
    seen = next((w for w in re.split(r"[\s-]+", printed) if fold_word(w).startswith(telling)), printed)
    return seen[:1].isupper()


def _arabic_article(words: Sequence[tuple[int, int, str]], at: int) -> int:
    """Where the name starts, its own article included ("al Qaeda", not "the Taliban")."""
    if at and words[at - 1][2] in ("al", "el") and words[at][0] - words[at - 1][1] == 1:
        return words[at - 1][0]
    return words[at][0]


def _name_end(text: str, last: tuple[int, int, str], ident: str) -> int:
    """Where the name ends: before "'s", and before the s of a possessive whose apostrophe was lost."""
    _start, end, word = last
    if text[:end].endswith(("'s", "’s")):
        return end - 2
    actor = known_actors()[ident]
    lasts = {fold_name(alias)[-1] for alias in (actor.name, *actor.aliases)}
    return end - 1 if word not in lasts and word.removesuffix("s") in lasts else end
