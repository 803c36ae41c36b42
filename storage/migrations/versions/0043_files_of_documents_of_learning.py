"""Documents of learning are kept as they went out: a file, its digest, and which of the register stand in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "certificate_files",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_certificate_files_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_files")),
        sa.UniqueConstraint("of", name=op.f("uq_certificate_files_of")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "certificates_in_files",
        sa.Column("file_id", NUMBER, nullable=False),
        sa.Column("certificate_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificates.id"], name=op.f("fk_certificates_in_files_certificate_id")),
        sa.ForeignKeyConstraint(["file_id"], ["certificate_files.id"], name=op.f("fk_certificates_in_files_file_id")),
        sa.PrimaryKeyConstraint("file_id", "certificate_id", name=op.f("pk_certificates_in_files")),
    )
    op.create_index(op.f("ix_certificates_in_files_certificate_id"), "certificates_in_files", ["certificate_id"])


def downgrade() -> None:
    op.drop_table("certificates_in_files")
    op.drop_table("certificate_files")
