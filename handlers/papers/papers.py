"""Papers as DOCX: a family downloads its application; the school's heads the order, the lists of groups, the requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.papers.papers import application_paper, groups_paper, order_paper, request_paper
from bot.settings import Settings
from bot.voice import Say
from handlers.ui import Button, Papers, back, back_to_menu, give, may, pager, show
from storage.db import Database
from storage.papers import papers
from storage.papers.papers import Partner
from storage.requests import requests

PAGE = 8  # partners, groups or requests a page

T = TypeVar("T")


class ApplicationFile(CallbackData, prefix="papers.application"):
    """The family's own paper; the page of the application leads here."""

    application: int


class Orders(CallbackData, prefix="papers.orders"):
    page: int


class OrderFile(CallbackData, prefix="papers.order"):
    """partner 0: everybody who is enrolled."""

    school: int
    partner: int


class GroupsHome(CallbackData, prefix="papers.groups"):
    page: int


class GroupsOf(CallbackData, prefix="papers.groups.of"):
    school: int
    partner: int
    page: int


class GroupFile(CallbackData, prefix="papers.group"):
    """group 0: each of the partner's."""

    school: int
    partner: int
    group: int


class RequestList(CallbackData, prefix="papers.requests"):
    page: int


class RequestFile(CallbackData, prefix="papers.request"):
    request: int


# ── the family ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def application_given(
    tap: CallbackQuery, callback_data: ApplicationFile, db: Database, say: Say, person: Person, settings: Settings, today: date
) -> None:
    file = await application_paper(db, callback_data.application, by=person, say=say, settings=settings, today=today)
    await give(tap, file.name, file.content, say("paper-application-caption"))


# ── the school ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(event: Message | CallbackQuery, say: Say) -> None:
    rows = [
        [Button(say.plain("button-papers-orders"), Orders(page=0))],
        [Button(say.plain("button-papers-groups"), GroupsHome(page=0))],
        [Button(say.plain("button-papers-requests"), RequestList(page=0))],
        [back_to_menu(say)],
    ]
    await show(event, say("papers-title"), rows)


async def orders(tap: CallbackQuery, callback_data: Orders, db: Database, say: Say, person: Person) -> None:
    found = await _partners(db, person)
    some, pages, page = _cut(found, callback_data.page)
    rows = []
    for school in dict.fromkeys((one.school_id, one.school) for one in found):
        if page == 0 and sum(one.school_id == school[0] for one in found) > 1:
            label = say.plain("button-papers-all") + (f", {brief(school[1], 100)}" if _schools(found) > 1 else "")
            rows.append([Button(label, OrderFile(school=school[0], partner=0))])
    rows += [[Button(_label(one, found, say), OrderFile(school=one.school_id, partner=one.id))] for one in some]
    rows += [pager(say, page, pages, lambda to: Orders(page=to)), [back(say, Papers()), back_to_menu(say)]]
    await show(tap, say("papers-order") if found else say("papers-empty"), rows)


async def order_given(
    tap: CallbackQuery, callback_data: OrderFile, db: Database, say: Say, person: Person, settings: Settings, today: date
) -> None:
    at = callback_data
    file = await order_paper(db, at.school, at.partner or None, by=person, say=say, settings=settings, today=today)
    await give(tap, file.name, file.content)


async def groups(tap: CallbackQuery, callback_data: GroupsHome, db: Database, say: Say, person: Person) -> None:
    found = await _partners(db, person)
    some, pages, page = _cut(found, callback_data.page)
    rows = [[Button(_label(one, found, say), GroupsOf(school=one.school_id, partner=one.id, page=0))] for one in some]
    rows += [pager(say, page, pages, lambda to: GroupsHome(page=to)), [back(say, Papers()), back_to_menu(say)]]
    await show(tap, say("papers-groups") if found else say("papers-empty"), rows)


