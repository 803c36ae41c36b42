"""A database of an example's own: a copy of the settled network, of either kind."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


@dataclass(frozen=True)
class Ground:
    """Where an example's database is, its folder, and how it is thrown away."""

    url: str
    folder: Path
    drop: Callable[[], None]


Grounds = Callable[[], Ground]


def on_sqlite(settled: Path) -> Grounds:
    """Copies of this file."""

    def made() -> Ground:
        folder = Path(tempfile.mkdtemp(prefix="enrollment-"))
        shutil.copy(settled, folder / "bot.sqlite3")
        return Ground(f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}", folder, lambda: shutil.rmtree(folder, ignore_errors=True))

    return made


def on_postgres(where: str) -> Grounds:
    """Copies of the database `settled` of this server (`user@host:port`)."""

    def made() -> Ground:
        name, folder = f"machine_{uuid4().hex[:12]}", Path(tempfile.mkdtemp(prefix="enrollment-"))
        asyncio.run(_said(where, f'CREATE DATABASE "{name}" TEMPLATE "settled"'))

        def drop() -> None:
            asyncio.run(_said(where, f'DROP DATABASE "{name}" WITH (FORCE)'))
            shutil.rmtree(folder, ignore_errors=True)

        return Ground(f"postgresql+asyncpg://{where}/{name}", folder, drop)

    return made


async def _said(where: str, sentence: str) -> None:
    engine = create_async_engine(f"postgresql+asyncpg://{where}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(sentence))
    await engine.dispose()
