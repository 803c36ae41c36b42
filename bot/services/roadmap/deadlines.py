"""Reminders of the roadmap's tasks: on which day of the plan, to whom, and when a step goes up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.clock import Moment
from bot.notices.roadmap import TasksPassed
from bot.post.posting import Addressed, post_all
from bot.services.roadmap.programme import JOURNAL_STEP, in_holidays
from bot.services.timetable.telling import given_names
from bot.services.workdays import WorkingCalendar, monday_of, working_calendar
from bot.voice import short_name
from storage.db import Database, Tx
from storage.network import network
from storage.people import people
from storage.roadmap import reminders, roadmap
from storage.roadmap.reminders import Holder, Said
from storage.roadmap.roadmap import Standing

AHEAD = (14, 7, 3, 1, 0)  # days before the deadline
AGAIN = 2  # overdue: every so many days
UNANSWERED = 3  # reminders past the deadline: then the step goes up one person, and rings weekly
DIRECTOR_FROM = 3  # days overdue
PARTNERS = 0  # whose week it is, where it is no school's
PASSED = "roadmap.passed."  # with a school's id: the note that its tasks over at the first start were listed


def planned(due: date, today: date, *, ahead: Iterable[int] = AHEAD) -> date | None:
    """The last day up to today on which the plan of reminders has one for this deadline; None: none yet."""
    late = (today - due).days
    if late >= AGAIN:
        return due + timedelta(days=late - late % AGAIN)
    return max((due - timedelta(days=days) for days in ahead if days >= -late), default=None)


@dataclass(frozen=True)
class Rung:
    """A task in somebody's letter of the morning."""

    task: Standing
    late: int  # days overdue; 0 and below: ahead
    unanswered: str = ""  # whose three reminders were not answered, where it has gone up


@dataclass
class Pile:
    """What one person is told this morning: of their own tasks, of those that went up to them; `said`: to be remembered."""

    holder: Holder  # the first post they hear by
    plan: bool = False  # the letter is their plan of the week
    rung: dict[int, Rung] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Crew:
    """Everybody who may have to hear of tasks."""

    holders: Collection[Holder]

    def office(self, role: str, organization_id: int) -> list[Holder]:
        return [one for one in self.holders if (one.role, one.organization_id) == (role, organization_id)]

    def owners(self, task: Standing) -> list[Holder]:
        """Whoever answers for a task; where nobody of them has the bot, who is next above them."""
        named = [one for one in self.holders if one.staff_id == task.responsible_id]
        if named:
            return named
        partners = [] if task.organization_id is None else self.office("partner", task.organization_id)
        return partners or self.office("coordinator", task.school_id) or self.office("director", task.school_id)

    def above(self, task: Standing, owners: Collection[Holder]) -> list[Holder]:
        """One person up: a teacher's administrator, a partner's coordinator, a coordinator's director."""
        first = next(iter(owners), None)
        if first is None or first.role == "director":
            return []
        ways = {"teacher": ("partner", "coordinator", "director"), "partner": ("coordinator", "director")}
        for role in ways.get(first.role, ("director",)):
            found = self.office(role, first.organization_id if role == "partner" else task.school_id)
            if found:
                return found
        return []


@dataclass(frozen=True)
class Morning:
    """The day that is looked at: whose week begins with it, and what was said before."""

    today: date
    weeks: Collection[int]  # schools (PARTNERS: everybody else) whose plan of the week this morning's letter is
    schools: Collection[int]
    said: dict[tuple[int, int], list[Said]]

    @property
    def sunday(self) -> date:
        return monday_of(self.today) + timedelta(days=6)

    def plans(self, holder: Holder) -> bool:
        own = holder.organization_id in self.schools
        return (holder.organization_id if own else PARTNERS) in self.weeks

    def of(self, task: Standing, holder: Holder) -> list[Said]:
        """What this post was told of the deadline as it stands."""
        return [one for one in self.said.get((task.id, holder.staff_id), ()) if one.due_on == task.due]


async def due_today(tx: Tx, at: Moment, weeks: Collection[int]) -> dict[int, Pile]:
    """By person what the letter of this morning says of tasks; `weeks`: see Morning.

    What falls on a day off is said on the next working day, with what is left by then; a later one replaces it. In the
    school's holidays only those steps ring that say so.
    """
    today = at.today
    ringing = await roadmap.ringing(tx, today + timedelta(days=max(AHEAD)))
    calendars = {one: await working_calendar(tx, today, today, schools=[one]) for one in {task.school_id for task in ringing}}
    ringing = [task for task in ringing if _rings(task, calendars[task.school_id], today)]
    if not ringing:
        return {}
    crew = Crew(await reminders.holders(tx))
    morning = Morning(today, weeks, await roadmap.schools(tx), await reminders.said(tx, [task.id for task in ringing]))
    piles: dict[int, Pile] = {}
    for task in ringing:
        _tell(task, crew, morning, piles)
    return piles


