"""The family's side of enrollment: writing an application, submitting it, seeing what became of it, withdrawing."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.applications import MOST, choose, discard, preview, rank, submit, unchoose, withdraw
from bot.services.clashes import brief
from bot.services.courses import times, window
from bot.services.enrollment import open_to
from bot.voice import Fact, Say, lines
from handlers.ui import (
    TEXT,
    Applications,
    Button,
    Courses,
    Inbox,
    Requests,
    back,
    back_to_menu,
    is_letter,
    may,
    pager,
    show,
)
from storage import enrollment
from storage.db import Database, Tx
from storage.enrollment import Paper, Wish
from storage.people import first_name

PAGE = 6  # applications a page
PAST = 20  # the last lines of a history that a page shows


class Add(CallbackData, prefix="apply.add"):
    """The course's card asks for an application."""

    course: int
    pupil: int


class Draft(CallbackData, prefix="apply.draft"):
    application: int


class Rank(CallbackData, prefix="apply.rank"):
    application: int
    choice: int
    to: int  # the place wanted, from 1: pressed twice, it is the same place


class Unchoose(CallbackData, prefix="apply.unchoose"):
    application: int
    choice: int


class Submit(CallbackData, prefix="apply.submit"):
    application: int


class Discard(CallbackData, prefix="apply.discard"):
    application: int


class PaperPage(CallbackData, prefix="apply.paper"):
    application: int


class PaperList(CallbackData, prefix="apply.list"):
    page: int


class Withdraw(CallbackData, prefix="apply.withdraw"):
    """Asks for confirmation; choice 0 is the whole application."""

    application: int
    choice: int


