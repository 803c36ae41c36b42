"""The command line: one clear line, the promised exit code, never a traceback."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.sandbox import Sandbox
from bot.terminal import typed
from tests.damaged import overwrite, root_of
from tests.world import OLGA, TELEGRAM, TOKEN
from tests.years_world import book, pupils


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, and nothing in the environment but the language."""
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "TELEGRAM_API", "WEBHOOK_URL", "WEBHOOK_SECRET", "QUIET_HOURS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOCALE", "en")  # tests/house/test_one_language.py has the other
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///data/bot.sqlite3")
    monkeypatch.setenv("LISTEN", "127.0.0.1:0")
    monkeypatch.setattr("bot.telegram.reaching.START_PAUSES", (0.01,))
    return tmp_path


@pytest.fixture
def settled(machine: Path, settled_file: Path) -> Path:
    """The network of the world in the database of this machine."""
    (machine / "data").mkdir()
    shutil.copy(settled_file, machine / "data/bot.sqlite3")
    return machine / "data/bot.sqlite3"


@pytest.fixture
def telegram() -> Iterator[Sandbox]:
    """A local Telegram in a loop and a thread of its own, as another machine would be."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    sandbox = Sandbox(TOKEN, "school8_bot")
    asyncio.run_coroutine_threadsafe(sandbox.start(), loop).result(10)
    yield sandbox
    asyncio.run_coroutine_threadsafe(sandbox.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({}, "BOT_TOKEN is not set"),
        ({"BOT_TOKEN": "not a token"}, "BOT_TOKEN does not look like a token"),
        (
            {"BOT_TOKEN": TOKEN, "TELEGRAM_API": "http://127.0.0.1:9"},
            "Telegram cannot be reached at TELEGRAM_API=http://127.0.0.1:9",
        ),
        ({"BOT_TOKEN": TOKEN, "TELEGRAM_API": "telegram"}, "TELEGRAM_API: an address such as https://example.org is expected"),
        (
            {"BOT_TOKEN": TOKEN, "DATABASE_URL": "sqlite+aiosqlite:////proc/none/bot.sqlite3"},
            "cannot open the database /proc/none/bot.sqlite3",
        ),
        (
            {"BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql+asyncpg://a:secret@127.0.0.1:9/b"},
            "cannot open the database postgresql+asyncpg://a:***@",
        ),
        ({"BOT_TOKEN": TOKEN, "DATABASE_URL": "mysql://b"}, "DATABASE_URL: sqlite+aiosqlite:///FILE or postgresql+asyncpg://"),
        ({"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://example.org/hook"}, "WEBHOOK_URL and WEBHOOK_SECRET go together"),
        ({"BOT_TOKEN": TOKEN, "QUIET_HOURS": "night"}, "QUIET_HOURS: HH:MM-HH:MM is expected"),
        ({"BOT_TOKEN": TOKEN, "TIME_ZONE": "Moscow"}, "TIME_ZONE: a zone such as Europe/Moscow is expected"),
    ],
)
def test_run_refuses_what_cannot_work_in_one_line(
    environment: dict[str, str], line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    code, _, err = ran(capsys, "run")
    assert code == 1
    said = [each for each in err.splitlines() if "[warning" not in each]
    assert len(said) == 1
    assert said[0].startswith(line)


def test_a_wrong_token_is_told_as_such(
    telegram: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API", telegram.url)
    monkeypatch.setenv("BOT_TOKEN", "42:WRONG")
    assert ran(capsys, "run") == (1, "", "Telegram does not accept the token: see BOT_TOKEN\n")


def test_a_file_that_is_no_database_is_told_as_such(
    machine: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine / "data").mkdir()
    (machine / "data/bot.sqlite3").write_text("a shopping list " * 100)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    code, _, err = ran(capsys, "run")
    assert (code, err) == (1, "cannot open the database data/bot.sqlite3: file is not a database\n")


@pytest.mark.parametrize("command", ["doctor", "run", "check"])
def test_a_damaged_database_is_told_as_such(
    settled: Path, command: str, telegram: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No fault of the bot: whoever reads that waits for its makers, and the copy of the night lies there."""
    monkeypatch.setenv("TELEGRAM_API", telegram.url)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    overwrite(settled, root_of(settled, "letters"))
    code, _, err = ran(capsys, command)
    assert code == 1
    assert err.splitlines()[-1] == (
        f"the database is damaged (database disk image is malformed): stop the bot, copy data aside, then {typed('drill')}"
    )


