"""Courses away from the catalogue: cards in any chat, links to a card, the partner's picture above it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, insert, select, update

from storage.tables import Audit, Course, Document
from tests.timetable_world import said, words
from tests.world import CENTRE, CHESS, IT, ROBOTICS, World

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"rest of it"
LINK = "https://t.me/school8_bot?start=course_"


# ── from any chat ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_card_for_a_word_and_whom_it_fits(world: World) -> None:
    found = await world.anna.inline("робот")
    assert [result["title"] for result in found.results or []] == ["Робототехника"]
    assert (found.results or [])[0]["description"] == (
        "Центр развития IT-образования · чт 15:00–16:30 · ✅ Миша: подходит · ▫️ Вера: не подходит"
    )
    assert (found.answer["is_personal"], found.answer["cache_time"]) == (True, 30)
    assert found.answer["button"] == {"text": "Открыть каталог в боте", "start_parameter": "course_0"}


async def test_the_chosen_card_says_nothing_of_ones_children_and_leads_to_the_bot(world: World) -> None:
    sent = await world.anna.choose(await world.anna.inline("робот"))
    await world.settle()
    assert words(sent).splitlines() == [
        "Робототехника",
        "Центр развития IT-образования",
        "",
        "Направленность: техническая",
        "Классы: 5–8",
        "Часов: 68",
        "",
        "🗓 чт 15:00–16:30",
        "📍 каб. 2",
        "👤 Ким Павел Андреевич",
        "",
        "Приём заявлений до 30 ноября, остался 21 день.",
        "Места делит жребий после 30 ноября, спешить не нужно.",
    ]
    assert [button.url for button in sent.buttons] == [f"{LINK}{ROBOTICS}"]
    assert world.anna.page == ""  # the bot adds nothing to it
    await world.anna.tap("Открыть в боте", on=sent)
    assert said(world.anna).startswith("Робототехника\n")
    assert ["📝 Подать заявление"] in world.anna.buttons


async def test_a_father_of_one_sees_what_fits_first(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == CHESS).values(classes=["1"]))
    found = await world.ruslan.inline("")
    assert [result["title"] for result in found.results or []] == ["Робототехника", "Шахматы"]
    assert "▫️ Дана: не подходит" in (found.results or [])[1]["description"]


async def test_a_stranger_gets_the_public_catalogue(world: World) -> None:
    stranger = world.stranger()
    found = await stranger.inline("шахматы")
    assert [result["description"] for result in found.results or []] == ["МБОУ ДО ЦДО МО «Кошехабльский район» · ср 14:30–15:30"]
    sent = await stranger.choose(found)
    await stranger.tap("Открыть в боте", on=sent)
    assert said(stranger).startswith("Шахматы\n")
    assert "нужно приглашение школы" in said(stranger)


async def test_nothing_found_still_leads_to_the_catalogue(world: World) -> None:
    found = await world.anna.inline("верховая езда")
    assert found.results == []
    assert found.answer["button"] == {"text": "Ничего не нашлось — открыть каталог", "start_parameter": "course_0"}
    await world.anna.send("/start course_0")
    assert said(world.anna) == "📚 Здесь все курсы сети: когда, где и подходят ли вашему ребёнку."
    await world.anna.tap("Курсы")
    assert "Курсы сети" in said(world.anna)


async def test_many_cards_come_by_twenty(world: World) -> None:
    async with world.db.write() as tx:
        for number in range(45):
            row = {"code": f"К-9{number}", "name": f"Кружок {number:02} <b>&", "organization_id": IT, "direction": "техническая"}
            await tx.execute(insert(Course).values(**row, classes=["7"], selection="ranked"))
    offset, seen = "", []
    while True:
        found = await world.ruslan.inline("техническая", offset=offset)
        seen += [result["title"] for result in found.results or []]
        offset = found.answer.get("next_offset", "")
        if not offset:
            break
    assert len(seen) == len(set(seen)) == 46
    assert (await world.ruslan.inline("техническая", offset="99")).results == []
    assert (await world.ruslan.inline("техническая", offset="сто")).results
    sent = await world.ruslan.choose(await world.ruslan.inline("техническая"), 3)
    assert "<b>&" in sent.text


# ── by a link ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_link_leads_a_family_to_the_card_of_their_child(world: World) -> None:
    await world.ruslan.send(f"/start course_{CHESS}")
    assert "✅ Дана, 7А: курс подходит." in said(world.ruslan)
    await world.ruslan.tap("Назад")
    assert said(world.ruslan).startswith("Курсы: Дана, 7А")


@pytest.mark.parametrize("payload", ["course_77", "course_", "course_x", "course_٣", "course_99999999999999999999"])
async def test_a_link_to_nowhere_says_so(world: World, payload: str) -> None:
    await world.ruslan.send(f"/start {payload}")
    assert "страница устарела" in said(world.ruslan)


async def test_invitations_and_the_plain_start_work_as_before(world: World) -> None:
    await world.ruslan.send("/start")
    assert "Здравствуйте, Руслан" in said(world.ruslan)
    await world.stranger().send("/start AAAAAAAAAAAAAAAAAAAAAA")
    assert "course" not in said(world.stranger())
    assert world.stranger().newest


# ── the picture ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def open_card(world: World) -> None:
    await world.irina.send("/courses")
    await world.irina.tap("Робототехника")


async def test_a_partner_sends_a_picture_and_families_see_it_above_the_card(world: World) -> None:
    await open_card(world)
    await world.irina.tap("Добавить картинку")
    assert "Пришлите картинку для курса «Робототехника»: фото или файл JPEG, PNG до 5 МБ." in said(world.irina)
    await world.irina.attach("робот.png", PNG, kind="photo")
    assert said(world.irina).startswith("✅ Картинка сохранена.\n\nРобототехника\n")
    assert ["🖼 Сменить картинку"] in world.irina.buttons
    await world.ruslan.send("/courses")
    await world.ruslan.tap("Робототехника")
    card = world.ruslan.newest
    await world.ruslan.tap("Картинка")
    messages = [message for message in world.ruslan.messages if message.from_bot and not message.deleted]
    assert messages[-2].photo
    assert await world.ruslan.file(messages[-2]) == PNG
    assert messages[-1].text.startswith("Робототехника\n")
    assert card
    assert card.deleted
    await world.ruslan.tap("Назад")
    assert said(world.ruslan).startswith("Курсы: Дана, 7А")


async def test_a_picture_is_told_by_its_content_and_size(world: World) -> None:
    await open_card(world)
    await world.irina.tap("Добавить картинку")
    await world.irina.attach("робот.png", b"MZ no picture at all")
    assert said(world.irina) == "Это не картинка. Пришлите фото или файл JPEG, PNG."
    await world.irina.send("а так?")
    assert said(world.irina) == "Это не картинка. Пришлите фото или файл JPEG, PNG."
    await world.irina.attach("робот.png", PNG + bytes(5 * 2**20))
    assert said(world.irina).startswith("Картинка больше 5 МБ.")
    await world.irina.attach("робот.jpg", PNG)  # the name does not matter
    assert "✅ Картинка сохранена." in said(world.irina)


async def test_a_new_picture_takes_the_place_of_the_old_one_and_can_go(world: World) -> None:
    await open_card(world)
    for content in (PNG, PNG + b"2", PNG + b"2"):
        await world.irina.tap("картинку")
        await world.irina.attach("робот.png", content)
    async with world.db.read() as tx:
        documents = select(Document.name, Document.kind, func.length(Document.content))
        assert list(await tx.execute(documents)) == [(f"course-{ROBOTICS}.png", "course-picture", len(PNG) + 1)]
        assert await tx.scalar(select(func.count()).select_from(Audit).where(Audit.action == "course.picture")) == 2
    await world.irina.tap("Сменить картинку")
    await world.irina.tap("Убрать картинку")
    assert ["🖼 Добавить картинку"] in world.irina.buttons
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Document)) == 0


async def test_only_the_partner_of_the_course_gives_it_a_picture(world: World) -> None:
    await world.nurbiy.send("/courses")
    await world.nurbiy.tap("Робототехника")
    assert "картинку" not in str(world.nurbiy.buttons)
    page = world.nurbiy.newest
    assert page
    for who in (world.nurbiy, world.ruslan, world.pavel):
        await who.send("/courses")
        own = who.newest
        assert own
        for data in (f"course.photo:{ROBOTICS}:", f"course.nophoto:{ROBOTICS}:"):
            await who.press(own.id, data)
            assert "Это доступно не всем" in str(who.toasts[-1])
    async with world.db.write() as tx:
        await tx.execute(update(Course).where(Course.id == ROBOTICS).values(organization_id=CENTRE))
    await world.nurbiy.tap("Назад")
    await world.nurbiy.tap("Робототехника")
    assert ["🖼 Добавить картинку"] in world.nurbiy.buttons


async def test_choosing_on_postgresql(world_on_postgres: World) -> None:
    world = world_on_postgres
    await open_card(world)
    await world.irina.tap("Добавить картинку")
    await world.irina.attach("робот.png", PNG, kind="photo")
    ruslan = world.ruslan
    await ruslan.send("/courses")
    await ruslan.tap("Поиск")
    await ruslan.send("роботы")
    await ruslan.tap("Робототехника")
    await ruslan.tap("В избранное")
    await ruslan.tap("Картинка")
    await ruslan.tap("Назад")
    assert "✅ Робототехника ⭐" in str(ruslan.buttons)
    await ruslan.tap("Избранное")
    assert "🎛 Показаны: избранное" in said(ruslan)
    assert [result["title"] for result in (await ruslan.inline("робот")).results or []] == ["Робототехника"]
