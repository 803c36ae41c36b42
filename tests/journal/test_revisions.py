"""Every change of the journal stays readable: who, when, from which file, what was before; replayed, it is what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.clock import Moment
from bot.policy import Person, Post
from bot.reading.journal.entry import Column, Entry, Journal
from bot.refusals import Refusal
from bot.services.journal.entering import Entered, enter, undo
from bot.services.journal.families import Absence, explain_absence
from bot.services.journal.journal import Answer, JournalFile, apply_journal
from bot.services.journal.match import Wanted
from storage import tables
from storage.db import Database
from storage.doctor import violations
from storage.journal import journal, standing
from storage.journal.history import history
from storage.journal.writing import Key, Source, WrittenTopic
from tests.journal.test_journal_plan import enrol
from tests.world import ANNA, DANA, IT, MISHA, PAVEL, ROBOTICS, TELEGRAM, ZONE

TODAY = date(2026, 11, 9)
TOLD = "entries of the journal that stand otherwise than was last written"


def at(minute: int) -> Moment:
    return Moment(datetime(2026, 11, 9, 9, 0, tzinfo=UTC) + timedelta(minutes=minute), ZONE)


def mark(place: int = 1, *, pupil: int = MISHA, kind: str = "mark") -> Key:
    return pupil, ROBOTICS, TODAY, 1, kind, place


TEACHER = Person(PAVEL, TELEGRAM[PAVEL], posts=frozenset({Post("teacher", 11, IT)}))
MOTHER = Person(ANNA, TELEGRAM[ANNA], children=frozenset({MISHA}))


async def tapped(db: Database, by: Person, wanted: dict[Key, Wanted | None], *topics: WrittenTopic, minute: int = 0) -> Entered:
    async with db.write() as tx:
        (group,) = await journal.groups(tx, group_id=ROBOTICS)
        return await enter(tx, group, wanted, topics, source=Source("chat", by.known), at=at(minute))


async def sent(db: Database, by: Person | None, *rows: Entry, minute: int = 0) -> None:
    file = JournalFile("Журнал.xlsx", f"{minute:064}", Journal(rows))
    await apply_journal(db, file, by=by, at=at(minute), answer=Answer(left_out="take", sure=True))


def row(*marks: str, code: str = "У-701", absent: bool = False) -> Entry:
    columns = {"code": Column("D", "Отметка")}
    return Entry("Ноябрь", 7, TODAY, "Г-01", code, None, marks, ("Н",) if absent else (), columns=columns)


async def told(db: Database, key: Key) -> list[str]:
    """An entry's history, a line for each step."""
    async with db.read() as tx:
        (entry,) = [
            one
            for one in await standing.entries(tx, {(key[1], key[2])})
            if (one.pupil_id, one.group_id, one.day, one.lesson, one.kind, one.ordinal) == key
        ]
        steps = (await history(tx, [entry.id]))[entry.id]
    return [
        f"{step.source} {step.file or '—'} {step.sheet or '—'} {step.cell or '—'}: {'—' if step.removed else step.value}"
        for step in steps
    ]


async def topics(db: Database) -> list[tuple[str | None, str | None]]:
    async with db.read() as tx:
        return [(one.topic, one.homework) for one in await tx.scalars(select(tables.Topic))]


async def test_a_mark_tells_who_set_it_when_from_which_cell_and_what_was_before(db: Database) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    await sent(db, TEACHER, row("4"), minute=1)
    await tapped(db, TEACHER, {mark(): Wanted("5", None, None)}, minute=2)
    await sent(db, None, row("3"), minute=3)
    await sent(db, None, row(), minute=4)
    assert await told(db, mark()) == [
        "file Журнал.xlsx Ноябрь D7: 4",
        "chat — — —: 5",
        "file Журнал.xlsx Ноябрь D7: 3",
        "file Журнал.xlsx — —: —",
    ]
    async with db.read() as tx:
        rows = [(one.by, one.at) for one in await tx.scalars(select(tables.Writing).order_by(tables.Writing.id))]
    assert rows == [(TEACHER.id, at(1).now), (TEACHER.id, at(2).now), (None, at(3).now), (None, at(4).now)]


