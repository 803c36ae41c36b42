"""A task gets another day, another person, another turn, other words; a school's own tasks; the last step is taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.clock import Moment
from bot.notices.roadmap import TaskHanded, about
from bot.policy import Person, Thing, require
from bot.post.posting import post
from bot.refusals import Refusal
from bot.services.roadmap.programme import OWN, programme_year, roll_step
from bot.services.roadmap.roadmap import WORDS, refuse_done, scope_of, task_of, write_down
from bot.services.workdays import working_calendar
from storage import audit
from storage.db import Database, Tx
from storage.network import years
from storage.roadmap import history, reminders, roadmap
from storage.roadmap.reminders import Said
from storage.roadmap.roadmap import Standing
from storage.tables import Staff, Step, Task

FARTHEST = timedelta(days=366)  # a task is not put off beyond a year
TITLE = 200  # characters of a task of one's own
SOON = timedelta(days=7)  # until when one is due that nobody has given another day
WORDED = ("task", "result")  # what of a task can be said otherwise in the chat
DASH = "—"  # said as what is expected: nothing is
REPEATS = ("none", "week", "month", "half_year", "always")


@dataclass(frozen=True)
class Later:
    """Another day for a task, and why."""

    asked: date
    why: str


async def day_to_put_off(db: Database, task: Standing, asked: date, *, today: date) -> date:
    """The day a task would be put off to: the one asked for, or the next working day after a day off."""
    if asked <= today:
        raise Refusal("task-day-over")
    if asked > today + FARTHEST:
        raise Refusal("task-day-too-far")
    async with db.read() as tx:
        return (await working_calendar(tx, asked, schools=[task.school_id])).next_working(asked)


async def put_off(db: Database, task_id: int, later: Later, *, by: Person, at: Moment) -> date:
    """Give a task another day, later or sooner; it is reminded of on that day. Again to the same day changes nothing.

    Returns the day: the one asked for, or the next working day after a day off.
    """
    if not later.why.strip():
        raise Refusal("task-needs-why")
    if len(later.why) > WORDS:
        raise Refusal("task-proof-too-long", limit=WORDS)
    async with db.write() as tx:
        row, task = await task_of(tx, task_id, "roadmap.act", by)
        to = (await working_calendar(tx, later.asked, schools=[task.school_id])).next_working(later.asked)
        if row.put_off_to == to and row.put_off_why == later.why:
            return to
        refuse_done(row)
        if later.asked <= at.today:
            raise Refusal("task-day-over")
        if later.asked > at.today + FARTHEST:
            raise Refusal("task-day-too-far")
        was = {"put_off_to": row.put_off_to and str(row.put_off_to), "why": row.put_off_why, "silent": row.silent}
        row.put_off_to, row.put_off_why, row.silent = to, later.why, False
        days = audit.Change(before={"due": str(task.due)} | was, after={"due": str(to)}, reason=later.why)
        await write_down(tx, "roadmap.put-off", row, days, by=by, now=at.now)
    return to


async def later_days(db: Database, task: Standing, begin: date) -> list[date]:
    """The days a task is offered to be put off to, from a day on: in three days and in a week, working days of its school both."""
    async with db.read() as tx:
        calendar = await working_calendar(tx, begin, schools=[task.school_id])
    return sorted({calendar.next_working(begin + timedelta(days=ahead)) for ahead in (3, 7)})


async def hand(db: Database, task_id: int, staff_id: int, *, by: Person, at: Moment) -> bool:
    """Give a task to a colleague, who hears of it. Returns whether they are in the bot and can hear."""
    async with db.write() as tx:
        row, task = await task_of(tx, task_id, "roadmap.hand", by)
        colleague = await tx.scalar(select(Staff).where(Staff.id == staff_id, Staff.archived_at.is_(None)))
        if colleague is None:
            raise Refusal("gone")
        if staff_id not in {one.id for one in await roadmap.colleagues(tx, scope_of(by), task.school_id)}:
            raise Refusal("not-yours")
        refuse_done(row)
        reached = colleague.person_id is not None
        if task.responsible_id == staff_id:
            return reached
        change = audit.Change(
            before={"responsible": task.responsible_id, "given": row.responsible_id}, after={"responsible": staff_id}
        )
        row.responsible_id = staff_id
        await write_down(tx, "roadmap.hand", row, change, by=by, now=at.now)
        if colleague.person_id is not None and colleague.person_id != by.known:
            notice = TaskHanded(**about(task, colleague.role), by=by.name, at=int(at.now.timestamp()))
            # Whoever was just told is not reminded in the same breath.
            await reminders.keep(tx, [Said(task.id, staff_id, task.due, at.today)], now=at.now)
            await post(tx, colleague.person_id, notice, now=at.now, role=colleague.role)
        return reached


# ── tasks of a school's own ─────────────────────────────────────────────────────────────────────────────────────────


async def add_task(db: Database, title: str, *, by: Person, at: Moment) -> int:
    """A task of the school's own, due in a week until somebody says otherwise. Returns it; no workbook speaks of it."""
    title = " ".join(title.split())
    if not title:
        raise Refusal("task-needs-title")
    if len(title) > TITLE:
        raise Refusal("task-title-too-long", limit=TITLE)
    schools = by.organizations_as("coordinator", "director")
    school = min(schools, default=0)
    require(by, "roadmap.add", Thing(school_id=school))
    year = programme_year(at.today)
    async with db.write() as tx:
        there = await roadmap.own_of_today(tx, school, title, at.today)
        if there is not None:  # the same sentence handled again
            return there
        await years.begin(tx, year)
        calendar = await working_calendar(tx, at.today, schools=[school])
        due = calendar.next_working(at.today + SOON)
        number = await roadmap.next_own(tx, school, year)
        step = Step(
            school_id=school, year=year, code=f"{OWN}{number}", number=str(number), task=title, starts_on=at.today, ends_on=due,
            repeats="none", responsible_id=min((held.staff_id for held in by.posts if held.organization_id == school), default=None),
        )  # fmt: skip
        tx.add(step)
        await tx.flush()
        row = Task(step_id=step.id, due_on=due, silent=False)
        tx.add(row)
        await tx.flush()
        await write_down(tx, "roadmap.add", row, audit.Change(after={"due": str(due)}), by=by, now=at.now)
        return row.id


