"""Opening a store: the engine, the settings of a connection, and bringing the schema up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from khaldun.errors import MissingPart, StoreProblem
from khaldun.store.problems import problems_named
from khaldun.store.read import StoreView
from khaldun.store.write import Writer

# Two commands may write to one file: the second waits this long for the first one's report to be done.
_PATIENCE_SECONDS = 30
# Any number that is ours: PostgreSQL's advisory lock that makes writers take turns, as they do in SQLite.
_TURN = 0x4B48414C


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. `writer()` appends, `view()` reads; close it, or use it in a `with` block."""

    where: str
    engine: Engine

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """Use it in a `with` block: each `add` in it is one transaction of its own."""
        with problems_named(self.where), self.engine.connect() as connection:
            yield Writer(connection.execution_options(writes=True), self.where)

    def view(self) -> StoreView:
        """What is in the store, as `khaldun.model.View`."""
        return StoreView(self.engine, self.where)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str | Path, *, create: bool = True) -> Store:
    """The store at a path (SQLite) or an address such as `postgresql://user@host/name`, its schema up to
    date.

    With `create=False` a missing store is a StoreProblem rather than a new, empty one. Raises StoreProblem,
    with the next step, for what is no store, was made by a newer Khaldun, or cannot be opened.
    """
    address = _address(url)
    where = _shown(address)
    if _is_file(address) and not create and not Path(str(address.database)).exists():
        raise StoreProblem(f"no store at {where}; make one with `khaldun read reports/`, or check the path")
    engine = _engine(address)
    try:
        with problems_named(where):
            _bring_up_to_date(engine, where, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Store(where, engine)


def _address(url: str | Path) -> URL:
    if isinstance(url, Path) or "://" not in url:
        return URL.create("sqlite", database=str(url))
    try:
        address = make_url(url)
    except ArgumentError as problem:
        raise StoreProblem(f"'{url}' is no address of a store; give a path or postgresql://…") from problem
    kind = address.get_backend_name()
    if kind == "sqlite":
        return address
    if kind in ("postgresql", "postgres"):
        if find_spec("psycopg") is None:
            raise MissingPart("a PostgreSQL store needs psycopg; install khaldun[postgres]")
        return address.set(drivername="postgresql+psycopg")
    raise StoreProblem(f"a store is SQLite or PostgreSQL, not {kind}; give a path or postgresql://…")


def _is_file(address: URL) -> bool:
    return address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")


def _shown(address: URL) -> str:
    """The address without its password."""
    return str(address.database) if _is_file(address) else address.render_as_string(hide_password=True)


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "postgresql":
        engine = create_engine(address, connect_args={"connect_timeout": 10})
        event.listen(engine, "begin", _take_turn)
        return engine
    options: dict[str, Any] = {"connect_args": {"timeout": _PATIENCE_SECONDS}}
    if not _is_file(address):
        options |= {"poolclass": StaticPool}
        options["connect_args"]["check_same_thread"] = False
    engine = create_engine(address, **options)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by _begin_sqlite; the driver's own way begins them too late to read and then
    # write.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes"))


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _take_turn(connection: Connection) -> None:
    if _writes(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")


def _revisions() -> ScriptDirectory:
    return ScriptDirectory.from_config(_alembic(None))


def _alembic(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _bring_up_to_date(engine: Engine, where: str, *, create: bool) -> None:
    """Runs the revisions that the store lacks; nothing is written to one that is up to date."""
    revisions = _revisions()
    with engine.connect() as connection:
        if _revision(connection, revisions, where) == revisions.get_current_head():
            return
    if not create and _is_empty(engine):
        raise StoreProblem(f"no store at {where}; make one with `khaldun read reports/`, or check the address")
    if engine.dialect.name == "sqlite":
        # Readers go on while a writer writes, and a kill leaves the last whole transaction.
        with closing(engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Another process may have done it while this one waited for its turn.
        if _revision(connection, revisions, where) != revisions.get_current_head():
            command.upgrade(_alembic(connection), "head")


def _is_empty(engine: Engine) -> bool:
    return not inspect(engine).get_table_names()


def _revision(connection: Connection, revisions: ScriptDirectory, where: str) -> str | None:
    """The revision of the store, None for an empty database. Raises StoreProblem for what is not ours."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        if inspect(connection).get_table_names():
            raise StoreProblem(f"{where} is a database of another program; give another path for the store")
        return None
    known = {script.revision for script in revisions.walk_revisions()}
    if found not in known:
        raise StoreProblem(f"store {where} was made by a newer Khaldun (schema {found}); update khaldun to open it")
    return found
