"""Updates in, letters out, and what the bot remembers of each talk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table

_SHARED = "worker IS NOT NULL"


class Update(Table):
    """The durable inbox: kept before Telegram is told it arrived, handled in order per chat."""

    __tablename__ = "inbox"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'done', 'aside')", name="state"),
        Index("ix_inbox_arrival", "arrival"),  # the highest is asked for at every batch
        Index("ix_inbox_new", "arrival", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
        # In rows that have a worker only: on SQLite, where nobody shares the work, these are empty and cost nothing.
        Index("ix_inbox_lane", "chat_id", "arrival", sqlite_where=text(_SHARED), postgresql_where=text(_SHARED)),
        Index("ix_inbox_worker", "worker", sqlite_where=text(_SHARED), postgresql_where=text(_SHARED)),
        Index("ix_inbox_races", "arrival", sqlite_where=text("races"), postgresql_where=text("races")),
        Index(
            "ix_inbox_album",
            "chat_id",
            "album",
            sqlite_where=text("album IS NOT NULL"),
            postgresql_where=text("album IS NOT NULL"),
        ),
    )

    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    arrival: Mapped[int]  # order of arrival: update ids restart at random after an idle week
    chat_id: Mapped[int | None]
    body: Mapped[str | None]  # JSON; emptied when done
    state: Mapped[str] = mapped_column(default="new")
    attempts: Mapped[int] = mapped_column(default=0)  # deaths of the process with this update at work
    received_at: Mapped[datetime] = mapped_column(index=True)
    why: Mapped[str | None]  # it was put aside: a word of storage/inbox.py
    album: Mapped[str | None]  # Telegram's number of the album it is a part of; kept when done: the album gets one answer
    undrawn: Mapped[str | None]  # JSON: the page an earlier press on its message left to it to draw; emptied when done
    worker: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))  # whose it is while it waits, of several processes
    races: Mapped[bool] = mapped_column(default=False)  # it waits for its turn among all chats, of several processes


class Worker(Table):
    """A process that takes updates in and handles them, among others of the same database (PostgreSQL): its lease."""

    __tablename__ = "workers"

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]  # renewed; None: it has left in order. By the database's clock, as all of these
    slots: Mapped[int] = mapped_column(default=0)  # messages a second it may send: all together the token's
    wants: Mapped[int] = mapped_column(default=0)  # … and how many it could


class Letter(Table):
    """The outbox: everything the bot says unasked, written with the change that causes it."""

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'sending', 'retry', 'sent', 'unknown', 'dead', 'cancelled')", name="state"),
        UniqueConstraint("dedup"),
        Index(
            "ix_letters_waiting",
            "person_id",
            "id",
            sqlite_where=text("state IN ('new', 'retry', 'sending')"),
            postgresql_where=text("state IN ('new', 'retry', 'sending')"),
        ),
        Index("ix_letters_topic", "topic", "person_id"),
        Index("ix_letters_sent_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"))  # the child it is about: rechecked when sending
    role: Mapped[str | None]  # the role it was written to: rechecked when sending
    kind: Mapped[str]  # the notice
    facts: Mapped[dict[str, Any] | None]  # emptied 30 days after
    topic: Mapped[str]  # kind:thing: a newer version for the same person cancels the unsent older one
    dedup: Mapped[str]  # kind:thing:version:recipient
    urgency: Mapped[int] = mapped_column(default=0)  # 2 urgent (ignores quiet hours), 1 ordinary, 0 bulk
    state: Mapped[str] = mapped_column(default="new")
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[bool] = mapped_column(default=False)  # its answer was lost once already
    failing_since: Mapped[datetime | None]  # Telegram itself has failed at it since then, at each try
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    error: Mapped[str | None]  # why it ended or waits, for whoever reads it: nothing depends on these words
    change_id: Mapped[int | None]  # the lesson's change it tells
    why: Mapped[str | None]  # why it ended, where something depends on it: unreachable | overtaken | expired


class Talk(Table):
    """Where a typed conversation stands (FSM), so that a restart forgets nothing.

    The update that changed it last finds it as it was before, should it be handled again; once it is done with, nothing of
    that is kept.
    """

    __tablename__ = "talks"

    key: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
    update_id: Mapped[int | None] = mapped_column(index=True)  # the update, in hand still, that changed it
    before: Mapped[dict[str, Any] | None]  # its state and data before that update


class Note(Table):
    """Small facts the bot keeps about itself (the bot's username, the day of the first start, …)."""

    __tablename__ = "notes"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
