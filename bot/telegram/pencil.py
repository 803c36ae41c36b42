"""Draws what a letter wants above it."""

from __future__ import annotations

import asyncio
from datetime import date
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.documents.summary import summary_png
from bot.documents.week import DrawnWeek, week_png
from bot.notices.drawn import DrawnSummary, KeptPicture, Picture, WantedWeek
from bot.services.timetable.views.week import Days, family
from bot.voice import voice
from bot.words.week_picture import Drawing, family_picture
from storage import redaction
from storage.db import Database
from storage.people import people

log = structlog.get_logger()

DAYS = 7


class Pencil:
    """Knows where a picture's facts are; a week of the timetable is drawn as it stands by then."""

    def __init__(self, db: Database, zone: ZoneInfo, clock: Clock) -> None:
        self.db, self.zone, self.clock = db, zone, clock

    async def draw(self, picture: Picture) -> bytes | None:
        """The picture; None where there is nothing to draw, or nobody can draw it: the letter goes without it."""
        try:
            if isinstance(picture, DrawnSummary):
                return await asyncio.to_thread(summary_png, picture)
            if isinstance(picture, KeptPicture):
                async with self.db.read() as tx:
                    return await redaction.content(tx, picture.document) or None
            week = await self._week(picture, self.clock.now().astimezone(self.zone).date())
            return None if week is None else await asyncio.to_thread(week_png, week)
        except Exception:
            log.exception("a letter goes without its picture")
            return None

    async def _week(self, wanted: WantedWeek, today: date) -> DrawnWeek | None:
        async with self.db.read() as tx:
            held = await people.held_by(tx, wanted.reader)
            theirs = {thing for role, thing, _ in held if role in ("guardian", "student") and thing is not None}
            if wanted.pupil not in theirs:
                return None
            whose = await family(tx, [wanted.pupil])
            drawing = Drawing(Days(wanted.monday, DAYS, self.zone), today, dark=False)
            return await family_picture(tx, whose, theirs, drawing, voice(wanted.language, self.zone))
