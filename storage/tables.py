"""Every table, by subject. Moments are aware and in UTC; days and clock times are the network's own."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy import Table as SchemaTable
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """An aware moment: kept in UTC, given back in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive moment: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Table(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way
        datetime: Moment,
        date: Date,
        time: Time,
        str: Text,
        int: BigInteger().with_variant(Integer, "sqlite"),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        bytes: LargeBinary,
    }

    def __init_subclass__(cls, **how: Any) -> None:
        """Ids are never given again: a button, a talk or a letter may still name a row that was deleted.

        PostgreSQL's sequences do so by themselves; SQLite gives the id of the last deleted row to the next one, unless told.
        """
        super().__init_subclass__(**how)
        made = cls.__table__
        if isinstance(made, SchemaTable) and "id" in made.primary_key.columns:
            made.dialect_options["sqlite"]["autoincrement"] = True


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Person(Table):
    """Somebody who talks to the bot. What they may see follows from staff, guardianships and pupils linked to them."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(unique=True)
    name: Mapped[str]  # ФИО: of staff and pupils as in the workbook, of a guardian as typed at consent, empty until then
    language: Mapped[str | None]  # as chosen; None: the network's LOCALE
    detail: Mapped[str] = mapped_column(default="discreet")  # full | discreet: how much a pushed message may say
    muted: Mapped[str] = mapped_column(default="", server_default="")  # news of the journal switched off: «mark homework» (NEWS)
    quiet_from: Mapped[time | None]  # None: the network's QUIET_HOURS
    quiet_to: Mapped[time | None]
    unreachable_at: Mapped[datetime | None]  # Telegram answered 403, or they shut us out; any use of the bot clears it
    created_at: Mapped[datetime]


class Staff(Table):
    """A member of staff by the workbook's code; the person is linked by an invitation."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    full_name: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    role: Mapped[str]  # coordinator | director | teacher | partner
    post: Mapped[str | None]  # what an order calls them: «заместитель директора по УВР»
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    archived_at: Mapped[datetime | None]


class Pupil(Table):
    __tablename__ = "pupils"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    full_name: Mapped[str]
    class_name: Mapped[str]  # «7А»
    class_year: Mapped[int]  # the academic year in which this is the class: of any other storage/people/classes.py counts
    birth_date: Mapped[date | None]
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # the pupil's own account
    archived_at: Mapped[datetime | None]


class Guardianship(Table):
    """A guardian's right to act for a pupil: dated, ended at once by the coordinator or by withdrawal of consent."""

    __tablename__ = "guardianships"
    __table_args__ = (
        Index(
            "ix_guardianships_open",
            "person_id",
            "pupil_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Invitation(Table):
    """A one-time way in. Only HMACs are kept: who reads the database cannot use it."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"))
    token_mac: Mapped[bytes] = mapped_column(unique=True)  # of the deep link's payload
    code_mac: Mapped[bytes] = mapped_column(unique=True)  # of the code in letters
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the command line
    voided_at: Mapped[datetime | None]  # a guardianship of the pupil was ended: nobody comes in by what was handed out before


class Succession(Table):
    """Somebody opened an invitation to a post that is held: it passes with the holder's word, or a director's after a day."""

    __tablename__ = "successions"
    __table_args__ = (
        Index(
            "ix_successions_open",
            "staff_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # who opened it
    former_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # who held the post then
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    how: Mapped[str | None]  # agreed | refused | lapsed | replaced
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class WrongCode(Table):
    """A wrong invitation code, counted to lock out guessing."""

    __tablename__ = "wrong_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)


class Consent(Table):
    """A guardian's consent for a pupil and one purpose, logged as intent (the paper is signed besides)."""

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_person_id_pupil_id", "person_id", "pupil_id"),
        Index("ix_consents_pupil_id_purpose", "pupil_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))
    purpose: Mapped[str]  # processing | messages | partner | photographs
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))  # the partner, by name
    text_version: Mapped[str]
    basis: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Erasure(Table):
    """Who was erased, as an HMAC of the Telegram id: a restored backup erases them again."""

    __tablename__ = "erasures"

    mac: Mapped[bytes] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Audit(Table):
    """Append-only: who did what, when, before and after. Ids, never names."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None]  # None: the command line or the bot itself
    action: Mapped[str]
    thing: Mapped[str]
    thing_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    reason: Mapped[str | None]


class Secret(Table):
    """The network's own secrets (the key of the HMACs), made at first start."""

    __tablename__ = "secrets"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]


# ── the network ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Organization(Table):
    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str]
    role: Mapped[str]  # base | partner
    kind: Mapped[str | None]  # educational | resource
    licence: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    site: Mapped[str | None]
    head: Mapped[str | None]  # ФИО of who signs its agreements
    head_post: Mapped[str | None]  # «директор»
    acts_on: Mapped[str | None]  # on what grounds they sign, in the genitive: «Устава»
    details: Mapped[str | None]  # its bank details, in one text
    archived_at: Mapped[datetime | None]


