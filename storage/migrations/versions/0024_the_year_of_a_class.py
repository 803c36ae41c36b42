"""Of which academic year a pupil's class is: before, the class was taken for today's, and lagged a year behind from September on.

It is the class of the year in which a workbook was last carried out; where none is on record, of the year in which anything was last done.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("pupils", sa.Column("class_year", NUMBER, nullable=True))
    op.execute(sa.text("UPDATE pupils SET class_year = :year").bindparams(year=_year()))
    with op.batch_alter_table("pupils", schema=None) as batch_op:
        batch_op.alter_column("class_year", existing_type=NUMBER, nullable=False)


def _year() -> int:
    """The year that ran when a workbook was last carried out, else when anything was last done."""
    run = op.get_bind().execute
    audit = sa.table("audit", sa.column("at", sa.DateTime(timezone=True)), sa.column("action"))
    years = sa.table("years", sa.column("year"), sa.column("starts_on", sa.Date()))
    loaded = run(sa.select(sa.func.max(audit.c.at)).where(audit.c.action == "network.load")).scalar()
    done = loaded or run(sa.select(sa.func.max(audit.c.at))).scalar()
    if done is None:
        return int(run(sa.select(sa.func.max(years.c.year))).scalar() or 0)
    starts = run(sa.select(years.c.starts_on).where(years.c.year == done.year)).scalar() or date(done.year, 9, 1)
    return int(done.year if done.date() >= starts else done.year - 1)


def downgrade() -> None:
    with op.batch_alter_table("pupils", schema=None) as batch_op:
        batch_op.drop_column("class_year")
