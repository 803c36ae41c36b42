"""«Сколько курсов нужно»: who has as many courses as they asked for leaves the other lines, and is told.

Who holds as many seats, promised or given, takes no other «по порядку» meanwhile: that wish waits besides, and is seated when one
of the seats falls away.
"""

from __future__ import annotations

from datetime import date, datetime

from bot.notices.offers import EnoughCourses, WantedAgain
from bot.policy import Thing
from bot.services.courses.catalogue import day_of
from bot.services.enrollment.applications import seat
from bot.services.enrollment.choices import walk
from bot.services.enrollment.telling import letter_facts, tell_family
from storage.courses import courses
from storage.db import Database
from storage.enrollment import enrollment
from storage.offers import offers, promised


async def leave_other_lines(db: Database, *, now: datetime) -> None:
    """Wishes nobody needs any more: the child has its number of courses. Safe to repeat at any time."""
    async with db.read() as tx:
        enough = await promised.satisfied(tx)
    for choice_id in enough:
        await _suffice(db, choice_id, now=now)


async def seat_those_wanted_again(db: Database, *, now: datetime, today: date) -> None:
    """A seat was given up: the wish that waited besides gets its own, or a place in the line. Safe to repeat at any time."""
    async with db.read() as tx:
        again = await promised.wanted_again(tx, today)
    for choice_id in again:
        await _seat(db, choice_id, now=now, today=today)


async def _seat(db: Database, choice_id: int, *, now: datetime, today: date) -> None:
    async with db.write() as tx:
        choice = (await offers.locked(tx, [choice_id])).get(choice_id)
        if choice is None or not await promised.wanted_again(tx, today, [choice_id]):
            return
        about = (await offers.about(tx, [choice_id]))[choice_id]
        await enrollment.lock_groups(tx, [choice.course_id])
        (offer,) = await courses.offers(tx, [choice.course_id], current=False)
        day = await day_of(tx, about.pupil_id, today, offer.year, {offer.id: offer}, without=[about.application_id])
        await seat(tx, choice, offer, day, now)
        if choice.group_id is None:
            return  # the hours stand against it
        await tx.flush()
        waits = choice.reserve_at is not None
        notice = WantedAgain(
            **letter_facts(about, now),
            number=await enrollment.number_in_line(tx, choice_id) if waits else 0,
        )
        await tell_family(tx, about.pupil_id, notice, now=now)


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
