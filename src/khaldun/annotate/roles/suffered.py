"""Who suffered it, by a verb of having or of bringing about: "*had* their offices looted", "led to the death of"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from khaldun.annotate.grammar.passives import having_done
from khaldun.annotate.grammar.syntax import conjuncts
from khaldun.annotate.reading.nouns import read_noun
from khaldun.annotate.tables.clause_words import clause_words
from khaldun.annotate.tables.toll_words import by_verb, by_word, toll_words
from khaldun.annotate.words import Token

_TO = frozenset({"to", "in"})
_CLAUSES = frozenset({"relcl", "advcl", "acl", "conj", "ccomp"})
_FLAT = frozenset({"prep", "pobj", "dobj", "amod", "compound", "nummod", "appos", "npadvmod", "advmod"})


def havers_of(deed: Token) -> tuple[Token, ...]:
    """Who had it done to what is theirs: "*two charities* had their premises looted"."""
    having = having_done(deed)
    if having is None or deed.lemma_ in by_verb():
        return ()  # "the president *had his rivals arrested*": he ordered it
    subject = next((c for c in having.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    had = (
        deed.head if deed.dep_ == "acl" else next((c for c in deed.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    )
    people = read_noun(had.text) if had is not None else None
    if people is not None and people.type not in _BODIES:
        return ()
    return conjuncts(subject) if subject is not None else ()


_BODIES = frozenset({"organisation", "government"})
"""What "offices" may be read as too."""


def has_had_done(people: Token) -> bool:
    """ "*Families* had their homes torched"."""
    if people.dep_ not in {"nsubj", "nsubjpass"} or people.head.lemma_ not in clause_words().had_done:
        return False
    behind = (c for c in people.head.rights if c.dep_ in {"ccomp", "dobj"})
    return any(bool(havers_of(t)) for c in behind for t in (c, *c.rights) if t.tag_ in {"VBN", "VBD"})


def harm_told(verb: Token) -> Iterator[Token]:
    """The verbs that say what harm came of what a verb tells, itself among them: "shells fell on two posts, which
    *led to* the injury of five soldiers", "the raid *caused* the death of"."""
    for clause in (verb, *_clauses_below(verb)):
        if clause.lemma_ in toll_words().bringing and any(map(is_harm, _brought(clause))):
            yield clause


def those_harmed(clause: Token) -> Iterator[Token]:
    """Whom such a verb tells of: "led to the injury of *five soldiers*"."""
    for noun in filter(is_harm, _brought(clause)):
        for of in (c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"):
            yield from (each for t in of.children if t.dep_ == "pobj" for each in conjuncts(t))


def is_harm(noun: Token) -> bool:
    """ "The *death* of", "the *injury* of"."""
    word = noun.lemma_.lower()
    return word in toll_words().losses or (noun.pos_ == "NOUN" and by_word().get(word) in {"killed", "injured"})


def is_brought_to_harm(people: Token) -> bool:
    """ "Which led to the injury of *five soldiers*", "causing the death of *a nurse*"."""
    noun = people.head.head if people.dep_ == "pobj" and people.head.lower_ == "of" else None
    if noun is None or not is_harm(noun):
        return False
    while noun.dep_ == "conj":
        noun = noun.head
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in _TO else noun.head
    return above.pos_ == "VERB" and above.lemma_ in toll_words().bringing


def _brought(verb: Token) -> Iterable[Token]:
    """What a verb brings about: "led to *the death*", "causing *the death and injury* of"."""
    found = [c for c in verb.children if c.dep_ == "dobj"]
    found += [g for c in verb.children if c.dep_ == "prep" and c.lower_ in _TO for g in c.children]
    return [each for t in found for each in conjuncts(t)]


def _clauses_below(verb: Token) -> Iterator[Token]:
    """The clauses that say what came of it, whatever word of the clause the parser hangs them on."""
    for word in verb.rights:
        if word.dep_ in _CLAUSES and word.pos_ == "VERB":
            yield word
        elif word.dep_ in _FLAT:
            yield from _clauses_below(word)
