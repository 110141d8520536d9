"""Writing: one transaction for each report, nothing twice, nothing overwritten."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Table, delete, insert, select, text, update

from khaldun.errors import StoreProblem
from khaldun.model import (
    Annotation,
    Assessment,
    Attribution,
    Claim,
    Entity,
    Judgement,
    Mention,
    Report,
    Span,
    make_id,
)
from khaldun.names import name_key
from khaldun.store import encoding, tables
from khaldun.store.find import LONGEST_KEY
from khaldun.store.grounding import check_quotes
from khaldun.store.problems import problems_named

Added = Literal["new", "changed", "known"]
"""What `Writer.add` did: a text not seen before, another reading of a known text, or nothing."""

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Writer:
    """Appends to a store. Made by `Store.writer()`."""

    connection: Connection
    where: str

    def add(self, annotation: Annotation, claims: Iterable[Claim], *, raw: bytes | None = None) -> Added:
        """Writes one report with its layers and claims, whole or not at all.

        The same reading of the same text changes nothing. Other metadata or another reading of a known text
        becomes a new version, which counts from then on; the older stays. `raw` are the bytes as received.
        Raises UngroundedQuote before anything is written.
        """
        claims = tuple(claims)
        check_quotes(annotation, claims)
        with self._transaction():
            done = _add_version(self.connection, annotation, claims)
            report = annotation.report
            raw_hash = _keep_raw(self.connection, raw) if raw is not None else report.raw
            _note_input(self.connection, report.input_id, raw_hash, report=report.id, retrieved=report.retrieved)
        return done

    def record_unread(
        self, input_id: str, reason: str, raw_hash: str | None = None, *, raw: bytes | None = None
    ) -> None:
        """Notes an input that could not become a report, and why; its bytes too, where they are given."""
        with self._transaction():
            kept = _keep_raw(self.connection, raw) if raw is not None else raw_hash
            _note_input(self.connection, input_id, kept, reason=reason)

    def add_judgements(self, judgements: Iterable[Judgement], *, complete: Iterable[str] = ()) -> int:
        """Appends those that say something new and returns how many; all in one transaction.

        A row equal to the latest of the same maker about the same pair is left out, so that rules run again
        add nothing. `complete` names makers (rules) of whom these are all: what they said before and say no more
        is superseded by a row UNSURE.
        """
        rows = tuple(judgements)  # they may still have to be worked out, from this very store
        with self._transaction():
            withdrawn = _withdrawn(self.connection, rows, frozenset(complete))
            return _append_judgements(self.connection, (*rows, *withdrawn))

    def replace_assessments(self, assessments: Iterable[Assessment], *, about: Iterable[str] | None = None) -> int:
        """Deletes all assessments, or those about the given ids, writes these and returns how many."""
        table = tables.assessments
        rows = [{"about": a.about, "question": a.question, "data": encoding.dump(a, Assessment)} for a in assessments]
        subjects = None if about is None else sorted(set(about))
        with self._transaction():
            if subjects is None:
                self.connection.execute(delete(table))
            else:
                for id in subjects:
                    self.connection.execute(delete(table).where(table.c.about == id))
            _insert(self.connection, table, rows)
        return len(rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with problems_named(self.where), self.connection.begin():
            yield


def _insert(connection: Connection, table: Table, rows: Sequence[_Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


# ------------------------------------------------------------------------------------------------ reports


def _add_version(connection: Connection, annotation: Annotation, claims: Sequence[Claim]) -> Added:
    report = annotation.report
    layers = dict(_layers(annotation, claims))
    sentences = encoding.dump(annotation.sentences, tuple[Span, ...])
    digest = _digest(report, sentences, layers)
    known = _known_text(connection, report)
    versions = tables.report_versions
    same = select(versions.c.version).where(versions.c.report == report.id, versions.c.digest == digest)
    version = connection.execute(same).scalar()
    done: Added = "known"
    if version is None:
        done = "changed" if known else "new"
        version = _insert_version(connection, report, digest, sentences)
        _insert_layers(connection, version, layers, annotation.entities, claims)
    of_report = tables.reports.c.id == report.id
    connection.execute(update(tables.reports).where(of_report).values(current=version))
    return done


def _digest(report: Report, sentences: str, layers: Mapping[Table, Sequence[_Row]]) -> str:
    """Stands for a reading, but not for how often and under which name the text came in."""
    arrival_aside = replace(report, text="", input_id="", raw="", retrieved=None)
    read = (row["data"] for rows in layers.values() for row in rows)
    return make_id(encoding.dump(arrival_aside, Report), sentences, *read)


def _known_text(connection: Connection, report: Report) -> bool:
    """Whether the text is in the store; puts it there if not."""
    table = tables.reports
    kept = connection.execute(select(table.c.text).where(table.c.id == report.id)).scalar()
    if kept is None:
        row = insert(table).values(id=report.id, text=report.text).returning(table.c.number)
        _index_text(connection, connection.execute(row).scalar_one(), report.text)
        return False
    if kept != report.text:
        raise StoreProblem(f"report {report.id} is in the store with another text; ids must come from the text")
    return True


def _index_text(connection: Connection, number: int, words: str) -> None:
    if connection.dialect.name == "sqlite":
        row = {"number": number, "words": words}
        connection.execute(text("INSERT INTO report_words(rowid, text) VALUES (:number, :words)"), row)


def _insert_version(connection: Connection, report: Report, digest: str, sentences: str) -> int:
    row = {
        "report": report.id,
        "digest": digest,
        "title": report.title,
        "outlet": report.outlet,
        "published_earliest": report.published.earliest,
        "published_latest": report.published.latest,
        "unread": report.unread,
        "data": encoding.dump(replace(report, text=""), Report),
        "sentences": sentences,
    }
    table = tables.report_versions
    version: int = connection.execute(insert(table).values(row).returning(table.c.version)).scalar_one()
    return version


def _layers(annotation: Annotation, claims: Sequence[Claim]) -> Iterator[tuple[Table, list[_Row]]]:
    """The rows of each layer, but for the version and the position."""
    known = {mention.id: mention for mention in annotation.mentions}
    yield (
        tables.mentions,
        [
            {"id": m.id, "entity": m.entity, "kind": m.kind, "data": encoding.dump(m, Mention)}
            for m in annotation.mentions
        ],
    )
    yield (
        tables.entities,
        [
            {
                "id": e.id,
                "kind": e.kind,
                "name": e.name,
                "known_as": e.known_as,
                "data": encoding.dump(e, Entity),
            }
            for e in annotation.entities
        ],
    )
    yield (
        tables.attributions,
        [{"id": x.id, "data": encoding.dump(x, Attribution)} for x in annotation.attributions],
    )
    yield tables.frames, [{"id": f.id, "data": encoding.dump_frame(f, known)} for f in annotation.frames]
    yield (
        tables.claims,
        [
            {
                "id": c.id,
                "family": c.family,
                "kind": c.kind,
                "quote": c.quote,
                "earliest": c.when.earliest,
                "latest": c.when.latest,
                "data": encoding.dump(c, Claim),
            }
            for c in claims
        ],
    )


def _insert_layers(
    connection: Connection,
    version: int,
    layers: Mapping[Table, Sequence[_Row]],
    entities: Sequence[Entity],
    claims: Sequence[Claim],
) -> None:
    for table, rows in layers.items():
        _insert(connection, table, [{**row, "version": version, "place": n} for n, row in enumerate(rows)])
    _insert(connection, tables.entity_names, [
        {"version": version, "entity": e.id, "key": key} for e in entities for key in _name_keys(e)
    ])  # fmt: skip
    _insert(connection, tables.claim_roles, [
        {"version": version, "claim": c.id, "role": role, "entity": id}
        for c in claims for role, ids in c.roles.items() for id in dict.fromkeys(ids)
    ])  # fmt: skip
    _insert(connection, tables.claim_voices, [
        {"version": version, "claim": c.id, "position": n, "entity": id}
        for c in claims for n, id in enumerate(c.voice)
    ])  # fmt: skip


def _name_keys(entity: Entity) -> tuple[str, ...]:
    """The keys an entity is found under: its names and acronyms, not the phrases and pronouns for it."""
    texts = [entity.name, *(n.text for n in entity.names if n.form in ("name", "acronym"))]
    return tuple(dict.fromkeys(key[:LONGEST_KEY] for t in texts if (key := name_key(t))))


# ------------------------------------------------------------------------------------------------ the rest


def _keep_raw(connection: Connection, raw: bytes) -> str:
    table = tables.raws
    hash = hashlib.sha256(raw).hexdigest()
    if connection.execute(select(table.c.size).where(table.c.hash == hash)).first() is None:
        connection.execute(insert(table).values(hash=hash, size=len(raw), body=zlib.compress(raw)))
    return hash


def _note_input(
    connection: Connection,
    input_id: str,
    raw: str | None,
    *,
    report: str | None = None,
    reason: str | None = None,
    retrieved: datetime | None = None,
) -> None:
    """Appends what came in under a name, unless that is what its latest row says already."""
    table = tables.inputs
    latest = connection.execute(
        select(table.c.raw, table.c.report, table.c.reason)
        .where(table.c.input_id == input_id)
        .order_by(table.c.number.desc())
        .limit(1)
    ).first()
    if latest is None or tuple(latest) != (raw, report, reason):
        at = retrieved.isoformat() if retrieved else None
        row = {"input_id": input_id, "raw": raw, "report": report, "reason": reason, "retrieved": at}
        connection.execute(insert(table).values(row))


def _append_judgements(connection: Connection, judgements: Iterable[Judgement]) -> int:
    table = tables.judgements
    added = 0
    for judgement in judgements:
        row = judgement_row(judgement)
        pair = sorted((judgement.left, judgement.right))
        latest = connection.execute(
            select(table.c.verdict, table.c.score, table.c.because, table.c.at, table.c.takes_back)
            .where(table.c.left.in_(pair), table.c.right.in_(pair), table.c.by == judgement.by)
            .order_by(table.c.number.desc())
            .limit(1)
        ).first()
        if latest is None or any(row[column] != value for column, value in latest._mapping.items()):
            connection.execute(insert(table).values(row))
            added += 1
    return added


def _withdrawn(connection: Connection, rows: Sequence[Judgement], makers: frozenset[str]) -> list[Judgement]:
    """What these makers stand by in the store and do not say any more."""
    said = {(frozenset((row.left, row.right)), row.by) for row in rows}
    table = tables.judgements
    kept = select(table).where(table.c.by.in_(sorted(makers)), table.c.at.is_(None)).order_by(table.c.number)
    standing = {(frozenset((row.left, row.right)), row.by): row for row in connection.execute(kept)}
    return [
        Judgement(row.left, row.right, "UNSURE", 0.0, "the rule no longer finds it", row.by)
        for key, row in standing.items()
        if key not in said and row.verdict != "UNSURE"
    ]


def judgement_row(judgement: Judgement) -> _Row:
    """The columns of one judgement."""
    return {
        "left": judgement.left,
        "right": judgement.right,
        "verdict": judgement.verdict,
        "score": judgement.score,
        "because": judgement.because,
        "by": judgement.by,
        "at": judgement.at.isoformat() if judgement.at else None,
        "takes_back": judgement.takes_back,
    }
