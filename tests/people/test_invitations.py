"""Invitations: one use, a term, five wrong tries, and a code that may be typed as people type."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import Moment
from bot.refusals import Refusal
from bot.services.people import codes
from bot.services.people.entering import Entered, enter
from bot.services.people.invitations import link, make_invitation
from bot.services.people.sheets import invite_class
from bot.voice import voice
from storage.db import Database
from storage.tables import Guardianship, Invitation, Letter, Person, Staff, WrongCode
from tests.world import MISHA, NOW, ZONE, Member, World

SAY = voice("ru", ZONE)


async def invited(world: World, role: str, code: str) -> str:
    """The deep link's payload of a fresh invitation."""
    return (await make_invitation(world.db, role, code, now=world.now)).payload


async def test_a_new_parent_comes_in_by_the_link_reads_and_agrees(world: World) -> None:
    father = world.member(2001, "Алексей Петров")
    await father.send(f"/start {await invited(world, 'guardian', 'У-701')}")
    assert father.page.startswith("👋 Добро пожаловать! Школа пригласила вас как родителя.\n\nВаш ребёнок: Миша")
    await father.tap("Прочитать и согласиться")
    assert father.page.startswith("📄 Согласие: Миша, 7А")
    assert "• Центр развития IT-образования" in father.page
    await father.tap("Согласен(на)")
    assert father.page.startswith("✍️ Как вас зовут?")
    await father.send("папа")
    assert father.page.startswith("Не похоже на фамилию и имя.")
    await father.send("петров Алексей Иванович")
    assert father.page.startswith("✅ Спасибо! Миша, 7А: согласие записано.")
    await father.tap("Подробно")
    await father.tap("Меню")
    assert father.page == "👋 Здравствуйте, Алексей!\n\nЧто показать?"
    assert [label for row in father.buttons for label in row][:4] == [
        "📅 Расписание",
        "📖 Журнал",
        "📚 Курсы",
        "📝 Мои заявления",
    ]


async def test_the_other_guardians_hear_of_a_new_one_without_a_name(world: World) -> None:
    await world.member(2001, "Алексей Петров").send(f"/start {await invited(world, 'guardian', 'У-701')}")
    await world.deliver()
    assert world.anna.page.startswith("👪 Миша: по приглашению школы вошёл ещё один взрослый.\n\n")
    assert "Алексей" not in world.anna.page
    assert "Петров" not in world.anna.page


async def test_the_code_in_letters_is_read_as_people_type_it(world: World) -> None:
    made = await make_invitation(world.db, "guardian", " у-402 ", now=world.now)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", made.letters)
    look_alikes = made.letters.lower().translate(str.maketrans("abehkmopctyx10", "авенкморстухlo"))
    ruslan = world.ruslan
    await ruslan.send(f" {look_alikes.replace('-', ' – ')} ")
    assert "Ваш ребёнок: Вера" in ruslan.page


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7k3qx-m2par", "7K3QXM2PAR"),
        ("7K3QX M2PAR", "7K3QXM2PAR"),
        ("7к3qх—м2раr", "7K3QXM2PAR"),  # к, х, м, р and а are Cyrillic
        ("oiL23-45678", "0112345678"),
        ("７K3QX-M2PAR", "7K3QXM2PAR"),
        ("7K3QX-M2PA", None),
        ("7K3QX-M2PARR", None),
        ("7K3UX-M2PAR", None),
        ("расписание", None),
        ("basketball", None),
        ("", None),
    ],
)
def test_what_is_read_as_a_code(typed: str, read: str | None) -> None:
    assert codes.read(typed) == read


def test_a_code_made_is_always_read_back() -> None:
    for _ in range(2000):
        letters = codes.new_letters()
        assert codes.read(codes.shown(letters).lower()) == letters
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", codes.new_payload())


async def test_a_pasted_link_is_as_good_as_a_pressed_one(world: World) -> None:
    newcomer = world.stranger()
    await newcomer.send(link("school8_bot", await invited(world, "guardian", "У-702")))
    assert "Ваш ребёнок: Дана" in newcomer.page


