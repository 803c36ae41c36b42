"""A random walk of books, rows and chat changes, and a model of it that recomputes who decided each lesson last."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.clock import Moment
from bot.notices import Notice, notice_of
from bot.notices.network import TimetableChanged
from bot.notices.timetable import Told
from bot.reading.uploads import Cell, Sheet
from bot.reading.workbook.parse import parse_workbook
from bot.services.network.network import carry_out, known
from bot.services.timetable.lessons import cancel_lesson, move_lesson, move_to_place, restore_lesson
from bot.services.workdays import WorkingCalendar
from storage.db import Database
from storage.network.calendar import named_days
from storage.tables import Group, Lesson, Letter, Staff
from tests.timetable.reconciled_world import ALYONAS, COORDINATOR, NOW, TIMURS, sent
from tests.world import ZONE

WEEKS = 4  # that are looked at: all of them ahead
DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
SLOTS = ["Группа", "День", "Начало", "Конец", "Место"]
CHANGES = ["Группа", "Дата", "Начало", "Действие", "Новая дата", "Новое начало", "Новое место", "Педагог"]
FAMILY = {"РОБО-1": ALYONAS, "ЛЕП-1": TIMURS}
SUBJECT = {"РОБО-1": "Робототехника", "ЛЕП-1": "Лепка"}
Key = tuple[str, date]  # group and the day of its rule; of ЛЕП-1, whose weekday moves, the Monday of the week


@dataclass
class Rule:
    group: str
    weekday: int
    starts: time
    ends: time
    place: str
    there: bool = True


@dataclass
class One:
    """One lesson in the model: the rules' last word, and by facet the last decision against it."""

    starts: datetime
    ends: datetime
    place: str
    ruled: bool = True
    by: dict[str, tuple[str, Any]] = field(default_factory=dict)  # time | place | teacher | cancelled → who, what

    @property
    def held(self) -> bool:
        if "cancelled" in self.by:
            return not self.by["cancelled"][1]
        return self.ruled or "time" in self.by

    @property
    def shown(self) -> tuple[datetime, datetime, str, str | None]:
        starts, ends = self.by["time"][1] if "time" in self.by else (self.starts, self.ends)
        place = self.by["place"][1] if "place" in self.by else self.place
        return starts, ends, place, self.by["teacher"][1] if "teacher" in self.by else None

    def decide(self, what: str, who: str, value: Any) -> None:
        self.by[what] = (who, value)
        self.agree()

    def agree(self) -> None:
        if self.by.get("time", ("", None))[1] == (self.starts, self.ends):
            del self.by["time"]
        if self.by.get("place", ("", None))[1] == self.place:
            del self.by["place"]

    def take_back(self) -> None:
        self.by = {what: one for what, one in self.by.items() if one[0] != "row"}


# A sheet with headings only says nothing; one with another row says that ours is gone.
LONG_OVER: list[Cell] = ["ШАХ-1", "07.09.2026", "15:00", "отмена"]


@dataclass
class Row:
    key: Key
    cells: list[Cell]
    does: tuple[str, Any]  # cancelled | time | teacher, and what


@dataclass(frozen=True)
class Where:
    """By which clocks a network lives, and from which Monday on it is looked at."""

    zone: ZoneInfo
    first: date

    @property
    def last(self) -> date:
        return self.first + timedelta(days=7 * WEEKS - 1)


HERE = Where(ZONE, date(2026, 11, 30))
# Clocks are put forward within the weeks; a year begins in them, and nothing is held until the ninth of January.
ELSEWHERE = {
    "berlin": Where(ZoneInfo("Europe/Berlin"), date(2027, 3, 15)),
    "jerusalem": Where(ZoneInfo("Asia/Jerusalem"), date(2027, 3, 15)),
    "lord howe": Where(ZoneInfo("Australia/Lord_Howe"), date(2027, 3, 22)),
    "new year": Where(ZONE, date(2026, 12, 21)),
}


