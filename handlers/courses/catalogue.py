"""The catalogue of courses: for a child or for nobody in particular, narrowed and searched. Strangers may look too."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from bot.paging import in_rows, page_of
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.courses.catalogue import Catalogue, Fit, being_written, catalogue, child_of, partners_and_directions
from bot.services.courses.clashes import brief, year_of
from bot.services.courses.places import Place, place
from bot.services.courses.search import meant
from bot.services.courses.spoken import course_meant, may_look_for_a_course
from bot.services.people.codes import looks_like_code
from bot.targets import CourseCard, Courses, CoursesFor, Draft, Resources
from bot.visit import TEXT, Button, Visit
from bot.voice import lines, weekday_names
from bot.words import courses as course_words
from handlers.courses import card as course_card
from handlers.courses import inline as course_inline
from handlers.courses.places import Listed, Narrow, Search
from handlers.door import TYPED, UNASKED, may, opens
from storage.courses.courses import Child
from storage.db import Tx
from storage.people import people

PAGE = 8  # courses a page
WAYS = 20  # partners or directions a page: Telegram takes a hundred buttons, and nobody reads them
LAST_YEAR = 11  # of school
SEARCHED = 200  # characters of a search that are read at all


class Searching(StatesGroup):
    """Somebody types what they look for."""

    typing = State()


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(visit: Visit) -> None:
    async with visit.db.read() as tx:
        if len(visit.person.pupils) > 1:
            names = await people.first_names(tx, visit.person.pupils)
            rows = [[Button(name, Listed(at=Place(pupil=pupil).token))] for pupil, name in names.items()]
            all_of_them = visit.button("button-courses-all", Listed(at=Place().token))
            await visit.show(visit.say("courses-for-whom"), [*rows, [all_of_them], [visit.menu]])
            return
        text, rows = await list_page(visit, tx, Place(pupil=next(iter(visit.person.pupils), 0)))
    await visit.show(text, rows)


async def listed(visit: Visit, at: Listed) -> None:
    async with visit.db.read() as tx:
        text, rows = await list_page(visit, tx, place(at.at))
    await visit.show(text, rows)


async def for_child(visit: Visit, at: CoursesFor) -> None:
    where = Place(pupil=at.pupil, organization=at.org, like=at.like, page=at.page)
    async with visit.db.read() as tx:
        text, rows = await list_page(visit, tx, where)
    await visit.show(text, rows)


async def list_page(visit: Visit, tx: Tx, at: Place) -> tuple[str, list[list[Button]]]:
    """A page of the catalogue, its text and its buttons."""
    own(visit, at.pupil)
    found = await catalogue(tx, at, visit.today, page=at.page, size=PAGE)
    at = replace(at, page=found.page)
    heading = course_words.heading(found, at, visit.say, visit.today, own=at.pupil in visit.person.own)
    loads = is_open(visit.person, "network.load")
    head = lines([heading, course_words.empty(found, at, visit.say, loads=loads)])
    text = lines(
        [head, *course_words.notes(found.fits, visit.say, visit.today), "" if visit.person.id else visit.say("courses-stranger")]
    )
    rows = [
        [Button(_label(visit, fit, at, fit.offer.id in found.starred), CourseCard(course=fit.offer.id, at=at.token))]
        for fit in found.fits
    ]
    if found.folded:
        rest = replace(at, rest=True, page=0)
        rows.append([visit.button("button-courses-rest", Listed(at=rest.token), count=found.folded)])
    rows.append(visit.pager(found.page, found.pages, lambda to: Listed(at=replace(at, page=to).token)))
    rows += _ways(visit, at, found)
    return text if len(text) <= TEXT else head, rows  # names nobody has met in a school: the buttons still say them


def _label(visit: Visit, fit: Fit, at: Place, starred: bool) -> str:
    return course_words.label(fit, at, starred, visit.say, visit.today)


def _ways(visit: Visit, at: Place, found: Catalogue) -> list[list[Button]]:
    """Where one can go from the list."""
    rows = []
    if at.rest:
        return [visit.ways_back(Listed(at=replace(at, rest=False, page=0).token))]
    child = found.child
    writing = being_written(child) if child and at.pupil in visit.person.children else None
    if writing is not None:
        rows.append([visit.button("button-course-application", Draft(writing))])
    if at.narrowed:
        rows.append([visit.button("button-courses-unfiltered", Listed(at=Place(pupil=at.pupil).token))])
    rows.append(
        [
            visit.button("button-courses-search", Search(at=at.token)),
            visit.button("button-courses-narrow", Narrow(at=replace(at, page=0).token)),
        ]
    )
    if found.starred and not at.starred:
        rows.append([visit.button("button-courses-starred", Listed(at=Place(pupil=at.pupil, starred=True).token))])
    open_to_all = replace(at, accessible=True, page=0)
    narrows = found.accessible and not at.accessible
    accessible = [visit.button("button-courses-accessible", Listed(at=open_to_all.token))] if narrows else []
    rows.append([*accessible, visit.button("button-resources", Resources())])
    rows.append([*([visit.back(Courses())] if len(visit.person.pupils) > 1 else []), visit.menu])
    return rows


def own(visit: Visit, pupil: int) -> None:
    """Another's child is refused."""
    if pupil and pupil not in visit.person.pupils:
        raise Refusal("not-yours")


