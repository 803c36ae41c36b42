"""What has happened in the demo's network before the curtain rises: the workbook is loaded, a few children learn already."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import insert, select

from bot.demo.network import ANNA, MISHA, PEOPLE, RUSLAN, Cast, academic_year, workbook
from bot.sandbox import Sandbox
from bot.services.invitations import Invited, make_invitation
from bot.services.journal import apply_journal, read_file
from bot.services.network import carry_out, workbook_of
from bot.services.programme import seed_programme
from bot.settings import Settings
from storage.db import Database, Tx
from storage.tables import Application, Choice, Course, Group, Pupil

LEARNING = {"РОБО-1": ("У-702", "У-703", "У-704", "У-601"), "ШАХ-1": ("У-602", "У-501")}


async def fill(db: Database, settings: Settings, now: datetime) -> None:
    """Load the invented workbook as if on the first of September, enrol a few children, keep their first journal."""
    today = now.astimezone(settings.zone).date()
    year = academic_year(today)
    september = datetime.combine(today.replace(year=year, month=9, day=1), time(8), settings.zone).astimezone(UTC)
    book = await workbook_of(db, workbook(today), "сеть.xlsx", academic_year=year)
    await carry_out(db, book, by=None, now=september, zone=settings.zone)
    await seed_programme(db, year=year, now=now, zone=settings.zone)
    async with db.write() as tx:
        for group, pupils in LEARNING.items():
            for pupil in pupils:
                await _enrolled(tx, pupil, group, now - timedelta(days=60))
    await _first_journal(db, settings, now)


async def _enrolled(tx: Tx, pupil: str, group: str, at: datetime) -> None:
    pupil_id = await tx.scalar(select(Pupil.id).where(Pupil.code == pupil))
    place = (await tx.execute(select(Group.id, Group.course_id).where(Group.code == group))).one()
    paper = {"pupil_id": pupil_id, "state": "approved", "created_at": at, "submitted_at": at, "decided_at": at}
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
    await apply_journal(db, file, by=None, now=now, today=today, tell=False)


async def invite_everybody(db: Database, now: datetime) -> dict[Cast, Invited]:
    """An invitation for each of the cast."""
    return {each: await make_invitation(db, each.role, each.code, ttl_hours=72, now=now) for each in PEOPLE if each.role}


async def course_names(db: Database) -> dict[str, str]:
    async with db.read() as tx:
        return {row.code: row.name for row in await tx.execute(select(Course.code, Course.name))}


def phones(sandbox: Sandbox, invited: dict[Cast, Invited]) -> None:
    """Everybody's telephone; who has still to come in finds the code beside their name."""
    for each in PEOPLE:
        code = f" · код приглашения: {invited[each].letters}" if each in (ANNA, MISHA) else ""
        sandbox.person(each.telegram_id, each.name, about=each.about + code)


async def come_in(sandbox: Sandbox, invited: dict[Cast, Invited]) -> None:
    """Staff and one family are in already; the story's own family is not."""
    for each, invitation in invited.items():
        if each not in (ANNA, MISHA):
            phone = sandbox.phones[each.telegram_id]
            await phone.send(f"/start {invitation.payload}")
            await sandbox.quiet()
    for label in ("Прочитать и согласиться", "Согласен"):
        await sandbox.phones[RUSLAN.telegram_id].tap(label)
