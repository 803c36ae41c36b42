"""The demo as its page knows it: the bot's process, the clock, the story. Says it all through the sandbox's Stage."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import Coroutine
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.clock import Clock, StoppedClock
from bot.demo.names import NAME, TOKEN, USERNAME
from bot.demo.network import ANNA, GUEST, IRINA, MISHA, NURBIY, OLGA, PAVEL, PEOPLE, RUSLAN, SERGEY, ZAREMA, Cast
from bot.demo.process import BotProcess
from bot.demo.show import Show
from bot.demo.stops import PortTaken, StoryBroken
from bot.demo.story import Paper, Props, story
from bot.demo.turning import next_turns
from bot.sandbox import Sandbox
from bot.sandbox.bell import Bell
from bot.sandbox.messages import Chat
from bot.sandbox.server import ADDRESS
from bot.sandbox.stage import NotNow, Stage

DARK = 1.5  # seconds between a kill and the next start, so that it can be seen
AGAIN = 1.0  # seconds before a bot that ended by itself is started again
PATIENCE = 60.0
NEIGHBOURS = 100  # ports tried after the one that was asked for

GROUPS: tuple[tuple[str, str, tuple[Cast, ...]], ...] = (
    ("Семьи", "Families", (ANNA, MISHA, RUSLAN)),
    ("Школа", "School", (OLGA, SERGEY)),
    ("Партнёры", "Partners", (PAVEL, IRINA, ZAREMA, NURBIY)),
    ("Посторонние", "Strangers", (GUEST,)),
)


class Director:
    """Runs the bot and answers the page's buttons."""

    fast = False  # the bot writes as quickly as it can, for tests

    def __init__(self, process: BotProcess, clock: Clock, zone: ZoneInfo, folder: Path, tasks: asyncio.TaskGroup) -> None:
        self.process = process
        self.clock = clock
        self.zone = zone
        self.folder = folder
        self.tasks = tasks
        self.begins = clock.now()
        self.stage = Stage()
        self.sandbox = Sandbox(TOKEN, USERNAME, name=NAME, clock=clock.now, page=self.stage)
        self.show = Show(self.stage, self.sandbox, clock, self._move, self._start)
        self.papers: dict[int, Paper] = {}
        self.half_year: date | None = None
        self.bell = Bell()
        self.ready = False  # the network is there and everybody is in
        self.deaths = 0
        self._awake = False
        self._rung = 0
        self._working: set[asyncio.Task[None]] = set()
        process.heard, process.ended = self._heard, self._ended
        self.stage.acts |= {
            "kill": self._kill,
            "wake": self._wake,
            "revive": self._revive,
            "jump": self._jump,
            "again": self._again,
        }

    # ── from the first second to the last ───────────────────────────────────────────────────────────────────────────

    async def __aenter__(self) -> Self:
        return self

    async def open(self, port: int) -> None:
        """Serve the page; tell the bot, which is loading meanwhile, where its Telegram is. Raises PortTaken."""
        for each in PEOPLE:
            self.sandbox.person(each.telegram_id, each.name, about=each.about)
        self.sandbox.telegram.listeners.append(self._happened)
        self.stage.show(
            groups=[{"words": {"ru": ru, "en": en}, "people": [each.telegram_id for each in cast]} for ru, en, cast in GROUPS]
        )
        self._say_bot("waking")
        self._say_clock()
        await self._listen(port)
        self._brief()
        self._start(self._curtain())

    async def _listen(self, port: int) -> None:
        """At this port or the next free one; page and Bot API are one server. Raises PortTaken."""
        last = min(port + NEIGHBOURS, 65535)
        free = next((each for each in range(port, last + 1) if _is_free(each)), None)
        if free is None:
            raise PortTaken(f"no port is free from {port} to {last}: say another with --port")
        try:
            await self.sandbox.start(free)
        except OSError as refused:
            raise PortTaken(f"port {free} cannot be used: {os.strerror(refused.errno or 0)}") from None

    async def __aexit__(self, *_: object) -> None:
        for task in list(self._working):
            task.cancel()
        await self.process.stop()
        await self.sandbox.stop()

    async def until_ready(self, timeout: float = 120) -> None:
        """Raises TimeoutError."""
        if not await self.bell.until(lambda: self.ready, timeout):
            raise TimeoutError(f"the demo's bot did not wake up in {timeout:.0f} s\n{self.process.last_words}")

    async def _curtain(self) -> None:
        """What has happened before the story begins: staff and one family come in."""
        from bot.demo.prelude import come_in

        if not await self.bell.until(lambda: self._awake and self.papers, PATIENCE * 2):
            raise StoryBroken(f"the bot did not wake up\n{self.process.last_words}")
        await come_in(self.sandbox, self.papers)
        await self._ring()
        await self.sandbox.quiet()
        for phone in self.sandbox.phones.values():
            phone.see(max(phone.chat.messages, default=0))
        assert self.half_year is not None  # noqa: S101 - told with the papers
        self._papers()
        self.show.begin(story(Props(self.papers, self.begins, self.half_year, self.zone)))
        self._say_clock()
        self.ready = True
        self._say_bot("awake")
        self.bell.ring()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.tasks.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    # ── the process ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _brief(self) -> None:
        self.process.say(
            folder=str(self.folder), new=not self.papers, api=self.sandbox.url, clock=self._told_clock(), fast=self.fast
        )

    def _heard(self, told: dict[str, Any]) -> None:
        if "papers" in told:
            self.papers = {int(key): Paper(*paper) for key, paper in told["papers"].items()}
            self.half_year = date.fromisoformat(told["half_year"])
        if "awake" in told:
            self._awake = True
            if self.ready:
                self._say_bot("awake")
                self.process.say(clock=self._told_clock(), ring=True)  # the clock may have been moved meanwhile
        if "rung" in told:
            self._rung += 1
        self.bell.ring()

    def _ended(self) -> None:
        self._awake = False
        if not self.ready:
            raise StoryBroken(f"the bot ended by itself\n{self.process.last_words}")
        self._say_bot("waking")
        self._start(self._raise(AGAIN))

    async def _raise(self, after: float) -> None:
        await asyncio.sleep(after)
        await self.process.start(self.tasks)
        self._brief()

    async def _kill(self, _: dict[str, Any]) -> None:
        if not self._awake or not self.ready:
            raise NotNow("the bot is not awake")
        self._awake = False
        await self.process.kill()
        self.deaths += 1
        self._say_bot("dead")

    async def _wake(self, _: dict[str, Any]) -> None:
        if self.stage.view["bot"]["state"] != "dead":
            raise NotNow("the bot is not dead")
        self._say_bot("waking")
        await self._raise(0)

    async def _revive(self, _: dict[str, Any]) -> None:
        await self._kill({})
        self._start(self._risen())

    async def _risen(self) -> None:
        await asyncio.sleep(DARK)
        if self.stage.view["bot"]["state"] == "dead":
            await self._wake({})

    def _say_bot(self, state: str) -> None:
        self.stage.show(bot={"state": state, "deaths": self.deaths})

    async def _again(self, _: dict[str, Any]) -> None:
        """Everything from the beginning: a new database, empty chats, the clock of the story's first day."""
        if not self.ready:
            raise NotNow("the bot is not awake")
        self.show.stop()
        self.ready, self._awake, self.papers = False, False, {}
        self._say_bot("waking")
        await self.process.kill()
        for file in self.folder.glob("demo.sqlite3*"):
            file.unlink()
        self.sandbox.telegram.updates.clear()
        for phone in self.sandbox.phones.values():
            phone.chat.blocked = False
            phone.wipe()
        self._set_clock(self.begins)
        self._papers()
        await self._raise(0)
        self._start(self._curtain())

    # ── the clock ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _told_clock(self) -> dict[str, Any]:
        if isinstance(self.clock, StoppedClock):
            return {"at": self.clock.at.isoformat()}
        return {"ahead": self.clock.ahead.total_seconds()}

    def _set_clock(self, to: datetime) -> None:
        self.clock.move(to - self.clock.now())

    def _jumps(self) -> dict[str, tuple[str, str, datetime]]:
        here = self.clock.now().astimezone(self.zone)
        morning = datetime.combine(here.date(), time(9), self.zone)
        jumps = {
            "hour": ("+1 час", "+1 hour", here + timedelta(hours=1)),
            "morning": ("Следующее утро", "Next morning", morning if here < morning else morning + timedelta(days=1)),
            "day": ("+1 день", "+1 day", here + timedelta(days=1)),
            "week": ("+1 неделя", "+1 week", here + timedelta(days=7)),
        }
        if self.half_year:
            before = datetime.combine(self.half_year - timedelta(days=14), time(9), self.zone)
            if before > here:
                jumps["half-year"] = ("За две недели до конца полугодия", "Two weeks before the half-year ends", before)
        turns = next_turns(here)
        jumps["may"] = ("К маю: запись на следующий год", "To May: enrolment for the next year", turns["may"])
        jumps["september"] = ("К сентябрю: новый учебный год", "To September: the new school year", turns["september"])
        return jumps

    def _say_clock(self) -> None:
        self.stage.show(
            clock={
                "now": self.clock.now().isoformat(),
                "zone": str(self.zone),
                "stopped": isinstance(self.clock, StoppedClock),
                "jumps": [
                    {"id": name, "words": {"ru": ru, "en": en}, "to": to.astimezone(UTC).isoformat()}
                    for name, (ru, en, to) in self._jumps().items()
                ],
            }
        )

    async def _jump(self, body: dict[str, Any]) -> None:
        found = self._jumps().get(str(body.get("id")))
        if found is None or not self.ready:
            raise NotNow("the clock cannot be moved now")
        await self._move(found[2])

    async def _move(self, to: datetime) -> None:
        """The clock goes forward to this moment (never back) and the alarms ring."""
        if to > self.clock.now():
            self._set_clock(to)
        self._say_clock()
        await self._ring()
        self.show.look()

    async def _ring(self) -> None:
        if self._awake:
            before = self._rung
            self.process.say(clock=self._told_clock(), ring=True)
            await self.bell.until(lambda: self._rung > before or not self._awake, PATIENCE)

    # ── what people do ──────────────────────────────────────────────────────────────────────────────────────────────

    def _happened(self, kind: str, chat: Chat | None, about: Any) -> None:
        if kind == "message" and chat and self.ready and (paper := self.stage.view.get("papers", {}).get(str(chat.id))):
            typed = about.text.replace("-", "").upper()
            if not about.from_bot and (paper["payload"] in about.text or paper["letters"].replace("-", "") in typed):
                self.stage.show(papers={key: it for key, it in self.stage.view["papers"].items() if key != str(chat.id)})

    def _papers(self) -> None:
        """Who has an invitation on the table."""
        waiting = (each.telegram_id for each in (ANNA, MISHA))
        self.stage.show(
            papers={
                str(person): {"payload": self.papers[person].payload, "letters": self.papers[person].letters}
                for person in waiting
                if person in self.papers
            }
        )


def _is_free(port: int) -> bool:
    """Whether nobody listens there. One that is refused for another reason is not taken: whoever listens will say why."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((ADDRESS, port))
        except OSError as refused:
            return refused.errno != errno.EADDRINUSE
    return True
