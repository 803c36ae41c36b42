"""Custody, played: a father's guardianship is ended at noon. What he held, what waited for him, and what he tries next."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.notices.people import GuardianJoined
from bot.post.posting import post
from bot.services.people.invitations import make_anew, make_invitation
from bot.services.people.people import end_guardianship, part, recognise
from storage import outbox, unsaid
from storage.db import Database
from storage.people import invitations
from storage.tables import Consent, Guardianship, Invitation, Letter, Pupil
from tests import story
from tests.world import ANNA, MISHA, MISHA_HIMSELF, NOW, OLGA, TELEGRAM, VERA, Member, World

WRONG = "Этот код не подходит: в нём опечатка, им уже воспользовались или срок вышел."


async def sheet(world: World, role: str = "guardian", code: str = "У-701") -> str:
    return (await make_invitation(world.db, role, code, now=world.now)).payload


async def father_comes_in(world: World) -> Member:
    """Alexey is a guardian of Misha too, has agreed, and hears everything."""
    alexey = world.member(2001, "Алексей")
    await alexey.send(f"/start {await sheet(world)}")
    await alexey.tap("Прочитать и согласиться")
    await alexey.tap("Согласен(на)")
    await alexey.send("Котов Алексей Иванович")
    await alexey.tap("Подробно")
    await world.deliver()
    return alexey


async def ended(world: World, name: str = "Котов Алексей Иванович", code: str = "У-701") -> None:
    olga = world.olga
    await olga.send("/start")
    await olga.tap("Пригласить")
    await olga.send(code)
    await olga.tap(f"Прекратить: {name}")
    await olga.tap("Подтвердить")


async def test_an_older_sheet_lets_nobody_in_and_the_coordinator_hears_of_it(world: World) -> None:
    alexey = await father_comes_in(world)
    his, hers = await sheet(world), await sheet(world)
    childs = await sheet(world, "student")
    await ended(world)
    assert world.olga.page.startswith(
        "Готово: доступ прекращён. Всё, что ему не успели отправить, уже не уйдёт.\n\n"
        "✂️ Неиспользованные приглашения родителям тоже отменены: 2. По ним больше никто не войдёт.\n\n"
        "Выдать другому родителю новое взамен?"
    )
    for void in (his, hers, childs):
        await alexey.send(f"/start {void}")
        assert alexey.page.startswith(WRONG)
    await alexey.send("/start")
    assert "Миша" not in alexey.page
    await world.deliver()
    told = [text for text in world.olga.notices if text.startswith("🚪")]
    assert told == [f"🚪 Кто-то пробовал войти по отменённому приглашению № {number}. Никто не вошёл." for number in (2, 3, 4)]
    assert not any("Петров" in text or "Миша" in text for text in told)
    await world.olga.tap("Открыть")
    assert world.olga.page.startswith(
        "🚪 Пробовали войти по отменённому приглашению № 4\n\nРебёнок: Петров Миша Алексеевич, 7А\n"
        "Выдано: 9 ноября 2026, отменено: 9 ноября 2026 — когда прекратили доступ одному из взрослых. Никто не вошёл."
    )
    assert world.olga.page.endswith("• 9 ноября 2026, 12:00 — Котов Алексей Иванович")
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Guardianship.id)).where(Guardianship.until.is_(None))) == 3
        assert await tx.scalar(select(Pupil.person_id).where(Pupil.id == MISHA)) == MISHA_HIMSELF


async def test_a_sheet_that_had_expired_is_void_too_and_is_not_made_anew(world: World) -> None:
    await father_comes_in(world)
    expired = await sheet(world)
    world.clock.move(timedelta(hours=73))
    await sheet(world)
    await ended(world)
    assert "Неиспользованные приглашения родителям тоже отменены: 1." in world.olga.page
    world.clock.move(timedelta(hours=-50))  # set back: the sheet would be good again
    stranger = world.stranger()
    await stranger.send(f"/start {expired}")
    assert stranger.page.startswith(WRONG)
    await world.deliver()
    told = [text for text in world.olga.notices if text.startswith("🚪")]
    assert told == ["🚪 Кто-то пробовал войти по отменённому приглашению № 2. Никто не вошёл."]


async def test_a_void_sheet_tried_again_and_again_is_told_once_an_hour(world: World) -> None:
    await father_comes_in(world)
    void = await sheet(world)
    await ended(world)
    stranger = world.stranger()
    for _ in range(3):
        await stranger.send(f"/start {void}")
    await world.deliver()
    assert len([text for text in world.olga.notices if text.startswith("🚪")]) == 1
    await world.pass_time(hours=1)
    await stranger.send(f"/start {void}")
    await world.deliver()
    assert len([text for text in world.olga.notices if text.startswith("🚪")]) == 2
    await world.olga.tap("Открыть")
    assert "незнакомый телефон" in world.olga.page


async def test_the_other_parents_sheets_are_made_anew_with_one_button(world: World) -> None:
    await father_comes_in(world)
    await sheet(world)
    await ended(world)
    assert world.olga.buttons[0] == ["👪 Выдать новые: 1"]
    page = world.olga.newest
    assert page is not None
    await world.olga.tap("Выдать новые")
    assert world.olga.page.startswith("👪 Приглашение родителю: Петров Миша Алексеевич, 7А")
    await world.olga.press(page.id, f"invite.anew:{MISHA}")
    assert world.olga.toasts[-1] == "Новые приглашения уже выданы."
    link = next(line for line in world.olga.page.splitlines() if "start=" in line)
    grandmother = world.member(2002, "Мария")
    await grandmother.send(link)
    assert "Ваш ребёнок: Миша" in grandmother.page


async def test_what_waited_for_him_is_never_said_and_nothing_of_it_is_kept(world: World) -> None:
    await story.apply(world)
    await story.decide(world)
    alexey = await father_comes_in(world)
    heard = len(alexey.notices)
    await story.move(world)  # the letter of the moved lesson is told; the mark below waits
    heard = len(alexey.notices)
    for mark in ("5", "5 4"):
        await world.pavel.attach("журнал.csv", story.journal(f"05.11.2026;Г-01;У-701;{mark};;Датчики;"))
        await world.pavel.tap("Применить")
    await ended(world)
    await world.deliver()
    assert alexey.notices[heard:] == []
    async with world.db.read() as tx:
        rows = (await tx.execute(select(Letter.state, Letter.facts, Letter.kind).where(Letter.state == "cancelled"))).all()
        assert rows
        assert [row for row in rows if row.facts is not None] == []
    assert any("4" in text and "Робототехника" in text for text in world.anna.notices)


async def test_his_data_hold_only_what_he_was_really_told_about_children_still_his(world: World) -> None:
    await story.apply(world)
    await story.decide(world)
    alexey = await father_comes_in(world)
    await alexey.send(f"/start {await sheet(world, code='У-402')}")  # Vera stays his
    await alexey.tap("Прочитать и согласиться")
    await alexey.tap("Согласен(на)")
    await story.move(world)
    await story.mark(world)
    await ended(world)
    await alexey.send("/mydata")
    assert "Дети: Вера (4Б)" in alexey.page
    assert "Отметок: 0" in alexey.page
    for button in ("Скачать файл", "JSON"):
        await alexey.send("/mydata")
        await alexey.tap(button)
        assert alexey.newest is not None
        whole = (await alexey.file(alexey.newest)).decode()
        assert "Вера" in whole
        for foreign in ("Миша", "Робототехника", "каб. 2", "lesson-moved", "mark-"):
            assert foreign not in whole, (button, foreign)


async def test_his_old_buttons_open_nothing(world: World) -> None:
    await story.apply(world)
    await story.decide(world)
    alexey = await father_comes_in(world)
    for command in ("/timetable", "/journal", "/applications", "/courses", "/mydata", "/settings"):
        await alexey.send(command)
        for label in [label for row in alexey.buttons for label in row if "Меню" not in label]:
            await alexey.send(command)
            if any(label in row for row in alexey.buttons):
                await alexey.tap(label)
    await ended(world)
    pressed = 0
    for message, data in {data.partition(":")[0]: (message, data) for message, data in sorted(alexey.shown)}.values():
        if data.startswith(("mydata.sure", "settings.")):
            continue
        heard = len(alexey.notices)
        query = await alexey.press(message, data)
        said = [*alexey.notices[heard:], str((query.answer or {}).get("text", ""))]
        assert not any("Миш" in text or "Петров" in text for text in said), data
        pressed += 1
    assert pressed > 15
    async with world.db.read() as tx:
        assert await tx.scalar(
            select(func.count(Consent.id)).where(Consent.pupil_id == MISHA, Consent.person_id != ANNA, Consent.withdrawn_at.is_(None))
        ) == 0  # fmt: skip


async def test_who_comes_in_again_by_a_new_sheet_is_told_to_the_coordinator_and_the_mother(world: World) -> None:
    alexey = await father_comes_in(world)
    await ended(world)
    await alexey.send(f"/start {await sheet(world)}")
    assert "Ваш ребёнок: Миша" in alexey.page
    await world.deliver()
    assert world.olga.page == (
        "⚠️ Взрослый, которому вы прекратили доступ к ребёнку, вошёл снова — по новому приглашению № 2.\n\n"
        "Если приглашение было не ему, прекратите доступ: карточка ребёнка — по кнопке."
    )
    await world.olga.tap("Открыть")
    assert "Прекратить: Котов Алексей Иванович" in " ".join(label for row in world.olga.buttons for label in row)
    assert world.anna.page.startswith("👪 Миша: по приглашению школы вошёл ещё один взрослый.")


# ── the pupil's own account ─────────────────────────────────────────────────────────────────────────────────────────


async def test_a_pupils_account_works_only_while_a_guardians_consent_stands(world: World) -> None:
    await ended(world, "Анна")
    misha = world.misha
    closed = (
        "🔒 Привет, Миша! Пока бот закрыт: согласие на твои данные даёт родитель, а сейчас его нет. "
        "Когда родитель согласится, всё откроется само."
    )
    for text in ("/start", "что задали?", "/menu"):
        await misha.send(text)
        assert (misha.page, misha.buttons) == (closed, [])
    for command in ("/timetable", "/journal", "/applications"):
        await misha.send(command)
        assert "Робототехника" not in misha.page
    async with world.db.write() as tx:
        joined = GuardianJoined(child="Миша", guardian="Мария", id_pupil=MISHA, id_person=77)
        await post(tx, MISHA_HIMSELF, joined, now=world.now, pupil_id=MISHA, role="student")
    heard = len(misha.notices)
    await world.deliver()
    assert misha.notices[heard:] == []
    await father_comes_in(world)  # agrees
    await misha.send("/start")
    assert misha.page.startswith("👋 Привет, Миша!")


async def test_a_pupils_card_is_told_to_the_guardians_and_to_the_phone_it_displaces(world: World) -> None:
    phone = world.member(2003, "Мишин новый")
    await phone.send(f"/start {await sheet(world, 'student')}")
    assert phone.page.startswith("👋 Привет, Миша!")
    await world.deliver()
    assert world.anna.page == (
        "🎒 Миша: карточку ученика открыли на другом телефоне. На прежнем бот больше ничего не покажет.\n"
        "Если это сделал не ваш ребёнок, напишите ответственному за сетевые курсы."
    )
    assert world.misha.page == (
        "🎒 Карточку ученика открыли на другом телефоне, поэтому здесь бот больше ничего не покажет. "
        "Если это сделал кто-то чужой, скажите родителям или школе."
    )
    await world.misha.send("/timetable")
    assert world.misha.page.startswith("Это доступно не всем")
    veras = world.member(2004, "Вера")
    await veras.send(f"/start {await sheet(world, 'student', 'У-402')}")
    await world.deliver()
    assert world.anna.page.startswith("🎒 Вера: открыли карточку ученика. На том телефоне видны расписание и отметки.")


async def test_a_mother_who_opens_her_sons_card_stays_who_she_is(world: World) -> None:
    anna, card = world.anna, await sheet(world, "student")
    await anna.send(f"/start {card}")
    assert anna.page.startswith("Эта карточка — для телефона самого ребёнка, а вы вошли как взрослый")
    await anna.send("/start")
    assert anna.page.startswith("👋 Здравствуйте, Анна!")
    await story.apply(world)
    await story.decide(world)
    assert any(text.startswith("🎉 Миша:") for text in anna.notices)  # as a guardian hears it, never «тебя»
    assert not any("Тебя" in text or "тебя" in text for text in anna.notices)
    await anna.send("/mydata")
    assert "Дети: Миша (7А), Вера (4Б)" in anna.page
    await world.deliver()
    assert not any(text.startswith("🎒") for text in anna.notices)
    phone = world.member(2003, "Миша")
    await phone.send(f"/start {card}")  # the card has stayed good
    assert phone.page.startswith("👋 Привет, Миша!")
    await world.pavel.send(f"/start {await sheet(world, 'student', 'У-402')}")
    assert world.pavel.page.startswith("Эта карточка — для телефона самого ребёнка")


async def test_a_child_with_its_mothers_sheet_does_not_become_its_own_guardian(world: World) -> None:
    hers = await sheet(world)
    await world.misha.send(f"/start {hers}")
    assert world.misha.page.startswith("На этом телефоне вошёл ученик, а это приглашение — взрослому.")
    await world.misha.send("/start")
    assert world.misha.page.startswith("👋 Привет, Миша!")
    alexey = world.member(2001, "Алексей")
    await alexey.send(f"/start {hers}")
    assert "Ваш ребёнок: Миша" in alexey.page


async def test_a_mother_who_opened_the_childs_card_first_becomes_who_her_own_sheet_says(world: World) -> None:
    """Nobody has agreed for Vera yet: her account is closed, and the mother's own sheet puts it right."""
    await ended(world, "Анна", "У-402")
    maria = world.member(2002, "Мария Петрова")
    await maria.send(f"/start {await sheet(world, 'student', 'У-402')}")
    assert maria.page.startswith("🔒 Привет, Вера!")
    await maria.send(f"/start {await sheet(world, code='У-402')}")
    assert "Ваш ребёнок: Вера" in maria.page
    await maria.tap("Прочитать и согласиться")
    await maria.tap("Согласен(на)")
    await maria.send("Иванова Мария Петровна")
    await maria.send("/start")
    assert maria.page.startswith("👋 Здравствуйте, Мария!")


