"""The distribution of places, as the coordinator works on it: lots are drawn, the result is looked at, published."""

from __future__ import annotations

import json

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.policy import Thing, can, require
from bot.refusals import Refusal
from bot.services.allocation.allocation import NETWORK, Seen, draw_lots, draw_rest, look, publish, renew
from bot.services.allocation.told import hearers
from bot.services.allocation.view import Overview, demand, overview, year_to_draw
from bot.services.courses.clashes import brief
from bot.services.surveys.demand import demand_beside_seats
from bot.targets import AllocationHome, AllocationOf, Exceptions, Inbox, Lottery
from bot.visit import Button, Visit
from bot.voice import lines, voice
from bot.words.allocation import drawn_title, drawn_told, group_name
from handlers.allocation.groups import Groups, Left
from handlers.door import may, opens
from storage.allocation import allocation

PAGE = 8  # distributions a page
COURSES = 12  # courses the first page names
OF_DIGEST = 8  # digits of a digest that a page shows and a button carries


class Draw(CallbackData, prefix="allocation.draw"):
    """sure 0 asks first."""

    sure: int


class Past(CallbackData, prefix="allocation.past"):
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
    parts.append("\n".join(await _named_in_surveys(visit, year)))
    if waits.still_open:
        said = [visit.say("allocation-waits-for-window", course=brief(course, 100), day=day) for course, day in waits.still_open]
        parts.append("\n".join(said))
    if waits.undecided:
        parts.append(visit.say("allocation-waits-for-decision", count=waits.undecided))
        rows += [[visit.button("button-inbox", Inbox())]] if can(visit.person, "allocation.run", NETWORK) else []
    elif waits.applications and can(visit.person, "allocation.run", NETWORK):
        rows.append([visit.button("button-draw-lots", Draw(sure=0))])
    if known:
        rows.append([visit.button("button-allocations-past", Past(page=0))])
    if can(visit.person, "allocation.exception", NETWORK):
        rows.append([visit.button("button-exceptions", Exceptions())])
    await visit.show(lines(parts), [*rows, _way_out(visit)])


async def _named_in_surveys(visit: Visit, year: int) -> list[str]:
    """How many families named each course in questionnaires, beside its seats."""
    async with visit.db.read() as tx:
        found = await demand_beside_seats(tx, visit.person.organizations_as("coordinator", "director"), year)
    if not found:
        return []
    shown = [
        visit.say("allocation-asked-course", course=brief(one.course, 100), asked=one.asked, seats=one.seats) for one in found
    ]
    return [visit.say("allocation-asked"), *shown[:COURSES]]


def _way_out(visit: Visit) -> list[Button]:
    """Back to the inbox for whom something can wait there: a director decides nothing."""
    return visit.ways_back(Inbox()) if can(visit.person, "allocation.run", NETWORK) else [visit.menu]


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
    async with visit.db.read() as tx:
        pupils = {entrant.pupil for entrant in (await look(tx, made)).draw.entrants}
    await _show(visit, made, await visit.promise(pupils, lambda told: visit.say("allocation-drawn", told=told)))


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
    parts = [done, drawn_title(seen, visit.say), drawn_told(seen, told.without, visit.say)]
    below = [group for group in told.groups if group.below]
    if below and seen.follows_id is None:
        named = [
            visit.say("allocation-below", group=group_name(group), children=group.children, minimum=group.minimum)
            for group in below[:6]
        ]
        parts.append("\n".join([visit.say("allocation-below-title"), *named]))
    parts.append(visit.say("allocation-signed", seed=seen.seed, digest=seen.digest[:OF_DIGEST]))
    await visit.show(lines(parts), _buttons(visit, seen, told, runs=runs))


def _buttons(visit: Visit, seen: Seen, told: Overview, *, runs: bool) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if runs and seen.published_at is None:
        label = visit.say.plain("button-publish")
        rows.append([Button(label, Publish(id=seen.id, seen=seen.digest[:OF_DIGEST], sure=0))])
    rows.append([visit.button("button-allocation-groups", Groups(id=seen.id, page=0))])
    if told.without and seen.follows_id is None:
        rows.append([visit.button("button-allocation-left", Left(id=seen.id, page=0), count=told.without)])
    if runs and seen.published_at is not None:
        rows.append([visit.button("button-allocation-rest", Rest())])
    rows.append(
        [
            visit.button("button-allocation-file", Record(id=seen.id)),
            visit.button("button-lottery", Lottery(seen.id)),
        ]
    )
    return [*rows, visit.ways_back(Past(page=0)) if seen.published_at else _way_out(visit)]


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
    await publish(visit.db, at.id, at.seen, by=visit.person, at=visit.moment, say=network)
    async with visit.db.read() as tx:
        seen = await look(tx, at.id)
    pupils = hearers(seen.draw, seen.result, rest=seen.follows_id is not None)
    await _show(visit, at.id, await visit.promise(pupils, lambda told: visit.say("allocation-published", told=told)))


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
    router.callback_query.register(published, Publish.filter(), flags=may("allocation.run"))
    router.callback_query.register(rest, Rest.filter(), flags=may("allocation.run"))
    router.callback_query.register(record, Record.filter(), flags=may("allocation.see"))
    return router
