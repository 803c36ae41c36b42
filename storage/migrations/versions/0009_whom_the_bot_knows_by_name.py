"""Nobody is known by what Telegram calls them: names are the workbook's, or what a guardian has typed.

Nicknames kept until now are deleted; going back does not bring them back.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_staff = "(SELECT min(full_name) FROM staff WHERE staff.person_id = people.id)"
    of_pupil = "(SELECT min(full_name) FROM pupils WHERE pupils.person_id = people.id)"
    op.execute(sa.text(f"UPDATE people SET name = coalesce({of_staff}, {of_pupil}, '')"))  # noqa: S608 - the words are ours


def downgrade() -> None:
    """What was deleted stays deleted; the column is the same."""