class Withdrawn(CallbackData, prefix="apply.withdrawn"):
    application: int
    choice: int


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def added(
    tap: CallbackQuery, callback_data: Add, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    application = await choose(db, callback_data.pupil, callback_data.course, by=person, now=now, today=today)
    await _show_draft(tap, application, db, say, person, today)


async def drafted(tap: CallbackQuery, callback_data: Draft, db: Database, say: Say, person: Person, today: date) -> None:
    await _show_draft(tap, callback_data.application, db, say, person, today)


async def ranked(tap: CallbackQuery, callback_data: Rank, db: Database, say: Say, person: Person, today: date) -> None:
    await rank(db, callback_data.application, callback_data.choice, callback_data.to, by=person)
    await _show_draft(tap, callback_data.application, db, say, person, today)


async def unchosen(tap: CallbackQuery, callback_data: Unchoose, db: Database, say: Say, person: Person, today: date) -> None:
    if await unchoose(db, callback_data.application, callback_data.choice, by=person):
        await _show_draft(tap, callback_data.application, db, say, person, today)
    else:
        await show(tap, say("application-discarded"), [[Button(say.plain("button-courses"), Courses())], [back_to_menu(say)]])


async def discarded(tap: CallbackQuery, callback_data: Discard, db: Database, say: Say, person: Person) -> None:
    await discard(db, callback_data.application, by=person)
    await show(tap, say("application-discarded"), [[Button(say.plain("button-courses"), Courses())], [back_to_menu(say)]])


async def submitted(
    tap: CallbackQuery, callback_data: Submit, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    await submit(db, callback_data.application, by=person, now=now, today=today)
    async with db.read() as tx:
        paper = await _seen(tx, callback_data.application, person)
    told = [_handed_in(wish, say) for wish in paper.wishes if wish.state == "submitted"]
    text = lines(
        [
            say("application-submitted-page", child=_name(paper), class_name=paper.class_name),
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


async def _show_draft(tap: CallbackQuery, application: int, db: Database, say: Say, person: Person, today: date) -> None:
    async with db.read() as tx:
        paper = await _seen(tx, application, person)
        require(person, "enrollment.apply", Thing(pupil_id=paper.pupil_id))
        if paper.state not in ("draft", "returned"):
            raise Refusal("application-sent")
        text, in_the_way = await _draft(tx, paper, say, today)
    await show(tap, text, _draft_rows(paper, say, in_the_way=in_the_way))


async def _draft(tx: Tx, paper: Paper, say: Say, today: date) -> tuple[str, bool]:
    """The page of an application being written, and whether something stands against submitting it."""
    seen = await preview(tx, paper, today)
    parts, in_the_way = [say("application-draft", child=_name(paper), class_name=paper.class_name)], False
    if paper.state == "returned":
        parts.append(say("application-returned-why", reason=paper.reason))
    for place, wish in enumerate(_writable(paper), 1):
        offer, against, hints = seen[wish.id]
        when = "; ".join(words for words in (times(group.hours, say, today) for group in offer.groups) if words)
        until = window(offer, today)
        said = [
            say("application-draft-wish", place=place, course=brief(offer.name), partner=brief(offer.organization)),
            say("course-line-when", when=when or say.plain("course-no-times"), left=offer.left),
            say(until.key, **until.facts),
            *(say("course-against", why=say.plain(one.key, **one.facts)) for one in against),
            *(say("application-hint", why=say.plain(one.key, **one.facts)) for one in hints),
        ]
        if offer.selection == "queue" and not offer.left:
            said.append(say("application-hint-line"))
        parts.append("\n".join(said))
        in_the_way = in_the_way or bool(against)
    parts.append(say("application-draft-blocked") if in_the_way else say("application-draft-next"))
    text = lines(parts)
    return (text if len(text) <= TEXT else lines([parts[0], parts[-1]])), in_the_way


def _draft_rows(paper: Paper, say: Say, *, in_the_way: bool) -> list[list[Button]]:
    wishes = _writable(paper)
    rows: list[list[Button]] = []
    if not in_the_way:
        rows.append([Button(say.plain("button-submit"), Submit(application=paper.id))])
    for place, wish in enumerate(wishes, 1):
        row = [Button(say.plain("button-unchoose", place=place), Unchoose(application=paper.id, choice=wish.id))]
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
        rows.append([Button(say.plain("button-cancel"), Discard(application=paper.id))])
    else:
        rows.append([Button(say.plain("button-application-withdraw"), Withdraw(application=paper.id, choice=0))])
    return [*rows, [back(say, Applications()), back_to_menu(say)]]


def _writable(paper: Paper) -> list[Wish]:
    return [wish for wish in paper.wishes if wish.state in ("draft", "returned")]


# ── what became of it ───────────────────────────────────────────────────────────────────────────────────────────────


async def opened(event: Message | CallbackQuery, db: Database, say: Say, person: Person) -> None:
    if not person.pupils:  # a coordinator: the school's applications are decided elsewhere
        rows = [
            [Button(say.plain("button-inbox"), Inbox())],
            [Button(say.plain("button-requests"), Requests())],
            [back_to_menu(say)],
        ]
        await show(event, say("applications-of-school"), rows)
        return
    text, rows = await _papers(0, db, say, person)
    await show(event, text, rows)


async def paged(tap: CallbackQuery, callback_data: PaperList, db: Database, say: Say, person: Person) -> None:
    text, rows = await _papers(callback_data.page, db, say, person)
    await show(tap, text, rows)


async def _papers(page: int, db: Database, say: Say, person: Person) -> tuple[str, list[list[Button]]]:
    async with db.read() as tx:
        papers = await enrollment.papers(tx, pupils=person.pupils)
    rows: list[list[Button]] = []
    if not papers:
        rows = [[Button(say.plain("button-courses"), Courses())], [back_to_menu(say)]]
        return say("applications-none"), rows
    pages = -(-len(papers) // PAGE)
    page = min(max(page, 0), pages - 1)
    some = papers[page * PAGE : (page + 1) * PAGE]
    head = say("applications-title", total=len(papers))
    text = lines([head, *("\n".join([_title(paper, say), *_states(paper, say)]) for paper in some)])
    rows += [[Button(_button(paper, say), PaperPage(application=paper.id))] for paper in some]
    rows += [pager(say, page, pages, lambda to: PaperList(page=to)), [back_to_menu(say)]]
    return (text if len(text) <= TEXT else head), rows


def _title(paper: Paper, say: Say) -> str:
    day = paper.submitted_at or paper.created_at
    return say("application-title", child=_name(paper), class_name=paper.class_name, day=day)


def _button(paper: Paper, say: Say) -> str:
    names = ", ".join(wish.course for wish in paper.wishes)
    return say.plain("application-button", child=_name(paper), courses=brief(names, 150))


def _states(paper: Paper, say: Say) -> list[str]:
    return [_state(wish, say) for wish in paper.wishes]


def _state(wish: Wish, say: Say) -> str:
    facts: dict[str, Fact] = {"rank": wish.rank, "course": brief(wish.course), "state": wish.state}
    if wish.number is not None:
        return say("application-wish-state-in-line", **facts, number=wish.number)
    return say("application-wish-state", **facts)


async def seen(tap: CallbackQuery, callback_data: PaperPage, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        paper = await _seen(tx, callback_data.application, person)
        past = [one for one in await enrollment.history(tx, paper.id) if one.now != "draft"]
    parts = [_title(paper, say), "\n".join(_states(paper, say))]
    if paper.reason:
        parts.append(say("application-reason", reason=paper.reason))
    if past:
        told = [
            say(
                "application-past",
                at=one.at,
                course=brief(one.course, 100),
                state=one.now,
                why=f" — {one.reason}" if one.reason else "",
            )
            for one in past[-PAST:]
        ]
        parts.append(say("application-history") + "\n" + "\n".join(told))
    text = lines(parts)
    rows = _paper_rows(paper, say, person)
    await show(tap, text if len(text) <= TEXT else lines(parts[:1]), rows, anew=is_letter(tap))


def _paper_rows(paper: Paper, say: Say, person: Person) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if paper.pupil_id in person.children:
        if paper.state in ("draft", "returned"):
            rows.append([Button(say.plain("button-application-edit"), Draft(application=paper.id))])
        alive = [wish for wish in paper.wishes if wish.state != "draft" and open_to(wish.state, "withdraw")]
        rows += [
            [
                Button(
                    say.plain("button-application-withdraw-one", course=brief(wish.course)),
                    Withdraw(application=paper.id, choice=wish.id),
                )
            ]
            for wish in (alive if len(alive) > 1 else [])
        ]
        if alive:
            rows.append([Button(say.plain("button-application-withdraw"), Withdraw(application=paper.id, choice=0))])
    if any(wish.state not in ("withdrawn", "declined", "left") for wish in paper.wishes):
        rows.append([Button(say.plain("button-application-paper"), f"papers.application:{paper.id}")])
    return [*rows, [back(say, Applications()), back_to_menu(say)]]


async def withdrawing(tap: CallbackQuery, callback_data: Withdraw, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        paper = await _seen(tx, callback_data.application, person)
    require(person, "enrollment.apply", Thing(pupil_id=paper.pupil_id))
    meant = [
        wish
        for wish in paper.wishes
        if callback_data.choice in (0, wish.id) and wish.state != "draft" and open_to(wish.state, "withdraw")
    ]
    if not meant:
        raise Refusal("withdraw-nothing")
    names = [f"«{brief(wish.course, 150)}»" for wish in meant]
    rows = [
        [Button(say.plain("button-confirm"), Withdrawn(**callback_data.model_dump()))],
        [Button(say.plain("button-cancel"), PaperPage(application=paper.id)), back_to_menu(say)],
    ]
    await show(tap, say("withdraw-sure", child=_name(paper), courses=names), rows)


async def withdrawn(tap: CallbackQuery, callback_data: Withdrawn, db: Database, say: Say, person: Person, now: datetime) -> None:
    await withdraw(db, callback_data.application, callback_data.choice, by=person, now=now)
    await seen(tap, PaperPage(application=callback_data.application), db, say, person)


async def _seen(tx: Tx, application: int, person: Person) -> Paper:
    """An application of one of this person's children (or of their own)."""
    found = await enrollment.papers(tx, ids=[application], pupils=person.pupils)
    if not found:
        raise Refusal("gone")
    return found[0]


def _name(paper: Paper) -> str:
    return brief(first_name(paper.child))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="enrollment")
    router.message.register(opened, Command("applications"), flags=may("enrollment.list"))
    router.callback_query.register(opened, Applications.filter(), flags=may("enrollment.list"))
    router.callback_query.register(paged, PaperList.filter(), flags=may("enrollment.see"))
    router.callback_query.register(seen, PaperPage.filter(), flags=may("enrollment.see"))
    router.callback_query.register(added, Add.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(drafted, Draft.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(ranked, Rank.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(unchosen, Unchoose.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(discarded, Discard.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(submitted, Submit.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(withdrawing, Withdraw.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(withdrawn, Withdrawn.filter(), flags=may("enrollment.apply"))
    return router
