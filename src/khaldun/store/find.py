"""Looking things up: claims by place, actor, speaker, kind and time; words in texts; what stayed unread."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    any_,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)

from khaldun.errors import NotFound
from khaldun.house_names import keys_of
from khaldun.ledger import Ledger
from khaldun.model import Family, Span
from khaldun.names import name_key
from khaldun.store import tables

LONGEST_KEY = 200
"""Longer names are cut for looking up; PostgreSQL's index holds no more than about 2,700 bytes."""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; everything that is given must fit.

    `place`, `actor` and `speaker` are names or ids; all that is judged the same counts too. `speaker` may
    also be an outlet (``outlet:<name>``). `kind` takes its sub-kinds with it ("assault" finds
    "assault.aerial"). `since` and `until` find what *may* lie between them; claims without any known date
    only with `undated`.
    """

    place: str | None = None
    actor: str | None = None
    speaker: str | None = None
    kind: str | None = None
    family: Family | None = None
    since: date | None = None
    until: date | None = None
    undated: bool = False
    report: str | None = None
    words: str | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that holds the words looked for, and one place in it where one of them stands."""

    report: str
    title: str | None
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that did not become a report, and why. `raw` is the hash of its bytes, where there were
    any."""

    input_id: str
    reason: str
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Sizes of a store; layers are counted over current versions only."""

    reports: int
    versions: int
    unread: int
    mentions: int
    entities: int
    claims: dict[str, int]
    judgements: int
    assessments: int


# ------------------------------------------------------------------------------------------------ claims


def matching_claims(connection: Connection, wanted: ClaimFilter, ledger: Ledger) -> Select[Any]:
    """The query for the claims that fit, in order of arrival and of the text."""
    c, r = tables.claims, tables.reports
    rows = select(c.c.data).join(r, r.c.current == c.c.version)
    for condition in (
        *_on_claim(wanted),
        *_on_time(wanted),
        *_on_entities(connection, wanted, ledger),
    ):
        rows = rows.where(condition)
    return rows.order_by(r.c.number, c.c.place).limit(wanted.limit).offset(wanted.offset)


