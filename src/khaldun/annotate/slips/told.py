"""Deeds that the parser gives to who tells of them.

"The ministry said on Tuesday that its forces had destroyed a bridge, *seized* the town and killed nine": the town was
seized by the forces, and not on the day on which it was told. Also deeds behind a clause about the doer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from khaldun.annotate.slips.speakers import hangs_on, presents

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_NO_MAIN = frozenset(("nsubj", "nsubjpass", "expl", "mark", "aux", "auxpass", "cc"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))


def _give_back_told(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "The army said its men had burned a bridge, *seized* a town and killed nine": done by the men."""
    cue = tokens[heads[verb.i]]
    if verb.tag_ not in ("VBD", "VBN") or cue.i > verb.i or cue is verb or presents(verb) or not presents(cue):
        return
    if not any(t.dep_ == "dobj" and heads[t.i] == verb.i for t in tokens[verb.i : verb.sent.end]):
        return
    if tokens[verb.i - 1].text != "," or _has(verb, tokens, heads, _SUBJECTS | {"mark", "aux", "auxpass"}):
        return
    told = next((t for t in tokens[cue.i + 1 : verb.i] if t.dep_ == "ccomp" and heads[t.i] == cue.i), None)
    if told is None or told.tag_ != "VBN" or not _has(told, tokens, heads, _SUBJECTS):
        return
    had = any(t.dep_ == "aux" and t.lemma_ == "have" and heads[t.i] == told.i for t in tokens[cue.i : told.i])
    if had and any(t.lower_ == "and" and t.dep_ == "cc" for t in tokens[verb.i : verb.sent.end]):
        heads[verb.i], verb.dep_, verb.tag_ = told.i, "conj", "VBN"


def _has(verb: Token, tokens: Sequence[Token], heads: list[int], functions: frozenset[str]) -> bool:
    return any(heads[t.i] == verb.i and t.dep_ in functions for t in tokens[verb.sent.start : verb.i])


def _give_back_main(clause: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Angola, which brokered the truce, *offered* to host talks": what Angola did, behind what is said of it."""
    noun, sentence = tokens[heads[clause.i]], clause.sent
    cue = tokens[heads[noun.i]]
    said = noun.dep_ in ("dobj", "ccomp", "pobj", "nsubj", "appos", "conj") and cue.i < noun.i and presents(cue)
    if not (noun.dep_ == "ROOT" or said) or noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.i > clause.i:
        return
    if not any(t.tag_ in ("WDT", "WP", "WP$") and hangs_on(t.i, clause.i, heads) for t in tokens[noun.i : clause.i]):
        return
    behind = tokens[clause.i + 2 : sentence.end]
    verb = next((t for t in behind if t.tag_ in ("VBD", "VBN") and tokens[t.i - 1].text == ","), None)
    if verb is None or not hangs_on(verb.i, noun.i, heads) or _has(verb, tokens, heads, _NO_MAIN):
        return
    if verb.tag_ == "VBN" and verb.dep_ != "amod" and not _has_behind(verb, tokens, heads):
        return  # "a fighter, who joined in 2012, *killed* in Raqqa"
    _make_main(verb, noun, tokens, heads)


def _make_main(verb: Token, noun: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    held = tokens[heads[verb.i]] if verb.dep_ == "amod" else None
    for token in tokens[verb.i + 1 : verb.sent.end]:
        if token is held:  # "*captured* Masisi", read as a captured Masisi
            heads[token.i], token.dep_ = verb.i, "dobj"
        elif heads[token.i] < verb.i:
            heads[token.i] = verb.i
    for token in tokens[verb.sent.start : noun.i]:
        if heads[token.i] == noun.i and token.dep_ in ("prep", "advmod", "advcl", "npadvmod", "mark", "punct"):
            heads[token.i] = verb.i
    above = (verb.i, "ROOT") if noun.dep_ == "ROOT" else (heads[noun.i], "ccomp")
    (heads[verb.i], verb.dep_), verb.tag_, verb.pos_ = above, "VBD", "VERB"
    heads[noun.i], noun.dep_ = verb.i, "nsubj"


def _has_behind(verb: Token, tokens: Sequence[Token], heads: list[int]) -> bool:
    """An object, or whom one "*clashed with*" or "*called for*", and nobody by whom it was done."""
    behind = [t for t in tokens[verb.i + 1 : verb.sent.end] if heads[t.i] == verb.i]
    if any(t.dep_ == "agent" for t in behind):
        return False
    with_whom = verb.text.endswith("ed") and tokens[verb.i + 1].lower_ in ("for", "with", "against", "from")
    return with_whom or any(t.dep_ in ("dobj", "xcomp", "ccomp") for t in behind)


def _give_back_listed(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "Destroyed a bridge, *captured* Azaz and freed two hostages": one deed of three, and no bridge's."""
    noun = tokens[heads[verb.i]]
    first = tokens[heads[noun.i]]
    if verb.tag_ not in ("VBD", "VBN") or tokens[verb.i - 1].text != "," or noun.dep_ != "dobj" or noun.i > verb.i:
        return
    behind = [t.dep_ for t in tokens[verb.i : verb.sent.end] if heads[t.i] == verb.i]
    if {"dobj", "cc", "conj"} <= set(behind) and "agent" not in behind and first.tag_ in ("VBD", "VBN"):
        heads[verb.i], verb.dep_, verb.tag_ = first.i, "conj", first.tag_


TOLD_MENDED_AT: Mapping[str, Callable[[Token, Sequence[Token], list[int]], None]] = {
    "acl": _give_back_listed,
    "ccomp": _give_back_told,
    "conj": _give_back_told,
    "relcl": _give_back_main,
}
"""What mends the slips at a word, by its function."""
