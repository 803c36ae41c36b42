"""A submitted application is changed, looked at as paper, and its history read: as told on the phones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.clock import Moment
from bot.refusals import Refusal
from bot.services.deciding.deciding import Verdict, decide
from bot.services.enrollment.applications import extend, rank
from bot.services.enrollment.withdrawing import withdraw
from bot.voice import voice
from storage.tables import Application, Choice, Course, Group, Letter
from tests.enrollment_world import (
    ANNA_HERSELF,
    MOMENT,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    TODAY,
    choices,
    handed_in,
    state_of,
)
from tests.timetable_world import said
from tests.world import CHESS, DANA, MISHA, MISHA_HIMSELF, ROBOTICS, ZONE, Member, World

SAY = voice("ru", ZONE)


def labels(who: Member) -> list[str]:
    return [label for row in who.buttons for label in row]


async def card(who: Member, course: str) -> None:
    await who.send("/courses")
    if any("Миша" in label for label in labels(who)):
        await who.tap("Миша")
    await who.tap(course)


async def my_page(who: Member) -> None:
    await who.send("/applications")
    await who.tap("Миша:")


async def test_a_course_is_added_put_first_and_taken_off(world: World) -> None:
    anna = world.anna
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    world.clock.move(timedelta(minutes=10))
    await my_page(anna)
    await anna.tap("Изменить")
    assert said(anna).splitlines()[-1] == (
        "Заявление уже в школе. Менять его можно, пока школа не решила и приём открыт: всё сохраняется сразу."
    )
    assert "✅ Подтвердить" not in labels(anna)
    await anna.tap("Добавить ещё курс")
    await anna.tap("Шахматы")
    await anna.tap("Подать заявление")
    assert said(anna) == ("Миша: заявление на курс «Робототехника» уже в школе, решения ещё нет.\nДобавить в него «Шахматы»?")
    await anna.tap("Добавить в заявление")
    assert "2. Шахматы — ЦДО" in said(anna)
    await anna.tap("⬆️ 2")
    assert "1. Шахматы — ЦДО" in said(anna)
    await world.deliver()
    assert said(world.misha) == (  # what waits for one moment is one message
        "📝 Подано заявление на курс «Робототехника». О решении школы я напишу.\n\n📝 В твоё заявление добавлено «Шахматы»."
    )
    await anna.tap("Убрать 2")
    assert said(anna) == "Миша: отозвать заявление на курс «Робототехника»? Место или очередь пропадут."
    await anna.tap("Подтвердить")
    assert said(anna).splitlines() == [
        "Миша, 7А, 9 ноября",
        "",
        "1. Шахматы — отправлено, ждёт решения школы",
        "2. Робототехника — отозвано",
        "",
        "Как было",
        "9 ноября, 12:00, семья: «Робототехника» — отправлено, ждёт решения школы",
        "9 ноября, 12:10, семья: «Шахматы» — отправлено, ждёт решения школы",
        "9 ноября, 12:10, семья: другой порядок курсов",
        "9 ноября, 12:10, семья: «Робототехника» — отозвано",
    ]
    assert await state_of(world.db, application) == "submitted"


async def test_a_seat_taken_stays_if_its_course_stays(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(selection="queue"))
        await tx.execute(update(Group).values(seats=1))
    db = world.db
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with db.write() as tx:
        await tx.execute(update(Application).values(wanted=2))
    danas = await handed_in(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    await extend(db, application, CHESS, by=ANNA_HERSELF, now=MOMENT, today=TODAY)
    made = await choices(db, application)
    await rank(db, application, made[CHESS].id, 1, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    made = await choices(db, application)
    assert (made[ROBOTICS].rank, made[ROBOTICS].group_id, made[ROBOTICS].reserve_at) == (2, 1, None)
    assert (made[CHESS].rank, made[CHESS].reserve_at) == (1, MOMENT)  # Dana has the only seat: the line
    await withdraw(db, application, made[CHESS].id, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    made = await choices(db, application)
    assert (made[ROBOTICS].rank, made[ROBOTICS].group_id, made[ROBOTICS].reserve_at) == (1, 1, None)
    assert (await choices(db, danas))[CHESS].reserve_at is None


async def test_until_the_window_closes_and_nobody_has_decided(world: World) -> None:
    db = world.db
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await extend(db, application, CHESS, by=ANNA_HERSELF, now=MOMENT, today=TODAY)
    made = await choices(db, application)
    december = TODAY + timedelta(days=30)

    async def no(work: object) -> str:
        with pytest.raises(Refusal) as refusal:
            await work  # type: ignore[misc]
        return SAY.plain(refusal.value.key, **refusal.value.facts)

    assert await no(rank(db, application, made[CHESS].id, 1, by=ANNA_HERSELF, at=Moment(MOMENT + timedelta(days=30), ZONE))) == (
        "Приём на курс «Робототехника» закончился: порядок курсов уже не изменить. Отозвать заявление можно."
    )
    await withdraw(db, application, made[CHESS].id, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    assert await no(extend(db, application, CHESS, by=ANNA_HERSELF, now=MOMENT, today=december)) == (
        "Приём заявлений на курс «Шахматы» закончился 30 ноября. Посмотрите другие курсы."
    )
    await decide(db, application, Verdict("approve"), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    assert "и по нему решают" in await no(extend(db, application, CHESS, by=ANNA_HERSELF, now=MOMENT, today=TODAY))
    await my_page(world.anna)
    assert "✏️ Изменить" not in labels(world.anna)


async def test_added_and_taken_off_it_may_be_added_again(world: World) -> None:
    db = world.db
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    for _ in range(2):
        for _press in range(2):
            await extend(db, application, CHESS, by=ANNA_HERSELF, now=MOMENT, today=TODAY)
        made = await choices(db, application)
        await withdraw(db, application, made[CHESS].id, by=ANNA_HERSELF, at=Moment(MOMENT, ZONE))
    await extend(db, application, CHESS, by=ANNA_HERSELF, now=MOMENT, today=TODAY)
    made = await choices(db, application)
    assert {course: (choice.rank, choice.state) for course, choice in made.items()} == {
        ROBOTICS: (1, "submitted"),
        CHESS: (2, "submitted"),
    }


async def test_an_application_half_written_takes_the_course_instead(world: World) -> None:
    anna = world.anna
    await card(anna, "Шахматы")
    await anna.tap("Подать заявление")
    async with world.db.write() as tx:
        await tx.execute(update(Application).values(created_at=MOMENT))
    await card(anna, "Робототехника")
    await anna.tap("Подать заявление")
    assert "2. Робототехника" in said(anna)  # the draft goes on, no question asked


async def test_a_draft_survives_a_day_and_a_command(world: World) -> None:
    anna = world.anna
    await card(anna, "Шахматы")
    await anna.tap("Подать заявление")
    await anna.send("/start")
    await world.pass_time(days=2)
    await anna.send("/applications")
    assert "1. Шахматы — ещё не отправлено" in said(anna)
    await anna.tap("Миша: Шахматы")
    await anna.tap("Подтвердить")
    assert said(anna).startswith("✅ Заявление отправлено: Миша, 7А")


async def test_the_preview_reads_as_the_paper_will(world: World) -> None:
    anna = world.anna
    await card(anna, "Шахматы")
    await anna.tap("Подать заявление")
    await anna.tap("Как будет на бумаге")
    page = said(anna)
    assert page.startswith("👁 Так заявление будет на бумаге. Прочерки заполняют от руки.")
    assert "Директору МБОУ СОШ №8" in page
    assert "Прошу зачислить моего ребёнка Петрова Мишу Алексеевича" in page
    assert "1 · Шахматы · физкультурно-спортивная · МБОУ ДО ЦДО МО «Кошехабльский район» · 68 · —" in page
    assert "в школу ещё не отправлен" in page
    assert labels(anna) == ["✅ Подтвердить", "📄 Скачать заявление", "‹ Назад", "🏠 Меню"]
    await anna.tap("Назад")
    assert said(anna).startswith("Заявление: Миша, 7А")
    await anna.tap("Как будет на бумаге")
    await anna.tap("Подтвердить")
    assert said(anna).startswith("✅ Заявление отправлено")
    await world.ruslan.send("/start")
    other = world.ruslan.newest
    assert other is not None
    await world.ruslan.press(other.id, "apply.onpaper:1")
    assert "Миш" not in said(world.ruslan) + str(world.ruslan.toasts[-1])


async def test_a_long_history_has_pages(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    for minute in range(1, 17):
        now = MOMENT + timedelta(minutes=minute)
        await extend(world.db, application, CHESS, by=ANNA_HERSELF, now=now, today=TODAY)
        async with world.db.read() as tx:
            chess = await tx.scalar(select(Choice.id).where(Choice.course_id == CHESS))
        await rank(world.db, application, chess or 0, 1 + minute % 2, by=ANNA_HERSELF, at=Moment(now, ZONE))
    await my_page(world.anna)
    assert "🕰 История" in labels(world.anna)
    await world.anna.tap("История")
    assert said(world.anna).splitlines()[2:4] == [
        "Как было",
        "9 ноября, 12:00, семья: «Робототехника» — отправлено, ждёт решения школы",
    ]
    assert ["‹", "1 из 2", "›"] in world.anna.buttons
    await world.anna.tap("Назад")
    assert said(world.anna).startswith("Миша, 7А, 9 ноября")


async def test_courses_withdrawn_one_after_another_at_night_are_both_told(world: World) -> None:
    """Misha reads everything on his own telephone; letters of the night wait for the morning."""
    application = await handed_in(world.db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    for number, course in enumerate((ROBOTICS, CHESS)):
        wish = (await choices(world.db, application))[course].id
        await withdraw(world.db, application, wish, by=ANNA_HERSELF, at=Moment(MOMENT + timedelta(minutes=number), ZONE))
    async with world.db.read() as tx:
        waiting = select(Letter).where(Letter.kind == "application-withdrawn", Letter.state == "new").order_by(Letter.id)
        told = [((one.facts or {})["courses"], one.person_id) for one in await tx.scalars(waiting)]
    assert told == [(["Робототехника"], MISHA_HIMSELF), (["Шахматы"], MISHA_HIMSELF)]


async def test_a_draft_is_opened_where_it_can_be_sent(world: World) -> None:
    await card(world.anna, "Робототехника")
    await world.anna.tap("Подать заявление")
    await my_page(world.anna)
    assert labels(world.anna)[0] == "✅ Подтвердить"
