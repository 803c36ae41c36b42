"""How the bot speaks to a person: language, how much a message may say, quiet hours; and the way to consents and data."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from pydantic import Field

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.people.people import choose_detail, choose_language, choose_quiet
from bot.settings import Settings, parse_quiet
from bot.telegram.commands import set_commands
from bot.voice import Say, voice
from handlers.ui import Button, ConsentOf, MyData, Rows, SettingsHome, back, back_to_menu, may, show
from storage.db import Database
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


async def opened(
    event: Message | CallbackQuery, person: Person, say: Say, db: Database, settings: Settings, state: FSMContext
) -> None:
    await _end_talk(state)
    await show(event, *await _page(db, person, say, settings))


async def _page(db: Database, person: Person, say: Say, settings: Settings) -> tuple[str, Rows]:
    async with db.read() as tx:
        children = await people.children_of(tx, person.known)
    detail = say.plain("settings-detail-full") if person.detail == "full" else say.plain("settings-detail-discreet")
    text = say("settings-page", language=_name_of(say, person.language), detail=detail, quiet=_quiet_words(person, say, settings))
    consents = [
        [Button(say.plain("button-consents", child=child.first_name), ConsentOf(pupil=child.pupil_id))] for child in children
    ]
    return text, [
        [Button(say.plain("button-language"), Languages()), Button(say.plain("button-detail"), Details())],
        [Button(say.plain("button-quiet"), QuietHours())],
        *consents,
        [Button(say.plain("button-mydata"), MyData())],
        [back_to_menu(say)],
    ]


def _name_of(say: Say, language: str) -> str:
    return say.plain("language-en") if language == "en" else say.plain("language-ru")


def _quiet_words(person: Person, say: Say, settings: Settings) -> str:
    if person.quiet is None:
        return say.plain("quiet-default", **_hours(settings.quiet))
    begins, ends = person.quiet
    return say.plain("quiet-none") if begins == ends else say.plain("quiet-hours", **_hours(person.quiet))


def _hours(hours: tuple[time, time]) -> dict[str, str]:
    return {"begins": f"{hours[0]:%H:%M}", "ends": f"{hours[1]:%H:%M}"}


async def _end_talk(state: FSMContext) -> None:
    if await state.get_state() is not None:
        await state.clear()


# ── language ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def languages(tap: CallbackQuery, person: Person, say: Say) -> None:
    def choice(label: str, code: str) -> list[Button]:
        return [Button(_chosen(label, person.language == code), Language(code=code))]

    rows = [
        choice(say.plain("language-ru"), "ru"),
        choice(say.plain("language-en"), "en"),
        [back(say, SettingsHome()), back_to_menu(say)],
    ]
    await show(tap, say("settings-language"), rows)


async def language_chosen(
    tap: CallbackQuery, callback_data: Language, person: Person, db: Database, bot: Bot, settings: Settings
) -> None:
    """The page and the command menu speak the new language at once."""
    await choose_language(db, callback_data.code, by=person)
    person = replace(person, language=callback_data.code)
    say = voice(person.language, settings.zone)
    await show(tap, *await _page(db, person, say, settings))
    await set_commands(bot, person, say)


# ── how much a message may say ──────────────────────────────────────────────────────────────────────────────────────


async def details(tap: CallbackQuery, person: Person, say: Say) -> None:
    def choice(label: str, detail: str) -> list[Button]:
        return [Button(_chosen(label, person.detail == detail), Detail(detail=detail))]

    rows = [
        choice(say.plain("button-detail-full"), "full"),
        choice(say.plain("button-detail-discreet"), "discreet"),
        [back(say, SettingsHome()), back_to_menu(say)],
    ]
    await show(tap, say("settings-detail"), rows)


async def detail_chosen(
    tap: CallbackQuery, callback_data: Detail, person: Person, say: Say, db: Database, settings: Settings
) -> None:
    await choose_detail(db, callback_data.detail, by=person)
    await show(tap, *await _page(db, replace(person, detail=callback_data.detail), say, settings))


# ── quiet hours ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def quiet_hours(tap: CallbackQuery, person: Person, say: Say, settings: Settings, state: FSMContext) -> None:
    def choice(hours: tuple[time, time]) -> Button:
        label = say.plain("quiet-hours", **_hours(hours))
        return Button(_chosen(label, person.quiet == hours), Quiet(begins=hours[0].hour, ends=hours[1].hour))

    none = person.quiet is not None and person.quiet[0] == person.quiet[1]
    default = say.plain("quiet-default", **_hours(settings.quiet))
    rows = [
        [choice(hours) for hours in PRESETS[:2]],
        [choice(PRESETS[2]), Button(_chosen(say.plain("button-quiet-none"), none), Quiet(begins=0, ends=0))],
        [Button(_chosen(default, person.quiet is None), Quiet(begins=-1, ends=-1))],
        [Button(say.plain("button-quiet-own"), QuietOwn())],
        [back(say, SettingsHome()), back_to_menu(say)],
    ]
    await _end_talk(state)
    await show(tap, say("settings-quiet"), rows)


async def quiet_asked(tap: CallbackQuery, say: Say, state: FSMContext) -> None:
    await state.set_state(QuietHoursTyping.quiet)
    await show(tap, say("settings-quiet-type"), [[back(say, QuietHours()), back_to_menu(say)]])


async def quiet_chosen(
    tap: CallbackQuery, callback_data: Quiet, person: Person, say: Say, db: Database, settings: Settings, state: FSMContext
) -> None:
    hours = None
    if callback_data.begins >= 0:
        if not (0 <= callback_data.begins < 24 and 0 <= callback_data.ends < 24):
            raise Refusal("gone")
        hours = time(callback_data.begins), time(callback_data.ends)
    await choose_quiet(db, hours, by=person)
    await _end_talk(state)
    await show(tap, *await _page(db, replace(person, quiet=hours), say, settings))


async def quiet_typed(message: Message, person: Person, say: Say, db: Database, settings: Settings, state: FSMContext) -> None:
    """«21:30-6:45», with any dash and spaces."""
    text = (message.text or "").replace("–", "-").replace("—", "-").replace(".", ":").replace(" ", "")
    try:
        hours = parse_quiet(text)
    except ValueError:
        raise Refusal("quiet-not-understood") from None
    await choose_quiet(db, hours, by=person)
    await state.clear()
    await show(message, *await _page(db, replace(person, quiet=hours), say, settings))


def _chosen(label: str, now: bool) -> str:
    return f"● {label}" if now else label


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="settings")
    router.message.register(opened, Command("settings"), flags=may("settings.change"))
    router.message.register(quiet_typed, QuietHoursTyping.quiet, F.text & ~F.text.startswith("/"), flags=may("settings.change"))
    router.callback_query.register(opened, SettingsHome.filter(), flags=may("settings.change"))
    router.callback_query.register(languages, Languages.filter(), flags=may("settings.change"))
    router.callback_query.register(language_chosen, Language.filter(), flags=may("settings.change"))
    router.callback_query.register(details, Details.filter(), flags=may("settings.change"))
    router.callback_query.register(detail_chosen, Detail.filter(), flags=may("settings.change"))
    router.callback_query.register(quiet_hours, QuietHours.filter(), flags=may("settings.change"))
    router.callback_query.register(quiet_asked, QuietOwn.filter(), flags=may("settings.change"))
    router.callback_query.register(quiet_chosen, Quiet.filter(), flags=may("settings.change"))
    return router
