"""Who a letter did not reach, or perhaps did not, is called: the coordinator's list says what, `doctor` that there is something."""

from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import delete, insert, select, text, update

from bot.notices.enrollment import ApplicationApproved, ApplicationDeclined
from bot.post.posting import post
from bot.services.enrollment.telling import tell_family
from bot.services.people.people import part
from storage.db import Database
from storage.doctor import violations, worth_knowing
from storage.migrate import migrate
from storage.tables import Call, Consent, Letter, Person
from tests.telegram.test_delivery import ToldWithButton, Unspeakable, heard, tell
from tests.timetable_world import ROBOTICS_THURSDAY, enroll, said
from tests.world import ANNA, MISHA, MISHA_HIMSELF, NOW, PAVEL, ROBOTICS, RUSLAN, VERA, Member, World, settle_the_network

APPROVED = ApplicationApproved(id_application=1, id_change="1", child="Миша", courses=["Робототехника"])
RUSLANS = "Руслан\n\n🗣 9 ноября, сказать:\n✉️ Сообщение не дошло.\nnever closed\n\nНомеров телефонов бот не хранит."
PAVELS = """Ким Павел Андреевич

🗣 9 ноября, сказать:
❔ Сообщение могло не дойти: Telegram не ответил.
для педагога

Номеров телефонов бот не хранит."""
DEAD = "letters that did not arrive: tell them by telephone (the coordinator's list «Позвонить»)"
UNKNOWN = "letters that may not have arrived: tell them by telephone (the coordinator's list «Позвонить»)"
SHUT_OUT = "letters to people who shut the bot out: tell them by telephone (the coordinator's list «Позвонить»)"
STAFF = "members of staff whom the bot cannot reach: they shut it out"


def block_unnoticed(phone: Member) -> None:
    """They shut the bot out, and it does not hear of it (its ear was away, or the account is gone)."""
    phone.chat.blocked = True


async def known(world: World) -> dict[str, int]:
    """What `doctor` says; that nothing is wrong is asked besides."""
    async with world.db.read() as tx:
        assert await violations(tx) == {}
        return await worth_knowing(tx)


async def unreachable(world: World, person: int) -> bool:
    async with world.db.read() as tx:
        return await tx.scalar(select(Person.unreachable_at).where(Person.id == person)) is not None


async def test_the_letter_that_first_meets_a_shut_door_is_told_by_telephone_with_all_that_waited(world: World) -> None:
    block_unnoticed(world.anna)
    async with world.db.write() as tx:
        await post(tx, ANNA, APPROVED, now=world.now, pupil_id=MISHA)
        later = ApplicationDeclined(id_application=2, id_change="2", child="Вера", courses=["Шахматы"], reason="класс занят")
        await post(tx, ANNA, later, now=world.now, pupil_id=VERA)
    await world.deliver()
    assert await unreachable(world, ANNA)
    assert await known(world) == {SHUT_OUT: 2}
    olga = world.olga
    await olga.send("/inbox")
    assert "Позвонить, потому что сообщение не дошло или бот семье не пишет: 2" in said(olga)
    await olga.tap("Позвонить: 2")
    assert said(olga).splitlines() == [
        "📞 Позвонить: 2",
        "",
        "Петров Миша Алексеевич, 7А",
        "",
        "🗣 9 ноября, сказать:",
        "🔇 Анна: сообщение не дошло, бот отключён.",
        "✅ Миша: школа одобрила заявление на курс «Робототехника». Теперь она запросит место у партнёра.",
        "",
        "Номеров телефонов бот не хранит: они у классного руководителя.",
    ]
    await olga.tap("Позвонили")
    assert "Петрова Вера Алексеевна, 4Б" in said(olga)
    assert await known(world) == {SHUT_OUT: 1}
    await olga.tap("Позвонили")
    assert said(olga).startswith("✅ Отмечено: семье сказали.\n\n📞 Звонить некому")
    assert await known(world) == {}
    await olga.tap("Нет, ещё не позвонили")
    assert await known(world) == {SHUT_OUT: 1}


