"""Where the pages of announcements lead to one another."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup


class Writing(StatesGroup):
    """The words of an announcement are typed, or its file is sent: of a new one to whom, of a draft which stands in the talk."""

    typing = State()


class Card(CallbackData, prefix="ann.card"):
    """One announcement, as far as it has come; of a draft how it will be read."""

    announcement: int


class Begin(CallbackData, prefix="ann.to"):
    """A new one, to these."""

    post: int
    kind: str
    ref: str = ""


class Edit(CallbackData, prefix="ann.edit"):
    """What is to be typed or sent: words, file."""

    announcement: int
    what: str


class Change(CallbackData, prefix="ann.set"):
    """What is otherwise from now on: asks, quiet (does not ask), bare (without its file)."""

    announcement: int
    what: str


class Send(CallbackData, prefix="ann.send"):
    announcement: int
    round: int  # how many times it had been sent when the page was drawn
    morning: bool = False


class Discard(CallbackData, prefix="ann.drop"):
    announcement: int


class TakeBack(CallbackData, prefix="ann.back"):
    announcement: int
    anew: bool = False  # and change it


class Missing(CallbackData, prefix="ann.missing"):
    """Who has not pressed «Ознакомлен(а)»."""

    announcement: int
    page: int = 0


class Remind(CallbackData, prefix="ann.remind"):
    announcement: int
