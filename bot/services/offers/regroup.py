"""A child goes to another group of the same course: by the hand of the partner or the coordinator, before a group goes or for its hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.notices.network import GroupTouched, PlaceChanged
from bot.policy import Person, reader, require
from bot.post.posting import Addressed, post_all
from bot.refusals import Refusal
from bot.services.courses.clashes import brief
from bot.services.enrollment.choices import join_line, require_named
from bot.services.enrollment.telling import LETTER_WAITS, learning, letter_facts, tell_family
from bot.services.offers.departures import thing_of
from storage import audit
from storage.courses import courses
from storage.courses.courses import GroupOffer
from storage.db import Database, Tx
from storage.enrollment import enrollment
from storage.network import network
from storage.offers import offers
from storage.offers.offers import About
from storage.people.people import office
from storage.tables import Choice, ChoiceChange

ACTION = "enrollment.answer"
MOVED = "enrollment.regroup"
MOVABLE = ("enrolled", "requested", "approved", "reserve")  # a seat held or given, or a place in the line


async def other_groups(tx: Tx, course_id: int, group_id: int | None) -> list[GroupOffer]:
    """Where a child of a group could go: the other groups of its course, by code."""
    found = await courses.offers(tx, [course_id], current=False)
    return [group for offer in found for group in offer.groups if group.id != group_id]


async def regroup(db: Database, choice_id: int, group_id: int, *, by: Person, now: datetime) -> tuple[About, int | None]:
    """Who has a seat, given or only held, takes a free one of the other group; who waits goes to the end of its line.

    The family, the partner and the teachers are told, two minutes later. Returns the number by which it can be taken back;
    a repeat finds it done, and has none. Refusals: gone, not-yours, child-nameless, choice-no-step, regroup-full.
    """
    async with db.write() as tx:
        about = (await offers.about(tx, [choice_id])).get(choice_id)
        if about is None:
            raise Refusal("gone")
        require(by, ACTION, thing_of(about))
        await require_named(tx, by, about.pupil_id, about.organization_id)
        choice = (await offers.locked(tx, [choice_id]))[choice_id]
        if choice.group_id == group_id:
            return about, None
        if choice.state not in MOVABLE or choice.group_id is None or _is_not_asked_for(about, by):
            raise Refusal("choice-no-step", state=choice.state)
        await enrollment.lock_groups(tx, [about.course_id])
        to = next((group for group in await other_groups(tx, about.course_id, about.group_id) if group.id == group_id), None)
        if to is None:
            raise Refusal("gone")
        since = choice.reserve_at
        if since is None and not to.left:
            raise Refusal("regroup-full", group=brief(to.code, 60))
        move = Move(by, now)
        await move.child(tx, about, choice, to)
        await move.tell_staff(tx, about, 1)
        lines = {str(choice_id): since} if since is not None else {}
        return about, await move.note(tx, about.group_id, to.id, [choice_id], lines)


def _is_not_asked_for(about: About, by: Person) -> bool:
    """Whether this person is none of the child's school, which alone knows of it before the request."""
    return about.state == "approved" and about.school_id not in reader(by).schools


@dataclass(frozen=True)
class Move:
    """One moving of children, by whom and when; `undoes`: the moment of the one it takes back."""

    by: Person
    now: datetime
    undoes: str = ""

    async def child(self, tx: Tx, about: About, choice: Choice, to: GroupOffer, line: datetime | None = None) -> None:
        """A seat, or the end of the line (`line`: the place in it that was), and the family's letter. The groups are locked."""
        moved = f"{about.group} → {to.code}"
        change = ChoiceChange(
            choice_id=choice.id, was=choice.state, now=choice.state, by=self.by.known, at=self.now, reason=moved
        )
        tx.add(change)
        waits = choice.reserve_at is not None
        choice.group_id, choice.first_number = to.id, None
        if waits:
            choice.reserve_at = line or self.now
            await (tx.flush() if line else join_line(tx, choice))
        what = audit.Change(before={"group": about.group_id}, after={"group": to.id})
        audit.log(tx, self.by.known, ACTION, ("choice", choice.id), what, now=self.now)
        await tx.flush()
        number = await enrollment.number_in_line(tx, choice.id) if waits else 0
        notice = PlaceChanged(
            **letter_facts(about, self.now),
            fate="lines-up" if number else "moves",
            why="hand",
            group=to.code,
            number=number,
            learns=learning(choice.state),
            undoes=self.undoes,
        )
        await tell_family(tx, about.pupil_id, notice, now=self.now, due_at=self.now + LETTER_WAITS)

    async def note(self, tx: Tx, group: int | None, to: int, choices: Sequence[int], lines: Mapping[str, datetime]) -> int:
        """On the record: who went, and the place in the line each had. Returns the number by which it is taken back."""
        before = {"group": group, "lines": {choice: since.isoformat() for choice, since in lines.items()}}
        after = {"group": to, "choices": [*choices]}
        line = audit.log(tx, self.by.known, MOVED, ("group", group), audit.Change(before=before, after=after), now=self.now)
        await tx.flush()
        return line.id

    async def tell_staff(self, tx: Tx, about: About, moved: int) -> None:
        """The partner and the teachers of the course hear how many, and by no name."""
        staff = {(person, "partner") for person in await office(tx, "partner", organization_id=about.organization_id)}
        staff |= {(person, "teacher") for person in await network.teachers_of(tx, about.course_id)}
        touched = GroupTouched(
            id_course=about.course_id, at=self.now, course=about.course, left=0, moved=moved, fell=0, undoes=self.undoes
        )
        letters = [Addressed(person, touched, role=role) for person, role in sorted(staff) if person != self.by.known]
        await post_all(tx, letters, now=self.now, due_at=self.now + LETTER_WAITS)
