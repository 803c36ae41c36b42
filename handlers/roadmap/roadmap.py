"""The tasks of the roadmap and the regulation: the board, and what people do with a task."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from html import escape

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.state import State, StatesGroup

from bot.clock import day_numbered
from bot.paging import in_rows, page_of
from bot.policy import require
from bot.refusals import Refusal
from bot.services.roadmap.deadlines import titled
from bot.services.roadmap.roadmap import FILE, Proof, finish, hand, later_days, put_off, reopen, scope_of, thing_of
from bot.services.timetable.moments import read_moment
from bot.targets import Board, OneTask, TaskDone, TaskHand, TaskLater, Tasks
from bot.visit import Button, Rows, Visit
from bot.voice import lines
from bot.words.roadmap import MARKS, state_of
from handlers.door import TYPED, may, opens
from handlers.roadmap.page import Bare, HandTo, LaterTo, LaterTyped, Paper, Reopen, show_task, view_of
from storage.roadmap import roadmap
from storage.roadmap.roadmap import Standing

LINES = 7  # tasks on one page of the board
COLLEAGUES = 8  # names on one page
NUMBERS = 4  # of tasks in a row of buttons
TITLES = {"now": "tasks-title", "later": "tasks-later-title", "done": "tasks-done-title", "passed": "tasks-passed-title"}
TABS = {"now": "tasks-tab-now", "later": "tasks-tab-later", "done": "tasks-tab-done", "passed": "tasks-tab-passed"}


class TaskTyping(StatesGroup):
    """What is being typed about a task; its id stands in the talk's data."""

    proof = State()
    day = State()


# ── the board ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def tasks(visit: Visit) -> None:
    await visit.show(*await _board(visit, "now", 0))


async def board(visit: Visit, at: Board) -> None:
    text, rows = await _board(visit, at.view, at.page)
    await visit.show(text, rows, anew=at.anew)


async def _board(visit: Visit, view: str, page: int) -> tuple[str, Rows]:
    async with visit.db.read() as tx:
        found = await roadmap.board(tx, scope_of(visit.person), visit.today)
    views: dict[str, list[Standing]] = {name: [] for name in TITLES}
    for task in found:
        views[view_of(state_of(task, visit.today))].append(task)
    views["done"].sort(key=lambda task: str(task.done_at), reverse=True)
    chosen = views.get(view, [])
    here = page_of(chosen, page, LINES)
    numbered = list(enumerate(here.some, here.first + 1))
    listed = [*_sections(visit, numbered), visit.say("tasks-choose")] if numbered else [_empty(visit, views, view)]
    text = lines([visit.say(TITLES.get(view, "tasks-title")), *listed])
    numbers = [Button(_label(visit, task, place), OneTask(task=task.id)) for place, task in numbered]
    rows = in_rows(numbers, NUMBERS)
    rows.append(visit.pager(here.number, here.of, lambda to: Board(view=view, page=to)))
    rows.append([
        visit.button(TABS[name], Board(view=name, page=0), count=len(views[name]))
        for name in TABS
        if name != view and (views[name] or name == "now")
    ])  # fmt: skip
    return text, [*rows, [visit.menu]]


def _sections(visit: Visit, shown: list[tuple[int, Standing]]) -> list[str]:
    """The lines of a page, what is overdue apart from what is near."""
    headed = {"overdue": visit.say("tasks-heading-overdue"), "month": visit.say("tasks-heading-month")}
    sections: dict[str, list[str]] = {}
    for place, task in shown:
        state = state_of(task, visit.today)
        sections.setdefault(headed.get(state, ""), []).append(_line(visit, task, place, state))
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


# ── a task ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def one_task(visit: Visit, at: OneTask) -> None:
    await show_task(visit, at.task)


async def paper(visit: Visit, at: Paper) -> None:
    async with visit.db.read() as tx:
        found = await roadmap.document(tx, scope_of(visit.person), at.task)
        task = await roadmap.task(tx, scope_of(visit.person), at.task)
    if found is None or task is None:
        raise Refusal("gone")
    name, content = found
    await visit.give(name, content, escape(task.task, quote=False), [[visit.back(OneTask(task=task.id))]])


async def _mine(visit: Visit, task_id: int, action: str) -> Standing:
    """The task somebody wants to do something with."""
    async with visit.db.read() as tx:
        task = await roadmap.task(tx, scope_of(visit.person), task_id)
    if task is None:
        raise Refusal("gone")
    require(visit.person, action, thing_of(task))
    if task.done_at is not None:
        raise Refusal("task-already-done")
    return task


# ── done ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def done(visit: Visit, at: TaskDone) -> None:
    task = await _mine(visit, at.task, "roadmap.act")
    await visit.talk.begin(TaskTyping.proof, task=task.id)
    rows = [[visit.button("button-cancel", OneTask(task=task.id))]]
    if task.result:
        text = visit.say("task-ask-proof", title=titled(task), result=task.result)
    else:
        text = visit.say("task-ask-proof-free", title=titled(task))
        rows.insert(0, [visit.button("button-task-bare", Bare(task=task.id))])
    await visit.show(text, rows, anew=at.anew)


async def done_bare(visit: Visit, at: Bare) -> None:
    await finish(visit.db, at.task, Proof(), by=visit.person, now=visit.now)
    await show_task(visit, at.task, word=visit.say("task-done-word"))


