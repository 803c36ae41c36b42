"""Messages between families and those who teach."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
