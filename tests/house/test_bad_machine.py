"""The machine is not as it should be: files without rights, an .env no program reads, addresses that lead nowhere. One line says so."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.house.test_command_line import machine, ran, settled  # noqa: F401 - fixtures
from tests.storage.test_keeps_nothing import no_room
from tests.world import TOKEN


@pytest.fixture(autouse=True)
def in_russian(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("LOCALE", "ru")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)


@pytest.mark.parametrize("command", ["run", "check", "doctor", "drill"])
def test_an_env_that_was_saved_in_windows_encoding(machine: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:  # noqa: F811
    (machine / ".env").write_bytes("# Токен бота\nLOG_LEVEL=INFO\n".encode("cp1251"))
    assert ran(capsys, command) == (1, "", "Файл .env сохранён не в UTF-8: сохраните его заново в этой кодировке\n")


@pytest.mark.parametrize("command", ["run", "check", "doctor", "drill"])
def test_an_env_the_bots_user_may_not_read(
    machine: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    """Edited by root with a strict umask; root himself reads everything, so it is only said here."""
    (machine / ".env").write_text("LOG_LEVEL=INFO\n")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), ".env")

    monkeypatch.setattr("dotenv.main.open", refused, raising=False)
    assert ran(capsys, command) == (1, "", ".env: нет доступа\n")


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        (
            "DATABASE_URL",
            "postgresql+asyncpg://bot:secret@host:port/school",
            "нужно sqlite+aiosqlite:///FILE или postgresql+asyncpg://…",
        ),
        ("DATABASE_URL", "sqlite+aiosqlite:///", "нужно sqlite+aiosqlite:///FILE или postgresql+asyncpg://…"),
        ("LISTEN", "127.0.0.1:99999", "нужно HOST:PORT, например 127.0.0.1:8081"),
        ("QUIET_HOURS", "25:00-07:00", "нужно HH:MM-HH:MM, например 21:00-07:00"),
    ],
)
def test_a_setting_that_only_looks_right(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, setting: str, value: str, line: str
) -> None:
    monkeypatch.setenv(setting, value)
    for command in ("run", "check", "doctor"):
        assert ran(capsys, command) == (1, "", f"{setting}: {line}\n")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+asyncpg:///school?host=/var/run/postgresql",
        "postgresql+asyncpg://bot:p:a/s%40s@[::1]:5432/school",
        "postgresql+asyncpg://db/school?ssl=require",
        "sqlite+aiosqlite:////srv/bot.sqlite3",
    ],
)
def test_an_address_that_leads_somewhere_is_left_alone(address: str) -> None:
    from bot.settings import read_settings

    assert read_settings(database_url=address).database_url == address


@pytest.mark.parametrize("command", [("drill",), ("move", "sqlite+aiosqlite:///other.sqlite3")])
def test_a_folder_without_rights_is_no_fault_of_the_bot(
    settled: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    """`sudo` and another user's folder: nothing for the bot's makers, and nothing kept in crashes/."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "data/backups")

    monkeypatch.setattr("bot.copies.newest", refused)
    monkeypatch.setattr("bot.standing.opener", refused)
    assert ran(capsys, *command) == (1, "", "data/backups: нет доступа\n")
    assert not (settled.parent / "crashes").exists()


def test_a_folder_that_is_a_file(settled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("bot.telegram.reaching.username_of", _known)
    for setting in ("DATA_DIR", "JOURNAL_DIR"):
        monkeypatch.setenv("DATA_DIR", "data")
        monkeypatch.setenv(setting, str(settled))
        code, _, err = ran(capsys, "check")
        assert (code, err) == (1, f"{setting}: {settled}: такой файл уже есть\n")


async def _known(_settings: object) -> str:
    return "school8_bot"


@pytest.mark.parametrize("command", ["check", "doctor"])
def test_a_full_disk_is_not_well(settled: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:  # noqa: F811
    """Both said «all well» while nothing could be kept and nobody was answered."""
    with closing(sqlite3.connect(settled)) as bot:  # at work, so that its WAL is there
        bot.execute("PRAGMA journal_mode=WAL")
        bot.execute("SELECT count(*) FROM people").fetchone()
        with no_room():
            code, _, err = ran(capsys, command)
    why = "база данных недоступна или занята другой программой (диск с базой не пишется)"
    assert (code, err) == (1, f"{why}: ничего не сделано наполовину, попробуйте ещё раз\n")


def test_a_folder_on_a_full_disk_of_its_own(
    settled: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("bot.telegram.reaching.username_of", _known)
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    code, _, err = ran(capsys, "check")
    assert (code, err) == (1, "DATA_DIR: data: на диске нет места\n")


def test_sheets_for_all_of_an_empty_network(capsys: pytest.CaptureFixture[str]) -> None:
    """It said «В классе «» учеников нет»."""
    said = ran(capsys, "invitations", "sheets.pdf")
    assert said == (1, "", "Учеников ещё нет: сначала загрузите книгу сети.\n")
