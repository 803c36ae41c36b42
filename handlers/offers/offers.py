"""A place offered to the reserve: the family takes it or gives it up. And the groups as staff see them: who learns, who waits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.policy import Person, can
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.enrollment.departures import complete, complete_all, depart, seen, thing_of
from bot.services.offers.offers import Offered, accept, decline, offered, release
from bot.services.people.calls import silent_among
from bot.settings import Settings
from bot.voice import Say, lines
from handlers.ui import (
    AlsoOld,
    Applications,
    Button,
    Requests,
    Timetable,
    back,
    back_to_menu,
    is_letter,
    may,
    pager,
    show,
    with_unreached,
)
from storage.db import Database
from storage.offers import offers
from storage.offers.offers import Member, Room
from storage.people.people import first_name

PAGE = 8  # groups, or pupils of a group, a page


class OfferPage(CallbackData, prefix="offer.page"):
    choice: int


class Accept(AlsoOld, CallbackData, prefix="offer.accept"):
    choice: int
    until: int = 0  # the deadline of the offer that was read, in epoch seconds


class Decline(AlsoOld, CallbackData, prefix="offer.decline"):
    """Asks for confirmation."""

    choice: int
    until: int = 0


class Declined(AlsoOld, CallbackData, prefix="offer.declined"):
    choice: int
    until: int = 0


class GroupList(CallbackData, prefix="group.list"):
    page: int


class GroupPage(CallbackData, prefix="group.page"):
    group: int
    page: int


class Release(CallbackData, prefix="group.release"):
    """The seats kept empty go to the line."""

    group: int


class Seat(CallbackData, prefix="group.seat"):
    """A pupil in a group."""

    choice: int


class InStead(AlsoOld, CallbackData, prefix="offer.stead"):
    """The coordinator enters what a family without the bot has said: takes the place, or gives it up."""

    choice: int
    takes: bool
    until: int = 0


class Left(CallbackData, prefix="group.left"):
    """Asks for the reason."""

    choice: int


class Complete(CallbackData, prefix="group.complete"):
    choice: int


class CompleteAll(CallbackData, prefix="group.finish"):
    """Asks for confirmation unless sure."""

    group: int
    sure: bool


class WhyLeft(StatesGroup):
    """Staff type why a pupil leaves a group."""

    typing = State()


# ── the family ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def offer_shown(tap: CallbackQuery, callback_data: OfferPage, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        found = await offered(tx, callback_data.choice, person)
    if found.about.state != "offered":
        raise Refusal("offer-over")
    await show(tap, _offer_text(found, say), _offer_rows(found, say, person), anew=is_letter(tap))


def _offer_text(found: Offered, say: Say) -> str:
    about = found.about
    facts = {"child": first_name(about.child), "course": brief(about.course), "partner": brief(about.organization)}
    return say("offer-page", **facts, group=about.group, deadline=found.deadline)


def _offer_rows(found: Offered, say: Say, person: Person) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if found.about.pupil_id in person.children:
        choice, until = found.about.choice_id, _epoch(found.deadline)
        rows = [
            [Button(say.plain("button-offer-accept"), Accept(choice=choice, until=until))],
            [Button(say.plain("button-offer-decline"), Decline(choice=choice, until=until))],
        ]
    return [*rows, [back(say, Applications()), back_to_menu(say)]]


def _epoch(deadline: datetime | None) -> int:
    return int(deadline.timestamp()) if deadline is not None else 0


async def accepted(
    tap: CallbackQuery, callback_data: Accept, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    found = await accept(db, callback_data.choice, by=person, now=now, today=today, until=callback_data.until)
    text = say("offer-accepted", child=first_name(found.about.child), course=brief(found.about.course), group=found.about.group)
    rows = [[Button(say.plain("button-timetable"), Timetable())], [back(say, Applications()), back_to_menu(say)]]
    await show(tap, text, rows, anew=is_letter(tap))


async def declining(tap: CallbackQuery, callback_data: Decline, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        found = await offered(tx, callback_data.choice, person)
    if found.about.state != "offered":
        raise Refusal("offer-over")
    choice = callback_data.choice
    rows = [
        [Button(say.plain("button-offer-decline-sure"), Declined(choice=choice, until=callback_data.until))],
        [back(say, OfferPage(choice=choice)), back_to_menu(say)],
    ]
    text = say("offer-decline-sure", child=first_name(found.about.child), course=brief(found.about.course))
    await show(tap, text, rows, anew=is_letter(tap))


async def declined(tap: CallbackQuery, callback_data: Declined, db: Database, say: Say, person: Person, now: datetime) -> None:
    found = await decline(db, callback_data.choice, by=person, now=now, until=callback_data.until)
    text = say("offer-declined", child=first_name(found.about.child), course=brief(found.about.course))
    await show(tap, text, [[back(say, Applications()), back_to_menu(say)]])


# ── the staff ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def groups_shown(tap: CallbackQuery, callback_data: GroupList, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        schools, partners = person.organizations_as("coordinator"), person.organizations_as("partner")
        found = await offers.groups(tx, schools=schools, partners=partners)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(callback_data.page, 0), pages - 1)
    rows = [
        [
            Button(
                say.plain("button-group", group=one.code, course=brief(one.course, 100), count=one.enrolled),
                GroupPage(group=one.id, page=0),
            )
        ]
        for one in found[page * PAGE : (page + 1) * PAGE]
    ]
    text = say("groups-title", total=len(found)) if found else say("groups-none")
    rows += [pager(say, page, pages, lambda to: GroupList(page=to)), [back(say, Requests()), back_to_menu(say)]]
    await show(tap, text, rows)


async def group_shown(
    tap: CallbackQuery, callback_data: GroupPage, db: Database, say: Say, person: Person, state: FSMContext
) -> None:
    if await state.get_state() is not None:
        await state.clear()
    await _group(tap, callback_data.group, callback_data.page, "", db, say, person)


async def _group(
    event: Message | CallbackQuery, group: int, page: int, done: str, db: Database, say: Say, person: Person
) -> None:
    async with db.read() as tx:
        schools, partners = person.organizations_as("coordinator"), person.organizations_as("partner")
        found = await offers.members(tx, group, schools=schools, partners=partners)
        room = await offers.room(tx, group)
    if room is None or (not found and not done):
        raise Refusal("gone")
    if not found:
        await show(event, done, [[back(say, GroupList(page=0)), back_to_menu(say)]])
        return
    named = [one for one in found if one.about.child]
    pages = max(1, -(-len(named) // PAGE))
    page = min(max(page, 0), pages - 1)
    some = named[page * PAGE : (page + 1) * PAGE]
    first = found[0].about
    head = say("group-head", group=first.group, course=brief(first.course), taken=room.taken, seats=room.seats, left=room.free)
    nameless = sum(not one.about.child for one in found)
    unsaid = say("places-nameless", count=nameless) if nameless else ""
    text = lines([done, head, "\n".join(_member(one, say) for one in some), unsaid, _kept(room, found, say)])
    await show(event, text, _group_rows(group, room, found, some, page, pages, say))


def _member(one: Member, say: Say) -> str:
    facts = {"child": brief(one.about.child, 120), "class_name": one.about.class_name}
    match one.about.state:
        case "offered":
            return say("group-offered", **facts, deadline=one.deadline)
        case "reserve":
            return say("group-reserve", **facts, number=one.number)
        case _:
            return say("group-enrolled", **facts)


def _kept(room: Room, found: list[Member], say: Say) -> str:
    waits = any(one.about.state == "reserve" for one in found)
    return say("group-kept", count=room.kept_free) if waits and room.kept_free else ""


def _group_rows(
    group: int, room: Room, found: list[Member], some: list[Member], page: int, pages: int, say: Say
) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if _kept(room, found, say):
        rows.append([Button(say.plain("button-group-release"), Release(group=group))])
    for one in some:
        if one.about.state in ("enrolled", "offered"):
            facts = {"child": brief(one.about.child, 120), "class_name": one.about.class_name}
            rows.append([Button(say.plain("button-group-pupil", **facts), Seat(choice=one.about.choice_id))])
    learn = sum(one.about.state == "enrolled" and bool(one.about.child) for one in found)
    if learn > 1:
        rows.append([Button(say.plain("button-complete-all", count=learn), CompleteAll(group=group, sure=False))])
    rows.append(pager(say, page, pages, lambda to: GroupPage(group=group, page=to)))
    return [*rows, [back(say, GroupList(page=0)), back_to_menu(say)]]


async def released(
    tap: CallbackQuery, callback_data: Release, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    group = callback_data.group
    before = await _offered(db, group, person)
    count = await release(db, group, by=person, now=now, settings=settings)
    silent = await silent_among(db, await _offered(db, group, person) - before)
    await _group(tap, group, 0, with_unreached(say("group-released", count=count), silent, say), db, say, person)


async def _offered(db: Database, group: int, person: Person) -> set[int]:
    """The pupils who have been offered a place of this group and have not answered."""
    async with db.read() as tx:
        found = await offers.members(
            tx, group, schools=person.organizations_as("coordinator"), partners=person.organizations_as("partner")
        )
    return {one.about.pupil_id for one in found if one.about.state == "offered"}


async def seat_shown(tap: CallbackQuery, callback_data: Seat, db: Database, say: Say, person: Person, state: FSMContext) -> None:
    if await state.get_state() is not None:
        await state.clear()
    choice = callback_data.choice
    async with db.read() as tx:
        about = await seen(tx, choice, person)
        made = await offers.deadlines(tx, choice)
    until = _epoch(made[-1] if made else None)
    rows: list[list[Button]] = []
    if about.state == "enrolled":
        rows.append([Button(say.plain("button-left"), Left(choice=choice))])
        rows.append([Button(say.plain("button-complete"), Complete(choice=choice))])
    if about.state == "offered" and can(person, "enrollment.enter", thing_of(about)):
        rows.append([Button(say.plain("button-stead-accept"), InStead(choice=choice, takes=True, until=until))])
        rows.append([Button(say.plain("button-stead-decline"), InStead(choice=choice, takes=False, until=until))])
    facts = {"child": brief(about.child), "class_name": about.class_name, "course": brief(about.course)}
    text = say("group-pupil", **facts, group=about.group, state=about.state)
    await show(tap, text, [*rows, [back(say, GroupPage(group=about.group_id or 0, page=0)), back_to_menu(say)]])


async def entered(
    tap: CallbackQuery, callback_data: InStead, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    if callback_data.takes:
        found = await accept(db, callback_data.choice, by=person, now=now, today=today, until=callback_data.until)
        done = say("group-stead-accepted", child=brief(found.about.child))
    else:
        found = await decline(db, callback_data.choice, by=person, now=now, until=callback_data.until)
        done = say("group-stead-declined", child=brief(found.about.child))
    await _group(tap, found.about.group_id or 0, 0, done, db, say, person)


async def leaving(tap: CallbackQuery, callback_data: Left, db: Database, say: Say, person: Person, state: FSMContext) -> None:
    async with db.read() as tx:
        about = await seen(tx, callback_data.choice, person)
    if about.state != "enrolled":
        raise Refusal("choice-no-step", state=about.state)
    await state.set_state(WhyLeft.typing)
    await state.set_data({"choice": callback_data.choice, "group": about.group_id})
    text = say("group-why-left", child=brief(about.child), course=brief(about.course))
    await show(tap, text, [[back(say, Seat(choice=callback_data.choice))]])


async def has_left(message: Message, db: Database, say: Say, person: Person, now: datetime, state: FSMContext) -> None:
    data: dict[str, Any] = await state.get_data()
    try:
        await depart(db, int(data["choice"]), message.text or "", by=person, now=now)
    except Refusal as no:
        if not no.key.startswith("reason-"):  # else it can be typed again
            await state.clear()
        raise
    await state.clear()
    await _group(message, int(data["group"]), 0, say("group-done-left"), db, say, person)


async def completed(tap: CallbackQuery, callback_data: Complete, db: Database, say: Say, person: Person, now: datetime) -> None:
    async with db.read() as tx:
        about = await seen(tx, callback_data.choice, person)
    await complete(db, callback_data.choice, by=person, now=now)
    silent = await silent_among(db, [about.pupil_id])
    await _group(tap, about.group_id or 0, 0, with_unreached(say("group-done-completed", count=1), silent, say), db, say, person)


async def all_completed(
    tap: CallbackQuery, callback_data: CompleteAll, db: Database, say: Say, person: Person, now: datetime
) -> None:
    group = callback_data.group
    if not callback_data.sure:
        rows = [
            [Button(say.plain("button-confirm"), CompleteAll(group=group, sure=True))],
            [back(say, GroupPage(group=group, page=0)), back_to_menu(say)],
        ]
        await show(tap, say("group-complete-sure"), rows)
        return
    pupils = await complete_all(db, group, by=person, now=now)
    done = with_unreached(say("group-done-completed", count=len(pupils)), await silent_among(db, pupils), say)
    await _group(tap, group, 0, done, db, say, person)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="offers")
    router.callback_query.register(offer_shown, OfferPage.filter(), flags=may("enrollment.see"))
    router.callback_query.register(accepted, Accept.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(declining, Decline.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(declined, Declined.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(groups_shown, GroupList.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(group_shown, GroupPage.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(released, Release.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(seat_shown, Seat.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(entered, InStead.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(leaving, Left.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(completed, Complete.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_completed, CompleteAll.filter(), flags=may("enrollment.answer"))
    typing = F.text & ~F.text.startswith("/")
    router.message.register(has_left, WhyLeft.typing, typing, flags=may("enrollment.answer"))
    return router
