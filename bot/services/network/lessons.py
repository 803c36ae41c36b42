"""The year's lessons from the weekly rules, the calendar and the changes, and what they do to the lessons that stand. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.reading.workbook.rows import ChangeRow, code_key
from bot.services.workdays import WorkingCalendar, is_odd_week, monday_of
from storage.network.years import AcademicYear


@dataclass(frozen=True, slots=True)
class Planned:
    """One lesson as the workbook has it. `week` is the Monday of the week in which the weekly rule puts it."""

    group: str  # folded
    week: date
    rule_starts_at: datetime  # before Изменения
    starts_at: datetime
    ends_at: datetime
    place: str | None
    cancelled: bool = False
    teacher: str | None = None  # a stand-in's code, folded
    reason: str | None = None
    single: bool = False  # changed by a line of Изменения


@dataclass(frozen=True, slots=True)
class Altered:
    """A stored lesson that the plan changes: how it stood and what will be otherwise."""

    old: Any  # a row of storage.network.lessons
    kind: str  # moved | cancelled | restored | room | teacher
    values: Mapping[str, Any]  # of the table; `teacher` and not its id
    reason: str | None
    told: bool  # families hear of this very lesson


@dataclass(slots=True)
class LessonPlan:
    new: list[tuple[Planned, int]] = field(default_factory=list)  # with the ordinal within the week
    changed: list[Altered] = field(default_factory=list)  # what can be seen of it
    quiet: list[tuple[int, Mapping[str, Any]]] = field(default_factory=list)  # id and values: nobody sees a difference
    missed: list[ChangeRow] = field(default_factory=list)  # changes that meet no lesson

    def of(self, kind: str) -> list[Altered]:
        return [one for one in self.changed if one.kind == kind]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.quiet)


Week: TypeAlias = tuple[str, date]


def year_of_lessons(
    slots: Iterable[Any], groups: Mapping[str, Any], calendar: Iterable[Any], *, year: AcademicYear, zone: ZoneInfo
) -> list[Planned]:
    """Every lesson of the academic year (from its first day to its last, or as long as a rule says) by the weekly rules alone.

    `slots` and `calendar` are the file's or the stored rows, `groups` folded code → row. Weeks are counted from the first
    teaching day of the year.
    """
    days = WorkingCalendar(calendar)
    begins = days.first_teaching_day(year.starts_on)
    taught = days.taught(date(year.year, 7, 1), date(year.year + 1, 8, 31))
    made: list[Planned] = []
    for slot in slots:
        group = code_key(slot.group)
        if group not in groups:
            continue
        first, last = slot.from_day or year.starts_on, slot.to_day or year.ends_on
        for day in taught.get(slot.weekday, ()):
            if first <= day <= last and _in_week(day, slot.weeks, begins):
                starts, ends = _at(day, slot.starts, zone), _at(day, slot.ends, zone)
                made.append(Planned(group, monday_of(day), starts, starts, ends, slot.place or groups[group].place))
    return made


def _in_week(day: date, weeks: str | None, begins: date) -> bool:
    return weeks not in ("even", "odd") or is_odd_week(day, begins) == (weeks == "odd")


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def with_changes(made: list[Planned], changes: Iterable[ChangeRow], zone: ZoneInfo) -> tuple[list[Planned], list[ChangeRow]]:
    """The lessons after Изменения, and the changes that meet no lesson."""
    place_of = {(lesson.group, lesson.rule_starts_at): n for n, lesson in enumerate(made)}
    lessons, missed = list(made), []
    for change in changes:
        n = place_of.get((code_key(change.group), _at(change.day, change.starts, zone)))
        if n is None:
            missed.append(change)
        else:
            lessons[n] = _changed(lessons[n], change, zone)
    return lessons, missed


def _changed(lesson: Planned, change: ChangeRow, zone: ZoneInfo) -> Planned:
    if change.action == "cancelled":
        return replace(lesson, cancelled=True, reason=change.reason, single=True)
    starts = lesson.starts_at
    if change.new_day or change.new_starts:
        starts = _at(change.new_day or change.day, change.new_starts or change.starts, zone)
    return replace(
        lesson,
        starts_at=starts,
        ends_at=starts + (lesson.ends_at - lesson.starts_at),
        place=change.new_place or lesson.place,
        teacher=code_key(change.teacher) if change.teacher else None,
        reason=change.reason,
        single=True,
    )


Earlier: TypeAlias = Mapping[tuple[str, datetime], Planned]


@dataclass(frozen=True, slots=True)
class Eyes:
    """What one week is looked at with: the moment, and the lessons the last workbook planned, by group and start."""

    now: datetime
    earlier: Earlier
    plan: LessonPlan


def compare_lessons(
    planned: Sequence[Planned], stored: Sequence[Any], earlier: Sequence[Planned], *, now: datetime
) -> LessonPlan:
    """The planned year against the stored one. What has begun, as planned or as it stands, is never touched.

    Same lesson: same group and week, then the same hour, else the same place in the order of the week; so another day
    or hour is a move. A decision made in chat stands unless the workbook's own word has changed since `earlier`.
    """
    weeks: dict[Week, tuple[list[Planned], list[Any]]] = defaultdict(lambda: ([], []))
    for lesson in planned:
        weeks[lesson.group, lesson.week][0].append(lesson)
    for old in stored:
        weeks[code_key(old.group), old.week][1].append(old)
    eyes = Eyes(now, {(lesson.group, lesson.starts_at): lesson for lesson in earlier}, LessonPlan())
    for news, olds in weeks.values():
        _compare_week(news, olds, eyes)
    eyes.plan.changed.sort(key=lambda one: (one.old.starts_at, one.old.id))
    return eyes.plan


def _compare_week(news: list[Planned], olds: list[Any], eyes: Eyes) -> None:
    now = eyes.now
    news = sorted(news, key=lambda lesson: lesson.starts_at)
    olds = sorted(olds, key=lambda old: (old.archived_at is not None, old.plan_starts_at))
    taken = {old.ordinal for old in olds}
    pairs: list[tuple[Planned, Any]] = []
    _pair(news, olds, pairs, lambda lesson, old: old.archived_at is None and lesson.starts_at == old.plan_starts_at)
    _pair(news, olds, pairs, lambda lesson, old: old.archived_at is None and lesson.rule_starts_at == old.plan_starts_at)
    news = [lesson for lesson in news if lesson.starts_at > now]
    ahead = [old for old in olds if old.plan_starts_at > now and old.starts_at > now]
    _pair(news, ahead, pairs, lambda _lesson, old: old.archived_at is None)
    _pair(news, ahead, pairs, lambda lesson, old: lesson.starts_at == old.plan_starts_at)
    for lesson in news:
        ordinal = next(n for n in range(1, 1000) if n not in taken)
        taken.add(ordinal)
        eyes.plan.new.append((lesson, ordinal))
    for lesson, old in pairs:
        if old.plan_starts_at > now and old.starts_at > now and lesson.starts_at > now:
            _compare_lesson(lesson, old, eyes)
    for old in ahead:
        if old.archived_at is None and old.cancelled_at is None:
            _gone(old, eyes)


def _pair(news: list[Planned], olds: list[Any], pairs: list[tuple[Planned, Any]], same: Callable[[Planned, Any], bool]) -> None:
    """Take out of both lists what belongs together."""
    for lesson in list(news):
        old = next((old for old in olds if same(lesson, old)), None)
        if old is not None:
            news.remove(lesson)
            olds.remove(old)
            pairs.append((lesson, old))


def _gone(old: Any, eyes: Eyes) -> None:
    """A lesson the plan no longer has: one of the coming days is still seen as cancelled; later ones are just not there."""
    near = _near(old, eyes)
    values = {"cancelled_at": eyes.now, "archived_at": None if near else eyes.now}
    eyes.plan.changed.append(Altered(old, "cancelled", values, None, near))


def _near(old: Any, eyes: Eyes) -> bool:
    return bool(old.starts_at < eyes.now + SOON)


SOON = timedelta(days=14)  # as far ahead as families hear of every single lesson


def _compare_lesson(lesson: Planned, old: Any, eyes: Eyes) -> None:
    before = eyes.earlier.get((lesson.group, old.plan_starts_at))
    values: dict[str, Any] = {}
    if (lesson.starts_at, lesson.ends_at) != (old.plan_starts_at, old.plan_ends_at):
        values |= {"plan_starts_at": lesson.starts_at, "plan_ends_at": lesson.ends_at}
        values |= {"starts_at": lesson.starts_at, "ends_at": lesson.ends_at}
    if lesson.place != old.plan_place:
        values |= {"plan_place": lesson.place, "place": lesson.place}
    teacher = code_key(old.teacher) if old.teacher else None
    if lesson.teacher not in (teacher, before.teacher if before else None):
        values["teacher"] = lesson.teacher
    if lesson.cancelled and old.cancelled_at is None and not (before and before.cancelled):
        values["cancelled_at"] = eyes.now
    elif (
        not lesson.cancelled
        and old.cancelled_at is not None
        and (before is None or before.cancelled or old.archived_at is not None)
    ):
        values["cancelled_at"] = None
    if old.archived_at is not None:
        values["archived_at"] = None
    if not values:
        return
    kind = _kind(values, old)
    if kind is None:
        eyes.plan.quiet.append((old.id, values))
    else:
        told = _near(old, eyes) or lesson.single or (before is not None and before.single)
        eyes.plan.changed.append(Altered(old, kind, values, lesson.reason, told))


def _kind(values: Mapping[str, Any], old: Any) -> str | None:
    """What the families see of it; None: nothing (a chat move that the workbook now agrees with, a cancelled lesson)."""
    if values.get("cancelled_at") is not None:
        return "cancelled"
    if "cancelled_at" in values or "archived_at" in values:
        return "restored"
    if old.cancelled_at is not None:
        return None
    if values.get("starts_at", old.starts_at) != old.starts_at or values.get("ends_at", old.ends_at) != old.ends_at:
        return "moved"
    if values.get("place", old.place) != old.place:
        return "room"
    return "teacher" if "teacher" in values else None
