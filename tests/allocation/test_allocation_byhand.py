"""The draw cannot be bypassed: what may be requested before it, late windows, and a place by hand on the record."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select, update

from bot.services.allocation.allocation import draw_lots, look
from bot.services.allocation.byhand import give_place
from bot.services.enrollment.applications import choose
from storage.db import Database
from storage.tables import Audit, Choice, Course, Letter
from tests.enrollment.test_enrollment import heard
from tests.enrollment_world import ANNA_HERSELF, MOMENT, OLGA_HERSELF, RUSLAN_HIMSELF, THEN, TODAY, approved, choices
from tests.timetable_world import said
from tests.world import ANNA, CHESS, DANA, MISHA, ROBOTICS, World

AFTER = date(2026, 12, 1)


async def by_arrival(db: Database, course: int) -> None:
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == course).values(selection="queue"))


async def test_only_what_came_by_arrival_is_requested_before_the_draw(world: World) -> None:
    await by_arrival(world.db, CHESS)
    await approved(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    olga = world.olga
    await olga.send("/inbox")
    assert said(olga) == (
        "Ждёт вашего решения\n\nОдобрено, пора сформировать заявку: 1 место\nЖдут жребия (мест до него никто не получает): 1"
    )
    await olga.tap("Сформировать заявку")
    assert [row[0] for row in olga.buttons[:-1]] == ["ЦДО: 1"]
    await olga.press(olga.messages[-1].id, "inbox.form:1:3:")
    assert "Для этой организации одобренных детей без заявки нет." in said(olga) + str(olga.toasts[-1:])
    assert (await choices(world.db, 1))[ROBOTICS].state == "approved"


async def test_a_place_by_hand_has_a_reason_and_names_whom_it_passes_over(world: World) -> None:
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await approved(world.db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    olga = world.olga
    await olga.send("/allocation")
    await olga.tap("Место без жребия")
    await olga.tap("Робототехника: 2")
    await olga.tap("Шеуджен Дана, 7А")
    assert said(olga) == (
        "Шеуджен Дана Руслановна, 7А\n«Робототехника», свободно мест: 12\n\n"
        "⚠️ Вы дадите место раньше тех, кто ждёт (1): Петров Миша Алексеевич, 7А."
    )
    await olga.tap("Дать место")
    await olga.send("Победитель олимпиады")
    await olga.tap("Подтвердить")
    assert said(olga) == "✋ Место есть: Шеуджен Дана Руслановна, «Робототехника». Теперь можно просить партнёра. Семья узнает."
    async with world.db.read() as tx:
        logged = (await tx.scalars(select(Audit).where(Audit.action == "allocation.exception"))).one()
    misha = (await choices(world.db, 1))[ROBOTICS].id
    assert (logged.reason, logged.after) == ("Победитель олимпиады", {"state": "approved", "group": 1, "passed": [misha]})
    await world.deliver()
    assert heard(world.ruslan, "дала место") == [
        "🎉 Дана: школа дала место на курсе «Робототехника», группа Г-01. Теперь она отправит заявку партнёру."
    ]
    await olga.send("/inbox")
    await olga.tap("Сформировать заявку")
    await olga.tap("Центр развития IT-образования: 1")
    assert "«Робототехника» (1): Шеуджен Дана Руслановна, 7А" in said(olga)


async def test_nobody_gives_what_is_not_there(world: World) -> None:
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with world.db.write() as tx:
        from storage.tables import Group

        await tx.execute(update(Group).values(seats=0))
    await world.olga.send("/allocation")
    await world.olga.press(world.olga.messages[-1].id, "exception.wish:1")
    assert not [label for row in world.olga.buttons for label in row if "Дать место" in label]
    await world.olga.press(world.olga.messages[-1].id, "exception.give:1")
    await world.olga.send("Очень просят")
    await world.olga.tap("Подтвердить")
    assert "На курсе «Робототехника» свободных мест нет: давать нечего." in str(world.olga.toasts[-1])


async def test_one_late_window_does_not_hold_up_the_draw_of_the_others(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(closes_on=date(2026, 12, 20)))
    await approved(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await choose(world.db, DANA, CHESS, by=RUSLAN_HIMSELF, at=THEN)  # a draft: the window is open
    world.clock.move(timedelta(days=22))
    await world.olga.send("/allocation")
    assert said(world.olga) == (
        "⚖️ Распределение мест\n\nЖдут места: 1 заявление. Свободных мест: 12.\n\n"
        "• Робототехника: первым назвали 1, всего 1, мест 12\n\n"
        "⏳ На курс «Шахматы» ещё принимают заявления, до 20 декабря: в этот жребий курс не входит, его тянут потом."
    )
    made = await draw_lots(world.db, by=OLGA_HERSELF, now=world.now, today=AFTER, year=2026)
    async with world.db.read() as tx:
        seen = await look(tx, made)
        wishes = {wish.id for entrant in seen.draw.entrants for wish in entrant.wishes}
        assert list(await tx.scalars(select(Choice.course_id).where(Choice.id.in_(wishes)))) == [ROBOTICS]


async def test_the_card_says_how_places_are_given(world: World) -> None:
    await by_arrival(world.db, CHESS)
    anna = world.anna
    await anna.send("/start course_1")
    assert "Места делит жребий после 30 ноября, спешить не нужно." in said(anna)
    await anna.send("/start course_2")
    assert "Места — кто раньше подал." in said(anna)


async def test_the_approval_is_read_before_the_place_that_was_given_at_once_after_it(db: Database) -> None:
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    (wish,) = (await choices(db, 1)).values()
    soon = MOMENT + timedelta(seconds=30)
    await give_place(db, wish.id, "Победитель олимпиады", by=OLGA_HERSELF, now=soon, today=TODAY)
    async with db.read() as tx:
        due = select(Letter.kind).where(Letter.person_id == ANNA, Letter.due_at <= soon).order_by(Letter.id)
        assert list(await tx.scalars(due)) == ["application-approved", "place-given"]
