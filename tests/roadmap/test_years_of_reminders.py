"""Two years of reminders day by day, against the simplest model of the rules: each once, on the right day, to the right person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, select, update

from bot.services.morning import tell_the_morning
from bot.services.roadmap.evidence import close_by_evidence
from bot.services.roadmap.programme import programme_year, seed_programme
from bot.services.workdays import WorkingCalendar, monday_of
from storage import notes
from storage.db import Database
from storage.tables import CalendarDay, Letter, Organization, Staff, Step, Task
from tests.world import CENTRE, IRINA, IT, NURBIY, OLGA, SCHOOL, SERGEY

FIRST = date(2026, 9, 1)
MOVED_ON = date(2027, 3, 9)
ROLES = {OLGA: "coordinator", SERGEY: "director", IRINA: "partner", NURBIY: "partner"}
ADMINISTRATORS = {IT: IRINA, CENTRE: NURBIY}


@dataclass
class Model:
    """What should be said, told from the rules of the issue and nothing of the bot's but its calendar."""

    said: dict[tuple[int, int, date], set[date]] = field(
        default_factory=lambda: defaultdict(set)
    )  # task, person, due → plan days

    def morning(
        self, today: date, tasks: list[tuple[Task, Step]], calendar: WorkingCalendar, *, week: bool
    ) -> dict[int, set[int]]:
        """By person the tasks of this morning's letter."""
        told: dict[int, set[int]] = defaultdict(set)
        for task, step in tasks:
            due = task.put_off_to or task.due_on
            late = (today - due).days
            rests = not (calendar.is_due_day(today, in_holidays=task.put_off_to is not None) and calendar.is_working(today))
            if step.code == "roadmap-7":  # said once, with the plan of the week after, until the next one is due
                missed = not task.done_at and not task.silent and calendar.is_working(today)
                if week and missed and due < monday_of(today) and late < 7:
                    told[OLGA].add(task.id)
                continue
            if task.done_at or task.silent or step.repeats == "always" or rests:
                continue
            owner = ADMINISTRATORS.get(step.organization_id or 0, OLGA)
            before = self.said[task.id, owner, due]
            unanswered = sum(day > due for day in before) >= 3
            day = (
                monday_of(today) if unanswered else self._planned(due, today, ahead=(0,) if task.put_off_to else (14, 7, 3, 1, 0))
            )
            if day is not None and all(one < day for one in before) and (week or not unanswered):
                told[owner].add(task.id)
                before.add(day)
                if unanswered and owner != OLGA:
                    self.said[task.id, OLGA, due].add(day)
            elif week and not unanswered and due <= monday_of(today) + timedelta(days=6):
                told[owner].add(task.id)
            if week and unanswered and owner != OLGA:
                told[OLGA].add(task.id)
            if week and late >= 3:
                told[SERGEY].add(task.id)
        return told

    @staticmethod
    def _planned(due: date, today: date, *, ahead: tuple[int, ...]) -> date | None:
        days = [due - timedelta(days=one) for one in ahead]
        days += [due + timedelta(days=n) for n in range(2, 800, 2)]
        return max((day for day in days if day <= today), default=None)


@dataclass
class Played:
    """What the years came to."""

    letters: Counter[tuple[str, str]] = field(default_factory=Counter)  # (role, month) → letters

    def table(self) -> str:
        """Counts per role and month, a line a month; the partners' are of two administrators together."""
        roles = ("coordinator", "director", "partner")
        months = sorted({month for _, month in self.letters})
        lines = ["| month | " + " | ".join(roles) + " |", "|---|" + "---|" * len(roles)]
        lines += [f"| {month} | " + " | ".join(str(self.letters[role, month]) for role in roles) + " |" for month in months]
        return "\n".join([*lines, "| **all** | " + " | ".join(str(self.of(role)) for role in roles) + " |"])

    def of(self, role: str) -> int:
        return sum(count for (one, _), count in self.letters.items() if one == role)


