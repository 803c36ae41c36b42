"""Whose rows are asked for: what somebody is not asks nothing, and a database begins with theirs, not with everybody's."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Select, select, update

from storage.among import among
from storage.certificates.certificates import groups
from storage.db import Database
from storage.offers.offers import Room, room
from storage.tables import Certificate, Choice, Course, Group, Lesson
from storage.timetable.timetable import Scope, given_by, standing_where
from tests.asked import asked, plan, statements
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, at, enroll
from tests.world import CENTRE, CHESS, DANA, IT, MISHA, ROBOTICS, SCHOOL

DAYS = (Lesson.starts_at >= at(9, 0), Lesson.starts_at < at(16, 0))
PAVEL, ZAREMA = 11, 21  # of the staff: who teach robotics and chess


async def test_no_list_finds_nothing_and_an_empty_one_asks_nothing(db: Database) -> None:
    async with db.read() as tx:
        for asked, found in (
            ([], []),
            ([(Course.organization_id, ()), (Course.id, [])], []),
            ([(Course.organization_id, {IT}), (Course.id, ())], [ROBOTICS]),
            ([(Course.organization_id, {IT}), (Course.id, [CHESS])], [ROBOTICS, CHESS]),
        ):
            assert list(await tx.scalars(select(Course.id).where(among(*asked)).order_by(Course.id))) == found
    assert "OR" not in str(select(Course.id).where(among((Course.organization_id, {IT}), (Course.id, ()))))


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_lessons_begin_with_those_of_whom_they_are(db: Database) -> None:
    """And not with all lessons of the days that are meant, of which a region has two thousand each."""
    for whose in (
        Scope(teachers=frozenset({PAVEL})).holds(),
        Scope(organizations=frozenset({IT})).holds(),
        given_by([PAVEL]),
    ):
        steps = await plan_of(db, standing_where(whose, *DAYS))
        assert "SEARCH lessons USING INTEGER PRIMARY KEY" in steps
        assert "ix_lessons_starts_at" not in steps


async def test_whose_lessons_they_are(db: Database) -> None:
    """A stand-in gives it, and whose group it is still sees it."""
    async with db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(teacher_id=ZAREMA))
    robotics, chess = {ROBOTICS_THURSDAY}, {CHESS_WEDNESDAY}
    async with db.read() as tx:
        for whose, found in (
            (given_by([PAVEL]), set()),
            (given_by([ZAREMA]), robotics | chess),
            (given_by([]), set()),
            (Scope(teachers=frozenset({PAVEL})).holds(), robotics),
            (Scope(teachers=frozenset({ZAREMA})).holds(), robotics | chess),
            (Scope(organizations=frozenset({CENTRE})).holds(), chess),
            (Scope(organizations=frozenset({CENTRE}), teachers=frozenset({PAVEL})).holds(), robotics | chess),
            (Scope().holds(), set()),
            (Scope(everywhere=True).holds(), robotics | chess),
        ):
            asked = select(Lesson.id).join(Group, Group.id == Lesson.group_id).where(whose, *DAYS)
            assert set(await tx.scalars(asked)) == found


async def test_the_certificates_of_a_school_and_of_a_partner(db: Database) -> None:
    """Each of them alone, and both: somebody may be at two posts."""
    await enroll(db, MISHA, ROBOTICS)
    await enroll(db, DANA, CHESS)
    async with db.write() as tx:
        await tx.execute(update(Choice).values(state="completed"))
    async with db.read() as tx:
        for partners, schools, found in (((IT,), (), [ROBOTICS]), ((), (SCHOOL,), [ROBOTICS, CHESS]), ((), (), [])):
            assert [one.id for one in await groups(tx, [2026], partners, schools)] == found
        assert [one.id for one in await groups(tx, [2026], (IT,), (SCHOOL,))] == [ROBOTICS, CHESS]


async def test_the_seats_of_one_group_are_counted_by_themselves(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    await enroll(db, DANA, CHESS)
    with statements(db) as asked:
        async with db.read() as tx:
            found = await room(tx, ROBOTICS)
    assert found == Room(group_id=ROBOTICS, course_id=ROBOTICS, seats=12, taken=1, kept_free=0)
    assert [one for one in asked if "choices.group_id IS NOT NULL" in one] == []


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_what_makes_up_a_lesson_and_what_stands_instead_of_a_wish_is_found(db: Database) -> None:
    """A page asked it of all lessons of a region; a draft's wish that goes away, of all wishes; a school's documents, of all courses."""
    assert "ix_lessons_makes_up_id (makes_up_id=?)" in await plan_of(db, select(Lesson.id).where(Lesson.makes_up_id == 5))
    assert "ix_choices_instead_of (instead_of=?)" in await plan_of(db, select(Choice.id).where(Choice.instead_of == 5))
    issued = select(Certificate.id).where(Certificate.school_id == SCHOOL, Certificate.revoked_at.is_(None))
    assert "ix_certificates_school_id (school_id=?)" in await plan_of(db, issued)


async def plan_of(db: Database, question: Select[Any]) -> str:
    """With its values open, as it is asked in earnest."""
    with asked(db) as heard:
        async with db.read() as tx:
            await tx.execute(question)
    return " · ".join(plan(db, *heard[-1]))
