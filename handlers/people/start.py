"""The door: /start, invitations, the menu of each role, help; and what is said when nothing else fits."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart

from bot.paging import in_rows
from bot.policy import Person, Role
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.certificates.issuing import open_groups
from bot.services.enrollment.yearend import groups_of, year_ending
from bot.services.messages.reading import unread
from bot.services.network.years import past_of, this_year
from bot.services.people.codes import looks_like_code
from bot.services.people.entering import Entered, enter
from bot.services.people.people import recognise
from bot.services.people.posts import LAPSES_AFTER
from bot.services.programme.achievements import has_portfolio, waiting_for
from bot.services.programme.agreeing import is_asked
from bot.services.surveys.answering import open_for
from bot.targets import (
    AchievementsWaiting,
    AgreeingHome,
    Announcements,
    Applications,
    Certificates,
    ConsentOf,
    Courses,
    Draft,
    Help,
    Inbox,
    Invite,
    JournalHome,
    Lessons,
    Menu,
    NetworkHome,
    Nowhere,
    Papers,
    PastYears,
    PortfolioHome,
    Reports,
    Requests,
    Resources,
    SettingsHome,
    Surveys,
    Target,
    Tasks,
    Threads,
    Timetable,
    YearEnd,
)
from bot.visit import Button, Rows, Visit
from bot.voice import Say, lines
from handlers.door import TYPED, may, opens
from handlers.people.consent import MyName
from handlers.people.leading import else_ask, passing
from storage.db import Tx
from storage.people import people

# ── coming in ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def started(visit: Visit, command: CommandObject) -> None:
    """/start, alone or with the code of an invitation."""
    if command.args and command.command == "start":
        await invited(visit, command.args)
        return
    await visit.offer_commands(visit.person)
    await visit.show(*await menu_page(visit))


async def typed(visit: Visit) -> None:
    """A text nobody asked for: perhaps the code of an invitation."""
    text = visit.text
    if looks_like_code(text):
        await invited(visit, text)
        return
    text, rows = await _puzzled(visit)
    inside = visit.person.id is not None and not _closed(visit.person)
    await visit.show(text, [*(await passing(visit) if inside else []), *rows])


async def invited(visit: Visit, code: str) -> None:
    entered = await enter(visit.db, code, telegram_id=visit.person.telegram_id, now=visit.now)
    inside = await recognise(visit.db, visit.person.telegram_id, visit.settings)
    visit.become(inside)
    await visit.offer_commands(inside)
    if entered.waits:
        await visit.show(visit.say("post-waits", until=visit.now + LAPSES_AFTER), [[visit.menu]])
        return
    if entered.again and not visit.again:  # after a death it is the first answer that was lost
        text, rows = await menu_page(visit)
        await visit.show(lines([visit.say("start-again"), text]), rows)
        return
    await visit.show(*await _welcome(visit, entered))


async def _welcome(visit: Visit, entered: Entered) -> tuple[str, Rows]:
    if entered.pupil_id is None:
        text, rows = await menu_page(visit)
        return lines([_welcome_of(entered.role, visit.say), text]), rows
    async with visit.db.read() as tx:
        name = (await people.first_names(tx, [entered.pupil_id])).get(entered.pupil_id, "")
    if entered.role == "student" and _closed(visit.person):
        return await menu_page(visit)
    if entered.role == "student":
        return visit.say("welcome-student", name=name), await _menu_rows(visit)
    read = visit.button("button-consent-read", ConsentOf(pupil=entered.pupil_id))
    return visit.say("welcome-guardian", child=name), [[read], [visit.menu]]


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


async def opened(visit: Visit) -> None:
    await visit.show(*await menu_page(visit))


async def menu_page(visit: Visit) -> tuple[str, Rows]:
    """The menu: a greeting, at most one line of what needs attention, the buttons of one's roles."""
    person, say = visit.person, visit.say
    if person.id is None:
        return say("start-stranger"), [[_courses(say)], [Button(say.plain("button-help"), Help())]]
    if _closed(person):
        return say("start-closed", name=people.first_name(person.name)), []
    async with visit.db.read() as tx:
        attention, first = await _attention(tx, visit)
        waits, seldom = [*await _surveys(tx, visit), *await _of_the_year(tx, visit)], await _seldom(tx, visit)
        letters = await unread(tx, visit.person) if is_open(person, "message.see") else 0
    text = lines([_greeting(person, say), attention or say("menu-choose")])
    new = [[Button(say.plain("button-messages-new", count=letters), Threads())]] if letters else []
    return text, [*first, *new, *waits, *_buttons(person, say, seldom, letters=letters)]


