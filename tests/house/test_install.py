"""deploy/install.sh on a machine that is pretended: installed, updated, put back, by the very commands an operator types.

What belongs to a real machine stands in here: root's right to give files away, systemd, and the fetching of libraries (the
test's own are there already). A real Debian in a folder of its own was tried by hand (docs/operations.md).
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.world import TOKEN

ROOT = Path(__file__).parent.parent.parent
UNIT = ROOT / "deploy/school-bot.service"

ODD = "sqlite+aiosqlite:///data/a $(touch b)&c.sqlite3"  # as a password of PostgreSQL may be: no shell reads it

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="deploy/install.sh is for root")

PRETENDED = {
    "id": 'if [ "$1" = -u ] && [ $# = 1 ]; then echo 0; elif [ "$1" = -gn ]; then echo root; fi',
    "useradd": "exit 0",
    "chown": "exit 0",
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    "systemctl": """
        echo "$@" >> "$MACHINE/systemctl.log"
        case "$1" in list-units) cat "$MACHINE/others" 2>/dev/null ;; restart) [ ! -e "$MACHINE/refuses" ] || { rm "$MACHINE/refuses"; exit 1; } ;; esac""",
    # Before its nth move the power goes: what stands in `dies-at` counts down.
    "mv": """
        if [ -e "$MACHINE/dies-at" ]; then
            left=$(($(cat "$MACHINE/dies-at") - 1)); echo $left > "$MACHINE/dies-at"
            if [ $left = 0 ]; then rm "$MACHINE/dies-at"; kill -KILL $PPID; exit 1; fi
        fi
        exec /bin/mv "$@" """,
    "df": 'if [ -e "$MACHINE/full" ]; then echo "/dev/vda 1000000 999000 1000 100% /"; else exec /bin/df "$@"; fi',
    "python3": f"""
        if [ "$1" = -m ] && [ "$2" = venv ]; then
            mkdir -p "$3/bin"
            printf '#!/bin/sh\\ncase "$*" in *"pip install"*) [ ! -e "$MACHINE/no-network" ]; exit ;; esac\\nexec {sys.executable} "$@"\\n' > "$3/bin/python"
            chmod +x "$3/bin/python"
            exit
        fi
        exec {sys.executable} "$@" """,
}


class Machine:
    """A folder that plays a machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home, self.version = folder, folder / "opt", folder / "version"

    def lay(self) -> Machine:
        """What a machine has before there is a bot, and this version."""
        folder = self.folder
        (folder / "bin").mkdir()
        (folder / "units").mkdir()
        for name, script in PRETENDED.items():
            file = folder / "bin" / name
            file.write_text(f"#!/bin/sh\n{script}\n")
            file.chmod(0o755)
        self.version.mkdir()
        for part in ("bot", "handlers", "storage", "locales", "deploy"):
            shutil.copytree(ROOT / part, self.version / part, ignore=shutil.ignore_patterns("__pycache__"))
        for part in ("requirements.txt", "LICENSE", ".env.example"):
            shutil.copy(ROOT / part, self.version / part)
        return self

    def run(self, *words: str, **besides: str) -> tuple[int, str]:
        """install.sh of the version that lies there: (exit code, all it said)."""
        env = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "MACHINE": str(self.folder),
            "HOME_OF_BOT": str(self.home),
            "UNITS": str(self.folder / "units"),
            "PRETEND_SYSTEMD": "yes",
            "LOCALE": "en",
            "TELEGRAM_API": "http://127.0.0.1:9",
            **besides,
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
    return Machine(tmp_path).lay()


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
    copies = debian.home / "data/backups"
    copies.mkdir(mode=0o700)
    for day in range(1, 5):
        for ending in ("", ".sha256", ".erasures"):
            (copies / f"before-update-2026010{day}-120000{ending}").touch()
    (copies / "mine.sha256").touch()
    code, said = debian.run("update")
    assert code == 0, said
    assert (debian.home / "locales/new-sentence").exists()
    assert TOKEN in settings.read_text()
    stay = sorted(each.name for each in copies.glob("*.sha256"))  # of those before updates three, and nobody else's
    assert stay[:2] == ["before-update-20260103-120000.sha256", "before-update-20260104-120000.sha256"]
    assert (len(stay), stay[3], len(list(copies.glob("before-update-*")))) == (4, "mine.sha256", 9)

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
    (debian.version / "locales/another-sentence").write_text("of a version that starts")
    assert debian.run("update")[0] == 0
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("INSERT INTO notes (name, value) VALUES ('ours', 'before the update')")
    copies = debian.home / "data/backups"
    for day in range(1, 5):
        (copies / f"before-update-2026010{day}-120000.sha256").touch()
    (debian.version / "locales/new-sentence").write_text("of a version that does not start")
    (debian.folder / "refuses").touch()
    code, said = debian.run("update")
    assert code == 1
    assert "does not start (see above): the one before is put back, with the database as it was." in said
    assert len(list(copies.glob("before-update-*.sha256"))) == 3  # one that is tried every night does not fill the disk
    assert not (debian.home / "locales/new-sentence").exists()
    assert debian.asked_of_systemd[-1] == "restart school-bot"
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT value FROM notes WHERE name = 'ours'").fetchone() == ("before the update",)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """One that has a token and a database, and a next version to go to."""
    machine = Machine(tmp_path_factory.mktemp("machine")).lay()
    without_check(machine)
    assert machine.run()[0] == 0
    settings = machine.home / ".env"
    text = settings.read_text().replace("BOT_TOKEN=", f"BOT_TOKEN={TOKEN}")
    settings.write_text(re.sub("^DATABASE_URL=.*", f"DATABASE_URL='{ODD}'", text, flags=re.MULTILINE))
    assert machine.run()[0] == 0
    (machine.version / "locales/new-sentence").write_text("of the next version")
    (machine.version / "deploy/school-bot.service").write_text(UNIT.read_text() + "# of the next version\n")
    return machine


@pytest.fixture
def working(prepared: Machine, tmp_path: Path) -> Machine:
    shutil.copytree(prepared.folder, tmp_path, dirs_exist_ok=True)
    unit = tmp_path / "units/school-bot.service"
    unit.write_text(unit.read_text().replace(str(prepared.home), str(tmp_path / "opt")))
    return Machine(tmp_path)


def of_next(machine: Machine) -> tuple[bool, bool, bool]:
    """Which of code, libraries' neighbour and unit are the next version's; and that everything is there."""
    parts = ("bot", "handlers", "storage", "locales", "deploy", "requirements.txt", "LICENSE", ".venv")
    assert [each for each in parts if not (machine.home / each).exists()] == []
    assert [each for each in (".new", ".refused", ".unfinished") if (machine.home / each).exists()] == []
    unit = (machine.folder / "units/school-bot.service").read_text()
    return (
        (machine.home / "locales/new-sentence").exists(),
        (machine.home / ".former/locales/new-sentence").exists(),
        "# of the next version" in unit,
    )


@pytest.mark.parametrize("move", [2, 15])
def test_an_update_whose_power_went_is_brought_to_its_end(working: Machine, move: int) -> None:
    (working.folder / "dies-at").write_text(str(move))
    assert working.run("update")[0] == -9
    assert (working.home / ".unfinished").exists()
    code, said = working.run("update")
    assert code == 0, said
    assert said.startswith("The last time it was interrupted: first that is brought to its end.\n")
    assert "Updated." in said
    assert of_next(working) == (True, False, True)  # and the version before is the one before
    assert working.asked_of_systemd[-1] == "restart school-bot"
    code, said = working.run("rollback")
    assert code == 0, said
    assert of_next(working) == (False, False, False)
    assert not (working.home / "b").exists()


@pytest.mark.parametrize("move", [20])
def test_a_way_back_whose_power_went_is_brought_to_its_end(working: Machine, move: int) -> None:
    """Sixteen moves and the unit's one lead to the new version, which does not start."""
    (working.folder / "refuses").touch()
    (working.folder / "dies-at").write_text(str(move))
    assert working.run("update")[0] == -9
    code, said = working.run("update")
    assert (code, "Nothing has changed." in said) == (1, True), said
    assert of_next(working) == (False, False, False)
    assert working.asked_of_systemd[-1] == "restart school-bot"


