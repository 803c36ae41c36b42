"""Applications, wishes and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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


class Shortlisted(Table):
    """A course a family looks at again later: for which child, and who of the family put it there."""

    __tablename__ = "shortlist"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), primary_key=True, index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)


_INSTEAD = "instead_of IS NOT NULL"


class Choice(Table):
    """One course in an application; its state walks the table of transitions in bot/services/enrollment/choices.py."""

    __tablename__ = "choices"
    __table_args__ = (
        UniqueConstraint("application_id", "course_id"),
        Index("ix_choices_course_id_state_group_id", "course_id", "state", "group_id"),
        Index("ix_choices_instead_of", "instead_of", sqlite_where=text(_INSTEAD), postgresql_where=text(_INSTEAD)),
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
