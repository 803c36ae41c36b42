"""Who there is: people, staff, pupils, guardians, what they agreed to, and whom to call."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Person(Table):
    """Somebody who talks to the bot. What they may see follows from staff, guardianships and pupils linked to them."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(unique=True)
    name: Mapped[str]  # ФИО: of staff and pupils as in the workbook, of a guardian as typed at consent, empty until then
    language: Mapped[str | None]  # as chosen; None: the network's LOCALE
    detail: Mapped[str] = mapped_column(default="discreet")  # full | discreet: how much a pushed message may say
    muted: Mapped[str] = mapped_column(default="", server_default="")  # news of the journal switched off: «mark homework» (NEWS)
    quiet_from: Mapped[time | None]  # None: the network's QUIET_HOURS
    quiet_to: Mapped[time | None]
    unreachable_at: Mapped[datetime | None]  # Telegram answered 403, or they shut us out; any use of the bot clears it
    created_at: Mapped[datetime]


class Staff(Table):
    """A member of staff by the workbook's code; the person is linked by an invitation."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    full_name: Mapped[str]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    role: Mapped[str]  # coordinator | director | teacher | partner
    post: Mapped[str | None]  # what an order calls them: «заместитель директора по УВР»
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    archived_at: Mapped[datetime | None]


class Pupil(Table):
    __tablename__ = "pupils"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    full_name: Mapped[str]
    class_name: Mapped[str]  # «7А»
    class_year: Mapped[int]  # the academic year in which this is the class: of any other storage/people/classes.py counts
    birth_date: Mapped[date | None]
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # the pupil's own account
    archived_at: Mapped[datetime | None]


class Guardianship(Table):
    """A guardian's right to act for a pupil: dated, ended at once by the coordinator or by withdrawal of consent."""

    __tablename__ = "guardianships"
    __table_args__ = (
        Index(
            "ix_guardianships_open",
            "person_id",
            "pupil_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Invitation(Table):
    """A one-time way in. Only HMACs are kept: who reads the database cannot use it."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"))
    token_mac: Mapped[bytes] = mapped_column(unique=True)  # of the deep link's payload
    code_mac: Mapped[bytes] = mapped_column(unique=True)  # of the code in letters
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the command line
    voided_at: Mapped[datetime | None]  # a guardianship of the pupil was ended: nobody comes in by what was handed out before


class Succession(Table):
    """Somebody opened an invitation to a post that is held: it passes with the holder's word, or a director's after a day."""

    __tablename__ = "successions"
    __table_args__ = (
        Index(
            "ix_successions_open",
            "staff_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # who opened it
    former_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # who held the post then
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    how: Mapped[str | None]  # agreed | refused | lapsed | replaced
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class WrongCode(Table):
    """A wrong invitation code, counted to lock out guessing."""

    __tablename__ = "wrong_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)


class Consent(Table):
    """A guardian's consent for a pupil and one purpose, logged as intent (the paper is signed besides)."""

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_person_id_pupil_id", "person_id", "pupil_id"),
        Index("ix_consents_pupil_id_purpose", "pupil_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))
    purpose: Mapped[str]  # processing | messages | partner | photographs
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))  # the partner, by name
    text_version: Mapped[str]
    basis: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Erasure(Table):
    """Who was erased, as an HMAC of the Telegram id: a restored backup erases them again."""

    __tablename__ = "erasures"

    mac: Mapped[bytes] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Audit(Table):
    """Append-only: who did what, when, before and after. Ids, never names."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None]  # None: the command line or the bot itself
    action: Mapped[str]
    thing: Mapped[str]
    thing_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    reason: Mapped[str | None]


class Secret(Table):
    """The network's own secrets (the key of the HMACs), made at first start."""

    __tablename__ = "secrets"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]


class Call(Table):
    """What is to be told by telephone, in a letter's words, for the coordinator: to a family nobody of which has the bot,
    and to whoever a letter did not reach, or perhaps did not.
    """

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_pupil_id_done_at", "pupil_id", "done_at"),
        Index("ix_calls_person_id_done_at", "person_id", "done_at"),
        UniqueConstraint("letter_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"))  # None: to a member of staff, or about no child
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # the letter's addressee; None: the family
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))  # that did not arrive; None: none was written
    kind: Mapped[str]  # the notice and its facts, as a letter keeps them
    facts: Mapped[dict[str, Any]]
    topic: Mapped[str]
    version: Mapped[str]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
