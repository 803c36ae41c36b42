"""Fixtures: a database of both kinds, the world at work, a PostgreSQL of our own."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, event, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot import app, logs
from bot.clock import StoppedClock
from bot.collector import look_seldom
from bot.jobs import seed
from bot.settings import Settings
from bot.telegram.commands import words_told
from storage import notes
from storage.db import Database
from storage.doctor import violations
from storage.migrate import migrate
from tests import compiled, correlation, postgres
from tests.faults import figures as figures  # noqa: PLC0414 - a fixture for all
from tests.postgres import Cluster
from tests.world import NOW, TOKEN, USERNAME, World, settle_the_network, world_on

T = TypeVar("T")


def pytest_collection_finish() -> None:
    """The collector is set as the running bot sets it: six thousand tests and their libraries are not garbage, and
    to walk over them again and again was a twelfth of the suite's time.
    """
    look_seldom()


@pytest.fixture(scope="session", autouse=True)
def _quiet_log() -> None:
    """The bot's own log, as it runs: short, and without anybody's data."""
    logs.set_up(Settings(_env_file=None, log_level="ERROR"))


@pytest.fixture(scope="session", autouse=True)
def _one_trust_store() -> Iterator[None]:
    """A bot reads the machine's certificates at its start (25 ms); the bots of the tests share one reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """What one test has compiled every other test may use."""
    with pytest.MonkeyPatch.context() as patch:
        compiled.share(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _consent_of_this_very_person() -> None:
    """No statement of any test may ask whether *anybody* agreed."""
    event.listen(Engine, "before_cursor_execute", correlation.watch)


@pytest.fixture(scope="session")
def settled_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the network in it, to be copied."""
    path = tmp_path_factory.mktemp("settled") / "bot.sqlite3"
    shutil.copy(migrated_file, path)
    _by_itself(_settle(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("migrated") / "bot.sqlite3"
    _by_itself(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def begun_file(settled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after the bot's first start: the year's steps are in it."""
    path = tmp_path_factory.mktemp("begun") / "bot.sqlite3"
    shutil.copy(settled_file, path)
    _by_itself(_begin(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """`user@host:port` of a PostgreSQL with the databases `migrated` (empty), `settled` and `begun`; skipped, loudly, where
    there is none.
    """
    folder = postgres.binaries()
    if folder is None:
        pytest.skip("no PostgreSQL: nothing was tested on it (apt-get install postgresql)")
    with postgres.cluster(folder) as where:
        url = f"postgresql+asyncpg://{where}"
        _by_itself(_create(where, "migrated"))
        _by_itself(_migrate(f"{url}/migrated"))
        _by_itself(_create(where, "settled", "migrated"))
        _by_itself(_settle(f"{url}/settled"))
        _by_itself(_create(where, "begun", "settled"))
        _by_itself(_begin(f"{url}/begun"))
        yield where


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was not tested on this machine, why, and how to get it: at the end, where it is read."""
    why = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if why:
        terminalreporter.section("SKIPPED on this machine", sep="!", red=True, bold=True)
        for reason, count in sorted(why.items()):
            terminalreporter.write_line(f"skipped: {count:4} × {reason}", red=True)


def _reason(report: pytest.TestReport) -> str:
    place = report.longrepr
    return str(place[2]).removeprefix("Skipped: ") if isinstance(place, tuple) else str(place)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Cluster]:
    """A PostgreSQL of one file's own, with the database `settled`, that may be stopped and started."""
    folder = postgres.binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with postgres.server(folder) as made:
        _by_itself(_create(made.where, "settled"))
        _by_itself(_settle(f"postgresql+asyncpg://{made.where}/settled"))
        yield made


@pytest.fixture
async def own_url(own_server: Cluster) -> str:
    """The network in a database of that server."""
    name = f"test_{uuid4().hex[:12]}"
    await _create(own_server.where, name, "settled")
    return f"postgresql+asyncpg://{own_server.where}/{name}"


def _by_itself(work: Coroutine[Any, Any, T]) -> T:
    """Run it to its end in a loop of its own: a session's fixture may be asked for while a test's loop runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _settle(url: str) -> None:
    db = Database(url)
    await db.open()
    await migrate(db)
    await settle_the_network(db)
    await db.close()


async def _begin(url: str) -> None:
    settings = Settings(_env_file=None, bot_token=SecretStr(TOKEN), database_url=url)
    db = Database(url)
    await db.open()
    await seed(db, settings, StoppedClock(NOW.astimezone(UTC)))
    async with db.write() as tx:  # and Telegram knows the bot's commands
        await notes.keep(tx, "introduced", words_told(int(TOKEN.split(":")[0])))
        await notes.keep(tx, notes.username_of(TOKEN), USERNAME)
    await db.close()


async def _begun_already(*_: object) -> None:
    """What a start would do again at the moment the template was begun: nothing."""


@asynccontextmanager
async def _world_begun(url: str, folder: Path) -> AsyncIterator[World]:
    async with AsyncExitStack() as world:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(app, "seed", _begun_already)
            made = await world.enter_async_context(world_on(url, folder))
        yield made


async def _migrate(url: str) -> None:
    db = Database(url)
    await db.open()
    await migrate(db)
    await db.close()


async def _create(where: str, name: str, template: str = "template1") -> None:
    engine = create_async_engine(f"postgresql+asyncpg://{where}/postgres", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    await engine.dispose()


async def _settled_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path, template: str = "settled") -> str:
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue(f"{template}_file"), tmp_path / "bot.sqlite3")
        return f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}"
    where = request.getfixturevalue("postgres_server")
    name = f"test_{uuid4().hex[:12]}"
    await _create(where, name, template)
    return f"postgresql+asyncpg://{where}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
async def db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with the network in it, of each kind in turn."""
    database = Database(await _settled_url(request.param, request, tmp_path))
    await database.open()
    yield database
    await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_db(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated database with nothing in it, of each kind in turn."""
    database = Database(await _settled_url(request.param, request, tmp_path, "migrated"))
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def settled_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database with the network in it is, for a process of its own; its kind is the fixture's (indirect) parameter."""
    return await _settled_url(request.param, request, tmp_path)


@pytest.fixture
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """The bot at work among the cast, on SQLite."""
    async with _world_begun(await _settled_url("sqlite", request, tmp_path, "begun"), tmp_path) as made:
        yield made


@pytest.fixture
async def world_on_postgres(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """The same on PostgreSQL."""
    async with _world_begun(await _settled_url("postgresql", request, tmp_path, "begun"), tmp_path) as made:
        yield made


@pytest.fixture
def sound(request: pytest.FixtureRequest) -> Iterator[None]:
    """What must always be true of the database is true when the test has ended (`doctor`)."""
    held = [request.getfixturevalue(name) for name in DATABASES if name in request.fixturenames]
    yield
    for each in held:
        db, today = (each.db, each.now.date()) if isinstance(each, World) else (each, None)
        url = db.engine.url.render_as_string(hide_password=False)
        assert _by_itself(_violations(url, today)) == {}


DATABASES = ("world", "world_on_postgres", "db", "empty_db")


async def _violations(url: str, today: date | None) -> dict[str, int]:
    db = Database(url)
    try:
        async with db.read() as tx:  # nothing is written: its writer need not be opened
            return await violations(tx, today)
    finally:
        await db.close()
