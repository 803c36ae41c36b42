"""The commands that let people in: invite, invitations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.newfile import new_file
from bot.clock import Moment
from bot.settings import Settings
from bot.terminal import awaited, moment, opened, settings_or_stop, spoken, tell
from storage.db import Database

people = typer.Typer()


@people.command()
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


@people.command()
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
                invited = await invite_class(db, class_name, ttl_hours=ttl, at=Moment(moment(), settings.zone))
        kept.write(invitations_pdf(invited, username, say))
    if not username:
        tell(say("cli-sheets-no-bot"))
    tell(say("cli-sheets", count=len(invited), file=str(file), until=invited[0].expires_at))


async def _username(settings: Settings, db: Database) -> str | None:
    """The bot's username: asked of Telegram once and kept; None while it cannot be known."""
    from storage import notes

    token = settings.bot_token.get_secret_value()
    name = notes.username_of(token)
    async with db.read() as tx:
        kept = await notes.note(tx, name)
    if kept or not token:
        return kept
    from bot.standing import Refused
    from bot.telegram.reaching import username_of  # only now: aiogram is half a second of reading

    try:
        username = await username_of(settings)
    except Refused:
        return None
    async with db.write() as tx:
        await notes.keep(tx, name, username)
    return username
