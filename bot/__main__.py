"""The command line. Exit codes: 0 done, 1 refused or failed with one clear line on stderr, 2 wrong usage."""

from __future__ import annotations

import asyncio
import html
import os
import re
import sqlite3
import sys
import traceback
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from bot import logs
from bot.clock import Clock
from bot.newfile import NotMade, new_file
from bot.refusals import Faults, Refusal
from bot.settings import Settings, SettingsRefused, read_settings
from bot.voice import Voice, voice
from storage.db import Database, DatabaseRefused
from storage.migrate import difference, migrate

T = TypeVar("T")

cli = typer.Typer(
    help="The bot of a school network: applications, courses, timetable, journal, roadmap.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)


class Stop(Exception):  # noqa: N818 - an answer
    """Refused or failed: one clear line for stderr, exit 1."""


# ── the bot ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cli.command()
def run() -> None:
    """The bot itself: long polling, or webhook when WEBHOOK_URL is set."""
    settings = _settings()
    if not settings.bot_token.get_secret_value():
        raise Stop("BOT_TOKEN is not set: put the token @BotFather gave you into .env (or try the bot without one: make demo)")
    logs.set_up(settings)
    _await(_run(settings))


async def _run(settings: Settings) -> None:
    from bot.app import App, Refused

    try:
        async with App(settings) as app:
            await app.run()
    except Refused as refused:
        raise Stop(str(refused)) from None


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the web chat listens (127.0.0.1).")] = 8080,
    tour: Annotated[bool, typer.Option("--tour", help="No page: play the whole story, print it as a dialogue.")] = False,
) -> None:
    """A local Telegram with the real bot on an invented network: no token, no network needed."""
    from bot.demo import PortTaken, StoryBroken, play_tour, serve

    try:
        _await(play_tour(out) if tour else serve(out, port))
    except (PortTaken, StoryBroken) as stopped:
        raise Stop(str(stopped)) from None


@cli.command()
def check() -> None:
    """Settings, database and schema, token, data folder, SQLite version: a line each; exit 1 on the first that cannot work."""
    settings = _settings()
    _ok("settings", f"TIME_ZONE={settings.time_zone}, LOCALE={settings.locale}, QUIET_HOURS={settings.quiet_hours}")
    _await(_check(settings))


