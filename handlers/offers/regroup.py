"""A child of a group is moved to another group of its course."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.services.courses.catalogue import times
from bot.services.courses.clashes import brief
from bot.services.enrollment.departures import seen
from bot.services.enrollment.regroup import other_groups, regroup
from bot.visit import Button, Visit
from handlers.door import may
from handlers.offers.places import GroupPage, Seat


class Regroup(CallbackData, prefix="group.move"):
    """Asks where to."""

    choice: int


class RegroupTo(CallbackData, prefix="group.move.to"):
    choice: int
    group: int


async def asked(visit: Visit, at: Regroup) -> None:
    async with visit.db.read() as tx:
        about = await seen(tx, at.choice, visit.person)
        groups = await other_groups(tx, about)
    child, course = brief(about.child), brief(about.course)
    rows: list[list[Button]] = []
    for group in groups[:20]:
        hours = times(group.hours, visit.say, visit.today) or "—"
        to = RegroupTo(choice=at.choice, group=group.id)
        rows.append([visit.button("button-regroup-to", to, group=brief(group.code, 60), hours=hours, left=group.left)])
    text = (
        visit.say("regroup-where", child=child, course=course, group=about.group)
        if groups
        else visit.say("regroup-none", course=course)
    )
    await visit.show(text, [*rows, visit.ways_back(Seat(choice=at.choice))])


async def moved(visit: Visit, at: RegroupTo) -> None:
    await regroup(visit.db, at.choice, at.group, by=visit.person, now=visit.now)
    async with visit.db.read() as tx:
        about = await seen(tx, at.choice, visit.person)
    child = brief(about.child)
    text = await visit.promise(
        [about.pupil_id], lambda told: visit.say("regroup-done", child=child, group=about.group, told=told)
    )
    await visit.show(text, [visit.ways_back(GroupPage(group=at.group, page=0))])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="regroup")
    router.callback_query.register(asked, Regroup.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(moved, RegroupTo.filter(), flags=may("enrollment.answer"))
    return router