async def test_a_letter_telegram_refuses_and_one_whose_answer_was_lost_twice_are_on_the_list(world: World) -> None:
    before = REGISTRY.get_sample_value("bot_letters_total", {"state": "unknown"}) or 0
    async with world.db.write() as tx:
        await post(tx, RUSLAN, Unspeakable(word="не скажешь"), now=world.now)
        await post(tx, PAVEL, ToldWithButton(word="для педагога"), now=world.now, role="teacher")
    for fault in (None, "cut_after", None, "cut_after"):  # Ruslan's is refused as it is
        world.sandbox.fail_next("sendMessage", fault)
    for _ in range(4):
        await world.deliver()
        world.clock.move(timedelta(minutes=1))
    assert await known(world) == {DEAD: 1, UNKNOWN: 1}
    assert REGISTRY.get_sample_value("bot_letters_total", {"state": "unknown"}) == before + 1
    olga = world.olga
    await olga.send("/inbox")
    await olga.tap("Позвонить: 2")
    pages = [said(olga)]
    await olga.tap("Позвонили")
    pages.append(said(olga))
    await olga.tap("Позвонили")
    assert pages == [
        f"📞 Позвонить: 2\n\n{RUSLANS}",
        f"✅ Отмечено: сказали.\n\n📞 Позвонить: 1\n\n{PAVELS}",
    ]
    assert said(olga).startswith("✅ Отмечено: сказали.")
    assert await known(world) == {}


async def test_a_member_of_staff_who_shut_the_bot_out_is_named_by_number_until_they_are_back(world: World) -> None:
    world.pavel.block()
    await world.settle()
    async with world.db.write() as tx:
        await post(tx, PAVEL, ToldWithButton(word="для педагога"), now=world.now, role="teacher")
    await world.deliver()
    assert await known(world) == {STAFF: 1}
    world.pavel.unblock()
    await world.settle()
    assert await known(world) == {}


async def test_who_shuts_the_bot_out_is_unreachable_at_once_and_what_waited_is_told(world: World) -> None:
    async with world.db.write() as tx:
        await post(tx, ANNA, APPROVED, now=world.now, pupil_id=MISHA)
    world.anna.block()
    await world.settle()
    assert await unreachable(world, ANNA)
    assert await known(world) == {SHUT_OUT: 1}
    assert world.sandbox.calls("sendMessage") == []


async def test_who_lets_the_bot_in_again_hears_from_then_on(world: World) -> None:
    world.anna.block()
    await world.settle()
    world.anna.unblock()
    await world.settle()
    assert not await unreachable(world, ANNA)
    await tell(world, "снова здесь")
    await world.deliver()
    assert heard(world) == ["снова здесь"]


@pytest.mark.parametrize("way", ["a message", "a press"])
async def test_any_use_of_the_bot_makes_a_person_reachable(world: World, way: str) -> None:
    await world.anna.send("/start")
    async with world.db.write() as tx:  # it was never told that she unblocked it
        await tx.execute(update(Person).where(Person.id == ANNA).values(unreachable_at=world.now))
    await (world.anna.send("/timetable") if way == "a message" else world.anna.tap("Настройки"))
    assert not await unreachable(world, ANNA)


