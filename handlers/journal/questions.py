"""Questions of a journal file, a button an answer: on the file's own page, and of whoever got a letter about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.paging import page_of
from bot.refusals import Refusal
from bot.services.journal.answering import QuestionIn, answer, code_in, question_of
from bot.services.journal.asking import ask_others
from bot.services.journal.journal import JournalPlan
from bot.services.journal.questions import Question, may_answer
from bot.services.journal.uploads import upload_of
from bot.targets import AskCode, AskQuestion, UploadPlan
from bot.telegram.pressed import AlsoOld
from bot.visit import Button, Rows, Visit
from bot.words.journal import asked_words, option_words
from handlers.door import may, opens

OPTIONS = 20  # a page: a coordinator may have a hundred groups to choose from
CHANGED = 10
Show = Callable[[Visit, int], Awaitable[None]]


class Answer(AlsoOld, CallbackData, prefix="journal.whose"):
    """An answer; «0» or nothing: the question again."""

    document: int
    about: str
    answer: str = ""
    page: int = 0


async def asked_on_plan(visit: Visit, document: int, plan: JournalPlan) -> tuple[str, list[list[Button]]]:
    """What the sender may answer, one question at a time; the rest is asked of those who can."""
    mine = [one for one in plan.open if may_answer(visit.person, one, sender=True)]
    asked = await ask_others(visit.db, document, plan, by=visit.person, now=visit.now) if len(mine) < len(plan.open) else 0
    if mine:
        return asked_words(mine[0], len(plan.open), visit.say), _options(visit, document, mine[0])
    again = visit.button("button-check-again", UploadPlan(document=document))
    return visit.say("journal-codes-waiting", count=asked), [[again]]


def _options(visit: Visit, document: int, question: Question, page: int = 0) -> list[list[Button]]:
    here = page_of(question.options, page, OPTIONS)

    def to(value: str, page: int = 0) -> Answer:
        return Answer(document=document, about=question.about, answer=value, page=page)

    rows = [[Button(option_words(one, visit.say.plain), to(one.value))] for one in here.some]
    pager = visit.pager(here.number, here.of, lambda page: to("0", page))
    return [*rows, pager] if here.of > 1 else rows


def answered_rows(visit: Visit, document: int, plan: JournalPlan) -> list[list[Button]]:
    """What was answered about the file: to be changed."""
    known = [(one, one.chosen) for one in plan.questions if may_answer(visit.person, one, sender=True)]
    return [
        [
            visit.button(
                "button-answer-change",
                Answer(document=document, about=one.about),
                asked=one.asked,
                answer=option_words(chosen, visit.say.plain),
            )
        ]
        for one, chosen in known[:CHANGED]
        if chosen is not None
    ]


async def _ask(visit: Visit, asked: QuestionIn, page: int = 0, *, anew: bool = False) -> None:
    question = await question_of(visit.db, asked, by=visit.person, now=visit.now, settings=visit.settings)
    await _show(visit, asked.document_id, question, page, anew=anew)


async def _show(visit: Visit, document: int, question: Question, page: int = 0, *, left: int = 1, anew: bool = False) -> None:
    rows: Rows = [*_options(visit, document, question, page), [visit.menu]]
    await visit.show(asked_words(question, left, visit.say), rows, anew=anew)


async def answered(visit: Visit, at: Answer, show: Show) -> None:
    asked = QuestionIn(at.document, at.about)
    if at.answer in ("", "0"):
        await _ask(visit, asked, at.page)
        return
    await _answer(visit, asked, at.answer, show)


async def _answer(visit: Visit, asked: QuestionIn, value: str, show: Show) -> None:
    said = await answer(visit.db, asked, value, by=visit.person, now=visit.now, settings=visit.settings)
    try:
        await upload_of(visit.db, asked.document_id, by=visit.person)
    except Refusal:  # somebody else's file: they are told that it can go on
        if said.next:
            await _show(visit, asked.document_id, said.next[0], left=len(said.next))
            return
        chosen = said.question.chosen
        meaning = option_words(chosen, visit.say.plain) if chosen else ""
        await visit.show(
            visit.say("journal-code-noted", code=said.question.asked, meaning=meaning, left=said.left), [[visit.menu]]
        )
        return
    await show(visit, asked.document_id)


async def opened(visit: Visit, at: AskQuestion) -> None:
    await _ask(visit, QuestionIn(at.document, at.about), anew=True)


async def code(visit: Visit, at: AskCode, show: Show) -> None:
    """A code by its number, as letters have it; with a meaning, as buttons had it once."""
    asked = await code_in(visit.db, at.document, at.number, by=visit.person, now=visit.now, settings=visit.settings)
    if at.meaning:
        await _answer(visit, asked, at.meaning, show)
        return
    await _ask(visit, asked, anew=True)


def routes(show: Show) -> Router:
    """The table of contents of this file; `show`: the page of a file that can go on."""

    async def answers(visit: Visit, at: Answer) -> None:
        await answered(visit, at, show)

    async def codes(visit: Visit, at: AskCode) -> None:
        await code(visit, at, show)

    router = Router(name="questions")
    router.callback_query.register(answers, Answer.filter(), flags=may("journal.enter"))
    router.callback_query.register(opened, opens(AskQuestion), flags=may("journal.code"))
    router.callback_query.register(codes, opens(AskCode), flags=may("journal.code"))
    return router
