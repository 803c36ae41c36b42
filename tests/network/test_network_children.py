"""What a new workbook means for children: each named in the plan with what will happen, and no state left at what is gone."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.refusals import Faults
from bot.services.enrollment.applications import choose
from bot.services.network.network import carry_out, plan
from bot.services.requests.requests import enroll_all, put_in_reserve
from storage.db import Database
from storage.doctor import violations
from storage.tables import Application, Choice, ClassHours, Course, Group, Letter, PlaceOffer
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    MOMENT,
    RUSLAN_HIMSELF,
    THEN,
    TODAY,
    approved,
    choices,
    classmates,
    handed_in,
    requested,
    state_of,
)
from tests.network.test_network_lessons import CHESSES, COORDINATOR, HEADING, ROBOTS, Tables, applied, letters, read, words
from tests.world import CHESS, DANA, IRINA, IT, MISHA, NOW, PAVEL, ROBOTICS, SCHOOL, ZONE, World

GROUPS: list[Any] = ["Код", "Курс", "Педагог", "Мест"]
COURSES: list[Any] = ["Код", "Название", "Организация", "Направленность", "Классы", "Выбор"]
CHESS_COURSE: list[Any] = ["К-02", "Шахматы", "О-01", "физкультурно-спортивная", "1-9", "заявки"]
PUPILS: list[Any] = [
    ["Код", "ФИО", "Класс"],
    ["У-701", "Петров Миша Алексеевич", "7А"],
    ["У-402", "Петрова Вера Алексеевна", "4Б"],
    ["У-702", "Шеуджен Дана Руслановна", "7А"],
]


def groups(*robots: list[Any], rules: bool = True) -> Tables:
    """The groups of robotics; chess is as it was."""
    slots = [ROBOTS] if rules else []
    return {"Группы": [GROUPS, *robots, ["Г-02", "К-02", "С-21", 10]], "Расписание": [HEADING, *slots, CHESSES]}


async def of_children(db: Database, tables: Tables) -> list[str]:
    """The plan's lines about children."""
    return [line.removeprefix("• ") for line in await words(db, tables) if line.startswith("• ") and "«" in line]


async def confirmed(db: Database, tables: Tables) -> None:
    """Carried out by somebody who has seen the plan, and with it what it asks."""
    book = await read(db, tables)
    seen = await plan(db, book, now=NOW, zone=ZONE)
    await carry_out(db, book, by=COORDINATOR, now=NOW, zone=ZONE, digest=seen.digest)


async def learn(db: Database, *pupils: tuple[int, Any]) -> None:
    """They learn robotics."""
    for pupil, by in pupils:
        await approved(db, pupil, ROBOTICS, by=by)
    await enroll_all(db, await requested(db, IT), by=IRINA_HERSELF, now=MOMENT, today=TODAY)


async def told_staff(db: Database) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    async with db.read() as tx:
        for row in await tx.scalars(select(Letter).where(Letter.kind == "group-touched").order_by(Letter.person_id)):
            found.setdefault(row.person_id, []).append(row.facts or {})
    return found


