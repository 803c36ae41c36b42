"""Invitations know who made them and when they were voided; a held post is handed over with its holder's word.

What older versions left behind is put right: sheets that outlived an ended guardianship, pupils' cards opened on a
guardian's or a colleague's phone, what cancelled letters would have said, and names in letters waiting for the staff.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STAFF_LETTERS = ("child-withdrew", "offer-answered", "lesson-call-list", "family-withdrew")
UNREACHED = ("unreachable", "Forbidden%")  # these letters' words are still wanted: somebody is called


def upgrade() -> None:
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_by", NUMBER, nullable=True))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(op.f("fk_invitations_made_by"), "people", ["made_by"], ["id"])
    op.create_table(
        "successions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("invitation_id", NUMBER, nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("former_id", NUMBER, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("ended_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name=op.f("fk_successions_ended_by")),
        sa.ForeignKeyConstraint(["former_id"], ["people.id"], name=op.f("fk_successions_former_id")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"], name=op.f("fk_successions_invitation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_successions_person_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_successions_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successions")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_successions_invitation_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_successions_open",
        "successions",
        ["staff_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    _put_right()


def _put_right() -> None:
    run = op.get_bind().execute
    run(
        sa.text(
            "UPDATE invitations SET made_by = (SELECT audit.person_id FROM audit WHERE audit.action = 'invitation.made' "
            "AND audit.thing = 'invitation' AND audit.thing_id = invitations.id)"
        )
    )
    run(
        sa.text(
            "UPDATE invitations SET voided_at = (SELECT max(g.until) FROM guardianships g JOIN audit a "
            "ON a.action = 'guardianship.end' AND a.thing_id = g.id WHERE g.pupil_id = invitations.pupil_id) "
            "WHERE used_at IS NULL AND pupil_id IS NOT NULL AND EXISTS (SELECT 1 FROM guardianships g JOIN audit a "
            "ON a.action = 'guardianship.end' AND a.thing_id = g.id WHERE g.pupil_id = invitations.pupil_id "
            "AND g.until >= invitations.created_at)"
        )
    )
    run(
        sa.text(
            "UPDATE pupils SET person_id = NULL WHERE person_id IN (SELECT person_id FROM guardianships WHERE until IS NULL) "
            "OR person_id IN (SELECT person_id FROM staff WHERE person_id IS NOT NULL AND archived_at IS NULL)"
        )
    )
    run(
        sa.text(
            "UPDATE letters SET facts = NULL WHERE state = 'cancelled' AND coalesce(error, '') <> :unreachable "
            "AND coalesce(error, '') NOT LIKE :forbidden"
        ),
        {"unreachable": UNREACHED[0], "forbidden": UNREACHED[1]},
    )
    _take_names_out_of_waiting_letters()


def _take_names_out_of_waiting_letters() -> None:
    run = op.get_bind().execute
    waiting = sa.text(
        "SELECT id, kind, role, facts FROM letters WHERE kind IN :kinds AND state IN ('new', 'retry', 'sending') "
        "AND facts IS NOT NULL"
    ).bindparams(sa.bindparam("kinds", expanding=True))
    letters = sa.table("letters", sa.column("id", NUMBER), sa.column("facts", sa.JSON(none_as_null=True)))
    for letter_id, kind, role, facts in run(waiting, {"kinds": STAFF_LETTERS}).all():
        kept: dict[str, Any] = json.loads(facts) if isinstance(facts, str) else dict(facts)
        run(sa.update(letters).where(letters.c.id == letter_id).values(facts=_nameless(kind, role, kept)))


def _nameless(kind: str, role: str | None, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as the letter's kind has them from now on."""
    run = op.get_bind().execute
    if kind == "lesson-call-list":
        return {**{name: fact for name, fact in facts.items() if name != "names"}, "families": len(facts.get("names", []))}
    if kind == "family-withdrew":
        asked = sa.text("SELECT max(id) FROM audit WHERE action = 'consent.withdrawn' AND thing_id = :pupil")
        number = run(asked, {"pupil": facts.get("id_pupil")}).scalar()
        last, courses = facts.get("last", True), facts.get("courses", [])
        return {"number": number or 0, "id_pupil": facts.get("id_pupil"), "id_last": last, "id_courses": courses}
    asked = sa.text("SELECT application_id FROM choices WHERE id = :choice")
    number = run(asked, {"choice": facts.get("id_choice")}).scalar()
    left = {name: fact for name, fact in facts.items() if name not in ("child", "class_name")}
    return {**left, "number": number or 0, "id_office": role == "coordinator"}


def downgrade() -> None:
    op.drop_index(
        "ix_successions_open",
        table_name="successions",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("successions")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_invitations_made_by"), type_="foreignkey")
        batch_op.drop_column("voided_at")
        batch_op.drop_column("made_by")
