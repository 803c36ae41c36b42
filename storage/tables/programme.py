"""What the programme asks of the year: agreed courses, achievements, records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
