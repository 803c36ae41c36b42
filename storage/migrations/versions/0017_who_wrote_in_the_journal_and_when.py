"""Who wrote in the journal, when, from which file, and what was there before.

What stands there already gets a first revision, «before»: who entered it and from which file is known where the record of
imports has the same group and moment. Entries of erased pupils get none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_KNOWN = """
    FROM journal_entries e LEFT JOIN journal_imports i ON i.id = (
        SELECT max(j.id) FROM journal_imports j WHERE j.group_id = e.group_id AND j.at = e.entered_at)"""


def upgrade() -> None:
    op.create_table(
        "journal_writings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", NUMBER, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("undoes_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_journal_writings_by")),
        sa.ForeignKeyConstraint(["undoes_id"], ["journal_writings.id"], name=op.f("fk_journal_writings_undoes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_writings")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal_topic_revisions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("writing_id", NUMBER, nullable=False),
        sa.Column("group_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lesson", NUMBER, nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("homework", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["course_groups.id"], name=op.f("fk_journal_topic_revisions_group_id")),
        sa.ForeignKeyConstraint(["writing_id"], ["journal_writings.id"], name=op.f("fk_journal_topic_revisions_writing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_topic_revisions")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal_topic_revisions", schema=None) as batch_op:
        batch_op.create_index("ix_journal_topic_revisions_group_id_day_lesson", ["group_id", "day", "lesson"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_topic_revisions_writing_id"), ["writing_id"], unique=False)

    op.create_table(
        "journal_revisions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("entry_id", NUMBER, nullable=False),
        sa.Column("writing_id", NUMBER, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("cell", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entries.id"], name=op.f("fk_journal_revisions_entry_id")),
        sa.ForeignKeyConstraint(["writing_id"], ["journal_writings.id"], name=op.f("fk_journal_revisions_writing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_revisions")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal_revisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_revisions_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_revisions_writing_id"), ["writing_id"], unique=False)
    _first_revisions()


def _first_revisions() -> None:
    run = op.execute
    run(
        'INSERT INTO journal_writings (at, "by", source, file) '
        f"SELECT DISTINCT e.entered_at, i.\"by\", 'before', i.name {_KNOWN} WHERE e.pupil_id IS NOT NULL ORDER BY 1, 2, 4"
    )
    run(
        "INSERT INTO journal_revisions (entry_id, writing_id, value, work, comment, removed) "
        f"SELECT e.id, w.id, e.value, e.work, e.comment, e.removed_at IS NOT NULL {_KNOWN} "
        'JOIN journal_writings w ON w.at = e.entered_at AND coalesce(w."by", 0) = coalesce(i."by", 0) '
        "AND coalesce(w.file, '') = coalesce(i.name, '') WHERE e.pupil_id IS NOT NULL ORDER BY e.id"
    )
    # When a topic was entered nobody has kept: it stood there when this began.
    run(
        "INSERT INTO journal_writings (at, source) SELECT CURRENT_TIMESTAMP, 'before' WHERE EXISTS (SELECT 1 FROM journal_topics)"
    )
    run(
        "INSERT INTO journal_topic_revisions (writing_id, group_id, day, lesson, topic, homework) "
        "SELECT (SELECT max(id) FROM journal_writings), group_id, day, lesson, topic, homework FROM journal_topics "
        "ORDER BY group_id, day, lesson"
    )


def downgrade() -> None:
    with op.batch_alter_table("journal_revisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_revisions_writing_id"))
        batch_op.drop_index(batch_op.f("ix_journal_revisions_entry_id"))

    op.drop_table("journal_revisions")
    with op.batch_alter_table("journal_topic_revisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_topic_revisions_writing_id"))
        batch_op.drop_index("ix_journal_topic_revisions_group_id_day_lesson")

    op.drop_table("journal_topic_revisions")
    op.drop_table("journal_writings")
