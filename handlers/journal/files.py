"""Files sent in the chat: a journal or the network's workbook is kept, its plan shown, and carried out when its sender says so."""

from __future__ import annotations

from typing import Literal

from aiogram import F, Router
from aiogram.filters.callback_data import CallbackData

from bot.policy import may as may_enter
from bot.reading.decisions import looks_like_decisions
from bot.reading.journal import looks_like_journal
from bot.reading.uploads import LIMITS, Sheet, read_sheets
from bot.reading.workbook.rows import fold
from bot.reading.workbook.sheets import FORM_OF
from bot.refusals import ChangedSince, Faults, Refusal
from bot.services.journal.doubts import LeftOut
from bot.services.journal.journal import Answer, JournalPlan
from bot.services.journal.uploads import (
    answered_plans,
    apply_upload,
    drop_upload,
    keep_upload,
    plan_upload,
)
from bot.targets import JournalHome, UploadPlan
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Visit
from bot.voice import lines
from bot.words import journal as journal_words
from bot.words.journal import limited
from handlers.door import may, opens
from handlers.journal import decisions, marking, questions, workbook
from handlers.journal.decisions import show_sheet_plan
from handlers.journal.faults import show_faults
from handlers.journal.pages import form_buttons
from handlers.journal.questions import answered_rows, asked_on_plan
from storage.journal.journal import DECISIONS_UPLOAD, WORKBOOK_UPLOAD


class Apply(AlsoOld, CallbackData, prefix="journal.apply"):
    document: int
    digest: str = ""  # of the plan that was shown
    left_out: LeftOut | Literal[""] = ""  # the entries of pupils whom the file leaves out


class Drop(CallbackData, prefix="journal.drop"):
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
    try:
        sheets = await read_sheets(content, name)
    except Refusal as refusal:
        await _not_read(visit, refusal)
        return
    if _is_workbook(sheets) and may_enter(visit.person, "network.load"):
        kept = await keep_upload(visit.db, name, content, by=visit.person, now=visit.now, kind=WORKBOOK_UPLOAD)
        await workbook.show_workbook_plan(visit, kept)
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
        await _not_read(visit, Refusal("file-not-known", file=name))


async def _not_read(visit: Visit, refusal: Refusal) -> None:
    """Why a file cannot be read; whoever keeps journals finds the blank forms of their groups below."""
    forms = await form_buttons(visit)
    if not forms:
        raise refusal
    await visit.show(visit.say(refusal.key, **refusal.facts), [*forms, [visit.menu]], anew=True)


def _is_workbook(sheets: list[Sheet]) -> bool:
    names = {fold(name) for name in FORM_OF}
    return any(fold(sheet.name) in names for sheet in sheets)


# ── a journal ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def show_journal_plan(visit: Visit, document_id: int, *, anew: bool = False, since: ChangedSince | None = None) -> None:
    """The plan of a kept journal: what will change, with Применить and Отмена; or its faults; or what is to be answered first.

    `since`: it is not the plan the pressed page showed.
    """
    try:
        plan = await plan_upload(visit.db, document_id, by=visit.person, now=visit.now, settings=visit.settings)
    except Faults as faults:
        await show_faults(visit, faults)
        return
    heading = visit.say("journal-plan-heading", name=plan.name)
    said = [*([visit.say("changed-since"), ""] if since else []), heading, "", *journal_words.plan_lines(plan, visit.say)]
    if plan.open:
        text, rows = await asked_on_plan(visit, document_id, plan)
        cancel = [visit.button("button-cancel", Drop(document=document_id))]
        await visit.show(limited([*said, "", *text.split("\n")]), [*rows, cancel, [visit.menu]], anew=anew)
        return
    rows = await _apply_buttons(visit, document_id, plan)
    rows += answered_rows(visit, document_id, plan)
    if not plan.empty:
        rows.append([visit.button("button-cancel", Drop(document=document_id))])
    await visit.show(limited(said), [*rows, [visit.menu]], anew=anew)


async def _apply_buttons(visit: Visit, document_id: int, plan: JournalPlan) -> list[list[Button]]:
    """Применить; where pupils are left out of the file, with what becomes of their entries."""
    if not any("keep" in doubt.answers for doubt in plan.doubts):
        return [] if plan.empty else [[visit.button("button-file-apply", Apply(document=document_id, digest=plan.digest))]]

    plans = await answered_plans(visit.db, document_id, by=visit.person, now=visit.now, settings=visit.settings)

    def answered(left_out: LeftOut) -> Apply | None:
        other = plans[left_out]
        return None if other.empty else Apply(document=document_id, digest=other.digest, left_out=left_out)

    keep, take = answered("keep"), answered("take")
    rows = [[visit.button("button-left-out-keep", keep)]] if keep else []
    return [*rows, [visit.button("button-left-out-take", take)]] if take else rows


async def planned(visit: Visit, at: UploadPlan) -> None:
    await show_journal_plan(visit, at.document, anew=True)


async def applied(visit: Visit, at: Apply) -> None:
    try:
        plan = await apply_upload(
            visit.db,
            at.document,
            by=visit.person,
            now=visit.now,
            settings=visit.settings,
            answer=Answer(seen=at.digest, left_out=at.left_out or None),
        )
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


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="files")
    router.message.register(arrived, F.document, flags=may("files.send"))
    router.callback_query.register(planned, opens(UploadPlan), flags=may("journal.enter"))
    router.callback_query.register(applied, Apply.filter(), flags=may("journal.enter"))
    router.callback_query.register(dropped, Drop.filter(), flags=may("journal.enter"))
    router.include_router(questions.routes(show_journal_plan))
    router.include_router(workbook.routes())
    router.include_router(decisions.routes())
    router.include_router(marking.photos())
    return router
