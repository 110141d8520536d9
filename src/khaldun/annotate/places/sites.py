"""Sites that are taken and held under a name of their own: "*Tanuf University*", "the *Al Salam hospital*", "*Jafra
Airfield*".

A building is named after anybody, so it counts as a place only where the report tells that it is taken or held; an air
base that the gazetteer has goes by its name whatever word for a base stands behind.
"""

from __future__ import annotations

from collections.abc import Iterable

from khaldun.annotate.places.looks import Spotted, Standing
from khaldun.annotate.places.reading import ENGLISH_WORDS, Reading
from khaldun.annotate.places.stakes import held_words, is_territorial, stake
from khaldun.annotate.tables.gazetteer import Gazetteer
from khaldun.annotate.tables.known import known_as
from khaldun.annotate.tables.naming import ARTICLES, fold
from khaldun.annotate.words import Token
from khaldun.knowledge import word_list

_KINDS = frozenset({"air base", "airbase", "airport", "base"})
_LONGEST = 4  # words of a name before the word for the site


def taken_sites(readings: Iterable[Reading], gazetteer: Gazetteer) -> frozenset[str]:
    """The folded names of the sites that the report tells to be taken or held."""
    found: set[str] = set()
    for reading in readings:
        if reading.words.sites.isdisjoint(reading.lower):
            continue
        for first, last in reading.runs():
            sites = (_site_at(reading, at, gazetteer) for at in range(first, last))
            found.update(fold(site.name) for site in sites if site is not None and site.standing == "sure")
    return frozenset(found)


def site_at(reading: Reading, first: int, gazetteer: Gazetteer, taken: frozenset[str]) -> Spotted | None:
    """The site whose name begins with this word, if it is an air base or one of the `taken`."""
    if reading.words.sites.isdisjoint(reading.lower) and _bases().isdisjoint(reading.lower):
        return None
    site = _site_at(reading, first, gazetteer)
    return site if site is None or site.standing == "sure" or fold(site.name) in taken else None


def _site_at(reading: Reading, first: int, gazetteer: Gazetteer) -> Spotted | None:
    if reading.lower[first] in _buildings(reading):
        return _site_of(reading, first)
    for at in range(first + 1, min(first + _LONGEST + 1, len(reading))):
        last = _end_of_base(reading, at)
        if last is not None and (base := _known_base(reading, first, at, last, gazetteer)) is not None:
            return base
        if reading.lower[at] in _buildings(reading):
            return _named_site(reading, first, at, gazetteer)
        if not (reading.capital[at] or reading.lower[at] in (*ARTICLES, "-")):
            return None
    return None


def _end_of_base(reading: Reading, at: int) -> int | None:
    """Where the word for an air base ends: "*Airfield*", "*military airport*", "*air base*"."""
    end = at
    while end < len(reading) and reading.lower[end] in reading.words.grounds_of:
        end += 1
    return end + 1 if end < len(reading) and reading.lower[end] in _bases() else None


def _known_base(reading: Reading, first: int, at: int, last: int, gazetteer: Gazetteer) -> Spotted | None:
    """ "*Shayrat Airfield*": a base of the gazetteer, by whatever word for a base."""
    name = reading.phrase(first, at)
    whole = reading.phrase(first, last)
    if fold(name) in reading.words.demonyms:
        return None
    if (entries := gazetteer.named(whole)) and not reading.capital[last - 1]:
        return _spotted(reading, first, last, whole) if entries[0].locus.kind in _KINDS else None
    if entries:
        return None
    if not any(e.locus.kind in _KINDS for e in gazetteer.named(name)[:2]):
        return None
    return _spotted(reading, first, last, name)


def _named_site(reading: Reading, first: int, at: int, gazetteer: Gazetteer) -> Spotted | None:
    """ "*Mosul University*", "the *Al Salam hospital*", where it is what a side takes or holds."""
    words = reading.lower[first:at]
    name = reading.phrase(first, at + 1)
    told = [word for word in words if word not in ARTICLES and word != "-"]
    if any(word in reading.words.demonyms or word in reading.words.common for word in told) or known_as(name):
        return None
    if all(word in ENGLISH_WORDS for word in told) or gazetteer.named(name):
        return None
    return _spotted(reading, first, at + 1, name, sure=_is_at_stake(reading.doc[at]))


def _site_of(reading: Reading, first: int) -> Spotted | None:
    """ "*University of Mosul*"."""
    if not reading.capital[first] or reading.lower[first + 1 : first + 2] != ["of"]:
        return None
    last = first + 2
    while last < len(reading) and (reading.capital[last] or reading.lower[last] in (*ARTICLES, "-")):
        last += 1
    if last == first + 2:
        return None
    name = f"{reading.phrase(first + 2, last)} {reading.text[first]}"  # as "Mosul University"
    return _spotted(reading, first, last, name, sure=_is_at_stake(reading.doc[first]))


def _spotted(reading: Reading, first: int, last: int, name: str, *, sure: bool = True) -> Spotted:
    span = reading.passage.span(reading.doc[first:last])
    standing: Standing = "sure" if sure else "doubtful"
    return Spotted(reading.passage, first, last, span, name, "name", located=sure, standing=standing)


def _is_at_stake(word: Token) -> bool:
    """ "Seized *the hospital*", "took control of *the university complex*", "the liberation of *the university*"."""
    while word.dep_ == "compound" and word.head.lemma_.lower() in _wholes():
        word = word.head
    if word.dep_ == "pobj":
        of = word.head
        return of.lower_ in ("of", "over") and (of.head.lemma_.lower() in held_words().sway or stake(word) == "sure")
    if word.dep_ in ("dobj", "nsubjpass") and is_territorial(word.head):
        return True
    return word.dep_ in ("nsubj", "dobj") and stake(word) == "sure"


def town_of(name: str) -> str | None:
    """The town that a site may go by: "Mosul" of "Mosul University"."""
    words = name.split()
    sites = word_list("lexicons/en/places.yaml", "sites")
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].lower() in sites else None


def _buildings(reading: Reading) -> frozenset[str]:
    """Words for sites that are no ground: "the Jafra *dam*" goes by the name before it."""
    return reading.words.sites - reading.words.grounds


def _bases() -> frozenset[str]:
    return word_list("lexicons/en/places.yaml", "airfields")


def _wholes() -> frozenset[str]:
    return word_list("lexicons/en/places.yaml", "wholes")
