"""The ACLED shape: its columns, the written mapping with its examples, and the caveats."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from khaldun.export.acled import (
    COLUMNS,
    inter,
    middle,
    time_precision,
    write_acled,
)
from khaldun.export.row_groups import starting_sub_type
from khaldun.knowledge import load_data
from khaldun.ontology import kinds

RULES = load_data("rules/acled.yaml")


def _rows(*records: dict[str, Any]) -> tuple[list[dict[str, str]], dict[tuple[str, str], int]]:
    out = io.StringIO()
    losses = write_acled(records, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    return rows, {(loss.what, loss.reason): loss.count for loss in losses}


def test_the_columns_are_acleds_in_order(record: dict[str, Any]) -> None:
    rows, _ = _rows(record)
    assert len(COLUMNS) == 31
    assert tuple(rows[0]) == COLUMNS


def test_a_row_carries_its_caveats(record: dict[str, Any]) -> None:
    rows, losses = _rows(record)
    (gain,) = rows
    assert gain["event_id_cnty"] == "KHD-e1"
    assert (gain["event_date"], gain["time_precision"]) == ("2016-05-03", "1")
    assert gain["sub_event_type"] == "Non-state actor overtakes territory"
    assert (gain["actor1"], gain["actor2"]) == ("Harbour Council", "Military Forces of Libya")
    assert (gain["country"], gain["iso"], gain["geo_precision"]) == ("Libya", "434", "2")
    assert "factuality=claimed" in gain["tags"]
    assert "voice=Harbour Council > Harbour Post" in gain["tags"]
    assert "distanced" in gain["tags"]
    assert "According to Harbour Council, in Harbour Post." in gain["notes"]
    assert losses["events", "a consequence or part of another event; told in its row"] == 1


def test_an_event_far_from_others_is_a_row_of_its_own(record: dict[str, Any]) -> None:
    record["events"][1]["evidence_span"] = [9000, 9030]
    _, deaths = _rows(record)[0]
    assert (deaths["sub_event_type"], deaths["civilian_targeting"]) == ("Attack", "Civilian targeting")
    assert (deaths["fatalities"], deaths["event_date"], deaths["time_precision"]) == ("7", "", "")
    assert "date=by 2016-05-04" in deaths["tags"]


def _other(record: dict[str, Any], outlet: str, happening: str | None, dead: int) -> dict[str, Any]:
    """The record as another report would tell it, with that toll in its main event."""
    other = json.loads(json.dumps(record))
    other["report"] |= {"id": f"r-{outlet}", "publisher": outlet}
    other["events"][0] |= {
        "id": f"e-{outlet}",
        "happening": happening,
        "fatalities": {"low": dead, "best": dead, "high": dead, "according_to": []},
    }
    del other["events"][1:]
    return dict(other)


def test_a_happening_that_two_reports_tell_is_one_row(record: dict[str, Any]) -> None:
    first, second = _other(record, "Harbour Post", "h1", 9), _other(record, "Coastal Wire", "h1", 7)
    (row,), losses = _rows(first, second)
    assert (row["source"], row["fatalities"]) == ("Harbour Post; Coastal Wire", "7")
    assert "Figures of the dead differ between reports: 7 to 9; the lowest is coded." in row["notes"]
    assert losses["events", "told by several reports; in one row with the first"] == 1
    apart, _ = _rows(first, _other(record, "Coastal Wire", "h2", 7))
    assert [r["fatalities"] for r in apart] == ["9", "7"]
    undecided, _ = _rows(_other(record, "Harbour Post", None, 9), _other(record, "Coastal Wire", None, 7))
    assert len(undecided) == 2


def test_what_the_first_report_leaves_open_another_gives(record: dict[str, Any]) -> None:
    first, second = _other(record, "Harbour Post", "h1", 9), _other(record, "Coastal Wire", "h1", 9)
    first["events"][0] |= {"place": None, "place_precision": None, "earliest": None, "latest": None}
    (row,), _ = _rows(first, second)
    assert row["location"]
    assert (row["event_date"], row["time_precision"], row["fatalities"]) == ("2016-05-03", "1", "9")
    assert "differ" not in row["notes"]


def test_a_place_that_another_event_of_the_row_gives_is_marked(record: dict[str, Any]) -> None:
    head, beside = record["events"][:2]
    beside["place"], head["place"] = head["place"], None
    assert "inferred=location" in _rows(record)[0][0]["tags"]


def test_dead_without_a_number_are_noted(record: dict[str, Any]) -> None:
    killing = record["events"][1]
    killing.update(fatalities=None, tolls=[], kind="assault.targeted", evidence="they assassinated leading officers")
    killing["evidence_span"] = [9000, 9030]
    row = _rows(record)[0][-1]
    assert row["fatalities"] == "3"
    assert row["notes"].endswith("Dead: not numbered, coded 3 by convention.")


def test_what_did_not_happen_is_left_out_and_counted(record: dict[str, Any]) -> None:
    rows, losses = _rows(record)
    assert len(rows) == 1
    assert losses["events", "negated, denied, planned or only possible; left out"] == 1


def test_no_timestamp_and_no_look_alike_id(record: dict[str, Any]) -> None:
    assert all(row["timestamp"] == "" and row["event_id_cnty"].startswith("KHD-") for row in _rows(record)[0])


def test_examples_of_inter() -> None:
    for example in [*RULES["inter"]["examples"], *RULES["inter"]["counterexamples"]]:
        found = inter(example["type"], example.get("country"), example.get("place"))
        assert found == example["becomes"]


def test_every_sub_type_of_the_ontology_is_known() -> None:
    named = {kind.acled for kind in kinds().values() if kind.acled}
    assert named <= set(RULES["sub_types"])


def test_a_kind_acled_does_not_code() -> None:
    assert starting_sub_type({"kind": "media.release", "acled": None}) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "day"),
    [
        ("2016-05-03", "2016-05-03", 1, "2016-05-03"),
        ("2016-05-02", "2016-05-08", 2, "2016-05-05"),
        ("2016-05-01", "2016-05-31", 3, "2016-05-16"),
        ("2016-09-01", "2016-12-31", 4, "2016-10-31"),
        ("2016-01-01", "2016-12-31", 4, "2016-07-01"),
        ("2014-10-20", "2016-04-20", None, None),
        (None, "2016-05-04", None, None),
        (None, None, None, None),
    ],
)
def test_dates(earliest: str | None, latest: str | None, precision: int | None, day: str | None) -> None:
    assert (time_precision(earliest, latest), middle(earliest, latest)) == (precision, day)
