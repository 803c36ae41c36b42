"""What waits for a member of staff: applications to decide on, requests to form, requests to answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.policy import Person, Thing, require
from bot.refusals import Refusal
from bot.services.applications import Decision, decide, preview
from bot.services.clashes import brief
from bot.services.request_papers import request_file
from bot.services.requests import form_request
from bot.settings import Settings
from bot.voice import Say, lines
from handlers.ui import TEXT, Button, Inbox, Requests, Timetable, back, back_to_menu, give, may, pager, show
from storage import enrollment, requests
from storage.db import Database, Tx
from storage.enrollment import Paper

MOST = 8  # requests with children waiting that the page names


class Look(CallbackData, prefix="inbox.look"):
    """An application that waits; 0, or one already decided: the one waiting longest."""

    application: int


class Approve(CallbackData, prefix="inbox.approve"):
    application: int


class Ask(CallbackData, prefix="inbox.ask"):
    """Return («r») or decline («d»): asks for the reason."""

    verb: str
    application: int


class Forming(CallbackData, prefix="inbox.forming"):
    """The partners for whom children are approved."""


class FormPage(CallbackData, prefix="inbox.request"):
    school: int
    org: int


class Form(CallbackData, prefix="inbox.form"):
    school: int
    org: int


class DecisionReason(StatesGroup):
    """The coordinator types why an application is returned or declined."""

    typing = State()


async def opened(event: Message | CallbackQuery, db: Database, say: Say, person: Person) -> None:
    schools, partners = person.organizations_as("coordinator"), person.organizations_as("partner")
    if not schools and not partners:
        rows = [[Button(say.plain("button-timetable"), Timetable())]] if person.staff_as("teacher") else []
        key = "inbox-teacher" if person.staff_as("teacher") else "inbox-director"
        await show(event, say(key), [*rows, [back_to_menu(say)]])
        return
    async with db.read() as tx:
        applications = await enrollment.submitted(tx, schools) if schools else []
        unasked = await requests.unasked(tx, schools) if schools else []
        sent = await requests.sent(tx, schools=schools, partners=partners)
    approved, waiting = sum(one.children for one in unasked), [one for one in sent if one.waiting]
    facts, rows = [], []
    if applications:
        facts.append(say("inbox-applications", count=len(applications)))
        rows.append([Button(say.plain("button-inbox-applications", count=len(applications)), Look(application=0))])
    if approved:
        facts.append(say("inbox-approved", count=approved))
        rows.append([Button(say.plain("button-form-request"), Forming())])
    if waiting:
        facts.append(say("inbox-waiting", count=sum(one.waiting for one in waiting)))
        rows += [[_request(one, say, partners)] for one in waiting[:MOST]]
    if sent:
        rows.append([Button(say.plain("button-requests"), Requests())])
    if schools:
        rows.append([Button(say.plain("button-allocation-home"), "allocation")])
    text = lines([say("inbox-title"), "\n".join(facts)]) if facts else say("inbox-empty")
    await show(event, text, [*rows, [back_to_menu(say)]])


def _request(one: requests.Sent, say: Say, partners: frozenset[int]) -> Button:
    own = one.organization_id in partners
    key = "button-inbox-request" if own else "button-inbox-request-of"
    label = say.plain(key, number=one.number, count=one.waiting, partner=brief(one.organization, 100))
    return Button(label, f"request.page:{one.id}:0")


# ── applications ────────────────────────────────────────────────────────────────────────────────────────────────────


async def looked(
    tap: CallbackQuery, callback_data: Look, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    if await state.get_state() is not None:
        await state.clear()
    await _next(tap, callback_data.application, "", db, say, person, today)


async def approved(
    tap: CallbackQuery, callback_data: Approve, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    await decide(db, callback_data.application, "approve", by=person, now=now)
    await _next(tap, callback_data.application, say("inbox-done-approved"), db, say, person, today)


async def _next(
    event: Message | CallbackQuery, application: int, done: str, db: Database, say: Say, person: Person, today: date
) -> None:
    """The page of this application if it still waits, else of the one that waits longest; or that all is done."""
    async with db.read() as tx:
        waiting = await enrollment.submitted(tx, person.organizations_as("coordinator"))
        if not waiting:
            await _all_decided(event, done, tx, say, person)
            return
        at = waiting.index(application) if application in waiting else 0
        text = await _application(tx, waiting[at], say, today)
    shown = waiting[at]
    rows = [
        [Button(say.plain("button-approve"), Approve(application=shown))],
        [
            Button(say.plain("button-return"), Ask(verb="r", application=shown)),
            Button(say.plain("button-decline"), Ask(verb="d", application=shown)),
        ],
        [Button(say.plain("button-application-paper"), f"papers.application:{shown}")],
        pager(say, at, len(waiting), lambda to: Look(application=waiting[to])),
        [back(say, Inbox()), back_to_menu(say)],
    ]
    await show(event, lines([done, text]), rows)


async def _all_decided(event: Message | CallbackQuery, done: str, tx: Tx, say: Say, person: Person) -> None:
    unasked = await requests.unasked(tx, person.organizations_as("coordinator"))
    rows = [[Button(say.plain("button-form-request"), Forming())]] if unasked else []
    text = say("inbox-all-decided-form") if unasked else say("inbox-all-decided")
    await show(event, lines([done, text]), [*rows, [back(say, Inbox()), back_to_menu(say)]])


async def _application(tx: Tx, application: int, say: Say, today: date) -> str:
    found = await enrollment.papers(tx, ids=[application])
    if not found:
        raise Refusal("gone")
    paper = found[0]
    head = say(
        "inbox-application",
        child=brief(paper.child),
        class_name=paper.class_name,
        guardian=brief(paper.guardian or "—"),
        at=paper.submitted_at,
    )
    text = lines([head, *await _wishes(tx, paper, say, today)])
    return text if len(text) <= TEXT - 100 else head


async def _wishes(tx: Tx, paper: Paper, say: Say, today: date) -> list[str]:
    seen = await preview(tx, paper, today)
    said = []
    for wish in paper.wishes:
        if wish.state != "submitted":
            continue
        offer, against, hints = seen[wish.id]
        own = [say("application-draft-wish", place=wish.rank, course=brief(wish.course), partner=brief(wish.organization))]
        if wish.number is not None:
            own.append(say("inbox-wish-in-line", number=wish.number))
        elif wish.group is not None:
            own.append(say("inbox-wish-seat", group=wish.group))
        else:
            own.append(say("course-seats", left=offer.left, seats=offer.seats))
        own += [say("inbox-warning", why=say.plain(one.key, **one.facts)) for one in against]
        own += [say("application-hint", why=say.plain(one.key, **one.facts)) for one in hints]
        said.append("\n".join(own))
    return said


async def asked(tap: CallbackQuery, callback_data: Ask, db: Database, say: Say, person: Person, state: FSMContext) -> None:
    async with db.read() as tx:
        found = await enrollment.papers(tx, ids=[callback_data.application], schools=person.organizations_as("coordinator"))
    if not found:
        raise Refusal("gone")
    if found[0].state != "submitted":
        raise Refusal("application-decided", state=found[0].state)
    await state.set_state(DecisionReason.typing)
    await state.set_data(callback_data.model_dump())
    key = "inbox-why-return" if callback_data.verb == "r" else "inbox-why-decline"
    facts = {"child": brief(found[0].child), "class_name": found[0].class_name}
    await show(tap, say(key, **facts), [[back(say, Look(application=callback_data.application))]])


async def typed(message: Message, db: Database, say: Say, person: Person, now: datetime, today: date, state: FSMContext) -> None:
    data: dict[str, Any] = await state.get_data()
    returned = data["verb"] == "r"
    application = int(data["application"])
    decision: Decision = "return" if returned else "decline"
    try:
        await decide(db, application, decision, by=person, now=now, reason=message.text or "")
    except Refusal as no:
        if not no.key.startswith("reason-"):  # else it can be typed again
            await state.clear()
        raise
    await state.clear()
    done = say("inbox-done-returned") if returned else say("inbox-done-declined")
    await _next(message, application, done, db, say, person, today)


# ── requests to be formed ───────────────────────────────────────────────────────────────────────────────────────────


async def forming(tap: CallbackQuery, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        unasked = await requests.unasked(tx, person.organizations_as("coordinator"))
    several = len({one.school_id for one in unasked}) > 1
    rows = []
    for one in unasked:
        name = f"{one.organization} ({one.school})" if several else one.organization
        label = say.plain("button-form-for", partner=brief(name, 150), count=one.children)
        rows.append([Button(label, FormPage(school=one.school_id, org=one.organization_id))])
    text = say("forming-title") if unasked else say("forming-empty")
    await show(tap, text, [*rows, [back(say, Inbox()), back_to_menu(say)]])


async def form_page(tap: CallbackQuery, callback_data: FormPage, db: Database, say: Say, person: Person) -> None:
    school, org = callback_data.school, callback_data.org
    require(person, "enrollment.request", Thing(school_id=school))
    async with db.read() as tx:
        named = await requests.approved(tx, school, org)
        partner = next((one for one in await requests.unasked(tx, [school]) if one.organization_id == org), None)
    if partner is None:
        raise Refusal("request-nothing")
    per_course: dict[str, list[str]] = {}
    for line in named:
        per_course.setdefault(line.course, []).append(f"{brief(line.child, 80)}, {line.class_name}")
    parts = [say("forming-for", partner=brief(partner.organization), count=partner.children)]
    parts += [
        say("forming-course", course=brief(course), count=len(children), children=_some(children))
        for course, children in per_course.items()
    ]
    text = lines(parts)
    rows = [[Button(say.plain("button-form-request"), Form(school=school, org=org))], [back(say, Forming()), back_to_menu(say)]]
    await show(tap, text if len(text) <= TEXT else parts[0], rows)


def _some(names: list[str], most: int = 12) -> str:
    return brief("; ".join([*names[:most], *(["…"] if len(names) > most else [])]), 480)


async def formed(
    tap: CallbackQuery,
    callback_data: Form,
    db: Database,
    say: Say,
    person: Person,
    now: datetime,
    today: date,
    settings: Settings,
) -> None:
    request = await form_request(
        db,
        callback_data.school,
        callback_data.org,
        by=person,
        now=now,
        year=settings.year(today),
        zone=settings.zone,
    )
    async with db.read() as tx:
        whole = await requests.whole(tx, request)
    if whole is None:
        raise Refusal("gone")
    children = len({line.pupil_id for line in whole.lines})
    text = say("request-formed", number=whole.number, day=today, partner=brief(whole.organization), count=children)
    rows = [
        [Button(say.plain("button-request-open"), f"request.page:{request}:0")],
        [Button(say.plain("button-form-next"), Forming())],
        [back_to_menu(say)],
    ]
    docx = await request_file(db, request, "docx", by=person, say=say, settings=settings)
    xlsx = await request_file(db, request, "xlsx", by=person, say=say, settings=settings)
    if not isinstance(tap.message, Message):  # too old to be answered below: the files wait on the request's page
        await show(tap, text, rows)
        return
    await show(tap, text)
    await give(tap.message, docx.name, docx.content)
    await give(tap.message, xlsx.name, xlsx.content, rows=rows)  # the way on stands where the eye is


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="inbox")
    router.message.register(opened, Command("inbox"), flags=may("inbox.see"))
    router.callback_query.register(opened, Inbox.filter(), flags=may("inbox.see"))
    router.callback_query.register(looked, Look.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(approved, Approve.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(asked, Ask.filter(), flags=may("enrollment.decide"))
    typing = F.text & ~F.text.startswith("/")
    router.message.register(typed, DecisionReason.typing, typing, flags=may("enrollment.decide"))
    router.callback_query.register(forming, Forming.filter(), flags=may("enrollment.request"))
    router.callback_query.register(form_page, FormPage.filter(), flags=may("enrollment.request"))
    router.callback_query.register(formed, Form.filter(), flags=may("enrollment.request"))
    return router
