"""Files sent in the chat: a journal or the network's workbook is kept, its plan shown, and carried out when its sender says so."""

from __future__ import annotations

import asyncio
from itertools import islice

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData

from bot.notices.journal import MEANINGS
from bot.policy import Thing, require
from bot.policy import may as may_enter
from bot.reading.decisions import looks_like_decisions
from bot.reading.journal import looks_like_journal
from bot.reading.uploads import LIMITS, Sheet, read_sheets
from bot.reading.workbook.rows import Workbook, fold
from bot.reading.workbook.sheets import FORM_OF
from bot.reading.workbook.template import template
from bot.refusals import ChangedSince, Faults, Refusal
from bot.services.journal.journal import JournalPlan
from bot.services.journal.uploads import (
    CodeIn,
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
from bot.services.network.classes import Said
from bot.targets import AskCode, Invite, JournalHome, NetworkHome, UploadPlan
from bot.telegram.pressed import AlsoOld
from bot.visit import TEXT, Button, Visit
from bot.voice import lines
from bot.words import journal as journal_words
from bot.words import network as network_words
from bot.words.journal import limited
from handlers.door import may, opens
from handlers.journal import decisions
from handlers.journal.decisions import show_sheet_plan
from handlers.journal.faults import ROOM, show_faults
from storage.journal.journal import DECISIONS_UPLOAD, WORKBOOK_UPLOAD


class Apply(AlsoOld, CallbackData, prefix="journal.apply"):
    document: int
    digest: str = ""  # of the plan that was shown


class Drop(CallbackData, prefix="journal.drop"):
    document: int


class EmptyWorkbook(CallbackData, prefix="network.form"):
    """An empty workbook, every column explained."""


class Load(AlsoOld, CallbackData, prefix="network.apply"):
    document: int
    digest: str  # of the plan that was shown
    year: int = 0  # the academic year that was named; 0: the book tells
    classes: str = ""  # whose classes it holds, where somebody has said: now | next


class OfYear(CallbackData, prefix="network.year"):
    """The answer to which academic year a workbook is of."""

    document: int
    year: int


class WhoseClasses(CallbackData, prefix="network.classes"):
    """The answer to whose classes «Ученики» holds: now | next."""

    document: int
    year: int
    classes: str


class DropWorkbook(CallbackData, prefix="network.drop"):
    document: int


# ── a file arrives ──────────────────────────────────────────────────────────────────────────────────────────────────


async def arrived(visit: Visit) -> None:
    """Any document of a member of staff: told apart by what stands in it."""
    if visit.file is None:
        return
    if visit.file.album:  # its other files would go unread
        raise Refusal("files-one-by-one")
    name = (visit.file.name or "file")[:100]
    if (visit.file.size or 0) > LIMITS.upload:
        raise Refusal("upload-too-big", file=name, limit=LIMITS.upload // 2**20)
    content = await visit.read(visit.file)
    sheets = await read_sheets(content, name)
    if _is_workbook(sheets) and may_enter(visit.person, "network.load"):
        kept = await keep_upload(visit.db, name, content, by=visit.person, now=visit.now, kind=WORKBOOK_UPLOAD)
        await _show_workbook_plan(visit, kept)
    elif looks_like_decisions(sheets) and may_enter(visit.person, "enrollment.decide"):
        kept = await keep_upload(visit.db, name, content, by=visit.person, now=visit.now, kind=DECISIONS_UPLOAD)
        try:
            await show_sheet_plan(visit, kept)
        except Faults as faults:
            await show_faults(visit, faults)
    elif looks_like_journal(sheets) and may_enter(visit.person, "journal.enter"):
        kept = await keep_upload(visit.db, name, content, by=visit.person, now=visit.now)
        await show_journal_plan(visit, kept)
    elif may_enter(visit.person, "network.load"):
        raise Refusal("file-not-known-coordinator", file=name)
    else:
        raise Refusal("file-not-known", file=name)


def _is_workbook(sheets: list[Sheet]) -> bool:
    names = {fold(name) for name in FORM_OF}
    return any(fold(sheet.name) in names for sheet in sheets)


# ── a journal ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def show_journal_plan(visit: Visit, document_id: int, *, anew: bool = False, since: ChangedSince | None = None) -> None:
    """The plan of a kept journal: what will change, with Применить and Отмена; or its faults; or the codes to be explained.

    `since`: it is not the plan the pressed page showed.
    """
    try:
        plan = await plan_upload(visit.db, document_id, by=visit.person, now=visit.now, settings=visit.settings)
    except Faults as faults:
        await show_faults(visit, faults)
        return
    heading = visit.say("journal-plan-heading", name=plan.name)
    said = [*([visit.say(since.key), ""] if since else []), heading, "", *journal_words.plan_lines(plan, visit.say)]
    if plan.asked:
        waiting, rows = await _codes(visit, document_id, plan)
        await visit.show(limited([*said, "", waiting], TEXT - 100), [*rows, [visit.menu]], anew=anew)
        return
    rows = [] if plan.empty else [[visit.button("button-file-apply", Apply(document=document_id, digest=plan.digest))]]
    rows += [
        [
            visit.button(
                "button-code-change",
                AskCode(document=document_id, number=number),
                code=code.code,
                meaning=visit.say.plain(MEANINGS[code.meaning or ""]),
            )
        ]
        for number, code in islice(enumerate(plan.codes), 10)
        if may_answer(visit.person, code)
    ]
    if not plan.empty:
        rows.append([visit.button("button-cancel", Drop(document=document_id))])
    await visit.show(limited(said, TEXT - 100), [*rows, [visit.menu]], anew=anew)


async def _codes(visit: Visit, document_id: int, plan: JournalPlan) -> tuple[str, list[list[Button]]]:
    """Codes nobody has explained: asked here of whoever may answer, else of those who can."""
    mine = [(number, code) for number, code in enumerate(plan.codes) if code.meaning is None and may_answer(visit.person, code)]
    rows = [
        [visit.button("button-code-of", AskCode(document=document_id, number=number), code=code.code)]
        for number, code in mine[:20]
    ]
    if len(mine) == len(plan.asked):
        return visit.say("journal-codes-mine"), rows
    asked = await ask_codes(visit.db, document_id, plan, by=visit.person, now=visit.now)
    rows.append([visit.button("button-check-again", UploadPlan(document=document_id))])
    return visit.say("journal-codes-waiting", count=asked), rows


async def planned(visit: Visit, at: UploadPlan) -> None:
    await show_journal_plan(visit, at.document, anew=True)


async def applied(visit: Visit, at: Apply) -> None:
    try:
        plan = await apply_upload(visit.db, at.document, by=visit.person, now=visit.now, settings=visit.settings, seen=at.digest)
    except ChangedSince as since:
        await show_journal_plan(visit, at.document, since=since)
        return
    except Faults as faults:
        await show_faults(visit, faults)
        return
    rows = [[visit.button("button-journal", JournalHome())], [visit.menu]]
    await visit.show(lines([visit.say("journal-applied"), journal_words.counts_line(plan, visit.say)]), rows)


async def dropped(visit: Visit, at: Drop) -> None:
    await drop_upload(visit.db, at.document, by=visit.person)
    await visit.show(visit.say("journal-dropped"), [[visit.button("button-journal", JournalHome())], [visit.menu]])


async def code(visit: Visit, at: AskCode) -> None:
    """What a code means: the question, or its answer."""
    if not at.meaning:
        found = await code_of(visit.db, CodeIn(at.document, at.number), by=visit.person, now=visit.now, settings=visit.settings)
        text = visit.say("journal-code", code=found.code, organization=found.organization)
        if found.meaning:
            text = lines([text, visit.say("journal-code-now", meaning=visit.say.plain(MEANINGS[found.meaning]))])
        rows = [
            [visit.button(key, AskCode(document=at.document, number=at.number, meaning=meaning))]
            for meaning, key in MEANINGS.items()
        ]
        await visit.show(text, [*rows, [visit.menu]], anew=True)
        return
    found = await answer_code(
        visit.db, CodeIn(at.document, at.number), at.meaning, by=visit.person, now=visit.now, settings=visit.settings
    )
    meaning = visit.say.plain(MEANINGS[at.meaning])
    try:
        await upload_of(visit.db, at.document, by=visit.person)
    except Refusal:  # somebody else's file: they are told that it can go on
        await visit.show(visit.say("journal-code-noted", code=found.code, meaning=meaning), [[visit.menu]])
        return
    await show_journal_plan(visit, at.document)


# ── the network's workbook ──────────────────────────────────────────────────────────────────────────────────────────


async def network_home(visit: Visit) -> None:
    """How the network is changed: by sending its workbook here."""
    rows = [
        [visit.button("button-network-form", EmptyWorkbook())],
        [visit.button("button-network-invite", Invite())],
        [visit.menu],
    ]
    await visit.show(visit.say("network-home"), rows)


async def empty_workbook(visit: Visit) -> None:
    caption = visit.say("network-form-caption")
    await visit.give(visit.say.plain("network-form-name"), await asyncio.to_thread(template), caption, [[visit.menu]])


async def _book(visit: Visit, document_id: int, year: int, classes: str) -> Workbook:
    name, content = await upload_of(visit.db, document_id, by=visit.person, kind=WORKBOOK_UPLOAD)
    said = Said(year or None, "next" if classes == "next" else "now" if classes else None)
    return await network.workbook_of(visit.db, content, name, today=visit.today, said=said, by=visit.person)


async def _show_workbook_plan(visit: Visit, document_id: int, year: int = 0, classes: str = "") -> None:
    try:
        book = await _book(visit, document_id, year, classes)
        plan = await network.plan(visit.db, book, now=visit.now, zone=visit.zone, by=visit.person)
    except Faults as faults:
        await show_faults(visit, faults)
        return
    except Refusal as refusal:
        if refusal.key == "network-which-year":
            await _ask_year(visit, document_id, refusal)
        elif refusal.key == "network-whose-classes":
            await _ask_classes(visit, document_id, year, refusal)
        else:
            raise
        return
    rows: list[list[Button]] = []
    if plan:
        rows = [
            [visit.button("button-file-apply", Load(document=document_id, digest=plan.digest, year=year, classes=classes))],
            [visit.button("button-cancel", DropWorkbook(document=document_id))],
        ]
    said = network_words.plan_lines(plan, visit.say)
    page = limited(said, ROOM)
    if len(page) < len("\n".join(said)):  # nobody is left unnamed: the whole plan as a file, the buttons below it
        whole = "\r\n".join(network_words.plan_lines(plan, visit.say.plain))
        await visit.show(page)
        name, caption = visit.say.plain("network-plan-file"), visit.say("network-plan-caption")
        await visit.give(name, whole.encode("utf-8-sig"), caption, [*rows, [visit.menu]])
        return
    await visit.show(page, [*rows, [visit.menu]])


async def _ask_year(visit: Visit, document_id: int, asked: Refusal) -> None:
    following = int(str(asked.facts["number"]))
    this, coming = asked.facts["this"], asked.facts["next"]
    rows = [
        [visit.button("button-workbook-year", OfYear(document=document_id, year=year), year=name)]
        for year, name in ((following, coming), (following - 1, this))
    ]
    drop = visit.button("button-cancel", DropWorkbook(document=document_id))
    await visit.show(visit.say("network-which-year-page", this=this, next=coming), [*rows, [drop], [visit.menu]])


async def _ask_classes(visit: Visit, document_id: int, year: int, asked: Refusal) -> None:
    def said(classes: str) -> WhoseClasses:
        return WhoseClasses(document=document_id, year=year, classes=classes)

    rows = [
        [visit.button("button-classes-next", said("next"))],
        [visit.button("button-classes-now", said("now"))],
        [visit.button("button-cancel", DropWorkbook(document=document_id))],
    ]
    await visit.show(visit.say("network-whose-classes-page", count=asked.facts["count"]), [*rows, [visit.menu]])


async def classes_named(visit: Visit, at: WhoseClasses) -> None:
    await _show_workbook_plan(visit, at.document, at.year, at.classes)


async def year_named(visit: Visit, at: OfYear) -> None:
    await _show_workbook_plan(visit, at.document, at.year)


async def loaded(visit: Visit, at: Load) -> None:
    require(visit.person, "network.load", Thing())
    try:
        book = await _book(visit, at.document, at.year, at.classes)
        await network.carry_out(visit.db, book, by=visit.person, now=visit.now, zone=visit.zone, digest=at.digest)
    except Faults as faults:
        await show_faults(visit, faults)
        return
    except Refusal as refusal:
        if refusal.key not in ("network-plan-old", "network-which-year", "network-whose-classes"):
            raise
        # The network has moved on since the plan was shown, or this very press was handled before: show how it stands.
        await _show_workbook_plan(visit, at.document, at.year, at.classes)
        return
    await visit.show(visit.say("workbook-applied"), [[visit.menu]])


async def workbook_dropped(visit: Visit, at: DropWorkbook) -> None:
    await drop_upload(visit.db, at.document, by=visit.person, kind=WORKBOOK_UPLOAD)
    await visit.show(visit.say("workbook-dropped"), [[visit.menu]])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="files")
    router.message.register(arrived, F.document, flags=may("files.send"))
    router.callback_query.register(planned, opens(UploadPlan), flags=may("journal.enter"))
    router.callback_query.register(applied, Apply.filter(), flags=may("journal.enter"))
    router.callback_query.register(dropped, Drop.filter(), flags=may("journal.enter"))
    router.callback_query.register(code, opens(AskCode), flags=may("journal.code"))
    router.callback_query.register(network_home, opens(NetworkHome), flags=may("network.load"))
    router.callback_query.register(empty_workbook, EmptyWorkbook.filter(), flags=may("network.load"))
    router.callback_query.register(loaded, Load.filter(), flags=may("network.load"))
    router.callback_query.register(year_named, OfYear.filter(), flags=may("network.load"))
    router.callback_query.register(classes_named, WhoseClasses.filter(), flags=may("network.load"))
    router.callback_query.register(workbook_dropped, DropWorkbook.filter(), flags=may("network.load"))
    router.include_router(decisions.routes())
    return router