def _tell(task: Standing, crew: Crew, morning: Morning, piles: dict[int, Pile]) -> None:
    owners = crew.owners(task)
    late = (morning.today - task.due).days
    silent = [one for one in owners if _unanswered(task, morning.of(task, one)) >= UNANSWERED]
    names = ", ".join(given_names(one.full_name) for one in silent)
    for one in owners:
        if one.role == "director":
            if morning.plans(one) and (late >= DIRECTOR_FROM or task.due <= morning.sunday):
                _lay(piles, one, Rung(task, late), plan=True)
        elif (day := _day_of(task, one, morning, silent=bool(silent))) is not None:
            _lay(piles, one, Rung(task, late), plan=morning.plans(one), said=Said(task.id, one.staff_id, task.due, day))
        elif morning.plans(one) and not silent and task.due <= morning.sunday and task.code != JOURNAL_STEP:
            _lay(piles, one, Rung(task, late), plan=True)
    if task.code == JOURNAL_STEP:
        return
    for one in crew.above(task, owners) if silent else []:
        if morning.plans(one) and one.role != "director":
            week = Said(task.id, one.staff_id, task.due, monday_of(morning.today))
            _lay(piles, one, Rung(task, late, names), plan=True, said=week)
    for one in crew.office("director", task.school_id) if late >= DIRECTOR_FROM else []:
        if morning.plans(one):
            _lay(piles, one, Rung(task, late, names), plan=True)


def _unanswered(task: Standing, said: Iterable[Said]) -> int:
    return sum(1 for one in said if one.planned_on > task.due)


def _day_of(task: Standing, holder: Holder, morning: Morning, *, silent: bool) -> date | None:
    """The day of the plan on which this is said today; None: it is not, or has been."""
    if silent or task.code == JOURNAL_STEP:  # weekly, with the plan of the week
        monday = monday_of(morning.today)
        day = monday if task.due < monday and morning.plans(holder) else None
    else:
        day = planned(task.due, morning.today, ahead=_ahead(task))
    if day is None or any(one.planned_on >= day for one in morning.of(task, holder)):
        return None
    return day


def _lay(piles: dict[int, Pile], holder: Holder, rung: Rung, *, plan: bool, said: Said | None = None) -> None:
    pile = piles.setdefault(holder.person_id, Pile(holder))
    if RANK.index(holder.role) < RANK.index(pile.holder.role):
        pile.holder = holder
    pile.plan = pile.plan or plan
    pile.rung.setdefault(rung.task.id, rung)
    if said is not None:
        pile.said.append(said)


RANK = ("coordinator", "partner", "teacher", "director")  # by which post somebody with several is written to


def _rings(task: Standing, calendar: WorkingCalendar, today: date) -> bool:
    """Whether the task's school works that day, and in its holidays whether the task says so; a week missed is said until the
    next one is due, then it stays on the board.
    """
    if task.repeats == "week" and today - task.due >= timedelta(days=7):
        return False
    rings = calendar.is_due_day(today, in_holidays=in_holidays(task) or task.put_off_to is not None)
    return rings and calendar.is_working(today)


def _ahead(task: Standing) -> Collection[int]:
    """Nobody hears of every week fourteen days ahead; one put off rings on its new day, which somebody chose."""
    return (0,) if task.put_off_to or task.repeats == "week" else AHEAD


def titled(task: Standing) -> str:
    """A task in a list: a partner's with its name, as people call it."""
    if not task.organization:
        return task.task
    asked = f", {short_name(task.school)}" if task.several else ""
    return f"{task.task} ({short_name(task.organization)}{asked})"


# ── what was over before the bot began ──────────────────────────────────────────────────────────────────────────────


async def list_passed(db: Database, *, now: datetime) -> None:
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


# ── a journal not kept: whose ───────────────────────────────────────────────────────────────────────────────────────


def whose_journals(lessons: Iterable[tuple[str, str, str]]) -> list[str]:
    """«Шахматы, Г-02 — Зарема Аслановна» from (course, group, teacher) of each lesson; each group and teacher once."""
    return [f"{course}, {group} — {given_names(teacher)}" for course, group, teacher in dict.fromkeys(lessons)]
