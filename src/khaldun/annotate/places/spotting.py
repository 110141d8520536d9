"""Where a text names a place: the spans, and what the words round them say.

Stretches of words are looked at one by one (`looks`). A name that is plainly a place once in a report is one
wherever it stands; a name with nothing to speak for it is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khaldun.annotate.places.looks import AREAS, Look, Spotted, is_weighty
from khaldun.annotate.places.reading import ENGLISH_WORDS, LONGEST_NAME, Reading
from khaldun.annotate.places.sites import site_at, taken_sites
from khaldun.annotate.places.surnames import surnames_in
from khaldun.annotate.places.unknown import UnknownLook
from khaldun.annotate.reading.sentences import Parse
from khaldun.annotate.tables.gazetteer import Gazetteer
from khaldun.annotate.tables.gazetteer_tables import countries
from khaldun.annotate.tables.naming import ARTICLES, fold

_UNKNOWN_WORDS = 5


def spot(parse: Parse, gazetteer: Gazetteer) -> list[Spotted]:
    """The names of places and the demonyms of a report, in text order; they never overlap."""
    readings = [Reading(passage) for passage in parse.passages]
    surnames = surnames_in(readings, gazetteer)
    taken = taken_sites(readings, gazetteer)
    found = [place for reading in readings for place in _spot_passage(reading, gazetteer, surnames, taken)]
    return _settle(found, gazetteer)


def _settle(found: Sequence[Spotted], gazetteer: Gazetteer) -> list[Spotted]:
    """Keeps an unsure name where the same name is sure elsewhere, or where the report speaks of its country."""
    sure = {fold(place.name) for place in found if place.standing == "sure" and place.people is None}
    home = {place.people.removeprefix("country:") for place in found if place.people}
    for name in sorted(sure | {fold(c) for place in found for c in place.containers}):
        home.update(e.locus.country_iso2 or "" for e in gazetteer.named(name)[:3] if is_weighty(e))
    return [
        place
        for place in found
        if place.standing == "sure"
        or fold(place.name) in sure
        or (place.standing == "likely" and _lies_in(place, home, gazetteer))
    ]


def _lies_in(place: Spotted, home: set[str], gazetteer: Gazetteer) -> bool:
    return any(e.locus.country_iso2 in home for e in gazetteer.named(place.name) if e.fit >= 0.8)


def _spot_passage(
    reading: Reading, gazetteer: Gazetteer, surnames: frozenset[str], taken: frozenset[str]
) -> Iterator[Spotted]:
    previous: Spotted | None = None
    for run in reading.runs():
        at = run[0]
        while at < run[1]:
            place = None
            after = reading.blocked(at)
            if after is not None:
                yield from _people_of(reading, at, after)
            elif reading.capital[at] or reading.leading_article(at):
                place = site_at(reading, at, gazetteer, taken) or _longest_at(
                    reading, at, run, previous, gazetteer, surnames
                )
            if place is not None:
                yield place
                previous, after = place, place.last
            at = max(at + 1, after or 0)


def _longest_at(
    reading: Reading,
    at: int,
    run: tuple[int, int],
    previous: Spotted | None,
    gazetteer: Gazetteer,
    surnames: frozenset[str],
) -> Spotted | None:
    """The longest run of words from `at` that is a name of a place, or a demonym."""
    unknown: list[tuple[int, str]] = []  # a look at it is only taken if no shorter stretch is known
    for last in range(min(run[1], at + LONGEST_NAME), at, -1):
        if not reading.capital[last - 1] and not reading.text[last - 1][0].isdigit():
            continue
        if reading.lower[last - 1] in ARTICLES and last < len(reading) and reading.lower[last] == "-":
            continue  # "in Syria Al-Nusra Front said", where scraping lost a comma
        name = reading.phrase(at, last)
        key = fold(name)
        people = reading.words.demonyms.get(key)
        if people is not None:
            return _capital(reading, at, last, people) or _people(reading, at, last, people)
        entries = gazetteer.named(name)
        if last < len(reading) and reading.lower[last] == "capital":
            entries = tuple(e for e in entries if e.locus.kind in AREAS)  # "the *Chechen* capital, Grozny"
            if not entries:
                continue
        if entries and reading.lower[at] in ENGLISH_WORDS and not any(fold(e.locus.name) == key for e in entries):
            entries = tuple(e for e in entries if e.locus.kind not in AREAS)  # "An Australia Post van"
        if entries:
            place = Look(reading, at, last, run, key, entries, gazetteer, surnames, previous).known()
            if place is not None:
                return place
        elif key not in surnames and _may_be_unknown(reading, at, last, key):
            unknown.append((last, key))
    looks = (UnknownLook(reading, at, last, run, key, (), gazetteer, surnames, previous) for last, key in unknown)
    return next((place for look in looks if (place := look.unknown())), None)


def _may_be_unknown(reading: Reading, first: int, last: int, key: str) -> bool:
    """False for what names no place of itself: common words, acronyms, and names that are too short or too long."""
    if key in reading.words.common or len(key) < 3 or len(key.split()) > _UNKNOWN_WORDS:
        return False
    return not (last - first == 1 and reading.text[first].isupper() and len(key) <= 5)


def _capital(reading: Reading, first: int, last: int, people: str) -> Spotted | None:
    """ "the *Yemeni capital*", where its name does not follow."""
    country = countries().get(people.removeprefix("country:"))
    if country is None or not country.capital or last >= len(reading) or reading.lower[last] != "capital":
        return None
    after = last + 1
    if after < len(reading) and (reading.capital[after] or reading.lower[after] in (",", "city", "of", "-", "(", "'s")):
        named = next((i for i in range(after, min(after + 3, len(reading))) if reading.capital[i]), None)
        if named is not None or reading.lower[after] not in (",", "'s"):
            return None
    span = reading.passage.span(reading.doc[first : last + 1])
    return Spotted(reading.passage, first, last + 1, span, country.capital, "name", "settlement", True, (country.name,))


def _people_of(reading: Reading, first: int, last: int) -> Iterator[Spotted]:
    """The demonym that heads a group's name: a report on the Syrian Democratic Forces plays in Syria."""
    for stop in (first + 2, first + 1):
        people = reading.words.demonyms.get(fold(reading.phrase(first, stop))) if stop <= last else None
        place = _people(reading, first, stop, people) if people else None
        if place is not None:
            yield place
            return


def _people(reading: Reading, first: int, last: int, people: str) -> Spotted | None:
    entity = reading.entity(first)
    if entity is not None and entity.label == "PERSON" and entity.first < first:
        return None  # "Dawn French"
    span = reading.passage.span(reading.doc[first:last])
    name = reading.phrase(first, last)
    return Spotted(reading.passage, first, last, span, name, "description", people=people)
