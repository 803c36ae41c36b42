"""The database goes away and comes back: nothing is lost, nobody is told of it, and only one process leads at a time."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, PendingRollbackError, ProgrammingError

from bot.post.posting import post
from bot.post.presence import Presence
from storage import outbox
from storage.away import DatabaseAway, TermOver, is_trouble
from storage.db import Database
from storage.tables import Letter, Person, Update
from tests.postgres import Cluster
from tests.telegram.test_delivery import ToldWithButton, tell
from tests.telegram.test_intake import Desk, said
from tests.world import ANNA, NOW, OLGA, World, world_on

# ── what is trouble, and what is a fault of our own ─────────────────────────────────────────────────────────────────────


def of_sqlite(code: int) -> OperationalError:
    error = sqlite3.OperationalError("as the driver says it")
    error.sqlite_errorcode = code
    return OperationalError("SELECT 1", {}, error)


class OfPostgres(Exception):  # noqa: N818 - as the driver's, it only carries a state
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def of_postgres(sqlstate: str) -> OperationalError:
    return OperationalError("SELECT 1", {}, OfPostgres(sqlstate))


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), True),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), True),
        (of_sqlite(sqlite3.SQLITE_FULL), True),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), True),
        (of_sqlite(sqlite3.SQLITE_READONLY), True),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), True),
        (of_sqlite(sqlite3.SQLITE_ERROR), False),  # no such table
        (of_sqlite(sqlite3.SQLITE_CORRUPT), False),  # no waiting mends it
        (of_postgres("57P01"), True),  # shut down
        (of_postgres("57P03"), True),  # starting
        (of_postgres("08006"), True),  # the connection broke
        (of_postgres("53300"), True),  # too many connections
        (of_postgres("53100"), True),  # disk full
        (of_postgres("25006"), True),  # only a standby
        (of_postgres("42P01"), False),  # no such table
        (of_postgres("40P01"), False),  # deadlock: the other one goes on
        (ConnectionRefusedError(), True),
        (ConnectionResetError(), True),
        (DatabaseAway("gone"), True),
        (PendingRollbackError("after it", code="8s2b"), True),
        (PendingRollbackError("after a broken rule", code="7s2a"), False),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE")), False),
        (ProgrammingError("SELEC", {}, OfPostgres("42601")), False),
        (FileNotFoundError(), False),
        (ZeroDivisionError(), False),
    ],
    ids=lambda each: f"{type(each).__name__} {getattr(each, 'orig', '')!r}" if isinstance(each, Exception) else None,
)
def test_trouble_is_told_from_a_fault(error: Exception, trouble: bool) -> None:
    assert is_trouble(error) is trouble


async def test_a_full_disk_is_trouble_and_passes(world: World) -> None:
    def room(pages: str) -> Any:
        return text(f"PRAGMA max_page_count = {pages}")

    async with world.db.read() as tx:
        pages = await tx.scalar(text("PRAGMA page_count"))
    async with world.db.engine.connect() as connection:
        await connection.execute(room(f"{pages}"))
    with pytest.raises(DatabaseAway, match=r"^OperationalError$"):
        await tell(world, *(f"{number} {'много ' * 50}" for number in range(200)))
    async with world.db.engine.connect() as connection:
        await connection.execute(room("1000000"))
    await tell(world, "место есть")
    await world.deliver()
    assert world.anna.page == "место есть"


async def test_a_broken_rule_stays_what_it_is(db: Database) -> None:
    with pytest.raises(IntegrityError):
        async with db.write() as tx:
            await tx.execute(text("INSERT INTO letters (id, person_id) VALUES (1, 1)"))
    with pytest.raises((ProgrammingError, OperationalError)):
        async with db.read() as tx:
            await tx.execute(text("SELECT nothing FROM nowhere"))


async def test_an_update_waits_for_the_database_and_nobody_notices(desk: Desk) -> None:
    desk.trouble = [DatabaseAway("gone") for _ in range(5)]  # more than there are tries for what passes by itself
    await desk.take(said(1, "раз"), said(2, "два"))
    assert desk.heard == ["раз", "два"]
    assert desk.sorry == []
    assert await desk.states() == {1: "done", 2: "done"}


@pytest.fixture
def desk(empty_db: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("storage.db.PAUSES", (0.001, 0.001))
    return Desk(empty_db)


async def test_ceasing_to_lead_is_no_death_of_what_was_in_hand(desk: Desk) -> None:
    gate = desk.gates["долго"] = asyncio.Event()
    for _ in range(15):
        running = asyncio.get_running_loop().create_task(desk.intake.run(poll=False))
        await desk.intake.receive([said(1, "долго"), said(2, "потом")])
        await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait({running})
    assert desk.heard == []
    gate.set()
    async with asyncio.TaskGroup() as tasks:
        again = tasks.create_task(desk.intake.run(poll=False))
        await desk.intake._resumed.wait()
        await desk.intake.idle()
        again.cancel()
    assert desk.heard == ["долго", "потом"]
    async with desk.db.read() as tx:
        assert set(await tx.scalars(select(Update.attempts))) <= {0, 1}


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_postgresql_stopped_and_started_under_the_bots_hands(
    own_server: Cluster, own_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anna presses and a letter waits while the server is away; both end as if nothing had been."""
    monkeypatch.setattr("bot.post.postman.LOOK", 0.1)
    async with world_on(own_url, tmp_path) as world, asyncio.TaskGroup() as tasks:
        delivering = tasks.create_task(world.app.postman.run())
        async with world.db.write() as tx:
            await post(tx, OLGA, ToldWithButton(word="письмо"), now=world.now)
        for mode in ("immediate", "fast"):
            await asyncio.to_thread(own_server.stop, mode)
            pressed = tasks.create_task(world.anna.send("/timetable"))
            world.app.postman.stir()
            with pytest.raises(DatabaseAway):
                async with world.db.read() as tx:
                    await tx.execute(text("SELECT 1"))
            await asyncio.to_thread(own_server.start)
            await pressed
            assert world.anna.page.startswith("📅")
        world.app.postman.stir()
        await world.olga.sees("письмо")
        await world.app.postman.stop()
        await delivering
    assert [message.text for message in world.olga.messages if message.from_bot] == ["письмо"]