# ── narrowing ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def narrowing(visit: Visit, at: Narrow) -> None:
    where = replace(place(at.at), page=0)
    own(visit, where.pupil)
    async with visit.db.read() as tx:
        partners, directions = await partners_and_directions(tx, visit.today)
        child = await child_of(tx, where.pupil, visit.today) if where.pupil else None
    match at.kind:
        case "p":
            text, rows = (
                visit.say("courses-which-partner"),
                [_to(brief(name), where, organization=id_) for id_, name in partners.items()],
            )
            anything = _to(visit.say.plain("button-narrow-any-partner"), where, organization=0)
        case "d":
            text, rows = (
                visit.say("courses-which-direction"),
                [_to(brief(name), where, like=id_) for id_, name in directions.items()],
            )
            anything = _to(visit.say.plain("button-narrow-any-direction"), where, like=0)
        case "w":
            days = weekday_names(visit.say.language, "full")
            text, rows = visit.say("courses-which-day"), [_to(name, where, day=number) for number, name in enumerate(days, 1)]
            anything = _to(visit.say.plain("button-narrow-any-day"), where, day=0)
        case "y":
            years = [_to(visit.say.plain("button-narrow-year", year=year), where, year=year) for year in range(1, LAST_YEAR + 1)]
            text, rows = visit.say("courses-which-year"), years
            anything = _to(visit.say.plain("button-narrow-any-year"), where, year=0)
        case _:
            await _show_ways_to_narrow(visit, where, child, partners.get(where.organization), _named(directions, where.like))
            return
    here = page_of(rows, place(at.at).page, WAYS)
    pages = visit.pager(here.number, here.of, lambda to: Narrow(kind=at.kind, at=replace(where, page=to).token))
    wide = in_rows(here.some, 3 if at.kind in ("w", "y") else 1)
    await visit.show(text, [*wide, pages, [anything], visit.ways_back(Narrow(at=where.token))])


def _named(directions: dict[int, str], like: int) -> str | None:
    return directions.get(like)


