"""How the bot speaks to a person: language, how much a message may say, quiet hours; and the way to consents and data."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup
from pydantic import Field

from bot.notices.news import news_words
from bot.refusals import Refusal
from bot.services.network.years import this_year
from bot.services.people.people import choose_detail, choose_language, choose_quiet
from bot.settings import parse_quiet
from bot.targets import ConsentOf, MyData, NewsHome, Reminders, SettingsHome, Subscription
from bot.visit import Button, Rows, Visit
from bot.voice import Say
from handlers.door import TYPED, may, opens
from handlers.people.consent import MyName
from storage.people import people

NEVER = (time(0), time(0))  # equal times: no quiet hours
PRESETS = ((time(21), time(7)), (time(22), time(8)), (time(20), time(7)))


class QuietHoursTyping(StatesGroup):
    quiet = State()


class Languages(CallbackData, prefix="settings.languages"):
    pass


class Language(CallbackData, prefix="settings.language"):
    code: str


class Details(CallbackData, prefix="settings.details"):
    pass


class Detail(CallbackData, prefix="settings.detail"):
    detail: str


class QuietHours(CallbackData, prefix="settings.hours"):
    pass


class QuietOwn(CallbackData, prefix="settings.hours.own"):
    pass


class Quiet(CallbackData, prefix="settings.quiet"):
    begins: int = Field(ge=-1, le=23)  # whole hours; -1 and -1: as the network has it
    ends: int = Field(ge=-1, le=23)


# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(visit: Visit) -> None:
    await visit.show(*await _page(visit))


async def _page(visit: Visit) -> tuple[str, Rows]:
    person, say = visit.person, visit.say
    async with visit.db.read() as tx:
        children = await people.children_of(tx, person.known, await this_year(tx, visit.today))
    detail = say.plain("settings-detail-full") if person.detail == "full" else say.plain("settings-detail-discreet")
    news = [news_words(say, person.muted)] if person.pupils else []
    text = say("settings-page", language=_name_of(say, person.language), detail=detail, quiet=_quiet_words(visit))
    consents = [
        [Button(say.plain("button-consents", child=child.first_name), ConsentOf(pupil=child.pupil_id))] for child in children
    ]
    return "\n".join([text, *news]), [
        [Button(say.plain("button-language"), Languages()), Button(say.plain("button-detail"), Details())],
        [Button(say.plain("button-quiet"), QuietHours())],
        *([[visit.button("button-news", NewsHome()), visit.button("button-reminders", Reminders())]] if person.pupils else []),
        *([[visit.button("button-feed", Subscription())]] if person.pupils or person.staff_as("teacher") else []),
        *consents,
        *([[Button(say.plain("button-my-name"), MyName())]] if children and person.name and not person.posts else []),
        [Button(say.plain("button-mydata"), MyData())],
        [visit.menu],
    ]


def _name_of(say: Say, language: str) -> str:
    return say.plain("language-en") if language == "en" else say.plain("language-ru")


def _quiet_words(visit: Visit) -> str:
    person, say = visit.person, visit.say
    if person.quiet is None:
        return say.plain("quiet-default", **_hours(visit.settings.quiet))
    begins, ends = person.quiet
    return say.plain("quiet-none") if begins == ends else say.plain("quiet-hours", **_hours(person.quiet))


def _hours(hours: tuple[time, time]) -> dict[str, str]:
    return {"begins": f"{hours[0]:%H:%M}", "ends": f"{hours[1]:%H:%M}"}


# ── language ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def languages(visit: Visit) -> None:
    def choice(label: str, code: str) -> list[Button]:
        return [Button(_chosen(label, visit.person.language == code), Language(code=code))]

    rows = [
        choice(visit.say.plain("language-ru"), "ru"),
        choice(visit.say.plain("language-en"), "en"),
        visit.ways_back(SettingsHome()),
    ]
    await visit.show(visit.say("settings-language"), rows)


async def language_chosen(visit: Visit, at: Language) -> None:
    """The page and the command menu speak the new language at once."""
    await choose_language(visit.db, at.code, by=visit.person)
    visit.become(replace(visit.person, language=at.code))
    await visit.show(*await _page(visit))
    await visit.offer_commands(visit.person)


# ── how much a message may say ──────────────────────────────────────────────────────────────────────────────────────


async def details(visit: Visit) -> None:
    def choice(label: str, detail: str) -> list[Button]:
        return [Button(_chosen(label, visit.person.detail == detail), Detail(detail=detail))]

    rows = [
        choice(visit.say.plain("button-detail-full"), "full"),
        choice(visit.say.plain("button-detail-discreet"), "discreet"),
        visit.ways_back(SettingsHome()),
    ]
    await visit.show(visit.say("settings-detail"), rows)


async def detail_chosen(visit: Visit, at: Detail) -> None:
    await choose_detail(visit.db, at.detail, by=visit.person)
    visit.become(replace(visit.person, detail=at.detail))
    await visit.show(*await _page(visit))


# ── quiet hours ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def quiet_hours(visit: Visit) -> None:
    def choice(hours: tuple[time, time]) -> Button:
        label = visit.say.plain("quiet-hours", **_hours(hours))
        return Button(_chosen(label, visit.person.quiet == hours), Quiet(begins=hours[0].hour, ends=hours[1].hour))

    none = visit.person.quiet is not None and visit.person.quiet[0] == visit.person.quiet[1]
    default = visit.say.plain("quiet-default", **_hours(visit.settings.quiet))
    rows = [
        [choice(hours) for hours in PRESETS[:2]],
        [choice(PRESETS[2]), Button(_chosen(visit.say.plain("button-quiet-none"), none), Quiet(begins=0, ends=0))],
        [Button(_chosen(default, visit.person.quiet is None), Quiet(begins=-1, ends=-1))],
        [visit.button("button-quiet-own", QuietOwn())],
        visit.ways_back(SettingsHome()),
    ]
    await visit.show(visit.say("settings-quiet"), rows)


async def quiet_asked(visit: Visit) -> None:
    await visit.talk.begin(QuietHoursTyping.quiet)
    await visit.show(visit.say("settings-quiet-type"), [visit.ways_back(QuietHours())])


async def quiet_chosen(visit: Visit, at: Quiet) -> None:
    hours = None
    if at.begins >= 0:
        if not (0 <= at.begins < 24 and 0 <= at.ends < 24):
            raise Refusal("gone")
        hours = time(at.begins), time(at.ends)
    await choose_quiet(visit.db, hours, by=visit.person)
    visit.become(replace(visit.person, quiet=hours))
    await visit.show(*await _page(visit))


async def quiet_typed(visit: Visit) -> None:
    """«21:30-6:45», with any dash and spaces."""
    text = visit.text.replace("–", "-").replace("—", "-").replace(".", ":").replace(" ", "")
    try:
        hours = parse_quiet(text)
    except ValueError:
        raise Refusal("quiet-not-understood") from None
    await choose_quiet(visit.db, hours, by=visit.person)
    await visit.talk.end()
    visit.become(replace(visit.person, quiet=hours))
    await visit.show(*await _page(visit))


def _chosen(label: str, now: bool) -> str:
    return f"● {label}" if now else label


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="settings")
    router.message.register(opened, Command("settings"), flags=may("settings.change"))
    router.message.register(quiet_typed, QuietHoursTyping.quiet, TYPED, flags=may("settings.change"))
    router.callback_query.register(opened, opens(SettingsHome), flags=may("settings.change"))
    router.callback_query.register(languages, Languages.filter(), flags=may("settings.change"))
    router.callback_query.register(language_chosen, Language.filter(), flags=may("settings.change"))
    router.callback_query.register(details, Details.filter(), flags=may("settings.change"))
    router.callback_query.register(detail_chosen, Detail.filter(), flags=may("settings.change"))
    router.callback_query.register(quiet_hours, QuietHours.filter(), flags=may("settings.change"))
    router.callback_query.register(quiet_asked, QuietOwn.filter(), flags=may("settings.change"))
    router.callback_query.register(quiet_chosen, Quiet.filter(), flags=may("settings.change"))
    return router
