"""The school's requests to its partners: the list, each with its children, the answers, the files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.policy import Person, Thing, can
from bot.refusals import ChangedSince, Refusal
from bot.services.courses.catalogue import times
from bot.services.courses.clashes import brief
from bot.services.requests.consents import ask_consents
from bot.services.requests.papers import request_file
from bot.services.requests.requests import enroll, enroll_all, form_request, named_stamp, put_in_reserve, seen, turn_down
from bot.settings import Settings
from bot.voice import Say, lines
from handlers.ui import (
    TEXT,
    AlsoOld,
    Button,
    Inbox,
    Requests,
    back,
    back_to_menu,
    give,
    is_letter,
    may,
    pager,
    show,
    with_unreached,
)
from storage.courses import courses
from storage.db import Database, Tx
from storage.people.people import office
from storage.requests import requests
from storage.requests.requests import Approved, Line, Whole

PAGE = 8  # requests, or children of a request, a page


class RequestList(CallbackData, prefix="request.list"):
    page: int


class RequestPage(CallbackData, prefix="request.page"):
    request: int
    page: int


class LinePage(CallbackData, prefix="request.line"):
    """One child and course of a request."""

    request: int
    choice: int


class Enroll(CallbackData, prefix="request.enroll"):
    """group 0: the one that suits best."""

    request: int
    choice: int
    group: int


class Reserve(CallbackData, prefix="request.reserve"):
    request: int
    choice: int


class Refuse(CallbackData, prefix="request.refuse"):
    """Asks for the reason."""

    request: int
    choice: int


class EnrollAll(AlsoOld, CallbackData, prefix="request.all"):
    request: int
    version: int = 0  # the newest that was looked at: a later one asks for more children


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


class AnswerReason(StatesGroup):
    """The partner (or the coordinator for it) types why a child is declined."""

    typing = State()


async def opened(event: Message | CallbackQuery, db: Database, say: Say, person: Person) -> None:
    await _list(event, 0, db, say, person)


async def paged(tap: CallbackQuery, callback_data: RequestList, db: Database, say: Say, person: Person) -> None:
    await _list(tap, callback_data.page, db, say, person)


async def _list(event: Message | CallbackQuery, page: int, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        schools, partners = person.organizations_as("coordinator"), person.organizations_as("partner")
        sent = await requests.sent(tx, schools=schools, partners=partners)
        silent = await requests.unconsented(tx, schools) if schools else []
    pages = max(1, -(-len(sent) // PAGE))
    page = min(max(page, 0), pages - 1)
    rows = []
    for one in sent[page * PAGE : (page + 1) * PAGE]:
        facts = {"number": str(one.number), "partner": brief(one.organization, 100)}
        label = say.plain("button-request", **facts, day=one.made_at, children=one.children, waiting=one.waiting)
        rows.append([Button(label, RequestPage(request=one.id, page=0))])
    text = say("requests-title", total=len(sent)) if sent else say("requests-none")
    if silent:
        text = lines([text, _silent(silent, say)])
        count = len({one.pupil_id for one in silent})
        rows.append([Button(say.plain("button-ask-consents", count=count), AskConsents())])
    rows.append([Button(say.plain("button-groups"), "group.list:0")])
    rows += [pager(say, page, pages, lambda to: RequestList(page=to)), [back(say, Inbox()), back_to_menu(say)]]
    await show(event, text, rows)


def _silent(silent: list[Approved], say: Say) -> str:
    """Who may not be named yet, by partner."""
    per_partner: dict[str, list[str]] = {}
    for one in silent:
        names = per_partner.setdefault(one.organization, [])
        if (name := f"{brief(one.child, 80)}, {one.class_name}") not in names:
            names.append(name)
    return "\n".join(
        say("request-silent", partner=brief(partner), children=brief("; ".join(names), 480))
        for partner, names in per_partner.items()
    )


async def consents_asked(tap: CallbackQuery, db: Database, say: Say, person: Person, now: datetime, settings: Settings) -> None:
    count = 0
    for school in sorted(person.organizations_as("coordinator")):
        count += await ask_consents(db, school, by=person, now=now, zone=settings.zone)
    await show(tap, say("request-consents-asked", count=count), [[back(say, Requests()), back_to_menu(say)]])


async def shown(
    tap: CallbackQuery, callback_data: RequestPage, db: Database, say: Say, person: Person, state: FSMContext
) -> None:
    if await state.get_state() is not None:
        await state.clear()
    await _show(tap, callback_data.request, callback_data.page, "", db, say, person)


async def _show(
    event: Message | CallbackQuery, request: int, page: int, done: str, db: Database, say: Say, person: Person
) -> None:
    async with db.read() as tx:
        whole = await seen(tx, request, person)
        changes, change_rows = await _changes(tx, whole, say, person)
    ordered = sorted((line for line in whole.lines if line.child), key=lambda line: line.state != "requested")
    nameless = len(whole.lines) - len(ordered)
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(max(page, 0), pages - 1)
    some = ordered[page * PAGE : (page + 1) * PAGE]
    children = len({line.pupil_id for line in whole.lines})
    facts = {"number": str(whole.number), "school": brief(whole.school), "partner": brief(whole.organization)}
    head = say("request-head", **facts, day=whole.made_at, children=children)
    wait = say("request-waiting", count=len(whole.waiting)) if whole.waiting else say("request-answered")
    unsaid = say("places-nameless", count=nameless) if nameless else ""
    text = lines([done, head, "\n".join(_line(line, say) for line in some), unsaid, wait, changes])
    rows = [*_rows(whole, some, say), *change_rows]
    rows += [
        pager(say, page, pages, lambda to: RequestPage(request=request, page=to)),
        [back(say, Requests()), back_to_menu(say)],
    ]
    anew = isinstance(event, CallbackQuery) and is_letter(event)
    await show(event, text if len(text) <= TEXT else lines([done, wait]), rows, anew=anew)


async def _changes(tx: Tx, whole: Whole, say: Say, person: Person) -> tuple[str, list[list[Button]]]:
    """What later versions changed, what the next one would, and who answers where the partner has no bot."""
    parts: list[str] = []
    rows: list[list[Button]] = []
    if (newest := whole.newest).number > 1:
        delta = await requests.whole(tx, whole.id, newest.number)
        changed = [line.change for line in delta.lines] if delta else []
        facts = {"added": changed.count("added"), "withdrawn": changed.count("withdrawn")}
        parts.append(say("request-version", version=newest.number, at=newest.made_at, **facts))
        files: tuple[tuple[str, Literal["xlsx", "docx"]], ...] = (
            (say.plain("button-delta-docx"), "docx"),
            (say.plain("button-delta-xlsx"), "xlsx"),
        )
        rows.append([Button(label, DeltaFile(request=whole.id, version=newest.number, kind=kind)) for label, kind in files])
    if can(person, "enrollment.request", Thing(school_id=whole.school_id)):
        named = await requests.approved(tx, whole.school_id, whole.organization_id)
        added = len(named)
        gone = len(await requests.given_up(tx, whole.id))
        if added or gone:
            parts.append(say("request-pending", added=added, withdrawn=gone))
            rows.append([Button(say.plain("button-request-amend"), Amend(request=whole.id, seen=named_stamp(named)))])
        if whole.waiting and not await office(tx, "partner", organization_id=whole.organization_id):
            parts.append(say("request-partner-without-bot"))
            enter = LinePage(request=whole.id, choice=whole.waiting[0].choice_id)
            rows.insert(0, [Button(say.plain("button-enter-answer"), enter)])
    return lines(parts), rows


async def amended(
    tap: CallbackQuery, callback_data: Amend, db: Database, say: Say, person: Person, now: datetime, settings: Settings
) -> None:
    async with db.read() as tx:
        whole = await seen(tx, callback_data.request, person)
    facts: dict[str, Any] = {"by": person, "now": now, "year": whole.year, "zone": settings.zone}
    try:
        request = await form_request(db, whole.school_id, whole.organization_id, **facts, seen=callback_data.seen)
    except ChangedSince as since:
        await _show(tap, whole.id, 0, say(since.key), db, say, person)
        return
    await _show(tap, request, 0, say("request-amended"), db, say, person)


def _line(line: Line, say: Say) -> str:
    group = f" ({line.group})" if line.group and line.state == "enrolled" else ""
    facts = {"child": brief(line.child, 120), "class_name": line.class_name, "course": brief(line.course, 120)}
    said = say("request-line", **facts, state=line.state, group=group)
    return f"{said}\n{say('application-override', reason=line.override)}" if line.override else said


def _rows(whole: Whole, some: list[Line], say: Say) -> list[list[Button]]:
    rows: list[list[Button]] = []
    if len(whole.waiting) > 1:
        rows.append(
            [
                Button(
                    say.plain("button-enroll-all", count=len(whole.waiting)),
                    EnrollAll(request=whole.id, version=whole.newest.number),
                )
            ]
        )
    for line in some:
        if line.state == "requested":
            facts = {"child": brief(line.child, 120), "class_name": line.class_name, "course": brief(line.course, 120)}
            label = say.plain("button-request-line", **facts)
            rows.append([Button(label, LinePage(request=whole.id, choice=line.choice_id))])
    rows.append(
        [
            Button(say.plain("button-file-docx"), File(request=whole.id, kind="docx")),
            Button(say.plain("button-file-xlsx"), File(request=whole.id, kind="xlsx")),
        ]
    )
    return rows


async def line_shown(
    tap: CallbackQuery, callback_data: LinePage, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    if await state.get_state() is not None:
        await state.clear()
    request, choice = callback_data.request, callback_data.choice
    async with db.read() as tx:
        whole = await seen(tx, request, person)
        line = _line_of(whole, choice)
        offers = await courses.offers(tx, [line.course_id], current=False)
    groups = offers[0].groups if offers else ()
    parts = [
        say(
            "request-child",
            child=brief(line.child),
            class_name=line.class_name,
            course=brief(line.course),
            state=line.state,
        )
    ]
    parts += [say("application-override", reason=line.override)] if line.override else []
    parts += [
        say("request-group", group=group.code, when=times(group.hours, say, today) or "—", left=group.left, seats=group.seats)
        for group in groups[:6]
    ]
    rows: list[list[Button]] = []
    if line.state == "requested":
        if len(groups) > 1:
            rows += [
                [
                    Button(
                        say.plain("button-enroll-in", group=group.code, left=group.left),
                        Enroll(request=request, choice=choice, group=group.id),
                    )
                ]
                for group in groups
            ]
        else:
            rows.append([Button(say.plain("button-enroll"), Enroll(request=request, choice=choice, group=0))])
        rows.append(
            [
                Button(say.plain("button-reserve"), Reserve(request=request, choice=choice)),
                Button(say.plain("button-decline"), Refuse(request=request, choice=choice)),
            ]
        )
    rows.append([back(say, RequestPage(request=request, page=0)), back_to_menu(say)])
    await show(tap, lines(parts), rows)


def _line_of(whole: Whole, choice: int) -> Line:
    line = next((line for line in whole.lines if line.choice_id == choice), None)
    if line is None:
        raise Refusal("gone")
    if not line.child:
        raise Refusal("child-nameless")
    return line


async def enrolled(
    tap: CallbackQuery, callback_data: Enroll, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    at = callback_data
    await enroll(db, at.choice, at.group or None, by=person, now=now, today=today)
    await _show(tap, at.request, 0, say("request-done-enrolled"), db, say, person)


async def reserved(
    tap: CallbackQuery, callback_data: Reserve, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    number = await put_in_reserve(db, callback_data.choice, by=person, now=now, today=today)
    await _show(tap, callback_data.request, 0, say("request-done-reserve", number=number), db, say, person)


async def all_enrolled(
    tap: CallbackQuery, callback_data: EnrollAll, db: Database, say: Say, person: Person, now: datetime, today: date
) -> None:
    at = callback_data
    try:
        done = await enroll_all(db, at.request, by=person, now=now, today=today, version=at.version)
    except ChangedSince as since:
        await _show(tap, at.request, 0, say(since.key), db, say, person)
        return
    told = say("request-done-all", count=done.enrolled)
    if done.left:
        told += " " + say("request-done-left", count=done.left)
    told = with_unreached(told, done.unreached, say)
    await _show(tap, callback_data.request, 0, told, db, say, person)


async def refusing(tap: CallbackQuery, callback_data: Refuse, db: Database, say: Say, person: Person, state: FSMContext) -> None:
    async with db.read() as tx:
        line = _line_of(await seen(tx, callback_data.request, person), callback_data.choice)
    if line.state != "requested":
        raise Refusal("choice-no-step", state=line.state)
    await state.set_state(AnswerReason.typing)
    await state.set_data(callback_data.model_dump())
    facts = {"child": brief(line.child), "course": brief(line.course)}
    await show(tap, say("request-why", **facts), [[back(say, LinePage(**callback_data.model_dump()))]])


async def refused(message: Message, db: Database, say: Say, person: Person, now: datetime, state: FSMContext) -> None:
    data: dict[str, Any] = await state.get_data()
    try:
        await turn_down(db, int(data["choice"]), message.text or "", by=person, now=now)
    except Refusal as no:
        if not no.key.startswith("reason-"):  # else it can be typed again
            await state.clear()
        raise
    await state.clear()
    await _show(message, int(data["request"]), 0, say("request-done-declined"), db, say, person)


async def given(tap: CallbackQuery, callback_data: File, db: Database, say: Say, person: Person, settings: Settings) -> None:
    file = await request_file(db, callback_data.request, callback_data.kind, by=person, say=say, settings=settings)
    await give(tap, file.name, file.content)


async def delta_given(
    tap: CallbackQuery, callback_data: DeltaFile, db: Database, say: Say, person: Person, settings: Settings
) -> None:
    at = callback_data
    file = await request_file(db, at.request, at.kind, by=person, say=say, settings=settings, version=at.version)
    await give(tap, file.name, file.content)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="requests")
    router.message.register(opened, Command("requests"), flags=may("enrollment.answer"))
    router.callback_query.register(opened, Requests.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(paged, RequestList.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(shown, RequestPage.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(line_shown, LinePage.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(enrolled, Enroll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(reserved, Reserve.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(refusing, Refuse.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(all_enrolled, EnrollAll.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(given, File.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(delta_given, DeltaFile.filter(), flags=may("enrollment.answer"))
    router.callback_query.register(amended, Amend.filter(), flags=may("enrollment.request"))
    router.callback_query.register(consents_asked, AskConsents.filter(), flags=may("enrollment.request"))
    typing = F.text & ~F.text.startswith("/")
    router.message.register(refused, AnswerReason.typing, typing, flags=may("enrollment.answer"))
    return router
