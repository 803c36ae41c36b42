"""The commands of published distributions: allocation show, allocation rerun."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.settings import Settings
from bot.terminal import Stop, awaited, opened, settings_or_stop, spoken, tell

allocations = typer.Typer(help="A published distribution of places: shown, or computed once more.", no_args_is_help=True)


@allocations.command("show")
def allocation_show(number: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """Who was placed where, by which lots."""
    awaited(_allocation_show(settings_or_stop(), number))


async def _allocation_show(settings: Settings, number: int) -> None:
    from bot.services.allocation.allocation import look
    from bot.services.allocation.view import overview
    from bot.words.allocation import seen_lines

    async with opened(settings) as db, db.read() as tx:
        seen = await look(tx, number)
        without = (await overview(tx, seen)).without
        for each in seen_lines(seen, without, spoken(settings)):
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
