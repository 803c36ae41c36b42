"""How a page is shown: edited where a button was pressed, sent anew where something was typed."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Annotated, Any, Self

from aiogram.exceptions import TelegramBadRequest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from pydantic import Field
from pydantic.fields import FieldInfo

from bot import turn
from bot.refusals import Refusal
from bot.voice import Say

TOAST = 200  # characters a toast may have (Bot API, answerCallbackQuery)
TEXT = 4096  # characters a message may have


@dataclass(frozen=True)
class Button:
    """A button under a page: its words, and what it means (callback data) or where it leads (https)."""

    label: str
    to: CallbackData | str


Rows = Sequence[Sequence[Button]]


class AlsoOld:
    """Beside CallbackData: a button made before its last fields were there is read too; they have their defaults.

    >>> class Submit(AlsoOld, CallbackData, prefix="apply.submit"): ...
    """

    @classmethod
    def unpack(cls, value: str) -> Self:
        fields: dict[str, FieldInfo] = cls.model_fields  # type: ignore[attr-defined]  # CallbackData's
        given = value.count(":")
        later = list(fields.values())[given:]
        if later and all(not field.is_required() for field in later):
            value = ":".join([value, *(str(field.default) for field in later)])
        return super().unpack(value)  # type: ignore[misc, no-any-return]


# Epoch seconds, for callback data is 64 bytes and packs no dates. Other numbers of a button stay below 2³¹ (bot/telegram/doorman.py),
# which as seconds is a day of 2038: hence a range of its own.
Epoch = Annotated[int, Field(ge=0, le=4_102_444_800)]  # the year 2100


class Menu(CallbackData, prefix="menu"):
    """The way back that every page has."""


# The doors of the subjects, as the menu shows them: a page of one subject leads to another's by its class here, for
# handlers of two subjects never import each other.


class Courses(CallbackData, prefix="courses"):
    """The catalogue of courses, open to strangers too."""


class Applications(CallbackData, prefix="applications"):
    """A family's applications; for a coordinator, those of the school."""


class Timetable(CallbackData, prefix="timetable"):
    """The family's week."""


class JournalHome(CallbackData, prefix="journal"):
    """The journal of one's children, or of one's groups."""


class Tasks(CallbackData, prefix="tasks"):
    """The roadmap's and the regulation's tasks."""


class Inbox(CallbackData, prefix="inbox"):
    """What waits for this member of staff to decide."""


class SettingsHome(CallbackData, prefix="settings"):
    """Language, how much a message may say, quiet hours."""


class Help(CallbackData, prefix="help"):
    """What this bot can do, by role."""


class MyData(CallbackData, prefix="mydata"):
    """What is held about a person, and how to withdraw it."""


class Lessons(CallbackData, prefix="lessons"):
    """A teacher's lessons."""


class Requests(CallbackData, prefix="requests"):
    """The school's requests to its partners."""


class Papers(CallbackData, prefix="papers"):
    """The school's papers: order, lists of groups, requests."""


class Reports(CallbackData, prefix="reports"):
    """The school's reports: how far the wishes came."""


class NetworkHome(CallbackData, prefix="network"):
    """The coordinator's workbook and invitations."""


class ConsentOf(CallbackData, prefix="consent"):
    """What is asked for one child, and what was agreed to."""

    pupil: int


class Invite(CallbackData, prefix="invite"):
    """Whom to invite: the coordinator's."""


class WithdrawHome(CallbackData, prefix="mydata.out"):
    """What a withdrawal would erase; pupil 0: for all children."""

    pupil: int


