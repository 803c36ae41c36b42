"""A task's words: what it is called and what is expected of it, said otherwise in the chat by the school's heads."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.policy import require
from bot.refusals import Refusal
from bot.services.roadmap.changing import DASH, WORDED, reword
from bot.services.roadmap.roadmap import scope_of, thing_of
from bot.targets import OneTask
from bot.visit import Visit
from bot.words.roadmap import about_words
from handlers.door import TYPED, may
from handlers.roadmap.page import Words, show_task
from storage.roadmap import roadmap
from storage.roadmap.roadmap import Standing


class Reword(CallbackData, prefix="task.reword"):
    task: int
    what: int  # its place among WORDED


class Unsay(CallbackData, prefix="task.unsay"):
    """Nothing in particular is expected of a task."""

    task: int


class TaskWording(StatesGroup):
    """The new words are being typed; the task and which of its words stand in the talk's data."""

    words = State()


async def _mine(visit: Visit, task_id: int) -> Standing:
    async with visit.db.read() as tx:
        task = await roadmap.task(tx, scope_of(visit.person), task_id)
    if task is None:
        raise Refusal("gone")
    require(visit.person, "roadmap.add", thing_of(task))
    if task.done_at is not None:
        raise Refusal("task-already-done")
    return task


async def which(visit: Visit, at: Words) -> None:
    task = await _mine(visit, at.task)
    rows = [
        [visit.button("button-task-reword-task", Reword(task=task.id, what=WORDED.index("task")))],
        [visit.button("button-task-reword-result", Reword(task=task.id, what=WORDED.index("result")))],
    ]
    await visit.show(about_words(task, visit.say), [*rows, [visit.back(OneTask(task=task.id))]])


async def asked(visit: Visit, at: Reword) -> None:
    if not 0 <= at.what < len(WORDED):
        raise Refusal("gone")
    task = await _mine(visit, at.task)
    what = WORDED[at.what]
    await visit.talk.begin(TaskWording.words, task=task.id, what=what)
    was = getattr(task, what) or ""
    text = visit.say("task-ask-words", what=what, was=was, said="yes" if was else "no")
    empties = [[visit.button("button-task-unsay", Unsay(task=task.id))]] if what == "result" and was else []
    await visit.show(text, [*empties, [visit.button("button-cancel", OneTask(task=task.id))]])


async def unsaid(visit: Visit, at: Unsay) -> None:
    await reword(visit.db, at.task, "result", DASH, by=visit.person, at=visit.moment)
    await show_task(visit, at.task, word=visit.say("task-reworded-word"))


async def worded(visit: Visit) -> None:
    known = await visit.talk.data()
    task_id = int(known["task"])
    await reword(visit.db, task_id, str(known["what"]), visit.text, by=visit.person, at=visit.moment)
    await visit.talk.end()
    await show_task(visit, task_id, word=visit.say("task-reworded-word"))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="roadmap wording")
    add = may("roadmap.add")
    router.callback_query.register(which, Words.filter(), flags=add)
    router.callback_query.register(asked, Reword.filter(), flags=add)
    router.callback_query.register(unsaid, Unsay.filter(), flags=add)
    router.message.register(worded, TaskWording.words, TYPED, flags=add)
    return router
