"""What older versions left behind is put right when the schema comes to 0005, on both databases."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text

from storage.db import Database
from storage.migrate import migrate

AT = "2026-11-09 09:00:00"

ROWS = """
INSERT INTO organizations (id, code, name, role) VALUES (1, 'О-00', 'Школа', 'base');
INSERT INTO people (id, telegram_id, name, detail, created_at)
    VALUES (1, 1001, 'Ольга', 'full', '2026-11-09 09:00:00'), (7, 1007, 'Анна', 'full', '2026-11-09 09:00:00'), (9, 1009, 'Миша', 'full', '2026-11-09 09:00:00');
INSERT INTO pupils (id, code, full_name, class_name, school_id, person_id)
    VALUES (1, 'У-701', 'Петров Миша', '7А', 1, 7), (2, 'У-402', 'Петрова Вера', '4Б', 1, 9);
INSERT INTO guardianships (id, person_id, pupil_id, since, until)
    VALUES (1, 7, 1, '2026-11-09 09:00:00', NULL), (2, 9, 1, '2026-11-09 09:00:00', '2026-11-09 10:00:00');
INSERT INTO invitations (id, role, pupil_id, token_mac, code_mac, created_at, expires_at)
    VALUES (1, 'guardian', 1, 'a', 'b', '2026-11-09 09:00:00', '2026-12-01 09:00:00'), (2, 'guardian', 2, 'c', 'd', '2026-11-09 09:00:00', '2026-12-01 09:00:00');
INSERT INTO audit (id, at, person_id, action, thing, thing_id)
    VALUES (1, '2026-11-09 09:00:00', 1, 'invitation.made', 'invitation', 1), (2, '2026-11-09 10:00:00', 1, 'guardianship.end', 'guardianship', 2),
    (3, '2026-11-09 10:00:00', 7, 'consent.withdrawn', 'pupil', 2);
"""
LETTERS: tuple[tuple[str, str, str, str | None, dict[str, Any]], ...] = (
    ("mark-new", "cancelled", "guardian", "the guardianship was ended", {"child": "Миша"}),
    ("mark-new", "cancelled", "guardian", "unreachable", {"child": "Миша"}),
    ("family-withdrew", "new", "coordinator", None,
     {"name": "Петрова Вера", "class_name": "4Б", "courses": ["Шахматы"], "last": True, "id_pupil": 2, "at": AT}),
    ("child-withdrew", "new", "coordinator", None,
     {"id_choice": 5, "id_change": "x", "child": "Миша", "class_name": "7А", "course": "Шахматы"}),
    ("lesson-call-list", "retry", "teacher", None,
     {"lesson": 1, "change": 2, "subject": "Шахматы", "at": AT, "cancelled": False, "names": ["Петров Миша, 7А"]}),
)  # fmt: skip


async def test_old_rows_are_put_right(empty_db: Database) -> None:
    await migrate(empty_db, "base")
    async with empty_db.engine.begin() as connection:
        await connection.run_sync(_to_first)
        for statement in ROWS.split(";\n"):
            if statement.strip():
                await connection.execute(text(statement))
        letter = text(
            "INSERT INTO letters (id, person_id, role, kind, facts, topic, dedup, urgency, state, due_at, attempt, repeated, "
            "created_at, error) VALUES (:id, 1, :role, :kind, :facts, 't', :dedup, 0, :state, '2026-11-09 09:00:00', 0, false, "
            "'2026-11-09 09:00:00', :error)"
        )
        for number, (kind, state, role, error, facts) in enumerate(LETTERS, 1):
            row = {"id": number, "role": role, "kind": kind, "facts": json.dumps(facts), "dedup": str(number), "state": state}
            await connection.execute(letter, row | {"error": error})
    await migrate(empty_db)
    async with empty_db.engine.connect() as connection:
        made = (await connection.execute(text("SELECT made_by, voided_at IS NOT NULL FROM invitations ORDER BY id"))).all()
        assert [(by, bool(void)) for by, void in made] == [(1, True), (None, False)]
        own = (await connection.execute(text("SELECT person_id FROM pupils ORDER BY id"))).scalars().all()
        assert list(own) == [None, 9]  # a mother is not her son; whose guardianship ended may be the child's own account
        kept = (await connection.execute(text("SELECT facts FROM letters ORDER BY id"))).scalars().all()
    now_said: list[Any] = [json.loads(each) if isinstance(each, str) else each for each in kept]
    assert now_said == [
        None,
        {"child": "Миша"},
        {"number": 3, "id_pupil": 2, "id_last": True, "id_courses": ["Шахматы"]},
        {"id_choice": 5, "id_change": "x", "course": "Шахматы", "number": 0, "id_office": True},
        {"lesson": 1, "change": 2, "subject": "Шахматы", "at": AT, "cancelled": False, "families": 1},
    ]


def _to_first(connection: Any) -> None:
    from alembic import command

    from storage.schema import config

    command.upgrade(config(connection), "0001")
