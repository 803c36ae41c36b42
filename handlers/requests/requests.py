"""The school's requests to its partners: the list, each with its children, its versions and files. The answers stand beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.policy import Thing, can
from bot.services.courses.clashes import brief
from bot.services.network.years import this_year
from bot.services.requests.consents import ask_consents
from bot.services.requests.everybody import seats_for
from bot.services.requests.papers import request_file
from bot.services.requests.requests import seen
from bot.targets import CoursePapers, GroupList, Inbox, Papers, RequestLine, RequestPage, Requests
from bot.telegram.pressed import AlsoOld
from bot.visit import TEXT, Button, Visit
from bot.voice import lines, told_apart
from bot.words.requests import row, silent_in_words
from handlers.door import may, opens
from handlers.requests.past import buttons
from handlers.requests.places import Amend, RefuseAll
from storage.db import Tx
from storage.people.people import office
from storage.requests import requests, versions
from storage.requests.requests import Line, Whole

PAGE = 8  # requests, or children of a request, a page


class RequestList(CallbackData, prefix="request.list"):
    page: int


class EnrollAll(AlsoOld, CallbackData, prefix="request.all"):
    request: int
    version: int = 0  # the newest that was looked at: a later one asks for more children


class ReserveAll(CallbackData, prefix="request.rest"):
    request: int
    version: int


class File(CallbackData, prefix="request.file"):
    request: int
    kind: Literal["xlsx", "docx"]


class DeltaFile(CallbackData, prefix="request.delta"):
    """What one version of a request has changed."""

    request: int
    version: int
    kind: Literal["xlsx", "docx"]


class AskConsents(CallbackData, prefix="request.consents"):
    """The families whose children may not be named yet are asked."""


async def opened(visit: Visit) -> None:
    await _list(visit, 0)


async def paged(visit: Visit, at: RequestList) -> None:
    await _list(visit, at.page)


async def _list(visit: Visit, page: int) -> None:
    async with visit.db.read() as tx:
        schools, partners = visit.person.organizations_as("coordinator"), visit.person.organizations_as("partner")
        this = await this_year(tx, visit.today)
        sent = await requests.sent(tx, (this, this + 1), schools=schools, partners=partners)
        silent = await requests.unconsented(tx, schools) if schools else []
    here = page_of(sent, page, PAGE)
    rows = buttons(visit, here.some, this)
    text = visit.say("requests-title", total=len(sent)) if sent else visit.say("requests-none")
    if silent:
        text = lines([text, silent_in_words(silent, visit.say)])
        count = len({one.pupil_id for one in silent})
        rows.append([visit.button("button-ask-consents", AskConsents(), count=count)])
    rows.append([visit.button("button-groups", GroupList())])
    if partners:
        rows.append([visit.button("button-papers-courses", CoursePapers()), visit.button("button-papers", Papers())])
    rows += [visit.pager(here.number, here.of, lambda to: RequestList(page=to)), visit.ways_back(Inbox())]
    await visit.show(text, rows)


async def consents_asked(visit: Visit) -> None:
    asked: set[int] = set()
    for school in sorted(visit.person.organizations_as("coordinator")):
        asked |= await ask_consents(visit.db, school, by=visit.person, now=visit.now, zone=visit.zone)
    said = await visit.promise(asked, lambda _: visit.say("request-consents-asked", count=len(asked)))
    await visit.show(said, [visit.ways_back(Requests())])


async def shown(visit: Visit, at: RequestPage) -> None:
    await show(visit, at.request, at.page, "")


async def show(visit: Visit, request: int, page: int, done: str) -> None:
    async with visit.db.read() as tx:
        whole = await seen(tx, request, visit.person)
        changes, change_rows = await _changes(visit, tx, whole)
        seats = await seats_for(tx, whole)
    ordered = sorted((line for line in whole.lines if line.child), key=lambda line: line.state != "requested")
    erased = sum(line.erased for line in whole.lines)
    nameless = len(whole.lines) - len(ordered) - erased
    here, some = (found := page_of(ordered, page, PAGE)), found.some
    children = len({line.pupil_id for line in whole.lines})
    facts = {"number": str(whole.number), "school": brief(whole.school), "partner": brief(whole.organization)}
    head = visit.say("request-head", **facts, day=whole.made_at, children=children)
    if whole.waiting:
        wait = visit.say("request-waiting", count=len(whole.waiting))
    else:
        wait = visit.say("request-answered") if whole.lines else visit.say("request-nobody")
    unsaid = [visit.say("places-nameless", count=nameless)] if nameless else []
    unsaid += [visit.say("places-erased", count=erased)] if erased else []
    text = lines([done, head, "\n".join(row(line, visit.say) for line in some), *unsaid, wait, changes])
    rows = [*_rows(visit, whole, some, seats), *change_rows]
    rows += [
        visit.pager(here.number, here.of, lambda to: RequestPage(request=request, page=to)),
        visit.ways_back(Requests()),
    ]
    anew = visit.at_letter
    await visit.show(text if len(text) <= TEXT else lines([done, wait]), rows, anew=anew)


async def _changes(visit: Visit, tx: Tx, whole: Whole) -> tuple[str, list[list[Button]]]:
    """What later versions changed, what the next one would, and who answers where the partner has no bot."""
    parts: list[str] = []
    rows: list[list[Button]] = []
    if (newest := whole.newest).number > 1:
        delta = await requests.whole(tx, whole.id, newest.number)
        changed = [line.change for line in delta.lines] if delta else []
        facts = {"added": changed.count("added"), "withdrawn": changed.count("withdrawn")}
        parts.append(visit.say("request-version", version=newest.number, at=newest.made_at, **facts))
        files: tuple[tuple[str, Literal["xlsx", "docx"]], ...] = (
            (visit.say.plain("button-delta-docx"), "docx"),
            (visit.say.plain("button-delta-xlsx"), "xlsx"),
        )
        rows.append([Button(label, DeltaFile(request=whole.id, version=newest.number, kind=kind)) for label, kind in files])
    past = whole.year < await this_year(tx, visit.today)
    if not past and can(visit.person, "enrollment.request", Thing(school_id=whole.school_id)):
        added = len(await requests.approved(tx, whole.school_id, whole.organization_id, whole.year))
        gone = len(await versions.given_up(tx, whole.id))
        if added or gone:
            parts.append(visit.say("request-pending", added=added, withdrawn=gone))
            rows.append([visit.button("button-request-amend", Amend(request=whole.id))])
        if whole.waiting and not await office(tx, "partner", organization_id=whole.organization_id):
            parts.append(visit.say("request-partner-without-bot"))
            enter = RequestLine(request=whole.id, choice=whole.waiting[0].choice_id)
            rows.insert(0, [visit.button("button-enter-answer", enter)])
    return lines(parts), rows


def _rows(visit: Visit, whole: Whole, some: Sequence[Line], seats: int) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if len(whole.waiting) > 1:
        at, count = {"request": whole.id, "version": whole.newest.number}, len(whole.waiting)
        if seats >= count:
            rows.append([visit.button("button-enroll-all", EnrollAll(**at), count=count)])
        elif seats:
            rows.append([visit.button("button-enroll-some", EnrollAll(**at), count=seats, waiting=count)])
        rows.append(
            [
                visit.button("button-reserve-all", ReserveAll(**at), count=count),
                visit.button("button-decline-all", RefuseAll(**at), count=count),
            ]
        )
    named = told_apart({line.pupil_id: line.child for line in whole.lines if line.child})
    for line in some:
        if line.state == "requested":
            facts = {"child": brief(named[line.pupil_id], 120), "class_name": line.class_name, "course": brief(line.course, 120)}
            label = visit.say.plain("button-request-line", **facts)
            rows.append([Button(label, RequestLine(request=whole.id, choice=line.choice_id))])
    rows.append(
        [
            visit.button("button-file-docx", File(request=whole.id, kind="docx")),
            visit.button("button-file-xlsx", File(request=whole.id, kind="xlsx")),
        ]
    )
    return rows


async def given(visit: Visit, at: File | DeltaFile) -> None:
    version = at.version if isinstance(at, DeltaFile) else None
    asked: dict[str, Any] = {"by": visit.person, "say": visit.say, "settings": visit.settings}
    file = await request_file(visit.db, at.request, at.kind, **asked, version=version)
    await visit.give(file.name, file.content)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="requests")
    router.message.register(opened, Command("requests"), flags=may("enrollment.answer"))
    router.callback_query.register(opened, opens(Requests), flags=may("enrollment.answer"))
    router.callback_query.register(paged, RequestList.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(shown, opens(RequestPage), flags=may("enrollment.answer"))
    router.callback_query.register(given, File.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(given, DeltaFile.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(consents_asked, AskConsents.filter(), flags=may("enrollment.request"))
    return router
