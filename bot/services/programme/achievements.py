"""Achievements of pupils: told by the family or a teacher, confirmed by the teacher; and the portfolio they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from bot.clock import Moment
from bot.notices.programme import AchievementDecided, AchievementWaits
from bot.policy import Person
from bot.post.posting import Addressed, post_all
from bot.reading.kind import scan_of
from bot.refusals import Refusal
from bot.services.enrollment.choices import checked_reason
from bot.services.enrollment.telling import LETTER_WAITS, tell_family
from bot.services.journal.of_pupil import Learning, learning
from bot.services.network.years import running_now
from storage import audit
from storage.certificates import certificates
from storage.certificates.certificates import Issued
from storage.db import Database, Tx
from storage.network import years
from storage.network.years import AcademicYear, usual
from storage.people.classes import classes_in
from storage.people.people import first_name
from storage.programme import achievements
from storage.programme.achievements import Achieved, Taught
from storage.tables import Achievement, Document, Pupil, Staff

KIND = "achievement"  # of its documents
LARGEST = 10 * 1024 * 1024  # bytes of a file
MOST = 30  # of one pupil in a year


@dataclass(frozen=True)
class Said:
    """What somebody tells: a line, and the name and content of a file where there is one."""

    line: str
    file: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class Portfolio:
    """A pupil's year."""

    pupil_id: int
    child: str
    class_name: str
    year: AcademicYear
    learning: list[Learning]
    documents: list[Issued]
    achieved: list[Achieved]


async def portfolio_of(tx: Tx, pupil_id: int, by: Person, at: Moment) -> Portfolio:
    """Of the running year: for the family, the school's heads, and whoever teaches the pupil. Refusal: gone."""
    year = (await running_now(tx, at.today)).year
    child = await _named(tx, pupil_id, year, by)
    school = (await tx.execute(select(Pupil.school_id).where(Pupil.id == pupil_id))).scalar_one()
    known = (await years.known(tx)).get(year) or usual(year)
    documents = [one for one in await certificates.of_pupils(tx, [pupil_id]) if _of_year(one, known)]
    return Portfolio(
        pupil_id,
        child,
        (await classes_in(tx, [pupil_id], year))[pupil_id],
        known,
        await learning(tx, pupil_id, school, known, at),
        documents,
        await achievements.of_pupil(tx, pupil_id, year),
    )


def _of_year(one: Issued, year: AcademicYear) -> bool:
    return year.starts_on <= date.fromisoformat(str(one.facts["last"])) < date(year.year + 1, 9, 1)


async def _named(tx: Tx, pupil_id: int, year: int, by: Person) -> str:
    """The pupil's name, for who may read the portfolio. Refusal: gone."""
    row = (await tx.execute(select(Pupil.full_name, Pupil.school_id).where(Pupil.id == pupil_id))).one_or_none()
    if row is not None and (pupil_id in by.pupils or row.school_id in by.organizations_as("coordinator", "director")):
        return str(row.full_name)
    mine = await achievements.taught(tx, by.staff_as("teacher"), year, pupil_id=pupil_id)
    if not mine or not mine[0].child:
        raise Refusal("gone")
    return mine[0].child


async def pupils_of(tx: Tx, by: Person, today: date) -> list[Taught]:
    """A teacher's pupils of the running year, those it may name."""
    year = (await running_now(tx, today)).year
    return [one for one in await achievements.taught(tx, by.staff_as("teacher"), year) if one.child]


async def has_portfolio(tx: Tx, by: Person, today: date) -> bool:
    """Whether a portfolio of the running year is this person's to read: of a child that learns, of a pupil they teach."""
    if not (by.pupils or by.staff_as("teacher")):
        return False
    year = (await running_now(tx, today)).year
    if await achievements.learns(tx, by.pupils, year):
        return True
    return any(one.child for one in await achievements.taught(tx, by.staff_as("teacher"), year))


async def waiting_for(tx: Tx, by: Person, today: date) -> list[tuple[Achieved, str]]:
    """What waits for this teacher, of pupils it may name, and for the coordinator, of the school; with the pupil's name."""
    mine = {one.pupil_id: one.child for one in await pupils_of(tx, by, today)}
    found = await achievements.waiting(tx, mine, by.organizations_as("coordinator"))
    listed = []
    for one in found:
        name = mine.get(one.pupil_id) or await tx.scalar(select(Pupil.full_name).where(Pupil.id == one.pupil_id)) or ""
        listed.append((one, name))
    return listed


