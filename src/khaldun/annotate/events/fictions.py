"""What happens in a film, a novel or a game has not happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.words import Doc, Token, once_a_word
from khaldun.knowledge import word_lists

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_HIGHEST = 8


@dataclass(frozen=True, slots=True)
class _Words:
    works: frozenset[str]
    works_with: frozenset[str]
    of_works: frozenset[str]
    telling: frozenset[str]
    narrating: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/figures.yaml")


_KNOWN = "khaldun.works"
"""Where a doc keeps whether it has a word for a work."""


@once_a_word
def is_fiction(word: Token) -> bool:
    """True for a deed told by a work or in one: "the novel tells how smugglers *murdered* a judge", "in the film,
    rebels *storm* a palace", "a game in which players *bomb* cities"; not for "the film sparked *riots*"."""
    return _has_works(word.doc) and any(_told_by_work(verb) or _set_in_work(verb) for verb in _clauses(word))


def _has_works(doc: Doc) -> bool:
    """Whether the doc has a word for a work at all; read once."""
    known: bool | None = doc.user_data.get(_KNOWN)
    if known is None:
        words = _words().works | _words().of_works
        known = doc.user_data[_KNOWN] = any(t.pos_ == "NOUN" and t.lemma_.lower() in words for t in doc.tokens)
    return known


def _clauses(word: Token) -> Iterator[Token]:
    """The word and what governs it, up to the main verb."""
    for _ in range(_HIGHEST):
        yield word
        if word.head is word:
            return
        word = word.head


def _told_by_work(verb: Token) -> bool:
    """ "The *novel* tells how smugglers …", "a *game* in which players …"."""
    if verb.lemma_ in _words().telling:
        bare = verb.lemma_ in _words().narrating
        return any(c.dep_ in _SUBJECTS and (_is_work(c) or (bare and _may_be_work(c))) for c in verb.children)
    return verb.dep_ in {"relcl", "acl"} and _is_work(verb.head)


def _set_in_work(verb: Token) -> bool:
    """ "*In the film*, rebels storm a palace"."""
    return any(
        c.dep_ == "prep" and c.lower_ == "in" and any(g.dep_ == "pobj" and _is_work(g) for g in c.children)
        for c in verb.children
    )


def _is_work(token: Token) -> bool:
    """ "Her latest *thriller*", "a video *game*", "the opening *scene*": some words only with another beside them."""
    if token.pos_ != "NOUN":
        return False
    lemma = token.lemma_.lower()
    if lemma in _words().works:
        return True
    beside = {c.lower_ for c in token.children if c.dep_ in {"compound", "amod", "nmod"}}
    return lemma in _words().of_works and bool(beside & _words().works_with)


def _may_be_work(token: Token) -> bool:
    """ "The *series* follows a team"; not "a *series* of raids followed"."""
    return token.lemma_.lower() in _words().of_works and not any(c.lower_ == "of" for c in token.children)
