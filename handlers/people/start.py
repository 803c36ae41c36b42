"""The door: /start, invitations, the menu of each role, help; and what is said when nothing else fits."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.policy import Person, Role, may
from bot.refusals import Refusal
from bot.services.people.codes import looks_like_code
from bot.services.people.invitations import Entered, enter
from bot.services.people.people import became_unreachable, came_back, recognise
from bot.services.people.posts import LAPSES_AFTER
from bot.settings import Settings
from bot.telegram.commands import introduce, set_commands
from bot.voice import Say, lines, voice
from handlers import ui
from handlers.ui import Button, Rows, back_to_menu, show
from storage.db import Database
from storage.people import people

__all__ = ["fallback", "introduce", "routes"]

# ── coming in ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def started(
    message: Message, command: CommandObject, person: Person, say: Say, now: datetime, db: Database, bot: Bot, settings: Settings
) -> None:
    """/start, alone or with the code of an invitation."""
    if command.args and command.command == "start":
        await invited(message, command.args, person, say, now, db, bot, settings)
        return
    await set_commands(bot, person, say)
    await show(message, *await menu_page(db, person, say))


async def let_in_or_shut_out(event: ChatMemberUpdated, person: Person, now: datetime, db: Database) -> None:
    """Somebody blocked the bot, or lets it in again: from now on they are written to, or not."""
    if person.id is None or event.chat.type != ChatType.PRIVATE:
        return
    if event.new_chat_member.status == ChatMemberStatus.KICKED:
        await became_unreachable(db, person.id, now=now)
    elif event.new_chat_member.status == ChatMemberStatus.MEMBER:
        await came_back(db, person)


async def typed(message: Message, person: Person, say: Say, now: datetime, db: Database, bot: Bot, settings: Settings) -> None:
    """A text nobody asked for: perhaps the code of an invitation."""
    text = message.text or ""
    if looks_like_code(text):
        await invited(message, text, person, say, now, db, bot, settings)
        return
    await show(message, *await _puzzled(db, person, say))


async def invited(
    message: Message, code: str, person: Person, say: Say, now: datetime, db: Database, bot: Bot, settings: Settings
) -> None:
    name = message.from_user.full_name if message.from_user else person.name
    entered = await enter(db, code, telegram_id=person.telegram_id, name=name, now=now)
    inside = await recognise(db, person.telegram_id, settings, name=person.name)
    say = voice(inside.language, settings.zone)
    await set_commands(bot, inside, say)
    if entered.waits:
        await show(message, say("post-waits", until=now + LAPSES_AFTER), [[back_to_menu(say)]])
        return
    if entered.again:
        text, rows = await menu_page(db, inside, say)
        await show(message, lines([say("start-again"), text]), rows)
        return
    await show(message, *await _welcome(db, inside, entered, say))


async def _welcome(db: Database, person: Person, entered: Entered, say: Say) -> tuple[str, Rows]:
    if entered.pupil_id is None:
        text, rows = await menu_page(db, person, say)
        return lines([_welcome_of(entered.role, say), text]), rows
    async with db.read() as tx:
        name = (await people.first_names(tx, [entered.pupil_id])).get(entered.pupil_id, "")
    if entered.role == "student" and _closed(person):
        return await menu_page(db, person, say)
    if entered.role == "student":
        return say("welcome-student", name=name), await _menu_rows(db, person, say)
    read = Button(say.plain("button-consent-read"), ui.ConsentOf(pupil=entered.pupil_id))
    return say("welcome-guardian", child=name), [[read], [back_to_menu(say)]]


def _welcome_of(role: str, say: Say) -> str:
    match role:
        case "coordinator":
            return say("welcome-coordinator")
        case "director":
            return say("welcome-director")
        case "teacher":
            return say("welcome-teacher")
        case _:
            return say("welcome-partner")


# ── the menu ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(tap: CallbackQuery, person: Person, say: Say, db: Database, state: FSMContext) -> None:
    if await state.get_state() is not None:  # whoever goes back to the menu has left the typed conversation
        await state.clear()
    await show(tap, *await menu_page(db, person, say))


async def menu_page(db: Database, person: Person, say: Say) -> tuple[str, Rows]:
    """The menu: a greeting, at most one line of what needs attention, the buttons of one's roles."""
    if person.id is None:
        return say("start-stranger"), [[_courses(say)], [Button(say.plain("button-help"), ui.Help())]]
    if _closed(person):
        return say("start-closed", name=people.first_name(person.name)), []
    attention, first = await _attention(db, person, say)
    text = lines([_greeting(person, say), attention or say("menu-choose")])
    return text, [*first, *_buttons(person, say)]


def _closed(person: Person) -> bool:
    """A pupil and nobody else, for whom no guardian's consent stands: a sentence is all they see."""
    return bool(person.closed) and not (person.wards or person.posts or person.own)


async def _menu_rows(db: Database, person: Person, say: Say) -> Rows:
    return (await menu_page(db, person, say))[1]


def _greeting(person: Person, say: Say) -> str:
    """By first name: staff and pupils stand in the workbook as ФИО, guardians are called what Telegram calls them."""
    name = people.first_name(person.name) if person.posts or person.own else (person.name.split() or [""])[0]
    if person.own and name and not (person.posts or person.wards):
        return say("menu-hello-pupil", name=name)
    return say("menu-hello", name=name) if name else say("menu-hello-nameless")


