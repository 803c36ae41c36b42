"""A call may be about a letter that did not arrive, to somebody who is no family."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with _calls() as calls:
        calls.alter_column("pupil_id", existing_type=NUMBER, nullable=True)
        calls.add_column(sa.Column("person_id", NUMBER, nullable=True))
        calls.add_column(sa.Column("letter_id", NUMBER, nullable=True))
        calls.create_foreign_key(calls.f("fk_calls_person_id"), "people", ["person_id"], ["id"])
        calls.create_foreign_key(calls.f("fk_calls_letter_id"), "letters", ["letter_id"], ["id"])
        calls.create_unique_constraint(calls.f("uq_calls_letter_id"), ["letter_id"])
        calls.create_index("ix_calls_person_id_done_at", ["person_id", "done_at"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM calls WHERE pupil_id IS NULL")  # the version before has no place for them
    with _calls() as calls:
        calls.drop_index("ix_calls_person_id_done_at")
        calls.drop_constraint(calls.f("uq_calls_letter_id"), type_="unique")
        calls.drop_constraint(calls.f("fk_calls_letter_id"), type_="foreignkey")
        calls.drop_constraint(calls.f("fk_calls_person_id"), type_="foreignkey")
        calls.drop_column("letter_id")
        calls.drop_column("person_id")
        calls.alter_column("pupil_id", existing_type=NUMBER, nullable=False)


@contextmanager
def _calls() -> Iterator[BatchOperations]:
    """The table, to be altered; where SQLite makes it anew its ids are still never given again, and go on where they were."""
    bind = op.get_bind()
    is_sqlite = bind.dialect.name == "sqlite"
    last = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'calls'")
    highest = bind.execute(last).scalar() if is_sqlite else None
    with op.batch_alter_table("calls", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        yield batch_op
    if highest is None:
        return
    if bind.execute(last).scalar() is None:
        bind.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('calls', 0)"))
    bind.execute(sa.text("UPDATE sqlite_sequence SET seq = :seq WHERE name = 'calls'"), {"seq": highest})
