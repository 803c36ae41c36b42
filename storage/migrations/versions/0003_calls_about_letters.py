"""A call may be about a letter that did not arrive, to somebody who is no family."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.alter_column("pupil_id", existing_type=NUMBER, nullable=True)
        batch_op.add_column(sa.Column("person_id", NUMBER, nullable=True))
        batch_op.add_column(sa.Column("letter_id", NUMBER, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_calls_person_id"), "people", ["person_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_calls_letter_id"), "letters", ["letter_id"], ["id"])
        batch_op.create_unique_constraint(batch_op.f("uq_calls_letter_id"), ["letter_id"])
        batch_op.create_index("ix_calls_person_id_done_at", ["person_id", "done_at"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM calls WHERE pupil_id IS NULL")  # the version before has no place for them
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_index("ix_calls_person_id_done_at")
        batch_op.drop_constraint(batch_op.f("uq_calls_letter_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_calls_letter_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_calls_person_id"), type_="foreignkey")
        batch_op.drop_column("letter_id")
        batch_op.drop_column("person_id")
        batch_op.alter_column("pupil_id", existing_type=NUMBER, nullable=False)
