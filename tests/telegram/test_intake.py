"""Updates in: kept before they are acknowledged, handled in order, once, whatever comes."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.clock import StoppedClock
from bot.sandbox import Sandbox
from bot.services.housekeeping import keep_house
from bot.telegram.handling import Handling
from bot.telegram.intake import Intake
from bot.turn import Watch, elsewhere
from storage import inbox
from storage.db import Database
from storage.doctor import worth_knowing
from storage.hand import Hand
from storage.inbox import Arrived
from storage.tables import Update
from tests.world import NOW, ZONE

Raw = dict[str, Any]


def said(update_id: int, text: str, chat: int = 1) -> Raw:
    person = {"id": chat, "is_bot": False, "first_name": "Анна"}
    message = {"message_id": update_id, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": update_id, "message": message}


def kept(update: Raw) -> Arrived:
    return Arrived(update["update_id"], update["message"]["chat"]["id"], json.dumps(update))


class StoppedWatch(Watch):
    """Stands until it is moved, and so does the processor."""

    def __init__(self) -> None:
        self.moment = self.work = 0.0
        self.rings: dict[object, tuple[float, Callable[[], None]]] = {}

    def now(self) -> float:
        return self.moment

    def worked(self) -> float:
        return self.work

    def calculate(self, seconds: float) -> None:
        self.work += seconds

    def ring_in(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        key = object()
        self.rings[key] = (self.moment + seconds, ring)
        return lambda: self.rings.pop(key, None) and None

    def move(self, seconds: float) -> None:
        self.moment += seconds
        for key, (at, ring) in list(self.rings.items()):
            if at <= self.moment:
                del self.rings[key]
                ring()


class Desk:
    """An intake whose handler only notes what it heard."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.heard: list[str] = []
        self.sorry: list[int] = []
        self.trouble: list[Exception] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.away: dict[str, asyncio.Event] = {}  # gates at Telegram's
        self.waits: dict[str, asyncio.Event] = {}  # gates at the database's
        self.deadly: dict[str, Callable[[], None]] = {}  # what happens while the handler's code runs
        self.at: set[str] = set()  # the gates where somebody waits
        self.hand: Hand | None = None
        self.watch = StoppedWatch()
        self.dispatcher = Dispatcher()
        self.dispatcher.message.register(self.hear)
        self.bot = Bot("42:TEST")
        self.open()

    def open(self) -> None:
        """A new start of the process."""
        handling = Handling(self.bot, self.dispatcher, self.db, self.say_sorry, self.watch)
        self.intake = Intake(handling, StoppedClock(NOW), hand=self.hand)

    async def hear(self, message: Message) -> None:
        word = message.text or ""
        if word in self.gates:
            self.at.add(word)
            await self.gates[word].wait()
        if word in self.away:
            with elsewhere(speaking=True):
                self.at.add(word)
                await self.away[word].wait()
        if word in self.waits:
            with elsewhere():
                self.at.add(word)
                await self.waits[word].wait()
        if word in self.deadly:
            self.deadly[word]()
        if self.trouble:
            raise self.trouble.pop()
        self.heard.append(message.text or "")

    async def waits_for(self, word: str) -> None:
        """Until the handler stands before this gate."""
        while word not in self.at:
            await asyncio.sleep(0)
        self.at.discard(word)

    async def say_sorry(self, update: Any, _why: str) -> None:
        self.sorry.append(update.update_id)

    async def take(self, *updates: Raw) -> None:
        """Start, take these in, handle all, stop."""
        self.open()
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(self.intake.run(poll=False))
            await self.intake.receive(list(updates))
            await self.intake.idle()
            running.cancel()

    async def known(self) -> dict[str, int]:
        """What `doctor` says that somebody should know of."""
        async with self.db.read() as tx:
            return await worth_knowing(tx)

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


async def test_what_was_in_hand_at_two_deaths_is_handled_last_and_alone(desk: Desk, tmp_path: Path) -> None:
    """Of ten chats one holds poison: the others are through before it is touched, its own chat stays in order."""
    desk.hand = Hand(tmp_path / "bot").open()
    async with desk.db.write() as tx:
        left = [said(1, "яд", chat=1), said(2, "после яда", chat=1), *[said(n, f"{n}", chat=n) for n in range(3, 12)]]
        await inbox.keep(tx, [kept(each) for each in left], now=NOW)
        await inbox.died(tx, [1])
        await inbox.died(tx, [1])
    await desk.take(said(12, "новое", chat=12))
    assert sorted(desk.heard[:9]) == sorted(f"{n}" for n in range(3, 12))
    assert desk.heard[9:] == ["яд", "после яда", "новое"]


