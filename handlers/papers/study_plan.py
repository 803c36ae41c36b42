"""«Учебный план»: fact against plan on a page, the whole as a workbook and as a paper to be signed."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.services.papers.papers import report_school, templates
from bot.services.timetable.study_plan import fact_against_plan, study_plan
from bot.targets import Reports
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.words.journal import limited
from bot.words.study_plan import plan_docx, plan_page, plan_xlsx
from handlers.door import may


class StudyPlanPage(AlsoOld, CallbackData, prefix="plan"):
    """A page of partners."""

    page: int = 0


class StudyPlanBook(CallbackData, prefix="plan.xlsx"):
    """The workbook."""


class StudyPlanPaper(CallbackData, prefix="plan.docx"):
    """The paper."""


def way(visit: Visit) -> list[Button]:
    """The way here from the reports."""
    return [visit.button("button-study-plan", StudyPlanPage())]


async def opened(visit: Visit, at: StudyPlanPage) -> None:
    found = await fact_against_plan(visit.db, at.page, by=visit.person, at=visit.moment)
    files = [visit.button("button-plan-xlsx", StudyPlanBook()), visit.button("button-plan-docx", StudyPlanPaper())]
    pages = visit.pager(found.here.number, found.here.of, lambda to: StudyPlanPage(page=to))
    await visit.show(limited(plan_page(found, visit.say).split("\n")), [pages, files, visit.ways_back(Reports())])


async def booked(visit: Visit) -> None:
    plan = await study_plan(visit.db, by=visit.person, at=visit.moment)
    content = await plan_xlsx(plan, visit.say, visit.zone)
    await visit.give(f"{visit.say.plain('study-plan-file')}-{visit.today.isoformat()}.xlsx", content)


async def papered(visit: Visit) -> None:
    plan = await study_plan(visit.db, by=visit.person, at=visit.moment)
    school = await report_school(visit.db, by=visit.person)
    content = await plan_docx(plan, school, visit.say, templates(visit.settings))
    await visit.give(f"{visit.say.plain('study-plan-file')}-{visit.today.isoformat()}.docx", content)


def routes() -> Router:
    """The table of contents of this file; handlers/papers/reports.py takes it in."""
    router = Router(name="study_plan")
    router.callback_query.register(opened, StudyPlanPage.filter(), flags=may("reports.see"))
    router.callback_query.register(booked, StudyPlanBook.filter(), flags=may("reports.see"))
    router.callback_query.register(papered, StudyPlanPaper.filter(), flags=may("reports.see"))
    return router
