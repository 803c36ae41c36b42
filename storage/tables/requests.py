"""Requests to partners, by version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
