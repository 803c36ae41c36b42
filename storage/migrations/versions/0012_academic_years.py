"""Academic years are facts: courses, groups, applications, requests and the school's own hours belong to one.

A database of before knew one year. What it holds goes to the year its lessons are in; where there are none, to the year of
the enrolment windows; else to the year in which the courses' first paper was written.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
YEARLY = ("courses", "course_groups", "class_hours", "applications")


def upgrade() -> None:
    op.create_table(
        "years",
        sa.Column("year", NUMBER, autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("half_ends_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_years")),
    )
    year = _year()
    _keep_years(year)
    _add_columns()
    for table in YEARLY:
        op.execute(sa.text(f"UPDATE {table} SET year = {year or 0}"))  # noqa: S608 - names and a number of ours
    op.execute(
        "UPDATE requests SET school_id = coalesce((SELECT min(p.school_id) FROM request_lines l JOIN choices c ON c.id = l.choice_id "
        "JOIN applications a ON a.id = c.application_id JOIN pupils p ON p.id = a.pupil_id WHERE l.request_id = requests.id), "
        "(SELECT min(id) FROM organizations WHERE role = 'base'))"
    )
    op.execute("UPDATE class_hours SET school_id = (SELECT min(id) FROM organizations WHERE role = 'base')")
    op.execute("DELETE FROM class_hours WHERE school_id IS NULL")
    if year is not None:
        op.execute(sa.text(f"UPDATE notes SET name = 'network.changes.{year}' WHERE name = 'network.changes'"))  # noqa: S608
    _hold_them()


def _year() -> int | None:
    """The year of what the database holds; None: it holds nothing yet."""
    run = op.get_bind().execute
    found = run(
        sa.text(
            "SELECT (SELECT max(week) FROM lessons WHERE archived_at IS NULL), (SELECT max(closes_on) FROM courses), "
            "(SELECT max(created_at) FROM applications)"
        )
    ).one()
    lesson, window, written = (_day(one) for one in found)
    if lesson is not None:
        return _begun(lesson)
    some = window or written
    if some is not None:
        return some.year if some.month >= 5 else some.year - 1
    held = run(sa.text("SELECT (SELECT count(*) FROM courses) + (SELECT count(*) FROM class_hours)")).scalar_one()
    if not held:
        return None
    loaded = _day(run(sa.text("SELECT max(at) FROM audit WHERE action = 'network.load'")).scalar())
    if loaded is None:
        loaded = _day(run(sa.text("SELECT CURRENT_DATE")).scalar_one())  # rows nobody loaded: today is all there is
    return _begun(loaded)


def _begun(day: date | None) -> int | None:
    """The year that had begun by then, as the versions before counted: from 1 July the coming one."""
    return None if day is None else day.year if day.month >= 7 else day.year - 1


def _day(value: object) -> date | None:
    """SQLite gives text, PostgreSQL dates and moments."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _keep_years(year: int | None) -> None:
    """The year of what is held, and those that requests and allocations name."""
    run = op.get_bind().execute
    named = set(run(sa.text("SELECT year FROM requests UNION SELECT year FROM allocations")).scalars())
    years = sa.table("years", sa.column("year"), sa.column("starts_on", sa.Date()), sa.column("ends_on", sa.Date()))
    for one in sorted(named | ({year} - {None})):
        run(sa.insert(years).values(year=one, starts_on=date(one, 9, 1), ends_on=date(one + 1, 5, 31)))


def _add_columns() -> None:
    for table in YEARLY:
        with op.batch_alter_table(table, schema=None) as batch:
            batch.add_column(sa.Column("year", NUMBER, nullable=True))
    for table in ("requests", "class_hours"):
        with op.batch_alter_table(table, schema=None) as batch:
            batch.add_column(sa.Column("school_id", NUMBER, nullable=True))


