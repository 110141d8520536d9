"""What a text must hold for a rule of times to match at all, so that most rules need not be tried on most passages.

A rule with {MONTH} in it matches nothing in a passage that names no month. Such words are read off the pattern as
Python's own parser of expressions takes it apart; where that is not to be had, a rule needs nothing and is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, TypeAlias

DIGIT = "0"
"""Stands for any digit."""

# Letters that an expression without regard to case takes for these, and `str.lower` does not.
_ALIKE = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"})
_MOST = 600  # words in a set of which one is needed
_GRAM = 3
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_ANY_DIGIT = re.compile(r"\d")


Needs: TypeAlias = tuple[frozenset[str], ...]


def needs_of(pattern: str) -> Needs:
    """Sets of words in small letters (or `DIGIT`): every match of `pattern` holds a word of each."""
    try:
        from re import _parser  # type: ignore[attr-defined]  # Python 3.11 and later
    except ImportError:
        return ()
    return tuple(dict.fromkeys(_all_needs(_parser.parse(pattern, re.I))))


def _all_needs(items: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """The sets of words of which a sequence needs one each."""
    found: list[frozenset[str]] = []
    run: frozenset[str] | None = None
    for item in items:
        words = _spelled(item)
        if words is not None and run is not None and len(run) * len(words) <= _MOST:
            run = frozenset(a + b for a in run for b in words)
            continue
        found += [run] if run is not None else []
        run = words
        if words is None and str(item[0]) == "SUBPATTERN":
            found += _all_needs(item[1][-1])
        elif words is None and (inner := _inside(item)) is not None:
            found.append(inner)
    found += [run] if run is not None else []
    return [words for words in found if all(any(c.isalnum() for c in word) for word in words)]


def _needs(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The most telling of these sets."""
    return max(_all_needs(items), key=_weight, default=None)


def _weight(words: frozenset[str]) -> tuple[float, int]:
    """Long words tell more than short ones, few more than many."""
    return (min(len(word) if word != DIGIT else 2.5 for word in words), -len(words))


def _spelled(item: tuple[Any, Any]) -> frozenset[str] | None:
    """All that an item of an expression can stand for, in small letters, where that is a small set of words."""
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return frozenset({chr(value).lower()})
    if kind == "IN" and all(str(k) == "LITERAL" for k, _ in value):
        return frozenset(chr(v).lower() for _, v in value)
    if kind == "SUBPATTERN":
        return _spelled_in_turn(value[-1])
    if kind == "BRANCH":
        return _union([_spelled_in_turn(branch) for branch in value[1]])
    return None


def _spelled_in_turn(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    parts = [_spelled(item) for item in items]
    if any(part is None for part in parts):
        return None
    start: frozenset[str] = frozenset({""})
    found = reduce(lambda a, b: frozenset(x + y for x in a for y in b or ()) if len(a) <= _MOST else a, parts, start)
    return found if len(found) <= _MOST else None


def _inside(item: tuple[Any, Any]) -> frozenset[str] | None:
    """What an item needs that stands for more than a set of words."""
    kind, value = str(item[0]), item[1]
    if kind == "IN" and all(_is_digit(one) for one in value):
        return frozenset({DIGIT})
    if kind == "SUBPATTERN":
        return _needs(value[-1])
    if kind == "BRANCH":
        return _union([_needs(branch) for branch in value[1]])
    if kind in _REPEATS and value[0] >= 1:
        return _needs(value[2])
    if kind == "ASSERT":
        return _needs(value[1])
    return None


def _is_digit(one: tuple[Any, Any]) -> bool:
    kind, value = str(one[0]), one[1]
    if kind == "RANGE":
        return bool(ord("0") <= value[0] <= value[1] <= ord("9"))
    return str(value) == "CATEGORY_DIGIT" or (kind == "LITERAL" and chr(value).isdigit())


def _union(sets: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for one in sets:
        if one is None:
            return None
        found |= one
    return frozenset(found)


# ------------------------------------------------------------------------------------------------ what a text holds


def by_gram(needs: Iterable[Needs]) -> Mapping[str, tuple[str, ...]]:
    """All words that are needed, by their first letters."""
    words = sorted({word for one in needs for choice in one for word in choice})
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:_GRAM], []).append(word)
    return {gram: tuple(sharing) for gram, sharing in found.items()}


def held(text: str, words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Those of the words (`by_gram`) that `text` holds anywhere, even within a longer word."""
    small = text.translate(_ALIKE).lower()
    grams = {small[n : n + _GRAM] for n in range(len(small))}
    found = {word for gram in grams & words.keys() for word in words[gram] if word in small}
    found |= {word for gram in words.keys() - grams if len(gram) < _GRAM for word in words[gram] if word in small}
    return frozenset(found | {DIGIT} if _ANY_DIGIT.search(text) else found - {DIGIT})
