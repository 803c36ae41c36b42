"""deploy/install.sh on a machine that is pretended: installed, updated, put back, by the very commands an operator types.

What belongs to a real machine stands in here: root's right to give files away, systemd, and the fetching of libraries (the
test's own are there already). A real Debian in a folder of its own was tried by hand (docs/operations.md).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.world import TOKEN

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="deploy/install.sh is for root")

PRETENDED = {
    "id": 'if [ "$1" = -u ] && [ $# = 1 ]; then echo 0; elif [ "$1" = -gn ]; then echo root; fi',
    "useradd": "exit 0",
    "chown": "exit 0",
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    "systemctl": """
        echo "$@" >> "$MACHINE/systemctl.log"
        case "$1" in restart) [ ! -e "$MACHINE/refuses" ] || { rm "$MACHINE/refuses"; exit 1; } ;; esac""",
    "python3": f"""
        if [ "$1" = -m ] && [ "$2" = venv ]; then
            mkdir -p "$3/bin"
            printf '#!/bin/sh\\ncase "$*" in *"pip install"*) exit 0 ;; esac\\nexec {sys.executable} "$@"\\n' > "$3/bin/python"
            chmod +x "$3/bin/python"
            exit
        fi
        exec {sys.executable} "$@" """,
}


class Machine:
    """A folder that plays a machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "opt"
        (folder / "bin").mkdir()
        (folder / "units").mkdir()
        for name, script in PRETENDED.items():
            file = folder / "bin" / name
            file.write_text(f"#!/bin/sh\n{script}\n")
            file.chmod(0o755)
        self.version = folder / "version"
        self.version.mkdir()
        for part in ("bot", "handlers", "storage", "locales", "deploy"):
            shutil.copytree(ROOT / part, self.version / part, ignore=shutil.ignore_patterns("__pycache__"))
        for part in ("requirements.txt", "LICENSE", ".env.example"):
            shutil.copy(ROOT / part, self.version / part)

    def run(self, *words: str) -> tuple[int, str]:
        """install.sh of the version that lies there: (exit code, all it said)."""
        env = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "MACHINE": str(self.folder),
            "HOME_OF_BOT": str(self.home),
            "UNITS": str(self.folder / "units"),
            "PRETEND_SYSTEMD": "yes",
            "LOCALE": "en",
            "TELEGRAM_API": "http://127.0.0.1:9",
        }
        ended = subprocess.run(
            [str(self.version / "deploy/install.sh"), *words],
            env=env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr

    @property
    def asked_of_systemd(self) -> list[str]:
        log = self.folder / "systemctl.log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def debian(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def without_check(machine: Machine) -> None:
    """`check` asks Telegram, which is not there: this version's says that all is well."""
    running = machine.version / "bot/cli/running.py"
    text = running.read_text("utf-8")
    running.write_text(text.replace("    awaited(_check(settings))\n", ""), "utf-8")


def test_from_nothing_to_a_bot_that_is_updated_and_put_back(debian: Machine) -> None:
    without_check(debian)
    code, said = debian.run()
    assert code == 0, said
    assert "Put the token of @BotFather after BOT_TOKEN=" in said
    assert (debian.home / ".env").read_text() == (ROOT / ".env.example").read_text()
    assert "restart school-bot" not in debian.asked_of_systemd
    settings = debian.home / ".env"
    settings.write_text(settings.read_text().replace("BOT_TOKEN=", f"BOT_TOKEN={TOKEN}"))
    code, said = debian.run()
    assert code == 0, said
    assert "The bot works." in said
    assert debian.asked_of_systemd[-1] == "restart school-bot"
    unit = (debian.folder / "units/school-bot.service").read_text()
    assert f"WorkingDirectory={debian.home}\n" in unit
    assert f"ExecStart={debian.home}/.venv/bin/python -m bot run\n" in unit

    (debian.version / "locales/new-sentence").write_text("of the next version")
    code, said = debian.run("update")
    assert code == 0, said
    assert (debian.home / "locales/new-sentence").exists()
    assert TOKEN in settings.read_text()
    assert len(list((debian.home / "data/backups").glob("before-update-*.sha256"))) == 1

    code, said = debian.run("rollback")
    assert code == 0, said
    assert not (debian.home / "locales/new-sentence").exists()
    assert debian.run("rollback") == (1, "There is no version before.\n")


def test_a_version_that_does_not_start_leaves_everything_as_it_was(debian: Machine) -> None:
    without_check(debian)
    debian.run()
    settings = debian.home / ".env"
    settings.write_text(settings.read_text().replace("BOT_TOKEN=", f"BOT_TOKEN={TOKEN}"))
    assert debian.run()[0] == 0
    database = debian.home / "data/bot.sqlite3"
    debian.run("update")
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("INSERT INTO notes (name, value) VALUES ('ours', 'before the update')")
    (debian.version / "locales/new-sentence").write_text("of a version that does not start")
    (debian.folder / "refuses").touch()
    code, said = debian.run("update")
    assert code == 1
    assert "The new version does not start: the one before is put back, with the database as it was." in said
    assert not (debian.home / "locales/new-sentence").exists()
    assert debian.asked_of_systemd[-1] == "restart school-bot"
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT value FROM notes WHERE name = 'ours'").fetchone() == ("before the update",)


def test_it_says_what_it_can_do(debian: Machine) -> None:
    code, said = debian.run("dance")
    assert code == 1
    assert said.startswith("Usage: ")
    assert debian.run("update") == (1, f"There is no bot in {debian.home} yet: {debian.version}/deploy/install.sh\n")
