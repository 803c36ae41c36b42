"""A book's year of lessons: the rules, the rows and the calendar together, and what then stands against each other. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.reading.workbook.rows import ChangeRow, Note, Workbook, code_key
from bot.services.network.lessons.rows import Rows, given_back, to_keep
from bot.services.network.lessons.rules import Eyes, draft_of, follow_rules, plan_of, year_of_lessons
from bot.services.network.plan import Draft, LessonPlan, Planned, Slip
from bot.services.network.schools import Calendars, Side
from bot.services.timetable.overlaps import Hour, Met, OwnHours, in_school_hours, meet, overlaps
from bot.services.workdays import WorkingCalendar
from storage.network.network import Stored
from storage.network.years import AcademicYear, usual
from storage.people.classes import class_in

TOLD = 10  # of one kind of meeting in a plan


@dataclass(frozen=True, slots=True)
class Sight:
    """What a year is looked at with: the moment, the calendars of all schools once the book has been carried out and as they
    were, and who learns where (group → pupils enrolled).
    """

    now: datetime
    zone: ZoneInfo
    calendars: Calendars
    were: Calendars
    learning: Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Year:
    """A book against what is stored of its year, of all schools."""

    side: Side
    before: Stored
    sight: Sight

    @property
    def book(self) -> Workbook:
        return self.side.book

    def lessons(self, stored: Sequence[Any]) -> LessonPlan:
        """What becomes of the lessons that are stored."""
        now, zone = self.sight.now, self.sight.zone
        rules, earlier = self._rules()
        eyes = Eyes(now, zone, {(one.group, one.starts_at) for one in earlier}, self._groups().keys(), self._other_days())
        own = {group: code_key(row.teacher) for group, row in self._groups().items()}
        rows = Rows(given_back(self.before.changes), self.book.changes, eyes, self.sight.calendars, own)
        drafts = [draft_of(old) for old in stored]
        rows.take_back(drafts)
        follow_rules(rules, drafts, eyes)
        kept = rows.act(drafts)
        found = plan_of(drafts, eyes)
        found.kept, found.planned, found.now = to_keep(kept), rules, now
        self._check(found, rows)
        return found

    def _rules(self) -> tuple[list[Planned], list[Planned]]:
        """Every lesson by the weekly rules, as the book has it and as it was."""
        stood, year = _days_of(self.before.years, self.book.academic_year), self._year()
        now = self._by_rules(self._sheet("slots"), self._groups(), self.sight.calendars, year)
        return now, self._by_rules(self.before.slots, _standing(self.before.groups), self.sight.were, stood)

    def _by_rules(
        self, slots: Sequence[Any], groups: Mapping[str, Any], calendars: Calendars, year: AcademicYear
    ) -> list[Planned]:
        return [
            lesson
            for some, days in calendars.parts(slots)
            for lesson in year_of_lessons(some, groups, days, year=year, zone=self.sight.zone)
        ]

    def _sheet(self, name: str) -> Sequence[Any]:
        rows = getattr(self.book, name)
        found: Sequence[Any] = rows if rows is not None else getattr(self.before, name)
        return found

    def _groups(self) -> dict[str, Any]:
        return _standing(self._sheet("groups"))

    def _year(self) -> AcademicYear:
        return _days_of(self.book.years or self.before.years, self.book.academic_year)

    def _other_days(self) -> set[tuple[str, date]]:
        """(group, day) of which the calendar the group keeps now says otherwise."""
        keep: dict[tuple[WorkingCalendar, WorkingCalendar], set[str]] = defaultdict(set)
        for row in (*self.before.groups, *(self.book.groups or ())):
            group = code_key(row.code)
            keep[self.sight.calendars.of(group), self.sight.were.of(group)].add(group)
        first = date(self.book.academic_year, 7, 1)
        days = [first + timedelta(days=number) for number in range((date(first.year + 1, 9, 1) - first).days)]
        return {
            (group, day)
            for (calendar, was), groups in keep.items()
            for day in days
            if calendar.plays(day) != was.plays(day)
            for group in groups
        }

    # ── what stands against each other ──────────────────────────────────────────────────────────────────────────────

    def _check(self, found: LessonPlan, rows: Rows) -> None:
        found.slips += rows.slips
        notes = list(rows.said)
        found.reasons += [(row.row, row.reason) for row, _ in rows.acted if row.row and row.reason]
        for row, draft in rows.acted:
            if row.row and not draft.cancelled:  # else it is kept for another school
                found.slips += self._onto_own(row, draft, found.drafts)
                notes += self._unlikely(row, draft)
        hours = list(self._hours(found))
        notes += [_meeting(met) for met in _first(overlaps(hours, self.sight.zone))]
        found.asks[:0] = notes + [_meeting(met) for met in _first(self._in_school(hours))]

    def _onto_own(self, row: ChangeRow, draft: Draft, drafts: Sequence[Draft]) -> list[Slip]:
        """A row puts a lesson where the same group has another: refused, as in Расписание."""
        if draft.by.get("time") != "row":
            return []
        for other in drafts:
            if other is draft or other.group != draft.group or other.cancelled:
                continue
            if meet(other, draft):
                where = "new_day" if row.new_day else "new_starts"
                return [Slip(row.row, where, "network-onto-own-lesson", {"starts": other.starts_at, "ends": other.ends_at})]
        return []

    def _unlikely(self, row: ChangeRow, draft: Draft) -> list[Note]:
        """Where nobody expects a lesson: a day off, the night, after the year."""
        starts, ends = draft.starts_at.astimezone(self.sight.zone), draft.ends_at.astimezone(self.sight.zone)
        facts: dict[str, Any] = {"row": str(row.row), "group": row.group, "at": draft.starts_at}
        off = self.sight.calendars.of(draft.group).closed(starts.date())
        found = []
        if off is not None:
            found.append(Note.of("network-row-on-day-off", name=off.name or "none", **facts))
        if starts.hour < EARLY or ends.hour >= LATE or ends.date() != starts.date():
            found.append(Note.of("network-row-at-night", ends=draft.ends_at, **facts))
        if starts.date() > (last := self._year().ends_on):
            found.append(Note.of("network-row-after-year", last=last, **facts))
        return found

    def _hours(self, found: LessonPlan) -> Iterable[Hour]:
        groups, ids = self._groups(), {code_key(row.code): row.id for row in self.before.groups}
        of_course = {code_key(row.code): code_key(row.organization) for row in (*self.before.courses, *(self.book.courses or ()))}
        fresh = {one.old.id for one in found.changed}
        for draft in found.drafts:
            group = groups.get(draft.group)
            if group is None or draft.cancelled or draft.archived or draft.starts_at <= self.sight.now:
                continue
            place = draft.place or group.place
            yield Hour(
                group.code,
                draft.starts_at,
                draft.ends_at,
                draft.teacher or code_key(group.teacher),
                (of_course.get(code_key(group.course), ""), place.casefold()) if place else None,
                frozenset(self.sight.learning.get(ids.get(draft.group, 0), ())),
                draft.old is None or draft.old.id in fresh,
            )

    def _in_school(self, hours: Sequence[Hour]) -> list[Met]:
        of_code = {code_key(row.code): row.class_name for row in self.book.pupils or ()}
        year, this = self.book.academic_year, self.before.this
        classes = {
            row.id: (code_key(row.school), class_in(of_code.get(code_key(row.code), row.class_name), year, this) or "")
            for row in self.before.pupils
        }
        own = [OwnHours(code_key(row.school), row.class_name, row.weekday, row.starts, row.ends) for row in self.side.busy]
        schools = {each.school: self.sight.calendars.of_school(each.school) for each in own}
        return in_school_hours(hours, classes, own, lambda school, day: schools[school].plays(day), self.sight.zone)


MEETING = {
    "group": "network-clash-group",
    "teacher": "network-clash-teacher",
    "room": "network-clash-room",
    "pupils": "network-clash-pupils",
    "school": "network-clash-school",
}
EARLY, LATE = 7, 22  # hours between which lessons are held


def _standing(rows: Iterable[Any]) -> dict[str, Any]:
    return {code_key(row.code): row for row in rows if getattr(row, "archived_at", None) is None}


def _days_of(rows: Sequence[Any], year: int) -> AcademicYear:
    """When the year begins and ends, as its sheet or the stored row says."""
    found = next((row for row in rows if row.year == year), None)
    return usual(year) if found is None else AcademicYear(year, found.starts_on, found.ends_on, found.half_ends_on)


def _first(met: Sequence[Met]) -> Sequence[Met]:
    return met[:TOLD]


def _meeting(met: Met) -> Note:
    return Note.of(MEETING[met.kind], one=met.one, other=met.other, at=met.at, more=met.more)
