"""The letters older versions wrote say which change they tell and why they ended when the schema comes to 0008, on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from storage.db import Database
from storage.migrate import migrate

# kind, topic, dedup, state, error → change_id, why
LETTERS = (
    ("lesson-moved", "lesson:5", "lesson-moved:lesson:5:17:1:1", "sent", None, 17, None),
    ("lesson-teacher", "lesson:5", "lesson-teacher:lesson:5:19:1:1", "cancelled", "replaced by a newer one", 19, None),
    ("lesson-call-list", "call:5", "lesson-call-list:call:5:17:1", "sent", None, 17, None),
    ("lessons-tomorrow", "lessons:2026-11-12", "lessons-tomorrow:lessons:2026-11-12:a1b2:1:1", "cancelled",
     "a lesson of that day has changed", None, "overtaken"),
    ("mark-new", "journal:1:1", "mark-new:journal:1:1:3:1:1", "cancelled", "unreachable", None, "unreachable"),
    ("mark-new", "journal:1:2", "mark-new:journal:1:2:3:1:1", "cancelled", "expired", None, None),
    ("task-due", "task:5", "task-due:task:5:17:1", "sent", None, None, None),
)  # fmt: skip


async def test_old_letters_say_their_change_and_why_they_ended(empty_db: Database) -> None:
    await migrate(empty_db, "base")
    await migrate(empty_db, "0007")
    async with empty_db.engine.begin() as connection:
        await connection.execute(
            text("INSERT INTO people (id, name, detail, created_at) VALUES (1, 'Анна', 'full', '2026-11-09 09:00:00')")
        )
        letter = text(
            "INSERT INTO letters (id, person_id, kind, topic, dedup, urgency, state, error, due_at, attempt, repeated, created_at) "
            "VALUES (:id, 1, :kind, :topic, :dedup, 0, :state, :error, '2026-11-09 09:00:00', 0, false, '2026-11-09 09:00:00')"
        )
        for number, (kind, topic, dedup, state, error, *_) in enumerate(LETTERS, 1):
            row = {"id": number, "kind": kind, "topic": topic, "dedup": dedup, "state": state, "error": error}
            await connection.execute(letter, row)
    await migrate(empty_db)
    async with empty_db.engine.connect() as connection:
        found: list[Any] = [
            tuple(row) for row in await connection.execute(text("SELECT change_id, why FROM letters ORDER BY id"))
        ]
    assert found == [(change, why) for *_, change, why in LETTERS]