class Year(Table):
    """An academic year of the network: «2026/2027» is 2026."""

    __tablename__ = "years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts_on: Mapped[date]  # its first teaching day
    ends_on: Mapped[date]  # its last
    half_ends_on: Mapped[date | None]  # the last day of its first half; None: the old year's last
    closed_at: Mapped[datetime | None]  # from then on nothing of it is open


class Course(Table):
    """A course as it is offered in one academic year. The code lasts: next year's row of that code is the same course.

    Whatever names a course (a wish, a group, a button, a letter) so names its year, and no question can mix two.
    """

    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("year", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    code: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    direction: Mapped[str]
    classes: Mapped[list[str]]  # «7» the whole year, «7А» one class: as the workbook's Классы, unfolded
    hours: Mapped[int | None]
    description: Mapped[str | None]
    selection: Mapped[str] = mapped_column(default="ranked")  # ranked («заявки») | queue («по порядку»)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    scale: Mapped[str | None]  # five | ten | hundred | credit | level | none: as the workbook says; None: it does not
    equipment: Mapped[str | None]  # what it needs (Оборудование), in the workbook's words: «10 компьютеров, проектор»
    accessible: Mapped[str | None]  # yes | no: open to children with limited health abilities (ОВЗ); None: nothing is said
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # kind «course-picture»: a JPEG or a PNG
    archived_at: Mapped[datetime | None]


class PlannedTopic(Table):
    """A topic of a course's programme (Программа): a course is of one year, and so is its plan."""

    __tablename__ = "planned_topics"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    number: Mapped[int]  # 1 is the first
    topic: Mapped[str]
    hours: Mapped[int | None]  # academic


class Group(Table):
    """A group of a course, and so of its academic year; the workbook's code is one to a year."""

    __tablename__ = "course_groups"
    __table_args__ = (UniqueConstraint("year", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))  # of its course
    code: Mapped[str] = mapped_column(String(32), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    seats: Mapped[int]
    minimum: Mapped[int | None]
    place: Mapped[str | None]
    kept_free: Mapped[int] = mapped_column(default=0)  # seats the partner leaves empty though children wait in its line
    archived_at: Mapped[datetime | None]


class ClassHours(Table):
    """When a class has its school's own lessons in a year (Занятость классов): for clashes."""

    __tablename__ = "class_hours"
    __table_args__ = (Index("ix_class_hours_year_school_id", "year", "school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    class_name: Mapped[str] = mapped_column(index=True)
    weekday: Mapped[int]  # 0 is Monday
    starts: Mapped[time]
    ends: Mapped[time]


class Road(Table):
    """Minutes on the road between two organizations, kept once for both directions (from_id < to_id)."""

    __tablename__ = "roads"

    from_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    minutes: Mapped[int]


class Room(Table):
    """A place of an organization where lessons can be held (Помещения). A lesson's own place stays words: what a room is called,
    or whatever somebody typed.
    """

    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    seats: Mapped[int | None]  # children
    equipment: Mapped[str | None]
    archived_at: Mapped[datetime | None]


class CalendarDay(Table):
    """A day that is not as usual at a base school (Календарь)."""

    __tablename__ = "calendar_days"

    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))  # the academic year whose workbook names it
    kind: Mapped[str]  # day_off | working | working:0 … working:6 (plays that weekday, 0 is Monday) | holidays
    name: Mapped[str | None]


# ── timetable ───────────────────────────────────────────────────────────────────────────────────────────────────────

_PLANNED, _MOVED = "archived_at IS NULL", "plan_starts_at != starts_at"


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


# ── enrollment ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Application(Table):
    """A family's wish for one child: the courses wanted, in order, are its choices."""

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "ix_applications_draft",
            "pupil_id",
            "year",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"), index=True)  # the one its courses are of
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"), index=True)  # None: erased, the count remains
    school_id: Mapped[int | None]  # whose it was when the pupil was erased: the count and the seat stay that school's
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # the guardian; None: entered by staff
    state: Mapped[str]  # draft | submitted | returned | approved | declined | withdrawn | closed: of the paper as a whole
    wanted: Mapped[int] = mapped_column(default=1)  # how many of its courses the child would attend at once
    goes_on: Mapped[bool | None]  # «остаётся в 10 классе»: the family has said so; None: nobody was asked
    reason: Mapped[str | None]  # why returned or declined, in the coordinator's words
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ApplicationVersion(Table):
    """An application as it was handed in, for its paper: what changes later (a class, a name, a course's title) leaves it alone.

    The school's own document: it stays when the family withdraws its consent, and the page of withdrawal says so.
    """

    __tablename__ = "application_versions"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]  # when it was handed in, or changed by the family afterwards
    facts: Mapped[dict[str, Any]]  # bot/services/papers/handed_in.py says which


class Register(Table):
    """A school's book of numbers for one kind of paper (order | agreement) in one year: which number comes next."""

    __tablename__ = "registers"

    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the one that is counted, not years.year
    counted: Mapped[str] = mapped_column(String(16))  # calendar | academic: which kind of year that is
    next_number: Mapped[int]
    before: Mapped[str] = mapped_column(default="")  # what stands around the number: «01-08/» 46 «-о»
    after: Mapped[str] = mapped_column(default="")


class KeptPaper(Table):
    """A paper of the school as it went out: its file is kept, and never drawn again.

    The school's own document: names in it stay when a family withdraws its consent, and the page of withdrawal says so.
    """

    __tablename__ = "kept_papers"
    __table_args__ = (
        UniqueConstraint("school_id", "register", "counted_year", "numeral"),
        UniqueConstraint("school_id", "of"),
        Index("ix_kept_papers_school_id_year", "school_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))  # what it is about
    kind: Mapped[str] = mapped_column(String(16))  # order | amendment | agreement | request | report
    register: Mapped[str | None] = mapped_column(String(16))  # the book its number is of; None: a request counts by itself
    counted_year: Mapped[int | None]
    numeral: Mapped[int | None]
    number: Mapped[str]  # as it is printed: «46-о»
    day: Mapped[date]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))  # the partner; None: all of them
    changes_id: Mapped[int | None] = mapped_column(ForeignKey("kept_papers.id"))  # the order this one changes
    of: Mapped[str | None] = mapped_column(String(64))  # of what it is the paper, once: «request:7:2», «report:2026:1:…»
    starts_on: Mapped[date | None]  # from when what it orders holds
    name: Mapped[str]  # of the file
    content: Mapped[bytes]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    annulled_at: Mapped[datetime | None]  # its number stays given, what it ordered no longer holds
    annulled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class OrderLine(Table):
    """Whom an order names, and into which group; the newest line of a choice says how it stands by the school's orders."""

    __tablename__ = "order_lines"

    paper_id: Mapped[int] = mapped_column(ForeignKey("kept_papers.id"), primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"), primary_key=True, index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("course_groups.id"))
    change: Mapped[str] = mapped_column(String(16))  # added | moved | left


class Agreement(Table):
    """An agreement of a school with a partner (договор о сетевой форме): its number, its term, where it is published."""

    __tablename__ = "agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    side: Mapped[str] = mapped_column(String(16))  # teaching: the partner teaches | resource: it lends rooms, people, equipment
    number: Mapped[str]
    signed_on: Mapped[date]
    ends_on: Mapped[date]  # its last day
    ended_on: Mapped[date | None]  # ended before its term
    url: Mapped[str | None]  # where it is published
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # the signed paper, as it was filed
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("kept_papers.id"))  # the one the bot made; None: entered
    published_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # the very file that stands on the public page
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Shortlisted(Table):
    """A course a family looks at again later: for which child, and who of the family put it there."""

    __tablename__ = "shortlist"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True, index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)


