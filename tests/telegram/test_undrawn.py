"""A page that a later press would have drawn over is seen all the same when that press draws nothing, or fails, or the process dies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select

from bot.telegram.arrival import read_again
from bot.telegram.handling import Handling
from bot.telegram.lanes import Lane
from storage import inbox
from storage.tables import Update
from tests.world import Member, World

GONE = "course.list:0:-1:0:0"  # a button nobody of ours made: a word over the page, and no page


class Held:
    """Presses with this data wait at the door of their handler until it is opened."""

    def __init__(self, data: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at_the_door, self.opened = asyncio.Event(), asyncio.Event()
        handle = Handling.handle

        async def held(handling: Handling, each: Any, *given: Any) -> bool:
            if f'"data":"{data}"' in each.body and not each.again:
                self.at_the_door.set()
                await self.opened.wait()
            return await handle(handling, each, *given)

        monkeypatch.setattr(Handling, "handle", held)


@asynccontextmanager
async def overtaken(anna: Member, data: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """She presses ⚙️, and `data` before it is answered; inside, ⚙️ is done, recorded and not drawn, and the other one waits."""
    await anna.send("/start")
    assert anna.newest is not None
    page = anna.newest.id
    help_held, last_held = Held("help", monkeypatch), Held(data, monkeypatch)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(anna.press(page, "help"))  # what keeps the lane busy while the other two come in
        await help_held.at_the_door.wait()
        tasks.create_task(anna.press(page, "settings"))
        tasks.create_task(anna.press(page, data))
        lane = anna.world.app.intake._lanes[anna.id]
        while len(lane.updates) < 3:
            await asyncio.sleep(0)
        help_held.opened.set()
        await last_held.at_the_door.wait()
        assert anna.page.startswith("👋")
        yield
        last_held.opened.set()


async def kept(world: World) -> list[str]:
    async with world.db.read() as tx:
        return [page for page in await tx.scalars(select(Update.undrawn)) if page is not None]


async def test_a_later_press_that_draws_nothing_draws_what_was_left(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with overtaken(world.anna, GONE, monkeypatch):
        (page,) = await kept(world)
        assert "⚙️" in page
    assert world.anna.page.startswith("⚙️")
    assert str(world.anna.toasts[-1]) == "Этого больше нет: страница устарела. Откройте меню: /start"
    assert await kept(world) == []


async def test_after_a_death_the_page_that_was_left_is_drawn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with overtaken(world.anna, GONE, monkeypatch):
        async with world.db.read() as tx:
            (left,) = await inbox.unfinished(tx)
        next_life = Lane()
        next_life.append(read_again(left))
        assert await world.app.intake.handling.handle(next_life.begin(), next_life.behind)
        assert world.anna.page.startswith("⚙️")
        assert world.anna.buttons != []


async def test_a_later_press_that_fails_leaves_the_page_of_the_earlier(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    async with overtaken(world.anna, "applications", monkeypatch):
        monkeypatch.setattr(world.app.dispatcher, "feed_update", broken)
    assert world.anna.page.startswith("⚙️")
    assert str(world.anna.toasts[-1]).startswith("Что-то пошло не так")
    assert await kept(world) == []


async def test_a_later_press_that_draws_draws_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with overtaken(world.anna, "applications", monkeypatch):
        pass
    assert world.anna.page.startswith("Заявлений пока нет.")
    assert await kept(world) == []
