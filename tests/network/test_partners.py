"""What a workbook says of an organization takes effect: its kind, its licence, its telephone and site."""

from __future__ import annotations

from sqlalchemy import update

from bot.documents.orders import Order, order_docx
from storage.tables import Organization
from tests.papers.papers_world import BASE, PLACES, TODAY, text_of
from tests.timetable_world import said
from tests.world import IT, World
from tests.years_world import book, year_sheet

HEAD = ("Код", "Название", "Роль", "Вид", "Лицензия", "Телефон", "Сайт")
COURSES = ("Код", "Название", "Организация", "Направленность", "Классы", "Часов")


def a_book(kind: str, licence: str | None) -> bytes:
    return book(
        Учебный_год=year_sheet(2026),
        Организации=[
            HEAD,
            ("О-00", "МБОУ СОШ №8", "базовая", "образовательная", "Л035-01", None, None),
            ("О-01", "МБОУ ДО ЦДО МО «Кошехабльский район»", "партнёр", "образовательная", "Л035-01", None, None),
            ("О-03", "Центр развития IT-образования", "партнёр", kind, licence, "8 (87770) 0-00-04", "https://it.example.org"),
        ],
        Курсы=[
            COURSES,
            ("К-01", "Робототехника", "О-03", "техническая", "5-8", 68),
            ("К-02", "Шахматы", "О-01", "физкультурно-спортивная", "1-9", 68),
        ],
    )


async def test_a_course_of_an_organization_without_a_licence_is_warned_of_at_load(world: World) -> None:
    await world.olga.attach("сеть.xlsx", a_book("образовательная", None))
    assert (
        "⚠️ У «Центр развития IT-образования» не указана лицензия, а курсы есть: Робототехника. Свидетельств по ним не выдать. "
        "Впишите её в лист «Организации», столбец «Лицензия»."
    ) in said(world.olga)
    await world.olga.attach("сеть.xlsx", a_book("ресурсная", None))
    assert "ℹ️ «Центр развития IT-образования» — ресурсный партнёр, а курсы есть: Робототехника." in said(world.olga)
    await world.olga.attach("сеть.xlsx", a_book("образовательная", "Л035-02"))
    assert "лицензия, а курсы" not in said(world.olga)
    await world.olga.tap("Применить")
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    await world.anna.tap("Робототехника")
    assert "☎️ 8 (87770) 0-00-04\n🌐 https://it.example.org" in said(world.anna)
    assert "Ресурсный партнёр" not in said(world.anna)


async def test_the_card_says_a_resource_partner_teaches_nobody(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(kind="resource", phone="<b>8</b>"))
    await world.anna.send("/courses")
    await world.anna.tap("Миша")
    await world.anna.tap("Робототехника")
    assert "🤝 Ресурсный партнёр: даёт помещение, книги и людей; документа об обучении он не выдаёт.\n☎️ <b>8</b>" in said(
        world.anna
    )


def test_an_order_names_resource_partners_apart() -> None:
    from dataclasses import replace

    robotics, *others = PLACES
    library = [replace(others[-1], organization="МКУК «МЦБС» филиал №7", resource=True)]
    text = text_of(order_docx(Order(BASE, 2026, TODAY, None, [robotics, *library], 2)))
    assert "в организациях: Центр развития IT-образования; с использованием ресурсов организаций: МКУК «МЦБС» филиал №7." in text
    alone = text_of(order_docx(Order(BASE, 2026, TODAY, None, library, 1)))
    assert "взаимодействия с использованием ресурсов организаций: МКУК «МЦБС» филиал №7." in alone
    assert "в организациях:" not in alone