class Choice(Table):
    """One course in an application; its state walks the table of transitions in bot/services/enrollment/choices.py."""

    __tablename__ = "choices"
    __table_args__ = (
        UniqueConstraint("application_id", "course_id"),
        Index("ix_choices_course_id_state_group_id", "course_id", "state", "group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    rank: Mapped[int]  # 1 is the first wish
    state: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("course_groups.id"), index=True)  # the place or the line it waits in
    reserve_at: Mapped[datetime | None]  # its place in the line of the reserve
    first_number: Mapped[int | None]  # its number in that line when it came into it
    override: Mapped[str | None]  # why the coordinator lets it pass although the class or the hours stand against it
    anyway: Mapped[bool] = mapped_column(default=False)  # «всё равно попросить»: the family knows that the hours stand against it
    lost_at: Mapped[
        datetime | None
    ]  # its course, group or partner went; None again once the school has nothing to propose instead
    instead_of: Mapped[int | None] = mapped_column(
        ForeignKey("choices.id")
    )  # the wish lost, in whose place the school proposed this
    outcome: Mapped[str | None]  # completed | failed | left | continues: the year's end, until the year is closed with it
    outcome_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class ChoiceChange(Table):
    """The history of a choice: from which state to which, who, when, why."""

    __tablename__ = "choice_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"), index=True)
    was: Mapped[str | None]
    now: Mapped[str]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    reason: Mapped[str | None]