async def test_at_a_third_death_it_is_put_aside_and_the_doctor_names_it(desk: Desk, tmp_path: Path) -> None:
    """Each life of the process ends with the poison in hand; what only waited is blamed for nothing."""
    poison = desk.gates["яд"] = asyncio.Event()
    for life in range(3):
        hand = desk.hand = Hand(tmp_path / "bot").open()
        desk.open()
        running = asyncio.get_running_loop().create_task(desk.intake.run(poll=False))
        if life == 0:
            await desk.intake.receive([said(1, "яд"), said(2, "за ним")])
        await desk.waits_for("яд")
        left_behind = (tmp_path / "bot.hand0").read_bytes()
        running.cancel()
        await asyncio.wait([running])
        hand.close()
        (tmp_path / "bot.hand0").write_bytes(left_behind)  # as a process that was killed leaves it
    desk.hand = Hand(tmp_path / "bot").open()
    await desk.take(said(3, "новое", chat=3))
    assert not poison.is_set()
    assert desk.heard == ["за ним", "новое"]
    assert await desk.states() == {1: "aside", 2: "done", 3: "done"}
    assert await desk.known() == {
        "updates put aside: the process died three times with them in hand, since 09.11.2026 09:00 UTC: 1": 1
    }


async def test_who_only_waits_is_through_ten_deaths_others_are_to_blame_for(desk: Desk, tmp_path: Path) -> None:
    """Killed from outside ten times with ten in hand: each waits, for the database here, and none is at work."""
    names = [f"{number}" for number in range(1, 11)]
    desk.waits = {name: asyncio.Event() for name in names}
    for life in range(10):
        hand = desk.hand = Hand(tmp_path / "bot").open()
        desk.open()
        running = asyncio.get_running_loop().create_task(desk.intake.run(poll=False))
        if life == 0:
            await desk.intake.receive([said(int(name), name, chat=int(name)) for name in names])
        for name in names:
            await desk.waits_for(name)
        left_behind = (tmp_path / "bot.hand0").read_bytes()
        running.cancel()
        await asyncio.wait([running])
        hand.close()
        (tmp_path / "bot.hand0").write_bytes(left_behind)
    desk.waits = {}
    desk.hand = Hand(tmp_path / "bot").open()
    await desk.take(said(99, "новое", chat=99))
    assert sorted(desk.heard) == sorted([*names, "новое"])
    assert set((await desk.states()).values()) == {"done"}


async def test_of_all_in_hand_the_one_whose_code_runs_is_blamed(desk: Desk, tmp_path: Path) -> None:
    """The kernel kills a process that eats all memory: its code runs then, while nine others wait for their turn."""
    desk.hand = Hand(tmp_path / "bot").open()
    desk.waits = {f"{number}": asyncio.Event() for number in range(1, 10)}
    desk.open()
    at_death: list[list[int]] = []
    desk.deadly = {"яд": lambda: at_death.append(marked(tmp_path / "bot.hand0"))}
    running = asyncio.get_running_loop().create_task(desk.intake.run(poll=False))
    await desk.intake.receive([said(number, f"{number}", chat=number) for number in range(1, 10)])
    for name in desk.waits:
        await desk.waits_for(name)
    await desk.intake.receive([said(10, "яд", chat=10)])
    while not at_death:
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait([running])
    assert at_death == [[10]]


def marked(file: Path) -> list[int]:
    """The updates a process that died now would leave as those at work."""
    return [number - 1 for (number,) in struct.iter_unpack("<Q", file.read_bytes()) if number]


async def test_what_was_put_aside_is_named_until_it_is_ticked_off(desk: Desk) -> None:
    """After three days nothing is left of it but why, how many and since when; its number is free for a new update."""
    desk.trouble = [ZeroDivisionError(), ZeroDivisionError()]
    await desk.take(said(1, "Миша болен"), said(2, "Вера здорова"))
    line = "updates put aside: handling them failed, since 09.11.2026 09:00 UTC"
    assert await desk.known() == {f"{line}: 1, 2": 2}
    async with desk.db.read() as tx:
        assert "Миша" not in str(list(await tx.scalars(select(Update.body))))

    await keep_house(desk.db, now=NOW + timedelta(days=4), zone=ZONE)
    assert await desk.states() == {}
    assert await desk.known() == {f"{line}: …": 2}
    await keep_house(desk.db, now=NOW + timedelta(days=400), zone=ZONE)
    assert await desk.known() == {f"{line}: …": 2}

    desk.trouble = [ZeroDivisionError()]
    await desk.take(said(1, "другое под тем же номером"))
    assert await desk.known() == {f"{line}: 1, …": 3}
    async with desk.db.write() as tx:
        await inbox.tick_off(tx)
    assert await desk.known() == {}
    await keep_house(desk.db, now=NOW + timedelta(days=4), zone=ZONE)
    assert await desk.known() == {}


async def test_a_death_while_telegram_was_awaited_is_no_fault_of_the_update(desk: Desk, tmp_path: Path) -> None:
    """Killed while it waits for Telegram's answer, an update is not in hand."""
    desk.hand = Hand(tmp_path / "bot").open()
    desk.away["спрошено"] = asyncio.Event()
    desk.open()
    running = asyncio.get_running_loop().create_task(desk.intake.run(poll=False))
    await desk.intake.receive([said(1, "спрошено")])
    await desk.waits_for("спрошено")
    assert (tmp_path / "bot.hand0").read_bytes() == bytes(512)
    running.cancel()
    await asyncio.wait([running])


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
        intake = Intake(Handling(bot, desk.dispatcher, desk.db, desk.say_sorry), StoppedClock(NOW))
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
