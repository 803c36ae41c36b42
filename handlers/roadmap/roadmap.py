"""The tasks of the roadmap and the regulation: the board, and what people do with a task."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from html import escape

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from bot.policy import Person, require
from bot.refusals import Refusal
from bot.services.roadmap.deadlines import titled
from bot.services.roadmap.roadmap import FILE, Proof, finish, hand, put_off, reopen, scope_of, thing_of
from bot.services.timetable.moments import read_moment
from bot.settings import Settings
from bot.voice import Say, lines
from handlers.roadmap.page import (
    MARKS,
    Bare,
    Board,
    Done,
    Hand,
    HandTo,
    Later,
    LaterTo,
    LaterTyped,
    OneTask,
    Paper,
    Reopen,
    show_task,
    state_of,
    view_of,
)
from handlers.ui import Button, Rows, Tasks, back, back_to_menu, give, may, pager, show
from storage.db import Database
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


async def tasks(event: Message | CallbackQuery, db: Database, say: Say, person: Person, today: date, state: FSMContext) -> None:
    await end_talk(state)
    await show(event, *await _board(db, say, person, today, "now", 0))


async def board(
    tap: CallbackQuery, callback_data: Board, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    await end_talk(state)
    text, rows = await _board(db, say, person, today, callback_data.view, callback_data.page)
    await show(tap, text, rows, anew=callback_data.anew)


async def _board(db: Database, say: Say, person: Person, today: date, view: str, page: int) -> tuple[str, Rows]:
    async with db.read() as tx:
        found = await roadmap.board(tx, scope_of(person), today)
    views: dict[str, list[Standing]] = {name: [] for name in TITLES}
    for task in found:
        views[view_of(state_of(task, today))].append(task)
    views["done"].sort(key=lambda task: str(task.done_at), reverse=True)
    chosen = views.get(view, [])
    pages = max(1, -(-len(chosen) // LINES))
    page %= pages
    shown = chosen[page * LINES : page * LINES + LINES]
    numbered = list(enumerate(shown, page * LINES + 1))
    listed = [*_sections(say, numbered, today), say("tasks-choose")] if shown else [_empty(say, views, view, today)]
    text = lines([say(TITLES.get(view, "tasks-title")), *listed])
    numbers = [Button(_label(say, task, place, today), OneTask(task=task.id)) for place, task in numbered]
    rows = [numbers[start : start + NUMBERS] for start in range(0, len(numbers), NUMBERS)]
    rows.append(pager(say, page, pages, lambda to: Board(view=view, page=to)))
    rows.append([
        Button(say.plain(TABS[name], count=len(views[name])), Board(view=name, page=0))
        for name in TABS
        if name != view and (views[name] or name == "now")
    ])  # fmt: skip
    return text, [*rows, [back_to_menu(say)]]


def _sections(say: Say, shown: list[tuple[int, Standing]], today: date) -> list[str]:
    """The lines of a page, what is overdue apart from what is near."""
    headed = {"overdue": say("tasks-heading-overdue"), "month": say("tasks-heading-month")}
    sections: dict[str, list[str]] = {}
    for place, task in shown:
        state = state_of(task, today)
        sections.setdefault(headed.get(state, ""), []).append(_line(say, task, place, state, today))
    return ["\n".join([*([heading] if heading else []), *some]) for heading, some in sections.items()]


def _line(say: Say, task: Standing, place: int, state: str, today: date) -> str:
    title, days = titled(task), (task.due - today).days
    match state:
        case "overdue":
            return say("task-line-overdue", place=place, title=title, due=task.due, days=-days)
        case "passed":
            return say("task-line-passed", place=place, title=title, due=task.due)
        case "done":
            return say("task-line-done", place=place, title=title, done=task.done_at)
    return say("task-line-ahead", place=place, title=title, due=task.due, days=days)


def _empty(say: Say, views: dict[str, list[Standing]], view: str, today: date) -> str:
    if view != "now":
        return say("tasks-none-here")
    if not any(views.values()):
        return say("tasks-none-yours")
    if not views["later"]:
        return say("tasks-none-now")
    following = views["later"][0]
    days = (following.due - today).days
    return lines([say("tasks-none-now"), say("tasks-next", title=titled(following), due=following.due, days=days)])


def _label(say: Say, task: Standing, place: int, today: date) -> str:
    """A number: a task's name is too long for a button, and stands in the text already."""
    return say.plain("task-button", mark=MARKS[state_of(task, today)], place=place)


