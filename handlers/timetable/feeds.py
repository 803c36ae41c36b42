"""«Подписка»: the timetable in the telephone's own calendar, as a file or by a secret address that can be revoked."""

from __future__ import annotations

import asyncio

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.documents.ics import ics
from bot.policy import require
from bot.refusals import Refusal
from bot.services.timetable.feed.addresses import Whose, make_address, revoke_address
from bot.services.timetable.feed.calendars import Whom, calendar_of, timetables_of
from bot.targets import Lessons, Subscription, Timetable
from bot.visit import Button, Packs, Visit
from bot.voice import lines
from handlers.door import may, opens
from storage.timetable import feeds

FILE = "timetable.ics"


class FeedOf(CallbackData, prefix="feed.of"):
    """The subscription of one timetable: of a pupil, or of what is taught in a post."""

    pupil: int = 0
    post: int = 0


class FeedFile(CallbackData, prefix="feed.file"):
    pupil: int = 0
    post: int = 0


class FeedNew(CallbackData, prefix="feed.new"):
    pupil: int = 0
    post: int = 0
    sure: int = 0  # 1: they know that the old address ends


class FeedOff(CallbackData, prefix="feed.off"):
    pupil: int = 0
    post: int = 0
    sure: int = 0


async def opened(visit: Visit) -> None:
    """Whose timetable, where there are several."""
    async with visit.db.read() as tx:
        found = await timetables_of(tx, visit.person, visit.say)
    if not found:
        raise Refusal("not-yours")
    if len(found) == 1:
        await _one(visit, next(iter(found)))
        return
    rows = [[Button(name, FeedOf(pupil=whose.pupil, post=whose.post))] for whose, name in found.items()]
    await visit.show(visit.say("feed-whose"), [*rows, visit.ways_back(_home(visit))])


async def of(visit: Visit, at: FeedOf) -> None:
    await _one(visit, Whose(at.pupil, at.post))


async def _one(visit: Visit, whose: Whose) -> None:
    """Where the bot has no address of its own, the file is all there is."""
    if visit.settings.public_url is None:
        await _give(visit, whose, visit.say.plain("feed-file-only", own="yes" if visit.person.is_pupil else "no"))
        return
    require(visit.person, "timetable.subscribe", whose.thing)
    async with visit.db.read() as tx:
        name = (await timetables_of(tx, visit.person, visit.say)).get(whose, "")
        made = (await feeds.made(tx, visit.person.known)).get(whose.key)
    state = visit.say("feed-stands", since=made) if made else visit.say("feed-none")
    key = {"pupil": whose.pupil, "post": whose.post}
    rows: list[list[Button]] = [
        [visit.button("button-feed-renew", FeedNew(**key)) if made else visit.button("button-feed-new", FeedNew(**key))],
        [visit.button("button-feed-file", FeedFile(**key))],
    ]
    if made:
        rows.append([visit.button("button-feed-off", FeedOff(**key))])
    discreet = whose.pupil and visit.person.detail == "discreet"
    text = [visit.say("feed-page", name=name), visit.say("feed-discreet") if discreet else "", state]
    await visit.show(lines(text), [*rows, visit.ways_back(_home(visit))])


async def file(visit: Visit, at: FeedFile) -> None:
    await _give(visit, Whose(at.pupil, at.post), visit.say.plain("feed-file", own="yes" if visit.person.is_pupil else "no"))


async def _give(visit: Visit, whose: Whose, caption: str) -> None:
    require(visit.person, "timetable.subscribe", whose.thing)
    calendar = await calendar_of(visit.db, whose, Whom(visit.person.known, visit.person.detail, visit.say), visit.moment)
    if not calendar.events:
        raise Refusal("feed-empty")
    await visit.give(FILE, await asyncio.to_thread(ics, calendar), caption, [visit.ways_back(_home(visit))])


async def new(visit: Visit, at: FeedNew) -> None:
    """The address is shown once, in a message that may be copied."""
    whose = Whose(at.pupil, at.post)
    require(visit.person, "timetable.subscribe", whose.thing)
    if visit.settings.public_url is None:
        await _one(visit, whose)
        return
    async with visit.db.read() as tx:
        stands = whose.key in await feeds.made(tx, visit.person.known)
    if stands and not at.sure:
        await _sure(visit, visit.say("feed-renew-sure"), FeedNew(pupil=at.pupil, post=at.post, sure=1), whose)
        return
    secret = await make_address(visit.db, whose, by=visit.person, now=visit.now)
    address = f"{visit.settings.public_url}/calendar/{secret}.ics"
    await visit.hand_out(visit.say("feed-made", address=address, own="yes" if visit.person.is_pupil else "no"), [[visit.menu]])


async def off(visit: Visit, at: FeedOff) -> None:
    whose = Whose(at.pupil, at.post)
    if not at.sure:
        await _sure(visit, visit.say("feed-off-sure"), FeedOff(pupil=at.pupil, post=at.post, sure=1), whose)
        return
    await revoke_address(visit.db, whose, by=visit.person, now=visit.now)
    await visit.show(visit.say("feed-revoked"), [visit.ways_back(Subscription())])


async def _sure(visit: Visit, text: str, to: Packs, whose: Whose) -> None:
    back = FeedOf(pupil=whose.pupil, post=whose.post)
    await visit.show(text, [[visit.button("button-confirm", to).destroys], visit.ways_back(back)])


def _home(visit: Visit) -> Packs:
    return Timetable() if visit.person.pupils else Lessons()


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="timetable_feeds")
    router.callback_query.register(opened, opens(Subscription), flags=may("timetable.subscribe"))
    router.callback_query.register(of, FeedOf.filter(), flags=may("timetable.subscribe"))
    router.callback_query.register(file, FeedFile.filter(), flags=may("timetable.subscribe"))
    router.callback_query.register(new, FeedNew.filter(), flags=may("timetable.subscribe"))
    router.callback_query.register(off, FeedOff.filter(), flags=may("timetable.subscribe"))
    return router
