"""Nothing of a withdrawn family is left in any file the bot ever wrote, but for the three things its page names."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import logs
from bot.cli.restoring import restore
from bot.settings import Settings
from storage.backup import back_up
from tests.sweep import Family, Searched, families, lived, withdrawn_by
from tests.world import World, settings_for

COPIES = "copies"  # taken before the withdrawal: the page of withdrawal names them


@contextmanager
def all_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log in a file, and the system's temporary folder where it can be searched."""
    (folder / "temp").mkdir()
    with (folder / "bot.log").open("w", encoding="utf-8") as log, monkeypatch.context() as patch:
        for name in ("TMPDIR", "SQLITE_TMPDIR"):
            patch.setenv(name, str(folder / "temp"))
        patch.setattr(tempfile, "tempdir", None)
        patch.setattr(sys, "stderr", log)
        logs.set_up(Settings(_env_file=None, log_level="DEBUG"))
        yield
    logs.set_up(Settings(_env_file=None, log_level="ERROR"))


def backed_up(world: World, name: str) -> Path:
    assert world.db.ledger
    folder = world.app.settings.data_dir / COPIES
    folder.mkdir(exist_ok=True)
    back_up(Path(world.db.url.database or ""), folder / name, world.db.ledger.text(world.now))
    return folder / name


async def played(world: World, known: list[Family], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Live, withdraw, search; put the older copy back on another machine, and search there. Returns what was counted."""
    phones = await lived(world, known, monkeypatch)
    database = Path(world.db.url.database or "")
    before = Searched(known).folder(folder).rows(database)
    lost = {word for family in known for word in family.words} - {word for _, word in before.hits}
    assert lost == set(), "the search is blind, or they did not live"
    assert before.places >= _WHERE
    older = backed_up(world, "раньше.sqlite3")
    for phone in phones:
        await withdrawn_by(phone)
    await world.pass_time(minutes=1)  # what was in hand then is handled
    after = Searched(known).folder(folder, besides=[COPIES]).rows(database)
    beyond = after.besides_the_workbook()
    assert not beyond, "\n".join(map(str, beyond.items()))
    assert "handling failed" in (folder / "bot.log").read_text("utf-8")
    assert list((folder / "crashes").iterdir())
    backed_up(world, "позже.sqlite3")
    elsewhere = folder / "elsewhere"
    settings = settings_for("http://127.0.0.1:9", f"sqlite+aiosqlite:///{elsewhere}/bot.sqlite3", elsewhere)
    await restore(settings, older, elsewhere / "bot.sqlite3", force=False, now=world.now)
    again = Searched(known).folder(elsewhere).rows(elsewhere / "bot.sqlite3")
    beyond = again.besides_the_workbook()
    assert not beyond, "\n".join(map(str, beyond.items()))
    later = Searched(known).folder(folder / COPIES)
    assert {place for place in later.places if place.startswith("позже")} == {"позже.sqlite3"}
    return Counter(
        words=len(after.spelled), files=after.files + again.files, hits_before=before.hits.total(), hits_beyond_the_three=0
    )


# Where their words stood before: without these the search would prove nothing.
_WHERE = {
    "bot.sqlite3",
    "bot.sqlite3-wal",
    "journal/done/ноябрь.csv",
    "journal/done/ноябрь.csv.log",
    "journal/failed/плохой.csv",
    "journal/failed/по-старому.csv",
    "table application_versions",
    "table applications",
    "table audit",
    "table calls",
    "table choice_changes",
    "table documents",
    "table documents (packed)",
    "table journal_entries",
    "table letters",
    "table people",
    "table pupils",
    "table tasks",
}


async def test_nothing_of_a_family_is_left_in_any_file(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with all_is_written(tmp_path, monkeypatch):
        counted = await played(world, families(3, 1), tmp_path, monkeypatch)
    assert counted["words"] == 21
