"""The distribution of places."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


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
