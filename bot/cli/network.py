"""The commands of the network's workbook: template, load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.clock import Moment
from bot.settings import Settings
from bot.terminal import Stop, awaited, content_of, language, moment, opened, settings_or_stop, spoken, tell, typed

network = typer.Typer()


@network.command()
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


@network.command()
def load(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")],
    year: Annotated[int | None, typer.Option(metavar="2026", help="The academic year, where the book does not tell.")] = None,
    classes: Annotated[
        Literal["now", "next"] | None, typer.Option(help="Whose classes «Ученики» holds, where most pupils stand one higher.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Carry the plan out.")] = False,
) -> None:
    """The plan of a network workbook; with --apply, carries it out."""
    awaited(_load(settings_or_stop(), file, year, classes, apply=apply))


async def _load(settings: Settings, file: Path, year: int | None, classes: Literal["now", "next"] | None, *, apply: bool) -> None:
    from bot.services.network import network as books
    from bot.services.network.classes import Said
    from bot.services.roadmap.programme import programme_year, seed_programme
    from bot.words.network import plan_lines

    now = moment()
    async with opened(settings) as db:
        today = now.astimezone(settings.zone).date()
        book = await books.workbook_of(db, content_of(file), file.name, at=Moment(now, settings.zone), said=Said(year, classes))
        if apply:
            plan = await books.carry_out(db, book, by=None, now=now, zone=settings.zone)
            await seed_programme(db, year=programme_year(today), now=now, zone=settings.zone)
        else:
            plan = await books.plan(db, book, now=now, zone=settings.zone)
        say = spoken(settings)
        for line in plan_lines(plan, say):
            tell(line)
        if plan:
            said = [*(("--year", str(year)) if year else ()), *(("--classes", classes) if classes else ())]
            tell(say("cli-applied") if apply else say("cli-apply-with", command=typed("load", file, *said, "--apply")))
