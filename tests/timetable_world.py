"""What the stories of the timetable begin with: children enrolled, lessons by their day."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert

from bot.sandbox import Phone
from bot.sandbox.messages import Message
from storage.db import Database, Tx
from storage.tables import Application, Choice
from tests.world import ZONE

ROBOTICS_THURSDAY, CHESS_WEDNESDAY = 3, 4  # the lessons of this week: 12 November 15:00, 11 November 14:30


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 by the network's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


async def enroll(db: Database, pupil: int, *groups: int) -> None:
    """A child learns in these groups."""
    async with db.write() as tx:
        await enrolled(tx, pupil, *groups)


async def enrolled(tx: Tx, pupil: int, *groups: int) -> None:
    since = datetime(2026, 9, 1, 9, tzinfo=UTC)
    row = {"pupil_id": pupil, "person_id": None, "state": "approved", "created_at": since, "submitted_at": since}
    application = (await tx.execute(insert(Application).values(row).returning(Application.id))).scalar_one()
    for rank, group in enumerate(groups, 1):
        choice = {"application_id": application, "course_id": group, "rank": rank, "state": "enrolled", "changed_at": since}
        await tx.execute(insert(Choice).values(**choice, group_id=group))


def words(message: Message) -> str:
    """A message as it is read: a space that does not break is a space."""
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


def said(who: Phone) -> str:
    """The newest page, as it is read."""
    return words(who.newest) if who.newest else ""
