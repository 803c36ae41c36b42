"""The network's day, for the heads of a school: its lessons by partner, what has changed, who has not read it, who will not come."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from aiogram import Router

from bot.paging import page_of
from bot.policy import reader
from bot.refusals import Refusal
from bot.services.timetable.network_day import DayLesson, network_day
from bot.services.timetable.views.week import day_of
from bot.targets import Lessons, NetworkDay
from bot.visit import Visit
from bot.words.network_day import Named, day_page
from handlers.door import may, opens
from storage.db import Tx
from storage.people.consent import Reader
from storage.timetable import timetable
from storage.timetable.timetable import Learner

PER_PAGE = 15  # lessons


async def opened(visit: Visit, at: NetworkDay) -> None:
    schools = visit.person.organizations_as("coordinator", "director")
    if not schools:
        raise Refusal("not-yours")
    day = day_of(at.day, visit.today) if at.day else visit.today
    eyes = reader(visit.person)
    async with visit.db.read() as tx:
        found = await network_day(tx, day, schools, visit.zone)
        here = page_of(found, at.page, PER_PAGE)
        some = []
        for one in here.some:
            absent, unread = [await _named(tx, one, pupils, eyes) for pupils in (one.absent, one.unread)]
            some.append(Named(one, tuple(absent), tuple(unread)))
    around = [
        visit.button("button-day-before", NetworkDay((day - timedelta(days=1)).toordinal())),
        visit.button("button-day-after", NetworkDay((day + timedelta(days=1)).toordinal())),
    ]
    pager = visit.pager(here.number, here.of, lambda page: NetworkDay(day.toordinal(), page))
    text = day_page(day, len(found), some, visit.say)
    await visit.show(text, [pager, around, visit.ways_back(Lessons())], anew=visit.at_letter)


async def _named(tx: Tx, one: DayLesson, pupils: Collection[int], eyes: Reader) -> list[Learner]:
    year = timetable.year_of_group(one.lesson.group_id)
    return await timetable.learners(tx, pupils, one.lesson.organization_id, eyes, year=year) if pupils else []


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="network_day")
    router.callback_query.register(opened, opens(NetworkDay), flags=may("timetable.look"))
    return router
