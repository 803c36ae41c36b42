"""Three questions of a page walked through a whole table of the region: what makes up a lesson, what was proposed instead of a wish, a
school's documents of learning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

MAKES_UP, INSTEAD = sa.text("makes_up_id IS NOT NULL"), sa.text("instead_of IS NOT NULL")
LIVE = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_lessons_makes_up_id", "lessons", ["makes_up_id"], sqlite_where=MAKES_UP, postgresql_where=MAKES_UP)
    op.create_index("ix_choices_instead_of", "choices", ["instead_of"], sqlite_where=INSTEAD, postgresql_where=INSTEAD)
    op.create_index("ix_certificates_school_id", "certificates", ["school_id"], sqlite_where=LIVE, postgresql_where=LIVE)


def downgrade() -> None:
    op.drop_index("ix_certificates_school_id", table_name="certificates", sqlite_where=LIVE, postgresql_where=LIVE)
    op.drop_index("ix_choices_instead_of", table_name="choices", sqlite_where=INSTEAD, postgresql_where=INSTEAD)
    op.drop_index("ix_lessons_makes_up_id", table_name="lessons", sqlite_where=MAKES_UP, postgresql_where=MAKES_UP)
