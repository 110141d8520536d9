"""Slips of the parser on what a deed's subject is: the blow, and not who it came from or whom it hit (see `slips`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from khaldun.knowledge import word_list

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_FREE = frozenset(("ROOT", "ccomp"))
_WITHIN = frozenset(("pobj", "prep", "pcomp"))
_AUXILIARY = frozenset(("aux", "auxpass", "nsubj", "nsubjpass"))


@cache
def _blows() -> frozenset[str]:
    return word_list("lexicons/en/slips.yaml", "blows")


@cache
def harming() -> frozenset[str]:
    """Verbs of doing people harm."""
    return word_list("lexicons/en/actors.yaml", "harm")


@cache
def _ascribing() -> frozenset[str]:
    return word_list("lexicons/en/carriers.yaml", "ascribing")


def _give_back_blows(word: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Drone strikes* on the camp killed nine": a subject or object is no verb."""
    _give_back_gerund(word, tokens, heads)
    if word.tag_ != "VBZ" or word.lower_ not in _blows():
        return
    word.tag_, word.pos_, word.lemma_ = "NNS", "NOUN", word.lower_.removesuffix("s")
    for before in tokens[word.sent.start : word.i]:
        if heads[before.i] == word.i and before.dep_ in ("nsubj", "dobj", "advmod"):
            before.dep_ = "compound"


def _give_back_gerund(owner: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "*Government shelling* killed four": a participle that helps no verb, and so the subject beside its owner."""
    if owner.i + 1 >= len(tokens) or owner.dep_ != "nsubj":
        return
    deed = tokens[owner.i + 1]
    if deed.tag_ != "VBG" or deed.dep_ != "aux" or deed.lemma_ in ("have", "be") or heads[deed.i] != heads[owner.i]:
        return
    deed.tag_, deed.pos_, deed.lemma_, deed.dep_ = "NN", "NOUN", deed.lower_, "nsubj"
    owner.dep_, heads[owner.i] = "compound", deed.i


def _give_back_means(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Her brother was hurt *by shelling* in Nikopol": what harms somebody, and nobody who shells."""
    by = tokens[heads[deed.i]]
    if deed.tag_ != "VBG" or by.dep_ != "agent" or any(t.dep_ == "dobj" and heads[t.i] == deed.i for t in tokens):
        return
    deed.tag_, deed.pos_, deed.lemma_, deed.dep_ = "NN", "NOUN", deed.lower_, "pobj"


def _give_back_main_verb(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Air *strikes* by the coalition *killed* nine people", read as a coalition that was killed: what is done to
    somebody has no object of its own."""
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_ not in harming():
        return
    mine = [t for t in tokens[verb.sent.start : verb.sent.end] if heads[t.i] == verb.i]
    if any(t.dep_ in _AUXILIARY or t.dep_ == "agent" for t in mine):
        return
    if not any(t.dep_ == "dobj" and t.i > verb.i for t in mine):
        return
    top = tokens[heads[verb.i]]
    while top.dep_ in _WITHIN and heads[top.i] < top.i:
        top = tokens[heads[top.i]]
    if top.dep_ not in _FREE or top.pos_ != "NOUN" or top.i > verb.i:
        return
    heads[verb.i], verb.dep_, verb.tag_ = (verb.i if heads[top.i] == top.i else heads[top.i]), top.dep_, "VBD"
    heads[top.i], top.dep_ = verb.i, "nsubj"
    for other in tokens[verb.i + 1 : verb.sent.end]:
        if heads[other.i] == top.i:
            heads[other.i] = verb.i


def _give_back_blamed(deed: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Blamed the attack *on the front*": who is blamed, and not what was attacked."""
    verb = tokens[heads[deed.i]]
    if deed.pos_ != "NOUN" or verb.lemma_ not in _ascribing():
        return
    behind = [t for t in tokens[deed.i + 1 : deed.sent.end] if t.dep_ == "prep" and t.lower_ in ("on", "to", "down")]
    if len(behind) == 1 and behind[0].lower_ == "on" and heads[behind[0].i] == deed.i:
        heads[behind[0].i] = verb.i


def _give_back_relative(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The leaders *assassinated by the front* in June *had* ties to others": who has an agent is not what did it, and
    nothing joins the two verbs."""
    first = tokens[heads[verb.i]]
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or first.tag_ not in ("VBD", "VBN") or first.i > verb.i:
        return
    mine = [t for t in tokens[verb.sent.start : verb.i] if heads[t.i] == first.i]
    subject = next((t for t in mine if t.dep_ == "nsubj"), None)
    if subject is None or not any(t.dep_ == "agent" for t in mine) or any(t.dep_ in ("cc", "auxpass") for t in mine):
        return
    if any(t.dep_ in ("nsubj", "nsubjpass") and heads[t.i] == verb.i for t in tokens[first.i : verb.i]):
        return
    verb.dep_, heads[verb.i] = first.dep_, (verb.i if heads[first.i] == first.i else heads[first.i])
    first.dep_, first.tag_, heads[first.i] = "acl", "VBN", subject.i
    heads[subject.i] = verb.i


BLOWS_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "nsubj": _give_back_blows,
    "conj": _give_back_relative,
    "dobj": _give_back_blamed,
    "pcomp": _give_back_means,
    "pobj": _give_back_blows,
    "acl": _give_back_main_verb,
}
"""What mends the slips at a word, by its function."""
