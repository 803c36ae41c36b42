"""Where somebody stands in is found by an index: free hours of a teacher are looked for among all lessons of a region."""

from __future__ import annotations

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_lessons_teacher_id", "lessons", ["teacher_id"])


def downgrade() -> None:
    op.drop_index("ix_lessons_teacher_id", table_name="lessons")
