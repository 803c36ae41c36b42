"""A partner answers everybody of a request at once: into the reserve, or declined with one reason. Enrolling all is in requests.py."""

from __future__ import annotations

from datetime import date, datetime

from bot.policy import Person
from bot.refusals import ChangedSince, Refusal
from bot.services.enrollment.choices import checked_reason
from bot.services.requests.requests import answered_lately, in_turn, put_in_reserve, seen, turn_down
from storage.courses import courses
from storage.courses.courses import GroupOffer
from storage.db import Database, Tx
from storage.requests.requests import Line, Whole


async def seats_for(tx: Tx, whole: Whole) -> int:
    """How many of those who wait for an answer there is a seat for: one they hold, or a free one of their course."""
    wanted: dict[int, list[Line]] = {}
    for line in whole.waiting:
        wanted.setdefault(line.course_id, []).append(line)
    offers = await courses.offers(tx, wanted, current=False)
    count = 0
    for offer in offers:
        lines = wanted[offer.id]
        groups = {group.id: group for group in offer.groups}
        holding = sum(line.group_id in groups for line in lines)
        over = sum(max(group.taken - group.seats, 0) for group in offer.groups)
        count += min(len(lines), max(holding - over, 0) + offer.left)
    return count


def seats_in(group: GroupOffer, line: Line) -> int:
    """Seats of the group this child could have: the free ones, and its own where it holds one."""
    return max(group.left + (line.group_id == group.id and group.taken <= group.seats), 0)


async def reserve_all(
    db: Database, request_id: int, *, by: Person, now: datetime, today: date, version: int | None = None
) -> list[int]:
    """Everybody who waits for an answer goes into the line, in turn (`in_turn`). Returns the pupils."""
    done: list[int] = []
    for line in await _waiting(db, request_id, by, version):
        try:
            await put_in_reserve(db, line.choice_id, by=by, now=now, today=today)
        except Refusal:
            continue  # withdrawn or answered meanwhile, or there is no group to wait for
        done.append(line.pupil_id)
    return done or await _done_before(db, request_id, "reserve", by, now)


async def decline_all(
    db: Database, request_id: int, reason: str, *, by: Person, now: datetime, version: int | None = None
) -> list[int]:
    """Everybody who waits for an answer is declined, with one reason their families read. Returns the pupils."""
    checked_reason(reason)
    done: list[int] = []
    for line in await _waiting(db, request_id, by, version):
        try:
            await turn_down(db, line.choice_id, reason, by=by, now=now)
        except Refusal:
            continue  # withdrawn or answered meanwhile
        done.append(line.pupil_id)
    return done or await _done_before(db, request_id, "declined", by, now)


async def _done_before(db: Database, request_id: int, state: str, by: Person, now: datetime) -> list[int]:
    """The pupils whom this very press has answered before the process died: it is handled again, or came twice."""
    async with db.read() as tx:
        return await answered_lately(tx, await seen(tx, request_id, by), state, by=by, now=now)


async def _waiting(db: Database, request_id: int, by: Person, version: int | None) -> list[Line]:
    async with db.read() as tx:
        whole = await seen(tx, request_id, by)
        if version is not None and whole.waiting and version != whole.newest.number:
            raise ChangedSince
        return await in_turn(tx, whole)
