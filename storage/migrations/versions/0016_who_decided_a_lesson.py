"""Who decided a lesson last, by what stands otherwise than the rules.

Of before it is not known whether the chat or a row of Изменения spoke, and it makes no difference: neither is undone by a book
that does not speak of it. Lessons that a book cancelled hold no decision.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WHAT = ("time", "place", "teacher", "cancelled")


def upgrade() -> None:
    with op.batch_alter_table("lessons") as batch:
        for what in WHAT:
            batch.add_column(sa.Column(f"{what}_by", sa.Text(), nullable=True))
    run = op.execute
    run("UPDATE lessons SET time_by = 'chat' WHERE starts_at <> plan_starts_at OR ends_at <> plan_ends_at")
    run("UPDATE lessons SET place_by = 'chat' WHERE coalesce(place, '') <> coalesce(plan_place, '')")
    run("UPDATE lessons SET teacher_by = 'chat' WHERE teacher_id IS NOT NULL")
    # A cancellation in chat leaves a line of its own in the audit; a book's leaves one for all.
    run(
        "UPDATE lessons SET cancelled_by = 'chat' WHERE cancelled_at IS NOT NULL AND archived_at IS NULL AND EXISTS "
        "(SELECT 1 FROM audit WHERE audit.thing = 'lesson' AND audit.thing_id = lessons.id AND audit.action = 'lesson.cancel')"
    )


def downgrade() -> None:
    with op.batch_alter_table("lessons") as batch:
        for what in reversed(WHAT):
            batch.drop_column(f"{what}_by")
