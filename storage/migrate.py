"""The schema's way up (and down, for tests)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from storage.db import Database

HERE = Path(__file__).parent / "migrations"


async def migrate(db: Database, to: str = "head", *, folder: Path = HERE) -> None:
    """Bring the schema to a revision; DatabaseRefused: it is from a newer bot, and is not touched.

    Alembic takes longer to be read than most commands work: it is read where there is something to bring.
    """
    if to == "head" and await revision(db) == newest(folder):
        return
    from storage.schema import bring

    await bring(db, to, folder)


async def revision(db: Database) -> str | None:
    """Which migration the database was last brought to; None: it has no tables yet."""
    async with db.read() as tx:
        if not await tx.run_sync(lambda session: inspect(session.connection()).has_table("alembic_version")):
            return None
        found: str | None = await tx.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def newest(folder: Path = HERE) -> str:
    """The last migration there is: their files begin with their numbers, which are their revisions."""
    return max(file.name.split("_")[0] for file in (folder / "versions").glob("[0-9]*.py"))