# ── a task ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def one_task(
    tap: CallbackQuery, callback_data: OneTask, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    await end_talk(state)
    await show_task(tap, callback_data.task, db, say, person, today)


async def paper(tap: CallbackQuery, callback_data: Paper, db: Database, say: Say, person: Person) -> None:
    async with db.read() as tx:
        found = await roadmap.document(tx, scope_of(person), callback_data.task)
        task = await roadmap.task(tx, scope_of(person), callback_data.task)
    if found is None or task is None:
        raise Refusal("gone")
    name, content = found
    await give(tap, name, content, escape(task.task, quote=False), [[back(say, OneTask(task=task.id))]])


async def end_talk(state: FSMContext) -> None:
    """Who presses a button has left the typing."""
    if await state.get_state() is not None:
        await state.clear()


async def _mine(db: Database, person: Person, task_id: int, action: str) -> Standing:
    """The task somebody wants to do something with."""
    async with db.read() as tx:
        task = await roadmap.task(tx, scope_of(person), task_id)
    if task is None:
        raise Refusal("gone")
    require(person, action, thing_of(task))
    if task.done_at is not None:
        raise Refusal("task-already-done")
    return task


# ── done ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def done(tap: CallbackQuery, callback_data: Done, db: Database, say: Say, person: Person, state: FSMContext) -> None:
    task = await _mine(db, person, callback_data.task, "roadmap.act")
    await state.set_state(TaskTyping.proof)
    await state.set_data({"task": task.id})
    rows = [[Button(say.plain("button-cancel"), OneTask(task=task.id))]]
    if task.result:
        text = say("task-ask-proof", title=titled(task), result=task.result)
    else:
        text = say("task-ask-proof-free", title=titled(task))
        rows.insert(0, [Button(say.plain("button-task-bare"), Bare(task=task.id))])
    await show(tap, text, rows, anew=callback_data.anew)


async def done_bare(
    tap: CallbackQuery,
    callback_data: Bare,
    db: Database,
    say: Say,
    person: Person,
    today: date,
    now: datetime,
    state: FSMContext,
) -> None:
    await finish(db, callback_data.task, Proof(), by=person, now=now)
    await end_talk(state)
    await show_task(tap, callback_data.task, db, say, person, today, word=say("task-done-word"))


async def proved(
    message: Message, bot: Bot, db: Database, say: Say, person: Person, today: date, now: datetime, state: FSMContext
) -> None:
    task_id = int((await state.get_data())["task"])
    proof = Proof(message.text) if message.text else await _file(message, bot, say, today)
    await finish(db, task_id, proof, by=person, now=now)
    await state.clear()
    await show_task(message, task_id, db, say, person, today, word=say("task-done-word"))


async def _file(message: Message, bot: Bot, say: Say, today: date) -> Proof:
    """The document or the photo of a message, with its caption."""
    sent = message.document or (message.photo[-1] if message.photo else None)
    if sent is None:
        raise Refusal("task-needs-proof")
    if (sent.file_size or 0) > FILE:
        raise Refusal("task-file-too-big", limit=FILE // 1024 // 1024)
    content = io.BytesIO()
    await bot.download(sent, content)
    name = (message.document and message.document.file_name) or say.plain("task-photo-name", day=today)
    return Proof(message.caption, (name, content.getvalue()))


async def reopened(
    tap: CallbackQuery, callback_data: Reopen, db: Database, say: Say, person: Person, today: date, now: datetime
) -> None:
    await reopen(db, callback_data.task, by=person, now=now)
    await show_task(tap, callback_data.task, db, say, person, today, word=say("task-reopened-word"))


# ── put off ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def later(
    tap: CallbackQuery, callback_data: Later, db: Database, say: Say, person: Person, today: date, state: FSMContext
) -> None:
    task = await _mine(db, person, callback_data.task, "roadmap.act")
    await end_talk(state)
    begin = max(task.due, today)
    three, week = begin + timedelta(days=3), begin + timedelta(days=7)
    rows = [
        [Button(say.plain("button-task-three-days", day=three), LaterTo(task=task.id, day=three.toordinal()))],
        [Button(say.plain("button-task-week", day=week), LaterTo(task=task.id, day=week.toordinal()))],
        [Button(say.plain("button-task-other-day"), LaterTyped(task=task.id))],
        [back(say, OneTask(task=task.id))],
    ]
    await show(tap, say("task-ask-day", title=titled(task), due=task.due), rows, anew=callback_data.anew)


