"""A journal not kept: the teacher hears of it after three days, the coordinator after seven, in the letter of the morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from bot.notices.marking import LessonToMark
from bot.notices.unkept import JournalUnkept
from bot.post.posting import Addressed, post_all
from bot.services.network.years import running_now
from bot.services.timetable.telling import given_names
from bot.services.workdays import working_calendar
from storage.db import Database, Tx
from storage.journal.unkept import Unkept, unkept
from storage.people import people

TEACHER, COORDINATOR = timedelta(days=3), timedelta(days=7)  # after a lesson's end
BEFORE_END = timedelta(minutes=10)
FORGOTTEN = timedelta(days=60)  # older ones stand in the report: nobody is written to about them or offered to mark them
MORNING, EVENING = time(9), time(20)


async def chase_journals(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """One letter a person, when a lesson has been left out for so long: it names everything that waits. Safe to repeat."""
    here = now.astimezone(zone)
    if not MORNING <= here.time() < EVENING:
        return
    async with db.read() as tx:
        if not (await working_calendar(tx, here.date(), here.date())).is_working(here.date()):
            return
        year = (await running_now(tx, here.date())).year
        letters = await _letters(tx, await unkept(tx, year, now - FORGOTTEN, now - TEACHER, zone), zone)
    if letters:
        async with db.write() as tx:
            await post_all(tx, letters, now=now)


async def offer_marking(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """Before a lesson ends, its teacher is offered to mark it: once, and not where the journal knows it already."""
    async with db.read() as tx:
        year = (await running_now(tx, now.astimezone(zone).date())).year
        ending = await unkept(tx, year, now, now + BEFORE_END, zone)
    letters = [Addressed(one.teacher_person, _offer(one), role="teacher") for one in ending if one.teacher_person is not None]
    if letters:
        async with db.write() as tx:
            await post_all(tx, letters, now=now)


def _offer(one: Unkept) -> LessonToMark:
    return LessonToMark(lesson=one.lesson_id, course=one.course, group=one.group, ends_at=one.ends_at)


async def _letters(tx: Tx, found: Sequence[Unkept], zone: ZoneInfo) -> list[Addressed]:
    theirs = await _teachers(tx, found)
    return [Addressed(person, JournalUnkept(**_facts(mine, zone)), role=role) for person, role, mine in theirs]


async def _teachers(tx: Tx, found: Sequence[Unkept]) -> list[tuple[int, str, list[Unkept]]]:
    """Who is to enter what. A teacher who is not in the bot hears through the partner's administrators."""
    mine: dict[tuple[int, str], list[Unkept]] = defaultdict(list)
    offices: dict[int, list[int]] = {}
    for one in found:
        if one.teacher_person is not None:
            mine[one.teacher_person, "teacher"].append(one)
            continue
        if one.organization_id not in offices:
            offices[one.organization_id] = await people.office(tx, "partner", organization_id=one.organization_id)
        for person in offices[one.organization_id]:
            mine[person, "partner"].append(one)
    return [(person, role, some) for (person, role), some in mine.items()]


def _facts(found: Iterable[Unkept], zone: ZoneInfo) -> dict[str, Any]:
    """Facts of a letter: a line for each group."""
    some = sorted(found, key=lambda one: (one.course, one.group, one.starts_at))
    groups = [list(each) for _, each in groupby(some, key=lambda one: one.group_id)]
    return {
        "count": len(some),
        "courses": [each[0].course for each in groups],
        "codes": [each[0].group for each in groups],
        "days": [" ".join(str(one.starts_at.astimezone(zone).date()) for one in each) for each in groups],
        "teachers": [given_names(each[0].teacher) for each in groups],
        "newest": max(one.ends_at for one in some),
    }
