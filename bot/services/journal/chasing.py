"""A journal not kept: the teacher hears of it after three days, the coordinator after seven, both in the letter of the morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from bot.notices.marking import LessonToMark
from bot.post.posting import Addressed, post_all
from bot.services.network.years import running_now
from storage.db import Database, Tx
from storage.journal.unkept import Unkept, unkept
from storage.people import people

TEACHER, COORDINATOR = timedelta(days=3), timedelta(days=7)  # after a lesson's end
BEFORE_END = timedelta(minutes=10)
FORGOTTEN = timedelta(days=60)  # older ones stand in the report: nobody is written to about them or offered to mark them


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


async def who_enters(tx: Tx, found: Iterable[Unkept]) -> dict[int, list[Unkept]]:
    """By person the lessons they are to enter. A teacher who is not in the bot hears through the partner's administrators."""
    mine: dict[int, list[Unkept]] = defaultdict(list)
    offices: dict[int, list[int]] = {}
    for one in found:
        if one.teacher_person is not None:
            mine[one.teacher_person].append(one)
            continue
        if one.organization_id not in offices:
            offices[one.organization_id] = await people.office(tx, "partner", organization_id=one.organization_id)
        for person in offices[one.organization_id]:
            mine[person].append(one)
    return mine


def to_enter(found: Iterable[Unkept], zone: ZoneInfo) -> dict[str, Any]:
    """The section of a morning's letter: a line for each group."""
    some = sorted(found, key=lambda one: (one.course, one.group, one.starts_at))
    groups = [list(each) for _, each in groupby(some, key=lambda one: one.group_id)]
    return {
        "to_enter": len(some),
        "own_courses": [each[0].course for each in groups],
        "own_groups": [each[0].group for each in groups],
        "own_days": [" ".join(str(one.starts_at.astimezone(zone).date()) for one in each) for each in groups],
    }
