"""Places that are offered from the line."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class PlaceOffer(Table):
    """A place that fell free, offered to the head of the reserve; the hours of its deadline run only by day, on working days."""

    __tablename__ = "place_offers"
    __table_args__ = (
        Index(
            "ix_place_offers_open",
            "choice_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"))
    made_at: Mapped[datetime]
    remind_at: Mapped[datetime]  # when half of its hours have run
    deadline: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    how: Mapped[str | None]  # accepted | declined | lapsed | withdrawn
