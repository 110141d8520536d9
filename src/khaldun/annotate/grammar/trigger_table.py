"""The table of words that evoke events: `data/rules/triggers*.yaml`, by verb, noun and phrase.

An ambiguous word has several entries; the frame builder takes the first whose `needs` its fillers meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from khaldun.annotate.words import Token
from khaldun.errors import InvalidKnowledge
from khaldun.knowledge import load_data
from khaldun.ontology import Kind, Kinds, kinds
from khaldun.own_kinds import OwnKind

_LISTS = tuple(
    "abstract accident air_power aircraft answerable assembly athlete bloodless building culprit currency "
    "demonstrators evil explosive fallen fight_put_up figure_of_speech firm gathering getaway grip hunger labour "
    "livestock mineral mishap night on_the_road outdated part_of_town peaceable performer premises protected "
    "regard_for route seat terrain under_arms utility vessel".split()
)
_POLITICAL_LISTS = (
    "hostile",
    "friendly",
    "restricting",
    "telling",
    "penalty",
    "fleeing",
    "tidings",
    "prize",
    "steps",
    "grounds",
    "day",
    "wrong",
)
_FIELD_LISTS = (
    "inquiry",
    "rigged",
    "drones",
    "munition",
    "bullets",
    "armour",
    "law",
    "fortification",
    "assailant_afloat",
    "own_home",
    "goods",
    "held",
)
_PARTNER_LISTS = (
    "supplies",
    "relief",
    "escorted",
    "court",
    "slur",
    "envoys",
    "parts",
    "claimed_deed",
    "sufferers",
    "hostilities",
    "bench",
)
CARRIED = "khaldun.trigger_table"
"""Where a doc carries the table that it is read with."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a trigger word: the kind it evokes and which functions fill its roles."""

    kind: str
    args: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, str]
    weak: bool = False
    denied: bool = False
    """True for a word that counts only where it is negated."""
    agents: frozenset[str] = frozenset()
    bars: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    plover: str | None = None
    """The PLOVER type, where it is another than that of the kind."""
    political: bool = False
    """True for a move in words or relations; its target may be any party that the word governs."""
    own: bool = False
    """True for an entry of a user's own kind, which goes before what the house knows of the word."""


@dataclass(frozen=True, slots=True)
class Table:
    """All entries by word, and the verbs that carry an event noun."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    phrases: Mapping[str, tuple[Entry, ...]]
    support: frozenset[str]
    defence: frozenset[str]
    reach: frozenset[str]
    occur: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    """Words (lemmas) that may not, or that must, fill a function, by the name of the list."""
    modals: Mapping[str, tuple[Entry, ...]]
    """Modal verbs that make a call of what somebody says of another: "said that Serbia *must* leave"."""
    entries: tuple[Entry, ...]
    kinds: Kinds
    """The kinds that the entries evoke, by id."""
    openers: frozenset[str]
    """The first words of verbs and phrases: a verb of another lemma needs no closer look."""
    noun_ends: frozenset[str]
    """The last words of nouns, in the plural too."""


@cache
def table() -> Table:
    """The compiled table. Raises InvalidKnowledge listing every entry of an unknown kind or without a word."""
    data, political = load_data("rules/triggers.yaml"), load_data("rules/triggers_political.yaml")
    partners, field_words = load_data("rules/triggers_partners.yaml"), load_data("rules/triggers_field.yaml")
    idioms, plain = load_data("rules/triggers_idioms.yaml"), load_data("rules/triggers_plain.yaml")
    words: dict[str, dict[str, list[Entry]]] = {"verbs": {}, "nouns": {}, "phrases": {}, "modal": {}}
    entries: list[Entry] = []
    problems: list[str] = []
    for row in (
        *idioms["triggers"],
        *({**row, "political": True} for row in idioms["moves"]),
        *data["triggers"],
        *({**row, "political": True} for row in (*political["triggers"], *partners["triggers"])),
        *field_words["triggers"],
        *plain["triggers"],
    ):
        if row["kind"] not in kinds():
            problems.append(f"unknown kind '{row['kind']}'")
            continue
        for word_class, by_word in words.items():
            listed = [*(row.get(word_class) or ()), *(_paired(row) if word_class == "phrases" else ())]
            if listed:
                entry = _entry(row, data["schemes"]["noun" if word_class == "nouns" else "verb"])
                entries.append(entry)
                for word in listed:
                    by_word.setdefault(word.replace("-", " "), []).append(entry)
    if problems:
        raise InvalidKnowledge("rules/triggers.yaml: " + "; ".join(problems))
    verbs, nouns, phrases, modals = ({w: tuple(e) for w, e in by_word.items()} for by_word in words.values())
    return Table(
        verbs,
        nouns,
        phrases,
        support=frozenset(data["support_verbs"]),
        defence=frozenset(data["defence_verbs"]),
        reach=frozenset(data["reach_verbs"]),
        occur=frozenset(data["occur_verbs"]),
        lists={
            **{name: frozenset(data[name]) for name in _LISTS},
            **{name: frozenset(political[name]) for name in _POLITICAL_LISTS},
            **{name: frozenset(partners[name]) for name in _PARTNER_LISTS},
            **{name: frozenset(field_words[name]) for name in _FIELD_LISTS},
            **{name: frozenset(words) for name, words in idioms.items() if name not in ("triggers", "moves")},
            **{name: frozenset(words) for name, words in plain.items() if name != "triggers"},
        },
        modals=modals,
        entries=tuple(entries),
        kinds=kinds(),
        openers=_openers(verbs, phrases),
        noun_ends=_last_words(nouns),
    )


def _openers(*tables: Iterable[str]) -> frozenset[str]:
    return frozenset(words.partition(" ")[0] for table in tables for words in table)


def _last_words(nouns: Iterable[str]) -> frozenset[str]:
    ends = {words.rpartition(" ")[2] for words in nouns}
    return frozenset((*ends, *(f"{word}s" for word in ends)))


def _paired(row: Mapping[str, Any]) -> Iterator[str]:
    """Every verb of a pair with every object of it."""
    for pair in row.get("pairs") or ():
        yield from (f"{verb} {noun}" for verb in pair["verbs"] for noun in pair["objects"])


def table_of(token: Token) -> Table:
    """The table that the text of `token` is read with: the one its doc carries (see `codebook`), else the house's."""
    carried: Table = token.doc.user_data.get(CARRIED) or table()
    return carried


