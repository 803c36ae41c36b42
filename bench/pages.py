"""How long each page takes in a network of 1,000, 10,000 and 100,000 pupils: every page of every role, found by walking the buttons.

Measured is processor time from the update to the call to Telegram, put together: reading it, who asks, the handler, its questions,
the words. Each kind of page (what its button says before the first colon) is opened a few times by each role; it counts by the slowest
of those, in a walk that another has warmed. The floor: a bare aiogram bot that answers the same update with one word.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, Update

from bench._crowd import crowd
from bench._phones import Line, Phone, connected
from bot.clock import StoppedClock
from bot.collector import look_seldom
from bot.settings import Settings
from bot.telegram.subjects import dispatcher
from storage.db import Database
from storage.statistics import learn
from tests.school_walks import COMMANDS
from tests.world import ANNA, IRINA, MISHA_HIMSELF, NOW, OLGA, PAVEL, SERGEY, TELEGRAM, TOKEN

SIZES = (1_000, 10_000, 100_000)
ROLES = {"coordinator": OLGA, "director": SERGEY, "teacher": PAVEL, "partner": IRINA, "guardian": ANNA, "pupil": MISHA_HIMSELF}
ALIKE = 2  # buttons of one kind pressed by one reader in one walk
WALKS = 2  # the first warms
DECIDES = re.compile(r"^(mydata|consent|allocation\.publish|language|year)\b")  # pressed, these leave another network behind
WORST, RATIO, MILLISECONDS = 15, 1.3, 50.0

Took = dict[tuple[str, str], float]  # (role, kind of page) → ms


async def walk(phone: Phone, took: Callable[[str, float, bool], None]) -> None:
    """Everything a reader can reach by buttons from every command."""
    seen, kinds = set[str](), Counter[str]()
    for command in COMMANDS:
        shown = await phone.send(command)
        took(command, shown.took, shown.file)
        waiting = [data for _, data in shown.buttons]
        while waiting:
            data = waiting.pop(0)
            kind = data.partition(":")[0]
            if data in seen or DECIDES.match(kind) or kinds[kind] >= ALIKE:
                continue
            seen.add(data)
            kinds[kind] += 1
            shown = await phone.press(data)
            took(kind, shown.took, shown.file)
            waiting += [data for _, data in shown.buttons]


class Store:
    """A network of one size, walked again and again."""

    def __init__(self, pupils: int, file: Path) -> None:
        self.pupils = pupils
        self.db = Database(f"sqlite+aiosqlite:///{file}")
        settings = Settings(_env_file=None, data_dir=file.parent)
        bot = dispatcher(self.db, settings, StoppedClock(NOW))
        self.phones = {role: connected(self.db, settings, bot)(TELEGRAM[person]) for role, person in ROLES.items()}
        self.pages: Took = {}
        self.files: set[tuple[str, str]] = set()

    async def walked(self, *, warm: bool) -> None:
        slowest: Took = {}
        for role, phone in self.phones.items():

            def took(kind: str, seconds: float, file: bool, role: str = role, phone: Phone = phone) -> None:
                phone.line.said.clear()  # what was said to Telegram is not kept by a bot, and the collector would look at it
                slowest[role, kind] = max(slowest.get((role, kind), 0.0), seconds * 1000)
                if file:
                    self.files.add((role, kind))

            await walk(phone, took)
        if not warm:
            self.pages = {page: min(ms, self.pages.get(page, ms)) for page, ms in slowest.items()} | {
                page: ms for page, ms in self.pages.items() if page not in slowest
            }


async def floor() -> float:
    """Milliseconds a bare aiogram bot takes for a press answered with one word, without a line as well."""
    bot = Bot(TOKEN, session=Line())
    bare = Dispatcher()

    async def answer(press: CallbackQuery) -> None:
        await press.message.edit_text("Ответ")  # type: ignore[union-attr]
        await press.answer()

    bare.callback_query.register(answer)

    async def feed(update: dict[str, Any]) -> None:
        await bare.feed_update(bot, Update.model_validate(update, context={"bot": bot}))

    assert isinstance(bot.session, Line)
    phone = Phone(1, feed, bot.session)
    return statistics.median([(await phone.press("x")).took for _ in range(300)]) * 1000


async def measured(folder: Path, sizes: tuple[int, ...]) -> list[Store]:
    stores = []
    for pupils in sizes:
        file = folder / f"{pupils}.sqlite3"
        shutil.copy(await crowd(pupils), file)
        stores.append(Store(pupils, file))
        await stores[-1].db.open()
        await learn(stores[-1].db)  # as at every start
    for turn in range(WALKS):
        for store in stores:
            await store.walked(warm=turn == 0)
        if turn == 0:
            look_seldom()
    for store in stores:
        await store.db.close()
    return stores


def table(stores: list[Store], least: float) -> None:
    small, large = stores[0], stores[-1]
    files = set().union(*(store.files for store in stores))
    both = [page for page in large.pages if page in small.pages and page not in files]
    ratio = {page: large.pages[page] / max(small.pages[page], least) for page in both}
    print(
        f"{len(large.pages)} pages of {len(ROLES)} roles, {len(files)} of them files; the floor (a bare aiogram answer): {least:.1f} ms\n"
    )
    print("| page | " + " | ".join(f"{store.pupils:,}" for store in stores) + " | ratio |\n|---|" + "---|" * (len(stores) + 1))
    for page in sorted(both, key=lambda page: -large.pages[page])[:WORST]:
        row = " | ".join(f"{store.pages.get(page, float('nan')):.1f}" for store in stores)
        print(f"| {page[0]} {page[1]} | {row} | {ratio[page]:.2f} |")
    print(
        f"\nmedian ratio {statistics.median(ratio.values()):.2f}; above {RATIO}: {sum(each > RATIO for each in ratio.values())}"
    )
    for page in sorted((page for page in both if ratio[page] > RATIO), key=lambda page: -ratio[page]):
        print(f"  {page[0]} {page[1]}: {small.pages[page]:.1f} → {large.pages[page]:.1f} ms, {ratio[page]:.2f}")
    print(f"above {MILLISECONDS:.0f} ms: {[' '.join(page) for page in both if large.pages[page] > MILLISECONDS]}", flush=True)


async def _all() -> None:
    with tempfile.TemporaryDirectory() as folder:
        table(await measured(Path(folder), SIZES), await floor())


def main() -> None:
    asyncio.run(_all())
