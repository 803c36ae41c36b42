"""A place besides the draw or past the line: whose, whom it passes over, and the coordinator's reason."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import page_of
from bot.services.allocation.byhand import give_place, looked_at
from bot.services.courses.clashes import brief
from bot.services.network.years import this_year
from bot.targets import AllocationHome, Exceptions
from bot.visit import Visit
from bot.voice import lines, told_apart
from bot.words.years import dated
from handlers.door import TYPED, may, opens
from handlers.reasons import show_reason, shown_reason
from storage.allocation import byhand
from storage.allocation.byhand import Passed

PAGE = 8  # courses or children a page
NAMED = 8  # of those passed over


class ExceptionCourse(CallbackData, prefix="exception.course"):
    course: int
    page: int


class ExceptionWish(CallbackData, prefix="exception.wish"):
    """One child's wish, with whom a place by hand would pass over."""

    choice: int


class Give(CallbackData, prefix="exception.give"):
    """Asks for the reason."""

    choice: int


class GiveSure(CallbackData, prefix="exception.sure"):
    """With the reason typed, as the page showed it."""

    choice: int
    why: str  # the stamp of the reason


class WhyGiven(StatesGroup):
    """The coordinator types why this child gets a place by hand."""

    typing = State()


async def courses_shown(visit: Visit, at: Exceptions) -> None:
    async with visit.db.read() as tx:
        found = await byhand.courses_waiting(tx, visit.person.organizations_as("coordinator"))
        this = await this_year(tx, visit.today)
    here = page_of(found, at.page, PAGE)
    rows = [
        [
            visit.button(
                "button-exception-course",
                ExceptionCourse(course=one.course_id, page=0),
                course=dated(brief(one.course, 100), one.year, this),
                count=one.wishes,
            )
        ]
        for one in here.some
    ]
    rows += [visit.pager(here.number, here.of, Exceptions), visit.ways_back(AllocationHome())]
    await visit.show(visit.say("exception-courses") if found else visit.say("exception-none"), rows)


async def course_shown(visit: Visit, at: ExceptionCourse) -> None:
    async with visit.db.read() as tx:
        found = await byhand.children_waiting(tx, at.course, visit.person.organizations_as("coordinator"))
    here = page_of(found, at.page, PAGE)
    named = told_apart({one.choice_id: one.child for one in found})
    rows = [
        [
            visit.button(
                "button-exception-child",
                ExceptionWish(choice=one.choice_id),
                child=brief(named[one.choice_id], 100),
                class_name=one.class_name,
            )
        ]
        for one in here.some
    ]
    rows += [
        visit.pager(here.number, here.of, lambda to: ExceptionCourse(course=at.course, page=to)),
        visit.ways_back(Exceptions()),
    ]
    await visit.show(visit.say("exception-children") if found else visit.say("exception-none"), rows)


async def wish_shown(visit: Visit, at: ExceptionWish) -> None:
    async with visit.db.read() as tx:
        found = await looked_at(tx, at.choice, visit.person)
    about = found.about
    head = visit.say(
        "exception-wish", child=brief(about.child), class_name=about.class_name, course=brief(about.course), left=found.left
    )
    passed = visit.say("exception-passed-none")
    if found.passed:
        passed = visit.say("exception-passed", count=len(found.passed), children=_names(visit, found.passed))
    rows = [[visit.button("button-exception-give", Give(choice=at.choice))]] if found.left else []
    await visit.show(lines([head, passed]), [*rows, visit.ways_back(ExceptionCourse(course=about.course_id, page=0))])


def _names(visit: Visit, passed: tuple[Passed, ...]) -> str:
    named = [f"{brief(one.child, 60)}, {one.class_name}" for one in passed if one.child]
    said = named[:NAMED]
    if rest := len(passed) - len(said):
        said.append(visit.say.plain("exception-passed-more", count=rest))
    return "; ".join(said)


async def asked(visit: Visit, at: Give) -> None:
    async with visit.db.read() as tx:
        found = await looked_at(tx, at.choice, visit.person)
    await visit.talk.begin(WhyGiven.typing, choice=at.choice)
    text = visit.say("exception-why", child=brief(found.about.child), course=brief(found.about.course))
    await visit.show(text, [[visit.back(ExceptionWish(choice=at.choice))]])


async def reasoned(visit: Visit) -> None:
    choice = int((await visit.talk.data())["choice"])
    async with visit.db.read() as tx:
        about = (await looked_at(tx, choice, visit.person)).about
    head = visit.say("exception-sure", child=brief(about.child), course=brief(about.course))
    back = ExceptionWish(choice=choice)
    await show_reason(visit, head, lambda why: GiveSure(choice=choice, why=why), back=back, family=False)


async def given(visit: Visit, at: GiveSure) -> None:
    why = await shown_reason(visit, at.why)
    about = await give_place(visit.db, at.choice, why, by=visit.person, now=visit.now, today=visit.today)
    child, course = brief(about.child), brief(about.course)
    text = await visit.promise([about.pupil_id], lambda told: visit.say("exception-given", child=child, course=course, told=told))
    await visit.show(text, [visit.ways_back(ExceptionCourse(course=about.course_id, page=0))])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="exceptions")
    router.callback_query.register(courses_shown, opens(Exceptions), flags=may("allocation.exception"))
    router.callback_query.register(course_shown, ExceptionCourse.filter(), flags=may("allocation.exception"))
    router.callback_query.register(wish_shown, ExceptionWish.filter(), flags=may("allocation.exception"))
    router.callback_query.register(asked, Give.filter(), flags=may("allocation.exception"))
    router.message.register(reasoned, WhyGiven.typing, TYPED, flags=may("allocation.exception"))
    router.callback_query.register(given, GiveSure.filter(), flags=may("allocation.exception", keeps_talk=WhyGiven))
    return router
