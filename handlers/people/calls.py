"""«Позвонить»: whom no letter reached, or perhaps none, and what each is to be told, one family or person a page."""

from __future__ import annotations

import html
import re

import structlog
from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.notices import notice_of
from bot.services.courses.clashes import brief
from bot.services.network.years import this_year
from bot.services.people.calls import called, uncalled
from bot.targets import CallList, Inbox
from bot.visit import TEXT, Button, Packs, Visit
from bot.voice import lines
from handlers.door import may, opens
from storage.people import calls
from storage.people.calls import ToSay, Waiting, Whom

log = structlog.get_logger()

LONGEST = 2000  # characters of a refused letter: one reason to be refused is to be too long
TAG = re.compile(r"<[^>]*>")
HOW = {"dead": "calls-dead", "unknown": "calls-unknown", "cancelled": "calls-shut-out"}


class CallsTo(CallbackData, prefix="calls.to"):
    """One person who is called for themself: a member of staff, mostly."""

    person: int


class Called(CallbackData, prefix="calls.made"):
    pupil: int
    upto: int  # the last thing the page said


class CalledTo(CallbackData, prefix="calls.madeto"):
    person: int
    upto: int


class Uncalled(CallbackData, prefix="calls.unmade"):
    pupil: int
    upto: int


class UncalledTo(CallbackData, prefix="calls.unmadeto"):
    person: int
    upto: int


def _whom(at: CallList | CallsTo | Called | CalledTo | Uncalled | UncalledTo) -> Whom:
    return Whom(pupil_id=at.pupil) if isinstance(at, CallList | Called | Uncalled) else Whom(person_id=at.person)


async def shown(visit: Visit, at: CallList | CallsTo) -> None:
    await _show(visit, _whom(at), "", [])


async def made(visit: Visit, at: Called | CalledTo) -> None:
    await called(visit.db, _whom(at), at.upto, by=visit.person, now=visit.now)
    not_so = Uncalled(pupil=at.pupil, upto=at.upto) if isinstance(at, Called) else UncalledTo(person=at.person, upto=at.upto)
    undo = [[visit.button("button-uncalled", not_so)]]
    done = visit.say("calls-done" if isinstance(at, Called) else "calls-done-person")
    await _show(visit, Whom(), done, undo)


async def unmade(visit: Visit, at: Uncalled | UncalledTo) -> None:
    await uncalled(visit.db, _whom(at), at.upto, by=visit.person, now=visit.now)
    await _show(visit, _whom(at), "", [])


async def _show(visit: Visit, whom: Whom, done: str, undo: list[list[Button]]) -> None:
    async with visit.db.read() as tx:
        waiting = await calls.waiting(tx, visit.person.organizations_as("coordinator"), await this_year(tx, visit.today))
        at = next((place for place, one in enumerate(waiting) if one.whom == whom), 0)
        to_say = await calls.to_say(tx, waiting[at].whom) if waiting else []
    rest = visit.ways_back(Inbox())
    if not waiting:
        await visit.show(lines([done, visit.say("calls-none")]), [*undo, rest])
        return
    title = visit.say("calls-title-letters" if any(one.letters for one in waiting) else "calls-title", count=len(waiting))
    text, upto = _page(visit, waiting[at], to_say, [done, title])
    rows = [
        [visit.button("button-called", _called(waiting[at].whom, upto))],
        *undo,
        visit.pager(at, len(waiting), lambda to: _at(waiting[to].whom)),
        rest,
    ]
    await visit.show(text, rows)


def _at(whom: Whom) -> Packs:
    return CallList(pupil=whom.pupil_id) if whom.pupil_id is not None else CallsTo(person=whom.person_id or 0)


def _called(whom: Whom, upto: int) -> CallbackData:
    if whom.pupil_id is not None:
        return Called(pupil=whom.pupil_id, upto=upto)
    return CalledTo(person=whom.person_id or 0, upto=upto)


def _page(visit: Visit, who: Waiting, to_say: list[ToSay], parts: list[str]) -> tuple[str, int]:
    """The page, and the last thing it says: what does not fit comes when this much has been told."""
    family = who.class_name is not None
    parts.append(
        visit.say("calls-family", child=brief(who.name), class_name=who.class_name)
        if family
        else visit.say("calls-person", name=who.name)
    )
    upto = 0
    for one in to_say:
        words = "\n".join(
            part for part in (visit.say("calls-say", at=one.at), _how(visit, one, family=family), _words(visit, one)) if part
        )
        if upto and len(lines([*parts, words])) > TEXT - 300:
            break
        parts.append(words)
        upto = one.id
    if visit.say.plain("calls-promise") in "\n".join(parts):
        parts.append(visit.say("calls-instead"))
    return lines([*parts, visit.say("calls-no-numbers" if family else "calls-no-numbers-staff")]), upto


def _how(visit: Visit, one: ToSay, *, family: bool) -> str:
    """What became of the letter, and in a family whose it was."""
    if one.state is None:
        return ""
    return visit.say(HOW[one.state], name=(one.to if family else None) or "none")


def _words(visit: Visit, one: ToSay) -> str:
    """The letter; one that Telegram refused is shown without its marks and not longer than a page, else it would refuse this too."""
    try:
        words = notice_of(one.kind, one.facts).text(visit.say, "full")
        if one.state != "dead":
            return words
        plain = html.unescape(TAG.sub("", words))
        return html.escape(plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…", quote=False)
    except Exception:  # the letter may be dead because nobody can say it
        log.exception("what is to be told by telephone cannot be said", call=one.id, kind=one.kind)
        return visit.say("calls-no-words")


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="calls")
    router.callback_query.register(shown, opens(CallList), flags=may("calls.see"))
    router.callback_query.register(shown, CallsTo.filter(), flags=may("calls.see"))
    router.callback_query.register(made, Called.filter(), flags=may("calls.see"))
    router.callback_query.register(made, CalledTo.filter(), flags=may("calls.see"))
    router.callback_query.register(unmade, Uncalled.filter(), flags=may("calls.see"))
    router.callback_query.register(unmade, UncalledTo.filter(), flags=may("calls.see"))
    return router
