"""A book's year of lessons: the rules, the rows and the calendar together, and what then stands against each other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.reading.workbook.rows import ChangeRow, Note, Workbook, code_key
from bot.services.network.lessons.rows import Rows, given_back, to_keep
from bot.services.network.lessons.rules import Eyes, draft_of, follow_rules, plan_of, year_of_lessons
from bot.services.network.plan import Draft, LessonPlan, Planned, Slip
from bot.services.timetable.overlaps import Hour, Met, OwnHours, in_school_hours, overlaps
from bot.services.workdays import WorkingCalendar
from storage.network.network import Stored

TOLD = 10  # of one kind of meeting in a plan


@dataclass(frozen=True, slots=True)
class Year:
    """A book against what is stored of its year. `learning`: group → pupils enrolled."""

    book: Workbook
    before: Stored
    now: datetime
    zone: ZoneInfo
    learning: Mapping[int, Sequence[int]]

    def lessons(self, stored: Sequence[Any]) -> LessonPlan:
        """What becomes of the lessons that are stored."""
        rules, earlier = self._rules()
        calendar, was = WorkingCalendar(self._sheet("calendar")), WorkingCalendar(self.before.calendar)
        eyes = Eyes(
            self.now,
            self.zone,
            {(one.group, one.starts_at) for one in earlier},
            self._groups().keys(),
            {day for day in self._days() if calendar.plays(day) != was.plays(day)},
        )
        own = {group: code_key(row.teacher) for group, row in self._groups().items()}
        rows = Rows(given_back(self.before.changes), self.book.changes, eyes, calendar, own)
        drafts = [draft_of(old) for old in stored]
        rows.take_back(drafts)
        follow_rules(rules, drafts, eyes)
        kept = rows.act(drafts)
        found = plan_of(drafts, eyes)
        found.kept, found.planned, found.now = to_keep(kept), rules, self.now
        self._check(found, rows, calendar)
        return found

    def _rules(self) -> tuple[list[Planned], list[Planned]]:
        year, zone, stands = self.book.academic_year, self.zone, _standing(self.before.groups)
        now = year_of_lessons(self._sheet("slots"), self._groups(), self._sheet("calendar"), academic_year=year, zone=zone)
        return now, year_of_lessons(self.before.slots, stands, self.before.calendar, academic_year=year, zone=zone)

    def _sheet(self, name: str) -> Sequence[Any]:
        rows = getattr(self.book, name)
        found: Sequence[Any] = rows if rows is not None else getattr(self.before, name)
        return found

    def _groups(self) -> dict[str, Any]:
        return _standing(self._sheet("groups"))

    def _days(self) -> Iterable[date]:
        first = date(self.book.academic_year, 9, 1)
        return (first + timedelta(days=number) for number in range(365))

    # ── what stands against each other ──────────────────────────────────────────────────────────────────────────────

    def _check(self, found: LessonPlan, rows: Rows, calendar: WorkingCalendar) -> None:
        found.slips += rows.slips
        notes = list(rows.said)
        for row, draft in rows.acted:
            if not draft.cancelled:
                found.slips += self._onto_own(row, draft, found.drafts)
                notes += self._unlikely(row, draft, calendar)
        hours = list(self._hours(found))
        notes += [_meeting(met) for met in _first(overlaps(hours, self.zone))]
        found.asks[:0] = notes + [_meeting(met) for met in _first(self._in_school(hours, calendar))]

    def _onto_own(self, row: ChangeRow, draft: Draft, drafts: Sequence[Draft]) -> list[Slip]:
        """A row puts a lesson where the same group has another: refused, as in Расписание."""
        if draft.by.get("time") != "row":
            return []
        for other in drafts:
            if other is draft or other.group != draft.group or other.cancelled:
                continue
            if other.starts_at < draft.ends_at and draft.starts_at < other.ends_at:
                where = "new_day" if row.new_day else "new_starts"
                return [Slip(row.row, where, "network-onto-own-lesson", {"starts": other.starts_at, "ends": other.ends_at})]
        return []

    def _unlikely(self, row: ChangeRow, draft: Draft, calendar: WorkingCalendar) -> list[Note]:
        """Where nobody expects a lesson: a day off, the night, after the year."""
        starts, ends = draft.starts_at.astimezone(self.zone), draft.ends_at.astimezone(self.zone)
        facts: dict[str, Any] = {"row": str(row.row), "group": row.group, "at": draft.starts_at}
        off = calendar.closed(starts.date())
        found = []
        if off is not None:
            found.append(Note.of("network-row-on-day-off", name=off.name or "none", **facts))
        if starts.hour < EARLY or ends.hour >= LATE or ends.date() != starts.date():
            found.append(Note.of("network-row-at-night", ends=draft.ends_at, **facts))
        if (years := self._sheet("years")) and starts.date() > years[0].ends_on:
            found.append(Note.of("network-row-after-year", last=years[0].ends_on, **facts))
        return found

    def _hours(self, found: LessonPlan) -> Iterable[Hour]:
        groups, ids = self._groups(), {code_key(row.code): row.id for row in self.before.groups}
        of_course = {code_key(row.code): code_key(row.organization) for row in (*self.before.courses, *(self.book.courses or ()))}
        fresh = {one.old.id for one in found.changed}
        for draft in found.drafts:
            group = groups.get(draft.group)
            if group is None or draft.cancelled or draft.archived or draft.starts_at <= self.now:
                continue
            place = draft.place or group.place
            yield Hour(
                group.code,
                draft.starts_at,
                draft.ends_at,
                draft.teacher or code_key(group.teacher),
                (of_course.get(code_key(group.course), ""), place.casefold()) if place else None,
                frozenset(self.learning.get(ids.get(draft.group, 0), ())),
                draft.old is None or draft.old.id in fresh,
            )

    def _in_school(self, hours: Sequence[Hour], calendar: WorkingCalendar) -> list[Met]:
        of_code = {code_key(row.code): row.class_name for row in self.book.pupils or ()}
        classes = {row.id: of_code.get(code_key(row.code), row.class_name) for row in self.before.pupils}
        own = [OwnHours(row.class_name, row.weekday, row.starts, row.ends) for row in self._sheet("busy")]
        plays = {day: calendar.plays(day) for day in {hour.starts.astimezone(self.zone).date() for hour in hours if hour.fresh}}
        return in_school_hours(hours, classes, own, plays, self.zone)


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


def _first(met: Sequence[Met]) -> Sequence[Met]:
    return met[:TOLD]


def _meeting(met: Met) -> Note:
    return Note.of(MEETING[met.kind], one=met.one, other=met.other, at=met.at, more=met.more)
