"""A place that falls free: offered to the head of the line, taken back or passed on when nobody answers. By the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.notices.offers import PlaceOffered, PlacePassedOn, PlaceTakenBack
from bot.policy import Thing
from bot.services.courses.offered import is_open
from bot.services.enrollment.choices import walk
from bot.services.enrollment.telling import letter_facts, tell_family
from bot.services.offers.enough import leave_other_lines, seat_those_wanted_again
from bot.services.offers.hours import hold
from bot.services.offers.telling import of_choice, of_offer, reminder, somebody_behind, tell_staff
from bot.settings import Settings
from storage.courses import courses
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.offers import offers, promised
from storage.offers.offers import About
from storage.tables import Choice


async def run_offers(db: Database, *, now: datetime, settings: Settings) -> None:
    """Pass on what nobody answered, remind at half time, offer free places to their lines. Safe to repeat at any time."""
    today = now.astimezone(settings.zone).date()
    await leave_other_lines(db, now=now)
    await seat_those_wanted_again(db, now=now, today=today)
    async with db.read() as tx:
        overdue, half_over = await offers.overdue(tx, now), await offers.half_over(tx, now)
        over = await promised.promised_too_many(tx)
    for choice_id in overdue:
        await lapse(db, choice_id, now=now, today=today)
    for choice_id in half_over:
        await _remind(db, choice_id, now=now)
    for group_id in over:
        await take_back(db, group_id, now=now)
    async with db.read() as tx:
        free, shrunk = await offers.with_places_for_their_line(tx, today), await promised.keeping_too_many(tx)
        free = [group_id for group_id in free if await _line(tx, group_id)]
    for group_id in shrunk:
        await _keep_no_more_than_free(db, group_id)
    for group_id in free:
        await offer_places(db, group_id, now=now, settings=settings)
    async with db.write() as tx:
        await offers.end_those_withdrawn(tx, now)
        await offers.keep_numbers(tx, await offers.unnumbered(tx))


async def offer_places(db: Database, group_id: int, *, now: datetime, settings: Settings) -> int:
    """Offer the free places of a group to the head of its line. Returns how many were offered.

    Who stands ahead but still waits for the school's word is not overtaken: a free place waits for them. Approved is enough:
    nobody in a line is part of a request, so no answer of a partner is waited for.
    """
    async with db.write() as tx:
        room = await offers.room(tx, group_id)
        if room is None or not room.due:
            return 0
        heads = [choice_id for choice_id, _ in (await _line(tx, group_id))[: room.due]]
        # Choices before groups, as everybody locks them; then the line and the seats are read as they stand.
        held = await offers.locked(tx, heads)
        await enrollment.lock_groups(tx, [room.course_id])
        room = await offers.room(tx, group_id)
        if room is None:
            return 0
        line = (await _line(tx, group_id))[: room.due]
        chosen = [choice_id for choice_id, state in line if state in ("reserve", "approved") and choice_id in held]
        about = await offers.about(tx, chosen)
        for choice_id in chosen:
            await _offer(tx, held[choice_id], about[choice_id], now=now, settings=settings)
        return len(chosen)


async def _line(tx: Tx, group_id: int) -> list[tuple[int, str]]:
    """The line without those who hold as many seats as they wanted: they keep their place in it, and are passed over."""
    line = await offers.line(tx, group_id)
    enough = await promised.with_enough(tx, [choice_id for choice_id, _ in line])
    return [(choice_id, state) for choice_id, state in line if choice_id not in enough]


async def _offer(tx: Tx, choice: Choice, about: About, *, now: datetime, settings: Settings) -> None:
    await walk(tx, choice, "offer", by=None, thing=Thing(), now=now)
    choice.reserve_at = None  # from now on it holds the seat
    deadline = await hold(tx, choice.id, about.school_id, now=now, settings=settings)
    await tell_family(tx, about.pupil_id, of_offer(PlaceOffered, about, now, deadline), now=now)


async def take_back(db: Database, group_id: int, *, now: datetime) -> int:
    """Seats were taken away while places were offered: the last offered go back to the head of the line, and are told so.

    Returns how many.
    """
    async with db.write() as tx:
        room = await offers.room(tx, group_id)
        if room is None:
            return 0
        held = await offers.locked(tx, await promised.newest_open(tx, group_id, max(room.taken - room.seats, 0)))
        await enrollment.lock_groups(tx, [room.course_id])
        room = await offers.room(tx, group_id)
        excess = room.taken - room.seats if room is not None else 0
        chosen = [each for each in await promised.newest_open(tx, group_id, max(excess, 0)) if each in held]
        about = await offers.about(tx, chosen)
        for choice_id in chosen:
            choice = held[choice_id]
            first = await offers.head_of_line(tx, group_id)
            await walk(tx, choice, "take-back", by=None, thing=Thing(), now=now)
            choice.reserve_at = min(now, first - timedelta(microseconds=1)) if first is not None else now
            await offers.end_offer(tx, choice_id, "taken-back", now)
            await tx.flush()
        for choice_id in chosen:
            one = about[choice_id]
            number = await enrollment.number_in_line(tx, choice_id)
            notice = PlaceTakenBack(**letter_facts(one, now), number=number)
            await tell_family(tx, one.pupil_id, notice, now=now)
        return len(chosen)


async def _remind(db: Database, choice_id: int, *, now: datetime) -> None:
    async with db.write() as tx:
        held = await offers.locked(tx, [choice_id])
        offer, about = await offers.open_offer(tx, choice_id), await offers.about(tx, [choice_id])
        if offer is None or offer.reminded_at is not None or held[choice_id].state != "offered":
            return
        offer.reminded_at = now
        if choice_id in about:
            waits = await reminder(tx, about[choice_id], now, offer.deadline)
            await tell_family(tx, about[choice_id].pupil_id, waits, now=now)


async def lapse(db: Database, choice_id: int, *, now: datetime, today: date) -> bool:
    """Nobody answered by the deadline: the place is the next family's. False: somebody has answered after all."""
    async with db.write() as tx:
        held = await offers.locked(tx, [choice_id])
        offer = await offers.open_offer(tx, choice_id)
        if offer is None or offer.deadline > now or held[choice_id].state != "offered":
            return False
        await walk(tx, held[choice_id], "lapse", by=None, thing=Thing(), now=now)
        offer.ended_at, offer.how = now, "lapsed"
        about = (await offers.about(tx, [choice_id])).get(choice_id)
        if about is not None:
            behind = await somebody_behind(tx, about)
            again = "yes" if await _takes_applications(tx, about, today) else "no"
            notice = replace(of_choice(PlacePassedOn, about, now), behind=behind, again=again)  # type: ignore[call-arg]
            await tell_family(tx, about.pupil_id, notice, now=now)
            await tell_staff(tx, about, "lapsed", now=now)
        return True


async def _takes_applications(tx: Tx, about: About, today: date) -> bool:
    found = await courses.offers(tx, [about.course_id])
    return bool(found) and is_open(found[0], today)


async def _keep_no_more_than_free(db: Database, group_id: int) -> None:
    """A seat kept empty that was given away after all is kept no more: the next that falls free is the line's."""
    async with db.write() as tx:
        room = await offers.room(tx, group_id)
        if room is not None and room.kept_free > room.free:
            await enrollment.lock_groups(tx, [room.course_id])
            await offers.keep_free(tx, group_id, room.free)