async def _surveys(tx: Tx, visit: Visit) -> list[list[Button]]:
    """«Анкеты» while one stands open for this person."""
    found = await open_for(tx, visit.person, visit.moment) if visit.person.pupils else []
    return [[visit.button("button-surveys", Surveys())]] if found else []


async def _of_the_year(tx: Tx, visit: Visit) -> list[list[Button]]:
    """«Конец года» while there is something to say in it."""
    if not is_open(visit.person, "yearend.answer"):
        return []
    year = await year_ending(tx, visit.today)
    if year is None or not await groups_of(tx, year, visit.person):
        return []
    return [[visit.button("button-year-end", YearEnd())]]


async def _seldom(tx: Tx, visit: Visit) -> list[Button]:
    """What is looked at now and then, below what is opened every day: documents of learning, portfolios, past years."""
    row: list[Button] = []
    if is_open(visit.person, "achievement.decide") and (waiting := await waiting_for(tx, visit.person, visit.today)):
        row.append(visit.button("button-achievements-waiting", AchievementsWaiting(), count=len(waiting)))
    if visit.person.organizations_as("partner") and await open_groups(tx, visit.person, visit.today):
        row.append(visit.button("button-certificates", Certificates()))
    if visit.person.organizations_as("partner") and await is_asked(tx, visit.person, visit.today):
        row.append(visit.button("button-agreeing-home", AgreeingHome()))
    if await has_portfolio(tx, visit.person, visit.today):
        row.append(visit.button("button-portfolio", PortfolioHome()))
    if await past_of(tx, visit.person, visit.today):
        row.append(visit.button("button-past-years", PastYears()))
    return row


def _closed(person: Person) -> bool:
    """A pupil and nobody else, for whom no guardian's consent stands: a sentence is all they see."""
    return bool(person.closed) and not (person.wards or person.posts or person.own)


async def _menu_rows(visit: Visit) -> Rows:
    return (await menu_page(visit))[1]


def _greeting(person: Person, say: Say) -> str:
    """By first name: of staff and pupils the workbook knows it, a guardian has typed it with the consent."""
    name = people.first_name(person.name)
    if person.is_pupil and name:
        return say("menu-hello-pupil", name=name)
    return say("menu-hello", name=name) if name else say("menu-hello-nameless")


async def _attention(tx: Tx, visit: Visit) -> tuple[str, list[list[Button]]]:
    """The one thing that waits for this person most, and the button to it."""
    person, say = visit.person, visit.say
    if person.wards - person.children:
        this = await this_year(tx, visit.today)
        closed = [child for child in await people.children_of(tx, person.known, this) if not child.consented]
        buttons = [
            [Button(say.plain("button-consent-of", child=child.first_name), ConsentOf(pupil=child.pupil_id))] for child in closed
        ]
        return say("menu-consent", children=[child.first_name for child in closed]), buttons
    if person.children and not person.name:
        return say("menu-name"), [[Button(say.plain("button-my-name"), MyName())]]
    if person.children and (offered := await people.offers_waiting(tx, person.children)):
        return say("menu-offer", children=offered), []
    if person.children and (drafts := await people.unsent(tx, person.known, person.children)):
        rows = [[Button(say.plain("button-draft-of", child=child), Draft(application))] for application, child in drafts]
        return say("menu-draft", children=[child for _, child in drafts]), rows
    schools = person.organizations_as("coordinator")
    if schools and (count := await people.applications_waiting(tx, schools)):
        return say("menu-applications", count=count), []
    return "", []


