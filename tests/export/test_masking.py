"""Private persons: no name in a field, none in a quotation, every span still fits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import khaldun
from khaldun.export.masking import MASKED_NAME, mask_record
from khaldun.export.tables import write_tables


def test_no_name_of_a_private_person_is_left(record: dict[str, Any]) -> None:
    record["claims"][0]["content"] = "Salma Idris, a nurse, fled"
    masked = mask_record(record)
    assert "Salma" not in json.dumps(masked, ensure_ascii=False)
    assert [actor["name"] for actor in masked["actors"] if actor["private"]] == [MASKED_NAME]


def test_a_quotation_keeps_its_length(record: dict[str, Any]) -> None:
    masked = mask_record(record)
    before, after = record["mentions"][1], masked["mentions"][1]
    assert after["quote"] == "█████ █████"
    assert (len(after["quote"]), after["span"]) == (len(before["quote"]), before["span"])


def test_a_short_name_is_found_by_its_span(record: dict[str, Any]) -> None:
    """A mention that is no alias (a first name alone) is blacked out in every quotation that covers it."""
    start, end = record["mentions"][1]["span"]
    record["events"][2].update(evidence="=Salma Idris, a nurse", evidence_span=[start - 1, end + 9])
    record["actors"][-1]["aliases"] = []
    record["actors"][-1]["name"] = "the nurse"
    assert mask_record(record)["events"][2]["evidence"] == "=█████ █████, a nurse"


def test_a_description_names_nobody(record: dict[str, Any]) -> None:
    """ "The blast killed a mother": who has no other name keeps that one; who has a name loses only that."""
    end = record["mentions"][1]["span"][1]
    described = {**record["mentions"][1], "id": "d", "quote": "a mother xyz", "made_by": "noun:mother"}
    described["span"] = [end + 2, end + 14]
    record["mentions"].append(described)
    masked = mask_record(record)
    assert masked["mentions"][-1]["quote"] == "a mother xyz"
    assert masked["mentions"][1]["quote"] == "█████ █████"
    assert masked["actors"][-1]["name"] == MASKED_NAME
    record["mentions"] = [described]
    record["actors"][-1] |= {"name": "mother", "aliases": []}
    assert mask_record(record) is record
    described["made_by"] = "names"
    assert mask_record(record)["actors"][-1]["name"] == MASKED_NAME


def test_nothing_private_nothing_changed(record: dict[str, Any]) -> None:
    record["actors"][-1]["private"] = False
    assert mask_record(record) is record


@pytest.mark.parametrize(
    ("text", "name", "private"),
    [
        ("Rebels burned the mill, said shopkeeper Omar Sabri.", "Omar Sabri", True),
        ("Gunmen shot villager Omar Sabri in Mosul on Monday.", "Omar Sabri", True),
        ("Omar Sabri was killed when a shell hit his house in Mosul, relatives said.", "Omar Sabri", True),
        ("Rebel commander Omar Sabri was killed in Mosul.", "Omar Sabri", False),
        ("Rebels shelled Homs, said Governor Omar Sabri.", "Omar Sabri", False),
        ("Journalist Omar Sabri was shot in Mosul on Monday.", "Omar Sabri", False),
    ],
)
def test_witnesses_and_victims_without_an_office_are_private(text: str, name: str, private: bool) -> None:
    record = khaldun.extract(text, published="2016-04-20")
    assert [actor["private"] for actor in record["actors"] if actor["name"] == name] == [private]
    assert (name not in json.dumps(mask_record(record), ensure_ascii=False)) is private


def test_tables_are_masked_with_the_record(tmp_path: Path) -> None:
    record = khaldun.extract("Rebels burned the mill, said shopkeeper Omar Sabri.", published="2016-04-20")
    write_tables([mask_record(record)], tmp_path)
    assert not [file.name for file in tmp_path.iterdir() if "Sabri" in file.read_text(encoding="utf-8")]
