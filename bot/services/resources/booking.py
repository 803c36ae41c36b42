"""Bookings of rooms and equipment: what is free when, keeping it, giving it back. Lessons go before bookings (decision 69)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import Moment
from bot.notices.resources import BookingCancelled
from bot.policy import Person, Role, Thing, can, require
from bot.refusals import Refusal
from bot.services.resources.catalogue import resource
from bot.services.resources.meeting import takes, tell_cancelled
from bot.services.timetable.overlaps import meet, same_place
from storage import audit, unsaid
from storage.db import Database, Tx
from storage.resources import attachments, bookings
from storage.resources.bookings import Bookable, Booked, Ref
from storage.tables import Booking
from storage.timetable import rooms as places

OPENS, SHUTS = time(8), time(20)  # between which something can be booked
STEP = timedelta(minutes=30)
LONGEST = timedelta(hours=4)
AHEAD = timedelta(days=60)
ROLES: tuple[Role, ...] = ("teacher", "partner", "coordinator")  # who books, in whose post it is kept


@dataclass(frozen=True)
class Span:
    """Hours of a day, as lessons and bookings have them."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Taken(Span):
    """Who has it then, and how much of it."""

    what: str  # a course's name, or who has booked it
    lesson: bool
    sets: int
    booking: int = 0  # its number; 0: a lesson


@dataclass(frozen=True)
class Day:
    """A day of something that can be booked."""

    thing: Bookable
    day: date
    taken: list[Taken]
    free: list[datetime]  # hours from which on at least one set is free for STEP
    theirs: list[Taken]  # bookings this person may still take back: their own, and those of what they answer for


async def thing(tx: Tx, ref: Ref, by: Person, *, lock: bool = False) -> Bookable:
    """What is booked. A resource that is a room by its name is that room. Refusals: not-yours, gone."""
    require(by, "resource.book", Thing())
    if not ref.room:
        if lock:
            await attachments.lock_resource(tx, ref.resource)
        shown = await resource(tx, ref.resource, by)
        if shown.kind != "material":
            raise Refusal("gone")
        own = [room for room in await places.rooms_of(tx, shown.organization_id) if same_place(room.name, shown.name)]
        if not own:
            return Bookable(
                ref=ref,
                name=shown.name,
                organization_id=shown.organization_id,
                organization=shown.organization,
                of_school=shown.of_school,
                sets=shown.sets,
                seats=None,
                equipment=None,
            )
        ref = Ref(room=own[0].id)
    found = await bookings.rooms(tx, [ref.room], lock=lock)
    if not found:
        raise Refusal("gone")
    return found[0]


async def taken(tx: Tx, of: Bookable, since: datetime, until: datetime) -> list[Taken]:
    """Who has it between two moments, in order: the lessons of a room, and the bookings."""
    found = [
        Taken(one.starts_at, one.ends_at, one.who, lesson=False, sets=one.sets, booking=one.id)
        for one in await bookings.booked(tx, *bookings.between(of.ref, since, until))
    ]
    if of.ref.room:
        found += [
            Taken(one.starts_at, one.ends_at, one.course, lesson=True, sets=of.sets)
            for one in await places.lessons_at(tx, of.organization_id, since, until)
            if same_place(one.where, of.name)
        ]
    return sorted(found, key=lambda one: (one.starts_at, one.ends_at))


def sets_free(of: Bookable, held: Sequence[Taken], span: Span) -> int:
    """How many sets are free all through these hours. Pure."""
    met = [one for one in held if meet(one, span)]
    marks = [span.starts_at, *(one.starts_at for one in met if one.starts_at > span.starts_at)]
    most = max((sum(one.sets for one in met if one.starts_at <= mark < one.ends_at) for mark in marks), default=0)
    return max(of.sets - most, 0)


async def day_of(tx: Tx, ref: Ref, day: date, *, by: Person, at: Moment) -> Day:
    """A day: who has it when, and from which hours on it is free. Refusals: gone, not-yours, booking-far."""
    of = await thing(tx, ref, by)
    if not at.today <= day <= at.today + AHEAD:
        raise Refusal("booking-far", days=AHEAD.days)
    opens, shuts = (datetime.combine(day, hour, at.zone) for hour in (OPENS, SHUTS))
    held = await taken(tx, of, opens, shuts)
    free = [start for start in _steps(opens, shuts) if start > at.now and sets_free(of, held, Span(start, start + STEP))]
    theirs = {one.id for one in await bookings.booked(tx, *bookings.between(of.ref, opens, shuts)) if _changes(one, by)}
    return Day(of, day, held, free, [one for one in held if one.booking in theirs and one.starts_at > at.now])


