"""Alembic run on a connection of ours: the schema brought to a revision, and compared with the tables."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import Database, DatabaseRefused
from storage.migrate import HERE
from storage.tables import Table


def config(connection: Connection | None = None, folder: Path = HERE) -> Config:
    made = Config()
    made.set_main_option("script_location", str(folder))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


async def bring(db: Database, to: str, folder: Path) -> None:
    """Up, or down for tests; all of it or nothing. DatabaseRefused: the database is of a newer bot, or a row points nowhere."""

    def run(connection: Connection) -> None:
        now = MigrationContext.configure(connection).get_current_revision()
        script = _revisions(folder)
        if now is not None and now not in {revision.revision for revision in script.walk_revisions()}:
            raise DatabaseRefused(f"the database is from a newer version of the bot (schema {now}): update the bot")
        (command.downgrade if to in _passed(script, now) else command.upgrade)(config(connection, folder), to)
        _checked(connection)

    async with db.engine.connect() as connection, _keys_off(db, connection), connection.begin():
        await connection.run_sync(run)


@cache
def _revisions(folder: Path) -> ScriptDirectory:
    """The revisions of a folder, read once: a bot does not get a new one while it runs."""
    return ScriptDirectory.from_config(config(folder=folder))


def _passed(script: ScriptDirectory, now: str | None) -> set[str]:
    """What a database at this revision left behind: going there is going down."""
    return {"base", *(each.revision for each in script.iterate_revisions(now, "base") if each.revision != now)} if now else set()


@contextlib.asynccontextmanager
async def _keys_off(db: Database, connection: AsyncConnection) -> AsyncIterator[None]:
    """SQLite cannot make a table anew, as altering it often needs, while other tables' keys that point at it are enforced.

    The switch works only outside a transaction. What a migration leaves is checked by `_checked`, before it is committed.
    """
    if not db.is_sqlite:
        yield
        return
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None  # noqa: S101 - a connection that was just opened
    await driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await driver.execute("PRAGMA foreign_keys=ON")


def _checked(connection: Connection) -> None:
    """No row points at one that is not there: else nothing of the migration is kept."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first() if connection.dialect.name == "sqlite" else None
    if broken is not None:
        raise DatabaseRefused(
            f"the database cannot be brought to this version: a row of {broken.table} points at none of {broken.parent}"
        )


async def difference(db: Database) -> list[Any]:
    """What tells the database from the tables; empty when they agree."""

    def compare(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Table.metadata))

    async with db.engine.connect() as connection:
        return await connection.run_sync(compare)
