"""The paper of an application is what was handed in: what changes later leaves it alone, what the family changes is a version."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from bot.clock import Moment
from bot.refusals import Refusal
from bot.services.deciding.deciding import Verdict, decide
from bot.services.enrollment.applications import choose, rank, submit, unchoose
from bot.services.enrollment.withdrawing import withdraw
from bot.services.papers.papers import Edition, Paper, application_paper
from bot.settings import Settings
from bot.voice import voice
from storage.db import Database
from storage.tables import Application, ApplicationVersion, Course, Person, Pupil, Staff
from tests.enrollment.test_enrollment import file_names, last_file
from tests.enrollment_world import (
    ANNA_HERSELF,
    MOMENT,
    OLGA_HERSELF,
    THEN,
    TODAY,
    approved,
    choices,
    handed_in,
    state_of,
)
from tests.papers.papers_world import text_of
from tests.timetable_world import said
from tests.world import ANNA, CHESS, MISHA, ROBOTICS, ZONE, World

SAY = voice("ru", ZONE)
LATER = MOMENT + timedelta(hours=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path)


async def paper(db: Database, application: int, settings: Settings, version: int = 0) -> Paper:
    which = Edition(application, version)
    return await application_paper(db, which, by=ANNA_HERSELF, say=SAY, settings=settings, today=TODAY)


async def test_what_changes_later_leaves_the_paper_alone(db: Database, settings: Settings) -> None:
    application = await approved(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    before = text_of((await paper(db, application, settings)).content)
    async with db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == MISHA).values(full_name="Смирнов Миша Алексеевич", class_name="8Б"))
        await tx.execute(update(Person).where(Person.id == ANNA).values(name="Смирнова Анна Ивановна"))
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(name="Роботы и люди", hours=34, direction="иная"))
        await tx.execute(update(Staff).where(Staff.role == "director").values(full_name="Новый Директор Школы"))
    assert text_of((await paper(db, application, settings)).content) == before
    assert "Петрова Мишу Алексеевича, дата рождения 14.05.2013, класс 7А" in before


async def test_what_the_family_changes_is_the_next_version(db: Database, settings: Settings) -> None:
    application = await handed_in(db, MISHA, ROBOTICS, CHESS, by=ANNA_HERSELF)
    chess = (await choices(db, application))[CHESS].id
    await rank(db, application, chess, 1, by=ANNA_HERSELF, at=Moment(LATER, ZONE))
    first, second = await paper(db, application, settings, 1), await paper(db, application, settings)
    assert [first.version, second.version] == [1, 2]
    of_first, of_second = text_of(first.content), text_of(second.content)
    assert of_first.index("Робототехника") < of_first.index("Шахматы")
    assert of_second.index("Шахматы") < of_second.index("Робототехника")
    assert "Заявление № 1, подано через бот сети 9 ноября 2026 г." in of_first
    assert "Заявление № 1, версия 2, подано через бот сети 9 ноября 2026 г." in of_second
    await rank(db, application, chess, 1, by=ANNA_HERSELF, at=Moment(LATER, ZONE))  # it stands there already
    await withdraw(db, application, chess, by=ANNA_HERSELF, at=Moment(LATER, ZONE))
    assert "Шахматы" not in text_of((await paper(db, application, settings)).content)
    assert (await paper(db, application, settings)).version == 3


async def test_a_withdrawn_application_was_handed_in_all_the_same(db: Database, settings: Settings) -> None:
    application = await approved(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await withdraw(db, application, 0, by=ANNA_HERSELF, at=Moment(LATER, ZONE))
    assert "Робототехника" in text_of((await paper(db, application, settings)).content)


async def test_a_returned_one_is_corrected_and_handed_in_anew(db: Database, settings: Settings) -> None:
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await decide(db, application, Verdict("return", "Добавьте шахматы"), by=OLGA_HERSELF, at=THEN)
    await choose(db, MISHA, CHESS, by=ANNA_HERSELF, at=THEN)
    assert "Шахматы" not in text_of((await paper(db, application, settings)).content)
    assert "Шахматы" in text_of((await paper(db, application, settings, -1)).content)  # as it is being written
    await submit(db, application, by=ANNA_HERSELF, now=LATER, today=TODAY)
    assert (await paper(db, application, settings)).version == 2
    assert "Шахматы" in text_of((await paper(db, application, settings)).content)


async def test_the_last_course_taken_off_a_returned_one_withdraws_it(db: Database, settings: Settings) -> None:
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await decide(db, application, Verdict("return", "Не тот класс"), by=OLGA_HERSELF, at=THEN)
    (robotics,) = (await choices(db, application)).values()
    assert not await unchoose(db, application, robotics.id, by=ANNA_HERSELF, now=LATER)
    assert await state_of(db, application) == "withdrawn"
    assert [choice.state for choice in (await choices(db, application)).values()] == ["withdrawn"]
    assert "Робототехника" in text_of((await paper(db, application, settings)).content)


async def test_of_before_versions_it_is_drawn_as_it_stands(db: Database, settings: Settings) -> None:
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with db.write() as tx:
        await tx.execute(delete(ApplicationVersion))
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(name="Роботы и люди"))
    found = await paper(db, application, settings)
    assert (found.version, "Роботы и люди" in text_of(found.content)) == (0, True)


async def test_the_school_keeps_its_paper_when_the_family_withdraws_consent(world: World) -> None:
    application = await handed_in(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    anna, olga = world.anna, world.olga
    await anna.send("/mydata")
    await anna.tap("Отозвать согласие")
    await anna.tap("Для всех и выйти")
    assert (
        "Поданные заявления, приказы, заявки партнёрам и сданные отчёты — документы школы: она хранит их на своём основании такими, какими они ушли. "
        "Видят их только её директор и ответственный за сетевые курсы." in anna.page
    )
    await anna.tap("Подтвердить")
    await olga.send("/papers")
    await olga.tap("Заявления, данные отозваны: 1")
    await olga.tap("Заявление № 1 от 9 ноября")
    assert file_names(olga) == ["Заявление-Миша-1.docx"]
    assert "Петрова Мишу Алексеевича" in text_of(await olga.file(last_file(olga)))
    assert said(olga).endswith("Так заявление подано 9 ноября 2026.")
    for phone in (anna, world.ruslan, world.irina, world.pavel):
        await phone.send("/start")
        await phone.press(phone.messages[-1].id, f"papers.application:{application}:0")
        assert file_names(phone) == []


async def test_another_school_does_not_have_it(db: Database, settings: Settings) -> None:
    application = await handed_in(db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    async with db.write() as tx:
        await tx.execute(update(Application).values(pupil_id=None, person_id=None, school_id=9))
    with pytest.raises(Refusal, match="gone"):
        await application_paper(db, Edition(application), by=OLGA_HERSELF, say=SAY, settings=settings, today=TODAY)
