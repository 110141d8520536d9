"""Incidents: every written rule on its examples, and what a row holds."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from khaldun.config import settings
from khaldun.export.incidents import Incident, incidents
from khaldun.ingest import Unread, read
from khaldun.knowledge import load_data
from khaldun.model import Locus
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


# ------------------------------------------------------------------------------------------------ one row or two


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # two countries
        ("Nadim Karsa was kidnapped in Turkey. The group continues to attack soldiers near Derna.", 2),
        # nothing shared but vagueness
        (
            "Gunmen attacked a convoy. The talks went on in the capital. Ministers met twice. The price of bread "
            "rose. A farmer was killed.",
            2,
        ),
        # two bodies that act
        ("The Harbour Front attacked a bank in Tarsin. The Green Army attacked a school in Tarsin.", 2),
        # "the attack" speaks of the one before
        (
            "Gunmen attacked a school in Tarsin. The talks went on in the capital. Ministers met twice. The price "
            "of bread rose. The attack lasted an hour.",
            1,
        ),
        # the next sentence goes on with it
        ("Gunmen attacked a school in Tarsin on 2 May. Two teachers were killed.", 1),
    ],
)
def test_tellings_of_one_incident(text: str, rows: int) -> None:
    assert len(_all(text)) == rows


def test_no_row_has_a_place_outside_its_country() -> None:
    text = (
        "Nadim Karsa, who was kidnapped in Turkey, trained fighters. The group continues to operate camps in Derna and "
        "to target the Libyan military near there. Gunmen killed a farmer in Tripoli, Libya, and fled to Tunisia."
    )
    for row in _all(text):
        countries = {p.value.country_iso2 for p in row.places if isinstance(p.value, Locus) and p.value.country_iso2}
        assert countries <= {row.country}


# ------------------------------------------------------------------------------------------------ cells


def test_a_named_victim_stands_without_office() -> None:
    (row,) = _all("Gunmen killed former councilman Ramon Ortiz Vela in Bogota on 2 May 1990.")
    assert [f.quote for f in row.fillings.victims if f.named] == ["Ramon Ortiz Vela"]


def test_every_filler_says_who_put_it_there() -> None:
    found = _all("TWO GUERRILLAS KIDNAPPED MAYOR LUIS OCAMPO IN MEDELLIN, COLOMBIA, ON 2 MAY. A BOMB DESTROYED A BANK.")
    fillers = [
        f
        for row in found
        for part in (row.fillings.perpetrators, row.fillings.victims, row.fillings.targets, row.fillings.instruments)
        for f in part
    ]
    assert fillers
    assert {f.made_by for f in fillers} <= {"rule", "learned", "rule+learned"}


def test_without_the_layer_the_rules_alone_fill_the_cells() -> None:
    report = read(b"Gunmen kidnapped mayor Luis Ocampo in Medellin, Colombia.", input_id="t", media_type="text/plain")
    (found,) = readings([report], kit_of(settings().pipeline, learned="off"))
    assert not isinstance(found, Unread)
    (row,) = incidents(found.annotation, found.events, all_told=True)
    assert [f.quote for f in row.fillings.victims] == ["Luis Ocampo"]
    assert {f.made_by for f in (*row.fillings.victims, *row.fillings.perpetrators)} == {"rule"}
    assert not any(m.fills for m in found.annotation.mentions)


def test_who_strikes_back_is_no_perpetrator() -> None:
    text = (
        "Gunmen raided a clinic in Tarsin on Tuesday, killing four nurses. Helicopters later struck the fleeing gunmen "
        "near Tarsin."
    )
    told = [[p.quote for p in row.fillings.perpetrators] for row in _all(text)]
    assert any("Gunmen" in quotes for quotes in told)
    assert not any({"Gunmen", "Helicopters"} <= set(quotes) for quotes in told)