async def test_a_group_that_goes_names_who_learns_and_who_waits(db: Database) -> None:
    await learn(db, (MISHA, ANNA_HERSELF))
    dana = await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    await requested(db, IT)
    await put_in_reserve(db, (await choices(db, dana))[ROBOTICS].id, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    gone = groups(rules=False)
    assert await of_children(db, gone) == [
        "Петров Миша Алексеевич, 7А, «Робототехника» (зачислили): больше не учится: группы Г-01 нет в книге, а в других нет мест",
        "Шеуджен Дана Руслановна, 7А, «Робототехника» (в резерве): заявление закроется: группы Г-01 нет в книге",
    ]
    await applied(db, gone)
    assert (await choices(db, 1))[ROBOTICS].state == "left"
    assert (await choices(db, dana))[ROBOTICS].state == "declined"
    assert (await letters(db))[-1] == (
        "⚠️ Миша больше не учится на курсе «Робототехника», Центр развития IT-образования: "
        "группы больше нет, а в других нет мест. Другие курсы открыты: выберите, пока идёт приём."
    )
    told = await told_staff(db)
    assert set(told) == {IRINA, PAVEL}  # the partner and the teacher, by counts
    assert [(one["left"], one["fell"]) for one in told[IRINA]] == [(1, 1)]
    async with db.read() as tx:
        assert await violations(tx) == {}


async def test_who_learns_goes_to_the_other_group_of_the_course_if_it_has_seats(db: Database) -> None:
    await learn(db, (MISHA, ANNA_HERSELF), (DANA, RUSLAN_HIMSELF))
    parted: Tables = {
        "Группы": [GROUPS, ["Г-03", "К-01", "С-11", 1], ["Г-02", "К-02", "С-21", 10]],
        "Расписание": [HEADING, ["Г-03", "пт", "15:00", "16:30", None, "13.12"], CHESSES],
    }
    assert await of_children(db, parted) == [
        "Петров Миша Алексеевич, 7А, «Робототехника» (зачислили): перейдёт из группы Г-01 в Г-03",
        "Шеуджен Дана Руслановна, 7А, «Робототехника» (зачислили): больше не учится: группы Г-01 нет в книге, а в других нет мест",
    ]
    await applied(db, parted)
    async with db.read() as tx:
        rows = await tx.execute(select(Choice.state, Group.code).join(Group, Group.id == Choice.group_id).order_by(Choice.id))
        assert [tuple(row) for row in rows] == [("enrolled", "Г-03"), ("left", "Г-01")]
        assert await violations(tx) == {}
    assert "🔁 Миша: на курсе «Робототехника» теперь группа Г-03. Дни и часы — в расписании." in await letters(db)
    assert await of_children(db, parted) == []  # the same book again


async def test_a_course_that_goes_ends_every_wish_for_it(db: Database) -> None:
    misha = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    draft = await choose(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF, at=THEN)
    without: Tables = groups(rules=False) | {"Курсы": [COURSES, CHESS_COURSE]}
    assert await of_children(db, without) == [
        "Петров Миша Алексеевич, 7А, «Робототехника» (отправлено, ждёт решения школы): заявление закроется: курса нет в книге",
        "Шеуджен Дана Руслановна, 7А, «Робототехника» (ещё не отправлено): курс исчезнет из черновика",
    ]
    await applied(db, without)
    assert await state_of(db, misha) == "declined"  # nothing waits in the inbox
    assert await state_of(db, draft) is None


async def test_fewer_seats_than_learn_is_refused_with_their_names(db: Database) -> None:
    await learn(db, (MISHA, ANNA_HERSELF), (DANA, RUSLAN_HIMSELF))
    with pytest.raises(Faults) as no:
        await words(db, groups(["Г-01", "К-01", "С-11", 1]))
    assert [(fault.key, fault.facts["children"]) for fault in no.value.faults] == [
        ("network-seats-taken", "Петров Миша Алексеевич, 7А; Шеуджен Дана Руслановна, 7А")
    ]


async def test_fewer_seats_name_each_child_with_an_open_offer(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == ROBOTICS).values(seats=0))
    families, phone = await classmates(world.db, 3), world.member(100, "Кто-то")
    for pupil, by in families.items():
        application = await approved(world.db, pupil, ROBOTICS, by=by)
        await requested(world.db, IT)
        line = (await choices(world.db, application))[ROBOTICS].id
        await put_in_reserve(world.db, line, by=IRINA_HERSELF, now=MOMENT, today=TODAY)
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == ROBOTICS).values(seats=10))
    await world.pass_time(seconds=30)
    one = groups(["Г-01", "К-01", "С-11", 1])
    taken = "«Робототехника» (предложено место): мест меньше: предложение отзовём, вернётся в начало очереди"
    assert await of_children(world.db, one) == [f"Фамилия{n} Имя{n}, 7А, {taken}" for n in (102, 101)]
    await applied(world.db, one)
    await world.pass_time(seconds=30)
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Choice.state).order_by(Choice.id))) == ["offered", "reserve", "reserve"]
        assert len(list(await tx.scalars(select(PlaceOffer.id).where(PlaceOffer.ended_at.is_(None))))) == 1
    weekly: Tables = {"Расписание": [HEADING, ["Г-03", "пт", "15:00", "16:30", None, "13.12"], CHESSES]}
    await applied(world.db, groups(["Г-03", "К-01", "С-11", 1]) | weekly)
    moved = "место на курсе «Робототехника», которое мы предложили, теперь в группе Г-03. Ответить нужно в тот же срок."
    await world.pass_time(minutes=5)
    assert phone.page == f"🔁 Имя100: {moved}"


