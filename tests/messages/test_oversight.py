"""The coordinator's log: who, when, about what; a conflict said to both sides before it is read; what is erased with whom."""

from __future__ import annotations

import json

from sqlalchemy import func, insert, select

from bot.services.people.mydata import withdraw
from storage.db import Database
from storage.people.everything import everything
from storage.tables import Audit, Consent, Document, Guardianship, Letter, Thread, ThreadMessage, ThreadRead
from tests.messages.cast import TO_PAVEL, TO_SCHOOL, answered, wrote
from tests.messages.test_messages import PDF, labels
from tests.surveys.cast import the_cast
from tests.telegram.talks import tapped
from tests.timetable_world import enroll, said
from tests.world import ANNA, MISHA, PAVEL, ROBOTICS, RUSLAN, World

SECRET = "Миша часто болеет"


async def test_the_log_says_who_and_when_and_a_conflict_is_said_to_both_sides_before_it_is_read(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    anna, pavel, olga = world.anna, world.pavel, world.olga
    sent = await wrote(world.db, ANNA, TO_PAVEL, SECRET, world.now)
    await answered(world.db, PAVEL, sent.thread_id, "Не хамите", world.now)
    await world.deliver()
    await tapped(anna, "", "Прочитать", "Пожаловаться")
    assert said(anna).startswith("🚩 Пожаловаться на переписку?")
    await anna.tap("🚩 Пожаловаться")
    assert said(anna).startswith("🚩 Жалоба ушла: её прочитает 1 ответственный.")
    await world.deliver()
    assert said(olga) == f"🚩 Пожаловались на переписку № {sent.thread_id}. Кто и когда писал — на её странице."
    await olga.tap("Открыть в журнале")
    assert said(olga) == (
        f"📒 Переписка № {sent.thread_id}\nСемья: Петров Миша Алексеевич ↔ Педагог Ким Павел Андреевич\nобщий вопрос\n\n"
        "🚩 9 ноября на неё пожаловались.\n\n"
        "• пн, 9 нояб., 12:00 — Педагог, Павел\n• пн, 9 нояб., 12:00 — Родитель, Анна"
    )
    await olga.tap("Назад")
    assert said(olga) == (
        "📒 Журнал переписок\nКто, когда и о чём. Содержания здесь нет: оно открывается только в споре, и сначала бот говорит об "
        "этом обеим сторонам.\n\n1. 🚩 Семья: Петров Миша Алексеевич ↔ Педагог Ким Павел Андреевич\n"
        "общий вопрос · 2 письма, последнее пн, 9 нояб., 12:00"
    )
    await tapped(olga, "", "1. Семья", "Открыть из-за спора")
    await olga.send("Жалоба на грубость")
    assert said(olga).startswith(f"⚖️ Открыть переписку № {sent.thread_id}?\nСначала письмо получат обе стороны: 2 человека.")
    await olga.tap("Подтвердить")
    await olga.tap("Показать переписку")  # the letters have not left
    assert olga.toasts[-1] == ("Письма сторонам ещё не ушли: переписка откроется после них. В тихие часы это будет утром.")
    await world.deliver()
    for side in (anna, pavel):
        assert said(side).startswith("⚖️ Ответственный за сетевые курсы открывает вашу переписку, чтобы разобрать спор.")
    await olga.tap("Показать переписку")
    assert said(olga) == (
        f"⚖️ Переписка № {sent.thread_id}, открыта 9 ноября\n"
        "Семья: Петров Миша Алексеевич ↔ Педагог Ким Павел Андреевич\nобщий вопрос\nПричина: Жалоба на грубость\n\n"
        f"Родитель, пн, 9 нояб., 12:00\n{SECRET}\n\nПедагог, пн, 9 нояб., 12:00\nНе хамите"
    )
    await anna.tap("Прочитать")
    assert "⚖️ 9 ноября: переписку открыл ответственный. Причина: Жалоба на грубость" in said(anna)
    # what is written afterwards is not opened with it
    await answered(world.db, ANNA, sent.thread_id, "Ещё слово", world.now)
    await tapped(olga, "", "Назад", "Спор 9 ноября")
    assert "Ещё слово" not in said(olga)
    # whoever writes what they should not, writes to the coordinator alone
    await tapped(olga, "", "Назад", "Закрыть: Педагог, Павел")
    await olga.send("Грубит семьям")
    await olga.tap("Подтвердить")
    assert said(olga).startswith("🚫 Закрыто. Письмо об этом ушло.")
    await world.deliver()
    assert said(pavel).startswith("🚫 Ответственный закрыл вам переписку с педагогами и партнёрами.")
    await tapped(pavel, "", "Сообщения", "1. Семья")
    assert said(pavel).endswith("🔒 Ответственный закрыл вам эту переписку. Причина: Грубит семьям. Ответственному писать можно.")
    await olga.tap("Вернуть: Педагог, Павел")
    await tapped(pavel, "/start", "Сообщения", "1. Семья")
    assert "↩️ Ответить" in labels(pavel)
    async with world.db.read() as tx:
        lines = (await tx.execute(select(Audit.action, Audit.person_id).where(Audit.thing.in_(("thread", "person"))))).all()
        letters = json.dumps([list(row) for row in await tx.execute(select(Letter.facts, Letter.topic))], ensure_ascii=False)
        audit = str([list(row) for row in await tx.execute(select(Audit.before, Audit.after, Audit.reason))])
    assert [line.action for line in lines] == ["thread.reported", "thread.conflict", "writing.stopped", "writing.let"]
    assert SECRET not in letters + audit  # no word of a letter anywhere but in its thread
    assert "хамите" not in letters + audit


async def test_what_is_written_goes_with_who_wrote_it_and_a_childs_threads_with_the_child(world: World) -> None:
    """Two guardians: one leaves, and what they wrote is nobody's and says nothing; the last one leaves, and nothing is left."""
    await enroll(world.db, MISHA, ROBOTICS)
    await _second_guardian(world.db, world)
    sent = await wrote(world.db, ANNA, TO_PAVEL, SECRET, world.now)
    await answered(world.db, PAVEL, sent.thread_id, "Ким отвечает", world.now)
    await answered(world.db, RUSLAN, sent.thread_id, "Руслан пишет", world.now)
    await tapped(world.anna, "/start", "Сообщения", "1. Педагог", "Написать ещё")
    await world.anna.attach("справка.pdf", PDF)
    await wrote(world.db, ANNA, TO_SCHOOL, "В школу", world.now)
    async with world.db.read() as tx:
        held = await everything(tx, ANNA, [MISHA])
    assert held is not None
    assert [(one.side, one.words, one.file) for one in held.messages] == [
        ("guardian", SECRET, None),
        ("teacher", "Ким отвечает", None),
        ("guardian", "Руслан пишет", None),
        ("guardian", "", "справка.pdf"),
        ("guardian", "В школу", None),
    ]
    await withdraw(world.db, MISHA, by=await the_cast(world.db, ANNA), now=world.now)
    await tapped(world.ruslan, "/start", "Сообщения", "Педагог")
    page = said(world.ruslan)
    assert page.count("Сообщение стёрто вместе с данными того, кто его написал.") == 2
    assert "Ким отвечает" in page
    assert SECRET not in page
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count(Document.id)).where(Document.kind == "message")) == 0
    await withdraw(world.db, MISHA, by=await the_cast(world.db, RUSLAN), now=world.now)
    async with world.db.read() as tx:
        for table in (Thread, ThreadMessage, ThreadRead):
            assert await tx.scalar(select(func.count()).select_from(table)) == 0
    await world.deliver()
    assert "Новое сообщение" not in str(world.pavel.notices[-1:])


async def _second_guardian(db: Database, world: World) -> None:
    consents = [
        {
            "person_id": RUSLAN,
            "pupil_id": MISHA,
            "purpose": purpose,
            "text_version": "2026-08",
            "basis": "законный представитель",
            "given_at": world.now,
        }
        for purpose in ("processing", "messages")
    ]
    async with db.write() as tx:
        await tx.execute(insert(Guardianship).values(person_id=RUSLAN, pupil_id=MISHA, since=world.now))
        await tx.execute(insert(Consent), consents)
