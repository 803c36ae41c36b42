"""Questionnaires, messages, announcements."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
