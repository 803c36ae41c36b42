"""Who gives a lesson hears that fewer will come, if the lesson is so near that the evening's letter does not say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from hashlib import sha256

from bot.clock import Moment
from bot.notices.absences import LessonAbsences
from bot.post.posting import Addressed, post_all
from bot.services.timetable.telling import EVENING
from storage.db import Tx
from storage.people import people
from storage.timetable import absences as questions
from storage.timetable import timetable
from storage.timetable.timetable import Stood

SECOND_THOUGHTS = timedelta(minutes=2)  # what is taken back within this costs nobody a letter


async def tell_teachers(
    tx: Tx, lessons: Collection[Stood], before: Mapping[int, frozenset[int]], *, at: Moment, by: int | None = None
) -> None:
    """One letter a person and day, two minutes later, of the lessons at which somebody else is missing than `before`. Who has
    said it (`by`) is not told it.

    Tomorrow's are in the letter of the evening before, later ones too.
    """
    near = {one.id: one for one in lessons if one.ends_at > at.now and _is_near(one, at)}
    after = await questions.absent(tx, near.values(), at.zone)
    changed = [one for one in near.values() if before.get(one.id, frozenset()) != after.get(one.id, frozenset())]
    piles: dict[tuple[int, str, date], list[Stood]] = defaultdict(list)
    for one in sorted(changed, key=lambda one: (one.starts_at, one.id)):
        role, persons = await gives(tx, one)
        for person in persons:
            if person == by:
                continue
            piles[person, role, one.starts_at.astimezone(at.zone).date()].append(one)
    for (person, role, day), some in piles.items():
        notice = _notice(day, some, before, after, at)
        due = at.now + SECOND_THOUGHTS
        await post_all(tx, [Addressed(person, notice, role=role)], now=at.now, due_at=due, expires_at=some[-1].ends_at)


def _is_near(one: Stood, at: Moment) -> bool:
    day = one.starts_at.astimezone(at.zone).date()
    return day == at.today or (day == at.today + timedelta(days=1) and at.here.time() >= EVENING)


async def gives(tx: Tx, lesson: Stood) -> tuple[str, list[int]]:
    """Who gives a lesson and has the bot, in which role; else the partner's administrators."""
    persons = await timetable.people_of_staff(tx, [lesson.giver_id])
    if persons:
        return "teacher", persons
    return "partner", await people.office(tx, "partner", organization_id=lesson.organization_id)


def _notice(
    day: date,
    some: Collection[Stood],
    before: Mapping[int, frozenset[int]],
    after: Mapping[int, frozenset[int]],
    at: Moment,
) -> LessonAbsences:
    return LessonAbsences(
        day=day,
        lessons=[one.id for one in some],
        starts=[one.starts_at for one in some],
        courses=[one.course for one in some],
        groups=[one.group for one in some],
        counts=[len(after.get(one.id, ())) for one in some],
        was=[_stamp(before.get(one.id, frozenset())) for one in some],
        now=[_stamp(after.get(one.id, frozenset())) for one in some],
        said=at.now.isoformat(),
    )


def _stamp(pupils: frozenset[int]) -> str:
    """Who they are, so that it can be compared and not read."""
    return sha256(",".join(str(pupil) for pupil in sorted(pupils)).encode()).hexdigest()[:12]
