"""The tables of a store: one schema for SQLite and PostgreSQL.

* A text is kept once (`reports`). What was read from it, and under which metadata, is a *version* of the
  report; the layers (`mentions`, `claims`, …) hang on a version and never change. `reports.current` points
  at the version that counts.
* Columns beside `data` repeat what is searched for; `data` is the whole value as JSON (see `encoding`).
* `judgements` only grows. `assessments` may be emptied at any time and made again.

The revisions in `migrations/` make exactly these tables; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

raws = Table(
    "raws",
    metadata,
    Column("hash", Text, primary_key=True, doc="SHA-256 of the bytes as received"),
    Column("size", Integer, nullable=False, doc="number of bytes before compression"),
    Column("body", LargeBinary, nullable=False, doc="zlib-compressed"),
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True, doc="order of first arrival"),
    Column("id", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("current", Integer, doc="the version that counts (report_versions.version)"),
)

report_versions = Table(
    "report_versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("digest", Text, nullable=False, doc="hash of metadata, layers and claims"),
    Column("title", Text),
    Column("outlet", Text),
    Column("published_earliest", Date),
    Column("published_latest", Date),
    Column("unread", Text, doc="why the text is kept but not read"),
    Column("data", Text, nullable=False, doc="the Report but for its text"),
    Column("sentences", Text, nullable=False),
    UniqueConstraint("report", "digest"),
)

inputs = Table(
    "inputs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("input_id", Text, nullable=False),
    Column("raw", Text, doc="hash of the bytes; the bytes are in raws where they were kept"),
    Column("report", Text, ForeignKey("reports.id")),
    Column("reason", Text, doc="why it could not be read; None where it became a report"),
    Column("retrieved", Text, doc="when it was fetched, in ISO 8601"),
    Index(None, "input_id"),
)


def _layer(name: str, *columns: Column[object] | Index) -> Table:
    return Table(
        name,
        metadata,
        Column("version", Integer, ForeignKey("report_versions.version"), primary_key=True),
        Column("id", Text, primary_key=True),
        Column("place", Integer, nullable=False, doc="position in the layer"),
        *columns,
        Column("data", Text, nullable=False),
    )


mentions = _layer("mentions", Column("entity", Text), Column("kind", Text, nullable=False))
entities = _layer(
    "entities",
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("known_as", Text, index=True),
    Index(None, "id"),
)
attributions = _layer("attributions")
frames = _layer("frames")
claims = _layer(
    "claims",
    Column("family", Text, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("quote", Text, nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
    Index(None, "id"),
)

entity_names = Table(
    "entity_names",
    metadata,
    Column("version", Integer, ForeignKey("report_versions.version"), primary_key=True),
    Column("entity", Text, primary_key=True),
    Column("key", Text, primary_key=True, doc="names.name_key of one of its names"),
    Index(None, "key"),
)

claim_roles = Table(
    "claim_roles",
    metadata,
    Column("version", Integer, ForeignKey("report_versions.version"), primary_key=True),
    Column("claim", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("entity", Text, primary_key=True, index=True),
)

claim_voices = Table(
    "claim_voices",
    metadata,
    Column("version", Integer, ForeignKey("report_versions.version"), primary_key=True),
    Column("claim", Text, primary_key=True),
    Column("position", Integer, primary_key=True, doc="0 is the speaker"),
    Column("entity", Text, nullable=False, index=True),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("because", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text),
    Column("takes_back", Text),
    Index(None, "left", "right"),
)

assessments = Table(
    "assessments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("about", Text, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("data", Text, nullable=False),
)
