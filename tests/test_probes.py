"""The behavioural probes: the share that is wholly right may not sink (see probes/README.md)."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest

from check import Fault, Item, missing, present, too_many
from folding import ProbeError, fold, name_fits, read_days, read_range
from pairs import differs, renaming
from probing import Outcome, Probe, _probe, exchange, floors_of, load, load_floors, run, sunk, table


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [run(probe) for probe in load()]


def test_no_share_sinks(outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{table(outcomes)}\n")
    assert sunk(outcomes, load_floors()) == []


def test_both_halves_are_of_a_size() -> None:
    halves = Counter(p.half for p in load())
    assert 0.4 < halves["a"] / (halves["a"] + halves["b"]) < 0.6
    assert 0.4 < halves["c"] / (halves["c"] + halves["d"]) < 0.6
    assert 0.4 < halves["e"] / (halves["e"] + halves["f"]) < 0.6
    assert 0.4 < halves["g"] / (halves["g"] + halves["h"]) < 0.6
    assert 0.4 < halves["i"] / (halves["i"] + halves["j"]) < 0.6


def test_a_share_that_sinks_is_named() -> None:
    good, bad = (Outcome(Probe("x", "plans", "A."), RECORD, faults) for faults in ((), (Fault("missing", "events"),)))
    half = {"first to third": {"all": [1, 2], "plans": [1, 2]}}
    assert sunk([good, bad], half) == []
    assert [s.split(" ")[0] for s in sunk([good, bad, bad], half)] == ["all", "plans"]
    assert [s.split(" ")[0] for s in sunk([good], {"first to third": {"times": [0, 1]}})] == ["times"]


def test_a_new_series_hides_no_loss_of_an_older_one() -> None:
    old, new = (Outcome(Probe("x", "plans", "A.", series=series), RECORD, ()) for series in (0, 3))
    lost = Outcome(old.probe, RECORD, (Fault("missing", "events"),))
    floors = floors_of([old, new])
    assert sunk([old, new, new], floors) == []
    assert [s.split(":")[0] for s in sunk([lost, new, new], floors)] == [
        "all (first to third)",
        "plans (first to third)",
    ]


# ------------------------------------------------------------------------------------------------ the checker

RECORD: dict[str, Any] = {
    "actors": [
        {"id": "m", "name": "MSC", "aliases": ["Mujahideen Shura Council", "it"], "type": "armed_group"},
        {"id": "i", "name": "the Islamic State", "aliases": [], "type": "armed_group"},
        {"id": "r", "name": "Reuters", "aliases": [], "type": "media"},
    ],
    "places": [{"id": "d", "name": "Derna", "aliases": [], "lat": 32.8, "lon": 22.6, "precision": "exact"}],
    "times": [{"earliest": "2016-04-18", "latest": "2016-04-18", "quote": "Monday"}],
    "mentions": [],
    "attributions": [],
    "claims": [{"id": "c", "speaker": "m", "via": ["r"], "medium": None, "stance": "assert", "content": "it won"}],
    "events": [
        {
            "id": "e", "type": "clash", "actor": ["m"], "target": ["i"], "place": "d", "earliest": "2016-04-18",
            "latest": "2016-04-18", "fatalities": {"low": 7, "best": 7, "high": None}, "injured": None,
            "tolls": [{"of": "killed", "who": "i", "low": 7, "best": 7, "high": None, "according_to": ["m"]}],
            "factuality": "claimed", "negated": False, "distanced": False, "source": ["m", "r"], "evidence": "fought",
        }
    ],
    "relations": [
        {"id": "t", "type": "fights", "source": "i", "target": "m", "according_to": [], "from": None, "to": None}
    ],
    "control": [],
}  # fmt: skip


@pytest.mark.parametrize(
    "wanted",
    [
        {"type": "clash", "actor": "mujahideen shura council", "target": "Islamic State", "place": "derna"},
        {"type": ["assault", "clash"], "date": "2016-04-18", "killed": "7+", "injured": None, "negated": False},
        {"source": "MSC", "factuality": "claimed"},
        {"killed": ["9", "7+"], "injured": ["3", None]},
        {"source": ["MSC", "Reuters"], "tolls": [{"of": "killed", "n": "7+", "who": "Islamic State"}]},
        {"date": {"within": "2016-04"}, "actor_has": "Hezbollah|MSC"},
        {"any_of": [{"type": "siege"}, {"actor": "MSC"}]},
    ],
)
def test_what_fits(wanted: Item) -> None:
    assert missing({"events": [wanted]}, RECORD) == []
    assert len(present({"events": [wanted]}, RECORD)) == 1


@pytest.mark.parametrize(
    "wanted",
    [
        {"actor": "Islamic State"},
        {"actor": ["MSC", "Islamic State"]},
        {"target": None},
        {"target": "=State"},
        {"place": None},
        {"date": "2016-04"},
        {"date": {"within": "2016-03"}},
        {"killed": "7"},
        {"injured": "3"},
        {"killed": ["9", None]},
        {"source": []},
        {"source": ["MSC"]},
        {"source": ["Reuters", "MSC"]},
        {"any_of": [{"type": "siege"}, {"type": "aid"}], "actor": "MSC"},
    ],
)
def test_what_does_not_fit(wanted: Item) -> None:
    assert len(missing({"events": [wanted]}, RECORD)) == 1
    assert present({"events": [wanted]}, RECORD) == []


def test_two_wanted_items_need_two_items() -> None:
    assert len(missing({"events": [{"type": "clash"}, {"actor": "MSC"}]}, RECORD)) == 1


def test_a_tie_between_two_sides_has_no_direction() -> None:
    assert missing({"relations": [{"type": "fights", "source": "MSC", "target": "Islamic State"}]}, RECORD) == []
    assert len(missing({"relations": [{"source": "MSC", "target": "MSC"}]}, RECORD)) == 1


def test_either_of_two_readings() -> None:
    readings = [{"control": [{"status": "holds"}]}, {"claims": [{"speaker": "MSC", "via": ["Reuters"]}]}]
    assert missing({"any_of": readings}, RECORD) == []
    assert len(missing({"any_of": readings[:1]}, RECORD)) == 1


def test_what_may_be_there_is_not_counted() -> None:
    assert len(too_many({"events": 0}, {}, RECORD)) == 1
    assert too_many({"events": 0}, {"events": [{"type": "clash"}]}, RECORD) == []


def test_records_differ_up_to_names() -> None:
    other = {**RECORD, "actors": [{**RECORD["actors"][0], "name": "Shura"}, *RECORD["actors"][1:]]}
    assert {f.section for f in differs(RECORD, other, {})} == {"events", "relations", "claims"}
    assert differs(RECORD, other, renaming({"Shura": "MSC"})) == []
    flipped = {**RECORD, "events": [{**RECORD["events"][0], "actor": ["i"], "target": ["m"]}]}
    assert [f.section for f in differs(RECORD, flipped, {})] == ["events"]
    swapped = renaming({"MSC": "Islamic State", "Islamic State": "MSC"})
    assert {f.section for f in differs(RECORD, flipped, swapped)} == {"events", "claims"}


@pytest.mark.parametrize(
    ("wanted", "names", "fit"),
    [
        ("Army", ["the Libyan Army"], True),
        ("=Army", ["the Libyan Army"], False),
        ("=Libyan Army", ["The Libyan Army’s"], True),
        ("al-Nusra Front", ["Nusra"], True),
        ("Nusra", ["Nasra"], False),
        ("it and others", ["it"], False),
    ],
)
def test_names(wanted: str, names: list[str], fit: bool) -> None:
    assert name_fits(wanted, names) is fit


def test_folding_days_ranges_and_exchange() -> None:
    assert fold("Al-Qa’ida’s") == ("qaida",)
    assert [str(d) for d in read_days("2016-12")] == ["2016-12-01", "2016-12-31"]
    assert [str(d) for d in read_days("/2016")] == ["None", "2016-12-31"]
    assert [read_range(r) for r in ("40", "7+", "12-99", "-20")] == [(40, 40), (7, None), (12, 99), (None, 20)]
    assert exchange("A hit B, and B hit A.", "A", "B") == "B hit A, and A hit B."


@pytest.mark.parametrize(
    "raw",
    [
        {"id": "x", "text": "A.", "only": {"events": 1}},
        {"id": "x", "text": "A.", "expect": {"events": [{"type": "clash"}]}},
        {"id": "x", "text": "A.", "expect": {"events": [{"colour": "red"}]}, "only": {"events": 1}},
        {"id": "x", "text": "A.", "expect": {"events": [{"any_of": [{"colour": "red"}]}]}, "only": {"events": 1}},
        {"id": "x", "text": "A.", "expect": {"weather": [{}]}, "only": {"events": 1}},
        {"id": "x", "text": "A.", "wish": {}, "expect": {"events": [{}]}, "only": {"events": 1}},
        {"id": "x", "expect": {"events": [{}]}, "only": {"events": 1}},
    ],
)
def test_a_probe_that_is_not_well_formed(raw: dict[str, Any]) -> None:
    with pytest.raises(ProbeError):
        _probe("negation", raw)


def test_a_probe_reads_its_text() -> None:
    probe = Probe(
        "x", "events", "Rebels shelled the port of Sirte on 4 May 2016.", expect={"events": [{"date": "2016-05-04"}]}
    )
    assert run(probe).right