async def test_counts_say_who_is_reached_and_beside_it_who_is_not(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await enroll(world.db, VERA, ROBOTICS)
    world.anna.block()
    await world.settle()  # Misha himself still has the bot; of Vera's family nobody has
    pavel = world.pavel
    await pavel.send("/start")
    await pavel.tap("Занятия")
    await pavel.tap("Робототехника")
    await pavel.tap("Отменить")
    if any("Без причины" in label for row in pavel.buttons for label in row):
        await pavel.tap("Без причины")
    assert "☎️ 1 семье бот написать не может: позвонит школа (список «Позвонить»)." in said(pavel)
    await pavel.tap("Подтвердить")
    assert said(pavel) == "Готово: предупредили 1 семью.\n☎️ 1 семье бот написать не может: позвонит школа (список «Позвонить»)."
    async with world.db.read() as tx:
        told = list(await tx.scalars(select(Letter.person_id).where(Letter.topic == f"lesson:{ROBOTICS_THURSDAY}")))
    assert told == [MISHA_HIMSELF]
    await world.olga.send("/inbox")
    await world.olga.tap("Позвонить: 1")
    assert said(world.olga).startswith(
        "📞 Позвонить семьям, которым бот не пишет: 1\n\nПетрова Вера Алексеевна, 4Б\n\n🗣 9 ноября, сказать:\n"
        "❌ Вера: занятие «Робототехника» отменяется.\nЕго не будет в четверг, 12 ноября, в 15:00."
    )


async def test_a_change_taken_back_before_the_call_leaves_nothing_to_say(world: World) -> None:
    await enroll(world.db, VERA, ROBOTICS)
    world.anna.block()
    await world.settle()
    pavel = world.pavel
    await pavel.send("/start")
    for label in ("Занятия", "Робототехника", "Перенести", "пт,", "Подтвердить"):
        await pavel.tap(label)
    assert await kinds(world) == ["lesson-moved"]
    await pavel.tap("Вернуть как было")
    assert await kinds(world) == []


async def test_nobody_is_called_about_a_lesson_that_is_over(world: World) -> None:
    await enroll(world.db, VERA, ROBOTICS)
    world.anna.block()
    await world.settle()
    await world.pavel.send("/start")
    for label in ("Занятия", "Робототехника", "Перенести", "пт,", "Подтвердить"):
        await world.pavel.tap(label)
    await world.pass_time(days=3, hours=23)  # Friday, 11:00: the lesson was to be on Thursday and is to be at 15:00
    assert await kinds(world) == ["lesson-moved"]
    await world.pass_time(hours=5)
    assert await kinds(world) == []


async def kinds(world: World) -> list[str]:
    """What somebody is to be called about."""
    async with world.db.read() as tx:
        return list(await tx.scalars(select(Call.kind).where(Call.done_at.is_(None))))


async def test_what_the_family_hears_from_somebody_else_is_no_call_once_it_is_known_who_is_away(world: World) -> None:
    world.anna.block()
    await world.settle()
    await world.pass_time(minutes=1)
    async with world.db.write() as tx:
        await post(tx, ANNA, APPROVED, now=world.now, pupil_id=MISHA)  # Misha has the bot
        await post(
            tx,
            ANNA,
            ApplicationApproved(id_application=2, id_change="2", child="Вера", courses=["Шахматы"]),
            now=world.now,
            pupil_id=VERA,
        )
    await world.pass_time(minutes=1)
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Call.pupil_id))) == [VERA]


async def test_a_family_that_wants_no_messages_is_called(world: World) -> None:
    async with world.db.write() as tx:
        await tx.execute(
            update(Consent).where(Consent.purpose == "messages", Consent.pupil_id == VERA).values(withdrawn_at=world.now)
        )
        notice = ApplicationApproved(id_application=2, id_change="2", child="Вера", courses=["Шахматы"])
        await tell_family(tx, VERA, notice, now=world.now)
    await world.deliver()
    assert world.sandbox.calls("sendMessage") == []
    await world.olga.send("/inbox")
    assert "Позвонить семьям, которым бот не пишет: 1" in said(world.olga)


async def test_a_guardian_whose_right_ended_is_not_called_any_more(world: World) -> None:
    block_unnoticed(world.anna)
    async with world.db.write() as tx:
        await post(tx, ANNA, APPROVED, now=world.now, pupil_id=MISHA)
    await world.deliver()
    assert await known(world) == {SHUT_OUT: 1}
    async with world.db.write() as tx:
        await part(tx, ANNA, MISHA, now=world.now, why="the guardianship was ended")
    assert await known(world) == {}


async def test_calls_about_letters_come_and_go_with_the_migration(empty_db: Database) -> None:
    await settle_the_network(empty_db)
    async with empty_db.write() as tx:
        for pupil in (MISHA, None, None):
            call = {"kind": "told", "facts": {}, "topic": "t", "version": "1", "created_at": NOW}
            made = await tx.execute(insert(Call).values(**call, pupil_id=pupil, person_id=ANNA).returning(Call.id))
            highest = made.scalar_one()
    await migrate(empty_db, "0002")
    async with empty_db.read() as tx:
        assert (await tx.execute(text("SELECT pupil_id FROM calls"))).scalars().all() == [MISHA]
    await migrate(empty_db)
    async with empty_db.write() as tx:
        again = await tx.execute(insert(Call).values(**call, pupil_id=VERA).returning(Call.id))
        assert again.scalar_one() == highest + 1  # never one of a call that is gone
        await tx.execute(delete(Call).where(Call.pupil_id == VERA))
    async with empty_db.read() as tx:
        assert [tuple(row) for row in await tx.execute(select(Call.pupil_id, Call.person_id))] == [(MISHA, None)]
