"""Erasure survives a restore, on another machine too, and a death between any two steps: the ledger outside the database."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.cli import restoring
from bot.cli.restoring import Restored, restore
from bot.services.people import erasing
from bot.services.people.mydata import withdraw
from bot.services.people.people import recognise
from bot.services.people.restored import apply_ledgers, keep_ledger
from storage import backup, disk, ledger
from storage.backup import BackupRefused, back_up
from storage.db import Database
from storage.ledger import Ledger, Line
from storage.migrate import migrate
from storage.tables import Application, Entry, Person
from tests.people.test_mydata import known, lives
from tests.world import ANNA, MISHA, NOW, RUSLAN, TELEGRAM, World, settings_for

LATER = NOW + timedelta(hours=1)


class Killed(BaseException):
    """kill -9, as far as a test can do it: no code of ours that tidies up may run."""


async def withdrawn(world: World) -> None:
    await withdraw(world.db, None, by=await known(world, ANNA), now=world.now)


def copied(world: World, name: str = "копия.sqlite3") -> Path:
    """A copy taken now, with the ledger beside."""
    assert world.db.ledger
    (world.app.settings.data_dir / "copies").mkdir(exist_ok=True)
    file = world.app.settings.data_dir / "copies" / name
    back_up(Path(world.db.url.database or ""), file, world.db.ledger.text(world.now))
    return file


async def on_another_machine(file: Path, folder: Path, *, force: bool = False) -> Restored:
    settings = settings_for("http://127.0.0.1:9", f"sqlite+aiosqlite:///{folder}/bot.sqlite3", folder)
    return await restore(settings, file, folder / "bot.sqlite3", force=force, now=LATER)


def holds(database: Path) -> tuple[str | None, int]:
    """(Anna's name in it, how many entries are Misha's)."""
    with closing(sqlite3.connect(database)) as db:
        (name,) = db.execute("SELECT name FROM people WHERE id = ?", (ANNA,)).fetchone()
        (entries,) = db.execute("SELECT count(*) FROM journal_entries WHERE pupil_id = ?", (MISHA,)).fetchone()
    return name, entries


async def test_a_new_machine_forgets_who_withdrew_after_the_copy(world: World, tmp_path: Path) -> None:
    await lives(world)
    before = copied(world)
    assert before.with_name("копия.sqlite3.sha256").read_text("utf-8").endswith("  копия.sqlite3\n")
    await withdrawn(world)
    copied(world, "позже.sqlite3")  # its ledger, in the same folder, is newer than the copy that is put back
    restored = await on_another_machine(before, tmp_path / "новая" / "машина")
    assert holds(before) == ("Анна", 2)
    assert holds(tmp_path / "новая" / "машина" / "bot.sqlite3") == ("", 0)
    assert restored.erased >= 1
    assert max(restored.until.values()) == world.now
    kept = Ledger(tmp_path / "новая" / "машина" / "erasures").read()
    assert {line.mac for line in kept.lines} >= {line.mac for line in world.db.ledger.read().lines if line.mac}  # type: ignore[union-attr]


async def test_the_ledger_names_nobody(world: World) -> None:
    await lives(world)
    await withdrawn(world)
    assert world.db.ledger
    content = world.db.ledger.file.read_bytes()
    assert [set(json.loads(line)) for line in content.splitlines()].count({"at", "machine", "key", "mac"}) == 6
    for word in ("Анна", "Миша", "Петров", "У-701", str(TELEGRAM[ANNA])):
        assert word.encode() not in content
        assert json.dumps(word)[1:-1].encode() not in content


async def test_without_a_ledger_restore_says_that_nothing_is_known(world: World, tmp_path: Path) -> None:
    file = copied(world)
    file.with_name(file.name + ".erasures").unlink()
    assert (await on_another_machine(file, tmp_path / "b")).until == {}


async def test_ledgers_of_two_machines_are_one(world: World, tmp_path: Path) -> None:
    await lives(world)
    file = copied(world)
    assert world.db.ledger
    world.db.ledger = Ledger(world.app.settings.data_dir / "one", "one")
    await withdraw(world.db, None, by=await known(world, ANNA), now=world.now)
    world.db.ledger = Ledger(world.app.settings.data_dir / "two", "two")
    await withdraw(world.db, None, by=await known(world, RUSLAN), now=world.now + timedelta(minutes=5))
    here = tmp_path / "b" / "erasures"
    here.mkdir(parents=True)
    shutil.copy(world.app.settings.data_dir / "one/one.jsonl", here)
    shutil.copy(world.app.settings.data_dir / "two/two.jsonl", here)
    restored = await on_another_machine(file, tmp_path / "b")
    assert restored.until["one"] == world.now
    assert restored.until["two"] == world.now + timedelta(minutes=5)
    with closing(sqlite3.connect(tmp_path / "b/bot.sqlite3")) as db:
        assert db.execute("SELECT name FROM people WHERE id IN (?, ?)", (ANNA, RUSLAN)).fetchall() == [("",), ("",)]


async def test_whose_access_was_ended_after_the_copy_does_not_keep_the_childs_data(world: World) -> None:
    """The copy believes that another guardian agrees; nobody did when Anna withdrew."""
    await lives(world)
    async with world.db.write() as tx:
        from storage import keys
        from storage.tables import Consent, Guardianship

        tx.add(Guardianship(person_id=RUSLAN, pupil_id=MISHA, since=world.now))
        tx.add(Consent(person_id=RUSLAN, pupil_id=MISHA, purpose="processing", text_version="1", basis="x", given_at=world.now))
        secret = await keys.key(tx)
    at = world.now + timedelta(minutes=1)
    macs = (("child", f"{TELEGRAM[ANNA]}:У-701"), ("pupil", "У-701"))
    lines = [Line(at, "m", keys.name_of(secret), keys.mac(secret, *mac)) for mac in macs]
    assert await apply_ledgers(world.db, ledger.Known(lines), now=LATER) == 2
    assert await apply_ledgers(world.db, ledger.Known(lines), now=LATER) == 0
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Entry).where(Entry.pupil_id == MISHA)) == 0


async def test_what_came_after_an_erasure_that_is_known_stays(world: World) -> None:
    """The school enters a paper for the same child: the next start erases nothing."""
    await withdrawn(world)
    async with world.db.write() as tx:
        tx.add(Application(pupil_id=MISHA, state="approved", created_at=LATER, submitted_at=LATER))
    assert await keep_ledger(world.db, now=LATER) == 0
    async with world.db.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Application).where(Application.pupil_id == MISHA)) == 1


# ── killed between the steps ────────────────────────────────────────────────────────────────────────────────────────


def kills(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, after: bool) -> None:
    """The process dies before the step begins, or when it has just ended."""
    step: Callable[..., Any] = getattr(owner, name)

    def dying(*given: Any, **named: Any) -> Any:
        if after:
            step(*given, **named)
        raise Killed

    monkeypatch.setattr(owner, name, dying)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_kill_while_withdrawing(
    kind: str, after: bool, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the ledger is written nothing has happened; after it the next start makes the withdrawal whole."""
    from tests.conftest import _settled_url

    db = Database(await _settled_url(kind, request, tmp_path), Ledger(tmp_path / "erasures"))
    await db.open()
    await keep_ledger(db, now=NOW - timedelta(days=1))  # a start, as before every withdrawal
    settings = settings_for("http://127.0.0.1:9", str(db.url), tmp_path)
    anna = await recognise(db, TELEGRAM[ANNA], settings)
    with monkeypatch.context() as patch:
        kills(patch, Ledger, "append", after=after)
        with pytest.raises(Killed):
            await withdraw(db, None, by=anna, now=NOW)
    async with db.read() as tx:
        assert await tx.scalar(select(Person.name).where(Person.id == ANNA)) == "Анна"
    assert await keep_ledger(db, now=LATER) == (2 if after else 0)  # Misha had an account of his own
    async with db.read() as tx:
        assert await tx.scalar(select(Person.name).where(Person.id == ANNA)) == ("" if after else "Анна")
    assert (await withdraw(db, None, by=await _again(db, settings) if after else anna, now=LATER)).gone
    assert await keep_ledger(db, now=LATER) == 0
    await db.close()


