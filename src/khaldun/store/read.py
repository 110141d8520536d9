"""Reading: the current version of every report, as `khaldun.model.View`, and what the commands ask for.

Rows are fetched in batches, each in a short transaction of its own, so that a long reading never holds up a
writer. Order is that of first arrival, then of the text.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine, Row, Select, Table, select

from khaldun.errors import NotFound
from khaldun.ledger import Ledger
from khaldun.model import (
    Annotation,
    Assessment,
    Attribution,
    Claim,
    Entity,
    Frame,
    Judgement,
    Mention,
    Report,
    Span,
)
from khaldun.store import encoding, find, tables
from khaldun.store.problems import problems_named

T = TypeVar("T")

_BATCH = 200


@dataclass(frozen=True, slots=True)
class StoreView:
    """What the store holds. Satisfies `khaldun.model.View`; made by `Store.view()`."""

    engine: Engine
    where: str

    # -------------------------------------------------------------------------------------------- View

    def reports(self) -> Iterator[Report]:
        """All reports, in order of first arrival; those kept but not read as well (see `Report.unread`)."""
        r, v = tables.reports, tables.report_versions
        rows = select(r.c.number, r.c.text, v.c.data).join(v, v.c.version == r.c.current)
        for batch in self._batches(rows, r):
            yield from (_report(row.data, row.text) for row in batch)

    def report(self, report: str) -> Report:
        """One report by its id. Raises NotFound."""
        r, v = tables.reports, tables.report_versions
        row = self._first(select(r.c.text, v.c.data).join(v, v.c.version == r.c.current).where(r.c.id == report))
        if row is None:
            raise NotFound(f"no report '{report}' in store {self.where}; list the reports to see their ids")
        return _report(row.data, row.text)

    def annotation(self, report: str) -> Annotation:
        """One report with the layers over it, equal to what was added. Raises NotFound."""
        whole = self.report(report)
        v = tables.report_versions
        with self._reading() as connection:
            version, sentences = connection.execute(
                select(v.c.version, v.c.sentences)
                .join(tables.reports, tables.reports.c.current == v.c.version)
                .where(tables.reports.c.id == report)
            ).one()
            mentions = _layer(connection, tables.mentions, version, Mention)
            known = {mention.id: mention for mention in mentions}
            return Annotation(
                whole,
                encoding.load(sentences, tuple[Span, ...]),
                mentions,
                _layer(connection, tables.entities, version, Entity),
                _layer(connection, tables.attributions, version, Attribution),
                _frames(connection, version, known),
            )

    def entities(self, report: str | None = None) -> Iterator[Entity]:
        """The entities of one report, or of all in order."""
        yield from self._of_current(tables.entities, Entity, report)

    def claims(self, report: str | None = None) -> Iterator[Claim]:
        """The claims of one report, or of all in order."""
        yield from self._of_current(tables.claims, Claim, report)

    def judgements(self, *, every: bool = False) -> Iterator[Judgement]:
        """The rows that stand, oldest first; what they amount to is for the `Ledger` to say.

        Of a rule's rows about one pair only the last stands, for rules do not date theirs. With `every`, all rows
        ever added.
        """
        j = tables.judgements
        superseded = set() if every else self._superseded()
        for batch in self._batches(select(j), j):
            yield from (_judgement(row) for row in batch if row.number not in superseded)

    def _superseded(self) -> set[int]:
        """The numbers of undated rows that a later one of the same maker about the same pair replaces."""
        j = tables.judgements
        rows = select(j.c.number, j.c.left, j.c.right, j.c.by).where(j.c.at.is_(None))
        last: dict[tuple[frozenset[str], str], int] = {}
        found: set[int] = set()
        for batch in self._batches(rows, j):
            for row in batch:
                key = (frozenset((row.left, row.right)), row.by)
                if key in last:
                    found.add(last[key])
                last[key] = row.number
        return found

    # -------------------------------------------------------------------------------------------- more

    def ledger(self) -> Ledger:
        """What the judgements amount to at this moment."""
        return Ledger(self.judgements())

    def assessments(self, about: str | None = None) -> Iterator[Assessment]:
        """The opinions kept, all or those about one id."""
        table = tables.assessments
        rows = select(table.c.number, table.c.data)
        if about is not None:
            rows = rows.where(table.c.about == about)
        for batch in self._batches(rows, table):
            yield from (encoding.load(row.data, Assessment) for row in batch)

    def versions(self, report: str) -> tuple[Report, ...]:
        """Every version of a report's metadata, oldest first."""
        r, v = tables.reports, tables.report_versions
        rows = select(v.c.data, r.c.text).join(r, r.c.id == v.c.report).where(v.c.report == report)
        with self._reading() as connection:
            found = connection.execute(rows.order_by(v.c.version)).all()
        return tuple(_report(row.data, row.text) for row in found)

    def raw(self, hash: str) -> bytes:
        """The bytes as received, by their SHA-256. Raises NotFound where they were not kept."""
        row = self._first(select(tables.raws.c.body).where(tables.raws.c.hash == hash))
        if row is None:
            raise NotFound(f"no bytes with the hash {hash} in store {self.where}")
        return zlib.decompress(row.body)

    def find_claims(self, wanted: find.ClaimFilter) -> Iterator[Claim]:
        """The claims that fit, in order. Raises NotFound for a name that no entity has."""
        with self._reading() as connection:
            rows = find.matching_claims(connection, wanted, self.ledger())
            found = connection.execute(rows).all()
        yield from (encoding.load(row.data, Claim) for row in found)

    def find_entities(self, name: str, kind: str | None = None) -> tuple[str, ...]:
        """In-report ids of all that are called so, and of all judged the same. Raises NotFound."""
        with self._reading() as connection:
            return find.ids_named(connection, name, kind, self.ledger())

    def search(self, words: str, *, limit: int = 50) -> tuple[find.Hit, ...]:
        """Reports whose text holds all the words; words between double quotes must stand together."""
        with self._reading() as connection:
            return find.search(connection, words, limit=limit)

    def unread(self) -> tuple[find.Unread, ...]:
        """Inputs that could not be read, with the reason; one that was read later is not among them."""
        with self._reading() as connection:
            return find.unread(connection)

    def counts(self) -> find.Counts:
        """How much of everything there is."""
        with self._reading() as connection:
            return find.counts(connection)

    # -------------------------------------------------------------------------------------------- how

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with problems_named(self.where), self.engine.connect() as connection:
            yield connection

    def _first(self, rows: Select[tuple[object, ...]]) -> Row[tuple[object, ...]] | None:
        with self._reading() as connection:
            return connection.execute(rows).first()

    def _batches(self, rows: Select[tuple[object, ...]], table: Table) -> Iterator[Sequence[Row[tuple[object, ...]]]]:
        """Batches of rows in order of the table's number, which the rows must hold."""
        after = 0
        while True:
            batch = rows.where(table.c.number > after).order_by(table.c.number).limit(_BATCH)
            with self._reading() as connection:
                found = connection.execute(batch).all()
            if not found:
                return
            yield found
            after = found[-1].number

    def _of_current(self, table: Table, kind: type[T], report: str | None) -> Iterator[T]:
        r = tables.reports
        versions = select(r.c.number, r.c.current)
        if report is not None:
            versions = versions.where(r.c.id == report)
        for batch in self._batches(versions, r):
            for row in batch:
                with self._reading() as connection:
                    found = _layer(connection, table, row.current, kind)
                yield from found


def _report(data: str, text: str) -> Report:
    return replace(encoding.load(data, Report), text=text)


def _layer(connection: Connection, table: Table, version: int, kind: type[T]) -> tuple[T, ...]:
    rows = select(table.c.data).where(table.c.version == version).order_by(table.c.place)
    return tuple(encoding.load(data, kind) for data in connection.execute(rows).scalars())


def _frames(connection: Connection, version: int, known: dict[str, Mention]) -> tuple[Frame, ...]:
    table = tables.frames
    rows = select(table.c.data).where(table.c.version == version).order_by(table.c.place)
    return tuple(encoding.load_frame(data, known) for data in connection.execute(rows).scalars())


def _judgement(row: Row[tuple[object, ...]]) -> Judgement:
    at = datetime.fromisoformat(row.at) if row.at else None
    return Judgement(row.left, row.right, row.verdict, row.score, row.because, row.by, at, row.takes_back)
