"""What people do with a task: done, another day, whose, taken back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from html import escape

from aiogram import F, Router
from aiogram.fsm.state import State, StatesGroup

from bot.clock import day_numbered
from bot.paging import page_of
from bot.policy import require
from bot.refusals import Refusal
from bot.services.roadmap.changing import Later, day_to_put_off, hand, later_days, put_off, undo
from bot.services.roadmap.deadlines import titled
from bot.services.roadmap.roadmap import FILE, Proof, finish, reopen, scope_of, thing_of
from bot.services.timetable.moments import read_moment
from bot.targets import Board, OneTask, TaskDone, TaskHand, TaskLater
from bot.visit import Visit
from handlers.door import TYPED, may, opens
from handlers.roadmap.page import Bare, HandTo, LaterTo, LaterTyped, LaterWhy, Paper, Reopen, Undo, show_task
from storage.roadmap import history, roadmap
from storage.roadmap.roadmap import Standing

COLLEAGUES = 8  # names on one page
WHY = ("task-why-papers", "task-why-partner", "task-why-time")  # the usual reasons to put a task off


class TaskTyping(StatesGroup):
    """What is being typed about a task; its id stands in the talk's data."""

    proof = State()
    day = State()
    why = State()


# ── a task ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def one_task(visit: Visit, at: OneTask) -> None:
    await show_task(visit, at.task)


async def paper(visit: Visit, at: Paper) -> None:
    async with visit.db.read() as tx:
        found = await history.document(tx, scope_of(visit.person), at.task)
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


async def later_to(visit: Visit, at: LaterTo) -> None:
    if (asked := day_numbered(at.day)) is None:
        raise Refusal("gone")
    await _ask_why(visit, at.task, asked)


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
    await _ask_why(visit, task_id, to)


async def _ask_why(visit: Visit, task_id: int, asked: date) -> None:
    """Why another day: one of the usual reasons by a press, or in words of one's own."""
    task = await _mine(visit, task_id, "roadmap.act")
    to = await day_to_put_off(visit.db, task, asked, today=visit.today)
    if task.due == to and task.put_off_why is not None:
        await show_task(visit, task_id, word=_put_off_word(visit, to))
        return
    await visit.talk.begin(TaskTyping.why, task=task_id, day=to.toordinal())
    rows = [[visit.button(key, LaterWhy(task=task_id, day=to.toordinal(), why=number))] for number, key in enumerate(WHY)]
    await visit.show(visit.say("task-ask-why", title=titled(task), day=to), [*rows, [visit.back(OneTask(task=task_id))]])


async def why_chosen(visit: Visit, at: LaterWhy) -> None:
    asked = day_numbered(at.day)
    if asked is None or at.why >= len(WHY):
        raise Refusal("gone")
    await _put_off(visit, at.task, Later(asked, visit.say.plain(WHY[at.why])))


async def why_typed(visit: Visit) -> None:
    known = await visit.talk.data()
    asked = day_numbered(int(known["day"]))
    if asked is None:
        raise Refusal("gone")
    await _put_off(visit, int(known["task"]), Later(asked, visit.text))
    await visit.talk.end()


async def _put_off(visit: Visit, task_id: int, later_: Later) -> None:
    to = await put_off(visit.db, task_id, later_, by=visit.person, at=visit.moment)
    await show_task(visit, task_id, word=_put_off_word(visit, to))


def _put_off_word(visit: Visit, to: date) -> str:
    same_year = to.year == visit.today.year
    return visit.say("task-put-off-word", day=to) if same_year else visit.say("task-put-off-other-year", day=to)


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


async def undone(visit: Visit, at: Undo) -> None:
    """The last step is taken back, by whoever took it."""
    there = await undo(visit.db, at.task, at.event, by=visit.person, at=visit.moment)
    if there:
        await show_task(visit, at.task, word=visit.say("task-undone-word"))
    else:
        await visit.show(visit.say("task-dropped-word"), [visit.ways_back(Board(view="now", page=0))])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="roadmap")
    see, act, give_away = may("roadmap.see"), may("roadmap.act"), may("roadmap.hand")
    typed = TYPED
    router.callback_query.register(one_task, opens(OneTask), flags=see)
    router.callback_query.register(paper, Paper.filter(), flags=see)
    router.callback_query.register(done, opens(TaskDone), flags=act)
    router.callback_query.register(done_bare, Bare.filter(), flags=act)
    router.message.register(proved, TaskTyping.proof, typed | F.document | F.photo, flags=act)
    router.callback_query.register(reopened, Reopen.filter(), flags=act)
    router.callback_query.register(later, opens(TaskLater), flags=act)
    router.callback_query.register(later_to, LaterTo.filter(), flags=act)
    router.callback_query.register(why_chosen, LaterWhy.filter(), flags=act)
    router.message.register(why_typed, TaskTyping.why, typed, flags=act)
    router.callback_query.register(later_typed, LaterTyped.filter(), flags=act)
    router.message.register(day_typed, TaskTyping.day, typed, flags=act)
    router.callback_query.register(whose, opens(TaskHand), flags=give_away)
    router.callback_query.register(handed, HandTo.filter(), flags=give_away)
    router.callback_query.register(undone, Undo.filter(), flags=act)
    return router
