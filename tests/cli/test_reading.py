"""extract, read and walk: order, names, exit statuses, no traceback for a user's mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_extract_prints_one_line_an_input_in_order(run: Run, texts: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    ran = run("extract", texts / "sirte.txt", tmp_path / "empty.txt", texts / "jawad.txt")
    sirte, empty, jawad = ran.lines
    assert ran.status == 1
    assert sirte["report"]["input_id"].endswith("sirte.txt")
    assert empty.keys() == {"input_id", "error"}
    assert (jawad["report"]["publisher"], jawad["report"]["published"]) == ("Harbour Post", "2016-01-05")


def test_every_quotation_of_a_record_stands_at_its_span(run: Run, texts: Path) -> None:
    text = (texts / "jawad.txt").read_text(encoding="utf-8")
    [record] = run("extract", texts / "jawad.txt").lines
    quoted = [
        *((m["quote"], m["span"]) for m in record["mentions"]),
        *((e["evidence"], e["evidence_span"]) for e in record["events"]),
        *((c["content"], c["content_span"]) for c in record["claims"]),
        *((k["evidence"], k["evidence_span"]) for k in record["control"]),
    ]
    assert len(quoted) > 5
    assert all(text[start:end] == quote for quote, (start, end) in quoted)


def test_extract_twice_gives_the_same_bytes(run: Run, texts: Path) -> None:
    assert run("extract", texts).out == run("extract", texts).out


def test_flags_win_over_the_sidecar(run: Run, texts: Path) -> None:
    given = ("--title", "T", "--outlet", "O", "--published", "2016-02-01", "--url", "https://o.example/1")
    report = run("extract", texts / "jawad.txt", *given).lines[0]["report"]
    assert (report["title"], report["publisher"], report["published"]) == ("T", "O", "2016-02-01")
    assert report["url"] == "https://o.example/1"


def test_out_names_files_after_files_and_rows_after_ids(run: Run, texts: Path, tmp_path: Path) -> None:
    rows = [
        {"id": "r.1", "text": "Rebels shelled Sirte."},
        {"id": "../r2", "text": "Rebels shelled Sirte."},
        {"id": "r3"},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = run("extract", texts, tmp_path / "rows.jsonl", "--out", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "jawad.json",
        "sirte.json",
        "r.1.json",
        "_r2.json",
    }
    assert (ran.status, [line["input_id"] for line in ran.lines]) == (1, ["r3"])
    assert "4 written" in ran.err


def test_two_files_of_one_name_do_not_overwrite_each_other(run: Run, texts: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    other.mkdir()
    (other / "sirte.txt").write_text("Rebels shelled Sirte.", encoding="utf-8")
    run("extract", texts / "sirte.txt", other / "sirte.txt", "--out", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["sirte-2.json", "sirte.json"]


FRENCH = (
    "Le gouvernement a annoncé mardi que les troupes avaient repris la ville de Syrte après plusieurs jours de "
    "combats. Selon le porte-parole de l'armée, au moins dix soldats ont été tués dans les affrontements."
)


def test_what_is_kept_and_not_read_is_told_apart(run: Run, texts: Path, tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text(FRENCH, encoding="utf-8")
    ran = run("extract", tmp_path / "fr.txt")
    assert (ran.status, ran.lines[0]["events"]) == (0, [])
    assert "kept, not read:" in ran.err
    assert "kept, not read:" in run("extract", tmp_path / "fr.txt", "--out", tmp_path / "out").err
    ran = run("read", tmp_path / "fr.txt", "--db", tmp_path / "k.db")
    assert "no report read, 1 kept and not read" in ran.err
    assert "kept, not read:" in run("reports", "--db", tmp_path / "k.db").err
    assert "Nothing in the store could be read" in run("incidents", "--db", tmp_path / "k.db").err
    ran = run("read", texts / "sirte.txt", tmp_path / "fr.txt", "--db", tmp_path / "k2.db")
    assert "1 report read (1 new), 1 kept and not read" in ran.err


def test_markdown_to_read(run: Run, texts: Path) -> None:
    page = run("extract", texts / "jawad.txt", "--format", "md").out
    assert page.startswith("# Bin Jawad falls\n")
    assert "## What happened" in page


def test_a_language_that_is_not_read_gives_an_empty_record(run: Run, tmp_path: Path) -> None:
    french = (
        "Les combattants ont repris la ville de Syrte mardi soir, ont déclaré des habitants joints par téléphone. "
        "L'armée a démenti ces informations et affirmé que ses troupes contrôlaient toujours le port et l'aéroport."
    )
    (tmp_path / "fr.txt").write_text(french, encoding="utf-8")
    ran = run("extract", tmp_path / "fr.txt")
    [record] = ran.lines
    assert ran.status == 0
    assert (record["report"]["language"], record["events"], record["mentions"]) == ("fr", [], [])


@pytest.mark.parametrize(
    "words",
    [
        ("extract",),
        ("extract", "x.txt", "--format", "pdf"),
        ("extract", "x.txt", "--published", "yesterday"),
        ("walk",),
        ("walk", "A sentence.", "--published", "2016-13-01"),
        ("nonsense",),
        ("export", "--format", "csv"),
    ],
)
def test_a_wrong_call_ends_with_2(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).status == 2


def test_a_file_that_is_not_there_is_unreadable(run: Run) -> None:
    ran = run("extract", "not-there.txt")
    assert (ran.status, ran.lines[0]["input_id"]) == (1, "not-there.txt")


def test_read_says_what_it_did_and_does_it_once(run: Run, texts: Path, tmp_path: Path) -> None:
    db = tmp_path / "k.db"
    first = run("read", texts, "--db", db)
    assert first.status == 0
    assert "2 reports read (2 new)" in first.err
    again = run("read", texts, "--db", db, "--json").json
    assert (again["read"], again["unread"], again["judgements"]) == ({"known": 2}, [], 0)


def test_what_could_not_be_read_is_kept_with_its_reason(run: Run, texts: Path, tmp_path: Path) -> None:
    (texts / "broken.pdf").write_bytes(b"%PDF-1.4 not really")
    ran = run("read", texts, "--db", tmp_path / "k.db")
    assert ran.status == 1
    assert "broken.pdf" in ran.err
    assert "broken.pdf" in run("reports", "--db", tmp_path / "k.db").err


def test_the_store_may_lie_in_the_folder_that_is_read(run: Run, texts: Path) -> None:
    assert run("read", texts, "--db", texts / "k.db").status == 0
    assert run("reports", "--db", texts / "k.db").err == ""


def test_read_of_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    assert run("read", tmp_path / "void", "--db", tmp_path / "k.db").status == 1


def test_walk_shows_every_step(run: Run) -> None:
    sentence = "Islamic State fighters captured Sirte, residents told Reuters."
    ran = run("walk", sentence, "--published", "2015-06-01", "--outlet", "Harbour Post")
    assert ran.status == 0
    for step in ("mentions", "attributions", "frames", "claims", "judgements", "assessments"):
        assert f"\n{step}\n" in ran.out
    assert "residents > Reuters > Harbour Post" in ran.out


def test_walk_as_json(run: Run) -> None:
    steps = run("walk", "Islamic State fighters captured Sirte, residents told Reuters.", "--json").json
    assert "control.gain" in [frame["kind"] for frame in steps["frames"]]
    assert steps["attributions"][0]["speaker"] == "residents"
    assert steps["claims"][0]["voice"][:2] == ["residents", "Reuters"]


def test_walk_of_nothing(run: Run) -> None:
    empty = run("walk", "  ")
    assert (empty.status, "the sentence is empty" in empty.err) == (1, True)
    assert run("walk", "It was.").status == 1


@pytest.mark.parametrize(
    ("beside", "words"), [("{broken", "not a JSON object"), ('{"published": "soon"}', "'soon' is not")]
)
def test_broken_metadata_is_told_beside_the_record(run: Run, tmp_path: Path, beside: str, words: str) -> None:
    (tmp_path / "a.txt").write_text("Rebels shelled Sirte.", encoding="utf-8")
    (tmp_path / "a.json").write_text(beside, encoding="utf-8")
    ran = run("extract", tmp_path / "a.txt")
    assert ran.status == 0
    assert words in ran.err
    assert words in ran.lines[0]["report"]["dropped"][0]["reason"]


def test_one_rule_for_a_day_that_is_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rebels shelled Sirte.", encoding="utf-8")
    taken = run("extract", tmp_path / "a.txt", "--published", "20/04/2016")
    assert taken.lines[0]["report"]["published"] == "2016-04-20"
    assert run("extract", tmp_path / "a.txt", "--published", "04/05/2016").status == 2
