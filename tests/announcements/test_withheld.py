"""Who may not speak any more when their announcement leaves: it reaches nobody, and they and the coordinators hear of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, select, update

from bot.refusals import Refusal
from bot.sandbox.files import Upload
from bot.services.announcements.leaving import let_leave
from bot.services.announcements.sending import Sending, remind, send
from bot.services.announcements.whom import posts_of
from bot.services.announcements.writing import Draft, begin
from storage import outbox
from storage.db import Database, Tx
from storage.tables import Announcement, Group, Letter, Staff
from tests.announcements.cast import NO_QUIET, PNG, passes, written
from tests.surveys.cast import AT, the_cast
from tests.timetable_world import enroll, said
from tests.world import CENTRE, IRINA, MISHA, OLGA, PAVEL, ROBOTICS, World

pytestmark = pytest.mark.usefixtures("sound")
HOUR = timedelta(hours=1)
OF_ROBOTICS: ColumnElement[bool] = Group.id == ROBOTICS


async def test_a_teacher_whose_group_was_handed_over_in_the_night_tells_nobody(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await written(world.pavel, "Робототехника", text="Возьмите датчики")
    await world.pavel.tap("Утром")
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(OF_ROBOTICS).values(teacher_id=21))
    world.clock.move(timedelta(hours=20))
    await world.deliver()  # the postman is first: he asks for himself
    assert (world.anna.page, world.misha.page) == ("", "")
    await passes(world)
    assert (world.anna.page, world.misha.page) == ("", "")
    assert said(world.pavel) == (
        "📣 Объявление не ушло: Робототехника, Г-01. Пока оно ждало, право его отправить закончилось — эта должность или группа "
        "больше не ваша. Его никто не получил."
    )
    assert said(world.olga) == (
        "📣 Объявление не ушло: Робототехника, Г-01. Пока оно ждало, отправитель (Ким Павел Андреевич) потерял право писать этим "
        "семьям. Его никто не получил. Если семьям это нужно знать, напишите своё."
    )
    # a coordinator who is none any more
    await written(world.olga, "Классу", "7А", text="Собрание")
    await world.olga.tap("Утром")
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.person_id == OLGA).values(archived_at=world.now))
    await passes(world, days=1)
    assert (world.anna.page, world.ruslan.page) == ("", "")
    assert said(world.olga).startswith("📣 Объявление не ушло: 7А.")


async def test_of_an_album_one_picture_is_taken_and_that_is_said(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await written(world.pavel, "Робототехника", text="")
    telegram = world.pavel.telegram
    for words in ("Наша выставка", ""):
        picture = telegram.files.add("photo", Upload("выставка.png", PNG))
        part = telegram.post(world.pavel.chat, world.pavel.user, text=words, file=picture)
        part.album = "7"
        telegram.said(part)
    await world.settle()
    album = "Приложено одно: больше одной картинки или файла к объявлению не приложить."
    assert (said(world.pavel).count("Наша выставка"), album in said(world.pavel)) == (1, True)


async def _rightful(tx: Tx, topic: str) -> set[bool]:
    """Whether the postman may say the letters of this."""
    ids = list(await tx.scalars(select(Letter.id).where(Letter.topic == topic)))
    return {one.rightful for one in await outbox._claimed(tx, ids)}


async def test_no_letter_goes_whatever_was_lost_and_a_lost_group_is_not_reminded(db: Database) -> None:
    """On both databases: the post, the group, the course; what is whole goes."""
    await enroll(db, MISHA, ROBOTICS)
    lost = [
        (PAVEL, ("group", str(ROBOTICS)), update(Group).where(OF_ROBOTICS).values(teacher_id=21)),
        (PAVEL, ("group", str(ROBOTICS)), update(Group).where(OF_ROBOTICS).values(archived_at=AT.now)),
        (IRINA, ("group", str(ROBOTICS)), update(Staff).where(Staff.person_id == IRINA).values(organization_id=CENTRE)),
        (OLGA, ("all", ""), update(Staff).where(Staff.person_id == OLGA).values(person_id=None)),
    ]
    for number, (who, to, change) in enumerate(lost):
        by = await the_cast(db, who)
        draft = await begin(db, posts_of(by)[0].staff_id, to, Draft(f"Новость {number}"), by=by, at=AT)
        sent = await send(db, Sending(draft.id, 0, morning=False, quiet=NO_QUIET), by=by, at=AT)
        async with db.write() as tx:
            before = await _rightful(tx, sent.topic)
            await tx.execute(change)
            assert (before, await _rightful(tx, sent.topic)) == ({True}, {False}), who
            await tx.rollback()
    # it left while the group was the teacher's: who teaches it no more reminds of nothing
    pavel = await the_cast(db, PAVEL)
    draft = await begin(db, 11, ("group", str(ROBOTICS)), Draft("Ещё"), by=pavel, at=AT)
    sent = await send(db, Sending(draft.id, 0, morning=False, quiet=NO_QUIET), by=pavel, at=AT)
    async with db.write() as tx:
        await tx.execute(update(Announcement).where(Announcement.id == sent.id).values(asks=True))
    await let_leave(db, AT.now + HOUR)
    async with db.write() as tx:
        await tx.execute(lost[0][2])
    async with db.read() as tx:
        assert await _rightful(tx, sent.topic) == {True}  # what has begun to leave leaves whole
    with pytest.raises(Refusal, match="not-yours"):
        await remind(db, sent.id, by=pavel, now=AT.now + HOUR)
