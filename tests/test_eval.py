"""The evaluation: what it samples, how it renames, when a figure counts as sunk, and that one fault stops nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import formats
from floors import Outcome, digest, figure, floors_of, is_below, raised
from formats_across import given_mentions, own_mentions
from formats_events import acled, muc4, plover
from khaldun.config import settings
from khaldun.model import Annotation, Attribution, Report, Span
from khaldun.workflow.extraction import Reading, kit_of
from run import KEYS, main, table
from texts import Row, Text, read_texts, sampled
from yardsticks import BENCHMARKS

SHARED = Path(os.environ.get("KHALDUN_SHARED") or Path(__file__).resolve().parents[2] / "shared")

RAID = "On 3 May 2021, gunmen killed four soldiers near Derna. The Libyan army said the gunmen fled to Benghazi."


def read(*texts: Text) -> dict[str, Reading]:
    found = read_texts(texts, kit_of(settings().pipeline), "test")
    return {id: outcome for id, outcome in found.items() if isinstance(outcome, Reading)}


def read_one(text: str, published: str | None = None) -> Reading:
    return read(Text("a", text, published))["a"]


# ------------------------------------------------------------------------------------------------ sampling

ROWS = st.lists(st.integers(0, 30), max_size=40).map(
    lambda ns: [{"id": f"{i}", "of": f"{n}"} for i, n in enumerate(ns)]
)


def own_group(row: Row) -> str:
    return str(row["of"])


@given(ROWS, st.integers(0, 40))
def test_a_sample_keeps_the_order_and_tears_no_group_apart(rows: list[Row], limit: int) -> None:
    taken = sampled(rows, limit, own_group)
    assert [row for row in rows if row in taken] == taken
    names = {own_group(row) for row in taken}
    assert all((row in taken) == (own_group(row) in names) for row in rows)
    assert len(taken) >= min(limit, len(rows))


@given(ROWS, st.integers(0, 40))
def test_a_sample_does_not_depend_on_the_order_of_the_rows(rows: list[Row], limit: int) -> None:
    there = sampled(list(reversed(rows)), limit, own_group)
    assert list(reversed(there)) == sampled(rows, limit, own_group)


def test_without_a_limit_everything_is_taken() -> None:
    rows: list[Row] = [{"id": "a", "of": "x"}, {"id": "b", "of": "y"}]
    assert sampled(rows, None, own_group) == rows


# ------------------------------------------------------------------------------------------------ floors


def outcome(value: float | None, data: str = "d1") -> Outcome:
    return Outcome("geo", {"f1": value}, {"f1": value}, data)


def floors(value: float, data: str = "d1") -> dict[str, Any]:
    return {"tolerance": 0.01, "runs": {"dev": {"geo": {"data": data, "figures": {"f1": value}}}}}


@pytest.mark.parametrize(
    ("value", "floor", "below"),
    [(0.5, 0.5, False), (0.495, 0.5, False), (0.48, 0.5, True), (None, 0.5, True), (None, 0.0, True)],
)
def test_a_figure_is_below_its_floor_beyond_the_tolerance_or_when_it_is_gone(
    value: float | None, floor: float, below: bool
) -> None:
    assert is_below(value, floor, 0.01) is below


@pytest.mark.parametrize(
    ("measured", "allow_regression", "floor"),
    [(0.6, False, 0.6), (0.4, False, 0.5), (0.4, True, 0.4), (None, False, 0.5)],
)
def test_floors_rise_by_themselves_and_sink_only_when_that_is_allowed(
    measured: float | None, allow_regression: bool, floor: float
) -> None:
    after = raised(floors(0.5), "dev", [outcome(measured)], allow_regression=allow_regression)
    assert floors_of(after, "dev", outcome(None)) == {"f1": floor}


def test_floors_hold_for_the_data_they_were_measured_on() -> None:
    assert floors_of(floors(0.5), "dev", outcome(0.1)) == {"f1": 0.5}
    assert floors_of(floors(0.5), "dev", outcome(0.1, "other")) == {}
    assert floors_of(floors(0.5), "dev-quick", outcome(0.1)) == {}
    after = raised(floors(0.5), "dev", [outcome(0.1, "other")], allow_regression=False)
    assert floors_of(after, "dev", outcome(0.1, "other")) == {"f1": 0.1}


def test_what_failed_or_is_absent_moves_no_floor() -> None:
    nothing = [Outcome("geo", {"error": "x"}, {}, "d1"), Outcome("geo", {"absent": "no file"}, {})]
    assert raised(floors(0.5), "dev", nothing, allow_regression=True) == floors(0.5)


def test_the_digest_tells_where_one_part_ends() -> None:
    assert digest([b"ab", b"c"]) != digest([b"a", b"bc"])
    assert digest([b"ab", b"c"]) == digest(iter([b"ab", b"c"]))


def test_a_figure_is_found_by_its_path() -> None:
    assert figure({"a": {"b": 1}}, "a.b") == 1.0
    assert figure({"a.b": {"c.d": 2}}, "a.b.c.d") == 2.0
    assert figure({"a": {"b": None}}, "a.b") is None
    assert figure({"a": 3}, "a.b") is None


def test_the_table_says_which_figure_has_sunk() -> None:
    lines = list(table([outcome(0.2)], "dev", floors(0.5)))
    assert "below" in lines[1]
    assert "below" not in list(table([outcome(0.6)], "dev", floors(0.5)))[1]


# ------------------------------------------------------------------------------------------------ renaming


def attribution(id: str, source: Span, cue: Span, *content: Span) -> Attribution:
    return Attribution(id, (source,), (cue,), content)


def cues(*attributions: Attribution) -> list[list[list[int]]]:
    report = Report("r", "r", "", "x" * 100, ())
    reading = Reading(Annotation(report, attributions=attributions), (), ())
    return [a["cue"] for a in formats.polnear(reading)["attributions"]]


def test_of_nested_attributions_only_the_outer_is_given() -> None:
    outer = attribution("o", Span(0, 5), Span(6, 10), Span(11, 60))
    inner = attribution("i", Span(15, 20), Span(21, 25), Span(26, 50))
    later = attribution("l", Span(61, 65), Span(66, 70), Span(71, 90))
    assert cues(outer, inner, later) == [[[6, 10]], [[66, 70]]]


def test_two_attributions_that_hold_one_another_are_both_kept() -> None:
    left = attribution("l", Span(0, 5), Span(6, 10), Span(20, 40))
    right = attribution("r", Span(20, 22), Span(25, 30), Span(0, 15))
    assert cues(left, right) == [[[6, 10]], [[25, 30]]]


@pytest.mark.parametrize(
    ("text", "start", "widened"),
    [("saw the army", 8, "the army"), ("An envoy", 3, "An envoy"), ("bathe army", 6, "army"), ("army", 0, "army")],
)
def test_the_article_is_taken_along(text: str, start: int, widened: str) -> None:
    assert formats.with_article(Span(start, len(text)), text).of(text) == widened


def test_times_and_places_carry_their_values() -> None:
    reading = read_one("The envoy flew from Derna to Tripoli on 3 May 2021.")
    (time,) = formats.temporal(reading)["times"]
    assert (time["type"], time["value"], time["earliest"], time["latest"]) == (
        "DATE", "2021-05-03", "2021-05-03", "2021-05-03",
    )  # fmt: skip
    places = formats.geo(reading)["places"]
    assert [reading.report.text[p["start"] : p["end"]] for p in places] == ["Derna", "Tripoli"]
    assert all(p["lat"] is not None and p["geonameid"] is not None for p in places)


def test_a_common_noun_is_no_place_of_the_benchmark() -> None:
    assert formats.geo(read_one("The town fell silent."))["places"] == []


def test_events_in_the_shape_of_acled() -> None:
    (event,) = acled(read_one("On 3 May 2021, gunmen killed four soldiers in Derna."))["events"]
    assert event["type"] == "Battles"
    assert (event["earliest"], event["latest"], event["fatalities"]) == ("2021-05-03", "2021-05-03", 4)
    assert event["place"]["name"] == "Derna"


def test_an_open_interval_is_not_given_as_a_day() -> None:
    events = acled(read_one("Gunmen killed four soldiers in Derna.", published="2021-05-03"))["events"]
    assert events
    assert all("earliest" not in e and "latest" not in e for e in events)


def test_events_in_the_shape_of_plover() -> None:
    (event,) = plover(read_one("Egyptian police arrested three students."))["events"]
    assert event["type"] == "COERCE"
    assert [(s["code"], s["sector"]) for s in event["sources"]] == [("EGY", "COP")]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Guerrillas kidnapped a farmer in Apopa.", ["KIDNAPPING"]),
        ("Guerrillas attacked an army patrol in Apopa.", []),
        ("The minister visited Apopa.", []),
    ],
)
def test_incidents_of_terrorism(text: str, types: list[str]) -> None:
    assert [event["type"] for event in muc4(read_one(text))["events"]] == types


def test_given_mentions_go_by_the_happening_or_by_the_word() -> None:
    texts = [
        Text("a", RAID, "2021-05-04", outlet="A"),
        Text("b", "A grocer met other grocers by a grocery.", outlet="B"),
    ]
    rows = [row_of(texts[0], "killed"), row_of(texts[1], "grocer", "grocers", "grocery")]
    a, b = given_mentions(rows, read(*texts))
    claim = a["mentions"][0]["event_id"]
    assert "/" not in claim
    one, same, other = (mention["event_id"] for mention in b["mentions"])
    assert one == same != other
    assert a["incident_id"] != b["incident_id"]


def test_two_reports_of_one_raid_are_one_incident() -> None:
    again = "Gunmen killed four soldiers near Derna on 3 May 2021, the Libyan army said on Tuesday."
    found = read(Text("a", RAID, "2021-05-04", outlet="A"), Text("b", again, "2021-05-04", outlet="B"))
    a, b = own_mentions([], found)
    assert a["incident_id"] == b["incident_id"]
    assert {m["event_id"] for m in a["mentions"]} & {m["event_id"] for m in b["mentions"]}


def row_of(text: Text, *words: str) -> Row:
    mentions, at = [], 0
    for word in words:
        start = text.text.index(word, at)
        at = start + len(word)
        mentions.append({"start": start, "end": at, "event_id": "gold"})
    return {"id": text.id, "text": text.text, "mentions": mentions}


def test_nothing_of_the_gold_reaches_the_pipeline() -> None:
    row = {
        "id": "a", "text": "t", "dct": "2021-05-04", "meta": {"dct": "2021-05-04", "topic": "1"}, "incident_id": "7",
        "context": {"country": "Libya", "year": 2021}, "event": {"date": "2021-05-03"}, "times": [{"value": "gold"}],
    }  # fmt: skip
    allowed = {None, "a", "t", "2021-05-04", "2021-12-31", "Libya"}
    for benchmark in BENCHMARKS:
        given_text = benchmark.given(row)
        assert {getattr(given_text, field) for field in Text.__dataclass_fields__} <= allowed


# ------------------------------------------------------------------------------------------------ whole runs

COUNTING = """
import json, sys
gold, found = ([json.loads(line) for line in open(path)] for path in sys.argv[1:3])
assert {row["id"] for row in found} == {row["id"] for row in gold}
print(json.dumps({"recognition": {"overlap": {"f1": sum(len(row["places"]) for row in found) / 10}}}))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one good benchmark and one whose scorer is broken; everything else is absent."""
    root = tmp_path / "data"
    for key, scorer in (("geo", COUNTING), ("temporal", "import sys; sys.exit('no such measure')")):
        (root / "bench" / key).mkdir(parents=True)
        (root / "bench" / key / "score.py").write_text(scorer)
        rows = [{"id": "one", "text": "The envoy flew from Derna to Tripoli."}, {"id": "two", "text": "It rained."}]
        (root / "bench" / key / "unseen.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return root


def run(data: Path, *arguments: str) -> tuple[int, Mapping[str, Any]]:
    report = data.parent / "report.json"
    status = main(["--data", str(data), "--split", "unseen", "--json", str(report), *arguments])
    return status, json.loads(report.read_text())


def test_absent_sets_are_reported_and_stop_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, report = run(data, "--only", "geo", "muc4", "stories", "gold")
    assert status == 0
    assert report["geo"] == {"recognition": {"overlap": {"f1": 0.2}}}
    assert [key for key, result in report.items() if "absent" in result] == ["muc4", "stories", "gold"]
    assert "0.200" in capsys.readouterr().out


def test_a_fault_in_one_is_recorded_and_the_others_go_on(data: Path) -> None:
    status, report = run(data)
    assert status == 1
    assert tuple(report) == KEYS
    assert "no such measure" in report["temporal"]["error"]
    assert report["geo"]["recognition"]["overlap"]["f1"] == 0.2


def test_the_predictions_are_kept_where_that_is_asked(data: Path, tmp_path: Path) -> None:
    run(data, "--only", "geo", "--keep", str(tmp_path / "kept"), "--limit", "1")
    (line,) = (tmp_path / "kept" / "geo.jsonl").read_text().splitlines()
    assert json.loads(line)["id"] in ("one", "two")


def test_texts_are_read_once_for_two_keys_that_are_given_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data" / "bench" / "gvc"
    folder.mkdir(parents=True)
    (folder / "score.py").write_text("print('{}')")
    row = {"id": "a", "text": RAID, "meta": {}, "incident_id": "i", "mentions": []}
    (folder / "unseen.jsonl").write_text(json.dumps(row) + "\n")
    status, _ = run(tmp_path / "data", "--only", "gvc", "gvc_end_to_end")
    paces = [line.split()[-1] for line in capsys.readouterr().out.splitlines() if f" {len(RAID.split())} " in line]
    assert (status, paces[0] != "-", paces[1]) == (0, True, "-")


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path / "nowhere")]) == 2


@pytest.mark.skipif(not (SHARED / "bench").is_dir(), reason="no labelled data: set KHALDUN_SHARED")
def test_the_scorers_take_the_predictions(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    only = ["polnear", "re3d", "plover", "geo", "acled", "acled_context", "gold"]
    status = main(["--data", str(SHARED), "--only", *only, "--limit", "1", "--json", str(report)])
    assert status == 0
    assert not [key for key, result in json.loads(report.read_text()).items() if {"error", "absent"} & set(result)]