def _buttons(person: Person, say: Say, seldom: list[Button], *, letters: int) -> list[list[Button]]:
    """Family first, then work, then what is seldom opened and what everybody has; two in a row, each only if the role may."""

    def those(*buttons: tuple[bool, str, Target]) -> list[list[Button]]:
        seen = [Button(label, to) for allowed, label, to in buttons if allowed]
        return in_rows(seen, 2)

    family, decides = bool(person.pupils), is_open(person, "enrollment.decide")
    partner = bool(person.organizations_as("partner"))
    messages = [Button(say.plain("button-messages"), Threads())] if is_open(person, "message.see") and not letters else []
    return [
        *those(
            (is_open(person, "timetable.see"), say.plain("button-timetable"), Timetable()),
            (is_open(person, "journal.see"), say.plain("button-journal"), JournalHome()),
            (family, say.plain("button-courses"), Courses()),
            (is_open(person, "enrollment.see"), say.plain("button-applications"), Applications()),
        ),
        *those(
            (decides or partner, say.plain("button-inbox"), Inbox()),
            (is_open(person, "enrollment.answer"), say.plain("button-requests"), Requests()),
            (is_open(person, "timetable.look"), say.plain("button-lessons"), Lessons()),
            (is_open(person, "journal.read") and not family, say.plain("button-journal"), JournalHome()),
            (is_open(person, "roadmap.see"), say.plain("button-tasks"), Tasks()),
            (is_open(person, "announcement.see"), say.plain("button-announcements"), Announcements()),
            (is_open(person, "papers.see"), say.plain("button-papers"), Papers()),
            (is_open(person, "reports.see"), say.plain("button-reports"), Reports()),
            (is_open(person, "network.load"), say.plain("button-network"), NetworkHome()),
            (is_open(person, "network.invite"), say.plain("button-invite"), Invite()),
            (not family, say.plain("button-courses"), Courses()),
            (bool(person.posts), say.plain("button-resources"), Resources()),
        ),
        *in_rows([*seldom, *messages], 2),
        [Button(say.plain("button-settings"), SettingsHome()), Button(say.plain("button-help"), Help())],
    ]


def _courses(say: Say) -> Button:
    return Button(say.plain("button-courses"), Courses())


# ── help, cancel, everything else ───────────────────────────────────────────────────────────────────────────────────


async def helped(visit: Visit) -> None:
    await visit.show(_help(visit), [[visit.menu]])


def _help(visit: Visit) -> str:
    """What the bot can do for this person, a paragraph for each of their roles."""
    public = visit.settings.public_url
    page = visit.say("help-public", url=f"{public}/") if public else ""
    if visit.person.id is None:
        return lines([visit.say("help-stranger"), page])
    paragraphs: dict[Role, str] = {
        "guardian": visit.say("help-guardian"),
        "student": visit.say("help-student"),
        "teacher": visit.say("help-teacher"),
        "partner": visit.say("help-partner"),
        "coordinator": visit.say("help-coordinator"),
        "director": visit.say("help-director"),
    }
    return lines(
        [
            visit.say("help-title"),
            *(text for role, text in paragraphs.items() if role in visit.person.roles),
            page,
            visit.say("help-end"),
        ]
    )


async def cancelled(visit: Visit) -> None:
    await visit.talk.end()
    text, rows = await menu_page(visit)
    await visit.show(lines([visit.say("cancelled"), text]), rows)


async def middle(visit: Visit) -> None:
    """The middle of a pager says where one is, and does nothing."""
    await visit.toast()


async def _puzzled(visit: Visit) -> tuple[str, Rows]:
    if visit.person.id is None or _closed(visit.person):
        return await menu_page(visit)
    told = await else_ask(visit) if visit.person.pupils else []
    return lines([visit.say("start-puzzled"), *told]), await _menu_rows(visit)


async def puzzled(visit: Visit) -> None:
    """A picture, a voice message, an unknown command: the menu, and what can be done."""
    await visit.show(*await _puzzled(visit))


async def stale(_visit: Visit) -> None:
    """A button of a page that no longer exists, or data nobody of ours made."""
    raise Refusal("gone")


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="start")
    # A link to a course leads to its card (handlers/courses/card.py), a document's to its verification (handlers/certificates).
    own = CommandStart(magic=~F.args.startswith(("course_", "cert_")))
    router.message.register(started, own, flags=may("start.menu"))
    router.message.register(started, Command("menu"), flags=may("start.menu"))
    router.message.register(helped, Command("help"), flags=may("start.help"))
    router.message.register(cancelled, Command("cancel"), flags=may("start.menu"))
    router.callback_query.register(opened, opens(Menu), flags=may("start.menu"))
    router.callback_query.register(helped, opens(Help), flags=may("start.help"))
    router.callback_query.register(middle, opens(Nowhere), flags=may("start.menu"))
    return router


def fallback() -> Router:
    """What nobody else has taken: comes last."""
    router = Router(name="fallback")
    router.message.register(typed, TYPED, flags=may("start.invited"))
    router.message.register(puzzled, flags=may("start.menu"))
    router.callback_query.register(stale, flags=may("start.menu"))
    return router
