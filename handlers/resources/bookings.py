"""Rooms and equipment are booked: the day, the hour, until when, how many; one's own bookings, given back and kept after all."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from aiogram import Router
from aiogram.filters.callback_data import CallbackData

from bot.clock import day_numbered
from bot.paging import in_rows, page_of
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.resources import booking
from bot.services.resources.booking import STEP, Span, book, change, day_of, ends_of, is_own, mine, thing
from bot.targets import Epoch, MyBookings, ResourcePage, Resources
from bot.visit import Button, Packs, Rows, Visit
from bot.voice import lines
from bot.words import bookings as words
from handlers.door import may, opens
from storage.resources import bookings
from storage.resources.bookings import Ref

PAGE = 8
IN_ROW = 4  # hours side by side
COUNTS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)  # sets one can ask for at a tap


class Rooms(CallbackData, prefix="book.rooms"):
    """The rooms of the network."""

    page: int = 0


class Room(CallbackData, prefix="book.room"):
    room: int


class BookDay(CallbackData, prefix="book.day"):
    """A day of a room or a resource, one of them."""

    room: int = 0
    resource: int = 0
    day: int = 0  # its ordinal; 0: today

    @property
    def ref(self) -> Ref:
        return Ref(self.room, self.resource)


class BookFrom(CallbackData, prefix="book.from"):
    """From an hour on: until when?"""

    room: int = 0
    resource: int = 0
    at: Epoch


class BookTo(CallbackData, prefix="book.to"):
    """Keep it; `sets` 0: how many is asked first, where there are several."""

    room: int = 0
    resource: int = 0
    at: Epoch
    steps: int
    sets: int = 0


class BookingSet(CallbackData, prefix="book.set"):
    """Give a booking back (0), or keep it after all (1)."""

    booking: int
    stands: int


async def rooms(visit: Visit, at: Rooms) -> None:
    async with visit.db.read() as tx:
        here = page_of(await bookings.rooms(tx), at.page, PAGE)
    rows = [[Button(words.room_label(one), Room(room=one.ref.room))] for one in here.some]
    rows.append(visit.pager(here.number, here.of, lambda to: Rooms(page=to)))
    empty = "" if here.some else visit.say("rooms-none")
    await visit.show(lines([visit.say("rooms-title"), empty]), [*rows, visit.ways_back(Resources())])


async def room(visit: Visit, at: Room) -> None:
    async with visit.db.read() as tx:
        one = await thing(tx, Ref(room=at.room), visit.person)
    rows = [[visit.button("button-book", BookDay(room=at.room))], visit.ways_back(Rooms())]
    await visit.show(words.room_card(one, visit.say), rows)


async def day(visit: Visit, at: BookDay) -> None:
    on = day_numbered(at.day) if at.day else visit.today
    if on is None:
        raise Refusal("gone")
    await _day(visit, at.ref, on)


async def _day(visit: Visit, ref: Ref, on: date) -> None:
    async with visit.db.read() as tx:
        found = await day_of(tx, ref, on, by=visit.person, at=visit.moment)
    ref = found.thing.ref
    hours = [
        Button(f"{start.astimezone(visit.zone):%H:%M}", BookFrom(room=ref.room, resource=ref.resource, at=int(start.timestamp())))
        for start in found.free
    ]

    def of(to: date) -> BookDay:
        return BookDay(room=ref.room, resource=ref.resource, day=to.toordinal())

    one = timedelta(days=1)
    around = [visit.button("button-day-before", of(on - one))] if on > visit.today else []
    around += [visit.button("button-day-after", of(on + one))] if on < visit.today + booking.AHEAD else []
    back = [
        [visit.button("button-booking-drop-of", BookingSet(booking=one.booking, stands=0), at=one.starts_at, who=one.what)]
        for one in found.theirs
    ]
    rows = [*in_rows(hours, IN_ROW), around, *back[:PAGE], visit.ways_back(_back(ref))]
    await visit.show(words.day_page(found, visit.say), rows)


def _back(ref: Ref) -> Packs:
    return Room(room=ref.room) if ref.room else ResourcePage(ref.resource)


async def until(visit: Visit, at: BookFrom) -> None:
    starts = datetime.fromtimestamp(at.at, visit.zone)
    async with visit.db.read() as tx:
        of, ends = await ends_of(tx, Ref(at.room, at.resource), starts, by=visit.person, at=visit.moment)
    buttons = [
        visit.button("button-book-until", BookTo(room=at.room, resource=at.resource, at=at.at, steps=number), ends=end)
        for number, end in enumerate(ends, 1)
    ]
    back = BookDay(room=at.room, resource=at.resource, day=starts.date().toordinal())
    await visit.show(visit.say("book-until", name=brief(of.name), starts=starts), [*in_rows(buttons, 3), visit.ways_back(back)])


async def kept(visit: Visit, at: BookTo) -> None:
    starts = datetime.fromtimestamp(at.at, visit.zone)
    ref, span = Ref(at.room, at.resource), Span(starts, starts + at.steps * STEP)
    if not at.sets:
        async with visit.db.read() as tx:
            of, ends = await ends_of(tx, ref, starts, by=visit.person, at=visit.moment)
        free = ends.get(span.ends_at, 0)
        if of.sets > 1 and free > 1:
            counts = [
                Button(str(count), BookTo(room=at.room, resource=at.resource, at=at.at, steps=at.steps, sets=count))
                for count in dict.fromkeys((*(one for one in COUNTS if one < free), free))
            ]
            text = visit.say("book-how-many", name=brief(of.name), starts=starts, ends=span.ends_at, free=free, all=of.sets)
            back = BookFrom(room=at.room, resource=at.resource, at=at.at)
            await visit.show(text, [*in_rows(counts, IN_ROW), visit.ways_back(back)])
            return
    one = await book(visit.db, ref, span, at.sets or 1, by=visit.person, at=visit.moment)
    rows: Rows = [
        [visit.button("button-booking-back", BookingSet(booking=one.id, stands=0))],
        [visit.button("button-bookings", MyBookings())],
        visit.ways_back(_back(one.ref)),
    ]
    await visit.show(words.done(one, visit.say), rows)


async def own(visit: Visit, at: MyBookings) -> None:
    await visit.show(*await _own(visit, at.page), anew=visit.at_letter)


async def _own(visit: Visit, page: int = 0) -> tuple[str, Rows]:
    async with visit.db.read() as tx:
        found = await mine(tx, visit.person, visit.now)
    here = page_of(list(enumerate(found, 1)), page, PAGE)
    buttons = [
        visit.button("button-booking-drop", BookingSet(booking=one.id, stands=0), number=number)
        for number, (one, _) in here.some
        if one.starts_at > visit.now
    ]
    rows = [*in_rows(buttons, IN_ROW), visit.pager(here.number, here.of, lambda to: MyBookings(page=to))]
    return words.own_page(here.some, len(found), visit.say), [*rows, visit.ways_back(Resources())]


async def changed(visit: Visit, at: BookingSet) -> None:
    one = await change(visit.db, at.booking, stands=bool(at.stands), by=visit.person, at=visit.moment)
    text, rows = await _own(visit)
    if at.stands:
        done = words.done if is_own(one, visit.person) else words.stands_again
        await visit.show(lines([done(one, visit.say), text]), rows)
        return
    undo = [visit.button("button-booking-undo", BookingSet(booking=one.id, stands=1))]
    await visit.show(lines([words.given_back(one, visit.say), text]), [undo, *rows])


def routes() -> Router:
    """The table of contents of this file."""
    router = Router(name="bookings")
    flags = may("resource.book")
    router.callback_query.register(rooms, Rooms.filter(), flags=flags)
    router.callback_query.register(room, Room.filter(), flags=flags)
    router.callback_query.register(day, BookDay.filter(), flags=flags)
    router.callback_query.register(until, BookFrom.filter(), flags=flags)
    router.callback_query.register(kept, BookTo.filter(), flags=flags)
    router.callback_query.register(own, opens(MyBookings), flags=flags)
    router.callback_query.register(changed, BookingSet.filter(), flags=flags)
    return router
