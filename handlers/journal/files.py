"""Files sent in the chat: a journal or the network's workbook is kept, its plan shown, and carried out when its sender says so."""

from __future__ import annotations

import asyncio
from datetime import datetime
from io import BytesIO
from itertools import islice

from aiogram import Bot, F, Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.notices.journal import MEANINGS
from bot.policy import Person, Thing, require
from bot.policy import may as may_enter
from bot.reading.journal import looks_like_journal
from bot.reading.uploads import LIMITS, Sheet, read_sheets
from bot.reading.workbook.rows import fold
from bot.reading.workbook.sheets import FORM_OF
from bot.reading.workbook.template import template
from bot.refusals import ChangedSince, Faults, Refusal
from bot.services.journal.journal import JournalPlan
from bot.services.journal.uploads import (
    answer_code,
    apply_upload,
    ask_codes,
    code_of,
    drop_upload,
    keep_upload,
    may_answer,
    plan_upload,
    upload_of,
)
from bot.services.network import network
from bot.settings import Settings
from bot.voice import Say, lines
from bot.words import journal as journal_words
from bot.words import network as network_words
from bot.words.journal import limited
from handlers.ui import TEXT, AlsoOld, Button, Invite, JournalHome, NetworkHome, Rows, back_to_menu, give, may, show
from storage.db import Database
from storage.journal.journal import WORKBOOK_UPLOAD

ROOM = TEXT - 300  # characters of a page for a plan or for faults


class Plan(CallbackData, prefix="journal.plan"):
    document: int


class Apply(AlsoOld, CallbackData, prefix="journal.apply"):
    document: int
    digest: str = ""  # of the plan that was shown


class Drop(CallbackData, prefix="journal.drop"):
    document: int


class AskCode(CallbackData, prefix="journal.code"):
    """What does the nth code of this file mean? With a meaning: the answer."""

    document: int
    number: int
    meaning: str = ""


class EmptyWorkbook(CallbackData, prefix="network.form"):
    """An empty workbook, every column explained."""


class Load(CallbackData, prefix="network.apply"):
    document: int
    digest: str  # of the plan that was shown


class DropWorkbook(CallbackData, prefix="network.drop"):
    document: int


# ── a file arrives ──────────────────────────────────────────────────────────────────────────────────────────────────


async def arrived(message: Message, person: Person, say: Say, now: datetime, db: Database, settings: Settings, bot: Bot) -> None:
    """Any document of a member of staff: told apart by what stands in it."""
    document = message.document
    if document is None:
        return
    if message.media_group_id is not None:  # its other files would go unread
        raise Refusal("files-one-by-one")
    name = (document.file_name or "file")[:100]
    if (document.file_size or 0) > LIMITS.upload:
        raise Refusal("upload-too-big", file=name, limit=LIMITS.upload // 2**20)
    into = BytesIO()
    await bot.download(document, into)
    content = into.getvalue()
    sheets = await read_sheets(content, name)
    if _is_workbook(sheets) and may_enter(person, "network.load"):
        kept = await keep_upload(db, name, content, by=person, now=now, kind=WORKBOOK_UPLOAD)
        await _show_workbook_plan(message, kept, person, say, now, db, settings)
    elif looks_like_journal(sheets) and may_enter(person, "journal.enter"):
        kept = await keep_upload(db, name, content, by=person, now=now)
        await show_journal_plan(message, kept, person, say, now, db, settings)
    elif may_enter(person, "network.load"):
        raise Refusal("file-not-known-coordinator", file=name)
    else:
        raise Refusal("file-not-known", file=name)


def _is_workbook(sheets: list[Sheet]) -> bool:
    names = {fold(name) for name in FORM_OF}
    return any(fold(sheet.name) in names for sheet in sheets)


# ── a journal ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def show_journal_plan(
    event: Message | CallbackQuery,
    document_id: int,
    person: Person,
    say: Say,
    now: datetime,
    db: Database,
    settings: Settings,
    *,
    anew: bool = False,
    since: ChangedSince | None = None,
) -> None:
    """The plan of a kept journal: what will change, with Применить and Отмена; or its faults; or the codes to be explained.

    `since`: it is not the plan the pressed page showed.
    """
    try:
        plan = await plan_upload(db, document_id, by=person, now=now, settings=settings)
    except Faults as faults:
        await _show_faults(event, faults, say)
        return
    heading = say("journal-plan-heading", name=plan.name)
    said = [*([say(since.key), ""] if since else []), heading, "", *journal_words.plan_lines(plan, say)]
    if plan.asked:
        waiting, rows = await _codes(db, document_id, plan, person, say, now)
        await show(event, limited([*said, "", waiting], TEXT - 100), [*rows, [back_to_menu(say)]], anew=anew)
        return
    rows = [] if plan.empty else [[Button(say.plain("button-file-apply"), Apply(document=document_id, digest=plan.digest))]]
    rows += [
        [
            Button(
                say.plain("button-code-change", code=code.code, meaning=say.plain(MEANINGS[code.meaning or ""])),
                AskCode(document=document_id, number=number),
            )
        ]
        for number, code in islice(enumerate(plan.codes), 10)
        if may_answer(person, code)
    ]
    if not plan.empty:
        rows.append([Button(say.plain("button-cancel"), Drop(document=document_id))])
    await show(event, limited(said, TEXT - 100), [*rows, [back_to_menu(say)]], anew=anew)