async def put_off_to(
    tap: CallbackQuery, callback_data: LaterTo, db: Database, say: Say, person: Person, today: date, now: datetime
) -> None:
    if not 1 <= callback_data.day <= date.max.toordinal():
        raise Refusal("gone")
    to = date.fromordinal(callback_data.day)
    await put_off(db, callback_data.task, to, by=person, now=now, today=today)
    await show_task(tap, callback_data.task, db, say, person, today, word=say("task-put-off-word", day=to))


async def later_typed(
    tap: CallbackQuery, callback_data: LaterTyped, db: Database, say: Say, person: Person, state: FSMContext
) -> None:
    task = await _mine(db, person, callback_data.task, "roadmap.act")
    await state.set_state(TaskTyping.day)
    await state.set_data({"task": task.id})
    await show(tap, say("task-ask-typed-day"), [[Button(say.plain("button-cancel"), OneTask(task=task.id))]])


async def day_typed(
    message: Message,
    db: Database,
    say: Say,
    person: Person,
    today: date,
    now: datetime,
    settings: Settings,
    state: FSMContext,
) -> None:
    task_id = int((await state.get_data())["task"])
    never = datetime.combine(today - timedelta(days=1000), time(12), settings.zone)
    found = read_moment(message.text or "", now=now, zone=settings.zone, like=never)
    to = found.astimezone(settings.zone).date() if found else None
    if to is None or to == never.date():  # an hour alone is no day
        raise Refusal("task-day-unclear")
    await put_off(db, task_id, to, by=person, now=now, today=today)
    await state.clear()
    await show_task(message, task_id, db, say, person, today, word=say("task-put-off-word", day=to))


# ── whose ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def whose(tap: CallbackQuery, callback_data: Hand, db: Database, say: Say, person: Person, state: FSMContext) -> None:
    task = await _mine(db, person, callback_data.task, "roadmap.hand")
    await end_talk(state)
    async with db.read() as tx:
        scope = scope_of(person)
        found = await roadmap.colleagues(tx, None if scope.everything else scope.organizations)
    pages = max(1, -(-len(found) // COLLEAGUES))
    page = callback_data.page % pages
    rows = [
        [
            Button(
                say.plain("task-colleague", name=one.full_name, role=one.role, reached="yes" if one.person_id else "no"),
                HandTo(task=task.id, staff=one.id),
            )
        ]
        for one in found[page * COLLEAGUES :][:COLLEAGUES]
    ]
    rows.append(pager(say, page, pages, lambda to: Hand(task=task.id, page=to)))
    rows.append([back(say, OneTask(task=task.id))])
    await show(tap, say("task-ask-hand", title=titled(task)), rows, anew=callback_data.anew)


async def handed(
    tap: CallbackQuery, callback_data: HandTo, db: Database, say: Say, person: Person, today: date, now: datetime
) -> None:
    reached = await hand(db, callback_data.task, callback_data.staff, by=person, now=now)
    word = say("task-handed-word") if reached else say("task-handed-unreached-word")
    await show_task(tap, callback_data.task, db, say, person, today, word=word)


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="roadmap")
    see, act, give_away = may("roadmap.see"), may("roadmap.act"), may("roadmap.hand")
    typed = F.text & ~F.text.startswith("/")
    router.message.register(tasks, Command("tasks"), flags=see)
    router.callback_query.register(tasks, Tasks.filter(), flags=see)
    router.callback_query.register(board, Board.filter(), flags=see)
    router.callback_query.register(one_task, OneTask.filter(), flags=see)
    router.callback_query.register(paper, Paper.filter(), flags=see)
    router.callback_query.register(done, Done.filter(), flags=act)
    router.callback_query.register(done_bare, Bare.filter(), flags=act)
    router.message.register(proved, TaskTyping.proof, typed | F.document | F.photo, flags=act)
    router.callback_query.register(reopened, Reopen.filter(), flags=act)
    router.callback_query.register(later, Later.filter(), flags=act)
    router.callback_query.register(put_off_to, LaterTo.filter(), flags=act)
    router.callback_query.register(later_typed, LaterTyped.filter(), flags=act)
    router.message.register(day_typed, TaskTyping.day, typed, flags=act)
    router.callback_query.register(whose, Hand.filter(), flags=give_away)
    router.callback_query.register(handed, HandTo.filter(), flags=give_away)
    return router
