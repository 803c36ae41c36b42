"""Reminders of the roadmap's tasks: on which day, to whom, in how many letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import midnight
from bot.notices import Notice
from bot.notices.roadmap import TaskDue, TaskOverdue, TasksDue, TasksPassed, about
from bot.post.posting import Addressed, post_all
from bot.services.roadmap.programme import in_holidays
from bot.services.workdays import WorkingCalendar, working_calendar
from bot.voice import short_name
from storage.db import Database, Tx
from storage.network import network
from storage.people import people
from storage.roadmap import roadmap
from storage.roadmap.roadmap import Standing

MORNING, EVENING = time(9), time(20)  # a reminder is written between these, in the network's zone
AHEAD = (14, 7, 3, 1, 0)  # days before the deadline
AGAIN = 2  # overdue: every so many days
DIRECTOR_FROM = 3  # days overdue
SINGLE = 3  # more reminders than this on one day become one letter
PASSED = "roadmap.passed."  # with a school's id: the note that its tasks over at the first start were listed


def planned(due: date, today: date, *, ahead: Iterable[int] = AHEAD) -> date | None:
    """The last day up to today on which the plan of reminders has one for this deadline; None: none yet."""
    late = (today - due).days
    if late >= AGAIN:
        return due + timedelta(days=late - late % AGAIN)
    return max((due - timedelta(days=days) for days in ahead if days >= -late), default=None)


async def remind(db: Database, *, now: datetime, zone: ZoneInfo) -> None:
    """Post the reminders that are due and not yet posted. Any number of times a day.

    What falls on a day off is said on the next working day, with what is left by then; a later one replaces it. In the
    school's holidays only those steps ring that say so.
    """
    await _list_passed(db, now=now)
    here = now.astimezone(zone)
    if not MORNING <= here.time() < EVENING:
        return
    async with db.read() as tx:
        if not await _letters(tx, here.date(), zone):
            return
    async with db.write() as tx:
        await post_all(tx, await _letters(tx, here.date(), zone), now=now)


@dataclass(frozen=True)
class _Crew:
    """Who may have to hear of the tasks of one school."""

    coordinators: list[int]
    directors: list[int]
    administrators: dict[int, list[int]]

    def of(self, task: Standing, late: int) -> dict[int, str]:
        """The people to remind of a task, and in which role."""
        found: dict[int, str] = {}
        if task.responsible_person is not None and task.responsible_role is not None:
            found[task.responsible_person] = task.responsible_role
        elif task.organization_id is not None:
            found |= dict.fromkeys(self.administrators.get(task.organization_id, []), "partner")
        escalated = late >= DIRECTOR_FROM and task.repeats != "week"
        if not found or (escalated and task.organization_id is not None):
            found = dict.fromkeys(self.coordinators, "coordinator") | found
        return (dict.fromkeys(self.directors, "director") | found) if escalated else found


async def _letters(tx: Tx, today: date, zone: ZoneInfo) -> list[Addressed]:
    """The reminders of this day that nobody has been sent yet."""
    ringing = await roadmap.ringing(tx, today + timedelta(days=max(AHEAD)))
    calendars = {one: await working_calendar(tx, today, today, schools=[one]) for one in {task.school_id for task in ringing}}
    due = [
        (task, day)
        for task in ringing
        if _is_said(task, calendars[task.school_id], today)
        and _still_said(task, today)
        and (day := planned(task.due, today, ahead=_ahead(task))) is not None
    ]
    if not due:
        return []
    crews = {school: await _crew(tx, school) for school in {task.school_id for task, _ in due}}
    first = min(day for _, day in due)
    heard = await roadmap.heard(tx, [task.id for task, _ in due], midnight(first, zone))
    piles: dict[int, list[tuple[Standing, date]]] = defaultdict(list)
    roles: dict[int, str] = {}
    for task, day in due:
        for person_id, role in crews[task.school_id].of(task, (today - task.due).days).items():
            last = heard.get((task.id, person_id))
            if last is None or last < midnight(day, zone):
                piles[person_id].append((task, day))
                roles.setdefault(person_id, role)
    return [letter for person_id, pile in piles.items() for letter in _said(person_id, roles[person_id], pile, today)]


async def _crew(tx: Tx, school: int) -> _Crew:
    coordinators = await people.office(tx, "coordinator", organization_id=school)
    directors = await people.office(tx, "director", organization_id=school)
    return _Crew(coordinators, directors, await roadmap.administrators(tx))


def _is_said(task: Standing, calendar: WorkingCalendar, today: date) -> bool:
    """Whether the task's school works that day, and in its holidays whether the task says so."""
    rings = calendar.is_due_day(today, in_holidays=in_holidays(task) or task.put_off_to is not None)
    return rings and calendar.is_working(today)


def _ahead(task: Standing) -> Collection[int]:
    """A weekly task closes by itself when all is well: only what is overdue is said. One put off rings on its new day."""
    if task.repeats == "week":
        return ()
    return (0,) if task.put_off_to else AHEAD


def _still_said(task: Standing, today: date) -> bool:
    """What a week missed is said until the next one is due; then it stays on the board."""
    return task.repeats != "week" or today - task.due < timedelta(days=7)


def _said(person_id: int, role: str, pile: list[tuple[Standing, date]], today: date) -> list[Addressed]:
    if len(pile) <= SINGLE:
        return [Addressed(person_id, _reminder(task, day, today, role), role=role) for task, day in pile]
    tasks = [task for task, _ in pile]
    notice = TasksDue(
        on=today,
        tasks=[task.id for task in tasks],
        titles=[titled(task) for task in tasks],
        dues=[task.due for task in tasks],
        late=[(today - task.due).days for task in tasks],
    )
    return [Addressed(person_id, notice, role=role)]


def _reminder(task: Standing, day: date, today: date, role: str) -> Notice:
    days = (task.due - today).days
    facts = about(task, role) | {"planned": day}
    return TaskDue(days=days, **facts) if days >= 0 else TaskOverdue(late=-days, **facts)


def titled(task: Standing) -> str:
    """A task in a list: a partner's with its name, as people call it."""
    if not task.organization:
        return task.task
    asked = f", {short_name(task.school)}" if task.several else ""
    return f"{task.task} ({short_name(task.organization)}{asked})"


async def _list_passed(db: Database, *, now: datetime) -> None:
    """Once, when a school's first coordinator is in: which tasks were over before the bot began. They are never reminded of."""
    async with db.read() as tx:
        waiting = [school for school in await roadmap.schools(tx) if not await roadmap.noted(tx, f"{PASSED}{school}")]
        ready = [school for school in waiting if await people.office(tx, "coordinator", organization_id=school)]
    for school in ready:
        async with db.write() as tx:
            await _list_passed_of(tx, school, now=now)


async def _list_passed_of(tx: Tx, school: int, *, now: datetime) -> None:
    passed = {(task.task, task.due): task for task in await roadmap.passed_over(tx, school)}
    if passed:
        notice = TasksPassed(
            tasks=[task.id for task in passed.values()],
            titles=[title for title, _ in passed],
            dues=[due for _, due in passed],
        )
        coordinators = await people.office(tx, "coordinator", organization_id=school)
        await post_all(tx, [Addressed(person, notice, role="coordinator") for person in coordinators], now=now)
    await network.keep_note(tx, f"{PASSED}{school}", now.isoformat())
