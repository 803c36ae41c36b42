"""A PostgreSQL of the tests' own: in a temporary folder, on loopback, never as root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PLACES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin"), Path("/opt/homebrew/bin"))


def binaries() -> Path | None:
    """The folder of initdb and postgres, or None."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next((place for place in PLACES if (place / "initdb").exists() and (place / "postgres").exists()), None)


class Cluster:
    """A server that can be stopped and started again; `where` is its superuser's address, without the driver: `user@host:port`."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self.bin_folder = bin_folder
        self.folder = folder
        self.user = _other_user() if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.where = f"tests@127.0.0.1:{self.port}"
        self._run("initdb", "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Run it, and wait until it answers."""
        options = (
            f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
            " -c fsync=off -c full_page_writes=off -c max_connections=200"
        )
        self._run("pg_ctl", "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """`immediate`: as if it had crashed; `fast`: every session is told that it ends."""
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def _run(self, program: str, *rest: str | Path) -> None:
        command = [str(self.bin_folder / program), "-D", str(self.folder / "data"), *map(str, rest)]
        subprocess.run(command, check=True, capture_output=True, user=self.user, cwd=self.folder)


@contextmanager
def server(bin_folder: Path) -> Iterator[Cluster]:
    """A running server that the test may stop and start."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        made = Cluster(bin_folder, folder)
        made.start()
        try:
            yield made
        finally:
            with suppress(subprocess.CalledProcessError):  # stopped by the test already
                made.stop()
    finally:
        # A thousand databases are half a minute to delete: nobody waits for it.
        subprocess.run(
            ["/bin/sh", "-c", 'rm -rf -- "$0" </dev/null >/dev/null 2>&1 &', str(folder)], check=False, start_new_session=True
        )


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """A running server; gives the address of its superuser's database, without the driver: `user@host:port`."""
    with server(bin_folder) as made:
        yield made.where


def _other_user() -> str:
    """PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise RuntimeError("no user but root to run PostgreSQL as")
