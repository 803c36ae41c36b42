"""Programmes of courses, the teachers' load, and the report to sign: for the school's heads, the first two for the partner too."""

from __future__ import annotations

from sqlalchemy import insert, update

from storage.tables import Organization, PlannedTopic
from tests.enrollment.test_enrollment import file_names, last_file
from tests.papers.papers_world import text_of
from tests.papers.test_papers_pages import labels
from tests.timetable_world import said
from tests.world import CENTRE, IT, ROBOTICS, SCHOOL, World


async def test_the_coordinator_gets_the_programme_and_the_load_of_a_partner(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(insert(PlannedTopic).values(course_id=ROBOTICS, number=1, topic="Датчики касания", hours=2))
        await tx.execute(
            update(Organization).where(Organization.id == IT).values(head="Ким Павел Андреевич", head_post="директор")
        )
    olga = world.olga
    await olga.send("/papers")
    await olga.tap("Программы и нагрузка")
    assert said(olga) == "📚 Программы курсов и нагрузка педагогов\nФайл Word на согласование и подпись. Чьи?"
    await olga.press(olga.messages[-1].id, f"papers.programme:{SCHOOL}:{IT}")
    text = text_of(await olga.file(last_file(olga)))
    for words in (
        "ПРОГРАММА КУРСА ПО ВЫБОРУ",
        "«Робототехника»",
        "Организация: Центр развития IT-образования, лицензия Л035-01",
        "Часов: 68.",
        "чт 15:00–16:30",
        "Датчики касания",
        "Тем: 1, часов на темы: 2.",
        "/ Ким Павел Андреевич /",
    ):
        assert words in text
    await olga.press(olga.messages[-1].id, f"papers.load:{SCHOOL}:{IT}")
    text = text_of(await olga.file(last_file(olga)))
    assert "УЧЕБНАЯ НАГРУЗКА СЕТЕВЫХ ПЕДАГОГОВ" in text
    assert "Робототехника, Г-01\n6\n12\n2,0" in text
    assert "Шахматы" not in text
    assert file_names(olga) == [
        "Программы-Центр-развития-IT-образования.docx",
        "Нагрузка-Центр-развития-IT-образования.docx",
    ]


async def test_a_partner_gets_its_own_and_no_other_s(world: World) -> None:
    irina = world.irina
    await irina.send("/requests")
    await irina.tap("Программы и нагрузка")
    assert labels(irina)[:2] == ["📚 Центр развития IT-образования", "👩‍🏫 Нагрузка"]
    await irina.tap("Нагрузка")
    assert file_names(irina) == ["Нагрузка-Центр-развития-IT-образования.docx"]
    for data in (f"papers.programme:{SCHOOL}:{CENTRE}", f"papers.load:{SCHOOL}:{CENTRE}"):
        await irina.press(irina.messages[-1].id, data)
    assert len(file_names(irina)) == 1
    for phone in (world.anna, world.misha, world.pavel, world.stranger()):
        await phone.send("/start")
        await phone.press(phone.messages[-1].id, f"papers.load:{SCHOOL}:{IT}")
        assert file_names(phone) == []