async def proved(visit: Visit) -> None:
    task_id = int((await visit.talk.data())["task"])
    proof = Proof(visit.text) if visit.file is None and visit.text else await _file(visit)
    await finish(visit.db, task_id, proof, by=visit.person, now=visit.now)
    await visit.talk.end()
    await show_task(visit, task_id, word=visit.say("task-done-word"))


async def _file(visit: Visit) -> Proof:
    """The document or the photo of a message, with its caption."""
    sent = visit.file
    if sent is None:
        raise Refusal("task-needs-proof")
    if (sent.size or 0) > FILE:
        raise Refusal("task-file-too-big", limit=FILE // 1024 // 1024)
    name = sent.name or visit.say.plain("task-photo-name", day=visit.today)
    return Proof(visit.text or None, (name, await visit.read(sent)))


async def reopened(visit: Visit, at: Reopen) -> None:
    await reopen(visit.db, at.task, by=visit.person, now=visit.now)
    await show_task(visit, at.task, word=visit.say("task-reopened-word"))


# ── put off ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def later(visit: Visit, at: TaskLater) -> None:
    task = await _mine(visit, at.task, "roadmap.act")
    begin = max(task.due, visit.today)
    words = ("button-task-three-days", "button-task-week")
    rows = [
        *(
            [visit.button(word, LaterTo(task=task.id, day=day.toordinal()), day=day)]
            for word, day in zip(words, await later_days(visit.db, task, begin), strict=False)
        ),
        [visit.button("button-task-other-day", LaterTyped(task=task.id))],
        [visit.back(OneTask(task=task.id))],
    ]
    await visit.show(visit.say("task-ask-day", title=titled(task), due=task.due), rows, anew=at.anew)


async def put_off_to(visit: Visit, at: LaterTo) -> None:
    if (asked := day_numbered(at.day)) is None:
        raise Refusal("gone")
    to = await put_off(visit.db, at.task, asked, by=visit.person, now=visit.now, today=visit.today)
    await show_task(visit, at.task, word=visit.say("task-put-off-word", day=to))


async def later_typed(visit: Visit, at: LaterTyped) -> None:
    task = await _mine(visit, at.task, "roadmap.act")
    await visit.talk.begin(TaskTyping.day, task=task.id)
    await visit.show(visit.say("task-ask-typed-day"), [[visit.button("button-cancel", OneTask(task=task.id))]])


async def day_typed(visit: Visit) -> None:
    task_id = int((await visit.talk.data())["task"])
    never = datetime.combine(visit.today - timedelta(days=1000), time(12), visit.zone)
    found = read_moment(visit.text, now=visit.now, zone=visit.zone, like=never)
    to = found.astimezone(visit.zone).date() if found else None
    if to is None or to == never.date():  # an hour alone is no day
        raise Refusal("task-day-unclear")
    to = await put_off(visit.db, task_id, to, by=visit.person, now=visit.now, today=visit.today)
    await visit.talk.end()
    same_year = to.year == visit.today.year
    word = visit.say("task-put-off-word", day=to) if same_year else visit.say("task-put-off-other-year", day=to)
    await show_task(visit, task_id, word=word)


# ── whose ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def whose(visit: Visit, at: TaskHand) -> None:
    task = await _mine(visit, at.task, "roadmap.hand")
    async with visit.db.read() as tx:
        found = await roadmap.colleagues(tx, scope_of(visit.person), task.school_id)
    here = page_of(found, at.page, COLLEAGUES)
    rows = [
        [
            visit.button(
                "task-colleague",
                HandTo(task=task.id, staff=one.id),
                name=one.full_name,
                role=one.role,
                reached="yes" if one.person_id else "no",
            )
        ]
        for one in here.some
    ]
    rows.append(visit.pager(here.number, here.of, lambda to: TaskHand(task=task.id, page=to)))
    rows.append([visit.back(OneTask(task=task.id))])
    await visit.show(visit.say("task-ask-hand", title=titled(task)), rows, anew=at.anew)


async def handed(visit: Visit, at: HandTo) -> None:
    reached = await hand(visit.db, at.task, at.staff, by=visit.person, at=visit.moment)
    word = visit.say("task-handed-word") if reached else visit.say("task-handed-unreached-word")
    await show_task(visit, at.task, word=word)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="roadmap")
    see, act, give_away = may("roadmap.see"), may("roadmap.act"), may("roadmap.hand")
    typed = TYPED
    router.message.register(tasks, Command("tasks"), flags=see)
    router.callback_query.register(tasks, opens(Tasks), flags=see)
    router.callback_query.register(board, opens(Board), flags=see)
    router.callback_query.register(one_task, opens(OneTask), flags=see)
    router.callback_query.register(paper, Paper.filter(), flags=see)
    router.callback_query.register(done, opens(TaskDone), flags=act)
    router.callback_query.register(done_bare, Bare.filter(), flags=act)
    router.message.register(proved, TaskTyping.proof, typed | F.document | F.photo, flags=act)
    router.callback_query.register(reopened, Reopen.filter(), flags=act)
    router.callback_query.register(later, opens(TaskLater), flags=act)
    router.callback_query.register(put_off_to, LaterTo.filter(), flags=act)
    router.callback_query.register(later_typed, LaterTyped.filter(), flags=act)
    router.message.register(day_typed, TaskTyping.day, typed, flags=act)
    router.callback_query.register(whose, opens(TaskHand), flags=give_away)
    router.callback_query.register(handed, HandTo.filter(), flags=give_away)
    return router
