"""What the commands of the command line share: settings, database, how a line is printed and a refusal told."""

from __future__ import annotations

import asyncio
import html
import os
import re
import shlex
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from dotenv import dotenv_values
from rich.console import Console

from bot.answers import told
from bot.clock import Clock
from bot.settings import Settings, SettingsRefused, read_settings
from bot.voice import Voice, voice
from storage.away import DatabaseAway, reason
from storage.db import Database, DatabaseRefused
from storage.files import is_at_work
from storage.ledger import ERASURES, Ledger
from storage.migrate import migrate

T = TypeVar("T")

out = Console(highlight=False, soft_wrap=True)


class Stop(Exception):  # noqa: N818 - an answer
    """Refused or failed: one clear line for stderr, exit 1."""


def settings_or_stop() -> Settings:
    try:
        return read_settings()
    except SettingsRefused as refused:
        raise Stop(str(refused)) from None


def spoken(settings: Settings) -> Voice:
    return voice(settings.locale, settings.zone)


def language() -> Voice:
    """The voice of the command line, even when other settings cannot work."""
    try:
        return spoken(read_settings())
    except SettingsRefused:
        return voice(os.environ.get("LOCALE") or _written("LOCALE") or "ru", Settings.model_construct().zone)


def _written(setting: str) -> str | None:
    """What .env says of a setting, if it can be read."""
    try:
        return dotenv_values(".env").get(setting)
    except (OSError, UnicodeDecodeError):
        return None


def program() -> str:
    """How this bot is called from where the person stands: «.venv/bin/python -m bot»."""
    python, here = Path(sys.executable), Path.cwd()
    return f"{shlex.quote(str(python.relative_to(here) if python.is_relative_to(here) else python))} -m bot"


def typed(*words: object) -> str:
    """A command of this bot that can be typed as it is printed."""
    return " ".join((program(), *(shlex.quote(str(word)) for word in words)))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database with its schema brought up to date."""
    db = Database(settings.database_url, Ledger(settings.data_dir / ERASURES))
    _refuse_to_begin_anew(db)
    try:
        await db.open()
        await migrate(db)
        yield db
    except DatabaseRefused as refused:
        raise Stop(str(refused)) from None
    except DatabaseAway as away:
        raise Stop(
            f"the database is away or locked by another program ({reason(away)}): nothing was half done, try again"
        ) from None
    finally:
        await db.close()


def _refuse_to_begin_anew(db: Database) -> None:
    """Where a bot works on a file that is gone, an empty one under its name would hide that."""
    file = Path(db.url.database or "")
    if db.is_sqlite and not file.exists() and is_at_work(file):
        raise Stop(f"{file} is gone, and the bot still works on it: do not stop it before you have read docs/operations.md")


def moment() -> datetime:
    return Clock().now()


def content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Stop(f"{file}: {error.strerror}") from None


def tick(name: str, what: str) -> None:
    say = language()
    out.print(f"[green]✓[/green] {told(name, say)}: ", end="")
    out.print(told(what, say), markup=False)


def awaited(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in the fastest loop there is."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)


def tell(sentence: str) -> None:
    """A sentence of the chat as the terminal shows it."""
    out.print(html.unescape(re.sub(r"</?[a-z][^>]*>", "", sentence)), markup=False)
