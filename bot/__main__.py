"""The command line as a whole; its commands stand in bot/cli, by subject.

Exit codes: 0 done, 1 refused or failed with one clear line on stderr, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from bot import logs
from bot.answers import told
from bot.cli.allocation import allocations
from bot.cli.crashes import damage, keep_crash, of_the_machine
from bot.cli.help import in_language
from bot.cli.journal import journals
from bot.cli.keeping import keeping
from bot.cli.network import network
from bot.cli.newfile import NotMade
from bot.cli.people import people
from bot.cli.running import running
from bot.refusals import Faults, Refusal
from bot.settings import SettingsRefused, read_settings
from bot.terminal import Stop, language, moment, program, settings_or_stop, spoken, typed
from storage.disk import UMASK

cli = typer.Typer(
    help="The bot of a school network: applications, courses, timetable, journal, roadmap.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for part in (running, network, journals, people):
    cli.add_typer(part)
cli.add_typer(allocations, name="allocation")
cli.add_typer(keeping)


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
    """What nobody foresaw. A damaged database is its operator's, and so is a file without rights or a full disk; else it is our own fault: where it broke goes to a file, one line to the person. What it broke on may be a child's name: nowhere."""
    if why := damage(error):
        command = typed("drill")
        return _fail(f"the database is damaged ({why}): stop the bot, copy {_data_dir()} aside, then {command}")
    if why := of_the_machine(error):
        return _fail(why)
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