def is_listed(token: Token, words: frozenset[str]) -> bool:
    """True for a word of a list, or for two: "a *drone*", "an unmanned *aerial vehicle*"."""
    lemma = token.lemma_.lower()
    return lemma in words or (token.i > 0 and f"{token.nbor(-1).lower_} {lemma}" in words)


def kind_of(entry: Entry, token: Token) -> Kind:
    """What is known of the kind that an entry evokes in the text of `token`."""
    return table_of(token).kinds[entry.kind]


def with_own_words(house: Table, own: Sequence[OwnKind]) -> Table:
    """The table with a user's own entries put first, so that of two readings of a word the own one is tried first."""
    schemes = load_data("rules/triggers.yaml")["schemes"]
    by_class: dict[str, dict[str, tuple[Entry, ...]]] = {name: {} for name in ("verbs", "nouns", "phrases")}
    entries: list[Entry] = []
    for row in (row for each in own for row in each.triggers):
        for word_class, by_word in by_class.items():
            if row.get(word_class):
                made = _entry(row, schemes["noun" if word_class == "nouns" else "verb"])
                entries.append(replace(made, own=True))
                for word in map(_key, row[word_class]):
                    by_word[word] = (*by_word.get(word, ()), entries[-1])
    return replace(
        house,
        verbs=_put_first(by_class["verbs"], house.verbs),
        nouns=_put_first(by_class["nouns"], house.nouns),
        phrases=_put_first(by_class["phrases"], house.phrases),
        lists={**house.lists, **{name: words for each in own for name, words in each.lists.items()}},
        kinds={**house.kinds, **{each.kind.id: each.kind for each in own}},
        entries=(*entries, *house.entries),
        openers=house.openers | _openers(by_class["verbs"], by_class["phrases"]),
        noun_ends=house.noun_ends | _last_words(by_class["nouns"]),
    )


def _put_first(
    own: Mapping[str, tuple[Entry, ...]], house: Mapping[str, tuple[Entry, ...]]
) -> Mapping[str, tuple[Entry, ...]]:
    return {**house, **{word: (*entries, *house.get(word, ())) for word, entries in own.items()}}


def _key(word: str) -> str:
    return word.replace("-", " ")


def _entry(row: Mapping[str, Any], scheme: Mapping[str, list[str]]) -> Entry:
    args = {role: tuple(functions) for role, functions in (row.get("args") or scheme).items()}
    return Entry(
        kind=row["kind"],
        args=args,
        needs=dict(row.get("needs") or {}),
        weak=bool(row.get("weak", False)),
        denied=bool(row.get("denied", False)),
        agents=frozenset(row.get("agents") or ()),
        bars=dict(row.get("bars") or {}),
        examples=tuple(row["examples"]),
        counterexamples=tuple(row["counterexamples"]),
        plover=row.get("plover"),
        political=bool(row.get("political", False)),
    )
