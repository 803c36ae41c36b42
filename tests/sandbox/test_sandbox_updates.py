"""getUpdates: what waits, what is forgotten, and what happens when two bots ask at once."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.sandbox_bot import Moment, playing


async def test_updates_wait_in_order_until_the_offset_passes_them() -> None:
    async with playing() as (bot, anna):
        for word in ("раз", "два", "три"):
            await anna.send(word)
        first, second = await bot.updates(limit=2)
        assert second["update_id"] == first["update_id"] + 1
        assert bot.sandbox.pending == 3
        (third,) = await bot.updates(offset=second["update_id"] + 1)
        assert third["message"]["text"] == "три"
        assert bot.sandbox.pending == 1


async def test_a_negative_offset_keeps_only_the_last() -> None:
    async with playing() as (bot, anna):
        for word in ("раз", "два", "три"):
            await anna.send(word)
        (last,) = await bot.updates(offset=-1)
        assert last["message"]["text"] == "три"
        assert bot.sandbox.pending == 1


async def test_a_long_poll_returns_with_the_first_update() -> None:
    async with playing() as (bot, anna), asyncio.TaskGroup() as group:
        poll = group.create_task(bot.updates(timeout=50))
        while not bot.sandbox.telegram.updates.waiting:
            await asyncio.sleep(0)
        await anna.send("привет")
        ((update),) = await poll
        assert update["message"]["text"] == "привет"


async def test_a_second_poll_ends_the_first() -> None:
    async with playing() as (bot, anna), asyncio.TaskGroup() as group:
        first = group.create_task(bot.ask("getUpdates", timeout=50))
        while not bot.sandbox.telegram.updates.waiting:
            await asyncio.sleep(0)
        group.create_task(bot.ask("getUpdates", timeout=50, offset=5))
        assert await first == {
            "ok": False,
            "error_code": 409,
            "description": "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        }
        await anna.send("хватит ждать")


async def test_only_the_kinds_asked_for_are_kept() -> None:
    async with playing() as (bot, anna):
        await bot.updates(allowed_updates=["callback_query", "nonsense"])
        await anna.send("не услышат")
        assert bot.sandbox.pending == 0
        await bot.updates(allowed_updates=[], offset=1)
        await anna.send("услышат")
        assert bot.sandbox.pending == 1


async def test_what_waits_too_long_is_forgotten() -> None:
    moment = Moment()
    async with playing(clock=moment) as (bot, anna):
        await anna.send("сегодня")
        bot.sandbox.telegram.press(anna.chat, anna.user, 1, "x")
        moment.move(seconds=151)
        assert bot.sandbox.pending == 1
        moment.move(hours=24)
        assert bot.sandbox.pending == 0


async def test_blocking_is_told_to_the_bot() -> None:
    async with playing() as (bot, anna):
        anna.block()
        anna.unblock()
        left, back = await bot.updates()
        assert left["my_chat_member"]["new_chat_member"]["status"] == "kicked"
        assert back["my_chat_member"]["new_chat_member"]["status"] == "member"


async def test_a_bot_of_aiogram_lives_here() -> None:
    async with playing() as (raw, anna):
        sandbox = raw.sandbox
        session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
        bot = Bot(sandbox.token, session=session)
        dispatcher = Dispatcher()

        async def hear(message: Message) -> None:
            keyboard = [[InlineKeyboardButton(text="📚 Курсы", callback_data="courses")]]
            await message.answer("<b>Меню</b>", parse_mode="HTML", reply_markup=InlineKeyboardMarkup(inline_keyboard=keyboard))

        async def tapped(tap: CallbackQuery) -> None:
            assert isinstance(tap.message, Message)
            await tap.message.edit_text("Шахматы")
            await tap.answer("Вот")

        dispatcher.message.register(hear)
        dispatcher.callback_query.register(tapped)
        async with asyncio.TaskGroup() as group:
            group.create_task(dispatcher.start_polling(bot, handle_signals=False))
            await anna.send("/start abc")
            await anna.sees("Меню")
            assert anna.html == "<b>Меню</b>"
            await anna.tap("Курсы")
            assert (anna.page, anna.toasts) == ("Шахматы", ["Вот"])
            await sandbox.quiet()
            await dispatcher.stop_polling()
        await bot.session.close()
        assert sandbox.violations == []
