"""An application's paper is kept as it was handed in; a wish may be asked for although the hours stand against it.

Of applications handed in before, the paper as it would be drawn at the upgrade is kept: from then on it stays.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("choices") as batch:
        batch.add_column(sa.Column("anyway", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("choices") as batch:
        batch.alter_column("anyway", server_default=None)
    op.create_table(
        "application_versions",
        sa.Column("application_id", NUMBER, sa.ForeignKey("applications.id"), primary_key=True, autoincrement=False),
        sa.Column("version", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
    )
    _keep_what_was_handed_in()


def _keep_what_was_handed_in() -> None:
    versions = sa.table(
        "application_versions",
        sa.column("application_id", NUMBER),
        sa.column("version", NUMBER),
        sa.column("made_at", MOMENT),
        sa.column("facts", sa.JSON),
    )
    submitted = sa.table("applications", sa.column("id", NUMBER), sa.column("submitted_at", MOMENT))
    bind = op.get_bind()
    at = dict(bind.execute(sa.select(submitted.c.id, submitted.c.submitted_at)).all())
    for paper in bind.execute(sa.text(_PAPERS)).mappings().all():
        wishes = [dict(wish) for wish in bind.execute(sa.text(_WISHES), {"id": paper["id"]}).mappings().all()]
        if wishes:
            row = {"application_id": paper["id"], "version": 1, "made_at": at[paper["id"]], "facts": _facts(dict(paper), wishes)}
            op.execute(sa.insert(versions).values(row))


def _facts(paper: dict[str, Any], wishes: list[dict[str, Any]]) -> dict[str, Any]:
    school = {
        "id": paper["school_id"],
        "name": paper["school"],
        "address": paper["address"],
        "director": paper["director"],
        "coordinator": paper["coordinator"],
    }
    said = {name: paper[name] for name in ("guardian", "child", "class_name", "wanted", "year")}
    born = paper["birth_date"]
    return said | {"class_then": "", "birth_date": str(born) if born else None, "school": school, "wishes": wishes}


def _head(role: str) -> str:
    return (
        f"(SELECT min(full_name) FROM staff WHERE staff.role = '{role}' "  # noqa: S608 - the words are ours
        "AND staff.organization_id = p.school_id AND staff.archived_at IS NULL)"
    )


_PAPERS = (
    "SELECT a.id, a.wanted, a.year, nullif(g.name, '') AS guardian, p.full_name AS child, p.class_name, p.birth_date, p.school_id, "  # noqa: S608
    f"o.name AS school, o.address, {_head('director')} AS director, {_head('coordinator')} AS coordinator "
    "FROM applications a JOIN pupils p ON p.id = a.pupil_id JOIN organizations o ON o.id = p.school_id "
    "LEFT JOIN people g ON g.id = a.person_id WHERE a.submitted_at IS NOT NULL AND a.state <> 'draft' ORDER BY a.id"
)
_WISHES = (
    'SELECT c.name AS course, o.name AS organization, c.direction, c.hours, g.code AS "group" FROM choices w '
    "JOIN courses c ON c.id = w.course_id JOIN organizations o ON o.id = c.organization_id "
    "LEFT JOIN course_groups g ON g.id = w.group_id "
    "WHERE w.application_id = :id AND w.state NOT IN ('withdrawn', 'declined', 'left') ORDER BY w.rank, w.id"
)


def downgrade() -> None:
    op.drop_table("application_versions")
    with op.batch_alter_table("choices") as batch:
        batch.drop_column("anyway")
