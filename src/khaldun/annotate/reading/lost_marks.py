"""Commas and apostrophes that a scraper dropped, put back in the copy that is read.

Feeds and archives strip marks: "killed 11 people the monitor said", "Syrias north", "the army doesnt hold it". A
parser trained on edited text takes the monitor for one more who was killed. Where a mark can be told from the words,
it is put back before anything is parsed; quotations still come from the text as received. Text that keeps its marks
is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from khaldun.annotate.tables.known import known_as, state_of
from khaldun.knowledge import load_data, word_lists

LEXICON = "lexicons/en/lost_marks.yaml"

_TOKEN = re.compile(r"\S+")
_OPENING, _CLOSING = "\"“‘'([", "\"”’')],;:.!?"
_ENDS = re.compile(r"[.!?][\"”’')\]]*$")
_ABBREVIATED = re.compile(r"(?:\w\.)+$|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Brig|Sen|Rep|Gov|St|No|vs)\.$")
_KEPT_COMMA = re.compile(r",[\"”’')]*\s")
_KEPT_APOSTROPHE = re.compile(r"[^\W\d_]['’](?:s|t|re|ve|ll)\b|s['’]\s")
_MAY_OWN = re.compile(r"\b[^\W\d_][\w-]*s\b(?=\s+[\"“]?\w)")
_CONTRACTED = re.compile(r"\b[a-zA-Z]{3,8}(?:nt|re|ve|ll)\b")
_SENTENCE = re.compile(r"(?:^|(?<=[.!?\n] ))[A-Z0-9\"“]", re.M)
_STOP = re.compile(r"[.!?][\"”’')\]]*\s")
_SAME, _FARTHEST = 40, 600
_SIDE = re.compile(r" (?:(?:just|mainly|immediately) )?(?:to the )?(?:north|south|east|west|-)+ of\b", re.I)
_DEICTIC = frozenset({"last", "this", "next", "past"})


class Insertion(NamedTuple):
    """What is put back before the character at that offset."""

    at: int
    mark: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The word lists of `lexicons/en/lost_marks.yaml` that are asked word by word."""

    owners: frozenset[str]
    owning_people: frozenset[str]
    owned: frozenset[str]
    spans_of_time: frozenset[str]
    goes_on: frozenset[str]
    telling: frozenset[str]
    joins: frozenset[str]
    links: frozenset[str]
    determiners: frozenset[str]
    modifiers: frozenset[str]
    bare: frozenset[str]
    voices: frozenset[str]
    clause_verbs: frozenset[str]
    adjuncts: frozenset[str]
    roles: frozenset[str]
    giving: frozenset[str]
    shares: frozenset[str]
    contractions: frozenset[str]


@cache
def marks() -> Marks:
    """The word lists, loaded once."""
    return word_lists(Marks, LEXICON)


@cache
def weekdays() -> frozenset[str]:
    """The days of the week, in small letters."""
    return frozenset(names[0].lower() for names in load_data("lexicons/en/times.yaml")["weekdays"]["words"].values())


class Word(NamedTuple):
    """A word between blanks: what it is without marks round it, where that stands, and what ends with it."""

    core: str
    start: int
    end: int
    opened: bool
    """A quotation mark or bracket stands before it."""
    closed: bool
    """A mark stands behind it."""
    ends: bool
    """A sentence ends with it."""


def words_in(text: str) -> list[Word]:
    """The words of a text, in order."""
    found: list[Word] = []
    for token in _TOKEN.finditer(text):
        raw = token.group()
        left = raw.lstrip(_OPENING)
        core = left.rstrip(_CLOSING)
        start = token.start() + len(raw) - len(left)
        ends = _ENDS.search(raw) is not None and not _ABBREVIATED.match(left)
        found.append(Word(core, start, start + len(core), len(left) < len(raw), len(core) < len(left), ends))
    return found


def has_lost_commas(text: str) -> bool:
    """True for text without a comma between words."""
    return _KEPT_COMMA.search(text) is None


# ------------------------------------------------------------------------------------------------ apostrophes


