"""Copies: one a night, the old ones gone; a drill that says what the newest is worth; everything moved to another database."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.__main__ import main
from bot.copies import COPIES, NightlyCopies, let_go, newest, take
from bot.settings import Settings
from storage.backup import BackupRefused
from storage.db import Database
from storage.moving import TABLES, counts
from tests.house.test_command_line import machine, ran, settled  # noqa: F401 - fixtures
from tests.postgres import Cluster
from tests.world import ZONE, settings_for

DAY = timedelta(days=1)


def at(when: str) -> datetime:
    """A moment of the network's zone."""
    return datetime.fromisoformat(when).replace(tzinfo=ZONE)


@pytest.fixture
def settings(settled_file: Path, tmp_path: Path) -> Settings:
    shutil.copy(settled_file, tmp_path / "bot.sqlite3")
    return settings_for("http://127.0.0.1:9", f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3", tmp_path)


def kept(settings: Settings) -> list[str]:
    folder = settings.data_dir / COPIES
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []


# ── one a night ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_copy_is_taken_once_a_night_from_three(settings: Settings) -> None:
    copies = NightlyCopies(settings, since=at("2026-11-24 02:30"))
    await copies.keep(at("2026-11-24 02:59"))
    assert kept(settings) == []
    await copies.keep(at("2026-11-24 03:00"))
    assert kept(settings) == ["2026-11-24.sqlite3", "2026-11-24.sqlite3.erasures", "2026-11-24.sqlite3.sha256"]
    first = (settings.data_dir / COPIES / "2026-11-24.sqlite3").stat().st_mtime_ns
    await copies.keep(at("2026-11-24 03:10"))
    await copies.keep(at("2026-11-25 02:50"))
    assert (settings.data_dir / COPIES / "2026-11-24.sqlite3").stat().st_mtime_ns == first
    await copies.keep(at("2026-11-25 03:00"))
    assert "2026-11-25.sqlite3" in kept(settings)


async def test_a_machine_that_is_off_at_night_takes_it_an_hour_after_it_came_up(settings: Settings) -> None:
    copies = NightlyCopies(settings, since=at("2026-11-24 08:00"))
    await copies.keep(at("2026-11-24 08:50"))
    assert kept(settings) == []
    await copies.keep(at("2026-11-24 09:00"))
    assert "2026-11-24.sqlite3" in kept(settings)


async def test_a_copy_that_fails_is_tried_again(settings: Settings) -> None:
    copies, night = NightlyCopies(settings, since=at("2026-11-24 02:00")), at("2026-11-24 03:00")
    (settings.data_dir / "bot.sqlite3").rename(settings.data_dir / "elsewhere")
    await copies.keep(night)
    assert kept(settings) == []
    (settings.data_dir / "elsewhere").rename(settings.data_dir / "bot.sqlite3")
    await copies.keep(night + timedelta(minutes=10))
    assert "2026-11-24.sqlite3" in kept(settings)


async def test_a_copy_that_is_not_whole_never_gets_its_name(settings: Settings) -> None:
    """Not for a moment: a copy with a `.sha256` beside is what a drill would take for the newest."""
    database = settings.data_dir / "bot.sqlite3"
    with closing(sqlite3.connect(database)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'pupils'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as damaged:
        damaged.seek((page - 1) * size + size // 2)
        damaged.write(b"\xff" * (size // 2))
    copies = NightlyCopies(settings, since=at("2026-11-24 02:00"))
    await copies.keep(at("2026-11-24 03:00"))
    assert kept(settings) == []
    with pytest.raises(BackupRefused, match=r"now\.sqlite3 is not a whole database of this bot"):
        take(settings, settings.data_dir / "now.sqlite3", now=at("2026-11-24 03:00"))


def test_seven_days_and_four_mondays_are_kept_and_what_people_put_there_stays(tmp_path: Path) -> None:
    first = date(2026, 10, 1)
    for number in range(60):
        for ending in ("", ".sha256", ".erasures"):
            (tmp_path / f"{first + number * DAY}.sqlite3{ending}").write_text("")
    (tmp_path / "перед каникулами.sqlite3").write_text("")
    (tmp_path / "2026-11-30.sqlite3.part").write_text("half of a copy")
    let_go(tmp_path)
    days = sorted(each.name for each in tmp_path.iterdir() if each.name.endswith(".sha256"))
    mondays = ["2026-11-02", "2026-11-09", "2026-11-16"]
    week = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"]
    assert days == [f"{day}.sqlite3.sha256" for day in [*mondays, *week]]
    others = {each.name for each in tmp_path.iterdir()} - {
        f"{day}.sqlite3{e}" for day in [*mondays, *week] for e in ("", ".sha256", ".erasures")
    }
    assert others == {"перед каникулами.sqlite3"}


def test_the_newest_is_the_newest_that_is_whole(tmp_path: Path) -> None:
    assert newest(tmp_path) is None
    assert newest(tmp_path / "none") is None
    for name, age in {"old.sqlite3": 300, "by hand.sqlite3": 200, "2026-11-24.sqlite3": 100}.items():
        for ending in ("", ".sha256"):
            (tmp_path / (name + ending)).write_text("")
            os.utime(tmp_path / (name + ending), (1_800_000_000 - age, 1_800_000_000 - age))
    (tmp_path / "2026-11-25.sqlite3").write_text("its .sha256 is not there yet")
    assert newest(tmp_path) == tmp_path / "2026-11-24.sqlite3"


# ── the drill ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def copy(settled: Path, machine: Path, capsys: pytest.CaptureFixture[str]) -> Path:  # noqa: F811
    (machine / "data/backups").mkdir()
    assert ran(capsys, "backup", "data/backups/now.sqlite3")[0] == 0
    return machine / "data/backups/now.sqlite3"


def test_a_drill_says_that_the_newest_copy_is_good_and_leaves_nothing(
    copy: Path,
    machine: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = {each: each.stat().st_mtime_ns for each in machine.rglob("*") if each.is_file()}
    code, out, err = ran(capsys, "drill")
    assert (code, err) == (0, "")
    assert "data/backups/now.sqlite3" in out
    assert "pupils: 3" in out
    assert out.endswith("All well: this copy can be restored from. The temporary database is gone.\n")
    assert {each: each.stat().st_mtime_ns for each in machine.rglob("*") if each.is_file()} == before


def test_a_drill_finds_what_is_wrong(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with copy.open("r+b") as damaged:
        damaged.seek(5000)
        damaged.write(b"\0\1\2")
    code, _, err = ran(capsys, "drill")
    assert code == 1
    assert err == "data/backups/now.sqlite3 is damaged: its SHA-256 is not the one in now.sqlite3.sha256\n"


def test_a_drill_asks_doctor(settled: Path, machine: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    with closing(sqlite3.connect(settled)) as db, db:
        db.execute("UPDATE lessons SET ends_at = starts_at WHERE id = (SELECT min(id) FROM lessons)")
    (machine / "data/backups").mkdir()
    assert ran(capsys, "backup", "data/backups/now.sqlite3")[0] == 0
    code, out, err = ran(capsys, "drill")
    assert (code, err) == (1, "the copy holds what must not be: see above\n")
    assert "1 × lessons that end before they begin" in out


def test_without_a_copy_there_is_no_drill(
    settled: Path,  # noqa: F811
    machine: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _, err = ran(capsys, "drill")
    assert code == 1
    assert err.startswith("there is no copy in data/backups: the bot takes one a night, or take one: ")
    said = err.strip().rpartition("-m bot ")[2].split()  # on the first day nobody has made that folder
    assert said == ["backup", "data/backups/now"]
    assert ran(capsys, *said)[0] == 0
    assert (machine / "data/backups").stat().st_mode & 0o777 == 0o700
    assert ran(capsys, "drill")[0] == 0
    assert ran(capsys, "backup", "elsewhere/now")[0] == 1


# ── PostgreSQL: pg_dump, pg_restore ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def on_postgres(own_url: str, machine: Path, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: F811
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed (Debian: apt-get install postgresql-client)")
    monkeypatch.setenv("DATABASE_URL", own_url)
    (machine / "data/backups").mkdir(parents=True)
    return own_url


async def asked(url: str, question: str) -> object:
    db = Database(url)
    try:
        async with db.read() as tx:
            return await tx.scalar(text(question))
    finally:
        await db.close()


def test_a_postgresql_goes_there_and_back(on_postgres: str, capsys: pytest.CaptureFixture[str], own_server: Cluster) -> None:
    import asyncio

    def ask(question: str, url: str = on_postgres) -> object:
        return asyncio.run(asked(url, question))

    name = on_postgres.rpartition("/")[2]
    asyncio.run(_left_by_one_that_died(on_postgres))
    highest = int(str(ask("SELECT last_value FROM pupils_id_seq")))
    assert ran(capsys, "backup", "data/backups/now.dump")[0] == 0
    code, out, err = ran(capsys, "drill")
    assert (code, err) == (0, "")
    assert "no sign of life" not in out  # of the processes that worked when the copy was taken: they work on, elsewhere
    assert "no sign of life" in ran(capsys, "doctor")[1]
    code, _, err = ran(capsys, "restore", "data/backups/now.dump")
    assert code == 1
    assert err.startswith(f"{name} exists: stop the bot and add --force")
    asyncio.run(_changed(on_postgres))
    code, out, err = ran(capsys, "restore", "data/backups/now.dump", "--force")
    assert (code, err) == (0, "")
    assert f"{name}_before_restore_1" in out
    assert ask("SELECT count(*) FROM notes WHERE name = 'after the copy'") == 0
    beside = on_postgres.replace(name, f"{name}_before_restore_1")
    assert ask("SELECT count(*) FROM notes WHERE name = 'after the copy'", beside) == 1
    assert int(str(ask("SELECT last_value FROM pupils_id_seq"))) >= highest + 1000  # no id is given twice
    left = "SELECT count(*) FROM pg_database WHERE datname LIKE '%restoring' OR datname LIKE '%drill'"
    assert ask(left) == 0


async def _left_by_one_that_died(url: str) -> None:
    db = Database(url)
    async with db.write() as tx:
        await tx.execute(
            text(
                "INSERT INTO workers (since, until, slots, wants) SELECT t, t, 0, 0 FROM (SELECT now() - interval '1 hour' AS t) x"
            )
        )
    await db.close()


async def _changed(url: str) -> None:
    db = Database(url)
    async with db.write() as tx:
        await tx.execute(text("INSERT INTO notes (name, value) VALUES ('after the copy', 'yes')"))
    await db.close()


def test_a_postgresql_somebody_works_on_is_not_replaced(on_postgres: str, capsys: pytest.CaptureFixture[str]) -> None:
    import asyncio

    async def while_it_is_used() -> tuple[int, str, str]:
        db = Database(on_postgres)
        async with db.read() as tx:
            await tx.execute(text("SELECT 1"))
            found = await asyncio.to_thread(ran, capsys, "restore", "data/backups/now.dump", "--force")
        await db.close()
        return found

    assert ran(capsys, "backup", "data/backups/now.dump")[0] == 0
    code, _, err = asyncio.run(while_it_is_used())
    name = on_postgres.rpartition("/")[2]
    assert (code, err) == (1, f"another program works on the database {name}: stop it first\n")
    assert asyncio.run(asked(on_postgres, "SELECT count(*) FROM pg_database WHERE datname LIKE '%restoring'")) == 0


def test_a_file_that_is_no_dump_is_refused(on_postgres: str, machine: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    assert ran(capsys, "backup", "data/backups/now.dump")[0] == 0
    dump = machine / "data/backups/now.dump"
    dump.write_bytes(dump.read_bytes()[:-100])
    code, _, err = ran(capsys, "restore", "data/backups/now.dump", "--force")
    assert (code, err) == (1, "data/backups/now.dump is damaged: its SHA-256 is not the one in now.dump.sha256\n")


# ── moving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def begun(begun_file: Path, machine: Path) -> Path:  # noqa: F811
    (machine / "data").mkdir()
    shutil.copy(begun_file, machine / "data/bot.sqlite3")
    with closing(sqlite3.connect(machine / "data/bot.sqlite3")) as db, db:
        # A lesson may point at a later one, and ids may have gone beyond the last row.
        first, last = db.execute("SELECT min(id), max(id) FROM lessons").fetchone()
        db.execute(f"UPDATE lessons SET {POINTING} = ? WHERE id = ?", (last, first))  # noqa: S608 - a column of ours
        db.execute("UPDATE sqlite_sequence SET seq = seq + 500 WHERE name = 'pupils'")
    return machine / "data/bot.sqlite3"


POINTING = next(
    key.parent.name for table in TABLES if table.name == "lessons" for key in table.foreign_keys if key.column.table is table
)


def test_everything_moves_to_postgresql_and_back(
    begun: Path, own_server: Cluster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio

    from tests.conftest import _create

    target = f"postgresql+asyncpg://{own_server.where}/moved"
    asyncio.run(_create(own_server.where, "moved"))

    async def sizes(url: str) -> dict[str, int]:
        db = Database(url)
        async with db.read() as tx:
            found = await counts(tx)
        await db.close()
        return found

    code, out, err = ran(capsys, "move", target)
    assert (code, err) == (0, "")
    here = asyncio.run(sizes("sqlite+aiosqlite:///data/bot.sqlite3"))
    assert f"Done: {len(TABLES)} tables, {sum(here.values())} rows" in out
    assert asyncio.run(sizes(target)) == here
    with closing(sqlite3.connect(begun)) as db:
        (given,) = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'pupils'").fetchone()
    assert asyncio.run(asked(target, "SELECT nextval('pupils_id_seq')")) == given + 1

    code, _, err = ran(capsys, "move", target)
    assert (code, err) == (1, "the database to move into is not empty: name a new one, nothing is overwritten\n")

    monkeypatch.setenv("DATABASE_URL", target)
    code, _, err = ran(capsys, "move", "sqlite+aiosqlite:///data/back.sqlite3")
    assert (code, err) == (0, "")
    led = here | {"notes": here["notes"] + 1}  # the bot's term on PostgreSQL: whoever moves it leads meanwhile
    assert asyncio.run(sizes("sqlite+aiosqlite:///data/back.sqlite3")) == led
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///data/back.sqlite3")
    assert main(["doctor"]) == 0


def test_a_move_needs_a_database_address(settled: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    code, _, err = ran(capsys, "move", "region")
    assert (code, err) == (1, "DATABASE_URL: sqlite+aiosqlite:///FILE or postgresql+asyncpg://… is expected\n")
