"""The gazetteer: folding of names, our own tables, the file made from them, dumps added by the user."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun.annotate.tables import gazetteer_build
from khaldun.annotate.tables.gazetteer import Gazetteer, open_gazetteer, read_gazetteer
from khaldun.annotate.tables.gazetteer_build import add_dump, cache_folder, write_gazetteer
from khaldun.annotate.tables.gazetteer_tables import Row, countries, own_rows, read_table
from khaldun.annotate.tables.naming import fold, skeleton, without_article
from khaldun.errors import UnreadableInput

# South, north, west and east end of the countries of our towns and divisions, to half a degree outward.
BOXES = {
    "AF": (29.0, 39.0, 60.0, 75.5), "AU": (-44.5, -9.5, 112.0, 160.0), "BF": (9.0, 15.5, -6.0, 3.0),
    "CA": (41.0, 84.0, -142.0, -52.0), "CD": (-14.0, 6.0, 11.5, 32.0), "CF": (2.0, 11.5, 14.0, 28.0),
    "CM": (1.0, 13.5, 8.0, 16.5), "CO": (-5.0, 14.0, -82.5, -66.0), "DZ": (18.0, 38.0, -9.0, 12.5),
    "EG": (21.5, 32.5, 24.0, 37.5), "ET": (3.0, 15.5, 32.5, 48.5), "GB": (49.0, 61.5, -9.0, 2.5),
    "IL": (29.0, 33.8, 34.0, 36.2), "IN": (6.0, 36.5, 67.5, 98.0), "IQ": (28.5, 38.0, 38.3, 49.0),
    "IR": (24.5, 40.5, 43.5, 64.0), "KE": (-5.2, 5.5, 33.5, 42.5), "LB": (32.5, 35.2, 34.8, 37.2),
    "LY": (19.0, 33.7, 9.0, 25.7), "ML": (9.5, 25.5, -12.8, 4.8), "MM": (9.0, 29.0, 91.7, 101.7),
    "MZ": (-27.5, -10.0, 29.7, 41.5), "NE": (11.2, 24.0, -0.4, 16.5), "NG": (3.7, 14.4, 2.2, 15.2),
    "PE": (-19.0, 0.5, -82.0, -68.0), "PK": (23.2, 37.6, 60.3, 78.0), "PS": (31.0, 32.8, 34.0, 35.8),
    "RU": (41.0, 82.0, -180.0, 180.0), "SA": (15.8, 32.7, 34.0, 56.2), "SD": (8.2, 22.8, 21.3, 39.1),
    "SO": (-2.2, 12.5, 40.4, 51.9), "SS": (3.0, 12.8, 23.4, 36.5), "SV": (12.6, 15.0, -90.7, -87.2),
    "SY": (31.8, 37.9, 35.2, 42.9), "TD": (7.0, 24.0, 13.0, 24.5), "TR": (35.3, 42.6, 25.2, 45.3),
    "UA": (43.9, 52.9, 21.6, 40.7), "US": (18.0, 72.0, -180.0, -65.0), "YE": (11.6, 19.5, 41.3, 55.0),
    "TN": (29.7, 38.0, 7.0, 12.1), "AZ": (38.0, 42.5, 44.0, 51.0), "BA": (42.0, 46.0, 15.2, 20.2),
    "LK": (5.4, 10.4, 79.1, 82.4), "PH": (4.0, 21.7, 116.4, 127.2), "XK": (41.3, 43.8, 19.5, 22.3),
}  # fmt: skip


@cache
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zōr", "deir ez zor"),
        ("Sa’dah", "Sadah"),
        ("St. Louis", "Saint Louis"),
        ("U.S.", "US"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Diyarbakır", "Diyarbakir"),
    ],
)
def test_folding_joins_typography(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Raqqa", "Ar Raqqah"),
        ("Jisr al-Shughour", "Jisr ash Shughur"),
        ("Deir ez-Zor", "Dayr az Zawr"),
        ("Baghouz", "Al Baghuz"),
        ("Hawijah", "al-Hawija"),
        ("Beledweyne", "Beled Weyne"),
    ],
)
def test_skeleton_joins_transliterations(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert skeleton(fold(one)) == skeleton(fold(other))


@pytest.mark.parametrize(("one", "other"), [("Hama", "Homs"), ("Sirte", "Surman"), ("Gao", "Goma"), ("Bama", "Baga")])
def test_skeleton_keeps_names_apart(one: str, other: str) -> None:
    assert skeleton(fold(one)) != skeleton(fold(other))


@given(st.text(max_size=40))
def test_folding_is_stable(name: str) -> None:
    key = fold(name)
    assert fold(key) == key
    bare = without_article(key)
    assert bare is None or len(bare) < len(key)


@pytest.mark.parametrize("table", ["towns", "regions", "division_names", "countries"])
def test_points_lie_in_their_country(table: str) -> None:
    outside = []
    for cells in read_table(table):
        country = cells.get("iso2") or cells.get("code", "")[:2]
        if country in BOXES and cells["lat"]:
            south, north, west, east = BOXES[country]
            lat, lon = float(cells["lat"]), float(cells["lon"])
            if not (south <= lat <= north and west <= lon <= east):
                outside.append((cells.get("name") or cells["code"], lat, lon))
    assert outside == []


def test_every_town_has_a_country_with_a_box() -> None:
    assert {c["iso2"] for c in read_table("towns") if c["iso2"]} <= set(BOXES)


@pytest.mark.parametrize("table", ["towns", "regions"])
def test_own_rows_are_whole(table: str) -> None:
    rows = list(read_table(table))
    assert len({c["id"] for c in rows}) == len(rows)
    assert all(c["source"] and c["kind"] and c["lat"] and c["lon"] for c in rows)
    assert all(not c["geonames"] or c["geonames"].isdigit() for c in rows)


def test_neighbours_are_mutual_for_the_countries_of_the_levant() -> None:
    for iso2 in ("SY", "IQ", "LB", "JO", "IL"):
        for other in countries()[iso2].neighbours:
            assert iso2 in countries()[other].neighbours


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Derna", "LY", 32.77, 22.64), ("Al Fatayih", "LY", 32.75, 22.75), ("Sirte", "LY", 31.2, 16.6),
        ("Ajdabiya", "LY", 30.75, 20.2), ("Harawa", "LY", 30.9, 17.4), ("Nawfaliyah", "LY", 30.8, 17.85),
        ("Kobani", "SY", 36.9, 38.35), ("Tal Abyad", "SY", 36.7, 38.95), ("Sinjar", "IQ", 36.3, 41.9),
        ("Haditha", "IQ", 34.1, 42.4), ("Palmyra", "SY", 34.55, 38.3), ("Dabiq", "SY", 36.55, 37.25),
        ("Baga", "NG", 13.1, 13.85), ("Damboa", "NG", 11.15, 12.75), ("Kismayo", "SO", -0.35, 42.55),
        ("Jilib", "SO", 0.5, 42.8), ("Kidal", "ML", 18.45, 1.4), ("Zinjibar", "YE", 13.1, 45.4),
        ("Mukalla", "YE", 14.55, 49.1), ("Raqqa", "SY", 35.95, 39.0), ("Shaddadi", "SY", 36.05, 40.75),
        ("Hawija", "IQ", 35.3, 43.75), ("Barawe", "SO", 1.1, 44.0), ("Marjah", "AF", 31.5, 64.1),
    ],
)  # fmt: skip
def test_towns_of_the_news_are_found(name: str, country: str, lat: float, lon: float) -> None:
    points = [
        (e.locus.lat or 0.0, e.locus.lon or 0.0) for e in gazetteer().named(name) if e.locus.country_iso2 == country
    ]
    assert any(abs(a - lat) < 0.6 and abs(o - lon) < 0.6 for a, o in points)


def test_countries_divisions_and_regions_are_found_by_role() -> None:
    syria, aleppo = gazetteer().country("SY"), gazetteer().division("SY.09")
    assert syria is not None
    assert syria.locus.precision == "country"
    assert aleppo is not None
    assert (aleppo.locus.kind, aleppo.locus.precision) == ("adm1", "adm1")
    europe = gazetteer().playing("region:europe")
    assert europe is not None
    assert europe.locus.geonames == 6255148
    assert gazetteer().country("XX") is None


def test_nothing_found_is_nothing() -> None:
    assert gazetteer().named("Qzxvbnhrt") == ()
    assert gazetteer().named("  ") == ()


def test_sound_is_sought_in_the_given_countries_only() -> None:
    found = gazetteer().sounding("Tal Kheyf", ["IQ"])
    assert all(e.locus.country_iso2 == "IQ" for e in found)
    assert gazetteer().sounding("Rakka", ["SY"])
    assert gazetteer().sounding("Rakka", []) == ()


DUMP_LINE = "\t".join(
    ["99000001", "Wādī Nasīm", "Wadi Nasim", "Ouadi Nassim,Wadi Nassim", "26.5", "13.25", "P", "PPL", "LY", "", "73",
     "", "", "", "350", "", "400", "Africa/Tripoli", "2020-01-01"]
)  # fmt: skip


def test_an_added_dump_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHALDUN_CACHE", str(tmp_path / "cache"))
    dump = tmp_path / "LY.txt"
    dump.write_text(DUMP_LINE + "\n" + DUMP_LINE.replace("\tP\tPPL", "\tS\tHTL").replace("99000001", "99000002") + "\n")
    made = add_dump(dump)
    assert gazetteer_build.added_files() == [made]
    found = read_gazetteer([made]).named("Ouadi Nassim")
    assert [(e.id, e.locus.kind, e.locus.population, e.division) for e in found] == [
        ("geonames:99000001", "village", 350, "LY.73")
    ]
    assert [p.name for p in (tmp_path / "cache").iterdir()] == [made.name]


def test_a_file_that_is_no_dump_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHALDUN_CACHE", str(tmp_path))
    wrong = tmp_path / "notes.txt"
    wrong.write_text("Sirte\t31.2\t16.6\n")
    with pytest.raises(UnreadableInput, match="19 columns"):
        add_dump(wrong)


def test_a_broken_build_leaves_nothing_behind(tmp_path: Path) -> None:
    def rows() -> list[Row]:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_gazetteer(tmp_path / "places.sqlite", (row for row in rows()))
    assert list(tmp_path.iterdir()) == []


def test_the_first_file_counts_for_a_place_in_two(tmp_path: Path) -> None:
    def row(name: str) -> Row:
        return Row("geonames:1", name, ("Sabkha",), "LY", None, 30.0, 15.0, "town")

    for number in (1, 2):
        write_gazetteer(tmp_path / f"{number}.sqlite", [row(f"Name {number}")])
    found = read_gazetteer([tmp_path / "1.sqlite", tmp_path / "2.sqlite"]).named("Sabkha")
    assert [e.locus.name for e in found] == ["Name 1"]


def test_the_cache_folder_gives_way_when_it_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("KHALDUN_CACHE", str(blocked / "cache"))
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _: blocked / "user")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert cache_folder().parent == tmp_path


def test_divisions_without_a_point_of_ours_take_the_mean_of_their_places() -> None:
    rows = {row.id: row for row in own_rows({"LY.70": (1.0, 2.0), "AD.02": (42.5, 1.6)})}
    canillo = next(row for row in rows.values() if row.role == "division:AD.02")
    derna = next(row for row in rows.values() if row.role == "division:LY.70")
    assert (canillo.lat, canillo.lon) == (42.5, 1.6)
    assert (derna.lat, derna.lon) == (32.3, 23.3)
