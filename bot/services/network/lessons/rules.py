"""The year's lessons from the weekly rules and the calendar, and what they do to the lessons that stand. Pure.

Nothing that people decided is undone by rules: what was decided singly stands by lesson, and what the rules would have
otherwise is asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.reading.workbook.rows import Note, code_key
from bot.services.network.plan import Altered, Draft, LessonPlan, Planned
from bot.services.workdays import WorkingCalendar, is_odd_week, monday_of
from storage.network.years import AcademicYear

SOON = timedelta(days=14)  # as far ahead as families hear of every single lesson of a new weekly timetable
WHAT = ("time", "place", "teacher", "cancelled")  # of a lesson that somebody may have decided


def year_of_lessons(
    slots: Iterable[Any], groups: Mapping[str, Any], calendar: Iterable[Any], *, year: AcademicYear, zone: ZoneInfo
) -> list[Planned]:
    """Every lesson of the academic year (from its first day to its last, or as long as a rule says) by the weekly rules.

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
                starts, ends = at(day, slot.starts, zone), at(day, slot.ends, zone)
                made.append(Planned(group, monday_of(day), starts, ends, slot.place or groups[group].place, slot.from_day))
    return made


def _in_week(day: date, weeks: str | None, begins: date) -> bool:
    return weeks not in ("even", "odd") or is_odd_week(day, begins) == (weeks == "odd")


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A moment of the network's clock."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def draft_of(old: Any) -> Draft:
    """A stored lesson, to be written in."""
    return Draft(
        code_key(old.group), old.week, old.ordinal,
        old.plan_starts_at, old.plan_ends_at, old.plan_place, old.starts_at, old.ends_at, old.place,
        code_key(old.teacher) if old.teacher else None, old.cancelled_at is not None, old.archived_at is not None,
        {what: by for what in WHAT if (by := getattr(old, f"{what}_by"))}, old,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Eyes:
    """What lessons are looked at with. `earlier` are the (group, start) of the rules before this book; `groups` those it has;
    `other_days` the (group, day) of which the calendar it keeps now says otherwise.
    """

    now: datetime
    zone: ZoneInfo
    earlier: Collection[tuple[str, datetime]]
    groups: Collection[str]
    other_days: Collection[tuple[str, date]] = ()
    asks: list[Note] = field(default_factory=list)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def by_calendar(self, group: str, moment: datetime) -> bool:
        """Whether the calendar, and no rule, has changed what a group does on the day of a moment."""
        return (group, self.day(moment)) in self.other_days

    def near(self, moment: datetime) -> bool:
        return moment < self.now + SOON

    def ask(self, key: str, draft: Draft, book: datetime | None = None) -> None:
        """Say that a lesson stands as it was decided, though the book would have it otherwise."""
        group = draft.old.group if draft.old is not None else draft.group
        self.asks.append(Note.of(key, group=group, stands=draft.starts_at, book=book or draft.plan_starts_at))


def follow_rules(planned: Sequence[Planned], drafts: list[Draft], eyes: Eyes) -> None:
    """Write the planned year in the drafts; a lesson the year has anew is added to them. What has begun is never touched.

    Same lesson: same group and week, then the same hour, else the nearest day and hour; so another day or hour is a move.
    """
    weeks: dict[tuple[str, date], tuple[list[Planned], list[Draft]]] = defaultdict(lambda: ([], []))
    for lesson in planned:
        weeks[lesson.group, lesson.week][0].append(lesson)
    for draft in drafts:
        weeks[draft.group, draft.week][1].append(draft)
    for news, olds in weeks.values():
        drafts += _week(news, olds, eyes)


def _week(news: list[Planned], olds: list[Draft], eyes: Eyes) -> list[Draft]:
    """One group's week; returns its new lessons."""
    news = sorted(news, key=lambda lesson: lesson.starts_at)
    taken = {old.ordinal for old in olds}
    extra, olds = [old for old in olds if old.extra], [old for old in olds if not old.extra]
    alive = sorted((old for old in olds if not old.archived), key=lambda old: old.plan_starts_at)
    archived = [old for old in olds if old.archived]
    pairs = _pair(news, alive, lambda lesson, old: lesson.starts_at == old.plan_starts_at)
    pairs += _pair(news, archived, lambda lesson, old: lesson.starts_at == old.plan_starts_at)
    ahead = [old for old in alive if old.plan_starts_at > eyes.now]
    held = [old for old in alive if old.plan_starts_at <= eyes.now]
    pairs += _nearest(news, ahead, eyes)
    pairs += _pair(news, archived, lambda lesson, old: eyes.day(lesson.starts_at) == eyes.day(old.plan_starts_at))
    news = [lesson for lesson in news if lesson.starts_at > eyes.now]
    for lesson, old in _nearest([one for one in news if one.since is None or one.since <= one.week], held, eyes):
        news.remove(lesson)  # the week has had it
        eyes.ask("network-held-this-week", old, lesson.starts_at)
    for lesson, old in pairs:
        _follow(lesson, old, eyes)
    for old in (*ahead, *extra):
        _gone(old, eyes)
    return _new(news, taken, eyes)


Pairs = list[tuple[Planned, Draft]]


def _pair(news: list[Planned], olds: list[Draft], same: Callable[[Planned, Draft], bool]) -> Pairs:
    """Take out of both lists what belongs together."""
    pairs = []
    for lesson in list(news):
        old = next((old for old in olds if same(lesson, old)), None)
        if old is not None:
            news.remove(lesson)
            olds.remove(old)
            pairs.append((lesson, old))
    return pairs


def _nearest(news: list[Planned], olds: list[Draft], eyes: Eyes) -> Pairs:
    """Take out of both lists what lies nearest to each other, by day and then by hour."""
    far = sorted(
        (abs(eyes.day(one.starts_at) - eyes.day(old.plan_starts_at)), abs(one.starts_at - old.plan_starts_at), n, m)
        for n, one in enumerate(news)
        for m, old in enumerate(olds)
    )
    pairs: Pairs = []
    left, right = dict(enumerate(news)), dict(enumerate(olds))
    for *_, n, m in far:
        if n in left and m in right:
            pairs.append((left.pop(n), right.pop(m)))
    news[:], olds[:] = left.values(), right.values()
    return pairs


def _new(news: list[Planned], taken: set[int], eyes: Eyes) -> list[Draft]:
    made = []
    for one in news:
        ordinal = next(n for n in range(1, 1000) if n not in taken)
        taken.add(ordinal)
        place = (one.starts_at, one.ends_at, one.place)
        single = eyes.by_calendar(one.group, one.starts_at)
        made.append(Draft(one.group, one.week, ordinal, *place, *place, single=single))
    return made


def _follow(lesson: Planned, draft: Draft, eyes: Eyes) -> None:
    """The rules' word, but for what people decided."""
    if draft.starts_at <= eyes.now:
        return
    draft.plan_place = lesson.place
    if "place" not in draft.by:
        draft.place = lesson.place
    moved = lesson.starts_at != draft.plan_starts_at
    if draft.plan_starts_at <= eyes.now or (moved and lesson.starts_at <= eyes.now):
        if moved:
            eyes.ask("network-new-hour-over", draft, lesson.starts_at)
    else:
        draft.plan_starts_at, draft.plan_ends_at = lesson.starts_at, lesson.ends_at
        if "time" not in draft.by:
            draft.starts_at, draft.ends_at = lesson.starts_at, lesson.ends_at
        elif moved and not draft.cancelled and draft.starts_at != lesson.starts_at:
            eyes.ask("network-stands", draft)
    if draft.gone:
        draft.cancelled = False
        draft.single |= eyes.by_calendar(draft.group, draft.plan_starts_at)
    draft.archived = False
    agreed(draft)


def agreed(draft: Draft) -> None:
    """What stands as the rules have it is nobody's decision against them."""
    if (draft.starts_at, draft.ends_at) == (draft.plan_starts_at, draft.plan_ends_at):
        draft.by.pop("time", None)
    if draft.place == draft.plan_place:
        draft.by.pop("place", None)
    if draft.teacher is None:
        draft.by.pop("teacher", None)


def _gone(draft: Draft, eyes: Eyes) -> None:
    """The rules no longer give a lesson. One that people decided to hold stands, unless its whole group is gone."""
    if draft.cancelled or draft.starts_at <= eyes.now:
        return
    newly = (draft.group, draft.plan_starts_at) in eyes.earlier
    if draft.group in eyes.groups:
        if draft.extra:
            return  # no rule has ever given it: people made it
        if "time" in draft.by:
            if newly and not eyes.by_calendar(draft.group, draft.plan_starts_at):
                eyes.ask("network-stands-without-rule", draft)
            return
        if "cancelled" in draft.by and not newly:
            return  # let take place in chat after the rules had dropped it
    draft.cancelled = True
    draft.by.pop("cancelled", None)
    draft.single |= eyes.by_calendar(draft.group, draft.plan_starts_at)


# ── what becomes of it ──────────────────────────────────────────────────────────────────────────────────────────────


def plan_of(drafts: list[Draft], eyes: Eyes) -> LessonPlan:
    """What the drafts do to the lessons they were made of."""
    plan = LessonPlan(asks=eyes.asks, drafts=drafts)
    for draft in drafts:
        if draft.old is None:
            plan.new.append(draft)
        else:
            _compare(draft, plan, eyes)
    plan.changed.sort(key=lambda one: (one.old.starts_at, one.old.id))
    return plan


def _compare(draft: Draft, plan: LessonPlan, eyes: Eyes) -> None:
    old = draft.old
    told = eyes.near(min(draft.starts_at, old.starts_at)) or draft.single
    if draft.gone and old.cancelled_at is None and not told:
        draft.archived = True  # one of the coming days, or told singly, is still seen as cancelled; others are just not there
    values = _values(draft, eyes.now)
    if not values:
        return
    kind = _kind(draft)
    if kind is None:
        plan.quiet.append((old.id, values))
    else:
        plan.changed.append(Altered(old, kind, values, draft.reason, told))


def _values(draft: Draft, now: datetime) -> dict[str, Any]:
    old = draft.old
    names = ("plan_starts_at", "plan_ends_at", "plan_place", "starts_at", "ends_at", "place")
    values: dict[str, Any] = {name: getattr(draft, name) for name in names if getattr(draft, name) != getattr(old, name)}
    if draft.teacher != (code_key(old.teacher) if old.teacher else None):
        values["teacher"] = draft.teacher
    for name, is_so in (("cancelled_at", draft.cancelled), ("archived_at", draft.archived)):
        if is_so != (getattr(old, name) is not None):
            values[name] = now if is_so else None
    return values | {f"{what}_by": draft.by.get(what) for what in WHAT if draft.by.get(what) != getattr(old, f"{what}_by")}


def _kind(draft: Draft) -> str | None:
    """What the families see of it; None: nothing (a cancelled lesson with another hour, say)."""
    old = draft.old
    if draft.cancelled:
        return "cancelled" if old.cancelled_at is None else None
    if old.cancelled_at is not None or old.archived_at is not None:
        return "restored"
    if (draft.starts_at, draft.ends_at) != (old.starts_at, old.ends_at):
        return "moved"
    if draft.place != old.place:
        return "room"
    return "teacher" if draft.teacher != (code_key(old.teacher) if old.teacher else None) else None
