"""A letter says which change of a lesson it tells, and, where something depends on it, why it ended: no key or text is read for it.

What stands in the keys and the errors of the letters already written is put into the new columns.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_A_CHANGE = ("lesson-moved", "lesson-cancelled", "lesson-restored", "lesson-room", "lesson-teacher", "lesson-call-list")
WHY = {"unreachable": "unreachable", "a lesson of that day has changed": "overtaken"}  # the error's text → the word
_KEY = re.compile(r"[a-z-]+:(?:lesson|call):\d+:(\d+):")  # kind:topic:change:recipient
AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("letters", sa.Column("change_id", NUMBER, nullable=True))
    op.add_column("letters", sa.Column("why", sa.Text(), nullable=True))
    run = op.get_bind().execute
    for error, why in WHY.items():
        run(sa.text("UPDATE letters SET why = :why WHERE state = 'cancelled' AND error = :error"), {"why": why, "error": error})
    known = sa.text("SELECT id, dedup FROM letters WHERE kind IN :kinds").bindparams(sa.bindparam("kinds", expanding=True))
    told = [
        {"letter": letter_id, "change": int(found[1])}
        for letter_id, dedup in run(known, {"kinds": OF_A_CHANGE}).all()
        if (found := _KEY.match(dedup)) is not None
    ]
    for start in range(0, len(told), AT_ONCE):
        run(sa.text("UPDATE letters SET change_id = :change WHERE id = :letter"), told[start : start + AT_ONCE])


def downgrade() -> None:
    op.drop_column("letters", "why")
    op.drop_column("letters", "change_id")
