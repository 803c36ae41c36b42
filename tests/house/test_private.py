"""Whatever the bot writes only its own user may read; the unit, the container and the demo's ports let nobody else in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.folder import Folder, scan_folder
from bot.sandbox.bell import PATIENCE
from storage.db import Database
from storage.ledger import Ledger
from tests.bot_process import Hush, bot_process, heard
from tests.sandbox_bot import playing
from tests.world import NOW, TOKEN, settings_for

ROOT = Path(__file__).parent.parent.parent
MOST = 2.0  # of systemd's ten: design/trust.md
NO_TOOL = "systemd-analyze is not there: how closed the unit is was not measured (Debian: apt-get install systemd)"


@pytest.fixture
def open_handed() -> Iterator[None]:
    """A shell that makes everything readable for everybody, as most do."""
    was = os.umask(0o022)
    yield
    os.umask(was)


def modes(folder: Path) -> dict[str, str]:
    """Of every file below and every folder."""
    return {str(file.relative_to(folder)): f"{file.stat().st_mode & 0o777:o}" for file in sorted(folder.rglob("*"))}


@pytest.mark.usefixtures("open_handed")
@pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
async def test_what_a_running_bot_writes(settled_url: str, tmp_path: Path) -> None:
    """The database an older version made open to all is closed too; the journals are as they were dropped."""
    (tmp_path / "bot.sqlite3").chmod(0o644)
    async with Hush(TOKEN, "school8_bot") as sandbox:
        sandbox.hush("getUpdates")
        async with bot_process(sandbox, settled_url, tmp_path, patience=1) as bot:
            await heard([sandbox.heard])
            running = modes(tmp_path)
            bot.tell()
            await bot.ended(PATIENCE)
    assert {name: running[name] for name in ("bot.sqlite3", "bot.sqlite3-wal", "bot.sqlite3-shm")} == {
        "bot.sqlite3": "600",
        "bot.sqlite3-wal": "600",
        "bot.sqlite3-shm": "600",
    }
    assert {"bot.sqlite3.lock", "bot.sqlite3.write", "erasures"} <= set(running)
    assert {name: mode for name, mode in running.items() if mode not in ("600", "700")} == {}


@pytest.mark.usefixtures("open_handed")
def test_what_the_command_line_writes(settled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies with what lies beside them, a copy put back, and what is kept of a crash."""
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(settled_file, tmp_path / "data/bot.sqlite3")
    (tmp_path / "data/bot.sqlite3").chmod(0o600)
    for name, value in {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/data/bot.sqlite3",
        "DATA_DIR": str(tmp_path / "data"),
        "JOURNAL_DIR": str(tmp_path / "data/journal"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    assert main(["backup", "data/копия.sqlite3"]) == 0
    assert main(["restore", "data/копия.sqlite3", "--force"]) == 0

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("Петров Миша")

    with monkeypatch.context() as patch:
        patch.setattr("storage.backup.back_up", breaks)
        assert main(["backup", "data/другая.sqlite3"]) == 1
    made = modes(tmp_path / "data")
    assert {
        "копия.sqlite3",
        "копия.sqlite3.sha256",
        "копия.sqlite3.erasures",
        "bot.sqlite3.before-restore-1",
        "crashes",
    } <= set(made)
    assert {name: mode for name, mode in made.items() if mode not in ("600", "700")} == {}
    (crash,) = (tmp_path / "data/crashes").iterdir()
    assert crash.read_text("utf-8").startswith("RuntimeError at ")
    assert "Петров" not in crash.read_text("utf-8")


@pytest.mark.usefixtures("open_handed")
async def test_what_is_said_of_a_journal(tmp_path: Path, empty_db: Database) -> None:
    """Its .log names children: private by itself, also where nobody set a umask."""
    place = tmp_path / "journal"
    place.mkdir()
    (place / "плохой.csv").write_text("Дата;Группа;Ученик;Отметка\n?;Г-01;Петров;5\n", "utf-8")
    settings, folder = settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", tmp_path), Folder(place)
    for _ in range(2):
        await scan_folder(empty_db, folder, now=NOW.astimezone(UTC), settings=settings)
    assert modes(place) == {"failed": "700", "failed/плохой.csv": "600", "failed/плохой.csv.log": "600"}


def test_a_ledger_is_its_users_alone(tmp_path: Path) -> None:
    kept = Ledger(tmp_path / "erasures", "m")
    kept.complete(NOW)
    assert modes(tmp_path) == {"erasures": "700", "erasures/m.jsonl": "600"}


# ── what runs it ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_how_closed_the_unit_is() -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip(NO_TOOL)
    unit = str(ROOT / "deploy/school-bot.service")
    ran = subprocess.run([tool, "security", "--offline=true", "--no-pager", unit], capture_output=True, text=True, check=False)
    found = re.search(r"Overall exposure level for school-bot\.service: (\d+\.\d+)", ran.stdout)
    if found is None:
        pytest.skip(NO_TOOL)  # one that knows no --offline
    assert float(found[1]) <= MOST
    assert f"**{found[1]}**" in (ROOT / "docs/operations.md").read_text("utf-8")


def test_what_the_unit_says() -> None:
    lines = (ROOT / "deploy/school-bot.service").read_text("utf-8").splitlines()
    for line in (
        "User=school-bot",
        "UMask=0077",
        "ProtectSystem=strict",
        "ReadWritePaths=/opt/school-bot/data",
        "PrivateTmp=yes",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "MemoryMax=1G",
        "WatchdogSec=60",
    ):
        assert line in lines


def test_one_of_several_processes_is_as_closed_as_the_only_one() -> None:
    def settings(name: str) -> list[str]:
        return (ROOT / "deploy" / name).read_text("utf-8").partition("[Unit]")[2].splitlines()

    one, several = settings("school-bot.service"), settings("school-bot@.service")
    assert [line for line in several if line not in one] == [
        "Description=School network bot, process %i",
        "Environment=LISTEN=127.0.0.1:809%i",
    ]
    assert [line for line in one if line not in several] == ["Description=School network bot"]


def test_the_container_has_a_user_of_its_own_and_nothing_else() -> None:
    whole = (ROOT / "deploy/compose.yaml").read_text("utf-8")
    bot = [line.strip() for line in whole.partition("\n  bot:\n")[2].partition("\n  database:\n")[0].splitlines()]
    for line in (
        "read_only: true",
        "cap_drop: [ALL]",
        'security_opt: ["no-new-privileges:true"]',
        "mem_limit: 1g",
        "pids_limit: 128",
        "ulimits: {core: 0}",
        'tmpfs: ["/tmp:size=64m,mode=1777,noexec,nosuid,nodev"]',
        'volumes: ["files:/app/data"]',
    ):
        assert line in bot
    assert not [line for line in bot if line.startswith(("privileged", "cap_add", "ports", "network_mode", "user"))]
    assert "env_file: .env" in bot  # what an operator sets there (TIME_ZONE, PUBLIC_URL) reaches the bot …
    assert "LISTEN: 0.0.0.0:8081" in bot  # … but for what only the container knows
    (server,) = re.findall(r"image: postgres:(\d+)", whole)
    image = (ROOT / "deploy/Dockerfile").read_text("utf-8").splitlines()
    assert any(f" postgresql-client-{server} " in line for line in image)  # without it no copy is taken at night
    (user,) = [line for line in image if line.startswith("USER ")]
    assert user == "USER 10001"
    assert image.index(user) < image.index('CMD ["python", "-m", "bot", "run"]')


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "localhost:1"}, 200),
        ({}, 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_demos_bot_api_speaks_to_no_web_page(method: str, headers: dict[str, str], status: int) -> None:
    """A GET changes something too there: /bot…/sendMessage?text=…"""
    async with playing() as (bot, anna):
        url = f"{bot.sandbox.url}/bot{TOKEN}/sendMessage?chat_id=1001&text=x"
        before = len(anna.messages)
        async with bot.session.request(method, url, headers=headers) as response:
            assert response.status == status
        assert len(anna.messages) - before == (status == 200)
        async with bot.session.request("GET", f"{bot.sandbox.url}/file/bot{TOKEN}/x", headers=headers) as response:
            assert (response.status == 403) == (status == 403)
