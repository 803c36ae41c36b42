"""What has happened in the demo's network before the curtain rises: the workbook is loaded, a few children learn already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sqlalchemy import insert, select

from bot.clock import Moment
from bot.demo.network import ANNA, MISHA, PEOPLE, RUSLAN, academic_year, workbook
from bot.demo.stops import StoryBroken
from bot.demo.story import Paper
from bot.sandbox import Phone, Sandbox
from bot.services.journal.journal import apply_journal, read_file
from bot.services.network.classes import Said
from bot.services.network.network import carry_out, workbook_of
from bot.services.people.invitations import make_invitation
from bot.services.roadmap.programme import seed_programme
from bot.settings import Settings
from storage.db import Database, Tx
from storage.roadmap import roadmap
from storage.tables import Application, Choice, Group, Pupil

HALF_YEAR = "roadmap-6"
LEARNING = {"РОБО-1": ("У-702", "У-703", "У-704", "У-601"), "ШАХ-1": ("У-602", "У-501")}


async def fill(db: Database, settings: Settings, now: datetime) -> None:
    """Load the invented workbook as if on the first of September, enrol a few children, keep their first journal."""
    today = now.astimezone(settings.zone).date()
    year = academic_year(today)
    september = datetime.combine(today.replace(year=year, month=9, day=1), time(8), settings.zone).astimezone(UTC)
    book = await workbook_of(db, workbook(today), "сеть.xlsx", at=Moment(now, settings.zone), said=Said(year))
    await carry_out(db, book, by=None, now=september, zone=settings.zone)
    await seed_programme(db, year=year, now=now, zone=settings.zone)
    async with db.write() as tx:
        for group, pupils in LEARNING.items():
            for pupil in pupils:
                await _enrolled(tx, pupil, group, now - timedelta(days=60))
    await _first_journal(db, settings, now)


async def _enrolled(tx: Tx, pupil: str, group: str, at: datetime) -> None:
    pupil_id = await tx.scalar(select(Pupil.id).where(Pupil.code == pupil))
    place = (await tx.execute(select(Group.id, Group.course_id, Group.year).where(Group.code == group))).one()
    paper = {
        "year": place.year,
        "pupil_id": pupil_id,
        "state": "approved",
        "created_at": at,
        "submitted_at": at,
        "decided_at": at,
    }
    application = (await tx.execute(insert(Application).values(paper).returning(Application.id))).scalar_one()
    choice = {"application_id": application, "course_id": place.course_id, "rank": 1, "state": "enrolled", "group_id": place.id}
    await tx.execute(insert(Choice).values(choice | {"changed_at": at}))


async def _first_journal(db: Database, settings: Settings, now: datetime) -> None:
    """Last week's lesson: the first journal of a group tells nobody."""
    today = now.astimezone(settings.zone).date()
    day = today - timedelta(days=(today.weekday() - 3) % 7 or 7)
    rows = [
        f"{day:%d.%m.%Y};РОБО-1;{pupil};{mark};{seen};Датчики;"
        for pupil, mark, seen in (("У-702", 5, ""), ("У-703", "", "Н"), ("У-704", 4, ""), ("У-601", 4, ""))
    ]
    content = "\n".join(["Дата;Группа;Ученик;Отметка;Посещаемость;Тема;Домашнее задание", *rows]).encode()
    file = await read_file(content, "журнал.csv", now=now, settings=settings)
    await apply_journal(db, replace(file, silent=True), by=None, at=Moment(now, settings.zone))


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