def require_fit(content: bytes) -> None:
    """Refusal: achievement-file, of what is no photo and no PDF, or too large."""
    if len(content) > LARGEST or scan_of(content) is None:
        raise Refusal("achievement-file", limit=LARGEST // 2**20)


async def tell(db: Database, pupil_id: int, said: Said, *, by: Person, at: Moment) -> Achieved:
    """An achievement of this year. A teacher's own is confirmed at once; the family's waits for the teacher.

    Refusals: gone, reason-needed, reason-too-long, achievement-file (kind or size), achievement-many.
    """
    line = checked_reason(said.line)
    if said.file is not None:
        require_fit(said.file[1])
    family = pupil_id in by.pupils
    async with db.write() as tx:
        year = (await running_now(tx, at.today)).year
        child = await _named(tx, pupil_id, year, by)
        known = await achievements.of_pupil(tx, pupil_id, year)
        for one in known:
            if (one.line, one.said_by, one.document) == (line, by.id, said.file[0] if said.file else None):
                return one  # it came twice
        if len(known) >= MOST:
            raise Refusal("achievement-many", limit=MOST)
        document = None
        if said.file is not None:
            document = Document(name=said.file[0], kind=KIND, content=said.file[1], made_at=at.now, made_by=by.known)
            tx.add(document)
            await tx.flush()
        row = Achievement(
            year=year,
            pupil_id=pupil_id,
            line=line,
            document_id=document.id if document is not None else None,
            said_by=by.known,
            made_at=at.now,
            state="new" if family else "confirmed",
            decided_at=None if family else at.now,
            decided_by=None if family else by.known,
        )
        tx.add(row)
        await tx.flush()
        audit.log(tx, by.known, "achievement.told", ("achievement", row.id), now=at.now)
        if family:
            await _ask_teachers(tx, row.id, pupil_id, year, now=at.now)
        else:
            await _tell(tx, row, child, at.now)
        told = await achievements.one(tx, row.id)
        if told is None:
            raise Refusal("gone")
        return told


async def _ask_teachers(tx: Tx, number: int, pupil_id: int, year: int, *, now: datetime) -> None:
    """A number and a button: who it is stands on the page."""
    teachers = await achievements.teachers_of(tx, pupil_id, year)
    named = {one.teacher_id for one in await achievements.taught(tx, teachers, year, pupil_id=pupil_id) if one.child}
    people = await tx.scalars(select(Staff.person_id).where(Staff.id.in_(named), Staff.person_id.is_not(None)))
    notice = AchievementWaits(id_achievement=number)
    await post_all(tx, [Addressed(each, notice, role="teacher") for each in people if each is not None], now=now)


async def _tell(tx: Tx, row: Achievement, child: str, now: datetime) -> None:
    notice = AchievementDecided(
        id_achievement=row.id, id_pupil=row.pupil_id, child=first_name(child), line=row.line, state=row.state
    )
    await tell_family(tx, row.pupil_id, notice, now=now, due_at=now + LETTER_WAITS)


async def decide(db: Database, number: int, state: str, *, by: Person, at: Moment) -> Achieved:
    """A teacher of the pupil, or the school's coordinator, confirms or declines; once.

    Refusals: gone, achievement-own, achievement-settled (it was decided the other way).
    """
    async with db.write() as tx:
        one = await achievements.one(tx, number)
        if one is None or state not in ("confirmed", "declined"):
            raise Refusal("gone")
        if one.pupil_id in by.pupils:
            raise Refusal("achievement-own")
        child = await _named(tx, one.pupil_id, one.year, by)
        row = await tx.get_one(Achievement, number, populate_existing=True)
        if row.state not in ("new", state):
            raise Refusal("achievement-settled", state=row.state)
        if row.state == "new":
            row.state, row.decided_at, row.decided_by = state, at.now, by.known
            audit.log(
                tx, by.known, "achievement.decided", ("achievement", number), audit.Change(after={"state": state}), now=at.now
            )
            await _tell(tx, row, child, at.now)
        return one


async def forget(db: Database, number: int, *, by: Person, now: datetime) -> Achieved:
    """The family takes it away, or whoever told it. Refusal: gone."""
    async with db.write() as tx:
        one = await achievements.one(tx, number)
        if one is None or not (one.pupil_id in by.pupils or one.said_by == by.id):
            raise Refusal("gone")
        row = await tx.get_one(Achievement, number)
        document = await tx.get(Document, one.document_id) if one.document_id is not None else None
        await tx.delete(row)
        await tx.flush()
        if document is not None:
            await tx.delete(document)
        audit.log(tx, by.known, "achievement.forgotten", ("achievement", number), now=now)
        return one


async def file_of(tx: Tx, number: int, by: Person) -> tuple[str, bytes]:
    """Refusal: gone, of a pupil who is not this reader's too."""
    one = await achievements.one(tx, number)
    if one is None or one.document_id is None:
        raise Refusal("gone")
    await _named(tx, one.pupil_id, one.year, by)
    row = await tx.get_one(Document, one.document_id)
    return row.name, row.content
