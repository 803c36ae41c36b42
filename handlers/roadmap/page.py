"""The page of one task of the roadmap or the regulation, and what its buttons mean."""

from __future__ import annotations

from datetime import date

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message
from pydantic import Field

from bot.notices.roadmap import where
from bot.policy import Person, can
from bot.refusals import Refusal
from bot.services.roadmap.evidence import in_words
from bot.services.roadmap.roadmap import scope_of, thing_of
from bot.services.timetable.lessons import given_names
from bot.voice import Say, lines
from handlers.ui import Button, Rows, back, back_to_menu, show
from storage.db import Database
from storage.roadmap import roadmap
from storage.roadmap.roadmap import Event, Standing
from storage.timetable import timetable

MARKS = {"overdue": "🔴", "month": "🟡", "later": "⚪️", "done": "✅", "passed": "▫️"}
SOON = 30  # days: what is called «в ближайший месяц»


class Board(CallbackData, prefix="task.board"):
    view: str  # now | later | done | passed
    page: int
    anew: bool = False  # pressed below a letter, which stays


class OneTask(CallbackData, prefix="task"):
    task: int


class Paper(CallbackData, prefix="task.paper"):
    task: int


class Done(CallbackData, prefix="task.done"):
    task: int
    anew: bool = False


class Bare(CallbackData, prefix="task.bare"):
    """Done, and nothing to show for it."""

    task: int


class Reopen(CallbackData, prefix="task.reopen"):
    task: int


class Later(CallbackData, prefix="task.later"):
    task: int
    anew: bool = False


class LaterTo(CallbackData, prefix="task.to"):
    task: int
    day: int = Field(ge=1, le=date.max.toordinal())  # date.toordinal()


class LaterTyped(CallbackData, prefix="task.day"):
    task: int


class Hand(CallbackData, prefix="task.hand"):
    task: int
    page: int
    anew: bool = False


class HandTo(CallbackData, prefix="task.give"):
    task: int
    staff: int


def state_of(task: Standing, today: date) -> str:
    """overdue | month | later | done | passed."""
    if task.done_at is not None:
        return "done"
    if task.silent:
        return "passed"
    days = (task.due - today).days
    return "overdue" if days < 0 else "month" if days <= SOON else "later"


def view_of(state: str) -> str:
    return "now" if state in ("overdue", "month") else state


async def show_task(
    event: Message | CallbackQuery, task_id: int, db: Database, say: Say, person: Person, today: date, *, word: str = ""
) -> None:
    """The page of a task; `word` (HTML) above it says what has just happened."""
    async with db.read() as tx:
        task = await roadmap.task(tx, scope_of(person), task_id)
        if task is None:
            raise Refusal("gone")
        events = await roadmap.history(tx, task_id)
        handed = {event.after["responsible"] for event in events if "responsible" in event.after}
        names = await timetable.staff_names(tx, handed) if handed else {}
    text = lines([word, _headline(say, task, today), _about(say, task), _proof(say, task), _history(say, events, names)])
    await show(event, text, _acts(say, task, person, today))


def _headline(say: Say, task: Standing, today: date) -> str:
    days = (task.due - today).days
    state = state_of(task, today)
    match state:
        case "done":
            standing = say("task-state-done", done=task.done_at)
        case "passed":
            standing = say("task-state-passed", due=task.due)
        case "overdue":
            standing = say("task-state-overdue", due=task.due, days=-days)
        case _:
            standing = say("task-state-ahead", mark=MARKS[state], due=task.due, days=days)
    place = where(say, task.plan, task.number, task.organization)
    parts = [say("task-title", where=place, title=task.task), standing]
    if task.put_off_to and task.done_at is None:
        parts.append(say("task-put-off-from", planned=task.due_on))
    return "\n".join(parts)


def _about(say: Say, task: Standing) -> str:
    parts = []
    if task.starts_on <= task.due_on:
        ends = task.ends_on if task.due_on <= task.ends_on else task.due_on
        parts.append(say("task-window", starts=task.starts_on, ends=ends, repeats=task.repeats))
    if task.result:
        parts.append(say("task-result", result=task.result))
    parts.append(_responsible(say, task))
    if task.printed_as and task.printed_as.isdigit():
        parts.append(say("task-corrected-number", printed=task.printed_as, number=task.number))
    elif task.printed_as:
        parts.append(say("task-corrected-window", printed=task.printed_as))
    return "\n".join(parts)


def _responsible(say: Say, task: Standing) -> str:
    if task.responsible is not None:
        reached = task.responsible_person is not None
        return (
            say("task-responsible", name=task.responsible) if reached else say("task-responsible-not-in", name=task.responsible)
        )
    return say("task-responsible-coordinator") if task.organization_id is None else say("task-responsible-partner")


def _proof(say: Say, task: Standing) -> str:
    parts = []
    if task.evidence:
        seen = in_words(say, task.evidence) if task.done_by is None else None
        parts.append(say("task-seen", seen=seen) if seen else say("task-proof", proof=task.evidence))
    if task.paper:
        parts.append(say("task-proof-file", name=task.paper))
    return "\n".join(parts)


def _history(say: Say, events: list[Event], names: dict[int, str]) -> str:
    told = [_event(say, event, names) for event in events]
    return "\n".join([say("task-history"), *told]) if told else ""


def _event(say: Say, event: Event, names: dict[int, str]) -> str:
    by = given_names(event.by or "")
    match event.action:
        case "roadmap.put-off":
            return say("task-event-put-off", at=event.at, to=date.fromisoformat(event.after["due"]), by=by)
        case "roadmap.hand":
            return say("task-event-hand", at=event.at, to=names.get(event.after["responsible"], ""), by=by)
        case "roadmap.reopen":
            return say("task-event-reopen", at=event.at, by=by)
        case "roadmap.seen":
            return say("task-event-seen", at=event.at)
    return say("task-event-done", at=event.at, by=by)


def _acts(say: Say, task: Standing, person: Person, today: date) -> Rows:
    rows: list[list[Button]] = []
    if task.paper:
        rows.append([Button(say.plain("button-task-paper"), Paper(task=task.id))])
    if can(person, "roadmap.act", thing_of(task)):
        if task.done_at is not None:
            rows.append([Button(say.plain("button-task-reopen"), Reopen(task=task.id))])
        else:
            later = [Button(say.plain("button-task-put-off"), Later(task=task.id))]
            if can(person, "roadmap.hand", thing_of(task)):
                later.append(Button(say.plain("button-task-hand"), Hand(task=task.id, page=0)))
            rows += [[Button(say.plain("button-task-done"), Done(task=task.id))], later]
    view = view_of(state_of(task, today))
    return [*rows, [back(say, Board(view=view, page=0)), back_to_menu(say)]]
