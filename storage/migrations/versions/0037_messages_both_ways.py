"""Messages both ways: threads between two sides, their letters, who has read how far, conflicts opened, writers stopped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)


def _to(table: str, column: str, whole: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{whole}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "threads",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("school_id", NUMBER, nullable=True),
        sa.Column("pupil_id", NUMBER, nullable=True),
        sa.Column("one_role", sa.String(length=16), nullable=False),
        sa.Column("one_id", NUMBER, nullable=False),
        sa.Column("other_role", sa.String(length=16), nullable=False),
        sa.Column("other_id", NUMBER, nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("about_id", NUMBER, nullable=False),
        sa.Column("begun_at", AT, nullable=False),
        sa.Column("closed_at", AT, nullable=True),
        sa.Column("closed_side", NUMBER, nullable=True),
        sa.Column("reported_at", AT, nullable=True),
        _to("threads", "school_id", "organizations"),
        _to("threads", "pupil_id", "pupils"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint(
            "one_role",
            "one_id",
            "other_role",
            "other_id",
            "about",
            "about_id",
            name=op.f("uq_threads_one_role_one_id_other_role_other_id_about_about_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_threads_school_id", "threads", ["school_id"])
    op.create_index("ix_threads_pupil_id", "threads", ["pupil_id"])
    op.create_index("ix_threads_other_role_other_id", "threads", ["other_role", "other_id"])
    op.create_table(
        "thread_messages",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("thread_id", NUMBER, nullable=False),
        sa.Column("side", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("document_id", NUMBER, nullable=True),
        sa.Column("sent_at", AT, nullable=False),
        sa.Column("update_id", NUMBER, nullable=True),
        _to("thread_messages", "thread_id", "threads"),
        _to("thread_messages", "person_id", "people"),
        _to("thread_messages", "document_id", "documents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_messages")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_thread_messages_thread_id_id", "thread_messages", ["thread_id", "id"])
    op.create_index("ix_thread_messages_person_id_sent_at", "thread_messages", ["person_id", "sent_at"])
    op.create_table(
        "thread_reads",
        sa.Column("thread_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("side", NUMBER, nullable=False),
        sa.Column("upto", NUMBER, nullable=False),
        sa.Column("read_at", AT, nullable=False),
        _to("thread_reads", "thread_id", "threads"),
        _to("thread_reads", "person_id", "people"),
        sa.PrimaryKeyConstraint("thread_id", "person_id", name=op.f("pk_thread_reads")),
    )
    op.create_table(
        "thread_openings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("thread_id", NUMBER, nullable=False),
        sa.Column("opened_by", NUMBER, nullable=False),
        sa.Column("opened_at", AT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("upto", NUMBER, nullable=False),
        _to("thread_openings", "thread_id", "threads"),
        _to("thread_openings", "opened_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_openings")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_thread_openings_thread_id", "thread_openings", ["thread_id"])
    op.create_table(
        "writing_stops",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", NUMBER, nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("lifted_at", AT, nullable=True),
        sa.Column("lifted_by", NUMBER, nullable=True),
        _to("writing_stops", "person_id", "people"),
        _to("writing_stops", "school_id", "organizations"),
        _to("writing_stops", "made_by", "people"),
        _to("writing_stops", "lifted_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing_stops")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_writing_stops_person_id", "writing_stops", ["person_id"])


def downgrade() -> None:
    for table in ("writing_stops", "thread_openings", "thread_reads", "thread_messages", "threads"):
        op.drop_table(table)
