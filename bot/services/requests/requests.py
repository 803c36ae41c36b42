"""Answers to a request: the partner enrols, puts in reserve or declines, one by one or all at once; the coordinator may for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.notices.enrollment import ChildEnrolled, PlaceRefused, PutInReserve
from bot.policy import Person, Thing, can, reader, require
from bot.refusals import ChangedSince, Refusal
from bot.services.courses.catalogue import day_of
from bot.services.courses.clashes import Day, against_group, brief
from bot.services.enrollment.choices import REPEATED, checked_reason, join_line, require_named, room, walk
from bot.services.enrollment.telling import tell_together
from bot.services.offers.offers import attended
from storage import audit
from storage.courses import courses
from storage.courses.courses import GroupOffer, Offer
from storage.db import Database, Tx
from storage.deciding.deciding import pressed_lately
from storage.enrollment import enrollment
from storage.offers import offers
from storage.people.people import first_name
from storage.requests import requests
from storage.requests.requests import Whole
from storage.requests.turns import turns
from storage.tables import Choice
from storage.timetable import answers, timetable
from storage.timetable.answers import Asked


async def seen(tx: Tx, request_id: int, by: Person, version: int | None = None) -> Whole:
    """A request (or what one version of it changed) as this person may see it, or the answer that it is gone.

    One whose every child has given up is still theirs: it names nobody.
    """
    whole = await requests.whole(tx, request_id, version, reader=reader(by))
    if whole is None:
        raise Refusal("gone")
    mine = [line for line in whole.lines if can(by, "enrollment.answer", _thing(line, whole))]
    whose = Thing(school_id=whole.school_id, organization_id=whole.organization_id)
    if not mine and not can(by, "enrollment.answer", whose):
        raise Refusal("not-yours")
    return replace(whole, lines=tuple(mine))


def _thing(line: requests.Line, whole: Whole) -> Thing:
    return Thing(pupil_id=line.pupil_id, school_id=line.school_id, organization_id=whole.organization_id)


async def enroll(db: Database, choice_id: int, group_id: int | None = None, *, by: Person, now: datetime, today: date) -> None:
    """Give a requested child a seat: in this group, or in the one with most seats left that suits the child's week.

    Refused when the group is full (the reserve remains), or when the child learns elsewhere at that hour.
    """
    async with db.write() as tx:
        asked = await _asked(tx, choice_id, by)
        await _enroll(tx, asked, group_id, by=by, now=now, today=today)


async def _enroll(tx: Tx, asked: Asked, group_id: int | None, *, by: Person, now: datetime, today: date) -> None:
    choice = asked.choice
    if choice.state == "enrolled":
        return
    await enrollment.lock_groups(tx, [choice.course_id])
    offer = (await courses.offers(tx, [choice.course_id], current=False))[0]
    day = attended(await day_of(tx, asked.pupil.id, today, offer.year))
    learn = await offers.learning(tx, [group.id for group in offer.groups])
    group = _group_for(offer, choice, group_id, day, learn)
    was = {"state": choice.state, "group": choice.group_id}
    await walk(tx, choice, "enroll", by=by, thing=_thing_of(asked), now=now)
    choice.group_id, choice.reserve_at = group.id, None
    audit.log(
        tx,
        by.known,
        "enrollment.answer",
        ("choice", choice.id),
        audit.Change(before=was, after={"state": "enrolled", "group": group.id}),
        now=now,
    )
    await tx.flush()
    lesson = await timetable.first_lesson(tx, group.id, now)
    notice = ChildEnrolled(
        id_application=choice.application_id,
        id_choice=choice.id,
        id_change=now.isoformat(),
        child=first_name(asked.pupil.full_name),
        course=asked.course,
        partner=asked.organization,
        group=group.code,
        starts_at=lesson.at,
        place=lesson.place,
        address=lesson.address,
    )
    await tell_together(tx, asked.pupil.id, notice, now=now)


def _group_for(offer: Offer, choice: Choice, group_id: int | None, day: Day, learn: Mapping[int, int]) -> GroupOffer:
    left = {group.id: room(group, choice, learn.get(group.id, 0)) for group in offer.groups}
    if not offer.groups:
        raise Refusal("enroll-no-group", course=brief(offer.name))
    wanted = [group for group in offer.groups if group_id in (None, group.id)]
    if not wanted:
        raise Refusal("gone")
    open_ones = [group for group in wanted if left[group.id] > 0]
    if not open_ones:
        raise Refusal("enroll-full", course=brief(offer.name), seats=sum(group.seats for group in wanted))
    clashes = {group.id: against_group(group, day, besides=offer.id) for group in open_ones}
    best = min(open_ones, key=lambda group: (len(clashes[group.id]), group.id != choice.group_id, -left[group.id], group.id))
    if clashes[best.id] and choice.override is None:  # the coordinator may have let it pass
        raise clashes[best.id][0].refusal()
    return best


async def put_in_reserve(db: Database, choice_id: int, *, by: Person, now: datetime, today: date) -> int:
    """Put a requested child at the end of the line (one who waits in it already keeps the place). Returns the number."""
    async with db.write() as tx:
        asked = await _asked(tx, choice_id, by)
        choice = asked.choice
        if choice.state == "reserve":
            return await enrollment.number_in_line(tx, choice.id)
        await enrollment.lock_groups(tx, [choice.course_id])
        offer = (await courses.offers(tx, [choice.course_id], current=False))[0]
        if not offer.groups:
            raise Refusal("enroll-no-group", course=brief(offer.name))
        day = attended(await day_of(tx, asked.pupil.id, today, offer.year))
        was = {"state": choice.state, "group": choice.group_id}
        held = choice.group_id is not None and choice.reserve_at is None
        await walk(tx, choice, "reserve", by=by, thing=_thing_of(asked), now=now, only="requested")
        if choice.group_id is None:
            choice.group_id = min(
                offer.groups,
                key=lambda group: (len(against_group(group, day, besides=offer.id)), group.waiting, group.id),
            ).id
        if choice.reserve_at is None:
            choice.reserve_at = now
            await join_line(tx, choice)
        await tx.flush()
        number = await enrollment.number_in_line(tx, choice.id)
        choice.first_number = number
        room = await offers.room(tx, choice.group_id)
        if room is not None and room.free and (number == 1 or held):
            # The partner has seats and yet lets the child wait: these seats are kept, only what falls free later is offered.
            # Behind somebody in the line it is the seat the child held.
            kept = room.free if number == 1 else min(room.kept_free + 1, room.free)
            await offers.keep_free(tx, choice.group_id, kept)
        audit.log(
            tx,
            by.known,
            "enrollment.answer",
            ("choice", choice.id),
            audit.Change(before=was, after={"state": "reserve", "group": choice.group_id, "number": number}),
            now=now,
        )
        notice = PutInReserve(
            id_application=choice.application_id,
            id_choice=choice.id,
            id_change=now.isoformat(),
            child=first_name(asked.pupil.full_name),
            course=asked.course,
            partner=asked.organization,
            number=number,
        )
        await tell_together(tx, asked.pupil.id, notice, now=now)
        return number


async def turn_down(db: Database, choice_id: int, reason: str, *, by: Person, now: datetime) -> None:
    """Decline a requested child, with a reason the family reads."""
    async with db.write() as tx:
        asked = await _asked(tx, choice_id, by)
        choice, why = asked.choice, checked_reason(reason)
        was = {"state": choice.state, "group": choice.group_id}
        if not await walk(tx, choice, "decline", by=by, thing=_thing_of(asked), now=now, reason=why, only="requested"):
            return
        audit.log(
            tx,
            by.known,
            "enrollment.answer",
            ("choice", choice.id),
            audit.Change(before=was, after={"state": "declined"}, reason=why),
            now=now,
        )
        notice = PlaceRefused(
            id_application=choice.application_id,
            id_choice=choice.id,
            id_change=now.isoformat(),
            child=first_name(asked.pupil.full_name),
            course=asked.course,
            partner=asked.organization,
            reason=why,
        )
        await tell_together(tx, asked.pupil.id, notice, now=now)


@dataclass(frozen=True)
class AllAnswered:
    enrolled: list[int]  # pupils, one for each wish
    left: int  # no seat, or the child learns elsewhere at that hour: they still wait for an answer


async def enroll_all(
    db: Database, request_id: int, *, by: Person, now: datetime, today: date, version: int | None = None
) -> AllAnswered:
    """Enrol everybody of a request who still waits and for whom there is a seat, in turn; the rest stay as they are.

    `version`: the newest version looked at; children a later one has added are looked at first.
    """
    async with db.write() as tx:
        whole = await seen(tx, request_id, by)
        if version is not None and whole.waiting and version != whole.newest.number:
            raise ChangedSince
        # Locked in one order, whoever else answers at the same time: children, choices, groups.
        for pupil_id in sorted({line.pupil_id for line in whole.waiting}):
            await offers.lock_child(tx, pupil_id)
        await offers.locked(tx, [line.choice_id for line in whole.waiting])
        await enrollment.lock_groups(tx, sorted({line.course_id for line in whole.waiting}))
        enrolled: list[int] = []
        left = len(whole.waiting)
        for line in await in_turn(tx, whole):
            asked = await _asked(tx, line.choice_id, by)
            if asked.choice.state != "requested":
                continue
            try:
                await _enroll(tx, asked, None, by=by, now=now, today=today)
            except Refusal:
                continue  # decided before anything of this child was changed
            left -= 1
            enrolled.append(line.pupil_id)
        enrolled = enrolled or await answered_lately(tx, whole, "enrolled", by=by, now=now)
        return AllAnswered(enrolled, left)


async def answered_lately(tx: Tx, whole: Whole, state: str, *, by: Person, now: datetime) -> list[int]:
    """The pupils of a request whom this person's last press has brought into this state: what a repeated press has done."""
    lines = {line.choice_id: line.pupil_id for line in whole.lines}
    done = await pressed_lately(tx, lines, state, by=by.known, since=now - REPEATED)
    return [pupil for choice, pupil in lines.items() if choice in done]


async def in_turn(tx: Tx, whole: Whole) -> list[requests.Line]:
    """Who waits for an answer, in the order in which places are given: as the draw listed them or as they applied, never by name."""
    turn = await turns(tx, [line.choice_id for line in whole.waiting], whole.year)
    return sorted(whole.waiting, key=lambda line: turn[line.choice_id])


async def _asked(tx: Tx, choice_id: int, by: Person) -> Asked:
    asked = await answers.asked(tx, choice_id)
    if asked is None:
        raise Refusal("gone")
    require(by, "enrollment.answer", _thing_of(asked))
    await require_named(tx, by, asked.pupil.id, asked.organization_id)
    return asked


def _thing_of(asked: Asked) -> Thing:
    return Thing(pupil_id=asked.pupil.id, school_id=asked.pupil.school_id, organization_id=asked.organization_id)
