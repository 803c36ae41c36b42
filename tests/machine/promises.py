"""What letters and pages have told a family, and whether it is still so: a promise is followed by its event, or taken back in words.

Everybody who is told of a child's wish believes the newest they have read of it: the letters in the order in which they go, and the
answers to their own presses. After every step what they believe must be how things are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select, update

from bot.notices import Notice, notice_of
from bot.notices.allocation import PlaceFound, PlaceGiven, PlacesAllocated
from bot.notices.enrollment import (
    ApplicationApproved,
    ApplicationDeclined,
    ApplicationExtended,
    ApplicationReturned,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    ChildEnrolled,
    DecisionUndone,
    PlaceRefused,
    PutInReserve,
    RequestSent,
)
from bot.notices.network import PlaceChanged
from bot.notices.offers import (
    CourseCompleted,
    CourseProposed,
    EnoughCourses,
    PlaceGivenUp,
    PlaceOffered,
    PlacePassedOn,
    PlaceTakenBack,
    PlaceWaits,
    ProposalWaits,
    PupilLeft,
)
from storage.courses.courses import ALIVE
from storage.people.people import families_of
from storage.tables import Application, Choice, Course, Group, Letter, PlaceOffer
from tests.machine.hands import Hands
from tests.machine.seats import asked_for

WHOLE: dict[type[Notice], str] = {  # letters about an application → what becomes of the courses they name
    ApplicationSubmitted: "submitted",
    ApplicationExtended: "submitted",
    ApplicationWithdrawn: "withdrawn",
    ApplicationApproved: "approved",
    ApplicationReturned: "returned",
    ApplicationDeclined: "declined",
    DecisionUndone: "submitted",
    RequestSent: "requested",
}
ONE: dict[type[Notice], str] = {  # letters about one wish
    ChildEnrolled: "enrolled",
    PutInReserve: "reserve",
    PlaceRefused: "declined",
    PlaceOffered: "offered",
    PlaceWaits: "offered",
    CourseProposed: "offered",
    ProposalWaits: "offered",
    PlacePassedOn: "lapsed",
    PlaceGivenUp: "declined",
    EnoughCourses: "declined",
    PlaceTakenBack: "reserve",
    PupilLeft: "left",
    CourseCompleted: "completed",
    PlaceGiven: "approved",
    PlaceFound: "approved",
}
FATES = {"leaves": "left", "falls": "declined"}  # of PlaceChanged; other fates change the place alone
LINE, NOWHERE = "in a line", "nowhere yet"


@dataclass(frozen=True)
class Told:
    """What somebody was told of a wish; None: nothing was said of it."""

    state: str | None = None
    place: str | None = None  # the group's code of a seat, LINE, or NOWHERE
    next: str | None = None  # what comes after an approval
    until: datetime | None = None  # of an offer

    def after(self, older: Told) -> Told:
        """What is believed once both are read: a new state or place ends what was said of the next step and of the hour."""
        said = self.state is not None or self.place is not None
        return Told(
            self.state or older.state,
            self.place or older.place,
            self.next if said else older.next,
            self.until if said else older.until,
        )


@dataclass(frozen=True)
class Stands:
    """A wish as it is."""

    application: int
    pupil: int
    course: str
    state: str
    place: str

    @property
    def as_told(self) -> Told:
        return Told(self.state, self.place)


class Promises(Hands):
    def __init__(self, *given: Any) -> None:
        self.stood: dict[int, Stands] = {}
        self.read: list[tuple[datetime, int, int, Told]] = []  # on a page: when, who, of which wish, what
        self.quick = True  # whether letters go at once
        super().__init__(*given)
        self.step_taken(None, done=True)
        for choice, one in self.stood.items():  # who applied has seen the page
            person = self.guardian(self.pupils.index(one.pupil)).known
            self.read.append((self.now, person, choice, one.as_told))

    @rule(quick=st.booleans())
    def the_post(self, quick: bool) -> None:
        """Letters go at once from now on, or wait: of what is taken back meanwhile nobody hears."""
        self.quick = quick

    def step_taken(self, by: int | None, *, done: bool) -> None:
        stands = self.run(self._after_step(post=self.quick and done))
        assert done or stands == self.stood, "refused, and yet done"
        if by is not None:
            self.read += [(self.now, by, choice, one.as_told) for choice, one in stands.items() if one != self.stood.get(choice)]
        self.stood = stands

    async def _after_step(self, *, post: bool) -> dict[int, Stands]:
        async with self.db.write() as tx:
            if post:
                due = (Letter.state == "new", Letter.due_at <= self.now)
                await tx.execute(update(Letter).where(*due).values(state="sent", sent_at=self.now))
            rows = await tx.execute(
                select(Choice, Application.pupil_id, Course.name, Group.code)
                .join(Application, Application.id == Choice.application_id)
                .join(Course, Course.id == Choice.course_id)
                .outerjoin(Group, Group.id == Choice.group_id)
                .where(Application.pupil_id.is_not(None))
            )
            return {
                choice.id: Stands(choice.application_id, pupil or 0, course, choice.state, _place(choice, group))
                for choice, pupil, course, group in rows
            }

    async def believed(self, tx: Any) -> None:
        believed = await self._beliefs(tx)
        opened = select(PlaceOffer.choice_id, PlaceOffer.deadline).where(PlaceOffer.ended_at.is_(None))
        deadlines = {row.choice_id: row.deadline for row in await tx.execute(opened)}
        families = await families_of(tx, self.pupils)
        await _nobody_outside_is_written_to(tx, self.outside)
        waits = [told for told in believed.values() if told.next and "request" in told.next]
        asked = await asked_for(tx) if waits else ()
        for (person, choice), told in believed.items():
            stands = self.stood.get(choice)
            if stands is None or stands.state == "draft" or person not in families.get(stands.pupil, ()):
                continue
            self.figures["beliefs"] += 1
            said = f"{person} was told {told}, and it is {stands}"
            assert told.state in (None, stands.state), said
            if told.place is not None and stands.state in ALIVE:
                assert told.place == stands.place, said
            assert told.until is None or deadlines.get(choice) == told.until, said
            assert told.next is None or _comes(told.next, stands, choice in asked), said

    async def _beliefs(self, tx: Any) -> dict[tuple[int, int], Told]:
        """By person and wish, from the letters that were or will be sent and the pages that were read, in order."""
        letters = await tx.scalars(
            select(Letter).where(
                Letter.pupil_id.is_not(None), Letter.role.is_(None), Letter.state != "cancelled", Letter.facts.is_not(None)
            )
        )
        known: dict[tuple[int, str], int] = {(one.application, one.course): choice for choice, one in self.stood.items()}
        heard = [(at, -1, person, choice, told) for at, person, choice, told in self.read]
        for letter in letters:
            notice = notice_of(letter.kind, letter.facts)
            heard += [(letter.due_at, letter.id, letter.person_id, choice, told) for choice, told in _said(notice, known)]
        believed: dict[tuple[int, int], Told] = defaultdict(Told)
        for _, _, person, choice, told in sorted(heard, key=lambda each: each[:2]):
            believed[person, choice] = told.after(believed[person, choice])
        return believed


async def _nobody_outside_is_written_to(tx: Any, outside: Collection[int]) -> None:
    """No letter about a child waits for somebody whose guardianship has ended."""
    theirs = (Letter.state == "new", Letter.pupil_id.is_not(None), Letter.role.is_(None), Letter.person_id.in_(outside))
    waiting = list(await tx.scalars(select(Letter.kind).where(*theirs)))
    assert waiting == [], f"wait for one whose guardianship has ended: {waiting}"


def _place(choice: Choice, group: str | None) -> str:
    return LINE if choice.reserve_at is not None or choice.state == "reserve" else group or NOWHERE


def _said(notice: Notice, known: Mapping[tuple[int, str], int]) -> Iterator[tuple[int, Told]]:
    """(wish, what the letter says of it)."""
    kind = type(notice)
    if kind in WHOLE:
        facts: Any = notice
        for course in facts.courses:
            if (facts.id_application, course) in known:
                state = "left" if getattr(notice, "left", "no") == "yes" else WHOLE[kind]
                yield known[facts.id_application, course], Told(state, next=getattr(notice, "next", None))
    elif isinstance(notice, PlacesAllocated):
        yield from _allocated(notice, known)
    elif isinstance(notice, PlaceChanged):
        places = {"moves": notice.group, "lines-up": LINE, "no-seat": LINE, "draw": NOWHERE, "besides": NOWHERE, "hours": NOWHERE}
        arrived = LINE if notice.number else notice.group
        ended = FATES.get(notice.fate)
        yield notice.id_choice, Told(ended, None if ended else places.get(notice.fate, arrived))
    elif kind in ONE:
        one: Any = notice
        waits = isinstance(notice, PutInReserve | PlaceTakenBack)
        yield one.id_choice, Told(ONE[kind], LINE if waits else getattr(one, "group", None), until=getattr(one, "deadline", None))


def _allocated(notice: PlacesAllocated, known: Mapping[tuple[int, str], int]) -> Iterator[tuple[int, Told]]:
    said = [*((course, Told("approved", group)) for course, group in zip(notice.id_placed, notice.id_groups, strict=True))]
    said += [(course, Told("reserve", LINE)) for course in notice.id_waiting]
    said += [(course, Told("declined")) for course in (*notice.id_lapsed, *notice.id_unmet)]
    for course, told in said:
        if (notice.id_application, course) in known:
            yield known[notice.id_application, course], told


def _comes(after: str, stands: Stands, asked: bool) -> bool:
    """Whether what an approval said of the next step is what comes."""
    kinds = after.split(",")
    if stands.place == LINE:
        return "line" in kinds
    return asked and "request" in kinds if stands.place != NOWHERE else bool({"draw", "besides", "request"} & set(kinds))
