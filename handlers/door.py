"""How a handler is registered: the policy's action that opens its door, and the targets that other subjects lead to."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, Self, get_type_hints

from aiogram import F
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.fsm.state import StatesGroup
from pydantic import create_model
from pydantic.fields import FieldInfo

from bot.targets import Target

TYPED = F.text & ~F.text.startswith("/")  # a text that is no command: for the states of typed talks


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


class _Read(AlsoOld, CallbackData, prefix="_"):
    """What reads a target's presses, old ones too."""


def may(action: str, *, keeps_talk: type[StatesGroup] | None = None) -> dict[str, Any]:
    """The flags a handler is registered with. Any press or command ends a typed talk, except where the page keeps it: its own
    subject's, never another's.
    """
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
    hints = get_type_hints(target, include_extras=True)
    given: dict[str, Any] = {
        each.name: (hints[each.name], ... if each.default is MISSING else each.default) for each in fields(target)
    }
    return create_model(target.__name__, __base__=_Read, __cls_kwargs__={"prefix": target.prefix}, **given)


def meant(pressed: CallbackData | None) -> object:
    """What a press means: the target, or the handler's own CallbackData; None where nothing was pressed."""
    if not isinstance(pressed, _Read):
        return pressed
    return Target.known[pressed.__prefix__](**pressed.model_dump())
