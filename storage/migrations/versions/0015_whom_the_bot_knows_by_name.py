"""Nobody is known by what Telegram calls them; and a seat whose pupil was erased stays its school's.

Names are the workbook's, or what a guardian has typed.

Nicknames kept until now are deleted; going back does not bring them back.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    of_staff = "(SELECT min(full_name) FROM staff WHERE staff.person_id = people.id)"
    of_pupil = "(SELECT min(full_name) FROM pupils WHERE pupils.person_id = people.id)"
    op.execute(sa.text(f"UPDATE people SET name = coalesce({of_staff}, {of_pupil}, '')"))  # noqa: S608 - the words are ours
    _unname_letters()
    op.add_column("applications", sa.Column("school_id", NUMBER, nullable=True))
    of_request = (
        "SELECT min(r.school_id) FROM requests r JOIN request_lines l ON l.request_id = r.id "
        "JOIN choices c ON c.id = l.choice_id WHERE c.application_id = applications.id"
    )
    only = "SELECT min(id) FROM organizations WHERE role = 'base' HAVING count(*) = 1"
    op.execute(sa.text(f"UPDATE applications SET school_id = coalesce(({of_request}), ({only})) WHERE pupil_id IS NULL"))  # noqa: S608


def _unname_letters() -> None:
    """Letters that one more guardian has come in named them once, and so did the calls made instead."""
    for table in ("letters", "calls"):
        rows = sa.table(table, sa.column("id", sa.Integer), sa.column("kind", sa.Text), sa.column("facts", sa.JSON))
        told = sa.select(rows.c.id, rows.c.facts).where(rows.c.kind == "guardian-joined")
        for number, facts in op.get_bind().execute(told).all():
            if facts and facts.get("guardian"):
                op.execute(sa.update(rows).where(rows.c.id == number).values(facts=facts | {"guardian": ""}))


def downgrade() -> None:
    """What was deleted stays deleted."""
    op.drop_column("applications", "school_id")
