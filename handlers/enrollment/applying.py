"""The family's side of enrollment: writing an application and changing it. Submitting it is beside: submitting.py."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.policy import Thing, require
from bot.refusals import ChangedSince, Refusal, stamp, unchanged
from bot.services.courses.catalogue import times, window
from bot.services.courses.clashes import brief
from bot.services.enrollment.applications import MOST, Says, choose, discard, extend, insist, rank, unchoose
from bot.services.enrollment.classes import asks_whether_goes_on, with_classes
from bot.services.enrollment.weighing import Scale, Weighed, one_too_many, preview
from bot.targets import AddToDraft, Applications, AskAnyway, Courses, CoursesFor, Draft, WantedHome
from bot.telegram.pressed import AlsoOld
from bot.visit import TEXT, Button, Rows, Visit
from bot.voice import lines
from bot.words.enrollment import child_of, class_of
from handlers.door import may, opens
from handlers.enrollment.applications import Withdraw
from storage.courses import courses
from storage.db import Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper, Wish
from storage.network.years import ahead
from storage.people import consent, people


class Extend(CallbackData, prefix="apply.extend"):
    """Add a course to what is submitted already."""

    application: int
    course: int


class GoesOn(AlsoOld, CallbackData, prefix="apply.goeson"):
    """«Остаётесь в 10 классе?»: the child stays at school, and the course is chosen."""

    course: int
    pupil: int
    anyway: bool = False  # although the hours stand against it


class Insist(CallbackData, prefix="apply.insist"):
    """«Всё равно попросить», of a wish that is written already."""

    application: int
    choice: int


class OnPaper(CallbackData, prefix="apply.onpaper"):
    """The application as its paper will read."""

    application: int


class Rank(CallbackData, prefix="apply.rank"):
    application: int
    choice: int
    to: int  # the place wanted, from 1: pressed twice, it is the same place


class Unchoose(CallbackData, prefix="apply.unchoose"):
    application: int
    choice: int


class Submit(AlsoOld, CallbackData, prefix="apply.submit"):
    application: int
    seen: str = ""  # the stamp of its courses
    asked: int = 0  # whether the partners may be told of the child: 0 not asked yet, 1 yes, 2 no
    to: str = ""  # the stamp of the partners that were named in the question


class Discard(AlsoOld, CallbackData, prefix="apply.discard"):
    """Asks for confirmation."""

    application: int
    seen: str = ""


class Discarded(CallbackData, prefix="apply.discarded"):
    application: int
    seen: str


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def added(visit: Visit, at: AddToDraft) -> None:
    """A course for the application being written; where one is submitted and can still be changed, for that one."""
    require(visit.person, "enrollment.apply", Thing(pupil_id=at.pupil))
    async with visit.db.read() as tx:
        text, rows = await _goes_on(visit, tx, at)
        if not rows:
            text, rows = await _extending(visit, tx, at)
    if rows:
        await visit.show(text, rows)
        return
    application = await choose(visit.db, at.pupil, at.course, by=visit.person, at=visit.moment)
    await show_draft(visit, application)


async def asked_anyway(visit: Visit, at: AskAnyway) -> None:
    """The hours stand against the course, and the family asks all the same: the school decides."""
    require(visit.person, "enrollment.apply", Thing(pupil_id=at.pupil))
    async with visit.db.read() as tx:
        text, rows = await _goes_on(visit, tx, AddToDraft(at.course, at.pupil), anyway=True)
    if rows:
        await visit.show(text, rows)
        return
    says = Says(anyway=True)
    application = await choose(visit.db, at.pupil, at.course, by=visit.person, at=visit.moment, says=says)
    await show_draft(visit, application)


async def insisted(visit: Visit, at: Insist) -> None:
    await insist(visit.db, at.application, at.choice, by=visit.person)
    await show_draft(visit, at.application)


async def _goes_on(visit: Visit, tx: Tx, at: AddToDraft, *, anyway: bool = False) -> tuple[str, Rows]:
    """«Остаётесь в 10 классе?» where the family has yet to say so; empty where it is not to be asked."""
    offered = await courses.offers(tx, [at.course])
    class_name = await asks_whether_goes_on(tx, at.pupil, offered[0].year) if offered else None
    if class_name is None:
        return "", []
    name = (await people.first_names(tx, [at.pupil])).get(at.pupil, "")
    rows = [
        [visit.button("button-goes-on", GoesOn(course=at.course, pupil=at.pupil, anyway=anyway))],
        [visit.button("button-goes-on-not", CoursesFor(at.pupil))],
    ]
    ahead_of_us = ahead(offered[0].year, visit.today)
    return visit.say("application-goes-on", child=brief(name), class_name=class_name, year=ahead_of_us), [*rows, [visit.menu]]


async def stays(visit: Visit, at: GoesOn) -> None:
    """The family has said that the child stays at school."""
    says = Says(goes_on=True, anyway=at.anyway)
    application = await choose(visit.db, at.pupil, at.course, by=visit.person, at=visit.moment, says=says)
    await show_draft(visit, application)


async def _extending(visit: Visit, tx: Tx, at: AddToDraft) -> tuple[str, Rows]:
    """The question whether the course joins what is submitted; empty where a new application is begun."""
    offered = await courses.offers(tx, [at.course])
    if not offered:
        return "", []
    year = offered[0].year
    application = await enrollment.changeable_of(tx, at.pupil, year)
    papers = [paper for paper in await enrollment.papers(tx, pupils=[at.pupil]) if paper.year == year]
    if application is None or any(paper.state in ("draft", "returned") for paper in papers):
        return "", []
    (paper,) = await enrollment.papers(tx, ids=[application])
    wishes = writable(paper)
    if len(wishes) >= MOST or at.course in {wish.course_id for wish in wishes}:
        return "", []
    names = [f"«{brief(wish.course, 100)}»" for wish in wishes]
    text = visit.say("application-extend-sure", child=child_of(paper), course=brief(offered[0].name), courses=names)
    rows = [[visit.button("button-extend", Extend(application=application, course=at.course))], visit.ways_back(Applications())]
    return text, rows


async def extended(visit: Visit, at: Extend) -> None:
    await extend(visit.db, at.application, at.course, by=visit.person, now=visit.now, today=visit.today)
    await show_draft(visit, at.application)


async def drafted(visit: Visit, at: Draft) -> None:
    await show_draft(visit, at.application)


async def ranked(visit: Visit, at: Rank) -> None:
    await rank(visit.db, at.application, at.choice, at.to, by=visit.person, at=visit.moment)
    await show_draft(visit, at.application)


async def unchosen(visit: Visit, at: Unchoose) -> None:
    if await unchoose(visit.db, at.application, at.choice, by=visit.person, now=visit.now):
        await show_draft(visit, at.application)
    else:
        await visit.show(visit.say("application-discarded"), [[visit.button("button-courses", Courses())], [visit.menu]])


async def discarding(visit: Visit, at: Discard) -> None:
    """A draft is deleted, and it is called so: asked once."""
    async with visit.db.read() as tx:
        paper = await own_paper(visit, tx, at.application)
    require(visit.person, "enrollment.apply", Thing(pupil_id=paper.pupil_id))
    if paper.state != "draft":
        raise Refusal("application-sent", state=paper.state)
    try:
        unchanged(at.seen, paper.wanted, [wish.id for wish in writable(paper)])
    except ChangedSince as since:
        await show_draft(visit, at.application, since)
        return
    names = [f"«{brief(wish.course, 100)}»" for wish in writable(paper)]
    rows = [
        [visit.button("button-discard-sure", Discarded(application=paper.id, seen=stamp_of(paper)))],
        visit.ways_back(Draft(paper.id)),
    ]
    await visit.show(visit.say("application-discard-sure", child=child_of(paper), courses=names), rows)


async def discarded(visit: Visit, at: Discarded) -> None:
    try:
        await discard(visit.db, at.application, by=visit.person, seen=at.seen)
    except ChangedSince as since:
        await show_draft(visit, at.application, since)
        return
    await visit.show(visit.say("application-discarded"), [[visit.button("button-courses", Courses())], [visit.menu]])


async def show_draft(visit: Visit, application: int, since: ChangedSince | None = None) -> None:
    """The page of an application being written; `since`: it is not what the pressed page showed."""
    async with visit.db.read() as tx:
        paper = await own_paper(visit, tx, application)
        require(visit.person, "enrollment.apply", Thing(pupil_id=paper.pupil_id))
        if paper.state not in ("draft", "returned") and not _still_open(paper):
            raise Refusal("application-sent", state=paper.state)
        scale = await preview(tx, paper, visit.today)
        text = await _draft(visit, tx, paper, scale)
    if since is not None:
        text = lines([visit.say(since.key), text])
    await visit.show(text, _draft_rows(visit, paper, scale))


async def _draft(visit: Visit, tx: Tx, paper: Paper, scale: Scale) -> str:
    """The page of an application being written: each wish, and what stands against it."""
    parts = [visit.say("application-draft", child=child_of(paper), class_name=class_of(paper, visit.say))]
    besides = one_too_many(paper, scale)
    if paper.state == "returned":
        parts.append(visit.say("application-returned-why", reason=paper.reason))
    for place, wish in enumerate(writable(paper), 1):
        said = _wish(visit, place, scale[wish.id])
        if wish.besides or wish.id in besides:
            said.append(visit.say("application-hint-besides", count=paper.wanted))
        parts.append("\n".join(said))
    if paper.state == "submitted":
        parts.append(visit.say("application-change-next"))
    else:
        if not await consent.hears(tx, visit.person.known, paper.pupil_id):
            parts.append(visit.say("application-no-messages"))
        parts.append(_what_next(visit, paper, scale))
    text = lines(parts)
    return text if len(text) <= TEXT - 100 else lines([parts[0], parts[-1]])


def _wish(visit: Visit, place: int, weighed: Weighed) -> list[str]:
    offer = weighed.offer
    when = "; ".join(words for words in (times(group.hours, visit.say, visit.today) for group in offer.groups) if words)
    until = window(offer, visit.today)
    said = [
        visit.say("application-draft-wish", place=place, course=brief(offer.name), partner=brief(offer.organization)),
        visit.say("course-line-when", when=when or visit.say.plain("course-no-times"), left=offer.left),
        visit.say(until.key, **until.facts),
        *(visit.say("course-against", why=visit.say.plain(one.key, **one.facts)) for one in weighed.against),
        *([visit.say("application-anyway")] if weighed.anyway and weighed.warns else []),
        *(visit.say("application-hint", why=visit.say.plain(one.key, **one.facts)) for one in weighed.hints),
    ]
    if offer.selection == "queue" and not offer.left:
        said.append(visit.say("application-hint-line"))
    return said


def _what_next(visit: Visit, paper: Paper, scale: Scale) -> str:
    stopped = [scale[wish.id] for wish in writable(paper) if scale[wish.id].stops]
    if not stopped:
        return visit.say("application-draft-next")
    ways = all(one.may_insist for one in stopped)
    return visit.say("application-draft-insist") if ways else visit.say("application-draft-blocked")


def _draft_rows(visit: Visit, paper: Paper, scale: Scale) -> list[list[Button]]:
    wishes = writable(paper)
    rows: list[list[Button]] = []
    sent = paper.state == "submitted"
    if not sent:
        rows += [
            [visit.button("button-ask-anyway-one", Insist(application=paper.id, choice=wish.id), place=place)]
            for place, wish in enumerate(wishes, 1)
            if scale[wish.id].may_insist
        ]
    if not sent and not any(scale[wish.id].stops for wish in wishes):
        rows.append([visit.button("button-submit", Submit(application=paper.id, seen=stamp_of(paper)))])
        rows.append([visit.button("button-on-paper", OnPaper(application=paper.id))])
    for place, wish in enumerate(wishes, 1):
        gone = Withdraw(application=paper.id, choice=wish.id) if sent else Unchoose(application=paper.id, choice=wish.id)
        row = [visit.button("button-unchoose", gone, place=place)]
        if place > 1:
            up = Rank(application=paper.id, choice=wish.id, to=place - 1)
            row.append(visit.button("button-wish-up", up, place=place))
        if place < len(wishes):
            down = Rank(application=paper.id, choice=wish.id, to=place + 1)
            row.append(visit.button("button-wish-down", down, place=place))
        rows.append(row)
    if len(wishes) < MOST:
        rows.append([visit.button("button-application-more", CoursesFor(paper.pupil_id))])
    if len(wishes) > 1:
        rows.append([visit.button("button-wanted-home", WantedHome(paper.id, 0), count=paper.wanted)])
    if paper.state == "draft":
        rows.append([visit.button("button-discard", Discard(application=paper.id, seen=stamp_of(paper)))])
    else:
        rows.append([visit.button("button-application-withdraw", Withdraw(application=paper.id, choice=0))])
    return [*rows, visit.ways_back(Applications())]


def writable(paper: Paper) -> list[Wish]:
    """The wishes that can be changed."""
    states = ("submitted", "returned") if paper.state == "submitted" else ("draft", "returned")
    return [wish for wish in paper.wishes if wish.state in states]


def stamp_of(paper: Paper) -> str:
    """What the page shows of what can be changed: which courses, in which order, how many of them at once."""
    return stamp(paper.wanted, [wish.id for wish in writable(paper)])


def _still_open(paper: Paper) -> bool:
    """Whether a submitted application is as it was submitted: nobody has decided anything."""
    return paper.state == "submitted" and all(wish.state in ("submitted", "returned", "withdrawn") for wish in paper.wishes)


async def own_paper(visit: Visit, tx: Tx, application: int) -> Paper:
    """An application of one of this person's children (or of their own)."""
    found = await enrollment.papers(tx, ids=[application], pupils=visit.person.pupils)
    if not found:
        raise Refusal("gone")
    return (await with_classes(tx, found, visit.today))[0]


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="enrollment")
    router.callback_query.register(added, opens(AddToDraft), flags=may("enrollment.apply"))
    router.callback_query.register(asked_anyway, opens(AskAnyway), flags=may("enrollment.apply"))
    router.callback_query.register(insisted, Insist.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(stays, GoesOn.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(extended, Extend.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(drafted, opens(Draft), flags=may("enrollment.apply"))
    router.callback_query.register(ranked, Rank.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(unchosen, Unchoose.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(discarding, Discard.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(discarded, Discarded.filter(), flags=may("enrollment.apply"))
    return router