class Page(CallbackData, prefix="page"):
    """Nothing: the middle of a pager, which says where one is."""


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    made = [[_button(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=made) if made else None


def _button(button: Button) -> InlineKeyboardButton:
    if isinstance(button.to, str) and button.to.startswith("http"):
        return InlineKeyboardButton(text=button.label, url=button.to)
    data = button.to if isinstance(button.to, str) else button.to.pack()
    return InlineKeyboardButton(text=button.label, callback_data=data)


async def show(event: Message | CallbackQuery, text: str, rows: Rows = (), *, anew: bool = False) -> None:
    """Show a page: in place of the one whose button was pressed, or as a new message.

    `anew` sends a new message even for a press: where the pressed message is a letter that must stay to be read.
    A page that a later press on the same message would draw over is not drawn; nor are new messages to a chat that floods us.
    """
    if isinstance(event, Message):
        if not turn.flooded():
            await event.answer(text, reply_markup=keyboard(rows))
        return
    message = event.message
    if anew or not isinstance(message, Message) or message.text is None:  # a letter, or nothing there that could be edited
        await answer(event)
        if not turn.flooded():
            await _send(event, text, rows)
        return
    if turn.overtaken(message.message_id):
        turn.leave_undrawn(message.message_id, partial(_draw, event, message, text, rows))
        await answer(event)
        return
    await _draw(event, message, text, rows)
    await answer(event)


async def _draw(event: CallbackQuery, message: Message, text: str, rows: Rows) -> None:
    """The page in place of the one whose button was pressed; anew where it cannot be."""
    turn.drawn(message.message_id)
    try:
        await message.edit_text(text, reply_markup=keyboard(rows))
    except TelegramBadRequest as refused:
        # What is done is done: whatever Telegram has against the old page, its person gets a new one. Were it the text
        # that is at fault, the new one is refused too, and that is raised.
        if "message is not modified" not in refused.message:
            await _send(event, text, rows)


async def change_buttons(tap: CallbackQuery, rows: Rows) -> None:
    """Other buttons under what was pressed, the words staying; where that cannot be any more, nothing is lost."""
    if isinstance(tap.message, Message):
        with contextlib.suppress(TelegramBadRequest):
            await tap.message.edit_reply_markup(reply_markup=keyboard(rows))


async def how_far(tap: CallbackQuery, text: str) -> None:
    """A word on the page while the work goes on; where it cannot be shown, the work goes on all the same."""
    if isinstance(tap.message, Message):
        with contextlib.suppress(TelegramBadRequest):
            await tap.message.edit_text(text)


async def toast(tap: CallbackQuery, text: str, *, alert: bool = False, rows: Rows = ()) -> None:
    """A word over the page; the page stays. Plain text (`say.plain`); cut to what Telegram takes.

    Nobody sees it any more when the press is too old (the bot was away): then it comes as a message, whole, with `rows`.
    """
    if not await answer(tap, text if len(text) <= TOAST else text[: TOAST - 1] + "…", alert=alert):
        await _send(tap, escape(text, quote=False), rows)


async def give(event: Message | CallbackQuery, name: str, content: bytes, caption: str = "", rows: Rows = ()) -> None:
    """Send a file."""
    message = event if isinstance(event, Message) else event.message
    if isinstance(event, CallbackQuery):
        await answer(event)
    if message is not None and not turn.flooded():
        document = BufferedInputFile(content, filename=name)
        # Asked for in order to be kept, printed or handed on: protected, Telegram would not let it be saved.
        await message.answer_document(document, caption=caption or None, reply_markup=keyboard(rows), protect_content=False)


async def refuse(event: Message | CallbackQuery, refusal: Refusal, say: Say) -> None:
    """Show a "no": over the page when it is short, else as a message with a way back."""
    plain = say.plain(refusal.key, **refusal.facts)
    if isinstance(event, CallbackQuery) and len(plain) <= TOAST:
        await toast(event, plain, alert=True, rows=[[back_to_menu(say)]])
        return
    await show(event, say(refusal.key, **refusal.facts), [[back_to_menu(say)]], anew=True)


def is_letter(tap: CallbackQuery) -> bool:
    """Whether the button pressed stands under a letter, which stays to be read: only pages have the way to the menu."""
    markup = getattr(tap.message, "reply_markup", None)
    known = [button.callback_data for row in markup.inline_keyboard for button in row] if markup else []
    return Menu().pack() not in known


def with_unreached(told: str, count: int, say: Say) -> str:
    """What is said of families that will hear, and beside it of how many children nobody can be written to."""
    return f"{told}\n{say('families-unreached', count=count)}" if count else told


def back_to_menu(say: Say) -> Button:
    return Button(say.plain("button-menu"), Menu())


def back(say: Say, to: CallbackData) -> Button:
    return Button(say.plain("button-back"), to)


def pager(say: Say, page: int, pages: int, at: Callable[[int], CallbackData]) -> list[Button]:
    """‹ 2 из 5 › — empty when one page holds all. Pages count from 0."""
    if pages <= 1:
        return []
    return [
        Button("‹", at((page - 1) % pages)),
        Button(say.plain("pager", page=page + 1, pages=pages), Page()),
        Button("›", at((page + 1) % pages)),
    ]


def may(action: str) -> dict[str, Any]:
    """The flag every handler is registered with: the policy's action that opens its door."""
    return {"may": action}


async def answer(tap: CallbackQuery, text: str | None = None, *, alert: bool = False) -> bool:
    """End the waiting of a pressed button. False: it is too old, or was answered before; nobody has read the text."""
    try:
        await tap.answer(text, show_alert=alert or None)
    except TelegramBadRequest as refused:
        if "query is too old" not in refused.message:
            raise
        return False
    return True


async def _send(tap: CallbackQuery, text: str, rows: Rows) -> None:
    if tap.bot is not None:
        await tap.bot.send_message(tap.from_user.id, text, reply_markup=keyboard(rows))


Handler = Callable[..., Awaitable[None]]
