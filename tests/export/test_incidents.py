"""Incidents: every written rule on its examples, and what a row holds."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from khaldun.config import settings
from khaldun.export.incidents import Incident, incidents
from khaldun.ingest import Unread, read
from khaldun.knowledge import load_data
from khaldun.workflow.extraction import Reading, kit_of, readings, record_of

_RULES = load_data("rules/incidents.yaml")


@cache
def _reading(text: str) -> Reading:
    report = read(text.encode(), input_id="text", media_type="text/plain", published="1990-05-04")
    (found,) = readings([report], kit_of(settings().pipeline))
    assert not isinstance(found, Unread)
    return found


def _all(text: str) -> tuple[Incident, ...]:
    found = _reading(text)
    return incidents(found.annotation, found.events, all_told=True)


@pytest.mark.parametrize(
    ("text", "type", "expected"),
    [
        (text, row["type"], expected)
        for row in _RULES["revisions"]
        for expected, key in ((True, "examples"), (False, "counterexamples"))
        for text in row[key]
    ],
)
def test_a_revision_fires_on_its_examples_only(text: str, type: str, expected: bool) -> None:
    assert (type in {i.type for i in _all(text)}) is expected


def test_two_tellings_of_one_bombing_are_one_row() -> None:
    text = (
        "A car bomb exploded outside the Peruvian embassy in La Paz on 2 May, police said. "
        "The explosion damaged two buses. Nobody has claimed responsibility for the bombing."
    )
    (row,) = _all(text)
    assert row.type == "bombing"
    assert (row.when.earliest, row.when.latest) == (row.when.latest, row.when.earliest)
    assert row.country == "BO"
    assert "embassy" in " ".join(f.quote for f in row.fillings.targets)


def test_what_is_not_told_is_marked_inferred() -> None:
    (row,) = _all("Unidentified men kidnapped the mayor.")
    assert row.when.earliest is None
    assert row.inferred >= {"when", "country"}


def test_every_filler_quotes_its_words() -> None:
    found = _reading("TWO GUERRILLAS BLEW UP THREE PYLONS NEAR MEDELLIN YESTERDAY, THE COLOMBIAN ARMY SAID.")
    record: dict[str, Any] = record_of(found)
    for row in record["incidents"]:
        for part in ("perpetrators", "targets", "victims", "armed_targets", "instruments"):
            for filler in row[part]:
                start, end = filler["span"]
                assert found.report.text[start:end] == filler["quote"]
        start, end = row["evidence_span"]
        assert found.report.text[start:end] == row["evidence"]
        assert set(row["events"]) <= {event["id"] for event in record["events"]}
