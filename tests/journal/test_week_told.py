"""Friday's summary: who is sent it, when, what it says, and that nothing to say is no letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services.journal.weekly import tell_weeks
from storage.tables import Application, Choice, ChoiceChange
from tests.journal.test_journal import MONDAY, opened, sheet
from tests.world import ROBOTICS, VERA, ZONE, World


@pytest.fixture
async def school(world: World) -> World:
    """The teacher has kept the week's journal: Misha late and a 4, Dana absent."""
    school = await opened(world)
    await school.pavel.attach("ж.csv", sheet(f"{MONDAY};Г-01;У-701;5 точка;ОП;;;;", f"{MONDAY};Г-01;У-702;;Н;;;;"))
    await school.pavel.tap("Применить")
    await school.deliver()
    return school


async def friday(school: World, **later: int) -> None:
    """18:00 of that week's Friday by the network's clocks, or later."""
    here = school.now.astimezone(ZONE)
    evening = (here + timedelta(days=4 - here.weekday())).replace(hour=18, minute=0, second=0)
    school.clock.move(evening - here + timedelta(**later))
    await tell_weeks(school.db, now=school.now, zone=ZONE)
    await school.deliver()


async def test_on_friday_evening_each_family_gets_the_week_as_a_picture_with_the_same_facts_below(school: World) -> None:
    await friday(school, minutes=-1)
    assert not school.anna.notices[-1].startswith("🗓")
    await friday(school)
    assert school.anna.newest is not None
    assert school.anna.newest.file is not None
    assert school.anna.newest.file.kind == "photo"
    assert school.anna.newest.text == (
        "🗓 Миша: неделя в журнале, 9–15 ноября.\n"
        "«Робототехника»: 1 занятие, пропусков нет, опозданий 1. Отметки: 5, точка (работа не сдана)."
    )
    assert school.misha.newest is not None
    assert school.misha.newest.text.splitlines()[0] == "🗓 Твоя неделя в журнале, 9–15 ноября."
    assert school.ruslan.newest is not None
    assert school.ruslan.newest.text.splitlines()[1] == "«Робототехника»: 1 занятие, пропусков 1. Отметок нет."
    letters = len(school.anna.messages)
    await friday(school, hours=1)
    assert len(school.anna.messages) == letters  # once a week


async def test_it_is_looked_at_in_the_dark_and_from_the_journal(school: World) -> None:
    await friday(school)
    letter = school.anna.newest
    await school.anna.tap("Тёмной картинкой")
    assert letter in school.anna.messages
    assert school.anna.page.startswith("🗓 Миша: неделя в журнале, 9–15 ноября.\n«Робототехника»: 1 занятие")
    assert school.anna.buttons == [["☀️ Светлой картинкой"], ["‹ Назад", "🏠 Меню"]]


async def test_few_words_are_kept_and_who_wants_none_gets_none(school: World) -> None:
    await school.anna.send("/settings")
    await school.anna.tap("💬 Сообщения")
    await school.anna.tap("Кратко")
    await school.ruslan.send("/settings")
    await school.ruslan.tap("О чём писать")
    await school.ruslan.tap("Итог недели")
    letters = len(school.ruslan.messages)
    await friday(school)
    assert school.anna.notices[-1] == "📖 Итог недели в журнале — открыть."
    assert school.anna.newest is not None
    assert school.anna.newest.file is None
    assert len(school.ruslan.messages) == letters


async def test_a_week_without_a_word_in_the_journal_is_no_letter(school: World) -> None:
    school.clock.move(timedelta(days=7))
    letters = len(school.anna.messages)
    await friday(school)
    assert len(school.anna.messages) == letters


async def test_who_came_in_the_middle_of_the_week_was_not_there_before(school: World) -> None:
    """Vera is enrolled on Tuesday; of Monday's lesson she is told nothing, of Thursday's that she was there."""
    school.clock.move(timedelta(days=1))
    await enrol_now(school)
    school.clock.move(timedelta(days=2))
    await school.pavel.attach("ч.csv", sheet("12.11.2026;Г-01;У-701;4;;;;;", "12.11.2026;Г-01;У-702;;;;;;"))
    await school.pavel.tap("Применить")
    await friday(school)
    weeks = [text for text in school.anna.notices if text.startswith("🗓")]
    assert weeks == [
        (
            "🗓 Миша: неделя в журнале, 9–15 ноября.\n"
            "«Робототехника»: 2 занятия, пропусков нет, опозданий 1. Отметки: 5, точка (работа не сдана), 4."
        ),
        "🗓 Вера: неделя в журнале, 9–15 ноября.\n«Робототехника»: 1 занятие, пропусков нет. Отметок нет.",
    ]


async def test_who_came_after_the_weeks_last_lesson_has_no_week_to_be_told_of(school: World) -> None:
    school.clock.move(timedelta(days=1))
    await enrol_now(school)
    await friday(school)
    assert not [text for text in school.anna.notices if text.startswith("🗓 Вера")]


async def enrol_now(school: World) -> None:
    async with school.db.write() as tx:
        application = (await tx.scalars(select(Application).where(Application.pupil_id == VERA))).one()
        place = Choice(
            application_id=application.id, course_id=1, rank=2, state="enrolled", group_id=ROBOTICS, changed_at=school.now
        )
        tx.add(place)
        await tx.flush()
        tx.add(ChoiceChange(choice_id=place.id, was="waiting", now="enrolled", at=school.now))
