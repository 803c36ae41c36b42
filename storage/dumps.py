"""Copies of a PostgreSQL: taken by pg_dump while bots run, checked before they are trusted, put back by pg_restore.

A copy is restored into a database of its own beside the present one, and takes its name only when it is whole; the present
one is kept under another name. So a kill between any two steps leaves a database with the right name, whole (decision 71).
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from itertools import count
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.backup import BackupRefused, beside_copy, whole_or_nothing
from storage.sessions import POSTGRES

RESTORING = "_restoring"  # beside the database: a copy on its way to become it
BEFORE = "_before_restore_"
OURS = frozenset({"letters", "inbox", "people"})  # a dump without their rows is none of this bot
PATIENCE = 3600  # seconds a dump or a restore of a region may take


def dump(url: URL, file: Path, ledger: str | None = None) -> str:
    """Copy the database by pg_dump: FILE, FILE.sha256 and, of the ledger's text, FILE.erasures. Returns the SHA-256."""

    def copied(part: Path) -> None:
        _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
        _look_over(part, file)

    return whole_or_nothing(file, ledger, copied)


def check(file: Path) -> str:
    """The SHA-256 of a copy that is whole; BackupRefused says what is wrong with it."""
    digest = beside_copy(file)
    _look_over(file, file)
    return digest


def _look_over(copy_at: Path, file: Path) -> None:
    """BackupRefused, by the name of the file it is or is to be, when a copy is no whole database of this bot."""
    listed = _run("pg_restore", None, "--list", str(copy_at), said=f"{file} is not a whole database of this bot")
    rows = {words[6] for words in map(str.split, listed.splitlines()) if words[3:5] == ["TABLE", "DATA"] and len(words) > 6}
    if not rows >= OURS:
        raise BackupRefused(f"{file} is not a whole database of this bot")


async def restored_beside(url: URL, file: Path, ending: str = RESTORING) -> URL:
    """A checked copy as a database of its own on the same server. What a killed restore left of one is dropped first."""
    await asyncio.to_thread(check, file)
    made = url.set(database=f"{url.database}{ending}")
    await drop(made)
    await _ask(url, f"CREATE DATABASE {_named(made.database)} TEMPLATE template0")
    try:
        await asyncio.to_thread(_fill, made, file)
    except BaseException:
        await drop(made)
        raise
    return made


def _fill(made: URL, file: Path) -> None:
    _run("pg_restore", made, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(file))


async def take_place(made: URL, url: URL) -> str | None:
    """Give a restored database the name the bot knows. Returns the name under which the present one is kept; None: there was none.

    BackupRefused while somebody works on the present one: it cannot be renamed.
    """
    aside = None
    if await is_there(url):
        aside = await _free(url)
        await _ask(url, f"ALTER DATABASE {_named(url.database)} RENAME TO {_named(aside)}")
    await _ask(url, f"ALTER DATABASE {_named(made.database)} RENAME TO {_named(url.database)}")
    return aside


async def _free(url: URL) -> str:
    """The first free name under which a present database can be kept."""
    for number in count(1):
        if not await is_there(url.set(database=f"{url.database}{BEFORE}{number}")):
            break
    return f"{url.database}{BEFORE}{number}"


async def drop(made: URL) -> None:
    """Leave nothing of a database that did not get its name."""
    await _ask(made, f"DROP DATABASE IF EXISTS {_named(made.database)}")


async def is_there(url: URL) -> bool:
    """Whether the server holds a database of this name."""
    return bool(await _ask(url, "SELECT count(*) FROM pg_database WHERE datname = :name", name=url.database))


async def is_ours(url: URL) -> bool:
    """Whether the database holds this bot's tables: one that was only just made does not."""
    if not await is_there(url):
        return False
    return bool(await _ask(url, "SELECT to_regclass('public.letters') IS NOT NULL", at=url.database))


async def _ask(url: URL, question: str, *, at: str | None = "postgres", **facts: str | None) -> object:
    """One question to the server: at its maintenance database, as the one it is about may not be there, or must not be held."""
    engine = create_async_engine(
        url.set(database=at), poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=POSTGRES, hide_parameters=True
    )
    try:
        async with engine.connect() as connection:
            answer = await connection.execute(text(question), facts)
            return answer.scalar() if answer.returns_rows else None
    except (DBAPIError, OSError, TimeoutError) as error:
        raise BackupRefused(_why(url, error)) from None
    finally:
        await engine.dispose()


def _why(url: URL, error: Exception) -> str:
    """One line for a person, by the SQLSTATE of PostgreSQL's appendix A."""
    cause = getattr(error, "orig", None) or error
    match getattr(cause, "sqlstate", None):
        case "55006":
            return f"another program works on the database {url.database}: stop it first"
        case "42501":
            return f"{url.username} may not make databases here: ALTER ROLE {url.username} CREATEDB, then again"
    return f"cannot open the database {url.render_as_string(hide_password=True)}: {cause}"


def _run(program: str, url: URL | None, *rest: str, said: str | None = None) -> str:
    """What one of PostgreSQL's own programs printed; the password goes by the environment, never by the command line."""
    found = shutil.which(program)
    if found is None:
        raise BackupRefused(f"{program} is not installed here: install postgresql-client of the server's version")
    where = [] if url is None else [f"--dbname={url.database}", *_server(url)]
    env = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": url.password} if url is not None and url.password else {})}
    try:
        ended = subprocess.run([found, *where, *rest], env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 - our own words
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BackupRefused(f"{program} did not do it: {error}") from None
    if ended.returncode:
        why = next(iter(ended.stderr.strip().splitlines()), "")
        raise BackupRefused(said or f"{program} did not do it: {why}")
    return ended.stdout


def _server(url: URL) -> list[str]:
    given = {"--host": url.host, "--port": url.port, "--username": url.username}
    return [f"{name}={value}" for name, value in given.items() if value]


def _named(database: str | None) -> str:
    """A database's name as SQL wants it."""
    return '"' + (database or "").replace('"', '""') + '"'
