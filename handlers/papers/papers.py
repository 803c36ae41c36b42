"""Papers as DOCX: a family downloads its application; the school's heads the order, the lists of groups, the requests."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.network.years import this_year
from bot.services.papers.papers import (
    LAST,
    Edition,
    Listed,
    application_paper,
    groups_paper,
    papers_year,
    request_paper,
)
from bot.targets import (
    AgreeingHome,
    Agreements,
    ApplicationFile,
    Certificates,
    CoursePapers,
    CriteriaHome,
    Papers,
    PastPapers,
    PastYear,
)
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.words.papers import paper_caption
from bot.words.years import dated
from handlers.door import may, opens
from handlers.papers.blanks import Blanks
from handlers.papers.consents import Classes
from handlers.papers.mine import of_partner
from handlers.papers.orders import Orders
from handlers.papers.partners import heads, home, label, partners_of
from handlers.papers.sent import SentHome
from storage.network.years import usual
from storage.papers import handed_in, papers
from storage.requests import requests

PAGE = 8  # partners, groups, requests or papers a page
VERSIONS = 5  # other versions of an application's paper offered with one of them


class GroupsHome(AlsoOld, CallbackData, prefix="papers.groups"):
    page: int
    year: int = 0  # of an academic year that is over; 0: the one whose papers are made now; here and below


class GroupsOf(AlsoOld, CallbackData, prefix="papers.groups.of"):
    school: int
    partner: int
    page: int
    year: int = 0


class GroupFile(AlsoOld, CallbackData, prefix="papers.group"):
    """group 0: each of the partner's."""

    school: int
    partner: int
    group: int
    year: int = 0


class RequestList(CallbackData, prefix="papers.requests"):
    page: int


class RequestFile(CallbackData, prefix="papers.request"):
    request: int


class WithdrawnPapers(CallbackData, prefix="papers.withdrawn"):
    """Applications that the school keeps though their families have withdrawn their consent."""

    page: int


# ── the family ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def application_given(visit: Visit, at: ApplicationFile) -> None:
    which = Edition(at.application, max(at.version, LAST))
    file = await application_paper(visit.db, which, by=visit.person, say=visit.say, settings=visit.settings, today=visit.today)
    rows = []
    for one in [one for one in file.versions if one.version != file.version][-VERSIONS:]:
        to = ApplicationFile(at.application, one.version)
        rows.append([visit.button("button-paper-version", to, version=one.version, day=one.made_at)])
    await visit.give(file.name, file.content, paper_caption(file.version, file.versions, visit.say), rows)


# ── the school ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def opened(visit: Visit) -> None:
    if not heads(visit):
        await of_partner(visit)
        return
    rows = [
        [visit.button("button-papers-orders", Orders(page=0))],
        [visit.button("button-papers-groups", GroupsHome(page=0))],
        [visit.button("button-papers-requests", RequestList(page=0)), visit.button("button-papers-sent", SentHome())],
        [visit.button("button-papers-agreements", Agreements()), visit.button("button-papers-consents", Classes(page=0))],
        [visit.button("button-papers-courses", CoursePapers()), visit.button("button-blanks", Blanks())],
        [visit.button("button-certificates", Certificates())],
        [visit.button("button-agreeing-home", AgreeingHome()), visit.button("button-criteria", CriteriaHome())],
    ]
    async with visit.db.read() as tx:
        kept = await handed_in.withdrawn(tx, heads(visit))
    if kept:
        rows.append([visit.button("button-papers-withdrawn", WithdrawnPapers(page=0), count=len(kept))])
    await visit.show(visit.say("papers-title"), [*rows, [visit.menu]])


async def of_past(visit: Visit, at: PastPapers) -> None:
    """The orders and lists of groups of a year that is over, as they would be drawn now."""
    rows = [
        [visit.button("button-papers-orders", Orders(page=0, year=at.year))],
        [visit.button("button-papers-groups", GroupsHome(page=0, year=at.year))],
        visit.ways_back(PastYear(at.year)),
    ]
    await visit.show(visit.say("papers-past", year=usual(at.year).name), rows)


async def groups(visit: Visit, at: GroupsHome) -> None:
    found = await partners_of(visit, at.year)
    here = page_of(found, at.page, PAGE)
    rows = []
    for one in here.some:
        rows.append([Button(label(visit, one, found), GroupsOf(school=one.school_id, partner=one.id, page=0, year=at.year))])
    rows += [visit.pager(here.number, here.of, lambda to: GroupsHome(page=to, year=at.year)), visit.ways_back(home(at.year))]
    await visit.show(visit.say("papers-groups") if found else visit.say("papers-empty"), rows)


