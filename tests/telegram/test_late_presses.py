"""Every press is answered, late ones too: what nobody sees as a toast comes as a message; a page that cannot be edited comes anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery

from bot.sandbox.trouble import REFUSALS
from bot.telegram.visit import TelegramVisit
from tests.timetable_world import enroll
from tests.world import MISHA, Member, World

ROOT = Path(__file__).parent.parent.parent
A_NIGHT = 40_000  # seconds: longer than any query waits


def data_of(phone: Member, label: str) -> tuple[int, str]:
    """The newest button with these words: the message it stands under, and what it carries."""
    for message in reversed(phone.messages):
        for button in message.buttons:
            if message.from_bot and label in button.label and button.data is not None:
                return message.id, button.data
    raise AssertionError(f"no button {label!r}")


async def a_lesson_moves(world: World) -> None:
    """Pavel moves Thursday's lesson to Friday; Anna has the letter, with «Ознакомлен(а)»."""
    await enroll(world.db, MISHA, 1)
    await world.pavel.send("/start")
    for label in ("Занятия", "Робототехника", "Перенести", "пт,", "Подтвердить"):
        await world.pavel.tap(label)
    await world.pass_time(hours=7)


async def test_a_refusal_of_a_late_press_comes_as_a_message_with_a_way_on(world: World) -> None:
    anna = world.anna
    await anna.send("/start")
    assert anna.newest is not None
    query = await anna.press(anna.newest.id, "offer.accept:77", ago=A_NIGHT)
    assert query.answer is None
    assert anna.page == "Этого больше нет: страница устарела. Откройте меню: /start"
    assert anna.buttons == [["🏠 Меню"]]
    assert anna.toasts == []


async def test_a_word_of_thanks_for_a_late_press_comes_as_a_message(world: World) -> None:
    anna = world.anna
    await a_lesson_moves(world)
    letter, seen = data_of(anna, "Ознакомлен(а)")
    await anna.press(letter, seen, ago=A_NIGHT)
    assert anna.page == "Спасибо!"
    await anna.press(letter, seen, ago=A_NIGHT)
    assert anna.page == "Уже отмечено, спасибо!"
    await anna.press(letter, seen)
    assert str(anna.toasts[-1]) == "Уже отмечено, спасибо!"


@pytest.mark.parametrize(
    "why", ["query is too old and response timeout expired or query ID is invalid", "QUERY_ID_INVALID", "invalid query id"]
)
async def test_whatever_telegram_has_against_a_press_its_word_comes_as_a_message(
    world: World, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    answer = CallbackQuery.answer

    async def refused(query: CallbackQuery, *_: object, **__: object) -> None:
        await answer(query)  # so that the telephone waits no longer
        raise TelegramBadRequest(AnswerCallbackQuery(callback_query_id=query.id), f"Bad Request: {why}")

    anna = world.anna
    await a_lesson_moves(world)
    letter, seen = data_of(anna, "Ознакомлен(а)")
    monkeypatch.setattr(CallbackQuery, "answer", refused)
    await anna.press(letter, seen)
    assert anna.page == "Спасибо!"
    await anna.send("/start")
    await anna.tap("Мои заявления")
    assert anna.page.startswith("Мои заявления")


async def test_a_late_press_that_works_shows_its_page(world: World) -> None:
    anna = world.anna
    await anna.send("/start")
    page, data = data_of(anna, "Мои заявления")
    before = len(anna.messages)
    await anna.press(page, data, ago=A_NIGHT)
    assert anna.page == "Заявлений пока нет. Начните с курсов: выберите тот, что по душе."
    assert len(anna.messages) == before  # in place of the old page


async def test_the_middle_of_a_pager_pressed_late_is_nothing(world: World) -> None:
    anna = world.anna
    await anna.send("/start")
    assert anna.newest is not None
    before = len(anna.messages)
    await anna.press(anna.newest.id, "page", ago=A_NIGHT)
    assert len(anna.messages) == before


async def test_an_invitation_asked_for_late_is_shown(world: World) -> None:
    """It is kept nowhere: were it not shown, it would be lost."""
    olga = world.olga
    await olga.send("/start")
    assert olga.newest is not None
    await olga.press(olga.newest.id, "invite.make:pupil:3:guardian", ago=A_NIGHT)
    assert "t.me/school8_bot?start=" in olga.page


@pytest.mark.parametrize("why", REFUSALS["editmessagetext"])
async def test_a_page_that_cannot_be_edited_comes_anew(world: World, why: str) -> None:
    anna = world.anna
    await anna.send("/start")
    before = len(anna.messages)
    world.sandbox.trouble.refuse_next("editMessageText", why)
    await anna.tap("Мои заявления")
    assert anna.page == "Заявлений пока нет. Начните с курсов: выберите тот, что по душе."
    assert len(anna.messages) == before + 1
    assert anna.toasts == []


@pytest.mark.parametrize("why", REFUSALS["editmessagereplymarkup"])
async def test_a_letter_that_cannot_be_edited_is_acknowledged_all_the_same(world: World, why: str) -> None:
    await a_lesson_moves(world)
    world.sandbox.trouble.refuse_next("editMessageReplyMarkup", why)
    await world.anna.tap("Ознакомлен(а)")
    assert [str(toast) for toast in world.anna.toasts[-1:]] == ["Спасибо!"]


async def test_a_page_deleted_meanwhile_comes_anew(world: World) -> None:
    anna = world.anna
    await anna.send("/start")
    page, data = data_of(anna, "Мои заявления")
    assert anna.newest is not None
    world.sandbox.telegram.delete(anna.newest)
    await anna.press(page, data)
    assert anna.page == "Заявлений пока нет. Начните с курсов: выберите тот, что по душе."


async def test_our_own_fault_is_said_late_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:

    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    anna = world.anna
    await anna.send("/start")
    page, data = data_of(anna, "Мои заявления")
    monkeypatch.setattr(TelegramVisit, "show", broken)
    await anna.press(page, data, ago=A_NIGHT)
    assert anna.page.startswith("Что-то пошло не так")


def test_only_the_frame_of_pages_answers_presses_and_edits() -> None:
    """What `bot/telegram/visit.py` knows of late presses and of pages that are gone, every handler has through it."""
    direct = re.compile(r"\b(?:tap|event|callback_query|query)\.answer\(|\.edit_(?:text|reply_markup|caption|media)\(")
    typed = re.compile(r"\bevent\.answer\(visit\.say\(")  # a message is answered, not a press
    found = [
        f"{file.name}: {line.strip()}"
        for folder in ("handlers", "bot")
        for file in sorted((ROOT / folder).rglob("*.py"))
        if file != ROOT / "bot/telegram/visit.py"
        for line in file.read_text("utf-8").splitlines()
        if direct.search(line) and not typed.search(line)
    ]
    assert found == []
