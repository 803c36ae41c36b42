"""Story: a course goes from the programme; its children are proposed another, and each family decides for itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.services.network.network import carry_out
from bot.services.offers.passing import run_offers
from bot.services.offers.proposing import Whom, possible
from storage.db import Database
from storage.doctor import violations
from storage.offers.losses import losses, waiting
from storage.tables import Application, Choice, ChoiceChange, Consent, Course, Group, Letter, PlaceOffer
from tests.enrollment_world import ANNA_HERSELF, OLGA_HERSELF, RUSLAN_HIMSELF, choices, handed_in, requested
from tests.network.test_network_lessons import CHESSES, HEADING, Tables, read
from tests.timetable_world import enroll, said
from tests.world import CENTRE, CHESS, DANA, MISHA, NOW, ROBOTICS, SCHOOL, ZONE, World, settings_for
from tests.years_world import Rows, book

SETTINGS = settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", Path("/none"))
COURSES: Rows = [
    ("Код", "Название", "Организация", "Направленность", "Классы", "Выбор", "Окно с", "Окно по"),
    ("К-02", "Шахматы", "О-01", "спортивная", "1-9", "по порядку", date(2026, 9, 1), date(2026, 9, 20)),
]
GROUPS: Rows = [("Код", "Курс", "Педагог", "Мест"), ("Г-02", "К-02", "С-21", 10)]
WITHOUT_ROBOTICS: dict[str, Rows] = {
    "Курсы": list(COURSES),
    "Группы": list(GROUPS),
    "Расписание": [tuple(HEADING), tuple(CHESSES)],
}
TODAY = date(2026, 11, 9)


async def closed(db: Database) -> None:
    """Chess goes in order of arrival, and its window is over; everybody who asked wanted one course."""
    async with db.write() as tx:
        window = {"selection": "queue", "opens_on": date(2026, 9, 1), "closes_on": date(2026, 9, 20)}
        await tx.execute(update(Course).where(Course.id == CHESS).values(**window))


async def state(db: Database, pupil: int, course: int) -> str | None:
    async with db.read() as tx:
        mine = select(Choice.state).join(Application).where(Application.pupil_id == pupil, Choice.course_id == course)
        return await tx.scalar(mine)


@pytest.fixture
async def gone(world: World) -> World:
    """Misha and Dana learn robotics; a book comes without it, and Olga has applied it."""
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, DANA, ROBOTICS)
    await closed(world.db)
    await world.olga.attach("сеть.xlsx", book(**WITHOUT_ROBOTICS))
    assert (
        "Кто останется без курса, тому можно предложить другой: после «Применить» они во «Входящих» («Остались без курса»). "
        "Решит семья."
    ) in said(world.olga).splitlines()
    await world.olga.tap("Применить")
    return world


async def proposed(world: World) -> None:
    await world.olga.tap("Остались без курса: 2")
    await world.olga.tap("Робототехника: 2")
    await world.olga.tap("Шахматы, Г-02: 10 мест, подходит 2")
    await world.olga.tap("Предложить: 2")


async def test_the_family_hears_what_is_really_possible(gone: World) -> None:
    await gone.deliver()
    assert any(
        text.endswith("Приём на другие курсы закончен. Школа может предложить место на другом курсе: я напишу, а решите вы.")
        for text in [one.text for one in gone.anna.messages]
    )
    assert gone.olga.buttons == [["🔁 Остались без курса: 2"], ["🏠 Меню"]]
    await gone.anna.send("/applications")
    await gone.anna.tap("Миша: Робототехника")
    assert said(gone.anna).split("\n\n")[1:] == [
        "1. Робототехника — курса больше нет",
        "🔁 Приём на другие курсы закончен. Школа может предложить место на другом курсе: я напишу, а решите вы.",
        "Как было\n9 ноября, 12:00, бот: «Робототехника» — курса больше нет",
    ]


async def test_the_coordinator_looks_first_and_sees_whom_it_suits(gone: World) -> None:
    await gone.olga.tap("Остались без курса: 2")
    await gone.olga.tap("Робототехника: 2")
    assert said(gone.olga).splitlines() == [
        "«Робототехника»: без курса остались 2",
        "Петров Миша Алексеевич, 7А; Шеуджен Дана Руслановна, 7А",
        "",
        "Что предложить? Здесь только группы со свободными местами, которых никто не ждёт. Всем сразу или каждому своё.",
    ]
    await gone.olga.tap("Шахматы, Г-02: 10 мест, подходит 2")
    assert said(gone.olga).splitlines() == [
        "Предложить «Шахматы», группа Г-02",
        "МБОУ ДО ЦДО МО «Кошехабльский район»: ср 14:30–15:30. Мест для них: 10",
        "",
        "🎁 Спросим (2): Петров Миша Алексеевич, 7А; Шеуджен Дана Руслановна, 7А",
        "",
        "Место за каждым держится 48 часов, без ночи и выходных. Кто не ответит или откажется, останется в этом списке.",
    ]


async def test_one_family_accepts_the_other_declines(gone: World) -> None:
    await proposed(gone)
    assert said(gone.olga) == "🎁 Курс «Шахматы» предложен: 2. Семьи узнают. Ответы придут вам."
    await gone.deliver()
    told = said(gone.anna).splitlines()  # one message with the loss
    assert told[-2] == "🎁 Миша: школа предлагает курс «Шахматы» вместо курса «Робототехника». Группа Г-02, ЦДО."
    assert told[-1].endswith("Решаете вы: без вашего «да» никуда не зачислят.")
    await gone.anna.tap("Принять")
    assert said(gone.anna) == "🎉 Миша: место на курсе «Шахматы» ваше, группа Г-02. Занятия — в расписании."
    await gone.ruslan.tap("Отказаться")
    assert said(gone.ruslan) == "Дана: отказаться от места на курсе «Шахматы»?"
    await gone.ruslan.tap("Да, отказаться")
    assert (await state(gone.db, MISHA, CHESS), await state(gone.db, DANA, CHESS)) == ("enrolled", "declined")
    await gone.ruslan.send("/applications")
    await gone.ruslan.tap("Дана: Робототехника, Шахматы")
    page = said(gone.ruslan).splitlines()
    assert page[2:4] == ["1. Робототехника — курса больше нет", "2. Шахматы — от места отказались"]
    assert page[-2:] == [
        "9 ноября, 12:00, школа: «Шахматы» — предложено место",
        "9 ноября, 12:00, семья: «Шахматы» — от места отказались",
    ]
    await gone.deliver()
    assert said(gone.olga).startswith(
        "✖️ Заявление № 2: от места взамен ушедшего курса на курс «Шахматы» отказались, за ним никто"
    )
    await requested(gone.db, CENTRE)  # Misha is named to the partner only now
    async with gone.db.read() as tx:
        assert await violations(tx, TODAY) == {}
        assert [one.pupil_id for one in await losses(tx, [SCHOOL], ROBOTICS, TODAY)] == [DANA]


async def test_who_needs_no_other_is_taken_off_the_list_after_a_question(gone: World) -> None:
    await gone.olga.send("/inbox")
    assert "Остались без курса, потому что он ушёл: 2" in said(gone.olga)
    await gone.olga.tap("Остались без курса: 2")
    await gone.olga.tap("Робототехника: 2")
    await gone.olga.tap("Шеуджен Дана Руслановна, 7А")
    await gone.olga.tap("Другой курс не нужен")
    assert said(gone.olga) == "Больше ничего не предлагать (1)? Шеуджен Дана Руслановна, 7А. Письма об этом не будет."
    await gone.olga.tap("Да, убрать из списка")
    assert said(gone.olga) == "Убрано из списка: 1."
    async with gone.db.read() as tx:
        assert await waiting(tx, [SCHOOL], TODAY) == 1


async def test_silence_leaves_the_child_on_the_list_and_the_seat_free(gone: World) -> None:
    await proposed(gone)
    await gone.pass_time(days=8)
    await run_offers(gone.db, now=gone.now, settings=SETTINGS)
    assert await state(gone.db, MISHA, CHESS) == "lapsed"
    async with gone.db.read() as tx:
        assert await waiting(tx, [SCHOOL], TODAY) == 2
        assert (await tx.scalars(select(PlaceOffer.id).where(PlaceOffer.ended_at.is_(None)))).all() == []


async def test_the_partner_is_agreed_to_in_the_same_step(gone: World) -> None:
    await proposed(gone)
    async with gone.db.write() as tx:
        mine = (Consent.pupil_id == MISHA, Consent.purpose == "partner", Consent.organization_id == CENTRE)
        await tx.execute(update(Consent).where(*mine).values(withdrawn_at=gone.now))
    await gone.deliver()
    await gone.anna.tap("Принять")
    assert said(gone.anna).startswith("Миша: последний вопрос\n\nЧтобы занять место на курсе «Шахматы», школа назовёт ребёнка")
    assert await state(gone.db, MISHA, CHESS) == "offered"
    await gone.anna.tap("Согласен(на), принять")
    assert await state(gone.db, MISHA, CHESS) == "enrolled"


async def test_nobody_who_waits_is_passed_over(db: Database) -> None:
    """Seats somebody stands in the line for, or that a draw is to give, are nobody's to propose."""
    await enroll(db, MISHA, ROBOTICS)
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.id == CHESS).values(seats=1))
    await handed_in(db, DANA, CHESS, by=RUSLAN_HIMSELF)  # «заявки»: waits for its draw
    tables: Tables = {"Курсы": [list(row) for row in COURSES], "Группы": [list(row) for row in GROUPS]}
    tables["Курсы"][1][5:] = ["заявки", None, None]
    tables["Группы"][1][3] = 1
    tables["Расписание"] = [HEADING, CHESSES]
    await carry_out(db, await read(db, tables), by=OLGA_HERSELF, now=NOW, zone=ZONE)
    async with db.read() as tx:
        assert await waiting(tx, [SCHOOL], TODAY) == 1
        assert await possible(tx, Whom(ROBOTICS), by=OLGA_HERSELF, today=TODAY) == []


