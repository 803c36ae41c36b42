"""The school's papers: numbers, orders, agreements, as they went out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
