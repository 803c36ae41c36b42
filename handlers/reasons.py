"""A reason somebody typed: shown as it will be read before anybody hears of it; one that speaks of illness is asked about."""

from __future__ import annotations

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData

from bot.reading.illness import speaks_of_illness
from bot.refusals import Refusal, stamp
from bot.services.enrollment.choices import checked_reason
from bot.visit import Packs, Visit
from bot.voice import lines

Sure = Callable[[str], CallbackData]  # the stamp of the reason → the button that goes through with it


async def show_reason(visit: Visit, head: str, sure: Sure, *, back: Packs, family: bool = True) -> None:
    """What was typed, with the button that goes through with it; typing again replaces it.

    `family`: the family reads it; else it stays with the school. Refusals: reason-needed, reason-too-long.
    """
    why = checked_reason(visit.text)
    await visit.talk.note(why=why)
    read = visit.say("reason-told", reason=why) if family else visit.say("reason-kept", reason=why)
    ill = speaks_of_illness(why)
    asked = visit.say("reason-illness") if ill else visit.say("reason-again")
    go = visit.button("button-reason-illness" if ill else "button-confirm", sure(stamp(why)))
    await visit.show(lines([head, read, asked]), [[go], [visit.back(back)]])


async def shown_reason(visit: Visit, why: str) -> str:
    """The reason the pressed page showed, by its stamp; what was used or replaced since is refused. The talk is over."""
    typed = (await visit.talk.data()).get("why")
    if not isinstance(typed, str) or stamp(typed) != why:
        raise Refusal("reason-used")
    await visit.talk.end()
    return typed