async def _show_ways_to_narrow(visit: Visit, at: Place, child: Child | None, partner: str | None, direction: str | None) -> None:
    now = course_words.narrowed_to(at, visit.say, child=child, partner=partner, direction=direction)
    rows: list[list[Button]] = []
    if child is not None:
        rows.append([_to(_ticked(visit.say.plain("button-narrow-fits"), at.fits), at, fits=not at.fits)])
        year = year_of(child.class_name)
        if year:
            to = 0 if at.year == year else year
            rows.append(
                [_to(_ticked(visit.say.plain("button-narrow-class", name=child.class_name), at.year == year), at, year=to)]
            )
    else:
        rows.append([visit.button("button-narrow-year-which", Narrow(kind="y", at=at.token))])
    rows += [
        [visit.button("button-courses-partner", Narrow(kind="p", at=at.token))],
        [visit.button("button-courses-direction", Narrow(kind="d", at=at.token))],
        [visit.button("button-courses-day", Narrow(kind="w", at=at.token))],
    ]
    if at.narrowed:
        rows.append([visit.button("button-courses-unfiltered", Listed(at=Place(pupil=at.pupil).token))])
    what = visit.say("courses-narrowed", what=" · ".join(now)) if now else visit.say("courses-not-narrowed")
    await visit.show(lines([visit.say("courses-narrow-by"), what]), [*rows, visit.ways_back(Listed(at=at.token))])


def _to(label: str, at: Place, **changed: int) -> Button:
    return Button(label, Listed(at=replace(at, **changed).token))  # type: ignore[arg-type]  # bool is one of its numbers


def _ticked(label: str, on: bool) -> str:
    return f"{'✅' if on else '▫️'} {label}"


# ── searching ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def asked(visit: Visit, at: Search) -> None:
    where = place(at.at)
    own(visit, where.pupil)
    await visit.talk.begin(Searching.typing, at=where.token)
    reader = "pupil" if where.pupil in visit.person.own else "other"
    await visit.show(visit.say("courses-search", reader=reader), [visit.ways_back(Listed(at=where.token))])


def searches(_message: Message, visit: Visit) -> bool:
    """Whether this text is looked for: a stranger's invitation is an invitation wherever it is typed."""
    return visit.person.id is not None or not looks_like_code(visit.text)


async def typed(visit: Visit) -> None:
    """The words they look for; what the list was narrowed to before stands."""
    words = meant(visit.text[:SEARCHED])
    if not words:
        raise Refusal("search-nothing")
    at = replace(place(str((await visit.talk.data()).get("at", ""))), words=words, starred=False, page=0)
    await visit.talk.end()
    async with visit.db.read() as tx:
        text, rows = await list_page(visit, tx, at)
    await visit.show(text, rows)


async def spoken_of(message: Message, visit: Visit) -> dict[str, Listed] | bool:
    """A text nobody asked for that names a course («хочу на шахматы») means a page of the catalogue, as if its button had been
    pressed: for the child that is named, or the only one.
    """
    text = message.text or ""
    if visit.person.id is None or looks_like_code(text) or not may_look_for_a_course(text):
        return False
    async with visit.db.read() as tx:
        names = await people.first_names(tx, visit.person.pupils)
        words = await course_meant(tx, text, list(names.values()))
    if words is None:
        return False
    said = text.casefold()
    called = [pupil for pupil, name in names.items() if name[:-1].casefold() in said] or list(names)
    where = Place(pupil=called[0]) if len(called) == 1 else Place()
    return {"callback_data": Listed(at=replace(where, words=words).token)}


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="courses")
    router.message.register(opened, Command("courses"), flags=may("courses.see"))
    router.callback_query.register(opened, opens(Courses), flags=may("courses.see"))
    router.callback_query.register(listed, Listed.filter(), flags=may("courses.see"))
    router.callback_query.register(for_child, opens(CoursesFor), flags=may("courses.see"))
    router.callback_query.register(narrowing, Narrow.filter(), flags=may("courses.see"))
    router.callback_query.register(asked, Search.filter(), flags=may("courses.see"))
    router.include_router(course_inline.routes())
    router.include_router(course_card.routes())
    words = TYPED & ~F.via_bot
    router.message.register(typed, Searching.typing, words, searches, flags=may("courses.see"))
    router.message.register(listed, UNASKED, words, spoken_of, flags=may("courses.see"))
    return router
