"""A place that was offered: its family accepts or declines it; the partner gives what it kept empty to the line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.notices.enrollment import ChildEnrolled
from bot.notices.offers import PlaceGivenUp
from bot.policy import Person, Thing, can, require
from bot.refusals import Refusal
from bot.services.courses.catalogue import day_of
from bot.services.courses.clashes import Day, against_group, brief
from bot.services.enrollment.choices import ENTER, walk
from bot.services.enrollment.telling import letter_facts, tell_family
from bot.services.enrollment.withdrawing import in_stead
from bot.services.offers.passing import offer_places
from bot.services.offers.telling import of_choice, proposed, tell_staff
from bot.settings import Settings
from storage import audit
from storage.courses import courses
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.offers import losses, offers
from storage.offers.offers import About
from storage.people.consent import Reader, unnamed
from storage.tables import Choice
from storage.timetable import timetable


@dataclass(frozen=True)
class Offered:
    """A place offered to a child, as its family sees it."""

    about: About
    deadline: datetime | None
    instead: str | None = (
        None  # proposed by the school in the place of this course; empty: of itself; None: a place of the reserve
    )


async def offered(tx: Tx, choice_id: int, by: Person) -> Offered:
    """The place offered to one of this person's children (or, for the coordinator, to a pupil of the school).

    Refused when it is gone or somebody else's.
    """
    about = (await offers.about(tx, [choice_id])).get(choice_id)
    if about is None or not (about.pupil_id in by.pupils or can(by, ENTER, _thing(about))):
        raise Refusal("gone")
    offer = await offers.last_offer(tx, choice_id)
    return Offered(about, offer.deadline if offer is not None else None, await proposed(tx, about))


def _thing(about: About) -> Thing:
    return Thing(pupil_id=about.pupil_id, school_id=about.school_id, organization_id=about.organization_id)


async def accept(db: Database, choice_id: int, *, by: Person, now: datetime, today: date, until: int | None = None) -> Offered:
    """The family takes the place; the coordinator for one without the bot.

    `until`, here and below: the deadline of the offer that was read, in epoch seconds; 0: an old button names none.
    Refused when it has been passed on, or when the child now learns elsewhere at that hour.
    """
    async with db.write() as tx:
        seen = await offered(tx, choice_id, by)
        stead = await in_stead(tx, by, _thing(seen.about), seen.about.pupil_id)
        await offers.lock_child(tx, seen.about.pupil_id)
        choice = (await offers.locked(tx, [choice_id]))[choice_id]
        if choice.state == "enrolled":
            return seen
        if choice.state != "offered":
            raise Refusal("offer-over")
        await _same_offer(tx, choice_id, until)
        await _check_seat(tx, seen.about)
        await _check_week(tx, choice, seen.about.pupil_id, today)
        await walk(tx, choice, "accept", by=by, thing=_thing(seen.about), now=now)
        await offers.end_offer(tx, choice_id, "accepted", now)
        if choice.instead_of is not None:
            await losses.settle(tx, [choice.instead_of])
        if stead:
            _entered(tx, choice, by, now)
        await tx.flush()
        await tell_family(tx, seen.about.pupil_id, await _enrolled(tx, seen.about, now), now=now, but=[by.known])
        await tell_staff(tx, seen.about, "accepted", now=now)
        return seen


async def _check_seat(tx: Tx, about: About) -> None:
    """The seat is still there, and the partner may be told who takes it. Seats may have been taken away since the offer."""
    if await unnamed(tx, [about.pupil_id], about.organization_id, Reader.at(about.organization_id)):
        raise Refusal("offer-consent", partner=brief(about.organization, 100))
    group = about.group_id or 0
    await enrollment.lock_groups(tx, [about.course_id])
    room, learn = await offers.room(tx, group), await offers.learning(tx, [group])
    if room is None or learn.get(group, 0) >= room.seats:
        raise Refusal("offer-seat-gone", course=brief(about.course, 100))


async def _check_week(tx: Tx, choice: Choice, pupil_id: int, today: date) -> None:
    """Only what the child really attends stands against a place: other wishes may come to nothing."""
    (course,) = await courses.offers(tx, [choice.course_id], current=False)
    day = attended(await day_of(tx, pupil_id, today, course.year))
    group = next((group for group in course.groups if group.id == choice.group_id), None)
    if group is None:
        raise Refusal("offer-over")
    clashes = against_group(group, day, besides=choice.course_id)
    if clashes and choice.override is None:  # the coordinator may have let it pass
        raise clashes[0].refusal()


def attended(day: Day) -> Day:
    """Of a child's week only the courses it is enrolled in: the school's own lessons the family and the school have weighed."""
    attends = {held.course_id for held in day.child.held if held.state == "enrolled"}
    return replace(day, lessons=(), courses=[(offer, group) for offer, group in day.courses if offer.id in attends])


async def _same_offer(tx: Tx, choice_id: int, until: int | None) -> None:
    """A choice may be offered a place a second time: a button of the first offer does not answer the second."""
    if until is None:
        return
    made = await offers.deadlines(tx, choice_id)
    if len(made) > 1 and int(made[-1].timestamp()) != until:
        raise Refusal("offer-over")


async def decline(db: Database, choice_id: int, *, by: Person, now: datetime, until: int | None = None) -> Offered:
    """The family (or the coordinator for one without the bot) gives the place up: it goes to the next in the line."""
    async with db.write() as tx:
        seen = await offered(tx, choice_id, by)
        thing = _thing(seen.about)
        stead = await in_stead(tx, by, thing, seen.about.pupil_id)
        choice = (await offers.locked(tx, [choice_id]))[choice_id]
        if choice.state == "declined":
            return seen
        if choice.state != "offered":
            raise Refusal("offer-over")
        await _same_offer(tx, choice_id, until)
        await walk(tx, choice, "decline", by=by, thing=thing, now=now)
        await offers.end_offer(tx, choice_id, "declined", now)
        if stead:
            _entered(tx, choice, by, now)
        await tell_family(tx, seen.about.pupil_id, of_choice(PlaceGivenUp, seen.about, now), now=now, but=[by.known])
        await tell_staff(tx, seen.about, "declined", now=now)
        return seen


def _entered(tx: Tx, choice: Choice, by: Person, now: datetime) -> None:
    change = audit.Change(before={"state": "offered"}, after={"state": choice.state})
    audit.log(tx, by.known, ENTER, ("choice", choice.id), change, now=now)


async def _enrolled(tx: Tx, about: About, now: datetime) -> ChildEnrolled:
    lesson = await timetable.first_lesson(tx, about.group_id or 0, now)
    return ChildEnrolled(
        **letter_facts(about, now),
        group=about.group or "",
        starts_at=lesson.at,
        place=lesson.place,
        address=lesson.address,
    )


async def release(db: Database, group_id: int, *, by: Person, now: datetime, settings: Settings) -> int:
    """Give the seats the partner kept empty to the line. Returns how many places were offered."""
    async with db.write() as tx:
        course = await courses.offers(tx, [(await _room(tx, group_id)).course_id], current=False)
        require(by, "enrollment.answer", Thing(organization_id=course[0].organization_id))
        await enrollment.lock_groups(tx, [course[0].id])
        kept = (await _room(tx, group_id)).kept_free
        if kept:
            await offers.keep_free(tx, group_id, 0)
            audit.log(
                tx,
                by.known,
                "enrollment.answer",
                ("group", group_id),
                audit.Change(before={"kept": kept}, after={"kept": 0}),
                now=now,
            )
    return await offer_places(db, group_id, now=now, settings=settings)


async def _room(tx: Tx, group_id: int) -> offers.Room:
    room = await offers.room(tx, group_id)
    if room is None:
        raise Refusal("gone")
    return room