async def test_a_pupil_who_left_leaves_no_seat_behind(db: Database) -> None:
    await learn(db, (DANA, RUSLAN_HIMSELF))
    waits = await handed_in(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    without: Tables = {"Ученики": PUPILS[:-1]}
    assert await of_children(db, without) == [
        "Шеуджен Дана Руслановна, 7А, «Робототехника» (зачислили): больше не учится: ученика нет в книге",
        "Шеуджен Дана Руслановна, 7А, «Шахматы» (отправлено, ждёт решения школы): заявление закроется: ученика нет в книге",
    ]
    with pytest.raises(Faults, match="network-doubtful"):
        await applied(db, without)
    await confirmed(db, without)
    assert (await choices(db, waits))[CHESS].state == "declined"
    async with db.read() as tx:
        assert list(await tx.scalars(select(Choice.state).where(Choice.course_id == ROBOTICS))) == ["left"]


async def test_another_class_is_said_and_nothing_is_taken(db: Database) -> None:
    await learn(db, (MISHA, ANNA_HERSELF))
    moved: Tables = {"Ученики": [PUPILS[0], ["У-701", "Петров Миша Алексеевич", "9А"], *PUPILS[2:]]}
    assert await of_children(db, moved) == [
        "Петров Миша Алексеевич, 7А, «Робототехника» (зачислили): остаётся, хотя курс для других классов: решите сами"
    ]
    await applied(db, moved)
    assert (await choices(db, 1))[ROBOTICS].state == "enrolled"


async def test_another_way_of_choosing_is_carried_out_in_order_of_arrival(db: Database) -> None:
    families = await classmates(db, 3)
    for number, (pupil, by) in enumerate(families.items()):
        application = await handed_in(db, pupil, CHESS, by=by)
        async with db.write() as tx:
            at = MOMENT + timedelta(minutes=number)
            await tx.execute(update(Application).where(Application.id == application).values(submitted_at=at))
    async with db.write() as tx:
        await tx.execute(update(Group).where(Group.course_id == CHESS).values(seats=2))
    in_line: list[Any] = [*CHESS_COURSE[:-1], "по порядку"]
    by_order: Tables = {"Курсы": [COURSES, ["К-01", "Робототехника", "О-03", "техническая", "5-8", "заявки"], in_line]}
    waits = "7А, «Шахматы» (отправлено, ждёт решения школы)"
    assert await of_children(db, by_order) == [
        f"Фамилия{99 + n} Имя{99 + n}, {waits}: места теперь по порядку подачи: {n}-й" for n in (1, 2, 3)
    ]
    await applied(db, by_order)
    async with db.read() as tx:
        held = [(row.group_id, row.reserve_at is None) for row in await tx.scalars(select(Choice).order_by(Choice.id))]
        assert held == [(2, True), (2, True), (2, False)]
    again: list[Any] = list(CHESS_COURSE)
    back: Tables = {"Курсы": [*by_order["Курсы"][:2], again]}
    assert all("места теперь делит жребий" in line for line in await of_children(db, back))
    await applied(db, back)
    async with db.read() as tx:
        assert {row.group_id for row in await tx.scalars(select(Choice))} == {None}


BY_ORDER: Tables = {
    "Курсы": [COURSES, ["К-01", "Робототехника", "О-03", "техническая", "5-8", "по порядку"], [*CHESS_COURSE[:-1], "по порядку"]]
}


async def test_who_has_the_courses_wanted_gets_no_number_when_places_go_by_arrival(db: Database) -> None:
    both = await handed_in(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    waits = "(отправлено, ждёт решения школы): места теперь по порядку подачи:"
    spare = "про запас, нужное число курсов у ребёнка уже есть"
    assert await of_children(db, BY_ORDER) == [
        f"Петров Миша Алексеевич, 7А, «Робототехника» {waits} 1-й",
        f"Петров Миша Алексеевич, 7А, «Шахматы» {waits} {spare}",
    ]
    dana = await handed_in(db, DANA, CHESS, by=RUSLAN_HIMSELF)
    assert f"Шеуджен Дана Руслановна, 7А, «Шахматы» {waits} 1-й" in await of_children(
        db, BY_ORDER
    )  # the spare wish counts for nobody
    await applied(db, BY_ORDER)
    made = await choices(db, both)
    assert [(made[one].group_id, made[one].reserve_at) for one in (ROBOTICS, CHESS)] == [(1, None), (None, None)]
    assert (await choices(db, dana))[CHESS].group_id == 2
    told = await letters(db)
    assert "🔁 Миша: места на курсе «Робототехника» теперь дают по порядку подачи: место за вами, группа Г-01." in told
    assert (
        "🔁 Миша: места на курсе «Шахматы» теперь дают по порядку подачи. "
        "Нужное число мест у вас уже есть, этот курс — про запас: понадобится — напишу."
    ) in told


async def test_what_only_the_hours_keep_without_a_seat_is_not_told_of_one(db: Database) -> None:
    made = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with db.write() as tx:  # since then the class has a lesson at that hour
        tx.add(ClassHours(school_id=SCHOOL, class_name="7А", weekday=3, starts=time(15), ends=time(16), year=2026))
    await applied(db, BY_ORDER)
    assert (await choices(db, made))[ROBOTICS].group_id is None
    assert (
        "🔁 Миша: места на курсе «Робототехника» теперь дают по порядку подачи. "
        "Место пока не занято: мешают часы или дорога, решит школа."
    ) in await letters(db)


async def test_a_child_is_moved_to_another_group_by_hand(world: World) -> None:
    await learn(world.db, (MISHA, ANNA_HERSELF))
    async with world.db.write() as tx:
        year = await tx.scalar(select(Course.year).where(Course.id == ROBOTICS))
        tx.add(Group(code="Г-03", year=year, course_id=ROBOTICS, teacher_id=11, seats=1))
    irina = world.irina
    await irina.send("/requests")
    for label in ("Группы", "Г-01", "Петров", "В другую группу"):
        await irina.tap(label)
    assert irina.buttons[0] == ["Г-03: —, 1 место"]
    await irina.tap("Г-03")
    assert irina.page.startswith("🔁 Петров Миша Алексеевич: теперь группа Г-03.")
    await world.pass_time(minutes=2)
    approved, *_, moved = world.anna.page.split("\n\n")  # what one moment holds of a child is one message
    assert approved.startswith("✅ Миша: школа одобрила заявление на курс «Робототехника».")
    assert moved == "🔁 Миша: на курсе «Робототехника» теперь группа Г-03. Дни и часы — в расписании."
    assert (
        world.misha.page.split("\n\n")[-1] == "🔁 На курсе «Робототехника» у тебя теперь группа Г-03. Дни и часы — в расписании."
    )
    assert "Сменили группу или очередь: 1." in world.pavel.page


async def test_a_book_that_repeats_what_is_stored_touches_nobody(db: Database) -> None:
    await learn(db, (MISHA, ANNA_HERSELF))
    await applied(db, groups(["Г-01", "К-01", "С-11", 12]))
    assert await of_children(db, groups(["Г-01", "К-01", "С-11", 12])) == []
