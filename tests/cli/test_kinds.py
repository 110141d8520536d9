"""khaldun kinds, and --kinds on the commands that read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

MINE = Path(__file__).parents[2] / "docs" / "kinds"


def test_the_list_marks_own_kinds(run: Run) -> None:
    assert not [row for row in run("kinds", "--json").json if row["own"]]
    rows = run("kinds", "--kinds", MINE, "--json").json
    assert [row["id"] for row in rows if row["own"]] == ["financier_of", "heritage.damage"]
    assert "heritage damage" in run("kinds", "--kinds", MINE).out


def test_check_ends_well_or_names_what_to_mend(run: Run, tmp_path: Path) -> None:
    ran = run("kinds", "check", MINE)
    assert (ran.status, "8 of 8 sentences" in ran.out, "all well" in ran.err) == (0, True, True)
    (tmp_path / "mine.yaml").write_text("kind: siege\n", encoding="utf-8")
    ran = run("kinds", "check", tmp_path)
    assert ran.status == 1
    assert "mine.yaml, kind\n  wrong: 'siege' is a kind of the house\n  mend:  give your kind another id" in ran.out
    assert run("kinds", "check", tmp_path, "--json").json["problems"][0]["entry"] == "kind"


def test_extract_and_walk_take_the_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Militants blew up a shrine near Timbuktu.", encoding="utf-8")
    (line,) = run("extract", tmp_path / "a.txt", "--kinds", MINE).lines
    assert [event["type"] for event in line["events"]] == ["heritage damage"]
    steps = run("walk", "Militants blew up a shrine near Timbuktu.", "--kinds", MINE, "--json").json
    assert [frame["kind"] for frame in steps["frames"]] == ["heritage.damage"]


def test_a_broken_file_is_a_wrong_call(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("kind: siege\n", encoding="utf-8")
    ran = run("walk", "Rebels fled.", "--kinds", tmp_path)
    assert ran.status == 2
    assert "mine.yaml, kind: 'siege' is a kind of the house (give your kind another id)" in ran.err
