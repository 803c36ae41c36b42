"""The commands that run the bot: run, demo, check."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.settings import Settings
from bot.terminal import Stop, awaited, language, opened, out, settings_or_stop, tick

running = typer.Typer()


@running.command()
def run() -> None:
    """The bot itself: long polling, or webhook when WEBHOOK_URL is set."""
    settings = settings_or_stop()
    if not settings.bot_token.get_secret_value():
        raise Stop("BOT_TOKEN is not set: put the token @BotFather gave you into .env (or try the bot without one: make demo)")
    logs.set_up(settings)
    awaited(_run(settings))


async def _run(settings: Settings) -> None:
    from bot.app import App
    from bot.standing import Refused

    try:
        async with App(settings) as app:
            await app.run()
    except Refused as refused:
        raise Stop(str(refused)) from None


def _check_templates(settings: Settings) -> None:
    """The school's own templates: each is tried on invented people."""
    from bot.documents.samples import faults
    from bot.voice import voice

    say = voice(settings.locale, settings.zone)
    if found := faults(settings.data_dir / "templates"):
        raise Stop("\n".join(say.plain(fault.key, **fault.facts) for fault in found))
    tick("templates", str(settings.data_dir / "templates"))


@running.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the web chat listens (127.0.0.1); the next free port when it is taken.")
    ] = 8080,
    tour: Annotated[bool, typer.Option("--tour", help="No page: play the whole story, print it as a dialogue.")] = False,
) -> None:
    """A local Telegram with the real bot on an invented network: no token, no network needed."""
    from bot.demo import PortTaken, StoryBroken, play_tour, serve

    try:
        awaited(play_tour(out, language()) if tour else serve(out, port, language()))
    except (PortTaken, StoryBroken) as stopped:
        raise Stop(str(stopped)) from None


@running.command()
def check() -> None:
    """Settings, database and schema, token, data folder, SQLite version: a line each; exit 1 on the first that cannot work."""
    settings = settings_or_stop()
    tick("settings", f"TIME_ZONE={settings.time_zone}, LOCALE={settings.locale}, QUIET_HOURS={settings.quiet_hours}")
    awaited(_check(settings))


async def _check(settings: Settings) -> None:
    from storage.damage import GLANCE, look_over
    from storage.schema import difference

    async with opened(settings) as db:
        tick("database", db.url.render_as_string(hide_password=True))
        if db.is_sqlite:
            look_over(Path(db.url.database or ""), GLANCE)
        if await difference(db):
            raise Stop("schema: the database's tables are not those of this version; restore a backup or report it")
        tick("schema", "up to date")
        await db.try_to_keep()
    if not settings.bot_token.get_secret_value():
        raise Stop("token: BOT_TOKEN is not set: put the token @BotFather gave you into .env")
    from bot.standing import Refused
    from bot.telegram.reaching import username_of
    from storage.disk import try_to_write

    try:
        tick("token", f"@{await username_of(settings)}")
    except Refused as refused:
        raise Stop(f"token: {refused}") from None
    for name, folder in (("DATA_DIR", settings.data_dir), ("JOURNAL_DIR", settings.journal_dir)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK):
                raise Stop(f"{name}: {folder} cannot be written to")
            try_to_write(folder)
        except OSError as error:
            raise Stop(f"{name}: {folder}: {error.strerror}") from None
        tick(name, str(folder))
    _check_templates(settings)
    tick("SQLite", sqlite3.sqlite_version + (" (one writer at a time)" if sqlite3.sqlite_version_info < (3, 51, 3) else ""))
