"""The journal: marks, attendance, topics, and how a partner writes them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
