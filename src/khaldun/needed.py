"""What a text must hold for an expression to match anywhere in it, so that most are never tried.

It is read off the pattern as Python's own parser of expressions takes it apart: no match of `(?:one|three) days? ago`
is without "one" or "three", without "day" and without "ago". To look for these takes a hundredth of a search's time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

_LEAST_LETTERS = 2
_MOST_WORDS = 50  # of one choice
_MOST_MARKS = 8  # of a set of characters
_MOST_CHOICES = 3
# Letters that an expression without regard to case takes for these, and `str.lower` does not.
_ALIKE = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})

Finder: TypeAlias = Callable[[str], Iterable[re.Match[str]]]
"""Finds the matches of an expression in a text, one after another."""

_Choice: TypeAlias = frozenset[tuple[str, bool]]
"""Stretches of letters one of which must be there, each with whether case is of no account."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Choices of letters, of each of which a text must hold one; the fewest first."""

    choices: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Each as printed, and in small letters."""

    def is_in(self, text: str, small: str | None = None) -> bool:
        """Whether a match is possible in a text; `small` is that text in small letters (`in_small`), where at hand."""
        for printed, folded in self.choices:
            if folded and small is None:
                small = in_small(text)
            if not _holds(text, printed) and (small is None or not _holds(small, folded)):
                return False
        return True


def _holds(text: str, stretches: Sequence[str]) -> bool:
    for letters in stretches:  # noqa: SIM110 - most choices are one or two: `any` would cost three times the time
        if letters in text:
            return True
    return False


def in_small(text: str) -> str:
    """A text in small letters, as an expression without regard to case reads it."""
    return text.lower() if text.isascii() else text.translate(_ALIKE).lower()


@cache
def needed(pattern: str, flags: int = 0) -> Needed:
    """What all texts hold in which a pattern matches; nothing where the parser of expressions is not to be had.

    The pattern is not compiled: that takes as long again, and most are never needed.
    """
    try:
        from re import _parser  # type: ignore[attr-defined]  # Python 3.11 and later
    except ImportError:
        return Needed(())
    parsed = _parser.parse(pattern, flags)
    found = sorted(set(_of_all(parsed, folded=bool(parsed.state.flags & re.I))), key=_cost)
    return Needed(tuple(map(_parted, found[:_MOST_CHOICES])))


def finder(pattern: re.Pattern[str]) -> Finder:
    """What `pattern.finditer` does, sooner where there is nothing to find."""
    least = needed(pattern.pattern, pattern.flags)
    return lambda text: pattern.finditer(text) if least.is_in(text) else ()


def _cost(choice: _Choice) -> tuple[int, int, Sequence[tuple[str, bool]]]:
    """The fewest first, of as many the longest."""
    return len(choice), -min(len(letters) for letters, _ in choice), sorted(choice)


def _parted(choice: _Choice) -> tuple[tuple[str, ...], tuple[str, ...]]:
    printed = tuple(sorted(letters for letters, folded in choice if not folded))
    return printed, tuple(sorted(letters for letters, folded in choice if folded))


def _of_all(items: Iterable[tuple[Any, Any]], *, folded: bool) -> Iterator[_Choice]:
    """The choices that a sequence needs, those of each of its items."""
    letters = ""
    for kind, value in items:
        if kind.name == "LITERAL":
            letters += chr(value)
            continue
        yield from _of_letters(letters, folded=folded)
        letters = ""
        yield from _of_one(kind.name, value, folded=folded)
    yield from _of_letters(letters, folded=folded)


def _of_letters(letters: str, *, folded: bool) -> Iterator[_Choice]:
    stripped = letters.strip()
    if len(stripped) >= _LEAST_LETTERS or _is_mark(stripped):
        small = in_small(stripped)
        folds = folded and (small != stripped or small != stripped.upper())
        yield frozenset({(small if folds else stripped, folds)})


def _is_mark(letter: str) -> bool:
    """Whether it is one that not every text holds."""
    return letter not in " .," and not letter.isalnum()


def _of_one(kind: str, value: Any, *, folded: bool) -> Iterator[_Choice]:
    if kind == "SUBPATTERN":
        _, added, removed, inner = value
        yield from _of_all(inner, folded=(folded or bool(added & re.I)) and not removed & re.I)
    elif kind == "ATOMIC_GROUP" or (kind in _REPEATS and value[0] > 0):
        yield from _of_all(value if kind == "ATOMIC_GROUP" else value[2], folded=folded)
    elif kind == "IN":
        marks = [chr(mark) if each.name == "LITERAL" else "" for each, mark in value]
        if len(marks) <= _MOST_MARKS and all(map(_is_mark, marks)):
            yield frozenset((mark, False) for mark in marks)
    elif kind == "BRANCH":
        each = [min(_of_all(branch, folded=folded), key=_cost, default=None) for branch in value[1]]
        told = [choice for choice in each if choice is not None]
        whole = frozenset[tuple[str, bool]]().union(*told)
        if len(told) == len(each) and len(whole) <= _MOST_WORDS:
            yield whole
