"""A place that falls free: offered to the head of the reserve, accepted, declined, or passed on when nobody answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.notices import Notice
from bot.notices.enrollment import ChildEnrolled
from bot.notices.offers import OfferAnswered, PlaceGivenUp, PlaceOffered, PlacePassedOn, PlaceTakenBack, PlaceWaits
from bot.policy import Person, Thing, can, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.courses.catalogue import day_of, is_open
from bot.services.courses.clashes import Day, against_group, brief
from bot.services.enrollment.applications import in_stead
from bot.services.enrollment.choices import ENTER, tell_family, walk
from bot.services.offers.enough import leave_other_lines
from bot.services.offers.hours import HOURS, days_off, deadline_of
from bot.settings import Settings
from storage import audit
from storage.courses import courses
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.offers import offers, promised
from storage.offers.offers import About
from storage.people import consent
from storage.people.people import first_name, office
from storage.tables import Choice, PlaceOffer

# ── what the bot does by itself ─────────────────────────────────────────────────────────────────────────────────────


async def run_offers(db: Database, *, now: datetime, settings: Settings) -> None:
    """Pass on what nobody answered, remind at half time, offer free places to their lines. Safe to repeat at any time."""
    await leave_other_lines(db, now=now)
    async with db.read() as tx:
        overdue, half_over = await offers.overdue(tx, now), await offers.half_over(tx, now)
        over = await promised.promised_too_many(tx)
    for choice_id in overdue:
        await lapse(db, choice_id, now=now, today=now.astimezone(settings.zone).date())
    for choice_id in half_over:
        await _remind(db, choice_id, now=now)
    for group_id in over:
        await take_back(db, group_id, now=now)
    async with db.read() as tx:
        free, shrunk = await offers.with_places_for_their_line(tx), await promised.keeping_too_many(tx)
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
        heads = [choice_id for choice_id, _ in (await offers.line(tx, group_id))[: room.due]]
        # Choices before groups, as everybody locks them; then the line and the seats are read as they stand.
        held = await offers.locked(tx, heads)
        await enrollment.lock_groups(tx, [room.course_id])
        room = await offers.room(tx, group_id)
        if room is None:
            return 0
        line = (await offers.line(tx, group_id))[: room.due]
        chosen = [choice_id for choice_id, state in line if state in ("reserve", "approved") and choice_id in held]
        about = await offers.about(tx, chosen)
        for choice_id in chosen:
            await _offer(tx, held[choice_id], about[choice_id], now=now, settings=settings)
        return len(chosen)


async def _offer(tx: Tx, choice: Choice, about: About, *, now: datetime, settings: Settings) -> None:
    await walk(tx, choice, "offer", by=None, thing=Thing(), now=now)
    choice.reserve_at = None  # from now on it holds the seat
    off = await days_off(tx, now.astimezone(settings.zone).date())
    deadline = deadline_of(now, HOURS, settings.quiet, off, settings.zone)
    remind_at = deadline_of(now, HOURS / 2, settings.quiet, off, settings.zone)
    tx.add(PlaceOffer(choice_id=choice.id, made_at=now, remind_at=remind_at, deadline=deadline))
    await tx.flush()
    await tell_family(tx, about.pupil_id, _of_offer(PlaceOffered, about, now, deadline), now=now)


def _of_offer(kind: type[PlaceOffered], about: About, now: datetime, deadline: datetime) -> PlaceOffered:
    return kind(
        id_application=about.application_id,
        id_choice=about.choice_id,
        id_change=now.isoformat(),
        child=first_name(about.child),
        course=about.course,
        partner=about.organization,
        group=about.group or "",
        deadline=deadline,
    )


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
            await _end(tx, choice_id, "taken-back", now)
            await tx.flush()
        for choice_id in chosen:
            one = about[choice_id]
            facts = {"id_application": one.application_id, "id_choice": choice_id, "id_change": now.isoformat()}
            notice = PlaceTakenBack(
                **facts,  # type: ignore[arg-type]
                child=first_name(one.child),
                course=one.course,
                partner=one.organization,
                number=await enrollment.number_in_line(tx, choice_id),
            )
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
            await tell_family(
                tx, about[choice_id].pupil_id, _of_offer(PlaceWaits, about[choice_id], now, offer.deadline), now=now
            )


async def lapse(db: Database, choice_id: int, *, now: datetime, today: date | None = None) -> bool:
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
            behind = await _behind(tx, about)
            again = "yes" if await _takes_applications(tx, about, today or now.date()) else "no"
            notice = replace(_of_choice(PlacePassedOn, about, now), behind=behind, again=again)  # type: ignore[call-arg]
            await tell_family(tx, about.pupil_id, notice, now=now)
            await _tell_staff(tx, about, "lapsed", now=now)
        return True


async def _behind(tx: Tx, about: About) -> str:
    """Whether somebody waits for the seat: yes | no."""
    waits = about.group_id is not None and bool(await offers.line(tx, about.group_id))
    return "yes" if waits else "no"


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


# ── the family ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Offered:
    """A place offered to a child, as its family sees it."""

    about: About
    deadline: datetime | None


async def offered(tx: Tx, choice_id: int, by: Person) -> Offered:
    """The place offered to one of this person's children (or, for the coordinator, to a pupil of the school).

    Refused when it is gone or somebody else's.
    """
    about = (await offers.about(tx, [choice_id])).get(choice_id)
    if about is None or not (about.pupil_id in by.pupils or can(by, ENTER, _thing(about))):
        raise Refusal("gone")
    offer = await offers.last_offer(tx, choice_id)
    return Offered(about, offer.deadline if offer is not None else None)


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
        await _end(tx, choice_id, "accepted", now)
        if stead:
            _entered(tx, choice, by, now)
        await tx.flush()
        await tell_family(tx, seen.about.pupil_id, await _enrolled(tx, seen.about, now), now=now, but=[by.known])
        await _tell_staff(tx, seen.about, "accepted", now=now)
        return seen


async def _check_seat(tx: Tx, about: About) -> None:
    """The seat is still there, and the partner may be told who takes it. Seats may have been taken away since the offer."""
    if await consent.unnamed(tx, [about.pupil_id], about.organization_id):
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
        await _end(tx, choice_id, "declined", now)
        if stead:
            _entered(tx, choice, by, now)
        await tell_family(tx, seen.about.pupil_id, _of_choice(PlaceGivenUp, seen.about, now), now=now, but=[by.known])
        await _tell_staff(tx, seen.about, "declined", now=now)
        return seen


def _entered(tx: Tx, choice: Choice, by: Person, now: datetime) -> None:
    audit.log(
        tx,
        by.known,
        ENTER,
        ("choice", choice.id),
        audit.Change(before={"state": "offered"}, after={"state": choice.state}),
        now=now,
    )


async def _end(tx: Tx, choice_id: int, how: str, now: datetime) -> None:
    offer = await offers.open_offer(tx, choice_id)
    if offer is not None:
        offer.ended_at, offer.how = now, how


async def _enrolled(tx: Tx, about: About, now: datetime) -> ChildEnrolled:
    lesson = await courses.first_lesson(tx, about.group_id or 0, now)
    return ChildEnrolled(
        id_application=about.application_id,
        id_choice=about.choice_id,
        id_change=now.isoformat(),
        child=first_name(about.child),
        course=about.course,
        partner=about.organization,
        group=about.group or "",
        starts_at=lesson.at,
        place=lesson.place,
        address=lesson.address,
    )


def _of_choice(kind: type[PlacePassedOn | PlaceGivenUp], about: About, now: datetime) -> Notice:
    return kind(
        id_application=about.application_id,
        id_choice=about.choice_id,
        id_change=now.isoformat(),
        child=first_name(about.child),
        course=about.course,
        partner=about.organization,
    )


async def _tell_staff(tx: Tx, about: About, answer: str, *, now: datetime) -> None:
    behind = await _behind(tx, about)

    def told(role: str) -> OfferAnswered:
        return OfferAnswered(
            id_choice=about.choice_id,
            id_change=now.isoformat(),
            id_office=role == "coordinator",
            number=about.application_id,
            course=about.course,
            answer=answer,
            behind=behind,
        )

    roles = (("coordinator", about.school_id), ("partner", about.organization_id))
    letters = [
        Addressed(person, told(role), role=role)
        for role, where in roles
        for person in await office(tx, role, organization_id=where)
    ]
    await post_all(tx, letters, now=now)


# ── the staff ───────────────────────────────────────────────────────────────────────────────────────────────────────


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
