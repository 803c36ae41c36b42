"""Who hears of a lesson's change: the families of its pupils, and who stands in for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bot.clock import Moment
from bot.notices import ORDINARY, URGENT, Notice
from bot.notices.lesson_staff import LessonStandIn
from bot.notices.timetable import LessonSoon, telling
from bot.post.posting import Addressed, post_all
from bot.services.people.calls import note_calls
from bot.services.resources.meeting import tell_bookers
from bot.voice import short_name
from storage import unsaid
from storage.db import Tx
from storage.enrollment import enrollment
from storage.people import contacts, people
from storage.timetable import changes as lesson_changes
from storage.timetable import reminders, timetable
from storage.timetable.timetable import Standing, Stood

EVENING = time(18)  # when the day's changes of later lessons are told
TOO_LATE = time(21)  # from here on they wait for the next evening


@dataclass(frozen=True)
class Changed:
    """A change of a lesson that has been written."""

    lesson_id: int
    change_id: int
    kind: str  # moved | cancelled | restored | room | teacher | added
    was: Standing
    now: Standing
    reason: str | None = None


async def announce(tx: Tx, changes: Sequence[Changed], *, at: Moment) -> int:
    """Post the letters about changes already written to the families of the groups' pupils.

    At once if the old or the new time is today or tomorrow, else in the evening. What a family never heard is told as
    one: A → B → A is not told at all. Returns the families (children) that hear of any of the changes.
    """
    stood = await timetable.lessons(tx, {change.lesson_id for change in changes})
    organizations = {lesson.organization_id for lesson in stood.values()}
    await tell_bookers(tx, set(stood), organizations=organizations, now=at.now)
    await _tell_teachers(tx, changes, stood, now=at.now)
    learning = await enrollment.pupils_of_groups(tx, {lesson.group_id for lesson in stood.values()})
    pupils = {pupil for some in learning.values() for pupil in some}
    if not pupils:
        return 0
    staff = {change.was.teacher_id for change in changes} | {change.now.teacher_id for change in changes}
    circle = Circle(
        families=await people.families_of(tx, pupils),
        names=await people.first_names(tx, pupils),
        teachers=await timetable.staff_names(tx, {staff_id for staff_id in staff if staff_id is not None}),
    )
    await _tell(tx, changes, stood, learning, circle, at=at)
    asked = await lesson_changes.asked(tx, stood)
    news = {(change.lesson_id, change.change_id) for change in changes}
    return len({pupil for (lesson_id, pupil), told in asked.items() if (lesson_id, told) in news})


@dataclass(frozen=True)
class Circle:
    """Whom the changes concern, and their names."""

    families: dict[int, list[int]]
    names: dict[int, str]
    teachers: dict[int, str]

    def teacher(self, staff_id: int | None, lesson: Stood) -> str:
        return given_names(lesson.own_teacher if staff_id is None else self.teachers[staff_id])


async def _tell(
    tx: Tx, changes: Sequence[Changed], stood: dict[int, Stood], learning: Learning, circle: Circle, *, at: Moment
) -> None:
    """All that one child's family hears of these changes is due at one moment and stands together in the line: it goes out as
    one letter. A lesson of today or tomorrow takes the others with it.
    """
    unsent = await unsaid.unsent(
        tx, {f"lesson:{one}" for one in stood}, {who for some in circle.families.values() for who in some}
    )
    known: dict[str, list[datetime]] = defaultdict(list)
    for (topic, *_), some in unsent.items():
        known[topic] += [datetime.fromisoformat(older.facts["was_at"]) for older in some]
    times = {one.change_id: [one.was.starts_at, one.now.starts_at, *known[f"lesson:{one.lesson_id}"]] for one in changes}
    ahead = [one for one in changes if max(times[one.change_id]) > at.now]  # else nobody can still go, or stay, by it
    near = near_pupils([(stood[one.lesson_id].group_id, *times[one.change_id]) for one in ahead], learning, at)
    letters: tuple[list[Addressed], list[Addressed]] = ([], [])
    to_call: list[tuple[int, Notice]] = []  # what the families no letter reaches are told by telephone
    for pupil in sorted({pupil for some in learning.values() for pupil in some}):
        theirs = [one for one in ahead if pupil in learning.get(stood[one.lesson_id].group_id, ())]
        for change in sorted(theirs, key=lambda one: (one.was.starts_at, one.lesson_id)):
            notice = _notice(change, stood[change.lesson_id], pupil, circle, at.today.year)
            if notice is not None:
                to_call.append((pupil, notice))
                over = max(times[change.change_id])
                letters[pupil in near].extend(
                    Addressed(who, notice, pupil, expires_at=over) for who in circle.families.get(pupil, [])
                )
    stale = {f"lessons:{moment.astimezone(at.zone).date()}" for one in ahead for moment in times[one.change_id]}
    stale |= {LessonSoon.of(one.lesson_id, one.was.starts_at) for one in ahead}
    pupils = {pupil for one in ahead for pupil in learning.get(stood[one.lesson_id].group_id, ())}
    await reminders.overtake(tx, stale, pupils)
    later, at_once = letters
    for group in {stood[one.lesson_id].group_id for one in ahead} if at_once else ():
        # The rules a family does not know yet are told before what stands otherwise than they say.
        await unsaid.hasten(tx, f"timetable:{group}", at.now, urgency=URGENT)
    await post_all(tx, at_once, now=at.now, due_at=at.now, urgency=URGENT)
    await post_all(tx, later, now=at.now, due_at=evening(at), urgency=ORDINARY)
    await note_calls(tx, [each for each in to_call if each[0] not in circle.families], now=at.now)


Learning = dict[int, list[int]]  # group → pupils


def near_pupils(moments: Iterable[tuple[Any, ...]], learning: Learning, at: Moment) -> set[int]:
    """Whose family hears at once: of a lesson that was, or will be, today or tomorrow. `moments`: a group, and when its lesson
    was and will be.
    """
    soon = {at.today, at.today + timedelta(days=1)}
    groups = {group for group, *some in moments if soon & {each.astimezone(at.zone).date() for each in some}}
    return {pupil for group in groups for pupil in learning.get(group, ())}


def _notice(change: Changed, lesson: Stood, pupil: int, circle: Circle, year: int) -> Notice | None:
    was, stands = change.was, change.now
    return telling(
        lesson=lesson.id,
        change=change.change_id,
        pupil=pupil,
        child=circle.names[pupil],
        subject=lesson.course,
        was_at=was.starts_at,
        was_ends=was.ends_at,
        was_place=_place(was, lesson),
        was_teacher=circle.teacher(was.teacher_id, lesson),
        was_cancelled=was.cancelled,
        now_at=stands.starts_at,
        now_ends=stands.ends_at,
        now_place=_place(stands, lesson),
        now_teacher=circle.teacher(stands.teacher_id, lesson),
        now_cancelled=stands.cancelled,
        reason=change.reason,
        added=change.kind == "added",
        year=year,
        ruled=stands.cancelled and was.starts_at != stands.starts_at,
    )


async def _tell_teachers(tx: Tx, changes: Sequence[Changed], stood: dict[int, Stood], *, now: datetime) -> None:
    """Who stands in, and who is stood in for, of every lesson that gets another teacher and is still ahead: at once."""
    swaps = [
        change
        for change in changes
        if change.was.teacher_id != change.now.teacher_id and not change.now.cancelled and change.now.starts_at > now
    ]
    ids = {teacher for change in swaps for teacher in _two(change, stood[change.lesson_id])}
    names = await timetable.staff_names(tx, ids)
    people_of = {teacher: await timetable.people_of_staff(tx, [teacher]) for teacher in ids}
    homes = await contacts.work_of(tx, ids)
    for change in swaps:
        lesson = stood[change.lesson_id]
        was, stands = _two(change, lesson)
        place = _place(change.now, lesson)
        if homes.get(stands) != lesson.organization_id:  # who comes from elsewhere must be told where to
            place = ", ".join(part for part in (short_name(lesson.organization), place) if part)
        for teacher, yours in ((was, False), (stands, True)):
            notice = LessonStandIn(
                lesson=lesson.id,
                change=change.change_id,
                subject=lesson.course,
                group=lesson.group,
                at=change.now.starts_at,
                place=place,
                was_teacher=given_names(names[was]),
                now_teacher=given_names(names[stands]),
                yours=yours,
                reason=change.reason,
            )
            letters = [Addressed(person_id, notice, role="teacher") for person_id in people_of[teacher]]
            await post_all(tx, letters, now=now, expires_at=change.now.starts_at, urgency=URGENT)


def _two(change: Changed, lesson: Stood) -> tuple[int, int]:
    """Who was to give the lesson and who gives it now."""
    return change.was.teacher_id or lesson.own_teacher_id, change.now.teacher_id or lesson.own_teacher_id


def _place(standing: Standing, lesson: Stood) -> str | None:
    return timetable.short(standing.place) if standing.place else lesson.group_place


def evening(at: Moment) -> datetime:
    """When news that is not urgent is told: at 18:00 today, at once until 21:00, else at 18:00 tomorrow."""
    if at.here.time() < EVENING:
        return datetime.combine(at.today, EVENING, at.zone)
    return at.now if at.here.time() < TOO_LATE else datetime.combine(at.today + timedelta(days=1), EVENING, at.zone)


def given_names(full_name: str) -> str:
    """«Ким Павел Андреевич» → «Павел Андреевич»: as families call a teacher."""
    return " ".join(full_name.split()[1:]) or full_name


def place_of(lesson: Stood) -> str:
    """«ЦДО, зал»: the organization as people call it, and where in it."""
    return ", ".join(part for part in (short_name(lesson.organization), lesson.where) if part)
