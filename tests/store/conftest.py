"""A store of each kind, and a small reading of a report to put into it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from khaldun.model import (
    Annotation,
    Attribution,
    Candidate,
    Claim,
    Dropped,
    Entity,
    Frame,
    Locus,
    Manner,
    Mention,
    Name,
    Part,
    Quantity,
    Reference,
    Report,
    Span,
    Timex,
    Toll,
    When,
    make_id,
)
from khaldun.store import Store, open_store

TEXT = (
    "Raid near Qasr Tal\n\nThe Harbour Front said on Monday that its men shot down at least 7 soldiers near Qasr Tal. "
    "“Liberation” is at hand, it told Coast Radio. [See our report, The coast road.]\n\nShare this"
)


class Reading(NamedTuple):
    annotation: Annotation
    claims: tuple[Claim, ...]


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def make_report(text: str = TEXT, *, input_id: str = "raid.txt", title: str | None = "Raid") -> Report:
    body = Span(0, text.find("Share this")) if "Share this" in text else Span(0, len(text))
    dropped = (Dropped("navigation", "Share this", at("Share this", text)),) if body.end < len(text) else ()
    reference = "[See our report, The coast road.]"
    return Report(
        id=make_id("Coast Daily", None, text),
        input_id=input_id,
        raw="00" * 32,
        text=text,
        parts=(Part("body", body), Part("navigation", Span(body.end, len(text)), "someone")),
        title=title,
        outlet="Coast Daily",
        published=When(date(2019, 3, 5), date(2019, 3, 5), "metadata"),
        published_evidence="5 March 2019",
        retrieved=datetime(2020, 1, 1, 10, 30, tzinfo=UTC),
        references=(Reference(reference, at(reference, text)),) if reference in text else (),
        dropped=(*dropped, Dropped("attribute not shown", "alt text")),
    )


def make_reading(report: Report | None = None) -> Reading:
    """Every kind of value that a reading may hold."""
    report = report or make_report()
    front = Mention("m1", at("The Harbour Front"), "The Harbour Front", "actor", entity="e1", head=at("Harbour Front"),
                    candidates=(Candidate("harbour_front", 0.75),), made_by="names")  # fmt: skip
    place = Mention("m2", at("near Qasr Tal."), "near Qasr Tal.", "place", entity="e2",
                    value=Locus("Qasr Tal", "LY", 32.5, 22.25, "village", "near"))  # fmt: skip
    monday = When(date(2019, 3, 4), date(2019, 3, 4), "relative", date(2019, 3, 5), at("Monday"))
    day = Mention("m3", at("Monday"), "Monday", "time", "value", when=monday, value=Timex("DATE", "2019-03-04"))
    count = Mention("m4", at("at least 7"), "at least 7", "count", "value", value=Quantity(7, 7, None))
    unlisted = Mention("m5", at("soldiers"), "soldiers", "actor", "description", entity="e3")
    entities = (
        Entity("e1", "actor", "Harbour Front", (Name("Harbour Front"), Name("it", "pronoun")), "armed_group", "LBY",
               {"wikidata": "Q1"}, "harbour_front"),
        Entity("e2", "place", "Qasr Tal", (Name("Qasr Tal", since=date(1990, 1, 1)),), point=place.value),  # type: ignore[arg-type]
        Entity("e3", "actor", "soldiers", (Name("soldiers", "description"),), "population", private=True),
    )  # fmt: skip
    said = Attribution("a1", (front.span,), (at("said"),), (at("its men shot down at least 7 soldiers"),), "e1",
                       via=("e9",), medium="radio", when=monday, score=0.5, made_by="cues")  # fmt: skip
    quote = "its men shot down at least 7 soldiers near Qasr Tal"
    toll = Toll("killed", Quantity(7, 7, None), at("at least 7"), "e3")
    frame = Frame("f1", "assault.firearms", at("shot"), at(quote), {"actor": (front,), "target": (unlisted,)},
                  values={"note": "x"}, tolls=(toll,), inferred=frozenset({"actor"}), attribution="a1", when=monday,
                  hedged=True)  # fmt: skip
    claim = Claim("c1", report.id, "event", "assault.firearms", at(quote), quote, ("e1", "outlet:Coast Daily"),
                  {"target": ("e3", "e1"), "actor": ("e1",), "place": ("e2",)}, tolls=(toll,), when=monday,
                  factuality="claimed", manner=Manner(distanced=True, inferred=frozenset({"actor", "place"})),
                  cue=at("said"), spans=(at("its men"), at("soldiers near Qasr Tal")), attribution="a1")  # fmt: skip
    held = Claim("c2", report.id, "control", "control.holds", at("“Liberation”"), "“Liberation”",
                 ("outlet:Coast Daily",), {"place": ("e2",), "actor": ("e1",)})  # fmt: skip
    annotation = Annotation(report, (Span(0, 18),), (front, place, day, count), entities, (said,), (frame,))
    return Reading(annotation, (claim, held))


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def report_of() -> Callable[..., Report]:
    return make_report


@pytest.fixture
def reading_of() -> Callable[[Report], Reading]:
    return make_reading


@pytest.fixture
def reading() -> Reading:
    return make_reading()


# ------------------------------------------------------------------------------------------------ databases


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _run(command: Sequence[str | Path]) -> None:
    """Runs a server program, as the user `postgres` where we are root, which it refuses to run under."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no local PostgreSQL server: {done.stderr.strip() or done.stdout.strip()}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL server to make databases on: the one of KHALDUN_TEST_POSTGRES, or one started for the
    tests."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    given = os.environ.get("KHALDUN_TEST_POSTGRES")
    if given:
        yield make_url(given)
        return
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL: set KHALDUN_TEST_POSTGRES or install the server")
    folder = Path("/tmp") / f"khaldun-pg-{uuid4().hex[:8]}"  # a socket's path must be short
    folder.mkdir()
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        _run([programs / "initdb", "-D", data, "-U", "khaldun", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        _run([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"])
        try:
            yield URL.create("postgresql", "khaldun", database="postgres", query={"host": str(folder)})
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """The address of an empty database of its own."""
    name = f"khaldun_{uuid4().hex[:8]}"
    admin = create_engine(postgres_server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield postgres_server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One address of each kind of store: every test that takes it runs on both."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return str(tmp_path / "record.db")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened
