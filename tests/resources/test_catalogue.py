"""The catalogue of resources: families and strangers look, staff see what is for them alone; files are sent to a resource in chat."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.resources.catalogue import for_staff_alone
from storage.tables import Attachment, Document, ResourceView
from tests.enrollment.test_enrollment import last_file
from tests.resources.cast import PRINTER, furnish
from tests.timetable_world import said
from tests.world import World

PDF = b"%PDF-1.7 about a printer"


@pytest.mark.parametrize(
    ("whom", "alone"),
    [
        (None, False),
        ("семьям", False),
        ("педагогам и ученикам 7-9", False),
        ("только педагогам сети", True),
        ("Учителям и администраторам", True),
        ("для всех", False),
    ],
)
def test_for_staff_alone_is_what_names_staff_and_nobody_else(whom: str | None, *, alone: bool) -> None:
    assert for_staff_alone(whom) is alone


async def test_a_mother_looks_for_skis_and_a_teacher_sees_what_is_for_teachers(world: World) -> None:
    await world.anna.send("/courses")
    await world.anna.tap("Все курсы")
    await world.anna.tap("Ресурсы")
    assert said(world.anna) == "Ресурсов пока нет. Загляните через несколько дней."
    await furnish(world.db)
    await world.anna.tap("Меню")
    await world.anna.send("лыжи")
    assert said(world.anna) == ("🔎 Вот что есть среди ресурсов сети:\n\n🧰 Все ресурсы\n1 ресурс.\n🎛 Показаны: слова «лыж…»")
    await world.anna.tap("Лыжи")
    assert said(world.anna) == (
        "Лыжи\n🔧 Материально-технические\nМБОУ ДО ЦДО МО «Кошехабльский район»\n\n🔢 Комплектов или мест: 15\n👥 Кому: ученикам"
    )
    await world.anna.tap("Назад")
    assert said(world.anna).startswith("🧰 Все ресурсы\n1 ресурс.")
    await world.anna.tap("Назад")
    assert said(world.anna) == "🧰 Ресурсы сети\nЧем школа и партнёры делятся друг с другом: 3 ресурса."
    assert [row[0] for row in world.anna.buttons][:2] == ["💾 Информационные · 1", "🔧 Материально-технические · 2"]
    await world.anna.tap("Организация")
    await world.anna.tap("Центр развития")
    assert said(world.anna) == "🧰 Все ресурсы\n1 ресурс.\n🎛 Показаны: Центр развития IT-образования"

    await world.pavel.send("/menu")
    await world.pavel.tap("Ресурсы")
    assert "4 ресурса" in said(world.pavel)
    await world.pavel.tap("Поиск")
    await world.pavel.send("3D-принтер")
    await world.pavel.tap("3D-принтер")
    assert "Печатает детали до 20 см.\n\n📍 Мастерская\n🔢 Комплектов или мест: 2\n👥" in said(world.pavel)
    async with world.db.read() as tx:
        looks = (await tx.execute(select(ResourceView.resource_id, ResourceView.count))).all()
    assert sorted(map(tuple, looks)) == [(1, 1), (2, 1)]


async def test_the_partner_sends_files_to_its_own_resource_replaces_removes_and_takes_back(world: World) -> None:
    await furnish(world.db)
    await world.irina.send("/menu")
    await world.irina.tap("Ресурсы")
    await world.irina.tap("Материально")
    await world.irina.tap("Лыжи")
    assert not any("Файл" in label for row in world.irina.buttons for label in row)  # another's
    await world.irina.tap("Назад")
    await world.irina.tap("3D-принтер")
    await world.irina.tap("Файл или ссылка")
    assert said(world.irina) == "📎 Файлы ресурса «3D-принтер»\nПока ничего нет."
    await world.irina.tap("Файл или ссылка")
    await world.irina.attach("вирус.exe", b"MZ\x90\x00")
    assert said(world.irina).startswith("Такой файл не подойдёт.")
    await world.irina.attach("паспорт.pdf", PDF, "Паспорт принтера")
    await world.irina.send("Уроки: example.org/3d")
    assert said(world.irina) == (
        "✅ Сохранено: Уроки. Можно прислать ещё.\n\n📎 Файлы ресурса «3D-принтер»\n\n"
        "1. 📄 Паспорт принтера.pdf\n2. 🔗 Уроки\nhttps://example.org/3d"
    )
    await world.irina.tap("✏️ 1")
    await world.irina.tap("Заменить")
    await world.irina.attach("паспорт-2.pdf", PDF + b" 2")
    assert "1. 🔗 Уроки\nhttps://example.org/3d\n2. 📄 паспорт-2.pdf" in said(world.irina)
    await world.irina.tap("✏️ 2")
    await world.irina.tap("Убрать")
    assert said(world.irina).startswith("🗑 Убрано: паспорт-2.pdf.\n\n📎 Файлы ресурса «3D-принтер»\n\n1. 🔗 Уроки")
    await world.irina.tap("Вернуть")
    assert "2. 📄 паспорт-2.pdf" in said(world.irina)

    await world.anna.send("3d принтер")
    await world.anna.tap("3D-принтер")
    await world.anna.tap("Файлы: 2")
    await world.anna.tap("паспорт-2.pdf")
    assert await world.anna.file(last_file(world.anna)) == PDF + b" 2"
    await world.irina.tap("✏️ 1")
    await world.irina.tap("Убрать")
    await world.anna.send("3d принтер")
    await world.anna.tap("3D-принтер")
    assert not any("Файлы" in label for row in world.anna.buttons for label in row)
    await world.anna.tap("📄 паспорт-2.pdf")  # the only file is one tap away
    await world.irina.tap("Вернуть")
    await world.anna.send("/menu")
    for data in (f"files.send:{PRINTER}:0:0", "files.one:2", "files.put:2:0"):
        assert world.anna.newest is not None
        await world.anna.press(world.anna.newest.id, data)
    async with world.db.read() as tx:
        stand = (await tx.execute(select(Attachment.name).where(Attachment.removed_at.is_(None)))).all()
        assert sorted(row.name for row in stand) == ["Уроки", "паспорт-2.pdf"]
        assert len((await tx.scalars(select(Document.id))).all()) == 2
