"""The board: the tasks of one state with the days left; a weekly step is one line, whatever the number of its weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from bot.paging import in_rows, page_of
from bot.policy import may as is_open
from bot.refusals import Refusal
from bot.services.roadmap.deadlines import titled
from bot.services.roadmap.roadmap import scope_of
from bot.targets import Board, OneTask, RoadmapYear, TaskNew, Tasks
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words.roadmap import MARKS, state_of
from handlers.door import may, opens
from handlers.roadmap.page import view_of
from storage.roadmap import roadmap
from storage.roadmap.roadmap import Standing

LINES = 7  # tasks on one page of the board
NUMBERS = 4  # of tasks in a row of buttons
TABS_IN_A_ROW = 3
TITLES = {
    "now": "tasks-title",
    "later": "tasks-later-title",
    "always": "tasks-always-title",
    "done": "tasks-done-title",
    "passed": "tasks-passed-title",
}
TABS = {
    "now": "tasks-tab-now",
    "later": "tasks-tab-later",
    "always": "tasks-tab-always",
    "done": "tasks-tab-done",
    "passed": "tasks-tab-passed",
}


class Weeks(CallbackData, prefix="task.weeks"):
    """The weeks of one step in one state."""

    step: int
    view: str
    page: int = 0


async def tasks(visit: Visit) -> None:
    await visit.show(*await _board(visit, "now", 0))


async def board(visit: Visit, at: Board) -> None:
    text, rows = await _board(visit, at.view, at.page)
    await visit.show(text, rows, anew=at.anew)


async def _views(visit: Visit) -> dict[str, list[Standing]]:
    async with visit.db.read() as tx:
        found = await roadmap.board(tx, scope_of(visit.person), visit.today)
    views: dict[str, list[Standing]] = {name: [] for name in TITLES}
    for task in found:
        views[view_of(state_of(task, visit.today))].append(task)
    views["done"].sort(key=lambda task: str(task.done_at), reverse=True)
    views["passed"].reverse()
    return views


async def _board(visit: Visit, view: str, page: int) -> tuple[str, Rows]:
    views = await _views(visit)
    chosen = views.get(view, [])
    weeks = Counter(task.step_id for task in chosen if task.repeats == "week")
    here = page_of(_folded(chosen), page, LINES)
    numbered = list(enumerate(here.some, here.first + 1))
    listed = [*_sections(visit, numbered, weeks), visit.say("tasks-choose")] if numbered else [_empty(visit, views, view)]
    text = lines([visit.say(TITLES.get(view, "tasks-title")), *listed])
    numbers = [Button(_label(visit, task, place), _opens(task, weeks, view)) for place, task in numbered]
    rows = in_rows(numbers, NUMBERS)
    rows.append(visit.pager(here.number, here.of, lambda to: Board(view=view, page=to)))
    tabs = [
        visit.button(TABS[name], Board(view=name, page=0), count=len(_folded(views[name])))
        for name in TABS
        if name != view and (views[name] or name == "now")
    ]
    rows += in_rows(tabs, TABS_IN_A_ROW)
    if is_open(visit.person, "roadmap.add"):
        rows.append([visit.button("button-task-new", TaskNew()), visit.button("button-roadmap-year", RoadmapYear())])
    return text, [*rows, [visit.menu]]


def _folded(chosen: Iterable[Standing]) -> list[Standing]:
    """A weekly step stands for all its weeks by the first of them."""
    seen: set[int] = set()
    kept = []
    for task in chosen:
        if task.repeats != "week" or task.step_id not in seen:
            kept.append(task)
        seen.add(task.step_id)
    return kept


def _opens(task: Standing, weeks: Counter[int], view: str) -> OneTask | Weeks:
    return Weeks(step=task.step_id, view=view) if weeks[task.step_id] > 1 else OneTask(task=task.id)


def _sections(visit: Visit, shown: list[tuple[int, Standing]], weeks: Counter[int]) -> list[str]:
    """The lines of a page, what is overdue apart from what is near."""
    headed = {"overdue": visit.say("tasks-heading-overdue"), "month": visit.say("tasks-heading-month")}
    sections: dict[str, list[str]] = {}
    for place, task in shown:
        state = state_of(task, visit.today)
        line = _line(visit, task, place, state)
        if weeks[task.step_id] > 1:
            line = visit.say("task-line-weeks", place=place, title=titled(task), count=weeks[task.step_id], due=task.due)
        sections.setdefault(headed.get(state, ""), []).append(line)
    return ["\n".join([*([heading] if heading else []), *some]) for heading, some in sections.items()]


def _line(visit: Visit, task: Standing, place: int, state: str) -> str:
    title, days = titled(task), (task.due - visit.today).days
    match state:
        case "overdue":
            return visit.say("task-line-overdue", place=place, title=title, due=task.due, days=-days)
        case "passed":
            return visit.say("task-line-passed", place=place, title=title, due=task.due)
        case "done":
            return visit.say("task-line-done", place=place, title=title, done=task.done_at)
        case "always":
            return visit.say("task-line-always", place=place, title=title)
    return visit.say("task-line-ahead", place=place, title=title, due=task.due, days=days)


def _empty(visit: Visit, views: dict[str, list[Standing]], view: str) -> str:
    if view != "now":
        return visit.say("tasks-none-here")
    if not any(views.values()):
        return visit.say("tasks-none-yours")
    if not views["later"]:
        return visit.say("tasks-none-now")
    following = views["later"][0]
    days = (following.due - visit.today).days
    return lines([visit.say("tasks-none-now"), visit.say("tasks-next", title=titled(following), due=following.due, days=days)])


def _label(visit: Visit, task: Standing, place: int) -> str:
    """A number: a task's name is too long for a button, and stands in the text already."""
    return visit.say.plain("task-button", mark=MARKS[state_of(task, visit.today)], place=place)


async def weeks(visit: Visit, at: Weeks) -> None:
    """One weekly step unfolded: a line a week."""
    found = [task for task in (await _views(visit)).get(at.view, []) if task.step_id == at.step]
    if not found:
        raise Refusal("gone")
    here = page_of(found, at.page, LINES)
    numbered = list(enumerate(here.some, here.first + 1))
    shown = [_line(visit, task, place, state_of(task, visit.today)) for place, task in numbered]
    text = lines([visit.say(TITLES[at.view]), "\n".join(shown), visit.say("tasks-choose")])
    rows = in_rows([Button(_label(visit, task, place), OneTask(task=task.id)) for place, task in numbered], NUMBERS)
    rows.append(visit.pager(here.number, here.of, lambda to: Weeks(step=at.step, view=at.view, page=to)))
    await visit.show(text, [*rows, visit.ways_back(Board(view=at.view, page=0))])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="roadmap board")
    see = may("roadmap.see")
    router.message.register(tasks, Command("tasks"), flags=see)
    router.callback_query.register(tasks, opens(Tasks), flags=see)
    router.callback_query.register(board, opens(Board), flags=see)
    router.callback_query.register(weeks, Weeks.filter(), flags=see)
    return router
