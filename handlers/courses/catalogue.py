"""The catalogue of courses: for a child or for nobody in particular, narrowed and searched. Strangers may look too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.courses.catalogue import being_written, catalogue, partners_and_directions
from bot.services.courses.clashes import brief, year_of
from bot.services.courses.search import meant
from bot.services.people.codes import looks_like_code
from bot.voice import Say, lines, weekday_names
from bot.words import courses as course_words
from handlers.courses import card as course_card
from handlers.courses import inline as course_inline
from handlers.courses.places import Card, ForChild, Listed, Narrow, Place, Search, place
from handlers.ui import TEXT, Button, Courses, back, back_to_menu, may, pager, show
from storage.courses import shelf as shelves
from storage.courses.courses import Child
from storage.db import Database, Tx
from storage.people import people

PAGE = 8  # courses a page
LAST_YEAR = 11  # of school
TYPED = 200  # characters of a search that are read at all


class Searching(StatesGroup):
    """Somebody types what they look for."""

    typing = State()


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(event: Message | CallbackQuery, db: Database, say: Say, person: Person, today: date) -> None:
    async with db.read() as tx:
        if len(person.pupils) > 1:
            names = await people.first_names(tx, person.pupils)
            rows = [[Button(name, Listed(at=Place(pupil=pupil).token))] for pupil, name in names.items()]
            all_of_them = Button(say.plain("button-courses-all"), Listed(at=Place().token))
            await show(event, say("courses-for-whom"), [*rows, [all_of_them], [back_to_menu(say)]])
            return
        text, rows = await list_page(tx, Place(pupil=next(iter(person.pupils), 0)), say, person, today)
    await show(event, text, rows)


async def listed(
    tap: CallbackQuery, callback_data: Listed, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    if await state.get_state() is not None:  # whoever presses ‹ Назад does not search any more
        await state.clear()
    async with db.read() as tx:
        text, rows = await list_page(tx, place(callback_data.at), say, person, today)
    await show(tap, text, rows)


async def for_child(tap: CallbackQuery, callback_data: ForChild, db: Database, say: Say, person: Person, today: date) -> None:
    at = Place(pupil=callback_data.pupil, organization=callback_data.org, like=callback_data.like, page=callback_data.page)
    async with db.read() as tx:
        text, rows = await list_page(tx, at, say, person, today)
    await show(tap, text, rows)


async def list_page(tx: Tx, at: Place, say: Say, person: Person, today: date) -> tuple[str, list[list[Button]]]:
    """A page of the catalogue, its text and its buttons."""
    own(person, at.pupil)
    found = await catalogue(tx, at, today, page=at.page, size=PAGE)
    at = replace(at, page=found.page)
    head = lines([course_words.heading(found, at, say), course_words.empty(found, at, say)])
    said = [course_words.line(fit, say, today) for fit in found.fits]
    text = lines([head, *said, "" if person.id else say("courses-stranger")])
    rows = [
        [Button(course_words.label(fit, at, fit.offer.id in found.starred), Card(course=fit.offer.id, at=at.token))]
        for fit in found.fits
    ]
    rows.append(pager(say, found.page, found.pages, lambda to: Listed(at=replace(at, page=to).token)))
    rows += _ways(at, found.child, bool(found.starred), say, person)
    return text if len(text) <= TEXT else head, rows  # names nobody has met in a school: the buttons still say them


def _ways(at: Place, child: Child | None, starred: bool, say: Say, person: Person) -> list[list[Button]]:
    """Where one can go from the list."""
    rows = []
    writing = being_written(child) if child and at.pupil in person.children else None
    if writing is not None:
        rows.append([Button(say.plain("button-course-application"), f"apply.draft:{writing}")])
    if at.narrowed:
        rows.append([Button(say.plain("button-courses-unfiltered"), Listed(at=Place(pupil=at.pupil).token))])
    rows.append(
        [
            Button(say.plain("button-courses-search"), Search(at=at.token)),
            Button(say.plain("button-courses-narrow"), Narrow(at=at.token)),
        ]
    )
    if starred and not at.starred:
        rows.append([Button(say.plain("button-courses-starred"), Listed(at=Place(pupil=at.pupil, starred=True).token))])
    rows.append([*([back(say, Courses())] if len(person.pupils) > 1 else []), back_to_menu(say)])
    return rows


def own(person: Person, pupil: int) -> None:
    """Another's child is refused."""
    if pupil and pupil not in person.pupils:
        raise Refusal("not-yours")