def _steps(opens: datetime, shuts: datetime) -> list[datetime]:
    return [opens + STEP * number for number in range((shuts - opens) // STEP)]


async def ends_of(tx: Tx, ref: Ref, starts: datetime, *, by: Person, at: Moment) -> tuple[Bookable, dict[datetime, int]]:
    """Until when it can be kept from an hour on: each end with the sets that are free so long. Refusals as of `day_of`."""
    starts = starts.astimezone(at.zone)
    shown = await day_of(tx, ref, starts.date(), by=by, at=at)
    shuts = datetime.combine(shown.day, SHUTS, at.zone)
    found = {}
    for number in range(1, LONGEST // STEP + 1):
        end = starts + STEP * number
        sets = sets_free(shown.thing, shown.taken, Span(starts, end))
        if end > shuts or not sets:
            break
        found[end] = sets
    if not found or starts <= at.now:
        raise Refusal("booking-taken")
    return shown.thing, found


async def book(db: Database, ref: Ref, span: Span, sets: int, *, by: Person, at: Moment) -> Booked:
    """Keep it for this person. The same again is the same booking.

    Refusals: not-yours, gone, booking-past, booking-far, booking-hours, booking-taken.
    """
    _check(span, at)
    async with db.write() as tx:
        of = await thing(tx, ref, by, lock=True)
        staff_id = _post(by, of)
        if (same := await _same(tx, of.ref, span, (staff_id, sets))) is not None:
            return same
        free = sets_free(of, await taken(tx, of, span.starts_at, span.ends_at), span)
        if not 1 <= sets <= free:
            raise Refusal("booking-taken")
        row = Booking(
            room_id=of.ref.room or None,
            resource_id=of.ref.resource or None,
            sets=sets,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            staff_id=staff_id,
            made_at=at.now,
        )
        tx.add(row)
        await tx.flush()
        after = {"starts_at": span.starts_at.isoformat(), "ends_at": span.ends_at.isoformat(), "sets": sets}
        audit.log(tx, by.known, "booking.made", ("booking", row.id), audit.Change(after=after), now=at.now)
        return (await bookings.booked(tx, *bookings.numbered(row.id)))[0]


async def _same(tx: Tx, ref: Ref, span: Span, whose: tuple[int, int]) -> Booked | None:
    """The booking that stands of just this: the same hours, for the same member of the staff, of as many sets."""
    held = await bookings.booked(tx, *bookings.between(ref, span.starts_at, span.ends_at))
    of = (span.starts_at, span.ends_at, *whose)
    return next((one for one in held if (one.starts_at, one.ends_at, one.staff_id, one.sets) == of), None)


def _check(span: Span, at: Moment) -> None:
    starts, ends = span.starts_at.astimezone(at.zone), span.ends_at.astimezone(at.zone)
    if starts <= at.now:
        raise Refusal("booking-past")
    if starts.date() > at.today + AHEAD:
        raise Refusal("booking-far", days=AHEAD.days)
    whole = starts.date() == ends.date() and starts.time() >= OPENS and ends.time() <= SHUTS
    if not whole or not timedelta() < span.ends_at - span.starts_at <= LONGEST:
        raise Refusal(
            "booking-hours", opens=starts.replace(hour=OPENS.hour, minute=0), shuts=starts.replace(hour=SHUTS.hour, minute=0)
        )


def _post(by: Person, of: Bookable) -> int:
    """In which of their posts somebody books: of the organization whose it is before others, a teacher's before others."""
    posts = [post for post in by.posts if post.role in ROLES]
    best = min(posts, key=lambda post: (post.organization_id != of.organization_id, ROLES.index(post.role), post.staff_id))
    return best.staff_id


async def mine(tx: Tx, by: Person, now: datetime) -> list[tuple[Booked, bool]]:
    """What this person has booked and is not over, each with whether a lesson is held there then."""
    require(by, "resource.book", Thing())
    found = await bookings.booked(tx, *bookings.of_staff(by.staff_as(*ROLES), now))
    met = {one.booking_id for one in await bookings.meetings(tx, now) if takes(one)} if found else set()
    return [(one, one.id in met) for one in found]


async def change(db: Database, booking_id: int, *, stands: bool, by: Person, at: Moment) -> Booked:
    """Give back what was booked, or keep it after all while it is free. Whose it is hears of it from others.

    An old button means what its page says, not a number: what was given back and booked anew meanwhile is that new booking.
    Theirs to change is one's own, and what belongs to the organization one answers for. Refusals: gone, booking-past, booking-taken.
    """
    async with db.write() as tx:
        found = await bookings.booked(tx, *bookings.numbered(booking_id))
        if not found or not _changes(found[0], by):
            raise Refusal("gone")
        of = await thing(tx, found[0].ref, by, lock=True)
        one = (await bookings.booked(tx, *bookings.numbered(booking_id)))[0]  # as it stands now that it is locked
        span = Span(one.starts_at, one.ends_at)
        if one.cancelled_at is not None:
            one = await _same(tx, of.ref, span, (one.staff_id, one.sets)) or one
        if (one.cancelled_at is None) == stands:
            return one
        if one.starts_at <= at.now:
            raise Refusal("booking-past")
        if stands and sets_free(of, await taken(tx, of, one.starts_at, one.ends_at), span) < one.sets:
            raise Refusal("booking-taken")
        row = await tx.get_one(Booking, one.id)
        row.cancelled_at = None if stands else at.now
        row.room_id, row.resource_id = of.ref.room or None, of.ref.resource or None  # a resource may have become a room
        audit.log(tx, by.known, "booking.changed", ("booking", one.id), audit.Change(after={"stands": stands}), now=at.now)
        if not is_own(one, by):
            await tell_cancelled(tx, [one], why="back" if stands else "cancelled", now=at.now)
        elif stands:
            await unsaid.cancel_topic(tx, BookingCancelled.of(one.id), "the booking stands after all")
    return one


def is_own(one: Booked, by: Person) -> bool:
    """Whether whoever asks booked it themself."""
    return one.staff_id in by.staff_as(*ROLES)


def _changes(one: Booked, by: Person) -> bool:
    """A school's own rooms and equipment are that school's to answer for; a partner's are the partner's and every coordinator's."""
    school = one.organization_id if one.of_school else None
    return is_own(one, by) or can(by, "resource.attach", Thing(organization_id=one.organization_id, school_id=school))
