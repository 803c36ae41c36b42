"""Answers to the questions of a journal file, by its sender or whoever was asked; and the coordinator asked after three days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Moment
from bot.notices.journal_files import JournalCodeAnswered, JournalQuestionAnswered
from bot.policy import Person
from bot.post.posting import post
from bot.refusals import Refusal
from bot.services.journal.asking import UNANSWERED, ask, codes_of, unnamed
from bot.services.journal.journal import JournalFile, JournalPlan, plan_journal, read_file
from bot.services.journal.match import match
from bot.services.journal.names import nobody_key
from bot.services.journal.questions import NOBODY, SKIP, Question, may_answer, open_of
from bot.services.journal.uploads import KEPT_FOR
from bot.settings import Settings
from storage import audit, notes
from storage.db import Database, Tx
from storage.journal import journal as questions
from storage.journal.doubts import forget_answer, forget_name, keep_answer, keep_name, uploads_made
from storage.journal.journal import UPLOAD
from storage.tables import Document, JournalAnswer, KnownAs

ASKED_UNTIL = "journal.asked-until"  # files sent until this moment have had their coordinator asked
DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuestionIn:
    """A question of a kept journal; `about` as in `Question`."""

    document_id: int
    about: str


@dataclass(frozen=True)
class Said:
    """An answer given: the question with it, and what else the file still asks that its giver may answer; `left` counts all of it."""

    question: Question
    next: tuple[Question, ...]
    left: int


@dataclass(frozen=True)
class _Kept:
    """A kept journal as this person may see it."""

    document: Document
    file: JournalFile
    plan: JournalPlan
    sender: bool
    eyes: Person | None  # whose names it may show


async def question_of(db: Database, asked: QuestionIn, *, by: Person, now: datetime, settings: Settings) -> Question:
    """What is asked, or was. Refusals: upload-gone; gone: it is not asked any more; not-yours."""
    return _question(await _kept(db, asked.document_id, by=by, now=now, settings=settings), asked.about, by)


def _question(kept: _Kept, about: str, by: Person) -> Question:
    found = next((one for one in kept.plan.questions if one.about == about), None)
    if found is None:
        raise Refusal("gone" if kept.sender or by.organizations_as("coordinator") else "not-yours")
    if not may_answer(by, found, sender=kept.sender):
        raise Refusal("not-yours")
    return found


async def code_in(db: Database, document_id: int, number: int, *, by: Person, now: datetime, settings: Settings) -> QuestionIn:
    """The nth code of a kept journal, as letters name it."""
    codes = codes_of((await _kept(db, document_id, by=by, now=now, settings=settings)).plan)
    if not 0 <= number < len(codes):
        raise Refusal("gone")
    return QuestionIn(document_id, codes[number].about)


async def _kept(db: Database, document_id: int, *, by: Person, now: datetime, settings: Settings) -> _Kept:
    async with db.read() as tx:
        document = await questions.upload(tx, document_id, UPLOAD)
    if document is None:
        raise Refusal("upload-gone")
    sender = document.made_by is not None and document.made_by == by.known
    return await _read(db, document, by, now, settings, sender=sender)


async def _read(
    db: Database, document: Document, by: Person | None, now: datetime, settings: Settings, *, sender: bool = False
) -> _Kept:
    """As this person may see it: the sender and a coordinator as themselves; the partner is asked about codes, which name nobody."""
    eyes = by if by is not None and (sender or by.organizations_as("coordinator")) else None
    file = await read_file(document.content, document.name, now=now, settings=settings)
    plan = await plan_journal(db, file, by=eyes, today=Moment(now, settings.zone).today)
    return _Kept(document, file, plan, sender, eyes)


async def answer(db: Database, asked: QuestionIn, value: str, *, by: Person, now: datetime, settings: Settings) -> Said:
    """Say so, for this file and all to come; whoever sent the file hears whether it can go on. Refusal gone: it is none of the answers."""
    kept = await _kept(db, asked.document_id, by=by, now=now, settings=settings)
    question = _question(kept, asked.about, by)
    said = replace(question, answer=value)
    if said.chosen is None:
        raise Refusal("gone")
    async with db.write() as tx:
        if question.answer != value:
            await _keep(tx, said, by=by, now=now)
        matched = await match(
            tx, kept.file.journal, by=kept.eyes, file=kept.file.known
        )  # an answer may bring up the next question
        left = open_of(matched.questions.values())
        document = await questions.upload(tx, asked.document_id, UPLOAD)
        to = document.made_by if document is not None else None
        if question.answer != value and to is not None and to != by.known:
            await post(tx, to, _heard(asked.document_id, said, len(left)), now=now)
    return Said(said, tuple(one for one in left if may_answer(by, one, sender=kept.sender)), len(left))


def _heard(document_id: int, said: Question, left: int) -> JournalCodeAnswered | JournalQuestionAnswered:
    if said.kind == "code":
        return JournalCodeAnswered(document=document_id, code=said.key, meaning=said.answer or "", left=left)
    return JournalQuestionAnswered(
        document=document_id, question=said.about, what=said.kind, found=unnamed(said), answer=said.answer or "", left=left
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
        await _keep_name(tx, said, by=by, now=now)
        return
    if said.kind == "group":
        scope = (await questions.groups(tx, group_id=int(value)))[0].organization_id
    kept = JournalAnswer(organization_id=scope, kind=said.kind, written=said.key, answer=value, by=by.known, at=now)
    await keep_answer(tx, kept)
    after = {"kind": said.kind, "written": said.key, "answer": value}
    audit.log(tx, by.known, "journal.answer", ("organization", scope), audit.Change(after=after), now=now)


async def _keep_name(tx: Tx, said: Question, *, by: Person, now: datetime) -> None:
    """Whose name it is, or that it is nobody's; in place of what was said of it before."""
    group, value = said.scope, said.answer or ""
    nobody = nobody_key(group, said.key)
    await forget_name(tx, group, said.key)
    await forget_answer(tx, said.organization_id, NOBODY, nobody)
    if value == SKIP:
        answer = JournalAnswer(
            organization_id=said.organization_id, kind=NOBODY, written=nobody, answer=value, by=by.known, at=now
        )
        await keep_answer(tx, answer)
    else:
        among = " ".join(one.value for one in said.options if one.value != SKIP)
        await keep_name(tx, KnownAs(group_id=group, written=said.key, pupil_id=int(value), among=among, by=by.known, at=now))
    after = {"pupil": None if value == SKIP else int(value)}
    audit.log(tx, by.known, "journal.who", ("group", group), audit.Change(after=after), now=now)