async def _codes(
    db: Database, document_id: int, plan: JournalPlan, person: Person, say: Say, now: datetime
) -> tuple[str, list[list[Button]]]:
    """Codes nobody has explained: asked here of whoever may answer, else of those who can."""
    mine = [(number, code) for number, code in enumerate(plan.codes) if code.meaning is None and may_answer(person, code)]
    rows = [
        [Button(say.plain("button-code-of", code=code.code), AskCode(document=document_id, number=number))]
        for number, code in mine[:20]
    ]
    if len(mine) == len(plan.asked):
        return say("journal-codes-mine"), rows
    asked = await ask_codes(db, document_id, plan, by=person, now=now)
    rows.append([Button(say.plain("button-check-again"), Plan(document=document_id))])
    return say("journal-codes-waiting", count=asked), rows


async def planned(
    tap: CallbackQuery, callback_data: Plan, person: Person, say: Say, now: datetime, db: Database, settings: Settings
) -> None:
    await show_journal_plan(tap, callback_data.document, person, say, now, db, settings, anew=True)


async def applied(
    tap: CallbackQuery, callback_data: Apply, person: Person, say: Say, now: datetime, db: Database, settings: Settings
) -> None:
    try:
        at = callback_data
        plan = await apply_upload(db, at.document, by=person, now=now, settings=settings, seen=at.digest)
    except ChangedSince as since:
        await show_journal_plan(tap, callback_data.document, person, say, now, db, settings, since=since)
        return
    except Faults as faults:
        await _show_faults(tap, faults, say)
        return
    rows = [[Button(say.plain("button-journal"), JournalHome())], [back_to_menu(say)]]
    await show(tap, lines([say("journal-applied"), journal_words.counts_line(plan, say)]), rows)


async def dropped(tap: CallbackQuery, callback_data: Drop, person: Person, say: Say, db: Database) -> None:
    await drop_upload(db, callback_data.document, by=person)
    await show(tap, say("journal-dropped"), [[Button(say.plain("button-journal"), JournalHome())], [back_to_menu(say)]])


async def code(
    tap: CallbackQuery, callback_data: AskCode, person: Person, say: Say, now: datetime, db: Database, settings: Settings
) -> None:
    """What a code means: the question, or its answer."""
    at = callback_data
    if not at.meaning:
        found = await code_of(db, at.document, at.number, by=person, now=now, settings=settings)
        text = say("journal-code", code=found.code, organization=found.organization)
        if found.meaning:
            text = lines([text, say("journal-code-now", meaning=say.plain(MEANINGS[found.meaning]))])
        rows = [
            [Button(say.plain(key), AskCode(document=at.document, number=at.number, meaning=meaning))]
            for meaning, key in MEANINGS.items()
        ]
        await show(tap, text, [*rows, [back_to_menu(say)]], anew=True)
        return
    found = await answer_code(db, at.document, at.number, at.meaning, by=person, now=now, settings=settings)
    meaning = say.plain(MEANINGS[at.meaning])
    try:
        await upload_of(db, at.document, by=person)
    except Refusal:  # somebody else's file: they are told that it can go on
        await show(tap, say("journal-code-noted", code=found.code, meaning=meaning), [[back_to_menu(say)]])
        return
    await show_journal_plan(tap, at.document, person, say, now, db, settings)


