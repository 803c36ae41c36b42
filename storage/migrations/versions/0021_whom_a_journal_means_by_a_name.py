"""Whom a group's journal means by a name that is not the workbook's: asked once, remembered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "journal_names",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("group_id", NUMBER, nullable=False),
        sa.Column("written", sa.String(length=200), nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=False),
        sa.Column("among", sa.Text(), nullable=False),
        sa.Column("by", NUMBER, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_journal_names_by")),
        sa.ForeignKeyConstraint(["group_id"], ["course_groups.id"], name=op.f("fk_journal_names_group_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_journal_names_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_names")),
        sa.UniqueConstraint("group_id", "written", name=op.f("uq_journal_names_group_id_written")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_names_pupil_id"), ["pupil_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("journal_names", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_names_pupil_id"))

    op.drop_table("journal_names")
