"""A visit by Telegram: the message, the press or the inline query behind `Visit`, and how each is answered."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    TelegramObject,
)

from bot import turn
from bot.policy import Person
from bot.targets import Menu
from bot.telegram.commands import set_commands
from bot.telegram.width import cut
from bot.visit import TOAST, Button, Card, Rows, Sent, Visit

Event = Message | CallbackQuery | InlineQuery


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Buttons under a message; a row whose words would be cut on a telephone becomes several."""
    made = [[_button(button) for button in part] for row in rows if row for part in cut(row, [button.label for button in row])]
    return InlineKeyboardMarkup(inline_keyboard=made) if made else None


def _button(button: Button) -> InlineKeyboardButton:
    style = button.style or None
    if isinstance(button.to, str):
        return InlineKeyboardButton(text=button.label, url=button.to, style=style)
    return InlineKeyboardButton(text=button.label, callback_data=button.to.pack(), style=style)


async def say_over(tap: CallbackQuery, text: str = "", *, alert: bool = False, rows: Rows = ()) -> None:
    """End the waiting of a pressed button, with a word over its page. Too late for that, a text comes as a message."""
    cut = text if len(text) <= TOAST else text[: TOAST - 1] + "…"
    try:
        await tap.answer(cut or None, show_alert=alert or None)
    except TelegramBadRequest:
        # Too old, or an id Telegram knows no more (it has several words for it): what is done is done, and the word must
        # come. Were it the text that is at fault, the message is refused too, and that is raised.
        if text and tap.bot is not None:
            await tap.bot.send_message(tap.from_user.id, escape(text, quote=False), reply_markup=keyboard(rows))


async def draw(bot: Bot, chat: int, message: int, text: str, markup: InlineKeyboardMarkup | None) -> None:
    """A page in place of the one whose button was pressed; anew where it cannot be."""
    try:
        await bot.edit_message_text(text, chat_id=chat, message_id=message, reply_markup=markup)
    except TelegramBadRequest as refused:
        # What is done is done: whatever Telegram has against the old page, its person gets a new one. Were it the text
        # that is at fault, the new one is refused too, and that is raised.
        if "message is not modified" not in refused.message:
            await bot.send_message(chat, text, reply_markup=markup)
    turn.drawn(message)


async def draw_left(bot: Bot, page: turn.Undrawn) -> None:
    """What an earlier press left to a later one, which has drawn nothing."""
    markup = None if page.buttons is None else InlineKeyboardMarkup.model_validate_json(page.buttons)
    await draw(bot, page.chat, page.message, page.text, markup)


def _packed(rows: Rows) -> str | None:
    made = keyboard(rows)
    return None if made is None else made.model_dump_json(exclude_none=True)


