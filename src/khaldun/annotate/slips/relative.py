"""Slips of the parser on clauses that hang on another: a relative clause taken for an object, an infinitive for an aim
(see `slips`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.knowledge import word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_OF_WHICH = frozenset(("dobj", "nsubj", "nsubjpass"))
_NEAR = 8
_ABLE = frozenset(("able", "unable"))
_OBJECTS_OF = frozenset(("dobj", "dative", "oprd"))


@cache
def _reaching() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "reaching")


_OBJECTS = frozenset(("dobj", "pobj", "nsubjpass"))


def _give_back_relative(clause: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Managed to break *the siege which* the group *had imposed* on the base": a clause that "which" opens tells of
    the noun before it, and is nothing that anybody breaks."""
    above = tokens[heads[clause.i]]
    which = next((t for t in tokens[above.i + 1 : clause.i] if t.lower_ == "which" and heads[t.i] == clause.i), None)
    if which is None or which.dep_ not in _OF_WHICH or above.pos_ != "VERB":
        return
    noun = tokens[which.i - 1]
    if noun.pos_ == "NOUN" and noun.dep_ in _OBJECTS and noun.i > above.i:
        heads[clause.i], clause.dep_ = noun.i, "relcl"


def _make_sufferer(aux: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Women *whom* he said *were beheaded* by the attackers": the subject of a passive suffers it."""
    verb = heads[aux.i]
    for word in tokens[max(0, verb - _NEAR) : verb]:
        if word.lower_ == "whom" and word.dep_ == "nsubj" and heads[word.i] == verb:
            word.dep_ = "nsubjpass"


def _give_back_reaching(infinitive: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The rebels *managed* on Tuesday *to sink* a boat": a verb of managing has its infinitive, whatever day stands
    between them, and is no participle that tells which rebels."""
    verb = tokens[heads[infinitive.i]]
    able = next((t for t in tokens[verb.i + 1 : infinitive.i] if t.lower_ in _ABLE and heads[t.i] == verb.i), None)
    if able is not None and infinitive.tag_ == "VB" and tokens[infinitive.i - 1].lower_ == "to":
        heads[infinitive.i], infinitive.dep_ = able.i, "xcomp"  # "has been *able* since Monday *to recapture* two"
        return
    if verb.lemma_ not in _reaching() or infinitive.tag_ != "VB" or not verb.i < infinitive.i <= verb.i + _NEAR:
        return
    if any(t.dep_ in _OBJECTS_OF and heads[t.i] == verb.i for t in tokens[verb.i + 1 : infinitive.i]):
        return
    if tokens[infinitive.i - 1].lower_ != "to":
        return
    infinitive.dep_ = "xcomp"
    doer = tokens[heads[verb.i]]
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and doer.dep_ == "ROOT" and doer.i < verb.i:
        heads[verb.i], verb.dep_, verb.tag_ = verb.i, "ROOT", "VBD"
        heads[doer.i], doer.dep_ = verb.i, "nsubj"
        for other in tokens[verb.i + 1 : verb.sent.end]:
            if heads[other.i] == doer.i:
                heads[other.i] = verb.i


def _make_verb(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The base that rebels *had overrun* in May": a participle that the tagger takes for what somebody had."""
    had = tokens[heads[word.i]]
    if word.lower_ != "overrun" or had.lemma_ != "have" or had.i != word.i - 1:
        return
    word.tag_, word.pos_, word.dep_ = "VBN", "VERB", had.dep_
    heads[word.i] = heads[had.i] if heads[had.i] != had.i else word.i
    for other in tokens[word.sent.start : word.sent.end]:
        if heads[other.i] == had.i and other.i not in {had.i, word.i}:
            heads[other.i] = word.i
    heads[had.i], had.dep_, had.pos_ = word.i, "aux", "AUX"


RELATIVE_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "ccomp": _give_back_relative,
    "auxpass": _make_sufferer,
    "advcl": _give_back_reaching,
    "dobj": _make_verb,
}
"""What mends the slips at a word, by its function."""
