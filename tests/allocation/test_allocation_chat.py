"""The distribution of places in the chat: the coordinator draws and publishes, a family checks its lot."""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from bot.sandbox import Phone
from bot.sandbox.messages import Message
from bot.services.allocation import allocation as service
from bot.services.enrollment.applications import choose
from bot.voice import voice
from storage.tables import Application, Course, Person
from tests.allocation.test_allocation import drawn, published, seats
from tests.enrollment_world import (
    ANNA_HERSELF,
    MOMENT,
    RUSLAN_HIMSELF,
    THEN,
    approved,
)
from tests.timetable_world import said
from tests.world import CHESS, DANA, MISHA, ROBOTICS, RUSLAN, ZONE, World

SAY = voice("ru", ZONE)
AFTER = date(2026, 12, 1)  # the windows are closed
LATER = MOMENT + timedelta(days=22)
SEED = "2026"  # with it application 1 draws lot 1, application 2 lot 3, application 3 lot 2


@pytest.fixture(autouse=True)
def _known_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "new_seed", lambda: SEED)


def newest(who: Phone) -> Message:
    assert who.newest is not None
    return who.newest


async def test_a_draw_and_its_result_promise_only_what_families_will_hear(world: World) -> None:
    db, olga = world.db, world.olga
    await seats(db, ROBOTICS, 1, minimum=1)
    await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await approved(db, DANA, ROBOTICS, CHESS, by=RUSLAN_HIMSELF)
    async with db.write() as tx:
        await tx.execute(update(Person).where(Person.id == RUSLAN).values(unreachable_at=world.now))
    world.clock.move(timedelta(days=22))
    await olga.send("/allocation")
    await olga.tap("🎲 Закрыть список и тянуть жребий")
    await olga.tap("Подтвердить")
    call = "☎️ 1 семье бот написать не может: позвонит школа (список «Позвонить»)."
    assert said(olga).splitlines()[:2] == ["🎲 Жребий вытянут: у каждого заявления свой номер. Семья узнает.", call]
    await olga.tap("✅ Опубликовать")
    await olga.tap("Подтвердить")
    assert said(olga).splitlines()[:2] == ["✅ Опубликовано, теперь сформируйте заявки партнёрам. Семья узнает.", call]


async def test_olga_distributes_the_places_and_anna_checks_her_lot(world: World) -> None:
    db = world.db
    await seats(db, ROBOTICS, 1, minimum=1)
    await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await approved(db, DANA, ROBOTICS, CHESS, by=RUSLAN_HIMSELF)
    olga, anna, ruslan = world.olga, world.anna, world.ruslan
    await olga.send("/inbox")
    await olga.tap("⚖️ Распределение")
    assert "На курс «Робототехника» ещё принимают заявления, до 30 ноября" in said(olga)
    world.clock.move(timedelta(days=22))
    await olga.send("/allocation")
    assert said(olga) == (
        "⚖️ Распределение мест\n\nЖдут места: 2 заявления. Свободных мест: 11.\n\n"
        "• Робототехника: первым назвали 2, всего 2, мест 1\n• Шахматы: первым назвали 0, всего 2, мест 10"
    )
    await olga.tap("🎲 Закрыть список и тянуть жребий")
    await olga.tap("Подтвердить")
    assert "Первый выбор: 1 · второй: 1 · дальше: 0\nБез места: 0 · в очередях резерва: 1" in said(olga)
    assert "Шахматы, Г-02: 1 ребёнок, нужно хотя бы 4" in said(olga)
    await world.deliver()
    assert "Ваш жребий 0001 из 2: чем меньше, тем раньше очередь." in said(anna)
    await olga.tap("👥 По группам")
    await olga.tap("Робототехника, Г-01: 1 из 1, в резерве 1")
    assert said(olga).endswith(
        "Места: 1 из 1\n\n1. Петров Миша Алексеевич, 7А · жребий 0001 · выбор 1-й\n\n"
        "В резерве\n1. Шеуджен Дана Руслановна, 7А · жребий 0002 · выбор 1-й"
    )
    await olga.tap("‹ Назад")
    await olga.tap("‹ Назад")
    await olga.tap("✅ Опубликовать")
    await olga.tap("Подтвердить")
    assert said(olga).startswith("✅ Опубликовано, теперь сформируйте заявки партнёрам. Семьи узнают.")
    await world.deliver()
    assert said(ruslan) == (
        "⚖️ Дана: места распределены\n\n"
        "✅ «Шахматы», группа Г-02: место есть. Вы 1-й в списке на 10 мест; жребий 0002.\n"
        "⏳ «Робототехника»: вы 1-й в резерве; жребий 0002.\n\n"
        "Теперь школа отправит заявку партнёру."
    )
    assert said(anna) == (
        "⚖️ Миша: места распределены\n\n"
        "✅ «Робототехника», группа Г-01: место есть. Вы 1-й в списке на 1 место; жребий 0001.\n"
        "▫️ «Шахматы»: больше не нужно, есть место на курсе, который стоял в заявлении раньше.\n\n"
        "Теперь школа отправит заявку партнёру."
    )
    await anna.tap("🎲 Как тянули жребий")
    proof = said(anna)
    await anna.send("/applications")
    assert "1. Робототехника — одобрено школой\n  🎲 место есть: 1-й в списке на 1 место; жребий 0001" in said(anna)
    await ruslan.send("/applications")
    assert "1. Робототехника — в резерве, 1-й в очереди\n  🎲 жребий 0002" in said(ruslan)
    assert "2. Шахматы — одобрено школой\n  🎲 место есть: 1-й в списке на 10 мест; жребий 0002" in said(ruslan)
    assert f"Ваш жребий: 0001 из 2\nSHA-256 от 2026:1 начинается так: {sha256(b'2026:1').hexdigest()[:16]}" in proof