# ── the network's workbook ──────────────────────────────────────────────────────────────────────────────────────────


async def network_home(tap: CallbackQuery, say: Say) -> None:
    """How the network is changed: by sending its workbook here."""
    rows = [
        [Button(say.plain("button-network-form"), EmptyWorkbook())],
        [Button(say.plain("button-network-invite"), Invite())],
        [back_to_menu(say)],
    ]
    await show(tap, say("network-home"), rows)


async def empty_workbook(tap: CallbackQuery, say: Say) -> None:
    caption = say("network-form-caption")
    await give(tap, say.plain("network-form-name"), await asyncio.to_thread(template), caption, [[back_to_menu(say)]])


async def _show_workbook_plan(
    event: Message | CallbackQuery, document_id: int, person: Person, say: Say, now: datetime, db: Database, settings: Settings
) -> None:
    name, content = await upload_of(db, document_id, by=person, kind=WORKBOOK_UPLOAD)
    year = settings.year(now.astimezone(settings.zone).date())
    try:
        book = await network.workbook_of(db, content, name, academic_year=year)
        plan = await network.plan(db, book, now=now, zone=settings.zone)
    except Faults as faults:
        await _show_faults(event, faults, say)
        return
    rows: list[list[Button]] = []
    if plan:
        rows = [
            [Button(say.plain("button-file-apply"), Load(document=document_id, digest=plan.digest))],
            [Button(say.plain("button-cancel"), DropWorkbook(document=document_id))],
        ]
    await show(event, limited(network_words.plan_lines(plan, say), ROOM), [*rows, [back_to_menu(say)]])


async def loaded(
    tap: CallbackQuery, callback_data: Load, person: Person, say: Say, now: datetime, db: Database, settings: Settings
) -> None:
    require(person, "network.load", Thing())
    name, content = await upload_of(db, callback_data.document, by=person, kind=WORKBOOK_UPLOAD)
    year = settings.year(now.astimezone(settings.zone).date())
    try:
        book = await network.workbook_of(db, content, name, academic_year=year)
        await network.carry_out(db, book, by=person, now=now, zone=settings.zone, digest=callback_data.digest)
    except Faults as faults:
        await _show_faults(tap, faults, say)
        return
    except Refusal as refusal:
        if refusal.key != "network-plan-old":
            raise
        # The network has moved on since the plan was shown, or this very press was handled before: show how it stands.
        await _show_workbook_plan(tap, callback_data.document, person, say, now, db, settings)
        return
    await show(tap, say("workbook-applied"), [[back_to_menu(say)]])


async def workbook_dropped(tap: CallbackQuery, callback_data: DropWorkbook, person: Person, say: Say, db: Database) -> None:
    await drop_upload(db, callback_data.document, by=person, kind=WORKBOOK_UPLOAD)
    await show(tap, say("workbook-dropped"), [[back_to_menu(say)]])


# ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _show_faults(event: Message | CallbackQuery, faults: Faults, say: Say) -> None:
    """What is wrong, as much as a page holds; a long list also as a file."""
    shown = journal_words.fault_lines(faults, say, longest=ROOM)
    rows: Rows = [[back_to_menu(say)]]
    if len(shown) - 1 >= len(faults.faults) and shown[-1].startswith("•"):
        await show(event, "\n".join(shown), rows)
        return
    await show(event, "\n".join(shown), rows)
    whole = "\r\n".join(journal_words.fault_lines(faults, say.plain))
    await give(event, say.plain("faults-file-name"), whole.encode("utf-8-sig"), say("faults-file-caption"))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="files")
    router.message.register(arrived, F.document, flags=may("files.send"))
    router.callback_query.register(planned, Plan.filter(), flags=may("journal.enter"))
    router.callback_query.register(applied, Apply.filter(), flags=may("journal.enter"))
    router.callback_query.register(dropped, Drop.filter(), flags=may("journal.enter"))
    router.callback_query.register(code, AskCode.filter(), flags=may("journal.code"))
    router.callback_query.register(network_home, NetworkHome.filter(), flags=may("network.load"))
    router.callback_query.register(empty_workbook, EmptyWorkbook.filter(), flags=may("network.load"))
    router.callback_query.register(loaded, Load.filter(), flags=may("network.load"))
    router.callback_query.register(workbook_dropped, DropWorkbook.filter(), flags=may("network.load"))
    return router
