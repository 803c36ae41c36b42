"""A bot that dies under load: a process of its own, guests who count aloud, letters that are numbered, a line that breaks.

`python -m tests.mortal` is that process: the bot as it is, with one handler before all others that says a number back.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import func, insert, select

from bot.notices import Notice
from bot.post.posting import Addressed, post_all
from bot.sandbox import Phone
from bot.sandbox.trouble import Trouble
from bot.targets import Menu, Target
from bot.voice import Say
from storage.db import Database
from storage.doctor import violations
from storage.tables import Letter, Person, Update
from tests.bot_process import environment_of
from tests.telegram.test_kills import PATIENCE, TOKEN, Deadly, Mortal
from tests.world import NOW

UNENDED = ("new", "retry", "sending")
GUESTS, FIRST = 30, 50_000  # how many, and the first one's Telegram id
AHEAD = 2  # words a guest says, and letters they are owed, before the last were answered
LIFE = (40, 160)  # calls
IN_FLIGHT = 2 * (AHEAD + 1)  # words and letters of one guest that may be said and not yet recorded at a death

# What the line may do while the bot is killed: a third of all deaths fall into one of these.
OUTAGES: tuple[dict[str, Any], ...] = (
    {"outage": True},
    {"bad_gateway": 1.0, "methods": None},
    {"cut_before": 0.2, "cut_after": 0.2, "server_error": 0.1, "too_many": 0.1},
)
CALM: dict[str, Any] = {
    "outage": False,
    "bad_gateway": 0.0,
    "cut_before": 0.0,
    "cut_after": 0.0,
    "server_error": 0.0,
    "too_many": 0.0,
}


@dataclass(frozen=True, kw_only=True)
class Numbered(Notice):
    """A letter of the tests: it says its number, and has a button, so that no two become one message."""

    number: int

    @property
    def topic(self) -> str:
        return f"numbered:{self.number}"

    @property
    def version(self) -> str:
        return "1"

    def text(self, _say: Say, _detail: str) -> str:
        return f"Письмо {self.number}"

    def buttons(self) -> list[tuple[str, Target]]:
        return [("button-menu", Menu())]


class Stormy(Deadly):
    """A Telegram that kills, every third time in the middle of an outage; the line is whole again after the death."""

    def __init__(self, *arguments: Any, seed: int, **options: Any) -> None:
        super().__init__(*arguments, trouble=Trouble(seed=seed), log=500_000, **options)
        self.dice = random.Random(seed)
        self.lives = 0
        self.storms = 0
        self._storm_at = 0
        self._storm: dict[str, Any] = {}

    def arm(self, pid: int, calls_to_live: int) -> None:
        super().arm(pid, calls_to_live)
        self.lives += 1
        if self.lives % 3 == 0:
            self.storms += 1
            self._storm_at, self._storm = self.dice.randint(5, 15), self.dice.choice(OUTAGES)

    async def _handle(self, request: Any) -> Any:
        if self._storm and self.calls_to_live <= self._storm_at and self.pid is not None:
            self._weather(self._storm)
            self._storm = {}
        answer = await super()._handle(request)
        if self.pid is None:
            self._weather(CALM)
        return answer

    def _weather(self, kind: dict[str, Any]) -> None:
        for name, value in kind.items():
            setattr(self.trouble, name, value)


@asynccontextmanager
async def loaded_bot(url: str, folder: Path, seed: int, deaths: int, guests: int = GUESTS) -> AsyncIterator[Load]:
    """A bot on this database that will die so often, and its guests."""
    db = Database(url)
    await db.open()
    await invite_guests(db, guests)
    sandbox = Stormy(TOKEN, "school8_bot", seed=seed)
    await sandbox.start()
    environment = environment_of(sandbox, url, folder) | {"SEND_RATE": "1000"}
    bot = Mortal(sandbox, environment, random.Random(seed), deaths, main=main, life=LIFE)
    try:
        async with bot.living():
            load = Load(url, bot, sandbox, db, guests)
            try:
                async with sandbox.watched():
                    yield load
            except TimeoutError as still:
                still.add_note(await load.standing())
                raise
    finally:
        await db.close()


async def invite_guests(db: Database, count: int) -> None:
    async with db.write() as tx:
        guest = {"language": "ru", "detail": "full", "created_at": NOW}
        guests = [guest | {"id": 1000 + n, "telegram_id": FIRST + n, "name": f"Гость {n}"} for n in range(count)]
        await tx.execute(insert(Person), guests)


class Dying(Protocol):
    """A bot that is killed so often, or several."""

    died: int
    all_dead: asyncio.Event


class Load:
    """The guests of a bot that dies: what they say, what they are written, and what must have come of it."""

    def __init__(self, url: str, bot: Dying, sandbox: Stormy, db: Database, guests: int) -> None:
        self.url = url
        self.bot = bot
        self.sandbox = sandbox
        self.db = db
        self.phones = [sandbox.person(FIRST + n, f"Гость {n}") for n in range(guests)]
        self.said: Counter[int] = Counter()
        self.written = 0
        for phone in self.phones:
            phone.chat.started = True

    async def play(self) -> None:
        """Until the bot has died as often as it should; then until the last word is answered and the last letter there."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._write())
            for phone in self.phones:
                tasks.create_task(self._count_aloud(phone))
        for phone in self.phones:
            await self._hears(phone, f"№ {self.said[phone.id]}")
            await self._hears(phone, f"Письмо {self.written}")
        await self.sandbox.quiet(PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while await self._unrecorded():  # what was heard is written down a moment later, in another process
                await self._asks(self.phones[0])

    async def _asks(self, phone: Phone) -> None:
        """One more word and its answer: time for the bot to do what it has to."""
        self.said[phone.id] += 1
        await phone.send(f"№ {self.said[phone.id]}")
        await self._hears(phone, f"№ {self.said[phone.id]}")

    async def _unrecorded(self) -> bool:
        async with self.db.read() as tx:
            flying = await tx.scalar(select(func.count()).where(Letter.kind == "numbered", Letter.state.in_(UNENDED)))
            waiting = await tx.scalar(select(func.count()).where(Update.state == "new"))
        return bool(flying or waiting)

    async def standing(self) -> str:
        """What is not ended when nothing moves any more: for whoever reads the failure."""
        async with self.db.read() as tx:
            left = await tx.execute(
                select(Update.update_id, Update.chat_id, Update.state, Update.why).where(Update.state != "done")
            )
            unsent = await tx.execute(
                select(Letter.id, Letter.person_id, Letter.kind, Letter.state, Letter.error).where(Letter.state != "sent")
            )
            return f"deaths {self.bot.died}; updates {left.all()[:20]}; letters {unsent.all()[:20]}"

    async def _count_aloud(self, phone: Phone) -> None:
        while not self.bot.all_dead.is_set():
            self.said[phone.id] += 1
            await phone.send(f"№ {self.said[phone.id]}")
            if self.said[phone.id] > AHEAD:
                await self._hears(phone, f"№ {self.said[phone.id] - AHEAD}")

    async def _write(self) -> None:
        while not self.bot.all_dead.is_set():
            self.written += 1
            letters = [Addressed(1000 + n, Numbered(number=self.written)) for n in range(len(self.phones))]
            await self.db.insist(partial(self._post, letters))
            if self.written > AHEAD:
                for phone in self.phones:
                    await self._hears(phone, f"Письмо {self.written - AHEAD}")

    async def _post(self, letters: list[Addressed]) -> None:
        async with self.db.write() as tx:
            await post_all(tx, letters, now=NOW)

    async def _hears(self, phone: Phone, words: str) -> None:
        await phone.chat.bell.until(
            lambda: words in (message.text for message in reversed(phone.messages) if message.from_bot), PATIENCE
        )

    async def check(self, *, interruptions: int = 0) -> Counter[str]:
        """Nothing lost, nothing out of order, repeats no more than could not be known; returns the figures.

        `interruptions`: how often, beside its deaths, the bot had to lay down what it had in hand.
        """
        repeats = 0
        for phone in self.phones:
            heard = [message.text for message in phone.messages if message.from_bot]
            for kind, last in (("№", self.said[phone.id]), ("Письмо", self.written)):
                numbers = [int(text.split()[1]) for text in heard if text.startswith(kind)]
                assert list(dict.fromkeys(numbers)) == list(range(1, last + 1)), f"lost or out of order for {phone}"
                repeats += len(numbers) - last
        assert self.sandbox.violations == [], self.sandbox.violations[:3]
        db = Database(self.url)
        async with db.read() as tx:
            updates = Counter(await tx.scalars(select(Update.state)))
            letters = Counter(await tx.scalars(select(Letter.state).where(Letter.kind == "numbered")))
            wrong = await violations(tx)
        await db.close()
        assert wrong == {}, wrong
        assert updates == {"done": self.said.total()}, updates
        assert letters.keys() <= {"sent", "unknown"}, letters
        lost = sum(call.fault in ("cut_after", "bad_gateway") for call in self.sandbox.log)
        assert repeats <= IN_FLIGHT * len(self.phones) * (self.bot.died + interruptions) + lost, (repeats, self.bot.died, lost)
        return Counter(
            {
                "kills": self.bot.died,
                "of them in outages": self.sandbox.storms,
                "updates": self.said.total(),
                "letters": self.written * len(self.phones),
                "repeats": repeats,
                "lost answers": lost,
            }
        )


def main() -> int:
    """The bot itself, with the echo before all other handlers and no pause between two letters to one chat."""
    from aiogram import Dispatcher, F, Router

    import bot.app
    import bot.post.postman
    from bot.__main__ import main as command_line
    from bot.post.pace import Pace
    from bot.telegram.subjects import dispatcher, handlers
    from bot.telegram.switchboard import HEARD, connect, handlers_of
    from bot.visit import Visit
    from handlers.door import may

    built = dispatcher

    async def echo(visit: Visit) -> None:
        await visit.show(visit.text)

    def with_echo(*arguments: Any) -> Dispatcher:
        made = built(*arguments)
        router = Router(name="echo")
        router.message.register(echo, F.text.startswith("№ "), flags=may("start.menu"))
        first, others = handlers_of([router]), handlers()
        connect(made, {kind: [*first[kind], *others[kind]] for kind in HEARD})
        return made

    vars(bot.app)["dispatcher"] = with_echo  # this process is the test's own
    bot.post.postman.LEASE = timedelta(seconds=5)  # a dead owner's letters need not wait two minutes of the tests' time
    vars(bot.app)["Pace"] = partial(Pace, per_chat=0)
    return command_line(["run"])


if __name__ == "__main__":
    sys.exit(main())
