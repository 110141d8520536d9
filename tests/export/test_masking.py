"""Private persons: no name in a field, none in a quotation, every span still fits."""

from __future__ import annotations

import json
from typing import Any

from khaldun.export.masking import MASKED_NAME, mask_record


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
