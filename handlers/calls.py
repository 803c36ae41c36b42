"""«Позвонить»: families without the bot, and what each is to be told, one family a page."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.notices import notice_of
from bot.policy import Person
from bot.services.calls import called, uncalled
from bot.services.clashes import brief
from bot.voice import Say, lines
from handlers.ui import TEXT, Button, Inbox, back, back_to_menu, may, pager, show
from storage import calls
from storage.calls import Family, ToSay
from storage.db import Database


class Calls(CallbackData, prefix="calls"):
    """The family of this pupil; 0, or one already called: the one waiting longest."""

    pupil: int


class Called(CallbackData, prefix="calls.made"):
    pupil: int
    upto: int  # the last thing the page said


class Uncalled(CallbackData, prefix="calls.unmade"):
    pupil: int
    upto: int


async def shown(tap: CallbackQuery, callback_data: Calls, db: Database, say: Say, person: Person) -> None:
    await _show(tap, callback_data.pupil, "", [], db, say, person)


async def made(tap: CallbackQuery, callback_data: Called, db: Database, say: Say, person: Person, now: datetime) -> None:
    at = callback_data
    await called(db, at.pupil, at.upto, by=person, now=now)
    undo = [[Button(say.plain("button-uncalled"), Uncalled(pupil=at.pupil, upto=at.upto))]]
    await _show(tap, 0, say("calls-done"), undo, db, say, person)


async def unmade(tap: CallbackQuery, callback_data: Uncalled, db: Database, say: Say, person: Person, now: datetime) -> None:
    await uncalled(db, callback_data.pupil, callback_data.upto, by=person, now=now)
    await _show(tap, callback_data.pupil, "", [], db, say, person)


async def _show(
    tap: CallbackQuery, pupil: int, done: str, undo: list[list[Button]], db: Database, say: Say, person: Person
) -> None:
    async with db.read() as tx:
        families = await calls.families(tx, person.organizations_as("coordinator"))
        at = next((place for place, one in enumerate(families) if one.pupil_id == pupil), 0)
        to_say = await calls.to_say(tx, families[at].pupil_id) if families else []
    rest = [back(say, Inbox()), back_to_menu(say)]
    if not families:
        await show(tap, lines([done, say("calls-none")]), [*undo, rest])
        return
    text, upto = _family(families[at], to_say, done, len(families), say)
    rows = [
        [Button(say.plain("button-called"), Called(pupil=families[at].pupil_id, upto=upto))],
        *undo,
        pager(say, at, len(families), lambda to: Calls(pupil=families[to].pupil_id)),
        rest,
    ]
    await show(tap, text, rows)


def _family(family: Family, to_say: list[ToSay], done: str, count: int, say: Say) -> tuple[str, int]:
    """The page, and the last thing it says: what does not fit comes when this much has been told."""
    parts = [done, say("calls-title", count=count), say("calls-family", child=brief(family.child), class_name=family.class_name)]
    upto = 0
    for one in to_say:
        words = say("calls-say", at=one.at) + "\n" + notice_of(one.kind, one.facts).text(say, "full")
        if upto and len(lines([*parts, words])) > TEXT - 300:
            break
        parts.append(words)
        upto = one.id
    return lines([*parts, say("calls-no-numbers")]), upto


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="calls")
    router.callback_query.register(shown, Calls.filter(), flags=may("calls.see"))
    router.callback_query.register(made, Called.filter(), flags=may("calls.see"))
    router.callback_query.register(unmade, Uncalled.filter(), flags=may("calls.see"))
    return router