# ── narrowing ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def narrowing(tap: CallbackQuery, callback_data: Narrow, db: Database, say: Say, person: Person) -> None:
    at = replace(place(callback_data.at), page=0)
    own(person, at.pupil)
    async with db.read() as tx:
        partners, directions = await partners_and_directions(tx)
        looking = (await shelves.looking(tx, [at.pupil])).get(at.pupil) if at.pupil else None
    child = looking.child if looking else None
    match callback_data.kind:
        case "p":
            text, rows = say("courses-which-partner"), [_to(brief(name), at, organization=id_) for id_, name in partners.items()]
            anything = _to(say.plain("button-narrow-any-partner"), at, organization=0)
        case "d":
            text, rows = say("courses-which-direction"), [_to(brief(name), at, like=id_) for id_, name in directions.items()]
            anything = _to(say.plain("button-narrow-any-direction"), at, like=0)
        case "w":
            days = weekday_names(say.language, "full")
            text, rows = say("courses-which-day"), [_to(name, at, day=number) for number, name in enumerate(days, 1)]
            anything = _to(say.plain("button-narrow-any-day"), at, day=0)
        case "y":
            years = [_to(say.plain("button-narrow-year", year=year), at, year=year) for year in range(1, LAST_YEAR + 1)]
            text, rows = say("courses-which-year"), years
            anything = _to(say.plain("button-narrow-any-year"), at, year=0)
        case _:
            await _show_ways_to_narrow(tap, at, child, partners.get(at.organization), _named(directions, at.like), say)
            return
    wide = (
        [rows[first : first + 3] for first in range(0, len(rows), 3)]
        if callback_data.kind in ("w", "y")
        else [[row] for row in rows]
    )
    await show(tap, text, [*wide, [anything], [back(say, Narrow(at=at.token)), back_to_menu(say)]])


def _named(directions: dict[int, str], like: int) -> str | None:
    return directions.get(like)


async def _show_ways_to_narrow(
    tap: CallbackQuery, at: Place, child: Child | None, partner: str | None, direction: str | None, say: Say
) -> None:
    now = course_words.narrowed_to(at, say, child=child, partner=partner, direction=direction)
    rows: list[list[Button]] = []
    if child is not None:
        rows.append([_to(_ticked(say.plain("button-narrow-fits"), at.fits), at, fits=not at.fits)])
        year = year_of(child.class_name)
        if year:
            to = 0 if at.year == year else year
            rows.append([_to(_ticked(say.plain("button-narrow-class", name=child.class_name), at.year == year), at, year=to)])
    else:
        rows.append([Button(say.plain("button-narrow-year-which"), Narrow(kind="y", at=at.token))])
    rows += [
        [Button(say.plain("button-courses-partner"), Narrow(kind="p", at=at.token))],
        [Button(say.plain("button-courses-direction"), Narrow(kind="d", at=at.token))],
        [Button(say.plain("button-courses-day"), Narrow(kind="w", at=at.token))],
    ]
    if at.narrowed:
        rows.append([Button(say.plain("button-courses-unfiltered"), Listed(at=Place(pupil=at.pupil).token))])
    what = say("courses-narrowed", what=" · ".join(now)) if now else say("courses-not-narrowed")
    await show(tap, lines([say("courses-narrow-by"), what]), [*rows, [back(say, Listed(at=at.token)), back_to_menu(say)]])


def _to(label: str, at: Place, **changed: int) -> Button:
    return Button(label, Listed(at=replace(at, **changed).token))  # type: ignore[arg-type]  # bool is one of its numbers


def _ticked(label: str, on: bool) -> str:
    return f"{'✅' if on else '▫️'} {label}"


# ── searching ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def asked(tap: CallbackQuery, callback_data: Search, say: Say, person: Person, state: FSMContext) -> None:
    at = place(callback_data.at)
    own(person, at.pupil)
    await state.set_state(Searching.typing)
    await state.set_data({"at": at.token})
    await show(tap, say("courses-search"), [[back(say, Listed(at=at.token)), back_to_menu(say)]])


def searches(message: Message, person: Person) -> bool:
    """Whether this text is looked for: a stranger's invitation is an invitation wherever it is typed."""
    return person.id is not None or not looks_like_code(message.text or "")


async def typed(message: Message, db: Database, say: Say, person: Person, today: date, state: FSMContext) -> None:
    """The words they look for; what the list was narrowed to before stands."""
    words = meant((message.text or "")[:TYPED])
    if not words:
        raise Refusal("search-nothing")
    at = replace(place(str((await state.get_data()).get("at", ""))), words=words, starred=False, page=0)
    await state.clear()
    async with db.read() as tx:
        text, rows = await list_page(tx, at, say, person, today)
    await show(message, text, rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="courses")
    router.message.register(opened, Command("courses"), flags=may("courses.see"))
    router.callback_query.register(opened, Courses.filter(), flags=may("courses.see"))
    router.callback_query.register(listed, Listed.filter(), flags=may("courses.see"))
    router.callback_query.register(for_child, ForChild.filter(), flags=may("courses.see"))
    router.callback_query.register(narrowing, Narrow.filter(), flags=may("courses.see"))
    router.callback_query.register(asked, Search.filter(), flags=may("courses.see"))
    router.include_router(course_inline.routes())
    router.include_router(course_card.routes())
    words = F.text & ~F.text.startswith("/") & ~F.via_bot
    router.message.register(typed, Searching.typing, words, searches, flags=may("courses.see"))
    return router
