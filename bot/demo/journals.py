"""The journals of the demo's groups: what its teachers would have brought by a day, a file a month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.clock import Moment
from bot.services.journal.journal import apply_journal, read_file
from bot.settings import Settings
from storage.db import Database
from storage.roadmap.evidence import kept
from storage.tables import Application, Choice, Group, Lesson, Pupil

MARKS = (("5", ""), ("4", ""), ("", ""), ("5", ""), ("", "Н"), ("4", ""))  # the pupils' turns
TOPICS = ("Знакомимся", "Пробуем сами", "Работаем в паре", "Разбираем ошибки", "Показываем, что вышло")
COLUMNS = "Дата;Группа;Ученик;Отметка;Посещаемость;Тема;Домашнее задание"


@dataclass(frozen=True)
class _Held:
    """A lesson that took place, and who learns in its group."""

    group_id: int
    group: str
    starts_at: datetime
    pupils: tuple[str, ...]  # by their codes


async def keep_journals(db: Database, settings: Settings, *, until: datetime, now: datetime) -> None:
    """Every lesson that has ended by then and of which nothing is written. Nobody is written to. Safe to repeat."""
    lessons = await _unwritten(db, until, settings.zone)
    for month, some in groupby(lessons, key=lambda one: one.starts_at.astimezone(settings.zone).strftime("%m.%Y")):
        held = list(some)
        brought = min(held[-1].starts_at + timedelta(days=1), now)  # in its own academic year
        content = "\n".join([COLUMNS, *_rows(held, settings.zone)]).encode()
        file = await read_file(content, f"журнал {month}.csv", now=brought, settings=settings)
        await apply_journal(db, replace(file, silent=True), by=None, at=Moment(brought, settings.zone))


async def _unwritten(db: Database, until: datetime, zone: ZoneInfo) -> list[_Held]:
    async with db.read() as tx:
        rows = await tx.execute(
            select(Lesson.id, Lesson.starts_at, Group.id.label("group_id"), Group.code.label("group"), Pupil.code.label("pupil"))
            .join(Group, Group.id == Lesson.group_id)
            .join(Choice, (Choice.group_id == Group.id) & (Choice.state == "enrolled"))
            .join(Application, Application.id == Choice.application_id)
            .join(Pupil, Pupil.id == Application.pupil_id)
            .where(Lesson.ends_at < until, Lesson.cancelled_at.is_(None), Lesson.archived_at.is_(None))
            .order_by(Lesson.starts_at, Lesson.id, Pupil.id)
        )
        some = [list(each) for _, each in groupby(rows, key=lambda row: row.id)]
        held = [_Held(one[0].group_id, one[0].group, one[0].starts_at, tuple(row.pupil for row in one)) for one in some]
        if not held:
            return []
        days = [one.starts_at.astimezone(zone).date() for one in held]
        written = await kept(tx, {one.group_id for one in held}, min(days), max(days) + timedelta(days=1))
    return [one for one, day in zip(held, days, strict=True) if (one.group_id, day) not in written]


def _rows(lessons: Iterable[_Held], zone: ZoneInfo) -> Iterator[str]:
    """A row for each pupil of a lesson; who was there and got no mark is not written."""
    for number, lesson in enumerate(lessons):
        day, topic = lesson.starts_at.astimezone(zone), TOPICS[number % len(TOPICS)]
        for place, pupil in enumerate(lesson.pupils):
            mark, seen = MARKS[(number + place) % len(MARKS)]
            if mark or seen or not place:
                yield f"{day:%d.%m.%Y};{lesson.group};{pupil};{mark};{seen};{topic};"
