"""The distribution of places, as the coordinator works on it: lots are drawn, the result is looked at, published."""

from __future__ import annotations

import json

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.notices.allocation import padded
from bot.paging import page_of
from bot.policy import Thing, can, require
from bot.refusals import Refusal
from bot.services.allocation.allocation import NETWORK, Seen, draw_lots, draw_rest, look, open_group, publish, renew, year_to_draw
from bot.services.allocation.view import GroupView, Overview, Row, demand, left_over, list_of, overview
from bot.services.courses.clashes import brief
from bot.targets import AllocationHome, AllocationOf, Exceptions, Inbox, Lottery
from bot.visit import TEXT, Button, Visit
from bot.voice import Fact, lines, voice
from handlers.door import may, opens
from storage.allocation import allocation

PAGE = 8  # groups a page
NAMES = 15  # children a page
COURSES = 12  # courses the first page names
OF_DIGEST = 8  # digits of a digest that a page shows and a button carries


class Draw(CallbackData, prefix="allocation.draw"):
    """sure 0 asks first."""

    sure: int


class Past(CallbackData, prefix="allocation.past"):
    page: int


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


class Publish(CallbackData, prefix="allocation.publish"):
    """seen: how the digest of what was looked at begins; sure 0 asks first."""

    id: int
    seen: str
    sure: int


class Rest(CallbackData, prefix="allocation.rest"):
    """Seats were added: give them to those who wait."""


class Record(CallbackData, prefix="allocation.file"):
    id: int


# ── before the draw ─────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(visit: Visit) -> None:
    async with visit.db.read() as tx:
        year = await year_to_draw(tx, visit.today)
        known = await allocation.made(tx)
    drawn = next((one for one in known if one.year == year and one.published_at is None), None)
    if drawn is not None:
        await _show(visit, drawn.id, "")
        return
    async with visit.db.read() as tx:
        waits = await demand(tx, year=year, today=visit.today)
    rows, parts = [], [visit.say("allocation-title")]
    if not waits.applications:
        parts.append(visit.say("allocation-empty"))
    else:
        parts.append(visit.say("allocation-demand", applications=waits.applications, seats=waits.seats))
        shown = [
            visit.say("allocation-demand-course", course=brief(course, 100), first=first, all=wished, seats=seats)
            for course, first, wished, seats in waits.courses[:COURSES]
        ]
        parts.append("\n".join(shown))
    if waits.still_open:
        said = [
            visit.say("allocation-waits-for-window", course=brief(course, 100), day=day)
            for course, day in waits.still_open[:COURSES]
        ]
        parts.append("\n".join(said))
    if waits.undecided:
        parts.append(visit.say("allocation-waits-for-decision", count=waits.undecided))
        rows.append([visit.button("button-inbox", Inbox())])
    elif waits.applications and can(visit.person, "allocation.run", NETWORK):
        rows.append([visit.button("button-draw-lots", Draw(sure=0))])
    if known:
        rows.append([visit.button("button-allocations-past", Past(page=0))])
    if can(visit.person, "allocation.exception", NETWORK):
        rows.append([visit.button("button-exceptions", Exceptions())])
    await visit.show(lines(parts), [*rows, visit.ways_back(Inbox())])


async def drawn(visit: Visit, at: Draw) -> None:
    async with visit.db.read() as tx:
        year = await year_to_draw(tx, visit.today)
    if not at.sure:
        async with visit.db.read() as tx:
            waits = await demand(tx, year=year, today=visit.today)
        rows = [[visit.button("button-confirm", Draw(sure=1))], [visit.button("button-cancel", AllocationHome())]]
        await visit.show(visit.say("allocation-draw-sure", applications=waits.applications), rows)
        return
    made = await draw_lots(visit.db, by=visit.person, now=visit.now, today=visit.today, year=year)
    await _show(visit, made, visit.say("allocation-drawn"))


async def past(visit: Visit, at: Past) -> None:
    async with visit.db.read() as tx:
        known = await allocation.made(tx)
    here = page_of(known, at.page, PAGE)
    rows = [
        [visit.button("button-allocation", AllocationOf(id=one.id), number=one.id, day=one.published_at or one.drawn_at)]
        for one in here.some
    ]
    rows += [visit.pager(here.number, here.of, lambda to: Past(page=to)), visit.ways_back(AllocationHome())]
    await visit.show(visit.say("allocations-past", total=len(known)), rows)


# ── what was drawn ──────────────────────────────────────────────────────────────────────────────────────────────────


