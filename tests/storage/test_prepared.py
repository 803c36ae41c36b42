"""What is asked of the database's driver itself is answered as a session would answer it: every prepared question of the house, both ways."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import String, bindparam, column, event, func, select, table, text, update
from sqlalchemy.exc import DBAPIError

import storage
from storage.away import DatabaseAway
from storage.db import Database
from storage.parts import MOST
from storage.prepared import Prepared, several
from storage.tables import Pupil
from tests.world import DANA, MISHA, NOW

OF_KIND: dict[type, Any] = {object: NOW, int: 1, str: "1", datetime: NOW, date: NOW.date(), bool: True, time: time(9)}
NAMES = Prepared(select(Pupil.id, Pupil.full_name).where(Pupil.id.in_(several("pupils"))).order_by(Pupil.id))


def prepared() -> Iterator[tuple[str, Prepared]]:
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if "migrations" not in module.name:
            for name, each in vars(importlib.import_module(module.name)).items():
                if isinstance(each, Prepared):
                    yield f"{module.name}.{name}", each


EVERY = dict(prepared())


def left_open(asked: Prepared) -> dict[str, Any]:
    """A value of its kind for each that is left open: the first ids, now, today."""
    binds = asked.asked.compile().binds
    return {
        name: [1, 2, 3]
        if each.expanding and each.type.python_type is int
        else ["1"]
        if each.expanding
        else OF_KIND[each.type.python_type]
        for name, each in binds.items()
        if each.required
    }


def test_there_are_questions_to_compare() -> None:
    assert {"storage.talks._TALK", "storage.people.people._HELD", "storage.timetable.views._OF_GROUPS"} <= EVERY.keys()


async def test_every_question_is_answered_alike_both_ways(db: Database) -> None:
    for name, each in EVERY.items():
        values = left_open(each)
        async with db.read() as tx:
            at_once = [tuple(row) for row in await each.rows(tx, **values)]
            assert at_once == [tuple(row) for row in await tx.execute(each.asked, values)], name


async def test_any_number_is_asked_for(db: Database) -> None:
    """None, one, three (which is no power of two), and more than one statement is made ready for."""
    async with db.read() as tx:
        assert await NAMES.rows(tx, pupils=[]) == []
        assert await NAMES.first(tx, pupils=[]) is None
        assert await NAMES.value(tx, pupils={DANA}) == DANA
        assert await NAMES.column(tx, pupils=[MISHA, DANA, 999]) == [MISHA, DANA]
        assert await NAMES.column(tx, pupils=range(MOST + 1)) == await NAMES.column(tx, pupils=range(20))
        assert (await NAMES.first(tx, pupils=[MISHA])).full_name.startswith("Петров Миша")


async def test_what_is_asked_both_ways_is_asked_of_one_moment(db: Database) -> None:
    """The snapshot of a page begins with its first question, whichever way that goes."""
    asked = Prepared(select(Pupil.full_name).where(Pupil.id == bindparam("pupil")))
    async with db.read() as tx:
        before = await asked.value(tx, pupil=MISHA)
        if db.is_sqlite:  # PostgreSQL reads what is committed, statement by statement
            async with db.write() as other:
                await other.execute(update(Pupil).where(Pupil.id == MISHA).values(full_name="Другой"))
        assert await tx.scalar(select(Pupil.full_name).where(Pupil.id == MISHA)) == before
        assert await asked.value(tx, pupil=MISHA) == before


async def test_whoever_listens_to_statements_hears_of_it(db: Database) -> None:
    heard: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    for engine in db.engines:
        event.listen(engine, "before_cursor_execute", note)
    async with db.read() as tx:
        await NAMES.rows(tx, pupils=[MISHA])
    assert len([one for one in heard if "FROM pupils" in one]) == 1


async def test_what_cannot_be_asked_fails_as_in_a_session(db: Database) -> None:
    """Whoever lives on after a session's fault (the postman, a page of the web) lives on after this one; it holds no values."""
    nowhere = Prepared(
        select(column("child")).select_from(table("nowhere")).where(column("child") == bindparam("name", type_=String))
    )
    with pytest.raises(DBAPIError, match="nowhere") as fault:
        async with db.read() as tx:
            await nowhere.rows(tx, name="Петров Миша")
    assert "Миша" not in str(fault.value)


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_rows_left_unread_hold_no_older_state(db: Database) -> None:
    """The next question failed, and somebody keeps the error: whoever is lent the connection then sees what is so now."""
    async with db.read() as tx:
        left = await tx.execute(select(Pupil.full_name).order_by(Pupil.id))
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(full_name="Другой"))
    async with db.read() as tx:
        assert await NAMES.first(tx, pupils=[MISHA]) == (MISHA, "Другой")
    assert await db.compact()  # the WAL could be emptied
    assert left.scalars().first()  # what was asked is known


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
async def test_a_connection_that_is_gone_is_not_lent_again(db: Database) -> None:
    """PostgreSQL is started anew: what was asked fails once, and the next question has a connection that lives."""
    pid = Prepared(select(func.pg_backend_pid().label("pid")))
    async with db.read() as tx:
        gone = await pid.value(tx)
    killer = Database(db.url.render_as_string(hide_password=False))
    async with killer.write() as tx:
        await tx.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": gone})
    await killer.close()
    for _ in range(3):
        with contextlib.suppress(DatabaseAway):
            async with db.read() as tx:
                assert await pid.value(tx) != gone
    async with db.read() as tx:
        assert await NAMES.column(tx, pupils=[MISHA]) == [MISHA]