class PlaceOffer(Table):
    """A place that fell free, offered to the head of the reserve; the hours of its deadline run only by day, on working days."""

    __tablename__ = "place_offers"
    __table_args__ = (
        Index(
            "ix_place_offers_open",
            "choice_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"))
    made_at: Mapped[datetime]
    remind_at: Mapped[datetime]  # when half of its hours have run
    deadline: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    how: Mapped[str | None]  # accepted | declined | lapsed | withdrawn


class Call(Table):
    """What is to be told by telephone, in a letter's words, for the coordinator: to a family nobody of which has the bot,
    and to whoever a letter did not reach, or perhaps did not.
    """

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_pupil_id_done_at", "pupil_id", "done_at"),
        Index("ix_calls_person_id_done_at", "person_id", "done_at"),
        UniqueConstraint("letter_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"))  # None: to a member of staff, or about no child
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # the letter's addressee; None: the family
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))  # that did not arrive; None: none was written
    kind: Mapped[str]  # the notice and its facts, as a letter keeps them
    facts: Mapped[dict[str, Any]]
    topic: Mapped[str]
    version: Mapped[str]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Request(Table):
    """The school's numbered, dated request to a partner (заявка): one an academic year, changed by its versions."""

    __tablename__ = "requests"
    __table_args__ = (UniqueConstraint("school_id", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))  # whose request and whose numbers
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))  # of the courses it asks for; it counts in it
    number: Mapped[int]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class RequestVersion(Table):
    """One sending of a request: the first names everybody, later ones only what has changed since."""

    __tablename__ = "request_versions"

    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class RequestLine(Table):
    __tablename__ = "request_lines"

    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"), primary_key=True, index=True)
    version: Mapped[int] = mapped_column(primary_key=True, default=1)
    change: Mapped[str] = mapped_column(default="added")  # added | withdrawn


class Allocation(Table):
    """A distribution of places («заявки»): its lottery's seed, all it was computed from, and its result. Numbers, no names."""

    __tablename__ = "allocations"
    __table_args__ = (
        Index(
            "ix_allocations_open",
            "year",
            unique=True,
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("allocations.id"))  # places given to the rest after that one
    seed: Mapped[str]
    closed: Mapped[list[int]] = mapped_column(JSON)  # groups that will not be opened
    input: Mapped[dict[str, Any]]  # bot/services/allocation/rules.py: record
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the input
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    result: Mapped[dict[str, Any] | None]  # None until published
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


# ── journal ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Entry(Table):
    """A mark or an attendance code of a pupil. Identity: pupil, group, date, lesson of the day, kind, place in the cell."""

    __tablename__ = "journal_entries"
    __table_args__ = (
        UniqueConstraint("pupil_id", "group_id", "day", "lesson", "kind", "ordinal"),
        Index("ix_journal_entries_group_id_day", "group_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"))  # None: erased, the count remains
    group_id: Mapped[int] = mapped_column(ForeignKey("course_groups.id"))
    day: Mapped[date]
    lesson: Mapped[int]  # 1: the day's first lesson of the group
    kind: Mapped[str]  # mark | attendance
    ordinal: Mapped[int]  # 1: the first in the cell
    value: Mapped[str]  # a mark keeps its raw text; attendance: absent | late | sick | excused | present
    work: Mapped[str | None]
    comment: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    entered_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Writing(Table):
    """One act that wrote in the journal: a file, a press in the chat, an undo, a family's reason. Append-only.

    source: file (`by` None: the folder or the command line) | chat | undo | family | before (what stood there when the
    journal began to be told so: who and which file, as far as the record of imports still knew).
    """

    __tablename__ = "journal_writings"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    source: Mapped[str]
    file: Mapped[str | None]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("journal_writings.id"))


class Revision(Table):
    """How an entry stands since a writing. Append-only: what was before is the revision before; the last one is the entry."""

    __tablename__ = "journal_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entries.id"), index=True)
    writing_id: Mapped[int] = mapped_column(ForeignKey("journal_writings.id"), index=True)
    value: Mapped[str]
    work: Mapped[str | None]
    comment: Mapped[str | None]
    removed: Mapped[bool]
    sheet: Mapped[str | None]  # where in the file it stood
    cell: Mapped[str | None]  # «D5»


