"""Lessons, what was changed about them, who read it, who will not come, and calendars."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table

_PLANNED, _MOVED, _MAKES_UP = "archived_at IS NULL", "plan_starts_at != starts_at", "makes_up_id IS NOT NULL"


class Slot(Table):
    """A row of Расписание: the weekly rule lessons are made from."""

    __tablename__ = "slots"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("course_groups.id"), index=True)
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    place: Mapped[str | None]
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]
    weeks: Mapped[str] = mapped_column(default="all")  # all | even | odd (ISO week number)


class Lesson(Table):
    """One lesson. Same lesson = same group, week and ordinal within the week, whatever its hour.

    plan_* is what the weekly rules say; the rest is what stands after the changes made since. *_by says who decided last
    what stands otherwise, so that a book undoes nothing that people decided: chat, a row of Изменения, or None: the rules.
    """

    __tablename__ = "lessons"
    __table_args__ = (
        UniqueConstraint("group_id", "week", "ordinal"),
        Index("ix_lessons_group_id_starts_at", "group_id", "starts_at"),
        Index("ix_lessons_starts_at", "starts_at"),
        Index("ix_lessons_group_id_place", "group_id", "place", sqlite_where=text(_PLANNED), postgresql_where=text(_PLANNED)),
        Index("ix_lessons_moved", "plan_starts_at", sqlite_where=text(_MOVED), postgresql_where=text(_MOVED)),
        Index("ix_lessons_teacher_id", "teacher_id"),
        Index("ix_lessons_makes_up_id", "makes_up_id", sqlite_where=text(_MAKES_UP), postgresql_where=text(_MAKES_UP)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("course_groups.id"))
    week: Mapped[date]  # the Monday of the planned week
    ordinal: Mapped[int]  # 1 is the week's first
    plan_starts_at: Mapped[datetime]
    plan_ends_at: Mapped[datetime]
    plan_place: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str | None]
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))  # a stand-in; None: the group's own
    cancelled_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]  # gone from the workbook's plan
    time_by: Mapped[str | None]  # chat | row
    place_by: Mapped[str | None]
    teacher_by: Mapped[str | None]
    cancelled_by: Mapped[str | None]  # of a lesson that stands: chat let it take place though the rules do not give it
    makes_up_id: Mapped[int | None] = mapped_column(
        ForeignKey("lessons.id")
    )  # an extra lesson of no rule: for this cancelled one


class LessonChange(Table):
    """One change with its intent: moved, cancelled, restored, room, teacher or added. Families acknowledge a change."""

    __tablename__ = "lesson_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lessons.id"), index=True)
    kind: Mapped[str]  # moved | cancelled | restored | room | teacher | added
    was: Mapped[dict[str, Any]]
    now: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]  # a later change of the same lesson stands


class Acknowledgement(Table):
    """«Ознакомлен(а)»: a guardian (or the pupil) has seen a lesson's change, once."""

    __tablename__ = "acknowledgements"

    change_id: Mapped[int] = mapped_column(ForeignKey("lesson_changes.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True)
    at: Mapped[datetime]


class Absence(Table):
    """A family's word that a child will not come: to one lesson, or to any of some days. No reason is asked for or kept.

    Taken back or replaced by a wider one, the row stays, so that what was known at a lesson can be read later.
    """

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_pupil_id_last_day", "pupil_id", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))
    lesson_id: Mapped[int | None] = mapped_column(ForeignKey("lessons.id"))  # on its day: moved to another, the child is awaited
    first_day: Mapped[date]
    last_day: Mapped[date]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class ClassAbsence(Table):
    """A class that comes to nothing for some days, as the coordinator of its school said: «7А на карантине»."""

    __tablename__ = "class_absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    class_name: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    said_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class LessonReminder(Table):
    """When somebody is reminded of a child's lessons, where they chose; without a row: the evening before."""

    __tablename__ = "lesson_reminders"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True, index=True)
    ahead: Mapped[str]  # off | h1 | h2 | evening


class Feed(Table):
    """A subscription address of somebody's timetable: a child's, or their own lessons as a teacher. Revoked, it is deleted.

    Only the HMAC of its secret is kept: the address is shown once, when it is made.
    """

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    mac: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class FeedShown(Table):
    """What somebody's calendar, by address or as a file, showed last: by lesson a stamp of it, the number of the change and when
    it was seen. It outlives the address, as the events do in whoever's calendar program.
    """

    __tablename__ = "feeds_shown"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    shown: Mapped[dict[str, Any]]
