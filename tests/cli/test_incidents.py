"""khaldun incidents: over a store and over files read on the spot."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import khaldun

Run = Callable[..., Any]

RAID = "Gunmen kidnapped mayor Luis Ocampo in Derna, Libya, on 2 May 2016. The town council said the talks would go on."


def _report(folder: Path, text: str = RAID) -> Path:
    path = folder / "raid.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_read_on_the_spot(run: Run, tmp_path: Path) -> None:
    ran = run("incidents", _report(tmp_path), "--json")
    assert ran.status == 0
    (row, *_) = ran.json
    assert (row["type"], row["earliest"], row["country_iso2"]) == ("kidnapping", "2016-05-02", "LY")
    assert "Luis Ocampo" in row["victims"]
    assert not list(tmp_path.glob("*.db"))


def test_every_cell_quotes_its_words(run: Run, tmp_path: Path) -> None:
    (row, *_) = run("incidents", _report(tmp_path), "--json").json
    quotes = [*row["type_quotes"], *row["date_quotes"], *row["country_quotes"], *row["place_quotes"]]
    assert {"kidnapped", "2 May 2016"} <= set(quotes)
    assert all(quote in RAID for quote in (*quotes, *row["victims"], *row["perpetrators"], row["quote"]))
    record = khaldun.extract(RAID)
    spans = [words for cell in record["incidents"][0]["quotes"].values() for words in cell]
    assert spans
    assert all(RAID[words["span"][0] : words["span"][1]] == words["quote"] for words in spans)


def test_the_same_rows_from_a_store(run: Run, tmp_path: Path) -> None:
    report, db = _report(tmp_path), tmp_path / "held.db"
    assert run("read", report, "--db", db).status == 0
    rows = run("incidents", "--db", db, "--json").json
    assert rows == run("incidents", report, "--json").json
    with khaldun.open(db) as held:
        assert held.incidents() == rows
        assert held.incidents(place="Derna") == rows
    table = list(csv.DictReader(io.StringIO(run("incidents", "--db", db, "--csv").out)))
    assert [line["type"] for line in table] == [row["type"] for row in rows]
    assert "Luis Ocampo" in run("incidents", "--db", db).out


def test_where_there_are_none_it_says_what_to_do(run: Run, tmp_path: Path) -> None:
    ran = run("incidents", _report(tmp_path, "The minister visited Derna on 2 May 2016."))
    assert (ran.status, "khaldun extract FILE" in ran.err) == (1, True)
    assert "Ask for less" in run("incidents", _report(tmp_path), "--to", "1999").err
    db = tmp_path / "held.db"
    run("read", _report(tmp_path, "The minister visited Derna on 2 May 2016."), "--db", db)
    assert "No incident is told as news in the store (1 report)" in run("incidents", "--db", db).err
    run("read", _report(tmp_path), "--db", db)
    assert "Ask for less" in run("incidents", "--db", db, "--to", "1999").err
    empty = tmp_path / "empty.db"
    run("read", tmp_path / "nowhere.txt", "--db", empty)
    assert "The store is empty" in run("incidents", "--db", empty, "--to", "1999").err
    ran = run("incidents", tmp_path / "nowhere.txt")
    assert (ran.status, "could not be read" in ran.err) == (1, True)
    assert run("incidents", _report(tmp_path), "--db", "x.db").status == 2


def test_files_take_the_metadata_that_extract_takes(run: Run, tmp_path: Path) -> None:
    report = _report(tmp_path, "Gunmen kidnapped mayor Luis Ocampo in Derna, Libya, on Monday.")
    given = ("--outlet", "Harbour Post", "--published", "2016-05-04")
    (row, *_) = run("incidents", report, *given, "--json").json
    assert (row["outlet"], row["earliest"]) == ("Harbour Post", "2016-05-02")
    assert run("incidents", *given, "--db", tmp_path / "held.db").status == 2
