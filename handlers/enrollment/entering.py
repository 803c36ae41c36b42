"""The coordinator enters an application for a family without Telegram: class, pupil, courses, done."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.courses.catalogue import Fit, Wanted, catalogue, is_open, window
from bot.services.courses.clashes import brief
from bot.services.enrollment.applications import MOST, withdraw
from bot.services.enrollment.choices import open_to
from bot.services.enrollment.entering import enter
from bot.voice import Say, lines
from bot.words.enrollment import state
from handlers.ui import TEXT, Button, Inbox, back, back_to_menu, may, pager, show
from storage.db import Database, Tx
from storage.enrollment import deciding, enrollment
from storage.enrollment.deciding import Classmate
from storage.people import calls

CLASSES, PUPILS, COURSES = 40, 10, 8  # a page


class Home(CallbackData, prefix="enter"):
    """Which class; it is named by one of its pupils."""


class Class(CallbackData, prefix="enter.class"):
    like: int
    page: int


class For(CallbackData, prefix="enter.for"):
    """The courses for a pupil; what is chosen stands in the button, the most wanted first: nothing is kept half-done."""

    pupil: int
    first: int = 0
    second: int = 0
    third: int = 0
    page: int = 0

    def chosen(self) -> list[int]:
        return [course for course in (self.first, self.second, self.third) if course]


class Enter(CallbackData, prefix="enter.go"):
    pupil: int
    first: int
    second: int
    third: int


class Theirs(CallbackData, prefix="enter.theirs"):
    """The applications of a pupil, for withdrawing one in the family's stead."""

    pupil: int


class Stead(CallbackData, prefix="enter.withdraw"):
    """Withdraws a wish in the stead of a family without Telegram; sure 0 asks first."""

    application: int
    choice: int
    sure: int


