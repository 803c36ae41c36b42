"""Presses that come together: «Отправить» twice at once, «Отозвать» at the very second it leaves."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from storage.tables import Letter
from tests.announcements.cast import passes, written
from tests.surveys.cast import button
from tests.timetable_world import said
from tests.world import World


async def test_sent_twice_at_once_is_sent_once_and_at_the_sixtieth_second_it_has_left(world: World) -> None:
    await written(world.olga, "Классу", "7А")
    send = button(world.olga, "Отправить")
    await asyncio.gather(world.olga.press(*send), world.olga.press(*send))
    back = button(world.olga, "Отозвать")
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Letter.id)).where(Letter.kind == "announced")) == 3
    world.clock.move(timedelta(seconds=60))
    await world.olga.press(*back)
    assert world.olga.toasts[-1].startswith("Объявление уже ушло: отозвать его нельзя.")
    await passes(world)
    assert said(world.anna).startswith("📣 Объявление · 7А")
