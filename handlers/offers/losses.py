"""Children whose course went: the coordinator proposes another with a seat, and the family decides."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.refusals import ChangedSince
from bot.services.courses.catalogue import times
from bot.services.courses.clashes import brief
from bot.services.offers.proposing import Hand, Possible, Whom, asked_about, possible, proposal, propose, settle
from bot.targets import Inbox, Losses
from bot.visit import Button, Packs, Visit
from bot.voice import lines
from bot.words.proposing import children_in_words, proposal_in_words
from handlers.door import may, opens
from storage.offers import losses

GROUPS = 10  # groups a page proposes
CHILDREN = 8  # a page


class LostCourse(CallbackData, prefix="lost.course"):
    """Who lost this course, and what may be proposed; `choice`: one child alone, by the lost wish; 0: all."""

    course: int
    choice: int = 0
    page: int = 0


class ProposeTo(CallbackData, prefix="lost.propose"):
    """Whom a group would be proposed to."""

    course: int
    choice: int
    group: int


class ProposeSure(CallbackData, prefix="lost.sure"):
    course: int
    choice: int
    group: int
    seen: str  # the stamp of who was named


class SettleLoss(CallbackData, prefix="lost.settle"):
    """Nothing is to be proposed; asks once."""

    course: int
    choice: int
    sure: bool = False


async def courses_shown(visit: Visit) -> None:
    async with visit.db.read() as tx:
        found = await losses.lost_courses(tx, visit.person.organizations_as("coordinator"), visit.today)
    rows = [
        [visit.button("button-lost-course", LostCourse(course=one.course_id), course=brief(one.course, 60), count=one.children)]
        for one in found
    ]
    await visit.show(visit.say("lost-courses") if found else visit.say("lost-none"), [*rows, visit.ways_back(Inbox())])


async def course_shown(visit: Visit, at: LostCourse) -> None:
    whom = Whom(at.course, at.choice)
    async with visit.db.read() as tx:
        children = await asked_about(tx, whom, by=visit.person, today=visit.today)
        groups = await possible(tx, whom, by=visit.person, today=visit.today)
    several = not at.choice and len(children) > 1
    here = page_of(children if several else [], at.page, CHILDREN)
    rows = [[_group(visit, at, one)] for one in groups[:GROUPS]]
    rows += [
        [
            visit.button(
                "button-lost-child",
                LostCourse(course=at.course, choice=one.choice_id),
                child=brief(one.child, 60),
                class_name=one.class_name,
            )
        ]
        for one in here.some
    ]
    rows.append(visit.pager(here.number, here.of, lambda to: LostCourse(course=at.course, page=to)))
    rows.append([visit.button("button-lost-settle", SettleLoss(course=at.course, choice=at.choice), count=len(children))])
    head = visit.say("lost-course", course=brief(children[0].course), count=len(children), children=children_in_words(children))
    ask = visit.say("lost-groups", several="yes" if several else "no") if groups else visit.say("lost-groups-none")
    back: Packs = LostCourse(course=at.course) if at.choice else Losses()
    await visit.show(lines([head, ask]), [*rows, visit.ways_back(back)])


def _group(visit: Visit, at: LostCourse, one: Possible) -> Button:
    return visit.button(
        "button-lost-group",
        ProposeTo(course=at.course, choice=at.choice, group=one.group.id),
        course=brief(one.offer.name, 40),
        group=brief(one.group.code, 20),
        left=one.left,
        suits=one.suits,
        alone="yes" if at.choice else "no",
    )


async def looked(visit: Visit, at: ProposeTo) -> None:
    await _looked(visit, at, "")


async def _looked(visit: Visit, at: ProposeTo, first: str) -> None:
    async with visit.db.read() as tx:
        plan = await proposal(tx, Whom(at.course, at.choice), at.group, by=visit.person, today=visit.today)
    sure = ProposeSure(course=at.course, choice=at.choice, group=at.group, seen=plan.digest)
    rows = [[visit.button("button-lost-sure", sure, count=len(plan.going))]] if plan.going else []
    hours = times(plan.group.hours, visit.say, visit.today) or "—"
    text = lines([first, proposal_in_words(plan, hours, visit.say)])
    await visit.show(text, [*rows, visit.ways_back(LostCourse(course=at.course, choice=at.choice))])


async def proposed(visit: Visit, at: ProposeSure) -> None:
    whom = Whom(at.course, at.choice)
    try:
        plan = await propose(visit.db, whom, at.group, Hand(visit.person, visit.moment, visit.settings), seen=at.seen)
    except ChangedSince:
        again = ProposeTo(course=at.course, choice=at.choice, group=at.group)
        await _looked(visit, again, visit.say("changed-since"))
        return
    course = brief(plan.offer.name)
    text = await visit.promise(
        [one.pupil_id for one in plan.going],
        lambda told: visit.say("lost-proposed", count=len(plan.going), course=course, told=told),
    )
    await visit.show(text, [visit.ways_back(Losses())])


async def settled(visit: Visit, at: SettleLoss) -> None:
    whom = Whom(at.course, at.choice)
    back = LostCourse(course=at.course, choice=at.choice)
    if not at.sure:
        async with visit.db.read() as tx:
            children = await asked_about(tx, whom, by=visit.person, today=visit.today)
        sure = SettleLoss(course=at.course, choice=at.choice, sure=True)
        text = visit.say("lost-settle-sure", count=len(children), children=children_in_words(children))
        await visit.show(text, [[visit.button("button-lost-settle-sure", sure)], visit.ways_back(back)])
        return
    count = await settle(visit.db, whom, by=visit.person, at=visit.moment)
    await visit.show(visit.say("lost-settled", count=count), [visit.ways_back(Losses())])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="losses")
    router.callback_query.register(courses_shown, opens(Losses), flags=may("enrollment.propose"))
    router.callback_query.register(course_shown, LostCourse.filter(), flags=may("enrollment.propose"))
    router.callback_query.register(looked, ProposeTo.filter(), flags=may("enrollment.propose"))
    router.callback_query.register(proposed, ProposeSure.filter(), flags=may("enrollment.propose"))
    router.callback_query.register(settled, SettleLoss.filter(), flags=may("enrollment.propose"))
    return router
