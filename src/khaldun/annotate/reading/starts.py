"""Where a match of an expression may begin, so that it is tried at a few words and not at every character.

What a match can begin with is read off the pattern as Python's own parser of expressions takes it apart: "the last"
begins a match of a rule of times, "the town" does not. Where the parser is not to be had, or a pattern does not tell,
it is tried everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, TypeAlias

from khaldun.needed import in_small

DIGIT = "0"
"""Stands for any digit."""

GAP = " "
"""Stands for all that is between two words, and for the end of the text."""

_LONGEST = 10  # letters that are looked at
_OF_THE_NEXT = 2  # of these so many of the word that follows
_REMEMBERED = 20_000  # words with what follows
_PASSAGES = 128  # of one report, whose passages each list of patterns goes through
_MOST = 2_000  # beginnings that are told apart further
_ANY_DIGIT = re.compile(r"\d")
_BETWEEN = re.compile(r"\W+")
_PLACES = re.compile(rf"(\w+|(?<!\w)[^\w\s])(?=(\W*\w{{0,{_OF_THE_NEXT}}}))")
_FIRST_WORDS = re.compile(rf"\w+(?: \w{{0,{_OF_THE_NEXT}}})?")
# Letters behind which nothing more is looked at.
_FULL = re.compile(rf"\w{{{_LONGEST}}}|\w+\W+\w{{{_OF_THE_NEXT}}}")
_TEXT = "TEXT"
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_OF_NO_WIDTH = frozenset({"AT", "ASSERT", "ASSERT_NOT"})

# What a part of a pattern may begin with: the beginnings that what follows it prolongs, and those that are settled.
_Led: TypeAlias = tuple[frozenset[str], frozenset[str]]
_NOTHING: _Led = (frozenset({""}), frozenset())
_UNTOLD: _Led = (frozenset(), frozenset({""}))


@dataclass(frozen=True, slots=True)
class Starts:
    """Where a list of patterns may match, made by `starts_of`."""

    everywhere: tuple[int, ...]
    """The numbers of the patterns that may match anywhere."""
    opens: Callable[[str], bool]
    """Whether one of the others may match from a word or mark on, whatever follows it."""
    at: Callable[[str, str], tuple[int, ...]]
    """The numbers of those that may match from such a word or mark on, with what follows it."""
    _silent: set[str] = field(default_factory=set)
    """Words and marks from which none may match, as far as they have been met."""

    def in_text(self, text: str) -> Mapping[int, Sequence[int]]:
        """The places to try by the number of the pattern, leaving out those to be tried everywhere."""
        found: dict[int, list[int]] = defaultdict(list)
        places = _places(text)
        for word in places.keys() - self._silent:
            if self.opens(word):
                for start, following in places[word]:
                    for number in self.at(word, following):
                        found[number].append(start)
            else:
                self._hush(word)
        return {number: sorted(starts) for number, starts in found.items()}

    def _hush(self, word: str) -> None:
        if len(self._silent) >= _REMEMBERED:
            self._silent.clear()
        self._silent.add(word)


@lru_cache(maxsize=_PASSAGES)
def _places(text: str) -> Mapping[str, Sequence[tuple[int, str]]]:
    """The words of a text, and the marks that stand in front: where each stands, with what follows it."""
    found: dict[str, list[tuple[int, str]]] = {}
    for match in _PLACES.finditer(text):
        found.setdefault(match[1], []).append((match.start(), match[2]))
    return found


def starts_of(patterns: Sequence[str], parts: Mapping[str, str] | None = None) -> Starts:
    """Reads patterns whose matches begin and end within no word.

    `parts` are patterns that a letter in the others stands for. They are read once: the tables of months, numbers and
    units in each rule of times took .1 s at first use.
    """
    reader = _Reader(parts or {})
    told = [reader.beginnings(pattern) for pattern in patterns]
    by_letters: dict[str, list[int]] = {}
    for number, letters in enumerate(told):
        for beginning in letters or ():
            by_letters.setdefault(beginning, []).append(number)
    opening = {letters[: letters.find(GAP) + 1] or letters for letters in by_letters}

    @lru_cache(maxsize=_REMEMBERED)
    def opens(word: str) -> bool:
        letters = _first_letters(word + GAP)
        return any(letters[:n] in opening for n in range(1, len(letters) + 1))

    @lru_cache(maxsize=_REMEMBERED)
    def at(word: str, following: str) -> tuple[int, ...]:
        letters = _first_letters(word + following + GAP)
        found = {number for n in range(1, len(letters) + 1) for number in by_letters.get(letters[:n], ())}
        return tuple(sorted(found))

    return Starts(tuple(n for n, letters in enumerate(told) if letters is None), opens, at)


def finder(pattern: re.Pattern[str]) -> Callable[[str], Iterable[re.Match[str]]]:
    """What `pattern.finditer` does for a pattern whose matches begin and end within no word, and faster."""
    starts = starts_of([pattern.pattern])
    return (
        pattern.finditer if starts.everywhere else lambda text: matches(pattern, text, starts.in_text(text).get(0, ()))
    )


def matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> list[re.Match[str]]:
    """The matches one after another that begin at one of the places, which are in text order."""
    found: list[re.Match[str]] = []
    match_at, end = pattern.match, 0
    for place in places:
        if place >= end and (match := match_at(text, place)) is not None:
            end = match.end()
            found.append(match)
    return found


def beginnings(pattern: str) -> frozenset[str] | None:
    """The first letters, small, of all matches of a pattern; a mark in front stands alone for what it begins.

    None where a match may begin with anything.
    """
    return _Reader({}).beginnings(pattern)


def _first_letters(text: str) -> str:
    """The first word and what of the next is looked at; of a mark in front the mark alone."""
    plain = _ANY_DIGIT.sub(DIGIT, in_small(text[: 2 * _LONGEST]))
    words = _FIRST_WORDS.match(_BETWEEN.sub(GAP, plain))
    return words.group()[:_LONGEST] if words is not None else plain[:1]


# ------------------------------------------------------------------------------------------------ patterns


class _Reader:
    """Reads what patterns begin with; `parts` are patterns that a letter stands for."""

    def __init__(self, parts: Mapping[str, str]) -> None:
        self._first_letters = cache(_first_letters)  # for this list of patterns
        self._parts: dict[str, _Led] = {}
        for letter, pattern in parts.items():
            self._parts[letter] = self._led(pattern)

    def beginnings(self, pattern: str) -> frozenset[str] | None:
        """See `beginnings`."""
        prolonged, settled = self._led(pattern)
        found = frozenset(map(self._first_letters, {*settled, *(letters + GAP for letters in prolonged)}))
        return None if any(not letters or letters.isspace() for letters in found) else found

    def _led(self, pattern: str) -> _Led:
        try:
            from re import _parser  # type: ignore[attr-defined]  # Python 3.11 and later
        except ImportError:
            return _UNTOLD
        return self._in_turn(_parser.parse(pattern, re.I))

    def _in_turn(self, items: Iterable[tuple[Any, Any]]) -> _Led:
        """What a sequence begins with."""
        prolonged, settled = _NOTHING
        for kind, value in self._with_text(items):
            if not prolonged:
                break
            longer, ends = self._led_by(kind, value)
            if len(prolonged) * (len(longer) + len(ends)) > _MOST:
                settled |= prolonged - {""}
                prolonged &= {""}
            full = {letters: _FULL.match(letters) for letters in {a + b for a in prolonged for b in longer}}
            settled |= {_cut(a + b) for a in prolonged for b in ends}
            settled |= {match.group() for match in full.values() if match is not None}
            prolonged = frozenset(letters for letters, match in full.items() if match is None)
        return prolonged, settled

    def _with_text(self, items: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
        """The items by the names of their kinds; letters that stand for themselves in a row are one text."""
        text = ""
        for kind, value in items:
            if kind.name == "LITERAL" and not (letter := chr(value)).isdecimal() and letter not in self._parts:
                text += letter.lower()
                continue
            if text:
                yield _TEXT, text
            text = ""
            yield kind.name, value
        if text:
            yield _TEXT, text

    def _led_by(self, kind: str, value: Any) -> _Led:
        if kind == _TEXT:
            return frozenset({value}), frozenset()
        if kind == "LITERAL":
            return self._letter(chr(value))
        if kind == "IN":
            return _either(self._one_of(*choice) for choice in value)
        if kind == "SUBPATTERN":
            return self._in_turn(value[-1])
        if kind == "BRANCH":
            return _either(self._in_turn(branch) for branch in value[1])
        if kind in _REPEATS:
            return _repeated(value[0], value[1], self._in_turn(value[2]))
        return _NOTHING if kind in _OF_NO_WIDTH else _UNTOLD

    def _letter(self, letter: str) -> _Led:
        if letter in self._parts:
            return self._parts[letter]
        settled = letter.isdecimal()
        return (frozenset(), frozenset({DIGIT})) if settled else (frozenset({letter.lower()}), frozenset())

    def _one_of(self, kind: Any, value: Any) -> _Led:
        """One choice of a set of characters."""
        if kind.name == "LITERAL":
            return self._letter(chr(value))
        digits = kind.name == "RANGE" and chr(value[0]).isdecimal() and chr(value[1]).isdecimal()
        if digits or str(value) == "CATEGORY_DIGIT":
            return self._letter(DIGIT)
        return self._letter(GAP) if str(value) == "CATEGORY_SPACE" else _UNTOLD


def _cut(letters: str) -> str:
    full = _FULL.match(letters)
    return full.group() if full is not None else letters


def _repeated(least: int, most: int, inner: _Led) -> _Led:
    prolonged, settled = inner
    if most > 1 and not all(_BETWEEN.fullmatch(letters) for letters in prolonged):  # of a gap the length is no matter
        seen = None if least else 1  # what may be missing is told by its first letter, else the beginnings are too many
        prolonged, settled = frozenset(), frozenset(letters[:seen] for letters in prolonged | settled)
    return (prolonged | {""}, settled) if not least else (prolonged, settled)


def _either(choices: Iterable[_Led]) -> _Led:
    each = list(choices)
    return frozenset().union(*(a for a, _ in each)), frozenset().union(*(b for _, b in each))