async def _again(db: Database, settings: Any) -> Any:
    return await recognise(db, TELEGRAM[ANNA], settings)


STEPS = [
    (backup, "check"),
    (restoring, "ledgers"),
    (Ledger, "append"),
    (backup, "lay_aside"),
    (backup, "take_place"),
]


async def test_a_kill_while_restoring(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until its last step the present database stands; from then on the erased copy does. The second try goes through."""
    await lives(world)
    before = copied(world)
    await withdrawn(world)
    copied(world, "позже.sqlite3")
    present = tmp_path / "present"
    await on_another_machine(before, present)
    with closing(sqlite3.connect(present / "bot.sqlite3")) as db:
        db.execute("UPDATE people SET name = 'Здесь' WHERE id = ?", (RUSLAN,))
        db.commit()
    for number, (owner, name, after) in enumerate((*step, after) for step in STEPS for after in (False, True)):
        folder = tmp_path / f"machine-{number}"
        shutil.copytree(present, folder)
        with monkeypatch.context() as patch:
            kills(patch, owner, name, after=after)
            with pytest.raises(Killed):
                await on_another_machine(before, folder, force=True)
        assert holds(folder / "bot.sqlite3") == ("", 0)
        assert _ruslan(folder) == ("Руслан" if name == "take_place" and after else "Здесь")
        await on_another_machine(before, folder, force=True)
        assert holds(folder / "bot.sqlite3") == ("", 0)
        assert _ruslan(folder) == "Руслан"
        assert not list(folder.glob("*.restoring*"))


def _ruslan(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "bot.sqlite3")) as db:
        (name,) = db.execute("SELECT name FROM people WHERE id = ?", (RUSLAN,)).fetchone()
    return str(name)


async def test_what_a_killed_restore_left_goes_at_the_next_start(tmp_path: Path) -> None:
    from bot.standing import alone

    (tmp_path / "bot.sqlite3.restoring").write_bytes(b"Anna")
    (tmp_path / "bot.sqlite3.restoring-wal").write_bytes(b"Anna")
    with alone(tmp_path / "bot.sqlite3"):
        assert [file.name for file in tmp_path.iterdir()] == ["bot.sqlite3.lock"]


# ── backups ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_damaged_database_is_laid_aside_byte_by_byte(world: World, tmp_path: Path) -> None:
    file = copied(world)
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / "bot.sqlite3").write_bytes(b"SQLite format 3\0" + b"broken" * 2000)
    (folder / "bot.sqlite3-wal").write_bytes(b"wal")
    restored = await on_another_machine(file, folder, force=True)
    assert restored.aside == folder / "bot.sqlite3.before-restore-1"
    assert restored.aside.read_bytes() == b"SQLite format 3\0" + b"broken" * 2000
    assert (folder / "bot.sqlite3.before-restore-1-wal").read_bytes() == b"wal"
    assert holds(folder / "bot.sqlite3")[0] == "Анна"


def test_a_backup_that_fails_leaves_nothing(settled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("_copy", "write", "settle"):
        with monkeypatch.context() as patch:
            patch.setattr(backup, step, full)
            with pytest.raises(BackupRefused, match=r"копия\.sqlite3: No space left on device"):
                back_up(settled_file, tmp_path / "копия.sqlite3", "")
        assert list(tmp_path.iterdir()) == []
    real = disk.settle
    settled: list[Path] = []

    def full_at_the_last(part: Path, file: Path) -> None:
        settled.append(file)
        if len(settled) == 3:
            raise OSError(28, "No space left on device")
        real(part, file)

    monkeypatch.setattr(backup, "settle", full_at_the_last)
    with pytest.raises(BackupRefused):
        back_up(settled_file, tmp_path / "копия.sqlite3", "")
    assert [file.name for file in settled] == ["копия.sqlite3.sha256", "копия.sqlite3.erasures", "копия.sqlite3"]
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_every_odd_letter(settled_file: Path, tmp_path: Path) -> None:
    odd = tmp_path / "что?%41#&сеть.sqlite3"
    shutil.copy(settled_file, odd)
    back_up(odd, tmp_path / "а?б#%41.sqlite3")
    assert backup.check(tmp_path / "а?б#%41.sqlite3")


# ── the file itself ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_broken_off_by_a_kill_costs_no_other(tmp_path: Path) -> None:
    kept = Ledger(tmp_path / "erasures", "школа 8/1")
    assert kept.file.name == "школа_8_1.jsonl"
    kept.append([(b"a" * 32, NOW)], "k")
    with kept.file.open("ab") as file:
        file.write(b'{"at": "2026-11-09T12:0')
    kept.append([(b"b" * 32, LATER)], "k")
    read = kept.read()
    assert read.unreadable == 1
    assert read.erased("k") == {b"a" * 32: NOW, b"b" * 32: LATER}
    assert read.erased("another") == {}
    assert read.foreign("another") == 2
    assert (kept.file.stat().st_mode & 0o777, kept.folder.stat().st_mode & 0o777) == (0o600, 0o700)


async def test_withdrawing_is_not_confirmed_when_the_ledger_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Ledger, "append", full)
    with pytest.raises(OSError, match="No space left"):
        await withdraw(world.db, None, by=await known(world, ANNA), now=world.now)
    assert (await known(world, ANNA)).id == ANNA
    assert erasing.WHY


async def test_the_key_is_there_from_the_first_start(empty_db: Database, tmp_path: Path) -> None:
    """A copy taken before anybody was invited can read the ledger all the same."""
    empty_db.ledger = Ledger(tmp_path / "erasures")
    await migrate(empty_db)
    await keep_ledger(empty_db, now=NOW)
    if empty_db.is_sqlite:
        assert backup.key_of(Path(empty_db.url.database or "")) is not None
    assert empty_db.ledger.read().until == {empty_db.ledger.machine: NOW}