class TopicRevision(Table):
    """The same of a lesson's topic and homework."""

    __tablename__ = "journal_topic_revisions"
    __table_args__ = (Index("ix_journal_topic_revisions_group_id_day_lesson", "group_id", "day", "lesson"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    writing_id: Mapped[int] = mapped_column(ForeignKey("journal_writings.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("course_groups.id"))
    day: Mapped[date]
    lesson: Mapped[int]
    topic: Mapped[str | None]
    homework: Mapped[str | None]


class Topic(Table):
    __tablename__ = "journal_topics"

    group_id: Mapped[int] = mapped_column(ForeignKey("course_groups.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    lesson: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str | None]
    homework: Mapped[str | None]


class JournalImport(Table):
    """A journal file that was applied: by content, so the same file twice is seen at once."""

    __tablename__ = "journal_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("course_groups.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class AttendanceCode(Table):
    """What an organization's own attendance code means, asked of the coordinator once."""

    __tablename__ = "attendance_codes"

    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(16), primary_key=True)  # folded: upper case, Cyrillic
    meaning: Mapped[str]


class KnownAs(Table):
    """Whom a group's journal means by a name that is not the workbook's, or that two of the group have: asked once."""

    __tablename__ = "journal_names"
    __table_args__ = (UniqueConstraint("group_id", "written"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("course_groups.id"))
    written: Mapped[str] = mapped_column(String(200))  # folded
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    among: Mapped[str]  # the ids that were to choose from: «12 15»; with one more the question is another
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class JournalAnswer(Table):
    """What was answered about journal files of an organization: which group a word means, which scale a course has; asked once."""

    __tablename__ = "journal_answers"
    __table_args__ = (UniqueConstraint("organization_id", "kind", "written"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    kind: Mapped[str] = mapped_column(String(16))  # group | day | scale | nobody
    written: Mapped[str] = mapped_column(String(200))  # what was asked about, folded; of a name that is nobody's a stamp
    answer: Mapped[str] = mapped_column(String(32))
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


# ── documents of learning ───────────────────────────────────────────────────────────────────────────────────────────


class Certificate(Table):
    """A line of an organization's register of documents of learning: a certificate, or a note of a part of a course.

    A revoked one keeps its number, so the register has no gaps. `facts` is what its paper says, whatever is renamed later.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("organization_id", "number"),
        Index(
            "ix_certificates_live",
            "choice_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))  # who issues it, and whose numbers
    number: Mapped[int]
    kind: Mapped[str]  # certificate | note
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"))  # who learnt in which group
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"), index=True)  # None: erased, the line remains
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))  # the pupil's
    code: Mapped[str] = mapped_column(String(32), unique=True)  # of its QR: printed again with the paper, so kept as it is
    facts: Mapped[dict[str, Any]]  # bot/services/certificates/issuing.py says which
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]  # why it was revoked, as the family reads it


class CertificateFile(Table):
    """A file of documents of learning as it went out, never drawn again; emptied when somebody it names is erased."""

    __tablename__ = "certificate_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(String(64), unique=True)  # which documents, on paper or as the family's copy: a digest
    name: Mapped[str]
    content: Mapped[bytes | None]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class CertificateInFile(Table):
    """A document of learning that stands in a file that went out."""

    __tablename__ = "certificates_in_files"

    file_id: Mapped[int] = mapped_column(ForeignKey("certificate_files.id"), primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), primary_key=True, index=True)


# ── the programme ───────────────────────────────────────────────────────────────────────────────────────────────────


class Agreeing(Table):
    """A course's programme, study plan and timetable as they were sent to the partner's administrator, and the answer.

    What has changed since is a new version, and wants a new answer.
    """

    __tablename__ = "agreeings"
    __table_args__ = (UniqueConstraint("course_id", "school_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))  # who asks
    version: Mapped[int]  # from 1
    says: Mapped[dict[str, Any]]  # storage/programme/agreeing.py says which
    sent_at: Mapped[datetime]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str | None]  # agreed | remarks; None: it waits
    remarks: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Achievement(Table):
    """What a pupil has achieved in a year: a line, perhaps a file; from the family or a teacher, confirmed by a teacher."""

    __tablename__ = "achievements"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    line: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # kind «achievement»: a photo or a PDF
    said_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    state: Mapped[str]  # new | confirmed | declined
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Record(Table):
    """What staff put down for a criterion of the year that nothing else counts: a plan, a joint event, somebody's research.

    Of psychological diagnostics only that it was carried out: never a result, never a document.
    """

    __tablename__ = "criterion_records"
    __table_args__ = (Index("ix_criterion_records_school_id_year", "school_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    criterion: Mapped[str] = mapped_column(String(32))  # plans | diagnostics | events | research: programme/criteria.toml
    line: Mapped[str]  # in the words of who put it down
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # kind «criterion»
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None]


# ── resources ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Resource(Table):
    """What an organization of the network has for all (Ресурсы). Its name is its key within the organization."""

    __tablename__ = "resources"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # staff | information | material | methodical | social
    name: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    description: Mapped[str | None]
    place: Mapped[str | None]
    seats: Mapped[int | None]  # how many sets or places there are; None: one
    whom: Mapped[str | None]  # for whom, in words; of staff alone: families are not shown it
    link: Mapped[str | None]
    archived_at: Mapped[datetime | None]


class ResourceView(Table):
    """How often somebody looked at a resource in a year: a number, and nobody's."""

    __tablename__ = "resource_views"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("years.year"), primary_key=True)
    count: Mapped[int]


class Attachment(Table):
    """A file or a link that staff put to a resource, or to a course as a material of it. The workbook never touches one."""

    __tablename__ = "attachments"
    __table_args__ = (CheckConstraint("(resource_id IS NULL) <> (course_id IS NULL)", name="one_thing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resources.id"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), index=True)
    name: Mapped[str]
    link: Mapped[str | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # kind «attachment»
    taken: Mapped[int] = mapped_column(default=0)  # how often somebody took it: a number, and nobody's
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None]


class Booking(Table):
    """A room, or sets of a resource, kept by a member of staff between two moments. Lessons go before bookings (decision 69)."""

    __tablename__ = "bookings"
    __table_args__ = (
        CheckConstraint("(room_id IS NULL) <> (resource_id IS NULL)", name="one_thing"),
        Index("ix_bookings_room_id_starts_at", "room_id", "starts_at"),
        Index("ix_bookings_resource_id_starts_at", "resource_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resources.id"))
    sets: Mapped[int]  # of a room 1: the whole
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)  # whose it is
    made_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


# ── roadmap ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Step(Table):
    """A step of a school's roadmap or of the regulation in one academic year; its occurrences are the dated tasks."""

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("school_id", "year", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))  # whose roadmap it stands in, a partner's step too
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    code: Mapped[str] = mapped_column(String(32))  # roadmap-5, regulation-7, own-3 (made in the chat): stable
    number: Mapped[str]  # as the school numbers it
    printed_as: Mapped[str | None]  # what the passport prints, where it errs
    task: Mapped[str]
    activity: Mapped[str | None]  # «Мероприятие»: by what it is done
    result: Mapped[str | None]
    said_task: Mapped[str | None]  # in the chat, in place of `task`; a book that says otherwise than before takes it back
    said_result: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    repeats: Mapped[str] = mapped_column(default="none")  # none | week | month | half_year | always (a duty without a deadline)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))  # None: the coordinators
    organization_id: Mapped[int | None] = mapped_column(
        ForeignKey("organizations.id")
    )  # a partner's own step; None: the school's
    archived_at: Mapped[datetime | None]


class Task(Table):
    """One dated occurrence of a step."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("step_id", "due_on"),
        Index("ix_tasks_open", "due_on", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"))
    due_on: Mapped[date]
    put_off_to: Mapped[date | None]
    put_off_why: Mapped[str | None]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))  # handed to somebody; None: as the step says
    silent: Mapped[bool] = mapped_column(
        default=False
    )  # was already over when the bot first started: listed once, never reminded
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    evidence: Mapped[str | None]  # a link, a number, or words
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))


class TaskReminder(Table):
    """A reminder that was said: of a task, to the holder of a post, for a day of the plan of one deadline."""

    __tablename__ = "task_reminders"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)  # the deadline as it stood: put off, the plan begins anew
    planned_on: Mapped[date] = mapped_column(primary_key=True)
    said_at: Mapped[datetime]


class Document(Table):
    """A file people gave or the bot made; its bytes stand here so that one backup holds everything."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    content: Mapped[bytes]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


# ── voice of families ───────────────────────────────────────────────────────────────────────────────────────────────


class Survey(Table):
    """A questionnaire of one school and one academic year: of that year are its classes and its courses.

    Of an anonymous one only counts are kept, here and with its questions (decision 65).
    """

    __tablename__ = "surveys"
    __table_args__ = (UniqueConstraint("school_id", "year", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))
    name: Mapped[str]
    whom: Mapped[str]  # families: one answer of each | children: one for each child | pupils: they answer themselves
    classes: Mapped[list[str]]  # as a course's; empty: all
    opens_on: Mapped[date | None]  # its first day; None: as soon as it is ready
    closes_on: Mapped[date | None]  # its last day; None: until somebody closes it
    anonymous: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str]  # draft (being built in chat) | ready (waits for its day) | open | closed
    said: Mapped[dict[str, Any] | None]  # how «Анкеты» last said it; None: it was built in chat
    totals: Mapped[dict[str, Any]] = mapped_column(default=dict)  # slice («», «c:7А», «g:12») → answers that are counts only
    opened_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]


class SurveyQuestion(Table):
    __tablename__ = "survey_questions"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]  # 1 is the first
    question: Mapped[str]
    kind: Mapped[str]  # one | several | scale | text | courses
    options: Mapped[list[str]]  # of one and several; of a scale its first and last number
    # Of answers that are nobody's any more. One value for all of them, so that nothing in it stands beside anything else of an
    # answer: slice → option (its place from 0, the number of a scale, the id of a course) → how many; and the words, by alphabet.
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    words: Mapped[list[str]] = mapped_column(default=list)


class SurveyReceived(Table):
    """«Ответ получен» for this child, and nothing else: no number and no moment, and in SQLite no order of rows."""

    __tablename__ = "survey_received"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True)


class SurveyResponse(Table):
    """An answer being written, or one that was sent with a name. An anonymous one is deleted as it is sent."""

    __tablename__ = "survey_responses"
    __table_args__ = (UniqueConstraint("survey_id", "person_id", "pupil_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))  # of a family's the first of its children
    sent_at: Mapped[datetime | None]


class SurveyReply(Table):
    """The answer to one question."""

    __tablename__ = "survey_replies"

    response_id: Mapped[int] = mapped_column(ForeignKey("survey_responses.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_questions.id"), primary_key=True)
    picked: Mapped[list[str]]  # places of options from 0, the number of a scale, ids of courses
    words: Mapped[str | None]


class Thread(Table):
    """Letters between two sides about one thing. A side is a role and whose it is, never a person: whoever holds it reads and
    writes. guardian, student: the pupil; teacher: the staff id; coordinator, partner: the organization (decision 67).
    """

    __tablename__ = "threads"
    __table_args__ = (
        UniqueConstraint("one_role", "one_id", "other_role", "other_id", "about", "about_id"),
        Index("ix_threads_other_role_other_id", "other_role", "other_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"), index=True)  # in whose log; None: in every one
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"), index=True)  # the child it is about
    one_role: Mapped[str] = mapped_column(String(16))  # the family where there is one: guardian | student; else staff
    one_id: Mapped[int]
    other_role: Mapped[str] = mapped_column(String(16))
    other_id: Mapped[int]
    about: Mapped[str] = mapped_column(String(16))  # lesson | group | paper | question
    about_id: Mapped[int]  # of that lesson, group or application; 0: a question
    begun_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_side: Mapped[int | None]  # 1 | 2: who wants no more of it
    reported_at: Mapped[datetime | None]  # «Пожаловаться»


class ThreadMessage(Table):
    """One letter of a thread; in order of their numbers."""

    __tablename__ = "thread_messages"
    __table_args__ = (
        Index("ix_thread_messages_thread_id_id", "thread_id", "id"),
        Index("ix_thread_messages_person_id_sent_at", "person_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    side: Mapped[int]  # 1 | 2: of which side
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: erased, and the words with them
    words: Mapped[str]  # empty: a file alone
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # kind «message»
    sent_at: Mapped[datetime]
    update_id: Mapped[int | None]  # that brought it: handled again after a death, it is this very letter


class ThreadRead(Table):
    """How far somebody has read a thread."""

    __tablename__ = "thread_reads"

    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    side: Mapped[int]  # of which side they read it
    upto: Mapped[int]  # the number of a message
    read_at: Mapped[datetime]


class ThreadOpening(Table):
    """A coordinator opened a thread that is not theirs, for a conflict: who, when, why, and how far it may be read."""

    __tablename__ = "thread_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), index=True)
    opened_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    reason: Mapped[str]  # both sides read it
    upto: Mapped[int]  # the number of the last message then


class WritingStop(Table):
    """Somebody may write to nobody but the coordinator, as the coordinator of a school has decided."""

    __tablename__ = "writing_stops"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    reason: Mapped[str]  # they read it
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Announcement(Table):
    """What staff tell a class, a group, a course or all of a school. It leaves a minute after «Отправить», or in the morning."""

    __tablename__ = "announcements"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'sent', 'recalled')", name="state"),
        Index("ix_announcements_organization_id", "organization_id"),
        Index("ix_announcements_by", "by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]  # as what they speak: teacher | partner | coordinator
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))  # whose post it is: the school's, the partner's
    year: Mapped[int] = mapped_column(ForeignKey("years.year"))  # of that year are the classes and groups
    kind: Mapped[str]  # all | class | course | group
    target_id: Mapped[int | None]  # the course or the group
    whom: Mapped[str]  # what it was called: «7А», «Робототехника»; of all the school's name
    sender: Mapped[str]  # who signs: a teacher's ФИО, else the organization's name
    words: Mapped[str]  # the text as it was typed
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))  # kind «announcement»
    asks: Mapped[bool] = mapped_column(default=False)  # for «Ознакомлен(а)»
    state: Mapped[str] = mapped_column(default="draft")
    round: Mapped[int] = mapped_column(default=0)  # how many times it was sent: taken back, it may be sent anew
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]  # when «Отправить» was pressed
    leaves_at: Mapped[datetime | None]  # until then it can be taken back
    left_at: Mapped[datetime | None]  # when it was seen to have left, and whom no letter reaches put on the list of calls
    reminded_at: Mapped[datetime | None]


