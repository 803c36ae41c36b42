"""The way from a wish to a place, as a page, a picture and a table for the school's heads."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from bot.documents.funnel import funnel_png, funnel_xlsx
from bot.policy import Person, Thing, require
from bot.services.network.years import running_now
from bot.services.surveys.demand import demand
from bot.voice import Say
from storage.db import Database
from storage.deciding import funnel
from storage.deciding.funnel import Children, Way


@dataclass(frozen=True)
class Funnel:
    """How far the school's wishes came: per course and partner, and how many children they are.

    `asked`: by course how many answers of the school's questionnaires named it; empty: nobody has been asked.
    """

    ways: list[Way]
    children: Children
    asked: dict[int, int]


async def funnel_of(db: Database, *, by: Person, today: date, whole: bool = False) -> Funnel:
    """For the year that runs, or, once somebody has applied for the next, for that. `whole`: the courses nobody of the school
    chose too.
    """
    require(by, "reports.see", Thing())
    async with db.read() as tx:
        this, schools = (await running_now(tx, today)).year, by.organizations_as("coordinator", "director")
        year = this + 1 if await funnel.applied_for(tx, schools, this + 1) else this
        ways = await funnel.ways(tx, schools, year, whole=whole)
        return Funnel(ways, await funnel.children(tx, schools, year), await demand(tx, schools, year))


def chosen(found: list[Way]) -> list[Way]:
    """Courses somebody chose: the others say nothing on a page or a picture."""
    return [way for way in found if way.applied or way.enrolled or way.reserve]


async def picture(db: Database, *, by: Person, say: Say, today: date) -> list[bytes]:
    """The funnel as PNG, a picture a page; nothing when nobody has applied yet."""
    found = await funnel_of(db, by=by, today=today)
    shown = chosen(found.ways)
    return await asyncio.to_thread(funnel_png, shown, found.children, say, today) if shown else []


async def table(db: Database, *, by: Person, say: Say, today: date) -> bytes:
    """The funnel as XLSX, the courses nobody chose too."""
    found = await funnel_of(db, by=by, today=today, whole=True)
    return await asyncio.to_thread(funnel_xlsx, found.ways, found.children, say, today, found.asked)