async def test_a_connection_that_breaks_within_a_transaction_is_trouble_and_keeps_nothing(own_url: str) -> None:
    db = Database(own_url)

    async def renamed() -> None:
        async with db.write() as tx:
            await tx.execute(update(Person).values(name="Никто"))
            await _cut_all(own_url)
            await tx.execute(select(Person.id))

    with pytest.raises(DatabaseAway):
        await renamed()
    async with db.read() as tx:
        assert "Никто" not in set(await tx.scalars(select(Person.name)))
    await db.close()


async def test_who_is_told_to_stop_while_the_server_goes_stops(own_server: Cluster, own_url: str) -> None:
    """The rollback meets a connection that is gone: its error must not be taken for a database to be waited for."""
    db = Database(own_url)
    inside = asyncio.Event()

    async def work() -> None:
        async with db.write() as tx:
            await tx.execute(text("SELECT 1"))
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.get_running_loop().create_task(db.insist(work))
    await inside.wait()
    await asyncio.to_thread(own_server.stop)
    inside.clear()
    task.cancel()
    await asyncio.to_thread(own_server.start)
    done, _ = await asyncio.wait(
        {task, waiting := asyncio.get_running_loop().create_task(inside.wait())}, return_when="FIRST_COMPLETED"
    )
    waiting.cancel()
    assert done == {task}, "it begins anew instead of stopping"
    assert task.cancelled()
    await db.close()


async def test_a_leader_that_lost_its_lock_writes_nothing_any_more(own_url: str) -> None:
    first, second = Database(own_url), Database(own_url)
    assert [await first.lead(), await second.lead()] == [True, False]
    with first.reigning():
        async with first.write() as tx:
            await post(tx, ANNA, ToldWithButton(word="от первой"), now=NOW)
        await _cut_all(own_url, "query LIKE '%pg_try_advisory_lock%' OR query LIKE '%leader-term%'")
        assert await second.lead()
        with second.reigning():
            async with second.write() as tx:
                await post(tx, ANNA, ToldWithButton(word="от второй"), now=NOW)
        with pytest.raises(TermOver):
            async with first.write() as tx:
                await post(tx, ANNA, ToldWithButton(word="поздно"), now=NOW)
        await first.deposed()
    assert await first.lead() is False
    async with first.write() as tx:  # what is no leader's work goes on
        await post(tx, ANNA, ToldWithButton(word="почтальон"), now=NOW)
    async with second.read() as tx:
        words = [facts["word"] for facts in await tx.scalars(select(Letter.facts).order_by(Letter.id)) if facts]
    assert words == ["от первой", "от второй", "почтальон"]
    await first.close()
    await second.close()


async def test_the_next_term_begins_only_after_the_last_write_of_the_one_before(own_url: str) -> None:
    first, second = Database(own_url), Database(own_url)
    assert await first.lead()
    with first.reigning():
        async with first.write() as tx:
            await post(tx, ANNA, ToldWithButton(word="ещё при первой"), now=NOW)
            await _cut_all(own_url, "query LIKE '%leader-term%RETURNING%'")
            taking = asyncio.get_running_loop().create_task(second.lead())
            async with second.read() as other:
                while not await other.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                    await asyncio.sleep(0)
            assert not taking.done()
    assert await taking
    async with second.read() as tx:
        assert await tx.scalar(select(Letter.kind)) == "told-with-button"
    await first.close()
    await second.close()


async def test_the_letters_of_a_postman_that_is_gone_are_taken_over_and_those_of_a_living_one_are_not(
    own_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.presence.GRACE", 0.0)
    async with world_on(own_url, tmp_path) as world:
        async with world.db.write() as tx:
            await post(tx, ANNA, ToldWithButton(word="живого"), now=NOW)
            await post(tx, OLGA, ToldWithButton(word="погибшего"), now=NOW)
            await tx.execute(update(Letter).values(state="sending", lease_until=NOW, owner="погибший"))
            await tx.execute(update(Letter).where(Letter.person_id == ANNA).values(owner="живой"))
        living = world.db.presence("живой")
        assert await living.hold()
        async with world.db.read() as tx:
            assert await outbox.workers(tx) == {"живой", "погибший"}
        await Presence(world.db, world.clock, "я", lambda: None).look()
        async with world.db.read() as tx:
            found = {row.person_id: row.state for row in await tx.execute(select(Letter.person_id, Letter.state))}
        assert found == {ANNA: "sending", OLGA: "retry"}
        await living.drop()
        await Presence(world.db, world.clock, "я", lambda: None).look()
        await world.deliver()
        assert [world.anna.page, world.olga.page] == ["живого", "погибшего"]


async def _cut_all(url: str, which: str = "true") -> None:
    """End the sessions of this database on the server's side, but for the one that does it."""
    db = Database(url)
    async with db.read() as tx:
        cut = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
        await tx.execute(text(f"{cut} AND pid <> pg_backend_pid() AND ({which})"))
    await db.close()
