"""The page of one task of the roadmap or the regulation, and what its buttons mean."""

from __future__ import annotations

from datetime import date

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.notices.roadmap import where
from bot.policy import can
from bot.refusals import Refusal
from bot.services.roadmap.evidence import in_words
from bot.services.roadmap.roadmap import scope_of, thing_of
from bot.services.timetable.telling import given_names
from bot.targets import Board, TaskDone, TaskHand, TaskLater
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from storage.roadmap import roadmap
from storage.roadmap.roadmap import Event, Standing
from storage.timetable import timetable

MARKS = {"overdue": "🔴", "month": "🟡", "later": "⚪️", "done": "✅", "passed": "▫️"}
SOON = 30  # days: what is called «в ближайший месяц»


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


class HandTo(CallbackData, prefix="task.give"):
    task: int
    staff: int


def state_of(visit: Visit, task: Standing) -> str:
    """overdue | month | later | done | passed."""
    if task.done_at is not None:
        return "done"
    if task.silent:
        return "passed"
    days = (task.due - visit.today).days
    return "overdue" if days < 0 else "month" if days <= SOON else "later"


def view_of(state: str) -> str:
    return "now" if state in ("overdue", "month") else state


async def show_task(visit: Visit, task_id: int, *, word: str = "") -> None:
    """The page of a task; `word` (HTML) above it says what has just happened."""
    async with visit.db.read() as tx:
        task = await roadmap.task(tx, scope_of(visit.person), task_id)
        if task is None:
            raise Refusal("gone")
        events = await roadmap.history(tx, task_id)
        handed = {event.after["responsible"] for event in events if "responsible" in event.after}
        names = await timetable.staff_names(tx, handed) if handed else {}
    text = lines([word, _headline(visit, task), _about(visit, task), _proof(visit, task), _history(visit, events, names)])
    await visit.show(text, _acts(visit, task))


def _headline(visit: Visit, task: Standing) -> str:
    days = (task.due - visit.today).days
    state = state_of(visit, task)
    match state:
        case "done":
            standing = visit.say("task-state-done", done=task.done_at)
        case "passed":
            standing = visit.say("task-state-passed", due=task.due)
        case "overdue":
            standing = visit.say("task-state-overdue", due=task.due, days=-days)
        case _:
            standing = visit.say("task-state-ahead", mark=MARKS[state], due=task.due, days=days)
    place = where(visit.say, task.plan, task.number, task.organization)
    parts = [visit.say("task-title", where=place, title=task.task), standing]
    if task.put_off_to and task.done_at is None:
        parts.append(visit.say("task-put-off-from", planned=task.due_on))
    return "\n".join(parts)


def _about(visit: Visit, task: Standing) -> str:
    parts = []
    if task.starts_on <= task.due_on:
        ends = task.ends_on if task.due_on <= task.ends_on else task.due_on
        parts.append(visit.say("task-window", starts=task.starts_on, ends=ends, repeats=task.repeats))
    if task.result:
        parts.append(visit.say("task-result", result=task.result))
    parts.append(_responsible(visit, task))
    if task.printed_as and task.printed_as.isdigit():
        parts.append(visit.say("task-corrected-number", printed=task.printed_as, number=task.number))
    elif task.printed_as:
        parts.append(visit.say("task-corrected-window", printed=task.printed_as))
    return "\n".join(parts)


def _responsible(visit: Visit, task: Standing) -> str:
    if task.responsible is not None:
        reached = task.responsible_person is not None
        return (
            visit.say("task-responsible", name=task.responsible)
            if reached
            else visit.say("task-responsible-not-in", name=task.responsible)
        )
    return visit.say("task-responsible-coordinator") if task.organization_id is None else visit.say("task-responsible-partner")


def _proof(visit: Visit, task: Standing) -> str:
    parts = []
    if task.evidence:
        seen = in_words(visit.say, task.evidence) if task.done_by is None else None
        parts.append(visit.say("task-seen", seen=seen) if seen else visit.say("task-proof", proof=task.evidence))
    if task.paper:
        parts.append(visit.say("task-proof-file", name=task.paper))
    return "\n".join(parts)


def _history(visit: Visit, events: list[Event], names: dict[int, str]) -> str:
    told = [_event(visit, event, names) for event in events]
    return "\n".join([visit.say("task-history"), *told]) if told else ""


def _event(visit: Visit, event: Event, names: dict[int, str]) -> str:
    by = given_names(event.by or "")
    match event.action:
        case "roadmap.put-off":
            return visit.say("task-event-put-off", at=event.at, to=date.fromisoformat(event.after["due"]), by=by)
        case "roadmap.hand":
            return visit.say("task-event-hand", at=event.at, to=names.get(event.after["responsible"], ""), by=by)
        case "roadmap.reopen":
            return visit.say("task-event-reopen", at=event.at, by=by)
        case "roadmap.seen":
            return visit.say("task-event-seen", at=event.at)
    return visit.say("task-event-done", at=event.at, by=by)


def _acts(visit: Visit, task: Standing) -> Rows:
    rows: list[list[Button]] = []
    if task.paper:
        rows.append([visit.button("button-task-paper", Paper(task=task.id))])
    if can(visit.person, "roadmap.act", thing_of(task)):
        if task.done_at is not None:
            rows.append([visit.button("button-task-reopen", Reopen(task=task.id))])
        else:
            later = [visit.button("button-task-put-off", TaskLater(task=task.id))]
            if can(visit.person, "roadmap.hand", thing_of(task)):
                later.append(visit.button("button-task-hand", TaskHand(task=task.id, page=0)))
            rows += [[visit.button("button-task-done", TaskDone(task=task.id))], later]
    view = view_of(state_of(visit, task))
    return [*rows, visit.ways_back(Board(view=view, page=0))]
