"""What became of a family's applications: the list, a page of each with its history, withdrawing."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.policy import Person, Thing, require
from bot.refusals import ChangedSince, Refusal, stamp
from bot.services.courses.clashes import brief
from bot.services.enrollment.applications import withdraw
from bot.services.enrollment.choices import open_to
from bot.voice import Say, lines
from bot.words.enrollment import child_of, history, state, title
from handlers.ui import (
    TEXT,
    AlsoOld,
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
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.enrollment.enrollment import Paper

PAGE = 6  # applications a page
PAST = 12  # lines of a history a page shows


class PaperPage(CallbackData, prefix="apply.paper"):
    application: int


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
    text = lines([head, *("\n".join([title(paper, say), *(state(wish, say) for wish in paper.wishes)]) for paper in some)])
    rows += [[Button(_button(paper, say), PaperPage(application=paper.id))] for paper in some]
    rows += [pager(say, page, pages, lambda to: PaperList(page=to)), [back_to_menu(say)]]
    return (text if len(text) <= TEXT else head), rows


def _button(paper: Paper, say: Say) -> str:
    names = ", ".join(wish.course for wish in paper.wishes)
    return say.plain("application-button", child=child_of(paper), courses=brief(names, 150))


async def seen(tap: CallbackQuery, callback_data: PaperPage, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        paper = await _seen(tx, callback_data.application, person)
        past = history(await enrollment.history(tx, paper.id), say, named=False)
    parts = [title(paper, say), "\n".join(state(wish, say) for wish in paper.wishes)]
    if paper.reason:
        parts.append(say("application-reason", reason=paper.reason))
    if past:
        parts.append(say("application-history") + "\n" + "\n".join(past[-PAST:]))
    text = lines(parts)
    rows = _paper_rows(paper, say, person, longer=len(past) > PAST)
    await show(tap, text if len(text) <= TEXT else lines(parts[:1]), rows, anew=is_letter(tap))


async def past_seen(tap: CallbackQuery, callback_data: PastPage, db: Database, say: Say, person: Person) -> None:
    """All of a long history, from the beginning."""
    async with db.read() as tx:
        paper = await _seen(tx, callback_data.application, person)
        past = history(await enrollment.history(tx, paper.id), say, named=False)
    pages = max(1, -(-len(past) // PAST))
    page = min(max(callback_data.page, 0), pages - 1)
    parts = [title(paper, say), say("application-history") + "\n" + "\n".join(past[page * PAST : (page + 1) * PAST])]
    rows = [
        pager(say, page, pages, lambda to: PastPage(application=paper.id, page=to)),
        [back(say, PaperPage(application=paper.id)), back_to_menu(say)],
    ]
    await show(tap, lines(parts), rows)


def _paper_rows(paper: Paper, say: Say, person: Person, *, longer: bool) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if paper.pupil_id in person.children:
        if paper.state in ("draft", "returned"):
            rows.append([Button(say.plain("button-application-edit"), f"apply.draft:{paper.id}")])
        elif paper.state == "submitted" and all(wish.state in ("submitted", "withdrawn") for wish in paper.wishes):
            rows.append([Button(say.plain("button-application-change"), f"apply.draft:{paper.id}")])
        rows += [
            [Button(say.plain("button-offer-open", course=brief(wish.course, 100)), f"offer.page:{wish.id}")]
            for wish in paper.wishes
            if wish.state == "offered"
        ]
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
    if longer:
        rows.append([Button(say.plain("button-history"), PastPage(application=paper.id, page=0))])
    return [*rows, [back(say, Applications()), back_to_menu(say)]]


async def asked(tap: CallbackQuery, callback_data: Withdraw, db: Database, say: Say, person: Person) -> None:
    await withdrawing(tap, callback_data, db, say, person)


async def withdrawing(
    tap: CallbackQuery, callback_data: Withdraw, db: Database, say: Say, person: Person, since: ChangedSince | None = None
) -> None:
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
        [
            Button(
                say.plain("button-confirm"),
                Withdrawn(**callback_data.model_dump(), seen=stamp(sorted(wish.id for wish in meant))),
            )
        ],
        [Button(say.plain("button-cancel"), PaperPage(application=paper.id)), back_to_menu(say)],
    ]
    text = say("withdraw-sure", child=child_of(paper), courses=names)
    await show(tap, lines([say(since.key), text]) if since else text, rows)


async def withdrawn(tap: CallbackQuery, callback_data: Withdrawn, db: Database, say: Say, person: Person, now: datetime) -> None:
    at = callback_data
    try:
        await withdraw(db, at.application, at.choice, by=person, now=now, seen=at.seen)
    except ChangedSince as since:
        await withdrawing(tap, Withdraw(application=at.application, choice=at.choice), db, say, person, since)
        return
    await seen(tap, PaperPage(application=callback_data.application), db, say, person)


async def _seen(tx: Tx, application: int, person: Person) -> Paper:
    """An application of one of this person's children (or of their own)."""
    found = await enrollment.papers(tx, ids=[application], pupils=person.pupils)
    if not found:
        raise Refusal("gone")
    return found[0]


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="applications")
    router.message.register(opened, Command("applications"), flags=may("enrollment.list"))
    router.callback_query.register(opened, Applications.filter(), flags=may("enrollment.list"))
    router.callback_query.register(paged, PaperList.filter(), flags=may("enrollment.see"))
    router.callback_query.register(seen, PaperPage.filter(), flags=may("enrollment.see"))
    router.callback_query.register(past_seen, PastPage.filter(), flags=may("enrollment.see"))
    router.callback_query.register(asked, Withdraw.filter(), flags=may("enrollment.apply"))
    router.callback_query.register(withdrawn, Withdrawn.filter(), flags=may("enrollment.apply"))
    return router
