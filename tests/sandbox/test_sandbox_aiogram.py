"""Every answer of the sandbox is one aiogram understands, and everything aiogram sends is one the sandbox does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.sandbox import Phone, Sandbox
from bot.sandbox.methods import METHODS
from bot.sandbox.strict import signatures
from tests.sandbox_bot import PNG, playing

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [
            InlineKeyboardButton(text="Да", callback_data="yes", style="success"),
            InlineKeyboardButton(text="Сайт", url="https://school.example"),
        ],
        [
            InlineKeyboardButton(text="Код", copy_text=CopyTextButton(text="AB12")),
            InlineKeyboardButton(text="Искать", switch_inline_query_current_chat=""),
        ],
    ]
)


@asynccontextmanager
async def aiogrammed() -> AsyncIterator[tuple[Bot, Phone, Sandbox]]:
    async with playing() as (raw, anna):
        bot = Bot(raw.sandbox.token, session=AiohttpSession(api=TelegramAPIServer.from_base(raw.sandbox.url)))
        try:
            yield bot, anna, raw.sandbox
        finally:
            await bot.session.close()
        assert raw.sandbox.violations == []


async def test_messages_of_every_kind() -> None:
    async with aiogrammed() as (bot, anna, _):
        first = await bot.send_message(
            1001,
            "<b>Курсы</b>",
            parse_mode="HTML",
            protect_content=True,
            disable_notification=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=KEYBOARD,
            reply_parameters=ReplyParameters(message_id=anna.messages[0].id),
        )
        assert first.reply_to_message
        assert first.html_text == anna.html == "<b>Курсы</b>"
        assert first.reply_markup
        assert first.reply_markup.model_dump()["inline_keyboard"][1] == KEYBOARD.model_dump()["inline_keyboard"][1]
        assert first.reply_markup.inline_keyboard[0][1].url == "https://school.example/"
        await bot.send_message(
            1001, "Курсы", entities=[MessageEntity(type="bold", offset=0, length=5)], reply_markup=ForceReply()
        )
        keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Меню")]], resize_keyboard=True, is_persistent=True)
        menu = await bot.send_message(1001, "Меню", reply_markup=keyboard)
        await bot.send_message(1001, "Всё", reply_markup=ReplyKeyboardRemove())
        await first.edit_text("Шахматы", reply_markup=KEYBOARD)
        await first.edit_reply_markup(reply_markup=None)
        copied = await menu.copy_to(1001)
        await bot.pin_chat_message(1001, copied.message_id)
        assert (await bot.get_chat(1001)).pinned_message
        await bot.unpin_all_chat_messages(1001)
        await bot.delete_messages(1001, [copied.message_id])
        assert await first.delete()
        assert await bot.send_chat_action(1001, "typing")


async def test_files_of_every_kind() -> None:
    async with aiogrammed() as (bot, anna, _):
        sent = await bot.send_document(
            1001, BufferedInputFile(b"PK", "заявка.docx"), caption="Заявка", thumbnail=BufferedInputFile(PNG, "t.png")
        )
        assert sent.document
        assert sent.document.file_name == "заявка.docx"
        loaded = await bot.download(sent.document)
        assert loaded
        assert loaded.read() == b"PK"
        await sent.edit_caption(caption="Заявка 2")
        await sent.edit_media(InputMediaDocument(media=BufferedInputFile(b"new", "b.txt"), caption="Заявка 3"))
        photo = await bot.send_photo(1001, BufferedInputFile(PNG, "week.png"), caption="Неделя", reply_markup=KEYBOARD)
        assert photo.photo
        album = await bot.send_media_group(
            1001, [InputMediaPhoto(media=photo.photo[0].file_id), InputMediaPhoto(media=BufferedInputFile(PNG, "x.png"))]
        )
        assert len({message.media_group_id for message in album}) == 1
        assert len(anna.messages) == 5


async def test_everything_about_the_bot() -> None:
    async with aiogrammed() as (bot, _, sandbox):
        assert (await bot.me()).username == "school_bot"
        scope = BotCommandScopeChat(chat_id=1001)
        await bot.set_my_commands([BotCommand(command="start", description="Меню")], scope=scope, language_code="ru")
        (start,) = await bot.get_my_commands(scope=scope, language_code="ru")
        assert (start.command, start.description) == ("start", "Меню")
        await bot.delete_my_commands(scope=scope, language_code="ru")
        await bot.set_my_name("Школа 8")
        await bot.set_my_description("Описание")
        await bot.set_my_short_description("Кратко")
        assert ((await bot.get_my_name()).name, (await bot.get_my_description()).description) == ("Школа 8", "Описание")
        assert (await bot.get_my_short_description()).short_description == "Кратко"
        await bot.set_chat_menu_button(chat_id=1001, menu_button=MenuButtonCommands())
        assert isinstance(await bot.get_chat_menu_button(chat_id=1001), MenuButtonCommands)
        await bot.set_webhook(
            f"{sandbox.url}/elsewhere", secret_token="s", allowed_updates=["message"], drop_pending_updates=True
        )
        assert (await bot.get_webhook_info()).allowed_updates == ["message"]
        assert await bot.delete_webhook()
        await bot.log_out()


async def test_queries() -> None:
    async with aiogrammed() as (bot, anna, sandbox), asyncio.TaskGroup() as group:
        asked = group.create_task(anna.inline("робот"))
        (update,) = await bot.get_updates(timeout=5)
        assert update.inline_query
        article = InlineQueryResultArticle(
            id="1", title="Роботы", input_message_content=InputTextMessageContent(message_text="x"), reply_markup=KEYBOARD
        )
        button = InlineQueryResultsButton(text="Войти", start_parameter="menu")
        await bot.answer_inline_query(update.inline_query.id, [article], button=button, cache_time=0)
        assert len((await asked).results or []) == 1
        page = await bot.send_message(1001, "?", reply_markup=KEYBOARD)
        query = sandbox.telegram.press(anna.chat, anna.user, page.message_id, "yes")
        _, pressed = await bot.get_updates(offset=update.update_id, timeout=5, limit=100, allowed_updates=["callback_query"])
        assert pressed.callback_query
        assert pressed.callback_query.message == page
        await bot.answer_callback_query(query.id, text="Да", cache_time=5)


async def test_refusals_become_aiograms_exceptions() -> None:
    async with aiogrammed() as (bot, anna, sandbox):
        with pytest.raises(TelegramBadRequest, match="message text is empty"):
            await bot.send_message(1001, "")
        anna.block()
        with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.edit_message_text("x", chat_id=1001, message_id=1)
        await anna.send("/start")
        sandbox.fail_next("sendMessage", "too_many")
        with pytest.raises(TelegramRetryAfter) as waits:
            await bot.send_message(1001, "x")
        assert waits.value.retry_after == 1


def test_every_simulated_method_is_one_aiogram_knows() -> None:
    assert set(METHODS) <= set(signatures())
    assert len(signatures()) > 180
