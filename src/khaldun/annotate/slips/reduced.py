"""Slips of the parser at participles without "that was": what a noun underwent, told right behind it (see `slips`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.annotate.reading.nouns import read_noun
from khaldun.knowledge import word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PASSIVE = frozenset({"auxpass", "nsubj", "nsubjpass", "aux"})


def _hang_on_noun(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Were killed by *bombs dropped* by helicopters": the bombs were dropped, and no second verb goes on."""
    noun = tokens[word.i - 1] if word.i else None
    if noun is None or word.tag_ not in ("VBD", "VBN") or noun.tag_ not in _NOUNS or noun.dep_ != "pobj":
        return
    if noun.sent.start != word.sent.start or heads[word.i] >= noun.i or tokens[heads[word.i]].tag_ != "VBN":
        return
    if _hangs_on(noun.i, word.i, heads):
        return
    own = [t for t in tokens[word.sent.start : word.sent.end] if heads[t.i] == word.i]
    if any(t.dep_ in _PASSIVE for t in own) or not any(t.dep_ == "agent" and t.i == word.i + 1 for t in own):
        return
    word.tag_, word.dep_, heads[word.i] = "VBN", "acl", noun.i


def _hangs_on(below: int, above: int, heads: Sequence[int]) -> bool:
    """True where the word numbered `below` is part of the phrase of the other."""
    while heads[below] != below and below != above:
        below = heads[below]
    return below == above


def _make_noun(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Was killed in *the warplanes' targeting of* a school", "the targeting by jets of a depot": a deed told as a
    noun, since it has a possessor or an article, and "of" or "by" behind it."""
    if word.tag_ != "VBG" or word.lower_ not in _deeds_done() or word.i + 1 >= len(tokens):
        return
    before = [t for t in tokens[word.sent.start : word.i] if heads[t.i] == word.i]
    if tokens[word.i + 1].lower_ in ("of", "by") and any(t.dep_ in ("poss", "det") for t in before):
        word.tag_, word.pos_, word.lemma_ = "NN", "NOUN", word.lower_


def _hang_on_body(clause: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*The government* of Omar Saleh, *which condemned* the raid": "which" is no person, but the body before."""
    name = tokens[heads[clause.i]]
    if name.pos_ != "PROPN" or name.dep_ not in ("pobj", "compound", "nmod") or name.i > clause.i:
        return
    if not any(t.lower_ == "which" and heads[t.i] == clause.i for t in tokens[name.i + 1 : clause.i]):
        return
    of = tokens[heads[name.i]]
    if of.lower_ != "of" or heads[of.i] == of.i or heads[of.i] > of.i:
        return
    reading = read_noun(tokens[heads[of.i]].text)
    if reading is not None and reading.type in _BODIES and not reading.plural:
        heads[clause.i] = heads[of.i]


_BODIES = frozenset({"government", "armed_group", "organisation", "state_force"})


@cache
def _deeds_done() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "done_to_somebody")


REDUCED_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "conj": _hang_on_noun,
    "relcl": _hang_on_body,
    "pobj": _make_noun,
    "nsubj": _make_noun,
    "nsubjpass": _make_noun,
    "dobj": _make_noun,
}
"""What mends the slips at a word, by its function."""
