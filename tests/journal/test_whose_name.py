"""Story: a name of a file that may be two pupils, or nobody exactly, is asked about with buttons, once, and remembered."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.refusals import Faults
from bot.services.journal.uploads import Brought, plan_file
from storage.tables import Entry, Pupil
from tests.journal.test_journal import MONDAY, opened, sheet
from tests.journal.test_journal_plan import add_pupil
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
