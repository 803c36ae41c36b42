"""The command of journal files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.refusals import Faults
from bot.settings import Settings
from bot.terminal import awaited, content_of, moment, opened, settings_or_stop, spoken, tell, typed

journals = typer.Typer()


@journals.command()
def journal(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…")],
    group: Annotated[str | None, typer.Option(help="The group's code, where the file does not name it.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Carry the plan out.")] = False,
) -> None:
    """The plan of journal files (XLSX, ODS, XLS, CSV); with --apply, carries it out."""
    awaited(_journal(settings_or_stop(), files, group, apply=apply))


async def _journal(settings: Settings, files: list[Path], group: str | None, *, apply: bool) -> None:
    from bot.services.journal.uploads import Brought, plan_file
    from bot.words.journal import plan_lines

    say = spoken(settings)
    async with opened(settings) as db:
        every = [Brought(path.name, content_of(path), group) for path in files]
        for number, path in enumerate(files):
            brought = replace(every[number], beside=(*every[:number], *every[number + 1 :]))
            plan = await plan_file(db, brought, now=moment(), settings=settings, apply=apply)
            tell(f"{path.name}:")
            for line in plan_lines(plan, say):
                tell(line)
            if plan.open:
                raise Faults("journal-questions", [one.fault for one in plan.open])
    tell(
        say("cli-applied")
        if apply
        else say("cli-apply-with", command=typed("journal", *files, *(("--group", group) if group else ()), "--apply"))
    )