async def test_the_coordinator_disconnects_a_card_opened_on_the_wrong_phone(world: World) -> None:
    olga = world.olga
    await olga.send("/start")
    await olga.tap("Пригласить")
    await olga.send("У-701")
    await olga.tap("Отключить ученика: Миша")
    assert olga.page.startswith("⛔ Отключить вход ученика?")
    await olga.tap("Подтвердить")
    assert olga.page.startswith("Готово: вход ученика отключён.")
    await world.misha.send("/timetable")
    assert world.misha.page.startswith("Это доступно не всем")


# ── the same on both databases ──────────────────────────────────────────────────────────────────────────────────────


async def test_the_end_voids_on_both_databases_and_new_sheets_are_counted(db: Database) -> None:
    from bot.policy import Person, Post
    from tests.world import SCHOOL

    olga = Person(OLGA, TELEGRAM[OLGA], posts=frozenset({Post("coordinator", 1, SCHOOL)}))
    for code, role in (("У-701", "guardian"), ("У-701", "guardian"), ("У-701", "student"), ("У-402", "guardian")):
        await make_invitation(db, role, code, now=NOW)
    async with db.read() as tx:
        of_anna = (
            await tx.scalars(select(Guardianship.id).where(Guardianship.person_id == ANNA, Guardianship.pupil_id == MISHA))
        ).one()
    for _ in range(2):
        await end_guardianship(db, of_anna, by=olga, now=NOW + timedelta(hours=1))
    async with db.read() as tx:
        open_ones = list(await tx.scalars(select(Invitation.pupil_id).where(Invitation.voided_at.is_(None))))
        assert open_ones == [VERA]
        assert await invitations.to_make_anew(tx, MISHA) == 2
    assert len(await make_anew(db, MISHA, now=NOW + timedelta(hours=2), by=olga)) == 2
    assert await make_anew(db, MISHA, now=NOW + timedelta(hours=3), by=olga) == []


