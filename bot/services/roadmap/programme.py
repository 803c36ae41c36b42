"""The programme's steps (programme.toml) and the dated tasks made from them, rolled to the academic year."""

from __future__ import annotations

import json
import tomllib
from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.clock import midnight
from bot.services.roadmap.withdrawing import withdraw
from bot.services.workdays import WorkingCalendar, monday_of, working_calendar
from storage import audit
from storage.db import Database, Tx
from storage.network import years
from storage.roadmap import reminders, roadmap
from storage.tables import Step, Task

_FACTS = Path(__file__).with_suffix(".toml")
_HALF_YEARS = (12, 5)  # the months whose end is the end of a half-year
_ANOTHER_YEAR = timedelta(days=240)  # deadlines further apart belong to two academic years, not to one correction
JOURNAL_STEP = "roadmap-7"
OWN = "own-"  # the codes of a school's own tasks, made in the chat: of one year, and no workbook speaks of them


@dataclass(frozen=True)
class DefaultStep:
    """A step as the programme has it; `months` are its first and last, before any year is known."""

    code: str
    number: str
    printed_as: str | None
    task: str
    activity: str | None
    result: str | None
    months: tuple[int, int]
    repeats: str
    partner: bool
    teaching: bool  # of a partner that teaches: one that only lends rooms or people has no such step


@cache
def default_steps() -> tuple[DefaultStep, ...]:
    """The programme's own steps: seven of the roadmap, eight of the regulation, five of these also the partners'."""
    facts = tomllib.loads(_FACTS.read_text("utf-8"))
    return tuple(
        DefaultStep(
            code=f"{kind}-{step['number']}" + ("-partner" if step.get("partner") else ""),
            number=str(step["number"]),
            printed_as=step.get("printed_as"),
            task=step["task"],
            activity=step.get("activity"),
            result=step.get("result"),
            months=(step["months"][0], step["months"][1]),
            repeats=step.get("repeats", "none"),
            partner=step.get("partner", False),
            teaching=step.get("teaching", False),
        )
        for kind in ("regulation", "roadmap")
        for step in facts[kind]
    )


def window(months: tuple[int, int], year: int) -> tuple[date, date]:
    """First and last day in the academic year that starts in September of `year`: May-August come before that September."""
    first, last = ((year if month >= 5 else year + 1) for month in months)
    if months[1] < months[0]:  # September to May
        last = year + 1
    return date(first, months[0], 1), _month_end(last, months[1])


def programme_year(today: date) -> int:
    """The year whose steps are on the board: its first are of May to August, before its September; July turns it."""
    return today.year if today.month >= 7 else today.year - 1


async def seed_programme(db: Database, *, year: int, now: datetime, zone: ZoneInfo) -> None:
    """The steps of every base school that are missing, and the tasks: at every start and once a day. Safe to repeat.

    `year` is the one in which the academic year begins. The regulation of the next one opens in May, while this one runs.
    """
    today = now.astimezone(zone).date()
    async with db.write() as tx:
        for school in await roadmap.schools(tx):
            await _seed_steps(tx, school, year, today)
        await roll_tasks(tx, now=now, zone=zone)


async def _seed_steps(tx: Tx, school: int, year: int, today: date) -> None:
    """A school's steps of a year as they were the year before, at first as the programme has them.

    A plan its workbook brought for that year stays as it is; of the year after only the regulation's steps whose time has come.
    """
    for of in (year, year + 1):
        wanted = await _usual_steps(tx, school, of)
        there = set(await tx.scalars(select(Step.code).where(Step.school_id == school, Step.year == of)))
        brought = any(code.startswith("roadmap-") for code in there)
        for step in wanted:
            if step.code in there or (brought and step.code.startswith("roadmap-")):
                continue
            if of == year or (step.starts_on <= today and step.code.startswith("regulation-")):
                await years.begin(tx, of)
                tx.add(step)
        await tx.flush()


async def _usual_steps(tx: Tx, school: int, year: int) -> list[Step]:
    """What a school's steps of a year are where nobody says otherwise; the partners' are made from them. Not yet kept."""
    earlier = (
        await tx.scalars(
            select(Step)
            .where(Step.school_id == school, Step.year < year, Step.archived_at.is_(None), Step.organization_id.is_(None))
            .where(~Step.code.startswith(OWN))
            .order_by(Step.year.desc(), Step.id)
        )
    ).all()
    last: dict[str, Step] = {}
    newest = {plan: max((step.year for step in earlier if step.code.startswith(plan)), default=None) for plan in _PLANS}
    for step in earlier:
        if step.year == newest[step.code.split("-")[0]]:
            last.setdefault(step.code, step)
    found = [_a_later(step, year) for step in last.values()]
    for default in default_steps():
        if not default.partner and newest[default.code.split("-")[0]] is None:
            found.append(_step(default, *window(default.months, year), school, year))
    return found


