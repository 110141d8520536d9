"""The first schema: texts, versions, layers, decisions, opinions, and the words of the texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_assessments")),
    )
    op.create_index(op.f("ix_assessments_about"), "assessments", ["about"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("left", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_judgements")),
    )
    op.create_index(op.f("ix_judgements_left_right"), "judgements", ["left", "right"], unique=False)
    op.create_table(
        "raws",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_raws")),
    )
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("current", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reports")),
        sa.UniqueConstraint("id", name=op.f("uq_reports_id")),
    )
    op.create_table(
        "inputs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("input_id", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("retrieved", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_inputs_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_inputs")),
    )
    op.create_index(op.f("ix_inputs_input_id"), "inputs", ["input_id"], unique=False)
    op.create_table(
        "report_versions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("published_earliest", sa.Date(), nullable=True),
        sa.Column("published_latest", sa.Date(), nullable=True),
        sa.Column("unread", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_report_versions_report")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_report_versions")),
        sa.UniqueConstraint("report", "digest", name=op.f("uq_report_versions_report_digest")),
    )
    op.create_table(
        "attributions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_attributions_version")),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_attributions")),
    )
    op.create_table(
        "claim_roles",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_claim_roles_version")),
        sa.PrimaryKeyConstraint("version", "claim", "role", "entity", name=op.f("pk_claim_roles")),
    )
    op.create_index(op.f("ix_claim_roles_entity"), "claim_roles", ["entity"], unique=False)
    op.create_table(
        "claim_voices",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_claim_voices_version")),
        sa.PrimaryKeyConstraint("version", "claim", "position", name=op.f("pk_claim_voices")),
    )
    op.create_index(op.f("ix_claim_voices_entity"), "claim_voices", ["entity"], unique=False)
    op.create_table(
        "claims",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_claims_version")),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_id"), "claims", ["id"], unique=False)
    op.create_index(op.f("ix_claims_kind"), "claims", ["kind"], unique=False)
    op.create_table(
        "entities",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("known_as", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_entities_version")),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_entities")),
    )
    op.create_index(op.f("ix_entities_id"), "entities", ["id"], unique=False)
    op.create_index(op.f("ix_entities_known_as"), "entities", ["known_as"], unique=False)
    op.create_table(
        "entity_names",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_entity_names_version")),
        sa.PrimaryKeyConstraint("version", "entity", "key", name=op.f("pk_entity_names")),
    )
    op.create_index(op.f("ix_entity_names_key"), "entity_names", ["key"], unique=False)
    op.create_table(
        "frames",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_frames_version")),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_frames")),
    )
    op.create_table(
        "mentions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["report_versions.version"], name=op.f("fk_mentions_version")),
        sa.PrimaryKeyConstraint("version", "id", name=op.f("pk_mentions")),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE report_words USING fts5(text, content='reports', content_rowid='number')")
