"""Announcements without a chat: whom each role may address, how many a day, old buttons, when it leaves; on both databases."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import Moment
from bot.policy import Person
from bot.refusals import Refusal
from bot.services.announcements.leaving import let_leave
from bot.services.announcements.sending import Sending, leaves, send, take_back
from bot.services.announcements.whom import addresses, post_of, posts_of
from bot.services.announcements.writing import Draft, begin
from storage.announcements.announcements import Said
from storage.db import Database
from storage.tables import Announcement, Document, Letter
from tests.announcements.cast import NO_QUIET
from tests.surveys.cast import AT, the_cast
from tests.timetable_world import enroll
from tests.world import DANA, IRINA, MISHA, OLGA, PAVEL, ROBOTICS, SERGEY, ZAREMA, ZONE

QUIET = (time(21), time(7))


@pytest.mark.parametrize(
    ("now", "morning", "leaves_at"),
    [
        ("2026-11-09 12:00", False, "2026-11-09 12:01"),
        ("2026-11-09 12:00", True, "2026-11-10 08:00"),
        ("2026-11-09 05:00", True, "2026-11-09 08:00"),
        ("2026-11-09 20:59", False, "2026-11-10 07:00"),
        ("2026-11-09 20:58", False, "2026-11-09 20:59"),
        ("2026-12-31 23:30", True, "2027-01-01 08:00"),
    ],
)
def test_when_it_leaves(now: str, leaves_at: str, *, morning: bool) -> None:
    at = Moment(datetime.fromisoformat(now).replace(tzinfo=ZONE), ZONE)
    assert leaves(at, QUIET, morning=morning) == datetime.fromisoformat(leaves_at).replace(tzinfo=ZONE)


async def test_whom_each_role_may_address(db: Database) -> None:
    for child, group in ((MISHA, ROBOTICS), (DANA, ROBOTICS)):
        await enroll(db, child, group)

    async def of(who: int, kind: str) -> list[str]:
        by = await the_cast(db, who)
        async with db.read() as tx:
            return [one.name for one in await addresses(tx, posts_of(by)[0], kind, AT.today)]

    assert await of(OLGA, "all") == ["МБОУ СОШ №8"]
    assert await of(OLGA, "class") == ["4Б", "7А"]
    assert await of(OLGA, "course") == ["Робототехника"]  # where her pupils learn
    assert await of(PAVEL, "group") == ["Робототехника, Г-01"]
    assert await of(IRINA, "course") == ["Робототехника"]
    assert await of(ZAREMA, "group") == ["Шахматы, Г-02"]
    for who, kind in ((PAVEL, "all"), (PAVEL, "class"), (PAVEL, "course"), (IRINA, "class"), (IRINA, "all")):
        with pytest.raises(Refusal, match="gone"):
            await of(who, kind)
    assert posts_of(await the_cast(db, SERGEY)) == []  # the director reads
    with pytest.raises(Refusal, match="not-yours"):
        post_of(await the_cast(db, ZAREMA), 11)


async def one(db: Database, by: Person, text: str, at: Moment = AT) -> Said:
    post = posts_of(by)[0]
    to = ("group", str(ROBOTICS)) if post.role == "teacher" else ("class", "")
    if to[0] == "class":
        async with db.read() as tx:
            to = ("class", (await addresses(tx, post, "class", at.today))[1].ref)
    return await begin(db, post.staff_id, to, Draft(text), by=by, at=at)


async def waiting(db: Database) -> int:
    async with db.read() as tx:
        return await tx.scalar(select(func.count(Letter.id)).where(Letter.state == "new")) or 0


async def test_five_a_day_of_a_teacher_and_old_buttons_send_nothing(db: Database) -> None:
    await enroll(db, MISHA, ROBOTICS)
    pavel = await the_cast(db, PAVEL)
    for number in range(5):
        said = await one(db, pavel, f"Новость {number}")
        await send(db, Sending(said.id, 0, morning=False, quiet=NO_QUIET), by=pavel, at=AT)
    assert await waiting(db) == 10  # five, to Anna and Misha
    more = await one(db, pavel, "Шестая")
    assert (await one(db, pavel, "Шестая")).id == more.id  # typed once, handled twice
    with pytest.raises(Refusal, match="announcement-many"):
        await send(db, Sending(more.id, 0, morning=False, quiet=NO_QUIET), by=pavel, at=AT)
    sent = await send(db, Sending(more.id, 0, morning=True, quiet=NO_QUIET), by=pavel, at=AT)
    await take_back(db, sent.id, by=pavel, now=AT.now)
    assert (await take_back(db, sent.id, by=pavel, now=AT.now)).state == "recalled"
    assert await waiting(db) == 10
    with pytest.raises(Refusal, match="announcement-not-draft"):
        await send(db, Sending(more.id, 0, morning=True, quiet=NO_QUIET), by=pavel, at=AT)
    with pytest.raises(Refusal, match="announcement-left"):
        await take_back(db, said.id, by=pavel, now=AT.now + timedelta(minutes=1))
    with pytest.raises(Refusal, match="gone"):
        await take_back(db, said.id, by=await the_cast(db, IRINA), now=AT.now)


async def test_it_is_taken_back_whole_or_not_at_all_and_old_drafts_go(db: Database) -> None:
    """Another process's clock is ahead, and has begun to send: nothing of it is taken back."""
    olga = await the_cast(db, OLGA)
    said = await one(db, olga, "Собрание")
    sent = await send(db, Sending(said.id, 0, morning=False, quiet=NO_QUIET), by=olga, at=AT)
    async with db.write() as tx:
        first = (await tx.scalars(select(Letter).where(Letter.topic == sent.topic).order_by(Letter.id))).first()
        assert first is not None
        first.state = "sending"
    with pytest.raises(Refusal, match="announcement-left"):
        await take_back(db, sent.id, by=olga, now=AT.now)
    assert await waiting(db) == 2
    await begin(db, 1, ("all", ""), Draft("Черновик", ("план.pdf", b"%PDF-1")), by=olga, at=AT)
    await let_leave(db, AT.now + timedelta(days=8))
    async with db.read() as tx:
        assert await tx.scalar(select(func.count(Announcement.id))) == 1
        assert await tx.scalar(select(func.count(Document.id))) == 0
