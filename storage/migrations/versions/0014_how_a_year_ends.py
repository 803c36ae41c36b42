"""How a year ends: the answer for each pupil and group, kept until the year is closed; and who goes on to the 10th class."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ADDED: tuple[tuple[str, str, sa.types.TypeEngine[object]], ...] = (
    ("years", "closed_at", sa.DateTime(timezone=True)),
    ("applications", "goes_on", sa.Boolean()),
    ("choices", "outcome", sa.Text()),
    ("choices", "outcome_at", sa.DateTime(timezone=True)),
)
# States of before, for those that a version before this one does not know.
BEFORE = {"failed": "completed", "continues": "completed", "unfinished": "completed", "closed": "lapsed"}


def upgrade() -> None:
    for table, name, kind in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for new, old in BEFORE.items():
        op.execute(sa.text("UPDATE choices SET state = :old WHERE state = :new").bindparams(old=old, new=new))
    op.execute("UPDATE applications SET state = 'withdrawn' WHERE state = 'closed'")
    for table, name, _ in reversed(ADDED):
        op.drop_column(table, name)
