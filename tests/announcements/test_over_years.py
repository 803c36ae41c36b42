"""Announcements when time goes on: a year that is over, two schools, a draft that stood over September, a post that changed hands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.announcements.leaving import let_leave
from bot.services.announcements.sending import Sending, remind, see, send
from bot.services.announcements.whom import addresses, posts_of
from bot.services.announcements.writing import Draft, ask_for_reading, begin
from bot.services.housekeeping import keep_house
from storage.announcements.announcements import Said
from storage.db import Database
from storage.tables import Announcement, AnnouncementReader, Audit, Document, Letter, Staff, Year
from tests.announcements.cast import NO_QUIET
from tests.messages.cast import moment
from tests.schools_world import GYMNASIUM, TAMARA, YURY, settle_the_gymnasium
from tests.surveys.cast import person_of, the_cast
from tests.world import ANNA, OLGA, SCHOOL, SERGEY, YEAR, ZONE

JUNE, SEPTEMBER = datetime(YEAR + 1, 6, 1, 9, tzinfo=UTC), datetime(YEAR + 1, 9, 2, 9, tzinfo=UTC)
OCTOBER = datetime(YEAR + 1, 10, 1, 9, tzinfo=UTC)
PDF = ("план.pdf", b"%PDF-1")


async def next_year(db: Database) -> None:
    async with db.write() as tx:
        begins = SEPTEMBER.date().replace(day=1)
        await tx.execute(insert(Year).values(year=YEAR + 1, starts_on=begins, ends_on=begins + timedelta(days=270)))


async def drafted(db: Database, by: Person, at: datetime, text: str, kind: str = "class") -> Said:
    post = posts_of(by)[0]
    async with db.read() as tx:
        to = (await addresses(tx, post, kind, moment(at).today))[-1]
    return await begin(db, post.staff_id, (kind, to.ref), Draft(text, PDF), by=by, at=moment(at))


async def told(db: Database, by: Person, at: datetime, text: str) -> Said:
    draft = await drafted(db, by, at, text)
    await ask_for_reading(db, draft.id, asks=True, by=by)
    return await send(db, Sending(draft.id, 0, morning=False, quiet=NO_QUIET), by=by, at=moment(at))


async def test_those_of_a_year_that_is_over_stand_until_october_of_both_schools(db: Database) -> None:
    """With their files, whom they were for and who has seen them. What stays is that they were sent, and to how many."""
    await settle_the_gymnasium(db)
    await next_year(db)
    olga, tamara = await the_cast(db, OLGA), await person_of(db, 1000 + TAMARA)
    old = await told(db, olga, JUNE, "Выпускной")
    await told(db, tamara, JUNE, "Выпускной гимназии")
    await see(db, old.id, by=await the_cast(db, ANNA), now=JUNE)
    await told(db, olga, SEPTEMBER, "Линейка")
    await let_leave(db, SEPTEMBER + timedelta(minutes=1))

    async def left(at: datetime) -> tuple[list[str], int, int]:
        await keep_house(db, now=at, zone=ZONE)
        async with db.read() as tx:
            words = list(await tx.scalars(select(Announcement.words).order_by(Announcement.id)))
            files, lines = [await tx.scalar(select(func.count(one.id))) for one in (Document, AnnouncementReader)]
            return words, files or 0, lines or 0

    assert await left(OCTOBER - timedelta(days=1)) == (["Выпускной", "Выпускной гимназии", "Линейка"], 3, 9)
    assert await left(OCTOBER) == (["Линейка"], 1, 3)
    assert await left(OCTOBER.replace(year=YEAR + 2)) == ([], 0, 0)
    async with db.read() as tx:
        sent = list(await tx.scalars(select(Audit.after).where(Audit.action == "announcement.sent").order_by(Audit.id)))
        texts = list(await tx.scalars(select(Letter.id).where(Letter.kind == "announced", Letter.facts.is_not(None))))
    assert [(one["kind"], one["pupils"]) for one in sent] == [("class", 2), ("class", 3), ("class", 2)]
    assert texts == []
    with pytest.raises(Refusal, match="gone"):  # the button below last year's letter
        await see(db, old.id, by=await the_cast(db, ANNA), now=OCTOBER)


async def test_a_draft_to_a_class_does_not_cross_september(db: Database) -> None:
    """«7А» are other children then; «всем» stays what it says."""
    await next_year(db)
    olga, august = await the_cast(db, OLGA), datetime(YEAR + 1, 8, 31, 9, tzinfo=UTC)
    of_class, of_all = await drafted(db, olga, august, "Классу"), await drafted(db, olga, august, "Всем", "all")
    with pytest.raises(Refusal, match="gone"):
        await send(db, Sending(of_class.id, 0, morning=False, quiet=NO_QUIET), by=olga, at=moment(SEPTEMBER))
    sent = await send(db, Sending(of_all.id, 0, morning=False, quiet=NO_QUIET), by=olga, at=moment(SEPTEMBER))
    assert sent.state == "sent"


async def test_whoever_holds_the_office_now_reminds_and_not_whoever_held_it(db: Database) -> None:
    """Olga goes to the gymnasium, Sergey takes her post: she has written it, he answers for it."""
    await settle_the_gymnasium(db)
    olga = await the_cast(db, OLGA)
    sent = await told(db, olga, JUNE, "Собрание")
    later = JUNE + timedelta(hours=1)
    await let_leave(db, later)
    async with db.write() as tx:
        await tx.execute(update(Staff).where(Staff.id == 1).values(person_id=SERGEY))
        await tx.execute(update(Staff).where(Staff.person_id == TAMARA).values(person_id=OLGA))
    olga, yury = await the_cast(db, OLGA), await person_of(db, 1000 + YURY)
    assert olga.organizations_as("coordinator") == {GYMNASIUM}
    with pytest.raises(Refusal, match="not-yours"):
        await remind(db, sent.id, by=olga, now=later)
    with pytest.raises(Refusal, match="gone"):
        await remind(db, sent.id, by=yury, now=later)
    sergey = await the_cast(db, SERGEY)
    assert sergey.organizations_as("coordinator") == {SCHOOL}
    assert await remind(db, sent.id, by=sergey, now=later) == 3
