"""Tables as people and their programs make them: what the bot says of each is written beside it, in `NAME.right.txt`."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.db import Database
from tests.files.nasty.books import BOOKS
from tests.files.nasty.journals import JOURNALS
from tests.files.nasty.more import MORE
from tests.reading.nasty_world import FILES, said_of, settle

NASTY = FILES / "nasty"
NAMES = sorted(path.name.removesuffix(".right.txt") for path in NASTY.glob("*.right.txt"))


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A settled database for workbooks (w) and one for journals (j): only plans are made on them."""
    folder = tmp_path_factory.mktemp("nasty")
    for kind in "wj":
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, settle(f"sqlite+aiosqlite:///{folder / kind}.sqlite3", all_pupils=kind == "j")).result()
    return {kind: folder / f"{kind}.sqlite3" for kind in "wj"}


@pytest.mark.parametrize("name", NAMES)
async def test_what_must_come_of_it(name: str, schools: dict[str, Path]) -> None:
    db = Database(f"sqlite+aiosqlite:///{schools[name[0]]}")
    await db.open()
    try:
        said = await said_of(db, NASTY / name)
    finally:
        await db.close()
    _, _, right = (NASTY / f"{name}.right.txt").read_text("utf-8").partition("\n\n")
    assert said == right.strip()


def test_there_are_enough_of_them_and_each_is_made_by_a_script() -> None:
    assert len(NAMES) >= 80
    assert {name for name in NAMES if not name.startswith("j7")} == {*JOURNALS, *BOOKS, *MORE}
    assert all(len((NASTY / f"{name}.right.txt").read_text("utf-8").split("\n\n")) > 1 for name in NAMES)
