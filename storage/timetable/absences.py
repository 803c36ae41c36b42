"""Questions about absences announced beforehand: who will not come to a lesson, what a family has said, which classes stay at home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, select

from storage.db import Tx
from storage.enrollment import enrollment
from storage.people.classes import class_of
from storage.prepared import Prepared, several
from storage.tables import Absence, Application, Choice, ClassAbsence, Entry, Group, Guardianship, Pupil
from storage.timetable import timetable
from storage.timetable.timetable import Stood


@dataclass(frozen=True)
class Away:
    """Some days on which a child will not come; `lesson_id`: to that lesson alone."""

    pupil_id: int
    first_day: date
    last_day: date
    lesson_id: int | None = None
    id: int = 0  # 0: of its whole class
    said_by: int | None = None

    def covers(self, lesson: Stood, zone: ZoneInfo) -> bool:
        """Whether it is said of this lesson. One moved to another day than it was said of is not meant any more."""
        day = lesson.starts_at.astimezone(zone).date()
        return self.lesson_id in (None, lesson.id) and self.first_day <= day <= self.last_day


async def absent(tx: Tx, lessons: Collection[Stood], zone: ZoneInfo) -> dict[int, frozenset[int]]:
    """By lesson the pupils of its group of whom it is known that they will not come; a lesson with none is left out."""
    if not lessons:
        return {}
    days = [lesson.starts_at.astimezone(zone).date() for lesson in lessons]
    learning = await enrollment.pupils_of_groups(tx, {lesson.group_id for lesson in lessons})
    said = await away(tx, {pupil for some in learning.values() for pupil in some}, min(days), max(days))
    found = {}
    for lesson in lessons:
        missing = [pupil for pupil in learning.get(lesson.group_id, ()) if covered(said.get(pupil, ()), lesson, zone)]
        if missing:
            found[lesson.id] = frozenset(missing)
    return found


def covered(said: Iterable[Away], lesson: Stood, zone: ZoneInfo) -> bool:
    """Whether any of these is said of the lesson."""
    return any(each.covers(lesson, zone) for each in said)


async def away(tx: Tx, pupils: Collection[int], first: date, last: date) -> dict[int, list[Away]]:
    """By pupil what is said of any of these days, of the child alone and of its class, in order."""
    found: dict[int, list[Away]] = defaultdict(list)
    for row in await _AWAY.rows(tx, pupils=pupils, first=first, last=last):
        found[row.pupil_id].append(_away(row))
    for row in await _CLASSES_AWAY.rows(tx, pupils=pupils, first=first, last=last):
        found[row.id].append(Away(row.id, row.first_day, row.last_day))
    return found


def _touch(said: type[Absence] | type[ClassAbsence], first: Any, last: Any) -> list[ColumnElement[bool]]:
    return [said.first_day <= last, said.last_day >= first]


_AWAY = Prepared(
    select(Absence.id, Absence.pupil_id, Absence.lesson_id, Absence.first_day, Absence.last_day, Absence.said_by)
    .where(
        Absence.pupil_id.in_(several("pupils")),
        Absence.taken_back_at.is_(None),
        *_touch(Absence, bindparam("first"), bindparam("last")),
    )
    .order_by(Absence.first_day, Absence.id)
)
_CLASSES_AWAY = Prepared(
    select(Pupil.id, ClassAbsence.first_day, ClassAbsence.last_day)
    .join(ClassAbsence, and_(ClassAbsence.school_id == Pupil.school_id, ClassAbsence.class_name == class_of(ClassAbsence.year)))
    .where(
        Pupil.id.in_(several("pupils")),
        ClassAbsence.taken_back_at.is_(None),
        *_touch(ClassAbsence, bindparam("first"), bindparam("last")),
    )
)


def _away(row: Any) -> Away:
    return Away(row.pupil_id, row.first_day, row.last_day, lesson_id=row.lesson_id, id=row.id, said_by=row.said_by)


async def was_announced(tx: Tx, asked: Collection[tuple[int, int, date]]) -> set[tuple[int, int, date]]:
    """Of these (pupil, group, day) the ones of which it had been said beforehand that the child would not come."""
    if not asked:
        return set()
    days = [day for _, _, day in asked]
    said = await away(tx, {pupil for pupil, _, _ in asked}, min(days), max(days))
    single = {each.lesson_id for some in said.values() for each in some if each.lesson_id is not None}
    groups = await _groups_of(tx, single)
    return {
        (pupil, group, day)
        for pupil, group, day in asked
        for each in said.get(pupil, ())
        if each.first_day <= day <= each.last_day and (each.lesson_id is None or groups.get(each.lesson_id) == group)
    }


async def _groups_of(tx: Tx, lessons: Collection[int]) -> Mapping[int, int]:
    return {id_: lesson.group_id for id_, lesson in (await timetable.lessons(tx, lessons)).items()} if lessons else {}


# ── a family's own ──────────────────────────────────────────────────────────────────────────────────────────────────


async def standing(tx: Tx, absence_id: int, *, lock: bool = False) -> Absence | None:
    """One that a family has said; taken back, it is none."""
    question = select(Absence).where(Absence.id == absence_id, Absence.taken_back_at.is_(None))
    return await tx.scalar(question.with_for_update() if lock else question)


async def row(tx: Tx, absence_id: int) -> Absence | None:
    """One that a family has said, taken back or not."""
    return await tx.scalar(select(Absence).where(Absence.id == absence_id))


async def rows_of(tx: Tx, pupil_id: int, first: date, last: date) -> list[Absence]:
    """What stands of a child and touches these days, to be changed."""
    question = select(Absence).where(Absence.pupil_id == pupil_id, Absence.taken_back_at.is_(None))
    return list(await tx.scalars(question.where(*_touch(Absence, first, last)).order_by(Absence.id)))


async def marked_days(tx: Tx, pupil_id: int, groups: Collection[int], first: date, last: date) -> set[tuple[int, date]]:
    """(group, day) of which the journal says whether the child was there."""
    rows = await tx.execute(
        select(Entry.group_id, Entry.day).where(
            Entry.pupil_id == pupil_id,
            Entry.group_id.in_(groups),
            Entry.kind == "attendance",
            Entry.removed_at.is_(None),
            Entry.day.between(first, last),
        )
    )
    return {(row.group_id, row.day) for row in rows}


# ── classes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def of_classes(tx: Tx, schools: Collection[int], today: date) -> list[ClassAbsence]:
    """The classes of these schools that stay at home today or later."""
    question = select(ClassAbsence).where(ClassAbsence.school_id.in_(schools), ClassAbsence.taken_back_at.is_(None))
    return list(
        await tx.scalars(question.where(ClassAbsence.last_day >= today).order_by(ClassAbsence.first_day, ClassAbsence.id))
    )


async def of_class(tx: Tx, class_absence_id: int, *, lock: bool = False) -> ClassAbsence | None:
    """One of them, taken back or not."""
    question = select(ClassAbsence).where(ClassAbsence.id == class_absence_id)
    return await tx.scalar(question.with_for_update() if lock else question)


async def pupils_of_class(tx: Tx, school_id: int, class_name: str, year: int) -> list[int]:
    """Those who are in it in that year."""
    question = select(Pupil.id).where(Pupil.school_id == school_id, class_of(year) == class_name, Pupil.archived_at.is_(None))
    return list(await tx.scalars(question))


async def classes(tx: Tx, schools: Collection[int], year: int) -> list[tuple[int, str]]:
    """(school, class) of these schools, that have pupils in that year."""
    name = class_of(year).label("class_name")
    rows = await tx.execute(
        select(Pupil.school_id, name).where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None), name != "").distinct()
    )
    return [(each.school_id, each.class_name) for each in rows]


async def year_of(tx: Tx, group_id: int) -> int:
    """The academic year of a group."""
    return (await tx.execute(select(Group.year).where(Group.id == group_id))).scalar_one()


async def guardians(tx: Tx, pupils: Collection[int]) -> dict[int, set[int]]:
    """By pupil the people who act for it, now or before, and itself: whose word is the family's own."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in await tx.execute(select(Guardianship.pupil_id, Guardianship.person_id).where(Guardianship.pupil_id.in_(pupils))):
        found[row.pupil_id].add(row.person_id)
    return found


async def of_schools(tx: Tx, schools: Collection[int]) -> dict[int, set[int]]:
    """By group the pupils of these schools who learn there; begins with the schools, not with the groups of a whole region."""
    rows = await tx.execute(
        select(Choice.group_id, Pupil.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None), Choice.state == "enrolled")
    )
    found: dict[int, set[int]] = defaultdict(set)
    for group_id, pupil_id in rows:
        if group_id is not None:
            found[group_id].add(pupil_id)
    return dict(found)


async def base_schools(tx: Tx) -> list[int]:
    """The schools that have pupils."""
    return list(await tx.scalars(select(Pupil.school_id).where(Pupil.archived_at.is_(None)).distinct()))