async def groups_of(visit: Visit, at: GroupsOf) -> None:
    if at.school not in heads(visit):
        raise Refusal("gone")
    async with visit.db.read() as tx:
        year = at.year or await papers_year(tx, at.school, visit.today)
        of = await papers.partners(tx, [at.school], year, at.partner)
        found = await papers.filled(tx, at.school, at.partner, year)
    if not of:
        raise Refusal("papers-nobody")
    here = page_of(found, at.page, PAGE)
    rows = []
    if here.number == 0 and len(found) > 1:
        everything = GroupFile(school=at.school, partner=at.partner, group=0, year=at.year)
        rows.append([visit.button("button-papers-all-groups", everything)])
    for one in here.some:
        label = visit.say.plain("button-papers-group", group=one.code, course=brief(one.course, 100), count=one.children)
        rows.append([Button(label, GroupFile(school=at.school, partner=at.partner, group=one.id, year=at.year))])
    rows += [
        visit.pager(here.number, here.of, lambda to: GroupsOf(school=at.school, partner=at.partner, page=to, year=at.year)),
        visit.ways_back(GroupsHome(page=0, year=at.year)),
    ]
    await visit.show(visit.say("papers-groups-of", partner=brief(of[0].name)), rows)


async def group_given(visit: Visit, at: GroupFile) -> None:
    file = await groups_paper(
        visit.db,
        Listed(at.school, at.partner, at.group or None, at.year),
        by=visit.person,
        say=visit.say,
        settings=visit.settings,
        today=visit.today,
    )
    await visit.give(file.name, file.content)


async def request_list(visit: Visit, at: RequestList) -> None:
    async with visit.db.read() as tx:
        this = await this_year(tx, visit.today)
        sent = await requests.sent(tx, (this, this + 1), schools=heads(visit), partners=())
    here = page_of(sent, at.page, PAGE)
    rows = []
    for one in here.some:
        facts = {"number": str(one.number), "partner": brief(one.organization, 100)}
        label = visit.say.plain("button-request", **facts, day=one.made_at, children=one.children, waiting=one.waiting)
        rows.append([Button(dated(label, one.year, this), RequestFile(request=one.id))])
    rows += [visit.pager(here.number, here.of, lambda to: RequestList(page=to)), visit.ways_back(Papers())]
    await visit.show(visit.say("papers-requests", total=len(sent)) if sent else visit.say("papers-requests-none"), rows)


async def request_given(visit: Visit, at: RequestFile) -> None:
    file = await request_paper(visit.db, at.request, by=visit.person, say=visit.say, settings=visit.settings)
    await visit.give(file.name, file.content)


async def withdrawn_papers(visit: Visit, at: WithdrawnPapers) -> None:
    async with visit.db.read() as tx:
        kept = await handed_in.withdrawn(tx, heads(visit))
    here = page_of(kept, at.page, PAGE)
    rows = [
        [
            visit.button(
                "button-paper-withdrawn", ApplicationFile(one.application_id), number=str(one.application_id), day=one.made_at
            )
        ]
        for one in here.some
    ]
    rows += [visit.pager(here.number, here.of, lambda to: WithdrawnPapers(page=to)), visit.ways_back(Papers())]
    await visit.show(visit.say("papers-withdrawn"), rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="papers")
    router.message.register(opened, Command("papers"), flags=may("papers.open"))
    router.callback_query.register(opened, opens(Papers), flags=may("papers.open"))
    router.callback_query.register(of_past, opens(PastPapers), flags=may("papers.see"))
    router.callback_query.register(application_given, opens(ApplicationFile), flags=may("papers.application"))
    router.callback_query.register(groups, GroupsHome.filter(), flags=may("papers.see"))
    router.callback_query.register(groups_of, GroupsOf.filter(), flags=may("papers.see"))
    router.callback_query.register(group_given, GroupFile.filter(), flags=may("papers.see"))
    router.callback_query.register(request_list, RequestList.filter(), flags=may("papers.see"))
    router.callback_query.register(request_given, RequestFile.filter(), flags=may("papers.see"))
    router.callback_query.register(withdrawn_papers, WithdrawnPapers.filter(), flags=may("papers.see"))
    return router