async def groups_of(tap: CallbackQuery, callback_data: GroupsOf, db: Database, say: Say, person: Person) -> None:
    at = callback_data
    if at.school not in _heads(person):
        raise Refusal("gone")
    async with db.read() as tx:
        of = await papers.partners(tx, [at.school], at.partner)
        found = await papers.filled(tx, at.school, at.partner)
    if not of:
        raise Refusal("papers-nobody")
    some, pages, page = _cut(found, at.page)
    rows = []
    if page == 0 and len(found) > 1:
        everything = GroupFile(school=at.school, partner=at.partner, group=0)
        rows.append([Button(say.plain("button-papers-all-groups"), everything)])
    for one in some:
        label = say.plain("button-papers-group", group=one.code, course=brief(one.course, 100), count=one.children)
        rows.append([Button(label, GroupFile(school=at.school, partner=at.partner, group=one.id))])
    rows += [
        pager(say, page, pages, lambda to: GroupsOf(school=at.school, partner=at.partner, page=to)),
        [back(say, GroupsHome(page=0)), back_to_menu(say)],
    ]
    await show(tap, say("papers-groups-of", partner=brief(of[0].name)), rows)


async def group_given(
    tap: CallbackQuery, callback_data: GroupFile, db: Database, say: Say, person: Person, settings: Settings, today: date
) -> None:
    at = callback_data
    file = await groups_paper(db, at.school, at.partner, at.group or None, by=person, say=say, settings=settings, today=today)
    await give(tap, file.name, file.content)


async def request_list(tap: CallbackQuery, callback_data: RequestList, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        sent = await requests.sent(tx, schools=_heads(person), partners=())
    some, pages, page = _cut(sent, callback_data.page)
    rows = []
    for one in some:
        facts = {"number": str(one.number), "partner": brief(one.organization, 100)}
        label = say.plain("button-request", **facts, day=one.made_at, children=one.children, waiting=one.waiting)
        rows.append([Button(label, RequestFile(request=one.id))])
    rows += [pager(say, page, pages, lambda to: RequestList(page=to)), [back(say, Papers()), back_to_menu(say)]]
    await show(tap, say("papers-requests", total=len(sent)) if sent else say("papers-requests-none"), rows)


async def request_given(
    tap: CallbackQuery, callback_data: RequestFile, db: Database, say: Say, person: Person, settings: Settings
) -> None:
    file = await request_paper(db, callback_data.request, by=person, say=say, settings=settings)
    await give(tap, file.name, file.content)


# ── how it is done ──────────────────────────────────────────────────────────────────────────────────────────────────


def _heads(person: Person) -> frozenset[int]:
    """The schools this person is coordinator or director of."""
    return person.organizations_as("coordinator", "director")


async def _partners(db: Database, person: Person) -> list[Partner]:
    async with db.read() as tx:
        return await papers.partners(tx, _heads(person))


def _schools(found: Sequence[Partner]) -> int:
    return len({one.school_id for one in found})


def _label(one: Partner, found: Sequence[Partner], say: Say) -> str:
    """A partner's button; with the school's name only for who heads several."""
    name = brief(one.name, 100)
    if _schools(found) > 1:
        return say.plain("button-papers-partner-of", school=brief(one.school, 60), partner=name, count=one.children)
    return say.plain("button-papers-partner", partner=name, count=one.children)


def _cut(found: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """The rows of a page, how many pages there are, and which one this is."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    return found[page * PAGE : (page + 1) * PAGE], pages, page


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="papers")
    router.message.register(opened, Command("papers"), flags=may("papers.see"))
    router.callback_query.register(opened, Papers.filter(), flags=may("papers.see"))
    router.callback_query.register(application_given, ApplicationFile.filter(), flags=may("papers.application"))
    router.callback_query.register(orders, Orders.filter(), flags=may("papers.see"))
    router.callback_query.register(order_given, OrderFile.filter(), flags=may("papers.see"))
    router.callback_query.register(groups, GroupsHome.filter(), flags=may("papers.see"))
    router.callback_query.register(groups_of, GroupsOf.filter(), flags=may("papers.see"))
    router.callback_query.register(group_given, GroupFile.filter(), flags=may("papers.see"))
    router.callback_query.register(request_list, RequestList.filter(), flags=may("papers.see"))
    router.callback_query.register(request_given, RequestFile.filter(), flags=may("papers.see"))
    return router
