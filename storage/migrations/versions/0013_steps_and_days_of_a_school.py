"""Steps of the roadmap and days of the calendar belong to a base school and an academic year.

A database of before had one set of both. Its steps stay the first school's, with all that was done; further schools get
a copy of the steps, and of the days. Where there is no school yet, nobody has read a step: they are made anew with it.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COPIED = "code, number, printed_as, task, result, starts_on, ends_on, repeats, organization_id, archived_at, year"


def upgrade() -> None:
    run = op.get_bind().execute
    bases = sa.text("SELECT id FROM organizations WHERE role = 'base' ORDER BY archived_at IS NOT NULL, id")
    schools = list(run(bases).scalars())
    _calendar_of(schools)
    if not schools:
        op.execute("DELETE FROM tasks")
        op.execute("DELETE FROM steps")
    with op.batch_alter_table("steps", schema=None) as batch:
        batch.add_column(sa.Column("school_id", NUMBER, nullable=True))
        batch.add_column(sa.Column("year", NUMBER, nullable=True))
        batch.drop_constraint(batch.f("uq_steps_code"), type_="unique")
    for step, starts_on in run(sa.text("SELECT id, starts_on FROM steps")).all():
        day = _day(starts_on)
        year = day.year if day.month >= 5 else day.year - 1  # May to August come before their September
        _keep_year(year)
        run(
            sa.text("UPDATE steps SET school_id = :school, year = :year WHERE id = :id"),
            {"school": schools[0], "year": year, "id": step},
        )
    for other in schools[1:]:
        run(
            sa.text(
                f"INSERT INTO steps ({COPIED}, school_id, responsible_id) SELECT {COPIED}, :other, "  # noqa: S608 - names of ours
                "(SELECT id FROM staff WHERE staff.id = steps.responsible_id AND staff.organization_id <> :first) "
                "FROM steps WHERE school_id = :first"
            ),
            {"other": other, "first": schools[0]},
        )
    with op.batch_alter_table("steps", schema=None) as batch:
        batch.alter_column("school_id", existing_type=NUMBER, nullable=False)
        batch.alter_column("year", existing_type=NUMBER, nullable=False)
        batch.create_foreign_key(batch.f("fk_steps_school_id"), "organizations", ["school_id"], ["id"])
        batch.create_foreign_key(batch.f("fk_steps_year"), "years", ["year"], ["year"])
        batch.create_unique_constraint(batch.f("uq_steps_school_id_year_code"), ["school_id", "year", "code"])
    passed = run(sa.text("SELECT value FROM notes WHERE name = 'roadmap.passed'")).scalar()
    op.execute("DELETE FROM notes WHERE name = 'roadmap.passed'")
    for school in schools if passed is not None else ():
        run(
            sa.text("INSERT INTO notes (name, value) VALUES (:name, :value)"),
            {"name": f"roadmap.passed.{school}", "value": passed},
        )


def _calendar_of(schools: list[int]) -> None:
    """Every school keeps the days it had been reading."""
    run = op.get_bind().execute
    days = run(sa.text("SELECT day, kind, name FROM calendar_days ORDER BY day")).all()
    op.drop_table("calendar_days")
    made = op.create_table(
        "calendar_days",
        sa.Column("school_id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["organizations.id"], name=op.f("fk_calendar_days_school_id")),
        sa.ForeignKeyConstraint(["year"], ["years.year"], name=op.f("fk_calendar_days_year")),
        sa.PrimaryKeyConstraint("school_id", "day", name=op.f("pk_calendar_days")),
    )
    rows = []
    for on, kind, name in days:
        day = _day(on)
        year = day.year if day.month >= 9 else day.year - 1
        _keep_year(year)
        rows += [{"school_id": school, "day": day, "year": year, "kind": kind, "name": name} for school in schools]
    if rows:
        op.bulk_insert(made, rows)


def _keep_year(year: int) -> None:
    run = op.get_bind().execute
    if run(sa.text("SELECT count(*) FROM years WHERE year = :year"), {"year": year}).scalar_one():
        return
    years = sa.table("years", sa.column("year"), sa.column("starts_on", sa.Date()), sa.column("ends_on", sa.Date()))
    run(sa.insert(years).values(year=year, starts_on=date(year, 9, 1), ends_on=date(year + 1, 5, 31)))


def _day(value: object) -> date:
    """SQLite gives text, PostgreSQL dates."""
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def downgrade() -> None:
    """Back to one set: the first school's, with the newest year's steps."""
    run = op.get_bind().execute
    first = run(sa.text("SELECT min(school_id) FROM steps")).scalar()
    if run(sa.text("SELECT count(DISTINCT school_id) FROM steps")).scalar_one() > 1:
        raise RuntimeError("a database of several base schools cannot go back to a version that knows one roadmap")
    older = "SELECT id FROM steps s WHERE EXISTS (SELECT 1 FROM steps n WHERE n.code = s.code AND n.year > s.year)"
    op.execute(f"DELETE FROM tasks WHERE step_id IN ({older})")  # noqa: S608 - a question of ours
    op.execute(sa.text("DELETE FROM steps WHERE id IN (SELECT id FROM (" + older + ") AS old)"))  # noqa: S608 - the same
    with op.batch_alter_table("steps", schema=None) as batch:
        batch.drop_constraint(batch.f("uq_steps_school_id_year_code"), type_="unique")
        batch.drop_constraint(batch.f("fk_steps_year"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_steps_school_id"), type_="foreignkey")
        batch.drop_column("year")
        batch.drop_column("school_id")
        batch.create_unique_constraint(batch.f("uq_steps_code"), ["code"])
    days = run(sa.text("SELECT min(school_id), day FROM calendar_days GROUP BY day")).all()
    kept = [
        run(sa.text("SELECT day, kind, name FROM calendar_days WHERE school_id = :s AND day = :d"), {"s": s, "d": d}).one()
        for s, d in days
    ]
    op.drop_table("calendar_days")
    made = op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    if kept:
        op.bulk_insert(made, [{"day": _day(day), "kind": kind, "name": name} for day, kind, name in kept])
    if first is not None:
        run(sa.text("UPDATE notes SET name = 'roadmap.passed' WHERE name = :name"), {"name": f"roadmap.passed.{first}"})
