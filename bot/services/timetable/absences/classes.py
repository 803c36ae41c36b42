"""A class that stays at home for some days («7А на карантине»): its coordinator says so, after a look at whom it concerns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.clock import Moment
from bot.notices import Notice
from bot.notices.absences import ClassComesAgain, ClassStaysHome
from bot.policy import Person, Thing, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal, stamp
from bot.services.network.years import this_year
from bot.services.people.calls import note_calls
from bot.services.timetable.absences.telling import SECOND_THOUGHTS, tell_teachers
from bot.services.timetable.reminding import overtake
from bot.services.timetable.typed_days import Period
from storage import audit
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.people import people
from storage.tables import ClassAbsence
from storage.timetable import absences as questions
from storage.timetable import timetable
from storage.timetable.timetable import Stood


@dataclass(frozen=True)
class OfClass:
    """Which class, of which school, on which days."""

    school_id: int
    class_name: str
    days: Period


async def classes_of(tx: Tx, person: Person, today: date) -> list[tuple[int, str]]:
    """(school, class) of a coordinator's schools, from the first class to the eleventh."""
    found = await questions.classes(tx, person.organizations_as("coordinator"), await this_year(tx, today))
    return sorted(found, key=lambda one: (one[0], int((re.match(r"\d{1,4}", one[1]) or "0")[0]), one[1]))


async def class_of(tx: Tx, person: Person, school: int, which: str, *, today: date) -> str:
    """The class a button means by its stamp. Refusal: gone."""
    name = next((name for at, name in await classes_of(tx, person, today) if at == school and stamp(name) == which), None)
    if name is None:
        raise Refusal("gone")
    return name


@dataclass(frozen=True)
class Concerned:
    """Whom it concerns: the class's pupils who learn somewhere on these days, and the lessons they will miss."""

    pupils: tuple[int, ...]
    lessons: tuple[Stood, ...]


async def look_at_class(tx: Tx, what: OfClass, *, by: Person, at: Moment) -> Concerned:
    """Refusals: not-yours, absence-past, class-absence-nobody (nobody of the class has a lesson on these days)."""
    require(by, "absence.of-class", Thing(school_id=what.school_id))
    if what.days.last < at.today:
        raise Refusal("absence-past", day=what.days.last)
    concerned = await _concerned(tx, what, at)
    if not concerned.lessons:
        raise Refusal("class-absence-nobody", class_name=what.class_name)
    return concerned


async def _concerned(tx: Tx, what: OfClass, at: Moment) -> Concerned:
    members = await questions.pupils_of_class(tx, what.school_id, what.class_name, await this_year(tx, what.days.first))
    learning = await enrollment.groups_of_pupils(tx, members)
    groups = {group for some in learning.values() for group in some}
    begins, ends = what.days.moments(at.zone)
    lessons = await timetable.lessons_of_groups(tx, groups, begins, ends) if groups else []
    ahead = [one for one in lessons if one.cancelled_at is None and one.ends_at > at.now]
    held = {one.group_id for one in ahead}
    return Concerned(tuple(pupil for pupil, some in learning.items() if held & set(some)), tuple(ahead))


async def keep_at_home(db: Database, what: OfClass, *, by: Person, at: Moment) -> tuple[int, Concerned]:
    """Keep it, and tell families and teachers two minutes later. Said again, it changes nothing. Returns its number.

    Refusals: see `look_at_class`.
    """
    async with db.write() as tx:
        concerned = await look_at_class(tx, what, by=by, at=at)
        for older in await questions.of_classes(tx, [what.school_id], at.today):
            if (older.class_name, older.first_day, older.last_day) == (what.class_name, what.days.first, what.days.last):
                return older.id, concerned
        before = await questions.absent(tx, concerned.lessons, at.zone)
        row = ClassAbsence(
            year=await questions.year_of(tx, concerned.lessons[0].group_id),
            school_id=what.school_id,
            class_name=what.class_name,
            first_day=what.days.first,
            last_day=what.days.last,
            said_by=by.known,
            said_at=at.now,
        )
        tx.add(row)
        await tx.flush()
        told = {"first": str(what.days.first), "last": str(what.days.last)}
        audit.log(tx, by.known, "absence.of-class", ("class-absence", row.id), audit.Change(after=told), now=at.now)
        await overtake(tx, concerned.lessons, concerned.pupils, at.zone)
        await tell_teachers(tx, concerned.lessons, before, at=at)
        await _tell_families(tx, row, concerned.pupils, at)
        return row.id, concerned


async def let_come_again(db: Database, number: int, *, by: Person, at: Moment) -> tuple[ClassAbsence, Concerned]:
    """The class comes after all, from now on. Again changes nothing. Refusals: gone, not-yours."""
    async with db.write() as tx:
        row = await questions.of_class(tx, number, lock=True)
        if row is None:
            raise Refusal("gone")
        require(by, "absence.of-class", Thing(school_id=row.school_id))
        days = Period(max(row.first_day, at.today), row.last_day)
        what = OfClass(row.school_id, row.class_name, days)
        concerned = await _concerned(tx, what, at)
        if row.taken_back_at is not None or row.last_day < at.today:  # done before, or over by itself
            return row, concerned
        before = await questions.absent(tx, concerned.lessons, at.zone)
        if row.first_day < at.today:  # what was known of days that are over stays known
            row.last_day = at.today - timedelta(days=1)
        else:
            row.taken_back_at = at.now
        audit.log(tx, by.known, "absence.class-again", ("class-absence", row.id), now=at.now)
        await tx.flush()
        await tell_teachers(tx, concerned.lessons, before, at=at)
        await _tell_families(tx, row, concerned.pupils, at, again=True)
        return row, concerned


async def _tell_families(tx: Tx, row: ClassAbsence, pupils: Sequence[int], at: Moment, *, again: bool = False) -> None:
    """By letter; a family no letter reaches becomes a line of the list to call."""
    names, families = await people.first_names(tx, pupils), await people.families_of(tx, pupils)

    def notice(pupil: int) -> Notice:
        if again:
            return ClassComesAgain(number=row.id, child=names[pupil], class_name=row.class_name)
        days = {"first": row.first_day, "last": row.last_day}
        return ClassStaysHome(number=row.id, child=names[pupil], class_name=row.class_name, **days)

    letters = [Addressed(person, notice(pupil), pupil) for pupil in pupils for person in families.get(pupil, [])]
    await post_all(tx, letters, now=at.now, due_at=at.now + SECOND_THOUGHTS)
    await note_calls(tx, [(pupil, notice(pupil)) for pupil in pupils], now=at.now)
