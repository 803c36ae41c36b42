"""Ids are never given again: AUTOINCREMENT for every table of numbered rows on SQLite, begun above every id ever known.

PostgreSQL's sequences never go back: nothing changes there.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PLAIN = "\tid INTEGER NOT NULL"
COUNTED = "\tid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"

# What was deleted and is named nowhere any more cannot be known. Rows of these tables are deleted in daily work, so their
# numbers leap: more than were ever thrown away on top of each other (a draft a pupil, the files of a week, a day's calls).
LEAP = 1000
LOSING = frozenset({
    "applications", "choices", "choice_changes", "calls", "documents", "tasks", "slots", "class_hours", "wrong_codes",
})  # fmt: skip

# How the facts of letters and calls, the talks, the audit and the topics of letters name a row.
NAMED = {
    "allocation": "allocations", "application": "applications", "calls": "calls", "change": "lesson_changes",
    "choice": "choices", "choices": "choices", "course": "courses", "document": "documents", "entry": "journal_entries",
    "group": "course_groups", "guardianship": "guardianships", "invitation": "invitations", "lesson": "lessons",
    "organization": "organizations", "person": "people", "pupil": "pupils", "request": "requests", "task": "tasks",
    "tasks": "tasks",
}  # fmt: skip


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    known = _known(bind)
    used = bind.execute(sa.text("SELECT EXISTS (SELECT 1 FROM people) OR EXISTS (SELECT 1 FROM audit)")).scalar()
    for name, made in _tables(bind):
        if COUNTED not in made and _of_plain_id(name) in made:
            _remake(bind, name, made.replace(PLAIN, COUNTED, 1).replace(_of_plain_id(name), "", 1))
            _begin_above(bind, name, known[name] + (LEAP if used and name in LOSING else 0))


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    for name, made in _tables(bind):
        if COUNTED in made:
            body = made.replace(COUNTED, PLAIN, 1).rstrip()
            _remake(bind, name, body.removesuffix(")").rstrip() + _of_plain_id(name) + "\n)")


def _of_plain_id(name: str) -> str:
    return f", \n\tCONSTRAINT pk_{name} PRIMARY KEY (id)"


def _tables(bind: sa.Connection) -> list[tuple[str, str]]:
    """Every table of ours and the statement that made it."""
    rows = bind.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    )
    return [(name, made) for name, made in rows]


def _remake(bind: sa.Connection, name: str, made: str) -> None:
    """The table by another statement, with its rows and its indexes: SQLite's own way of altering what ALTER TABLE cannot.

    The foreign keys that point here keep the name; they are off meanwhile (storage/migrate.py), and checked at the end.
    """
    indexes = bind.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :name AND sql IS NOT NULL ORDER BY name"),
        {"name": name},
    )
    again = [made_index for (made_index,) in indexes]
    new = f"_new_{name}"
    head = re.compile(r'^CREATE TABLE "?\w+"?')
    assert head.match(made)  # noqa: S101 - our own statement
    bind.exec_driver_sql(head.sub(f'CREATE TABLE "{new}"', made, count=1))
    columns = ", ".join(f'"{row[1]}"' for row in bind.exec_driver_sql(f'PRAGMA table_info("{name}")'))
    bind.exec_driver_sql(f'INSERT INTO "{new}" ({columns}) SELECT {columns} FROM "{name}" ORDER BY id')  # noqa: S608 - names of ours
    bind.exec_driver_sql(f'DROP TABLE "{name}"')
    bind.exec_driver_sql(f'ALTER TABLE "{new}" RENAME TO "{name}"')
    for statement in again:
        bind.exec_driver_sql(statement)


def _begin_above(bind: sa.Connection, name: str, highest: int) -> None:
    """The next id is above this one, and above every id the table has."""
    held = {"name": name, "highest": highest}
    there = bind.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), held).scalar()
    if there is None:
        bind.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)"), held)
    elif there < highest:
        bind.execute(sa.text("UPDATE sqlite_sequence SET seq = :highest WHERE name = :name"), held)


# ── what is known of ids that are gone ──────────────────────────────────────────────────────────────────────────────


def _known(bind: sa.Connection) -> defaultdict[str, int]:
    """For each table the highest id it has, or that anything kept still names."""
    found: defaultdict[str, int] = defaultdict(int)
    for name, made in _tables(bind):
        if PLAIN in made:
            found[name] = bind.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{name}"').scalar_one()  # noqa: S608 - names of ours
    for name, number in _mentions(bind):
        found[name] = max(found[name], number)
    return found


def _mentions(bind: sa.Connection) -> Iterator[tuple[str, int]]:
    for thing, number, person, before, after in bind.exec_driver_sql(
        "SELECT thing, thing_id, person_id, before, after FROM audit"
    ):
        yield from _in_facts({thing: number, "person": person})
        yield from _in_facts(_read(before))
        yield from _in_facts(_read(after))
    for question in (
        "SELECT topic, facts FROM letters",
        "SELECT topic, facts FROM calls",
        "SELECT '', data FROM talks",
    ):
        for topic, facts in bind.exec_driver_sql(question):
            yield from _in_topic(topic)
            yield from _in_facts(_read(facts))


def _read(text: str | None) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _in_topic(topic: str) -> Iterator[tuple[str, int]]:
    """«application:7:decided»."""
    kind, _, rest = topic.partition(":")
    number = rest.partition(":")[0]
    if kind in NAMED and number.isascii() and number.isdigit() and len(number) < 16:
        yield NAMED[kind], int(number)


def _in_facts(facts: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """«id_application», «organization_id», «lesson», «tasks»: a number or a list of numbers."""
    for key, value in facts.items():
        name = NAMED.get(key.removeprefix("id_").removesuffix("_id"))
        if name is None:
            continue
        for number in value if isinstance(value, list) else [value]:
            if type(number) is int and 0 < number < 10**15:
                yield name, number