def _hold_them() -> None:
    """What the rows now have, they must have."""
    for table in ("courses", "course_groups"):
        with op.batch_alter_table(table, schema=None) as batch:
            batch.alter_column("year", existing_type=NUMBER, nullable=False)
            batch.create_foreign_key(batch.f(f"fk_{table}_year"), "years", ["year"], ["year"])
            batch.drop_constraint(batch.f(f"uq_{table}_code"), type_="unique")
            batch.create_unique_constraint(batch.f(f"uq_{table}_year_code"), ["year", "code"])
            batch.create_index(batch.f(f"ix_{table}_code"), ["code"], unique=False)
    with op.batch_alter_table("class_hours", schema=None) as batch:
        batch.alter_column("year", existing_type=NUMBER, nullable=False)
        batch.alter_column("school_id", existing_type=NUMBER, nullable=False)
        batch.create_foreign_key(batch.f("fk_class_hours_year"), "years", ["year"], ["year"])
        batch.create_foreign_key(batch.f("fk_class_hours_school_id"), "organizations", ["school_id"], ["id"])
        batch.create_index(batch.f("ix_class_hours_year_school_id"), ["year", "school_id"], unique=False)
    _drop_draft_index()
    with op.batch_alter_table("applications", schema=None) as batch:
        batch.alter_column("year", existing_type=NUMBER, nullable=False)
        batch.create_foreign_key(batch.f("fk_applications_year"), "years", ["year"], ["year"])
        batch.create_index(batch.f("ix_applications_year"), ["year"], unique=False)
    _make_draft_index(["pupil_id", "year"])
    with op.batch_alter_table("requests", schema=None) as batch:
        batch.alter_column("school_id", existing_type=NUMBER, nullable=False)
        batch.create_foreign_key(batch.f("fk_requests_school_id"), "organizations", ["school_id"], ["id"])
        batch.create_foreign_key(batch.f("fk_requests_year"), "years", ["year"], ["year"])
        batch.drop_constraint(batch.f("uq_requests_year_number"), type_="unique")
        batch.create_unique_constraint(batch.f("uq_requests_school_id_year_number"), ["school_id", "year", "number"])
    with op.batch_alter_table("allocations", schema=None) as batch:
        batch.create_foreign_key(batch.f("fk_allocations_year"), "years", ["year"], ["year"])


def _drop_draft_index() -> None:
    op.drop_index("ix_applications_draft", table_name="applications")


def _make_draft_index(columns: list[str]) -> None:
    where = sa.text("state = 'draft'")
    op.create_index("ix_applications_draft", "applications", columns, unique=True, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Back to one year: the newest year's; the version before cannot hold two."""
    newest = "(SELECT max(year) FROM courses)"
    held = op.get_bind().execute(sa.text(f"SELECT count(*) FROM courses WHERE year < {newest}")).scalar_one()  # noqa: S608
    if held:
        raise RuntimeError("a database of two academic years cannot go back to a version that knows one")
    op.execute("UPDATE notes SET name = 'network.changes' WHERE name LIKE 'network.changes.%'")
    with op.batch_alter_table("allocations", schema=None) as batch:
        batch.drop_constraint(batch.f("fk_allocations_year"), type_="foreignkey")
    with op.batch_alter_table("requests", schema=None) as batch:
        batch.drop_constraint(batch.f("uq_requests_school_id_year_number"), type_="unique")
        batch.create_unique_constraint(batch.f("uq_requests_year_number"), ["year", "number"])
        batch.drop_constraint(batch.f("fk_requests_year"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_requests_school_id"), type_="foreignkey")
        batch.drop_column("school_id")
    _drop_draft_index()
    with op.batch_alter_table("applications", schema=None) as batch:
        batch.drop_index(batch.f("ix_applications_year"))
        batch.drop_constraint(batch.f("fk_applications_year"), type_="foreignkey")
        batch.drop_column("year")
    _make_draft_index(["pupil_id"])
    with op.batch_alter_table("class_hours", schema=None) as batch:
        batch.drop_index(batch.f("ix_class_hours_year_school_id"))
        batch.drop_constraint(batch.f("fk_class_hours_school_id"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_class_hours_year"), type_="foreignkey")
        batch.drop_column("school_id")
        batch.drop_column("year")
    for table in ("course_groups", "courses"):
        with op.batch_alter_table(table, schema=None) as batch:
            batch.drop_index(batch.f(f"ix_{table}_code"))
            batch.drop_constraint(batch.f(f"uq_{table}_year_code"), type_="unique")
            batch.create_unique_constraint(batch.f(f"uq_{table}_code"), ["code"])
            batch.drop_constraint(batch.f(f"fk_{table}_year"), type_="foreignkey")
            batch.drop_column("year")
    op.drop_table("years")
