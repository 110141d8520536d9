"""Names that the text itself gives: behind "alias", "known as", "calling itself", and groups that say by an Arabic or
Urdu word what they are ("Jund al-Sahil", "Lashkar-e-Noor").

What stands behind such a word is a name, whatever the small pipeline makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from khaldun.annotate.found import Found, without_possessive
from khaldun.annotate.reading.nouns import words_under
from khaldun.annotate.tables.timex_words import weekday_names
from khaldun.model import Span

_WORD = r"[A-Z][\w’'`-]*"
_LINK = r"(?:al|el|ul|ut|ud|ur|ush|as|ash|an|ar|bin|ibn|de|la|e|i|of|for|and|the|du|del)"
_NAME = rf"{_WORD}(?:[ -](?:{_LINK}[ -])*{_WORD}){{0,4}}"
_CALLED = re.compile(
    r"\b(?:call(?:s|ed|ing)?|styl(?:es|ed|ing)|nam(?:es|ed|ing)|renam(?:es|ed|ing)|rebrand(?:s|ed|ing)?)"
    r" (?:itself|themselves|himself|herself)(?: as)? (?:the )?[\"“'‘]?(?P<name>" + _NAME + ")"
    r"|\b(?:group|gang|militia|faction|movement|network|unit|paramilitaries|militiamen|rebels|guerrillas|vigilantes)"
    r",? (?:called|(?:better |also |locally )?known as|named|dubbed) (?:the )?[\"“'‘]?(?P<group>" + _NAME + ")"
)
_MAY_CALL = re.compile(r"sel(?:f|ves)\b|\b(?:called|known as|named|dubbed)\b")
_CALLED_TO = re.compile(r"\s+(?:to|as|its|their|his|her)\b")
_ALSO = re.compile(
    r"\b(?:alias|aka|a\.k\.a\.|nicknamed|nom de guerre(?: (?:is|was|of))?|real name (?:is|was)|pseudonym"
    r"|(?:known|went|goes) (?:locally |widely )?(?:as|by the (?:name|nickname)(?: of)?)"
    r"|better known as|born|codenamed|code name)"
    r"(?: to \w+ as)? ?[\"“'‘]?(?:the )?(?P<name>" + _NAME + ")"
)
_NEAR = 60  # characters between a person's name and the word that gives another


def find_called(text: str, taken: Sequence[Span]) -> Iterator[Found]:
    """Names that a group gives itself: "a group calling itself the *Sons of Idlib*"; of a person his other name."""
    for match in _CALLED.finditer(text) if _MAY_CALL.search(text) else ():
        which = "name" if match["name"] else "group"
        span = without_possessive(text, Span(*match.span(which)))
        if which == "group" and _calls_another(match):
            continue
        personal = "himself" in match[0] or "herself" in match[0]
        if not span.overlaps_any(taken):
            yield Found(span, "person:called" if personal else "org:called", "name", rank=2)


def _calls_another(match: re.Match[str]) -> bool:
    """ "The group *named* Omar Saleh *its* commander", "*called Monday* for talks": what it did, not what it is."""
    name = match["group"]
    active = (
        "known as" not in match[0]
        and "dubbed" not in match[0]
        and _CALLED_TO.match(match.string, match.end()) is not None
    )
    return active or name.split()[0].casefold() in weekday_names()


def find_also(text: str, found: Sequence[Found], taken: Sequence[Span]) -> Iterator[Found]:
    """Other names of persons: 'Jairo Medina, alias "*El Zarco*"', where a person's name stands close before."""
    if not any(f.rule.startswith("person") for f in found):
        return
    for match in _ALSO.finditer(text):
        span = without_possessive(text, Span(*match.span("name")))
        if span.overlaps_any(taken):
            continue
        if any(f.rule.startswith("person") and 0 <= match.start() - f.span.end <= _NEAR for f in found):
            yield Found(span, "person:alias", "name", rank=3)


@cache
def _armed() -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, words_under("armed_names")), key=len, reverse=True))
    head = rf"(?i:{heads})"
    link = r"(?:al|el|ul|ut|ud|ur|ush|us|as|ash|an|ar|e|i)"
    return re.compile(rf"\b(?=[A-Z]){head}[ -](?:{link}[- ])?{_WORD}(?:[ -](?:{link}[- ])?[A-Z][\w’'`]+){{0,2}}")


def find_armed(text: str, taken: Sequence[Span]) -> Iterator[Found]:
    """Groups whose name begins with a word for fighters: "*Jund* al-Sahil" is no person."""
    for match in _armed().finditer(text):
        span = without_possessive(text, Span(*match.span()))
        if not span.overlaps_any(taken):
            yield Found(span, "org:armed", "name", rank=2)
