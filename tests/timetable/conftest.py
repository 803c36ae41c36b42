"""A network loaded from a book, for the stories of two workbooks and the chat: made once, copied for each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.db import Database
from storage.migrate import migrate
from tests.timetable.reconciled_world import settle


@pytest.fixture(scope="session")
def based_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """base.xlsx loaded, everybody enrolled: a SQLite file to be copied."""
    path = tmp_path_factory.mktemp("base") / "bot.sqlite3"
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _made(path)).result()
    return path


async def _made(path: Path) -> None:
    db = Database(f"sqlite+aiosqlite:///{path}")
    await db.open()
    await migrate(db)
    await settle(db)
    await db.close()


@pytest.fixture
async def based(based_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """The network of base.xlsx, all letters out."""
    (tmp_path / "based.sqlite3").write_bytes(based_file.read_bytes())
    db = Database(f"sqlite+aiosqlite:///{tmp_path / 'based.sqlite3'}")
    await db.open()
    yield db
    await db.close()
