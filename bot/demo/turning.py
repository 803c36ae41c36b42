"""The demo's year goes round: in April next year's workbook comes beside this year's, in September its classes are corrected."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from bot.clock import Moment
from bot.demo.journals import keep_journals
from bot.demo.network import workbook
from bot.services.network.classes import Said
from bot.services.network.network import carry_out, workbook_of
from bot.services.roadmap.programme import programme_year, seed_programme
from bot.settings import Settings
from storage.db import Database
from storage.network import network, years
from storage.tables import Note

LAST_DAYS = timedelta(days=10)  # the story's own lessons are marked by whoever plays it
APRIL, MAY, SEPTEMBER = (4, 15), (5, 20), (9, 2)  # when the book comes; where the clock is moved to


TURNED = "demo.turned"  # the year whose September book has come: what is changed after it stands


def window_of(year: int) -> tuple[date, date]:
    """When families apply for that academic year."""
    return date(year, 5, 15), date(year, 8, 20)


async def turn(db: Database, settings: Settings, now: datetime) -> None:
    """What the school and its teachers would have sent by this day: the books of the years that have come meanwhile, the
    journals but for the last days. Safe to repeat.
    """
    await keep_journals(db, settings, until=now - LAST_DAYS, now=now)
    today = now.astimezone(settings.zone).date()
    async with db.read() as tx:
        known = await years.known(tx)
        noted = await tx.scalar(select(Note.value).where(Note.name == TURNED))
    first, newest = min(known), max(known)
    while date(newest + 1, *APRIL) <= today:
        newest += 1
        await _load(db, settings, newest, older=newest - 1 - first, now=now)
    begun = today.year if today >= date(today.year, *SEPTEMBER) - timedelta(days=1) else today.year - 1
    if max(first, int(noted or first)) < begun <= newest:  # the September book of the year that runs: everybody is a class older
        await _load(db, settings, begun, older=begun - first, now=now)
        async with db.write() as tx:
            await network.keep_note(tx, TURNED, str(begun))


async def _load(db: Database, settings: Settings, year: int, *, older: int, now: datetime) -> None:
    today = now.astimezone(settings.zone).date()
    content = workbook(date(year, 9, 1), older=older, window=window_of(year))
    book = await workbook_of(db, content, "сеть.xlsx", at=Moment(now, settings.zone), said=Said(year, "now"))
    await carry_out(db, book, by=None, now=now, zone=settings.zone)
    await seed_programme(db, year=programme_year(today), now=now, zone=settings.zone)


def next_turns(here: datetime) -> dict[str, datetime]:
    """The next 20 May and the next 2 September, at nine, by the clock of the demo's zone."""
    return {name: _next(here, *day) for name, day in (("may", MAY), ("september", SEPTEMBER))}


def _next(here: datetime, month: int, day: int) -> datetime:
    this = datetime.combine(date(here.year, month, day), time(9), here.tzinfo)
    return this if here < this else datetime.combine(date(here.year + 1, month, day), time(9), here.tzinfo)
