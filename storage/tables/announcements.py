"""Announcements and who has read them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
