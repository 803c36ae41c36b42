"""«Сколько курсов нужно»: who has as many courses as they asked for leaves the other lines, and is told."""

from __future__ import annotations

from datetime import datetime

from bot.notices.offers import EnoughCourses
from bot.policy import Thing
from bot.services.enrollment.choices import letter_facts, tell_family, walk
from storage.db import Database
from storage.offers import offers, promised


async def leave_other_lines(db: Database, *, now: datetime) -> None:
    """Wishes nobody needs any more: the child has its number of courses. Safe to repeat at any time."""
    async with db.read() as tx:
        enough = await promised.satisfied(tx)
    for choice_id in enough:
        await _suffice(db, choice_id, now=now)


async def _suffice(db: Database, choice_id: int, *, now: datetime) -> None:
    async with db.write() as tx:
        choice = (await offers.locked(tx, [choice_id])).get(choice_id)
        if choice is None or choice_id not in await promised.satisfied(tx, [choice_id]):
            return
        await walk(tx, choice, "suffice", by=None, thing=Thing(), now=now)
        choice.reserve_at = None
        about = (await offers.about(tx, [choice_id])).get(choice_id)
        if about is None:
            return
        notice = EnoughCourses(
            **letter_facts(about, now),
            count=await promised.learns_in(tx, about.application_id),
        )
        await tell_family(tx, about.pupil_id, notice, now=now)
