"""The criteria of a year on a page and a paper, what staff put down for them, the programme as one file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, update

from storage.tables import Document, Organization, Record, Staff
from tests.enrollment.test_enrollment import file_names, last_file
from tests.papers.papers_world import text_of
from tests.people.test_invitations_pdf import told
from tests.roadmap.test_roadmap import ring
from tests.timetable_world import enroll, said
from tests.world import MISHA, ROBOTICS, Member, World


async def opens(who: Member, *path: str) -> None:
    await who.send("/papers")
    await who.tap("Критерии года")
    for label in path:
        await who.tap(label)


async def test_where_there_is_nothing_it_says_so(world: World) -> None:
    await opens(world.sergey)
    assert said(world.sergey).startswith(
        "📏 Критерии 2026/2027\nЗаполнено: 4 из 17\n\nКритерии оценки\n\n1. Показатели индивидуального"
    )
    assert "мониторинга индивидуальных планов\nне заполнено" in said(world.sergey)
    assert "2. Результаты психологической диагностики учащихся\nнет" in said(world.sergey)
    await world.sergey.tap("Результаты")
    assert "курсов: 2, из них новых: 2" in said(world.sergey)


async def test_staff_put_down_a_line_and_a_document_and_the_paper_has_them(world: World, tmp_path: Path) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await opens(world.olga, "Индивидуальные планы", "Добавить")
    await world.olga.attach("планы.docx", b"PK plans", "Планы 8А, 12 учеников <b>&#x")
    assert said(world.olga) == "✅ Записано.\n\nИндивидуальные планы учеников\nВнесено: 1\n\n1. Планы 8А, 12 учеников <b>&#x"
    await world.olga.tap("Документ 1")
    assert await world.olga.file(last_file(world.olga)) == b"PK plans"
    await opens(world.olga, "PDF для директора")
    assert file_names(world.olga)[-1] == "Критерии-2026-2027.pdf"
    words = " ".join(told(await world.olga.file(last_file(world.olga)), tmp_path).split())
    assert "индивидуальных планов: 1" in words
    assert "12 учеников <b>&#x" in words
    assert "не заполнено" in words
    await opens(world.olga, "Индивидуальные планы", "Убрать 1")
    assert said(world.olga).startswith("🗑 Убрано.\n\nИндивидуальные планы учеников\nВнесено: 0")


async def test_of_diagnostics_nothing_but_that_it_was_carried_out_is_kept(world: World) -> None:
    await opens(world.olga, "Психологическая диагностика", "Проведена")
    assert "Проведена. Результатов бот не хранит." in said(world.olga)
    await world.olga.send("у Миши тревожность")
    async with world.db.read() as tx:
        (row,) = await tx.scalars(select(Record))
        assert (row.line, row.document_id) == ("", None)
        assert list(await tx.scalars(select(Document).where(Document.kind == "criterion"))) == []
    await opens(world.sergey)
    assert "2. Результаты психологической диагностики учащихся\nпроведена" in said(world.sergey)


async def test_the_paper_is_signed_by_whoever_heads_the_school_in_their_post(world: World, tmp_path: Path) -> None:
    await opens(world.olga, "PDF для директора")
    assert "Директор ____________________ / " in told(await world.olga.file(last_file(world.olga)), tmp_path)
    async with world.db.write() as tx:
        await tx.execute(update(Staff).where(Staff.role == "director").values(post="исполняющая обязанности директора"))
    await opens(world.olga, "PDF для директора")
    assert "Исполняющая обязанности директора ____________________ / " in told(
        await world.olga.file(last_file(world.olga)), tmp_path
    )


async def test_the_programme_of_the_network_is_one_file(world: World) -> None:
    await ring(world)
    await enroll(world.db, MISHA, ROBOTICS)
    await opens(world.sergey, "Программа (DOCX)")
    assert file_names(world.sergey) == ["Программа-сети-2026-2027.docx"]
    text = text_of(await world.sergey.file(last_file(world.sergey)))
    for words in (
        "ПРОГРАММА СЕТЕВОГО ВЗАИМОДЕЙСТВИЯ",
        "составлена по итогам 2026/2027 учебного года на 2027/2028 учебный год",
        "Цель: Создание целостного образовательного пространства",
        "МБОУ ДО ЦДО МО «Кошехабльский район»",
        "Собрать заявления родителей на обучение в сетевой форме",
        "Определить порядок и сроки набора групп",
        "исполнено желаний: 1 из 1",
        "приказ «Об организации обучения учащихся с помощью сетевого взаимодействия»",
    ):
        assert words in text
    assert text.count("Зачислить учеников на курсы по заявке школы") == 1, "what every partner does is one line"
    assert "ЦДО, Центр развития IT-образования" in text
    assert "152-ФЗ" not in text, "the act of the consents, in the case of their sentence"
    assert text.index("3. Регламент") < text.index("4. Дорожная карта") < text.index("7. Показатели эффективности")


async def test_only_heads_read_them(world: World) -> None:
    for phone in (world.irina, world.pavel, world.anna, world.stranger()):
        await phone.send("/start")
        for data in ("criteria:0", "criteria.pdf:2026", "criteria.docx:2026", "criteria.kept:0", "criteria.add:0"):
            await phone.press(phone.messages[-1].id, data)
        assert file_names(phone) == []
        assert "Критерии" not in said(phone)


async def test_who_heads_two_schools_reads_and_fills_in_either(world: World) -> None:
    async with world.db.write() as tx:
        tx.add(Organization(id=9, code="ШК2", name="МБОУ СОШ №2", role="base"))
        await tx.flush()
        person = await tx.scalar(select(Staff.person_id).where(Staff.role == "coordinator"))
        tx.add(Staff(code="С-92", full_name="Хачирова Ольга Муратовна", organization_id=9, role="coordinator", person_id=person))
    await opens(world.olga)
    assert said(world.olga).startswith("🏫 МБОУ СОШ №8\n\n📏 Критерии 2026/2027")
    await world.olga.tap("МБОУ СОШ №2")
    assert said(world.olga).startswith("🏫 МБОУ СОШ №2\n\n📏 Критерии 2026/2027")
    await world.olga.tap("Индивидуальные планы")
    await world.olga.tap("Добавить")
    await world.olga.send("Планы 5А, 9 учеников")
    assert "Внесено: 1" in said(world.olga)
    await world.olga.tap("Назад")
    assert said(world.olga).startswith("🏫 МБОУ СОШ №2")
    async with world.db.read() as tx:
        (row,) = await tx.scalars(select(Record))
        assert row.school_id == 9
    await world.olga.tap("МБОУ СОШ №8")
    assert "мониторинга индивидуальных планов\nне заполнено" in said(world.olga)
