"""Reads our own tables of places under `data/places`: countries, divisions, regions, towns."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from khaldun.errors import InvalidKnowledge

Point = tuple[float, float]

TABLES = ("countries", "divisions", "division_names", "regions", "towns")


@dataclass(frozen=True, slots=True)
class Row:
    """A place on its way into the gazetteer's file. `role` is what it can be asked for by, besides its names."""

    id: str
    name: str
    names: tuple[str, ...]
    country: str | None
    division: str | None
    lat: float | None
    lon: float | None
    kind: str
    population: int | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory: codes, names, words for its people and things, neighbours (alpha-2)."""

    iso2: str
    iso3: str
    geonames: int
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    lat: float
    lon: float
    capital: str
    neighbours: tuple[str, ...]


@cache
def countries() -> Mapping[str, Country]:
    """All countries by their ISO 3166 alpha-2 code."""
    return {
        cells["iso2"]: Country(
            cells["iso2"], cells["iso3"], int(cells["geonames"]), cells["name"], _list(cells["aliases"]),
            _list(cells["demonyms"]), float(cells["lat"]), float(cells["lon"]), cells["capital"],
            _list(cells["neighbours"]),
        )
        for cells in read_table("countries")
    }  # fmt: skip


@cache
def division_names() -> Mapping[str, tuple[str, ...]]:
    """All names of each first-level division by its code ("US.TX": Texas, Tex.)."""
    names = {c["code"]: [c["name"], *_list(c["ascii"])] for c in read_table("divisions")}
    for cells in read_table("division_names"):
        names[cells["code"]] += _list(cells["aliases"])
    return {code: tuple(each) for code, each in names.items()}


def tables_digest() -> str:
    """A short hash over the content of our tables and over the rules by which names are folded into keys."""
    digest = hashlib.sha256((resources.files("khaldun.annotate.tables") / "naming.py").read_bytes())
    for table in TABLES:
        digest.update(_text(table).encode("utf-8"))
    return digest.hexdigest()[:10]


def read_table(table: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/places/<table>.tsv``. Lines that start with # are remarks."""
    lines = [line for line in _text(table).splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
    for cells in reader:
        if None in cells or None in cells.values():
            raise InvalidKnowledge(f"places/{table}.tsv: row {cells} has not the columns of its head")
        yield cells


def own_rows(middles: Mapping[str, Point]) -> Iterator[Row]:
    """Our own places. `middles` gives a point to divisions for which our tables have none."""
    yield from _country_rows()
    yield from _division_rows(middles)
    yield from map(_own, read_table("regions"))
    yield from map(_own, read_table("towns"))


def _country_rows() -> Iterator[Row]:
    for c in countries().values():
        yield Row(
            f"geonames:{c.geonames}",
            c.name,
            c.aliases,
            c.iso2,
            None,
            c.lat,
            c.lon,
            "country",
            None,
            f"country:{c.iso2}",
        )


def _division_rows(middles: Mapping[str, Point]) -> Iterator[Row]:
    points = {c["code"]: (float(c["lat"]), float(c["lon"])) for c in read_table("division_names") if c["lat"]}
    names = division_names()
    for cells in read_table("divisions"):
        code = cells["code"]
        lat, lon = points.get(code) or middles.get(code) or (None, None)
        yield Row(
            f"geonames:{cells['geonames']}", cells["name"], names[code][1:], code.split(".")[0], code, lat, lon,
            "adm1", None, f"division:{code}",
        )  # fmt: skip


def _own(cells: Mapping[str, str]) -> Row:
    return Row(
        id=f"geonames:{cells['geonames']}" if cells["geonames"] else f"khaldun:{cells['id']}",
        name=cells["name"],
        names=_list(cells["aliases"]),
        country=cells["iso2"] or None,
        division=None,
        lat=float(cells["lat"]) if cells["lat"] else None,
        lon=float(cells["lon"]) if cells["lon"] else None,
        kind=cells["kind"],
        role=f"region:{cells['id']}" if "people" in cells else None,
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(item for item in cell.split("|") if item)


@cache
def _text(table: str) -> str:
    return (resources.files("khaldun") / "data" / "places" / f"{table}.tsv").read_text(encoding="utf-8")
