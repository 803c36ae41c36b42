"""The year of tasks for the school's heads: a picture, a table, a paper."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.documents.roadmap_year import gantt_png, year_pdf
from bot.refusals import Refusal
from bot.services.roadmap.programme import programme_year
from bot.services.roadmap.roadmap import scope_of
from bot.targets import Board, RoadmapYear
from bot.visit import Button, Visit
from bot.words.roadmap_year import YearOf, drawn_year, paper_year, year_xlsx
from handlers.door import may, opens
from storage.roadmap import history

TABLE, PAPER = "xlsx", "pdf"


class YearPicture(CallbackData, prefix="task.gantt"):
    year: int
    dark: int = 0


class YearFile(CallbackData, prefix="task.file"):
    year: int
    kind: str  # xlsx | pdf


async def _year(visit: Visit, year: int) -> YearOf:
    async with visit.db.read() as tx:
        scope = scope_of(visit.person)
        tasks = await history.of_year(tx, scope, year)
        names = await history.names_of(tx, {task.done_by for task in tasks if task.done_by is not None})
    if not tasks:
        raise Refusal("gone")
    schools = dict.fromkeys(task.school for task in tasks)
    return YearOf(year, tasks, names, visit.moment, ", ".join(schools))


async def opened(visit: Visit, at: RoadmapYear) -> None:
    """The way to the picture and the files, of the year that runs and of those before."""
    async with visit.db.read() as tx:
        known = await history.years_of(tx, scope_of(visit.person))
    year = at.year if at.year in known else max((one for one in known if one <= programme_year(visit.today)), default=0)
    await visit.show(visit.say("year-page", year=f"{year}/{year + 1}"), _rows(visit, year, known))


def _rows(visit: Visit, year: int, known: list[int]) -> list[list[Button]]:
    others = [Button(f"{one}/{one + 1}", RoadmapYear(one)) for one in known if one != year][-3:]
    return [
        [visit.button("button-year-picture", YearPicture(year=year))],
        [visit.button("button-year-xlsx", YearFile(year=year, kind=TABLE)), visit.button("button-year-pdf", YearFile(year=year, kind=PAPER))],
        others,
        visit.ways_back(Board(view="now", page=0)),
    ]  # fmt: skip


async def picture(visit: Visit, at: YearPicture) -> None:
    year = await _year(visit, at.year)
    png = await asyncio.to_thread(gantt_png, drawn_year(year, visit.say, dark=bool(at.dark)))
    light = visit.button(
        "button-picture-light" if at.dark else "button-picture-dark", YearPicture(year=at.year, dark=0 if at.dark else 1)
    )
    rows = [[light], *_rows(visit, at.year, [at.year])[1:]]
    await visit.show_below_picture(
        f"{_name(visit, at.year)}.png", png, visit.say("year-page", year=f"{at.year}/{at.year + 1}"), rows
    )


async def file(visit: Visit, at: YearFile) -> None:
    year = await _year(visit, at.year)
    if at.kind == TABLE:
        content = await asyncio.to_thread(year_xlsx, year, visit.say)
    elif at.kind == PAPER:
        content = await asyncio.to_thread(year_pdf, paper_year(year, visit.say))
    else:
        raise Refusal("gone")
    await visit.give(f"{_name(visit, at.year)}.{at.kind}", content, rows=[[visit.back(RoadmapYear(at.year))]])


def _name(visit: Visit, year: int) -> str:
    return f"{visit.say.plain('year-file')}-{year}"


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="roadmap year")
    add = may("roadmap.add")
    router.callback_query.register(opened, opens(RoadmapYear), flags=add)
    router.callback_query.register(picture, YearPicture.filter(), flags=add)
    router.callback_query.register(file, YearFile.filter(), flags=add)
    return router
