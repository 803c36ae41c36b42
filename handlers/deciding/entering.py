"""The coordinator enters an application for a family without Telegram: class, pupil, courses, done."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import in_rows, page_of
from bot.refusals import Refusal
from bot.services.courses.catalogue import Fit, Wanted, catalogue, window
from bot.services.courses.clashes import brief
from bot.services.courses.offered import is_open
from bot.services.deciding.entering import Wishes, enter
from bot.services.enrollment.applications import MOST
from bot.services.enrollment.choices import open_to
from bot.services.enrollment.classes import with_classes
from bot.services.enrollment.withdrawing import withdraw
from bot.services.network.years import this_year
from bot.targets import ApplicationFile, EnterHome, Inbox
from bot.visit import TEXT, Button, Visit
from bot.voice import lines
from bot.words.enrollment import class_of, state
from bot.words.years import class_of_child
from handlers.deciding.places import Look
from handlers.door import may, opens
from storage.db import Tx
from storage.deciding import deciding
from storage.deciding.deciding import Classmate
from storage.enrollment import enrollment
from storage.people import calls

CLASSES, PUPILS, COURSES = 40, 10, 8  # a page


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
    """Hands in what is chosen; of several courses it is asked first how many are needed."""

    pupil: int
    first: int
    second: int
    third: int

    def chosen(self) -> list[int]:
        return list(dict.fromkeys(course for course in (self.first, self.second, self.third) if course))


class EnterSome(CallbackData, prefix="enter.some"):
    """The same with the answer: so many of these courses the child would attend at once."""

    pupil: int
    first: int
    second: int
    third: int
    wanted: int

    def chosen(self) -> list[int]:
        return [course for course in (self.first, self.second, self.third) if course]


class Theirs(CallbackData, prefix="enter.theirs"):
    """The applications of a pupil, for withdrawing one in the family's stead."""

    pupil: int


class Stead(CallbackData, prefix="enter.withdraw"):
    """Withdraws a wish in the stead of a family without Telegram; sure 0 asks first."""

    application: int
    choice: int
    sure: int


async def opened(visit: Visit) -> None:
    async with visit.db.read() as tx:
        classes = await deciding.classes(tx, visit.person.organizations_as("coordinator"), await this_year(tx, visit.today))
    buttons = [Button(one.name, Class(like=one.id, page=0)) for one in classes[:CLASSES]]
    rows = in_rows(buttons, 4)
    text = visit.say("enter-which-class") if classes else visit.say("enter-no-pupils")
    await visit.show(text, [*rows, visit.ways_back(Inbox())])


async def class_shown(visit: Visit, at: Class) -> None:
    async with visit.db.read() as tx:
        this = await this_year(tx, visit.today)
        found = await deciding.classmates(tx, visit.person.organizations_as("coordinator"), at.like, this)
    if not found:
        raise Refusal("gone")
    here = page_of(found, at.page, PUPILS)
    rows = [[Button(brief(one.child, 100), For(pupil=one.id))] for one in here.some]
    rows.append(visit.pager(here.number, here.of, lambda to: Class(like=at.like, page=to)))
    await visit.show(visit.say("enter-which-pupil", class_name=found[0].class_name), [*rows, visit.ways_back(EnterHome())])


async def choosing(visit: Visit, at: For) -> None:
    async with visit.db.read() as tx:
        pupil = await _pupil(visit, tx, at.pupil)
        found = await catalogue(tx, Wanted(pupil=at.pupil), visit.today, page=at.page, size=COURSES)
        silent = at.pupil in await calls.unreached(tx, [at.pupil])
        absent = at.pupil in await calls.without_bot(tx, [at.pupil])
        papers = await enrollment.papers(tx, pupils=[at.pupil])
    class_name = class_of_child(found.child, visit.say) if found.child else pupil.class_name
    head = visit.say("enter-courses", child=brief(pupil.child), class_name=class_name, most=MOST)
    told = [
        head,
        visit.say("enter-silent") if silent else visit.say("enter-has-bot"),
        *(_line(visit, fit, at) for fit in found.fits),
    ]
    free = [fit for fit in found.fits if fit.state is None and is_open(fit.offer, visit.today)]
    text = lines(told if found.fits else [*told, visit.say("enter-no-courses")])
    rows = [[Button(_label(fit, at), _toggled(fit.offer.id, at))] for fit in free]
    rows.append(visit.pager(found.page, found.pages, lambda to: at.model_copy(update={"page": to})))
    if at.chosen():
        go = Enter(pupil=at.pupil, first=at.first, second=at.second, third=at.third)
        rows.append([visit.button("button-enter", go, count=len(at.chosen()))])
    if absent and any(open_to(wish.state, "withdraw") for paper in papers for wish in paper.wishes):
        rows.append([visit.button("button-enter-theirs", Theirs(pupil=at.pupil))])
    await visit.show(text if len(text) <= TEXT else head, [*rows, visit.ways_back(Class(like=at.pupil, page=0))])


