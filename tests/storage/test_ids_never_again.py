"""An id is never given again: a button, a talk or a letter may still name what was deleted. And what main kept before opens and migrates."""

from __future__ import annotations

import gzip
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import insert, select, text

from bot.refusals import ChangedSince, stamp
from bot.services.enrollment.applications import choose, discard, submit
from storage.db import Database
from storage.migrate import migrate
from storage.numbers import leave_out_given
from storage.schema import difference
from storage.tables import Application, Table
from tests.conftest import _create
from tests.enrollment_world import ANNA_HERSELF, MOMENT, RUSLAN_HIMSELF, THEN, TODAY, state_of
from tests.timetable_world import said
from tests.world import CHESS, DANA, MISHA, ROBOTICS, World

ROOT = Path(__file__).parent.parent.parent
FILES = ROOT / "tests" / "files"
GONE = "Этого больше нет: страница устарела. Откройте меню: /start"
CHANGED = "Пока вы решали, здесь кое-что изменили. Посмотрите, как теперь, и подтвердите ещё раз."


# ── the story of the issue ──────────────────────────────────────────────────────────────────────────────────────────


async def a_draft_of_another_child_does_not_get_its_number(world: World) -> None:
    anna, ruslan = world.anna, world.ruslan
    await anna.send("/courses")
    for label in ("Миша", "Шахматы", "Подать заявление"):
        await anna.tap(label)
    page = anna.newest
    assert page is not None
    confirm, cancel = (
        page.buttons[0].data or "",
        next(button.data or "" for button in page.buttons if "Удалить черновик" in button.label),
    )
    await anna.tap("Удалить черновик")
    await anna.tap("Удалить")
    await ruslan.send("/courses")
    for label in ("Шахматы", "Подать заявление"):
        await ruslan.tap(label)
    number = int(re.findall(r"^apply\.submit:(\d+):", confirm)[0])
    async with world.db.read() as tx:
        (danas,) = await tx.scalars(select(Application.id).where(Application.pupil_id == DANA))
    assert danas > number
    for who in (anna, ruslan):  # and if the page were on the other parent's telephone
        await who.press(page.id, confirm)
        assert str(who.toasts[-1]) == GONE
        await who.press(page.id, cancel)
    assert await state_of(world.db, danas) == "draft"
    await ruslan.send("/applications")
    await ruslan.tap("Дана")
    await ruslan.tap("Подтвердить")
    assert said(ruslan).startswith("✅ Заявление отправлено: Дана, 7А")
    assert await state_of(world.db, danas) == "submitted"


async def test_the_button_of_a_draft_thrown_away_never_means_another_childs(world: World) -> None:
    await a_draft_of_another_child_does_not_get_its_number(world)


async def test_the_same_on_postgresql(world_on_postgres: World) -> None:
    await a_draft_of_another_child_does_not_get_its_number(world_on_postgres)


async def test_what_the_other_parent_changed_is_looked_at_before_it_is_sent(world: World) -> None:
    """The draft is the same, its courses are not: the old page's button shows how it stands."""
    anna = world.anna
    await anna.send("/courses")
    for label in ("Миша", "Шахматы", "Подать заявление"):
        await anna.tap(label)
    page = anna.newest
    assert page is not None
    submit_data = page.buttons[0].data or ""
    cancel = next(button.data or "" for button in page.buttons if "Удалить черновик" in button.label)
    number = int(submit_data.split(":")[1])
    await choose(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF, at=THEN)
    for data in (
        submit_data,
        cancel,
        f"apply.submit:{number}",
        f"apply.discard:{number}",
    ):  # the last two: before there was a stamp
        await anna.press(page.id, data)
        assert said(anna).startswith(f"{CHANGED}\n\nЗаявление: Миша, 7А")
        assert "2. Робототехника" in said(anna)
        assert await state_of(world.db, number) == "draft"
    await anna.tap("Подтвердить")
    assert "1. Шахматы: ждёт решения школы.\n2. Робототехника: ждёт решения школы." in said(anna)


