"""A task of the school's own: typed in a line, then its day, its turn and its person changed where they should be others."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot.refusals import Refusal
from bot.services.roadmap.changing import REPEATS, add_task, repeat
from bot.services.roadmap.deadlines import titled
from bot.services.roadmap.roadmap import scope_of
from bot.targets import Board, OneTask, TaskNew, TaskRepeat
from bot.visit import Visit
from handlers.door import TYPED, may, opens
from handlers.roadmap.page import show_task
from storage.roadmap import roadmap

TURNS = {
    "none": "task-turn-none",
    "week": "task-turn-week",
    "month": "task-turn-month",
    "half_year": "task-turn-half-year",
    "always": "task-turn-always",
}


class TaskAdding(StatesGroup):
    """What a new task is called is being typed."""

    title = State()


class RepeatAs(CallbackData, prefix="task.turn"):
    task: int
    turn: int  # its place among REPEATS


async def new(visit: Visit) -> None:
    await visit.talk.begin(TaskAdding.title)
    await visit.show(visit.say("task-ask-title"), [[visit.button("button-cancel", Board(view="now", page=0))]])


async def titled_so(visit: Visit) -> None:
    task = await add_task(visit.db, visit.text, by=visit.person, at=visit.moment)
    await visit.talk.end()
    await show_task(visit, task, word=visit.say("task-added-word"))


async def turns(visit: Visit, at: TaskRepeat) -> None:
    async with visit.db.read() as tx:
        task = await roadmap.task(tx, scope_of(visit.person), at.task)
    if task is None or task.plan != "own":
        raise Refusal("gone")
    rows = [
        [visit.chosen(visit.say.plain(TURNS[one]), RepeatAs(task=task.id, turn=number), now=one == task.repeats)]
        for number, one in enumerate(REPEATS)
    ]
    await visit.show(visit.say("task-ask-turn", title=titled(task)), [*rows, [visit.back(OneTask(task=task.id))]])


async def turned(visit: Visit, at: RepeatAs) -> None:
    if not 0 <= at.turn < len(REPEATS):
        raise Refusal("gone")
    task = await repeat(visit.db, at.task, REPEATS[at.turn], by=visit.person, at=visit.moment)
    await show_task(visit, task, word=visit.say("task-turned-word"))


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="roadmap adding")
    add = may("roadmap.add")
    router.callback_query.register(new, opens(TaskNew), flags=add)
    router.message.register(titled_so, TaskAdding.title, TYPED, flags=add)
    router.callback_query.register(turns, opens(TaskRepeat), flags=add)
    router.callback_query.register(turned, RepeatAs.filter(), flags=add)
    return router
