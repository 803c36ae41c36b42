"""The demo's bot as a process of its own, so that it can be killed as a power cut would do it.

Speaks JSON lines with its parent: hears {folder, new, api, clock, fast} first, then {clock, ring}; says {papers, half_year} when it has
filled a new database, {awake} when it works and {rung} when the alarms have rung. Ends when its parent does.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import logs
from bot.app import App
from bot.clock import Clock, StoppedClock
from bot.demo.house import filled, settings_for
from bot.demo.prelude import half_year_due, invite_everybody
from bot.demo.turning import turn
from bot.standing import Refused


class Child(App):
    """The bot, telling its parent when it works."""

    async def introduce(self) -> None:
        await super().introduce()
        say(awake=True)


def say(**facts: Any) -> None:
    print(json.dumps(facts), flush=True)  # noqa: T201


def set_clock(clock: Clock, told: dict[str, Any]) -> None:
    if isinstance(clock, StoppedClock):
        clock.at = datetime.fromisoformat(told["at"])
    else:
        clock.ahead = timedelta(seconds=told["ahead"])


async def hear(app: App, lines: asyncio.StreamReader) -> None:
    """What the parent asks, until it is gone."""
    while line := await lines.readline():
        told = json.loads(line)
        set_clock(app.clock, told["clock"])
        if told.get("ring"):
            await turn(app.db, app.settings, app.clock.now())
            await app.alarms.ring()
            await app.postman.deliver()
            say(rung=True)
    app.stop()


async def work() -> None:
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    told = json.loads(await lines.readline() or "null")
    if told is None:
        return
    clock = StoppedClock(datetime.fromisoformat(told["clock"]["at"])) if "at" in told["clock"] else Clock()
    set_clock(clock, told["clock"])
    settings = settings_for(Path(told["folder"]), told["api"])
    logs.set_up(settings)
    if told["new"]:
        async with filled(settings, clock.now()) as db:
            papers = await invite_everybody(db, clock.now())
            due = await half_year_due(db)
        say(papers={key: [paper.payload, paper.letters] for key, paper in papers.items()}, half_year=due.isoformat())
    async with Child(settings, clock) as app, asyncio.TaskGroup() as tasks:
        if told["fast"]:
            app.pace.per_chat = 0
        ear = tasks.create_task(hear(app, lines))
        await app.run()
        ear.cancel()


def main() -> int:
    refused = ""
    try:
        asyncio.run(work())
    except* Refused as group:
        refused = str(group.exceptions[0])
    if refused:
        print(refused, file=sys.stderr)  # noqa: T201
    return int(bool(refused))


if __name__ == "__main__":
    sys.exit(main())
