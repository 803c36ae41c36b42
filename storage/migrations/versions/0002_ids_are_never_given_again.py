"""Ids are never given again: AUTOINCREMENT for every table of numbered rows on SQLite, begun above every id ever known.

PostgreSQL's sequences never go back: nothing changes there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.numbers import COUNTED, PLAIN, begin_above, counted, remake, tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

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
    for name, made in tables(bind).items():
        if (again := counted(made)) is not None:
            remake(bind, name, again)
            begin_above(bind, name, known[name] + (LEAP if used and name in LOSING else 0))


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    for name, made in tables(bind).items():
        if COUNTED in made:
            body = made.replace(COUNTED, PLAIN, 1).rstrip().removesuffix(")").rstrip()
            remake(bind, name, f"{body}, \n\tCONSTRAINT pk_{name} PRIMARY KEY (id)\n)")


# ── what is known of ids that are gone ──────────────────────────────────────────────────────────────────────────────


def _known(bind: sa.Connection) -> defaultdict[str, int]:
    """For each table the highest id it has, or that anything kept still names."""
    found: defaultdict[str, int] = defaultdict(int)
    for name, made in tables(bind).items():
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
