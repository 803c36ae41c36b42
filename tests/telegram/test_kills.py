"""Killed with SIGKILL at any moment of the story and started again, the story goes on: no press lost, no push lost.

The bot is a process of its own; it dies at a random call to Telegram, before or after Telegram has heard it.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.demo.network import ANNA, IRINA, MISHA, NURBIY, OLGA, PAVEL, PEOPLE, Cast
from bot.demo.prelude import fill
from bot.sandbox import Phone, Sandbox
from bot.sandbox.messages import Message
from bot.services.people.invitations import Invited, make_invitation
from bot.settings import Settings
from storage.db import Database
from storage.doctor import violations
from storage.migrate import migrate
from storage.tables import Choice, Course, Letter, Update
from tests.bot_process import environment_of
from tests.nursery import Born, Main, born, run
from tests.world import settings_for

TOKEN = "42:TEST"
WRITTEN = 0.5  # seconds until a wait Telegram asks for is written down, under load: of a later one the next life cannot know
STILL = 300  # seconds in which nothing at all happens: only then has the story stopped
PATIENCE = 24 * 3600  # seconds: whoever waits, waits for the event; the sandbox's watch ends a story that stands still


class Deadly(Sandbox):
    """A Telegram that kills the bot at the n-th call: half the time before it is handled."""

    pid: int | None = None
    calls_to_live = 0
    died_at = 0.0
    watch: asyncio.Timeout | None = None

    def arm(self, pid: int, calls_to_live: int) -> None:
        self.pid, self.calls_to_live = pid, calls_to_live
        self.gate.unheard(self.died_at - WRITTEN)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """TimeoutError when the bot has asked for nothing but updates for STILL seconds. How fast it is does not matter."""
        async with asyncio.timeout(STILL) as self.watch:
            yield

    def _something_happens(self) -> None:
        if self.watch is not None and self.watch.when() is not None and not self.watch.expired():
            self.watch.reschedule(asyncio.get_running_loop().time() + STILL)

    async def _handle(self, request: Any) -> Any:
        if "/bot" in request.path and not request.path.lower().endswith("/getupdates"):
            self._something_happens()
        if "/bot" not in request.path or self.pid is None:
            return await super()._handle(request)
        self.calls_to_live -= 1
        if self.calls_to_live == 0:
            if random.Random(self.pid).random() < 0.5:
                self._kill(self.pid)
            else:
                answer = await super()._handle(request)
                if self.pid is not None:
                    self._kill(self.pid)
                return answer
        return await super()._handle(request)

    def _kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.pid, self.died_at = None, self.gate.ticks()


class Mortal:
    """The bot's process, started again whenever it dies, until it has died often enough."""

    def __init__(
        self,
        sandbox: Deadly,
        environment: dict[str, str],
        dice: random.Random,
        deaths: int,
        *,
        main: Main = run,
        life: tuple[int, int] = (3, 14),
    ) -> None:
        self.main = main
        self.life = life  # calls between a birth and its death
        self.sandbox = sandbox
        self.environment = environment
        self.dice = dice
        self.to_die = deaths
        self.died = 0
        self.over = False
        self.process: Born | None = None
        self.all_dead = asyncio.Event()

    async def live(self) -> None:
        while not self.over:
            self.process = await born(self.main, self.environment)
            if self.died < self.to_die:
                self.sandbox.arm(self.process.pid, self.dice.randint(*self.life))
            code = await self.process.wait()
            if code == -signal.SIGKILL:
                self.died += 1
                if self.died == self.to_die:
                    self.all_dead.set()
            else:
                assert self.over, f"the bot ended by itself with {code}"

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """Alive and dying until the story is over; then it ends as it is told to. If the story breaks, nobody is left behind."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.live())
                yield
                assert await self.end() == 0
        finally:
            self.over = True
            if self.process is not None and self.process.returncode is None:
                self.process.kill()
            await self.sandbox.stop()

    async def end(self) -> int:
        self.over = True
        assert self.process is not None
        self.process.terminate()
        return await self.process.wait()


@asynccontextmanager
async def mortal_bot(folder: Path, seed: int, deaths: int) -> AsyncIterator[tuple[Mortal, Deadly, dict[Cast, Invited], Database]]:
    url = f"sqlite+aiosqlite:///{folder}/bot.sqlite3"
    settings: Settings = settings_for("http://127.0.0.1:1", url, folder)
    db = Database(url)
    await db.open()
    await migrate(db)
    now = datetime.now(UTC)  # noqa: TID251 - the process has the real clock
    await fill(db, settings, now)
    async with db.write() as tx:  # the real clock passes no window: places go by arrival
        await tx.execute(update(Course).values(selection="queue"))
    invited = {each: await make_invitation(db, each.role, each.code, now=now) for each in PEOPLE if each.role}
    sandbox = Deadly(TOKEN, "school8_bot", clock=lambda: now)  # a press stays answerable while the bot comes back
    await sandbox.start()
    bot = Mortal(sandbox, environment_of(sandbox, url, folder), random.Random(seed), deaths)
    try:
        async with bot.living():
            yield bot, sandbox, invited, db
    finally:
        await db.close()


async def press(phone: Phone, label: str, on: str = "") -> None:
    """Press as soon as the button is there, on the page that says `on`; the answer may come from the bot's next life.

    After a death the last page may be shown once more, so the newest message is not always the one that is meant.
    """

    def meant() -> Message | None:
        for message in reversed(phone.messages):
            if on in message.text and any(label in button.label for button in message.buttons):
                return message
        return None

    page = await phone.chat.bell.until(meant, PATIENCE)
    assert page is not None, f"{phone} sees no [{label}] on «{on}»; the last page: {phone.page}"
    await phone.tap(label, on=page, timeout=PATIENCE)


async def say(phone: Phone, text: str, answer: str) -> None:
    before = phone.newest
    await phone.send(text)
    await phone.sees(answer, PATIENCE, after=before)


async def the_story(phones: dict[Cast, Phone], invited: dict[Cast, Invited]) -> None:
    anna, olga, irina, nurbiy, pavel = (phones[each] for each in (ANNA, OLGA, IRINA, NURBIY, PAVEL))
    for each in (OLGA, IRINA, NURBIY, PAVEL):
        await say(phones[each], f"/start {invited[each].payload}", "Что показать?")
    await say(anna, f"/start {invited[ANNA].payload}", "Остался один шаг")
    for label in ("Прочитать и согласиться", "Согласен"):
        await press(anna, label)
    await say(anna, "Петрова Анна Ивановна", "согласие записано")
    for label in ("Подробно", "Меню", "Курсы", "Робототехника", "Подать заявление"):
        await press(anna, label)
    for label in ("Добавить ещё курс", "Шахматы", "Подать заявление", "Сколько курсов нужно: 1"):
        await press(anna, label)
    for label in ("2", "Назад"):
        await press(anna, label, on="Сколько курсов из списка нужно?")
    await press(anna, "Подтвердить")
    await say(olga, "/inbox", "Заявлений от родителей: 1")
    for label in ("Заявления", "Одобрить"):
        await press(olga, label)
    for partner in ("Центр развития", "ЦДО"):
        await say(olga, "/inbox", "пора сформировать заявку")
        await press(olga, "Сформировать заявку", on="Ждёт вашего решения")
        await press(olga, partner, on="Кому сформировать заявку")
        await press(olga, "Сформировать заявку", on="Заявка: ")
    for phone, answers in (
        (irina, ("Открыть заявку", "Петров", "Зачислить")),
        (nurbiy, ("Открыть заявку", "Петров", "В резерв")),
    ):
        for label in answers:
            await press(phone, label)
    await anna.sees("есть место на курсе «Робототехника»", PATIENCE)
    await anna.sees("резерв", PATIENCE)
    today = datetime.now(UTC).strftime("%d.%m.%Y")  # noqa: TID251
    for mark, heard in (("4", "Миша: 4 по курсу"), ("5", "исправлено: 4 → 5")):
        await pavel.attach("журнал.csv", f"Дата;Группа;Ученик;Отметка\n{today};РОБО-1;У-701;{mark}".encode())
        await press(pavel, "Применить")
        await anna.sees(heard, PATIENCE)


async def waiting(db: Database) -> bool:
    """Whether a letter has not ended yet."""
    async with db.read() as tx:
        return bool(await tx.scalar(select(func.count(Letter.id)).where(Letter.state.in_(("new", "retry", "sending")))))


@pytest.mark.faults
@pytest.mark.part("story")
async def test_the_story_goes_on_through_ten_deaths(tmp_path: Path) -> None:
    """The short part; twenty at a time die in tests/test_faults.py."""
    await through(tmp_path, 20261123, deaths=10)


async def through(tmp_path: Path, seed: int, deaths: int) -> None:
    """The story goes on through so many deaths, and nothing of it is lost."""
    async with mortal_bot(tmp_path, seed, deaths) as (bot, sandbox, invited, db):
        phones = {each: sandbox.person(each.telegram_id, each.name) for each in PEOPLE}
        async with sandbox.watched():
            await the_story(phones, invited)
            while not bot.all_dead.is_set():  # the story is over before the last death: they go on asking
                await say(phones[ANNA], "/timetable", "📅")
                await say(phones[OLGA], "/inbox", "Ждёт")
            await say(phones[MISHA], f"/start {invited[MISHA].payload}", "расписание")
            passer = sandbox.person(777, "Прохожий")  # somebody no letter goes to: a chat's own questions go before its letters
            while await waiting(db):  # what is said again after a death goes out once the line was seen to work
                await say(passer, "/help", "❓")
            await sandbox.quiet(PATIENCE)
        assert sandbox.violations == []
    db = Database(f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3")  # as it stands when the bot has ended
    async with db.read() as tx:
        states = dict((await tx.execute(select(Course.code, Choice.state).join(Choice).where(Choice.application_id > 6))).all())
        updates = set(await tx.scalars(select(Update.state)))
        letters = set(await tx.scalars(select(Letter.state)))
        assert await violations(tx) == {}
    await db.close()
    assert states == {"РОБО": "enrolled", "ШАХ": "reserve"}
    assert updates == {"done"}
    assert letters <= {"sent", "unknown", "cancelled"}
    assert bot.died == deaths
