"""What a database driver complains of, as one `StoreProblem` that names the next step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from khaldun.errors import StoreProblem

# Words of SQLite's and PostgreSQL's messages, what they mean and what to do; the first that fits is taken.
_MEANING = (
    (("disk is full", "no space left"), "the disk is full", "free some space, then run the command again"),
    (("locked",), "another program is writing to it", "wait until that is done, then run the command again"),
    (("readonly", "read-only"), "it may only be read", "check the permissions of the file and of its folder"),
    (("not a database", "malformed", "file is encrypted"), "the file is not a sound SQLite database",
     "give another path, or put back a copy made before"),
    (("unable to open database file",), "the file cannot be opened",
     "check that its folder exists and may be written to"),
    (("disk i/o error",), "the disk could not be read or written", "check the disk, or move the file to another"),
    (("no such module: fts5",), "this Python's SQLite has no full-text search",
     "use a Python whose SQLite has FTS5, or a PostgreSQL store"),
    (("no such table", "does not exist", "no such column", "undefined"),
     "tables or the database are missing", "check the address, or open it once with write access"),
    (("connection refused", "could not translate", "connection failed", "timeout", "is the server running"),
     "the server does not answer", "check that PostgreSQL runs and that host and port are right"),
    (("authentication failed", "permission denied"), "the server refuses this user",
     "check the user's name, password and rights"),
)  # fmt: skip


@contextmanager
def problems_named(where: str) -> Iterator[None]:
    """Turns what the driver raises inside the block into a StoreProblem about the store at `where`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeEncodeError) as problem:
        raise StoreProblem(f"store {where}: {_explain(problem)}") from problem


def _explain(problem: Exception) -> str:
    if isinstance(problem, UnicodeEncodeError):
        return "the text holds lone surrogates, which no database keeps; ingest takes them out and lists them"
    said = str(problem.orig) if isinstance(problem, DBAPIError) else str(problem)
    low = said.lower()
    for words, meaning, step in _MEANING:
        if any(word in low for word in words):
            return f"{meaning}; {step}"
    return f"the database says: {said.strip()}"
