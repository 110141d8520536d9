"""Runs the revisions on the connection that `store.connect` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from khaldun.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
