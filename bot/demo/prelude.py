"""What has happened in the demo's network before the curtain rises: the workbook is loaded, a few children learn already."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from bot.clock import Moment
from bot.demo.journals import keep_journals
from bot.demo.network import ANNA, IRINA, MISHA, NURBIY, OLGA, PEOPLE, RUSLAN, academic_year, workbook
from bot.demo.stops import StoryBroken
from bot.demo.story import Paper
from bot.policy import Person, Post, Role, Thing
from bot.sandbox import Phone, Sandbox
from bot.services.enrollment.choices import Verb, walk
from bot.services.network.classes import Said
from bot.services.network.network import carry_out, workbook_of
from bot.services.papers.agreements import Wanted, publish
from bot.services.papers.agreements import enter as enter_agreement
from bot.services.people.entering import enter
from bot.services.people.invitations import make_invitation
from bot.services.roadmap.programme import seed_programme
from bot.settings import Settings
from storage.db import Database, Tx
from storage.papers import agreements
from storage.roadmap import roadmap
from storage.tables import Application, Choice, Course, Group, Organization, Pupil, Staff
from storage.tables import Person as PersonRow

HALF_YEAR = "roadmap-6"
AT_WORK = (OLGA, IRINA, NURBIY)
WAY: tuple[tuple[Verb, Role], ...] = (
    ("submit", "coordinator"),
    ("approve", "coordinator"),
    ("request", "coordinator"),
    ("enroll", "partner"),
)
LEARNING = {"РОБО-1": ("У-702", "У-703", "У-704", "У-601"), "ШАХ-1": ("У-602", "У-501")}


async def fill(db: Database, settings: Settings, now: datetime) -> None:
    """Load the invented workbook as if on the first of September, enrol a few children, keep their journals."""
    today = now.astimezone(settings.zone).date()
    year = academic_year(today)
    september = datetime.combine(today.replace(year=year, month=9, day=1), time(8), settings.zone).astimezone(UTC)
    book = await workbook_of(db, workbook(today), "сеть.xlsx", at=Moment(now, settings.zone), said=Said(year))
    await carry_out(db, book, by=None, now=september, zone=settings.zone)
    await seed_programme(db, year=year, now=now, zone=settings.zone)
    await _come_to_work(db, september)
    await _sign_agreements(db, Moment(september, settings.zone), year)
    async with db.write() as tx:
        for group, pupils in LEARNING.items():
            for pupil in pupils:
                await _enrolled(tx, pupil, group, september + timedelta(days=1))
    await keep_journals(db, settings, until=now, now=now)


async def _come_to_work(db: Database, at: datetime) -> None:
    """Whoever took those children in has the bot since September: their invitations were used."""
    for each in AT_WORK:
        invited = await make_invitation(db, each.role, each.code, ttl_hours=72, now=at)
        await enter(db, invited.payload, telegram_id=each.telegram_id, now=at)


async def _sign_agreements(db: Database, at: Moment, year: int) -> None:
    """With every partner there is an agreement, signed and published before the lessons began: papers name it."""
    async with db.read() as tx:
        school = await tx.scalar(select(Organization.id).where(Organization.role == "base")) or 0
        olga = await _at_work(tx, "coordinator", school)
        partners = await agreements.partners(tx)
    for number, (partner, _, kind) in enumerate(partners, 1):
        wanted = Wanted(school, partner, "resource" if kind == "resource" else "teaching")
        one = await enter_agreement(db, wanted, f"№ {number}-с от 28.08.{year} до 31.05.{year + 1}", by=olga, at=at)
        await publish(db, one.id, f"https://school.example.org/agreements/{number}", by=olga, at=at)


async def _enrolled(tx: Tx, pupil: str, group: str, at: datetime) -> None:
    """Every step of the way to a place, a day each, by whom it is: so the record and the reports say how it came.

    What the families signed and what went to the partners was paper: the first request the bot makes is the story's.
    """
    child = (await tx.execute(select(Pupil.id, Pupil.school_id).where(Pupil.code == pupil))).one()
    place = (
        await tx.execute(
            select(Group.id, Group.course_id, Group.year, Course.organization_id).join(Course).where(Group.code == group)
        )
    ).one()
    application = Application(year=place.year, pupil_id=child.id, state="submitted", created_at=at, submitted_at=at)
    tx.add(application)
    await tx.flush()
    choice = Choice(application_id=application.id, course_id=place.course_id, rank=1, state="draft", changed_at=at)
    tx.add(choice)
    await tx.flush()
    thing = Thing(pupil_id=child.id, school_id=child.school_id, organization_id=place.organization_id)
    for days, (verb, role) in enumerate(WAY):
        by = await _at_work(tx, role, place.organization_id)
        await walk(tx, choice, verb, by=by, thing=thing, now=at + timedelta(days=days))
        if verb == "approve":
            application.state, application.decided_at, application.decided_by = "approved", choice.changed_at, by.known
    choice.group_id = place.id


async def _at_work(tx: Tx, role: Role, organization_id: int) -> Person:
    """Who acts for the school, or for this partner."""
    question = select(Staff.id, Staff.organization_id, PersonRow.id.label("person_id"), PersonRow.telegram_id)
    question = question.join(PersonRow, PersonRow.id == Staff.person_id).where(Staff.role == role)
    if role == "partner":
        question = question.where(Staff.organization_id == organization_id)
    row = (await tx.execute(question)).one()
    return Person(row.person_id, row.telegram_id, posts=frozenset({Post(role, row.id, row.organization_id)}))


async def invite_everybody(db: Database, now: datetime) -> dict[int, Paper]:
    """An invitation for each of the cast, by Telegram id."""
    made = {}
    for each in PEOPLE:
        if each.role:
            invited = await make_invitation(db, each.role, each.code, ttl_hours=72, now=now)
            made[each.telegram_id] = Paper(invited.payload, invited.letters)
    return made


async def half_year_due(db: Database) -> date:
    """When the programme asks for the half-year report."""
    async with db.read() as tx:
        return min(task.due for task in await roadmap.open_of(tx, HALF_YEAR))


def phones(sandbox: Sandbox) -> None:
    """Everybody's telephone."""
    for each in PEOPLE:
        sandbox.person(each.telegram_id, each.name, about=each.about)


async def come_in(sandbox: Sandbox, papers: dict[int, Paper]) -> None:
    """Staff and one family are in already; the story's own family is not."""
    inside = [sandbox.phones[person] for person in papers if person not in (ANNA.telegram_id, MISHA.telegram_id)]
    for phone in inside:
        await phone.send(f"/start {papers[phone.id].payload}")
    for phone in inside:
        if not await phone.chat.bell.until(partial(_has_buttons, phone), 20):
            raise StoryBroken(f"{phone.user.name} could not come in: {phone.page}")
    for label in ("Прочитать и согласиться", "Согласен(на)"):
        await sandbox.phones[RUSLAN.telegram_id].tap(label)
    await sandbox.phones[RUSLAN.telegram_id].send("Шеуджен Руслан Асланович")


def _has_buttons(phone: Phone) -> bool:
    return bool(phone.buttons)