_PLANS = ("regulation", "roadmap")
_WORDS = ("code", "number", "printed_as", "task", "activity", "result", "repeats", "responsible_id")  # the same every year


def _a_later(step: Step, year: int) -> Step:
    """The same step in a later academic year."""
    starts_on, ends_on = step.starts_on, step.ends_on
    for _ in range(year - step.year):
        starts_on, ends_on = _a_year_on(starts_on), _a_year_on(ends_on)
    kept = {name: getattr(step, name) for name in (*_WORDS, "said_task", "said_result")}
    return Step(school_id=step.school_id, year=year, starts_on=starts_on, ends_on=ends_on, **kept)


def _step(default: DefaultStep, starts_on: date, ends_on: date, school: int, year: int) -> Step:
    return Step(
        school_id=school,
        year=year,
        code=default.code,
        number=default.number,
        printed_as=default.printed_as,
        task=default.task,
        activity=default.activity,
        result=default.result,
        starts_on=starts_on,
        ends_on=ends_on,
        repeats=default.repeats,
    )


async def roll_tasks(tx: Tx, *, now: datetime, zone: ZoneInfo) -> None:
    """Make the tasks of all steps that stand; safe to repeat. Called after a workbook changed the steps, and every day.

    A task already over when it is made is silent. A deadline moved by the workbook moves its open task. Of a year that is
    over, or whose step has begun anew, what is open stays on the board and rings no more.
    """
    today = now.astimezone(zone).date()
    every = (await tx.scalars(select(Step).where(Step.archived_at.is_(None)).order_by(Step.id))).all()
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in await tx.scalars(select(Task).order_by(Task.due_on)):
        tasks[task.step_id].append(task)
    teaching = await roadmap.has_lessons(tx, *week_of(monday_of(today), zone))
    touched = await _end_duties(tx, every, tasks, now, today)
    for school in {step.school_id: None for step in every}:
        await _partner_steps(tx, school, now)
        calendar = await working_calendar(tx, schools=[school])
        steps = (
            await tx.scalars(select(Step).where(Step.archived_at.is_(None), Step.school_id == school).order_by(Step.id))
        ).all()
        begun = {(step.code, step.year) for step in steps if step.starts_on <= today}
        for step in steps:
            if step.year < programme_year(today) or (step.code, step.year + 1) in begun:
                touched += _let_be(tasks[step.id])
                continue
            wanted = due_days(step, today, calendar, this_week=teaching or step.code != JOURNAL_STEP)
            touched += await _roll(tx, step, tasks[step.id], wanted, today)
    await withdraw(tx, touched)


async def roll_step(tx: Tx, step: Step, today: date) -> None:
    """The same of one step that somebody has just changed."""
    calendar = await working_calendar(tx, schools=[step.school_id])
    tasks = (await tx.scalars(select(Task).where(Task.step_id == step.id).order_by(Task.due_on))).all()
    await withdraw(tx, await _roll(tx, step, list(tasks), due_days(step, today, calendar, this_week=True), today))


async def _end_duties(tx: Tx, steps: Sequence[Step], tasks: dict[int, list[Task]], now: datetime, today: date) -> list[int]:
    """A duty without a deadline closes with its year. Returns the tasks closed."""
    over = [step.id for step in steps if step.repeats == "always" and step.ends_on < today]
    ended = [task for step in over for task in tasks[step] if task.done_at is None and not task.silent]
    for task in ended:
        seen = {"seen": "year-over"}
        task.done_at, task.evidence = now, json.dumps(seen)
        audit.log(tx, None, "roadmap.seen", ("task", task.id), audit.Change(after=seen), now=now)
    return [task.id for task in ended]


def _let_be(tasks: Sequence[Task]) -> list[int]:
    """Last year's, never done: they ring no more. Returns those that did."""
    ringing = [task for task in tasks if task.done_at is None and not task.silent]
    for task in ringing:
        task.silent = True
    return [task.id for task in ringing]


async def _partner_steps(tx: Tx, school: int, now: datetime) -> None:
    """Every partner has its own copy of the regulation's partner steps, with the school's dates; of teaching, who teaches."""
    partners, lending = await roadmap.partners(tx), await roadmap.lending(tx)
    mine = await tx.scalars(select(Step).where(Step.school_id == school, Step.code.startswith("regulation-")))
    steps, stands = {(step.year, step.code): step for step in mine}, set()
    for default in [default for default in default_steps() if default.partner]:
        for year in {year for year, _ in steps}:
            side = steps.get((year, default.code.removesuffix("-partner")))
            for partner in partners:
                if side is None or (default.teaching and partner in lending):
                    continue
                stands.add(code := f"{default.code}-{partner}")
                if (year, code) not in steps:
                    step = _step(default, side.starts_on, side.ends_on, school, year)
                    step.code, step.organization_id = code, partner
                    tx.add(step)
    for step in steps.values():
        if step.organization_id is not None and (step.archived_at is None) != (step.code in stands):
            step.archived_at = now if step.archived_at is None else None
    await tx.flush()


