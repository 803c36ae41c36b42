"""A family without Telegram: the school enters its application, and everything it should hear is a call."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.clock import Moment
from bot.notices.enrollment import ApplicationApproved
from bot.refusals import Refusal
from bot.services.deciding.deciding import Verdict, decide, undo
from bot.services.deciding.entering import Wishes, enter
from bot.services.people.calls import note_calls
from bot.services.requests.forming import form_request
from bot.services.requests.requests import enroll
from bot.voice import voice
from storage.db import Database
from storage.people import calls
from storage.people.calls import Whom
from storage.tables import Application, Audit, Call, Choice, Course, Group, Guardianship, Letter, Person, Pupil
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    TODAY,
    choices,
    drawn,
    handed_in,
)
from tests.timetable_world import said
from tests.world import ANNA, CHESS, DANA, IT, MISHA, ROBOTICS, RUSLAN, SCHOOL, VERA, ZONE, Member, World

SAY = voice("ru", ZONE)


def labels(who: Member) -> list[str]:
    return [label for row in who.buttons for label in row]


async def without_the_bot(db: Database, pupil: int = DANA) -> None:
    """Nobody of this family has come in."""
    async with db.write() as tx:
        await tx.execute(update(Guardianship).where(Guardianship.pupil_id == pupil).values(until=MOMENT))


async def test_from_the_class_to_the_place_without_telegram(world: World) -> None:
    await without_the_bot(world.db)
    olga = world.olga
    await olga.send("/inbox")
    await olga.tap("Внести заявление")
    assert said(olga) == "Внести заявление за семью без Telegram. Из какого класса ребёнок?"
    await olga.tap("7А")
    assert labels(olga)[:2] == ["Петров Миша Алексеевич", "Шеуджен Дана Руслановна"]
    await olga.tap("Шеуджен")
    assert said(olga).splitlines()[:4] == [
        "Шеуджен Дана Руслановна, 7А",
        "Нажимайте курсы от самого желанного, не больше 3.",
        "",
        "📞 Бот этой семье не пишет: всё, что ей нужно знать, будет в «Позвонить».",
    ]
    await olga.tap("Шахматы")
    await olga.tap("Робототехника")
    assert "1. Шахматы, мест: 10" in said(olga)
    assert "2. Робототехника, мест: 12" in said(olga)
    await olga.tap("1. Шахматы")  # pressed again, it is chosen no longer
    assert "1. Робототехника, мест: 12" in said(olga)
    await olga.tap("Шахматы")
    await olga.tap("Внести, курсов: 2")
    assert said(olga).splitlines() == [
        "Шеуджен Дана Руслановна: сколько курсов нужно?",
        "Спросите семью, на сколько из 2 курсов ребёнок будет ходить сразу.",
        "",
        (
            "Остальные — про запас: пока нужное число мест за ребёнком, бот не займёт для них ни места, ни очереди. "
            "Отпадёт место — займёт сам."
        ),
    ]
    assert olga.buttons == [["1", "2"], ["‹ Назад", "🏠 Меню"]]
    await olga.tap("Назад")
    assert "1. Робототехника, мест: 12" in said(olga)  # nothing chosen is lost on the way
    await olga.tap("Внести, курсов: 2")
    await olga.tap("1")
    assert said(olga).splitlines() == [
        "✅ Заявление внесено: Шеуджен Дана Руслановна, 7А",
        "",
        "1. Робототехника — отправлено, ждёт решения школы",
        "2. Шахматы — отправлено, ждёт решения школы",
        "",
        "Нужно курсов: 1",
        "",
        "📞 Семье нужно позвонить: строка уже в списке «Позвонить».",
    ]
    await olga.tap("Решить сейчас")
    assert said(olga).startswith("Шеуджен Дана Руслановна, 7А\nВнесла школа со слов семьи, в понедельник, 9 ноября, в 12:00")
    await olga.tap("Одобрить")
    await drawn(world.db)
    await olga.send("/inbox")
    await olga.tap("Сформировать заявку")
    await olga.tap("Центр развития")
    await olga.tap("Сформировать заявку")
    async with world.db.read() as tx:
        choice = await tx.scalar(select(Choice.id).where(Choice.course_id == ROBOTICS))
        audited = list(await tx.scalars(select(Audit.action).order_by(Audit.id)))
    await enroll(world.db, choice or 0, by=IRINA_HERSELF, now=world.now, today=TODAY)
    assert audited[:2] == ["enrollment.enter", "enrollment.decide"]
    assert world.ruslan.messages == [] or "Дана" not in " ".join(world.ruslan.notices)

    await olga.send("/inbox")
    assert "Позвонить семьям, которым бот не пишет: 1" in said(olga)
    await olga.tap("Позвонить: 1")
    assert said(olga).splitlines() == [
        "📞 Позвонить семьям, которым бот не пишет: 1",
        "",
        "Шеуджен Дана Руслановна, 7А",
        "",
        "🗣 9 ноября, сказать:",
        "📝 Дана: подано заявление на курсы «Робототехника», «Шахматы». О решении школы я напишу.",
        "",
        "🗣 9 ноября, сказать:",
        "✅ Дана: школа одобрила заявление на курсы «Робототехника», «Шахматы». Места поделит жребий, когда закончится приём: о нём я напишу.",
        "",
        "🗣 9 ноября, сказать:",
        "📨 Дана: школа запросила место на курс «Робототехника». Ждём ответа.",
        "Ответит: Центр развития IT-образования.",
        "",
        "🗣 9 ноября, сказать:",
        "🎉 Дана: есть место на курсе «Робототехника»! Группа Г-01, Центр развития IT-образования.",
        "Первое занятие в четверг, 12 ноября, в 15:00. Где: каб. 2, ул. Гагарина, 12.",
        "",
        "☝️ Где сказано «напишу», обещайте: «позвоним». Бот им не напишет.",
        "",
        "Номеров телефонов бот не хранит: они у классного руководителя.",
    ]
    await olga.tap("Позвонили")
    assert said(olga) == "✅ Отмечено: семье сказали.\n\n📞 Звонить некому: все семьи знают всё."
    await olga.tap("Нет, ещё не позвонили")
    assert "🎉 Дана: есть место" in said(olga)
    await olga.tap("Позвонили")
    await olga.send("/inbox")
    assert "Позвонить" not in said(olga) + " ".join(labels(olga))


async def test_what_does_not_fit_is_entered_with_its_warning_and_approved_with_a_reason(world: World) -> None:
    await without_the_bot(world.db, VERA)
    olga = world.olga
    await olga.send("/inbox")
    await olga.tap("Внести заявление")
    await olga.tap("4Б")
    await olga.tap("Петрова Вера")
    assert "▫️ Робототехника, мест: 12\n⚠️ Курс для классов 5–8, а не для 4Б." in said(olga)
    await olga.tap("⚠️ Робототехника")
    await olga.tap("Внести, курсов: 1")
    await olga.tap("Решить сейчас")
    assert "⚠️ Курс для классов 5–8, а не для 4Б." in said(olga)
    await olga.tap("Одобрить с причиной")
    await olga.tap("Ребёнок готов: смотрел педагог курса.")
    assert said(olga).startswith("✅ Одобрено: Петрова Вера Алексеевна.")


async def test_entering_is_the_coordinators_own_school_only(db: Database) -> None:
    with pytest.raises(Refusal) as no:
        await enter(db, DANA, Wishes([CHESS], 1), by=RUSLAN_HIMSELF, now=MOMENT, today=TODAY)
    assert no.value.key == "not-yours"
    for wanted, key in (([], "application-empty"), ([1, 2, 3, 4], "application-full"), ([999], "gone")):
        with pytest.raises(Refusal) as no:
            await enter(db, DANA, Wishes(wanted, 1), by=OLGA_HERSELF, now=MOMENT, today=TODAY)
        assert no.value.key == key
    december = TODAY + timedelta(days=30)
    with pytest.raises(Refusal) as no:
        await enter(db, DANA, Wishes([CHESS], 1), by=OLGA_HERSELF, now=MOMENT, today=december)
    assert no.value.key == "window-refused-over"


async def test_a_press_repeated_enters_once_and_another_is_refused(db: Database) -> None:
    await without_the_bot(db)
    made = [await enter(db, DANA, Wishes([CHESS], 1), by=OLGA_HERSELF, now=MOMENT, today=TODAY) for _ in range(2)]
    assert made[0] == made[1]
    later = MOMENT + timedelta(hours=1)
    with pytest.raises(Refusal) as no:
        await enter(db, DANA, Wishes([CHESS], 1), by=OLGA_HERSELF, now=later, today=TODAY)
    assert SAY.plain(no.value.key, **no.value.facts).startswith("На курс «Шахматы» заявление уже подано")
    async with db.read() as tx:
        (paper,) = list(await tx.scalars(select(Application)))
    assert (paper.person_id, paper.state) == (None, "submitted")


async def test_a_queue_gives_the_seat_at_once(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(selection="queue"))
        await tx.execute(update(Group).where(Group.course_id == CHESS).values(seats=1))
    await without_the_bot(db)
    entered = await enter(db, DANA, Wishes([CHESS], 1), by=OLGA_HERSELF, now=MOMENT, today=TODAY)
    choice = (await choices(db, entered))[CHESS]
    assert (choice.state, choice.group_id, choice.reserve_at) == ("submitted", 2, None)


@pytest.mark.parametrize(
    ("number", "robotics"), [("2", "отправлено, ждёт решения школы"), ("1", "отправлено, ждёт решения школы, про запас")]
)
async def test_as_many_seats_are_taken_at_once_as_the_family_needs(world: World, number: str, robotics: str) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).values(selection="queue"))
    await without_the_bot(world.db)
    olga = world.olga
    await olga.send("/inbox")
    for button in ("Внести заявление", "7А", "Шеуджен", "Шахматы", "Робототехника", "Внести, курсов: 2", number):
        await olga.tap(button)
    assert said(olga).splitlines()[2:] == [
        "1. Шахматы — отправлено, ждёт решения школы",
        f"2. Робототехника — {robotics}",
        "",
        f"Нужно курсов: {number}",
        "",
        "📞 Семье нужно позвонить: строка уже в списке «Позвонить».",
    ]
    async with world.db.read() as tx:
        seats = [tuple(row) for row in await tx.execute(select(Choice.course_id, Choice.group_id).order_by(Choice.rank))]
    assert seats == [(CHESS, 2), (ROBOTICS, 1 if number == "2" else None)]


async def test_a_family_with_the_bot_gets_letters_and_no_call(db: Database) -> None:
    await enter(db, DANA, Wishes([CHESS], 1), by=OLGA_HERSELF, now=MOMENT, today=TODAY)
    async with db.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Call)) == 0
        assert [tuple(row) for row in await tx.execute(select(Letter.kind, Letter.person_id))] == [
            ("application-submitted", RUSLAN)
        ]


async def test_a_decision_taken_back_before_the_call_leaves_nothing_to_say(db: Database) -> None:
    await without_the_bot(db)
    entered = await enter(db, DANA, Wishes([CHESS], 1), by=OLGA_HERSELF, now=MOMENT, today=TODAY)
    await decide(db, entered, Verdict("approve"), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    await undo(db, entered, by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    async with db.read() as tx:
        assert [one.kind for one in await calls.to_say(tx, Whom(pupil_id=DANA))] == ["application-submitted"]


async def test_who_blocked_the_bot_is_called(db: Database) -> None:
    notice = ApplicationApproved(id_application=1, id_change="1", child="Миша", courses=["Шахматы"])
    async with db.write() as tx:
        await note_calls(tx, [(MISHA, notice)], now=MOMENT)
        assert await calls.to_say(tx, Whom(pupil_id=MISHA)) == []
        await tx.execute(update(Person).where(Person.id == ANNA).values(unreachable_at=MOMENT))
        await note_calls(tx, [(MISHA, notice)], now=MOMENT)
        assert await calls.to_say(tx, Whom(pupil_id=MISHA)) == []  # Misha himself has it
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(person_id=None))
        for _ in range(2):  # the same thing twice is one line
            await note_calls(tx, [(MISHA, notice), (DANA, notice)], now=MOMENT)
        assert [one.kind for one in await calls.to_say(tx, Whom(pupil_id=MISHA))] == ["application-approved"]
        assert [one.whom.pupil_id for one in await calls.waiting(tx, [SCHOOL], 2026)] == [MISHA]
        assert await calls.waiting(tx, [77], 2026) == []


async def test_the_school_withdraws_in_the_familys_words(world: World) -> None:
    await without_the_bot(world.db)
    await enter(world.db, DANA, Wishes([CHESS, ROBOTICS], 1), by=OLGA_HERSELF, now=MOMENT, today=TODAY)
    olga = world.olga
    await olga.send("/inbox")
    await olga.tap("Внести заявление")
    await olga.tap("7А")
    await olga.tap("Шеуджен")
    await olga.tap("Отозвать со слов семьи")
    await olga.tap("Отозвать «Шахматы»")
    assert said(olga) == "Шеуджен Дана Руслановна: отозвать «Шахматы» со слов семьи? Место или очередь пропадут."
    await olga.tap("Подтвердить")
    assert "1. Робототехника — отправлено" in said(olga)
    assert "2. Шахматы — отозвано" in said(olga)
    await olga.send("/inbox")
    await olga.tap("Заявления")
    await olga.tap("История")
    assert "школа, со слов семьи (Хачирова Ольга Муратовна): «Шахматы» — отозвано" in said(olga)


async def test_calls_are_the_coordinators(world: World) -> None:
    await without_the_bot(world.db)
    await enter(world.db, DANA, Wishes([CHESS], 1), by=OLGA_HERSELF, now=MOMENT, today=TODAY)
    for who in (world.anna, world.irina, world.sergey, world.pavel, world.stranger()):
        await who.send("/start")
        page = who.newest
        assert page is not None
        for data in ("calls:0", f"calls.made:{DANA}:99", f"calls.unmade:{DANA}:99", "enter", f"enter.for:{DANA}:0:0:0:0"):
            await who.press(page.id, data)
            assert "Дана" not in said(who) + str(who.toasts[-1])
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).where(Call.done_at.is_(None))) == 1


async def test_a_request_for_a_family_without_the_bot_is_answered_as_any(db: Database) -> None:
    await without_the_bot(db)
    await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    entered = await enter(db, DANA, Wishes([ROBOTICS], 1), by=OLGA_HERSELF, now=MOMENT, today=TODAY)
    await decide(db, entered, Verdict("approve"), by=OLGA_HERSELF, at=Moment(MOMENT, ZONE))
    await drawn(db)
    await form_request(db, SCHOOL, IT, by=OLGA_HERSELF, now=MOMENT, year=2026, zone=ZONE)
    assert (await choices(db, entered))[ROBOTICS].state == "requested"
