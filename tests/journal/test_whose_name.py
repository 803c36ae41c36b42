"""Story: a name of a file that may be two pupils, or nobody exactly, is asked about with buttons, once, and remembered."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.refusals import Faults
from bot.services.journal.uploads import Brought, plan_file
from storage.tables import Entry, JournalAnswer, Organization, Pupil
from tests.journal.test_journal import MONDAY, opened, sheet
from tests.journal.test_journal_plan import add_pupil
from tests.schools_world import GYMNASIUM
from tests.timetable_world import said
from tests.world import World

TWO = sheet(f"{MONDAY};Г-01;Иванов Иван;5;;;;;", f"{MONDAY};Г-01;Миша Петров;4;;;;;")

WHICH = (
    "Группа Г-01, лист «Журнал», строка 2. Выберите — я запомню для следующих файлов этой группы. Нет никого из них? "
    "Впишите в файл ФИО целиком или код и пришлите его ещё раз."
)


async def marks(world: World) -> list[tuple[str, str]]:
    async with world.db.read() as tx:
        question = select(Pupil.code, Entry.value).join(Pupil, Pupil.id == Entry.pupil_id).where(Entry.day == world.now.date())
        return [(row.code, row.value) for row in await tx.execute(question.order_by(Pupil.code))]


@pytest.fixture
async def school(world: World) -> World:
    """Two namesakes learn robotics beside Misha and Dana."""
    await opened(world)
    await add_pupil(world.db, "У-710", "Иванов Иван Петрович", "7А")
    await add_pupil(world.db, "У-711", "Иванов Иван Сергеевич", "7А")
    return world


async def test_namesakes_and_a_name_the_other_way_round_are_asked_one_by_one_then_the_file_goes_on(school: World) -> None:
    olga = school.olga
    await olga.attach("Журнал.csv", TWO)
    assert olga.page.splitlines() == [
        "📖 Файл журнала «Журнал.csv»",
        "",
        "«Робототехника» (Г-01): один день, 9 ноября.",
        "2 имени нужно уточнить.",
        "",
        "Кто такой «Иванов Иван»?",
        WHICH,
        "Всего вопросов: 2.",
    ]
    assert olga.buttons[:2] == [["Иванов Иван Петрович, 7А"], ["Иванов Иван Сергеевич, 7А"]]
    await olga.tap("Иванов Иван Сергеевич, 7А")
    assert "Кто такой «Миша Петров»?" in olga.page
    await olga.tap("Петров Миша Алексеевич, 7А")
    assert "Новых отметок — 2" in olga.page
    await olga.tap("Применить")
    assert await marks(school) == [("У-701", "4"), ("У-711", "5")]


async def test_namesakes_of_two_schools_are_told_apart_by_code_and_school(school: World) -> None:
    """A child of the gymnasium has every word of the name, and the class: the buttons, the plan and the page «Отметить» say whose."""
    async with school.db.write() as tx:
        tx.add(Organization(id=GYMNASIUM, code="О-50", name="Гимназия №5", role="base"))
    await add_pupil(school.db, "Г-910", "Иванов Иван Петрович", "7А", school=GYMNASIUM)
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Г-01;Иванов Иван Петрович;5;;;;;"))
    assert pavel.buttons[:2] == [["7А, У-710 · МБОУ СОШ №8"], ["7А, Г-910 · Гимназия №5"]]
    await pavel.tap("Гимназия №5")
    assert "Иванов Иван Петрович (Г-910), 9 ноября: 5" in said(pavel)


async def test_an_answer_is_remembered_may_be_changed_and_is_asked_again_when_there_is_one_more_to_choose_from(
    school: World,
) -> None:
    olga = school.olga
    file = sheet(f"{MONDAY};Г-01;Иванов Иван;5;;;;;")
    await olga.attach("Утро.csv", file)
    await olga.tap("Иванов Иван Сергеевич, 7А")
    await olga.attach("Вечер.csv", file)
    assert "Новых отметок — 1" in olga.page  # not asked again
    await olga.tap("«Иванов Иван» — Иванов Иван Сергеевич, 7А: изменить")
    await olga.tap("Иванов Иван Петрович, 7А")
    assert "Иванов Иван Петрович, 9 ноября: 5" in olga.page
    await add_pupil(school.db, "У-712", "Иванов Иван Олегович", "7Б")
    await olga.attach("Ночь.csv", file)
    assert "Кто такой «Иванов Иван»?" in olga.page
    assert olga.buttons[0] == ["Иванов Иван Олегович, 7Б"]


async def test_where_nobody_can_be_asked_nothing_is_applied_but_what_was_answered_before_holds(school: World) -> None:
    brought = Brought("ж.csv", TWO)
    with pytest.raises(Faults) as refused:
        await plan_file(school.db, brought, now=school.now, settings=school.app.settings, apply=True)
    assert [fault.key for fault in refused.value.faults] == ["journal-namesakes", "journal-pupil-perhaps"]
    assert await marks(school) == []
    await school.olga.attach("Журнал.csv", TWO)
    await school.olga.tap("Иванов Иван Петрович, 7А")
    await school.olga.tap("Петров Миша Алексеевич, 7А")
    await plan_file(school.db, brought, now=school.now, settings=school.app.settings, apply=True)
    assert await marks(school) == [("У-701", "4"), ("У-710", "5")]


# ── nobody's name ───────────────────────────────────────────────────────────────────────────────────────────────────

STRANGER = sheet(f"{MONDAY};Г-01;Сидоров Кирилл;5;;;;;", f"{MONDAY};Г-01;Сидоров Кирилл;3;;;;;", f"{MONDAY};Г-01;У-702;4;;;;;")


async def test_who_is_nobody_of_the_group_is_asked_about_and_the_rows_are_left_out_in_so_many_words(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("Журнал.csv", STRANGER)
    assert pavel.page.splitlines()[3:] == [
        "Одно имя нужно уточнить.",
        "",
        "Нет такого ученика: «Сидоров Кирилл». Кто это?",
        (
            "Группа Г-01, лист «Журнал», строка 2. Выберите — я запомню для следующих файлов этой группы. "
            "Не ученик группы? Пропустите его строки."
        ),
    ]
    assert pavel.buttons == [  # Dana stands in the file herself
        ["Иванов Иван Петрович, 7А"],
        ["Иванов Иван Сергеевич, 7А"],
        ["Петров Миша Алексеевич, 7А"],
        ["Пропустить его строки"],
        ["Отмена"],
        ["🏠 Меню"],
    ]
    await pavel.tap("Пропустить его строки")
    assert "⏭ Не внесено, как ответили: 2 строки — Сидоров Кирилл." in pavel.page
    assert ["«Сидоров Кирилл» — Пропустить его строки: изменить"] in pavel.buttons
    await pavel.tap("Применить")
    assert await marks(school) == [("У-702", "4")]
    await pavel.attach("Ещё.csv", STRANGER)
    assert "⏭ Не внесено, как ответили: 2 строки — Сидоров Кирилл." in pavel.page  # not asked again, and not in silence
    async with school.db.read() as tx:
        assert [(row.kind, "Сидоров" in row.written) for row in await tx.scalars(select(JournalAnswer))] == [("nobody", False)]


async def test_the_answer_may_be_changed_into_a_pupil_and_one_who_is_enrolled_later_is_not_left_out(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Г-01;Сидоров Кирилл;5;;;;;"))
    await pavel.tap("Пропустить его строки")
    await pavel.tap("изменить")
    assert "Сейчас: Пропустить его строки." in pavel.page
    await pavel.tap("Петров Миша Алексеевич, 7А")
    assert "Петров Миша Алексеевич, 9 ноября: 5" in pavel.page
    await pavel.tap("изменить")
    await pavel.tap("Пропустить его строки")
    assert "Всё уже так и записано" in pavel.page
    await add_pupil(school.db, "У-720", "Сидоров Кирилл Олегович", "7А")
    await pavel.attach("Ещё.csv", sheet(f"{MONDAY};Г-01;Сидоров Кирилл;5;;;;;"))
    assert "Сидоров Кирилл Олегович, 9 ноября: 5" in pavel.page


async def test_who_learns_elsewhere_is_left_out_or_enrolled_never_taken_for_somebody_else(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Г-01;Петрова Вера;5;;;;;", f"{MONDAY};Г-01;У-702;4;;;;;"))
    assert "«Петрова Вера» не учится в группе Г-01. Что делать с этими строками?" in pavel.page
    assert pavel.buttons == [["Пропустить его строки"], ["Отмена"], ["🏠 Меню"]]


async def test_a_pupil_whom_the_file_names_besides_is_not_meant_by_a_name_like_nobodys(school: World) -> None:
    pavel = school.pavel
    await pavel.attach("Журнал.csv", sheet(f"{MONDAY};Г-01;Мишаня;5;;;;;"))
    await pavel.tap("Петров Миша Алексеевич, 7А")
    await pavel.attach("Ещё.csv", sheet(f"{MONDAY};Г-01;Мишаня;5;;;;;", f"{MONDAY};Г-01;Петров Миша;3;;;;;"))
    assert "Нет такого ученика: «Мишаня». Кто это?" in pavel.page


async def test_the_list_of_another_class_is_no_list_of_questions(school: World) -> None:
    others = (f"{MONDAY};Г-01;Чужой Ученик{number};5;;;;;" for number in range(6) for _ in range(2))
    await school.pavel.attach("Журнал.csv", sheet(*others))
    assert school.pavel.page.count("не найден. Ожидается код ученика или ФИО") == 6  # each once


async def test_from_the_command_line_a_stranger_is_named_with_how_to_answer(school: World) -> None:
    with pytest.raises(Faults) as refused:
        await plan_file(school.db, Brought("ж.csv", STRANGER), now=school.now, settings=school.app.settings, apply=True)
    assert [(fault.key, fault.facts["found"]) for fault in refused.value.faults] == [("journal-pupil-nobody", "Сидоров Кирилл")]
    assert await marks(school) == []
    await school.deliver()
    await school.olga.tap("Ответить")
    assert "Нет такого ученика: «Сидоров Кирилл». Кто это?" in school.olga.page
    await school.olga.tap("Пропустить его строки")
    await plan_file(school.db, Brought("ж.csv", STRANGER), now=school.now, settings=school.app.settings, apply=True)
    assert await marks(school) == [("У-702", "4")]
