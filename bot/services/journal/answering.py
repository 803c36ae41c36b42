"""Answers to the questions of a journal file, by its sender or whoever was asked; and the coordinator asked after three days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Moment
from bot.notices.journal_files import JournalCodeAnswered, JournalQuestionAnswered
from bot.policy import Person
from bot.post.posting import post
from bot.refusals import Refusal
from bot.services.journal.asking import UNANSWERED, ask, codes_of, unnamed
from bot.services.journal.journal import JournalPlan, plan_journal, read_file
from bot.services.journal.questions import Question, may_answer
from bot.services.journal.uploads import KEPT_FOR
from bot.settings import Settings
from storage import audit, notes
from storage.db import Database, Tx
from storage.journal import journal as questions
from storage.journal.doubts import keep_answer, keep_name, uploads_made
from storage.journal.journal import UPLOAD
from storage.tables import Document, JournalAnswer, KnownAs

ASKED_UNTIL = "journal.asked-until"  # files sent until this moment have had their coordinator asked


@dataclass(frozen=True)
class QuestionIn:
    """A question of a kept journal; `about` as in `Question`."""

    document_id: int
    about: str


async def question_of(db: Database, asked: QuestionIn, *, by: Person, now: datetime, settings: Settings) -> Question:
    """What is asked, or was. Refusals: upload-gone; gone: it is not asked any more; not-yours."""
    async with db.read() as tx:
        document = await questions.upload(tx, asked.document_id, UPLOAD)
    if document is None:
        raise Refusal("upload-gone")
    sender = document.made_by is not None and document.made_by == by.known
    found = next(
        (one for one in (await _plan(db, document, by, sender, now, settings)).questions if one.about == asked.about), None
    )
    if found is None:
        raise Refusal("gone" if sender or by.organizations_as("coordinator") else "not-yours")
    if not may_answer(by, found, sender=sender):
        raise Refusal("not-yours")
    return found


async def code_in(db: Database, document_id: int, number: int, *, by: Person, now: datetime, settings: Settings) -> QuestionIn:
    """The nth code of a kept journal, as letters name it."""
    async with db.read() as tx:
        document = await questions.upload(tx, document_id, UPLOAD)
    if document is None:
        raise Refusal("upload-gone")
    codes = codes_of(await _plan(db, document, by, False, now, settings))
    if not 0 <= number < len(codes):
        raise Refusal("gone")
    return QuestionIn(document_id, codes[number].about)


async def _plan(
    db: Database, document: Document, by: Person | None, sender: bool, now: datetime, settings: Settings
) -> JournalPlan:
    """As this person may see it: the sender and a coordinator as themselves; the partner is asked about codes, which name nobody."""
    eyes = by if by is not None and (sender or by.organizations_as("coordinator")) else None
    file = await read_file(document.content, document.name, now=now, settings=settings)
    return await plan_journal(db, file, by=eyes, today=Moment(now, settings.zone).today)


async def answer(db: Database, asked: QuestionIn, value: str, *, by: Person, now: datetime, settings: Settings) -> Question:
    """Say so, for this file and all to come; whoever sent the file hears that it can go on. Refusal gone: it is none of the answers."""
    question = await question_of(db, asked, by=by, now=now, settings=settings)
    said = replace(question, answer=value)
    if said.chosen is None:
        raise Refusal("gone")
    if question.answer == value:
        return said
    async with db.write() as tx:
        await _keep(tx, said, by=by, now=now)
        document = await questions.upload(tx, asked.document_id, UPLOAD)
        if document is not None and document.made_by is not None and document.made_by != by.known:
            await post(tx, document.made_by, _heard(asked.document_id, said), now=now)
    return said


def _heard(document_id: int, said: Question) -> JournalCodeAnswered | JournalQuestionAnswered:
    if said.kind == "code":
        return JournalCodeAnswered(document=document_id, code=said.key, meaning=said.answer or "")
    return JournalQuestionAnswered(
        document=document_id, question=said.about, what=said.kind, found=unnamed(said), answer=said.answer or ""
    )


async def _keep(tx: Tx, said: Question, *, by: Person, now: datetime) -> None:
    value, scope = said.answer or "", said.scope
    if said.kind == "code":
        before = (await questions.codes(tx, [scope])).get((scope, said.key))
        await questions.keep_code(tx, scope, said.key, value)
        change = audit.Change(
            before={"code": said.key, "meaning": before} if before else None, after={"code": said.key, "meaning": value}
        )
        audit.log(tx, by.known, "journal.code", ("organization", scope), change, now=now)
        return
    if said.kind == "who":
        among = " ".join(one.value for one in said.options)
        await keep_name(tx, KnownAs(group_id=scope, written=said.key, pupil_id=int(value), among=among, by=by.known, at=now))
        audit.log(tx, by.known, "journal.who", ("group", scope), audit.Change(after={"pupil": int(value)}), now=now)
        return
    if said.kind == "group":
        scope = (await questions.groups(tx, group_id=int(value)))[0].organization_id
    kept = JournalAnswer(organization_id=scope, kind=said.kind, written=said.key, answer=value, by=by.known, at=now)
    await keep_answer(tx, kept)
    after = {"kind": said.kind, "written": said.key, "answer": value}
    audit.log(tx, by.known, "journal.answer", ("organization", scope), audit.Change(after=after), now=now)


async def ask_coordinators(db: Database, *, now: datetime, settings: Settings) -> int:
    """Ask the coordinators what nobody has answered for three days. Each file is looked at once; a repeat asks nothing more.

    Returns how many questions were asked.
    """
    until = now - UNANSWERED
    async with db.read() as tx:
        last = await notes.note(tx, ASKED_UNTIL)
        since = max(datetime.fromisoformat(last), now - KEPT_FOR) if last else now - KEPT_FOR
        waiting = await uploads_made(tx, since, until)
    count = 0
    for document in waiting:
        try:
            plan = await _plan(db, document, None, False, now, settings)
        except Refusal:  # faulty: its sender was told why
            continue
        async with db.write() as tx:
            for question in plan.open:
                count += bool(await ask(tx, document.id, plan, question, now=now))
    async with db.write() as tx:
        await notes.keep(tx, ASKED_UNTIL, until.isoformat())
    return count
