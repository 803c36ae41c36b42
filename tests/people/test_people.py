"""People: a stranger, the menu of each role, consent that opens and closes pages, letters that need it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.notices.people import GuardianJoined
from bot.policy import Person as Known
from bot.policy import Thing, can, may
from bot.post.posting import post
from bot.refusals import Refusal
from bot.services.people.consent import agree, choose
from bot.services.people.invitations import make_invitation
from bot.services.people.people import end_guardianship, recognise
from bot.telegram.commands import introduce
from storage.people import consent, people
from storage.tables import Application, Audit, Choice, Consent, Guardianship, Pupil
from tests.world import ANNA, IT, MISHA, OLGA, ROBOTICS, TELEGRAM, VERA, World


def labels(member: object) -> list[str]:
    return [label for row in member.buttons for label in row]  # type: ignore[attr-defined]


async def known(world: World, person: int) -> Known:
    return await recognise(world.db, TELEGRAM[person], world.app.settings)


async def withdraw_consent(world: World, person: int, pupil: int, *purposes: str) -> None:
    async with world.db.write() as tx:
        await tx.execute(
            update(Consent)
            .where(Consent.person_id == person, Consent.pupil_id == pupil, Consent.purpose.in_(purposes or ("processing",)))
            .values(withdrawn_at=world.now)
        )


# ── strangers ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_stranger_gets_a_polite_word_and_the_catalogue(world: World) -> None:
    stranger = world.stranger()
    await stranger.send("/start")
    assert "Чтобы войти, нужно приглашение школы." in stranger.page
    assert labels(stranger) == ["📚 Курсы", "❓ Помощь"]
    await stranger.send("Здравствуйте, я мама Миши")
    assert "Чтобы войти, нужно приглашение школы." in stranger.page
    await stranger.tap("Помощь")
    assert stranger.page.startswith("❓ Как войти")
    await stranger.send("/settings")
    assert stranger.page.startswith("Чтобы войти, нужно приглашение школы. Попросите его")


async def test_strangers_are_offered_their_commands_and_told_what_this_is(world: World) -> None:
    await introduce(world.app.bot)
    assert [each["command"] for each in world.stranger().commands] == ["start", "courses", "help"]
    profile = world.sandbox.telegram.profile
    assert profile.text("short_description", "ru") == "Курсы сети: заявления, расписание, журнал. Вход по приглашению школы."
    assert profile.text("short_description", "en").startswith("Courses of the school network")


# ── the menu ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "greeting", "buttons", "commands"),
    [
        (
            "anna",
            "👋 Здравствуйте, Анна!",
            ["Расписание", "Журнал", "Курсы", "Мои заявления", "Сообщения", "Настройки", "Помощь"],
            "start courses applications timetable journal settings mydata help",
        ),
        (
            "pavel",
            "👋 Здравствуйте, Павел!",
            ["Занятия", "Журнал", "Задачи", "Объявления", "Курсы", "Ресурсы", "Сообщения", "Настройки", "Помощь"],
            "start inbox courses timetable journal tasks settings mydata help",
        ),
        (
            "irina",
            "👋 Здравствуйте, Ирина!",
            [
                "Заявления",
                "Заявки",
                "Занятия",
                "Журнал",
                "Задачи",
                "Объявления",
                "Курсы",
                "Ресурсы",
                "Сообщения",
                "Настройки",
                "Помощь",
            ],
            "start inbox courses timetable journal tasks settings mydata help",
        ),
        (
            "olga",
            "👋 Здравствуйте, Ольга!",
            [
                "Заявления",
                "Заявки",
                "Занятия",
                "Журнал",
                "Задачи",
                "Объявления",
                "Документы",
                "Отчёты",
                "Сеть",
                "Пригласить",
                "Курсы",
                "Ресурсы",
                "Сообщения",
                "Настройки",
                "Помощь",
            ],
            "start inbox courses timetable journal tasks settings mydata help",
        ),
        (
            "sergey",
            "👋 Здравствуйте, Сергей!",
            ["Занятия", "Журнал", "Задачи", "Объявления", "Документы", "Отчёты", "Курсы", "Ресурсы", "Настройки", "Помощь"],
            "start inbox courses timetable journal tasks settings mydata help",
        ),
    ],
)
async def test_each_role_sees_its_own(world: World, who: str, greeting: str, buttons: list[str], commands: str) -> None:
    member = getattr(world, who)
    await member.send("/start")
    assert member.page == f"{greeting}\n\nЧто показать?"
    assert [label.split(maxsplit=1)[1] for label in labels(member)] == buttons
    assert " ".join(each["command"] for each in member.commands) == commands


async def test_who_is_teacher_and_mother_sees_both(world: World) -> None:
    made = await make_invitation(world.db, "guardian", "У-702", now=world.now)
    pavel = world.pavel
    await pavel.send(f"/start {made.payload}")
    await pavel.tap("Прочитать и согласиться")
    await pavel.tap("Согласен(на)")
    await pavel.tap("Меню")
    assert labels(pavel)[:6] == ["📅 Расписание", "📖 Журнал", "📚 Курсы", "📝 Мои заявления", "🧑‍🏫 Занятия", "✅ Задачи"]
    await pavel.send("/help")
    assert "Родителям." in pavel.page
    assert "Педагогу." in pavel.page


async def test_what_waits_most_is_said_in_one_line(world: World) -> None:
    async with world.db.write() as tx:
        paper = Application(pupil_id=MISHA, person_id=ANNA, state="submitted", created_at=world.now)
        tx.add(paper)
        await tx.flush()
        tx.add(Choice(application_id=paper.id, course_id=ROBOTICS, rank=1, state="offered", changed_at=world.now))
    await world.olga.send("/start")
    assert world.olga.page == "👋 Здравствуйте, Ольга!\n\n📥 Ждёт решения 1 заявление."
    await world.anna.send("/start")
    assert world.anna.page == "👋 Здравствуйте, Анна!\n\n🎉 Есть место на курсе: Миша. Ответьте в разделе «Мои заявления»."


async def test_what_nobody_understands_leads_back_to_the_menu(world: World) -> None:
    anna = world.anna
    await anna.send("что-нибудь")
    assert anna.page.startswith("🧭 Похоже, это здесь — нажмите:\n\n")
    assert labels(anna) == ["📚 Курсы", "💬 Передать педагогу или в школу", "🏠 Меню"]
    await anna.send("А что это такое")
    assert anna.page.startswith(
        "💬 Кому передать?\nПохоже, это вопрос. Сам я на него не отвечу. "
        "Нажмите, кому передать ваши слова, — или спросите здесь:\n\n«А что это такое»\n\n• Школа: "
    )
    assert labels(anna) == ["🏫 Миша: СОШ №8", "🏫 Вера: СОШ №8", "🏠 Меню"]
    await anna.tap("Меню")
    await anna.attach("photo.bin", b"123")
    await anna.send("/nonsense")
    assert anna.page.startswith("Не понял вас.")
    await anna.send("/cancel")
    assert anna.page.startswith("Хорошо, отменили.")
    await anna.press(anna.newest.id if anna.newest else 0, "no.such.page:1")
    assert anna.toasts[-1] == "Этого больше нет: страница устарела. Откройте меню: /start"


async def test_a_pupil_with_an_account_signs_nothing(world: World) -> None:
    made = await make_invitation(world.db, "student", "У-402", now=world.now)
    vera = world.member(2002, "Верочка")
    await vera.send(f"/start {made.payload}")
    assert vera.page.startswith("👋 Привет, Вера!")
    assert labels(vera)[:2] == ["📅 Расписание", "📖 Журнал"]


# ── consent ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_without_consent_the_pages_on_a_child_are_closed(world: World) -> None:
    await withdraw_consent(world, ANNA, VERA)
    anna = await known(world, ANNA)
    assert (set(anna.children), set(anna.wards)) == ({MISHA}, {MISHA, VERA})
    assert can(anna, "timetable.see", Thing(pupil_id=MISHA))
    assert not can(anna, "timetable.see", Thing(pupil_id=VERA))
    assert can(anna, "consent.give", Thing(pupil_id=VERA))
    await world.anna.send("/start")
    assert world.anna.page.endswith("📄 Нужно ваше согласие: Вера. Без него занятия и журнал закрыты.")
    assert labels(world.anna)[0] == "📄 Согласие: Вера"
    await world.anna.tap("Согласие: Вера")
    await world.anna.tap("Согласен(на)")
    assert (await known(world, ANNA)).children == {MISHA, VERA}


async def test_who_has_agreed_to_nothing_is_told_what_is_missing(world: World) -> None:
    await withdraw_consent(world, ANNA, MISHA)
    await withdraw_consent(world, ANNA, VERA)
    anna = await known(world, ANNA)
    assert not may(anna, "timetable.see")
    page = await world.anna.send("/start")
    await world.anna.press(page.id + 1, "timetable")
    assert world.anna.toasts[-1].startswith("Сначала нужно ваше согласие")


async def test_purposes_are_given_and_taken_back_one_by_one(world: World) -> None:
    await withdraw_consent(world, ANNA, VERA, "processing", "messages", "partner")
    anna = world.anna
    await anna.send("/start")
    await anna.tap("Согласие: Вера")
    await anna.tap("Выбрать по отдельности")
    assert anna.page.endswith("Без первой строки занятия и журнал закрыты.")
    assert labels(anna)[:2] == ["⬜ Обработка данных", "⬜ Сообщения в Telegram"]
    await anna.tap("Обработка данных")
    await anna.tap("Центр развития IT-образования")
    await anna.tap("Фотографии с занятий")
    await anna.tap("Фотографии с занятий")
    assert labels(anna)[:5] == [
        "✅ Обработка данных",
        "⬜ Сообщения в Telegram",
        "⬜ ЦДО",
        "✅ Центр развития IT-образования",
        "⬜ Фотографии с занятий",
    ]
    async with world.db.read() as tx:
        assert await consent.given(tx, ANNA, VERA) == {("processing", None), ("partner", IT)}
        taken_back = (await tx.scalars(select(Consent).where(Consent.purpose == "photographs"))).one()
    assert (taken_back.text_version, taken_back.basis) == ("2026-11", "законный представитель")
    assert taken_back.withdrawn_at == world.now
    await anna.tap("Обработка данных")
    assert anna.page.startswith("⚠️ Отозвать согласие?")


async def test_agreeing_twice_makes_no_second_record(world: World) -> None:
    anna = await known(world, ANNA)
    for _ in range(2):
        await agree(world.db, VERA, by=anna, now=world.now)
    async with world.db.read() as tx:
        records = await tx.scalars(select(Consent.purpose).where(Consent.person_id == ANNA, Consent.pupil_id == VERA))
        assert sorted(records) == ["messages", "partner", "partner", "processing"]


async def test_nobody_agrees_for_a_child_of_others(world: World) -> None:
    anna = await known(world, ANNA)
    with pytest.raises(Refusal, match="not-yours"):
        await agree(world.db, 3, by=anna, now=world.now)
    with pytest.raises(Refusal, match="not-yours"):
        await choose(world.db, 3, ("messages", None), agreed=True, by=anna, now=world.now)
    with pytest.raises(Refusal, match="gone"):
        await choose(world.db, MISHA, ("partner", 999), agreed=True, by=anna, now=world.now)
    with pytest.raises(Refusal, match="gone"):
        await choose(world.db, MISHA, ("diagnoses", None), agreed=True, by=anna, now=world.now)
    page = await world.anna.send("/start")
    await world.anna.press(page.id + 1, "consent:3")
    assert world.anna.toasts[-1].startswith("Этого больше нет")


@pytest.mark.parametrize("purpose", ["processing", "messages"])
async def test_letters_about_a_child_need_consent_when_they_are_sent(world: World, purpose: str) -> None:
    notice = GuardianJoined(child="Вера", guardian="Пётр", id_pupil=VERA, id_person=99)
    async with world.db.write() as tx:
        await post(tx, ANNA, notice, now=world.now, pupil_id=VERA, role="guardian")
    await withdraw_consent(world, ANNA, VERA, purpose)
    await world.deliver()
    assert world.anna.page == ""
    async with world.db.read() as tx:
        assert await people.families_of(tx, [MISHA, VERA]) == {MISHA: [ANNA, 9]}


async def test_children_are_named_with_whether_they_are_open(world: World) -> None:
    await withdraw_consent(world, ANNA, VERA)
    async with world.db.read() as tx:
        children = await people.children_of(tx, ANNA, 2026)
        assert [(child.first_name, child.class_name, child.consented) for child in children] == [
            ("Миша", "7А", True),
            ("Вера", "4Б", False),
        ]
        assert await consent.consented(tx, ANNA, MISHA)
        assert not await consent.consented(tx, ANNA, VERA)


# ── custody ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_guardianship_ends_once_and_on_record(world: World) -> None:
    olga = await known(world, OLGA)
    async with world.db.read() as tx:
        number = await tx.scalar(select(Guardianship.id).where(Guardianship.pupil_id == VERA))
    assert number is not None
    for hours in (0, 1):
        await end_guardianship(world.db, number, by=olga, now=world.now + timedelta(hours=hours))
    async with world.db.read() as tx:
        ended = await tx.scalar(select(Guardianship.until).where(Guardianship.id == number))
        audit = (await tx.scalars(select(Audit))).one()
        assert not await consent.consented(tx, ANNA, VERA)
    assert ended == world.now
    assert (audit.action, audit.person_id, audit.before) == ("guardianship.end", OLGA, {"person": ANNA, "pupil": VERA})
    with pytest.raises(Refusal, match="not-yours"):
        await end_guardianship(world.db, number, by=await known(world, ANNA), now=world.now)


async def test_a_coordinator_of_another_school_ends_nothing(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(update(Pupil).where(Pupil.id == VERA).values(school_id=IT))
        number = await tx.scalar(select(Guardianship.id).where(Guardianship.pupil_id == VERA))
    assert number is not None
    with pytest.raises(Refusal, match="not-yours"):
        await end_guardianship(world.db, number, by=await known(world, OLGA), now=world.now)