def _asked_of_others(plan: JournalPlan) -> list[Question]:
    """Each code, for the partner is asked of it too; of the rest the first, whose page goes on to the next: no letter for each name."""
    codes = [one for one in plan.open if one.kind == "code"]
    return [*codes, *[one for one in plan.open if one.kind != "code"][:1]]


async def ask_coordinators(db: Database, *, now: datetime, settings: Settings) -> int:
    """Ask the coordinators what nobody has answered for three days.

    From then on a file is looked at once a day while it is kept: an answer may have brought up another question, the network may
    have changed under it, a coordinator may have come. Nobody is written to twice about the same. Returns how many questions were open of which somebody is asked, or was.
    """
    until = now - UNANSWERED
    async with db.read() as tx:
        last = await notes.note(tx, ASKED_UNTIL)
        since = max(datetime.fromisoformat(last), now - KEPT_FOR) if last else now - KEPT_FOR
        days = [DAY * number for number in range((KEPT_FOR - UNANSWERED) // DAY)]
        waiting = {one.id: one for day in days for one in await uploads_made(tx, since - day, until - day)}
    count = 0
    for document in waiting.values():
        try:
            plan = (await _read(db, document, None, now, settings)).plan
        except Refusal:  # faulty: its sender was told why
            continue
        async with db.write() as tx:
            for question in _asked_of_others(plan):
                count += bool(await ask(tx, document.id, plan, question, now=now))
    async with db.write() as tx:
        await notes.keep(tx, ASKED_UNTIL, until.isoformat())
    return count
