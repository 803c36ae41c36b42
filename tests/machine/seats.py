"""What must hold of seats, requests, names and counts after every step."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from hypothesis.stateful import invariant
from sqlalchemy import Row, func, select

from bot.refusals import Refusal
from bot.services.requests.requests import seen
from storage.courses.courses import ALIVE, HOLDING
from storage.deciding import funnel
from storage.doctor import violations
from storage.offers import offers
from storage.requests import requests
from storage.tables import (
    Application,
    Choice,
    ChoiceChange,
    Consent,
    Course,
    Group,
    Guardianship,
    PlaceOffer,
    Pupil,
    Request,
    RequestLine,
)
from tests.machine.hands import COURSES, PARTNERS, SCHOOLS, Hands

Line = tuple[int, int, int]  # of a request: which, the wish, the version


class Seats(Hands):
    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.lines: set[Line] = set()

    @invariant()
    def holds(self) -> None:
        """Looked at when something was done: whatever is refused has changed nothing."""
        if self.changed:
            self.run(self._holds())
        self.changed = False

    async def _holds(self) -> None:
        async with self.db.read() as tx:
            assert await violations(tx, self.today) == {}
            rows = list(await tx.execute(_wishes()))
            reached: dict[int, set[str]] = defaultdict(set)
            for choice_id, now in await tx.execute(select(ChoiceChange.choice_id, ChoiceChange.now)):
                reached[choice_id].add(now)
            named = set(await tx.scalars(select(RequestLine.choice_id)))
            opened = set(await tx.scalars(select(PlaceOffer.choice_id).where(PlaceOffer.ended_at.is_(None))))
            agreed = await _agreed(tx)
            learn: Counter[int] = Counter()
            for row in rows:
                _alive(row)
                choice = row.Choice
                if choice.state == "enrolled":
                    assert row.Group is not None, "learns nowhere"
                    learn[row.Group.id] += row.archived_at is None
                    assert learn[row.Group.id] <= row.Group.seats, "more learn than there are seats"
                    assert choice.id in named or choice.id in await asked_for(tx), "enrolled, and in no version of a request"
                if choice.state == "requested":
                    assert choice.id in named, "asked for, and in no version of a request"
                if choice.state == "offered":
                    assert choice.id in opened, "offered, without a deadline"
            await self._counts(tx, rows, reached)
            await self._read_by_whom_it_was_agreed(tx, agreed)
            await self._asked_with_consent(tx, agreed)
            await self.believed(tx)
            self.figures["checks"] += 1

    async def believed(self, tx: Any) -> None:
        """What was told to families; see promises.py."""
        raise NotImplementedError

    async def _counts(self, tx: Any, rows: list[Any], reached: dict[int, set[str]]) -> None:
        """The funnel of each school says what the wishes say, nameless ones too."""
        for school in SCHOOLS:
            told = {way.course_id: way for way in await funnel.ways(tx, [school], 2026)}
            for course in COURSES:
                mine = [row for row in rows if row.Choice.course_id == course and row.school == school]
                stage = Counter[str]()
                for row in mine:
                    if row.Choice.state != "draft":
                        _count(stage, row.Choice, reached[row.Choice.id])
                way = told.get(course)
                if way is None:
                    assert not stage.total()
                    continue
                said = {name: getattr(way, name) for name in ("applied", "approved", "requested", "enrolled", "reserve")}
                assert said == {name: stage[name] for name in said}, "the funnel counts otherwise"
                assert way.applied >= way.approved >= way.requested

    async def _read_by_whom_it_was_agreed(self, tx: Any, agreed: set[tuple[int, int]]) -> None:
        for request, partner, school in (await tx.execute(select(Request.id, Request.organization_id, Request.school_id))).all():
            whole = await self._seen(tx, request, partner) if await _has_lines(tx, request) else None
            for line in whole.lines if whole else ():
                assert not line.child or (line.pupil_id, partner) in agreed, f"{line.child} is read by {partner} of {school}"

    async def _seen(self, tx: Any, request: int, partner: int) -> Any:
        """A request as its partner reads it; one that is gone reads nothing."""
        try:
            return await seen(tx, request, await self.who(PARTNERS[partner]))
        except Refusal:
            return None

    async def _asked_with_consent(self, tx: Any, agreed: set[tuple[int, int]]) -> None:
        """Nobody comes into a request whose family has not agreed at that moment."""
        rows = await tx.execute(
            select(RequestLine.request_id, RequestLine.choice_id, RequestLine.version, Request.organization_id, Pupil.id)
            .join(Request, Request.id == RequestLine.request_id)
            .join(Choice, Choice.id == RequestLine.choice_id)
            .join(Application, Application.id == Choice.application_id)
            .join(Pupil, Pupil.id == Application.pupil_id)
            .where(RequestLine.change == "added")
        )
        for request, choice, version, partner, pupil in rows:
            if (request, choice, version) not in self.lines:
                assert (pupil, partner) in agreed, "asked for without consent"
                self.lines.add((request, choice, version))

    def ticked(self) -> None:
        self.run(self._no_seat_is_idle_or_sold_twice())

    async def _no_seat_is_idle_or_sold_twice(self) -> None:
        """After a tick open offers and places given are no more than seats, and what is free is offered to the line."""
        async with self.db.read() as tx:
            rows = (await tx.execute(_wishes())).all()
            rooms = {group: await offers.room(tx, group) for group in {row.Choice.group_id for row in rows} - {None}}
            lines = {group: await offers.line(tx, group) for group in rooms}
        for group, room in rooms.items():
            assert room is not None
            mine = [row.Choice for row in rows if row.Choice.group_id == group and row.archived_at is None]
            held = [one for one in mine if one.state in HOLDING and one.reserve_at is None]
            assert len(held) <= room.seats or not [one for one in held if one.state == "offered"], "offered, and no seat"
            if room.due and lines[group]:
                assert lines[group][0][1] not in ("reserve", "approved"), "a seat is free, and its line waits"


async def asked_for(tx: Any) -> set[int]:
    """Wishes the next request to a partner would name, or would if the family agreed."""
    found: set[int] = set()
    for school in SCHOOLS:
        found |= {one.choice_id for one in await requests.unconsented(tx, [school])}
        for partner in PARTNERS:
            found |= {one.choice_id for one in await requests.approved(tx, school, partner, 2026)}
    return found


def _wishes() -> Any:
    return (
        select(Choice, Group, Course.archived_at.label("course_gone"), Pupil.archived_at, Application.pupil_id)
        .add_columns(func.coalesce(Pupil.school_id, Application.school_id).label("school"))
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .order_by(Choice.id)
    )


def _alive(row: Row[Any]) -> None:
    """Nothing alive points at what is gone. A nameless seat is held until somebody frees it."""
    choice = row.Choice
    if choice.state not in ALIVE:
        return
    if row.pupil_id is None:
        assert choice.state == "enrolled", "nameless, and waits for something"
    assert row.archived_at is None, f"has left the school, and is {choice.state}"
    assert row.course_gone is None, f"{choice.state} of a course that is gone"
    assert row.Group is None or row.Group.archived_at is None, f"{choice.state} in a group that is gone"


def _count(stage: Counter[str], choice: Choice, reached: set[str]) -> None:
    for name, state in (("applied", "submitted"), ("approved", "approved"), ("requested", "requested")):
        stage[name] += state in reached
    stage["enrolled"] += choice.state in ("enrolled", "completed")
    in_line = choice.state == "approved" and choice.reserve_at is not None
    stage["reserve"] += choice.state in ("reserve", "offered") or in_line


async def _agreed(tx: Any) -> set[tuple[int, int]]:
    """(pupil, partner): somebody who acts for the child today agrees that this partner reads its name."""
    rows = await tx.execute(
        select(Consent.pupil_id, Consent.organization_id)
        .join(
            Guardianship,
            (Guardianship.person_id == Consent.person_id)
            & (Guardianship.pupil_id == Consent.pupil_id)
            & Guardianship.until.is_(None),
        )
        .where(Consent.purpose == "partner", Consent.withdrawn_at.is_(None))
    )
    return {(pupil, partner) for pupil, partner in rows}


async def _has_lines(tx: Any, request: int) -> bool:
    """Whether a request still names a pupil; one all of whose children were erased is a count."""
    of = select(RequestLine.choice_id).join(Choice, Choice.id == RequestLine.choice_id).join(Application)
    return await tx.scalar(of.where(RequestLine.request_id == request, Application.pupil_id.is_not(None)).limit(1)) is not None
