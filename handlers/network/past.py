"""«Прошлые годы»: the years that are over, and what can be read of each."""

from __future__ import annotations

from aiogram import Router

from bot.paging import page_of
from bot.policy import Person
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.network.years import past_of
from bot.targets import (
    JournalReport,
    PastApplications,
    PastJournal,
    PastLessons,
    PastPapers,
    PastRequests,
    PastTimetable,
    PastYear,
    PastYears,
    YearUnfinished,
)
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from handlers.door import may, opens
from storage.db import Tx
from storage.enrollment import yearend
from storage.network.years import usual

PAGE = 15  # pupils a page


async def opened(visit: Visit) -> None:
    async with visit.db.read() as tx:
        found = await past_of(tx, visit.person, visit.today)
    rows = [[Button(usual(year).name, PastYear(year))] for year in found]
    await visit.show(visit.say("past-years") if found else visit.say("past-years-none"), [*rows, [visit.menu]])


async def year_shown(visit: Visit, at: PastYear) -> None:
    async with visit.db.read() as tx:
        if at.year not in await past_of(tx, visit.person, visit.today):
            raise Refusal("past-year-none")
        schools = visit.person.organizations_as("coordinator")
        open_ended = await _open_ended(tx, schools, at.year)
    rows = _rows(visit, at.year)
    if open_ended:
        rows.append([visit.button("button-year-unfinished-count", YearUnfinished(at.year), count=open_ended)])
    await visit.show(visit.say("past-year", year=usual(at.year).name), [*rows, visit.ways_back(PastYears())])


async def _open_ended(tx: Tx, schools: frozenset[int], year: int) -> int:
    return len(await yearend.unfinished(tx, schools, year)) + await yearend.unfinished_nameless(tx, schools, year)


def _rows(visit: Visit, year: int) -> list[list[Button]]:
    person: Person = visit.person
    rows: list[list[Button]] = []
    if is_open(person, "journal.open"):
        rows.append([visit.button("button-journal", PastJournal(year))])
    if person.pupils:
        rows.append([visit.button("button-timetable", PastTimetable(year))])
    if is_open(person, "timetable.look"):
        rows.append([visit.button("button-lessons", PastLessons(year))])
    if person.pupils:
        rows.append([visit.button("button-applications", PastApplications(year))])
    elif person.organizations_as("coordinator"):
        rows.append([visit.button("button-past-applications", PastApplications(year))])
    if is_open(person, "enrollment.answer"):
        rows.append([visit.button("button-requests", PastRequests(year))])
    if is_open(person, "papers.see"):
        rows.append([visit.button("button-papers", PastPapers(year))])
    if is_open(person, "reports.see"):
        rows.append([visit.button("button-reports", JournalReport(year))])
    return rows


async def unfinished(visit: Visit, at: YearUnfinished) -> None:
    """The pupils of the school of whom nobody has said how the year ended."""
    async with visit.db.read() as tx:
        schools = visit.person.organizations_as("coordinator")
        found = await yearend.unfinished(tx, schools, at.year)
        erased = await yearend.unfinished_nameless(tx, schools, at.year)
    here = page_of(found, at.page, PAGE)
    said = [
        visit.say(
            "year-unfinished-line",
            child=brief(one.child, 120),
            class_name=one.class_name,
            course=brief(one.course, 100),
            partner=brief(one.organization, 100),
        )
        for one in here.some
    ]
    head = visit.say("year-unfinished", year=usual(at.year).name, count=len(found) + erased)
    pager = visit.pager(here.number, here.of, lambda to: YearUnfinished(at.year, page=to))
    rows: Rows = [pager, [visit.back(PastYear(at.year)), visit.menu]]
    nameless = visit.say("places-erased", count=erased) if erased else ""
    await visit.show(lines([head, "\n".join(said), nameless]), rows, anew=visit.at_letter)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="past")
    router.callback_query.register(opened, opens(PastYears), flags=may("past.see"))
    router.callback_query.register(year_shown, opens(PastYear), flags=may("past.see"))
    router.callback_query.register(unfinished, opens(YearUnfinished), flags=may("yearend.see"))
    return router
