"""A sheet of decisions that came back: its plan, carried out when its sender says so."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.refusals import ChangedSince
from bot.services.deciding.sheet import apply_sheet, plan_sheet, rows_of
from bot.services.journal.uploads import drop_upload, upload_of
from bot.targets import Inbox
from bot.visit import Visit
from bot.words import sheet as words
from bot.words.journal import limited
from handlers.door import may
from storage.enrollment import enrollment
from storage.journal.journal import DECISIONS_UPLOAD


class ApplySheet(CallbackData, prefix="sheet.apply"):
    document: int
    digest: str  # of the plan that was shown


class DropSheet(CallbackData, prefix="sheet.drop"):
    document: int


async def show_sheet_plan(visit: Visit, document_id: int, since: ChangedSince | None = None) -> None:
    """What it would do, with Применить and Отмена. Faults: cells that cannot be read. `since`: another plan was shown."""
    name, content = await upload_of(visit.db, document_id, by=visit.person, kind=DECISIONS_UPLOAD)
    plan = await plan_sheet(visit.db, await rows_of(content, name), by=visit.person, today=visit.today)
    rows = [visit.ways_back(Inbox())]
    if plan.rows:
        go = ApplySheet(document=document_id, digest=plan.digest)
        apply = visit.button("button-apply-illness", go) if words.ill(plan) else visit.button("button-file-apply", go)
        rows = [
            [apply],
            [visit.button("button-cancel", DropSheet(document=document_id))],
            *rows,
        ]
    said = [*([visit.say(since.key)] if since else []), *words.plan_lines(plan, visit.say)]
    await visit.show(limited(said), rows)
    if len(plan.refused) > words.SHOWN:
        whole = "\r\n".join(words.plan_lines(plan, visit.say, shown=len(plan.refused)))
        await visit.give(visit.say.plain("sheet-refused-file"), whole.encode("utf-8-sig"))


async def applied(visit: Visit, at: ApplySheet) -> None:
    name, content = await upload_of(visit.db, at.document, by=visit.person, kind=DECISIONS_UPLOAD)
    rows = await rows_of(content, name)
    try:
        plan = await apply_sheet(visit.db, rows, by=visit.person, at=visit.moment, seen=at.digest)
    except ChangedSince as since:
        await show_sheet_plan(visit, at.document, since)
        return
    ids, schools = [one.application for one in plan.rows], visit.person.organizations_as("coordinator")
    async with visit.db.read() as tx:
        pupils = {paper.pupil_id for paper in await enrollment.papers(tx, ids=ids, schools=schools)}
    said = await visit.promise(pupils, lambda told: visit.say("sheet-applied", count=len(ids), told=told))
    await visit.show(said, [visit.ways_back(Inbox())])


async def dropped(visit: Visit, at: DropSheet) -> None:
    await drop_upload(visit.db, at.document, by=visit.person, kind=DECISIONS_UPLOAD)
    await visit.show(visit.say("sheet-dropped"), [visit.ways_back(Inbox())])


def routes() -> Router:
    """The table of contents of this file; handlers/journal/files.py takes it in."""
    router = Router(name="decisions")
    router.callback_query.register(applied, ApplySheet.filter(), flags=may("enrollment.decide"))
    router.callback_query.register(dropped, DropSheet.filter(), flags=may("enrollment.decide"))
    return router
