"""The school's requests to its partners: the list, each with its children, the answers, the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.policy import Thing, can
from bot.refusals import ChangedSince, Refusal
from bot.services.courses.catalogue import times
from bot.services.courses.clashes import brief
from bot.services.network.years import running_now
from bot.services.requests.classes import with_classes
from bot.services.requests.consents import ask_consents
from bot.services.requests.everybody import reserve_all, seats_for
from bot.services.requests.forming import form_request, named_stamp
from bot.services.requests.papers import request_file
from bot.services.requests.requests import enroll, enroll_all, put_in_reserve, seen
from bot.targets import GroupList, Inbox, RequestLine, RequestPage, Requests
from bot.telegram.pressed import AlsoOld
from bot.visit import TEXT, Button, Visit
from bot.voice import lines
from handlers.door import may, opens
from handlers.requests.past import buttons
from handlers.requests.places import Refuse, RefuseAll
from storage.courses import courses
from storage.db import Tx
from storage.people.people import office
from storage.requests import requests, versions
from storage.requests.requests import Approved, Line, Whole

PAGE = 8  # requests, or children of a request, a page


class RequestList(CallbackData, prefix="request.list"):
    page: int


class Enroll(CallbackData, prefix="request.enroll"):
    """group 0: the one that suits best."""

    request: int
    choice: int
    group: int


class Reserve(CallbackData, prefix="request.reserve"):
    request: int
    choice: int


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


class Amend(AlsoOld, CallbackData, prefix="request.amend"):
    """The request's next version: who was approved or gave up since."""

    request: int
    seen: str = ""  # the stamp of who would be added


class AskConsents(CallbackData, prefix="request.consents"):
    """The families whose children may not be named yet are asked."""


async def opened(visit: Visit) -> None:
    await _list(visit, 0)


async def paged(visit: Visit, at: RequestList) -> None:
    await _list(visit, at.page)


async def _list(visit: Visit, page: int) -> None:
    async with visit.db.read() as tx:
        schools, partners = visit.person.organizations_as("coordinator"), visit.person.organizations_as("partner")
        this = (await running_now(tx, visit.today)).year
        sent = await requests.sent(tx, (this, this + 1), schools=schools, partners=partners)
        silent = await requests.unconsented(tx, schools) if schools else []
    here = page_of(sent, page, PAGE)
    rows = buttons(visit, here.some, this)
    text = visit.say("requests-title", total=len(sent)) if sent else visit.say("requests-none")
    if silent:
        text = lines([text, _silent(visit, silent)])
        count = len({one.pupil_id for one in silent})
        rows.append([visit.button("button-ask-consents", AskConsents(), count=count)])
    rows.append([visit.button("button-groups", GroupList())])
    rows += [visit.pager(here.number, here.of, lambda to: RequestList(page=to)), visit.ways_back(Inbox())]
    await visit.show(text, rows)


def _silent(visit: Visit, silent: list[Approved]) -> str:
    """Who may not be named yet, by partner."""
    per_partner: dict[str, list[str]] = {}
    for one in silent:
        names = per_partner.setdefault(one.organization, [])
        if (name := f"{brief(one.child, 80)}, {one.class_name}") not in names:
            names.append(name)
    return "\n".join(
        visit.say("request-silent", partner=brief(partner), children=brief("; ".join(names), 480))
        for partner, names in per_partner.items()
    )


async def consents_asked(visit: Visit) -> None:
    count = 0
    for school in sorted(visit.person.organizations_as("coordinator")):
        count += await ask_consents(visit.db, school, by=visit.person, now=visit.now, zone=visit.zone)
    await visit.show(visit.say("request-consents-asked", count=count), [visit.ways_back(Requests())])


async def shown(visit: Visit, at: RequestPage) -> None:
    await show(visit, at.request, at.page, "")


