"""The family's side of enrollment: writing an application, looking at it as paper, submitting it, changing it."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from html import escape

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.documents.reading import Line, words_of
from bot.policy import Person, Thing, require
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.courses.catalogue import times, window
from bot.services.courses.clashes import brief
from bot.services.enrollment.applications import MOST, choose, discard, extend, rank, submit, unchoose
from bot.services.enrollment.weighing import preview
from bot.services.papers.papers import application_paper
from bot.settings import Settings
from bot.voice import Fact, Say, lines
from bot.words.enrollment import child_of
from handlers.ui import TEXT, AlsoOld, Applications, Button, Courses, Rows, back, back_to_menu, may, show
from storage.courses import courses
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper, Wish


class Add(CallbackData, prefix="apply.add"):
    """The course's card asks for an application."""

    course: int
    pupil: int


class Extend(CallbackData, prefix="apply.extend"):
    """Add a course to what is submitted already."""

    application: int
    course: int


class Draft(CallbackData, prefix="apply.draft"):
    """The application while it can be written on: a draft, a returned one, a submitted one nobody has decided on."""

    application: int


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


class Discard(AlsoOld, CallbackData, prefix="apply.discard"):
    application: int
    seen: str = ""


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def added(
    tap: CallbackQuery, callback_data: Add, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    """A course for the application being written; where one is submitted and can still be changed, for that one."""
    require(person, "enrollment.apply", Thing(pupil_id=callback_data.pupil))
    async with db.read() as tx:
        text, rows = await _extending(tx, callback_data, say)
    if rows:
        await show(tap, text, rows)
        return
    application = await choose(db, callback_data.pupil, callback_data.course, by=person, now=now, today=today)
    await _show_draft(tap, application, db, say, person, today)


async def _extending(tx: Tx, at: Add, say: Say) -> tuple[str, Rows]:
    """The question whether the course joins what is submitted; empty where a new application is begun."""
    application = await enrollment.changeable_of(tx, at.pupil)
    drafts = [paper for paper in await enrollment.papers(tx, pupils=[at.pupil]) if paper.state in ("draft", "returned")]
    if application is None or drafts:
        return "", []
    (paper,) = await enrollment.papers(tx, ids=[application])
    wishes = _writable(paper)
    offered = await courses.offers(tx, [at.course])
    if len(wishes) >= MOST or not offered or at.course in {wish.course_id for wish in wishes}:
        return "", []
    names = [f"«{brief(wish.course, 100)}»" for wish in wishes]
    text = say("application-extend-sure", child=child_of(paper), course=brief(offered[0].name), courses=names)
    rows = [
        [Button(say.plain("button-extend"), Extend(application=application, course=at.course))],
        [back(say, Applications()), back_to_menu(say)],
    ]
    return text, rows


async def extended(
    tap: CallbackQuery, callback_data: Extend, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    await extend(db, callback_data.application, callback_data.course, by=person, now=now, today=today)
    await _show_draft(tap, callback_data.application, db, say, person, today)


async def drafted(tap: CallbackQuery, callback_data: Draft, db: Database, say: Say, person: Person, today: date) -> None:
    await _show_draft(tap, callback_data.application, db, say, person, today)


async def ranked(
    tap: CallbackQuery, callback_data: Rank, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    at = callback_data
    await rank(db, at.application, at.choice, at.to, by=person, now=now, today=today)
    await _show_draft(tap, callback_data.application, db, say, person, today)


async def unchosen(tap: CallbackQuery, callback_data: Unchoose, db: Database, say: Say, person: Person, today: date) -> None:
    if await unchoose(db, callback_data.application, callback_data.choice, by=person):
        await _show_draft(tap, callback_data.application, db, say, person, today)
    else:
        await show(tap, say("application-discarded"), [[Button(say.plain("button-courses"), Courses())], [back_to_menu(say)]])


async def discarded(tap: CallbackQuery, callback_data: Discard, db: Database, say: Say, person: Person, today: date) -> None:
    try:
        await discard(db, callback_data.application, by=person, seen=callback_data.seen)
    except ChangedSince as since:
        await _show_draft(tap, callback_data.application, db, say, person, today, since)
        return
    await show(tap, say("application-discarded"), [[Button(say.plain("button-courses"), Courses())], [back_to_menu(say)]])


async def submitted(
    tap: CallbackQuery, callback_data: Submit, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    try:
        await submit(db, callback_data.application, by=person, now=now, today=today, seen=callback_data.seen)
    except ChangedSince as since:
        await _show_draft(tap, callback_data.application, db, say, person, today, since)
        return
    async with db.read() as tx:
        paper = await _seen(tx, callback_data.application, person)
    told = [_handed_in(wish, say) for wish in paper.wishes if wish.state == "submitted"]
    text = lines(
        [
            say("application-submitted-page", child=child_of(paper), class_name=paper.class_name),
            "\n".join(told),
            say("application-next"),
        ]
    )
    rows = [[Button(say.plain("button-applications"), Applications())], [back_to_menu(say)]]
    await show(tap, text, rows)


def _handed_in(wish: Wish, say: Say) -> str:
    facts: dict[str, Fact] = {"rank": wish.rank, "course": brief(wish.course)}
    if wish.number is not None:
        return say("application-wish-in-line", **facts, number=wish.number)
    return say("application-wish-seat", **facts) if wish.group_id else say("application-wish", **facts)


async def _show_draft(
    tap: CallbackQuery,
    application: int,
    db: Database,
    say: Say,
    person: Person,
    today: date,
    since: ChangedSince | None = None,
) -> None:
    """The page of an application being written; `since`: it is not what the pressed page showed."""
    async with db.read() as tx:
        paper = await _seen(tx, application, person)
        require(person, "enrollment.apply", Thing(pupil_id=paper.pupil_id))
        if paper.state not in ("draft", "returned") and not _still_open(paper):
            raise Refusal("application-sent", state=paper.state)
        text, in_the_way = await _draft(tx, paper, say, today)
    if since is not None:
        text = lines([say(since.key), text])
    await show(tap, text, _draft_rows(paper, say, in_the_way=in_the_way))


async def _draft(tx: Tx, paper: Paper, say: Say, today: date) -> tuple[str, bool]:
    """The page of an application being written, and whether something stands against submitting it."""
    seen = await preview(tx, paper, today)
    parts, in_the_way = [say("application-draft", child=child_of(paper), class_name=paper.class_name)], False
    if paper.state == "returned":
        parts.append(say("application-returned-why", reason=paper.reason))
    for place, wish in enumerate(_writable(paper), 1):
        weighed = seen[wish.id]
        offer = weighed.offer
        when = "; ".join(words for words in (times(group.hours, say, today) for group in offer.groups) if words)
        until = window(offer, today)
        said = [
            say("application-draft-wish", place=place, course=brief(offer.name), partner=brief(offer.organization)),
            say("course-line-when", when=when or say.plain("course-no-times"), left=offer.left),
            say(until.key, **until.facts),
            *(say("course-against", why=say.plain(one.key, **one.facts)) for one in weighed.against),
            *(say("application-hint", why=say.plain(one.key, **one.facts)) for one in weighed.hints),
        ]
        if offer.selection == "queue" and not offer.left:
            said.append(say("application-hint-line"))
        parts.append("\n".join(said))
        in_the_way = in_the_way or weighed.warns
    if paper.state == "submitted":
        parts.append(say("application-change-next"))
    else:
        parts.append(say("application-draft-blocked") if in_the_way else say("application-draft-next"))
    text = lines(parts)
    return (text if len(text) <= TEXT - 100 else lines([parts[0], parts[-1]])), in_the_way


def _draft_rows(paper: Paper, say: Say, *, in_the_way: bool) -> list[list[Button]]:
    wishes = _writable(paper)
    rows: list[list[Button]] = []
    sent = paper.state == "submitted"
    if not in_the_way and not sent:
        rows.append([Button(say.plain("button-submit"), Submit(application=paper.id, seen=_stamp(paper)))])
        rows.append([Button(say.plain("button-on-paper"), OnPaper(application=paper.id))])
    for place, wish in enumerate(wishes, 1):
        gone = f"apply.withdraw:{paper.id}:{wish.id}" if sent else Unchoose(application=paper.id, choice=wish.id)
        row = [Button(say.plain("button-unchoose", place=place), gone)]
        if place > 1:
            up = Rank(application=paper.id, choice=wish.id, to=place - 1)
            row.append(Button(say.plain("button-wish-up", place=place), up))
        if place < len(wishes):
            down = Rank(application=paper.id, choice=wish.id, to=place + 1)
            row.append(Button(say.plain("button-wish-down", place=place), down))
        rows.append(row)
    if len(wishes) < MOST:
        rows.append([Button(say.plain("button-application-more"), f"course.list:{paper.pupil_id}:0:0:0")])
    if len(wishes) > 1:
        rows.append([Button(say.plain("button-wanted-home", count=paper.wanted), f"allocation.wanted:{paper.id}:0")])
    if paper.state == "draft":
        rows.append([Button(say.plain("button-cancel"), Discard(application=paper.id, seen=_stamp(paper)))])
    else:
        rows.append([Button(say.plain("button-application-withdraw"), f"apply.withdraw:{paper.id}:0")])
    return [*rows, [back(say, Applications()), back_to_menu(say)]]


def _writable(paper: Paper) -> list[Wish]:
    """The wishes that can be changed."""
    states = ("submitted", "returned") if paper.state == "submitted" else ("draft", "returned")
    return [wish for wish in paper.wishes if wish.state in states]


def _stamp(paper: Paper) -> str:
    """What the page shows of what can be changed: which courses, in which order, how many of them at once."""
    return stamp(paper.wanted, [wish.id for wish in _writable(paper)])


def _still_open(paper: Paper) -> bool:
    """Whether a submitted application is as it was submitted: nobody has decided anything."""
    return paper.state == "submitted" and all(wish.state in ("submitted", "returned", "withdrawn") for wish in paper.wishes)


# ── as paper ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def on_paper(
    tap: CallbackQuery, callback_data: OnPaper, db: Database, say: Say, person: Person, settings: Settings, today: date
) -> None:
    async with db.read() as tx:
        paper = await _seen(tx, callback_data.application, person)
    file = await application_paper(db, paper.id, by=person, say=say, settings=settings, today=today)
    said = [_on_page(line) for line in await asyncio.to_thread(words_of, file.content)]
    text = lines([say("application-on-paper"), "\n".join(said)])
    rows: list[list[Button]] = []
    if paper.state in ("draft", "returned") and paper.pupil_id in person.children:
        rows.append([Button(say.plain("button-submit"), Submit(application=paper.id, seen=_stamp(paper)))])
    rows.append([Button(say.plain("button-application-paper"), f"papers.application:{paper.id}")])
    to = Draft(application=paper.id) if rows[1:] else Applications()
    await show(tap, text if len(text) <= TEXT else say("application-on-paper-long"), [*rows, [back(say, to), back_to_menu(say)]])


def _on_page(line: Line) -> str:
    words = escape(line.text, quote=False)
    return f"\n<b>{words}</b>" if line.heading else words


async def _seen(tx: Tx, application: int, person: Person) -> Paper:
    """An application of one of this person's children (or of their own)."""
    found = await enrollment.papers(tx, ids=[application], pupils=person.pupils)
    if not found:
        raise Refusal("gone")
    return found[0]


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="enrollment")
    router.callback_query.register(added, Add.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(extended, Extend.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(drafted, Draft.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(on_paper, OnPaper.filter(), flags=may("enrollment.see"))
    router.callback_query.register(ranked, Rank.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(unchosen, Unchoose.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(submitted, Submit.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(discarded, Discard.filter(), flags=may("enrollment.apply"))
    return router