async def test_ids_of_deleted_rows_are_not_given_again(db: Database) -> None:
    first = await choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    await discard(db, first, by=ANNA_HERSELF)
    second = await choose(db, DANA, CHESS, by=RUSLAN_HIMSELF, at=THEN)
    assert second > first
    with pytest.raises(ChangedSince):
        await submit(db, second, by=RUSLAN_HIMSELF, now=MOMENT, today=TODAY, seen=stamp(1, []))
    assert await state_of(db, second) == "draft"


# ── the tables ──────────────────────────────────────────────────────────────────────────────────────────────────────


def numbered() -> set[str]:
    """Every table whose rows have an `id`."""
    return {name for name, table in Table.metadata.tables.items() if list(table.primary_key.columns.keys()) == ["id"]}


async def made_as_autoincrement(db: Database) -> set[str]:
    async with db.read() as tx:
        rows = await tx.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        return {name for name, made in rows if re.search(r"\bid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", made or "")}


async def test_every_numbered_table_is_born_so_and_migrated_so(tmp_path: Path) -> None:
    """Whatever a later migration makes anew: Alembic's batches forget the counting, storage/numbers.py sees to it."""
    db = Database(f"sqlite+aiosqlite:///{tmp_path}/new.sqlite3")
    await db.open()
    await migrate(db)
    assert await made_as_autoincrement(db) == numbered()
    assert {
        name for name, table in Table.metadata.tables.items() if table.dialect_options["sqlite"]["autoincrement"]
    } == numbered()
    await db.close()


# ── what main kept before ───────────────────────────────────────────────────────────────────────────────────────────

# Counted in the files when they were made: the demo's tour played by the version before ids were never given again,
# after a draft of Дана's was thrown away and another one begun.
HELD = {"applications": 8, "choices": 9, "requests": 2, "lessons": 328, "journal_entries": 7, "letters": 26, "people": 9}
SAID = (
    "SELECT p.code, c.name, j.value FROM journal_entries j JOIN pupils p ON p.id = j.pupil_id"
    " JOIN course_groups g ON g.id = j.group_id JOIN courses c ON c.id = g.course_id WHERE j.kind = 'mark' ORDER BY p.code, j.id"
)


def unpacked(folder: Path) -> Path:
    file = folder / "old.sqlite3"
    file.write_bytes(gzip.decompress((FILES / "main-before-17.sqlite3.gz").read_bytes()))
    return file


def rows_of(file: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(file)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: opened.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - names of ours
            for name in names
            if not name.startswith(("sqlite_", "alembic_"))
        }


async def test_an_old_database_keeps_every_row_and_every_rule(tmp_path: Path) -> None:
    file = unpacked(tmp_path)
    before = rows_of(file)
    db = Database(f"sqlite+aiosqlite:///{file}")
    await db.open()
    await migrate(db, "0002")
    assert rows_of(file) == before
    assert {name: len(before[name]) for name in HELD} == HELD
    await migrate(db)
    assert await difference(db) == []
    assert await made_as_autoincrement(db) == numbered()
    async with db.read() as tx:
        assert (await tx.execute(text("PRAGMA foreign_key_check"))).all() == []
        assert (await tx.execute(text("PRAGMA foreign_keys"))).scalar() == 1
        checks = await tx.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'letters'"))
        assert "CONSTRAINT ck_letters_state CHECK" in str(checks)
        partial = await tx.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'ix_applications_draft'"))
        assert str(partial).endswith("WHERE state = 'draft'")
    await db.close()


async def test_an_old_database_gives_no_number_that_was_ever_given(tmp_path: Path) -> None:
    """Its highest draft may be gone without a trace: the numbers leap."""
    db = Database(f"sqlite+aiosqlite:///{unpacked(tmp_path)}")
    await db.open()
    await migrate(db)
    async with db.write() as tx:
        row = {"state": "draft", "created_at": MOMENT}
        assert (await tx.execute(insert(Application).values(row).returning(Application.id))).scalar_one() == 8 + 1000 + 1
    await db.close()