async def looked(visit: Visit, at: AllocationOf) -> None:
    await _show(visit, at.id, "")


async def _show(visit: Visit, allocation_id: int, done: str) -> None:
    require(visit.person, "allocation.see", NETWORK)
    runs = can(visit.person, "allocation.run", NETWORK)
    if runs:
        await renew(visit.db, allocation_id, by=visit.person, today=visit.today)
    async with visit.db.read() as tx:
        seen = await look(tx, allocation_id)
        told = await overview(tx, seen)
    parts = [done, _title(visit, seen), _told(visit, seen, told)]
    below = [group for group in told.groups if group.below]
    if below and seen.follows_id is None:
        named = [
            visit.say("allocation-below", group=_name(group), children=group.children, minimum=group.minimum)
            for group in below[:6]
        ]
        parts.append("\n".join([visit.say("allocation-below-title"), *named]))
    parts.append(visit.say("allocation-signed", seed=seen.seed, digest=seen.digest[:OF_DIGEST]))
    await visit.show(lines(parts), _buttons(visit, seen, told, runs=runs))


def _title(visit: Visit, seen: Seen) -> str:
    if seen.published_at is not None:
        return visit.say("allocation-published-title", number=seen.id, day=seen.published_at)
    return (
        visit.say("allocation-rest-title", number=seen.id)
        if seen.follows_id
        else visit.say("allocation-drawn-title", number=seen.id)
    )


def _told(visit: Visit, seen: Seen, told: Overview) -> str:
    if seen.follows_id is not None:
        return visit.say("allocation-rest-told", found=len(seen.result.places), kept=len(seen.result.kept), waiting=told.waiting)
    by_rank, count = told.counts.by_rank, told.counts.applications
    later = sum(number for rank, number in by_rank.items() if rank > 2)
    first, second = by_rank.get(1, 0), by_rank.get(2, 0)
    facts = {"first": first, "second": second, "later": later, "without": told.counts.without}
    return visit.say("allocation-told", applications=count, **facts, waiting=told.waiting)


def _buttons(visit: Visit, seen: Seen, told: Overview, *, runs: bool) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if runs and seen.published_at is None:
        label = visit.say.plain("button-publish")
        rows.append([Button(label, Publish(id=seen.id, seen=seen.digest[:OF_DIGEST], sure=0))])
    rows.append([visit.button("button-allocation-groups", Groups(id=seen.id, page=0))])
    if told.counts.without and seen.follows_id is None:
        rows.append([visit.button("button-allocation-left", Left(id=seen.id, page=0), count=told.counts.without)])
    if runs and seen.published_at is not None:
        rows.append([visit.button("button-allocation-rest", Rest())])
    rows.append(
        [
            visit.button("button-allocation-file", Record(id=seen.id)),
            visit.button("button-lottery", Lottery(seen.id)),
        ]
    )
    return [*rows, visit.ways_back(Past(page=0) if seen.published_at else Inbox())]


def _name(group: GroupView) -> str:
    return f"{brief(group.course, 60)}, {group.code}"


async def groups(visit: Visit, at: Groups) -> None:
    async with visit.db.read() as tx:
        seen = await look(tx, at.id)
        told = await overview(tx, seen)
    here = page_of(told.groups, at.page, PAGE)
    rows = []
    for group in here.some:
        state = "closed" if group.closed else "below" if group.below and seen.follows_id is None else "open"
        facts: dict[str, Fact] = {"group": _name(group), "placed": group.placed, "seats": group.seats, "reserve": group.reserve}
        label = visit.say.plain("button-allocation-group", **facts, state=state)
        rows.append([Button(label, GroupPage(id=seen.id, group=group.id, page=0))])
    rows += [
        visit.pager(here.number, here.of, lambda to: Groups(id=seen.id, page=to)),
        visit.ways_back(AllocationOf(id=seen.id)),
    ]
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
    said = [visit.say("allocation-row", **_row(visit, row)) for row in placed]
    if waiting:
        said += [visit.say("allocation-line"), *(visit.say("allocation-row", **_row(visit, row)) for row in waiting)]
    here = page_of(said, at.page, NAMES)
    head = visit.say(
        "allocation-group", group=_name(group), partner=brief(group.organization), placed=group.placed, seats=group.seats
    )
    parts = [head, "\n".join(here.some) or visit.say("allocation-group-empty")]
    if group.closed:
        parts.insert(1, visit.say("allocation-group-closed"))
    elif group.below and seen.follows_id is None:
        parts.insert(1, visit.say("allocation-below", group=_name(group), children=group.children, minimum=group.minimum))
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


