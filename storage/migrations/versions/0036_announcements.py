"""What staff tell a class, a group, a course or all of a school, and whom it is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("by", NUMBER, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("organization_id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", NUMBER, nullable=True),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("document_id", NUMBER, nullable=True),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("round", NUMBER, nullable=False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.Column("sent_at", WHEN, nullable=True),
        sa.Column("leaves_at", WHEN, nullable=True),
        sa.Column("left_at", WHEN, nullable=True),
        sa.Column("reminded_at", WHEN, nullable=True),
        sa.CheckConstraint("state IN ('draft', 'sent', 'recalled')", name=op.f("ck_announcements_state")),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name=op.f("fk_announcements_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_announcements_staff_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_announcements_organization_id")),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_announcements_year")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_announcements_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_announcements_organization_id", "announcements", ["organization_id"])
    op.create_index("ix_announcements_by", "announcements", ["by"])
    op.create_table(
        "announcement_readers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("announcement_id", NUMBER, nullable=False),
        sa.Column("pupil_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("seen_at", WHEN, nullable=True),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], name=op.f("fk_announcement_readers_announcement_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_announcement_readers_pupil_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_announcement_readers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_readers")),
        sa.UniqueConstraint(
            "announcement_id", "pupil_id", "person_id", name=op.f("uq_announcement_readers_announcement_id_pupil_id_person_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_announcement_readers_pupil_id", "announcement_readers", ["pupil_id"])
    op.create_index("ix_announcement_readers_person_id", "announcement_readers", ["person_id"])


def downgrade() -> None:
    op.drop_table("announcement_readers")
    op.drop_table("announcements")