async def test_what_is_only_mentioned_counts(tmp_path: Path) -> None:
    """A letter, an audit line, a talk name what is gone: nothing new gets its number."""
    file = unpacked(tmp_path)
    with closing(sqlite3.connect(file)) as opened:
        at = "2026-11-25 09:00:00.000000"
        opened.execute(
            "INSERT INTO audit (at, action, thing, thing_id, after) VALUES (?, 'calls.made', 'choice', 5001, '{\"calls\": [4711]}')",
            (at,),
        )
        opened.execute("INSERT INTO talks (key, state, data, changed_at) VALUES ('1:1', NULL, '{\"lesson\": 9001}', ?)", (at,))
        opened.execute(
            "UPDATE letters SET topic = 'application:7001:decided', facts = '{\"document\": 6001, \"tasks\": [8001, 3]}' WHERE id = 1"
        )
        opened.commit()
    db = Database(f"sqlite+aiosqlite:///{file}")
    await db.open()
    await migrate(db)
    async with db.read() as tx:
        found = {row.name: row.seq for row in await tx.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    await db.close()
    names = ("choices", "calls", "lessons", "applications", "documents", "tasks", "people")
    assert {name: found[name] for name in names} == {
        "choices": 6001, "calls": 5711, "lessons": 9001, "applications": 8001, "documents": 7001, "tasks": 9001, "people": 9,
    }  # fmt: skip


async def test_an_old_postgresql_database_opens_and_holds_the_same(tmp_path: Path, postgres_server: str) -> None:
    name = f"old_{uuid4().hex[:12]}"
    await _create(postgres_server, name)
    connection = await asyncpg.connect(f"postgresql://{postgres_server}/{name}")
    await connection.execute(gzip.decompress((FILES / "main-before-17.postgresql.sql.gz").read_bytes()).decode())
    await connection.close()
    db = Database(f"postgresql+asyncpg://{postgres_server}/{name}")
    await db.open()
    await migrate(db)
    assert await difference(db) == []
    lite = Database(f"sqlite+aiosqlite:///{unpacked(tmp_path)}")
    await lite.open()
    await migrate(lite)
    async with db.read() as here, lite.read() as there:
        for table, count in HELD.items():
            assert await here.scalar(text(f"SELECT count(*) FROM {table}")) == count  # noqa: S608 - names of ours
        marks = [tuple(row) for row in await here.execute(text(SAID))]
        assert marks == [tuple(row) for row in await there.execute(text(SAID))]
        assert len(marks) > 2
    async with db.read() as tx:
        was = await tx.scalar(text("SELECT last_value FROM applications_id_seq"))
    await leave_out_given(db)  # after an older copy was put back
    async with db.read() as tx:
        assert await tx.scalar(text("SELECT last_value FROM applications_id_seq")) == was + 1000
    await lite.close()
    await db.close()


# ── an older copy is put back ───────────────────────────────────────────────────────────────────────────────────────


async def test_what_was_given_after_the_copy_was_taken_is_not_given_again(tmp_path: Path) -> None:
    live, copy = tmp_path / "live.sqlite3", tmp_path / "copy.sqlite3"
    shutil.copy(unpacked(tmp_path), live)
    db = Database(f"sqlite+aiosqlite:///{live}")
    await db.open()
    await migrate(db)
    async with db.write() as tx:
        await tx.execute(text("UPDATE sqlite_sequence SET seq = 2000 WHERE name = 'applications'"))
    await db.close()
    shutil.copy(live, copy)
    with closing(sqlite3.connect(live)) as opened:
        opened.execute("UPDATE sqlite_sequence SET seq = 2050 WHERE name = 'applications'")  # given since
        opened.commit()
    found = {}
    for replaced in (live, tmp_path / "no such database"):
        back = tmp_path / f"back-{replaced.name}"
        shutil.copy(copy, back)
        db = Database(f"sqlite+aiosqlite:///{back}")
        await db.open()
        await leave_out_given(db, replaced)
        async with db.read() as tx:
            found[replaced.name] = await tx.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'applications'"))
        await db.close()
    assert found == {"live.sqlite3": 2050, "no such database": 3000}
