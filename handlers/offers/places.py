"""Where among the groups somebody stands: the presses that several of this subject's files lead to."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class GroupPage(CallbackData, prefix="group.page"):
    group: int
    page: int


class RegroupAll(CallbackData, prefix="group.all"):
    """Everybody of a group goes to another: asks where to."""

    group: int


class Seat(CallbackData, prefix="group.seat"):
    """A pupil in a group."""

    choice: int
