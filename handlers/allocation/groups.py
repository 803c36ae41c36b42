"""A distribution by group: who has got a place and who waits, whether a group opens, and who has got nothing."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.policy import can
from bot.refusals import Refusal
from bot.services.allocation.allocation import NETWORK, look, open_group
from bot.services.allocation.view import left_over, list_of, overview
from bot.services.courses.clashes import brief
from bot.targets import AllocationOf
from bot.visit import TEXT, Button, Visit
from bot.voice import Fact, lines
from bot.words.allocation import group_name, row_facts
from handlers.door import may

PAGE = 8  # groups a page
NAMES = 15  # children a page


class Groups(CallbackData, prefix="allocation.groups"):
    id: int
    page: int


class GroupPage(CallbackData, prefix="allocation.group"):
    id: int
    group: int
    page: int


class Opens(CallbackData, prefix="allocation.opens"):
    """Whether a group will be opened."""

    id: int
    group: int
    opens: int


class Left(CallbackData, prefix="allocation.left"):
    """Who has got nothing."""

    id: int
    page: int


async def groups(visit: Visit, at: Groups) -> None:
    async with visit.db.read() as tx:
        seen = await look(tx, at.id)
        told = await overview(tx, seen)
    here = page_of(told.groups, at.page, PAGE)
    rows = []
    for group in here.some:
        state = "closed" if group.closed else "below" if group.below and seen.follows_id is None else "open"
        facts: dict[str, Fact] = {
            "group": group_name(group),
            "placed": group.placed,
            "seats": group.seats,
            "reserve": group.reserve,
        }
        label = visit.say.plain("button-allocation-group", **facts, state=state)
        rows.append([Button(label, GroupPage(id=seen.id, group=group.id, page=0))])
    rows += [visit.pager(here.number, here.of, lambda to: Groups(id=seen.id, page=to)), visit.ways_back(AllocationOf(id=seen.id))]
    await visit.show(visit.say("allocation-groups", total=len(told.groups)), rows)


async def group_shown(visit: Visit, at: GroupPage) -> None:
    async with visit.db.read() as tx:
        seen = await look(tx, at.id)
        told = await overview(tx, seen)
        placed = await list_of(tx, seen, at.group, visit.person, line=False)
        waiting = await list_of(tx, seen, at.group, visit.person, line=True)
    group = next((one for one in told.groups if one.id == at.group), None)
    if group is None:
        raise Refusal("gone")
    said = [visit.say("allocation-row", **row_facts(row, visit.say)) for row in placed]
    if waiting:
        said += [visit.say("allocation-line"), *(visit.say("allocation-row", **row_facts(row, visit.say)) for row in waiting)]
    here = page_of(said, at.page, NAMES)
    head = visit.say(
        "allocation-group", group=group_name(group), partner=brief(group.organization), placed=group.placed, seats=group.seats
    )
    parts = [head, "\n".join(here.some) or visit.say("allocation-group-empty")]
    if group.closed:
        parts.insert(1, visit.say("allocation-group-closed"))
    elif group.below and seen.follows_id is None:
        parts.insert(1, visit.say("allocation-below", group=group_name(group), children=group.children, minimum=group.minimum))
    rows: list[list[Button]] = []
    if can(visit.person, "allocation.run", NETWORK) and seen.published_at is None and seen.follows_id is None:
        label = visit.say.plain("button-group-open") if group.closed else visit.say.plain("button-group-close")
        rows.append([Button(label, Opens(id=seen.id, group=group.id, opens=int(group.closed)))])
    rows += [
        visit.pager(here.number, here.of, lambda to: GroupPage(id=seen.id, group=group.id, page=to)),
        visit.ways_back(Groups(id=seen.id, page=0)),
    ]
    text = lines(parts)
    await visit.show(text if len(text) <= TEXT else head, rows)


async def group_opened(visit: Visit, at: Opens) -> None:
    await open_group(visit.db, at.id, at.group, opens=bool(at.opens), by=visit.person, at=visit.moment)
    await group_shown(visit, GroupPage(id=at.id, group=at.group, page=0))


async def left(visit: Visit, at: Left) -> None:
    async with visit.db.read() as tx:
        seen = await look(tx, at.id)
        rows_left = await left_over(tx, seen, visit.person)
    here = page_of(rows_left, at.page, NAMES)
    said = []
    for row in here.some:
        facts = row_facts(row, visit.say)
        course = f": {brief(row.named.course, 60)}" if row.named else ""
        said.append(visit.say("allocation-left-row", child=facts["child"], lot=facts["lot"], course=course))
    text = lines([visit.say("allocation-left", count=len(rows_left)), "\n".join(said)])
    rows = [visit.pager(here.number, here.of, lambda to: Left(id=seen.id, page=to)), visit.ways_back(AllocationOf(id=seen.id))]
    await visit.show(text, rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="allocation-groups")
    router.callback_query.register(groups, Groups.filter(), flags=may("allocation.see"))
    router.callback_query.register(group_shown, GroupPage.filter(), flags=may("allocation.see"))
    router.callback_query.register(group_opened, Opens.filter(), flags=may("allocation.run"))
    router.callback_query.register(left, Left.filter(), flags=may("allocation.see"))
    return router
