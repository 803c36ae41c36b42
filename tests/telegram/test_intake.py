"""Updates in: kept before they are acknowledged, handled in order, once, whatever comes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.clock import StoppedClock
from bot.sandbox import Sandbox
from bot.telegram.intake import Intake
from storage import inbox
from storage.db import Database
from storage.inbox import Arrived
from storage.tables import Update
from tests.world import NOW

Raw = dict[str, Any]


def said(update_id: int, text: str, chat: int = 1) -> Raw:
    person = {"id": chat, "is_bot": False, "first_name": "Анна"}
    message = {"message_id": update_id, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": update_id, "message": message}


class Desk:
    """An intake whose handler only notes what it heard."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.heard: list[str] = []
        self.sorry: list[int] = []
        self.trouble: list[Exception] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.dispatcher = Dispatcher()
        self.dispatcher.message.register(self.hear)
        self.bot = Bot("42:TEST")
        self.open()

    def open(self) -> None:
        """A new start of the process."""
        self.intake = Intake(self.bot, self.dispatcher, self.db, StoppedClock(NOW), self.say_sorry)

    async def hear(self, message: Message) -> None:
        if message.text in self.gates:
            await self.gates[message.text].wait()
        if self.trouble:
            raise self.trouble.pop()
        self.heard.append(message.text or "")

    async def say_sorry(self, update: Any) -> None:
        self.sorry.append(update.update_id)

    async def take(self, *updates: Raw) -> None:
        """Start, take these in, handle all, stop."""
        self.open()
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(self.intake.run(poll=False))
            await self.intake.receive(list(updates))
            await self.intake.idle()
            running.cancel()

    async def states(self) -> dict[int, str]:
        async with self.db.read() as tx:
            return {row.update_id: row.state for row in await tx.execute(select(Update.update_id, Update.state))}


@pytest.fixture
def desk(empty_db: Database) -> Desk:
    return Desk(empty_db)


async def test_what_one_person_says_is_handled_in_order(desk: Desk) -> None:
    await desk.take(*[said(number, str(number)) for number in range(1, 31)])
    assert desk.heard == [str(number) for number in range(1, 31)]
    assert set((await desk.states()).values()) == {"done"}


async def test_one_slow_chat_does_not_hold_up_the_others(desk: Desk) -> None:
    gate = desk.gates["долго"] = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(desk.intake.run(poll=False))
        await desk.intake.receive([said(1, "долго", chat=1), said(2, "потом", chat=1)])
        await desk.intake.receive([said(3, "быстро", chat=2)])
        while "быстро" not in desk.heard:
            await asyncio.sleep(0)
        assert desk.heard == ["быстро"]
        gate.set()
        await desk.intake.idle()
        running.cancel()
    assert desk.heard == ["быстро", "долго", "потом"]


async def test_a_repeated_update_is_handled_once_even_days_later(desk: Desk) -> None:
    await desk.take(said(7, "раз"), said(7, "раз"))
    await desk.take(said(7, "раз"))
    assert desk.heard == ["раз"]


async def test_update_ids_may_start_again_lower(desk: Desk) -> None:
    await desk.take(said(900, "раз"))
    await desk.take(said(5, "два"))
    assert desk.heard == ["раз", "два"]


async def test_what_a_killed_process_left_is_handled_at_the_next_start(desk: Desk, empty_db: Database) -> None:
    async with empty_db.write() as tx:
        left = Arrived(
            1, 1, '{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"осталось"}}'
        )
        await inbox.keep(tx, [left], now=NOW)
    await desk.take(said(2, "новое"))
    assert desk.heard == ["осталось", "новое"]


async def test_an_update_that_kills_the_process_again_and_again_is_put_aside(desk: Desk, empty_db: Database) -> None:
    async with empty_db.write() as tx:
        await inbox.keep(
            tx,
            [Arrived(1, 1, '{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"яд"}}')],
            now=NOW,
        )
        for _ in range(12):
            await inbox.tried(tx, 1)
    await desk.take(said(2, "новое"))
    assert desk.heard == ["новое"]
    assert await desk.states() == {1: "aside", 2: "done"}


async def test_an_update_of_an_unknown_shape_is_kept_aside_and_the_batch_goes_on(desk: Desk) -> None:
    await desk.take({"update_id": 1, "message": {"what": "is this"}}, said(2, "дальше"), {"no": "id"})
    assert desk.heard == ["дальше"]
    assert await desk.states() == {1: "aside", 2: "done"}


async def test_rich_text_that_would_freeze_the_loop_is_dropped_before_it_is_read(desk: Desk) -> None:
    rich: Any = {"type": "paragraph", "text": "дно"}
    for _ in range(40):
        rich = {"type": "bold", "text": rich}
    update = said(1, "с украшениями")
    update["message"]["rich_message"] = rich
    update["message"]["reply_to_message"] = {**said(9, "прежнее")["message"], "rich_message": rich}
    await desk.take(update)
    assert desk.heard == ["с украшениями"]
    assert await desk.states() == {1: "done"}


async def test_a_passing_trouble_is_tried_again_and_nobody_notices(desk: Desk) -> None:
    desk.trouble = [OperationalError("SELECT 1", {}, Exception("away"))]
    await desk.take(said(1, "раз"))
    assert desk.heard == ["раз"]
    assert desk.sorry == []


async def test_our_own_fault_is_said_plainly_and_kept_for_the_makers(desk: Desk) -> None:
    desk.trouble = [ZeroDivisionError()]
    await desk.take(said(1, "раз"), said(2, "два"))
    assert desk.sorry == [1]
    assert desk.heard == ["два"]
    assert await desk.states() == {1: "aside", 2: "done"}


async def test_polling_acknowledges_only_what_is_kept(desk: Desk) -> None:
    async with Sandbox("42:TEST", "school8_bot") as sandbox:
        from bot.post.pace import Pace
        from bot.telegram.speech import telephone

        bot = telephone("42:TEST", sandbox.url, Pace(30))
        intake = Intake(bot, desk.dispatcher, desk.db, StoppedClock(NOW), desk.say_sorry)
        anna = sandbox.person(1, "Анна")
        for word in ("раз", "два", "три"):
            await anna.send(word)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(intake.run(poll=True))
            await sandbox.quiet()
            assert len(await desk.states()) == 3
            await intake.idle()
            running.cancel()
        await bot.session.close()
    assert desk.heard == ["раз", "два", "три"]
