"""Programmes of courses and the teachers' load: the school's heads by partner, a partner's administrator its own."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.services.courses.clashes import brief
from bot.services.papers.courses import With, load_paper, programme_paper
from bot.targets import CoursePapers, Menu, Papers
from bot.visit import Button, Visit
from handlers.door import may, opens
from handlers.papers.partners import heads
from storage.papers import agreements
from storage.timetable.absences import base_schools

PAGE = 6  # partners a page


class ProgrammeFile(CallbackData, prefix="papers.programme"):
    school: int
    partner: int


class LoadFile(CallbackData, prefix="papers.load"):
    school: int
    partner: int


async def opened(visit: Visit, at: CoursePapers) -> None:
    mine = visit.person.organizations_as("partner")
    async with visit.db.read() as tx:
        bases = sorted(heads(visit)) or await base_schools(tx)
        partners = [(one, name) for one, name, _ in await agreements.partners(tx) if heads(visit) or one in mine]
    here = page_of([(school, *one) for school in bases for one in partners], at.page, PAGE)
    rows: list[list[Button]] = []
    for school, partner, name in here.some:
        facts = {"school": school, "partner": partner}
        rows.append(
            [
                visit.button("button-papers-programme", ProgrammeFile(**facts), partner=brief(name, 100)),
                visit.button("button-papers-load", LoadFile(**facts)),
            ]
        )
    rows.append(visit.pager(here.number, here.of, lambda to: CoursePapers(page=to)))
    rows.append(visit.ways_back(Papers()) if heads(visit) else visit.ways_back(Menu()))
    await visit.show(visit.say("course-papers"), rows)


async def programme_given(visit: Visit, at: ProgrammeFile) -> None:
    of = With(at.school, at.partner)
    file = await programme_paper(visit.db, of, by=visit.person, say=visit.say, settings=visit.settings, at=visit.moment)
    await visit.give(file.name, file.content)


async def load_given(visit: Visit, at: LoadFile) -> None:
    of = With(at.school, at.partner)
    file = await load_paper(visit.db, of, by=visit.person, say=visit.say, settings=visit.settings, at=visit.moment)
    await visit.give(file.name, file.content)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="course papers")
    router.callback_query.register(opened, opens(CoursePapers), flags=may("papers.courses"))
    router.callback_query.register(programme_given, ProgrammeFile.filter(), flags=may("papers.courses"))
    router.callback_query.register(load_given, LoadFile.filter(), flags=may("papers.courses"))
    return router
