"""Lists of speakers that the parser takes for more of those whom a deed hit (see `slips`).

"…, killing nine soldiers, *officers and villagers* said": neither officers nor villagers were killed; it is they who
say so. The list is read off the surface: what stands between the last comma and the verb, and can speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from khaldun.annotate.slips_speakers import can_speak

if TYPE_CHECKING:
    from khaldun.annotate.words import Token

_IN_PHRASE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "ADP", "PART"))
_WORDS = frozenset(("DET", "ADJ", "NOUN", "PROPN"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN"))
_LONGEST = 9
_TRAILING = frozenset(("prep", "advcl", "npadvmod", "appos"))


def mend_speakers(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """Gives `verb`, one of saying, the list of speakers right before it."""
    start = verb.sent.start
    joined = _joined(verb, tokens)
    if joined is None or verb.tag_ not in _FINITE:
        return
    first, comma = joined
    if not any(t.pos_ == "VERB" for t in tokens[start:comma]):
        return  # "The army, *police and militia* said"
    mine = [t for t in tokens[start : verb.i] if heads[t.i] == verb.i]
    if any(t.dep_ in ("aux", "auxpass", "neg", "mark", "expl") for t in mine):
        return
    given = next((t for t in mine if t.dep_ in ("nsubj", "nsubjpass")), None)
    if given is not None and given.i > comma:
        _take_in(given, comma, tokens, heads)
        return
    if given is not None:
        deed = _deed_before(given, tokens, heads)
        if deed is None:
            return
        heads[given.i], given.dep_ = deed.i, "dobj"
    _list(first, verb, tokens, heads)
    for mark in (tokens[comma], *(t for t in tokens[verb.i + 1 : verb.sent.end] if t.is_punct)):
        heads[mark.i] = verb.i
    _put_over(verb, tokens, heads)


def _joined(verb: Token, tokens: Sequence[Token]) -> tuple[Token, int] | None:
    """The first of two speakers joined by "and" right before the verb, and the comma before them."""
    at, start = verb.i - 1, verb.sent.start
    if at <= start or tokens[at].pos_ not in ("NOUN", "PROPN") or not can_speak(tokens[at]):
        return None
    first = None
    for i in range(at, max(start, at - _LONGEST) - 1, -1):
        word = tokens[i]
        if word.text == ",":
            return (first, i) if first is not None and i > start else None
        if word.lower_ == "and" and first is None:
            first = tokens[i - 1]
            if first.pos_ not in ("NOUN", "PROPN") or not can_speak(first):
                return None
        elif word.pos_ not in _IN_PHRASE:
            return None
    return None


def _deed_before(given: Token, tokens: Sequence[Token], heads: Sequence[int]) -> Token | None:
    """ "*Killing* nine soldiers, officers and villagers said", where those killed are taken for speakers."""
    at = given.i
    while at > given.sent.start and (heads[at - 1] in range(at - 1, given.i + 1) or tokens[at - 1].pos_ == "ADV"):
        at -= 1
    deed = tokens[at - 1] if at > given.sent.start else given
    return deed if deed.tag_ == "VBG" else None


def _list(first: Token, verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    last = tokens[verb.i - 1]
    heads[first.i], first.dep_ = verb.i, "nsubj"
    heads[last.i], last.dep_ = first.i, "conj"
    for word in tokens[first.i + 1 : last.i]:
        if word.dep_ == "cc" or heads[word.i] > verb.i or heads[word.i] < first.i:
            heads[word.i] = first.i if word.dep_ == "cc" else last.i


def _take_in(given: Token, comma: int, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "…, *parents*, teachers and police said": the first of three, taken for something else."""
    speaker = tokens[comma - 1]
    at = comma - 1
    while at > given.sent.start and tokens[at].pos_ in _WORDS and comma - at <= 4:
        at -= 1
    alone = tokens[at].text == "," and speaker.pos_ == "NOUN" and at < comma - 1
    if not alone or speaker.dep_ not in ("conj", "appos", "npadvmod") or not can_speak(speaker):
        return
    heads[speaker.i], speaker.dep_ = heads[given.i], "nsubj"
    heads[given.i], given.dep_ = speaker.i, "conj"
    heads[at] = heads[comma] = heads[speaker.i]


def _put_over(verb: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """What was the top of the sentence is what is said; what follows the verb hangs on it."""
    top = verb.i
    while heads[top] != top:
        top = heads[top]
    if top == verb.i or top > verb.i or tokens[top].pos_ not in ("VERB", "AUX"):
        return
    heads[top], tokens[top].dep_ = verb.i, "ccomp"
    heads[verb.i], verb.dep_ = verb.i, "ROOT"
    for word in tokens[verb.i + 1 : verb.sent.end]:
        if heads[word.i] < verb.i and (word.is_punct or word.dep_ in _TRAILING):
            heads[word.i] = verb.i
