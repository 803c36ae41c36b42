"""How long a handler may work: by the processor for what it does itself, by the clock for what it waits for; others cost it nothing."""

from __future__ import annotations

import asyncio

from aiogram.types import Message

from storage.db import Database
from tests.telegram.test_intake import Desk, said
from tests.telegram.test_intake import desk as desk  # noqa: PLC0414 - a fixture


class Calculating(Desk):
    """Its handler calculates so many seconds, lets the others go first, and is done."""

    async def hear(self, message: Message) -> None:
        self.watch.calculate(float(message.text or 0))
        await asyncio.sleep(0)
        await super().hear(message)


async def test_a_handler_that_works_too_long_is_given_up_with_a_word(empty_db: Database) -> None:
    """Ten seconds of the processor, whatever the other chats and the machine take meanwhile."""
    desk = Calculating(empty_db)
    await desk.take(said(1, "9.9", chat=1), said(2, "10.1", chat=2), said(3, "9.8", chat=3), said(4, "9.7", chat=2))
    assert desk.sorry == [2]
    assert sorted(desk.heard) == ["9.7", "9.8", "9.9"]
    assert await desk.states() == {1: "done", 2: "aside", 3: "done", 4: "done"}


async def test_what_others_do_while_a_handler_waits_is_not_its_work(desk: Desk) -> None:
    desk.gates["ждёт"] = asyncio.Event()
    desk.open()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(desk.intake.run(poll=False))
        await desk.intake.receive([said(1, "ждёт")])
        await desk.waits_for("ждёт")
        desk.watch.calculate(3600)
        desk.gates["ждёт"].set()
        await desk.intake.idle()
        running.cancel()
    assert (desk.sorry, desk.heard) == ([], ["ждёт"])


async def test_a_handler_that_waits_for_nobody_is_given_up_with_a_word(desk: Desk) -> None:
    """A minute by the clock; what it spends at Telegram does not count, and the next chat is not held up."""
    desk.gates["никогда"] = asyncio.Event()
    desk.away["у телеграма"] = asyncio.Event()
    desk.open()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(desk.intake.run(poll=False))
        await desk.intake.receive([said(1, "никогда", chat=1), said(2, "у телеграма", chat=2), said(3, "потом", chat=1)])
        await desk.waits_for("никогда")
        await desk.waits_for("у телеграма")
        desk.watch.move(59.9)
        await asyncio.sleep(0)
        assert desk.sorry == []
        desk.watch.move(0.2)
        while "потом" not in desk.heard:
            await asyncio.sleep(0)
        desk.watch.move(3600)
        desk.away["у телеграма"].set()
        await desk.intake.idle()
        running.cancel()
    assert desk.sorry == [1]
    assert desk.heard == ["потом", "у телеграма"]
    assert await desk.states() == {1: "aside", 2: "done", 3: "done"}
