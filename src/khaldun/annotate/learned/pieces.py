"""Text in word pieces with their places, and the windows in which the encoder reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

PARAGRAPH_BREAK = 1
"""The vocabulary's first unused piece stands where the text has a line break: headlines and turns of speech."""

CLS, SEP = 101, 102

WINDOW = 192
"""Word pieces read at once, without the two marks at the ends."""

MARGIN = 16
"""Pieces at each end of a window whose reading is left to the neighbouring window."""

_WORD = re.compile(r"[A-Za-z0-9]++(?![^ -~])|[!-/:-@\\-`{-~]|[^ ]+")
"""What the tokeniser takes apart by itself: a plain word, a plain mark ("[" may open one of its own), else all up to
the next blank."""

_COLUMNS = 5
_BREAK_ROW = (PARAGRAPH_BREAK, 0, 0, False, 0)

_SHORTEST_BROKEN, _LONGEST_BROKEN = 50, 140
"""How long the longest line of a paragraph is that was broken by hand."""

_FARTHER = np.array([1, 2, 3, 4, 5, 7, 10, 14, 21, 33, 65])
"""The distances at which the next bucket begins."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a text: vocabulary ids, [start, end) in code points, is it a word's first, how it is written."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.bool_]
    case: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


def cut(text: str, tokenizer: Tokenizer, regions: Sequence[tuple[int, int]] | None = None) -> Pieces:
    """The pieces of `text`, or of its `regions` only, with a mark at each line break.

    How words are written is not told for a line wholly in capitals, where it says nothing.
    """
    rows: list[tuple[int, ...]] = []
    places: list[int] = []
    for start, end in regions if regions is not None else [(0, len(text))]:
        for at, line in _lines(text, start, end):
            told = not line.isupper()
            if rows:
                rows.append(_BREAK_ROW)
                places.append(at)
            for found in _WORD.finditer(line):
                rows.append(_word_rows(tokenizer, found.group(), told))
                places.append(at + found.start())
    counts = [len(row) // _COLUMNS for row in rows]
    table = np.fromiter(chain.from_iterable(rows), np.int64, _COLUMNS * sum(counts)).reshape(-1, _COLUMNS)
    table[:, 1:3] += np.repeat(np.array(places, dtype=np.int64), counts)[:, None]
    return Pieces(table[:, 0], table[:, 1], table[:, 2], table[:, 3].astype(bool), table[:, 4])


def windows(count: int, *, offset: int = 0, margin: int = MARGIN) -> Iterator[tuple[int, int]]:
    """[start, end) of windows over `count` pieces that share 2 * `margin`; the first is shortened by `offset`."""
    start = 0
    end = min(count, WINDOW - offset)
    while True:
        yield start, end
        if end >= count:
            return
        start = end - 2 * margin
        end = min(count, start + WINDOW)


def distance_bucket(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 to 22 for signed distances: 0 is the anchor's place 11; near ones exactly, far ones by doubling."""
    size = np.searchsorted(_FARTHER, np.abs(steps), side="right")
    return 11 + np.sign(steps) * size


@lru_cache(maxsize=65_536)
def written(word: str) -> int:
    """1 lower, 2 title, 3 upper, 4 mixed (see `labels.CASES`, which starts at 0)."""
    if word.islower() or not any(c.isalpha() for c in word):
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() and not any(c.isupper() for c in word[1:]) else 4


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The lines that the text means: one that was broken by hand within a sentence goes on with the next."""
    at = start
    for _, block in groupby(text[start:end].split("\n"), lambda line: bool(line.strip())):
        line, *rest = block
        longest = max(len(line), *map(len, rest)) if rest else 0
        last = line
        for following in rest:
            if _is_broken(last, following, longest):
                line += " " + following
            else:
                yield at, line
                at += len(line) + 1
                line = following
            last = following
        if line.strip():
            yield at, line
        at += len(line) + 1


def _is_broken(line: str, following: str, longest: int) -> bool:
    """True where the next word would not have fitted on the line, which ends in a word."""
    if not _SHORTEST_BROKEN <= longest <= _LONGEST_BROKEN or not (own := line.rstrip())[-1:].isalnum():
        return False
    word = following.split(maxsplit=1)[0:1]
    return bool(word) and word[0][0].isalnum() and len(own) + 1 + len(word[0]) > longest


@lru_cache(maxsize=65_536)
def _word_rows(tokenizer: Tokenizer, word: str, told: bool) -> tuple[int, ...]:
    """The pieces of a word, five numbers each: id, start and end within the word, is it the first, how it is written.

    The tokeniser takes a word apart whatever stands round it, and as long for a line as for its words.
    """
    encoding = tokenizer.encode(word, add_special_tokens=False)
    rows: list[int] = []
    case = 0
    tokens, spans = encoding.tokens, encoding.offsets  # each look at them makes a new list
    for index, (piece, token, (start, end)) in enumerate(zip(encoding.ids, tokens, spans, strict=True)):
        first = not token.startswith("##")
        if first and told:
            case = written(word[start : _word_end(tokens, spans, index)])
        rows += (piece, start, end, first, case)
    return tuple(rows)


def _word_end(tokens: Sequence[str], spans: Sequence[tuple[int, int]], index: int) -> int:
    last = index
    while last + 1 < len(tokens) and tokens[last + 1].startswith("##"):
        last += 1
    return spans[last][1]
