"""Where sentences may and may not begin, as far as the page shows it: told to the parser before it parses.

The parser decides the rest. A name behind a rank ("Marine *Maj.* Ann Lee") or a word in small letters behind a line
break begins no sentence; a line below a heading, and a line below one that ends in a full stop, does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from khaldun.knowledge import load_data

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\n": " ", "\r": " ", "\t": " ", "\u00a0": " "})
_CLOSED = re.compile(r"[.!?…][\"”’')\]]*\s*$")
_BREAK = re.compile(r"[ \t\r]*\n\s*")
# What the model knows of each kind: with the norm of "Gen." it reads "Cmdr." as part of a name.
_NORMS = {"titles": "gen.", "before_numbers": "no."}
_OPENING = "\"“«‘'([–—-•"
# A heading has at most so many characters, and at most this share of the paragraph's longest line.
_LONGEST_HEADING = 70
_HEADING_SHARE = 0.6
# Well above the sentences that reports write; set by hand, November 2026.
_LONGEST_SENTENCE, _GRACE = 220, 40
# As spaCy numbers them.
_BEGINS, _BEGINS_NOT = 1, -1
_STOPS = frozenset(".!?…")
LIST_MARKS = frozenset("-*•–—")
"""Marks that open an entry of a list, and are no sentence by themselves."""
_PAUSES = frozenset({",", ";", ":", "and"})
# Words that a heading does not end in, so that a line of a text broken by hand is none.
_GOES_ON = frozenset("a an and as at but by for from in into is of on or that the their to was were who with".split())


def prepared(text: str, nlp: Language) -> Doc:
    """The tokens of one paragraph as the parser gets them, with what is known of its sentences.

    The text has the same length: curly marks are straightened and line breaks made spaces, since the small English
    model was trained on straight quotation marks; "Syria’s" and "Syria's" must parse alike.
    """
    doc = nlp.make_doc(text.translate(_STRAIGHT))
    words = [token.text for token in doc]
    lines = _line_starts(text)
    marks = _marks(words, [token.idx for token in doc] if lines else (), lines)
    _cut_endless(words, marks)
    if any(marks):
        # all at once: spaCy looks through the whole doc at each token that is told whether it begins a sentence
        table: Any = np.array(marks, np.int64).astype(np.uint64)
        doc.from_array(["SENT_START"], table)
    return doc


def _marks(words: Sequence[str], places: Sequence[int], begins: Collection[int]) -> list[int]:
    """For each word whether a sentence begins with it, or 0 where the parser is to decide.

    `places` say where each word stands, where lines begin sentences.
    """
    marks = [0] * len(words)
    abbreviations = _abbreviations()
    before, at = "", -1  # the word before, and which it is
    for i, word in enumerate(words):
        if word.isspace():
            continue
        if at >= 0:
            if begins and places[i] in begins:
                marks[i] = _BEGINS
            elif (before in LIST_MARKS and marks[at] == _BEGINS) or _goes_on(before, word, abbreviations.get(before)):
                marks[at + 1 : i + 1] = [_BEGINS_NOT] * (i - at)
        before, at = word, i
    return marks


def _cut_endless(words: Sequence[str], marks: list[int]) -> None:
    """Begins a new sentence where none has ended for hundreds of words, at a comma or "and" if there is one.

    No report writes such sentences; a table or a list without stops does, and a parse of it would be as deep as long.
    """
    since = 0
    for i, word in enumerate(words if len(words) >= _LONGEST_SENTENCE else ()):
        since = 0 if word in _STOPS else since + 1
        if since >= _LONGEST_SENTENCE + _GRACE or (since >= _LONGEST_SENTENCE and word in _PAUSES):
            if i + 1 < len(words):
                marks[i + 1] = _BEGINS
            since = 0


def keep_abbreviations(nlp: Language) -> None:
    """Teaches the tokeniser the abbreviations of `lexicons/en/abbreviations.yaml`, so that each is one token."""
    tokenizer: Any = nlp.tokenizer
    for kind in _NORMS:
        for word in load_data("lexicons/en/abbreviations.yaml")[kind]["words"]:
            if len(nlp.make_doc(word)) > 1:
                tokenizer.add_special_case(word, [{"ORTH": word, "NORM": _NORMS[kind]}])


def part_at_semicolons(nlp: Language) -> None:
    """Teaches the tokeniser that a semicolon parts words even where no space was set: "two died*;*the rebels fled"."""
    tokenizer: Any = nlp.tokenizer
    within = tokenizer.infix_finditer.__self__.pattern
    tokenizer.infix_finditer = re.compile(rf"{within}|(?<=[^\W\d_]);(?=[^\W\d_])").finditer


def _goes_on(previous: str, word: str, kind: str | None) -> bool:
    """True where `word` cannot begin a sentence behind the word `previous`, an abbreviation of that kind or none."""
    if kind == "titles":
        return word[0].isupper()
    if kind == "before_numbers":
        return word[0].isdigit()
    return word[0].islower() and (kind == "within" or previous[-1].isalnum() or previous[-1] in ",-")


@cache
def _abbreviations() -> Mapping[str, str]:
    data = load_data("lexicons/en/abbreviations.yaml")
    return {word: kind for kind in ("titles", "before_numbers", "within") for word in data[kind]["words"]}


# ------------------------------------------------------------------------------------------------ lines


def _line_starts(text: str) -> frozenset[int]:
    """Where lines begin that begin a sentence: below a full stop, below a heading."""
    if "\n" not in text:
        return frozenset()
    lines = list(_lines(text))
    longest = max(end - start for start, end in lines)
    found: set[int] = set()
    begins = True  # whether the line at hand begins a sentence
    for (start, end), (after, _) in pairwise(lines):
        line = text[start:end]
        closed = _CLOSED.search(line) is not None and line.split()[-1] not in _abbreviations()
        begins = _may_begin(text, after) and (closed or (begins and _is_heading(line, longest)))
        if begins:
            found.add(after)
    return frozenset(found)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _BREAK.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _may_begin(text: str, at: int) -> bool:
    return text[at].isupper() or text[at].isdigit() or text[at] in _OPENING


def _is_heading(line: str, longest: int) -> bool:
    words = line.split()
    if not line[0].isupper() or not line[-1].isalnum() or len(line) > min(_LONGEST_HEADING, longest * _HEADING_SHARE):
        return False
    return words[-1].lower() not in _GOES_ON and not ("-" in words[-1] and words[-1][-1].islower())
