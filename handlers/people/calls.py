"""«Позвонить»: families without the bot, and what each is to be told, one family a page."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.notices import notice_of
from bot.services.courses.clashes import brief
from bot.services.people.calls import called, uncalled
from bot.targets import CallList, Inbox
from bot.visit import TEXT, Button, Visit
from bot.voice import lines
from handlers.door import may, opens
from storage.people import calls
from storage.people.calls import Family, ToSay


class Called(CallbackData, prefix="calls.made"):
    pupil: int
    upto: int  # the last thing the page said


class Uncalled(CallbackData, prefix="calls.unmade"):
    pupil: int
    upto: int


async def shown(visit: Visit, at: CallList) -> None:
    await _show(visit, at.pupil, "", [])


async def made(visit: Visit, at: Called) -> None:
    await called(visit.db, at.pupil, at.upto, by=visit.person, now=visit.now)
    undo = [[visit.button("button-uncalled", Uncalled(pupil=at.pupil, upto=at.upto))]]
    await _show(visit, 0, visit.say("calls-done"), undo)


async def unmade(visit: Visit, at: Uncalled) -> None:
    await uncalled(visit.db, at.pupil, at.upto, by=visit.person, now=visit.now)
    await _show(visit, at.pupil, "", [])


async def _show(visit: Visit, pupil: int, done: str, undo: list[list[Button]]) -> None:
    async with visit.db.read() as tx:
        families = await calls.families(tx, visit.person.organizations_as("coordinator"))
        at = next((place for place, one in enumerate(families) if one.pupil_id == pupil), 0)
        to_say = await calls.to_say(tx, families[at].pupil_id) if families else []
    rest = visit.ways_back(Inbox())
    if not families:
        await visit.show(lines([done, visit.say("calls-none")]), [*undo, rest])
        return
    text, upto = _family(visit, families[at], to_say, done, len(families))
    rows = [
        [visit.button("button-called", Called(pupil=families[at].pupil_id, upto=upto))],
        *undo,
        visit.pager(at, len(families), lambda to: CallList(pupil=families[to].pupil_id)),
        rest,
    ]
    await visit.show(text, rows)


def _family(visit: Visit, family: Family, to_say: list[ToSay], done: str, count: int) -> tuple[str, int]:
    """The page, and the last thing it says: what does not fit comes when this much has been told."""
    parts = [
        done,
        visit.say("calls-title", count=count),
        visit.say("calls-family", child=brief(family.child), class_name=family.class_name),
    ]
    upto = 0
    for one in to_say:
        words = visit.say("calls-say", at=one.at) + "\n" + notice_of(one.kind, one.facts).text(visit.say, "full")
        if upto and len(lines([*parts, words])) > TEXT - 300:
            break
        parts.append(words)
        upto = one.id
    return lines([*parts, visit.say("calls-no-numbers")]), upto


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="calls")
    router.callback_query.register(shown, opens(CallList), flags=may("calls.see"))
    router.callback_query.register(made, Called.filter(), flags=may("calls.see"))
    router.callback_query.register(unmade, Uncalled.filter(), flags=may("calls.see"))
    return router
