"""The command line's commands that keep the data: backup, restore, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.answers import told
from bot.settings import Settings
from bot.terminal import Stop, awaited, language, moment, opened, settings_or_stop, spoken, tell, tick
from storage.db import DatabaseRefused
from storage.ledger import ERASURES, Ledger

keeping = typer.Typer()


@keeping.command()
def backup(file: Path) -> None:
    """A consistent copy while the bot runs, with its SHA-256 beside."""
    from storage.backup import BackupRefused, back_up

    settings = settings_or_stop()
    try:
        ledger = Ledger(settings.data_dir / ERASURES).text(moment())
        digest = back_up(_sqlite_file(settings), file, ledger)
    except (BackupRefused, OSError) as refused:
        raise Stop(str(refused)) from None
    tell(f"{file}  sha256 {digest}")


@keeping.command()
def restore(
    file: Path,
    force: Annotated[bool, typer.Option("--force", help="Replace a database that is there (it is kept beside).")] = False,
) -> None:
    """Put a copy in the database's place; a damaged one is refused, nothing is overwritten without --force."""
    from bot.cli.restoring import restore as put_back
    from bot.standing import Refused, alone
    from storage.backup import BackupRefused

    settings = settings_or_stop()
    database = _sqlite_file(settings)
    try:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(database):
            restored = awaited(put_back(settings, file, database, force=force, now=moment()))
    except (BackupRefused, DatabaseRefused, Refused, OSError) as refused:
        raise Stop(str(refused)) from None
    say = spoken(settings)
    tell(say("cli-restored", file=str(file), count=restored.erased))
    if restored.aside is not None:
        tell(say("cli-restored-aside", file=str(restored.aside)))
    for machine, until in sorted(restored.until.items()):
        tell(say("cli-erasures-known", machine=machine, until=until))
    if not restored.until:
        tell(say("cli-erasures-unknown"))
    if restored.unread:
        tell(say("cli-erasures-unread", count=restored.unread))


@keeping.command()
def doctor(
    seen: Annotated[bool, typer.Option("--seen", help="Tick off the updates put aside: they are named no more.")] = False,
) -> None:
    """Invariants of delivery and data, checked on the live database; prints violations, exit 1 if any.

    Letters that did not arrive are printed too, until the coordinator has ticked them off, and updates that were put aside,
    until `--seen` ticks them off: no violation.
    """
    awaited(_doctor(settings_or_stop(), seen=seen))


async def _doctor(settings: Settings, *, seen: bool) -> None:
    from storage.doctor import INVARIANTS, OF_CLOSED_YEARS, violations, worth_knowing
    from storage.inbox import tick_off

    async with opened(settings) as db, db.write() if seen else db.read() as tx:
        wrong, known = await violations(tx, moment().astimezone(settings.zone).date()), await worth_knowing(tx)
        if seen:
            await tick_off(tx)
    for name, count in (wrong | known).items():
        tell(f"{count} × {told(name, language())}")
    if wrong:
        raise Stop("the database holds what must not be: see above")
    if known:
        tick("doctor", f"{len(INVARIANTS | OF_CLOSED_YEARS)} questions, nothing is wrong, but see above")
    else:
        tick("doctor", f"{len(INVARIANTS | OF_CLOSED_YEARS)} questions, all well")


def _sqlite_file(settings: Settings) -> Path:
    if not settings.database_url.startswith("sqlite"):
        raise Stop("backup and restore are for SQLite; for PostgreSQL use pg_dump and pg_restore (docs/operations.md)")
    return Path(settings.database_url.removeprefix("sqlite+aiosqlite:///"))
