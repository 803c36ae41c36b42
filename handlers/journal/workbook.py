"""The network's workbook in the chat: its empty form, its plan, the questions it leaves open, carried out when its sender says so."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.policy import Thing, require
from bot.reading.workbook.rows import Workbook
from bot.reading.workbook.template import template
from bot.refusals import Faults, Refusal
from bot.services.journal.uploads import (
    drop_upload,
    upload_of,
)
from bot.services.network import network
from bot.services.network.classes import Said
from bot.services.network.doubts import ILLNESS
from bot.targets import Invite, Losses, NetworkHome, PublicPage
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.words import network as network_words
from bot.words.journal import limited
from handlers.door import may, opens
from handlers.journal.faults import ROOM, show_faults
from storage.journal.journal import WORKBOOK_UPLOAD
from storage.offers import losses


class EmptyWorkbook(CallbackData, prefix="network.form"):
    """An empty workbook, every column explained."""


class Load(AlsoOld, CallbackData, prefix="network.apply"):
    document: int
    digest: str  # of the plan that was shown
    year: int = 0  # the academic year that was named; 0: the book tells
    classes: str = ""  # whose classes it holds, where somebody has said: now | next


class OfYear(CallbackData, prefix="network.year"):
    """The answer to which academic year a workbook is of."""

    document: int
    year: int


class WhoseClasses(CallbackData, prefix="network.classes"):
    """The answer to whose classes «Ученики» holds: now | next."""

    document: int
    year: int
    classes: str


class DropWorkbook(CallbackData, prefix="network.drop"):
    document: int


async def network_home(visit: Visit) -> None:
    """How the network is changed: by sending its workbook here."""
    rows = [
        [visit.button("button-network-form", EmptyWorkbook())],
        [visit.button("button-network-invite", Invite())],
        *([[visit.button("button-public-page", PublicPage())]] if visit.settings.public_url else []),
        [visit.menu],
    ]
    await visit.show(visit.say("network-home"), rows)


async def empty_workbook(visit: Visit) -> None:
    caption = visit.say("network-form-caption")
    await visit.give(visit.say.plain("network-form-name"), await asyncio.to_thread(template), caption, [[visit.menu]])


async def _book(visit: Visit, document_id: int, year: int, classes: str) -> Workbook:
    name, content = await upload_of(visit.db, document_id, by=visit.person, kind=WORKBOOK_UPLOAD)
    said = Said(year or None, "next" if classes == "next" else "now" if classes else None)
    return await network.workbook_of(visit.db, content, name, at=visit.moment, said=said, by=visit.person)


async def show_workbook_plan(visit: Visit, document_id: int, year: int = 0, classes: str = "") -> None:
    try:
        book = await _book(visit, document_id, year, classes)
        plan = await network.plan(visit.db, book, now=visit.now, zone=visit.zone, by=visit.person)
    except Faults as faults:
        await show_faults(visit, faults)
        return
    except Refusal as refusal:
        if refusal.key == "network-which-year":
            await _ask_year(visit, document_id, refusal)
        elif refusal.key == "network-whose-classes":
            await _ask_classes(visit, document_id, year, refusal)
        else:
            raise
        return
    rows: list[list[Button]] = []
    if plan:
        go = Load(document=document_id, digest=plan.digest, year=year, classes=classes)
        ill = any(ILLNESS in doubt.about for doubt in plan.doubts)
        rows = [
            [visit.button("button-apply-illness", go) if ill else visit.button("button-file-apply", go)],
            [visit.button("button-cancel", DropWorkbook(document=document_id))],
        ]
    said = network_words.plan_lines(plan, visit.say)
    page = limited(said, ROOM)
    if len(page) < len("\n".join(said)):  # nobody is left unnamed: the whole plan as a file, the buttons below it
        whole = "\r\n".join(network_words.plan_lines(plan, visit.say.plain))
        await visit.show(page)
        name, caption = visit.say.plain("network-plan-file"), visit.say("network-plan-caption")
        await visit.give(name, whole.encode("utf-8-sig"), caption, [*rows, [visit.menu]])
        return
    await visit.show(page, [*rows, [visit.menu]])


async def _ask_year(visit: Visit, document_id: int, asked: Refusal) -> None:
    following = int(str(asked.facts["number"]))
    this, coming = asked.facts["this"], asked.facts["next"]
    rows = [
        [visit.button("button-workbook-year", OfYear(document=document_id, year=year), year=name)]
        for year, name in ((following, coming), (following - 1, this))
    ]
    drop = visit.button("button-cancel", DropWorkbook(document=document_id))
    await visit.show(visit.say("network-which-year-page", this=this, next=coming), [*rows, [drop], [visit.menu]])


async def _ask_classes(visit: Visit, document_id: int, year: int, asked: Refusal) -> None:
    def said(classes: str) -> WhoseClasses:
        return WhoseClasses(document=document_id, year=year, classes=classes)

    rows = [
        [visit.button("button-classes-next", said("next"))],
        [visit.button("button-classes-now", said("now"))],
        [visit.button("button-cancel", DropWorkbook(document=document_id))],
    ]
    await visit.show(visit.say("network-whose-classes-page", count=asked.facts["count"]), [*rows, [visit.menu]])


async def classes_named(visit: Visit, at: WhoseClasses) -> None:
    await show_workbook_plan(visit, at.document, at.year, at.classes)


async def year_named(visit: Visit, at: OfYear) -> None:
    await show_workbook_plan(visit, at.document, at.year)


async def loaded(visit: Visit, at: Load) -> None:
    require(visit.person, "network.load", Thing())
    try:
        book = await _book(visit, at.document, at.year, at.classes)
        await network.carry_out(visit.db, book, by=visit.person, now=visit.now, zone=visit.zone, digest=at.digest)
    except Faults as faults:
        await show_faults(visit, faults)
        return
    except Refusal as refusal:
        if refusal.key not in ("network-plan-old", "network-which-year", "network-whose-classes"):
            raise
        # The network has moved on since the plan was shown, or this very press was handled before: show how it stands.
        await show_workbook_plan(visit, at.document, at.year, at.classes)
        return
    async with visit.db.read() as tx:
        lost = await losses.waiting(tx, visit.person.organizations_as("coordinator"), visit.today)
    rows = [[visit.button("button-inbox-lost", Losses(), count=lost)]] if lost else []
    await visit.show(visit.say("workbook-applied"), [*rows, [visit.menu]])


async def workbook_dropped(visit: Visit, at: DropWorkbook) -> None:
    await drop_upload(visit.db, at.document, by=visit.person, kind=WORKBOOK_UPLOAD)
    await visit.show(visit.say("workbook-dropped"), [[visit.menu]])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="workbook")
    router.callback_query.register(network_home, opens(NetworkHome), flags=may("network.load"))
    router.callback_query.register(empty_workbook, EmptyWorkbook.filter(), flags=may("network.load"))
    router.callback_query.register(loaded, Load.filter(), flags=may("network.load"))
    router.callback_query.register(year_named, OfYear.filter(), flags=may("network.load"))
    router.callback_query.register(classes_named, WhoseClasses.filter(), flags=may("network.load"))
    router.callback_query.register(workbook_dropped, DropWorkbook.filter(), flags=may("network.load"))
    return router
