"""What the stories of messages begin with: who holds which side, a letter written, a thread as somebody sees it."""

from __future__ import annotations

from datetime import datetime

from bot.clock import Moment
from bot.services.messages.parties import Pair, Subject
from bot.services.messages.writing import Draft, Sent, answer, write_to
from storage.db import Database
from storage.messages.threads import Side
from tests.surveys.cast import the_cast
from tests.world import CENTRE, IT, MISHA, SCHOOL, ZONE

PAVEL_TEACHES, ZAREMA_TEACHES = Side("teacher", 11), Side("teacher", 21)
OFFICE, IRINAS, NURBIYS = Side("coordinator", SCHOOL), Side("partner", IT), Side("partner", CENTRE)
TO_PAVEL = Pair(Side("guardian", MISHA), PAVEL_TEACHES, MISHA)
TO_SCHOOL = Pair(Side("guardian", MISHA), OFFICE, MISHA)


def moment(at: datetime) -> Moment:
    return Moment(at, ZONE)


async def wrote(db: Database, who: int, pair: Pair, words: str, at: datetime, about: Subject | None = None) -> Sent:
    """Somebody of the cast writes."""
    return await write_to(db, about or Subject(), pair, Draft(words), by=await the_cast(db, who), at=moment(at))


async def answered(db: Database, who: int, thread: int, words: str, at: datetime) -> Sent:
    return await answer(db, thread, Draft(words), by=await the_cast(db, who), at=moment(at))
