"""`make migration`: a draft from what the tables say and the migrations do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from storage.db import Database
from storage.drafting import NothingToDraft, draft
from storage.migrate import HERE, migrate, newest, revision
from storage.schema import config, difference


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """The migrations as they were before inbox.why: so the tables say more."""
    folder = tmp_path / "migrations"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for later in ScriptDirectory.from_config(config(folder=folder)).iterate_revisions("head", "0005"):
        Path(later.path).unlink()
    return folder


async def test_a_column_that_is_new_in_the_tables_is_drafted(earlier: Path, tmp_path: Path) -> None:
    made = await draft("why_an_update_was_put_aside", earlier)
    assert made.name == "0006_why_an_update_was_put_aside.py"
    text = made.read_text("utf-8")
    assert text.startswith('"""Why an update was put aside."""')
    assert "batch_op.add_column(sa.Column('why', sa.Text(), nullable=True))" in text
    assert "batch_op.drop_column('why')" in text
    db = Database(f"sqlite+aiosqlite:///{tmp_path}/after.sqlite3")
    await db.open()
    await migrate(db, folder=earlier)
    assert await difference(db) == []
    await db.close()


async def test_where_nothing_changed_nothing_is_drafted() -> None:
    before = sorted(HERE.rglob("*.py"))
    with pytest.raises(NothingToDraft, match="change the tables first"):
        await draft("nothing_at_all")
    assert sorted(HERE.rglob("*.py")) == before


@pytest.mark.parametrize("name", ["", "Имя", "../escape", "with space"])
async def test_a_name_is_what_becomes_true_in_small_letters(name: str, earlier: Path) -> None:
    with pytest.raises(NothingToDraft, match="small letters"):
        await draft(name, earlier)


async def test_the_newest_migration_is_known_without_alembic(empty_db: Database) -> None:
    """A database that stands where the files end is not looked at any further: both must mean the same by it."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert newest() == head == await revision(empty_db)


async def test_a_file_without_tables_stands_nowhere(tmp_path: Path) -> None:
    db = Database(f"sqlite+aiosqlite:///{tmp_path}/new.sqlite3")
    await db.open()
    assert await revision(db) is None
    await migrate(db)
    assert await revision(db) == newest()
    await db.close()
