"""Story: what a journal file leaves in doubt is asked with buttons, once; the file waits and goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.refusals import Faults
from bot.services.journal.answering import ask_coordinators
from bot.services.journal.uploads import Brought, plan_file
from storage.tables import Course, Entry, JournalAnswer, Staff
from tests.journal.test_journal import MONDAY, opened, sheet
from tests.timetable_world import said
from tests.world import DANA, IRINA, MISHA, ROBOTICS, SCHOOL, World


@pytest.fixture
async def school(world: World) -> World:
    return await opened(world)


async def today(world: World) -> list[str]:
    """The marks of Monday as they stand."""
    async with world.db.read() as tx:
        rows = select(Entry).where(Entry.day == world.now.date(), Entry.removed_at.is_(None))
        return [row.value for row in await tx.scalars(rows.order_by(Entry.pupil_id, Entry.ordinal))]


async def answers(world: World) -> list[tuple[str, str, str]]:
    async with world.db.read() as tx:
        rows = await tx.scalars(select(JournalAnswer).order_by(JournalAnswer.id))
        return [(row.kind, row.written, row.answer) for row in rows]


async def test_a_group_nobody_has_is_asked_about_remembered_and_may_be_changed(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Робо;У-701;5;;;;;"))
    assert said(pavel).splitlines()[2:] == [
        "Группу «Робо» нужно уточнить.",
        "",
        "Какая группа — «Робо»?",
        (
            "Такого кода нет (лист «Журнал», строка 2). Выберите — я запомню. Нет её здесь? "
            "Впишите в файл код группы и пришлите его ещё раз."
        ),
    ]
    assert pavel.buttons == [["Г-01 · Робототехника"], ["Отмена"], ["🏠 Меню"]]
    await pavel.tap("Г-01")
    assert "Новых отметок — 1" in said(pavel)
    assert ["«Робо» — Г-01 · Робототехника: изменить"] in pavel.buttons
    await pavel.tap("Применить")
    assert await today(school) == ["5"]
    await pavel.attach("Ещё.csv", sheet(f"{MONDAY};РОБО ;У-701;4;;;;;"))
    assert "исправлено 5 → 4" in said(pavel)  # not asked again
    assert await answers(school) == [("group", "РОБО", "1")]


async def test_what_was_said_of_a_sheet_that_names_no_group_holds_for_that_file_alone(school: World) -> None:
    for name, mark in (("Первый.csv", "5"), ("Второй.csv", "4")):
        await school.pavel.attach(name, sheet(f"{MONDAY};Лист1;У-701;{mark};;;;;"))
        assert "Какая группа — «Лист1»?" in said(school.pavel)
        await school.pavel.tap("Г-01")
        await school.pavel.tap("Применить")
    assert await today(school) == ["4"]


async def test_marks_written_together_are_two_when_the_teacher_says_so(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Г-01;У-701;45;;;;;"))
    assert "Какие отметки на курсе «Робототехника»?" in said(pavel)
    assert "В файле — 45, а шкала курса — пятибалльная (лист «Журнал», строка 2)." in said(pavel)
    assert pavel.buttons[:3] == [["Написаны вместе: каждая цифра — отметка"], ["Стобалльная шкала"], ["Так и записать"]]
    await pavel.tap("Написаны вместе")
    await pavel.tap("Применить")
    assert await today(school) == ["4", "5"]


async def test_another_scale_is_asked_about_once_and_a_course_that_names_its_own_is_held_to_it(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Г-01;У-701;8;;;;;"))
    await pavel.tap("Десятибалльная шкала")
    await pavel.tap("Применить")
    await pavel.attach("Ещё.csv", sheet(f"{MONDAY};Г-01;У-701;8;;;;;", f"{MONDAY};Г-01;У-702;9;;;;;"))
    assert "Новых отметок — 1" in said(pavel)
    await pavel.attach("Слишком.csv", sheet(f"{MONDAY};Г-01;У-701;8;;;;;", f"{MONDAY};Г-01;У-702;90;;;;;"))
    await pavel.tap("Отмена")
    async with school.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(scale="none"))
    await pavel.attach("Баллы.csv", sheet(f"{MONDAY};Г-01;У-701;8;;;;;", f"{MONDAY};Г-01;У-702;3;;;;;"))
    assert "В файле — 3, а шкала курса — «без отметок»" in said(pavel)  # the 8 stands there already


async def test_a_date_without_a_year_that_is_still_to_come_is_asked_about_and_can_be_left_out(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet("15.06;Г-01;У-701;5;;;;;", f"{MONDAY};Г-01;У-702;4;;;;;"))
    assert "Дата «15.06» — какого года?" in said(pavel)
    assert pavel.buttons == [["Пропустить эти записи"], ["Отмена"], ["🏠 Меню"]]
    await pavel.tap("Пропустить эти записи")
    await pavel.tap("Применить")
    assert await today(school) == ["4"]


async def test_what_is_open_for_three_days_is_asked_of_the_coordinator_with_the_same_buttons(school: World) -> None:
    pavel, olga = school.pavel, school.olga
    heard = len(olga.notices)
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Робо;У-701;5;;;;;"))
    settings = school.app.settings
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=2, hours=23), settings=settings) == 0
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=3), settings=settings) == 1
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=3, hours=1), settings=settings) == 0
    await school.pass_time(days=3)
    asked = "❓ Файл журнала «Журнал.csv» ждёт ответа: какая группа — «Робо»? Ответьте один раз — я запомню."
    assert [text for text in olga.notices[heard:] if "ждёт ответа" in text] == [asked]
    await olga.tap("Ответить")
    assert "Какая группа — «Робо»?" in said(olga)
    await olga.tap("Г-01")
    assert said(olga) == "Записали: «Робо» — Г-01 · Робототехника. Файл можно применять."
    await school.deliver()
    assert pavel.notices[-1] == "✅ На вопрос о «Робо» ответили: файл журнала можно применить."
    await pavel.tap("Открыть файл журнала")
    assert "Новых отметок — 1" in said(pavel)


async def test_a_file_full_of_questions_is_one_letter_and_one_that_was_sent_anew_is_none(school: World) -> None:
    pavel, olga = school.pavel, school.olga
    rows = [f"{MONDAY};Г-01;{name};5;;;;;" for name in ("Мишаня", "Данка", "Верунчик")]
    await pavel.attach("Журнал.csv", sheet(*rows))
    await school.pass_time(minutes=5)
    await pavel.attach("Журнал.csv", sheet(*rows, f"{MONDAY};Г-01;У-701;5;;;;;"))
    heard = len(olga.notices)
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=3), settings=school.app.settings) == 1
    await school.deliver()
    assert len([text for text in olga.notices[heard:] if "ждёт ответа" in text]) == 1
    await olga.tap("Ответить")
    for name in ("Мишаня", "Данка", "Верунчик"):
        assert f"Нет такого ученика: «{name}». Кто это?" in said(olga)
        await olga.tap("Пропустить его строки")
    assert said(olga) == "Записали: «Верунчик» — Пропустить его строки. Файл можно применять."


async def test_after_three_days_a_file_is_looked_at_each_day_for_a_coordinator_may_come_and_a_question_after_another(
    school: World,
) -> None:
    """Two groups nobody has; the sender answers one after the letters, and what then is open is asked of whoever is there now."""
    pavel, olga, settings = school.pavel, school.olga, school.app.settings
    async with school.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.role == "coordinator").values(archived_at=school.now))
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Робо;Мишаня;5;;;;;"))
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=3), settings=settings) == 0  # nobody to be asked
    async with school.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.role == "coordinator").values(archived_at=None))
    await pavel.tap("Г-01")  # now the name is open, which nobody knew of before
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=3, hours=1), settings=settings) == 0
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=4), settings=settings) == 1
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=5), settings=settings) == 1
    heard = len(olga.notices)
    await school.deliver()
    assert [text for text in olga.notices[heard:] if "ждёт ответа" in text] == [
        "❓ Файл журнала «Журнал.csv» ждёт ответа: кто из учеников имеется в виду? Ответьте один раз — я запомню."
    ]
    await olga.tap("Ответить")
    assert "Нет такого ученика: «Мишаня». Кто это?" in said(olga)


async def test_whoever_answers_for_another_is_asked_the_next_question_and_says_the_file_can_go_on_after_the_last(
    school: World,
) -> None:
    pavel, olga = school.pavel, school.olga
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Робо;Мишаня;5;;;;;"))
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=3), settings=school.app.settings) == 1
    await school.deliver()
    await olga.tap("Ответить")
    await olga.tap("Г-01")
    assert "Нет такого ученика: «Мишаня». Кто это?" in said(olga)
    await school.deliver()
    assert pavel.notices[-1] == "✅ На вопрос о «Робо» ответили: у файла журнала остался 1 вопрос."
    await olga.tap("Пропустить его строки")
    assert said(olga) == "Записали: «Мишаня» — Пропустить его строки. Файл можно применять."
    await school.deliver()
    assert pavel.notices[-1] == "✅ На вопрос об имени ученика ответили: файл журнала можно применить."


async def test_who_keeps_the_partners_papers_and_coordinates_too_is_asked_of_everything(school: World) -> None:
    async with school.db.write() as tx:
        tx.add(Staff(code="К-9", full_name="Тлиш Ирина", organization_id=SCHOOL, role="coordinator", person_id=IRINA))
    await school.pavel.attach("Журнал.csv", sheet(f"{MONDAY};Робо;У-701;5;;;;;"))
    assert await ask_coordinators(school.db, now=school.now + timedelta(days=3), settings=school.app.settings) == 1
    await school.deliver()
    assert "какая группа — «Робо»?" in school.irina.notices[-1]


async def test_what_was_left_out_by_its_day_is_said_with_the_plan(school: World) -> None:
    await school.pavel.attach("Журнал.csv", sheet("15.06;Г-01;У-701;5;;;;;", f"{MONDAY};Г-01;У-702;4;;;;;"))
    await school.pavel.tap("Пропустить эти записи")
    assert "⏭ Не внесено, как ответили: 1 строка — 15.06." in said(school.pavel)


async def test_a_button_about_a_name_from_before_there_were_other_questions_answers_still(school: World) -> None:
    """`journal.whose` had a document, the question's stamp and a pupil's number: 0 for the question again."""
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Г-01;Миша Петров;5;;;;;"))
    page = pavel.newest
    assert page is not None
    buttons = [data.split(":") for _, data in pavel.shown if data.startswith("journal.whose:")]
    prefix, document, about, _, _ = next(button for button in buttons if button[3] == str(MISHA))
    await pavel.press(page.id, f"{prefix}:{document}:{about}:0")
    assert "Кто такой «Миша Петров»?" in said(pavel)
    await pavel.press(page.id, f"{prefix}:{document}:{about}:{DANA}")
    assert "Новых отметок" not in said(pavel)  # she was never one of those to choose from
    await pavel.press(page.id, f"{prefix}:{document}:{about}:{MISHA}")
    assert "Новых отметок — 1" in said(pavel)


async def test_the_command_line_names_every_question_and_how_to_answer_it_and_applies_nothing(school: World) -> None:
    content = sheet(f"{MONDAY};Робо;У-701;5;;;;;", f"{MONDAY};Г-01;У-702;77;;;;;", "15.06;Г-01;У-701;5;;;;;")
    brought = Brought("ж.csv", content)
    with pytest.raises(Faults) as refused:
        await plan_file(school.db, brought, now=school.now, settings=school.app.settings, apply=True)
    assert sorted(fault.key for fault in refused.value.faults) == [
        "journal-group-not-yours",
        "journal-mark-outside",
        "journal-year-unclear",
    ]
    assert await today(school) == []
