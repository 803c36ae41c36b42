"""The schema's way up (and down, for tests): Alembic run on a connection of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.db import Database, DatabaseRefused
from storage.tables import Table

HERE = Path(__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


async def migrate(db: Database, to: str = "head") -> None:
    """Bring the schema to a revision; a database from a newer bot is refused, never touched."""

    def run(connection: Connection) -> None:
        now = MigrationContext.configure(connection).get_current_revision()
        script = ScriptDirectory.from_config(config())
        if now is not None and now not in {revision.revision for revision in script.walk_revisions()}:
            raise DatabaseRefused(f"the database is from a newer version of the bot (schema {now}): update the bot")
        if to == "head" and now == script.get_current_head():
            return
        (command.downgrade if to == "base" else command.upgrade)(config(connection), to)

    async with db.engine.begin() as connection:
        await connection.run_sync(run)


async def difference(db: Database) -> list[Any]:
    """What tells the database from the tables; empty when they agree."""

    def compare(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Table.metadata))

    async with db.engine.connect() as connection:
        return await connection.run_sync(compare)