async def show(visit: Visit, request: int, page: int, done: str) -> None:
    async with visit.db.read() as tx:
        whole = await with_classes(tx, await seen(tx, request, visit.person), visit.today)
        changes, change_rows = await _changes(visit, tx, whole)
        seats = await seats_for(tx, whole)
    ordered = sorted((line for line in whole.lines if line.child), key=lambda line: line.state != "requested")
    erased = sum(line.erased for line in whole.lines)
    nameless = len(whole.lines) - len(ordered) - erased
    here, some = (found := page_of(ordered, page, PAGE)), found.some
    children = len({line.pupil_id for line in whole.lines})
    facts = {"number": str(whole.number), "school": brief(whole.school), "partner": brief(whole.organization)}
    head = visit.say("request-head", **facts, day=whole.made_at, children=children)
    wait = visit.say("request-waiting", count=len(whole.waiting)) if whole.waiting else visit.say("request-answered")
    unsaid = [visit.say("places-nameless", count=nameless)] if nameless else []
    unsaid += [visit.say("places-erased", count=erased)] if erased else []
    text = lines([done, head, "\n".join(_line(visit, line) for line in some), *unsaid, wait, changes])
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
    past = whole.year < (await running_now(tx, visit.today)).year
    if not past and can(visit.person, "enrollment.request", Thing(school_id=whole.school_id)):
        named = await requests.approved(tx, whole.school_id, whole.organization_id, whole.year)
        added = len(named)
        gone = len(await versions.given_up(tx, whole.id))
        if added or gone:
            parts.append(visit.say("request-pending", added=added, withdrawn=gone))
            rows.append([visit.button("button-request-amend", Amend(request=whole.id, seen=named_stamp(named)))])
        if whole.waiting and not await office(tx, "partner", organization_id=whole.organization_id):
            parts.append(visit.say("request-partner-without-bot"))
            enter = RequestLine(request=whole.id, choice=whole.waiting[0].choice_id)
            rows.insert(0, [visit.button("button-enter-answer", enter)])
    return lines(parts), rows


async def amended(visit: Visit, at: Amend) -> None:
    async with visit.db.read() as tx:
        whole = await seen(tx, at.request, visit.person)
    facts: dict[str, Any] = {"by": visit.person, "now": visit.now, "year": whole.year, "zone": visit.zone}
    try:
        request = await form_request(visit.db, whole.school_id, whole.organization_id, **facts, seen=at.seen)
    except ChangedSince as since:
        await show(visit, whole.id, 0, visit.say(since.key))
        return
    await show(visit, request, 0, visit.say("request-amended"))


def _line(visit: Visit, line: Line) -> str:
    group = f" ({line.group})" if line.group and line.state == "enrolled" else ""
    facts = {"child": brief(line.child, 120), "class_name": line.class_name, "course": brief(line.course, 120)}
    said = visit.say("request-line", **facts, state=line.state, group=group)
    return f"{said}\n{visit.say('application-override', reason=line.override)}" if line.override else said


def _rows(visit: Visit, whole: Whole, some: Sequence[Line], seats: int) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if len(whole.waiting) > 1:
        at, count = {"request": whole.id, "version": whole.newest.number}, len(whole.waiting)
        if seats:
            rows.append([visit.button("button-enroll-all", EnrollAll(**at), count=count)])
        rows.append(
            [
                visit.button("button-reserve-all", ReserveAll(**at), count=count),
                visit.button("button-decline-all", RefuseAll(**at), count=count),
            ]
        )
    for line in some:
        if line.state == "requested":
            facts = {"child": brief(line.child, 120), "class_name": line.class_name, "course": brief(line.course, 120)}
            label = visit.say.plain("button-request-line", **facts)
            rows.append([Button(label, RequestLine(request=whole.id, choice=line.choice_id))])
    rows.append(
        [
            visit.button("button-file-docx", File(request=whole.id, kind="docx")),
            visit.button("button-file-xlsx", File(request=whole.id, kind="xlsx")),
        ]
    )
    return rows


