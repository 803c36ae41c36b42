"""The distribution of places, as the coordinator works on it: lots are drawn, the result is looked at, published."""

from __future__ import annotations

import json
from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.notices.allocation import padded
from bot.policy import Person, Thing, can, require
from bot.refusals import Refusal
from bot.services.allocation.allocation import (
    NETWORK,
    Seen,
    draw_lots,
    draw_rest,
    look,
    open_group,
    publish,
    renew,
)
from bot.services.allocation.view import GroupView, Overview, Row, demand, left_over, list_of, overview
from bot.services.courses.clashes import brief
from bot.settings import Settings
from bot.voice import Fact, Say, lines, voice
from handlers.ui import TEXT, Button, Inbox, back, back_to_menu, give, may, pager, show
from storage.allocation import allocation
from storage.db import Database

PAGE = 8  # groups a page
NAMES = 15  # children a page
COURSES = 12  # courses the first page names
OF_DIGEST = 8  # digits of a digest that a page shows and a button carries


class Home(CallbackData, prefix="allocation"):
    """What waits to be distributed, or the allocation that is drawn and not yet published."""


class Draw(CallbackData, prefix="allocation.draw"):
    """sure 0 asks first."""

    sure: int


class Past(CallbackData, prefix="allocation.past"):
    page: int


class Look(CallbackData, prefix="allocation.look"):
    id: int


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


async def opened(event: Message | CallbackQuery, db: Database, say: Say, person: Person, today: date, settings: Settings) -> None:
    year = settings.year(today)
    async with db.read() as tx:
        known = await allocation.made(tx)
    drawn = next((one for one in known if one.year == year and one.published_at is None), None)
    if drawn is not None:
        await _show(event, drawn.id, "", db, say, person, today)
        return
    async with db.read() as tx:
        waits = await demand(tx, year=year, today=today)
    rows, parts = [], [say("allocation-title")]
    if not waits.applications:
        parts.append(say("allocation-empty"))
    else:
        parts.append(say("allocation-demand", applications=waits.applications, seats=waits.seats))
        shown = [
            say("allocation-demand-course", course=brief(course, 100), first=first, all=wished, seats=seats)
            for course, first, wished, seats in waits.courses[:COURSES]
        ]
        parts.append("\n".join(shown))
    if waits.still_open is not None:
        course, day = waits.still_open
        parts.append(say("allocation-waits-for-window", course=brief(course, 100), day=day))
    elif waits.undecided:
        parts.append(say("allocation-waits-for-decision", count=waits.undecided))
        rows.append([Button(say.plain("button-inbox"), Inbox())])
    elif waits.applications and can(person, "allocation.run", NETWORK):
        rows.append([Button(say.plain("button-draw-lots"), Draw(sure=0))])
    if known:
        rows.append([Button(say.plain("button-allocations-past"), Past(page=0))])
    await show(event, lines(parts), [*rows, [back(say, Inbox()), back_to_menu(say)]])


async def drawn(
    tap: CallbackQuery,
    callback_data: Draw,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    today: date,
    settings: Settings,
) -> None:
    year = settings.year(today)
    if not callback_data.sure:
        async with db.read() as tx:
            waits = await demand(tx, year=year, today=today)
        rows = [[Button(say.plain("button-confirm"), Draw(sure=1))], [Button(say.plain("button-cancel"), Home())]]
        await show(tap, say("allocation-draw-sure", applications=waits.applications), rows)
        return
    made = await draw_lots(db, by=person, now=now, today=today, year=year)
    await _show(tap, made, say("allocation-drawn"), db, say, person, today)