async def _attention(db: Database, person: Person, say: Say) -> tuple[str, list[list[Button]]]:
    """The one thing that waits for this person most, and the button to it."""
    async with db.read() as tx:
        if person.wards - person.children:
            closed = [child for child in await people.children_of(tx, person.known) if not child.consented]
            buttons = [
                [Button(say.plain("button-consent-of", child=child.first_name), ui.ConsentOf(pupil=child.pupil_id))]
                for child in closed
            ]
            return say("menu-consent", children=[child.first_name for child in closed]), buttons
        if person.children and (offered := await people.offers_waiting(tx, person.children)):
            return say("menu-offer", children=offered), []
        schools = person.organizations_as("coordinator")
        if schools and (count := await people.applications_waiting(tx, schools)):
            return say("menu-applications", count=count), []
    return "", []


def _buttons(person: Person, say: Say) -> list[list[Button]]:
    """Family first, then work, then what everybody has; two in a row, each only if the role may."""

    def those(*buttons: tuple[bool, str, CallbackData]) -> list[list[Button]]:
        seen = [Button(label, to) for allowed, label, to in buttons if allowed]
        return [seen[place : place + 2] for place in range(0, len(seen), 2)]

    family, decides = bool(person.pupils), may(person, "enrollment.decide")
    partner = bool(person.organizations_as("partner"))
    return [
        *those(
            (may(person, "timetable.see"), say.plain("button-timetable"), ui.Timetable()),
            (may(person, "journal.see"), say.plain("button-journal"), ui.JournalHome()),
            (family, say.plain("button-courses"), ui.Courses()),
            (may(person, "enrollment.see"), say.plain("button-applications"), ui.Applications()),
        ),
        *those(
            (decides or partner, say.plain("button-inbox"), ui.Inbox()),
            (may(person, "enrollment.answer"), say.plain("button-requests"), ui.Requests()),
            (may(person, "timetable.teach"), say.plain("button-lessons"), ui.Lessons()),
            (may(person, "journal.enter") and not family, say.plain("button-journal"), ui.JournalHome()),
            (may(person, "roadmap.see"), say.plain("button-tasks"), ui.Tasks()),
            (may(person, "papers.see"), say.plain("button-papers"), ui.Papers()),
            (may(person, "reports.see"), say.plain("button-reports"), ui.Reports()),
            (may(person, "network.load"), say.plain("button-network"), ui.NetworkHome()),
            (may(person, "network.invite"), say.plain("button-invite"), ui.Invite()),
            (not family, say.plain("button-courses"), ui.Courses()),
        ),
        [Button(say.plain("button-settings"), ui.SettingsHome()), Button(say.plain("button-help"), ui.Help())],
    ]


def _courses(say: Say) -> Button:
    return Button(say.plain("button-courses"), ui.Courses())


# ── help, cancel, everything else ───────────────────────────────────────────────────────────────────────────────────


async def helped(event: Message | CallbackQuery, person: Person, say: Say) -> None:
    await show(event, _help(person, say), [[back_to_menu(say)]])


def _help(person: Person, say: Say) -> str:
    """What the bot can do for this person, a paragraph for each of their roles."""
    if person.id is None:
        return say("help-stranger")
    paragraphs: dict[Role, str] = {
        "guardian": say("help-guardian"),
        "student": say("help-student"),
        "teacher": say("help-teacher"),
        "partner": say("help-partner"),
        "coordinator": say("help-coordinator"),
        "director": say("help-director"),
    }
    return lines([say("help-title"), *(text for role, text in paragraphs.items() if role in person.roles), say("help-end")])


async def cancelled(message: Message, person: Person, say: Say, db: Database, state: FSMContext) -> None:
    await state.clear()
    text, rows = await menu_page(db, person, say)
    await show(message, lines([say("cancelled"), text]), rows)


async def middle(tap: CallbackQuery) -> None:
    """The middle of a pager says where one is, and does nothing."""
    await ui.answer(tap)


async def _puzzled(db: Database, person: Person, say: Say) -> tuple[str, Rows]:
    if person.id is None or _closed(person):
        return await menu_page(db, person, say)
    return say("start-puzzled"), await _menu_rows(db, person, say)


async def puzzled(message: Message, person: Person, say: Say, db: Database) -> None:
    """A picture, a voice message, an unknown command: the menu, and what can be done."""
    await show(message, *await _puzzled(db, person, say))


async def stale(_tap: CallbackQuery) -> None:
    """A button of a page that no longer exists, or data nobody of ours made."""
    raise Refusal("gone")


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="start")
    own = CommandStart(magic=~F.args.startswith("course_"))  # a link to a course leads to its card: handlers/courses/card.py
    router.message.register(started, own, flags=ui.may("start.menu"))
    router.message.register(started, Command("menu"), flags=ui.may("start.menu"))
    router.message.register(helped, Command("help"), flags=ui.may("start.help"))
    router.message.register(cancelled, Command("cancel"), flags=ui.may("start.menu"))
    router.callback_query.register(opened, ui.Menu.filter(), flags=ui.may("start.menu"))
    router.my_chat_member.register(let_in_or_shut_out, flags=ui.may("start.menu"))
    router.callback_query.register(helped, ui.Help.filter(), flags=ui.may("start.help"))
    router.callback_query.register(middle, ui.Page.filter(), flags=ui.may("start.menu"))
    return router


def fallback() -> Router:
    """What nobody else has taken: comes last."""
    router = Router(name="fallback")
    router.message.register(typed, F.text & ~F.text.startswith("/"), flags=ui.may("start.invited"))
    router.message.register(puzzled, flags=ui.may("start.menu"))
    router.callback_query.register(stale, flags=ui.may("start.menu"))
    return router
