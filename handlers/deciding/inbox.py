"""What waits for a member of staff: applications to decide on, requests to form, requests to answer."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.policy import Thing, require
from bot.refusals import ChangedSince, Refusal
from bot.services.courses.clashes import brief
from bot.services.papers.kept import keep_requests
from bot.services.requests.forming import form_request, pending, year_to_request
from bot.services.requests.heard import heard_of
from bot.services.requests.papers import request_file
from bot.targets import AllocationHome, EnterHome, Inbox, RequestPage, Requests, Timetable
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words.requests import form_in_words, sent_in_words
from handlers.deciding.finding import found
from handlers.deciding.left import left_of
from handlers.deciding.places import Find, Forming, Missing, SheetOut
from handlers.door import may, opens
from storage.courses import courses
from storage.requests import requests


class FormPage(CallbackData, prefix="inbox.request"):
    school: int
    org: int


class Form(AlsoOld, CallbackData, prefix="inbox.form"):
    school: int
    org: int
    seen: str = ""  # the stamp of who would be named


async def opened(visit: Visit) -> None:
    named = visit.text.partition(" ")[2].strip() if visit.text.startswith("/") else ""
    if named and visit.person.staff_as("coordinator"):
        await found(visit, named)
        return
    schools, partners = visit.person.organizations_as("coordinator"), visit.person.organizations_as("partner")
    if not schools and not partners:
        rows = [[visit.button("button-timetable", Timetable())]] if visit.person.staff_as("teacher") else []
        key = "inbox-teacher" if visit.person.staff_as("teacher") else "inbox-director"
        await visit.show(visit.say(key), [*rows, [visit.menu]])
        return
    async with visit.db.read() as tx:
        left = await left_of(visit, tx)
    rows = left.rows
    if left.asked:
        rows.append([visit.button("button-requests", Requests())])
    if schools:
        rows.append([visit.button("button-find", Find()), visit.button("button-missing", Missing())])
        rows.append([visit.button("button-enter-home", EnterHome()), visit.button("button-sheet", SheetOut())])
        rows += [] if left.draw else [[visit.button("button-allocation-home", AllocationHome())]]
    head = lines([visit.say("inbox-title"), "\n".join(left.facts)]) if left.facts else visit.say("inbox-empty")
    await visit.show(lines([head, "\n".join(left.info)]), [*rows, [visit.menu]], anew=visit.at_letter)


# ── requests to be formed ───────────────────────────────────────────────────────────────────────────────────────────


async def forming(visit: Visit) -> None:
    async with visit.db.read() as tx:
        unasked = await requests.unasked(tx, visit.person.organizations_as("coordinator"))
    several = len({one.school_id for one in unasked}) > 1
    rows = []
    for one in unasked:
        name = f"{one.organization} ({one.school})" if several else one.organization
        label = visit.say.plain("button-form-for", partner=brief(name, 150), count=one.children)
        rows.append([Button(label, FormPage(school=one.school_id, org=one.organization_id))])
    text = visit.say("forming-title") if unasked else visit.say("forming-empty")
    await visit.show(text, [*rows, visit.ways_back(Inbox())])


async def form_page(visit: Visit, at: FormPage) -> None:
    await _form_page(visit, at.school, at.org, "")


async def _form_page(visit: Visit, school: int, org: int, first: str) -> None:
    require(visit.person, "enrollment.request", Thing(school_id=school))
    async with visit.db.read() as tx:
        year = await year_to_request(tx, school, org, visit.today)
        said = await pending(tx, school, org, year)
        partner = next((one for one in await requests.unasked(tx, [school]) if one.organization_id == org), None)
        silent = await requests.unconsented(tx, [school], org)
        offers = await courses.offers(tx, {line.course_id for line in said.named}, current=False)
    if partner is None:
        raise Refusal("request-nothing")
    text = form_in_words(partner.organization, said, offers, silent, visit.say)
    rows = [
        [visit.button("button-form-request", Form(school=school, org=org, seen=said.digest))],
        visit.ways_back(Forming()),
    ]
    await visit.show(lines([first, text]), rows)


async def formed(visit: Visit, at: Form) -> None:
    async with visit.db.read() as tx:
        year = await year_to_request(tx, at.school, at.org, visit.today)
    try:
        when: dict[str, Any] = {"now": visit.now, "year": year, "zone": visit.zone}
        request = await form_request(visit.db, at.school, at.org, by=visit.person, **when, seen=at.seen)
    except ChangedSince as since:
        await _form_page(visit, at.school, at.org, visit.say(since.key))
        return
    async with visit.db.read() as tx:
        whole = await requests.whole(tx, request)
    if whole is None:
        raise Refusal("gone")
    partner, asked_for = await heard_of(visit.db, whole.id)
    hear = await visit.promise(asked_for, lambda told: visit.say("partner-and-families-hear", partner=partner, told=told))
    text = sent_in_words(whole, visit.today, hear, visit.say)
    version = whole.newest.number if whole.newest.number > 1 else None
    rows = [
        [visit.button("button-request-open", RequestPage(request))],
        [visit.button("button-form-next", Forming())],
        [visit.menu],
    ]
    asked: dict[str, Any] = {"by": visit.person, "say": visit.say, "settings": visit.settings}
    await keep_requests(visit.db, **asked, now=visit.now)
    docx = await request_file(visit.db, request, "docx", **asked, version=version)
    xlsx = await request_file(visit.db, request, "xlsx", **asked, version=version)
    await visit.show(text)
    await visit.give(docx.name, docx.content)
    await visit.give(xlsx.name, xlsx.content, rows=rows)  # the way on stands where the eye is


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="inbox")
    router.message.register(opened, Command("inbox"), flags=may("inbox.see"))
    router.callback_query.register(opened, opens(Inbox), flags=may("inbox.see"))
    router.callback_query.register(forming, Forming.filter(), flags=may("enrollment.request"))
    router.callback_query.register(form_page, FormPage.filter(), flags=may("enrollment.request"))
    router.callback_query.register(formed, Form.filter(), flags=may("enrollment.request"))
    return router
