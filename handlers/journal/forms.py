"""Blank forms of somebody's groups, offered where a file could not be read."""

from __future__ import annotations

from collections.abc import Callable

from bot.services.network.years import running_now
from bot.visit import Button, Packs, Visit
from bot.words.entries import short
from storage.journal import journal

MOST = 6  # groups


async def forms_of(visit: Visit, to: Callable[..., Packs]) -> list[list[Button]]:
    """A button a group this person keeps the journal of, of the running year."""
    async with visit.db.read() as tx:
        found = await journal.groups(
            tx,
            year=(await running_now(tx, visit.today)).year,
            teachers=visit.person.staff_as("teacher"),
            organizations=visit.person.organizations_as("partner"),
        )
    return [
        [visit.button("button-journal-form-of", to(group=one.id), group=one.code, course=short(one.course))]
        for one in found[:MOST]
    ]
