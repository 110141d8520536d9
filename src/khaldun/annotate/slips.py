"""Slips of the parser that are mended where its words are copied, before a rule reads them.

A slip is mended here, and not in the rules, where it would mislead many of them: whose words they are, what was done
to whom, how many. Each is one construction with a sentence in `tests/annotate/test_slips.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khaldun.annotate.words import Token


def mended(tokens: Sequence[Token], heads: list[int]) -> list[int]:
    """The heads, by number, with slips mended; the dependency labels of the words concerned are set anew."""
    for subject in tokens:
        if subject.dep_ == "nsubj" and heads[subject.i] > subject.i:
            _give_back_object(subject, tokens, heads)
    return heads


def _give_back_object(subject: Token, tokens: Sequence[Token], heads: list[int]) -> None:
    """ "…, *killing* at least nine *people*, the National *Observatory* for Relief said": the people are no subject in
    apposition to the observatory but whom the killing hit."""
    deed = _before_phrase(subject.i, heads)
    if deed < 0 or tokens[deed].tag_ != "VBG" or tokens[deed].dep_ not in ("advcl", "acl", "conj"):
        return
    told = heads[subject.i]
    hanging = [t for t in tokens[subject.i + 1 : told] if heads[t.i] == subject.i]
    speaker = next((t for t in hanging if t.dep_ == "appos"), None)
    parted = speaker is not None and any(t.text == "," for t in hanging if t.i < speaker.i)
    if speaker is None or not parted or any(heads[t.i] == deed and t.dep_ == "dobj" for t in tokens):
        return
    heads[subject.i], subject.dep_ = deed, "dobj"
    heads[speaker.i], speaker.dep_ = told, "nsubj"
    for mark in hanging:
        if mark.is_punct:
            heads[mark.i] = told


def _before_phrase(at: int, heads: Sequence[int]) -> int:
    """The number of the word before all that hangs on `at` from the left."""
    start = at
    while start and start - 1 < heads[start - 1] <= at:
        start -= 1
    return start - 1
