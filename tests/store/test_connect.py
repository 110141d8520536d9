"""Opening: what is a store, what is not, and what is said then."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, inspect

from khaldun.errors import MissingPart, StoreProblem
from khaldun.model import Judgement
from khaldun.store import Store, connect, open_store, tables


def test_the_revisions_make_the_tables(store: Store) -> None:
    def ours(_item: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        return not (kind == "table" and str(name).startswith("report_words"))

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, tables.metadata) == []


def test_opening_again_changes_nothing(url: str, reading: Any) -> None:
    with open_store(url) as store, store.writer() as writer:
        writer.add(*reading)
    with open_store(url, create=False) as store:
        assert store.view().counts().reports == 1


def test_sqlite_is_set_up_for_safety(tmp_path: Path) -> None:
    with open_store(tmp_path / "x.db") as store, store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def test_a_store_in_memory(reading: Any) -> None:
    with open_store("sqlite://") as store:
        with store.writer() as writer:
            writer.add(*reading)
            writer.add_judgements(Judgement(c.id, "x", "SAME", 1, "", "") for c in store.view().claims())
        assert store.view().counts().reports == 1
        assert store.view().counts().judgements == 2


def test_a_missing_store_is_not_made_for_a_reader(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match=r"no store at .*khaldun read"):
        open_store(tmp_path / "x.db", create=False)
    assert not (tmp_path / "x.db").exists()


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="check that its folder exists"):
        open_store(tmp_path / "no" / "x.db")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, not a database. " * 100)
    with pytest.raises(StoreProblem, match="not a sound SQLite database; give another path"):
        open_store(path)
    assert path.read_text().startswith("These are notes")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photos (name TEXT)")
    with pytest.raises(StoreProblem, match="another program"):
        open_store(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]


def test_a_store_of_a_newer_version_is_not_touched(url: str) -> None:
    with open_store(url) as store, store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreProblem, match=r"newer Khaldun \(schema 9999\); update khaldun"):
        open_store(url)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_PATIENCE_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_store_that_another_program_writes_to(tmp_path: Path, reading: Any) -> None:
    path = tmp_path / "x.db"
    with open_store(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert store.view().counts().reports == 0  # readers go on
        with store.writer() as writer:
            with pytest.raises(StoreProblem, match="another program is writing to it; wait"):
                writer.add(*reading)
            other.execute("ROLLBACK")
            assert writer.add(*reading) == "new"


def test_a_store_that_may_only_be_read(tmp_path: Path, reading: Any) -> None:
    path = tmp_path / "x.db"
    with open_store(path) as store, store.writer() as writer:
        writer.add(*reading)
    with open_store(f"sqlite:///file:{path}?mode=ro&uri=true") as store:
        assert store.view().counts().reports == 1
        with store.writer() as writer, pytest.raises(StoreProblem, match="only be read; check the permissions"):
            writer.record_unread("x", "empty")


def test_a_full_disk(tmp_path: Path, reading: Any) -> None:
    with open_store(tmp_path / "x.db") as store:
        event.listen(store.engine, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1"))
        with store.writer() as writer, pytest.raises(StoreProblem, match="disk is full; free some space"):
            writer.add(*reading, raw=os.urandom(200_000))
        assert store.view().counts().reports == 0


def test_addresses_that_are_none() -> None:
    with pytest.raises(StoreProblem, match="SQLite or PostgreSQL, not mysql"):
        open_store("mysql://host/x")
    with pytest.raises(StoreProblem, match="no address of a store"):
        open_store("://")


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "find_spec", lambda _name: None)
    with pytest.raises(MissingPart, match=r"khaldun\[postgres\]"):
        open_store("postgresql://host/x")


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreProblem, match="does not answer; check that PostgreSQL runs") as told:
        open_store(f"postgresql://someone:s3cret@/x?host={tmp_path}")
    assert "s3cret" not in str(told.value)


def test_tables_exist_once_only(url: str) -> None:
    with open_store(url) as one, open_store(url) as two:
        names = inspect(two.engine).get_table_names()
        assert inspect(one.engine).get_table_names() == names
        assert {"reports", "claims", "judgements"} <= set(names)
