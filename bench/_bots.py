"""What a user would pick instead, as its documentation shows it: `python -m bench._bots aiogram | tuned | telegram`.

Each answers every message with its own words and two buttons, edits the page whose button is pressed, and keeps one row for «ack».
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

API, TOKEN = os.environ.get("TELEGRAM_API", ""), os.environ.get("BOT_TOKEN", "")
BUTTONS = ("one", "other", "ack")


def table() -> sqlite3.Connection:
    """Where a press of «ack» is kept before it is answered: one row, on the disk for certain."""
    kept = sqlite3.connect(Path(os.environ["DATA_DIR"]) / f"floor-{os.getpid()}.sqlite3", isolation_level=None)
    kept.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS seen (chat, at)")
    return kept


async def with_aiogram() -> None:
    from aiogram import Bot, Dispatcher, F
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

    row = [InlineKeyboardButton(text=each, callback_data=each) for each in BUTTONS]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[row])
    kept = table()

    async def echo(message: Message) -> None:
        await message.answer(message.text or "", reply_markup=keyboard)

    async def keep(press: CallbackQuery) -> None:
        kept.execute("INSERT INTO seen VALUES (?, ?)", (press.from_user.id, press.id))
        await press.answer("ok")

    async def edit(press: CallbackQuery) -> None:
        if isinstance(press.message, Message):
            await press.message.edit_text(f"{press.data} {press.id}", reply_markup=keyboard)
        await press.answer()

    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    dispatcher.callback_query.register(keep, F.data == "ack")
    dispatcher.callback_query.register(edit)
    await dispatcher.start_polling(Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(API))), handle_signals=True)


def with_telegram() -> None:
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(each, callback_data=each) for each in BUTTONS]])
    kept = table()

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await update.message.reply_text(update.message.text or "", reply_markup=keyboard)

    async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        press = update.callback_query
        assert press is not None
        if press.data == "ack":
            kept.execute("INSERT INTO seen VALUES (?, ?)", (press.from_user.id, press.id))
            await press.answer("ok")
            return
        await press.edit_message_text(f"{press.data} {press.id}", reply_markup=keyboard)
        await press.answer()

    application = Application.builder().token(TOKEN).base_url(f"{API}/bot").build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.add_handler(CallbackQueryHandler(pressed))
    application.run_polling()


def main(which: str) -> None:
    if which == "telegram":
        with_telegram()
        return
    if which == "tuned":  # the collector as ours: the largest cost of aiogram, taken away by three lines
        from bot.collector import look_seldom

        look_seldom()
    asyncio.run(with_aiogram())


if __name__ == "__main__":
    main(sys.argv[1])
