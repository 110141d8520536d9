"""The words of `lexicons/en/modality.yaml`, and what one of them makes of the clause or phrase that it governs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from khaldun.annotate.words import Token
from khaldun.knowledge import load_data, word_list

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_GOVERNED = frozenset("xcomp ccomp acl relcl pcomp advcl prep pobj dobj csubj csubjpass nsubjpass".split())
# Prepositions, or what stands before them, below which a deed is one that was not done.
_INSTEAD = {"without": "", "of": "instead", "than": "rather"}
_BARELY = {"short": "of", "close": "to", "near": "to", "far": "from", "incapable": "of"}
_ABSENT = frozenset({"no", "zero", "little", "scant"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables by reading."""

    governors: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    traces: frozenset[str]
    predicates: dict[str, frozenset[str]]
    adverbs: dict[str, frozenset[str]]
    modals: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    conditions: frozenset[str]
    openings: tuple[str, ...]
    """The conditions with a blank before each, as they end what stands before a clause."""
    contents: frozenset[str]
    """Nouns with a clause that tells what they are about: a plan *to attack*, fears *that* …"""


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    data: Any = load_data("lexicons/en/modality.yaml")
    nouns = _by_reading(data["nouns"])
    return Lexicon(
        governors=_by_reading(data["governors"]),
        nouns=nouns,
        traces=frozenset(data["traces"]["lemmas"]),
        predicates=_sets(data["predicates"]),
        adverbs=_sets(data["adverbs"]),
        modals=_sets(data["modals"]),
        adjectives=_sets(data["adjectives"]),
        conditions=frozenset(data["conditions"]),
        openings=tuple(f" {words}" for words in data["conditions"]),
        contents=frozenset().union(*nouns.values()),
    )


def _by_reading(rows: Any) -> dict[str, frozenset[str]]:
    return {row["reading"]: frozenset(row["lemmas"]) for row in rows}


def _sets(table: Any) -> dict[str, frozenset[str]]:
    return {reading: frozenset(words) for reading, words in table.items()}


@cache
def _wanting() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "wanting")


@cache
def _fending() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "fending")


@cache
def _attempts() -> frozenset[str]:
    return word_list("lexicons/en/clauses.yaml", "attempts")


def of_modal(aux: Token, verb: Token) -> Iterator[str]:
    """What a modal makes of its verb."""
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    for reading, words in lexicon().modals.items():
        if aux.lower_ in words:
            # "would have attacked" did not happen; "could have killed" is possible either way
            yield "possible" if perfect or reading != "planned" else reading


def of_predicate(verb: Token) -> Iterator[str]:
    """What "is possible", "is a lie", "is due" makes of the subject or of the clause that follows."""
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd"}:
            lemma = child.lemma_.lower()
            yield from (reading for reading, words in lexicon().predicates.items() if lemma in words)


def is_condition(verb: Token) -> bool:
    """True for the verb of a clause with "if" or the like at its head."""
    return any(c.dep_ == "mark" and c.lower_ in lexicon().conditions for c in verb.children)


def governed(word: Token, below: Token) -> Iterator[str]:
    """What a governing verb, adjective or noun makes of the clause or phrase below it."""
    if below.dep_ not in _GOVERNED and not (below.dep_ == "attr" and word.lemma_ == "be"):
        return
    if word.pos_ in {"ADP", "SCONJ"}:
        yield from _instead(word, below)
        return
    if below.dep_ == "advcl" and is_condition(below):
        return  # "if they attack, the talks will fail": the main clause governs nothing
    lemma = word.lemma_.lower()
    if lemma == "be" or lemma == "have":
        yield from _to_come(word, below)
        return
    if _BARELY.get(lemma) == below.lower_ and any(c.dep_ == "pcomp" for c in below.children):
        yield "negated"  # "stopped *short of* attacking", "came *close to* attacking"
        return
    nominal = word.pos_ in {"NOUN", "PROPN"}
    if (
        nominal and below.dep_ == "xcomp" and word.head is not word
    ):  # "told the *fighters* not to attack": it is the verb's
        yield from governed(word.head, below)
        return
    if nominal and lemma in lexicon().nouns["hedged"] and below.dep_ == "prep" and below.lower_ != "of":
        return  # "a report *on* the killing"
    if nominal and lemma in lexicon().traces and is_absent(word):
        yield "negated"
    if lemma == "able" and word.head.tag_ == "VBD":
        return  # "*was able to* take the hill" took it
    if lemma in _attempts():
        if _in_vain(word):
            yield "vain"
        return
    tables = lexicon().nouns if nominal else lexicon().governors
    if below.dep_ == "ccomp" and is_finite_past(below):
        # "threatened that", "announced that it had withdrawn": a past clause below a verb of saying has happened
        tables = {reading: words for reading, words in tables.items() if reading in {"feared", "possible"}}
    keys = {lemma, " ".join([lemma, *(c.lower_ for c in word.children if c.dep_ == "prt")])}  # "called off"
    for reading, words in tables.items():
        if keys & words and _reaches(reading, lemma, below):
            yield reading