def test_without_a_network_or_room_nothing_changes_and_nothing_is_left(working: Machine) -> None:
    (working.folder / "no-network").touch()
    asked = len(working.asked_of_systemd)
    code, said = working.run("update")
    assert code == 1
    assert said.endswith("The libraries could not be fetched. Nothing has changed: once more when that is put right.\n")
    assert of_next(working) == (False, False, False)
    (working.folder / "no-network").unlink()
    (working.home / ".venv/large").write_bytes(b"x" * 4_000_000)
    (working.folder / "full").touch()
    code, said = working.run("update")
    assert (code, said) == (1, "An update needs 5 MB beside the present version, and there are 0. Nothing has changed.\n")
    assert not {"stop school-bot", "restart school-bot"} & set(working.asked_of_systemd[asked:])


def test_a_second_bot_on_the_machine_does_not_take_the_firsts_service(working: Machine) -> None:
    first, units = working.home, working.folder / "units"
    was = (units / "school-bot.service").read_text()
    working.home = working.folder / "second"
    code, said = working.run()
    assert (code, (units / "school-bot.service").read_text()) == (1, was)
    assert said == (
        f"{units}/school-bot.service is the service of another bot. This one needs a name:"
        f" SERVICE=second HOME_OF_BOT={working.home} {working.version}/deploy/install.sh\n"
    )
    code, said = working.run(SERVICE="second")
    assert code == 0, said
    assert (units / "school-bot.service").read_text() == was
    assert {f"WorkingDirectory={working.home}", "User=second"} <= set((units / "second.service").read_text().splitlines())
    assert str(first) not in (units / "second.service").read_text()


