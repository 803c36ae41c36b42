"""How a handler is registered: the policy's action that opens its door, and the targets that other subjects lead to."""

from __future__ import annotations

from typing import Any

from aiogram import F
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.fsm.state import State, StatesGroup

from bot.targets import Target
from bot.telegram.pressed import callback_of

TYPED = F.text & ~F.text.startswith("/")  # a text that is no command: for the states of typed talks


class Passing(StatesGroup):
    """A sentence that no page answers can be passed on (handlers/messages/asking.py): it stands in the talk's data, and asks for
    nothing. What is typed next is a new sentence.
    """

    words = State()


UNASKED = StateFilter(None, Passing.words)  # nobody has asked for a text


def may(action: str, *, keeps_talk: type[StatesGroup] | None = None) -> dict[str, Any]:
    """The flags a handler is registered with. Any press or command ends a typed talk, except where the page keeps it: its own
    subject's, never another's.
    """
    return {"may": action, "keeps_talk": keeps_talk}


def opens(target: type[Target]) -> CallbackQueryFilter:
    """The filter of a target's presses: `router.callback_query.register(opened, opens(LessonPage), flags=…)`."""
    return callback_of(target).filter()
