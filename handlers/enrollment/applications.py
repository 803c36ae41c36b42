"""What became of a family's applications: the list, a page of each with its history, withdrawing."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.policy import Thing, require
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.allocation.mine import Drawn, drawn_of
from bot.services.courses.clashes import brief
from bot.services.enrollment.choices import open_to
from bot.services.enrollment.classes import with_classes
from bot.services.enrollment.withdrawing import withdraw
from bot.services.network.years import past_of, this_year
from bot.services.offers.proposing import Way, way_on
from bot.targets import (
    ApplicationFile,
    Applications,
    ConsentOf,
    Courses,
    CoursesFor,
    DecisionPast,
    Draft,
    Inbox,
    OfferPage,
    PaperPage,
    PastApplications,
    PastYear,
    PastYears,
    Requests,
    Target,
    WriteAbout,
)
from bot.telegram.pressed import AlsoOld
from bot.visit import TEXT, Button, Visit
from bot.voice import lines
from bot.words.enrollment import child_of, history, state, title
from handlers.door import may, opens
from storage.db import Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper, Wish
from storage.enrollment.history import steps_of
from storage.network.years import usual
from storage.offers import losses
from storage.people import consent

PAGE = 6  # applications a page
PAST = 12  # lines of a history a page shows


class PastPage(CallbackData, prefix="apply.past"):
    """The whole history."""

    application: int
    page: int


class PaperList(CallbackData, prefix="apply.list"):
    page: int


class Withdraw(CallbackData, prefix="apply.withdraw"):
    """Asks for confirmation; choice 0 is the whole application."""

    application: int
    choice: int


class Withdrawn(AlsoOld, CallbackData, prefix="apply.withdrawn"):
    application: int
    choice: int
    seen: str = ""  # the stamp of the courses meant


async def opened(visit: Visit) -> None:
    if not visit.person.pupils:  # a coordinator: the school's applications are decided elsewhere
        rows = [[visit.button("button-inbox", Inbox())], [visit.button("button-requests", Requests())], [visit.menu]]
        await visit.show(visit.say("applications-of-school"), rows)
        return
    text, rows = await _papers(visit, 0)
    await visit.show(text, rows)


async def paged(visit: Visit, at: PaperList) -> None:
    text, rows = await _papers(visit, at.page)
    await visit.show(text, rows)


async def of_past(visit: Visit, at: PastApplications) -> None:
    """The applications for a year that is over: a family's; for a coordinator, those of the school's pupils."""
    family = bool(visit.person.pupils)
    async with visit.db.read() as tx:
        schools = visit.person.organizations_as("coordinator")
        whose = {"pupils": visit.person.pupils} if family else {"schools": schools}
        found = [paper for paper in await enrollment.papers(tx, **whose, years=[at.year]) if paper.state != "draft"]
        papers = await with_classes(tx, found, visit.today)
    here = page_of(papers, at.page, PAGE)
    head = visit.say("applications-past", year=usual(at.year).name, total=len(papers))
    said = ["\n".join([title(paper, visit.say), *(state(wish, visit.say) for wish in paper.wishes)]) for paper in here.some]
    rows = []
    for paper in here.some:
        to: Target = PaperPage(application=paper.id) if family else DecisionPast(application=paper.id)
        rows.append([Button(_button(visit, paper), to)])
    pager = visit.pager(here.number, here.of, lambda to: PastApplications(at.year, page=to))
    text = lines([head, *said])
    await visit.show(text if len(text) <= TEXT else head, [*rows, pager, visit.ways_back(PastYear(at.year))])


async def _papers(visit: Visit, page: int) -> tuple[str, list[list[Button]]]:
    async with visit.db.read() as tx:
        this = await this_year(tx, visit.today)
        papers = await enrollment.papers(tx, pupils=visit.person.pupils, years=[this, this + 1])
        papers = await with_classes(tx, papers, visit.today)
        drawn = await drawn_of(tx, page_of(papers, page, PAGE).some)
        past = [] if papers else await past_of(tx, visit.person, visit.today)
    rows: list[list[Button]] = []
    if not papers:
        rows = [[visit.button("button-courses", Courses())], [visit.menu]]
        if past:
            rows.insert(1, [visit.button("button-past-years", PastYears())])
        return visit.say("applications-none"), rows
    here = page_of(papers, page, PAGE)
    some = here.some
    head = visit.say("applications-title", total=len(papers))
    text = lines([head, *("\n".join([title(paper, visit.say), *_states(visit, paper, drawn)]) for paper in some)])
    rows += [[Button(_button(visit, paper), _page_of(visit, paper))] for paper in some]
    rows += [visit.pager(here.number, here.of, lambda to: PaperList(page=to)), [visit.menu]]
    return (text if len(text) <= TEXT else head), rows


def _page_of(visit: Visit, paper: Paper) -> Target:
    """A draft is opened where it can be sent."""
    mine = paper.state == "draft" and paper.pupil_id in visit.person.children
    return Draft(paper.id) if mine else PaperPage(application=paper.id)


def _states(visit: Visit, paper: Paper, drawn: dict[int, Drawn]) -> list[str]:
    return [state(wish, visit.say, drawn.get(wish.id)) for wish in paper.wishes]


def _button(visit: Visit, paper: Paper) -> str:
    names = ", ".join(wish.course for wish in paper.wishes)
    return visit.say.plain("application-button", child=child_of(paper), courses=brief(names, 150))


async def seen(visit: Visit, at: PaperPage) -> None:
    async with visit.db.read() as tx:
        paper = await _seen(visit, tx, at.application)
        past = history(await steps_of(tx, paper.id), visit.say, named=False)
        missing = await missing_of(tx, paper, visit)
        drawn = await drawn_of(tx, [paper])
        instead = await _instead_of(visit, tx, paper)
    own = paper.pupil_id not in visit.person.children
    way = []
    if instead:
        way = [visit.say("application-instead-own", way=instead) if own else visit.say("application-instead", way=instead)]
    parts = [title(paper, visit.say), "\n".join(_states(visit, paper, drawn)), *way, *missing]
    if paper.reason:
        parts.append(visit.say("application-reason", reason=paper.reason))
    if past:
        parts.append(visit.say("application-history") + "\n" + "\n".join(past[-PAST:]))
    text = lines(parts)
    rows = _paper_rows(visit, paper, longer=len(past) > PAST)
    if missing:
        rows.insert(0, [visit.button("button-consents-of", ConsentOf(paper.pupil_id))])
    if instead == "apply" and not own:
        rows.insert(0, [visit.button("button-courses", CoursesFor(paper.pupil_id))])
    await visit.show(text if len(text) <= TEXT else lines(parts[:1]), rows, anew=visit.at_letter)


async def _instead_of(visit: Visit, tx: Tx, paper: Paper) -> Way | None:
    """What is possible in the place of a course that went; None: none has, or nothing more is wanted."""
    if not await losses.open_in(tx, paper.id, visit.today):
        return None
    return await way_on(tx, {paper.year}, visit.today)


async def missing_of(tx: Tx, paper: Paper, visit: Visit) -> list[str]:
    """What a guardian has not agreed to, where it holds something up: a partner of a wish that goes on, messages."""
    going_on = [wish for wish in paper.wishes if wish.state in ("submitted", "approved")]
    if paper.pupil_id not in visit.person.children or not going_on:
        return []
    partners = await consent.not_agreed(tx, paper.pupil_id, {wish.organization_id for wish in going_on})
    said = [visit.say("application-no-partner", partner=brief(name, 90)) for _, name in partners]
    if not await consent.hears(tx, visit.person.known, paper.pupil_id):
        said.append(visit.say("application-no-messages"))
    return said


async def past_seen(visit: Visit, at: PastPage) -> None:
    """All of a long history, from the beginning."""
    async with visit.db.read() as tx:
        paper = await _seen(visit, tx, at.application)
        past = history(await steps_of(tx, paper.id), visit.say, named=False)
    here = page_of(past, at.page, PAST)
    parts = [title(paper, visit.say), visit.say("application-history") + "\n" + "\n".join(here.some)]
    rows = [
        visit.pager(here.number, here.of, lambda to: PastPage(application=paper.id, page=to)),
        visit.ways_back(PaperPage(application=paper.id)),
    ]
    await visit.show(lines(parts), rows)


def _paper_rows(visit: Visit, paper: Paper, *, longer: bool) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if paper.pupil_id in visit.person.children:
        if paper.state in ("draft", "returned"):
            rows.append([visit.button("button-application-edit", Draft(paper.id))])
        elif paper.state == "submitted" and all(wish.state in ("submitted", "withdrawn") for wish in paper.wishes):
            rows.append([visit.button("button-application-change", Draft(paper.id))])
        rows += [
            [visit.button("button-offer-open", OfferPage(wish.id), course=brief(wish.course, 100))]
            for wish in paper.wishes
            if wish.state == "offered"
        ]
        alive = [wish for wish in paper.wishes if wish.state != "draft" and open_to(wish.state, "withdraw")]
        rows += [[_gives_up(visit, paper, wish)] for wish in alive if len(alive) > 1 or wish.state == "enrolled"]
        if len(alive) > 1 or (alive and alive[0].state != "enrolled"):
            rows.append([visit.button("button-application-withdraw", Withdraw(application=paper.id, choice=0))])
    if any(wish.state not in ("withdrawn", "declined", "left") for wish in paper.wishes):
        rows.append([visit.button("button-application-paper", ApplicationFile(paper.id))])
    if paper.state != "draft":
        rows.append([visit.button("button-write-school", WriteAbout("paper", paper.id))])
    if longer:
        rows.append([visit.button("button-history", PastPage(application=paper.id, page=0))])
    return [*rows, visit.ways_back(Applications())]


def _gives_up(visit: Visit, paper: Paper, wish: Wish) -> Button:
    """A place is left, and it is called so; what is only asked for is withdrawn."""
    to, course = Withdraw(application=paper.id, choice=wish.id), brief(wish.course)
    if wish.state == "enrolled":
        return visit.button("button-leave-course", to, course=course)
    return visit.button("button-application-withdraw-one", to, course=course)


async def asked(visit: Visit, at: Withdraw) -> None:
    await withdrawing(visit, at)


async def withdrawing(visit: Visit, at: Withdraw, since: ChangedSince | None = None) -> None:
    async with visit.db.read() as tx:
        paper = await _seen(visit, tx, at.application)
    require(visit.person, "enrollment.apply", Thing(pupil_id=paper.pupil_id))
    meant = [
        wish for wish in paper.wishes if at.choice in (0, wish.id) and wish.state != "draft" and open_to(wish.state, "withdraw")
    ]
    if not meant:
        raise Refusal("withdraw-nothing")
    names = [f"«{brief(wish.course, 150)}»" for wish in meant]
    rows = [
        [visit.button("button-confirm", Withdrawn(**at.model_dump(), seen=stamp(sorted(wish.id for wish in meant)))).destroys],
        [visit.button("button-cancel", PaperPage(application=paper.id)), visit.menu],
    ]
    leaves = all(wish.state == "enrolled" for wish in meant)
    child = child_of(paper)
    text = (
        visit.say("leave-sure", child=child, courses=names) if leaves else visit.say("withdraw-sure", child=child, courses=names)
    )
    await visit.show(lines([visit.say(since.key), text]) if since else text, rows)


async def withdrawn(visit: Visit, at: Withdrawn) -> None:
    try:
        await withdraw(visit.db, at.application, at.choice, by=visit.person, at=visit.moment, seen=at.seen)
    except ChangedSince as since:
        await withdrawing(visit, Withdraw(application=at.application, choice=at.choice), since)
        return
    await seen(visit, PaperPage(application=at.application))


async def _seen(visit: Visit, tx: Tx, application: int) -> Paper:
    """An application of one of this person's children (or of their own)."""
    found = await enrollment.papers(tx, ids=[application], pupils=visit.person.pupils)
    if not found:
        raise Refusal("gone")
    return (await with_classes(tx, found, visit.today))[0]


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="applications")
    router.message.register(opened, Command("applications"), flags=may("enrollment.list"))
    router.callback_query.register(opened, opens(Applications), flags=may("enrollment.list"))
    router.callback_query.register(of_past, opens(PastApplications), flags=may("enrollment.list"))
    router.callback_query.register(paged, PaperList.filter(), flags=may("enrollment.see"))
    router.callback_query.register(seen, opens(PaperPage), flags=may("enrollment.see"))
    router.callback_query.register(past_seen, PastPage.filter(), flags=may("enrollment.see"))
    router.callback_query.register(asked, Withdraw.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(withdrawn, Withdrawn.filter(), flags=may("enrollment.apply"))
    return router
