"""The pupils of a school and the consents about a pupil are found by an index: in a region they are few of many."""

from __future__ import annotations

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_pupils_school_id"), "pupils", ["school_id"])
    op.create_index("ix_consents_pupil_id_purpose", "consents", ["pupil_id", "purpose"])


def downgrade() -> None:
    op.drop_index("ix_consents_pupil_id_purpose", "consents")
    op.drop_index(op.f("ix_pupils_school_id"), "pupils")
