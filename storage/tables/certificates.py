"""Documents of learning and the files they are in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Table


class Certificate(Table):
    """A line of an organization's register of documents of learning: a certificate, or a note of a part of a course.

    A revoked one keeps its number, so the register has no gaps. `facts` is what its paper says, whatever is renamed later.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("organization_id", "number"),
        Index(
            "ix_certificates_live",
            "choice_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        Index(
            "ix_certificates_school_id",
            "school_id",
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))  # who issues it, and whose numbers
    number: Mapped[int]
    kind: Mapped[str]  # certificate | note
    choice_id: Mapped[int] = mapped_column(ForeignKey("choices.id"))  # who learnt in which group
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"), index=True)  # None: erased, the line remains
    school_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))  # the pupil's
    code: Mapped[str] = mapped_column(String(32), unique=True)  # of its QR: printed again with the paper, so kept as it is
    facts: Mapped[dict[str, Any]]  # bot/services/certificates/issuing.py says which
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]  # why it was revoked, as the family reads it


class CertificateFile(Table):
    """A file of documents of learning as it went out, never drawn again; emptied when somebody it names is erased."""

    __tablename__ = "certificate_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(String(64), unique=True)  # which documents, on paper or as the family's copy: a digest
    name: Mapped[str]
    content: Mapped[bytes | None]
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class CertificateInFile(Table):
    """A document of learning that stands in a file that went out."""

    __tablename__ = "certificates_in_files"

    file_id: Mapped[int] = mapped_column(ForeignKey("certificate_files.id"), primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), primary_key=True, index=True)