class Walk:
    """A network and its model, step by step."""

    def __init__(self, db: Database, seed: int, where: Where = HERE) -> None:
        self.db, self.zone, self.first, self.last = db, where.zone, where.first, where.last
        self.dice = random.Random(seed)
        self.now = NOW
        self.rules = [
            Rule("РОБО-1", 1, time(15), time(16, 30), "каб. 4"),
            Rule("РОБО-1", 3, time(15), time(16, 30), "каб. 4"),
            Rule("ЛЕП-1", 2, time(15), time(15, 45), "каб. 9"),
        ]
        self.off: set[date] = set()
        self.state = WorkingCalendar()
        self.rows: dict[Key, Row] = {}
        self.model: dict[Key, One] = {}
        self.belief: dict[str, set[datetime]] = {}
        self.weekends: Counter[date] = Counter()
        self._follow()
        for group in FAMILY:
            self.belief[group] = {one.starts for (theirs, _), one in self.model.items() if theirs == group}

    # ── steps ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def step(self) -> None:
        """One change of a book or in chat, then the timetable is as the model has it and as the families were told."""
        self.now += timedelta(minutes=37)
        if self.dice.random() < 0.5:
            await self._book()
        else:
            await self._chat()
        await self.check()

    async def _book(self) -> None:
        leave_out = self.dice.random() < 0.25
        for change in self.dice.sample([self._hour, self._end, self._room, self._drop, self._weekday, self._day_off], 2):
            change()
        before = dict(self.rows)
        if not leave_out:
            self._change_rows()
            for key, row in before.items():
                if self.rows.get(key) is not row:
                    self.model[key].take_back()
        self._follow()
        if not leave_out:
            for key, row in self.rows.items():
                if before.get(key) is not row:
                    self._act(row)
        for again in (False, True):
            book = await self._read(leave_out=leave_out)
            plan = await carry_out(self.db, book, by=COORDINATOR, now=self.now, zone=self.zone)
            assert not (again and plan), "the same book twice"

    async def _read(self, *, leave_out: bool) -> Any:
        slots: list[list[Cell]] = [["ШАХ-1", "пн", "15:00", "15:45", None]]
        slots += [
            [rule.group, DAYS[rule.weekday], f"{rule.starts:%H:%M}", f"{rule.ends:%H:%M}", rule.place]
            for rule in self.rules
            if rule.there
        ]
        off: list[list[Cell]] = [[f"{day:%d.%m.%Y}", "выходной", "x"] for day in sorted(self.off)]
        sheets = [
            Sheet("Расписание", [[*SLOTS], *slots]),
            Sheet("Календарь", [["Дата", "День", "Название"], ["31.12.2026", "выходной", "канун Нового года"], *off]),
        ]
        if not leave_out:
            sheets.append(Sheet("Изменения", [[*CHANGES], LONG_OVER, *(row.cells for row in self.rows.values())]))
        return parse_workbook(sheets, academic_year=2026, known=await known(self.db, 2026))

    def _hour(self) -> None:
        rule = self.dice.choice(self.rules)
        length = _length(rule.starts, rule.ends)
        rule.starts = time(self.dice.choice((14, 15, 16)), self.dice.choice((0, 30)))
        rule.ends = _plus(rule.starts, length)

    def _end(self) -> None:
        rule = self.dice.choice(self.rules)
        rule.ends = _plus(rule.starts, timedelta(minutes=self.dice.choice((45, 80, 90))))

    def _room(self) -> None:
        self.dice.choice(self.rules).place = self.dice.choice(("каб. 4", "каб. 9", "зал"))

    def _drop(self) -> None:
        self.rules[0].there = not self.rules[0].there

    def _weekday(self) -> None:
        self.rules[2].weekday = self.dice.choice((0, 2, 4))

    def _day_off(self) -> None:
        day = self.first + timedelta(days=7 * self.dice.randrange(WEEKS) + self.dice.choice((1, 3)))
        if self.state.off(day) is None:
            self.off ^= {day}

    def _change_rows(self) -> None:
        key = self.dice.choice(sorted(self.model))
        one = self.model[key]
        if key in self.rows and self.dice.random() < 0.5:
            del self.rows[key]
        elif key not in self.rows and one.ruled and one.held and self._rule_of(key) is not None:
            self.rows[key] = self._row(key)

    def _row(self, key: Key) -> Row:
        rule = self._rule_of(key)
        assert rule is not None
        starts = self._start(rule, key)
        cells: list[Cell] = [key[0], f"{starts:%d.%m.%Y}", f"{starts:%H:%M}"]
        match self.dice.randrange(3):
            case 0:
                return Row(key, [*cells, "отмена"], ("cancelled", True))
            case 1:
                to = self._weekend(starts)
                return Row(key, [*cells, "перенос", f"{to:%d.%m.%Y}", f"{to:%H:%M}"], ("time", to.astimezone(UTC)))
            case _:
                teacher = "П2"
                return Row(key, [*cells, "замена", None, None, None, teacher], ("teacher", teacher))

    def _act(self, row: Row) -> None:
        one = self.model[row.key]
        what, value = row.does
        if what == "cancelled" and one.held:
            one.decide(what, "row", value)
        elif what == "time":
            was_held = one.held
            one.decide(what, "row", (value, value + (one.ends - one.starts)))
            if not was_held:
                one.decide("cancelled", "row", value=False)
        elif what == "teacher" and one.held:
            one.decide(what, "row", value)

    async def _chat(self) -> None:
        key = self.dice.choice(sorted(self.model))
        one = self.model[key]
        lesson = await self._stored(key)
        if lesson is None:
            return
        how: dict[str, Any] = {"by": COORDINATOR, "at": Moment(self.now, self.zone)}
        match self.dice.randrange(4):
            case 0:
                to = self._weekend(one.starts.astimezone(self.zone)).astimezone(UTC)
                starts, ends, *_ = one.shown
                await move_lesson(self.db, lesson, to, **how)
                was_held = one.held
                one.decide("time", "chat", (to, to + (ends - starts)))
                if not was_held:
                    one.decide("cancelled", "chat", value=False)
            case 1 if one.held:
                await cancel_lesson(self.db, lesson, **how)
                one.decide("cancelled", "chat", value=True)
            case 2 if not one.held:
                await restore_lesson(self.db, lesson, **how)
                one.decide("cancelled", "chat", value=False)
            case 3 if one.held:
                place = self.dice.choice(("двор", "каб. 9"))
                if place != one.shown[2]:
                    await move_to_place(self.db, lesson, place, **how)
                    one.decide("place", "chat", place)

    # ── the model ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _rule_of(self, key: Key) -> Rule | None:
        group, day = key
        if group == "ЛЕП-1":
            rule, day = self.rules[2], day + timedelta(days=self.rules[2].weekday)
        else:
            rule = self.rules[0] if day.weekday() == 1 else self.rules[1]
        return rule if rule.there and day not in self.off and self.state.off(day) is None else None

    def _start(self, rule: Rule, key: Key) -> datetime:
        day = key[1] + timedelta(days=rule.weekday) if key[0] == "ЛЕП-1" else key[1]
        return datetime.combine(day, rule.starts, self.zone)

    def _follow(self) -> None:
        """The rules' word on every lesson."""
        for week in range(WEEKS):
            monday = self.first + timedelta(weeks=week)
            for key in (("РОБО-1", monday + timedelta(days=1)), ("РОБО-1", monday + timedelta(days=3)), ("ЛЕП-1", monday)):
                self._follow_one(key)

    def _follow_one(self, key: Key) -> None:
        rule, one = self._rule_of(key), self.model.get(key)
        if rule is None:
            if one is not None and one.ruled:
                one.ruled = False
                if "time" not in one.by and not one.by.get("cancelled", ("", True))[1]:
                    del one.by["cancelled"]
            return
        starts = self._start(rule, key)
        ends = datetime.combine(starts.date(), rule.ends, self.zone).astimezone(UTC)
        if one is None:
            self.model[key] = One(starts.astimezone(UTC), ends, rule.place)
            return
        one.starts, one.ends, one.place, one.ruled = starts.astimezone(UTC), ends, rule.place, True
        one.agree()

    def _weekend(self, near: datetime) -> datetime:
        """An hour of that week's weekend that nobody has."""
        saturday = near.date() + timedelta(days=5 - near.weekday())
        n = self.weekends[saturday]
        self.weekends[saturday] += 1
        minutes = 7 * 60 + n // 2 * 100
        return datetime.combine(saturday + timedelta(days=n % 2), time(minutes // 60, minutes % 60), self.zone)

    # ── what is compared ────────────────────────────────────────────────────────────────────────────────────────────

    async def check(self) -> None:
        """What stands is what the model says; what a family was told, replayed, is what stands."""
        stands = await self._standing()
        assert stands == {group: self._expected(group) for group in FAMILY}
        await self._replay()
        for group in FAMILY:
            starts = {shown[0] for shown in stands[group]}
            assert {at for at in self.belief[group] if self._looked_at(at)} == starts, group

    def _expected(self, group: str) -> set[tuple[Any, ...]]:
        return {one.shown for (theirs, _), one in self.model.items() if theirs == group and one.held}

    async def _standing(self) -> dict[str, set[tuple[Any, ...]]]:
        async with self.db.read() as tx:
            rows = await tx.execute(
                select(Group.code, Lesson.starts_at, Lesson.ends_at, Lesson.place, Staff.code.label("teacher"))
                .join(Group, Group.id == Lesson.group_id)
                .outerjoin(Staff, Staff.id == Lesson.teacher_id)
                .where(Lesson.archived_at.is_(None), Lesson.cancelled_at.is_(None), Group.code.in_(FAMILY))
            )
            found: dict[str, set[tuple[Any, ...]]] = {group: set() for group in FAMILY}
            for row in rows:
                if self._looked_at(row.starts_at):
                    found[row.code].add((row.starts_at, row.ends_at, row.place, row.teacher))
            return found

    def _looked_at(self, at: datetime) -> bool:
        return self.first <= at.astimezone(self.zone).date() <= self.last

    async def _stored(self, key: Key) -> int | None:
        """The lesson of the model, by its rule's day; None: it is not there (archived)."""
        async with self.db.read() as tx:
            rows = await tx.execute(
                select(Lesson.id, Lesson.week, Lesson.plan_starts_at)
                .join(Group, Group.id == Lesson.group_id)
                .where(Group.code == key[0], Lesson.archived_at.is_(None))
            )
            for row in rows:
                day = row.week if key[0] == "ЛЕП-1" else row.plan_starts_at.astimezone(self.zone).date()
                if day == key[1]:
                    return int(row.id)
        return None

    async def _replay(self) -> None:
        """Read what waits for the families as they would, in order; then it is out."""
        async with self.db.read() as tx:
            waiting = await tx.execute(select(Letter).where(Letter.state == "new").order_by(Letter.id))
            letters = [(row.person_id, notice_of(row.kind, row.facts or {})) for row in waiting.scalars()]
            calendar = WorkingCalendar(await named_days(tx))
        for person, notice in letters:
            for group, family in FAMILY.items():
                if family == person:
                    self._hear(group, notice, calendar)
        await sent(self.db)

    def _hear(self, group: str, notice: Notice, calendar: WorkingCalendar) -> None:
        knows = self.belief[group]
        if isinstance(notice, Told):
            if not notice.was_cancelled:
                knows.discard(notice.was_at)
            if not notice.now_cancelled:
                knows.add(notice.now_at)
        elif isinstance(notice, TimetableChanged) and notice.subject == SUBJECT[group]:
            knows -= {at for at in knows if at.astimezone(self.zone).date() >= notice.since}
            knows |= set(self._by_rules(notice, calendar)) - set(notice.off)
            knows |= set(notice.extra)

    def _by_rules(self, notice: TimetableChanged, calendar: WorkingCalendar) -> list[datetime]:
        found = []
        for day in (self.first + timedelta(days=number) for number in range(7 * WEEKS)):
            for weekday, hours in zip(notice.weekdays, notice.hours, strict=True):
                if day >= notice.since and calendar.plays(day) == weekday:
                    found.append(datetime.combine(day, time.fromisoformat(hours.split("-")[0]), self.zone).astimezone(UTC))
        return found


def _length(starts: time, ends: time) -> timedelta:
    return datetime.combine(date.min, ends) - datetime.combine(date.min, starts)


def _plus(starts: time, length: timedelta) -> time:
    return (datetime.combine(date(2026, 1, 1), starts) + length).time()