def week_of(monday: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a week and of the next one."""
    first = midnight(monday, zone)
    return first, midnight(monday + timedelta(days=7), zone)


class _Worded(Protocol):
    """A step, or a task with its step's words."""

    @property
    def code(self) -> str: ...
    @property
    def task(self) -> str: ...
    @property
    def result(self) -> str | None: ...


def in_holidays(step: _Worded) -> bool:
    """Whether a step says that it is done in the school's holidays: in its words, or as the journal of weeks with lessons."""
    return step.code == JOURNAL_STEP or "каникул" in f"{step.task} {step.result}".lower()


def due_days(step: Step, today: date, calendar: WorkingCalendar, *, this_week: bool) -> list[date]:
    """When a step is due, never on a day off: on the last working day before.

    A weekly one only shows its present week, and only if `this_week` has something to do.
    """
    match step.repeats:
        case "week":
            day = calendar.last_of_week(today, in_holidays=in_holidays(step)) if this_week else None
            return [day] if day is not None and today <= day and step.starts_on <= day <= step.ends_on else []
        case "month":
            months: Sequence[int] = range(1, 13)
        case "half_year":
            months = _HALF_YEARS
        case _:
            months = ()
    return _month_ends(step, months, calendar) or [calendar.deadline(step.starts_on, step.ends_on, in_holidays=in_holidays(step))]


def _month_ends(step: Step, months: Sequence[int], calendar: WorkingCalendar) -> list[date]:
    """The last working day of these months within the step's window."""
    found, year, month = [], step.starts_on.year, step.starts_on.month
    while (year, month) <= (step.ends_on.year, step.ends_on.month):
        if month in months:
            first, last = max(date(year, month, 1), step.starts_on), min(_month_end(year, month), step.ends_on)
            found.append(calendar.last_due(first, last, in_holidays=in_holidays(step)))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return [day for day in found if day is not None]


async def _roll(tx: Tx, step: Step, tasks: list[Task], wanted: list[date], today: date) -> list[int]:
    """Bring a step's tasks to the days wanted. Returns the tasks whose letters no longer hold."""
    touched: list[int] = []
    kept = [task for task in tasks if not _replaced(task, today)]
    there = {task.due_on for task in tasks} | {day for day in wanted for task in kept if _same_turn(step, day, task.due_on)}
    missing = [day for day in wanted if day not in there]
    newest = tasks[-1] if tasks else None
    if step.repeats == "none" and missing and newest is not None and missing[0] - newest.due_on <= _ANOTHER_YEAR:
        if newest.done_at is None and missing[0] <= newest.due_on <= step.ends_on:  # days off moved it: what people decided stays
            newest.due_on = missing[0]
            touched.append(newest.id)
        elif newest.done_at is None:  # the school corrected the deadline
            newest.due_on, newest.put_off_to, newest.silent = missing[0], None, missing[0] < today
            touched.append(newest.id)
        missing = []
    for task in tasks:
        if task.done_at is None and not task.silent and task.due_on < step.starts_on:
            task.silent = True  # last year's, never done: it stays on the board and rings no more
            touched.append(task.id)
    for task in tasks:
        if _replaced(task, today) and task.due_on not in wanted:
            touched.append(task.id)
            await reminders.forget(tx, task.id)
            await tx.delete(task)
    for day in missing:
        tx.add(Task(step_id=step.id, due_on=day, silent=day < today))
    await tx.flush()
    return touched


def _replaced(task: Task, today: date) -> bool:
    """Whether a task ahead gives way to another day: nobody has touched it."""
    return task.done_at is None and task.put_off_to is None and task.due_on >= today


def _same_turn(step: Step, day: date, other: date) -> bool:
    """Whether two deadlines are the same turn of a repeating step: one that the calendar has moved since is no new task."""
    if step.repeats == "week":
        return monday_of(day) == monday_of(other)
    return step.repeats in ("month", "half_year") and (day.year, day.month) == (other.year, other.month)


def _a_year_on(day: date) -> date:
    """The same day a year later; the last of February stays the last."""
    following = _month_end(day.year + 1, day.month)
    return following if day == _month_end(day.year, day.month) else day.replace(year=day.year + 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
