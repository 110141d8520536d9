"""The country of an actor by the words of its phrase: "Egyptian police", "the president of Armenia", "Putin".

The first word that tells one wins ("Bosnian Serbs" are of Bosnia); words of descent and of backing tell none
("ethnic Albanians", "Turkish-backed rebels"), nor does whom somebody is sent to ("the envoy to Libya").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from khaldun.annotate.grammar.syntax import phrase
from khaldun.annotate.tables.known import state_of, state_words
from khaldun.annotate.tables.names import fold_name, words_of
from khaldun.annotate.words import Token
from khaldun.knowledge import load_data

_LONGEST = 5
_NOT_AFTER = frozenset("ethnic anti pro ex to against with on about over between by for near than".split())
_JOINED = re.compile(
    r"\s?-\s?(?:backed|made|held|led|built|based|trained|born|controlled|occupied|brokered|funded|speaking|style)\b"
    r"|\s(?:Delta|River|Basin)\b"  # the Niger Delta is not in Niger
    r"|\s(?:acronym|initials|abbreviation|name|spelling|translation)\b"  # "known by its French acronym"
)
_NAME_GOES_ON = re.compile(r" (?!I\b)[A-Z][a-z]")  # "Moussa Keita" is not the statesman Moussa
_OWN_PREPOSITIONS = frozenset({"of", "in", "from", "throughout", "across"})


@cache
def _names() -> Mapping[tuple[str, ...], str]:
    """Folded names of leaders and seats to their country."""
    data = load_data("actors/leaders.yaml")
    common = {fold_name(word) for word in data["common"]}
    found: dict[tuple[str, ...], str] = {}
    last: dict[tuple[str, ...], set[str]] = {}
    for row in data["seats"]:
        found.update({fold_name(name): row["country"] for name in row["names"]})
    for row in data["leaders"]:
        for name in row["names"]:
            words = fold_name(name)
            found[words] = row["country"]
            if len(words) > 1 and len(words[-1]) > 3:
                last.setdefault(words[-1:], set()).add(row["country"])
    surnames = {w: next(iter(c)) for w, c in last.items() if len(c) == 1 and w not in common}
    return {**surnames, **found}


@cache
def _surnames() -> frozenset[str]:
    """Folded single names of leaders: at the head of a longer name they are somebody else's first name."""
    rows = load_data("actors/leaders.yaml")["leaders"]
    return frozenset(fold_name(name)[-1] for row in rows for name in row["names"])


@cache
def _leaders() -> tuple[Mapping[tuple[str, ...], str], Mapping[tuple[str, ...], str]]:
    """Folded full names of leaders to their country; and surnames that leaders of one country alone have."""
    full: dict[tuple[str, ...], str] = {}
    last: dict[tuple[str, ...], set[str]] = {}
    for row in load_data("actors/leaders.yaml")["leaders"]:
        for name in row["names"]:
            words = fold_name(name)
            full[words] = row["country"]
            last.setdefault(words[-1:], set()).add(row["country"])
    return full, {surname: next(iter(of)) for surname, of in last.items() if len(of) == 1}


def country_led(name: str, *, titled: bool) -> str | None:
    """The ISO 3166 code of the country that the bearer of a name is known to lead, or to have led; a surname tells it
    only behind a title: "President *Bush*"."""
    full, surnames = _leaders()
    words = fold_name(name)
    return full.get(words) or (surnames.get(words) if titled and len(words) == 1 else None)


@cache
def _openings() -> frozenset[str]:
    """The first folded words of all names that tell a country."""
    return frozenset([*(w.split()[0] for w in state_words()), *(words[0] for words in _names())])


@lru_cache(maxsize=8192)  # the same names stand in report after report
def country_in(text: str) -> str | None:
    """The ISO 3166 code of the first country that the words of `text` tell, or None."""
    words = words_of(text) if not text.islower() else ()
    for at, (start, _, folded) in enumerate(words):
        if not text[start].isupper() or not {folded, folded.removesuffix("s")} & _openings():
            continue
        if at and words[at - 1][2] in _NOT_AFTER:
            continue
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            end = words[at + size - 1][1]
            if size == 1 and folded in _surnames() and _NAME_GOES_ON.match(text, end):
                break
            country = _country(text[start:end])
            if country is not None:
                if _JOINED.match(text, end):
                    break
                return country
    return None


def _country(name: str) -> str | None:
    bare = re.sub(r"(?:'s|’s|['’])$", "", name)
    named = _names().get(fold_name(bare))
    if named is not None and (bare.isupper() or not is_short(bare)):
        return named
    read = state_of(bare)
    return read[1].iso3 if read is not None else None


def is_short(name: str) -> bool:
    """True for what is an acronym only in capitals ("ETA", "IRA")."""
    return len(name) <= 3


def country_around(root: Token) -> str | None:
    """The country told by the words around an actor's head: title, possessor, apposition, "of …"."""
    found = country_in(_text(phrase(root)))
    return found or next((c for c in map(country_in, _beside(root)) if c is not None), None)


def _beside(root: Token) -> Iterator[str]:
    """Appositions and what the phrase stands in apposition to."""
    for child in root.children:
        if child.dep_ == "appos":
            yield _text(phrase(child))
    if root.dep_ in {"appos", "compound", "poss"} and root.head.pos_ in {"NOUN", "PROPN"}:
        yield _text(phrase(root.head))


def _text(tokens: Iterable[Token]) -> str:
    """The words of a phrase in their order, as printed between the first and the last of each unbroken run."""
    return "".join(
        t.text_with_ws if t.whitespace_ or t.i + 1 == len(t.doc) or not t.nbor(1).is_alpha else t.text for t in tokens
    )