async def repeat(db: Database, task_id: int, repeats: str, *, by: Person, at: Moment) -> int:
    """How often a task of one's own comes again, until the end of its year. Returns its next task."""
    if repeats not in REPEATS:
        raise Refusal("gone")
    async with db.write() as tx:
        row, task = await task_of(tx, task_id, "roadmap.add", by)
        if task.plan != "own":
            raise Refusal("gone")
        refuse_done(row)
        step = (await tx.execute(select(Step).where(Step.id == row.step_id).with_for_update())).scalar_one()
        if step.repeats == repeats:
            return row.id
        was = step.repeats
        step.repeats = repeats
        step.ends_on = row.due_on if repeats == "none" else max(date(step.year + 1, 5, 31), row.due_on)
        await write_down(tx, "roadmap.repeat", row, audit.Change({"repeats": was}, {"repeats": repeats}), by=by, now=at.now)
        await roll_step(tx, step, at.today)
        return await roadmap.next_of(tx, step.id) or row.id


async def reword(db: Database, task_id: int, what: str, words: str, *, by: Person, at: Moment) -> None:
    """What a task is called, or what is expected of it (WORDED), of all its turns; kept beside the book's words. Again changes nothing.

    A dash in place of what is expected: nothing is, and the task asks for no evidence.

    Refusals: gone, task-needs-words, task-proof-too-long, task-already-done.
    """
    words = " ".join(words.split())
    if what not in WORDED:
        raise Refusal("gone")
    if what == "result" and words in ("-", "–", DASH):
        words = ""
    elif not words:
        raise Refusal("task-needs-words")
    if len(words) > WORDS:
        raise Refusal("task-proof-too-long", limit=WORDS)
    async with db.write() as tx:
        row, task = await task_of(tx, task_id, "roadmap.add", by)
        seen = getattr(task, what)
        if (seen or "") == words:
            return
        refuse_done(row)
        step = (await tx.execute(select(Step).where(Step.id == row.step_id).with_for_update())).scalar_one()
        before = {"what": what, "was": seen, "said": getattr(step, f"said_{what}")}
        setattr(step, f"said_{what}", words)
        await write_down(tx, "roadmap.reword", row, audit.Change(before, {what: words}), by=by, now=at.now)


# ── taken back ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def undo(db: Database, task_id: int, event: int, *, by: Person, at: Moment) -> bool:
    """Take back the last step of a task, whoever took it by themself only. Returns whether the task is still there."""
    async with db.write() as tx:
        row, _ = await task_of(tx, task_id, "roadmap.act", by)
        line = await audit.line(tx, event)
        last = next(iter(await history.history(tx, task_id, 1)), None)
        if line is None or last is None or last.id != event or line.person_id != by.known or line.action not in UNDONE:
            raise Refusal("task-undo-late")
        there = await UNDONE[line.action](tx, row, line.before or {}, at.now)
        await write_down(tx, "roadmap.undo", row, audit.Change(before={"event": event}), by=by, now=at.now)
        return there


async def _day_back(_tx: Tx, row: Task, was: dict[str, Any], _now: datetime) -> bool:
    row.put_off_to = date.fromisoformat(was["put_off_to"]) if was.get("put_off_to") else None
    row.put_off_why, row.silent = was.get("why"), bool(was.get("silent"))
    return True


async def _person_back(_tx: Tx, row: Task, was: dict[str, Any], _now: datetime) -> bool:
    row.responsible_id = was.get("given")
    return True


async def _done_back(_tx: Tx, row: Task, _was: dict[str, Any], _now: datetime) -> bool:
    row.done_at = row.done_by = row.evidence = row.document_id = None
    return True


async def _reopened_back(_tx: Tx, row: Task, was: dict[str, Any], _now: datetime) -> bool:
    row.evidence, row.document_id, row.done_by = was.get("evidence"), was.get("document"), was.get("done_by")
    row.done_at = datetime.fromisoformat(was["done_at"])
    return True


async def _added_back(tx: Tx, row: Task, _was: dict[str, Any], now: datetime) -> bool:
    step = (await tx.execute(select(Step).where(Step.id == row.step_id))).scalar_one()
    step.archived_at = now
    return False


async def _words_back(tx: Tx, row: Task, was: dict[str, Any], _now: datetime) -> bool:
    step = (await tx.execute(select(Step).where(Step.id == row.step_id).with_for_update())).scalar_one()
    setattr(step, f"said_{was['what']}", was["said"])
    return True


_Back = Callable[[Tx, Task, dict[str, Any], datetime], Awaitable[bool]]
UNDONE: dict[str, _Back] = {
    "roadmap.put-off": _day_back,
    "roadmap.hand": _person_back,
    "roadmap.done": _done_back,
    "roadmap.reopen": _reopened_back,
    "roadmap.add": _added_back,
    "roadmap.reword": _words_back,
}
