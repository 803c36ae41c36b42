"""Alembic's way in: always through a connection that storage/schema.py hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from storage.numbers import Numbers
from storage.tables import Moment, Table


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A migration is history: it must not change when a type of today's tables does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_item=render_item,
    render_as_batch=True,
    compare_type=True,
    on_version_apply=Numbers(connection).kept,
)
with context.begin_transaction():
    context.run_migrations()