async def _check(settings: Settings) -> None:
    async with _database(settings) as db:
        _ok("database", db.url.render_as_string(hide_password=True))
        if await difference(db):
            raise Stop("schema: the database's tables are not those of this version; restore a backup or report it")
        _ok("schema", "up to date")
    from bot.app import App, Refused

    if not settings.bot_token.get_secret_value():
        raise Stop("token: BOT_TOKEN is not set: put the token @BotFather gave you into .env")
    try:
        app = App(settings)
        try:
            _ok("token", f"@{await app.who_am_i()}")
        finally:
            await app.close()
    except Refused as refused:
        raise Stop(f"token: {refused}") from None
    for name, folder in (("DATA_DIR", settings.data_dir), ("JOURNAL_DIR", settings.journal_dir)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Stop(f"{name}: {folder}: {error.strerror}") from None
        if not os.access(folder, os.W_OK):
            raise Stop(f"{name}: {folder} cannot be written to")
        _ok(name, str(folder))
    _ok("SQLite", sqlite3.sqlite_version + (" (one writer at a time)" if sqlite3.sqlite_version_info < (3, 51, 3) else ""))


# ── the network ─────────────────────────────────────────────────────────────────────────────────────────────────────


@cli.command()
def template(file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")]) -> None:
    """An empty network workbook with headings, drop-downs and one explained example row per sheet."""
    from bot.workbook.template import template as made

    if file.exists():
        raise Stop(f"{file} exists already: choose another name, nothing is overwritten")
    try:
        file.write_bytes(made())
    except OSError as error:
        raise Stop(f"{file}: {error.strerror}") from None
    out.print(f"{file}: fill in the sheets, then: python -m bot load {file}")


@cli.command()
def load(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")],
    apply: Annotated[bool, typer.Option("--apply", help="Carry the plan out.")] = False,
) -> None:
    """The plan of a network workbook; with --apply, carries it out."""
    _await(_load(_settings(), file, apply=apply))


async def _load(settings: Settings, file: Path, *, apply: bool) -> None:
    from bot.services import network
    from bot.services.network_words import plan_lines
    from bot.services.programme import seed_programme

    now = _now()
    async with _database(settings) as db:
        year = settings.year(now.astimezone(settings.zone).date())
        book = await network.workbook_of(db, _read(file), file.name, academic_year=year)
        if apply:
            plan = await network.carry_out(db, book, by=None, now=now, zone=settings.zone)
            await seed_programme(db, year=year, now=now, zone=settings.zone)
        else:
            plan = await network.plan(db, book, now=now, zone=settings.zone)
        say = _say(settings)
        for line in plan_lines(plan, say):
            _line(line)
        if plan:
            _line(say("cli-applied") if apply else say("cli-apply-with", command=f"python -m bot load {file} --apply"))


@cli.command()
def journal(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    group: Annotated[str | None, typer.Option(help="The group's code, where the file does not name it.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Carry the plan out.")] = False,
) -> None:
    """The plan of journal files (XLSX, CSV); with --apply, carries it out."""
    _await(_journal(_settings(), files, group, apply=apply))


async def _journal(settings: Settings, files: list[Path], group: str | None, *, apply: bool) -> None:
    from bot.services.journal_uploads import plan_file
    from bot.services.journal_words import plan_lines

    say = _say(settings)
    async with _database(settings) as db:
        for path in files:
            plan = await plan_file(db, _read(path), path.name, now=_now(), settings=settings, group=group, apply=apply)
            _line(f"{path.name}:")
            for line in plan_lines(plan, say):
                _line(line)
    _line(say("cli-applied") if apply else say("cli-apply-with", command="python -m bot journal … --apply"))


@cli.command()
def invite(
    role: Annotated[str, typer.Argument(help="coordinator, director, teacher, partner, guardian or student")],
    code: Annotated[str, typer.Argument(help="The workbook's code of the member of staff, or of the pupil.")],
    ttl: Annotated[int, typer.Option(help="Hours it can be used.")] = 72,
) -> None:
    """A one-time deep link and the code in letters, for the person or pupil with that workbook code."""
    _await(_invite(_settings(), role, code, ttl))


async def _invite(settings: Settings, role: str, code: str, ttl: int) -> None:
    from bot.services.invitations import link, make_invitation

    say = _say(settings)
    async with _database(settings) as db:
        invited = await make_invitation(db, role, code, ttl_hours=ttl, now=_now())
        username = await _username(settings, db)
    _line(say("cli-invited", name=invited.for_whom, where=invited.where))
    if username:
        _line(link(username, invited.payload))
    else:
        _line(say("cli-no-link"))
    _line(say("cli-letters", letters=invited.letters, until=invited.expires_at))


@cli.command()
def invitations(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf")],
    class_name: Annotated[str | None, typer.Option("--class", help="One class, e.g. 7А; without it, every pupil.")] = None,
    staff: Annotated[bool, typer.Option("--staff", help="The staff of all organizations who are not in yet.")] = False,
    ttl: Annotated[int, typer.Option(help="Hours they can be used.")] = 72,
) -> None:
    """A4 sheets to cut, eight invitations each: name, class, QR of the deep link, the code in letters."""
    if staff and class_name is not None:
        raise typer.BadParameter("--staff and --class exclude each other")
    _await(_invitations(_settings(), file, class_name, staff=staff, ttl=ttl))


async def _invitations(settings: Settings, file: Path, class_name: str | None, *, staff: bool, ttl: int) -> None:
    from bot.documents.invitations import invitations_pdf
    from bot.services.invitations import invite_class, invite_staff

    say = _say(settings)
    with new_file(file) as kept:  # the codes in it let people in: nobody else on this machine reads them
        async with _database(settings) as db:
            username = await _username(settings, db)
            term = {"ttl_hours": ttl, "now": _now()}
            invited = await (invite_staff(db, **term) if staff else invite_class(db, class_name, **term))
        kept.write(invitations_pdf(invited, username, say))
    if not username:
        _line(say("cli-sheets-no-bot"))
    _line(say("cli-sheets", count=len(invited), file=str(file), until=invited[0].expires_at))


async def _username(settings: Settings, db: Database) -> str | None:
    """The bot's username: asked of Telegram once and kept; None while it cannot be known."""
    from bot.app import App, Refused
    from storage import notes

    token = settings.bot_token.get_secret_value()
    name = f"username:{token.split(':')[0]}"
    async with db.read() as tx:
        kept = await notes.note(tx, name)
    if kept or not token:
        return kept
    try:
        app = App(settings)
        try:
            username = await app.who_am_i()
        finally:
            await app.close()
    except Refused:
        return None
    async with db.write() as tx:
        await notes.keep(tx, name, username)
    return username


# ── keeping ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cli.command()
def backup(file: Path) -> None:
    """A consistent copy while the bot runs, with its SHA-256 beside."""
    from storage.backup import BackupRefused, back_up

    try:
        digest = back_up(_sqlite_file(_settings()), file)
    except BackupRefused as refused:
        raise Stop(str(refused)) from None
    _line(f"{file}  sha256 {digest}")


@cli.command()
def restore(
    file: Path,
    force: Annotated[bool, typer.Option("--force", help="Replace a database that is there (it is kept beside).")] = False,
) -> None:
    """Put a copy in the database's place; a damaged one is refused, nothing is overwritten without --force."""
    from bot.app import Refused, alone
    from storage.backup import BackupRefused

    settings = _settings()
    try:
        with alone(_sqlite_file(settings)):
            forgotten = _await(_restore(settings, file, force=force))
    except (BackupRefused, Refused) as refused:
        raise Stop(str(refused)) from None
    _line(_say(settings)("cli-restored", file=str(file), count=forgotten))


async def _restore(settings: Settings, file: Path, *, force: bool) -> int:
    """Restore; whoever withdrew their consent after the copy was taken is erased from it again. Returns how many."""
    from bot.services.mydata import erase_again, erasures
    from storage.backup import check as checked
    from storage.backup import restore as put_back

    database = _sqlite_file(settings)
    checked(file)
    carried = None
    if database.exists() and force:
        async with _database(settings) as db:
            carried = await erasures(db)
    put_back(file, database, force=force)
    async with _database(settings) as db:
        return await erase_again(db, carried, now=_now()) if carried else 0


@cli.command()
def doctor() -> None:
    """Invariants of delivery and data, checked on the live database; prints violations, exit 1 if any."""
    _await(_doctor(_settings()))


async def _doctor(settings: Settings) -> None:
    from storage.doctor import INVARIANTS, violations

    async with _database(settings) as db, db.read() as tx:
        wrong = await violations(tx)
    for name, count in wrong.items():
        _line(f"{count} × {name}")
    if wrong:
        raise Stop("the database holds what must not be: see above")
    _ok("doctor", f"{len(INVARIANTS)} questions, all well")


def _sqlite_file(settings: Settings) -> Path:
    if not settings.database_url.startswith("sqlite"):
        raise Stop("backup and restore are for SQLite; for PostgreSQL use pg_dump and pg_restore (docs/operations.md)")
    return Path(settings.database_url.removeprefix("sqlite+aiosqlite:///"))


# ── how it is done ──────────────────────────────────────────────────────────────────────────────────────────────────


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsRefused as refused:
        raise Stop(str(refused)) from None


def _say(settings: Settings) -> Voice:
    return voice(settings.locale, settings.zone)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    """The database with its schema brought up to date."""
    db = Database(settings.database_url)
    try:
        await db.open()
        await migrate(db)
        yield db
    except DatabaseRefused as refused:
        raise Stop(str(refused)) from None
    finally:
        await db.close()


def _now() -> Any:
    return Clock().now()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Stop(f"{file}: {error.strerror}") from None


def _ok(name: str, what: str) -> None:
    out.print(f"[green]✓[/green] {name}: ", end="")
    out.print(what, markup=False)


def _await(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in the fastest loop there is."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)


def _line(sentence: str) -> None:
    """A sentence of the chat as the terminal shows it."""
    out.print(html.unescape(re.sub(r"</?[a-z][^>]*>", "", sentence)), markup=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line as a function: returns the exit code, prints what a person should read, never a traceback."""
    try:
        code = cli(args=arguments, prog_name="python -m bot", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (Stop, NotMade) as stop:
        return _fail(str(stop))
    except Faults as faults:
        say = _say(_settings())
        for fault in faults.faults:
            print(say.plain(fault.key, **fault.facts), file=sys.stderr)  # noqa: T201
        return _fail(say.plain(faults.key, **faults.facts))
    except Refusal as refusal:
        return _fail(_say(_settings()).plain(refusal.key, **refusal.facts))
    except (KeyboardInterrupt, typer.Abort):
        return _fail("stopped")
    except typer.Exit as left:
        return left.exit_code
    except typer.TyperException as usage:
        print(f"{usage.format_message()}\nSee: python -m bot --help", file=sys.stderr)  # noqa: T201
        return 2
    except Exception as error:
        return _crash(error)


def _fail(line: str) -> int:
    print(line, file=sys.stderr)  # noqa: T201
    return 1


def _crash(error: Exception) -> int:
    """Our own fault: the details go to a file, one line to the person."""
    import tempfile

    with tempfile.NamedTemporaryFile("w", prefix="bot-crash-", suffix=".log", delete=False) as kept:
        kept.write("".join(traceback.format_exception(error)))
    return _fail(
        f"this is the bot's own fault ({type(error).__name__}); nothing was half done. Details for its makers: {kept.name}"
    )


if __name__ == "__main__":
    sys.exit(main())
