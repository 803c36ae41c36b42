"""Where in the queue of applications somebody stands: the presses that several of its files lead to."""

from __future__ import annotations

from typing import Any

from aiogram.filters.callback_data import CallbackData
from pydantic import BaseModel

from bot.targets import DecisionPast


class Which(BaseModel):
    """What part of the queue is looked at. show: n new, w with warnings, r returned, d decided today; 0 is all."""

    show: str = "n"
    course: int = 0
    org: int = 0
    like: int = 0  # the class of this pupil


def plain(at: Which | DecisionPast) -> dict[str, Any]:
    """The part of the queue, for another button."""
    return {name: getattr(at, name) for name in Which.model_fields}


class Look(Which, CallbackData, prefix="inbox.look"):
    """An application of the queue; 0, or one no longer in it: the one waiting longest."""

    application: int


class Filter(Which, CallbackData, prefix="inbox.filter"):
    """What can be chosen."""


class All(Which, CallbackData, prefix="inbox.all"):
    """What would be approved, and what not; asks for confirmation."""


class Forming(CallbackData, prefix="inbox.forming"):
    """The partners for whom children are approved."""


class Find(CallbackData, prefix="inbox.find"):
    """Asks for a surname."""


class Missing(CallbackData, prefix="inbox.missing"):
    """The classes, with how many have not applied."""


class SheetOut(CallbackData, prefix="inbox.sheet"):
    """The applications as a sheet to decide in."""
