"""Rooms and equipment are booked: free hours, clashes, sets, a lesson that takes the room, a room that goes; never twice at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.clock import Moment
from bot.policy import Person, Post
from bot.refusals import Refusal
from bot.services.resources.booking import Span, Taken, book, change, mine, sets_free
from bot.services.resources.meeting import drop_bookings, keep_in_rooms
from bot.services.timetable.free import free_hours
from storage.db import Database
from storage.resources.bookings import Bookable, Ref
from storage.tables import Booking, Letter, Resource, Room, Staff
from storage.timetable import timetable
from tests.resources.cast import PRINTER, ROOM_2, SKIS, furnish
from tests.timetable_world import ROBOTICS_THURSDAY, at, said
from tests.world import IT, NOW, PAVEL, TELEGRAM, ZAREMA, ZONE, World

AT = Moment(NOW.astimezone(UTC), ZONE)


def teacher(person: int, staff: int, organization: int) -> Person:
    return Person(person, TELEGRAM[person], posts=frozenset({Post("teacher", staff, organization)}))


PAVEL_HIMSELF, ZAREMA_HERSELF = teacher(PAVEL, 11, IT), teacher(ZAREMA, 21, 2)


@pytest.mark.parametrize(("starts", "ends", "free"), [(8, 9, 15), (9, 11, 5), (10, 12, 3), (11, 13, 3), (12, 14, 15)])
def test_sets_that_are_free_are_counted_where_most_are_kept(starts: int, ends: int, free: int) -> None:
    skis = Bookable(Ref(resource=SKIS), "Лыжи", 2, "ЦДО", of_school=False, sets=15, seats=None, equipment=None)
    held = [
        Taken(at(12, 9), at(12, 11), "Ким", lesson=False, sets=10),
        Taken(at(12, 11), at(12, 12), "Тлехас", lesson=False, sets=12),
    ]
    assert sets_free(skis, held, Span(at(12, starts), at(12, ends))) == free


async def test_a_teacher_books_a_room_around_its_lesson_and_gives_it_back(world: World) -> None:
    await furnish(world.db)
    await world.zarema.send("/menu")
    for label in ("Ресурсы", "Помещения", "каб. 2", "Забронировать", "›", "›", "›"):
        await world.zarema.tap(label)
    assert said(world.zarema) == (
        "📅 каб. 2\nчт, 12 нояб.\n\n🧑‍🏫 15:00–16:30 · занятие «Робототехника»\n\nС какого часа? Свободные — на кнопках."
    )
    hours = [label for row in world.zarema.buttons for label in row if ":" in label]
    assert hours[:2] == ["08:00", "08:30"]
    assert not {"15:00", "16:00"} & set(hours)
    assert "16:30" in hours
    await world.zarema.tap("13:30")
    assert [label for row in world.zarema.buttons for label in row][:3] == ["до 14:00", "до 14:30", "до 15:00"]
    assert not any("15:30" in label for row in world.zarema.buttons for label in row)
    await world.zarema.tap("до 15:00")
    assert said(world.zarema) == "✅ За вами: каб. 2, чт, 12 нояб., 13:30–15:00."
    await world.zarema.tap("Отменить бронь")
    assert said(world.zarema).startswith("Бронь снята: каб. 2, чт, 12 нояб., 13:30–15:00.\n\n🗓 Мои брони\nПока ни одной.")
    await world.zarema.tap("Вернуть бронь")
    assert said(world.zarema).endswith("🗓 Мои брони\n\n1. каб. 2, чт, 12 нояб., 13:30–15:00")

    # A lesson moved there: the clash is shown first, then whoever booked hears of it, and hears that it is theirs again.
    await world.pavel.press(await _page(world), f"lesson.to:{ROBOTICS_THURSDAY}:{int(at(12, 14).timestamp())}")
    assert "здесь бронь: Тлехас Зарема Аслановна, 13:30–15:00; об этом узнает, кто бронировал" in said(world.pavel)
    await world.pavel.tap("Подтвердить")
    await world.pass_time(minutes=2)
    assert said(world.zarema) == (
        "⚠️ каб. 2: ваша бронь чт, 12 нояб., 13:30–15:00 совпала с занятием «Робототехника» (14:00–15:30). "
        "Занятия идут первыми: возьмите другой час или другое место."
    )
    await world.zarema.tap("Мои брони")
    assert said(world.zarema).endswith("⚠️ В это время здесь занятие: возьмите другой час или другое место.")
    await world.pavel.tap("Вернуть как было")
    await world.pass_time(minutes=2)
    assert said(world.zarema) == "✅ каб. 2 снова ваше чт, 12 нояб., 13:30–15:00: занятия там в это время не будет."

    # The room goes with the book: its bookings are over, and she hears.
    async with world.db.write() as tx:
        await tx.execute(update(Room).where(Room.id == ROOM_2).values(archived_at=world.now))
        await drop_bookings(tx, [ROOM_2], [], now=world.now)
    await world.pass_time(minutes=2)
    assert said(world.zarema) == (
        "✖️ каб. 2 больше нет среди ресурсов и помещений сети. Ваша бронь чт, 12 нояб., 13:30–15:00 снята."
    )

    # Of a resource with several sets it is asked how many; a family finds no such button, and a forged one is refused.
    await world.pavel.send("принтер")
    for label in ("3D-принтер", "Забронировать", "›", "10:00", "до 11:00", "2"):
        await world.pavel.tap(label)
    assert said(world.pavel) == "✅ За вами: 3D-принтер, вт, 10 нояб., 10:00–11:00, комплектов: 2."
    await world.anna.send("принтер")
    await world.anna.tap("3D-принтер")
    assert not any("Забронировать" in label for row in world.anna.buttons for label in row)
    for data in (f"book.day:0:{PRINTER}:0", f"book.to:0:{PRINTER}:{int(at(11, 10).timestamp())}:2:1", "book.set:2:0"):
        assert world.anna.newest is not None
        await world.anna.press(world.anna.newest.id, data)
    await world.irina.send("/menu")
    assert world.irina.newest is not None
    await world.irina.press(world.irina.newest.id, f"book.to:{ROOM_2}:0:{int(at(11, 10).timestamp())}:2000000000:1")
    assert "Этого больше нет: страница устарела." in str(world.irina.toasts[-1])
    await world.irina.press(world.irina.newest.id, "book.set:2:0")  # the partner's own printer: its administrator may
    await world.pass_time(minutes=2)
    assert said(world.pavel).startswith("✖️ Вашу бронь сняли: 3D-принтер, вт, 10 нояб., 10:00–11:00.")
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Booking.id))) == 2


async def test_hours_for_a_lesson_go_around_what_is_booked_until_whoever_booked_has_left(db: Database) -> None:
    await furnish(db)
    await book(db, Ref(room=ROOM_2), Span(at(13, 15), at(13, 16, 30)), 1, by=ZAREMA_HERSELF, at=AT)
    async with db.read() as tx:
        lesson = await timetable.lesson(tx, ROBOTICS_THURSDAY)
    assert lesson is not None
    assert (await free_hours(db, lesson, date(2026, 11, 13), at=AT))[0] == at(13, 16, 30)
    async with db.write() as tx:  # nothing is kept for whoever left the network
        await tx.execute(update(Staff).where(Staff.id == 21).values(archived_at=NOW))
    assert (await free_hours(db, lesson, date(2026, 11, 13), at=AT))[0] == at(13, 15)


async def test_who_gives_a_lesson_has_kept_the_room_for_it(world: World) -> None:
    """One's own booking is no clash with one's own lesson: nothing is said of it, and the hour is offered."""
    await furnish(world.db)
    kept = await book(world.db, Ref(room=ROOM_2), Span(at(13, 15), at(13, 16, 30)), 1, by=PAVEL_HIMSELF, at=AT)
    async with world.db.read() as tx:
        lesson = await timetable.lesson(tx, ROBOTICS_THURSDAY)
    assert lesson is not None
    assert (await free_hours(world.db, lesson, date(2026, 11, 13), at=AT))[0] == at(13, 15)
    await world.pavel.press(await _page(world), f"lesson.to:{ROBOTICS_THURSDAY}:{int(at(13, 15).timestamp())}")
    assert "здесь бронь" not in said(world.pavel)
    await world.pavel.tap("Подтвердить")
    await world.pass_time(minutes=2)
    async with world.db.read() as tx:
        assert [(one.id, met) for one, met in await mine(tx, PAVEL_HIMSELF, NOW)] == [(kept.id, False)]
        assert not list(await tx.scalars(select(Letter.id).where(Letter.topic.startswith("booking:"))))


async def test_an_old_button_is_of_what_it_says_and_not_of_a_number(db: Database) -> None:
    """Given back and booked anew: the first «Вернуть бронь» books nothing twice, the first «Отменить бронь» gives the new one back."""
    await furnish(db)
    ref, span = Ref(resource=PRINTER), Span(at(13, 10), at(13, 11))
    first = await book(db, ref, span, 1, by=PAVEL_HIMSELF, at=AT)
    await change(db, first.id, stands=False, by=PAVEL_HIMSELF, at=AT)
    again = await book(db, ref, span, 1, by=PAVEL_HIMSELF, at=AT)
    assert (await change(db, first.id, stands=True, by=PAVEL_HIMSELF, at=AT)).id == again.id
    async with db.read() as tx:
        assert [one.id for one, _ in await mine(tx, PAVEL_HIMSELF, NOW)] == [again.id]
    await change(db, first.id, stands=False, by=PAVEL_HIMSELF, at=AT)
    async with db.read() as tx:
        assert await mine(tx, PAVEL_HIMSELF, NOW) == []
        assert await tx.scalar(select(func.count(Booking.id))) == 2


async def test_a_resource_that_becomes_a_room_takes_its_bookings_with_it(db: Database) -> None:
    """The hall was a resource and stands in «Помещения» since: what was booked of it is kept there, given back and put back there."""
    await furnish(db)
    number, hall_room = 5, 3
    async with db.write() as tx:
        await tx.execute(insert(Resource).values(id=number, kind="material", name="Актовый  зал", organization_id=IT))
    span = Span(at(13, 10), at(13, 11))
    kept = await book(db, Ref(resource=number), span, 1, by=ZAREMA_HERSELF, at=AT)
    undone = await book(db, Ref(resource=number), Span(at(13, 12), at(13, 13)), 1, by=ZAREMA_HERSELF, at=AT)
    await change(db, undone.id, stands=False, by=ZAREMA_HERSELF, at=AT)
    async with db.write() as tx:
        await tx.execute(insert(Room).values(id=hall_room, code="К7", name="актовый зал", organization_id=IT))
        await keep_in_rooms(tx, now=NOW)
    with pytest.raises(Refusal, match="booking-taken"):
        await book(db, Ref(room=hall_room), span, 1, by=PAVEL_HIMSELF, at=AT)
    assert (await change(db, undone.id, stands=True, by=ZAREMA_HERSELF, at=AT)).id == undone.id
    async with db.read() as tx:
        assert [(one.id, one.ref) for one, _ in await mine(tx, ZAREMA_HERSELF, NOW)] == [
            (kept.id, Ref(room=hall_room)),
            (undone.id, Ref(room=hall_room)),
        ]


async def _page(world: World) -> int:
    await world.pavel.send("/menu")
    assert world.pavel.newest is not None
    return world.pavel.newest.id


async def test_presses_at_one_moment_never_book_twice(db: Database) -> None:
    """Twenty at once for one room: one has it; for two printers two sets are kept, never three."""
    await furnish(db)
    span = Span(at(13, 10), at(13, 11))
    half = Span(at(13, 10, 30), at(13, 11, 30))
    asked = [
        *((ref, each, who) for ref in (Ref(room=ROOM_2), Ref(resource=PRINTER)) for each in (span, half) for who in (PAVEL_HIMSELF, ZAREMA_HERSELF)),
    ]  # fmt: skip
    found = await asyncio.gather(*(book(db, ref, each, 1, by=who, at=AT) for ref, each, who in asked * 2), return_exceptions=True)
    assert {type(one) for one in found if isinstance(one, Exception)} == {Refusal}
    async with db.read() as tx:
        kept = (await tx.execute(select(Booking.room_id, Booking.resource_id, Booking.sets))).all()
    assert sum(row.room_id is not None for row in kept) == 1
    assert sum(row.resource_id is not None for row in kept) == 2
    for when, key in ((at(9, 11), "booking-past"), (at(13, 19, 30), "booking-hours")):
        with pytest.raises(Refusal, match=key):
            await book(db, Ref(room=ROOM_2), Span(when, when + timedelta(hours=1)), 1, by=PAVEL_HIMSELF, at=AT)