def _line(visit: Visit, fit: Fit, at: For) -> str:
    chosen = at.chosen()
    place = chosen.index(fit.offer.id) + 1 if fit.offer.id in chosen else 0
    parts = [visit.say("enter-course", place=place, course=brief(fit.offer.name), left=fit.offer.left)]
    if fit.state is not None:
        parts.append(visit.say("course-own-state", state=fit.state))
    elif not is_open(fit.offer, visit.today):
        until = window(fit.offer, visit.today)
        parts.append(visit.say(until.key, **until.facts))
    return "\n".join([*parts, *(visit.say("inbox-warning", why=visit.say.plain(one.key, **one.facts)) for one in fit.against)])


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


async def gone_in(visit: Visit, at: Enter) -> None:
    if len(at.chosen()) < 2:
        await _entered(visit, at.pupil, Wishes(at.chosen(), 1))
        return
    async with visit.db.read() as tx:
        pupil = await _pupil(visit, tx, at.pupil)
    count = len(at.chosen())
    head = visit.say("enter-wanted", child=brief(pupil.child), count=count)
    numbers = [
        Button(str(number), EnterSome(pupil=at.pupil, first=at.first, second=at.second, third=at.third, wanted=number))
        for number in range(1, count + 1)
    ]
    back = For(pupil=at.pupil, first=at.first, second=at.second, third=at.third)
    await visit.show(lines([head, visit.say("enter-wanted-besides")]), [numbers, visit.ways_back(back)])


async def some_gone_in(visit: Visit, at: EnterSome) -> None:
    await _entered(visit, at.pupil, Wishes(at.chosen(), at.wanted))


async def _entered(visit: Visit, pupil_id: int, said: Wishes) -> None:
    application = await enter(visit.db, pupil_id, said, by=visit.person, now=visit.now, today=visit.today)
    async with visit.db.read() as tx:
        papers = await enrollment.papers(tx, ids=[application], schools=visit.person.organizations_as("coordinator"))
        papers = await with_classes(tx, papers, visit.today)
        silent = pupil_id in await calls.unreached(tx, [pupil_id])
    if not papers:
        raise Refusal("gone")
    paper = papers[0]
    head = visit.say("entered", child=brief(paper.child), class_name=class_of(paper, visit.say))
    call = visit.say("entered-call") if silent else visit.say("entered-told")
    rows = [
        [visit.button("button-entered-decide", Look(application=application))],
        [visit.button("button-application-paper", ApplicationFile(application))],
        [visit.button("button-enter-next", Class(like=pupil_id, page=0))],
        visit.ways_back(Inbox()),
    ]
    told = [head, "\n".join(state(wish, visit.say) for wish in paper.wishes)]
    if len(paper.wishes) > 1:
        told.append(visit.say("entered-wanted", count=paper.wanted))
    await visit.show(lines([*told, call]), rows)


# ── withdrawing in the family's stead ───────────────────────────────────────────────────────────────────────────────


async def theirs(visit: Visit, at: Theirs) -> None:
    await _theirs(visit, at.pupil)


async def _theirs(visit: Visit, pupil_id: int) -> None:
    async with visit.db.read() as tx:
        pupil = await _pupil(visit, tx, pupil_id)
        papers = await enrollment.papers(tx, pupils=[pupil_id])
    said, rows = [], []
    for paper in papers:
        for wish in paper.wishes:
            said.append(state(wish, visit.say))
            if wish.state != "draft" and open_to(wish.state, "withdraw"):
                label = visit.say.plain("button-application-withdraw-one", course=brief(wish.course, 100))
                rows.append([Button(label, Stead(application=paper.id, choice=wish.id, sure=0))])
    head = visit.say("enter-theirs", child=brief(pupil.child), class_name=pupil.class_name)
    text = lines([head, "\n".join(said)])
    await visit.show(text if len(text) <= TEXT else head, [*rows, visit.ways_back(For(pupil=pupil_id))])


async def withdrawn(visit: Visit, at: Stead) -> None:
    async with visit.db.read() as tx:
        papers = await enrollment.papers(tx, ids=[at.application], schools=visit.person.organizations_as("coordinator"))
    wishes = [wish for paper in papers for wish in paper.wishes if wish.id == at.choice]
    if not wishes:
        raise Refusal("gone")
    pupil = papers[0].pupil_id
    if at.sure:
        await withdraw(visit.db, at.application, at.choice, by=visit.person, at=visit.moment)
        await _theirs(visit, pupil)
        return
    text = visit.say("enter-withdraw-sure", child=brief(papers[0].child), course=brief(wishes[0].course))
    rows = [[visit.button("button-confirm", at.model_copy(update={"sure": 1}))]]
    await visit.show(text, [*rows, [visit.button("button-cancel", Theirs(pupil=pupil)), visit.menu]])


async def _pupil(visit: Visit, tx: Tx, pupil_id: int) -> Classmate:
    found = await deciding.pupil(tx, visit.person.organizations_as("coordinator"), pupil_id, await this_year(tx, visit.today))
    if found is None:
        raise Refusal("gone")
    return found


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="entering")
    router.callback_query.register(opened, opens(EnterHome), flags=may("enrollment.enter"))
    router.callback_query.register(class_shown, Class.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(choosing, For.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(gone_in, Enter.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(some_gone_in, EnterSome.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(theirs, Theirs.filter(), flags=may("enrollment.enter"))
    router.callback_query.register(withdrawn, Stead.filter(), flags=may("enrollment.enter"))
    return router