@pytest.mark.parametrize("command", ["doctor", "check"])
def test_a_damage_no_question_would_meet_is_told_too(settled: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An index none of their questions uses may be gone for months, until a pupil is not found by it."""
    page = root_of(settled, "ix_certificates_pupil_id")
    overwrite(settled, page)
    code, _, err = ran(capsys, command)
    assert code == 1
    assert re.fullmatch(r"the database is damaged \((.+)\): stop the bot, copy data aside, then (.+)\n", err)
    assert f"age {page}: btreeInitPage() returns error code 11" in err  # SQLite's own words, which change


def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "dance")[::2] == (2, f"No such command 'dance'.\nSee: {typed('--help')}\n")
    assert ran(capsys, "load")[0] == 2
    assert ran(capsys, "invite", "guardian")[0] == 2


def test_check_says_a_line_each(telegram: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API", telegram.url)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    code, out, err = ran(capsys, "check")
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines()] == [
        "✓ settings",
        "✓ database",
        "✓ schema",
        "✓ token",
        "✓ DATA_DIR",
        "✓ JOURNAL_DIR",
        "✓ templates",
        "✓ SQLite",
    ]
    assert "@school8_bot" in out


def test_check_stops_at_the_first_that_cannot_work(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, "check")
    assert code == 1
    assert out.splitlines()[-1] == "✓ schema: up to date"
    assert err.startswith("token: BOT_TOKEN is not set")


def test_a_template_is_made_once_and_loads_as_nothing(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "template", "сеть.xlsx")[0] == 0
    assert (machine / "сеть.xlsx").stat().st_size > 5_000
    code, _, err = ran(capsys, "template", "сеть.xlsx")
    assert (code, err) == (1, "сеть.xlsx exists already: choose another name, nothing is overwritten\n")
    code, out, _ = ran(capsys, "load", "сеть.xlsx")
    assert code == 0
    assert "nothing will change" in out


def test_a_file_that_is_not_there_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "load", "нет.xlsx") == (1, "", "нет.xlsx: No such file or directory\n")
    assert ran(capsys, "journal", "нет.csv") == (1, "", "нет.csv: No such file or directory\n")


def test_an_invitation_with_its_link_and_its_letters(
    settled: Path, telegram: Sandbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API", telegram.url)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    code, out, _ = ran(capsys, "invite", "guardian", "у-701")
    assert code == 0
    assert out.splitlines()[0] == "Invitation for: Петров Миша Алексеевич (7А)"
    assert out.splitlines()[1].startswith("https://t.me/school8_bot?start=")
    assert ran(capsys, "invite", "guardian", "У-701")[0] == 0
    assert len(telegram.calls("getMe")) == 1  # asked once and kept
    code, _, err = ran(capsys, "invite", "guardian", "У-999")
    assert code == 1
    assert "У-999" in err
    assert len(err.splitlines()) == 1


def test_a_journal_is_planned_and_applied(settled: Path, machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (machine / "журнал.csv").write_text("Дата;Группа;Ученик;Отметка\n05.09.2026;Г-77;У-701;5\n", "utf-8")
    for also in ((), ("--apply",)):
        code, _, err = ran(capsys, "journal", "журнал.csv", *also)
        assert code == 1
        assert "Г-77" in err


def test_a_backup_goes_there_and_back(settled: Path, machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "backup", "copy.sqlite3")[0] == 0
    with closing(sqlite3.connect(settled)) as db, db:
        db.execute("UPDATE people SET name = 'Ошибка' WHERE telegram_id = ?", (TELEGRAM[OLGA],))
    code, _, err = ran(capsys, "restore", "copy.sqlite3")
    assert code == 1
    assert "--force" in err
    assert ran(capsys, "restore", "copy.sqlite3", "--force")[0] == 0
    with closing(sqlite3.connect(settled)) as db:
        assert db.execute("SELECT name FROM people WHERE telegram_id = ?", (TELEGRAM[OLGA],)).fetchone() == ("Ольга",)
    assert len(list((machine / "data").glob("*.before-restore-1"))) == 1


def test_a_damaged_copy_is_refused_and_nothing_is_touched(
    settled: Path, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(capsys, "backup", "copy.sqlite3")[0] == 0
    content = bytearray((machine / "copy.sqlite3").read_bytes())
    content[len(content) // 2] ^= 1
    (machine / "copy.sqlite3").write_bytes(bytes(content))
    before = settled.read_bytes()
    code, _, err = ran(capsys, "restore", "copy.sqlite3", "--force")
    assert code == 1
    assert "is damaged" in err
    assert settled.read_bytes() == before


def test_the_doctor_finds_what_must_not_be(settled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "doctor")[0] == 0
    with closing(sqlite3.connect(settled)) as db, db:
        db.execute("UPDATE lessons SET ends_at = starts_at WHERE id = 1")
    code, out, err = ran(capsys, "doctor")
    assert code == 1
    assert out == "1 × lessons that end before they begin\n"
    assert err == "the database holds what must not be: see above\n"


def test_the_doctor_prints_what_to_know_of_and_nothing_is_wrong(settled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(settled)) as db, db:
        db.execute("UPDATE people SET unreachable_at = '2026-11-09 09:00:00' WHERE telegram_id = ?", [TELEGRAM[OLGA]])
    code, out, err = ran(capsys, "doctor")
    assert (code, err) == (0, "")
    first, last = out.splitlines()
    assert first == "1 × members of staff whom the bot cannot reach: they shut it out"
    assert last.endswith("nothing is wrong, but see above")


def test_the_doctor_names_what_was_put_aside_until_it_was_seen(settled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(settled)) as db, db:
        db.execute(
            "INSERT INTO inbox (update_id, arrival, state, attempts, received_at, why, races)"
            " VALUES (7, 1, 'aside', 0, '2026-11-09 09:00:00', 'too-long', 0)"
        )
    line = "1 × updates put aside: handling them took more than ten seconds, since 09.11.2026 09:00 UTC: 7"
    for arguments in (["doctor"], ["doctor", "--seen"]):
        code, out, err = ran(capsys, *arguments)
        assert (code, out.splitlines()[0], err) == (0, line, "")
    code, out, _ = ran(capsys, "doctor")
    assert (code, len(out.splitlines())) == (0, 1)
    assert out.endswith("all well\n")


def test_every_fault_of_a_workbook_is_listed_at_once(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Организации"
    for row in (("Код", "Название", "Роль"), ("ШК", None, "базовая"), ("ЦДО", "Центр", "друг")):
        sheet.append(row)
    book.save(machine / "сеть.xlsx")
    code, _, err = ran(capsys, "load", "сеть.xlsx")
    assert code == 1
    lines = err.splitlines()
    assert any("Организации" in line and "2" in line and "Название" in line for line in lines)
    assert any("Организации" in line and "3" in line and "Роль" in line for line in lines)


def test_a_book_of_may_asks_for_its_year_and_for_its_classes(
    settled: Path, machine: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    may = datetime(2027, 5, 18, 9, tzinfo=UTC)
    monkeypatch.setattr("bot.cli.network.moment", lambda: may)
    (machine / "классы.xlsx").write_bytes(book(Ученики=pupils(1)))
    code, out, err = ran(capsys, "load", "классы.xlsx", "--apply")
    assert (code, out) == (1, "")
    assert "--year 2027" in err
    code, out, err = ran(capsys, "load", "классы.xlsx", "--year", "2027", "--apply")
    assert (code, out) == (1, "")
    assert "--classes next" in err
    code, out, _ = ran(capsys, "load", "классы.xlsx", "--year", "2027", "--classes", "now")
    assert code == 0
    assert "7А → 8А" in out
    code, out, _ = ran(capsys, "load", "классы.xlsx", "--year", "2027", "--classes", "next")
    assert code == 0
    assert "nothing will change" in out
