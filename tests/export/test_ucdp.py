"""The UCDP shape: only lethal rows with an organised actor, the written codes with their examples, deaths by side."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from khaldun.export.coding import Coded, coded_rows
from khaldun.export.parties import Party
from khaldun.export.ucdp import COLUMNS, date_prec, deaths_by_side, type_of_violence, write_ucdp
from khaldun.knowledge import load_data

RULES = load_data("rules/ucdp.yaml")


def _rows(*records: dict[str, Any]) -> tuple[list[dict[str, str]], set[str]]:
    out = io.StringIO()
    losses = write_ucdp(records, out)
    return list(csv.DictReader(io.StringIO(out.getvalue()))), {loss.reason for loss in losses}


@pytest.mark.parametrize("rule", RULES["violence"], ids=lambda rule: str(rule["name"]))
def test_examples_of_the_types_of_violence(rule: dict[str, Any]) -> None:
    for example in [*rule["examples"], *rule["counterexamples"]]:
        assert type_of_violence(example["one"], example["other"]) == example["type"]
        assert type_of_violence(example["other"], example["one"]) == example["type"]


@pytest.mark.parametrize("example", [*RULES["date_examples"], *RULES["date_counterexamples"]])
def test_examples_of_date_prec(example: dict[str, Any]) -> None:
    assert date_prec(example["earliest"], example["latest"]) == example["code"]


def test_a_lethal_row(record: dict[str, Any]) -> None:
    (row,), _ = _rows(record)
    assert tuple(row) == COLUMNS
    assert (row["id"], row["type_of_violence"]) == ("KHD-e1", "1")
    assert (row["side_a"], row["side_b"]) == ("Harbour Council", "Military Forces of Libya")
    assert (row["date_prec"], row["date_start"], row["where_prec"]) == ("1", "2016-05-03", "2")
    assert (row["low"], row["source_office"], row["source_original"]) == ("7", "Harbour Post", "Harbour Council")


def test_a_happening_that_two_reports_tell_is_one_row(record: dict[str, Any]) -> None:
    record["events"][0]["happening"] = "h1"
    (alone,), _ = _rows(record)
    other = json.loads(json.dumps(record))
    other["report"] |= {"id": "r2", "publisher": "Coastal Wire"}
    for event in other["events"]:
        event["id"] = f"{event['id']}-2"
        if event.get("fatalities"):
            event["fatalities"] |= {"low": 5, "best": 5, "high": 5}
    (row,), reasons = _rows(record, other)
    assert (row["number_of_sources"], row["source_office"]) == ("2", f"{alone['source_office']}; Coastal Wire")
    assert (row["low"], row["best"], row["high"]) == ("5", "5", alone["high"])
    assert "told by several reports; in one row with the first" in reasons


def test_no_dead_no_row(record: dict[str, Any]) -> None:
    record["events"] = record["events"][:1]
    rows, reasons = _rows(record)
    assert rows == []
    assert "no number of dead is told; left out" in reasons


def test_killed_without_a_number_is_told_apart(record: dict[str, Any]) -> None:
    """ "The group assassinated key figures of the council": no row, and the coder hears of it."""
    record["events"] = [{**record["events"][0], "kind": "assault.targeted", "acled": "Attack", "fatalities": None}]
    record["events"][0].update(factuality="asserted", negated=False)
    rows, reasons = _rows(record)
    assert rows == []
    assert any(reason.startswith("people are told killed, but not how many") for reason in reasons)


def test_civilians_who_kill_make_no_row(record: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """ "Residents beat an Islamic State preacher to death": nobody organised did it."""
    crowd, front = Party("Civilians", "civilians", "population", "c"), Party("Front", None, "armed_group", "f")
    (coded,) = [c for c in coded_rows(record) if any(c.killed)]
    monkeypatch.setattr("khaldun.export.ucdp.coded_rows", lambda _: [replace(coded, actor=(crowd,), target=(front,))])
    rows, reasons = _rows(record)
    assert rows == []
    assert "no organised actor is known on one side; left out" in reasons


def _coded(*tolls: tuple[str | None, int]) -> Coded:
    event = {"tolls": [{"of": "killed", "who": who, "low": n, "best": n, "high": n} for who, n in tolls]}
    actor, target = Party("Front", None, "armed_group", "f"), Party("Civilians", "civilians", "population", "c")
    return Coded("Attack", event, (event,), (actor,), (target,))


@pytest.mark.parametrize(
    ("tolls", "best", "expected"),
    [
        ([("f", 2), ("c", 3)], 5, (2, 0, 3, 0)),
        ([("c", 3)], 5, (0, 0, 3, 2)),
        ([(None, 4)], 4, (0, 0, 0, 4)),
        ([("c", 3), ("c", 9)], 9, (0, 0, 0, 9)),
        ([("c", 3)], None, (None, None, None, None)),
    ],
)
def test_deaths_by_side_add_up(
    tolls: list[tuple[str | None, int]], best: int | None, expected: tuple[int | None, ...]
) -> None:
    found = deaths_by_side(_coded(*tolls), best)
    assert tuple(found[f"deaths_{name}"] for name in ("a", "b", "civilians", "unknown")) == expected
