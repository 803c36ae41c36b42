"""What was answered about journal files: unknown groups, days without a year, marks outside the scale."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "journal_answers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("organization_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("written", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("by", NUMBER, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_journal_answers_organization_id")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_journal_answers_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_answers")),
        sa.UniqueConstraint("organization_id", "kind", "written", name=op.f("uq_journal_answers_organization_id_kind_written")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("journal_answers")
