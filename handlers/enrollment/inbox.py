"""What waits for a member of staff: applications to decide on, requests to form, requests to answer."""

from __future__ import annotations

from datetime import date, datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.policy import Person, Thing, require
from bot.refusals import ChangedSince, Refusal
from bot.services.courses.clashes import brief
from bot.services.requests.papers import request_file
from bot.services.requests.requests import form_request, named_stamp
from bot.settings import Settings
from bot.voice import Fact, Say, lines
from handlers.ui import TEXT, AlsoOld, Button, Inbox, Requests, Timetable, back, back_to_menu, give, may, show
from storage.db import Database
from storage.enrollment import enrollment
from storage.people import calls
from storage.requests import requests

MOST = 8  # requests with children waiting that the page names


class Forming(CallbackData, prefix="inbox.forming"):
    """The partners for whom children are approved."""


class FormPage(CallbackData, prefix="inbox.request"):
    school: int
    org: int


class Form(AlsoOld, CallbackData, prefix="inbox.form"):
    school: int
    org: int
    seen: str = ""  # the stamp of who would be named


async def opened(event: Message | CallbackQuery, db: Database, say: Say, person: Person) -> None:
    schools, partners = person.organizations_as("coordinator"), person.organizations_as("partner")
    if not schools and not partners:
        rows = [[Button(say.plain("button-timetable"), Timetable())]] if person.staff_as("teacher") else []
        key = "inbox-teacher" if person.staff_as("teacher") else "inbox-director"
        await show(event, say(key), [*rows, [back_to_menu(say)]])
        return
    async with db.read() as tx:
        applications = await enrollment.submitted(tx, schools) if schools else []
        silent = await calls.waiting(tx, schools) if schools else []
        unasked = await requests.unasked(tx, schools) if schools else []
        sent = await requests.sent(tx, schools=schools, partners=partners)
    approved, waiting = sum(one.children for one in unasked), [one for one in sent if one.waiting]
    facts, rows = [], []
    if applications:
        facts.append(say("inbox-applications", count=len(applications)))
        rows.append([Button(say.plain("button-inbox-applications", count=len(applications)), "inbox.look:n:0:0:0:0")])
    if approved:
        facts.append(say("inbox-approved", count=approved))
        rows.append([Button(say.plain("button-form-request"), Forming())])
    if waiting:
        facts.append(say("inbox-waiting", count=sum(one.waiting for one in waiting)))
        rows += [[_request(one, say, partners)] for one in waiting[:MOST]]
    if silent:
        letters = any(one.letters for one in silent)
        facts.append(say("inbox-calls-letters" if letters else "inbox-calls", count=len(silent)))
        rows.append([Button(say.plain("button-calls", count=len(silent)), "calls:0")])
    if sent:
        rows.append([Button(say.plain("button-requests"), Requests())])
    if schools:
        rows.append([Button(say.plain("button-enter-home"), "enter")])
        rows.append([Button(say.plain("button-allocation-home"), "allocation")])
    text = lines([say("inbox-title"), "\n".join(facts)]) if facts else say("inbox-empty")
    await show(event, text, [*rows, [back_to_menu(say)]])


def _request(one: requests.Sent, say: Say, partners: frozenset[int]) -> Button:
    own = one.organization_id in partners
    key = "button-inbox-request" if own else "button-inbox-request-of"
    label = say.plain(key, number=one.number, count=one.waiting, partner=brief(one.organization, 100))
    return Button(label, f"request.page:{one.id}:0")


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
    await _form_page(tap, callback_data.school, callback_data.org, "", db, say, person)


async def _form_page(tap: CallbackQuery, school: int, org: int, first: str, db: Database, say: Say, person: Person) -> None:
    require(person, "enrollment.request", Thing(school_id=school))
    async with db.read() as tx:
        named = await requests.approved(tx, school, org)
        partner = next((one for one in await requests.unasked(tx, [school]) if one.organization_id == org), None)
        silent = await requests.unconsented(tx, [school], org)
    if partner is None:
        raise Refusal("request-nothing")
    per_course: dict[str, list[str]] = {}
    for line in named:
        per_course.setdefault(line.course, []).append(f"{brief(line.child, 80)}, {line.class_name}")
    parts = [lines([first, say("forming-for", partner=brief(partner.organization), count=partner.children)])]
    parts += [
        say("forming-course", course=brief(course), count=len(children), children=_some(children))
        for course, children in per_course.items()
    ]
    if silent:
        names = _some(list(dict.fromkeys(f"{brief(one.child, 80)}, {one.class_name}" for one in silent)))
        parts.append(say("request-silent", partner=brief(partner.organization), children=names))
    text = lines(parts)
    rows = [
        [Button(say.plain("button-form-request"), Form(school=school, org=org, seen=named_stamp(named)))],
        [back(say, Forming()), back_to_menu(say)],
    ]
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
    try:
        request = await form_request(
            db,
            callback_data.school,
            callback_data.org,
            by=person,
            now=now,
            year=settings.year(today),
            zone=settings.zone,
            seen=callback_data.seen,
        )
    except ChangedSince as since:
        await _form_page(tap, callback_data.school, callback_data.org, say(since.key), db, say, person)
        return
    async with db.read() as tx:
        whole = await requests.whole(tx, request)
    if whole is None:
        raise Refusal("gone")
    children = len({line.pupil_id for line in whole.lines})
    text = say("request-formed", number=whole.number, day=today, partner=brief(whole.organization), count=children)
    version = whole.newest.number if whole.newest.number > 1 else None
    if version is not None:
        facts: dict[str, Fact] = {"number": whole.number, "version": version, "partner": brief(whole.organization)}
        text = say("request-formed-version", **facts, day=today, count=children)
    rows = [
        [Button(say.plain("button-request-open"), f"request.page:{request}:0")],
        [Button(say.plain("button-form-next"), Forming())],
        [back_to_menu(say)],
    ]
    docx = await request_file(db, request, "docx", by=person, say=say, settings=settings, version=version)
    xlsx = await request_file(db, request, "xlsx", by=person, say=say, settings=settings, version=version)
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
    router.callback_query.register(forming, Forming.filter(), flags=may("enrollment.request"))
    router.callback_query.register(form_page, FormPage.filter(), flags=may("enrollment.request"))
    router.callback_query.register(formed, Form.filter(), flags=may("enrollment.request"))
    return router
