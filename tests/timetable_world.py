"""What the stories of the timetable begin with: children enrolled, lessons by their day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import insert

from bot.sandbox import Phone
from bot.sandbox.messages import Message
from storage.db import Database, Tx
from storage.tables import Application, Choice, Entry, Revision, Writing
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


async def entered(tx: Tx, pupil: int, group: int, day: date, value: str, *, at: datetime) -> None:
    """A mark as the journal keeps it: the entry, and the writing that made it."""
    entry = {"pupil_id": pupil, "group_id": group, "day": day, "lesson": 1, "kind": "mark", "ordinal": 1, "value": value}
    made = (await tx.execute(insert(Entry).values(**entry, entered_at=at).returning(Entry.id))).scalar_one()
    writing = (await tx.execute(insert(Writing).values(source="file", at=at).returning(Writing.id))).scalar_one()
    await tx.execute(insert(Revision).values(entry_id=made, writing_id=writing, value=value, removed=False))


def words(message: Message) -> str:
    """A message as it is read: a space that does not break is a space."""
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


def said(who: Phone) -> str:
    """The newest page, as it is read."""
    return words(who.newest) if who.newest else ""
