"""The demo: the real bot on an invented network and a local Telegram, to be played by hand or told as a tour.

What is heavy is imported where it is used: the page should be there before the bot has woken up.
"""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.clock import Clock, StoppedClock
from bot.demo.network import demo_moment
from bot.demo.process import BotProcess
from bot.demo.stops import PortTaken, StoryBroken

if TYPE_CHECKING:
    from rich.console import Console

    from bot.demo.director import Director
    from bot.voice import Voice


@asynccontextmanager
async def playing(port: int = 0, *, at: datetime | None = None, fast: bool = False) -> AsyncIterator[Director]:
    """The demo at work, its page served; PortTaken, StoryBroken. `at`: the clock stands there; `fast`: see Director."""
    from bot.settings import Settings

    zone = Settings.model_construct().zone
    clock = Clock() if at is None else StoppedClock(at)
    clock.move(demo_moment(clock.now(), zone) - clock.now())
    with tempfile.TemporaryDirectory(prefix="school-demo-", ignore_cleanup_errors=True) as name:
        process = BotProcess(Path(name))
        failed: BaseException | None = None
        try:
            async with asyncio.TaskGroup() as tasks:
                await process.start(tasks)  # first: it takes longest to load
                import bot.telegram  # noqa: F401 - before the sandbox imports aiogram
                from bot.demo.director import Director

                async with Director(process, clock, zone, Path(name), tasks) as director:
                    director.fast = fast
                    try:
                        await director.open(port)
                        yield director
                    except Exception as broke:
                        failed = broke  # as it is, not wrapped into the group's
        except* StoryBroken as group:
            failed = failed or group.exceptions[0]
        finally:
            await process.kill()
        if failed is not None:
            raise failed


async def serve(out: Console, port: int, say: Voice) -> None:
    """Play by hand: serve the chat page until Ctrl-C or SIGTERM. When the port is taken, at the next free one."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with playing(port) as director:
        taken = urlsplit(director.sandbox.url).port or port
        if port not in (0, taken):
            out.print(say.plain("demo-other-port", asked=str(port), taken=str(taken)))
        out.print(f"\n[bold]{director.sandbox.url}[/bold]   {say.plain('demo-open')}\n")
        out.print(say.plain("demo-about"))
        await stop.wait()
        out.print(say.plain("demo-goodbye"))


async def play_tour(out: Console, say: Voice) -> None:
    """Tell the story: play it through the Bot API and print every word of it."""
    from bot import logs
    from bot.app import App
    from bot.demo.house import filled, settings_for
    from bot.demo.names import NAME, TOKEN, USERNAME
    from bot.demo.prelude import come_in, half_year_due, invite_everybody, phones
    from bot.demo.story import Props, story
    from bot.demo.tour import Tour
    from bot.sandbox import Sandbox
    from bot.settings import Settings

    now = Clock().now()
    clock = StoppedClock(demo_moment(now, Settings.model_construct().zone))
    with tempfile.TemporaryDirectory(prefix="school-tour-") as name:
        async with Sandbox(TOKEN, USERNAME, name=NAME, clock=clock.now) as sandbox:
            settings = settings_for(Path(name), sandbox.url)
            logs.set_up(settings)
            async with filled(settings, clock.now()) as db:
                papers = await invite_everybody(db, clock.now())
                due = await half_year_due(db)
            phones(sandbox)
            async with App(settings, clock) as app:
                app.pace.per_chat = 0  # the tour waits for nobody
                async with app.working():
                    await come_in(sandbox, papers)
                    await app.intake.idle()
                    await app.alarms.ring()
                    await app.postman.deliver()
                    await Tour(out, app, sandbox, clock, say).play(story(Props(papers, clock.now(), due, settings.zone)))


__all__ = ["PortTaken", "StoryBroken", "play_tour", "playing", "serve"]
