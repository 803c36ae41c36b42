"""The coordinator invites in chat: by code, by class, by cards; ends an access; nobody else may."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from bot.clock import Moment
from bot.services.people.invitations import make_invitation
from bot.services.people.people import recognise
from bot.services.people.sheets import invite_classmates, name_apart, printed
from storage.tables import Guardianship, Invitation, Pupil
from tests.asked import statements
from tests.people.test_invitations import SAY, invited
from tests.world import ANNA, CENTRE, MISHA, OLGA, SCHOOL, TELEGRAM, ZONE, World

# ── the coordinator, in chat ────────────────────────────────────────────────────────────────────────────────────────


def code_on(page: str) -> str:
    found = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", page)
    assert found
    return found[0]


async def test_the_coordinator_invites_by_the_workbooks_code(world: World) -> None:
    olga, newcomer = world.olga, world.stranger()
    await olga.send("/start")
    await olga.tap("Пригласить")
    await olga.send("Y-701")  # a Latin Y: look-alikes are forgiven
    assert olga.page == "🔑 Петров Миша Алексеевич, 7А\nКод: У-701\n\nУже вошли:\n• Анна — родитель, с 1 сентября 2026\n• Миша"
    await olga.tap("Пригласить родителя")
    assert olga.page.startswith("👪 Приглашение родителю: Петров Миша Алексеевич, 7А\n\nСсылка:\nhttps://t.me/school8_bot?start=")
    assert "Действует один раз, до 12 ноября 2026, 12:00." in olga.page
    await newcomer.send(code_on(olga.page))
    assert "Ваш ребёнок: Миша" in newcomer.page


async def test_of_a_regions_pupils_the_invited_one_alone_is_read(world: World) -> None:
    await world.olga.send("/start")
    await world.olga.tap("Пригласить")
    await world.olga.send("У-701")
    with statements(world.db) as asked:
        await world.olga.tap("Пригласить родителя")
    assert "Приглашение родителю: Петров Миша Алексеевич, 7А" in world.olga.page
    assert [one for one in asked if "FROM pupils" in one and not re.search(r"pupils\.(id|code|person_id) (=|IN)", one)] == []


async def test_a_class_is_invited_one_code_after_another(world: World) -> None:
    await world.olga.send("/start")
    await world.olga.tap("Пригласить")
    await world.olga.send("У-701")
    await world.olga.tap("Пригласить родителя")
    await world.olga.send("У-702")
    assert world.olga.page.startswith("🔑 Шеуджен Дана")
    await world.olga.tap("Меню")
    await world.olga.send("У-701")  # who went back to the menu has left the talk
    assert world.olga.page.startswith("Не понял вас.")


async def test_an_unknown_code_is_asked_again(world: World) -> None:
    olga = world.olga
    await olga.send("/start")
    await olga.tap("Пригласить")
    await olga.send("У-000")
    assert olga.page.startswith("«У-000»: ни ученика вашей школы, ни сотрудника сети.")
    await olga.send("С-11")
    assert olga.page.startswith("🔑 Ким Павел Андреевич\nЦентр развития IT-образования")


async def test_an_access_is_ended_at_once(world: World) -> None:
    """Custody: what is open is closed, what waits is not sent."""
    olga, anna = world.olga, world.anna
    await anna.send("/start")
    await olga.send("/start")
    await olga.tap("Пригласить")
    await olga.send("У-402")
    await olga.tap("Прекратить: Анна")
    assert olga.page.startswith("⛔ Прекратить доступ?\n\nАнна сразу перестанет видеть всё о ребёнке (Вера, 4Б)")
    await world.member(2001, "Алексей").send(f"/start {await invited(world, 'guardian', 'У-402')}")
    await olga.tap("Подтвердить")
    assert olga.page.startswith("Готово: доступ прекращён.")
    await world.deliver()
    assert "Вера" not in anna.page
    async with world.db.read() as tx:
        open_ones = select(Guardianship.pupil_id).where(Guardianship.person_id == ANNA, Guardianship.until.is_(None))
        assert list(await tx.scalars(open_ones)) == [MISHA]


async def test_nobody_else_may_invite(world: World) -> None:
    page = await world.anna.send("/start")
    for data in ("invite", "invite.card:pupil:1", "invite.make:pupil:1:guardian", "invite.end:1:1:1"):
        await world.anna.press(page.id + 1, data)
        assert world.anna.toasts[-1].startswith("Это доступно не всем.")
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Invitation.id))) == 0


async def test_whom_to_invite_is_chosen_by_class(world: World) -> None:
    olga = world.olga
    await olga.send("/start")
    await olga.tap("Пригласить")
    assert (
        olga.page
        == "🔑 Кого пригласить?\n\nВыберите класс — или пришлите начало фамилии, например Петров. Можно одного за другим."
    )
    assert [list(row) for row in olga.buttons] == [["4Б", "7А"], ["👥 Сотрудники"], ["🏠 Меню"]]
    await olga.tap("7А")
    assert olga.page.startswith("🔑 7А: учеников — 2, семей вошло — 2")
    assert [row[0] for row in olga.buttons][:3] == ["✅ Петров Миша", "✅ Шеуджен Дана", "🖨 Карточки классу"]
    await olga.tap("Шеуджен Дана")
    assert olga.page.startswith("🔑 Шеуджен Дана Руслановна, 7А")
    await olga.send("петров")
    assert olga.page == "Подходят 2. Кто из них?"
    assert [row[0] for row in olga.buttons][:2] == ["Петрова Вера, 4Б", "Петров Миша, 7А"]
    await olga.send("Миша Петров")
    assert olga.page.startswith("🔑 Петров Миша Алексеевич, 7А")
    await olga.send("7a")  # a Latin a
    assert olga.page.startswith("🔑 7А: учеников — 2")
    await olga.send("Ким")
    assert olga.page.startswith("🔑 Ким Павел Андреевич\nЦентр развития IT-образования")


async def test_classmates_of_one_name_are_chosen_by_the_patronymic(world: World) -> None:
    """By the code only where the whole name is one."""
    names = ["Петров Миша Русланович", "Ким Али Муратович", "Ким Али Муратович"]
    async with world.db.write() as tx:
        for number, name in enumerate(names):
            tx.add(Pupil(code=f"У-79{number}", full_name=name, class_name="7А", class_year=2026, school_id=SCHOOL))
    await world.olga.send("/start")
    await world.olga.tap("Пригласить")
    await world.olga.tap("7А")
    assert [row[0] for row in world.olga.buttons][:4] == [
        "Ким Али Муратович, У-791",
        "Ким Али Муратович, У-792",
        "✅ Петров Миша Алексеевич",
        "Петров Миша Русланович",
    ]
    await world.olga.send("петров миша")
    assert [row[0] for row in world.olga.buttons][:2] == ["Петров Миша Алексеевич, 7А", "Петров Миша Русланович, 7А"]


async def test_the_cards_for_a_class_come_from_the_chat_and_live_fourteen_days(world: World) -> None:
    olga, newcomer = world.olga, world.stranger()
    async with world.db.write() as tx:
        tx.add(Pupil(code="У-703", full_name="Авджян Миша Карпович", class_name="7А", class_year=2026, school_id=SCHOOL))
    await olga.send("/start")
    await olga.tap("Пригласить")
    await olga.tap("7А")
    await olga.tap("Карточки классу")
    assert olga.page.startswith("🖨 Карточки для родителей: 7А\n\nФайл для печати: карточка каждому")
    assert [row[0] for row in olga.buttons][:2] == ["🖨 Кто ещё не вошёл: 1", "🖨 Всем: 3 карточки"]
    await olga.tap("Кто ещё не вошёл")
    file = olga.chat.messages[max(olga.chat.messages)]
    assert file.document is not None
    assert file.document.name == "Приглашения 7А.pdf"
    assert "7А: 1 карточка, до 23 ноября 2026, 12:00." in file.text
    by = await recognise(world.db, TELEGRAM[OLGA], world.app.settings)
    cards = await invite_classmates(world.db, MISHA, missing=False, by=by, at=Moment(world.now, ZONE))
    assert (await printed(cards, "bot", SAY)).count == 3
    letters = await make_invitation(world.db, "guardian", "У-703", now=world.now)
    await newcomer.send(letters.letters)
    assert "Ваш ребёнок: Миша" in newcomer.page


async def test_a_class_of_another_school_has_no_cards_for_this_coordinator(world: World) -> None:
    async with world.db.write() as tx:
        tx.add(Pupil(code="У-900", full_name="Чужой Иван", class_name="5А", class_year=2026, school_id=CENTRE))
        await tx.flush()
    page = await world.olga.send("/start")
    for data in ("invite.class:4:0", "invite.sheets:4:all", "invite.class:99:0"):
        await world.olga.press(page.id + 1, data)
        assert world.olga.toasts[-1].startswith("Этого больше нет")
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Invitation.id))) == 0


@pytest.mark.parametrize(
    ("others", "card"),
    [
        (["Шеуджен Дана"], "Миша"),
        (["Авджян Миша Карпович"], "Миша П."),
        (["Попов Миша Карпович"], "Миша Петров"),
        (["Петров Миша Карпович"], "Миша Алексеевич Петров"),
        (["Петров Миша Алексеевич"], None),
    ],
)
def test_children_of_one_name_are_told_apart_on_their_cards(others: list[str], card: str | None) -> None:
    assert name_apart("Петров Миша Алексеевич", others) == card
