"""Lessons that take a booked room, and rooms and resources that go: whoever has booked them hears of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import update

from bot.notices.resources import BookingCancelled, BookingFree, BookingMet, booking_topic
from bot.post.posting import Addressed, post_all
from bot.services.enrollment.telling import LETTER_WAITS
from bot.services.timetable.overlaps import same_place
from storage.db import Tx
from storage.resources import bookings
from storage.resources.bookings import Booked, Meeting
from storage.tables import Booking
from storage.timetable import timetable
from storage.timetable.rooms import Place, rooms_of


async def tell_bookers(
    tx: Tx, lessons: Collection[int] | None, *, organizations: Collection[int] | None = None, now: datetime
) -> None:
    """After these lessons (None: all) were changed: whose booking one of them meets now hears so once, and hears it when the
    room is theirs again. Rooms are locked first: whoever books one at this very moment is found here, or finds the lesson.
    """
    await bookings.lock_rooms(tx, organizations)
    live = {one.id: one for one in await bookings.of_rooms(tx, organizations, now)}
    if not live:
        return
    here = {
        booking_topic(one.booking_id, one.lesson_id): one
        for one in await bookings.meetings(tx, now, lessons)
        if one.booking_id in live and same_place(one.room, one.place)
    }
    met = {topic: one for topic, one in here.items() if takes(one)}
    told = {topic: last for topic, last in (await bookings.told(tx)).items() if topic in met or topic not in here}
    letters = [*_met(live, met, told), *_free(live, met, told, lessons)]
    people = {one.staff_id: await timetable.people_of_staff(tx, [one.staff_id]) for one, _ in letters}
    addressed = [Addressed(person, notice, expires_at=one.ends_at) for one, notice in letters for person in people[one.staff_id]]
    await post_all(tx, addressed, now=now, due_at=now + LETTER_WAITS)


def takes(one: Meeting) -> bool:
    """Whether a lesson takes a room from whoever has booked it."""
    return same_place(one.room, one.place) and bookings.keeps_from(one, one.giver_id)


async def keep_in_rooms(tx: Tx, *, now: datetime) -> None:
    """Resources that are rooms by their names since a book was loaded: what was booked of them is booked of those rooms."""
    own: dict[int, list[Place]] = {}
    for one in await bookings.of_resources(tx, now):
        if one.organization_id not in own:
            own[one.organization_id] = await rooms_of(tx, one.organization_id)
        room = next((each.id for each in own[one.organization_id] if same_place(each.name, one.name)), None)
        if room is not None:
            await tx.execute(update(Booking).where(Booking.id == one.id).values(room_id=room, resource_id=None))


def _met(
    live: Mapping[int, Booked], met: Mapping[str, Meeting], told: Mapping[str, bookings.Told]
) -> list[tuple[Booked, BookingMet | BookingFree]]:
    found: list[tuple[Booked, BookingMet | BookingFree]] = []
    for topic, one in met.items():
        last, booked = told.get(topic), live[one.booking_id]
        notice = BookingMet(
            booking=booked.id,
            lesson=one.lesson_id,
            told=last.id if last else 0,
            name=booked.name,
            at=booked.starts_at,
            ends=booked.ends_at,
            course=one.course,
            lesson_at=one.starts_at,
            lesson_ends=one.ends_at,
        )
        said = last.facts if last is not None and last.kind == BookingMet.kind() else None
        if said is None or said["lesson_at"] != notice.facts()["lesson_at"]:
            found.append((booked, notice))
    return found


def _free(
    live: Mapping[int, Booked], met: Mapping[str, Meeting], told: Mapping[str, bookings.Told], lessons: Collection[int] | None
) -> list[tuple[Booked, BookingMet | BookingFree]]:
    """Bookings that a lesson met, as they were told, and meets no more."""
    found: list[tuple[Booked, BookingMet | BookingFree]] = []
    for topic, last in told.items():
        booking, lesson = (int(part) for part in topic.split(":")[1::2])
        if (
            topic in met
            or last.kind != BookingMet.kind()
            or booking not in live
            or (lessons is not None and lesson not in lessons)
        ):
            continue
        one = live[booking]
        notice = BookingFree(booking=booking, lesson=lesson, told=last.id, name=one.name, at=one.starts_at, ends=one.ends_at)
        found.append((one, notice))
    return found


async def drop_bookings(tx: Tx, rooms: Collection[int], resources: Collection[int], *, now: datetime, why: str = "gone") -> None:
    """A room or a resource goes, or is booked no more: its bookings are over, those whose they were hear why (`tell_cancelled`)."""
    gone = await bookings.booked(tx, *bookings.of_things(rooms, resources, now))
    await tx.execute(update(Booking).where(Booking.id.in_([one.id for one in gone])).values(cancelled_at=now))
    await tell_cancelled(tx, gone, why=why, now=now)


async def tell_cancelled(tx: Tx, gone: Collection[Booked], *, why: str, now: datetime) -> None:
    """Those whose bookings others have taken back or put back; `why`: cancelled | back | gone (with what was booked)."""
    letters = []
    for one in gone:
        notice = BookingCancelled(
            booking=one.id, told=now.isoformat(), name=one.name, at=one.starts_at, ends=one.ends_at, why=why
        )
        letters += [Addressed(person, notice) for person in await timetable.people_of_staff(tx, [one.staff_id])]
    await post_all(tx, letters, now=now, due_at=now + LETTER_WAITS)
