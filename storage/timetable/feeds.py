"""Questions of the calendar feeds: which addresses there are, whose they are, and what stands in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, func, or_, select

from storage.db import Tx
from storage.enrollment.enrollment import ENROLLED
from storage.enrollment.yearend import LEARNT
from storage.tables import Application, Choice, Feed, FeedShown, Lesson, LessonChange, Person, Pupil
from storage.timetable.timetable import Stood, given_by, standing

MOST = 2000  # lessons of one calendar: five groups of three lessons a week have some 500 a year


@dataclass(frozen=True)
class Address:
    """A subscription address: whose it is, and of which pupil or of which teacher's post."""

    person_id: int
    pupil_id: int | None
    staff_id: int | None
    detail: str  # of the person: full | discreet
    language: str | None


async def by_mac(tx: Tx, mac: bytes) -> Address | None:
    rows = await tx.execute(
        select(Feed.person_id, Feed.pupil_id, Feed.staff_id, Person.detail, Person.language)
        .join(Person, Person.id == Feed.person_id)
        .where(Feed.mac == mac)
    )
    row = rows.one_or_none()
    return None if row is None else Address(**row._mapping)


async def made(tx: Tx, person_id: int) -> dict[tuple[int | None, int | None], datetime]:
    """By pupil and post the moment at which this person's address was made."""
    rows = await tx.execute(select(Feed.pupil_id, Feed.staff_id, Feed.made_at).where(Feed.person_id == person_id))
    return {(row.pupil_id, row.staff_id): row.made_at for row in rows}


async def drop(tx: Tx, person_id: int, *, pupil_id: int | None = None, staff_id: int | None = None) -> None:
    """A person's address of this pupil, or of this post, is no more."""
    of = Feed.pupil_id == pupil_id if pupil_id is not None else Feed.staff_id == staff_id
    await tx.execute(delete(Feed).where(Feed.person_id == person_id, of))


async def shown(tx: Tx, person_id: int, pupil_id: int | None, staff_id: int | None) -> FeedShown | None:
    """What this person's calendar of a pupil, or of a post, showed last; None: it was never read."""
    of = FeedShown.pupil_id == pupil_id if pupil_id is not None else FeedShown.staff_id == staff_id
    return await tx.scalar(select(FeedShown).where(FeedShown.person_id == person_id, of).order_by(FeedShown.id).limit(1))


async def keep_shown(tx: Tx, person_id: int, pupil_id: int | None, staff_id: int | None, what: dict[str, Any]) -> None:
    row = await shown(tx, person_id, pupil_id, staff_id)
    if row is None:
        tx.add(FeedShown(person_id=person_id, pupil_id=pupil_id, staff_id=staff_id, shown=what))
    else:
        row.shown = what


async def lessons_of_pupil(tx: Tx, pupil_id: int, since: datetime) -> list[Stood]:
    """The lessons of a pupil that begin after a moment: of the groups they are in all, of those they were in what was held then."""
    rows = await tx.execute(
        select(Choice.group_id, Choice.state, Choice.changed_at)
        .join(Application, Application.id == Choice.application_id)
        .where(Application.pupil_id == pupil_id, Choice.state.in_(LEARNT), Choice.group_id.is_not(None))
    )
    theirs: list[ColumnElement[bool]] = [false()]
    for row in rows:
        whole = Lesson.group_id == row.group_id
        theirs.append(whole if row.state == ENROLLED else and_(whole, Lesson.starts_at < row.changed_at))
    return await standing(tx, or_(*theirs), Lesson.starts_at >= since, limit=MOST)


async def lessons_of_teacher(tx: Tx, staff_id: int, since: datetime) -> list[Stood]:
    """The lessons a teacher gives that begin after a moment, as their own or standing in, the cancelled ones too."""
    return await standing(tx, given_by([staff_id]), Lesson.starts_at >= since, limit=MOST)


async def changed(tx: Tx, lessons: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By lesson how often it was changed and when last; one that never was is left out."""
    rows = await tx.execute(
        select(LessonChange.lesson_id, func.count(LessonChange.id), func.max(LessonChange.at))
        .where(LessonChange.lesson_id.in_(lessons))
        .group_by(LessonChange.lesson_id)
    )
    return {lesson_id: (count, at) for lesson_id, count, at in rows}


@dataclass(frozen=True)
class Subscribed:
    """An address of a calendar that stands: of a child by code, or of the lessons they teach."""

    child: str | None
    made_at: datetime


async def calendars_of(tx: Tx, person_id: int) -> list[Subscribed]:
    """The addresses of calendars somebody has, for the file they take with them."""
    rows = await tx.execute(
        select(Pupil.code.label("child"), Feed.made_at)
        .select_from(Feed)
        .outerjoin(Pupil, Pupil.id == Feed.pupil_id)
        .where(Feed.person_id == person_id)
        .order_by(Feed.id)
    )
    return [Subscribed(**row._mapping) for row in rows]
