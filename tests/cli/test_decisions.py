"""Judgements are listed, taken back and given again; nothing is ever deleted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def db(store: Path, tmp_path: Path) -> Path:
    """A store of one's own, to be changed."""
    return Path(shutil.copy(store, tmp_path / "k.db"))


def test_judgements_name_both_sides_the_rule_and_whether_they_count(run: Run, db: Path) -> None:
    rows = run("judgements", "--db", db, "--json").json
    [states] = [r for r in rows if r["left_name"] == r["right_name"] == "Islamic State"]
    assert (states["verdict"], states["state"], states["by"]) == ("SAME", "counts", "rule:name")
    assert states["left_report"] != states["right_report"]
    assert states in run("judgements", "islamic state", "--db", db, "--json").json
    assert [states] == run("judgements", states["left"], "--db", db, "--json").json
    assert "Islamic State (" in run("judgements", "--db", db).out
    ran = run("judgements", "Islamic Stat", "--db", db)
    assert (ran.status, "nearest: Islamic State" in ran.err) == (1, True)


def test_undo_restores_what_was_and_can_be_undone(run: Run, db: Path) -> None:
    before = run("actors", "--db", db, "--json").json
    [row] = [r for r in run("judgements", "Islamic State", "--db", db, "--json").json if r["by"] == "rule:name"]
    undoing = run("undo", row["id"][:10], "--db", db, "--because", "two bodies", "--json").json
    assert (undoing["takes_back"], undoing["because"], undoing["state"]) == (row["id"], "two bodies", "counts")
    apart = run("actors", "--db", db, "--json").json
    assert len([a for a in apart if a["name"] == "Islamic State"]) == 2
    ran = run("undo", row["id"], "--db", db)
    assert (ran.status, f"khaldun undo {undoing['id'][:8]}" in ran.err) == (1, True)
    again = run("undo", undoing["id"], "--db", db).err
    assert "given again: " in again
    assert "To take it back: khaldun undo " in again
    assert run("actors", "--db", db, "--json").json == before
    states = [r["state"] for r in run("judgements", "Islamic State", "--all", "--db", db, "--json").json]
    assert states.count("taken back") == 1


def test_what_is_taken_back_stays_so_when_more_is_read(run: Run, db: Path, tmp_path: Path) -> None:
    [row] = [r for r in run("judgements", "Islamic State", "--db", db, "--json").json if r["by"] == "rule:name"]
    run("undo", row["id"], "--db", db)
    (tmp_path / "more.txt").write_text("Police arrested four men in Tunis on 3 May 2017.", encoding="utf-8")
    run("read", tmp_path / "more.txt", "--db", db)
    states = {r["id"]: r["state"] for r in run("judgements", "--all", "--db", db, "--json").json}
    assert states[row["id"]] == "taken back"


def test_no_such_judgement(run: Run, db: Path) -> None:
    ran = run("undo", "zz", "--db", db)
    assert (ran.status, "khaldun judgements --all" in ran.err) == (1, True)
    assert run("undo", "", "--db", db).status == 1