class AnnouncementReader(Table):
    """Whom an announcement is for, child by child, as it was when it was sent; who of the family is written to, and has seen it."""

    __tablename__ = "announcement_readers"
    __table_args__ = (
        UniqueConstraint("announcement_id", "pupil_id", "person_id"),
        Index("ix_announcement_readers_pupil_id", "pupil_id"),
        Index("ix_announcement_readers_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: no letter reaches this family
    seen_at: Mapped[datetime | None]  # «Ознакомлен(а)»


# ── delivery ────────────────────────────────────────────────────────────────────────────────────────────────────────


_SHARED = "worker IS NOT NULL"


class Update(Table):
    """The durable inbox: kept before Telegram is told it arrived, handled in order per chat."""

    __tablename__ = "inbox"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'done', 'aside')", name="state"),
        Index("ix_inbox_arrival", "arrival"),  # the highest is asked for at every batch
        Index("ix_inbox_new", "arrival", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
        # In rows that have a worker only: on SQLite, where nobody shares the work, these are empty and cost nothing.
        Index("ix_inbox_lane", "chat_id", "arrival", sqlite_where=text(_SHARED), postgresql_where=text(_SHARED)),
        Index("ix_inbox_worker", "worker", sqlite_where=text(_SHARED), postgresql_where=text(_SHARED)),
        Index("ix_inbox_races", "arrival", sqlite_where=text("races"), postgresql_where=text("races")),
        Index(
            "ix_inbox_album",
            "chat_id",
            "album",
            sqlite_where=text("album IS NOT NULL"),
            postgresql_where=text("album IS NOT NULL"),
        ),
    )

    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    arrival: Mapped[int]  # order of arrival: update ids restart at random after an idle week
    chat_id: Mapped[int | None]
    body: Mapped[str | None]  # JSON; emptied when done
    state: Mapped[str] = mapped_column(default="new")
    attempts: Mapped[int] = mapped_column(default=0)  # deaths of the process with this update at work
    received_at: Mapped[datetime] = mapped_column(index=True)
    why: Mapped[str | None]  # it was put aside: a word of storage/inbox.py
    album: Mapped[str | None]  # Telegram's number of the album it is a part of; kept when done: the album gets one answer
    undrawn: Mapped[str | None]  # JSON: the page an earlier press on its message left to it to draw; emptied when done
    worker: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))  # whose it is while it waits, of several processes
    races: Mapped[bool] = mapped_column(default=False)  # it waits for its turn among all chats, of several processes


