"""The command line. Exit codes: 0 done, 1 refused or failed with one clear line on stderr, 2 wrong usage."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.answers import told
from bot.cli.crashes import keep_crash
from bot.cli.help import in_language
from bot.cli.keeping import keeping
from bot.cli.newfile import NotMade, new_file
from bot.refusals import Faults, Refusal
from bot.settings import Settings, SettingsRefused, read_settings
from bot.terminal import (
    Stop,
    awaited,
    content_of,
    language,
    moment,
    opened,
    out,
    program,
    settings_or_stop,
    spoken,
    tell,
    tick,
    typed,
)
from storage.db import Database
from storage.disk import UMASK
from storage.migrate import difference

cli = typer.Typer(
    help="The bot of a school network: applications, courses, timetable, journal, roadmap.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


# ── the bot ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cli.command()
def run() -> None:
    """The bot itself: long polling, or webhook when WEBHOOK_URL is set."""
    settings = settings_or_stop()
    if not settings.bot_token.get_secret_value():
        raise Stop("BOT_TOKEN is not set: put the token @BotFather gave you into .env (or try the bot without one: make demo)")
    logs.set_up(settings)
    awaited(_run(settings))


async def _run(settings: Settings) -> None:
    from bot.app import App, Refused

    try:
        async with App(settings) as app:
            await app.run()
    except Refused as refused:
        raise Stop(str(refused)) from None


@cli.command()
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


@cli.command()
def check() -> None:
    """Settings, database and schema, token, data folder, SQLite version: a line each; exit 1 on the first that cannot work."""
    settings = settings_or_stop()
    tick("settings", f"TIME_ZONE={settings.time_zone}, LOCALE={settings.locale}, QUIET_HOURS={settings.quiet_hours}")
    awaited(_check(settings))


async def _check(settings: Settings) -> None:
    async with opened(settings) as db:
        tick("database", db.url.render_as_string(hide_password=True))
        if await difference(db):
            raise Stop("schema: the database's tables are not those of this version; restore a backup or report it")
        tick("schema", "up to date")
    from bot.app import App, Refused

    if not settings.bot_token.get_secret_value():
        raise Stop("token: BOT_TOKEN is not set: put the token @BotFather gave you into .env")
    try:
        app = App(settings)
        try:
            tick("token", f"@{await app.who_am_i()}")
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
        tick(name, str(folder))
    tick("SQLite", sqlite3.sqlite_version + (" (one writer at a time)" if sqlite3.sqlite_version_info < (3, 51, 3) else ""))


# ── the network ─────────────────────────────────────────────────────────────────────────────────────────────────────


@cli.command()
def template(file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")]) -> None:
    """An empty network workbook with headings, drop-downs and one explained example row per sheet."""
    from bot.reading.workbook.template import template as made

    if file.exists():
        raise Stop(f"{file} exists already: choose another name, nothing is overwritten")
    try:
        file.write_bytes(made())
    except OSError as error:
        raise Stop(f"{file}: {error.strerror}") from None
    tell(language()("cli-fill-in", file=str(file), command=typed("load", file)))


@cli.command()
def load(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")],
    apply: Annotated[bool, typer.Option("--apply", help="Carry the plan out.")] = False,
) -> None:
    """The plan of a network workbook; with --apply, carries it out."""
    awaited(_load(settings_or_stop(), file, apply=apply))


async def _load(settings: Settings, file: Path, *, apply: bool) -> None:
    from bot.services.network import network
    from bot.services.roadmap.programme import seed_programme
    from bot.words.network import plan_lines

    now = moment()
    async with opened(settings) as db:
        year = settings.year(now.astimezone(settings.zone).date())
        book = await network.workbook_of(db, content_of(file), file.name, academic_year=year)
        if apply:
            plan = await network.carry_out(db, book, by=None, now=now, zone=settings.zone)
            await seed_programme(db, year=year, now=now, zone=settings.zone)
        else:
            plan = await network.plan(db, book, now=now, zone=settings.zone)
        say = spoken(settings)
        for line in plan_lines(plan, say):
            tell(line)
        if plan:
            tell(say("cli-applied") if apply else say("cli-apply-with", command=typed("load", file, "--apply")))


@cli.command()
def journal(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    group: Annotated[str | None, typer.Option(help="The group's code, where the file does not name it.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Carry the plan out.")] = False,
) -> None:
    """The plan of journal files (XLSX, CSV); with --apply, carries it out."""
    awaited(_journal(settings_or_stop(), files, group, apply=apply))


async def _journal(settings: Settings, files: list[Path], group: str | None, *, apply: bool) -> None:
    from bot.services.journal.uploads import plan_file
    from bot.words.journal import plan_lines

    say = spoken(settings)
    async with opened(settings) as db:
        for path in files:
            plan = await plan_file(db, content_of(path), path.name, now=moment(), settings=settings, group=group, apply=apply)
            tell(f"{path.name}:")
            for line in plan_lines(plan, say):
                tell(line)
    tell(
        say("cli-applied")
        if apply
        else say("cli-apply-with", command=typed("journal", *files, *(("--group", group) if group else ()), "--apply"))
    )


@cli.command()
def invite(
    role: Annotated[str, typer.Argument(help="coordinator, director, teacher, partner, guardian or student")],
    code: Annotated[str, typer.Argument(help="The workbook's code of the member of staff, or of the pupil.")],
    ttl: Annotated[int, typer.Option(help="Hours it can be used.")] = 72,
) -> None:
    """A one-time deep link and the code in letters, for the person or pupil with that workbook code."""
    awaited(_invite(settings_or_stop(), role, code, ttl))


async def _invite(settings: Settings, role: str, code: str, ttl: int) -> None:
    from bot.services.people.invitations import link, make_invitation

    say = spoken(settings)
    async with opened(settings) as db:
        invited = await make_invitation(db, role, code, ttl_hours=ttl, now=moment())
        username = await _username(settings, db)
    tell(say("cli-invited", name=invited.for_whom, where=invited.where))
    if username:
        tell(link(username, invited.payload))
    else:
        tell(say("cli-no-link"))
    tell(say("cli-letters", letters=invited.letters, until=invited.expires_at))


@cli.command()
def invitations(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf")],
    class_name: Annotated[str | None, typer.Option("--class", help="One class, e.g. 7А; without it, every pupil.")] = None,
    staff: Annotated[bool, typer.Option("--staff", help="The staff of all organizations who are not in yet.")] = False,
    ttl: Annotated[int, typer.Option(help="Hours they can be used.")] = 24 * 14,
) -> None:
    """A4 sheets to cut, eight invitations each: name, class, QR of the deep link, the code in letters."""
    if staff and class_name is not None:
        raise typer.BadParameter("--staff and --class exclude each other")
    awaited(_invitations(settings_or_stop(), file, class_name, staff=staff, ttl=ttl))


async def _invitations(settings: Settings, file: Path, class_name: str | None, *, staff: bool, ttl: int) -> None:
    from bot.documents.invitations import invitations_pdf
    from bot.services.people.sheets import invite_class, invite_staff

    say = spoken(settings)
    with new_file(file) as kept:  # the codes in it let people in: nobody else on this machine reads them
        async with opened(settings) as db:
            username = await _username(settings, db)
            if staff:
                invited = await invite_staff(db, ttl_hours=ttl, now=moment())
            else:
                invited = await invite_class(db, class_name, ttl_hours=ttl, now=moment())
        kept.write(invitations_pdf(invited, username, say))
    if not username:
        tell(say("cli-sheets-no-bot"))
    tell(say("cli-sheets", count=len(invited), file=str(file), until=invited[0].expires_at))


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


allocations = typer.Typer(help="A published distribution of places: shown, or computed once more.", no_args_is_help=True)
cli.add_typer(allocations, name="allocation")


@allocations.command("show")
def allocation_show(number: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Who was placed where, by which lots."""
    awaited(_allocation_show(settings_or_stop(), number))