async def opened(tap: CallbackQuery, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        classes = await deciding.classes(tx, person.organizations_as("coordinator"))
    buttons = [Button(one.name, Class(like=one.id, page=0)) for one in classes[:CLASSES]]
    rows = [buttons[place : place + 4] for place in range(0, len(buttons), 4)]
    text = say("enter-which-class") if classes else say("enter-no-pupils")
    await show(tap, text, [*rows, [back(say, Inbox()), back_to_menu(say)]])


async def class_shown(tap: CallbackQuery, callback_data: Class, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        found = await deciding.classmates(tx, person.organizations_as("coordinator"), callback_data.like)
    if not found:
        raise Refusal("gone")
    pages = -(-len(found) // PUPILS)
    page = min(max(callback_data.page, 0), pages - 1)
    rows = [[Button(brief(one.child, 100), For(pupil=one.id))] for one in found[page * PUPILS : (page + 1) * PUPILS]]
    rows.append(pager(say, page, pages, lambda to: Class(like=callback_data.like, page=to)))
    await show(tap, say("enter-which-pupil", class_name=found[0].class_name), [*rows, [back(say, Home()), back_to_menu(say)]])


async def choosing(tap: CallbackQuery, callback_data: For, db: Database, say: Say, person: Person, today: date) -> None:
    at = callback_data
    async with db.read() as tx:
        pupil = await _pupil(tx, at.pupil, person)
        found = await catalogue(tx, Wanted(pupil=at.pupil), today, page=at.page, size=COURSES)
        silent = at.pupil in await calls.unreached(tx, [at.pupil])
        papers = await enrollment.papers(tx, pupils=[at.pupil])
    head = say("enter-courses", child=brief(pupil.child), class_name=pupil.class_name, most=MOST)
    told = [head, say("enter-silent") if silent else say("enter-has-bot"), *(_line(fit, at, say, today) for fit in found.fits)]
    free = [fit for fit in found.fits if fit.state is None and is_open(fit.offer, today)]
    text = lines(told if found.fits else [*told, say("enter-no-courses")])
    rows = [[Button(_label(fit, at), _toggled(fit.offer.id, at))] for fit in free]
    rows.append(pager(say, found.page, found.pages, lambda to: at.model_copy(update={"page": to})))
    if at.chosen():
        go = Enter(pupil=at.pupil, first=at.first, second=at.second, third=at.third)
        rows.append([Button(say.plain("button-enter", count=len(at.chosen())), go)])
    if silent and any(open_to(wish.state, "withdraw") for paper in papers for wish in paper.wishes):
        rows.append([Button(say.plain("button-enter-theirs"), Theirs(pupil=at.pupil))])
    await show(
        tap,
        text if len(text) <= TEXT else head,
        [*rows, [back(say, Class(like=at.pupil, page=0)), back_to_menu(say)]],
    )


def _line(fit: Fit, at: For, say: Say, today: date) -> str:
    chosen = at.chosen()
    place = chosen.index(fit.offer.id) + 1 if fit.offer.id in chosen else 0
    parts = [say("enter-course", place=place, course=brief(fit.offer.name), left=fit.offer.left)]
    if fit.state is not None:
        parts.append(say("course-own-state", state=fit.state))
    elif not is_open(fit.offer, today):
        until = window(fit.offer, today)
        parts.append(say(until.key, **until.facts))
    return "\n".join([*parts, *(say("inbox-warning", why=say.plain(one.key, **one.facts)) for one in fit.against)])


def _label(fit: Fit, at: For) -> str:
    chosen = at.chosen()
    mark = f"{chosen.index(fit.offer.id) + 1}. " if fit.offer.id in chosen else "" if fit.fits else "⚠️ "
    return f"{mark}{brief(fit.offer.name, 100)}"


def _toggled(course: int, at: For) -> For:
    """The same page with this course chosen, as the last, or no longer; a full list stays as it is."""
    chosen = [one for one in at.chosen() if one != course]
    if course not in at.chosen():
        chosen = [*chosen, course][:MOST]
    first, second, third = (*chosen, 0, 0, 0)[:MOST]
    return For(pupil=at.pupil, first=first, second=second, third=third, page=at.page)


async def entered(
    tap: CallbackQuery, callback_data: Enter, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    at = callback_data
    wanted = [course for course in (at.first, at.second, at.third) if course]
    application = await enter(db, at.pupil, wanted, by=person, now=now, today=today)
    async with db.read() as tx:
        papers = await enrollment.papers(tx, ids=[application], schools=person.organizations_as("coordinator"))
        silent = at.pupil in await calls.unreached(tx, [at.pupil])
    if not papers:
        raise Refusal("gone")
    paper = papers[0]
    head = say("entered", child=brief(paper.child), class_name=paper.class_name)
    call = say("entered-call") if silent else say("entered-told")
    rows = [
        [Button(say.plain("button-entered-decide"), f"inbox.look:n:0:0:0:{application}")],
        [Button(say.plain("button-application-paper"), f"papers.application:{application}")],
        [Button(say.plain("button-enter-next"), Class(like=at.pupil, page=0))],
        [back(say, Inbox()), back_to_menu(say)],
    ]
    await show(tap, lines([head, "\n".join(state(wish, say) for wish in paper.wishes), call]), rows)


# ── withdrawing in the family's stead ───────────────────────────────────────────────────────────────────────────────


async def theirs(tap: CallbackQuery, callback_data: Theirs, db: Database, say: Say, person: Person) -> None:
    await _theirs(tap, callback_data.pupil, db, say, person)


async def _theirs(tap: CallbackQuery, pupil_id: int, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        pupil = await _pupil(tx, pupil_id, person)
        papers = await enrollment.papers(tx, pupils=[pupil_id])
    said, rows = [], []
    for paper in papers:
        for wish in paper.wishes:
            said.append(state(wish, say))
            if wish.state != "draft" and open_to(wish.state, "withdraw"):
                label = say.plain("button-application-withdraw-one", course=brief(wish.course, 100))
                rows.append([Button(label, Stead(application=paper.id, choice=wish.id, sure=0))])
    head = say("enter-theirs", child=brief(pupil.child), class_name=pupil.class_name)
    text = lines([head, "\n".join(said)])
    await show(tap, text if len(text) <= TEXT else head, [*rows, [back(say, For(pupil=pupil_id)), back_to_menu(say)]])


async def withdrawn(tap: CallbackQuery, callback_data: Stead, db: Database, say: Say, person: Person, now: datetime) -> None:
    at = callback_data
    async with db.read() as tx:
        papers = await enrollment.papers(tx, ids=[at.application], schools=person.organizations_as("coordinator"))
    wishes = [wish for paper in papers for wish in paper.wishes if wish.id == at.choice]
    if not wishes:
        raise Refusal("gone")
    pupil = papers[0].pupil_id
    if at.sure:
        await withdraw(db, at.application, at.choice, by=person, now=now)
        await _theirs(tap, pupil, db, say, person)
        return
    text = say("enter-withdraw-sure", child=brief(papers[0].child), course=brief(wishes[0].course))
    rows = [[Button(say.plain("button-confirm"), at.model_copy(update={"sure": 1}))]]
    await show(tap, text, [*rows, [Button(say.plain("button-cancel"), Theirs(pupil=pupil)), back_to_menu(say)]])


async def _pupil(tx: Tx, pupil_id: int, person: Person) -> Classmate:
    found = await deciding.pupil(tx, person.organizations_as("coordinator"), pupil_id)
    if found is None:
        raise Refusal("gone")
    return found


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="entering")
    router.callback_query.register(opened, Home.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(class_shown, Class.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(choosing, For.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(entered, Enter.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(theirs, Theirs.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(withdrawn, Stead.filter(), flags=may("enrollment.enter"))
    return router
