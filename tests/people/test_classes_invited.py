"""The classes a coordinator invites from: of their school and of the year that runs, whoever has left apart."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select, update

from storage.allocation import allocation
from storage.db import Database
from storage.people import invitations
from storage.tables import Application, Choice, Course, Group, Organization, Pupil, Year
from tests.timetable_world import enrolled
from tests.world import CHESS, DANA, MISHA, NOW, ROBOTICS, SCHOOL, VERA

OTHER = 900  # a second school


async def test_each_class_of_a_school_once(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(insert(Organization).values(id=OTHER, code="О-900", name="МБОУ СОШ №2", role="base"))
        pupil = (await tx.execute(select(Pupil.__table__).where(Pupil.id == MISHA))).one()._asdict() | {"person_id": None}
        for number, name, school in ((901, "Агафонов", SCHOOL), (902, "Яковлев", OTHER), (903, "Ушёл", SCHOOL)):
            await tx.execute(
                insert(Pupil).values(pupil | {"id": number, "code": f"У-{number}", "full_name": name, "school_id": school})
            )
        await tx.execute(update(Pupil).where(Pupil.id == 903).values(archived_at=NOW))
        await tx.execute(update(Pupil).where(Pupil.id == VERA).values(class_name="11А"))
    async with db.read() as tx:
        (misha,) = await invitations.targets(tx, 2026, kind="pupil", number=MISHA)
        theirs = await invitations.classes(tx, 2026, [SCHOOL])
        assert theirs[SCHOOL, misha.where] in (MISHA, 901)
        assert (SCHOOL, "11А") in theirs
        assert await invitations.classes(tx, 2026, [OTHER]) == {(OTHER, misha.where): 902}
        assert await invitations.classes(tx, 2026, []) == {}
        found = [one.full_name for one in await invitations.classmates(tx, 2026, misha)]
        assert found[0] == "Агафонов"
        assert not {"Яковлев", "Ушёл"} & set(found)
        after = await invitations.classes(tx, 2027, [SCHOOL])
        assert (SCHOOL, "") not in after
        assert not [name for _, name in after if name.startswith(("11", "12"))]


async def test_the_year_in_which_wishes_wait_and_the_courses_still_open(db: Database) -> None:
    async with db.write() as tx:
        await enrolled(tx, MISHA, ROBOTICS)
        await enrolled(tx, DANA, CHESS)
        await tx.execute(update(Course).values(selection="ranked", closes_on=date(2026, 11, 30)))
    async with db.read() as tx:
        assert await allocation.year_waiting(tx) is None
        assert await allocation.still_open(tx, 2026, NOW.date(), 12) == []
    async with db.write() as tx:
        await tx.execute(update(Choice).values(state="approved", group_id=None))
    async with db.read() as tx:
        assert await allocation.year_waiting(tx) == 2026
        both = [("Робототехника", date(2026, 11, 30)), ("Шахматы", date(2026, 11, 30))]
        assert await allocation.still_open(tx, 2026, NOW.date(), 12) == both
        assert await allocation.still_open(tx, 2026, NOW.date(), 1) == both[:1]
        assert await allocation.still_open(tx, 2025, NOW.date(), 12) == []
        assert await allocation.still_open(tx, 2026, date(2026, 12, 1), 12) == []
    async with db.write() as tx:
        await tx.execute(insert(Year).values(year=2027, starts_on=date(2027, 9, 1), ends_on=date(2028, 5, 31)))
        course = (await tx.execute(select(Course.__table__).where(Course.id == CHESS))).one()._asdict()
        await tx.execute(insert(Course).values(course | {"id": 900, "year": 2027}))
        await tx.execute(update(Choice).where(Choice.course_id == CHESS).values(course_id=900))
        theirs = select(Choice.application_id).where(Choice.course_id == 900)
        await tx.execute(update(Application).where(Application.id.in_(theirs)).values(year=2027))
    async with db.read() as tx:
        assert await allocation.year_waiting(tx) == 2027
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == DANA).values(archived_at=NOW))
        await tx.execute(update(Group).values(archived_at=None))
    async with db.read() as tx:
        assert await allocation.year_waiting(tx) == 2026
