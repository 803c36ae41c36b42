"""What an update costs in the bot's processes, in PostgreSQL and in what carries the load, with one process and with two.

Everything runs on the same cores: the processes, the proxy and the Telegram (this one), PostgreSQL. So what a second process brings
is read from the processor's time, which another program on the machine does not change: as long as a process of the bot is
the dearest link, two do twice as much, wherever there is a core for each. The rate on this machine is printed beside.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import create_async_engine

from bench._process import at_work, processor
from bot.sandbox import Phone, Sandbox
from storage.db import Database
from storage.migrate import migrate
from storage.tables import Consent, Guardianship, Person
from tests import postgres
from tests.postgres import Cluster
from tests.processes import SECRET, Proxy, free_port
from tests.world import MISHA, NOW, TOKEN, settle_the_network

PEOPLE, ROUNDS, WARM = 100, 4, 1
PATIENCE = 600.0  # seconds for an answer


@dataclass(frozen=True)
class Cost:
    """Processor milliseconds for an update, by who spent them, and updates a second by the clock."""

    processes: tuple[float, ...]  # each by what it handled: their sum, each by all updates
    database: float
    load: float
    rate: float

    @property
    def bot(self) -> float:
        return sum(self.processes)


def spent_by_postgres(cluster: Cluster) -> float:
    """Of the server and of every connection's process."""
    master = int((cluster.folder / "data/postmaster.pid").read_text().split()[0])
    total = processor(master, buried=True)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == master:
                total += processor(int(stat.parent.name), buried=True)
        except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            continue
    return total


async def prepare(url: str) -> None:
    """A network with many guardians of one child: the page is the same, the people are not."""
    db = Database(url)
    await db.open()
    await migrate(db)
    await settle_the_network(db)
    ids = range(100, 100 + PEOPLE)
    person = {"language": "ru", "detail": "full", "created_at": NOW}
    consent = {
        "pupil_id": MISHA,
        "text_version": "1",
        "basis": "законный представитель",
        "given_at": NOW,
        "purpose": "processing",
    }
    async with db.write() as tx:
        await tx.execute(insert(Person), [person | {"id": n, "telegram_id": 10_000 + n, "name": f"Гость {n}"} for n in ids])
        await tx.execute(insert(Guardianship), [{"person_id": n, "pupil_id": MISHA, "since": NOW} for n in ids])
        await tx.execute(insert(Consent), [consent | {"person_id": n} for n in ids])
    await db.close()


@asynccontextmanager
async def together(url: str, count: int, folder: Path) -> AsyncIterator[tuple[Sandbox, list[int]]]:
    """So many processes behind the proxy; gives their pids."""
    ports = [free_port() for _ in range(count)]
    async with Sandbox(TOKEN, "bench_bot") as sandbox, Proxy(ports) as proxy:
        sandbox.webhook.first_wait, sandbox.webhook.longest_wait = 0.1, 0.5  # seconds, while the processes start
        ours = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API": sandbox.url,
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "WEBHOOK_URL": f"http://127.0.0.1:{proxy.port}/hook",
            "WEBHOOK_SECRET": SECRET,
            "SEND_RATE": "10000",
            "LOG_LEVEL": "ERROR",
        }
        async with AsyncExitStack() as born:
            command = ["-m", "bot", "run"]
            each = [at_work(command, ours | {"LISTEN": f"127.0.0.1:{port}"}) for port in ports]
            pids = [(await born.enter_async_context(one)).pid for one in each]
            phones = [sandbox.person(10_100 + n, f"Гость {n}") for n in range(PEOPLE)]
            while min(proxy.taken[port] for port in ports) == 0:  # until each has come up
                await ask(phones[:20])
            yield sandbox, pids


async def ask(phones: list[Phone]) -> None:
    """Everybody asks at once, and has an answer."""
    before = {phone.chat.id: len(phone.messages) for phone in phones}
    for phone in phones:
        await phone.send("/timetable")
    for phone in phones:
        await phone.holds(before[phone.chat.id] + 2, PATIENCE)


async def measured(cluster: Cluster, count: int) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        # A new Telegram counts its updates from the start: a new memory of them.
        await _create(cluster, f"bench_{count}", "bench")
        url = f"postgresql+asyncpg://{cluster.where}/bench_{count}"
        async with together(url, count, Path(folder)) as (sandbox, pids):
            phones = [sandbox.phones[10_100 + n] for n in range(PEOPLE)]
            for _ in range(WARM):
                await ask(phones)
            before, database, load, began = (
                [*map(processor, pids)],
                spent_by_postgres(cluster),
                time.process_time(),
                time.perf_counter(),
            )
            for _ in range(ROUNDS):
                await ask(phones)
            updates = PEOPLE * ROUNDS
            took, load = time.perf_counter() - began, time.process_time() - load
            each = tuple((processor(pid) - was) * 1000 / updates for pid, was in zip(pids, before, strict=True))
            base = (spent_by_postgres(cluster) - database) * 1000 / updates
            return Cost(each, base, load * 1000 / updates, updates / took)


def main() -> None:
    folder = postgres.binaries()
    if folder is None:
        print("no PostgreSQL here: nothing was measured (apt-get install postgresql)")
        return
    with postgres.server(folder) as cluster:
        asyncio.run(_made(cluster))
        one, two = asyncio.run(measured(cluster, 1)), asyncio.run(measured(cluster, 2))
    for name, cost in (("one process", one), ("two processes", two)):
        halves = " + ".join(f"{each:.2f}" for each in cost.processes)
        print(
            f"{name}: processor ms an update: bot {halves}, PostgreSQL {cost.database:.2f}, proxy and Telegram {cost.load:.2f}"
            f"; {cost.rate:.0f} updates a second here"
        )
    print(f"an update in two processes costs the bot {two.bot / one.bot:.2f} of what it costs in one")
    alone, beside = 1000 / max(one.processes), 1000 / max(two.processes)
    print(f"if each link has a core: one process {alone:.0f} a second, two {beside:.0f}, ratio {beside / alone:.2f}")
    cores = len(os.sched_getaffinity(0))
    whole = [min(1000 / max(cost.processes), cores * 1000 / (cost.bot + cost.database + cost.load)) for cost in (one, two)]
    print(f"on {cores} cores that carry everything: at most {whole[0]:.0f} and {whole[1]:.0f}, ratio {whole[1] / whole[0]:.2f}")
    print(f"on this machine now: ratio {two.rate / one.rate:.2f}", flush=True)


async def _made(cluster: Cluster) -> None:
    await _create(cluster, "bench", "template1")
    await prepare(f"postgresql+asyncpg://{cluster.where}/bench")


async def _create(cluster: Cluster, name: str, template: str) -> None:
    engine = create_async_engine(f"postgresql+asyncpg://{cluster.where}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    await engine.dispose()
