"""Whose an application is: asked in two ways that say the same, of pupils who are there and of erased ones. Both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from storage.db import Database
from storage.people.erased import SCHOOL_OF, of_schools, with_erased
from storage.tables import Application, Organization, Pupil
from tests.world import DANA, MISHA, SCHOOL

SINCE = datetime(2026, 9, 1, 9, tzinfo=UTC)
OTHER = 50


async def test_the_schools_of_applications(db: Database) -> None:
    """Of three applications one is of a pupil of another school, one of a pupil of this school who was erased."""
    async with db.write() as tx:
        await tx.execute(insert(Organization).values(id=OTHER, code="О-50", name="МБОУ СОШ №2", role="base"))
        await tx.execute(update(Pupil).where(Pupil.id == DANA).values(school_id=OTHER))
        rows = [(1, MISHA, None), (2, DANA, None), (3, None, SCHOOL)]
        for id_, pupil, school in rows:
            given = {"id": id_, "pupil_id": pupil, "school_id": school, "state": "submitted", "created_at": SINCE}
            await tx.execute(insert(Application).values(**given))
    found = {}
    async with db.read() as tx:
        for schools in ((), (SCHOOL,), (OTHER,), (SCHOOL, OTHER)):
            every = select(Application.id).order_by(Application.id)
            found[schools] = list(await tx.scalars(every.where(of_schools(schools))))
            assert found[schools] == list(await tx.scalars(with_erased(every).where(SCHOOL_OF.in_(schools))))
    assert found == {(): [], (SCHOOL,): [1, 3], (OTHER,): [2], (SCHOOL, OTHER): [1, 2, 3]}
