"""The coordinator finds one family by surname, and sees class by class who has not applied."""

from __future__ import annotations

from datetime import date, timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.paging import in_rows
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.network.years import asked_now, this_year
from bot.services.timetable.absences.announcing import lessons_ahead, said_of
from bot.services.timetable.typed_days import Period
from bot.targets import DecisionPast, EnterHome, Inbox, LessonPage
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.absences import away_in_words
from bot.words.enrollment import state
from bot.words.week import label
from handlers.deciding.places import Find, Look, Missing
from handlers.door import TYPED, may
from storage.db import Tx
from storage.deciding import deciding, finding
from storage.deciding.deciding import Classmate
from storage.enrollment import enrollment
from storage.people import calls
from storage.timetable import absences

MOST = 20  # children found by what was typed; more is no answer
IN_A_ROW = 3  # classes in a row of buttons
NEXT, LESSONS = timedelta(days=7), 3  # of a child's page: how far ahead lessons are looked for, and how many


class Family(CallbackData, prefix="inbox.child"):
    """A child found: what was handed in for it."""

    pupil: int


class MissingIn(CallbackData, prefix="inbox.missing.in"):
    """Who of the class of this pupil has not applied."""

    like: int


class Finding(StatesGroup):
    """The coordinator types a surname."""

    typing = State()


async def asked(visit: Visit) -> None:
    await visit.talk.begin(Finding.typing)
    await visit.show(visit.say("find-ask"), [visit.ways_back(Inbox())])


async def typed(visit: Visit) -> None:
    """The talk stays open: the next surname may follow at once."""
    await found(visit, visit.text)


async def found(visit: Visit, surname: str) -> None:
    """One child's page, or the list of those it may be."""
    async with visit.db.read() as tx:
        this = await this_year(tx, visit.today)
        children = await finding.pupils_like(tx, visit.person.organizations_as("coordinator"), surname, this)
    if not children:
        raise Refusal("find-nobody", typed=brief(surname, 60))
    if len(children) > MOST:
        raise Refusal("find-many", count=len(children))
    if len(children) == 1:
        await _child(visit, children[0])
        return
    rows = [[Button(f"{brief(one.child, 60)}, {one.class_name}", Family(pupil=one.id))] for one in children]
    await visit.show(visit.say("find-which", count=len(children)), [*rows, visit.ways_back(Inbox())])


async def opened(visit: Visit, at: Family) -> None:
    async with visit.db.read() as tx:
        child = await deciding.pupil(tx, visit.person.organizations_as("coordinator"), at.pupil, await this_year(tx, visit.today))
    if child is None:
        raise Refusal("gone")
    await _child(visit, child)


async def _child(visit: Visit, child: Classmate) -> None:
    schools = visit.person.organizations_as("coordinator")
    async with visit.db.read() as tx:
        papers = [paper for paper in await enrollment.papers(tx, pupils=[child.id], schools=schools) if paper.state != "draft"]
        silent = bool(await calls.unreached(tx, [child.id]))
        away, lessons = await _away(visit, tx, child.id)
    parts = [visit.say("find-child", child=brief(child.child), class_name=child.class_name)]
    rows: list[list[Button]] = []
    for paper in papers[:5]:
        day = paper.submitted_at or paper.created_at
        parts.append(
            "\n".join([visit.say("find-paper", number=paper.id, at=day), *(state(wish, visit.say) for wish in paper.wishes)])
        )
        to = Look(application=paper.id) if paper.state == "submitted" else DecisionPast(application=paper.id)
        rows.append([visit.button("button-find-paper", to, number=paper.id)])
    parts.append("" if papers else visit.say("find-nothing"))
    parts += [away, visit.say("find-silent") if silent else ""]
    rows += lessons if papers else [*lessons, [visit.button("button-enter-home", EnterHome())]]
    await visit.show(lines(parts), [*rows, [visit.button("button-find", Find())], visit.ways_back(Inbox())])


async def _away(visit: Visit, tx: Tx, pupil: int) -> tuple[str, list[list[Button]]]:
    """Whether the child will miss lessons, and its next ones: on their pages staff write down what a family says by telephone."""
    said = await said_of(tx, [pupil], visit.today, visit.zone)
    days = await absences.away(tx, [pupil], visit.today, date.max)
    of_class = [one for one in days.get(pupil, ()) if not one.id]
    ahead = await lessons_ahead(tx, [pupil], Period(visit.today, visit.today + NEXT), visit.moment)
    rows = [
        [visit.button("button-find-lesson", LessonPage(lesson=one.id), at=one.starts_at, course=label(one.course))]
        for one in ahead.get(pupil, ())[:LESSONS]
    ]
    return away_in_words(said[:MOST], of_class, visit.say), rows


# ── who has not applied ─────────────────────────────────────────────────────────────────────────────────────────────


async def missing(visit: Visit) -> None:
    async with visit.db.read() as tx:
        year, this = await asked_now(tx, visit.today), await this_year(tx, visit.today)
        classes = await finding.classes_missing(tx, visit.person.organizations_as("coordinator"), year, this)
    buttons = [
        visit.button("button-missing-class", MissingIn(like=one.id), name=one.name, missing=one.missing, pupils=one.pupils)
        for one in classes
    ]
    rows = in_rows(buttons, IN_A_ROW)
    text = visit.say("missing-classes", count=sum(one.missing for one in classes))
    await visit.show(text, [*rows, visit.ways_back(Inbox())])


async def missing_in(visit: Visit, at: MissingIn) -> None:
    async with visit.db.read() as tx:
        year, this = await asked_now(tx, visit.today), await this_year(tx, visit.today)
        pupils = await deciding.classmates(tx, visit.person.organizations_as("coordinator"), at.like, this)
        left = await finding.pupils_without(tx, [one.id for one in pupils], year)
        silent = set(await calls.unreached(tx, left))
    if not pupils:
        raise Refusal("gone")
    names = [
        visit.say("missing-pupil", child=brief(one.child, 80), silent="yes" if one.id in silent else "no")
        for one in pupils
        if one.id in left
    ]
    head = visit.say("missing-class", class_name=pupils[0].class_name, count=len(left), pupils=len(pupils))
    text = lines([head, "\n".join(names)])
    await visit.show(text, [[visit.button("button-enter-home", EnterHome())], visit.ways_back(Missing())])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="finding")
    router.callback_query.register(asked, Find.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(opened, Family.filter(), flags=may("enrollment.decide", keeps_talk=Finding))
    router.callback_query.register(missing, Missing.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(missing_in, MissingIn.filter(), flags=may("enrollment.decide"))
    router.message.register(typed, Finding.typing, TYPED, flags=may("enrollment.decide"))
    return router
