"""«Подписка»: the file, the secret address, what a calendar reads there, and when it reads nothing any more."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from aiohttp import ClientResponse, ClientSession
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy import func, insert, select, update

from bot.services.people.people import end_guardianship, recognise
from storage.people import people
from storage.tables import Choice, Consent, Course, Feed, Guardianship, Lesson, Person
from tests.timetable_world import CHESS_WEDNESDAY, ROBOTICS_THURSDAY, enroll, said, words
from tests.world import ANNA, CHESS, MISHA, OLGA, ROBOTICS, TELEGRAM, Member, World

PUBLIC = "https://bot.school.example/net"


@dataclass
class Subscriber:
    """A calendar program that knows addresses."""

    session: ClientSession
    base: str

    @asynccontextmanager
    async def asks(self, secret: str, **headers: str) -> AsyncIterator[ClientResponse]:
        async with self.session.get(f"{self.base}/calendar/{secret}.ics", headers=headers) as answer:
            yield answer

    async def status(self, secret: str, **headers: str) -> int:
        async with self.asks(secret, **headers) as answer:
            return answer.status

    async def events(self, secret: str) -> dict[str, Any]:
        """By UID what stands in the calendar, read by two programs that agree."""
        async with self.asks(secret) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
            return parsed(await answer.text())


def parsed(text: str) -> dict[str, Any]:
    """By UID the events of a calendar, as the stricter of two parsers reads them; both must read the same."""
    strict = IcsCalendarStream.calendar_from_ics(text)
    other = icalendar.Calendar.from_ical(text)
    assert {str(each["uid"]): each.decoded("dtstart") for each in other.walk("VEVENT")} == {
        str(each.uid): each.start for each in strict.events
    }
    assert all(line == line.rstrip("\n") and len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not strict.events or [str(zone.tz_id) for zone in strict.timezones] == ["Europe/Moscow"]
    return {str(each.uid): each for each in strict.events}


@pytest.fixture
async def calendar(world: World) -> AsyncIterator[Subscriber]:
    """A calendar program; the bot has an address of its own and listens."""
    async with listening(world) as program:
        yield program


@asynccontextmanager
async def listening(world: World) -> AsyncIterator[Subscriber]:
    world.app.settings.public_url = PUBLIC
    await world.app.web.start()
    async with ClientSession() as session:
        yield Subscriber(session, f"http://127.0.0.1:{world.app.web.port}")


async def subscribed(who: Member, *labels: str) -> str:
    """They get their address. Returns its secret."""
    await who.send("/timetable")
    for label in ("Подписка", *labels, "Получить ссылку"):
        await who.tap(label)
    found = re.search(rf"{PUBLIC}/calendar/([\w-]{{22}})\.ics", said(who))
    assert found, said(who)
    return found[1]


async def test_a_family_subscribes_and_sees_what_changes(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    await world.anna.send("/timetable")
    await world.anna.tap("Подписка")
    assert said(world.anna).startswith("🔔 Подписка\nЧьё расписание показать")
    secret = await subscribed(world.anna, "Миша")
    assert world.anna.newest
    assert not world.anna.newest.protected, "a link is there to be copied"
    before = await calendar.events(secret)
    assert sorted({event.summary for event in before.values()}) == ["Робототехника", "Шахматы"]
    [robotics] = [each for each in before.values() if each.start.date() == date(2026, 11, 12)]
    assert (robotics.location, robotics.description) == ("Центр развития IT-образования, каб. 2", "Педагог: Павел Андреевич")
    assert (robotics.sequence, robotics.status.value) == (0, "CONFIRMED")
    await world.pavel.send("/timetable")
    for label in ("Робототехника", "Перенести", "пт, 13 нояб.", "Подтвердить"):
        await world.pavel.tap(label)
    await world.zarema.send("/timetable")
    for label in ("Шахматы", "Отменить занятие", "Подтвердить"):
        await world.zarema.tap(label)
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(name="Робототехника и LEGO"))
    after = await calendar.events(secret)
    assert after.keys() == before.keys()
    moved = after[robotics.uid]
    assert (moved.summary, moved.start.isoformat(), moved.sequence) == ("Робототехника и LEGO", "2026-11-13T15:00:00+03:00", 1)
    assert moved.description == "Педагог: Павел Андреевич\nПеренесено с 12 ноября, 15:00"
    [off] = [each for each in after.values() if each.status.value == "CANCELLED"]
    assert (off.summary, off.start.date(), off.sequence) == ("Отменено: Шахматы", date(2026, 11, 11), 1)


async def test_whatever_an_event_shows_otherwise_has_the_next_number(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, CHESS)
    secret = await subscribed(world.anna, "Миша")

    async def shown() -> tuple[str, int, datetime]:
        one = (await calendar.events(secret))[uid]
        return one.summary, one.sequence, one.last_modified

    [uid] = [uid for uid, each in (await calendar.events(secret)).items() if each.start.date() == date(2026, 11, 11)]
    assert (await shown())[:2] == ("Шахматы", 0)
    for name, number in (("Шахматы и шашки", 1), ("Шахматы", 2)):
        world.clock.move(timedelta(minutes=5))
        async with world.db.write() as tx:
            await tx.execute(update(Course).where(Course.id == CHESS).values(name=name))
        assert await shown() == (name, number, world.now.replace(microsecond=0))
    async with world.db.write() as tx:
        await tx.execute(update(Person).where(Person.id == ANNA).values(detail="discreet"))
    assert (await shown())[:2] == ("Занятие", 3)
    assert (await shown())[:2] == ("Занятие", 3), "read again it is the same"
    await world.zarema.send("/timetable")
    for label in ("Шахматы", "Отменить занятие", "Подтвердить"):
        await world.zarema.tap(label)
    assert (await calendar.events(secret))[uid].sequence == 4
    await world.anna.send("/timetable")
    for label in ("Подписка", "Миша", "Файл"):
        await world.anna.tap(label)
    letter = next(each for each in reversed(world.anna.messages) if each.document)
    assert parsed((await world.anna.file(letter)).decode())[uid].sequence == 4, "a file counts on where the address has come"


async def test_what_has_not_changed_is_not_sent_again(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    secret = await subscribed(world.misha)
    async with calendar.asks(secret) as answer:
        tag = answer.headers["ETag"]
    await world.pass_time(days=1)
    async with calendar.asks(secret, **{"If-None-Match": tag}) as answer:
        assert (answer.status, await answer.read()) == (304, b"")
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == ROBOTICS_THURSDAY).values(place="каб. 5"))
    assert await calendar.status(secret, **{"If-None-Match": tag}) == 200


async def test_a_discreet_family_has_a_discreet_calendar(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, ROBOTICS, CHESS)
    async with world.db.write() as tx:
        await tx.execute(update(Person).where(Person.id == ANNA).values(detail="discreet"))
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(cancelled_at=world.now))
    secret = await subscribed(world.anna, "Миша")
    async with calendar.asks(secret) as answer:
        text = await answer.text()
    assert {each.summary for each in parsed(text).values()} == {"Занятие", "Отменено: занятие"}
    for word in ("Робо", "Шах", "Миша", "каб", "Павел"):
        assert word not in text


async def test_a_guess_finds_nothing_and_a_hurry_is_told_to_wait(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    secret = await subscribed(world.misha)
    for guess in ("x", "a" * 22, secret[:-1] + "_", secret.swapcase(), "../live", "%00", "я" * 22):
        assert await calendar.status(guess) == 404, guess
    assert [await calendar.status(secret) for _ in range(60)] == [200] * 60
    async with calendar.asks(secret) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    assert await calendar.status("b" * 22) == 404, "others are not kept waiting"
    await world.pass_time(minutes=1)
    assert await calendar.status(secret) == 200


async def test_a_new_link_replaces_the_old_and_both_can_be_turned_off(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    first = await subscribed(world.misha)
    await world.misha.send("/timetable")
    await world.misha.tap("Подписка")
    assert "Ссылка сделана 9 ноября 2026. Показать её ещё раз нельзя" in said(world.misha)
    assert first not in said(world.misha)
    await world.misha.tap("Новая ссылка")
    assert await calendar.status(first) == 200, "nothing is done before it is confirmed"
    await world.misha.tap("Подтвердить")
    found = re.search(r"calendar/([\w-]{22})\.ics", said(world.misha))
    assert found
    assert (await calendar.status(first), await calendar.status(found[1])) == (404, 200)
    await world.misha.send("/settings")
    for label in ("Подписка", "Отключить ссылку", "Подтвердить"):
        await world.misha.tap(label)
    assert said(world.misha) == "Ссылка отключена: по ней больше ничего не видно."
    assert await calendar.status(found[1]) == 404
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Feed.id))) == 0


async def test_only_a_mac_is_kept(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    secret = await subscribed(world.anna, "Миша")
    async with world.db.read() as tx:
        row = (await tx.execute(select(Feed.mac, Feed.person_id, Feed.pupil_id))).one()
    assert (row.person_id, row.pupil_id, len(row.mac)) == (ANNA, MISHA, 32)
    assert secret.encode() not in row.mac


async def test_withdrawn_consent_closes_the_calendar(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    hers, his = await subscribed(world.anna, "Миша"), await subscribed(world.misha)
    async with world.db.write() as tx:  # the record alone, whatever way it came to be
        gone = Consent.person_id == ANNA, Consent.pupil_id == MISHA, Consent.purpose == "processing"
        await tx.execute(update(Consent).where(*gone).values(withdrawn_at=world.now))
    assert (await calendar.status(hers), await calendar.status(his)) == (404, 404)
    async with world.db.write() as tx:
        await tx.execute(update(Consent).where(*gone).values(withdrawn_at=None))
    assert (await calendar.status(hers), await calendar.status(his)) == (200, 200)
    await world.anna.send("/mydata")
    for label in ("Отозвать согласие", "Миша", "Подтвердить"):
        await world.anna.tap(label)
    assert (await calendar.status(hers), await calendar.status(his)) == (404, 404)
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Feed.id))) == 0


async def test_an_ended_guardianship_closes_the_calendar_for_good(world: World, calendar: Subscriber) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    secret = await subscribed(world.anna, "Миша")
    olga = await recognise(world.db, TELEGRAM[OLGA], world.app.settings)
    async with world.db.read() as tx:
        number = await tx.scalar(select(Guardianship.id).where(Guardianship.person_id == ANNA, Guardianship.pupil_id == MISHA))
    assert number is not None
    await end_guardianship(world.db, number, by=olga, now=world.now)
    assert await calendar.status(secret) == 404
    async with world.db.write() as tx:  # she comes back in
        await tx.execute(insert(Guardianship).values(person_id=ANNA, pupil_id=MISHA, since=world.now))
        await tx.execute(update(Consent).where(Consent.pupil_id == MISHA).values(withdrawn_at=None))
    async with world.db.read() as tx:
        assert ("guardian", MISHA, None) in await people.held_by(tx, ANNA)
    assert await calendar.status(secret) == 404, "what was handed out before stays closed"


async def test_a_calendar_on_postgresql(world_on_postgres: World) -> None:
    world = world_on_postgres
    async with listening(world) as program:
        await enroll(world.db, MISHA, ROBOTICS)
        hers, his = await subscribed(world.anna, "Миша"), await subscribed(world.pavel)
        assert len(await program.events(hers)) == len(await program.events(his)) == 6
        assert await program.status("a" * 22) == 404


async def test_a_teacher_has_a_calendar_of_their_own(world: World, calendar: Subscriber) -> None:
    secret = await subscribed(world.pavel)
    assert {each.summary for each in (await calendar.events(secret)).values()} == {"Робототехника, Г-01"}
    async with world.db.write() as tx:
        await tx.execute(update(Lesson).where(Lesson.id == CHESS_WEDNESDAY).values(teacher_id=11))
    assert "Шахматы, Г-02" in {each.summary for each in (await calendar.events(secret)).values()}
    assert await calendar.status(secret) == 200


async def test_without_an_address_of_its_own_the_bot_gives_the_file_and_says_so(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await world.misha.send("/timetable")
    await world.misha.tap("Подписка")
    letter = world.misha.newest
    assert letter is not None
    assert words(letter).startswith("Открой файл — занятия встанут в календарь. Подписки по ссылке здесь нет")
    events = parsed((await world.misha.file(letter)).decode())
    assert len(events) == 6
    await world.ruslan.send("/timetable")
    assert "Подписка" not in str(world.ruslan.buttons), "there is nothing to subscribe to yet"


async def test_three_hundred_lessons_through_a_years_end(world: World, calendar: Subscriber) -> None:
    begins = datetime(2026, 9, 1, 5, tzinfo=UTC)
    rows = [
        {
            "group_id": ROBOTICS, "week": (begins + timedelta(days=day)).date(), "ordinal": 50 + hour,
            "plan_starts_at": start, "plan_ends_at": start + timedelta(minutes=40),
            "starts_at": start, "ends_at": start + timedelta(minutes=40),
        }
        for day in range(150)
        for hour in (1, 2)
        for start in [begins + timedelta(days=day, hours=hour)]
    ]  # fmt: skip
    async with world.db.write() as tx:
        await tx.execute(insert(Lesson), rows)
    await enroll(world.db, MISHA, ROBOTICS)
    secret = await subscribed(world.misha)
    assert len(await calendar.events(secret)) == 306
    async with world.db.write() as tx:
        await tx.execute(update(Choice).values(state="completed", changed_at=datetime(2027, 5, 31, tzinfo=UTC)))
    assert len(await calendar.events(secret)) == 306, "what was learnt stays where it was"
    async with world.db.write() as tx:
        await tx.execute(update(Choice).values(state="left", changed_at=datetime(2026, 10, 1, 5, tzinfo=UTC)))
    assert len(await calendar.events(secret)) == 60, "who has left is expected no more"
    await world.pass_time(days=300)  # September of the next year
    assert await calendar.events(secret) == {}
