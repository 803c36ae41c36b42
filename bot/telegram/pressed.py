"""What a press means: our targets as aiogram's CallbackData, and buttons made before their last fields were there."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, Self, get_type_hints

from aiogram.filters.callback_data import CallbackData
from pydantic import create_model
from pydantic.fields import FieldInfo

from bot.targets import Target


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
