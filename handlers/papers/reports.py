"""The school's reports: the way from a wish to a place, as a page, a picture and a table."""

from __future__ import annotations

from itertools import groupby

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.services.courses.clashes import brief
from bot.services.deciding.funnel import chosen, funnel_of, picture, table
from bot.targets import JournalReport, Reports, SurveyOffice
from bot.visit import Button, Visit
from bot.voice import lines
from handlers.door import may, opens
from handlers.papers import study_plan
from handlers.papers.study_plan import way as plan_way
from storage.deciding.funnel import Way
from storage.network.years import ahead

PAGE = 10  # courses a page


class ReportPage(CallbackData, prefix="report.page"):
    page: int


class ReportPicture(CallbackData, prefix="report.picture"):
    """The funnel as PNG."""


class ReportTable(CallbackData, prefix="report.table"):
    """The funnel as XLSX."""


async def opened(visit: Visit) -> None:
    await _show(visit, 0)


async def paged(visit: Visit, at: ReportPage) -> None:
    await _show(visit, at.page)


async def _show(visit: Visit, page: int) -> None:
    whole = await funnel_of(visit.db, by=visit.person, today=visit.today)
    found = chosen(whole.ways)
    if not found:
        await visit.show(
            visit.say("funnel-empty"),
            [[visit.button("button-report-journal", JournalReport())], plan_way(visit), _surveys(visit), [visit.menu]],
        )
        return
    here = page_of(found, page, PAGE)
    head = visit.say(
        "funnel-title",
        year=ahead(found[0].year, visit.today),
        children=whole.children.applied,
        with_place=whole.children.enrolled,
        applied=sum(way.applied for way in found),
        approved=sum(way.approved for way in found),
        requested=sum(way.requested for way in found),
        enrolled=sum(way.enrolled for way in found),
        reserve=sum(way.reserve for way in found),
    )
    some = here.some
    parts = [
        "\n".join([visit.say("funnel-head", partner=brief(partner, 150)), *(_line(visit, way) for way in group)])
        for partner, group in groupby(some, key=lambda way: way.organization)
    ]
    rows = [
        [visit.button("button-report-journal", JournalReport())],
        plan_way(visit),
        [visit.button("button-funnel-picture", ReportPicture()), visit.button("button-funnel-xlsx", ReportTable())],
        _surveys(visit),
        visit.pager(here.number, here.of, lambda to: ReportPage(page=to)),
        [visit.menu],
    ]
    await visit.show(lines([head, *parts]), rows)


def _surveys(visit: Visit) -> list[Button]:
    return [visit.button("button-surveys", SurveyOffice())]


def _line(visit: Visit, way: Way) -> str:
    return visit.say(
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


async def pictured(visit: Visit) -> None:
    made = await picture(visit.db, by=visit.person, say=visit.say, today=visit.today)
    if not made:
        await visit.show(visit.say("funnel-empty"), [[visit.menu]])
    for content in made:
        await visit.give(f"{visit.say.plain('funnel-file')}-{visit.today.isoformat()}.png", content)


async def tabled(visit: Visit) -> None:
    content = await table(visit.db, by=visit.person, say=visit.say, today=visit.today)
    await visit.give(f"{visit.say.plain('funnel-file')}-{visit.today.isoformat()}.xlsx", content)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="reports")
    router.message.register(opened, Command("reports"), flags=may("reports.see"))
    router.callback_query.register(opened, opens(Reports), flags=may("reports.see"))
    router.callback_query.register(paged, ReportPage.filter(), flags=may("reports.see"))
    router.callback_query.register(pictured, ReportPicture.filter(), flags=may("reports.see"))
    router.include_router(study_plan.routes())
    router.callback_query.register(tabled, ReportTable.filter(), flags=may("reports.see"))
    return router
