"""What the stories of two workbooks and the chat begin with: a small network loaded from a book, three children enrolled.

Wednesday, 25 November 2026, ten in the morning; the book was loaded the day before, every letter is out.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update

from bot.clock import Moment
from bot.notices import notice_of
from bot.policy import Person as Someone
from bot.policy import Post
from bot.refusals import Faults
from bot.services.network.network import carry_out, plan, workbook_of
from bot.services.network.plan import Plan
from bot.voice import voice
from bot.words.network import plan_lines
from storage.db import Database
from storage.tables import Application, Choice, Consent, Group, Guardianship, Lesson, Letter, Organization, Person, Pupil, Staff
from tests.world import ZONE

FILES = Path(__file__).parent.parent / "files" / "timetable"
SAY = voice("ru", ZONE)
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
LOADED = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
SIMA, PAVEL, MARINA, AZAMATS, ALYONAS, TIMURS = range(1, 7)  # people: the coordinator, two teachers, three families
COORDINATOR = Someone(SIMA, 1001, posts=frozenset({Post("coordinator", 1, 1)}))


async def settle(db: Database, zone: ZoneInfo = ZONE) -> None:
    """base.xlsx the day before; the three children learn, their families and the teachers have the bot."""
    await loaded(db, "base", LOADED, zone)
    async with db.write() as tx:
        people = [
            {"id": n, "telegram_id": 1000 + n, "name": f"{n}", "language": "ru", "detail": "full", "created_at": LOADED}
            for n in range(1, 7)
        ]
        await tx.execute(insert(Person), people)
        for code, person in (("К1", SIMA), ("П1", PAVEL), ("П2", MARINA)):
            await tx.execute(update(Staff).where(Staff.code == code).values(person_id=person))
        pupils = {row.code: row.id for row in await tx.execute(select(Pupil.code, Pupil.id))}
        groups = {row.code: row for row in await tx.execute(select(Group.code, Group.id, Group.course_id))}
        partners = list(await tx.scalars(select(Organization.id).where(Organization.role == "partner")))
        for code, family, learns in (
            ("У1", AZAMATS, ("РОБО-1", "ШАХ-1")),
            ("У2", ALYONAS, ("РОБО-1",)),
            ("У3", TIMURS, ("ЛЕП-1",)),
        ):
            pupil = pupils[code]
            await tx.execute(insert(Guardianship).values(person_id=family, pupil_id=pupil, since=LOADED))
            given = {"person_id": family, "pupil_id": pupil, "text_version": "2026-08", "basis": "мать", "given_at": LOADED}
            purposes = [("processing", None), ("messages", None), *(("partner", partner) for partner in partners)]
            for purpose, partner in purposes:
                await tx.execute(insert(Consent).values(**given, purpose=purpose, organization_id=partner))
            row = {"pupil_id": pupil, "state": "approved", "created_at": LOADED, "submitted_at": LOADED, "year": 2026}
            application = (await tx.execute(insert(Application).values(row).returning(Application.id))).scalar_one()
            for rank, group in enumerate(learns, 1):
                chosen = {"application_id": application, "course_id": groups[group].course_id, "group_id": groups[group].id}
                await tx.execute(insert(Choice).values(**chosen, rank=rank, state="enrolled", changed_at=LOADED))


async def loaded(db: Database, name: str, now: datetime, zone: ZoneInfo = ZONE) -> Plan:
    """A book of the cases, carried out."""
    book = await workbook_of(db, (FILES / f"{name}.xlsx").read_bytes(), f"{name}.xlsx", at=Moment(now, zone))
    return await carry_out(db, book, by=None, now=now, zone=zone)


async def planned(db: Database, name: str, now: datetime = NOW) -> list[str]:
    """The plan of a book in words, or its faults."""
    try:
        book = await workbook_of(db, (FILES / f"{name}.xlsx").read_bytes(), f"{name}.xlsx", at=Moment(now, ZONE))
        return [plain(line) for line in plan_lines(await plan(db, book, now=now, zone=ZONE), SAY.plain)]
    except Faults as faults:
        return [plain(SAY.plain(fault.key, **fault.facts)) for fault in faults.faults]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


async def sent(db: Database) -> None:
    """Every letter that waits goes out."""
    async with db.write() as tx:
        await tx.execute(update(Letter).where(Letter.state == "new").values(state="sent"))


async def told(db: Database, person: int, *, due: datetime | None = None) -> list[str]:
    """What somebody is about to be told, in order; `due`: by then."""
    async with db.read() as tx:
        rows = await tx.execute(select(Letter).where(Letter.state == "new", Letter.person_id == person).order_by(Letter.id))
        found = [row for row in rows.scalars() if due is None or row.due_at <= due]
    return [plain(notice_of(row.kind, row.facts or {}).text(SAY, "full")) for row in found]


async def lessons(db: Database, group: str, first: date, last: date) -> list[str]:
    """The timetable of a group: «26.11 15:00», «03.12 15:00 отменено», «08.12 15:00 П2»."""
    async with db.read() as tx:
        rows = await tx.execute(
            select(Lesson.starts_at, Lesson.cancelled_at, Staff.code)
            .join(Group, Group.id == Lesson.group_id)
            .outerjoin(Staff, Staff.id == Lesson.teacher_id)
            .where(Group.code == group, Lesson.archived_at.is_(None))
            .order_by(Lesson.starts_at)
        )
        return [_shown(row) for row in rows if first <= row.starts_at.astimezone(ZONE).date() <= last]


def _shown(row: Any) -> str:
    said = [f"{row.starts_at.astimezone(ZONE):%d.%m %H:%M}"]
    return " ".join([*said, *(["отменено"] if row.cancelled_at else []), *([row.code] if row.code else [])])


async def lesson_on(db: Database, group: str, at: datetime) -> int:
    async with db.read() as tx:
        question = select(Lesson.id).join(Group).where(Group.code == group, Lesson.starts_at == at.astimezone(UTC))
        return (await tx.execute(question)).scalar_one()
