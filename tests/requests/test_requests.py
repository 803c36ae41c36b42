"""The school's request: its numbers, its files, the partner's answers."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from bot.cells import safe_cell
from bot.documents.request import TEMPLATE, request_docx, request_xlsx
from bot.documents.request_template import default_template
from bot.voice import voice
from storage.db import Database
from storage.requests import requests
from storage.tables import Choice, Consent, Course, Group, Letter, Person, Pupil, Request, RequestLine
from tests.enrollment.test_enrollment import heard, last_file
from tests.enrollment_world import (
    ANNA_HERSELF,
    MOMENT,
    RUSLAN_HIMSELF,
    approved,
    choices,
    classmates,
    requested,
)
from tests.timetable_world import said
from tests.world import CENTRE, CHESS, DANA, IT, MISHA, ROBOTICS, RUSLAN, ZONE, World

SAY = voice("ru", ZONE)
EVIL = "=cmd|' /C calc'!A0 <b>&{{ 7*7 }}{% for x in y %}\x0b"


async def two_children(db: Database) -> int:
    await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    await approved(db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    return await requested(db, IT)


async def whole(db: Database, request: int) -> requests.Whole:
    async with db.read() as tx:
        found = await requests.whole(tx, request)
    assert found is not None
    return found


def sheet_of(content: bytes) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    rows: list[list[Any]] = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return rows


def text_of(content: bytes) -> str:
    from docx import Document

    paper = Document(BytesIO(content))
    cells = [each.text for table in paper.tables for row in table.rows for each in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


async def test_requests_are_numbered_within_the_academic_year(db: Database) -> None:
    first = await two_children(db)
    second = await requested(db, CENTRE)
    async with db.read() as tx:
        made = (await tx.execute(select(Request.id, Request.year, Request.number, Request.organization_id))).all()
        lines = (await tx.execute(select(RequestLine.request_id, RequestLine.change))).all()
    assert [tuple(row) for row in made] == [(first, 2026, 1, IT), (second, 2026, 2, CENTRE)]
    assert sorted(tuple(row) for row in lines) == [(first, "added"), (first, "added"), (second, "added")]


async def test_the_files_hold_what_a_request_must(db: Database) -> None:
    request = await two_children(db)
    rows = sheet_of(request_xlsx(await whole(db, request), SAY, ZONE))
    assert rows[0][0] == "Заявка № 1 от 9 ноября 2026"
    assert rows[1][0] == "МБОУ СОШ №8 → Центр развития IT-образования"
    assert rows[3] == ["№", "ФИО", "Дата рождения", "Класс", "Курс", "Часов", "Родитель", "Ответ"]
    assert rows[4] == [1, "Петров Миша Алексеевич", date(2013, 5, 14), "7А", "Робототехника", 68, "Анна", "ждёт ответа"]
    assert rows[5][1] == "Шеуджен Дана Руслановна"
    paper = text_of(request_docx(await whole(db, request), ZONE))
    for piece in (
        "МБОУ СОШ №8",
        "ЗАЯВКА № 1 от 9 ноября 2026 г.",
        "в 2026/2027 учебном году",
        "Программа «Робототехника», часов: 68",
        "Петров Миша Алексеевич",
        "14.05.2013",
        "Всего учащихся: 2.",
        "Ответственный за сетевое взаимодействие: Хачирова Ольга Муратовна",
        "Иванов Сергей Ильич",
    ):
        assert piece in paper
    assert "{" not in paper


async def test_a_guardian_is_named_only_with_consent_to_this_partner(db: Database) -> None:
    request = await two_children(db)
    async with db.write() as tx:
        await tx.execute(
            update(Consent).where(Consent.person_id == RUSLAN, Consent.purpose == "partner").values(withdrawn_at=MOMENT)
        )
    assert [line.guardian for line in (await whole(db, request)).lines] == ["Анна", None]


async def test_no_name_is_obeyed_by_a_file(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(full_name=EVIL))
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(name="@SUM(1+1)"))
    request = await two_children(db)
    table = request_xlsx(await whole(db, request), SAY, ZONE)
    flat = [value for row in sheet_of(table) for value in row if isinstance(value, str)]
    assert "'=cmd|' /C calc'!A0 <b>&{{ 7*7 }}{% for x in y %}" in flat
    assert "'@SUM(1+1)" in flat
    assert not any(value.startswith(("=", "+", "-", "@")) for value in flat)
    paper = text_of(request_docx(await whole(db, request), ZONE))
    assert "=cmd|' /C calc'!A0 <b>&{{ 7*7 }}{% for x in y %}" in paper


@pytest.mark.parametrize(("given", "kept"), [("=1", "'=1"), ("  +7", "'  +7"), ("-5", "'-5"), ("Анна", "Анна"), (5, 5)])
def test_a_cell_is_never_a_formula(given: str | int, kept: str | int) -> None:
    assert safe_cell(given) == kept


def test_the_template_in_the_repository_is_the_one_its_script_makes() -> None:
    assert text_of(TEMPLATE.read_bytes()) == text_of(default_template())


async def test_the_school_may_put_its_own_template(world: World, tmp_path: Path) -> None:
    from docx import Document

    request = await two_children(world.db)
    own = tmp_path / "templates" / "request.docx"
    own.parent.mkdir()
    paper = Document()
    paper.add_paragraph("Наш бланк, заявка {{ number }}: {{ total }}{% for each in courses %}{% endfor %}")
    paper.save(str(own))
    await world.olga.send("/inbox")
    await world.olga.tap("Заявки")
    await world.olga.tap("№ 1")
    await world.olga.tap("DOCX")
    assert text_of(await world.olga.file(last_file(world.olga))) == "Наш бланк, заявка 1: 2"
    broken = Document()
    broken.add_paragraph("{{ number")
    broken.save(str(own))
    await world.olga.press(last_file(world.olga).id - 1, f"request.file:{request}:docx")
    assert "Шаблон не читается: request.docx («{{ number»)." in str(world.olga.toasts[-1])


async def test_everybody_at_once_within_the_seats(world: World) -> None:
    irina = world.irina
    async with world.db.write() as tx:
        await tx.execute(update(Group).where(Group.id == 1).values(seats=1))
    await two_children(world.db)
    await irina.send("/inbox")
    assert said(irina) == "Ждёт вашего решения\n\nЖдут ответа партнёра: 2"
    await irina.tap("Заявка № 1")
    await irina.tap("Зачислить, на сколько есть мест: 1 из 2")
    assert said(irina).splitlines()[:2] == [
        "✅ Зачислено: 1. Семья узнает.",
        "Осталось: 1 — нет места или другое занятие в это время. Им подойдёт резерв.",
    ]
    await irina.tap("Шеуджен Дана")
    assert said(irina).endswith("Мест нет: ребёнка можно поставить в резерв или отказать.")
    assert irina.buttons[0] == ["⏳ В резерв", "✖️ Отклонить"]  # never offered where there is no seat
    assert irina.newest is not None
    await irina.press(irina.newest.id, "request.enroll:1:3:0")
    assert "На курсе «Робототехника» мест нет: заняты все 1. Нажмите «В резерв»." in str(irina.toasts[-1])
    await irina.tap("В резерв")
    assert said(irina).startswith("⏳ В резерве, 1-е место в очереди.")
    await irina.send("/inbox")
    assert said(irina).startswith("Всё разобрано")


async def test_an_answer_repeated_says_that_it_is_given(world: World) -> None:
    request = await two_children(world.db)
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("№ 1")
    await irina.tap("Шеуджен Дана")
    page = irina.messages[-1].id
    async with world.db.read() as tx:
        choice = next(line.choice_id for line in (await requests.whole(tx, request)).lines if line.pupil_id == DANA)  # type: ignore[union-attr]
    await irina.press(page, f"request.enroll:{request}:{choice}:0")
    assert said(irina).startswith("✅")
    again = (
        "ℹ️ Шеуджен Дана Руслановна, «Робототехника»: ответ уже есть — зачислили. "
        "Кто: партнёр (Белова Ирина Олеговна), 9 ноября, 12:00. Нажатие ничего не изменило."
    )
    for button in (
        f"request.enroll:{request}:{choice}:0",
        f"request.reserve:{request}:{choice}",
        f"request.refuse:{request}:{choice}",
    ):
        await irina.press(page, button)
        assert said(irina).splitlines()[0] == again
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Letter.id)).where(Letter.kind == "child-enrolled")) == 1


async def test_a_partner_declines_with_a_reason(world: World) -> None:
    irina = world.irina
    await two_children(world.db)
    await irina.send("/requests")
    await irina.tap("№ 1")
    await irina.tap("Шеуджен Дана")
    await irina.tap("Отклонить")
    assert said(irina).startswith("Напишите одним сообщением, почему отказ: Шеуджен Дана Руслановна, «Робототехника».")
    await irina.send("Нужна справка")
    assert said(irina) == (
        "Отказать: Шеуджен Дана Руслановна, «Робототехника»?\n\nСемья прочтёт: «Нужна справка»\n\nПодтвердите или напишите иначе."
    )
    await irina.tap("Подтвердить")
    assert said(irina).startswith("✖️ Отклонено. Семья прочтёт причину.")
    await world.deliver()
    assert heard(world.ruslan, "не приняли") == [
        "Дана: на курс «Робототехника» не приняли, Центр развития IT-образования.\nПричина: Нужна справка"
    ]


@pytest.mark.parametrize(
    ("pressed", "written", "silent", "reached"),
    [
        ("Зачислить", "", "✅ Зачислено.", "✅ Зачислено. Семья узнает."),
        ("В резерв", "", "⏳ В резерве, 1-е место в очереди.", "⏳ В резерве, 2-е место в очереди. Семья узнает."),
        ("Отклонить", "Нужна справка", "✖️ Отклонено.", "✖️ Отклонено. Семья прочтёт причину."),
    ],
)
async def test_an_answer_on_one_child_promises_only_what_its_family_will_hear(
    world: World, pressed: str, written: str, silent: str, reached: str
) -> None:
    irina = world.irina
    await two_children(world.db)
    async with world.db.write() as tx:
        await tx.execute(update(Person).where(Person.id == RUSLAN).values(unreachable_at=world.now))
    call = "☎️ 1 семье бот написать не может: позвонит школа (список «Позвонить»)."
    for child, answer in (("Шеуджен Дана", [silent, call]), ("Петров Миша", [reached, "Заявка № 1 от 9 ноября 2026"])):
        await irina.send("/requests")
        await irina.tap("№ 1")
        await irina.tap(child)
        await irina.tap(pressed)
        if written:
            await irina.send(written)
            await irina.tap("Подтвердить")
        assert [line for line in said(irina).splitlines() if line][:2] == answer


async def test_the_coordinator_answers_for_a_partner_without_telegram(world: World) -> None:
    await two_children(world.db)
    await world.olga.send("/inbox")
    await world.olga.tap("№ 1, Центр развития IT-образования: ждут 2")
    await world.olga.tap("Зачислить всех: 2")
    assert said(world.olga).startswith("✅ Зачислено: 2. Семьи узнают.")
    async with world.db.read() as tx:
        assert set(await tx.scalars(select(Choice.state).where(Choice.course_id == ROBOTICS))) == {"enrolled"}


async def test_the_partner_chooses_among_groups(world: World) -> None:
    async with world.db.write() as tx:
        second = {"code": "Г-11", "course_id": ROBOTICS, "teacher_id": 11, "seats": 30}
        group = (await tx.execute(insert(Group).values(second).returning(Group.id))).scalar_one()
    request = await two_children(world.db)
    await world.irina.send("/inbox")
    await world.irina.tap("Заявка № 1")
    await world.irina.tap("Петров")
    assert world.irina.buttons[:2] == [["✅ Зачислить в Г-01, мест: 12"], ["✅ Зачислить в Г-11, мест: 28"]]
    await world.irina.tap("Зачислить в Г-01")
    await world.irina.tap("Шеуджен")
    await world.irina.tap("Назад")
    await world.irina.press(world.irina.newest.id, f"request.all:{request}:1")  # type: ignore[union-attr]
    async with world.db.read() as tx:
        found = (await tx.execute(select(Choice.group_id).where(Choice.course_id == ROBOTICS).order_by(Choice.id))).scalars()
        assert list(found) == [1, group]  # by itself: the group with most seats


async def test_another_partner_sees_nothing_of_it(world: World) -> None:
    request = await two_children(world.db)
    nurbiy = world.nurbiy
    await nurbiy.send("/requests")
    assert said(nurbiy) == "Заявок пока нет: они появятся, когда школа одобрит заявления."
    assert nurbiy.newest is not None
    made = await choices(world.db, 1)
    robotics = made[ROBOTICS].id
    for data in (
        f"request.page:{request}:0",
        f"request.line:{request}:{robotics}",
        f"request.enroll:{request}:{robotics}:0",
        f"request.reserve:{request}:{robotics}",
        f"request.refuse:{request}:{robotics}",
        f"request.all:{request}",
        f"request.file:{request}:xlsx",
        "inbox.approve:n:0:0:0:1:0",
        f"inbox.form:1:{IT}",
    ):
        await nurbiy.press(nurbiy.newest.id, data)
        assert "Петров" not in said(nurbiy)
        assert "Это доступно не всем" in str(nurbiy.toasts[-1])
    assert (await choices(world.db, 1))[ROBOTICS].state == "requested"


async def test_many_children_turn_pages(world: World) -> None:
    families = await classmates(world.db, 11)
    for pupil, person in families.items():
        await approved(world.db, pupil, ROBOTICS, by=person)
    await requested(world.db, IT)
    await world.irina.send("/inbox")
    await world.irina.tap("Заявка № 1: ждут 11")
    assert ["‹", "1 из 2", "›"] in world.irina.buttons
    await world.irina.tap("›")
    assert "Фамилия110 Имя110" in said(world.irina)
    await world.irina.tap("Зачислить всех: 11")
    assert said(world.irina).startswith("✅ Зачислено: 11")