class Worker(Table):
    """A process that takes updates in and handles them, among others of the same database (PostgreSQL): its lease."""

    __tablename__ = "workers"

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]  # renewed; None: it has left in order. By the database's clock, as all of these
    slots: Mapped[int] = mapped_column(default=0)  # messages a second it may send: all together the token's
    wants: Mapped[int] = mapped_column(default=0)  # … and how many it could


class Letter(Table):
    """The outbox: everything the bot says unasked, written with the change that causes it."""

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'sending', 'retry', 'sent', 'unknown', 'dead', 'cancelled')", name="state"),
        UniqueConstraint("dedup"),
        Index(
            "ix_letters_waiting",
            "person_id",
            "id",
            sqlite_where=text("state IN ('new', 'retry', 'sending')"),
            postgresql_where=text("state IN ('new', 'retry', 'sending')"),
        ),
        Index("ix_letters_topic", "topic", "person_id"),
        Index("ix_letters_sent_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"))  # the child it is about: rechecked when sending
    role: Mapped[str | None]  # the role it was written to: rechecked when sending
    kind: Mapped[str]  # the notice
    facts: Mapped[dict[str, Any] | None]  # emptied 30 days after
    topic: Mapped[str]  # kind:thing: a newer version for the same person cancels the unsent older one
    dedup: Mapped[str]  # kind:thing:version:recipient
    urgency: Mapped[int] = mapped_column(default=0)  # 2 urgent (ignores quiet hours), 1 ordinary, 0 bulk
    state: Mapped[str] = mapped_column(default="new")
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[bool] = mapped_column(default=False)  # its answer was lost once already
    failing_since: Mapped[datetime | None]  # Telegram itself has failed at it since then, at each try
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    error: Mapped[str | None]  # why it ended or waits, for whoever reads it: nothing depends on these words
    change_id: Mapped[int | None]  # the lesson's change it tells
    why: Mapped[str | None]  # why it ended, where something depends on it: unreachable | overtaken | expired


class Talk(Table):
    """Where a typed conversation stands (FSM), so that a restart forgets nothing.

    The update that changed it last finds it as it was before, should it be handled again; once it is done with, nothing of
    that is kept.
    """

    __tablename__ = "talks"

    key: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
    update_id: Mapped[int | None] = mapped_column(index=True)  # the update, in hand still, that changed it
    before: Mapped[dict[str, Any] | None]  # its state and data before that update


class Note(Table):
    """Small facts the bot keeps about itself (the bot's username, the day of the first start, …)."""

    __tablename__ = "notes"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
