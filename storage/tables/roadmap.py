"""Steps of the roadmap, tasks, reminders, documents."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
