"""aiogram's FSM, kept in the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.types import TelegramObject, Update

from bot.clock import Clock
from bot.visit import Talk
from storage import talks
from storage.db import Database


class Talks(BaseStorage):
    """State and data of each person's typed conversation survive a restart."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self.db = db
        self.clock = clock

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        async with self.db.write() as tx:
            _, data = await talks.talk(tx, _name(key))
            await talks.keep(tx, _name(key), (name, data), now=self.clock.now())

    async def get_state(self, key: StorageKey) -> str | None:
        async with self.db.read() as tx:
            return (await talks.talk(tx, _name(key)))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        async with self.db.write() as tx:
            state, _ = await talks.talk(tx, _name(key))
            await talks.keep(tx, _name(key), (state, dict(data)), now=self.clock.now())

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        async with self.db.read() as tx:
            return (await talks.talk(tx, _name(key)))[1]

    async def close(self) -> None:
        """The database is closed by the roof."""


def talk_of(db: Database, update: TelegramObject, data: Mapping[str, Any], now: datetime) -> Talk:
    """The talk of whoever came, as aiogram's middleware has found it; without a person there is none."""
    context = data.get("state")
    key = _name(context.key) if context else ""
    return Talk(db, key, data.get("raw_state"), now, update.update_id if isinstance(update, Update) else None)


def _name(key: StorageKey) -> str:
    return f"{key.chat_id}:{key.user_id}"
