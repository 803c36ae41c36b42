"""Several processes of the bot on one PostgreSQL, behind a proxy that gives each call to the next of them; they die one by one."""

from __future__ import annotations

import asyncio
import random
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from storage.db import Database
from tests import mortal
from tests.bot_process import environment_of
from tests.mortal import Load, Stormy, invite_guests
from tests.nursery import Born, born
from tests.telegram.test_kills import TOKEN

LIFE = (60, 200)  # calls to Telegram, of all processes together, between two deaths
SHORT_LIFE = (15, 30)  # … before the only one
SECRET = "sesame"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Proxy:
    """Gives each call to the next process; one that is gone, or not ready, is passed over, as any proxy does."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.port = free_port()
        self.taken: Counter[int] = Counter()  # by port
        self.told: Callable[[int], None] = lambda _: None  # this port has taken one
        self._turn = count()
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Proxy:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        app = web.Application()
        app.router.add_post("/hook", self._pass_on)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        assert self._runner is not None
        await self._runner.cleanup()
        await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        assert self._session is not None
        body, status = await request.read(), 502
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        for _ in self.ports:
            port = self.ports[next(self._turn) % len(self.ports)]
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self._session.post(f"http://127.0.0.1:{port}/hook", data=body, headers=headers) as answer:
                    status = answer.status
                    if status == 200:
                        self.taken[port] += 1
                        self.told(port)
                        break
        return web.Response(status=status)


class Herd:
    """So many processes, each born again when it dies; one after another is killed, any of them, at any call."""

    def __init__(self, sandbox: Stormy, environments: list[dict[str, str]], dice: random.Random, deaths: int) -> None:
        self.life = LIFE if deaths > 1 else SHORT_LIFE
        self.sandbox = sandbox
        self.environments = environments
        self.dice = dice
        self.to_die = deaths
        self.died = 0
        self.over = False
        self.alive: dict[int, Born] = {}  # by place
        self.at_work: set[int] = set()  # places whose process has taken an update in
        self.condemned: int | None = None  # the place whose process is to die next, until its death is heard of
        self.all_dead = asyncio.Event()
        if not deaths:
            self.all_dead.set()

    async def _live(self, place: int) -> None:
        while not self.over:
            process = self.alive[place] = await born(main, self.environments[place])
            code = await process.wait()
            self.at_work.discard(place)
            if code == -signal.SIGKILL:
                self.condemned = None
                self.died += 1
                if self.died == self.to_die:
                    self.all_dead.set()
            else:
                assert self.over, f"the process ended by itself with {code}"

    def works(self, place: int) -> None:
        """This one has taken an update in. Whoever is next to die is chosen once all work."""
        self.at_work.add(place)
        if self.condemned is None and self.died < self.to_die and len(self.at_work) == len(self.environments):
            self.condemned = self.dice.choice(list(self.alive))
            self.sandbox.arm(self.alive[self.condemned].pid, self.dice.randint(*self.life))

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """Alive and dying until it is over; then all end as they are told to."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for place in range(len(self.environments)):
                    tasks.create_task(self._live(place))
                yield
                self.over = True
                for process in self.alive.values():
                    process.terminate()
                codes = {await process.wait() for process in self.alive.values()}
                assert codes <= {0, -signal.SIGTERM}, codes  # one that is only being born hears no word yet
        finally:
            self.over = True
            for process in self.alive.values():
                if process.returncode is None:
                    process.kill()
            await self.sandbox.stop()


@asynccontextmanager
async def loaded_processes(
    url: str, folder: Path, seed: int, *, processes: int, deaths: int, guests: int
) -> AsyncIterator[tuple[Load, Proxy]]:
    """So many processes on this database that will die so often together, and their guests."""
    db = Database(url)
    await db.open()
    await invite_guests(db, guests)
    sandbox = Stormy(TOKEN, "school8_bot", seed=seed)
    sandbox.webhook.first_wait, sandbox.webhook.longest_wait = 0.1, 1.0
    await sandbox.start()
    ports = [free_port() for _ in range(processes)]
    async with Proxy(ports) as proxy:
        hook = {"WEBHOOK_URL": f"http://127.0.0.1:{proxy.port}/hook", "WEBHOOK_SECRET": SECRET, "SEND_RATE": "1000"}
        environments = [environment_of(sandbox, url, folder) | hook | {"LISTEN": f"127.0.0.1:{port}"} for port in ports]
        herd = Herd(sandbox, environments, random.Random(seed), deaths)
        proxy.told = lambda port: herd.works(ports.index(port))
        try:
            async with herd.living():
                load = Load(url, herd, sandbox, db, guests)
                try:
                    async with sandbox.watched():
                        yield load, proxy
                except TimeoutError as still:
                    still.add_note(await load.standing())
                    raise
        finally:
            await db.close()


def main() -> int:
    """The bot of the tests with short leases: the tests' time is dear."""
    import bot.post.fellows
    import storage.workers

    storage.workers.LEASE = 2.0
    bot.post.fellows.GRACE = 0.5
    return mortal.main()


def of_each(taken: Counter[int], ports: list[int]) -> dict[str, Any]:
    """How many updates each process was given."""
    return {f"process {place}": taken[port] for place, port in enumerate(ports, 1)}
