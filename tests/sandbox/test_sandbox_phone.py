"""What a person can do with the phone, and what they see."""

from __future__ import annotations

import pytest

from bot.sandbox import Sandbox
from tests.sandbox_bot import inline, playing


async def test_a_person_is_the_same_when_asked_again() -> None:
    sandbox = Sandbox()
    assert sandbox.person(1001, "Анна") is sandbox.person(1001, "Другая")


async def test_a_button_of_the_reply_keyboard_says_its_words() -> None:
    async with playing() as (bot, anna):
        await bot("sendMessage", chat_id=1001, text="Меню", reply_markup={"keyboard": [["📚 Курсы"], ["Помощь"]]})
        await anna.tap("Курсы")
        assert anna.messages[-1].text == "📚 Курсы"
        (update,) = await bot.updates()
        assert update["message"]["text"] == "📚 Курсы"


async def test_the_nearest_and_most_exact_button_is_pressed() -> None:
    async with playing() as (bot, anna):
        await bot("sendMessage", chat_id=1001, text="старое", reply_markup=inline({"Назад": "old"}))
        await bot("sendMessage", chat_id=1001, text="новое", reply_markup=inline({"Назад к курсам": "new", "⬅️ Назад": "exact"}))
        with pytest.raises(AssertionError, match="pressing 'exact'"):
            await anna.tap("Назад", timeout=0.001)
        with pytest.raises(AssertionError, match="pressing 'new'"):
            await anna.tap("к курсам", timeout=0.001)
        with pytest.raises(AssertionError, match="pressing 'old'"):
            await anna.tap("Назад", on=anna.messages[1], timeout=0.001)


async def test_a_deep_link_starts_the_bot() -> None:
    async with playing() as (bot, anna):
        keyboard = {
            "inline_keyboard": [[{"text": "Войти", "url": "https://t.me/school_bot?start=abc"}, {"text": "Сайт", "url": "ya.ru"}]]
        }
        await bot("sendMessage", chat_id=1001, text="x", reply_markup=keyboard)
        await anna.tap("Войти")
        assert anna.messages[-1].text == "/start abc"
        await anna.tap("Сайт")
        assert anna.opened[-1] == "http://ya.ru/"


async def test_sees_waits_and_says_what_was_there_instead() -> None:
    async with playing() as (bot, anna):
        await bot("sendMessage", chat_id=1001, text="Меню")
        seen = await anna.sees("Мен")
        with pytest.raises(AssertionError, match=r"did not see 'Мен' in 0\.01 s"):
            await anna.sees("Мен", after=seen, timeout=0.01)
        await bot.no("sendMessage", chat_id=1001, text="")
        with pytest.raises(
            AssertionError, match=r"(?s)#2: 'Меню'.*refused lately: sendMessage: Bad Request: message text is empty"
        ):
            await anna.sees("Курсы", timeout=0.01)


async def test_holds_waits_for_so_many_messages() -> None:
    async with playing() as (bot, anna):
        await bot("sendMessage", chat_id=1001, text="Меню")
        await anna.holds(len(anna.messages))
        with pytest.raises(AssertionError, match=r"(?s)has no 9 messages in 0\.01 s.*'Меню'"):
            await anna.holds(9, timeout=0.01)


async def test_a_blocked_bot_hears_nothing_but_start() -> None:
    async with playing() as (_, anna):
        anna.block()
        with pytest.raises(AssertionError, match="has blocked the bot"):
            await anna.send("привет")
        await anna.send("/start")
        assert not anna.chat.blocked


async def test_wiping_forgets_the_chat() -> None:
    async with playing() as (bot, anna):
        await bot("sendMessage", chat_id=1001, text="Меню", reply_markup=inline({"Да": "y"}))
        anna.wipe()
        assert (anna.messages, anna.page, anna.shown, anna.notices) == ([], "", set(), [])
        assert await bot.no("sendMessage", chat_id=1001, text="x") == "Forbidden: bot can't initiate conversation with a user"


async def test_what_was_shown_stays_shown() -> None:
    async with playing() as (bot, anna):
        page = (await bot("sendMessage", chat_id=1001, text="x", reply_markup=inline({"Да": "yes"})))["message_id"]
        await bot("editMessageText", chat_id=1001, message_id=page, text="y", reply_markup=inline({"Нет": "no"}))
        assert anna.shown == {(page, "yes"), (page, "no")}
