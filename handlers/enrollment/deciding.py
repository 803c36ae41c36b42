"""The coordinator's queue of applications: one a page, filters, approving, returning, declining, taking it back."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from pydantic import BaseModel

from bot.policy import Person
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.enrollment.deciding import Decision, decide, decided_by, sort_out, undo, warns
from bot.services.enrollment.weighing import Scale, preview
from bot.voice import Say, lines
from bot.words.deciding import application_text, common_reasons, head, question
from bot.words.enrollment import history
from handlers.ui import TEXT, AlsoOld, Button, Inbox, back, back_to_menu, may, pager, show
from storage.db import Database, Tx
from storage.enrollment import deciding, enrollment
from storage.enrollment.enrollment import Paper
from storage.requests import requests

PAST = 12  # lines of a history a page shows
STATES = {"n": ("submitted",), "w": ("submitted",), "r": ("returned",), "d": ("approved", "returned", "declined")}


class Which(BaseModel):
    """What part of the queue is looked at. show: n new, w with warnings, r returned, d decided today; 0 is all."""

    show: str = "n"
    course: int = 0
    org: int = 0
    like: int = 0  # the class of this pupil


class Look(Which, CallbackData, prefix="inbox.look"):
    """An application of the queue; 0, or one no longer in it: the one waiting longest."""

    application: int


class Approve(Which, CallbackData, prefix="inbox.approve"):
    application: int
    seen: int  # the last change looked at


class Ask(Which, CallbackData, prefix="inbox.ask"):
    """Return («r»), decline («d») or let pass and approve («o»): asks for the reason."""

    verb: str
    application: int
    seen: int


class Reason(Which, CallbackData, prefix="inbox.reason"):
    """One of the common reasons."""

    verb: str
    application: int
    seen: int
    number: int


class Undo(AlsoOld, Which, CallbackData, prefix="inbox.undo"):
    application: int
    seen: int = 0  # the decision to be taken back: the last change looked at


class Past(Which, CallbackData, prefix="inbox.past"):
    application: int
    page: int


class DecisionReason(StatesGroup):
    """The coordinator types why an application is returned or declined, or why a clash may pass."""

    typing = State()


def plain(at: Which) -> dict[str, Any]:
    """The part of the queue, for another button."""
    return {name: getattr(at, name) for name in Which.model_fields}


async def waiting(tx: Tx, at: Which, say: Say, person: Person, today: date) -> list[int]:
    """The applications of this part of the queue, in order."""
    schools = person.organizations_as("coordinator")
    since = datetime.combine(today, time(), say.zone) if at.show == "d" else None
    found = await deciding.queue(
        tx, schools, STATES.get(at.show, ("submitted",)), course=at.course, partner=at.org, like=at.like, decided_since=since
    )
    if at.show == "w":
        return [paper.id for paper, _ in (await sort_out(tx, found, by=person, today=today)).left]
    return found


# ── one application a page ──────────────────────────────────────────────────────────────────────────────────────────


async def looked(
    tap: CallbackQuery, callback_data: Look, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    if await state.get_state() is not None:
        await state.clear()
    await _next(tap, callback_data, callback_data.application, "", [], db, say, person, today)


async def _next(
    event: Message | CallbackQuery,
    at: Which,
    application: int,
    done: str,
    first: list[list[Button]],
    db: Database,
    say: Say,
    person: Person,
    today: date,
) -> None:
    """The page of this application if it is in this part of the queue, else of the first; or that nothing is left."""
    async with db.read() as tx:
        found = await waiting(tx, at, say, person, today)
        if not found:
            await _nothing_left(event, at, done, first, tx, say, person)
            return
        place = found.index(application) if application in found else 0
        shown = await enrollment.papers(tx, ids=[found[place]])
        if not shown:
            raise Refusal("gone")
        paper = shown[0]
        scale = await preview(tx, paper, today)
        seen = await enrollment.last_change(tx, paper.id)
        text = lines([done, await _chosen(tx, at, say, person), application_text(paper, scale, say)])
    rows = [*_decisions(at, paper, scale, seen, say), *first]
    rows.append(pager(say, place, len(found), lambda to: Look(**plain(at), application=found[to])))
    rows.append(
        [
            Button(say.plain("button-history"), Past(**plain(at), application=paper.id, page=0)),
            Button(say.plain("button-application-paper"), f"papers.application:{paper.id}"),
        ]
    )
    rows.append(_around(at, len(found), say))
    text = text if len(text) <= TEXT else lines([done, head(paper, say)])
    await show(event, text, [*rows, [back(say, Inbox()), back_to_menu(say)]])


def _around(at: Which, count: int, say: Say) -> list[Button]:
    around = [Button(say.plain("button-filter"), f"inbox.filter:{_packed(at)}")]
    if at.show in ("n", "w") and count > 1:
        around.append(Button(say.plain("button-approve-all"), f"inbox.all:{_packed(at)}"))
    return around


def _packed(at: Which) -> str:
    return f"{at.show}:{at.course}:{at.org}:{at.like}"


def _decisions(at: Which, paper: Paper, scale: Scale, seen: int, say: Say) -> list[list[Button]]:
    if paper.state != "submitted":
        return [[Button(say.plain("button-undo"), Undo(**plain(at), application=paper.id, seen=seen))]] if at.show == "d" else []
    which: dict[str, Any] = {**plain(at), "application": paper.id, "seen": seen}
    if warns(paper, scale):
        approve = Button(say.plain("button-approve-override"), Ask(**which, verb="o"))
    else:
        approve = Button(say.plain("button-approve"), Approve(**which))
    return [
        [approve],
        [Button(say.plain("button-return"), Ask(**which, verb="r")), Button(say.plain("button-decline"), Ask(**which, verb="d"))],
    ]


async def _nothing_left(
    event: Message | CallbackQuery, at: Which, done: str, first: list[list[Button]], tx: Tx, say: Say, person: Person
) -> None:
    rows = list(first)
    chosen = await _chosen(tx, at, say, person)
    if chosen:
        text = lines([chosen, say("inbox-filter-empty")])
        rows.append([Button(say.plain("button-filter-off"), Look(application=0))])
    else:
        unasked = await requests.unasked(tx, person.organizations_as("coordinator"))
        text = say("inbox-all-decided-form") if unasked else say("inbox-all-decided")
        rows += [[Button(say.plain("button-form-request"), "inbox.forming")]] if unasked else []
    rows.append([Button(say.plain("button-filter"), f"inbox.filter:{_packed(at)}")])
    await show(event, lines([done, text]), [*rows, [back(say, Inbox()), back_to_menu(say)]])


async def _chosen(tx: Tx, at: Which, say: Say, person: Person) -> str:
    """«Возвращённые · 7А · «Шахматы»»; empty when everything new is looked at."""
    said = [say("inbox-show", show=at.show)] if at.show != "n" else []
    schools = person.organizations_as("coordinator")
    if at.course:
        said += [f"«{brief(one.name, 80)}»" for one in await deciding.courses_waiting(tx, schools) if one.id == at.course]
    if at.org:
        said += [brief(one.name, 80) for one in await deciding.partners_waiting(tx, schools) if one.id == at.org]
    if at.like:
        said += [one.class_name for one in (await deciding.classmates(tx, schools, at.like))[:1]]
    return say("inbox-chosen", what=" · ".join(said)) if said else ""


# ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def approved(
    tap: CallbackQuery, callback_data: Approve, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    at = callback_data
    await decide(db, at.application, "approve", by=person, now=now, today=today, seen=at.seen)
    await _decided(tap, at, at.application, "a", db, say, person, today)


async def asked(tap: CallbackQuery, callback_data: Ask, db: Database, say: Say, person: Person, state: FSMContext) -> None:
    at = callback_data
    async with db.read() as tx:
        found = await enrollment.papers(tx, ids=[at.application], schools=person.organizations_as("coordinator"))
        if not found:
            raise Refusal("gone")
        if found[0].state != "submitted":
            raise await decided_by(tx, at.application)
    await state.set_state(DecisionReason.typing)
    await state.set_data(at.model_dump())
    facts = {"child": brief(found[0].child), "class_name": found[0].class_name}
    text = question(at.verb, facts, say)
    which: dict[str, Any] = {**plain(at), "verb": at.verb, "application": at.application, "seen": at.seen}
    rows = [[Button(words, Reason(**which, number=number))] for number, words in enumerate(common_reasons(at.verb, say))]
    await show(tap, text, [*rows, [back(say, Look(**plain(at), application=at.application))]])


async def reasoned(
    tap: CallbackQuery,
    callback_data: Reason,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    today: date,
    state: FSMContext,
) -> None:
    at, common = callback_data, common_reasons(callback_data.verb, say)
    if not 0 <= at.number < len(common):
        raise Refusal("gone")
    await state.clear()
    await _with_reason(at.verb, at.application, at.seen, common[at.number], db=db, by=person, now=now, today=today)
    await _decided(tap, at, at.application, at.verb, db, say, person, today)


async def typed(message: Message, db: Database, say: Say, person: Person, now: datetime, today: date, state: FSMContext) -> None:
    data: dict[str, Any] = await state.get_data()
    at = Ask(**data)
    try:
        await _with_reason(at.verb, at.application, at.seen, message.text or "", db=db, by=person, now=now, today=today)
    except Refusal as no:
        if not no.key.startswith("reason-"):  # else it can be typed again
            await state.clear()
        raise
    await state.clear()
    await _decided(message, at, at.application, at.verb, db, say, person, today)


async def _with_reason(
    verb: str, application: int, seen: int, reason: str, *, db: Database, by: Person, now: datetime, today: date
) -> None:
    if verb == "o":
        await decide(db, application, "approve", by=by, now=now, today=today, override=reason or " ", seen=seen)
        return
    decision: Decision = "return" if verb == "r" else "decline"
    await decide(db, application, decision, by=by, now=now, today=today, reason=reason, seen=seen)


async def _decided(
    event: Message | CallbackQuery, at: Which, application: int, verb: str, db: Database, say: Say, person: Person, today: date
) -> None:
    """What was done, with the way to take it back, above the next application."""
    async with db.read() as tx:
        found = await enrollment.papers(tx, ids=[application], schools=person.organizations_as("coordinator"))
        seen = await enrollment.last_change(tx, application)
    child = brief(found[0].child, 100) if found else ""
    match verb:
        case "r":
            done = say("inbox-done-returned", child=child)
        case "d":
            done = say("inbox-done-declined", child=child)
        case _:
            done = say("inbox-done-approved", child=child)
    back_again = [[Button(say.plain("button-undo"), Undo(**plain(at), application=application, seen=seen))]]
    await _next(event, at, application, done, back_again, db, say, person, today)


async def undone(
    tap: CallbackQuery, callback_data: Undo, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    at = callback_data
    await undo(db, at.application, by=person, now=now, today=today, zone=say.zone, seen=at.seen)
    new = Which(**{**plain(at), "show": "n"}) if at.show in ("d", "r") else at
    await _next(tap, new, at.application, say("inbox-undone"), [], db, say, person, today)


async def past_seen(tap: CallbackQuery, callback_data: Past, db: Database, say: Say, person: Person) -> None:
    at = callback_data
    async with db.read() as tx:
        found = await enrollment.papers(tx, ids=[at.application], schools=person.organizations_as("coordinator"))
        if not found:
            raise Refusal("gone")
        past = history(await enrollment.history(tx, at.application), say, named=True)
    pages = max(1, -(-len(past) // PAST))
    page = min(max(at.page, 0), pages - 1)
    told = "\n".join(past[page * PAST : (page + 1) * PAST])
    text = lines([head(found[0], say), say("application-history") + "\n" + told])
    rows = [
        pager(say, page, pages, lambda to: Past(**plain(at), application=at.application, page=to)),
        [back(say, Look(**plain(at), application=at.application)), back_to_menu(say)],
    ]
    await show(tap, text, rows)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="deciding")
    router.callback_query.register(looked, Look.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(approved, Approve.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(asked, Ask.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(reasoned, Reason.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(undone, Undo.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(past_seen, Past.filter(), flags=may("enrollment.decide"))
    typing = F.text & ~F.text.startswith("/")
    router.message.register(typed, DecisionReason.typing, typing, flags=may("enrollment.decide"))
    return router
