"""What the stories of announcements begin with: somebody writes one, its minute passes."""

from __future__ import annotations

from datetime import time, timedelta

from bot.services.announcements.leaving import let_leave
from tests.world import Member, World

TEXT = "Завтра в 15:00 — встреча с мастером.\nВозьмите сменную обувь."
NO_QUIET = (time(0), time(0))
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"rest of it"


async def written(who: Member, *to: str, text: str = TEXT) -> None:
    """Somebody chooses whom to address, and types."""
    await who.send("/start")
    for label in ("Объявления", "Новое объявление", *to):
        await who.tap(label)
    if text:
        await who.send(text)


async def passes(world: World, **by: float) -> None:
    """Time passes; what is due goes out. The other alarms stay silent."""
    world.clock.move(timedelta(**by))
    await let_leave(world.db, world.now)
    await world.deliver()