def _reaches(reading: str, lemma: str, below: Token) -> bool:
    """Whether the reading is one for a phrase in that place: an object is planned by few verbs."""
    if below.dep_ == "nsubjpass":
        return reading == "negated" and below.lemma_ in lexicon().contents
    return below.dep_ != "dobj" or reading not in {"planned", "asked"} or wants_noun(lemma)


def wants_noun(lemma: str) -> bool:
    """Verbs whose very object is what is planned or asked: "planned an attack", "called for a ceasefire"."""
    return lemma in _wanting()


def _instead(preposition: Token, below: Token) -> Iterator[str]:
    """ "left *without* attacking", "shelled the town *instead of* storming it"."""
    before = _INSTEAD.get(preposition.lower_)
    if below.dep_ != "pcomp" or before is None:
        return
    if not before or (preposition.i and preposition.nbor(-1).lower_ == before):
        yield "negated"


def _to_come(verb: Token, below: Token) -> Iterator[str]:
    """ "Troops *are to* enter the town", "have *yet to* enter it", "it is *possible* that they entered it"."""
    to = next((c for c in below.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if verb.lower_ == "were" and to is not None and (verb.is_sent_start or verb.nbor(-1).is_punct):
        yield "conditional"  # "*Were* the army *to* attack the port, …"
    elif below.dep_ == "xcomp" and to is not None:
        if any(c.lower_ == "yet" and c.i < below.i for c in verb.children):
            yield "negated"
        elif verb.lemma_ == "be":
            yield "planned"
    elif verb.lemma_ == "be" and below.dep_ in {"ccomp", "csubj", "csubjpass", "attr"}:
        yield from of_predicate(verb)


def _in_vain(verb: Token) -> bool:
    """ "Tried *in vain* to", "tried to … *but failed*", "… *but were driven off*"."""
    butted = any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.children)
    for child in verb.children:
        if child.lower_ in {"unsuccessfully", "vainly"}:
            return True
        if child.dep_ == "conj" and (child.lemma_ == "fail" or (child.lemma_ in _fending() and butted)):
            return True
        if child.lower_ in {"in", "without"} and any(g.lower_ in {"vain", "success"} for g in child.children):
            return True
    return False


def is_absent(noun: Token) -> bool:
    """ "*No* sign", "did *not* find *any* sign"."""
    if any(c.lower_ in _ABSENT for c in noun.children):
        return True
    return noun.dep_ in {"dobj", "attr", "nsubj"} and any(c.dep_ == "neg" for c in noun.head.children)


def is_negative_phrase(token: Token) -> bool:
    """ "*Nobody*", "*no rebels*", "*neither* side"."""
    return (
        token.lower_ in {"nobody", "none", "nothing"}
        or token.lemma_ == "no one"
        or any(c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj"} for c in token.children)
    )


def is_finite_past(verb: Token) -> bool:
    """True for a verb in a tense that tells what has been or is."""
    if verb.tag_ in {"VBD"}:
        return True
    return any(
        c.dep_ in {"aux", "auxpass"} and c.lower_ in {"had", "was", "were", "have", "has", "is", "are", "'s"}
        for c in verb.children
    )
