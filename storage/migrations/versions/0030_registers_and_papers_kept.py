"""Registers of numbers, papers kept as they went out, whom an order names, agreements with partners, who signs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SIGNS = ("head", "head_post", "acts_on", "details")


def upgrade() -> None:
    for name in SIGNS:
        op.add_column("organizations", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("staff", sa.Column("post", sa.Text(), nullable=True))
    op.create_table(
        "registers",
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("year", NUMBER, autoincrement=False, nullable=False),
        sa.Column("counted", sa.String(length=16), nullable=False),
        sa.Column("next_number", NUMBER, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_registers_school_id")),
        sa.PrimaryKeyConstraint("school_id", "kind", "year", name=op.f("pk_registers")),
    )
    op.create_table(
        "kept_papers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("register", sa.String(length=16), nullable=True),
        sa.Column("counted_year", NUMBER, nullable=True),
        sa.Column("numeral", NUMBER, nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("organization_id", NUMBER, nullable=True),
        sa.Column("changes_id", NUMBER, nullable=True),
        sa.Column("of", sa.String(length=64), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.Column("annulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("annulled_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["annulled_by"], ["people.id"], name=op.f("fk_kept_papers_annulled_by")),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_kept_papers_school_id")),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_kept_papers_year")),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_kept_papers_organization_id")),
        sa.ForeignKeyConstraint(["changes_id"], ["kept_papers.id"], name=op.f("fk_kept_papers_changes_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_kept_papers_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_papers")),
        sa.UniqueConstraint(
            "school_id",
            "register",
            "counted_year",
            "numeral",
            name=op.f("uq_kept_papers_school_id_register_counted_year_numeral"),
        ),
        sa.UniqueConstraint("school_id", "of", name=op.f("uq_kept_papers_school_id_of")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kept_papers_school_id_year", "kept_papers", ["school_id", "year"])
    op.create_table(
        "order_lines",
        sa.Column("paper_id", NUMBER, nullable=False),
        sa.Column("choice_id", NUMBER, nullable=False),
        sa.Column("group_id", NUMBER, nullable=False),
        sa.Column("change", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["kept_papers.id"], name=op.f("fk_order_lines_paper_id")),
        sa.ForeignKeyConstraint(["choice_id"], ["choices.id"], name=op.f("fk_order_lines_choice_id")),
        sa.ForeignKeyConstraint(["group_id"], ["course_groups.id"], name=op.f("fk_order_lines_group_id")),
        sa.PrimaryKeyConstraint("paper_id", "choice_id", name=op.f("pk_order_lines")),
    )
    op.create_index(op.f("ix_order_lines_choice_id"), "order_lines", ["choice_id"])
    op.create_table(
        "agreements",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("organization_id", NUMBER, nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("document_id", NUMBER, nullable=True),
        sa.Column("paper_id", NUMBER, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_agreements_school_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_agreements_organization_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_agreements_document_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["kept_papers.id"], name=op.f("fk_agreements_paper_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_agreements_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agreements_school_id"), "agreements", ["school_id"])
    op.create_index(op.f("ix_agreements_organization_id"), "agreements", ["organization_id"])


def downgrade() -> None:
    for name in ("agreements", "order_lines", "kept_papers", "registers"):
        op.drop_table(name)
    op.drop_column("staff", "post")
    for name in SIGNS:
        op.drop_column("organizations", name)
