"""By the clock: an announcement leaves, if its author may still send it; whom no letter reaches is called; old drafts go, and a year that is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.notices.announcements import AnnouncementWithheld, topics_of
from bot.post.posting import Addressed, post_all
from bot.services.announcements.sending import announced
from bot.services.announcements.writing import drop_old_drafts
from bot.services.people.calls import note_calls
from storage import audit, unsaid
from storage.announcements import announcements, speaking
from storage.announcements.announcements import Said
from storage.db import Database, Tx
from storage.people import people
from storage.tables import Announcement

AT_ONCE = 20  # announcements forgotten in one transaction, each of up to a thousand readers


async def forget_announcements(tx: Tx, *, before: datetime) -> int:
    """What was told before this moment goes: words, file, whom it was for and who has seen it. That it was sent, and to how many, stays
    in the log of what staff do. Returns how many went, at most AT_ONCE.
    """
    gone = await announcements.of_before(tx, before, at_once=AT_ONCE)
    for number, document in gone.items():
        for topic in topics_of(number):  # one that still waits has no buttons to lead to
            await unsaid.erase(tx, "the announcement is gone", topic=topic)
        await announcements.drop(tx, number, document)
    return len(gone)


async def let_leave(db: Database, now: datetime) -> None:
    """What has left is no more to be taken back: whom no letter reaches stands on the list of calls. Safe to repeat."""
    async with db.read() as tx:
        due = await announcements.to_leave(tx, now)
        old = await announcements.old_drafts(tx, now - timedelta(days=7))
    for number in due:
        async with db.write() as tx:
            row, said = await announcements.locked(tx, number), await announcements.one(tx, number)
            if row is None or said is None or row.left_at is not None or not said.left(now):
                continue
            if not await speaking.may_speak(tx, number) and not await announcements.under_way(tx, said.topic):
                await _withhold(tx, row, said, now)
                continue
            notice = announced(said)
            apart = [line.pupil_id for line in await announcements.readers(tx, number) if line.person_id is None]
            await note_calls(tx, [(pupil, notice) for pupil in apart], now=now)
            row.left_at = now
    if old:
        async with db.write() as tx:
            await drop_old_drafts(tx, now)


async def _withhold(tx: Tx, row: Announcement, said: Said, now: datetime) -> None:
    """It reaches nobody: the postman has let none of its letters go. Its author and the coordinators hear of it."""
    await unsaid.cancel_topic(tx, said.topic, "its author may not send it any more")
    offices = [
        await people.office(tx, "coordinator", organization_id=school) for school in await announcements.schools(tx, said.id)
    ]
    await announcements.drop_readers(tx, said.id)
    row.state = "recalled"

    def notice(reader: str) -> AnnouncementWithheld:
        return AnnouncementWithheld(
            id_announcement=said.id, round=said.round, kind_of=said.kind, whom=said.whom, sender=said.sender, reader=reader
        )

    others = sorted({each for office in offices for each in office} - {said.by})
    letters = [Addressed(said.by, notice("author")), *(Addressed(each, notice("office"), role="coordinator") for each in others)]
    await post_all(tx, letters, now=now)
    audit.log(tx, None, "announcement.withheld", ("announcement", said.id), now=now)
    await tx.flush()
