"""How a handler is registered: the policy's action that opens its door, and the targets that other subjects lead to."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, get_type_hints

from aiogram import F
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from pydantic import create_model

from bot.targets import Target

TYPED = F.text & ~F.text.startswith("/")  # a text that is no command: for the states of typed talks


def may(action: str, *, keeps_talk: bool = False) -> dict[str, Any]:
    """The flags a handler is registered with. Any press or command ends a typed talk, except where the page keeps it."""
    return {"may": action, "keeps_talk": keeps_talk}


def opens(target: type[Target]) -> CallbackQueryFilter:
    """The filter of a target's presses: `router.callback_query.register(opened, opens(LessonPage), flags=…)`."""
    return callback_of(target).filter()


_MADE: dict[str, type[CallbackData]] = {}


def callback_of(target: type[Target]) -> type[CallbackData]:
    """The aiogram CallbackData that reads what `target.pack()` has written."""
    if target.prefix not in _MADE:
        _MADE[target.prefix] = _made(target)
    return _MADE[target.prefix]


def _made(target: type[Target]) -> type[CallbackData]:
    hints = get_type_hints(target)
    given: dict[str, Any] = {
        each.name: (hints[each.name], ... if each.default is MISSING else each.default) for each in fields(target)
    }
    return create_model(target.__name__, __base__=CallbackData, __cls_kwargs__={"prefix": target.prefix}, **given)
