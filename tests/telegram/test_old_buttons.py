"""A thing replaced in place: the old page's button shows how it stands, and does nothing to what nobody has looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import func, insert, select, update

from bot.clock import Moment
from bot.services.deciding.deciding import Verdict, decide, undo
from bot.services.enrollment.applications import extend
from bot.services.timetable.lessons import move_lesson
from bot.telegram.pressed import AlsoOld
from storage.tables import Choice, Consent, Entry, Guardianship, Lesson, LessonChange, Organization, PlaceOffer
from tests.enrollment_world import (
    ANNA_HERSELF,
    IRINA_HERSELF,
    OLGA_HERSELF,
    RUSLAN_HIMSELF,
    TODAY,
    approved,
    choices,
    drawn,
    handed_in,
    requested,
    state_of,
)
from tests.offers.test_offers import a_line, first_leaves, states
from tests.story import journal
from tests.timetable_world import ROBOTICS_THURSDAY, at, enroll, said
from tests.world import ANNA, CHESS, DANA, IT, MISHA, ROBOTICS, VERA, ZONE, Member, World

CHANGED = "Пока вы решали, здесь кое-что изменили. Посмотрите, как теперь, и подтвердите ещё раз."
LESSON_CHANGED = "Пока вы решали, занятие изменили. Откройте его ещё раз: /timetable"


def button(who: Member, label: str) -> tuple[int, str]:
    """The newest page and what its button with these words carries."""
    assert who.newest is not None
    return who.newest.id, next(one.data or "" for one in who.newest.buttons if label in one.label)


def without_stamp(data: str) -> str:
    """The button as it was before it carried one."""
    return data.rpartition(":")[0]


async def standing(world: World) -> tuple[datetime, str | None, bool]:
    async with world.db.read() as tx:
        lesson = (await tx.scalars(select(Lesson).where(Lesson.id == ROBOTICS_THURSDAY))).one()
        return lesson.starts_at, lesson.place, lesson.cancelled_at is not None


async def marks(world: World) -> list[str]:
    async with world.db.read() as tx:
        return list(await tx.scalars(select(Entry.value).where(Entry.removed_at.is_(None), Entry.kind == "mark")))


async def of_thursday(world: World, *labels: str) -> None:
    await world.irina.send("/timetable")
    for label in ("Робототехника", *labels):
        await world.irina.tap(label)


# ── the journal ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_file_that_waited_does_not_undo_what_was_entered_since(world: World) -> None:
    pavel = world.pavel
    await enroll(world.db, MISHA, ROBOTICS)
    await pavel.attach("первый.csv", journal("05.11.2026;Г-01;У-701;4;;Датчики;"))
    page, data = button(pavel, "Применить")
    plan = pavel.chat.messages[page]
    await pavel.attach("второй.csv", journal("05.11.2026;Г-01;У-701;5;;Датчики;"))
    await pavel.tap("Применить")
    for old in (data, without_stamp(data)):
        await pavel.press(page, old)
        assert plan.text.startswith(f"{CHANGED}\n\n📖 Файл журнала «первый.csv»")
        assert "Петров Миша Алексеевич, 5 ноября: исправлено 5 → 4" in plan.text
        assert await marks(world) == ["5"]
    confirm = plan.buttons[0].data or ""
    for _ in range(2):  # the second press finds nothing left to do
        await pavel.press(page, confirm)
        assert plan.text.startswith("✅ Готово.")
        assert await marks(world) == ["4"]


# ── lessons ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_lesson_moved_meanwhile_is_not_cancelled_by_the_old_page(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    await of_thursday(world, "Отменить")
    page, data = button(world.irina, "Подтвердить")
    await move_lesson(world.db, ROBOTICS_THURSDAY, at(13, 16), by=IRINA_HERSELF, at=Moment(world.now, ZONE))
    for old in (data, f"lesson.cancel:{ROBOTICS_THURSDAY}", f"lesson.restore:{ROBOTICS_THURSDAY}"):
        await world.irina.press(page, old)
        moved, _, cancelled = await standing(world)
        assert (moved, cancelled) == (at(13, 16), False)
    assert LESSON_CHANGED in [str(toast) for toast in world.irina.toasts]


async def test_a_place_typed_for_another_page_is_not_what_the_old_one_says(world: World) -> None:
    await of_thursday(world, "Место")
    await world.irina.send("каб. 7")
    page, data = button(world.irina, "Подтвердить")
    await world.irina.send("каб. 9")
    for old in (data, f"lesson.room:{ROBOTICS_THURSDAY}"):
        await world.irina.press(page, old)
        assert str(world.irina.toasts[-1]) == LESSON_CHANGED
    assert (await standing(world))[1] == "каб. 2"
    await world.irina.tap("Подтвердить")
    assert (await standing(world))[1] == "каб. 9"


async def test_a_reason_typed_for_another_page_is_not_given(world: World) -> None:
    await of_thursday(world, "Отменить")
    await world.irina.send("Нет света")
    page, data = button(world.irina, "Подтвердить")
    await world.irina.send("Ремонт зала")
    await world.irina.press(page, data)
    assert str(world.irina.toasts[-1]) == LESSON_CHANGED
    await world.irina.tap("Подтвердить")
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(LessonChange.reason))) == ["Ремонт зала"]


# ── applications, offers, requests ──────────────────────────────────────────────────────────────────────────────────


async def test_withdrawing_all_takes_no_course_that_was_added_since(world: World) -> None:
    anna = world.anna
    application = await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    await anna.send("/applications")
    await anna.tap("Миша:")
    await anna.tap("Отозвать")
    page, data = button(anna, "Подтвердить")
    await extend(world.db, application, ROBOTICS, by=ANNA_HERSELF, now=world.now, today=TODAY)
    for old in (data, without_stamp(data)):
        await anna.press(page, old)
        assert (
            said(anna)
            == f"{CHANGED}\n\nМиша: отозвать заявление на курсы «Шахматы», «Робототехника»? Место или очередь пропадут."
        )
        assert await state_of(world.db, application) == "submitted"
    await anna.tap("Подтвердить")
    assert await state_of(world.db, application) == "withdrawn"


async def test_a_button_of_the_first_offer_does_not_answer_the_second(world: World) -> None:
    made = await a_line(world)
    choice = made["misha"]
    await first_leaves(world, made)
    letter = next(message for message in world.anna.messages if "✅ Принять" in [one.label for one in message.buttons])
    accept, decline = (one.data or "" for one in letter.buttons[:2])
    async with world.db.write() as tx:  # passed on, and offered again later: as if it had come round once more
        await tx.execute(update(PlaceOffer).values(ended_at=world.now, how="lapsed"))
        again = world.now + timedelta(days=9)
        await tx.execute(insert(PlaceOffer).values(choice_id=choice, made_at=world.now, remind_at=again, deadline=again))
    declined = decline.replace("offer.decline", "offer.declined")
    for old in (accept, declined, without_stamp(accept), without_stamp(declined)):
        await world.anna.press(letter.id, old)
        assert (
            str(world.anna.toasts[-1]) == "Этого предложения больше нет: на него уже ответили, или место предложено следующему."
        )
    assert await states(world, choice) == ["offered"]
    await world.anna.press(letter.id, f"offer.accept:{choice}:{int(again.timestamp())}")
    assert await states(world, choice) == ["enrolled"]


async def test_an_old_button_of_the_only_offer_there_ever_was_still_answers_it(world: World) -> None:
    made = await a_line(world)
    choice = made["misha"]
    await first_leaves(world, made)
    assert world.anna.newest is not None
    await world.anna.press(world.anna.newest.id, f"offer.accept:{choice}")
    assert await states(world, choice) == ["enrolled"]


async def test_all_of_a_request_means_those_who_were_read(world: World) -> None:
    irina = world.irina
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await approved(world.db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    request = await requested(world.db, IT)
    await irina.send("/requests")
    await irina.tap("№")
    page, data = button(irina, "Зачислить всех")
    await approved(world.db, VERA, CHESS, by=ANNA_HERSELF)
    async with world.db.write() as tx:
        await tx.execute(update(Choice).where(Choice.course_id == CHESS).values(course_id=ROBOTICS))
    assert await requested(world.db, IT) == request
    for old in (data, without_stamp(data)):
        await irina.press(page, old)
        assert said(irina).startswith(CHANGED)
    async with world.db.read() as tx:
        assert set(await tx.scalars(select(Choice.state))) == {"requested"}
    await irina.tap("Зачислить всех")
    async with world.db.read() as tx:
        assert set(await tx.scalars(select(Choice.state))) == {"enrolled"}


async def test_the_request_names_whom_the_page_named(world: World) -> None:
    olga = world.olga
    await approved(world.db, MISHA, ROBOTICS, by=ANNA_HERSELF)
    await drawn(world.db)
    await olga.send("/inbox")
    await olga.tap("Сформировать заявку")
    await olga.tap(olga.buttons[0][0])
    page, data = button(olga, "Сформировать заявку")
    danas = await approved(world.db, DANA, ROBOTICS, by=RUSLAN_HIMSELF)
    await drawn(world.db)
    for old in (data, without_stamp(data)):
        await olga.press(page, old)
        assert said(olga).startswith(CHANGED)
        assert "Шеуджен Дана" in said(olga)
    assert (await choices(world.db, danas))[ROBOTICS].state == "approved"
    await olga.tap("Сформировать заявку")
    assert (await choices(world.db, danas))[ROBOTICS].state == "requested"


async def test_a_decision_taken_again_is_not_undone_by_the_first_ones_button(world: World) -> None:
    olga = world.olga
    application = await handed_in(world.db, MISHA, CHESS, by=ANNA_HERSELF)
    await olga.send("/inbox")
    await olga.tap("Заявления")
    await olga.tap("Одобрить")
    page, data = button(olga, "Отменить")
    await undo(world.db, application, by=OLGA_HERSELF, at=Moment(world.now, ZONE))
    facts = {"by": OLGA_HERSELF, "at": Moment(world.now, ZONE)}
    await decide(world.db, application, Verdict("decline", "Мест нет"), **facts)  # type: ignore[arg-type]
    for old in (data, without_stamp(data)):
        await olga.press(page, old)
        assert str(olga.toasts[-1]) == "Семья только что изменила заявление. Откройте его ещё раз и решите."
    assert await state_of(world.db, application) == "declined"


# ── consent and withdrawal ──────────────────────────────────────────────────────────────────────────────────────────


async def test_nobody_agrees_to_a_partner_the_page_did_not_name(world: World) -> None:
    anna = world.anna
    async with world.db.write() as tx:
        await tx.execute(update(Consent).where(Consent.pupil_id == VERA).values(withdrawn_at=world.now))
    await anna.send("/start")
    assert anna.newest is not None
    await anna.press(anna.newest.id, f"consent:{VERA}")
    page, data = button(anna, "Согласен")
    partner = {"code": "О-09", "name": "Дом культуры", "role": "partner"}
    async with world.db.write() as tx:
        await tx.execute(insert(Organization).values(id=9, **partner))
    for old in (data, without_stamp(data)):
        await anna.press(page, old)
        assert said(anna).startswith(f"{CHANGED}\n\n📄 Согласие: Вера, 4Б")
        assert "• Дом культуры" in said(anna)
        async with world.db.read() as tx:
            in_force = (Consent.pupil_id == VERA, Consent.withdrawn_at.is_(None))
            assert await tx.scalar(select(func.count()).select_from(Consent).where(*in_force)) == 0
    await anna.press(page, button(anna, "Согласен")[1])
    async with world.db.read() as tx:
        named = await tx.scalars(select(Consent.organization_id).where(Consent.pupil_id == VERA, Consent.withdrawn_at.is_(None)))
        assert 9 in set(named)


async def test_a_withdrawal_for_all_takes_no_child_that_came_in_since(world: World) -> None:
    anna = world.anna
    await anna.send("/mydata")
    await anna.tap("Отозвать согласие")
    await anna.tap("Для всех и выйти")
    page, data = button(anna, "Подтвердить")
    async with world.db.write() as tx:
        await tx.execute(insert(Guardianship).values(person_id=ANNA, pupil_id=DANA, since=world.now))
    for old in (data, without_stamp(data)):
        await anna.press(page, old)
        assert said(anna).startswith(f"{CHANGED}\n\n⚠️ Отозвать согласие?")
        assert "Дана" in said(anna)
    async with world.db.read() as tx:
        held = select(func.count()).select_from(Guardianship).where(Guardianship.person_id == ANNA, Guardianship.until.is_(None))
        assert await tx.scalar(held) == 3


# ── the mechanism ───────────────────────────────────────────────────────────────────────────────────────────────────


class Thing(AlsoOld, CallbackData, prefix="test.thing"):
    thing: int
    seen: str = ""
    until: int = 0


def test_buttons_made_before_a_field_was_there_are_read() -> None:
    assert Thing.unpack("test.thing:7") == Thing(thing=7, seen="", until=0)
    assert Thing.unpack("test.thing:7:ab") == Thing(thing=7, seen="ab", until=0)
    assert Thing.unpack("test.thing:7:ab:9") == Thing(thing=7, seen="ab", until=9)


@pytest.mark.parametrize("data", ["test.thing", "test.thing:7:ab:9:1", "test.other:7", "test.thing:x"])
def test_what_was_never_a_button_is_not(data: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        Thing.unpack(data)


def _longest(name: str, kind: object) -> Any:
    if name == "show":
        return "n"
    if kind is int:
        return 2_000_000_000 if name in ("was", "until") else 9_999_999
    words = [word for part in (kind, *get_args(kind)) for word in get_args(part) if isinstance(word, str)]
    return max(words, key=len) if words else "ffffffff" if kind is str else True


def test_no_stamped_button_is_longer_than_telegram_takes() -> None:
    """64 bytes, with the highest numbers a school will see."""
    for each in AlsoOld.__subclasses__():
        if issubclass(each, CallbackData):
            big = {name: _longest(name, field.annotation) for name, field in each.model_fields.items()}
            assert len(each(**big).pack().encode()) <= 64, each
