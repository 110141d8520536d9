"""Reports of matches, where sides attack, defend and are beaten without arms: told by the words of sport and play."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from khaldun.annotate.words import Token, Tokens
from khaldun.knowledge import word_lists

_SCORE = re.compile(r"\d{1,2}[-–]\d{1,2}")
_KNOWN = "khaldun.contests"
"""Where a doc keeps which of its sentences tell of a match, by their first word."""
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class _Words:
    of_matches: frozenset[str]
    often_of_matches: frozenset[str]


@cache
def _words() -> _Words:
    return word_lists(_Words, "lexicons/en/figures.yaml")


def is_contest(sentence: Tokens) -> bool:
    """True for a sentence with a word that only sport has, or with two that it shares with other things."""
    known: dict[int, bool] = sentence.doc.user_data.setdefault(_KNOWN, {})
    if sentence.start not in known:
        known[sentence.start] = _tells_of_match(sentence)
    return known[sentence.start]


def _tells_of_match(sentence: Tokens) -> bool:
    """ "The visitors *attacked* from the first *whistle*", "won the *semi-final* 3-1"."""
    words = {t.lemma_.lower() for t in sentence if t.pos_ != "PROPN"}
    words |= {_around(t) for t in sentence if t.text == "-"}
    scores = any(t.like_num and _SCORE.fullmatch(t.text) for t in sentence)
    return bool(words & _words().of_matches) or len(words & _words().often_of_matches) + scores >= _ENOUGH


def _around(hyphen: Token) -> str:
    """The word that the tokenizer cut: "semi-final"."""
    within = hyphen.sent.start < hyphen.i < hyphen.sent.end - 1
    return f"{hyphen.nbor(-1).lower_}-{hyphen.nbor(1).lemma_.lower()}" if within else ""
