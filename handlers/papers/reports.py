"""The school's reports: the way from a wish to a place, as a page, a picture and a table."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.policy import Person
from bot.services.courses.clashes import brief
from bot.services.enrollment.funnel import chosen, picture, table, ways
from bot.voice import Say, lines
from handlers.ui import Button, Reports, back_to_menu, give, may, pager, show
from storage.db import Database
from storage.enrollment.funnel import Way

PAGE = 10  # courses a page


class ReportPage(CallbackData, prefix="report.page"):
    page: int


class ReportPicture(CallbackData, prefix="report.picture"):
    """The funnel as PNG."""


class ReportTable(CallbackData, prefix="report.table"):
    """The funnel as XLSX."""


async def opened(event: Message | CallbackQuery, db: Database, say: Say, person: Person) -> None:
    await _show(event, 0, db, say, person)


async def paged(tap: CallbackQuery, callback_data: ReportPage, db: Database, say: Say, person: Person) -> None:
    await _show(tap, callback_data.page, db, say, person)


async def _show(event: Message | CallbackQuery, page: int, db: Database, say: Say, person: Person) -> None:
    found = chosen(await ways(db, by=person))
    if not found:
        await show(event, say("funnel-empty"), [[back_to_menu(say)]])
        return
    pages = -(-len(found) // PAGE)
    page = min(max(page, 0), pages - 1)
    head = say(
        "funnel-title",
        applied=sum(way.applied for way in found),
        approved=sum(way.approved for way in found),
        requested=sum(way.requested for way in found),
        enrolled=sum(way.enrolled for way in found),
        reserve=sum(way.reserve for way in found),
    )
    some = found[page * PAGE : (page + 1) * PAGE]
    parts = [
        "\n".join([say("funnel-head", partner=brief(partner, 150)), *(_line(way, say) for way in group)])
        for partner, group in groupby(some, key=lambda way: way.organization)
    ]
    rows = [
        [Button(say.plain("button-funnel-picture"), ReportPicture()), Button(say.plain("button-funnel-xlsx"), ReportTable())],
        pager(say, page, pages, lambda to: ReportPage(page=to)),
        [back_to_menu(say)],
    ]
    await show(event, lines([head, *parts]), rows)


def _line(way: Way, say: Say) -> str:
    return say(
        "funnel-line",
        course=brief(way.course, 120),
        applied=way.applied,
        approved=way.approved,
        requested=way.requested,
        enrolled=way.enrolled,
        reserve=way.reserve,
        free=way.free,
        seats=way.seats,
    )


async def pictured(tap: CallbackQuery, db: Database, say: Say, person: Person, today: date) -> None:
    made = await picture(db, by=person, say=say, today=today)
    if not made:
        await show(tap, say("funnel-empty"), [[back_to_menu(say)]])
    for content in made:
        await give(tap, f"{say.plain('funnel-file')}-{today.isoformat()}.png", content)


async def tabled(tap: CallbackQuery, db: Database, say: Say, person: Person, today: date) -> None:
    content = await table(db, by=person, say=say, today=today)
    await give(tap, f"{say.plain('funnel-file')}-{today.isoformat()}.xlsx", content)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="reports")
    router.message.register(opened, Command("reports"), flags=may("reports.see"))
    router.callback_query.register(opened, Reports.filter(), flags=may("reports.see"))
    router.callback_query.register(paged, ReportPage.filter(), flags=may("reports.see"))
    router.callback_query.register(pictured, ReportPicture.filter(), flags=may("reports.see"))
    router.callback_query.register(tabled, ReportTable.filter(), flags=may("reports.see"))
    return router
