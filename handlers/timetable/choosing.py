"""Whose lessons to look at: the partners, their groups, one's own groups, the teachers, the places."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Router

from bot.policy import may as is_open
from bot.refusals import Refusal, stamp
from bot.services.network.years import running_now
from bot.services.timetable.lessons import scope_of
from bot.services.timetable.views.narrowing import heads, organizes, two_years
from bot.targets import Lessons, NetworkHome, Timetable
from bot.visit import Button, Rows, Visit
from bot.voice import short_name
from bot.words.week import label
from bot.words.years import dated
from handlers.door import may
from handlers.timetable import class_absences
from handlers.timetable.ways import LessonsGroups, LessonsPartners, LessonsPlaces, LessonsTeachers, LessonsWeek
from storage.network import years
from storage.timetable import views

PER_PAGE = 20  # names to choose from


async def partners(visit: Visit, at: LessonsPartners) -> None:
    if not heads(visit.person):
        raise Refusal("not-yours")
    async with visit.db.read() as tx:
        here = await views.partners(tx, at.page, PER_PAGE)
    rows = [[Button(label(short_name(name)), LessonsGroups(organization=partner, year=at.year))] for partner, name in here.some]
    rows.append(visit.pager(here.number, here.of, lambda to: at.model_copy(update={"page": to})))
    loads = is_open(visit.person, "network.load")
    none = visit.say("lessons-no-partners") if loads else visit.say("lessons-no-partners-yet")
    text = visit.say("lessons-partners") if here.some else none
    others = [] if at.year or not here.some else [*ways(visit), *class_absences.ways(visit)]
    load = [[visit.button("button-network", NetworkHome())]] if loads and not here.some else []
    await visit.show(text, [*rows, *load, *others, *of_family(visit), [visit.menu]])


def ways(visit: Visit) -> list[list[Button]]:
    """The other ways to the lessons, for those who organize."""
    today = visit.button("button-lessons-today", LessonsWeek(days=1, by="all"))
    week = visit.button("button-lessons-week", LessonsWeek(by="all"))
    place, teacher = visit.button("button-by-place", LessonsPlaces()), visit.button("button-by-teacher", LessonsTeachers())
    return [[today, week], [place, teacher]]


def of_family(visit: Visit) -> Rows:
    return [[visit.button("button-family-timetable", Timetable())]] if visit.person.pupils else []


async def groups(visit: Visit, at: LessonsGroups) -> None:
    """A partner's groups, for those who see the whole network; else one's own."""
    if at.organization and not heads(visit.person):
        raise Refusal("not-yours")
    async with visit.db.read() as tx:
        name = await views.partner(tx, at.organization) if at.organization else None
        this = (await running_now(tx, visit.today)).year
        span = (at.year, at.year) if at.year else (this, this + 1)
        here = await views.page_of_groups(tx, scope_of(visit.person), span, at.organization, at.page, PER_PAGE)
        monday = ((await years.known(tx)).get(at.year) or years.usual(at.year)).ends_on.toordinal() if at.year else 0
    if at.organization and name is None:
        raise Refusal("gone")
    labels = [
        (group, visit.say.plain("lessons-group-button", course=label(group.course), group=group.code)) for group in here.some
    ]
    rows: list[list[Button]] = [
        [Button(dated(words, group.year, at.year or this), LessonsWeek(monday=monday, group=group.id))] for group, words in labels
    ]
    rows.append(visit.pager(here.number, here.of, lambda to: at.model_copy(update={"page": to})))
    if not here.some:
        text = visit.say("lessons-no-groups")
    else:
        text = visit.say("lessons-groups", organization=name) if name else visit.say("lessons-own-groups")
    if name and not at.year:
        of = LessonsWeek(by="partner", which=str(at.organization))
        today = visit.button("button-lessons-today", of.model_copy(update={"days": 1}))
        rows.append([today, visit.button("button-lessons-week", of)])
    await visit.show(text, [*rows, visit.ways_back(LessonsPartners(year=at.year) if name else Lessons())])


async def teachers(visit: Visit, at: LessonsTeachers) -> None:
    if not organizes(visit.person):
        raise Refusal("not-yours")
    async with visit.db.read() as tx:
        here = await views.teachers(tx, scope_of(visit.person), await two_years(tx, visit.today), at.page, PER_PAGE)
    buttons = [Button(label(name), LessonsWeek(by="teacher", which=str(teacher))) for teacher, name in here.some]
    await _choose(
        visit, visit.say("lessons-teachers"), buttons, visit.pager(here.number, here.of, lambda to: LessonsTeachers(page=to))
    )


async def places(visit: Visit, at: LessonsPlaces) -> None:
    if not organizes(visit.person):
        raise Refusal("not-yours")
    async with visit.db.read() as tx:
        here = await views.places(tx, scope_of(visit.person), await two_years(tx, visit.today), at.page, PER_PAGE)
    buttons = [
        visit.button(
            "lessons-place-button", LessonsWeek(by="place", which=stamp(partner, place)), partner=name, place=label(place)
        )
        for partner, name, place in here.some
    ]
    await _choose(
        visit, visit.say("lessons-places"), buttons, visit.pager(here.number, here.of, lambda to: LessonsPlaces(page=to))
    )


async def _choose(visit: Visit, title: str, some: Sequence[Button], pager: list[Button]) -> None:
    home = LessonsPartners() if heads(visit.person) else Lessons()
    rows = [*([each] for each in some), pager, visit.ways_back(home)]
    await visit.show(title if some else visit.say("lessons-none-to-choose"), rows)


def routes() -> Router:
    """The table of contents of this file; handlers/timetable/lessons.py takes it in."""
    router = Router(name="lessons_choosing")
    router.callback_query.register(partners, LessonsPartners.filter(), flags=may("timetable.look"))
    router.callback_query.register(groups, LessonsGroups.filter(), flags=may("timetable.look"))
    router.callback_query.register(teachers, LessonsTeachers.filter(), flags=may("timetable.look"))
    router.callback_query.register(places, LessonsPlaces.filter(), flags=may("timetable.look"))
    return router
