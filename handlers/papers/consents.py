"""Consents on paper: a family prints its child's; the school's heads those of a class or of one pupil."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.network.years import this_year
from bot.services.papers.consents import consent_paper
from bot.targets import ConsentPaper, Papers
from bot.visit import Button, Visit
from handlers.door import may, opens
from handlers.papers.partners import heads
from storage.papers import consents

PAGE = 12  # classes or pupils a page


class Classes(CallbackData, prefix="papers.consents"):
    page: int


class OneClass(CallbackData, prefix="papers.consents.of"):
    """The class of this pupil."""

    pupil: int
    page: int


class WholeClass(CallbackData, prefix="papers.consents.all"):
    pupil: int


async def opened(visit: Visit, at: Classes) -> None:
    async with visit.db.read() as tx:
        found = await consents.classes(tx, heads(visit), await this_year(tx, visit.today))
    here, several = page_of(found, at.page, PAGE), len(heads(visit)) > 1
    rows = []
    for one in here.some:
        label = visit.say.plain("button-consents-class", class_name=one.class_name, count=one.children)
        label = f"{brief(one.school, 40)}, {label}" if several else label
        rows.append([Button(label, OneClass(pupil=one.pupil_id, page=0))])
    rows += [visit.pager(here.number, here.of, lambda to: Classes(page=to)), visit.ways_back(Papers())]
    await visit.show(visit.say("consents-classes"), rows)


async def one_class(visit: Visit, at: OneClass) -> None:
    async with visit.db.read() as tx:
        year = await this_year(tx, visit.today)
        pupils = await consents.classmates(tx, at.pupil, heads(visit), year)
        found = await consents.subjects(tx, pupils, year)
    if not found:
        raise Refusal("gone")
    here = page_of(found, at.page, PAGE)
    rows = [[visit.button("button-consents-all", WholeClass(pupil=at.pupil), count=len(found))]]
    rows += [[Button(brief(one.child, 100), ConsentPaper(one.pupil_id))] for one in here.some]
    rows += [
        visit.pager(here.number, here.of, lambda to: OneClass(pupil=at.pupil, page=to)),
        visit.ways_back(Classes(page=0)),
    ]
    await visit.show(visit.say("consents-class", class_name=found[0].class_name), rows)


async def whole_class(visit: Visit, at: WholeClass) -> None:
    async with visit.db.read() as tx:
        pupils = await consents.classmates(tx, at.pupil, heads(visit), await this_year(tx, visit.today))
    await _give(visit, pupils)


async def one_child(visit: Visit, at: ConsentPaper) -> None:
    await _give(visit, [at.pupil])


async def _give(visit: Visit, pupils: list[int]) -> None:
    file = await consent_paper(visit.db, pupils, by=visit.person, say=visit.say, settings=visit.settings, at=visit.moment)
    await visit.give(file.name, file.content, visit.say("consents-caption"))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="consents on paper")
    router.callback_query.register(opened, Classes.filter(), flags=may("papers.see"))
    router.callback_query.register(one_class, OneClass.filter(), flags=may("papers.see"))
    router.callback_query.register(whole_class, WholeClass.filter(), flags=may("papers.see"))
    router.callback_query.register(one_child, opens(ConsentPaper), flags=may("papers.consents"))
    return router
