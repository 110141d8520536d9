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


_LISTS = ("heads_of_state", "governing", "speaking", "departments", "staff", "outlets", "owning", "waged")
_DEEDS = (
    "contests",
    "wars",
    "unarmed",
    "waging",
    "headway",
    "leagues",
    "combating",
    "assisting",
    "relief",
    "giving",
    "defeats",
)
_TELLING = ("contests", "leagues", "combating", "assisting", "relief", "defeats")
"""Of the lists of deeds those whose words are looked at first."""


@dataclass(frozen=True, slots=True)
class Ties:
    """The words that state a tie, by the part of the lexicon, each with the kind it states."""

    titles: Mapping[str, str]
    branches: Mapping[str, str]
    participles: Mapping[str, str]
    predicates: Mapping[str, tuple[Mapping[str, Any], ...]]
    former: frozenset[str]
    deputies: frozenset[str]
    ranks: frozenset[str]
    """Titles that say how high somebody stands, and no office that one holds of something."""
    posts: frozenset[str]
    """Titles that make their bearer a member of the body named with them, and an office where none is."""
    heads_of_state: frozenset[str]
    """Titles whose bearer leads the state that they are of."""
    governing: frozenset[str]
    """Nouns for those who govern a state: "the Syrian *regime*"."""
    speaking: frozenset[str]
    """Departments by which a body is heard: its "*press* secretary" speaks for it."""
    departments: frozenset[str]
    """Departments whose head does not lead the body: its "*operations* director"."""
    staff: frozenset[str]
    """Titles of who is at such a department."""
    outlets: frozenset[str]
    """Nouns for media, which a body may have: "Hezbollah's *television*"."""
    owning: frozenset[str]
    """Verbs for having an outlet: "a radio station *run* by the Front"."""
    waged: frozenset[str]
    """What a body wages: who leads it commands for the body, and does not lead that: "led the Front's *campaign*"."""
    naming: frozenset[str]
    """Verbs that put their object into the office they are said with: "appointed X as head"."""
    serving: frozenset[str]
    """Verbs whose subject is in the office, or comes into it or leaves it: "took over as head"."""
    turned: frozenset[str]
    """Group nouns whose owner has the tie with the one named, and not the other way: "the *forerunner* of X"."""
    links: frozenset[str]
    """Nouns for being linked, borne with "with": "a man with *links* to X"."""
    doubts: frozenset[str]
    """Words before such a noun by which the link is only supposed, or is no more: "*alleged* links"."""
    contests: frozenset[str]
    """Nouns for fighting, told with "against" or "on": "the army's *war* on the Front"."""
    wars: frozenset[str]
    """Those of them that are fought with arms, whoever the other side is."""
    unarmed: frozenset[str]
    """Words before such a noun by which nobody fights: "a *trade* war"."""
    waging: frozenset[str]
    """Verbs whose subject is a side of it: "*joined* the war on the Front"."""
    headway: frozenset[str]
    """Nouns for how it goes: "made *gains* in the fight against the Front"."""
    leagues: frozenset[str]
    """Nouns for those who came together against somebody: "the *coalition* against the Front"."""
    combating: frozenset[str]
    """Verbs for fighting somebody: "sent to *combat* the Front"."""
    assisting: frozenset[str]
    """Verbs for helping those who fight: "to *assist* the army"."""
    relief: frozenset[str]
    """Nouns for such help: "in *support* of the army"."""
    giving: frozenset[str]
    """Verbs that such help is told with: "*provided* air support to the army"."""
    defeats: frozenset[str]
    """Words for losing a war to somebody: "Kenya's *defeat* by Somalia in a short war"."""
    heads: frozenset[str]
    """The lemmas of all words that state a tie, of a title in two words the last: no other word is looked at."""


@cache
def ties() -> Ties:
    """The lexicon of the house."""
    data = load_data("lexicons/en/relations.yaml")
    predicates: dict[str, list[Mapping[str, Any]]] = {}
    for row in data["predicates"]:
        for lemma in row["lemmas"] if "verb" not in row else [row["verb"]]:
            predicates.setdefault(lemma, []).append(row)
    titles, branches, participles = (_kinds(data[part]) for part in ("titles", "branches", "participles"))
    return Ties(
        titles=titles,
        branches=branches,
        participles=participles,
        predicates={lemma: tuple(rows) for lemma, rows in predicates.items()},
        former=frozenset(data["former"]),
        deputies=frozenset(data["deputies"]),
        ranks=frozenset(data["ranks"]),
        posts=frozenset(data["posts"]),
        **{name: frozenset(data[name]["words"]) for name in (*_LISTS, *_DEEDS)},
        naming=frozenset(data["naming"]["words"]),
        serving=frozenset(data["serving"]["words"]),
        turned=frozenset(data["turned"]["words"]),
        links=frozenset(data["links"]["words"]),
        doubts=frozenset(data["links"]["doubts"]),
        heads=_heads(
            titles,
            branches,
            participles,
            predicates,
            data["links"]["words"],
            *(data[name]["words"] for name in ("outlets", *_TELLING)),
        ),
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
    titles = {**house.titles, **_kinds(rows["titles"])}
    branches = {**house.branches, **_kinds(rows["branches"])}
    participles = {**house.participles, **_kinds(rows["participles"])}
    return replace(
        house,
        titles=titles,
        branches=branches,
        participles=participles,
        predicates=predicates,
        heads=_heads(titles, branches, participles, predicates, house.heads),
    )


@cache
def not_at_its_head() -> frozenset[str]:
    """Words before a title that is no longer borne, or by somebody lesser."""
    return ties().former | ties().deputies


def ties_of(token: Token) -> Ties:
    """The lexicon that the text of `token` is read with: the one its doc carries, else the house's."""
    carried: Ties = token.doc.user_data.get(CARRIED) or ties()
    return carried


def _heads(*tables: Iterable[str]) -> frozenset[str]:
    return frozenset(words.rpartition(" ")[2] for table in tables for words in table)


def _kinds(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {lemma: row["kind"] for row in rows for lemma in row["lemmas"]}
