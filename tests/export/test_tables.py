"""CSV tables: stable columns, the voice spelt out, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from khaldun.export.tables import TABLES, cell, columns, write_tables


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_written_with_its_columns(record: dict[str, Any], tmp_path: Path) -> None:
    write_tables([record], tmp_path)
    for table in TABLES:
        header = (tmp_path / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert tuple(header.split(",")) == columns(table)


def test_an_event_row_names_its_voice_and_keeps_its_caveats(record: dict[str, Any], tmp_path: Path) -> None:
    write_tables([record], tmp_path)
    gain, deaths, plan = _read(tmp_path / "events.csv")
    assert (gain["actor"], gain["target"], gain["place"]) == ("Harbour Council", "army", "Qasr")
    assert gain["voice"] == "Harbour Council; Harbour Post"
    assert (gain["factuality"], gain["distanced"], gain["inferred"]) == ("claimed", "true", "target")
    assert (deaths["killed_low"], deaths["killed_high"]) == ("7", "")
    assert deaths["killed_according_to"] == "Coast Radio"
    assert (deaths["earliest"], deaths["latest"]) == ("", "2016-05-04")
    assert (plan["factuality"], plan["lat"], plan["place_precision"]) == ("planned", "", "unknown")


def test_a_claim_row_puts_the_speaker_first_and_the_outlet_last(record: dict[str, Any], tmp_path: Path) -> None:
    write_tables([record], tmp_path)
    [claim] = _read(tmp_path / "claims.csv")
    assert claim["voice"] == "Harbour Council; Coast Radio; Harbour Post"
    assert claim["about"] == "e1"


def test_what_a_table_cannot_hold_is_counted(record: dict[str, Any], tmp_path: Path) -> None:
    losses = {loss.what: loss.count for loss in write_tables([record, record], tmp_path)}
    assert losses["claims"] == 2
    assert losses["lists of parts"] == 2


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (7, "7"),
        (-3.5, "-3.5"),
        (["a", "b"], "a; b"),
        ("=1+1", "'=1+1"),
        ("@home", "'@home"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-12", "-12"),
        ("two\r\nlines", "two\nlines"),
    ],
)
def test_cells(value: object, written: str) -> None:
    assert cell(value) == written


def test_excel_mark_only_where_asked(record: dict[str, Any], tmp_path: Path) -> None:
    write_tables([record], tmp_path / "plain")
    write_tables([record], tmp_path / "marked", bom=True)
    assert not (tmp_path / "plain" / "events.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "marked" / "events.csv").read_bytes().startswith(b"\xef\xbb\xbf")
