"""A new migration, drafted from what `storage/tables` says and the migrations do not: `make migration name=…`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.db import Database
from storage.migrate import HERE, migrate
from storage.schema import config, difference


class NothingToDraft(Exception):  # noqa: N818 - an answer
    """Why there is nothing to draft, for whoever asked."""


async def draft(name: str, folder: Path = HERE) -> Path:
    """The file of the next migration, below `folder`; NothingToDraft when tables and migrations agree, or `name` is none.

    Alembic compares with a database that all earlier migrations have made. What it cannot know (data that moves, a column
    that got another name) is written in by hand.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise NothingToDraft("say what becomes true, in small letters: make migration name=why_an_update_was_put_aside")
    with tempfile.TemporaryDirectory() as place:
        db = Database(f"sqlite+aiosqlite:///{place}/draft.sqlite3")
        await db.open()
        try:
            await migrate(db, folder=folder)
            if not await difference(db):
                raise NothingToDraft("the migrations make just what storage/tables says: change the tables first")
            async with db.engine.connect() as connection:
                return await connection.run_sync(_drafted, name, folder)
        finally:
            await db.close()


def _drafted(connection: Connection, name: str, folder: Path) -> Path:
    made = config(connection, folder)
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.set_main_option("truncate_slug_length", "80")
    numbers = [int(each.revision) for each in ScriptDirectory.from_config(made).walk_revisions()]
    said = name.replace("_", " ").capitalize()
    script = command.revision(made, said, autogenerate=True, rev_id=f"{max(numbers, default=0) + 1:04}")
    assert script is not None  # noqa: S101 - one revision was asked for
    assert not isinstance(script, list)  # noqa: S101 - one and no list of them
    return Path(script.path)


def main(name: str) -> int:
    """Exit code; the new file's name on stdout, or why there is none on stderr."""
    try:
        print(asyncio.run(draft(name)))  # noqa: T201
    except NothingToDraft as why:
        print(why, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