async def test_pressing_the_link_twice_is_no_mistake(world: World) -> None:
    newcomer = world.stranger()
    payload = await invited(world, "guardian", "У-701")
    await newcomer.send(f"/start {payload}")
    await newcomer.send(f"/start {payload}")
    assert newcomer.page.startswith("Вы уже вошли — всё в порядке")
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(WrongCode.id))) == 0


async def test_wrong_used_and_expired_sound_the_same(world: World) -> None:
    wrong = "Этот код не подходит: в нём опечатка, им уже воспользовались или срок вышел. Проверьте и пришлите ещё раз"
    used, late = await invited(world, "guardian", "У-701"), await invited(world, "guardian", "У-701")
    await world.member(2001, "Алексей").send(f"/start {used}")
    newcomer = world.stranger()
    await newcomer.send(f"/start {used}")
    assert newcomer.page.startswith(wrong)
    await newcomer.send("/start nothing-of-ours")
    assert newcomer.page.startswith(wrong)
    world.clock.move(timedelta(hours=72))
    await newcomer.send(f"/start {late}")
    assert newcomer.page.startswith(wrong)


async def test_after_five_wrong_codes_even_the_right_one_must_wait(world: World) -> None:
    newcomer = world.stranger()
    right = await make_invitation(world.db, "guardian", "У-701", now=world.now)
    for number in range(5):
        await newcomer.send(f"22222-2222{number}")
    await newcomer.send(right.letters)
    assert newcomer.page == "Слишком много неверных кодов. Попробуйте снова в 12:15."
    world.clock.move(timedelta(minutes=15))
    await newcomer.send(right.letters)
    assert "Ваш ребёнок: Миша" in newcomer.page


async def test_guessing_is_told_to_the_coordinator_once_an_hour(world: World) -> None:
    async def guess(people: range) -> None:
        for telegram_id in people:
            for number in range(5):
                with pytest.raises(Refusal, match="code-wrong"):
                    await enter(world.db, f"22222-2222{number}", telegram_id=telegram_id, now=world.now)

    await guess(range(5000, 5010))
    await guess(range(5010, 5014))
    await world.deliver()
    assert "за час — 50 неверных или больше" in world.olga.page
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Letter.id)).where(Letter.kind == "codes-guessed")) == 1
    world.clock.move(timedelta(minutes=61))
    await guess(range(6000, 6010))
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Letter.id)).where(Letter.kind == "codes-guessed")) == 2


async def test_of_fifty_who_use_an_invitation_at_once_one_wins(db: Database) -> None:
    made = await make_invitation(db, "guardian", "У-701", now=NOW)

    async def race(telegram_id: int) -> Entered | Refusal:
        try:
            return await enter(db, made.payload, telegram_id=telegram_id, now=NOW)
        except Refusal as refusal:
            return refusal

    ends = await asyncio.gather(*(race(7000 + number) for number in range(50)))
    winners = [end for end in ends if isinstance(end, Entered)]
    assert len(winners) == 1
    assert {end.key for end in ends if isinstance(end, Refusal)} == {"code-wrong"}
    async with db.read() as tx:
        assert await tx.scalar(select(func.count(Person.id)).where(Person.telegram_id >= 7000)) == 1
        assert await tx.scalar(select(func.count(Guardianship.id)).where(Guardianship.pupil_id == MISHA)) == 2
        assert await tx.scalar(select(func.count(WrongCode.id))) == 49


async def test_only_hmacs_are_kept(db: Database) -> None:
    made = await make_invitation(db, "teacher", "с-11", now=NOW)
    async with db.read() as tx:
        kept = (await tx.scalars(select(Invitation))).one()
    assert len(kept.token_mac) == len(kept.code_mac) == 32
    assert made.payload.encode() not in kept.token_mac
    assert made.for_whom == "Ким Павел Андреевич"
    assert made.expires_at - NOW == timedelta(hours=72)