async def _allocation_show(settings: Settings, number: int) -> None:
    from bot.services.allocation.allocation import look
    from bot.words.allocation import seen_lines

    async with opened(settings) as db, db.read() as tx:
        for each in seen_lines(await look(tx, number), spoken(settings)):
            tell(each)


@allocations.command("rerun")
def allocation_rerun(number: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Compute a published distribution once more from its seed; exit 1 if it comes out differently."""
    awaited(_allocation_rerun(settings_or_stop(), number))


async def _allocation_rerun(settings: Settings, number: int) -> None:
    from bot.services.allocation.allocation import rerun
    from bot.words.allocation import checked_lines

    async with opened(settings) as db:
        checked = await rerun(db, number)
    for each in checked_lines(checked, spoken(settings)):
        tell(each)
    if not checked.well:
        raise Stop("the distribution does not come out as published")


cli.add_typer(keeping)


# ── the command line as a whole ─────────────────────────────────────────────────────────────────────────────────────


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line as a function: returns the exit code, prints what a person should read, never a traceback.

    Whatever it makes (database, copies, logs, a library's temporary file) only its own user may read.
    """
    was = os.umask(UMASK)
    try:
        return _main(arguments)
    finally:
        os.umask(was)


def _main(arguments: Sequence[str] | None) -> int:
    try:
        command = in_language(typer.main.get_command(cli), language())
        code = command.main(args=arguments, prog_name=program(), standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (Stop, NotMade) as stop:
        return _fail(str(stop))
    except Faults as faults:
        say = spoken(settings_or_stop())
        for fault in faults.faults:
            print(say.plain(fault.key, **fault.facts), file=sys.stderr)  # noqa: T201
        return _fail(say.plain(faults.key, **faults.facts))
    except Refusal as refusal:
        return _fail(spoken(settings_or_stop()).plain(refusal.key, **refusal.facts))
    except (KeyboardInterrupt, typer.Abort):
        return _fail("stopped")
    except typer.Exit as left:
        return left.exit_code
    except typer.TyperException as usage:
        say = language()
        see = say.plain("cli-see-help", command=typed("--help"))
        print(f"{told(usage.format_message(), say)}\n{see}", file=sys.stderr)  # noqa: T201
        return 2
    except Exception as error:
        return _crash(error)


def _fail(line: str) -> int:
    print(told(line, language()), file=sys.stderr)  # noqa: T201
    return 1


def _crash(error: Exception) -> int:
    """Our own fault: where it broke goes to a file, one line to the person. What it broke on may be a child's name: nowhere."""
    where, kind = logs.places(error), type(error).__name__
    try:
        file = keep_crash(_data_dir(), where, moment())
    except OSError:
        return _fail(f"this is the bot's own fault ({kind}); nothing was half done. It broke at {where}")
    return _fail(f"this is the bot's own fault ({kind}); nothing was half done. Details for its makers: {file}")


def _data_dir() -> Path:
    try:
        return read_settings().data_dir
    except SettingsRefused:
        return Path("data")


if __name__ == "__main__":
    sys.exit(main())
