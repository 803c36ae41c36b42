"""What time does to threads: read in the night, the child in another school, a year that is over; the file with all of it."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.refusals import Refusal
from bot.services.housekeeping import keep_house
from bot.services.messages.overseeing import log_of, stop
from bot.services.messages.parties import Subject, whom
from bot.services.messages.reading import shown
from bot.services.people.mydata_file import as_json, as_page
from bot.voice import voice
from storage.db import Database
from storage.messages import threads
from storage.people.everything import everything
from storage.tables import Achievement, Course, Document, Group, Pupil, Staff, Thread, ThreadMessage, WritingStop
from tests.asked import statements as statements_of
from tests.messages.cast import TO_PAVEL, TO_SCHOOL, answered, moment, wrote
from tests.messages.test_messages import PDF
from tests.schools_world import GYMNASIUM, TAMARA, settle_the_gymnasium
from tests.surveys.cast import person_of, the_cast
from tests.telegram.talks import tapped
from tests.timetable_world import enroll
from tests.world import ANNA, IT, MISHA, NOW, OLGA, ROBOTICS, ZONE, World

SAY = voice("ru", ZONE)


async def test_what_was_read_in_the_night_is_no_letter_in_the_morning(world: World) -> None:
    """The teacher looks into «Сообщения» at night; the morning's letter counts what came after that, and nothing that was read."""
    await enroll(world.db, MISHA, ROBOTICS)
    world.clock.move(timedelta(hours=10))  # 22:00
    sent = await wrote(world.db, ANNA, TO_PAVEL, "Первое", world.now)
    await answered(world.db, ANNA, sent.thread_id, "Второе", world.now)
    await world.deliver()
    await tapped(world.pavel, "/start", "Сообщения: 2", "🔵 1.")
    await answered(world.db, ANNA, sent.thread_id, "Третье", world.now)
    await world.pass_time(hours=9)
    told = [message.text for message in world.pavel.messages if message.text.startswith("✉️ ") and "от семьи" in message.text]
    assert told == ["✉️ Новое сообщение от семьи.\nО чём: общий вопрос"]
    await tapped(world.pavel, "/start", "Сообщения: 1", "🔵 1.")
    await world.pass_time(hours=24)
    assert [each.text for each in world.pavel.messages if "от семьи.\n" in each.text] == told


async def test_the_log_goes_with_the_child_to_the_next_school(db: Database) -> None:
    """Misha changes schools: what he and his teacher write stands in the log of the new one; what the old office was told, in its."""
    await settle_the_gymnasium(db)
    await enroll(db, MISHA, ROBOTICS)
    of_teacher = await wrote(db, ANNA, TO_PAVEL, "Вопрос педагогу", NOW)
    of_office = await wrote(db, ANNA, TO_SCHOOL, "Вопрос школе", NOW)
    olga, tamara = await the_cast(db, OLGA), await person_of(db, 1000 + TAMARA)

    async def logs() -> list[list[int]]:
        async with db.read() as tx:
            return [[line.title.thread.id for line in (await log_of(tx, by, 0)).some] for by in (olga, tamara)]

    assert await logs() == [[of_office.thread_id, of_teacher.thread_id], []]
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(school_id=GYMNASIUM))
        await threads.follow(tx, [MISHA])
    assert await logs() == [[of_office.thread_id], [of_teacher.thread_id]]
    seen = await shown(db, of_teacher.thread_id, 0, by=await the_cast(db, ANNA), at=moment(NOW))
    assert seen.shut is None  # he learns there still
    with pytest.raises(Refusal, match="not-yours"):
        await stop(db, of_teacher.thread_id, ANNA, "Грубит", by=olga, at=moment(NOW))
    await stop(db, of_teacher.thread_id, ANNA, "Грубит", by=tamara, at=moment(NOW))