async def past(tap: CallbackQuery, callback_data: Past, db: Database, say: Say) -> None:
    async with db.read() as tx:
        known = await allocation.made(tx)
    pages = max(1, -(-len(known) // PAGE))
    page = min(max(callback_data.page, 0), pages - 1)
    rows = [
        [Button(say.plain("button-allocation", number=one.id, day=one.published_at or one.drawn_at), Look(id=one.id))]
        for one in known[page * PAGE : (page + 1) * PAGE]
    ]
    rows += [pager(say, page, pages, lambda to: Past(page=to)), [back(say, Home()), back_to_menu(say)]]
    await show(tap, say("allocations-past", total=len(known)), rows)


# ── what was drawn ──────────────────────────────────────────────────────────────────────────────────────────────────


async def looked(tap: CallbackQuery, callback_data: Look, db: Database, say: Say, person: Person, today: date) -> None:
    await _show(tap, callback_data.id, "", db, say, person, today)


async def _show(
    event: Message | CallbackQuery, allocation_id: int, done: str, db: Database, say: Say, person: Person, today: date
) -> None:
    require(person, "allocation.see", NETWORK)
    runs = can(person, "allocation.run", NETWORK)
    if runs:
        await renew(db, allocation_id, by=person, today=today)
    async with db.read() as tx:
        seen = await look(tx, allocation_id)
        told = await overview(tx, seen)
    parts = [done, _title(seen, say), _told(seen, told, say)]
    below = [group for group in told.groups if group.below]
    if below and seen.follows_id is None:
        named = [
            say("allocation-below", group=_name(group), children=group.children, minimum=group.minimum) for group in below[:6]
        ]
        parts.append("\n".join([say("allocation-below-title"), *named]))
    parts.append(say("allocation-signed", seed=seen.seed, digest=seen.digest[:OF_DIGEST]))
    await show(event, lines(parts), _buttons(seen, told, say, runs=runs))


def _title(seen: Seen, say: Say) -> str:
    if seen.published_at is not None:
        return say("allocation-published-title", number=seen.id, day=seen.published_at)
    return say("allocation-rest-title", number=seen.id) if seen.follows_id else say("allocation-drawn-title", number=seen.id)


def _told(seen: Seen, told: Overview, say: Say) -> str:
    if seen.follows_id is not None:
        return say("allocation-rest-told", found=len(seen.result.places), kept=len(seen.result.kept), waiting=told.waiting)
    by_rank, count = told.counts.by_rank, told.counts.applications
    later = sum(number for rank, number in by_rank.items() if rank > 2)
    first, second = by_rank.get(1, 0), by_rank.get(2, 0)
    facts = {"first": first, "second": second, "later": later, "without": told.counts.without}
    return say("allocation-told", applications=count, **facts, waiting=told.waiting)


def _buttons(seen: Seen, told: Overview, say: Say, *, runs: bool) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if runs and seen.published_at is None:
        label = say.plain("button-publish")
        rows.append([Button(label, Publish(id=seen.id, seen=seen.digest[:OF_DIGEST], sure=0))])
    rows.append([Button(say.plain("button-allocation-groups"), Groups(id=seen.id, page=0))])
    if told.counts.without and seen.follows_id is None:
        rows.append([Button(say.plain("button-allocation-left", count=told.counts.without), Left(id=seen.id, page=0))])
    if runs and seen.published_at is not None:
        rows.append([Button(say.plain("button-allocation-rest"), Rest())])
    rows.append(
        [
            Button(say.plain("button-allocation-file"), Record(id=seen.id)),
            Button(say.plain("button-lottery"), f"allocation.lottery:{seen.id}"),
        ]
    )
    return [*rows, [back(say, Past(page=0) if seen.published_at else Inbox()), back_to_menu(say)]]


def _name(group: GroupView) -> str:
    return f"{brief(group.course, 60)}, {group.code}"


async def groups(tap: CallbackQuery, callback_data: Groups, db: Database, say: Say) -> None:
    async with db.read() as tx:
        seen = await look(tx, callback_data.id)
        told = await overview(tx, seen)
    pages = max(1, -(-len(told.groups) // PAGE))
    page = min(max(callback_data.page, 0), pages - 1)
    rows = []
    for group in told.groups[page * PAGE : (page + 1) * PAGE]:
        state = "closed" if group.closed else "below" if group.below and seen.follows_id is None else "open"
        facts: dict[str, Fact] = {"group": _name(group), "placed": group.placed, "seats": group.seats, "reserve": group.reserve}
        label = say.plain("button-allocation-group", **facts, state=state)
        rows.append([Button(label, GroupPage(id=seen.id, group=group.id, page=0))])
    rows += [
        pager(say, page, pages, lambda to: Groups(id=seen.id, page=to)),
        [back(say, Look(id=seen.id)), back_to_menu(say)],
    ]
    await show(tap, say("allocation-groups", total=len(told.groups)), rows)


async def group_shown(tap: CallbackQuery, callback_data: GroupPage, db: Database, say: Say, person: Person) -> None:
    at = callback_data
    async with db.read() as tx:
        seen = await look(tx, at.id)
        told = await overview(tx, seen)
        placed = await list_of(tx, seen, at.group, person, line=False)
        waiting = await list_of(tx, seen, at.group, person, line=True)
    group = next((one for one in told.groups if one.id == at.group), None)
    if group is None:
        raise Refusal("gone")
    said = [say("allocation-row", **_row(row, say)) for row in placed]
    if waiting:
        said += [say("allocation-line"), *(say("allocation-row", **_row(row, say)) for row in waiting)]
    pages = max(1, -(-len(said) // NAMES))
    page = min(max(at.page, 0), pages - 1)
    head = say("allocation-group", group=_name(group), partner=brief(group.organization), placed=group.placed, seats=group.seats)
    parts = [head, "\n".join(said[page * NAMES : (page + 1) * NAMES]) or say("allocation-group-empty")]
    if group.closed:
        parts.insert(1, say("allocation-group-closed"))
    elif group.below and seen.follows_id is None:
        parts.insert(1, say("allocation-below", group=_name(group), children=group.children, minimum=group.minimum))
    rows: list[list[Button]] = []
    if can(person, "allocation.run", NETWORK) and seen.published_at is None and seen.follows_id is None:
        label = say.plain("button-group-open") if group.closed else say.plain("button-group-close")
        rows.append([Button(label, Opens(id=seen.id, group=group.id, opens=int(group.closed)))])
    rows += [
        pager(say, page, pages, lambda to: GroupPage(id=seen.id, group=group.id, page=to)),
        [back(say, Groups(id=seen.id, page=0)), back_to_menu(say)],
    ]
    text = lines(parts)
    await show(tap, text if len(text) <= TEXT else head, rows)


def _row(row: Row, say: Say) -> dict[str, str | int]:
    whose = row.named
    child = (
        f"{brief(whose.child, 80)}, {whose.class_name}" if whose else say.plain("allocation-of-number", number=row.application)
    )
    why = ", ".join(say.plain("priority", which=name) for name in row.held)
    rank = whose.rank if whose else 0
    return {"number": row.number, "child": child, "lot": padded(row.lot, row.of), "rank": rank, "why": f" · {why}" if why else ""}


async def group_opened(
    tap: CallbackQuery,
    callback_data: Opens,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    today: date,
) -> None:
    at = callback_data
    await open_group(db, at.id, at.group, opens=bool(at.opens), by=person, now=now, today=today)
    await group_shown(tap, GroupPage(id=at.id, group=at.group, page=0), db, say, person)


async def left(tap: CallbackQuery, callback_data: Left, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        seen = await look(tx, callback_data.id)
        rows_left = await left_over(tx, seen, person)
    pages = max(1, -(-len(rows_left) // NAMES))
    page = min(max(callback_data.page, 0), pages - 1)
    said = []
    for row in rows_left[page * NAMES : (page + 1) * NAMES]:
        facts = _row(row, say)
        course = f": {brief(row.named.course, 60)}" if row.named else ""
        said.append(say("allocation-left-row", child=facts["child"], lot=facts["lot"], course=course))
    text = lines([say("allocation-left", count=len(rows_left)), "\n".join(said)])
    rows = [
        pager(say, page, pages, lambda to: Left(id=seen.id, page=to)),
        [back(say, Look(id=seen.id)), back_to_menu(say)],
    ]
    await show(tap, text, rows)


# ── publishing ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def published(
    tap: CallbackQuery,
    callback_data: Publish,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    today: date,
    settings: Settings,
) -> None:
    at = callback_data
    if not at.sure:
        async with db.read() as tx:
            seen = await look(tx, at.id)
        rows = [
            [Button(say.plain("button-confirm"), Publish(id=at.id, seen=at.seen, sure=1))],
            [Button(say.plain("button-cancel"), Look(id=at.id))],
        ]
        places = len(seen.result.places)
        await show(tap, say("allocation-publish-sure", applications=len(seen.draw.entrants), places=places), rows)
        return
    network = voice(settings.locale, settings.zone)  # the history is read by everybody: in the network's own language
    await publish(db, at.id, at.seen, by=person, now=now, today=today, say=network)
    await _show(tap, at.id, say("allocation-published"), db, say, person, today)


async def rest(
    tap: CallbackQuery, db: Database, say: Say, person: Person, now: datetime, today: date, settings: Settings
) -> None:
    made = await draw_rest(db, by=person, now=now, today=today, year=settings.year(today))
    await _show(tap, made, "", db, say, person, today)


async def record(tap: CallbackQuery, callback_data: Record, db: Database, say: Say, person: Person) -> None:
    """Everything the allocation was computed from, and its result: for an auditor."""
    require(person, "allocation.see", Thing())
    async with db.read() as tx:
        kept = await allocation.one(tx, callback_data.id)
    if kept is None:
        raise Refusal("gone")
    whole = {"id": kept.id, "seed": kept.seed, "digest": kept.digest, "input": kept.input, "result": kept.result}
    content = json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1).encode()
    await give(tap, f"{say.plain('allocation-file', number=kept.id)}.json", content, rows=[[back_to_menu(say)]])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="allocation")
    router.message.register(opened, Command("allocation"), flags=may("allocation.see"))
    router.callback_query.register(opened, Home.filter(), flags=may("allocation.see"))
    router.callback_query.register(drawn, Draw.filter(), flags=may("allocation.run"))
    router.callback_query.register(past, Past.filter(), flags=may("allocation.see"))
    router.callback_query.register(looked, Look.filter(), flags=may("allocation.see"))
    router.callback_query.register(groups, Groups.filter(), flags=may("allocation.see"))
    router.callback_query.register(group_shown, GroupPage.filter(), flags=may("allocation.see"))
    router.callback_query.register(group_opened, Opens.filter(), flags=may("allocation.run"))
    router.callback_query.register(left, Left.filter(), flags=may("allocation.see"))
    router.callback_query.register(published, Publish.filter(), flags=may("allocation.run"))
    router.callback_query.register(rest, Rest.filter(), flags=may("allocation.run"))
    router.callback_query.register(record, Record.filter(), flags=may("allocation.see"))
    return router
