"""Pressed buttons and inline queries: they must be answered, once, and in time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.sandbox import Phone, Sandbox
from tests.sandbox_bot import Moment, RawBot, inline, playing

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def next_query(bot: RawBot) -> dict[str, Any]:
    (update,) = await bot.updates(timeout=5)
    await bot.updates(offset=update["update_id"] + 1)
    query: dict[str, Any] = update["callback_query"]
    return query


async def test_a_press_comes_with_its_message_and_its_answer_is_a_toast() -> None:
    async with playing() as (bot, anna), asyncio.TaskGroup() as group:
        await bot("sendMessage", chat_id=1001, text="Курсы", reply_markup=inline({"♟ Шахматы": "c:2"}))
        tap = group.create_task(anna.tap("Шахматы"))
        query = await next_query(bot)
        assert query["from"]["first_name"] == "Анна"
        assert query["message"]["text"] == "Курсы"
        assert query["data"] == "c:2"
        await bot("answerCallbackQuery", callback_query_id=query["id"], text="Мест нет", show_alert=True)
        await tap
        assert anna.toasts == ["Мест нет"]
        assert anna.toasts[-1].alert
        assert bot.sandbox.violations == []


async def test_answering_twice_or_nothing_is_refused() -> None:
    async with playing() as (bot, anna), asyncio.TaskGroup() as group:
        assert await bot.no("answerCallbackQuery", callback_query_id="5") == TOO_OLD
        assert await bot.no("answerCallbackQuery", callback_query_id="abc") == TOO_OLD
        group.create_task(anna.press(77, "forged"))
        query = await next_query(bot)
        assert query["message"] == {"chat": anna.chat.wire(), "message_id": 77, "date": 0}
        assert await bot("answerCallbackQuery", callback_query_id=query["id"])
        assert await bot.no("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD


async def test_a_press_nobody_answers_is_a_violation_once_its_time_is_over() -> None:
    moment = Moment()
    async with playing(clock=moment) as (bot, anna):
        query = bot.sandbox.telegram.press(anna.chat, anna.user, 1, "c:2")
        moment.move(seconds=15)
        assert bot.sandbox.violations == []
        moment.move(seconds=1)
        assert bot.sandbox.violations == ["answerCallbackQuery: nobody answered in 15 s: Анна Петрова (1001) pressed 'c:2'"]
        assert await bot.no("answerCallbackQuery", callback_query_id=query.id) == TOO_OLD
        assert len(bot.sandbox.violations) == 1


async def test_a_tap_without_an_answer_says_what_was_there() -> None:
    async with playing() as (bot, anna):
        await bot("sendMessage", chat_id=1001, text="Курсы", reply_markup=inline({"Шахматы": "c:2", "Назад": "m"}))
        with pytest.raises(AssertionError, match=r"(?s)no button 'Робототехника'.*'Курсы'\n *Шахматы \| Назад"):
            await anna.tap("Робототехника")
        with pytest.raises(AssertionError, match="nobody answered Анна Петрова pressing 'c:2'"):
            await anna.tap("Шахматы", timeout=0.01)


async def test_quiet_waits_for_the_bot() -> None:
    async with playing() as (bot, anna), asyncio.TaskGroup() as group:
        with pytest.raises(AssertionError, match="1 updates pending"):
            await hers(bot.sandbox, anna)
        quiet = group.create_task(bot.sandbox.quiet())
        (update,) = await bot.updates()
        await bot.updates(offset=update["update_id"] + 1)
        await quiet
        assert bot.sandbox.pending == 0


async def hers(sandbox: Sandbox, anna: Phone) -> None:
    await anna.send("привет")
    await sandbox.quiet(timeout=0.01)


async def test_an_inline_query_is_answered_and_a_result_chosen() -> None:
    async with playing() as (bot, anna), asyncio.TaskGroup() as group:
        asked = group.create_task(anna.inline("робот"))
        (update,) = await bot.updates(timeout=5)
        assert update["inline_query"]["query"] == "робот"
        article = {
            "type": "article",
            "id": "1",
            "title": "Робототехника",
            "input_message_content": {"message_text": "<b>Роботы</b>", "parse_mode": "HTML"},
        }
        identifier = update["inline_query"]["id"]
        many = [{**article, "id": str(number)} for number in range(51)]
        assert (
            await bot.no("answerInlineQuery", inline_query_id=identifier, results=many)
            == "Bad Request: too many inline query results specified"
        )
        twice = [article, article]
        assert await bot.no("answerInlineQuery", inline_query_id=identifier, results=twice) == "Bad Request: RESULT_ID_DUPLICATE"
        start = {"text": "Войти", "start_parameter": ""}
        refused = await bot.no("answerInlineQuery", inline_query_id=identifier, results=[article], button=start)
        assert refused == "Bad Request: can't use empty start_parameter"
        await bot("answerInlineQuery", inline_query_id=identifier, results=[article], is_personal=True)
        query = await asked
        message = await anna.choose(query)
        assert (message.html, message.via_bot) == ("<b>Роботы</b>", bot.sandbox.telegram.bot)
        said, chosen = await bot.updates(offset=update["update_id"] + 1)
        assert said["message"]["via_bot"]["username"] == "school_bot"
        assert chosen["chosen_inline_result"]["result_id"] == "1"


async def test_a_chosen_result_can_be_pressed_and_edited() -> None:
    async with playing() as (bot, anna), asyncio.TaskGroup() as group:
        query = bot.sandbox.telegram.ask(anna.user, "робот", "")
        content = {"message_text": "Роботы"}
        article = {
            "type": "article",
            "id": "1",
            "title": "Роботы",
            "input_message_content": content,
            "reply_markup": inline({"Ещё": "more"}),
        }
        await bot("answerInlineQuery", inline_query_id=query.id, results=[article])
        message = await anna.choose(query)
        bot.sandbox.telegram.updates.clear()
        assert anna.shown == {(message.id, "more")}
        group.create_task(anna.tap("Ещё"))
        pressed = await next_query(bot)
        assert "message" not in pressed
        assert await bot("editMessageText", inline_message_id=pressed["inline_message_id"], text="Все роботы") is True
        await bot("answerCallbackQuery", callback_query_id=pressed["id"])
        assert message.text == "Все роботы"
        assert await bot.no("editMessageText", inline_message_id="x", text="y") == "Bad Request: MESSAGE_ID_INVALID"


async def test_a_button_pressed_while_the_bot_was_away_waits_for_nobody() -> None:
    async with playing() as (bot, anna):
        page = (await bot("sendMessage", chat_id=1001, text="?", reply_markup=inline({"Да": "yes"})))["message_id"]
        query = bot.sandbox.telegram.press(anna.chat, anna.user, page, "yes", ago=16)
        assert (await bot.updates())[0]["callback_query"]["data"] == "yes"
        words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        assert await bot.no("answerCallbackQuery", callback_query_id=query.id, text="Поздно") == words
        assert (query.late, query.refused, query.answer) == (True, True, None)
        assert anna.toasts == []
        assert bot.sandbox.violations == []