def lost_apostrophes(text: str) -> Iterator[Insertion]:
    """Where apostrophes are missing, in text order; nothing in text that has kept any."""
    if _KEPT_APOSTROPHE.search(text) is not None:
        return
    yield from sorted((*_contractions(text), *_possessives(text)))


def _contractions(text: str) -> Iterator[Insertion]:
    known = marks().contractions
    for found in _CONTRACTED.finditer(text):
        word = found.group().lower()
        if word in known:
            yield Insertion(found.end() - (1 if word.endswith("nt") else 2), "'")


def _possessives(text: str) -> Iterator[Insertion]:
    for found in _MAY_OWN.finditer(text):
        before = _word_before(text, found.start())
        after = _word_after(text, found.end())
        if not after or after.lower() in marks().goes_on or (after[0].isdigit() and found.group()[0].islower()):
            continue
        if found.group().islower() and _SIDE.match(text, found.end()):
            continue  # "three *villages south of* the city"
        at = _owner(text, found.group(), before, after)
        if at:
            yield Insertion(found.start() + at, "'")


def _owner(text: str, word: str, before: str, after: str) -> int:
    """Where in the word the apostrophe is missing, 0 if it owns nothing: before its s, or behind it."""
    lists, stem, lower = marks(), word[:-1], word.lower()
    if word[0].isupper() and lower[:-1] in weekdays():
        return 0 if before.lower() == "on" or after[0].isupper() or after.endswith("s") else len(stem)
    if lower in lists.spans_of_time:
        return len(stem) if before.lower() in _DEICTIC and after[0].islower() else 0
    if lower in lists.owning_people:
        return len(word) if after in lists.owned else 0
    if word.islower() and lower[:-1] in lists.owners:
        return len(stem) if after in lists.owned else 0
    if word.islower():
        no_plural = len(word) > 4 and lower.endswith("ys") and lower[-3] not in "aeiou"
        return len(stem) if no_plural or (lower == "worlds" and after.endswith("est")) else 0
    return len(stem) if word[0].isupper() and _names_owner(text, stem, word, before, after) else 0


def _names_owner(text: str, stem: str, word: str, before: str, after: str) -> bool:
    """True for "*Syrias* north", "*Assads* forces"; not for "the *Houthis*", "*Hamas*"."""
    state = state_of(stem)
    if (known_as(word) is not None and known_as(stem) is None) or state_of(f"{before} {word}") is not None:
        return False
    if state is not None and stem.casefold() not in ("america", "us"):
        return state[0] in ("name", "capital")
    if stem == "America":
        return before.lower() not in ("the", "of", "both")
    if before.lower() in ("the", "two", "all", "many"):
        return False
    if (actor := known_as(stem)) is not None:
        return not stem.endswith("i") and actor.type != "population"
    # a name that the text has without the s as well
    return (
        len(stem) > 3
        and state is None
        and not stem.endswith(("i", "s", "an"))
        and not after.endswith(("ed", "ly"))
        and has_lost_commas(text)
        and _is_name_in(text, stem)
    )


def _is_name_in(text: str, stem: str) -> bool:
    return re.search(rf"[a-z] {re.escape(stem)}\b(?!s\b)", text) is not None


def _word_before(text: str, at: int) -> str:
    return text[max(0, at - 20) : at].rstrip().rpartition(" ")[2].strip(_OPENING)


def _word_after(text: str, at: int) -> str:
    rest = text[at : at + 30].split(None, 1)
    return rest[0].strip(_OPENING + _CLOSING) if rest else ""


def sentences_of(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The sentences as numbers of their first word and of the one behind the last."""
    first = 0
    for i, word in enumerate(words):
        if word.ends:
            yield first, i + 1
            first = i + 1
    if first < len(words):
        yield first, len(words)


# ------------------------------------------------------------------------------------------------ full stops


def lost_stops(text: str) -> Iterator[Insertion]:
    """Where a summary runs into the first sentence, which begins with the same words again."""
    for found in _SENTENCE.finditer(text):
        start = found.start()
        opening = text[start : start + _SAME]
        again = text.find(opening, start + _SAME, start + _FARTHEST) if len(opening) == _SAME else -1
        if again > 0 and text[again - 1] == " " and not _STOP.search(text, start, again):
            yield Insertion(again - 1, ".")