async def test_a_family_that_has_what_it_asked_for_is_asked_nothing(db: Database) -> None:
    await closed(db)
    async with db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(closes_on=None))
    application = await handed_in(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)  # one course wanted; chess has its seat
    tables: Tables = {name: [list(row) for row in rows] for name, rows in WITHOUT_ROBOTICS.items()}
    await carry_out(db, await read(db, tables), by=OLGA_HERSELF, now=NOW, zone=ZONE)
    assert (await choices(db, application))[ROBOTICS].state == "declined"
    async with db.read() as tx:
        assert await waiting(tx, [SCHOOL], TODAY) == 0
        letters = (await tx.scalars(select(Letter.facts).where(Letter.kind == "place-changed"))).all()
        assert {(one or {})["way"] for one in letters} == {"school"}
        changes = select(ChoiceChange.now).where(ChoiceChange.choice_id == (await choices(db, application))[ROBOTICS].id)
        assert list(await tx.scalars(changes))[-1] == "declined"


async def test_who_taught_it_hears_counts_and_is_led_to_no_list_that_is_gone(gone: World) -> None:
    await gone.deliver()
    assert said(gone.pavel) == (
        "📋 Курса «Робототехника» больше нет в программе сети. Больше не учатся: 2. Заявлений закрыто: 0. Семьям сообщает школа."
    )
    assert gone.pavel.buttons == []
