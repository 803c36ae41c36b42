"""The demo's settings and its filled database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bot.demo.names import TOKEN
from bot.demo.prelude import fill
from bot.settings import Settings
from storage.db import Database
from storage.migrate import migrate


def settings_for(folder: Path, api: str) -> Settings:
    """The demo takes nothing from the environment: it must not meet a real school's token or data."""
    return Settings.model_construct(
        bot_token=SecretStr(TOKEN),
        telegram_api=api,
        database_url=f"sqlite+aiosqlite:///{folder}/demo.sqlite3",
        data_dir=folder,
        journal_dir=folder / "journal",
        listen="127.0.0.1:0",
        log_level="ERROR",
    )


@asynccontextmanager
async def filled(settings: Settings, now: datetime) -> AsyncIterator[Database]:
    """The demo's database with its network in it."""
    db = Database(settings.database_url)
    await db.open()
    await migrate(db)
    await fill(db, settings, now)
    try:
        yield db
    finally:
        await db.close()
