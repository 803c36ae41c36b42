"""A page of one group or one pupil of the journal's report says what the whole report says of them, and asks of nobody else."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, insert, select, update

from bot.services.journal.report import Asked, Report, journal_report
from bot.services.journal.tally import Tally, together
from storage.db import Database
from storage.tables import Audit, Choice, Entry, Group
from tests.asked import asked
from tests.papers.test_journal_reports import AT, OLGA_HERSELF, THURSDAYS, dana_left, october
from tests.timetable_world import enrolled
from tests.world import CHESS, DANA, MISHA, NOW, ROBOTICS, VERA, ZONE

SECOND = 7  # another group of robotics


@pytest.fixture
async def october_of_two_groups(db: Database) -> Database:
    """Dana left robotics on the 20th; Vera was put out of its first group into the second on the 12th, and learns chess too."""
    async with db.write() as tx:
        await tx.execute(insert(Group).values(id=SECOND, code="Г-07", course_id=ROBOTICS, teacher_id=11, seats=12))
        await october(tx)
        await dana_left(tx, datetime(2026, 10, 20, 10, tzinfo=ZONE))
        await enrolled(tx, VERA, ROBOTICS)
        hers = await tx.scalar(select(func.max(Choice.id)))
        await tx.execute(update(Choice).where(Choice.id == hers).values(group_id=SECOND))
        put = {"before": {"group": ROBOTICS}, "after": {"group": SECOND}, "at": datetime(2026, 10, 12, 9, tzinfo=ZONE)}
        await tx.execute(insert(Audit).values(action="choice.regroup", thing="choice", thing_id=hers, **put))
        for group, day in ((ROBOTICS, THURSDAYS[0]), (SECOND, THURSDAYS[1]), (CHESS, THURSDAYS[2])):
            entry = {"pupil_id": VERA, "group_id": group, "day": day, "lesson": 1, "kind": "mark", "ordinal": 1, "value": "3"}
            await tx.execute(insert(Entry).values(**entry, entered_at=NOW))
    return db


async def of(db: Database, *, group: int = 0, pupil: int = 0) -> Report:
    return await journal_report(db, Asked(0, 110, group=group, pupil=pupil), by=OLGA_HERSELF, at=AT)


async def test_of_one_group_it_says_what_the_whole_says_and_asks_for_that_groups_journal(october_of_two_groups: Database) -> None:
    whole = await of(october_of_two_groups)
    assert [one.group.code for one in whole.groups] == ["Г-02", "Г-01", "Г-07"]
    assert [[row.child for row in one.pupils] for one in whole.groups] == [
        ["Петрова Вера Алексеевна"],
        ["Петров Миша Алексеевич", "Петрова Вера Алексеевна", "Шеуджен Дана Руслановна"],
        ["Петрова Вера Алексеевна"],
    ]
    for one in whole.groups:
        with asked(october_of_two_groups) as heard:
            assert (await of(october_of_two_groups, group=one.group.id)).groups == (one,)
        journal = [values for statement, values in heard if "FROM journal_entries" in statement]
        others = {ROBOTICS, SECOND, CHESS} - {one.group.id}
        assert journal
        assert all(one.group.id in values and not others & set(values) for values in journal)


async def test_of_one_pupil_it_says_what_the_whole_says(october_of_two_groups: Database) -> None:
    whole = await of(october_of_two_groups)
    for pupil, groups in ((MISHA, 1), (DANA, 1), (VERA, 3)):
        rows = [(one.group, row) for one in whole.groups for row in one.pupils if row.pupil_id == pupil]
        assert len(rows) == groups
        found = await of(october_of_two_groups, pupil=pupil)
        assert [(one.group, row) for one in found.groups for row in one.pupils] == rows


def test_counts_add_up_and_nothing_is_nothing() -> None:
    assert together([]) == Tally()
    assert together([Tally(lessons=2, sick=1, fives=1, graded=5), Tally(lessons=1, fours=1, graded=4)]) == Tally(
        lessons=3, sick=1, fives=1, fours=1, graded=9
    )
