"""The programme of a course (sheet «Программа») and its scale (column «Шкала»)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("courses", sa.Column("scale", sa.Text(), nullable=True))
    op.create_table(
        "planned_topics",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("course_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("hours", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_planned_topics_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_topics")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_planned_topics_course_id_number")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("planned_topics")
    op.drop_column("courses", "scale")
