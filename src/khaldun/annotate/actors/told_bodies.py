"""Bodies of no table that the words beside their name tell: "fighters of the *Red Falcons*", "the Iran-backed *Green
Banner*", "a *Wazalendo* commander".

The pipeline labels such names as anything or nothing; what they are to those beside them says that they are bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from khaldun.annotate.found import Found, without_possessive
from khaldun.annotate.reading.nouns import lemma_in, read_noun, words_under
from khaldun.annotate.tables.known import state_of
from khaldun.annotate.tables.timex_words import calendar_names
from khaldun.annotate.words import Doc, Token, Tokens
from khaldun.model import Span
from khaldun.needed import Finder, finder

_WORD = r"[A-Z][\w’'-]*[\w]"
_NAME = rf"(?P<name>{_WORD}(?: (?:of (?:the )?)?{_WORD}){{0,3}})"
_TIED = re.compile(rf"(?:(?<=\w)-(?P<tie>[a-z]+(?:ed|led|run|owned))|\b(?:[Pp]ro|[Aa]nti)-\w+) {_NAME}")
_LEAST = 2  # words of a name beside a noun that goes with places and peoples as well


@cache
def _of_members() -> Finder:
    nouns = "|".join(sorted(words_under("tells_body_behind")))
    return finder(re.compile(rf"\b(?P<noun>(?i:{nouns})) (?:of|from|in|for|with) the {_NAME}"))


@cache
def _before_members() -> Finder:
    nouns = "|".join(sorted(words_under("tells_body_before")))
    before = r"(?i:an?|the|one|two|three|four|five|several|some|senior|top|former|local|captured|suspected|unnamed)"
    return finder(re.compile(rf"\b{before} {_NAME} (?P<noun>{nouns})\b"))


@cache
def _of_foes() -> Finder:
    nouns = "|".join(sorted(words_under("tells_body_with")))
    return finder(re.compile(rf"\b(?P<noun>(?i:{nouns})) (?:with|against|to) (?:the )?{_NAME}"))


@cache
def _units() -> Finder:
    nouns = "|".join(sorted(word.capitalize() for word in words_under("numbered_units")))
    number, name = r"\d+(?:st|nd|rd|th)", rf"(?:[A-Z]\w+ ){{0,3}}(?:{nouns})"
    return finder(re.compile(rf"\b(?:{number} {name}\b|{name} \d+\b)"))


def find_units(text: str, taken: Sequence[Span]) -> Iterator[Found]:
    """Units of an army by their number: "the *3rd Division*", "*Light Infantry Division 11*"."""
    for match in _units()(text):
        span = Span(*match.span())
        if not span.overlaps_any(taken):
            yield Found(span, "org:armed" if "Front" in match[0] else "org:unit", "name", rank=1)


def find_told(doc: Doc, text: str, taken: Sequence[Span]) -> Iterator[Found]:
    """The names outside `taken`; `rule` says whether the body bears arms ("org:armed") or just is one ("org:told")."""
    for match in _TIED.finditer(text) if "-" in text else ():
        span = _name(doc, text, match, taken)
        tie = match["tie"]
        if span is not None and (tie is None or tie in words_under("ties_of_bodies")):
            yield Found(span, "org:armed" if tie in words_under("backed") else "org:told", "name", rank=2)
    for match in _of_members()(text):
        span = _name(doc, text, match, taken, least=1 if _bears_arms(match) else _LEAST)
        if span is not None:
            yield Found(span, "org:armed" if _bears_arms(match) else "org:told", "name", rank=2)
    for match in _of_foes()(text):
        span = _name(doc, text, match, taken, least=_LEAST)
        if span is not None:
            yield Found(span, "org:told", "name", rank=2)
    for match in _before_members()(text):
        span = _name(doc, text, match, taken, least=1 if _bears_arms(match) else _LEAST, before=True)
        if span is not None:
            yield Found(span, "org:armed" if _bears_arms(match) else "org:told", "name", rank=2)


def _bears_arms(match: re.Match[str]) -> bool:
    return lemma_in(match["noun"], words_under("combatants"))


def _name(
    doc: Doc, text: str, match: re.Match[str], taken: Sequence[Span], *, least: int = 1, before: bool = False
) -> Span | None:
    """The name that was matched, where it is one and nothing else has it."""
    span = without_possessive(text, Span(*match.span("name")))
    tokens = doc.char_span(span.start, span.end) if not span.overlaps_any(taken) else None
    if tokens is None or len(tokens) < least:
        return None
    if tokens[-1].pos_ != "PROPN" and not (len(tokens) > 1 and tokens[-1].pos_ == "NOUN"):
        return None
    if not before and tokens.end < len(doc) and _goes_on(doc[tokens.end]):
        return None  # "the *Hazara* minority"
    return span if _is_name_of_body(tokens) else None


def _goes_on(after: Token) -> bool:
    return after.text.islower() and after.pos_ == "NOUN"


def _is_name_of_body(tokens: Tokens) -> bool:
    """False for places, peoples, days, documents, and for what its own last word tells to be a body or a person."""
    last = tokens[-1].lower_
    if last in words_under("no_actors") or lemma_in(last, words_under("place_nouns")):
        return False
    if read_noun(tokens[-1].text) is not None or state_of(tokens.text) is not None:
        return False
    words = [t.lower_ for t in tokens if t.is_alpha]
    if any(w in calendar_names() or w in words_under("titles") for w in words):
        return False
    return not all(w in words_under("peoples") or state_of(w.capitalize()) is not None for w in words)
