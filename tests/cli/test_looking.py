"""Lists, questions and exports over one store."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import khaldun
from khaldun.cli.screen import fitted
from khaldun.workflow.joining import merged

Run = Callable[..., Any]


def test_reports_and_show(run: Run, store: Path) -> None:
    assert [row["outlet"] for row in run("reports", "--db", store, "--json").json] == ["Harbour Post", None]
    assert "Bin Jawad falls" in run("reports", "--db", store).out
    assert run("show", "jawad", "--db", store, "--json").json["report"]["title"] == "Bin Jawad falls"
    assert "Who says what" in run("show", "jawad.txt", "--db", store).out
    ran = run("show", "javad.txt", "--db", store)
    assert (ran.status, "did you mean jawad.txt?" in ran.err) == (1, True)


def test_events_by_place_actor_kind_and_day(run: Run, store: Path) -> None:
    def ids(*words: str) -> set[str]:
        ran = run("events", *words, "--db", store, "--json")
        return {row["id"] for row in ran.json}

    everything = ids()
    jawad, sirte = ids("--place", "bin jawad"), ids("--place", "Sirte")
    assert jawad
    assert sirte
    assert not jawad & sirte
    assert jawad | sirte <= ids("--place", "Libya")
    assert ids("--actor", "Islamic State") >= ids("--actor", "islamic state", "--place", "Sirte")
    assert ids("--from", "2016-12", "--to", "2016-12") >= sirte
    assert not ids("--to", "2016-06") & sirte
    assert ids("--kind", "territorial gain") <= everything


def test_ties_with_their_status_voice_and_interval(run: Run, tmp_path: Path) -> None:
    text = "Omar Saleh has led the Qasr Brigade since March 2015. "
    text += "Residents said the Qasr Brigade is allied with Fajr Libya."
    (tmp_path / "ties.txt").write_text(text, encoding="utf-8")
    db = tmp_path / "k.db"
    run("read", tmp_path / "ties.txt", "--db", db, "--outlet", "Harbour Post", "--published", "2016-04-20")
    [leads] = run("relations", "--kind", "leads", "--db", db, "--json").json
    assert (leads["source"], leads["since"], leads["factuality"]) == ("Omar Saleh", "2015-03-01", "asserted")
    assert leads["voice"] == ["Harbour Post"]
    [allied] = run("relations", "--speaker", "residents", "--db", db, "--json").json
    assert (allied["factuality"], allied["voice"][0]) == ("reported", "Residents")
    assert "in the words" in run("relations", "--actor", "Omar Saleh", "--db", db).out
    assert run("relations", "--to", "2014", "--db", db).status == 1


def test_days_are_never_cut(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = run("events", "--db", store, "--json").json
    monkeypatch.setenv("COLUMNS", "135")
    shown = run("events", "--db", store).out
    assert "…" in shown
    assert all(row["latest"] in shown for row in rows if row["latest"])


def test_a_territorial_gain_names_its_voice(run: Run, store: Path) -> None:
    rows = run("events", "--kind", "territorial gain", "--place", "Bin Jawad", "--db", store, "--json").json
    gain = next(row for row in rows if row["earliest"] == "2016-01-04")
    assert gain["actor"] == ["Islamic State"]
    assert gain["voice"][-1] == "Harbour Post"
    assert "Reuters" in gain["voice"]


@pytest.mark.parametrize("command", ["events", "claims", "actors", "places"])
def test_scores_are_in_the_rows_and_in_a_column_on_demand(run: Run, store: Path, command: str) -> None:
    rows = run(command, "--db", store, "--json").json
    assert rows
    assert all(0 < row["score"] < 1 for row in rows)
    shown = run(command, "--scores", "--db", store).out
    assert next(line for line in shown.splitlines() if line.strip()).split()[-1] == "score"
    assert "score" not in run(command, "--db", store).out


def test_claims_by_speaker(run: Run, store: Path) -> None:
    rows = run("claims", "--speaker", "Reuters", "--db", store, "--json").json
    assert rows
    assert all("Reuters" in row["voice"] for row in rows)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("events", "--place", "Bin Jawd"), "did you mean Bin Jawad?"),
        (("dossier", "Islamc State"), "did you mean Islamic State"),
        (("control", "Sirt"), "did you mean Sirte"),
        (("events", "--kind", "territorial gian"), "did you mean territorial gain?"),
        (("claims", "--speaker", "Reuter"), "did you mean Reuters?"),
    ],
)
def test_unknown_names_offer_the_nearest(run: Run, store: Path, words: tuple[str, ...], hint: str) -> None:
    ran = run(*words, "--db", store)
    assert ran.status == 1
    assert hint in ran.err


def test_days_that_are_none_are_a_wrong_call(run: Run, store: Path) -> None:
    assert run("events", "--from", "2016-02-30", "--db", store).status == 2
    assert run("control", "Sirte", "--as-of", "2016", "--db", store).status == 2

    backwards = run("events", "--from", "2017", "--to", "2016", "--db", store)
    assert (backwards.status, "before --from 2017" in backwards.err) == (2, True)


def test_a_store_that_is_not_there(run: Run, tmp_path: Path) -> None:
    ran = run("events", "--db", tmp_path / "none.db")
    assert (ran.status, "no store" in ran.err) == (2, True)
    assert not (tmp_path / "none.db").exists()


def test_an_empty_answer_says_what_to_do(run: Run, store: Path) -> None:
    ran = run("events", "--from", "2030", "--db", store)
    assert ran.status == 1
    assert "leave out a filter" in ran.err


def test_the_store_may_come_from_the_environment(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHALDUN_DB", str(store))
    assert run("actors").status == 0


def test_who_tells_of_two_takings_in_turn_contests_nothing(run: Run, tmp_path: Path) -> None:
    told = tmp_path / "turns.txt"
    told.write_text("Aleppo was captured by rebels in May 2015. The army recaptured it in June 2015.", "utf-8")
    run("read", str(told), "--db", str(tmp_path / "k.db"), "--published", "2016-10-14")
    assessed = run("control", "Aleppo", "--db", str(tmp_path / "k.db"), "--json").json["assessed"]
    assert [(row["status"], row["actor"]) for row in assessed] == [("holds", "rebels"), ("holds", "army")]


def test_control_over_time_and_on_a_day(run: Run, store: Path) -> None:
    answer = run("control", "Bin Jawad", "--db", store, "--json").json
    assert [row["actor"] for row in answer["said"]]
    assert all(row["quote"] and row["voice"] for row in answer["said"])
    before = run("control", "Sirte", "--as-of", "2016-01-01", "--db", store, "--json").json["assessed"]
    assert [row["status"] for row in before] == ["unknown"]
    assert {row["place"] for row in run("control", "--db", store, "--json").json["assessed"]} >= {"Bin Jawad"}


def test_the_beginning_of_a_state_is_no_plainer_than_the_words(run: Run, tmp_path: Path) -> None:
    text = (
        "Al-Shabaab seized Merca on 3 May 2016. The Islamic State has held Sirte since 2015. "
        "Al-Shabaab controls the city of Baidoa."
    )
    (tmp_path / "held.txt").write_text(text, encoding="utf-8")
    db = tmp_path / "k.db"
    run("read", tmp_path / "held.txt", "--db", db, "--published", "2016-05-20")

    def edge(place: str) -> tuple[str, str]:
        return run("control", place, "--db", db, "--json").json["assessed"][0]["since_is"], run(
            "control", place, "--db", db
        ).out

    assert edge("Merca")[0] == "day"
    assert edge("Sirte")[0] == "earliest"
    assert "no earlier than 2015-01-01" in edge("Sirte")[1]
    assert edge("Baidoa")[0] == "latest"
    assert "by 2016-05-20" in edge("Baidoa")[1]


def test_dossier_of_an_actor(run: Run, store: Path) -> None:
    found = run("dossier", "Islamic State", "--db", store, "--json").json
    assert len(found["actors"]) == 1
    assert len({event["report"] for event in found["events"]}) == 2
    assert "Events" in run("dossier", "Islamic State", "--db", store).out


def test_why_shows_every_telling_with_its_voice(run: Run, store: Path) -> None:
    rows = run("events", "--kind", "territorial gain", "--place", "Bin Jawad", "--db", store, "--json").json
    found = run("why", rows[0]["id"][:10], "--db", store, "--json").json
    assert found["happening"] == rows[0]["happening"]
    assert found["origins"] >= 1
    assert rows[0]["quote"] in [telling["quote"] for telling in found["tellings"]]
    assert found["because"]
    assert found["events"][0]["place"] == "Bin Jawad"
    shown = run("why", rows[0]["id"], "--db", store).out
    assert "by the rules" in shown
    assert "2016-01-04  territorial gain: Islamic State, Bin Jawad" in shown
    assert run("why", "zz", "--db", store).status == 1


def test_why_answers_for_every_row(run: Run, tmp_path: Path) -> None:
    told = "Russian warplanes bombed a market in Idlib on Saturday, residents said."
    text = f"{told} Moscow denied it had carried out the strikes."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    run("read", tmp_path / "a.txt", "--published", "2016-12-12", "--db", tmp_path / "k.db")
    rows = run("events", "--db", tmp_path / "k.db", "--json").json
    assert any(row["factuality"] == "denied" for row in rows)
    for row in rows:
        assert run("why", row["id"], "--db", tmp_path / "k.db").status == 0


def test_why_of_a_claim_or_a_relation_shows_its_words_and_voices(run: Run, store: Path) -> None:
    claim = next(c for c in run("claims", "--db", store, "--json").json if c["about"])
    found = run("why", claim["id"], "--db", store, "--json").json
    assert (found["family"], found["quote"], found["voice"]) == ("claim", claim["content"], claim["voice"])
    assert {event["id"] for event in found["events"]} <= set(claim["about"])
    assert "tells of" in run("why", claim["id"][:12], "--db", store).out
    relation = run("relations", "--db", store, "--json").json[0]
    shown = run("why", relation["id"], "--db", store)
    assert (shown.status, relation["quote"] in shown.out) == (0, True)
    assert "nothing has the id 'zz'" in run("why", "zz", "--db", store).err


def test_rival_tolls_of_one_happening_are_set_side_by_side(run: Run, tmp_path: Path) -> None:
    for name, agency, toll, speaker in (("a", "Reuters", 40, "residents"), ("b", "AFP", 12, "the Red Crescent")):
        told = f"An air strike on a market in Sirte killed {toll} people on Wednesday, {speaker} said."
        (tmp_path / f"{name}.txt").write_text(f"TRIPOLI, May 5, 2016 ({agency}) - {told}", encoding="utf-8")
    run("read", tmp_path, "--db", tmp_path / "k.db")
    assert "2 reports" in run("events", "--db", tmp_path / "k.db").out
    [found] = run("contradictions", "--db", tmp_path / "k.db", "--json").json
    assert found["field"] == "toll"
    assert {found["left"]["voice"][0], found["right"]["voice"][0]} == {"residents", "Red Crescent"}
    assert "40 killed" in run("contradictions", "--db", tmp_path / "k.db").out


def test_nothing_contradicts(run: Run, store: Path) -> None:
    ran = run("contradictions", "--db", store)
    assert (ran.status, "Nothing" in ran.err) == (0, True)


def test_timeline_is_in_order(run: Run, store: Path) -> None:
    line = run("timeline", "--db", store, "--json").json
    days = [event["latest"] or event["earliest"] for event in line["events"]]
    assert days == sorted(days)


@pytest.mark.parametrize("form", ["record", "csv", "geojson", "acled", "ucdp", "gexf", "timeline", "md"])
def test_every_export_writes_and_says_what_it_lost(run: Run, store: Path, tmp_path: Path, form: str) -> None:
    ran = run("export", "--format", form, "--out", tmp_path / "out", "--db", store, "--json")
    assert ran.status == 0
    assert ran.json["reports"] == 2
    assert (tmp_path / "out").exists()
    assert bool(ran.json["not_held"]) == (form != "record")


def test_an_exported_record_is_that_of_extract_but_for_shared_names(run: Run, store: Path, tmp_path: Path) -> None:
    run("export", "--format", "record", "--out", tmp_path / "out", "--unmasked", "--db", store)
    exported = json.loads((tmp_path / "out" / "jawad.json").read_text(encoding="utf-8"))
    [extracted] = run("extract", store.parent / "jawad.txt").lines
    assert exported["events"] and len(exported["events"]) == len(extracted["events"])  # noqa: PT018
    assert [e["evidence"] for e in exported["events"]] == [e["evidence"] for e in extracted["events"]]
    assert [m["span"] for m in exported["mentions"]] == [m["span"] for m in extracted["mentions"]]


def test_nothing_to_export(run: Run, store: Path, tmp_path: Path) -> None:
    ran = run("export", "--format", "csv", "--out", tmp_path / "t", "--from", "2030", "--db", store)
    assert ran.status == 1
    assert not (tmp_path / "t").exists()


def test_rows_from_python_go_into_a_data_frame(store: Path) -> None:
    import pandas as pd

    with khaldun.open(store) as held:
        frame = pd.DataFrame(held.events(place="Sirte", since="2016-12-01"))
        assert set(frame["place"]) == {"Sirte"}
        assert len(pd.DataFrame(held.reports())) == 2
        assert held.claims()
        assert held.actors()
        assert held.places()
        assert held.control()


def test_widths_give_way_from_the_widest() -> None:
    assert fitted([5, 40, 10], 60) == [5, 40, 10]
    assert fitted([5, 40, 10], 35) == [5, 20, 10]
    assert fitted([5, 40, 30], 35) == [5, 15, 15]
    assert fitted([5, 40, 30], 1) == [5, 6, 6]


def test_rows_of_one_actor_are_added_up() -> None:
    first: dict[str, Any] = {"id": "a", "aliases": ["x"], "type": None, "mentions": 2}
    second: dict[str, Any] = {"id": "a", "aliases": ["x", "y"], "type": "person", "mentions": 3}
    assert merged([first, second]) == [{"id": "a", "aliases": ["x", "y"], "type": "person", "mentions": 5}]


def test_control_says_how_its_days_are_to_be_read(run: Run, store: Path) -> None:
    assert "the last day for which anything says so" in run("control", "--db", store).out
