"""Questions of a journal file that its sender cannot answer, or has not: asked in the bot of who can, answered once, remembered."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.notices.journal_files import JournalCodeAsked, JournalQuestionAsked
from bot.policy import Person
from bot.post.posting import post
from bot.services.journal.journal import JournalPlan
from bot.services.journal.questions import Question, may_answer
from storage.db import Database, Tx
from storage.journal import journal as questions
from storage.people import people

UNANSWERED = timedelta(days=3)  # then the coordinator is asked what the sender has left open


async def ask_others(db: Database, document_id: int, plan: JournalPlan, *, by: Person | None, now: datetime) -> int:
    """Ask what the sender cannot answer of whoever can: a code of the partner and the coordinators, all else of these alone.

    `by` None: the file came without a sender. Returns how many people are asked; each is written to once for a file and question.
    """
    async with db.write() as tx:
        open_ = [one for one in plan.open if by is None or not may_answer(by, one, sender=True)]
        return len({person for one in open_ for person in await ask(tx, document_id, plan, one, now=now)})


async def ask(tx: Tx, document_id: int, plan: JournalPlan, question: Question, *, now: datetime) -> list[int]:
    """The letter with the same buttons. Returns whom it was written to."""
    if question.kind == "code":
        notice: JournalCodeAsked | JournalQuestionAsked = JournalCodeAsked(
            document=document_id,
            organization_id=question.organization_id,
            organization=str(question.facts["organization"]),
            code=question.key,
            number=[one.about for one in codes_of(plan)].index(question.about),
        )
        asked = await questions.answerers(tx, question.organization_id)
    else:
        notice = JournalQuestionAsked(
            document=document_id, question=question.about, what=question.kind, found=unnamed(question), file=plan.name[:100]
        )
        asked = [(person, "coordinator") for person in await people.office(tx, "coordinator")]
    for person, role in asked:
        await post(tx, person, notice, now=now, role=role)
    return [person for person, _ in asked]


def unnamed(question: Question) -> str:
    """What is asked about, for a letter: a pupil's name stands on the page alone."""
    return "" if question.kind == "who" else question.asked


def codes_of(plan: JournalPlan) -> list[Question]:
    """The codes that were asked about, as old buttons count them."""
    return sorted((one for one in plan.questions if one.kind == "code"), key=lambda one: (one.organization_id, one.key))
