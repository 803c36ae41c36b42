"""Rooms and equipment of two base schools: whoever teaches in the network books either's; each school answers for its own."""

from __future__ import annotations

from sqlalchemy import insert, select

from storage.tables import Booking, Resource, Room, Staff
from tests.schools_world import GYMNASIUM, YURY, heads, settle_the_gymnasium
from tests.timetable_world import said, words
from tests.world import SCHOOL, Member, World

HALL, THEIR_HALL = 31, 32


def labels(who: Member) -> list[str]:
    return [label for row in who.buttons for label in row]


async def test_a_teacher_of_one_school_books_the_other_s_hall_and_that_school_answers_for_it(world: World) -> None:
    await settle_the_gymnasium(world.db)
    async with world.db.write() as tx:
        teaches = {"id": 54, "code": "С-54", "full_name": "Волков Юрий Петрович", "role": "teacher", "person_id": YURY}
        await tx.execute(insert(Staff).values(organization_id=GYMNASIUM, **teaches))
        hall = {"seats": 100, "equipment": None}
        await tx.execute(
            insert(Room),
            [
                {"id": HALL, "code": "З8", "name": "Актовый зал", "organization_id": SCHOOL} | hall,
                {"id": THEIR_HALL, "code": "З5", "name": "Зал гимназии", "organization_id": GYMNASIUM} | hall,
            ],
        )
        skis = dict.fromkeys(("description", "place", "whom", "link")) | {"kind": "material", "name": "Лыжи", "seats": 2}
        await tx.execute(insert(Resource), [skis | {"organization_id": one} for one in (SCHOOL, GYMNASIUM)])
    tamara, yury = heads(world)[GYMNASIUM]
    olga = world.olga

    await yury.send("/menu")
    for label in ("Ресурсы", "Помещения", "Актовый зал", "Забронировать", "›", "10:00", "до 11:00"):
        await yury.tap(label)
    assert said(yury) == "✅ За вами: Актовый зал, вт, 10 нояб., 10:00–11:00."
    await yury.send("/menu")
    for label in ("Ресурсы", "Материально", "Лыжи", "Забронировать", "›", "10:00", "до 11:00", "2"):
        await yury.tap(label)

    # Who answers for another school sees whose it is and takes nothing back, by no button and by no forged one.
    await tamara.send("/menu")
    for label in ("Ресурсы", "Помещения", "Актовый зал", "Забронировать", "›"):
        await tamara.tap(label)
    assert "🔸 10:00–11:00 · Волков Юрий Петрович" in said(tamara)
    assert not any("✖️" in label for label in labels(tamara))
    assert tamara.newest is not None
    await tamara.press(tamara.newest.id, "book.set:1:0")
    async with world.db.read() as tx:
        assert await tx.scalar(select(Booking.cancelled_at).where(Booking.id == 1)) is None

    # Its own coordinator does, and he hears; put back after he heard, he hears that too.
    await olga.send("/menu")
    for label in ("Ресурсы", "Помещения", "Актовый зал", "Забронировать", "›"):
        await olga.tap(label)
    await olga.tap("✖️ 10:00 · Волков Юрий Петрович")
    assert said(olga).startswith("Бронь снята: Актовый зал, вт, 10 нояб., 10:00–11:00.")
    await world.pass_time(minutes=2)
    assert said(yury).startswith("✖️ Вашу бронь сняли: Актовый зал, вт, 10 нояб., 10:00–11:00.")
    await olga.tap("Вернуть бронь")
    back = "✅ Бронь снова стоит (Волков Юрий Петрович): Актовый зал, вт, 10 нояб., 10:00–11:00."
    assert any(words(each).startswith(back) for each in olga.messages)
    await world.pass_time(minutes=2)
    assert said(yury) == "✅ Ваша бронь снова стоит: Актовый зал, вт, 10 нояб., 10:00–11:00."