async def test_what_was_entered_in_the_chat_is_undone_whole_and_once(db: Database) -> None:
    await enrol(db, (MISHA, ROBOTICS), (DANA, ROBOTICS))
    topic = WrittenTopic(ROBOTICS, TODAY, 1, "Датчики", None)
    first = await tapped(db, TEACHER, {mark(): Wanted("5", None, None), mark(pupil=DANA): Wanted("4", None, None)}, topic)
    again = await tapped(db, TEACHER, {mark(): Wanted("5", None, None), mark(pupil=DANA): Wanted("4", None, None)}, topic)
    assert (len(first.changes), again) == (2, Entered())
    assert first.writing is not None
    undone = await undo(db, first.writing, by=TEACHER, at=at(1))
    assert [change.now for change in undone.changes] == [None, None]
    assert await topics(db) == [(None, None)]
    assert await undo(db, first.writing, by=TEACHER, at=at(2)) == Entered()  # pressed twice
    assert await told(db, mark()) == ["chat — — —: 5", "undo — — —: —"]


async def test_what_somebody_has_changed_since_is_not_undone(db: Database) -> None:
    await enrol(db, (MISHA, ROBOTICS))
    first = await tapped(db, TEACHER, {mark(): Wanted("5", None, None)})
    await sent(db, None, row("3"), minute=1)
    assert first.writing is not None
    with pytest.raises(Refusal) as refused:
        await undo(db, first.writing, by=TEACHER, at=at(2))
    assert refused.value.key == "journal-changed-since"
    with pytest.raises(Refusal) as refused:
        await undo(db, first.writing, by=MOTHER, at=at(2))
    assert refused.value.key == "not-yours"


# ── whatever happens ────────────────────────────────────────────────────────────────────────────────────────────────

MARKS = st.lists(st.sampled_from(["5", "4", "зачёт"]), max_size=2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), st.lists(st.tuples(st.sampled_from(["У-701", "У-702"]), MARKS, st.booleans()), min_size=1, max_size=3)),
        st.tuples(st.just("chat"), st.sampled_from([MISHA, DANA]), st.sampled_from(["5", "2", None]), st.sampled_from(["", "Датчики"])),
        st.tuples(st.just("undo"), st.integers(0, 5)),
        st.tuples(st.just("reason"), st.sampled_from(["sick", "family"])),
    ),
    min_size=1,
    max_size=7,
)  # fmt: skip


async def step(db: Database, by: Person, what: Sequence[Any], done: list[int], minute: int) -> None:
    match what:
        case ("file", rows):
            await sent(db, None, *(row(*marks, code=code, absent=gone) for code, marks, gone in rows), minute=minute)
        case ("chat", pupil, value, topic):
            to = {mark(pupil=pupil): None if value is None else Wanted(value, None, None)}
            entered = await tapped(db, by, to, WrittenTopic(ROBOTICS, TODAY, 1, topic or None, None), minute=minute)
            done += [entered.writing] if entered.writing else []
        case ("undo", number) if done:
            await undo(db, done[number % len(done)], by=by, at=at(minute))
        case ("reason", why):
            await explain_absence(db, Absence(MISHA, ROBOTICS, TODAY), why, by=MOTHER, now=at(minute).now)


async def replayed(db: Database) -> dict[int, tuple[Any, ...]]:
    """What the revisions come to, one after the other."""
    async with db.read() as tx:
        rows = await tx.scalars(select(tables.Revision).order_by(tables.Revision.id))
        return {one.entry_id: (one.value, one.work, one.comment, one.removed) for one in rows}


async def entries(db: Database) -> dict[int, tuple[Any, ...]]:
    async with db.read() as tx:
        rows = await tx.scalars(select(tables.Entry))
        return {one.id: (one.value, one.work, one.comment, one.removed_at is not None) for one in rows}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_the_revisions_replayed_are_the_entries(
    settled_file: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[Any]
) -> None:
    place = tmp_path_factory.mktemp("one") / "bot.sqlite3"
    place.write_bytes(settled_file.read_bytes())
    db = Database(f"sqlite+aiosqlite:///{place}")
    await db.open()
    try:
        await enrol(db, (MISHA, ROBOTICS), (DANA, ROBOTICS))
        done = list[int]()
        for minute, what in enumerate(steps, 1):
            before = await replayed(db)
            try:
                await step(db, TEACHER, what, done, minute)
            except Refusal:
                assert await replayed(db) == before
            assert await replayed(db) == await entries(db)
            async with db.read() as tx:
                assert TOLD not in await violations(tx)
    finally:
        await db.close()