async def play(db: Database, zone: ZoneInfo, seed: int, days: int, *, lazy: bool = False) -> Played:
    """Day by day: the bot is up or down at odd hours, people do or put off what they may (`lazy`: hardly anything)."""
    random, model, played = Random(seed), Model(), Played()
    async with db.write() as tx:
        await tx.execute(update(Organization).where(Organization.id == IT).values(kind="educational"))
        holidays = [*_holidays(2026), *_holidays(2027)]
        await tx.execute(
            insert(CalendarDay), [{"school_id": SCHOOL, "day": day, "kind": "holidays", "name": "Каникулы"} for day in holidays]
        )
    calendar = WorkingCalendar([_Named(day) for day in holidays])
    jump = random.randrange(30, max(31, days - 30))
    planned_weeks: set[date] = set()
    for number in range(days):
        today = FIRST + timedelta(days=number)
        if today == MOVED_ON:  # the school moves its spring holidays by a week, a fortnight before they were to begin
            calendar = await _move_holidays(db, holidays)
            await seed_programme(db, year=programme_year(today), now=datetime.combine(today, time(1), zone), zone=zone)
        hours = sorted(random.sample(range(24), random.choice((0, 2, 5, 9)))) if random.random() < 0.15 else [8, 9, 15]
        for hour in hours:
            now = datetime.combine(today, time(hour, random.randrange(60)), zone)
            if hour == hours[0] and (number % 7 == 6 or today.day == 1):  # Mondays, and when a month turns
                await seed_programme(db, year=programme_year(today), now=now, zone=zone)
            week = monday_of(today) not in planned_weeks
            expected = None
            works = calendar.is_working(today) and 9 <= hour < 20 and not await _told(db, today)
            if works:
                expected = model.morning(today, await _tasks(db), calendar, week=week)
                planned_weeks.add(monday_of(today))
            before = await _newest(db)
            await tell_the_morning(db, now=now, zone=zone)
            found = await _letters(db, before)
            assert found == {person: tasks for person, tasks in (expected or {}).items() if tasks}, (today, hour)
            for person in found:
                played.letters[ROLES[person], f"{today:%Y-%m}"] += 1
        if number == jump:  # the clock runs four days back for an hour: nothing is said again
            before = await _newest(db)
            for back in range(4, 0, -1):
                gone = datetime.combine(today - timedelta(days=back), time(10), zone)
                if await _told(db, gone.date()):
                    await tell_the_morning(db, now=gone, zone=zone)
            assert await _letters(db, before) == {}
        await _people(db, random, today, zone, lazy=lazy)
        if number % 7 == 5:
            await close_by_evidence(db, now=datetime.combine(today, time(23), zone), zone=zone)
    return played


@dataclass(frozen=True)
class _Named:
    day: date
    kind: str = "holidays"
    name: str | None = "Каникулы"


def _holidays(year: int) -> Iterator[date]:
    """Autumn and spring holidays of a school."""
    for first in (date(year, 10, 26), date(year + 1, 3, 22)):
        yield from (first + timedelta(days=n) for n in range(7))


async def _move_holidays(db: Database, holidays: list[date]) -> WorkingCalendar:
    """The spring holidays of the first year a week later, in the bot and in the model."""
    later = {day: day + timedelta(days=7) for day in holidays if MOVED_ON < day < MOVED_ON + timedelta(days=60)}
    async with db.write() as tx:
        for day in sorted(later, reverse=True):
            await tx.execute(update(CalendarDay).where(CalendarDay.day == day).values(day=later[day]))
    return WorkingCalendar([_Named(later.get(day, day)) for day in holidays])


async def _told(db: Database, today: date) -> bool:
    async with db.read() as tx:
        return str(today) in (await notes.note(tx, "morning.told") or "").split()


async def _tasks(db: Database) -> list[tuple[Task, Step]]:
    async with db.read() as tx:
        rows = await tx.execute(select(Task, Step).join(Step, Step.id == Task.step_id).where(Step.archived_at.is_(None)))
        return [(task, step) for task, step in rows]


