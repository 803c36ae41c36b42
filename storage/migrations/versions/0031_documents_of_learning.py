"""The registers of documents of learning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("organization_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("choice_id", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=True),
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", NUMBER, nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", NUMBER, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_certificates_organization_id")),
        sa.ForeignKeyConstraint(["choice_id"], ["choices.id"], name=op.f("fk_certificates_choice_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_certificates_pupil_id")),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_certificates_school_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["people.id"], name=op.f("fk_certificates_issued_by")),
        sa.ForeignKeyConstraint(["revoked_by"], ["people.id"], name=op.f("fk_certificates_revoked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("organization_id", "number", name=op.f("uq_certificates_organization_id_number")),
        sa.UniqueConstraint("code", name=op.f("uq_certificates_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_certificates_pupil_id"), "certificates", ["pupil_id"])
    op.create_index(
        "ix_certificates_live",
        "certificates",
        ["choice_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("certificates")
