"""A network loaded from a book, for the stories of two workbooks and the chat: made once, copied for each."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from storage.db import Database
from storage.migrate import migrate
from tests.timetable.reconciled_world import settle
from tests.world import ZONE


@pytest.fixture(scope="session")
def based_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """base.xlsx loaded, everybody enrolled: a SQLite file to be copied."""
    path = tmp_path_factory.mktemp("base") / "bot.sqlite3"
    shutil.copy(migrated_file, path)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _made(path)).result()
    return path


async def _made(path: Path, zone: ZoneInfo = ZONE) -> None:
    db = Database(f"sqlite+aiosqlite:///{path}")
    await db.open()
    await migrate(db)
    await settle(db, zone)
    await db.close()


@pytest.fixture
async def based_in(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Callable[[ZoneInfo], Awaitable[Database]]]:
    """The same network by other clocks."""
    made: list[Database] = []

    async def by(zone: ZoneInfo) -> Database:
        shutil.copy(migrated_file, tmp_path / "elsewhere.sqlite3")
        await _made(tmp_path / "elsewhere.sqlite3", zone)
        db = Database(f"sqlite+aiosqlite:///{tmp_path / 'elsewhere.sqlite3'}")
        await db.open()
        made.append(db)
        return db

    yield by
    for each in made:
        await each.close()


@pytest.fixture
async def based(based_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """The network of base.xlsx, all letters out."""
    (tmp_path / "based.sqlite3").write_bytes(based_file.read_bytes())
    db = Database(f"sqlite+aiosqlite:///{tmp_path / 'based.sqlite3'}")
    await db.open()
    yield db
    await db.close()
