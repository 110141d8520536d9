"""`khaldun.extract`: one text or file, nothing kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import khaldun
from khaldun.errors import UnreadableInput


def test_a_text_with_its_metadata() -> None:
    text = "Rebels shelled Sirte on Monday, residents said."
    record = khaldun.extract(text, outlet="Harbour Post", published=date(2016, 5, 5), title="T", input_id="mine")
    assert record["report"]["input_id"] == "mine"
    assert (record["report"]["publisher"], record["report"]["published"]) == ("Harbour Post", "2016-05-05")
    assert [t["earliest"] for t in record["times"]] == ["2016-05-02"]
    assert record == khaldun.extract(text, outlet="Harbour Post", published="2016-05-05", title="T", input_id="mine")


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rebels shelled Sirte.", encoding="utf-8")
    assert khaldun.extract(tmp_path / "a.txt")["report"]["input_id"].endswith("a.txt")


def test_what_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="empty"):
        khaldun.extract("")
    with pytest.raises(UnreadableInput, match="No such file"):
        khaldun.extract(tmp_path / "none.txt")


def test_what_cannot_be_kept_of_a_text_is_listed() -> None:
    record = khaldun.extract("Rebels shelled Sirte \ud800 again.")
    assert [item["reason"] for item in record["report"]["dropped"]] == ["1 lone surrogates"]
