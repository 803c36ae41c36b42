"""The command line's commands that keep the data: backup, restore, drill, move, doctor."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.answers import told
from bot.settings import Settings, SettingsRefused, read_settings
from bot.standing import Refused
from bot.terminal import Stop, awaited, language, moment, opened, out, settings_or_stop, spoken, tell, tick, typed
from storage.db import DatabaseRefused

if TYPE_CHECKING:
    from bot.cli.restoring import Restored

keeping = typer.Typer()


@keeping.command()
def backup(file: Path) -> None:
    """A consistent copy while the bot runs, with its SHA-256 beside (PostgreSQL through pg_dump)."""
    from bot.copies import take
    from storage.backup import BackupRefused

    try:
        digest = take(settings_or_stop(), file, now=moment())
    except (BackupRefused, OSError) as refused:
        raise Stop(str(refused)) from None
    tell(f"{file}  sha256 {digest}")


@keeping.command()
def restore(
    file: Path,
    force: Annotated[bool, typer.Option("--force", help="Replace a database that is there (it is kept beside).")] = False,
) -> None:
    """Put a copy in the database's place; a damaged one is refused, nothing is overwritten without --force."""
    settings = settings_or_stop()
    restored = _restored(settings, file, force=force)
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


def _restored(settings: Settings, file: Path, *, force: bool) -> Restored:
    from bot.cli import restoring
    from bot.standing import alone
    from storage.backup import BackupRefused

    database = _sqlite_file(settings)
    try:
        if database is None:
            return awaited(restoring.restore_dump(settings, file, force=force, now=moment()))
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(database):
            return awaited(restoring.restore(settings, file, database, force=force, now=moment()))
    except (BackupRefused, DatabaseRefused, Refused, OSError) as refused:
        raise Stop(str(refused)) from None


@keeping.command()
def drill() -> None:
    """Put the newest copy back into a place of its own, run doctor on it, and throw it away; exit 1 if it is not well."""
    awaited(_drill(settings_or_stop()))


async def _drill(settings: Settings) -> None:
    from bot import copies
    from bot.cli.drilling import drill as practise
    from storage.backup import BackupRefused

    folder, say, now = settings.data_dir / copies.COPIES, spoken(settings), moment()
    file = copies.newest(folder)
    if file is None:
        raise Stop(f"there is no copy in {folder}: the bot takes one a night, or take one: {typed('backup', folder / 'now')}")
    try:
        drilled = await practise(settings, file, now=now)
    except (BackupRefused, DatabaseRefused, OSError) as refused:
        raise Stop(str(refused)) from None
    taken = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    tell(say("cli-drilled", file=str(file), taken=taken, hours=int((now - taken).total_seconds() // 3600)))
    tell(say("cli-drilled-holds", rows=drilled.rows, pupils=drilled.pupils, erased=drilled.erased))
    for name, count in (drilled.wrong | drilled.known).items():
        tell(f"{count} × {told(name, say)}")
    if drilled.wrong:
        raise Stop("the copy holds what must not be: see above")
    tell(say("cli-drilled-well"))


@keeping.command()
def move(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The empty database: postgresql+asyncpg://… or sqlite+aiosqlite:///FILE")
    ],
) -> None:
    """Copy everything into another empty database and show that it is the same (SQLite → PostgreSQL). The bot is stopped meanwhile."""
    settings = settings_or_stop()
    try:
        with _nobody_else(settings):
            awaited(_move(settings, read_settings(database_url=url)))
    except (DatabaseRefused, Refused, SettingsRefused) as refused:
        raise Stop(str(refused)) from None


async def _move(settings: Settings, other: Settings) -> None:
    from storage.moving import move as carry

    say = spoken(settings)
    async with opened(settings) as source, opened(other) as target:
        if not await source.lead():
            raise Refused(f"another bot already works on {source.url.database}: stop it first")
        with out.status(say("cli-moving", done=0)) as status:
            moved = await carry(source, target, lambda done: status.update(say("cli-moving", done=done)))
    tell(say("cli-moved", rows=sum(moved.values()), tables=len(moved)))
    tell(say("cli-moved-next"))


def _nobody_else(settings: Settings) -> AbstractContextManager[None]:
    """Held while a SQLite file is moved; a PostgreSQL is asked for its leader when it is open."""
    from bot.standing import alone

    database = _sqlite_file(settings)
    return nullcontext() if database is None else alone(database)


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
    from storage.damage import look_over
    from storage.doctor import INVARIANTS, OF_CLOSED_YEARS, closed_by, processes, violations, worth_knowing
    from storage.inbox import tick_off
    from storage.workers import LEASE

    async with opened(settings) as db:
        if (database := _sqlite_file(settings)) is not None:
            look_over(database)
        await db.try_to_keep()
        async with db.write() if seen else db.read() as tx:
            wrong, known = await violations(tx, closed_by(moment(), settings.zone)), await worth_knowing(tx)
            if seen:
                await tick_off(tx)
            at_work = [each for each in await processes(tx) if each.lives]
    if at_work:
        tick(
            "processes", f"{len(at_work)} at work, the oldest sign of life {LEASE + max(each.late for each in at_work):.1f} s old"
        )
    for name, count in (wrong | known).items():
        tell(f"{count} × {told(name, language())}")
    if wrong:
        raise Stop("the database holds what must not be: see above")
    if known:
        tick("doctor", f"{len(INVARIANTS | OF_CLOSED_YEARS)} questions, nothing is wrong, but see above")
    else:
        tick("doctor", f"{len(INVARIANTS | OF_CLOSED_YEARS)} questions, all well")


def _sqlite_file(settings: Settings) -> Path | None:
    """The database's file; None: it is a PostgreSQL."""
    if not settings.database_url.startswith("sqlite"):
        return None
    return Path(settings.database_url.removeprefix("sqlite+aiosqlite:///"))