async def test_letters_of_a_year_that_is_over_stand_until_october(db: Database) -> None:
    """With their files, and the threads of which nothing is left; of one that goes on this year's letters stay. What a writer who is
    stopped has written stays until they are let write again."""
    await enroll(db, MISHA, ROBOTICS)
    june, september = datetime(2027, 6, 1, 9, tzinfo=UTC), datetime(2027, 9, 2, 9, tzinfo=UTC)
    old = await wrote(db, ANNA, TO_PAVEL, "Июнь", NOW)
    goes_on = await wrote(db, ANNA, TO_SCHOOL, "Июнь", NOW)
    async with db.write() as tx:
        file = {"name": "план.pdf", "kind": "message", "content": PDF, "made_at": june}
        document = (await tx.execute(insert(Document).values(file).returning(Document.id))).scalar_one()
        await tx.execute(
            update(ThreadMessage).values(sent_at=june, document_id=document).where(ThreadMessage.thread_id == old.thread_id)
        )
        await tx.execute(update(ThreadMessage).values(sent_at=june).where(ThreadMessage.thread_id == goes_on.thread_id))
        letter = {"thread_id": goes_on.thread_id, "side": 2, "person_id": OLGA, "words": "Сентябрь", "sent_at": september}
        await tx.execute(insert(ThreadMessage).values(letter))
    await stop(db, old.thread_id, ANNA, "Грубит", by=await the_cast(db, OLGA), at=moment(june))

    async def left(at: datetime) -> tuple[list[str], int, int]:
        await keep_house(db, now=at, zone=ZONE)
        async with db.read() as tx:
            words = list(await tx.scalars(select(ThreadMessage.words).order_by(ThreadMessage.id)))
            files, kept = [await tx.scalar(select(func.count(one.id))) for one in (Document, Thread)]
            return words, files or 0, kept or 0

    october = datetime(2027, 10, 1, 9, tzinfo=UTC)
    assert await left(october) == (["Июнь", "Июнь", "Сентябрь"], 1, 2)  # she may write to the school alone
    async with db.write() as tx:
        await tx.execute(update(WritingStop).values(lifted_at=june))
    assert await left(october - timedelta(days=1)) == (["Июнь", "Июнь", "Сентябрь"], 1, 2)
    assert await left(october) == (["Сентябрь"], 0, 1)


async def test_the_file_with_everything_holds_the_files_too(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As JSON and as a page: what was sent with a letter, and the paper of an achievement; what has no room is named."""
    await enroll(db, MISHA, ROBOTICS)
    sent = await wrote(db, ANNA, TO_PAVEL, "Справка", NOW)
    async with db.write() as tx:
        files = [
            {"id": 71, "name": "справка.pdf", "kind": "message", "content": PDF, "made_at": NOW},
            {"id": 72, "name": "<грамота>.pdf", "kind": "achievement", "content": PDF + b"2", "made_at": NOW},
            {"id": 73, "name": "чужое.pdf", "kind": "message", "content": PDF, "made_at": NOW},
        ]
        await tx.execute(insert(Document), files)
        await tx.execute(update(ThreadMessage).where(ThreadMessage.thread_id == sent.thread_id).values(document_id=71))
        achieved = {"year": 2026, "pupil_id": MISHA, "line": "Первое место", "document_id": 72, "made_at": NOW, "state": "new"}
        await tx.execute(insert(Achievement).values(achieved))
    async with db.read() as tx:
        held = await everything(tx, ANNA, [MISHA])
        monkeypatch.setattr("storage.people.files_held.ROOM", len(PDF) + 1)
        narrow = await everything(tx, ANNA, [MISHA])
    assert held is not None
    assert narrow is not None
    given = {each["name"]: b64decode(each["content"]) for each in json.loads(as_json(held, ZONE))["files"]}
    assert given == {"<грамота>.pdf": PDF + b"2", "справка.pdf": PDF}
    page = as_page(held, SAY, NOW).decode()
    assert '<a download="&lt;грамота&gt;.pdf" href="data:application/octet-stream;base64,' in page
    assert [each.content and each.name for each in narrow.files] == ["<грамота>.pdf", None]
    assert "справка.pdf — файл взять в переписке или в достижениях" in as_page(narrow, SAY, NOW).decode()


async def test_forty_teachers_are_no_more_questions_than_one(world: World) -> None:
    """«Кому написать?» of a coordinator: who may be written to is asked once for all of them."""
    olga = await the_cast(world.db, OLGA)

    async def asked() -> tuple[int, int]:
        with statements_of(world.db) as statements:
            async with world.db.read() as tx:
                found = await whom(tx, olga, Subject(), moment(NOW).today)
        return len(found), len([one for one in statements if one.startswith("SELECT")])

    few, questions = await asked()
    async with world.db.write() as tx:
        staff = [
            {"id": 500 + n, "code": f"С-5{n}", "full_name": f"Педагог {n}", "organization_id": IT, "role": "teacher"}
            for n in range(40)
        ]
        await tx.execute(insert(Staff), staff)
        course = await tx.scalar(select(Course.id).where(Course.organization_id == IT).limit(1))
        year = await tx.scalar(select(Group.year).where(Group.id == ROBOTICS))
        of = {"course_id": course, "year": year, "seats": 9}
        groups = [{"id": 500 + n, "code": f"Г-5{n}", "teacher_id": 500 + n} | of for n in range(40)]
        await tx.execute(insert(Group), groups)
    assert await asked() == (few + 40, questions)