async def test_every_way_in_which_a_letter_is_cancelled_empties_it(db: Database) -> None:
    def joined(person: int) -> GuardianJoined:
        return GuardianJoined(child="Миша", guardian="Пётр", id_pupil=MISHA, id_person=person)

    async def kept() -> list[tuple[str, bool]]:
        async with db.read() as tx:
            return [(row.state, row.facts is None) for row in (await tx.scalars(select(Letter).order_by(Letter.id))).all()]

    async with db.write() as tx:
        for number in range(5):
            await post(tx, ANNA, joined(100 + number), now=NOW, pupil_id=MISHA, role="guardian")
        first, *_ = list(await tx.scalars(select(Letter.id).order_by(Letter.id)))
        await unsaid.cancel(tx, [first])
        await unsaid.cancel_topic(tx, joined(101).topic, "answered")
    assert await kept() == [("cancelled", True)] * 2 + [("new", False)] * 3
    async with db.write() as tx:
        claimed = await outbox.claim(tx, outbox.Hands("w", timedelta(minutes=2), people=1, per_person=1), now=NOW, seen=NOW)
        late = outbox.Outcome(claimed[0].id, "cancelled", error="expired", attempted=False)
        await outbox.record(tx, [late], owner="w", now=NOW)
    assert await kept() == [("cancelled", True)] * 3 + [("new", False)] * 2
    async with db.write() as tx:
        await part(tx, ANNA, MISHA, now=NOW, why="the guardianship was ended")
    assert await kept() == [("cancelled", True)] * 5


async def test_who_is_the_pupil_is_asked_in_one_way_on_both_databases(db: Database) -> None:
    from bot.settings import Settings

    settings = Settings(_env_file=None)
    assert (await recognise(db, TELEGRAM[MISHA_HIMSELF], settings)).own == {MISHA}
    async with db.write() as tx:
        await part(tx, ANNA, MISHA, now=NOW, why="the guardianship was ended")
    left = await recognise(db, TELEGRAM[MISHA_HIMSELF], settings)
    assert (set(left.own), set(left.closed), set(left.roles)) == (set(), {MISHA}, set())
