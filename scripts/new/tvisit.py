"""A visit by Telegram: the message, the press or the inline query behind `Visit`, and how each is answered."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
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

from bot.policy import Person
from bot.targets import Menu
from bot.telegram.commands import set_commands
from bot.visit import TOAST, Button, Card, Rows, Sent, Visit

Event = Message | CallbackQuery | InlineQuery


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    made = [[_button(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=made) if made else None


def _button(button: Button) -> InlineKeyboardButton:
    if isinstance(button.to, str):
        return InlineKeyboardButton(text=button.label, url=button.to)
    return InlineKeyboardButton(text=button.label, callback_data=button.to.pack())


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
        event = self.event
        if isinstance(event, Message):
            await event.answer(text, reply_markup=keyboard(rows))
            return
        assert isinstance(event, CallbackQuery)  # noqa: S101 - an inline query has no page
        message = event.message
        if not isinstance(message, Message):  # too old to edit: Telegram no longer shows it to us
            await self.toast()
            await self._send(text, rows)
            return
        if anew or message.text is None:
            await self.toast()
            await message.answer(text, reply_markup=keyboard(rows))
            return
        try:
            await message.edit_text(text, reply_markup=keyboard(rows))
        except TelegramBadRequest as refused:
            if "message is not modified" not in refused.message:
                if "can't be edited" not in refused.message and "not found" not in refused.message:
                    raise
                await message.answer(text, reply_markup=keyboard(rows))
        await self.toast()

    async def _send(self, text: str, rows: Rows) -> None:
        await self._bot.send_message(self.person.telegram_id, text, reply_markup=keyboard(rows))

    async def toast(self, text: str = "", *, alert: bool = False) -> None:
        if not isinstance(self.event, CallbackQuery):
            return
        cut = text if len(text) <= TOAST else text[: TOAST - 1] + "…"
        try:
            await self.event.answer(cut or None, show_alert=alert or None)
        except TelegramBadRequest as refused:
            if "query is too old" not in refused.message:  # nobody waits for this answer any more
                raise

    async def give(self, name: str, content: bytes, caption: str = "", rows: Rows = ()) -> None:
        await self.toast()
        # Asked for in order to be kept, printed or handed on: protected, Telegram would not let it be saved.
        await self._bot.send_document(
            self.person.telegram_id,
            BufferedInputFile(content, filename=name),
            caption=caption or None,
            reply_markup=keyboard(rows),
            protect_content=False,
        )

    async def hand_out(self, text: str, rows: Rows = ()) -> None:
        await self.toast()
        await self._bot.send_message(self.person.telegram_id, text, reply_markup=keyboard(rows), protect_content=False)

    async def show_below_picture(self, name: str, content: bytes, text: str, rows: Rows) -> None:
        old = self.event.message if isinstance(self.event, CallbackQuery) else None
        try:
            await self._bot.send_photo(self.person.telegram_id, BufferedInputFile(content, name))
        except TelegramBadRequest:  # a JPEG or a PNG, but of a shape Telegram does not show
            await self.give(name, content)
        await self.show(text, rows, anew=True)
        if isinstance(old, Message):
            with contextlib.suppress(TelegramBadRequest):  # older than two days: it stays where it is
                await old.delete()

    async def progress(self, text: str) -> None:
        message = self.event.message if isinstance(self.event, CallbackQuery) else None
        if isinstance(message, Message):
            with contextlib.suppress(TelegramBadRequest):  # only a word on the way
                await message.edit_text(text)

    async def change_buttons(self, rows: Rows) -> None:
        message = self.event.message if isinstance(self.event, CallbackQuery) else None
        if isinstance(message, Message):
            with contextlib.suppress(TelegramBadRequest):  # as they are already, or too old: the words stand
                await message.edit_reply_markup(reply_markup=keyboard(rows))

    async def answer_search(self, found: Sequence[Card], *, more: str, label: str, start: str, seconds: int) -> None:
        assert isinstance(self.event, InlineQuery)  # noqa: S101 - asked only where one types a search
        articles: list[InlineQueryResultUnion] = [_article(card) for card in found]
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
    """What came with an event: the text typed (or what is searched for), and the file or photo."""
    if isinstance(event, InlineQuery):
        return {"text": event.query, "more": event.offset}
    if not isinstance(event, Message):
        return {}
    return {"text": event.text or event.caption or "", "file": _sent(event)}


def _sent(message: Message) -> Sent | None:
    if message.document is not None:
        return Sent(message.document.file_name or "", message.document.file_size, message.document)
    if message.photo:
        largest = message.photo[-1]
        return Sent("", largest.file_size, largest, photo=True)
    return None