async def line_shown(visit: Visit, at: RequestLine) -> None:
    request, choice = at.request, at.choice
    async with visit.db.read() as tx:
        whole = await with_classes(tx, await seen(tx, request, visit.person), visit.today)
        line = line_of(whole, choice)
        offers = await courses.offers(tx, [line.course_id], current=False)
    groups = offers[0].groups if offers else ()
    parts = [
        visit.say(
            "request-child",
            child=brief(line.child),
            class_name=line.class_name,
            course=brief(line.course),
            state=line.state,
        )
    ]
    parts += [visit.say("application-override", reason=line.override)] if line.override else []
    parts += [
        visit.say(
            "request-group",
            group=group.code,
            when=times(group.hours, visit.say, visit.today) or "—",
            left=group.left,
            seats=group.seats,
        )
        for group in groups[:6]
    ]
    rows: list[list[Button]] = []
    if line.state == "requested":
        if len(groups) > 1:
            rows += [
                [
                    visit.button(
                        "button-enroll-in",
                        Enroll(request=request, choice=choice, group=group.id),
                        group=group.code,
                        left=group.left,
                    )
                ]
                for group in groups
            ]
        else:
            rows.append([visit.button("button-enroll", Enroll(request=request, choice=choice, group=0))])
        rows.append(
            [
                visit.button("button-reserve", Reserve(request=request, choice=choice)),
                visit.button("button-decline", Refuse(request=request, choice=choice)),
            ]
        )
    rows.append(visit.ways_back(RequestPage(request=request, page=0)))
    await visit.show(lines(parts), rows)


def line_of(whole: Whole, choice: int) -> Line:
    line = next((line for line in whole.lines if line.choice_id == choice), None)
    if line is None:
        raise Refusal("gone")
    if not line.child:
        raise Refusal("child-nameless")
    return line


async def enrolled(visit: Visit, at: Enroll) -> None:
    await enroll(visit.db, at.choice, at.group or None, by=visit.person, now=visit.now, today=visit.today)
    await show(visit, at.request, 0, visit.say("request-done-enrolled"))


async def reserved(visit: Visit, at: Reserve) -> None:
    number = await put_in_reserve(visit.db, at.choice, by=visit.person, now=visit.now, today=visit.today)
    await show(visit, at.request, 0, visit.say("request-done-reserve", number=number))


async def all_enrolled(visit: Visit, at: EnrollAll) -> None:
    try:
        done = await enroll_all(visit.db, at.request, by=visit.person, now=visit.now, today=visit.today, version=at.version)
    except ChangedSince as since:
        await show(visit, at.request, 0, visit.say(since.key))
        return
    told = visit.say("request-done-all", count=done.enrolled)
    if done.left:
        told += " " + visit.say("request-done-left", count=done.left)
    told = visit.with_unreached(told, done.unreached)
    await show(visit, at.request, 0, told)


async def all_reserved(visit: Visit, at: ReserveAll) -> None:
    try:
        count = await reserve_all(visit.db, at.request, by=visit.person, now=visit.now, today=visit.today, version=at.version)
    except ChangedSince as since:
        await show(visit, at.request, 0, visit.say(since.key))
        return
    await show(visit, at.request, 0, visit.say("request-done-all-reserve", count=count))


async def given(visit: Visit, at: File | DeltaFile) -> None:
    version = at.version if isinstance(at, DeltaFile) else None
    asked: dict[str, Any] = {"by": visit.person, "say": visit.say, "settings": visit.settings, "today": visit.today}
    file = await request_file(visit.db, at.request, at.kind, **asked, version=version)
    await visit.give(file.name, file.content)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="requests")
    router.message.register(opened, Command("requests"), flags=may("enrollment.answer"))
    router.callback_query.register(opened, opens(Requests), flags=may("enrollment.answer"))
    router.callback_query.register(paged, RequestList.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(shown, opens(RequestPage), flags=may("enrollment.answer"))
    router.callback_query.register(line_shown, opens(RequestLine), flags=may("enrollment.answer"))
    router.callback_query.register(enrolled, Enroll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(reserved, Reserve.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_reserved, ReserveAll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_enrolled, EnrollAll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(given, File.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(given, DeltaFile.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(amended, Amend.filter(), flags=may("enrollment.request"))
    router.callback_query.register(consents_asked, AskConsents.filter(), flags=may("enrollment.request"))
    return router
