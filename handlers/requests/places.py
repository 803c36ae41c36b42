"""The presses that the pages of a request and its refusals share."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.telegram.pressed import AlsoOld


class Refuse(CallbackData, prefix="request.refuse"):
    """Asks for the reason."""

    request: int
    choice: int


class RefuseAll(CallbackData, prefix="request.none"):
    """Asks for the reason."""

    request: int
    version: int


class Amend(AlsoOld, CallbackData, prefix="request.amend"):
    """What the request's next version would say; asks for confirmation."""

    request: int
    seen: str = ""  # of buttons that sent it at once
