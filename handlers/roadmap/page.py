"""The page of one task of the roadmap or the regulation, and what its buttons mean."""

from __future__ import annotations

from datetime import date

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.policy import can
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.roadmap.changing import UNDONE
from bot.services.roadmap.roadmap import scope_of, thing_of
from bot.targets import Board, TaskDone, TaskHand, TaskLater, TaskRepeat
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words.roadmap import about_task, headline, proof, state_of, told_halves, told_history
from storage.roadmap import history, roadmap
from storage.roadmap.history import Event
from storage.roadmap.roadmap import Standing
from storage.timetable import timetable


class Paper(CallbackData, prefix="task.paper"):
    task: int


class Bare(CallbackData, prefix="task.bare"):
    """Done, and nothing to show for it."""

    task: int


class Reopen(CallbackData, prefix="task.reopen"):
    task: int


class LaterTo(CallbackData, prefix="task.to"):
    task: int
    day: int = Field(ge=1, le=date.max.toordinal())  # date.toordinal()


class LaterTyped(CallbackData, prefix="task.day"):
    task: int


class LaterWhy(CallbackData, prefix="task.why"):
    task: int
    day: int = Field(ge=1, le=date.max.toordinal())  # date.toordinal()
    why: int  # its place among the usual reasons


class Undo(CallbackData, prefix="task.undo"):
    task: int
    event: int  # the audit's line that is taken back


class Words(CallbackData, prefix="task.words"):
    """What a task is called and what is expected of it are to be said otherwise."""

    task: int


class HandTo(CallbackData, prefix="task.give"):
    task: int
    staff: int


def view_of(state: str) -> str:
    return "now" if state in ("overdue", "month") else state


async def show_task(visit: Visit, task_id: int, *, word: str = "") -> None:
    """The page of a task; `word` (HTML) above it says what has just happened."""
    async with visit.db.read() as tx:
        task = await roadmap.task(tx, scope_of(visit.person), task_id)
        if task is None:
            raise Refusal("gone")
        events = await history.history(tx, task_id)
        handed = {(event.after or {})["responsible"] for event in events if "responsible" in (event.after or {})}
        names = await timetable.staff_names(tx, handed) if handed else {}
        halves = await roadmap.halves(tx, task) if is_open(visit.person, "roadmap.add") else []
    text = lines(
        [
            word,
            headline(task, visit.say, visit.today),
            about_task(task, visit.say),
            told_halves(halves, visit.say, visit.today),
            proof(task, visit.say),
            told_history(events, names, visit.say),
        ]
    )
    mine = events[0] if word and events and events[0].person_id == visit.person.id else None
    await visit.show(text, _acts(visit, task, mine), anew=visit.at_letter)


def _acts(visit: Visit, task: Standing, mine: Event | None) -> Rows:
    """`mine`: the step this person has just taken, which one press takes back."""
    rows: list[list[Button]] = []
    if task.paper:
        rows.append([visit.button("button-task-paper", Paper(task=task.id))])
    if can(visit.person, "roadmap.act", thing_of(task)):
        if task.done_at is not None:
            rows.append([visit.button("button-task-reopen", Reopen(task=task.id))])
        else:
            endless = task.repeats == "always"  # it has no deadline to put off
            later = [] if endless else [visit.button("button-task-put-off", TaskLater(task=task.id))]
            if can(visit.person, "roadmap.hand", thing_of(task)):
                later.append(visit.button("button-task-hand", TaskHand(task=task.id, page=0)))
            rows += [[visit.button("button-task-done", TaskDone(task=task.id))], later]
            if can(visit.person, "roadmap.add", thing_of(task)):
                repeats = [visit.button("button-task-repeat", TaskRepeat(task=task.id))] if task.plan == "own" else []
                rows.append([*repeats, visit.button("button-task-words", Words(task=task.id))])
    if mine is not None and mine.action in UNDONE:
        rows.append([visit.button("button-task-undo", Undo(task=task.id, event=mine.id))])
    view = view_of(state_of(task, visit.today))
    return [*rows, visit.ways_back(Board(view=view, page=0))]
