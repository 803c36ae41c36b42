"""A child of a group, or everybody of it, is moved to another group of its course: looked at first, and taken back."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.refusals import ChangedSince, Refusal
from bot.services.courses.catalogue import times
from bot.services.courses.clashes import brief
from bot.services.offers.departures import seen
from bot.services.offers.regroup import other_groups, regroup
from bot.services.offers.regroup_all import Whither, clash, moving, regroup_all, undo_regroup
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.clashes import why_not
from bot.words.regroup import moving_in_words
from handlers.door import may
from handlers.offers.places import GroupPage, RegroupAll, Seat
from storage.courses import courses
from storage.courses.courses import GroupOffer
from storage.offers import offers

GROUPS = 20  # groups a page offers


class Regroup(CallbackData, prefix="group.move"):
    """Asks where to."""

    choice: int


class RegroupTo(CallbackData, prefix="group.move.to"):
    choice: int
    group: int


class AllTo(CallbackData, prefix="group.all.to"):
    """Who would go and who not; `anyhow`: those too whose hours speak against it."""

    group: int
    to: int
    anyhow: bool


class AllSure(CallbackData, prefix="group.all.sure"):
    group: int
    to: int
    anyhow: bool
    seen: str  # the stamp of who was named


class AllBack(CallbackData, prefix="group.all.back"):
    """Those who were moved go back."""

    move: int
    group: int


async def asked(visit: Visit, at: Regroup) -> None:
    async with visit.db.read() as tx:
        about = await seen(tx, at.choice, visit.person)
        groups = (await other_groups(tx, about.course_id, about.group_id))[:GROUPS]
        found = await courses.offers(tx, [about.course_id], current=False)
        against = {group.id: await clash(tx, about, group, found[0], visit.today) for group in groups}
    child, course = brief(about.child), brief(about.course)
    rows = [[_to(visit, group, RegroupTo(choice=at.choice, group=group.id))] for group in groups]
    warned = [
        visit.say("regroup-clash", group=group.code, why=why_not(one, visit.say))
        for group in groups
        if (one := against[group.id])
    ]
    ask = visit.say("regroup-where", child=child, course=course, group=about.group)
    text = lines([ask, "\n".join(warned)]) if groups else visit.say("regroup-none", course=course)
    await visit.show(text, [*rows, visit.ways_back(Seat(choice=at.choice))])


def _to(visit: Visit, group: GroupOffer, to: CallbackData) -> Button:
    hours = times(group.hours, visit.say, visit.today) or "—"
    return visit.button("button-regroup-to", to, group=brief(group.code, 60), hours=hours, left=group.left)


async def moved(visit: Visit, at: RegroupTo) -> None:
    before, move = await regroup(visit.db, at.choice, at.group, by=visit.person, now=visit.now)
    async with visit.db.read() as tx:
        about = await seen(tx, at.choice, visit.person)
    child = brief(about.child)
    text = await visit.promise(
        [about.pupil_id], lambda told: visit.say("regroup-done", child=child, group=about.group, told=told)
    )
    back = [[visit.button("button-regroup-back", AllBack(move=move, group=before.group_id or 0), count=1)]] if move else []
    await visit.show(text, [*back, visit.ways_back(GroupPage(group=at.group, page=0))])


# ── everybody of a group ────────────────────────────────────────────────────────────────────────────────────────────


async def all_asked(visit: Visit, at: RegroupAll) -> None:
    async with visit.db.read() as tx:
        room = await offers.room(tx, at.group)
        if room is None:
            raise Refusal("gone")
        groups = (await other_groups(tx, room.course_id, at.group))[:GROUPS]
        found = await courses.offers(tx, [room.course_id], current=False)
    rows = [[_to(visit, group, AllTo(group=at.group, to=group.id, anyhow=False))] for group in groups]
    course = brief(found[0].name)
    text = visit.say("regroup-all-where", course=course) if groups else visit.say("regroup-none", course=course)
    await visit.show(text, [*rows, visit.ways_back(GroupPage(group=at.group, page=0))])


async def all_looked(visit: Visit, at: AllTo) -> None:
    await _looked(visit, at, "")


async def _looked(visit: Visit, at: AllTo, first: str) -> None:
    async with visit.db.read() as tx:
        plan = await moving(tx, Whither(at.group, at.to, at.anyhow), by=visit.person, today=visit.today)
    rows: list[list[Button]] = []
    if plan.going:
        sure = AllSure(group=at.group, to=at.to, anyhow=at.anyhow, seen=plan.digest)
        rows.append([visit.button("button-regroup-all-sure", sure, count=len(plan.going))])
    if plan.clashing and not at.anyhow:
        anyhow = AllTo(group=at.group, to=at.to, anyhow=True)
        rows.append([visit.button("button-regroup-anyhow", anyhow, count=len(plan.clashing))])
    text = moving_in_words(plan, anyhow=at.anyhow, say=visit.say)
    await visit.show(lines([first, text]), [*rows, visit.ways_back(RegroupAll(group=at.group))])


async def all_moved(visit: Visit, at: AllSure) -> None:
    whither = Whither(at.group, at.to, at.anyhow)
    try:
        plan, move = await regroup_all(visit.db, whither, by=visit.person, at=visit.moment, seen=at.seen)
    except ChangedSince:
        await _looked(visit, AllTo(group=at.group, to=at.to, anyhow=at.anyhow), visit.say("changed-since"))
        return
    pupils, count = [one.pupil_id for one in plan.going], len(plan.going)
    text = await visit.promise(
        pupils, lambda told: visit.say("regroup-all-done", count=count, group=brief(plan.to.code, 60), told=told)
    )
    back = visit.button("button-regroup-back", AllBack(move=move, group=at.group), count=count)
    await visit.show(text, [[back], visit.ways_back(GroupPage(group=at.to, page=0))])


async def all_back(visit: Visit, at: AllBack) -> None:
    back, left = await undo_regroup(visit.db, at.move, by=visit.person, now=visit.now)
    text = await visit.promise(
        [one.pupil_id for one in back], lambda _: visit.say("regroup-all-back", count=len(back), left=left)
    )
    await visit.show(text, [visit.ways_back(GroupPage(group=at.group, page=0))])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="regroup")
    router.callback_query.register(asked, Regroup.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(moved, RegroupTo.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_asked, RegroupAll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_looked, AllTo.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_moved, AllSure.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_back, AllBack.filter(), flags=may("enrollment.answer"))
    return router