def test_one_call_at_a_time_and_none_beside_what_a_killed_one_left(working: Machine) -> None:
    """A script killed while it fetches leaves its pip at work: the next would lay a version beside into the same folder."""
    place = os.open(working.home, os.O_RDONLY)
    fcntl.flock(place, fcntl.LOCK_EX)
    (working.home / ".new").mkdir()  # what that call lays beside
    asked = working.asked_of_systemd
    said = f"Another call of it is at work in {working.home}, or what a killed one left: once more in a minute.\n"
    for words in ((), ("update",), ("rollback",)):
        assert working.run(*words) == (1, said)
    assert (working.home / ".new").exists()
    assert working.asked_of_systemd == asked
    os.close(place)
    assert working.run("update")[0] == 0


def test_an_update_once_more_leaves_the_way_back(working: Machine) -> None:
    assert working.run("update")[0] == 0
    asked = working.asked_of_systemd
    assert working.run("update") == (0, f"This version is what works in {working.home} already. Nothing has changed.\n")
    assert working.asked_of_systemd == asked
    assert of_next(working) == (True, False, True)


def test_two_versions_never_work_on_one_database_at_once(working: Machine) -> None:
    (working.folder / "others").write_text(
        "school-bot@1.service loaded active running x\nschool-bot@2.service loaded active running x\n"
    )
    first = "Further processes are at work. First: systemctl stop school-bot@1.service school-bot@2.service (and start them again afterwards)\n"
    assert working.run("update") == (1, first)


def test_the_way_back_of_the_database_too_is_one_command(working: Machine) -> None:
    database = working.home / "data/a $(touch b)&c.sqlite3"
    assert working.run("update")[0] == 0
    (copy,) = (working.home / "data/backups").glob("before-update-*.sha256")
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    code, said = working.run("rollback")
    assert code == 1
    assert (
        "The version before cannot work on this database: the database is from a newer version of the bot (schema 9999)" in said
    )
    assert f"lose what came since the update: {working.version}/deploy/install.sh rollback data/backups/before-update-…\n" in said
    code, said = working.run("rollback", f"data/backups/{copy.stem}")
    assert code == 0, said
    assert of_next(working) == (False, False, False)
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT count(*) FROM alembic_version WHERE version_num = '9999'").fetchone() == (0,)


def test_it_says_what_it_can_do(debian: Machine) -> None:
    code, said = debian.run("dance")
    assert code == 1
    assert said.startswith("Usage: ")
    assert debian.run("update") == (1, f"There is no bot in {debian.home} yet: {debian.version}/deploy/install.sh\n")