async def _newest(db: Database) -> int:
    async with db.read() as tx:
        return max(await tx.scalars(select(Letter.id)), default=0)


async def _letters(db: Database, after: int) -> dict[int, set[int]]:
    """By person the tasks of the letters of the morning since; one letter each."""
    async with db.read() as tx:
        rows = (await tx.scalars(select(Letter).where(Letter.id > after, Letter.kind == "morning"))).all()
    assert len({row.person_id for row in rows}) == len(rows), "one letter a day and person"
    return {row.person_id: set((row.facts or {})["tasks"]) for row in rows}


async def _people(db: Database, random: Random, today: date, zone: ZoneInfo, *, lazy: bool) -> None:
    """Somebody does a task that is due, or puts it off; letters are sent, so that none waits to be replaced."""
    async with db.write() as tx:
        await tx.execute(delete(Letter))
        ahead = today + timedelta(days=10)
        due = list(await tx.scalars(select(Task).where(Task.done_at.is_(None), Task.due_on <= ahead)))
        for task in due:
            chance = random.random()
            if chance < (0.01 if lazy else 0.06):
                task.done_at = datetime.combine(today, time(20), zone)
            elif chance < (0.012 if lazy else 0.075) and not task.silent:
                task.put_off_to = today + timedelta(days=random.randrange(2, 20))


async def _alone(db: Database) -> None:
    """The cast of the simulation: no teacher has a task, nobody has lessons."""
    async with db.write() as tx:
        await tx.execute(update(Staff).where(Staff.role == "teacher").values(person_id=None))


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_six_weeks_of_reminders_agree_with_the_rules(db: Database) -> None:
    await _alone(db)
    await play(db, ZoneInfo("Europe/Moscow"), 1, 42)


@pytest.mark.faults
@pytest.mark.part("roadmap")
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
@pytest.mark.parametrize("zone", ["Europe/Moscow", "Asia/Kamchatka"])
@pytest.mark.parametrize("seed", range(2))
async def test_two_years_of_reminders_agree_with_the_rules(db: Database, zone: str, seed: int, figures: Counter[str]) -> None:
    await _alone(db)
    played = await play(db, ZoneInfo(zone), seed, 730, lazy=seed == 0)
    figures.update({f"letters to {role}": played.of(role) for role in ("coordinator", "director", "partner")})
    print(f"\n{zone}, seed {seed}\n{played.table()}")  # noqa: T201 - a run of the campaign says what it measured
    assert played.of("director") <= 2 * 40, "forty messages a year at most"


@pytest.mark.faults
@pytest.mark.part("roadmap")
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_the_director_of_a_year_with_four_undone_tasks_hears_at_most_forty_times(
    db: Database, figures: Counter[str]
) -> None:
    await _alone(db)
    zone = ZoneInfo("Europe/Moscow")
    await seed_programme(db, year=2026, now=datetime.combine(FIRST, time(8), zone), zone=zone)
    undone = ("roadmap-1", "roadmap-3", "roadmap-4", "roadmap-6")
    letters: Counter[int] = Counter()
    for number in range(365):
        today = FIRST + timedelta(days=number)
        async with db.write() as tx:
            codes = select(Step.id).where(Step.code.not_in(undone))
            now = datetime.combine(today, time(8), zone)
            await tx.execute(update(Task).where(Task.step_id.in_(codes), Task.done_at.is_(None)).values(done_at=now))
        await seed_programme(db, year=programme_year(today), now=now, zone=zone)
        before = await _newest(db)
        for hour in (9, 15):
            await tell_the_morning(db, now=datetime.combine(today, time(hour), zone), zone=zone)
        letters.update(list(await _letters(db, before)))
    figures.update({"letters to director": letters[SERGEY], "letters to coordinator": letters[OLGA]})
    assert letters[SERGEY] <= 40
