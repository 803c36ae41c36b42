"""The groups as staff see them: who learns, who waits, whose seat has no name; leaving, completing, freeing."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import page_of
from bot.policy import can, reader
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.network.years import running_now
from bot.services.offers.departures import complete, complete_all, depart, free_nameless, seen, thing_of
from bot.services.offers.offers import accept, decline, release
from bot.services.offers.regroup import MOVABLE
from bot.targets import GroupList, Requests
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.groups import member_in_words
from bot.words.years import dated
from handlers.door import TYPED, may, opens
from handlers.offers.offers import epoch
from handlers.offers.places import GroupPage, RegroupAll, Seat
from handlers.offers.regroup import Regroup
from handlers.reasons import show_reason, shown_reason
from storage.offers import offers, seats
from storage.offers.offers import Room
from storage.offers.seats import Member

PAGE = 8  # groups, or pupils of a group, a page


class Release(CallbackData, prefix="group.release"):
    """The seats kept empty go to the line."""

    group: int


class Free(CallbackData, prefix="group.free"):
    """A seat whose family has withdrawn its data; asks for confirmation unless sure."""

    group: int
    choice: int
    sure: bool


class InStead(AlsoOld, CallbackData, prefix="offer.stead"):
    """The coordinator enters what a family without the bot has said: takes the place, or gives it up."""

    choice: int
    takes: bool
    until: int = 0


class Left(CallbackData, prefix="group.left"):
    """Asks for the reason."""

    choice: int


class LeftSure(CallbackData, prefix="group.left.sure"):
    """With the reason typed, as the page showed it."""

    choice: int
    why: str  # the stamp of the reason


class Complete(CallbackData, prefix="group.complete"):
    choice: int


class CompleteAll(CallbackData, prefix="group.finish"):
    """Asks for confirmation unless sure."""

    group: int
    sure: bool


class WhyLeft(StatesGroup):
    """Staff type why a pupil leaves a group."""

    typing = State()


async def groups_shown(visit: Visit, at: GroupList) -> None:
    async with visit.db.read() as tx:
        this = (await running_now(tx, visit.today)).year
        found = await seats.groups(tx, this, reader(visit.person))
    here = page_of(found, at.page, PAGE)
    rows = []
    for one in here.some:
        label = visit.say.plain("button-group", group=one.code, course=brief(one.course, 100), count=one.enrolled)
        rows.append([Button(dated(label, one.year, this), GroupPage(group=one.id, page=0))])
    text = visit.say("groups-title", total=len(found)) if found else visit.say("groups-none")
    rows += [visit.pager(here.number, here.of, lambda to: GroupList(page=to)), visit.ways_back(Requests())]
    await visit.show(text, rows)


async def group_shown(visit: Visit, at: GroupPage) -> None:
    await _group(visit, at.group, at.page, "")


async def _group(visit: Visit, group: int, page: int, done: str) -> None:
    async with visit.db.read() as tx:
        found = await seats.members(tx, group, reader(visit.person))
        foreign = await seats.foreign(tx, group, reader(visit.person))
        room = await offers.room(tx, group)
        nobody = await seats.nameless(tx, group, reader(visit.person))
    if room is None or (not found and not done and not nobody):
        raise Refusal("gone")
    held = visit.say("places-erased", count=len(nobody)) if nobody else ""
    free = [[visit.button("button-free-nameless", Free(group=group, choice=nobody[0].choice_id, sure=False))]] if nobody else []
    if not found:
        head = _head(visit, nobody[0].group, nobody[0].course, room) if nobody else ""
        await visit.show(lines([done, head, held]), [*free, visit.ways_back(GroupList(page=0))])
        return
    named = [one for one in found if one.about.child]
    here = page_of(named, page, PAGE)
    head = _head(visit, found[0].about.group, found[0].about.course, room)
    nameless = sum(not one.about.child for one in found)
    unsaid = visit.say("places-nameless", count=nameless) if nameless else ""
    others = visit.say("pupils-foreign", count=foreign) if foreign else ""
    listed = "\n".join(member_in_words(one, visit.say) for one in here.some)
    text = lines([done, head, listed, unsaid, held, others, _kept(visit, room, found)])
    pager = visit.pager(here.number, here.of, lambda to: GroupPage(group=group, page=to))
    rows = [*free, *_release_row(visit, group, room, found), *_seats(visit, here.some), *_all_finish(visit, group, found)]
    await visit.show(text, [*rows, pager, visit.ways_back(GroupList(page=0))])


def _head(visit: Visit, group: str | None, course: str, room: Room) -> str:
    return visit.say("group-head", group=group, course=brief(course), taken=room.taken, seats=room.seats, left=room.free)


def _kept(visit: Visit, room: Room, found: list[Member]) -> str:
    waits = any(one.about.state == "reserve" for one in found)
    return visit.say("group-kept", count=room.kept_free) if waits and room.kept_free else ""


def _release_row(visit: Visit, group: int, room: Room, found: list[Member]) -> list[list[Button]]:
    return [[visit.button("button-group-release", Release(group=group))]] if _kept(visit, room, found) else []


def _seats(visit: Visit, some: Sequence[Member]) -> list[list[Button]]:
    def named(one: Member) -> dict[str, str]:
        return {"child": brief(one.about.child, 120), "class_name": one.about.class_name}

    return [[visit.button("button-group-pupil", Seat(choice=one.about.choice_id), **named(one))] for one in some]


def _all_finish(visit: Visit, group: int, found: list[Member]) -> list[list[Button]]:
    learn = sum(one.about.state == "enrolled" and bool(one.about.child) for one in found)
    move = [[visit.button("button-regroup-all", RegroupAll(group=group))]] if found else []
    done = [[visit.button("button-complete-all", CompleteAll(group=group, sure=False), count=learn)]] if learn > 1 else []
    return [*move, *done]


async def freed(visit: Visit, at: Free) -> None:
    """Asked once: the seat of a family that has withdrawn its data."""
    if at.sure:
        await free_nameless(visit.db, at.group, at.choice, by=visit.person, now=visit.now)
        await _group(visit, at.group, 0, visit.say("group-freed"))
        return
    rows = [
        [visit.button("button-confirm", Free(group=at.group, choice=at.choice, sure=True))],
        visit.ways_back(GroupPage(group=at.group, page=0)),
    ]
    await visit.show(visit.say("group-free-sure"), rows)


async def released(visit: Visit, at: Release) -> None:
    group = at.group
    before = await _offered(visit, group)
    count = await release(visit.db, group, by=visit.person, now=visit.now, settings=visit.settings)
    asked = await _offered(visit, group) - before
    said = await visit.promise(asked, lambda told: visit.say("group-released", count=count, told=told))
    await _group(visit, group, 0, said)


async def _offered(visit: Visit, group: int) -> set[int]:
    """The pupils who have been offered a place of this group and have not answered."""
    async with visit.db.read() as tx:
        found = await seats.members(tx, group, reader(visit.person))
    return {one.about.pupil_id for one in found if one.about.state == "offered"}


async def seat_shown(visit: Visit, at: Seat) -> None:
    choice = at.choice
    async with visit.db.read() as tx:
        about = await seen(tx, choice, visit.person)
        made = await offers.deadlines(tx, choice)
    until = epoch(made[-1] if made else None)
    rows: list[list[Button]] = []
    if about.state == "enrolled":
        rows.append([visit.button("button-left", Left(choice=choice))])
        rows.append([visit.button("button-complete", Complete(choice=choice))])
    if about.state in MOVABLE:
        rows.append([visit.button("button-regroup", Regroup(choice=choice))])
    if about.state == "offered" and can(visit.person, "enrollment.enter", thing_of(about)):
        rows.append([visit.button("button-stead-accept", InStead(choice=choice, takes=True, until=until))])
        rows.append([visit.button("button-stead-decline", InStead(choice=choice, takes=False, until=until))])
    facts = {"child": brief(about.child), "class_name": about.class_name, "course": brief(about.course)}
    text = visit.say("group-pupil", **facts, group=about.group, state=about.state)
    await visit.show(text, [*rows, visit.ways_back(GroupPage(group=about.group_id or 0, page=0))])


async def entered(visit: Visit, at: InStead) -> None:
    if at.takes:
        found = await accept(visit.db, at.choice, by=visit.person, now=visit.now, today=visit.today, until=at.until)
        done = visit.say("group-stead-accepted", child=brief(found.about.child))
    else:
        found = await decline(visit.db, at.choice, by=visit.person, now=visit.now, until=at.until)
        done = visit.say("group-stead-declined", child=brief(found.about.child))
    await _group(visit, found.about.group_id or 0, 0, done)


async def leaving(visit: Visit, at: Left) -> None:
    async with visit.db.read() as tx:
        about = await seen(tx, at.choice, visit.person)
    if about.state != "enrolled":
        raise Refusal("choice-no-step", state=about.state)
    await visit.talk.begin(WhyLeft.typing, choice=at.choice, group=about.group_id)
    text = visit.say("group-why-left", child=brief(about.child), course=brief(about.course))
    await visit.show(text, [[visit.back(Seat(choice=at.choice))]])


async def reasoned(visit: Visit) -> None:
    choice = int((await visit.talk.data())["choice"])
    async with visit.db.read() as tx:
        about = await seen(tx, choice, visit.person)
    head = visit.say("group-sure-left", child=brief(about.child), course=brief(about.course))
    await show_reason(visit, head, lambda why: LeftSure(choice=choice, why=why), back=Seat(choice=choice))


async def has_left(visit: Visit, at: LeftSure) -> None:
    why = await shown_reason(visit, at.why)
    async with visit.db.read() as tx:
        about = await seen(tx, at.choice, visit.person)
    await depart(visit.db, at.choice, why, by=visit.person, now=visit.now)
    said = await visit.promise([about.pupil_id], lambda told: visit.say("group-done-left", told=told))
    await _group(visit, about.group_id or 0, 0, said)


async def completed(visit: Visit, at: Complete) -> None:
    async with visit.db.read() as tx:
        about = await seen(tx, at.choice, visit.person)
    await complete(visit.db, at.choice, by=visit.person, now=visit.now)
    await _group(visit, about.group_id or 0, 0, await _completed(visit, [about.pupil_id]))


async def _completed(visit: Visit, pupils: Sequence[int]) -> str:
    return await visit.promise(pupils, lambda told: visit.say("group-done-completed", count=len(pupils), told=told))


async def all_completed(visit: Visit, at: CompleteAll) -> None:
    group = at.group
    if not at.sure:
        rows = [
            [visit.button("button-confirm", CompleteAll(group=group, sure=True))],
            visit.ways_back(GroupPage(group=group, page=0)),
        ]
        await visit.show(visit.say("group-complete-sure"), rows)
        return
    pupils = await complete_all(visit.db, group, by=visit.person, now=visit.now)
    await _group(visit, group, 0, await _completed(visit, pupils))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="groups")
    router.callback_query.register(groups_shown, opens(GroupList), flags=may("enrollment.answer"))
    router.callback_query.register(group_shown, GroupPage.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(released, Release.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(freed, Free.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(seat_shown, Seat.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(entered, InStead.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(leaving, Left.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(completed, Complete.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_completed, CompleteAll.filter(), flags=may("enrollment.answer"))
    typing = TYPED
    router.message.register(reasoned, WhyLeft.typing, typing, flags=may("enrollment.answer"))
    router.callback_query.register(has_left, LeftSure.filter(), flags=may("enrollment.answer", keeps_talk=WhyLeft))
    return router
