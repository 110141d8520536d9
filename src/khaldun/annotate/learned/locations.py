"""Names of places inside the whole phrases that the layer takes for locations: "the *Jenin* refugee camp".

The recogniser of names takes many a town for a person; where the phrase is a location and the gazetteer has the name,
it is a place's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile

from khaldun.annotate.learned.tagged import Tagged
from khaldun.model import Span

_SURE = 0.6
_NAME = re.compile(r"[^\W\d_a-z][\w'’-]*(?:[ -](?:(?:al|el|ez|es|de|du|des|la)[ -])?[^\W\d_a-z][\w'’-]*)*")
_LED = re.compile(
    r"(?:\b(?:village|town|city|municipalit|district|hamlet|camp|settlement|localit|commune|suburb"
    r"|neighbou?rhood)(?:s|y|ies)? of|\band) $"
)
_WHERE = re.compile(r"\b(?:in|near|around) $")
_GOES_ON = re.compile(r" of [^\W\d_a-z]|[/&]")
# "a *Market* at Makeen", "Mill *Road*"
_A_SORT = re.compile(r"(?:^|\b)(?:an?|An?) [^\W\d_a-z]\w*$|\b(?:Road|Street|Avenue|Ave|St|Rd|Drive|Lane|Square)$")
_KEPT = frozenset({"GPE", "LOC", "NORP"})


def with_locations(
    names: Iterable[tuple[Span, str]], phrases: Sequence[Tagged], text: str, known: Callable[[str], bool]
) -> Iterator[tuple[Span, str]]:
    """The names in text order, where those that a location holds, and that are `known` as places, are labelled so."""
    found = list(names)
    held = [span for phrase in phrases for span in _held(phrase, text, known)]
    if not held:
        yield from found
        return
    ends = [h.end for h in held]
    kept, free = [], set(held)
    for name, kind in found:
        shared = list(takewhile(name.overlaps, held[bisect_right(ends, name.start) :]))
        if kind in _KEPT or not any(_within(name, h) for h in shared):
            kept.append((name, kind))
            free.difference_update(shared)
    yield from sorted((*kept, *((h, "GPE") for h in held if h in free)), key=lambda each: each[0])


def _within(name: Span, held: Span) -> bool:
    """False for a longer name that a place is part of: "the *Jenin Brigades*"."""
    return held.contains(name) or len(name) - len(held) <= len("the ")


def _held(phrase: Tagged, text: str, known: Callable[[str], bool]) -> Iterator[Span]:
    if phrase.type != "Location" or phrase.score < _SURE:
        return
    for number, found in enumerate(_NAME.finditer(text, phrase.span.start, phrase.span.end)):
        if _A_SORT.search(text, phrase.span.start, found.end()):
            continue
        if _stands_alone(found, phrase.span, text):
            yield Span(*found.span())
            continue
        if number == 0 and not _GOES_ON.match(text, found.end()) and known(found.group()):
            yield Span(*found.span())


def _stands_alone(found: re.Match[str], phrase: Span, text: str) -> bool:
    """A name that is all of a member of the phrase: "villages of Barsalogho and *Foubé*", "*Marakwet East*, Kenya"."""
    closed = found.end() == phrase.end or text.startswith((",", " and "), found.end())
    if not closed:
        return False
    if phrase.end - phrase.start == len(found.group()):  # "near *Lake Turkana*"
        return _WHERE.search(text, max(0, phrase.start - len("outside the ")), phrase.start) is not None
    return found.start() == phrase.start or _LED.search(text, phrase.start, found.start()) is not None