async def test_who_has_a_seat_elsewhere_is_not_without_a_place(world: World) -> None:
    """One seat of robotics, two children: the one the draw leaves out plays chess, «по порядку»."""
    db, olga = world.db, world.olga
    await seats(db, ROBOTICS, 1, minimum=1)
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(selection="queue"))
    await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await approved(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    world.clock.move(timedelta(days=22))
    await olga.send("/allocation")
    await olga.tap("🎲 Закрыть список и тянуть жребий")
    await olga.tap("Подтвердить")
    assert "Первый выбор: 1 · второй: 0 · дальше: 0\nБез места: 0 · место есть на другом курсе: 1 · в" in said(olga)
    assert not [label for row in olga.buttons for label in row if "Без места" in label]


async def test_anna_says_how_many_courses_misha_would_attend(world: World) -> None:
    application = await choose(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF, at=THEN)
    anna = world.anna
    await anna.send("/applications")
    await anna.tap("Миша: Робототехника")
    assert not [label for row in anna.buttons for label in row if "Сколько курсов" in label]  # of one course there is one
    await choose(world.db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    await anna.send("/applications")
    await anna.tap("Миша: Робототехника, Шахматы")
    await anna.tap("🔢 Сколько курсов нужно: 1")
    assert anna.buttons == [["✅ 1", "2"], ["‹ Назад", "🏠 Меню"]]
    assert said(anna).splitlines() == [
        "Сколько курсов из списка нужно?",
        "Сейчас — один: самый желанный из тех, где хватит места.",
        "",
        (
            "Остальные — про запас: пока нужное число мест за ребёнком, ни места, ни очереди для них нет. "
            "Отпадёт место — займу сам и напишу."
        ),
    ]
    await anna.tap("2")
    assert "про запас" not in said(anna)
    assert anna.buttons[0] == ["1", "✅ 2"]
    async with world.db.read() as tx:
        assert await tx.scalar(select(Application.wanted).where(Application.id == application)) == 2


async def test_the_files_name_nobody(world: World) -> None:
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    number = await drawn(world.db)
    await published(world.db, number)
    olga, anna = world.olga, world.anna
    world.clock.move(timedelta(days=22))
    await olga.send("/allocation")
    await olga.tap("🗂 Прошлые распределения")
    await olga.tap("№ 1 от 1 декабря")
    await olga.tap("📄 Файл проверки")
    whole = json.loads(await olga.file(newest(olga)))
    assert (whole["seed"], whole["input"]["entrants"][0]["number"]) == (SEED, 1)
    await anna.send("/start")
    await anna.press(newest(anna).id, f"allocation.tickets:{number}")
    listed = (await anna.file(newest(anna))).decode("utf-8-sig")
    assert listed == f"Жребий;Заявление;Билет (SHA-256)\n1;1;{sha256(b'2026:1').hexdigest()}"
    for content in (json.dumps(whole, ensure_ascii=False), listed):
        assert "Петров" not in content
        assert "Миша" not in content


async def test_the_director_is_led_back_to_what_is_theirs(world: World) -> None:
    await world.sergey.send("/allocation")
    assert world.sergey.buttons[-1] == ["🏠 Меню"]  # nothing waits for a director in the inbox
    assert "Что ждёт решения" not in str(world.sergey.buttons)
