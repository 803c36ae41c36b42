"""Invitations on sheets that are printed and cut: for a class, for all, for the staff; children of one name told apart."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Moment
from bot.documents.invitations import invitations_pdf
from bot.policy import Person as Known
from bot.policy import Thing, require
from bot.reading.workbook.rows import fold_class
from bot.refusals import Refusal
from bot.services.network.years import this_year
from bot.services.people.invitations import Invited, check_term, classmates, make
from bot.voice import Say
from storage.db import Database, Tx
from storage.people import invitations, people
from storage.people.invitations import Target

PRINTED_HOURS = 24 * 14  # a sheet waits for the parents' meeting


async def invite_class(db: Database, class_name: str | None, *, ttl_hours: int = PRINTED_HOURS, at: Moment) -> list[Invited]:
    """An invitation for a guardian of every pupil of a class («7А»), or of all: for the sheets that are printed and cut."""
    check_term(ttl_hours)
    async with db.write() as tx:
        everybody = await _pupils(tx, at)
        chosen = [each for each in everybody if class_name is None or fold_class(each.where) == fold_class(class_name)]
        if not chosen:
            raise Refusal("invite-no-pupils") if class_name is None else Refusal("invite-empty-class", name=class_name)
        return _apart(await make(tx, "guardian", chosen, ttl_hours=ttl_hours, now=at.now, by=None), chosen, everybody)


async def _pupils(tx: Tx, at: Moment) -> list[Target]:
    """Every pupil with today's class, but those who have left school."""
    return [one for one in await invitations.targets(tx, await this_year(tx, at.today), kind="pupil") if one.where]


@dataclass(frozen=True)
class Cards:
    """Invitations made for the families of a class."""

    class_name: str
    made: list[Invited]


@dataclass(frozen=True)
class Sheets:
    """A file to print, how many cards are on it, and until when they let in."""

    name: str
    content: bytes
    count: int
    until: datetime


async def invite_classmates(db: Database, like: int, *, missing: bool, by: Known, at: Moment) -> Cards:
    """Cards for the class of the pupil with the id `like`, from the chat; `missing`: only where no guardian is in yet.

    Refusals: gone, not-yours, invite-class-in.
    """
    require(by, "network.invite", Thing())
    async with db.write() as tx:
        theirs = await classmates(tx, like, at.today)
        class_name = theirs[0].where
        if not class_name:
            raise Refusal("gone")
        require(by, "network.invite", Thing(school_id=theirs[0].school_id))
        entered = await invitations.entered_families(tx, [each.id for each in theirs]) if missing else ()
        chosen = [each for each in theirs if each.id not in entered]
        if not chosen:
            raise Refusal("invite-class-in", class_name=class_name)
        made = await make(tx, "guardian", chosen, ttl_hours=PRINTED_HOURS, now=at.now, by=by)
        return Cards(class_name, _apart(made, chosen, theirs))


async def printed(cards: Cards, username: str | None, say: Say) -> Sheets:
    """The cards as a file to print and cut, with the bot's name on each."""
    content = await asyncio.to_thread(invitations_pdf, cards.made, username, say)
    name = say.plain("invite-sheets-file", class_name=cards.class_name)
    return Sheets(name, content, len(cards.made), cards.made[0].expires_at)


def _apart(made: list[Invited], chosen: list[Target], everybody: list[Target]) -> list[Invited]:
    """The cards with names that tell the children of a class apart: «Миша», or «Миша П.» where there are two."""
    classes: dict[tuple[int | None, str], list[Target]] = defaultdict(list)
    for one in everybody:
        classes[one.school_id, one.where].append(one)
    named: list[Invited] = []
    for each, target in zip(made, chosen, strict=True):
        others = [other.full_name for other in classes[target.school_id, target.where] if other.id != target.id]
        named.append(replace(each, first_name=name_apart(target.full_name, others) or f"{each.first_name}, {target.code}"))
    return named


def name_apart(full_name: str, others: Iterable[str]) -> str | None:
    """The shortest name that none of these others bears: «Миша», «Миша П.», «Миша Петров», «Миша Алексеевич Петров»; else None."""
    theirs = [_names(other) for other in others]
    for number, mine in enumerate(_names(full_name)):
        if mine not in {other[number] for other in theirs}:
            return mine
    return None


def _names(full_name: str) -> tuple[str, str, str, str]:
    surname, name = full_name.partition(" ")[0], people.first_name(full_name)
    rest = " ".join(full_name.split()[1:])
    return name, f"{name} {surname[:1]}.", f"{name} {surname}", f"{rest} {surname}"


async def invite_staff(db: Database, *, ttl_hours: int = PRINTED_HOURS, now: datetime) -> list[Invited]:
    """An invitation for every member of staff who is not in yet, by organization and name; each to their own post."""
    check_term(ttl_hours)
    async with db.write() as tx:
        entered = await invitations.entered_staff(tx)
        waiting = [each for each in await invitations.targets(tx, None, kind="staff") if each.id not in entered]
        if not waiting:
            raise Refusal("invite-all-in")
        made: list[Invited] = []
        for target in sorted(waiting, key=lambda each: (each.where, each.full_name, each.id)):
            made += await make(tx, target.role or "", [target], ttl_hours=ttl_hours, now=now, by=None)
        return made
