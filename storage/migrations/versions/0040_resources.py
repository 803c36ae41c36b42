"""Resources of the network, files and links put to them and to courses, bookings; what a course needs and whether it is open to all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("courses", sa.Column("equipment", sa.Text(), nullable=True))
    op.add_column("courses", sa.Column("accessible", sa.Text(), nullable=True))
    op.create_table(
        "resources",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization_id", NUMBER, nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("seats", NUMBER, nullable=True),
        sa.Column("whom", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_resources_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resources")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_resources_organization_id"), "resources", ["organization_id"])
    op.create_table(
        "resource_views",
        sa.Column("resource_id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("count", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resources.id"], name=op.f("fk_resource_views_resource_id")),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_resource_views_year")),
        sa.PrimaryKeyConstraint("resource_id", "year", name=op.f("pk_resource_views")),
    )
    op.create_table(
        "attachments",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("resource_id", NUMBER, nullable=True),
        sa.Column("course_id", NUMBER, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("document_id", NUMBER, nullable=True),
        sa.Column("taken", NUMBER, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(resource_id IS NULL) <> (course_id IS NULL)", name=op.f("ck_attachments_one_thing")),
        sa.ForeignKeyConstraint(["resource_id"], ["resources.id"], name=op.f("fk_attachments_resource_id")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_attachments_course_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_attachments_document_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_attachments_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attachments_resource_id"), "attachments", ["resource_id"])
    op.create_index(op.f("ix_attachments_course_id"), "attachments", ["course_id"])
    op.create_table(
        "bookings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("room_id", NUMBER, nullable=True),
        sa.Column("resource_id", NUMBER, nullable=True),
        sa.Column("sets", NUMBER, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(room_id IS NULL) <> (resource_id IS NULL)", name=op.f("ck_bookings_one_thing")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_bookings_room_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resources.id"], name=op.f("fk_bookings_resource_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_bookings_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bookings_staff_id"), "bookings", ["staff_id"])
    op.create_index("ix_bookings_room_id_starts_at", "bookings", ["room_id", "starts_at"])
    op.create_index("ix_bookings_resource_id_starts_at", "bookings", ["resource_id", "starts_at"])


def downgrade() -> None:
    op.drop_table("bookings")
    op.drop_table("attachments")
    op.drop_table("resource_views")
    op.drop_table("resources")
    op.drop_column("courses", "accessible")
    op.drop_column("courses", "equipment")
