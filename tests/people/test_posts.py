"""A post somebody holds: who opens an invitation to it waits for the holder's word, or after a day the director's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.policy import Person as Known
from bot.refusals import Refusal
from bot.services.people.entering import enter
from bot.services.people.invitations import make_invitation
from bot.services.people.people import recognise
from bot.services.people.posts import answer, seen
from bot.settings import Settings
from storage.db import Database
from storage.tables import Letter, Staff, Succession
from tests.world import NOW, OLGA, PAVEL, SERGEY, TELEGRAM, Member, World

NEW = 2001
SETTINGS = Settings(_env_file=None)


async def known(db: Database, telegram_id: int) -> Known:
    return await recognise(db, telegram_id, SETTINGS)


async def in_chat(world: World, code: str = "С-11") -> str:
    """The code of an invitation Olga has made with her buttons."""
    olga = world.olga
    await olga.send("/start")
    await olga.tap("Пригласить")
    await olga.send(code)
    await olga.tap(olga.buttons[0][0])
    return next(line for line in olga.page.splitlines() if "start=" in line)


async def holder_of(db: Database, code: str) -> int | None:
    async with db.read() as tx:
        return await tx.scalar(select(Staff.person_id).where(Staff.code == code))


async def claimed(world: World) -> Member:
    newcomer = world.member(NEW, "Кто-то")
    await newcomer.send(await in_chat(world))
    await world.deliver()
    return newcomer


async def test_an_invitation_made_in_chat_waits_for_the_holders_yes(world: World) -> None:
    newcomer = await claimed(world)
    assert newcomer.page == (
        "🕓 Должность сейчас занята: по приглашению на неё уже вошёл другой человек.\n\n"
        "Мы спросили его. Если он согласится, вы войдёте сразу, и бот вам напишет. "
        "Если сутки промолчит, ответить сможет директор. Ждём до 16 ноября 2026."
    )
    await newcomer.send("/timetable")
    assert "Робототехника" not in newcomer.page
    pavel = world.pavel
    assert pavel.page == (
        "🔑 Кто-то открыл приглашение на вашу должность. Запрос № 1.\n\n"
        "Пока вы не ответите, всё остаётся как есть. Через сутки ответить сможет и директор."
    )
    await pavel.tap("Открыть")
    assert pavel.page == (
        "🔑 Запрос № 1: передать должность?\n\nСетевой педагог — Ким Павел Андреевич\nЦентр развития IT-образования\n\n"
        "9 ноября 2026, 12:00 приглашение на неё открыли на другом телефоне.\n\n"
        "Если передать, прежний телефон сразу потеряет доступ. Если это вы сами с нового телефона — передавайте. "
        "Ответить можно до 16 ноября 2026."
    )
    await pavel.tap("Передать")
    assert pavel.page.endswith("✅ Передана.")
    await world.deliver()
    assert pavel.page.startswith("🔑 Ваша должность в боте передана другому телефону")
    assert newcomer.page == "✅ Должность ваша. Нажмите /start, чтобы начать."
    await newcomer.send("/start")
    assert newcomer.page.startswith("👋 Здравствуйте, Павел!")
    await pavel.send("/start")
    assert "Занятия" not in str(pavel.buttons)


async def test_a_no_leaves_everything_as_it_was(world: World) -> None:
    newcomer = await claimed(world)
    await world.pavel.tap("Открыть")
    page = world.pavel.newest
    assert page is not None
    await world.pavel.tap("Не передавать")
    await world.pavel.press(page.id, "post.answer:1:1")  # a yes that comes second changes nothing
    assert world.pavel.page.endswith("✖️ Не передана: прежний человек остался.")
    await world.deliver()
    assert newcomer.page.startswith("✖️ Запрос № 1: должность осталась за прежним человеком.")
    assert await holder_of(world.db, "С-11") == PAVEL


async def test_after_a_day_of_silence_the_director_is_asked(world: World) -> None:
    newcomer = await claimed(world)
    sergey = world.sergey
    await sergey.send("/start")
    heard = len(sergey.notices)
    await sergey.press(sergey.messages[-1].id, "post.ask:1")
    assert sergey.toasts[-1].startswith("Пока может ответить только тот, кто занимает должность. Вы — с 12:00")
    await world.pass_time(hours=23)
    assert not any("Запрос № 1" in text for text in sergey.notices[heard:])
    await world.pass_time(hours=1)
    assert sergey.page == "🔑 Запрос № 1 на передачу должности сутки без ответа. Решите, пожалуйста, вы."
    await sergey.tap("Открыть")
    await sergey.tap("Передать")
    await world.deliver()
    assert newcomer.page.startswith("✅ Должность ваша.")
    assert world.pavel.page.startswith("🔑 Ваша должность в боте передана")


async def test_the_director_is_not_asked_when_the_holder_has_answered(world: World) -> None:
    await claimed(world)
    await world.pavel.tap("Открыть")
    await world.pavel.tap("Не передавать")
    await world.pass_time(days=2)
    assert not any("Запрос № 1" in text for text in world.sergey.notices)


async def test_the_command_line_replaces_a_coordinator_who_is_gone(world: World) -> None:
    newcomer = world.member(NEW, "Кто-то")
    await newcomer.send(f"/start {(await make_invitation(world.db, 'coordinator', 'С-01', now=world.now)).payload}")
    assert newcomer.page.startswith("✅ Вы вошли как ответственный за сетевое взаимодействие.\n\n👋 Здравствуйте, Ольга!")
    await world.deliver()
    assert world.olga.page.startswith("🔑 Ваша должность в боте передана другому телефону, этот больше не видит её страниц.")
    await world.olga.send("/inbox")
    assert world.olga.page.startswith("Это доступно не всем")


async def test_opening_it_again_changes_nothing(world: World) -> None:
    link = await in_chat(world)
    newcomer = world.member(NEW, "Кто-то")
    for _ in range(2):
        await newcomer.send(link)
        assert newcomer.page.startswith("🕓 Должность сейчас занята")
    await world.stranger().send(link)
    assert world.stranger().page.startswith("Этот код не подходит")
    async with world.db.read() as tx:
        assert len(list(await tx.scalars(select(Succession.id)))) == 1
    own = await in_chat(world)
    await world.pavel.send(own)
    assert world.pavel.page.startswith("Вы уже вошли — всё в порядке")


# ── the same on both databases ──────────────────────────────────────────────────────────────────────────────────────


async def opened(db: Database, telegram_id: int = NEW, code: str = "С-11", role: str = "teacher", after: float = 0) -> int:
    """Somebody opens an invitation Olga has made `after` hours from noon. Returns the number of the asking."""
    at = NOW + timedelta(hours=after)
    made = await make_invitation(db, role, code, now=at, by=await known(db, TELEGRAM[OLGA]))
    entered = await enter(db, made.payload, telegram_id=telegram_id, now=at)
    assert entered.waits
    async with db.read() as tx:
        return (await tx.scalars(select(Succession.id).where(Succession.person_id == entered.person_id))).one()


async def test_nobody_else_may_answer_and_nobody_for_themself(db: Database) -> None:
    number = await opened(db)
    day = NOW + timedelta(days=1)
    for stranger in (TELEGRAM[OLGA], NEW, 5555):
        with pytest.raises(Refusal, match="not-yours"):
            await answer(db, number, yes=True, by=await known(db, stranger), now=day)
    with pytest.raises(Refusal, match="not-yours"):
        await answer(db, number + 1, yes=True, by=await known(db, TELEGRAM[PAVEL]), now=day)
    director = await known(db, TELEGRAM[SERGEY])
    with pytest.raises(Refusal, match="post-too-early"):
        await answer(db, number, yes=True, by=director, now=day - timedelta(seconds=1))
    assert await holder_of(db, "С-11") == PAVEL
    for _ in range(2):
        await answer(db, number, yes=True, by=director, now=day)
    assert await holder_of(db, "С-11") not in (PAVEL, None)
    async with db.read() as tx:
        kinds = sorted(await tx.scalars(select(Letter.kind).where(Letter.state == "new")))
    assert kinds == ["post-given", "post-passed"]


async def test_a_director_who_opens_an_invitation_does_not_say_yes_to_it(db: Database) -> None:
    number = await opened(db, TELEGRAM[SERGEY])
    with pytest.raises(Refusal, match="not-yours"):
        await answer(db, number, yes=True, by=await known(db, TELEGRAM[SERGEY]), now=NOW + timedelta(days=2))


async def test_after_a_week_the_asking_lapses_and_a_new_one_may_come(db: Database) -> None:
    first = await opened(db)
    pavel = await known(db, TELEGRAM[PAVEL])
    week = NOW + timedelta(days=7)
    await answer(db, first, yes=True, by=pavel, now=week)
    assert await holder_of(db, "С-11") == PAVEL
    assert (await seen(db, first, by=pavel, now=week)).how == "lapsed"
    second = await opened(db, 2002, after=7 * 24)
    assert (await seen(db, first, by=pavel, now=week)).how == "lapsed"
    await answer(db, second, yes=True, by=pavel, now=week)
    assert (await seen(db, second, by=pavel, now=week)).how == "agreed"


async def test_a_newer_asking_takes_the_place_of_an_older_one(db: Database) -> None:
    first = await opened(db)
    await opened(db, 2002, after=1)
    assert (await seen(db, first, by=await known(db, TELEGRAM[PAVEL]), now=NOW)).how == "replaced"
    made = await make_invitation(db, "teacher", "С-11", now=NOW)  # the command line
    await enter(db, made.payload, telegram_id=2003, now=NOW)
    async with db.read() as tx:
        assert list(await tx.scalars(select(Succession.how).order_by(Succession.id))) == ["replaced", "replaced"]
        told = await tx.execute(select(Letter.kind).where(Letter.state == "new").order_by(Letter.kind))
        assert [row.kind for row in told] == ["post-kept", "post-kept", "post-passed"]


async def test_a_post_that_is_gone_or_changed_hands_meanwhile_does_not_pass(db: Database) -> None:
    number = await opened(db)
    pavel = await known(db, TELEGRAM[PAVEL])
    async with db.write() as tx:
        await tx.execute(update(Staff).where(Staff.code == "С-11").values(archived_at=NOW))
    await answer(db, number, yes=True, by=pavel, now=NOW)
    assert await holder_of(db, "С-11") == PAVEL
    assert (await seen(db, number, by=pavel, now=NOW)).how == "replaced"
