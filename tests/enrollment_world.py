"""What the stories of enrollment begin with: an application handed in, approved, requested."""

from __future__ import annotations

from datetime import UTC, date

from sqlalchemy import insert, select

from bot.clock import Moment
from bot.policy import Person, Post
from bot.services.deciding.deciding import Verdict, decide
from bot.services.enrollment.applications import choose, submit
from bot.services.requests.forming import form_request
from storage.courses import courses
from storage.db import Database
from storage.tables import Application, Choice, Consent, Course, Guardianship, Pupil
from storage.tables import Person as PersonRow
from tests.world import ANNA, CENTRE, DANA, IRINA, IT, MISHA, NOW, NURBIY, OLGA, RUSLAN, SCHOOL, VERA, ZONE

TODAY = date(2026, 11, 9)
MOMENT = NOW.astimezone(UTC)
THEN = Moment(MOMENT, ZONE)

ANNA_HERSELF = Person(ANNA, 1, children=frozenset({MISHA, VERA}))
RUSLAN_HIMSELF = Person(RUSLAN, 2, children=frozenset({DANA}))
OLGA_HERSELF = Person(OLGA, 3, posts=frozenset({Post("coordinator", 1, SCHOOL)}))
IRINA_HERSELF = Person(IRINA, 4, posts=frozenset({Post("partner", 12, IT)}))
NURBIY_HIMSELF = Person(NURBIY, 5, posts=frozenset({Post("partner", 22, CENTRE)}))


async def handed_in(db: Database, pupil: int, *courses: int, by: Person) -> int:
    """An application submitted at noon."""
    application = 0
    for course in courses:
        application = await choose(db, pupil, course, by=by, at=THEN)
    await submit(db, application, by=by, now=MOMENT, today=TODAY)
    return application


async def approved(db: Database, pupil: int, *courses: int, by: Person) -> int:
    application = await handed_in(db, pupil, *courses, by=by)
    await decide(db, application, Verdict("approve"), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    return application


async def drawn(db: Database) -> None:
    """Approved wishes for courses «заявки» hold the places of a published draw, even if the seats became fewer since."""
    async with db.write() as tx:
        waits = (Choice.state == "approved") & Choice.group_id.is_(None) & (Course.selection == "ranked")
        rows = await tx.scalars(select(Choice).join(Course, Course.id == Choice.course_id).where(waits).order_by(Choice.id))
        for choice in rows.all():
            (offer,) = await courses.offers(tx, [choice.course_id], current=False)
            if offer.groups:
                choice.group_id = max(offer.groups, key=lambda group: (group.left, -group.id)).id
                await tx.flush()


async def requested(db: Database, partner: int) -> int:
    """The request of everybody approved, after the draw."""
    await drawn(db)
    return await form_request(db, SCHOOL, partner, by=OLGA_HERSELF, now=MOMENT, year=2026, zone=ZONE)


async def classmates(db: Database, count: int) -> dict[int, Person]:
    """Children of 7А (named Имя 100, Имя 101, …), each with a guardian of their own."""
    made = {}
    async with db.write() as tx:
        for number in range(100, 100 + count):
            await tx.execute(insert(PersonRow).values(id=number, telegram_id=number, name="Кто-то", created_at=MOMENT))
            pupil = {
                "id": number,
                "code": f"У-{number}",
                "full_name": f"Фамилия{number} Имя{number}",
                "class_name": "7А",
                "class_year": 2026,
            }
            await tx.execute(insert(Pupil).values(**pupil, school_id=SCHOOL))
            await tx.execute(insert(Guardianship).values(person_id=number, pupil_id=number, since=MOMENT))
            agreed = {"person_id": number, "pupil_id": number, "text_version": "2026-08", "basis": "мать", "given_at": MOMENT}
            for purpose in ("processing", "messages"):
                await tx.execute(insert(Consent).values(**agreed, purpose=purpose))
            for partner in (CENTRE, IT):
                await tx.execute(insert(Consent).values(**agreed, purpose="partner", organization_id=partner))
            made[number] = Person(number, number, children=frozenset({number}))
    return made


async def choices(db: Database, application: int) -> dict[int, Choice]:
    """By course."""
    async with db.read() as tx:
        rows = await tx.scalars(select(Choice).where(Choice.application_id == application))
        return {choice.course_id: choice for choice in rows}


async def state_of(db: Database, application: int) -> str | None:
    async with db.read() as tx:
        return await tx.scalar(select(Application.state).where(Application.id == application))
