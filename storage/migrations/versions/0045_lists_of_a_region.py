"""What a page of a region's lists asks for is found by an index: where lessons are held, which were moved, who waits for a group."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

PLANNED, MOVED = sa.text("archived_at IS NULL"), sa.text("plan_starts_at != starts_at")


def upgrade() -> None:
    op.create_index("ix_lessons_group_id_place", "lessons", ["group_id", "place"], sqlite_where=PLANNED, postgresql_where=PLANNED)
    op.create_index("ix_lessons_moved", "lessons", ["plan_starts_at"], sqlite_where=MOVED, postgresql_where=MOVED)
    op.drop_index("ix_lessons_plan_starts_at", table_name="lessons")
    op.create_index("ix_choices_course_id_state_group_id", "choices", ["course_id", "state", "group_id"])
    op.drop_index("ix_choices_course_id_state", table_name="choices")


def downgrade() -> None:
    op.create_index("ix_choices_course_id_state", "choices", ["course_id", "state"])
    op.drop_index("ix_choices_course_id_state_group_id", table_name="choices")
    op.create_index("ix_lessons_plan_starts_at", "lessons", ["plan_starts_at"])
    op.drop_index("ix_lessons_moved", table_name="lessons", sqlite_where=MOVED, postgresql_where=MOVED)
    op.drop_index("ix_lessons_group_id_place", table_name="lessons", sqlite_where=PLANNED, postgresql_where=PLANNED)
