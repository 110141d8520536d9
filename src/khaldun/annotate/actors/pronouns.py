"""Pronouns that may stand for an actor, and what they agree with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from khaldun.annotate.found import Found
from khaldun.annotate.grammar.tie_words import ties
from khaldun.annotate.reading.nouns import lemma_in, words_under
from khaldun.annotate.words import Doc, Token
from khaldun.knowledge import word_lists
from khaldun.model import Span


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a pronoun can stand for: persons, groups, or both; one or several."""

    person: bool
    group: bool
    plural: bool


PRONOUNS: Mapping[str, Agreement] = {
    "he": Agreement(person=True, group=False, plural=False),
    "him": Agreement(person=True, group=False, plural=False),
    "she": Agreement(person=True, group=False, plural=False),
    "it": Agreement(person=False, group=True, plural=False),
    "they": Agreement(person=True, group=True, plural=True),
    "them": Agreement(person=True, group=True, plural=True),
    "its": Agreement(person=False, group=True, plural=False),
    "their": Agreement(person=False, group=True, plural=True),
    "who": Agreement(person=True, group=True, plural=False),
    "we": Agreement(person=True, group=True, plural=True),
    "our": Agreement(person=False, group=True, plural=True),
}


@dataclass(frozen=True, slots=True)
class _Words:
    taken: frozenset[str]
    impersonal: frozenset[str]
    disposed: frozenset[str]
    ousted: frozenset[str]
    no_state_has: frozenset[str]
    males: frozenset[str]
    females: frozenset[str]
    stating: frozenset[str]
    held: frozenset[str]
    blows: frozenset[str]
    faced: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/pronouns.yaml")


def no_state_has() -> frozenset[str]:
    """Nouns for what a group has and no army, government or state: "its *leader*", "their *armed wing*"."""
    return _words().no_state_has


def words_in(name: Literal["males", "females", "stating"]) -> frozenset[str]:
    """The nouns for people that only "he", or only "she", can stand for; what one does by a statement of one's own."""
    words: frozenset[str] = getattr(_words(), name)
    return words


def find_pronouns(doc: Doc) -> list[Found]:
    """Pronouns in places where an actor can stand; "it" only as a subject that can do something, or where it is
    accused."""
    return [
        Found(Span(t.idx, t.idx + len(t.text)), "pronoun", "pronoun", rank=6)
        for t in doc
        if t.lower_ in PRONOUNS and t.pos_ == "PRON" and _may_act(t)
    ]


def _may_act(token: Token) -> bool:
    if token.tag_ == "PRP$":
        return _is_of_body(token.head)
    if token.lower_ == "it" and token.dep_ == "nsubjpass":
        return _is_ousted(token.head)
    if token.lower_ == "it" and token.dep_ == "dobj":
        return token.head.lemma_ in _words().faced
    if token.lower_ == "it":
        return token.dep_ == "nsubj" and _is_somebody(token.head)
    return token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "dative")


def _is_ousted(verb: Token) -> bool:
    """ "The front admitted that it had been *driven out* of the port": who holds ground can be driven from it."""
    left = any(c.lower_ in ("out", "from") for c in verb.children)
    return verb.dep_ == "ccomp" and verb.lemma_ in _words().ousted and left


def _is_of_body(noun: Token) -> bool:
    """ "*Its* spokesman", "*their* armed wing", "strikes on *its* positions", "the town is under *its*
    control", "*its* air raids": what is a body's, and a party in it."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ in _AT and lemma_in(noun.lower_, words_under("positions")):
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ in _UNDER and noun.lemma_.lower() in _words().held:
        return True
    lemma = noun.lemma_.lower()
    return any(lemma in words for words in (ties().titles, ties().branches, ties().outlets, _words().blows))


_AT = frozenset({"on", "against", "at"})
_UNDER = frozenset({"under", "in"})


def _is_taken(what: Token) -> bool:
    """What somebody takes: "took *control*", "took *Harawa*"; not "it took *Ali* two hours to reach the port"."""
    named = what.pos_ == "PROPN" and what.ent_type_ not in ("DATE", "TIME")
    at_length = any(c.dep_ == "xcomp" for c in what.head.children)
    return what.lemma_.lower() in _words().taken or (named and not at_length)


def _is_somebody(verb: Token) -> bool:
    """Whether "it" as the subject of `verb` can be somebody, and not the weather or what a clause behind it tells."""
    words = _words()
    if verb.lemma_ in words_under("saying"):
        return True
    if verb.lemma_ == "be" and any(c.dep_ == "acomp" and c.lower_ in words.disposed for c in verb.children):
        return True  # "said it was *willing* to leave"
    if verb.dep_ == "ccomp" and verb.head.lemma_ in words_under("saying") and verb.lemma_ == "be":
        # "the army said it was not to blame"; not "said it was clear that …"
        clauses = [*verb.children, *(g for c in verb.children if c.dep_ == "acomp" for g in c.children)]
        return not any(c.dep_ == "ccomp" or (c.dep_ == "xcomp" and c.head.dep_ == "acomp") for c in clauses)
    if verb.lemma_ == "take":  # "it *took* control of the port"; not "it took two hours to …"
        return any(_is_taken(c) for c in verb.children if c.dep_ == "dobj")
    return (
        verb.pos_ == "VERB"
        and verb.lemma_ not in words.impersonal
        and not any(c.dep_ == "ccomp" for c in verb.children)
    )