@pytest.mark.parametrize(
    ("role", "code", "sentence"),
    [
        ("guardian", "У-999", "Ученика с кодом «У-999» нет. Проверьте лист «Ученики»."),
        ("teacher", "С-99", "Сотрудника с кодом «С-99» нет. Проверьте лист «Сотрудники»."),
        ("director", "С-11", "С-11: в книге сети это педагог, а не директор."),
        ("king", "С-11", "Такой роли нет: «king». Можно: coordinator, director, teacher, partner, guardian, student."),
    ],
)
async def test_who_cannot_be_invited_is_said_plainly(world: World, role: str, code: str, sentence: str) -> None:
    from bot.voice import voice

    with pytest.raises(Refusal) as refused:
        await make_invitation(world.db, role, code, now=world.now)
    say = voice("ru", world.app.settings.zone)
    assert say.plain(refused.value.key, **refused.value.facts) == sentence


async def test_a_post_has_one_open_invitation_the_newest(world: World) -> None:
    first, second = await invited(world, "director", "С-02"), await invited(world, "director", "С-02")
    newcomer = world.stranger()
    await newcomer.send(f"/start {first}")
    assert newcomer.page.startswith("Этот код не подходит")
    await newcomer.send(f"/start {second}")
    assert newcomer.page.startswith("✅ Вы вошли как директор.\n\n👋 Здравствуйте, Сергей!")
    async with world.db.read() as tx:
        holder = await tx.scalar(select(Person.telegram_id).join(Staff, Staff.person_id == Person.id).where(Staff.code == "С-02"))
    assert holder == newcomer.id


async def test_a_class_is_invited_at_once(db: Database) -> None:
    made = await invite_class(db, "7a", at=Moment(NOW, ZONE))  # a Latin a
    assert [(each.first_name, each.where) for each in made] == [("Миша", "7А"), ("Дана", "7А")]
    with pytest.raises(Refusal, match="invite-empty-class"):
        await invite_class(db, "11Ж", at=Moment(NOW, ZONE))


LETTER = """Уважаемые родители 7А! Вопросы — по телефону 9181234567.

Ссылка:
https://t.me/school8_bot?start={payload}

Или код — его можно прислать боту:
{letters}

Действует один раз, до 12 ноября 2026, 12:00."""


@pytest.mark.parametrize(
    "text",
    [
        LETTER,
        "Здравствуйте! Мой код {letters}, спасибо",
        "Добрый день. Код:{letters}.",
        "Уважаемые родители! Телефон 9181234567, код {letters}",
        "Вот ссылка https://t.me/school8_bot?start={payload} от школы",
        "https://t.me/school8_bot?start=course_1 и https://t.me/school8_bot?start={payload}",
    ],
)
async def test_a_code_among_other_words_lets_in_as_the_bare_one_does(world: World, text: str) -> None:
    made = await make_invitation(world.db, "guardian", "У-702", now=world.now)
    newcomer = world.stranger()
    await newcomer.send(text.format(payload=made.payload, letters=made.letters))
    assert "Ваш ребёнок: Дана" in newcomer.page


@pytest.mark.parametrize(
    "text",
    ["Добрый день, как записаться на шахматы?", "https://t.me/school8_bot?start=course_1", "Мы из 7А, школа №8, 2026-2027"],
)
async def test_words_without_a_code_are_no_wrong_try(world: World, text: str) -> None:
    await world.stranger().send(text)
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(WrongCode.id))) == 0


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_no_name_breaks_a_page(world: World) -> None:
    for number, name in enumerate(("<b>Анна", "&lt;script>", "\u202eпетров", "\u200b", "😀" * 30)):
        member: Member = world.member(3000 + number, name)
        await member.send(f"/start {await invited(world, 'guardian', 'У-402')}")
        assert "Ваш ребёнок: Вера" in member.page
        await member.send("/start")
        assert member.page.startswith("👋 Здравствуйте")
    await world.deliver()
    assert [call.error for call in world.sandbox.log if call.error] == []