def _on_claim(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    c = tables.claims
    conditions: list[ColumnElement[bool]] = []
    if wanted.report is not None:
        conditions.append(tables.reports.c.id == wanted.report)
    if wanted.family is not None:
        conditions.append(c.c.family == wanted.family)
    if wanted.kind is not None:
        conditions.append(or_(c.c.kind == wanted.kind, c.c.kind.startswith(f"{wanted.kind}.", autoescape=True)))
    if wanted.words is not None:
        conditions.append(c.c.quote.icontains(wanted.words, autoescape=True))
    return conditions


def _on_time(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    if wanted.since is None and wanted.until is None:
        return []
    c = tables.claims
    undated = and_(c.c.earliest.is_(None), c.c.latest.is_(None))
    may_lie = [~undated]
    if wanted.since is not None:
        may_lie.append(or_(c.c.latest.is_(None), c.c.latest >= wanted.since))
    if wanted.until is not None:
        may_lie.append(or_(c.c.earliest.is_(None), c.c.earliest <= wanted.until))
    fits = and_(*may_lie)
    return [or_(fits, undated) if wanted.undated else fits]


def _on_entities(connection: Connection, wanted: ClaimFilter, ledger: Ledger) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for name, kind in ((wanted.place, "place"), (wanted.actor, "actor")):
        if name is not None:
            ids = ids_named(connection, name, kind, ledger)
            conditions.append(_has(connection, tables.claim_roles, ids))
    if wanted.speaker is not None:
        voices = tables.claim_voices
        ids = ids_named(connection, wanted.speaker, None, ledger)
        conditions.append(_has(connection, voices, ids, voices.c.position == 0))
    return conditions


def _has(connection: Connection, table: Table, ids: tuple[str, ...], *more: ColumnElement[bool]) -> ColumnElement[bool]:
    c = tables.claims
    of_claim = (table.c.version == c.c.version, table.c.claim == c.c.id)
    return exists().where(*of_claim, _among(connection, table.c.entity, ids), *more)


def _among(connection: Connection, column: Any, values: tuple[str, ...]) -> ColumnElement[bool]:
    """`column` is one of `values`, which go over as one parameter: there may be more than a statement
    holds."""
    if connection.dialect.name == "sqlite":
        listed = func.json_each(json.dumps(values)).table_valued("value")
        return column.in_(select(listed.c.value))  # type: ignore[no-any-return]
    return column == any_(literal(list(values)))  # type: ignore[no-any-return]


# ------------------------------------------------------------------------------------------------ names


def ids_named(connection: Connection, name: str, kind: str | None, ledger: Ledger) -> tuple[str, ...]:
    """Ids that `name` stands for: an id itself, an id of the tables of names, an outlet, or a name.

    All judged the same come with them. Raises NotFound, offering the nearest names.
    """
    found = {name} if name.startswith("outlet:") else set(_ids_called(connection, name, kind))
    if not found:
        near = _nearest(connection, name, kind)
        offer = f"; nearest: {', '.join(near)}" if near else ""
        raise NotFound(f"no {kind or 'one'} called '{name}' in the record{offer}")
    return tuple(sorted({other for id in found for other in ledger.cluster(id)}))


def _ids_called(connection: Connection, name: str, kind: str | None) -> list[str]:
    e, n = tables.entities, tables.entity_names
    same_name = and_(n.c.version == e.c.version, n.c.entity == e.c.id)
    keys = [key[:LONGEST_KEY] for key in (keys_of(name) if kind != "place" else [name_key(name)])]
    called = exists().where(same_name, n.c.key.in_(sorted(keys)))
    rows = select(e.c.id).where(or_(e.c.id == name, e.c.known_as == name, called)).distinct()
    if kind is not None:
        rows = rows.where(e.c.kind == kind)
    return list(connection.execute(rows.order_by(e.c.id)).scalars())


def _nearest(connection: Connection, name: str, kind: str | None) -> list[str]:
    e = tables.entities
    rows = select(e.c.name).distinct()
    if kind is not None:
        rows = rows.where(e.c.kind == kind)
    by_key = {name_key(found): found for found in sorted(connection.execute(rows).scalars())}
    return [by_key[key] for key in difflib.get_close_matches(name_key(name), list(by_key), n=3)]


# ------------------------------------------------------------------------------------------------ words

_TERM = re.compile(r'"([^"]+)"|(\S+)')


def search(connection: Connection, words: str, *, limit: int) -> tuple[Hit, ...]:
    """See `StoreView.search`."""
    terms = [t for pair in _TERM.findall(words) if (t := " ".join((pair[0] or pair[1]).replace('"', " ").split()))]
    if not terms:
        return ()
    r, v = tables.reports, tables.report_versions
    rows = select(r.c.id, r.c.text, v.c.title).join(v, v.c.version == r.c.current)
    if connection.dialect.name == "sqlite":
        quoted = " ".join(f'"{term}"' for term in terms)
        hits = text("SELECT rowid FROM report_words WHERE report_words MATCH :quoted").bindparams(quoted=quoted)
        rows = rows.where(r.c.number.in_(hits))
    else:
        rows = rows.where(*(r.c.text.regexp_match(rf"\m{_pattern(term)}\M", flags="i") for term in terms))
    found = connection.execute(rows.order_by(r.c.number).limit(limit)).all()
    return tuple(_hit(row.id, row.title, row.text, terms) for row in found)


def _pattern(term: str) -> str:
    """The term as a regular expression; any blank or line break may stand between its words."""
    return r"\s+".join(re.sub(r"([^\w])", r"\\\1", word) for word in term.split())


def _hit(report: str, title: str | None, words: str, terms: list[str]) -> Hit:
    for term in terms:
        found = re.search(rf"\b{_pattern(term)}\b", words, re.IGNORECASE)
        if found:
            start = max(words.rfind("\n", 0, found.start()) + 1, found.start() - 80)
            end = words.find("\n", found.end())
            span = Span(start, min(end if end >= 0 else len(words), found.end() + 80))
            return Hit(report, title, span, span.of(words))
    # The index folds accents, which the pattern does not: the report fits, the spot is not known.
    return Hit(report, title, Span(0, 0), "")


# ------------------------------------------------------------------------------------------------ sums


def unread(connection: Connection) -> tuple[Unread, ...]:
    """See `StoreView.unread`."""
    i = tables.inputs
    latest = select(func.max(i.c.number)).group_by(i.c.input_id)
    rows = select(i.c.input_id, i.c.reason, i.c.raw).where(i.c.number.in_(latest), i.c.reason.is_not(None))
    return tuple(Unread(*row) for row in connection.execute(rows.order_by(i.c.number)))


def counts(connection: Connection) -> Counts:
    """See `StoreView.counts`."""
    c, current = tables.claims, select(tables.reports.c.current)
    families = (
        select(c.c.family, func.count().label("number"))
        .where(c.c.version.in_(current))
        .group_by(c.c.family)
        .order_by(c.c.family)
    )
    return Counts(
        reports=_count(connection, tables.reports),
        versions=_count(connection, tables.report_versions),
        unread=len(unread(connection)),
        mentions=_count(connection, tables.mentions, tables.mentions.c.version.in_(current)),
        entities=_count(connection, tables.entities, tables.entities.c.version.in_(current)),
        claims={row.family: row.number for row in connection.execute(families)},
        judgements=_count(connection, tables.judgements),
        assessments=_count(connection, tables.assessments),
    )


def _count(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