@dataclass
class TelegramVisit(Visit):
    """Whoever came by Telegram. Made for every update by `bot.telegram.doorman`."""

    event: TelegramObject | None = None
    bot: Bot | None = None

    @property
    def pressed(self) -> bool:
        return isinstance(self.event, CallbackQuery)

    @property
    def at_letter(self) -> bool:
        if not isinstance(self.event, CallbackQuery):
            return False
        return Menu().pack() not in [button.callback_data for button in self._buttons()]

    @property
    def buttons_seen(self) -> int:
        return len(self._buttons())

    def _buttons(self) -> list[InlineKeyboardButton]:
        markup = getattr(getattr(self.event, "message", None), "reply_markup", None)
        return [button for row in markup.inline_keyboard for button in row] if markup else []

    async def show(self, text: str, rows: Rows = (), *, anew: bool = False) -> None:
        """A page that a later press on the same message would draw over is not drawn; nor is a new message to a chat that
        floods us.
        """
        event = self.event
        if isinstance(event, Message):
            if not turn.flooded():
                await event.answer(text, reply_markup=keyboard(rows))
            return
        message = self._message
        if anew or message is None or message.text is None:  # a letter, or nothing there that could be edited
            await self._answer()
            if not turn.flooded():
                await self._send(text, rows)
            return
        if turn.overtaken(message.message_id):
            turn.leave_undrawn(turn.Undrawn(message.chat.id, message.message_id, text, _packed(rows)))
        else:
            await draw(self._bot, message.chat.id, message.message_id, text, keyboard(rows))
        await self._answer()

    async def toast(self, text: str = "", *, alert: bool = False, rows: Rows = ()) -> None:
        if isinstance(self.event, CallbackQuery):
            await say_over(self.event, text, alert=alert, rows=rows)

    async def _answer(self) -> None:
        """End the waiting of a pressed button."""
        await self.toast()

    async def _send(self, text: str, rows: Rows) -> None:
        await self._bot.send_message(self.person.telegram_id, text, reply_markup=keyboard(rows))

    async def give(self, name: str, content: bytes, caption: str = "", rows: Rows = ()) -> None:
        await self._answer()
        if turn.flooded():
            return
        # Asked for in order to be kept, printed or handed on: protected, Telegram would not let it be saved.
        await self._bot.send_document(
            self.person.telegram_id,
            BufferedInputFile(content, filename=name),
            caption=caption or None,
            reply_markup=keyboard(rows),
            protect_content=False,
        )

    async def hand_out(self, text: str, rows: Rows = ()) -> None:
        await self._answer()
        await self._bot.send_message(self.person.telegram_id, text, reply_markup=keyboard(rows), protect_content=False)

    async def show_below_picture(self, name: str, content: bytes, text: str, rows: Rows) -> None:
        old = None if self.at_letter else self._message
        try:
            await self._bot.send_photo(self.person.telegram_id, BufferedInputFile(content, name))
        except TelegramBadRequest:  # a JPEG or a PNG, but of a shape Telegram does not show
            await self.give(name, content)
        await self.show(text, rows, anew=True)
        if old is not None:
            with contextlib.suppress(TelegramBadRequest):  # older than two days: it stays where it is
                await old.delete()

    async def progress(self, text: str) -> None:
        if (message := self._message) is not None:
            with contextlib.suppress(TelegramBadRequest):  # only a word on the way
                await message.edit_text(text)

    async def change_button(self, button: Button) -> None:
        message, pressed = self._message, getattr(self.event, "data", None)
        if message is not None and message.reply_markup is not None:
            rows = [
                [_button(button) if each.callback_data == pressed else each for each in row]
                for row in message.reply_markup.inline_keyboard
            ]
            with contextlib.suppress(TelegramBadRequest):  # as they are already, or too old: the words stand
                await message.edit_reply_markup(reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))

    @property
    def _message(self) -> Message | None:
        """The message whose button was pressed, as far as Telegram still shows it to us."""
        message = self.event.message if isinstance(self.event, CallbackQuery) else None
        return message if isinstance(message, Message) else None

    async def answer_search(self, found: Sequence[Card], *, more: str, label: str, start: str, seconds: int) -> None:
        assert isinstance(self.event, InlineQuery)  # noqa: S101 - asked only where one types a search
        articles: list[InlineQueryResultUnion] = [_article(card) for card in found]
        with contextlib.suppress(TelegramBadRequest):  # too old: whoever typed has typed on, or gone
            await self.event.answer(
                articles,
                cache_time=seconds,
                is_personal=True,  # whom a course fits is this family's business
                next_offset=more,
                button=InlineQueryResultsButton(text=label, start_parameter=start),
            )

    async def read(self, sent: Sent) -> bytes:
        into = BytesIO()
        await self._bot.download(sent.handle, into)
        return into.getvalue()

    async def username(self) -> str:
        return (await self._bot.me()).username or ""

    async def offer_commands(self, person: Person) -> None:
        await set_commands(self._bot, person, self.say)

    @property
    def _bot(self) -> Bot:
        assert self.bot is not None  # noqa: S101 - the doorman gives it
        return self.bot


def _article(card: Card) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=card.id,
        title=card.title,
        description=card.description,
        input_message_content=InputTextMessageContent(
            message_text=card.text, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=keyboard(card.rows),
    )


def came(event: TelegramObject) -> dict[str, Any]:
    """What came with an event: the text typed or looked for, and the file or photo. What Telegram calls the sender is left out."""
    match event:
        case InlineQuery():
            return {"text": event.query, "more": event.offset}
        case Message():
            return {"text": event.text or event.caption or "", "file": _sent(event)}
    return {}


def _sent(message: Message) -> Sent | None:
    album = message.media_group_id is not None
    if (document := message.document) is not None:
        return Sent(document.file_name or "", document.file_size, document, album=album)
    if message.photo:
        largest = message.photo[-1]
        return Sent("", largest.file_size, largest, photo=True, album=album)
    return None
