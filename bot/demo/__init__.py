"""The demo: the real bot on an invented network and a local Telegram, to be played by hand or told as a tour."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console

from bot.app import App
from bot.clock import Clock, StoppedClock
from bot.demo.network import ABOUT, ANNA, MISHA, demo_moment
from bot.demo.prelude import come_in, fill, invite_everybody, phones
from bot.demo.tour import StoryBroken, Tour
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.voice import day_in_words
from storage.db import Database
from storage.migrate import migrate

TOKEN = "42:DEMO"  # noqa: S105 - the local Telegram's own


class PortTaken(Exception):  # noqa: N818 - an answer
    """The chat page cannot be served where it was asked to; the message is one line for a person."""


def settings_for(folder: Path, api: str) -> Settings:
    """The demo takes nothing from the environment: it must not meet a real school's token or data."""
    return Settings.model_construct(
        bot_token=SecretStr(TOKEN),
        telegram_api=api,
        database_url=f"sqlite+aiosqlite:///{folder}/demo.sqlite3",
        data_dir=folder,
        journal_dir=folder / "journal",
        listen="127.0.0.1:0",
        log_level="ERROR",
    )


@asynccontextmanager
async def filled(folder: Path, api: str, now: datetime) -> AsyncIterator[tuple[Settings, Database]]:
    """The demo's database with its network in it."""
    settings = settings_for(folder, api)
    db = Database(settings.database_url)
    await db.open()
    await migrate(db)
    await fill(db, settings, now)
    try:
        yield settings, db
    finally:
        await db.close()


async def serve(out: Console, port: int) -> None:
    """Play by hand: serve the chat page until Ctrl-C."""
    clock = Clock()
    clock.move(demo_moment(clock.now(), Settings.model_construct().zone) - clock.now())
    sandbox = Sandbox(TOKEN, "school8_demo_bot", name="Сеть школы №8", clock=clock.now, page=True)
    try:
        await sandbox.start(port)
    except OSError:
        raise PortTaken(f"port {port} is taken: choose another, python -m bot demo --port {port + 1}") from None
    with tempfile.TemporaryDirectory(prefix="school-demo-") as name:
        async with filled(Path(name), sandbox.url, clock.now()) as (settings, db):
            invited = await invite_everybody(db, clock.now())
            phones(sandbox, invited)
            async with App(settings, clock) as app, asyncio.TaskGroup() as tasks:
                tasks.create_task(app.run())
                await come_in(sandbox, invited)
                here = clock.now().astimezone(settings.zone)
                out.print(f"\n[bold]{sandbox.url}[/bold]   ← откройте в браузере · open in a browser\n")
                out.print(
                    f"{ABOUT} В этой сети сейчас {day_in_words(here, 'ru').removeprefix('в ').removeprefix('во ')}, {here:%H:%M}."
                )
                for each in (ANNA, MISHA):
                    out.print(
                        f"{each.name} ({each.about}) ещё не в боте: отправьте от имени этого человека код {invited[each].letters}"
                    )
                out.print("Остановить: Ctrl-C")
    await sandbox.stop()


async def play_tour(out: Console) -> None:
    """Tell the story: play it through the Bot API and print every word of it."""
    now = Clock().now()
    clock = StoppedClock(demo_moment(now, Settings.model_construct().zone))
    async with Sandbox(TOKEN, "school8_demo_bot", name="Сеть школы №8", clock=clock.now) as sandbox:
        with tempfile.TemporaryDirectory(prefix="school-tour-") as name:
            async with filled(Path(name), sandbox.url, clock.now()) as (settings, db):
                invited = await invite_everybody(db, clock.now())
                phones(sandbox, invited)
                async with App(settings, clock) as app:
                    app.pace.per_chat = 0  # the tour waits for nobody
                    async with app.working():
                        await come_in(sandbox, invited)
                        await app.intake.idle()
                        await Tour(out, app, sandbox, clock, invited).play()


__all__ = ["PortTaken", "StoryBroken", "play_tour", "serve"]
