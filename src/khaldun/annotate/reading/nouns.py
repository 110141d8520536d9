"""Nouns that make a phrase an actor ("spokesman", "fighters", "ministry"): the lexicon, by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from khaldun.knowledge import load_data
from khaldun.model import ActorType

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

LEXICON = "lexicons/en/actors.yaml"


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """What the lexicon says of a group of nouns; see the head of the file for each field."""

    key: str
    one: ActorType
    many: ActorType
    private: bool = False
    needs_act: bool = False
    needs_modifier: bool = False
    needs_say: bool = False
    must_act: bool = False
    must_strike: bool = False
    wages_war: bool = False
    only_one: bool = False
    definite_counts: bool = False
    event_tails: bool = False
    only_many: bool = False
    tails: frozenset[str] = frozenset()
    needs_tail: frozenset[str] = frozenset()
    armed_with: frozenset[str] = frozenset()
    state_with: frozenset[str] = frozenset()
    collective: frozenset[str] = frozenset()
    only_with: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NounReading:
    """A noun in a text: its entry, its word in the lexicon, and whether the form printed is a plural."""

    entry: ActorNoun
    word: str
    plural: bool

    @property
    def type(self) -> ActorType:
        many = self.plural or self.word in self.entry.collective
        return self.entry.many if many else self.entry.one


@cache
def actor_nouns() -> Mapping[str, ActorNoun]:
    """Single nouns of the lexicon to their entries."""
    table: dict[str, ActorNoun] = {}
    for row in load_data(LEXICON)["nouns"]:
        entry = _entry(row)
        for word in row["words"]:
            if " " not in word:
                table.setdefault(word, entry)
    return table


def _entry(row: Mapping[str, Any]) -> ActorNoun:
    """The entry of a row of the lexicon: its lists become sets, its other fields stay as they are."""
    fields: dict[str, Any] = {
        name: frozenset(row[name]) if isinstance(row[name], list) else row[name]
        for name in ActorNoun.__dataclass_fields__
        if name in row
    }
    return ActorNoun(key=row["words"][0], **fields)


@lru_cache(maxsize=65_536)
def read_noun(word: str) -> NounReading | None:
    """The reading of a printed noun ("Gunmen" -> gunman, plural), or None when it makes no actor."""
    lower = word.casefold()
    table = actor_nouns()
    if lower in table:
        return NounReading(table[lower], lower, plural=lower in words_under("plural_only"))
    for singular in singulars(lower):
        if singular in table:
            return NounReading(table[singular], singular, plural=True)
    return None


@lru_cache(maxsize=65_536)
def singulars(word: str) -> tuple[str, ...]:
    """What the singular of `word` may be."""
    if word.endswith("men"):
        return (word[:-3] + "man",)
    if word.endswith("children"):
        return (word[:-3],)  # "children", "schoolchildren"
    if word.endswith("ies"):
        return (word[:-3] + "y",)
    if word.endswith("wives"):
        return (word[:-5] + "wife",)
    if word.endswith("ves"):
        return (word[:-3] + "f", word[:-1])
    if word.endswith("oes"):
        return (word[:-2], word[:-1])  # "heroes", "shoes"
    if word.endswith("es") and word[:-2].endswith(("ch", "sh", "x", "ss")):
        return (word[:-2],)
    return (word[:-1],) if word.endswith("s") and not word.endswith("ss") else ()


@cache
def words_under(key: str) -> frozenset[str]:
    """The words of a named list of the lexicon (`epithets`, `own_forces`, `titles`)."""
    return frozenset(load_data(LEXICON)[key]["words"])


@lru_cache(maxsize=65_536)
def is_opener(word: str) -> bool:
    """True for an adjective that opens a phrase where a comma was lost ("… Tal Amar | local media reported")."""
    lists = load_data(LEXICON)["openers"]
    lower = word.casefold()
    return (
        lower in lists["words"]
        or lower.startswith(tuple(lists["prefixes"]))
        or lower.endswith(tuple(lists["suffixes"]))
    )


def lemma_in(word: str, words: frozenset[str]) -> bool:
    """True when the printed word or its singular is in `words`."""
    lower = word.casefold()
    return lower in words or any(s in words for s in singulars(lower))


def is_count(head: Token) -> bool:
    """ "The army's *figure of 120 dead*", "*figures released* by the ministry", "casualty *figures*": a
    count, and nobody."""
    if head.lower_ not in ("figure", "figures"):
        return False
    of = (g for c in head.children if c.lower_ == "of" for g in c.children)
    counted = any(g.pos_ == "NUM" or any(n.dep_ == "nummod" for n in g.children) for g in of)
    given = any(c.dep_ == "acl" and c.tag_ == "VBN" for c in head.children)
    given = given or any(c.dep_ == "compound" and c.lower_ in words_under("counted") for c in head.children)
    return counted or given or any(c.dep_ == "poss" and c.i < head.i for c in head.children)