def _row(visit: Visit, row: Row) -> dict[str, str | int]:
    whose = row.named
    child = (
        f"{brief(whose.child, 80)}, {whose.class_name}"
        if whose
        else visit.say.plain("allocation-foreign", number=row.application)
        if row.foreign
        else visit.say.plain("allocation-of-number", number=row.application)
    )
    why = ", ".join(visit.say.plain("priority", which=name) for name in row.held)
    rank = whose.rank if whose else 0
    return {"number": row.number, "child": child, "lot": padded(row.lot, row.of), "rank": rank, "why": f" · {why}" if why else ""}


async def group_opened(visit: Visit, at: Opens) -> None:
    await open_group(visit.db, at.id, at.group, opens=bool(at.opens), by=visit.person, now=visit.now, today=visit.today)
    await group_shown(visit, GroupPage(id=at.id, group=at.group, page=0))


async def left(visit: Visit, at: Left) -> None:
    async with visit.db.read() as tx:
        seen = await look(tx, at.id)
        rows_left = await left_over(tx, seen, visit.person)
    here = page_of(rows_left, at.page, NAMES)
    said = []
    for row in here.some:
        facts = _row(visit, row)
        course = f": {brief(row.named.course, 60)}" if row.named else ""
        said.append(visit.say("allocation-left-row", child=facts["child"], lot=facts["lot"], course=course))
    text = lines([visit.say("allocation-left", count=len(rows_left)), "\n".join(said)])
    rows = [
        visit.pager(here.number, here.of, lambda to: Left(id=seen.id, page=to)),
        visit.ways_back(AllocationOf(id=seen.id)),
    ]
    await visit.show(text, rows)


# ── publishing ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def published(visit: Visit, at: Publish) -> None:
    if not at.sure:
        async with visit.db.read() as tx:
            seen = await look(tx, at.id)
        rows = [
            [visit.button("button-confirm", Publish(id=at.id, seen=at.seen, sure=1))],
            [visit.button("button-cancel", AllocationOf(id=at.id))],
        ]
        places = len(seen.result.places)
        await visit.show(visit.say("allocation-publish-sure", applications=len(seen.draw.entrants), places=places), rows)
        return
    network = voice(visit.settings.locale, visit.zone)  # the history is read by everybody: in the network's own language
    await publish(visit.db, at.id, at.seen, by=visit.person, now=visit.now, today=visit.today, say=network)
    await _show(visit, at.id, visit.say("allocation-published"))


async def rest(visit: Visit) -> None:
    made = await draw_rest(visit.db, by=visit.person, now=visit.now, today=visit.today)
    await _show(visit, made, "")


async def record(visit: Visit, at: Record) -> None:
    """Everything the allocation was computed from, and its result: for an auditor."""
    require(visit.person, "allocation.see", Thing())
    async with visit.db.read() as tx:
        kept = await allocation.one(tx, at.id)
    if kept is None:
        raise Refusal("gone")
    whole = {"id": kept.id, "seed": kept.seed, "digest": kept.digest, "input": kept.input, "result": kept.result}
    content = json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1).encode()
    await visit.give(f"{visit.say.plain('allocation-file', number=kept.id)}.json", content, rows=[[visit.menu]])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="allocation")
    router.message.register(opened, Command("allocation"), flags=may("allocation.see"))
    router.callback_query.register(opened, opens(AllocationHome), flags=may("allocation.see"))
    router.callback_query.register(drawn, Draw.filter(), flags=may("allocation.run"))
    router.callback_query.register(past, Past.filter(), flags=may("allocation.see"))
    router.callback_query.register(looked, opens(AllocationOf), flags=may("allocation.see"))
    router.callback_query.register(groups, Groups.filter(), flags=may("allocation.see"))
    router.callback_query.register(group_shown, GroupPage.filter(), flags=may("allocation.see"))
    router.callback_query.register(group_opened, Opens.filter(), flags=may("allocation.run"))
    router.callback_query.register(left, Left.filter(), flags=may("allocation.see"))
    router.callback_query.register(published, Publish.filter(), flags=may("allocation.run"))
    router.callback_query.register(rest, Rest.filter(), flags=may("allocation.run"))
    router.callback_query.register(record, Record.filter(), flags=may("allocation.see"))
    return router
