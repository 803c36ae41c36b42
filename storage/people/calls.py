"""Questions about the coordinator's list of calls: who is to be told by telephone, and what.

Families nobody of which has the bot, and whomever a letter did not reach, or perhaps did not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from storage.db import Tx
from storage.parts import parts
from storage.people.classes import last_class
from storage.people.consent import own_account
from storage.people.people import families_of
from storage.tables import Call, Guardianship, Letter, Organization, Person, Pupil, Staff
from storage.twins import twin


async def unreached(tx: Tx, pupils: Collection[int]) -> set[int]:
    """Those of these pupils whose family no letter of the bot reaches: nobody of it has the bot, wants to be written to and
    has not shut it out. The very rest of families_of: who gets no letter is called.
    """
    here = set(await tx.scalars(select(Pupil.id).where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None))))
    return here - (await families_of(tx, here)).keys()


async def without_bot(tx: Tx, pupils: Collection[int]) -> set[int]:
    """Those of these pupils for whom staff act: neither a guardian nor the pupil has the bot (or has not blocked it)."""
    answers = (Person.telegram_id.is_not(None), Person.unreachable_at.is_(None))
    guardian = (
        select(Guardianship.id)
        .join(Person, Person.id == Guardianship.person_id)
        .where(Guardianship.pupil_id == Pupil.id, Guardianship.until.is_(None), *answers)
        .correlate(Pupil)
    )
    own = select(Person.id).where(Person.id == Pupil.person_id, own_account(Person.id), *answers).correlate(Pupil)
    rows = await tx.scalars(
        select(Pupil.id).where(Pupil.id.in_(pupils), Pupil.archived_at.is_(None), ~guardian.exists(), ~own.exists())
    )
    return set(rows)


async def of_topics(tx: Tx, pupils: Collection[int], topics: Collection[str]) -> dict[tuple[int, str], list[Call]]:
    """By pupil and topic what is, or was, on the list: rows to be changed, the oldest first."""
    found: dict[tuple[int, str], list[Call]] = defaultdict(list)
    for some in parts(sorted(topics)):
        question = select(Call).where(Call.pupil_id.in_(pupils), Call.topic.in_(some)).order_by(Call.id).with_for_update()
        for call in await tx.scalars(question):
            if call.pupil_id is not None:
                found[call.pupil_id, call.topic].append(call)
    return found


async def forget_past_lessons(tx: Tx, *, now: datetime) -> None:
    """Of a lesson that is over, as it was and as it was changed, nobody is called any more. Letters that perhaps arrived stay
    until they are ticked off."""
    of_lessons = (Call.topic.like("lesson:%"), Call.done_at.is_(None), Call.letter_id.is_(None))
    rows = await tx.execute(select(Call.id, Call.facts).where(*of_lessons))
    over = [row.id for row in rows if max(datetime.fromisoformat(row.facts[at]) for at in ("was_at", "now_at")) < now]
    await tx.execute(delete(Call).where(Call.id.in_(over)))


async def known(tx: Tx, pupil_id: int, kind: str, topic: str, version: str) -> bool:
    """Whether this very thing is, or was, on the list."""
    same = (Call.kind == kind, Call.topic == topic, Call.version == version)
    question = select(Call.id).where(Call.pupil_id == pupil_id, *same)
    return await tx.scalar(question.limit(1)) is not None


async def noted(tx: Tx, letters: Collection[int]) -> set[int]:
    """Those of these letters that are, or were, on the list."""
    return {letter for letter in await tx.scalars(select(Call.letter_id).where(Call.letter_id.in_(letters))) if letter}


@dataclass(frozen=True)
class Whom:
    """Who is called: the family of a pupil, or else one person."""

    pupil_id: int | None = None
    person_id: int | None = None

    @property
    def calls(self) -> ColumnElement[bool]:
        """What they are to be told."""
        if self.pupil_id is not None:
            return Call.pupil_id == self.pupil_id
        return and_(Call.pupil_id.is_(None), Call.person_id == self.person_id)


@dataclass(frozen=True)
class Waiting:
    """Somebody who is to be called."""

    whom: Whom
    name: str  # ФИО of the child, of the member of staff or of whoever has named themselves; else empty
    class_name: str | None  # of a child
    letters: bool  # a letter to them did not arrive, or perhaps not


async def waiting(tx: Tx, schools: Collection[int], year: int) -> list[Waiting]:
    """Who waits for a call: families (with the class of that year) and staff of these schools, and people who belong to none; the longest waiting first."""
    first = func.min(Call.id).label("first")
    letters = func.count(Call.letter_id).label("letters")
    families = await tx.execute(
        select(Pupil.id, Pupil.full_name, last_class(year).label("class_name"), first, letters)
        .join(Call, Call.pupil_id == Pupil.id)
        .where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None), Call.done_at.is_(None))
        .group_by(Pupil.id)
    )
    post = select(func.min(Staff.full_name)).where(Staff.person_id == Person.id).correlate(Person).scalar_subquery()
    others = await tx.execute(
        select(Person.id, func.coalesce(post, Person.name), first)
        .join(Call, Call.person_id == Person.id)
        .where(Call.pupil_id.is_(None), Call.done_at.is_(None), _of_these(schools))
        .group_by(Person.id, Person.name)
    )
    found = [
        (at, Waiting(Whom(pupil_id=number), name, class_name, bool(lost))) for number, name, class_name, at, lost in families
    ]
    found += [(at, Waiting(Whom(person_id=number), name, None, letters=True)) for number, name, at in others]
    return [one for _, one in sorted(found, key=lambda each: each[0])]


def _of_these(schools: Collection[int]) -> ColumnElement[bool]:
    """Whether a person is of these schools, or of no other: a partner's staff are everybody's to call."""
    posts, wards = twin(Staff, "posts"), twin(Guardianship, "wards")
    works = select(posts.id).join(Organization, Organization.id == posts.organization_id)
    works = works.where(posts.person_id == Person.id, posts.archived_at.is_(None))
    acts = select(wards.id).join(Pupil, Pupil.id == wards.pupil_id).where(wards.person_id == Person.id, wards.until.is_(None))
    here = Organization.id.in_(schools)
    return or_(
        works.where(or_(here, Organization.role != "base")).correlate(Person).exists(),
        acts.where(Pupil.school_id.in_(schools)).correlate(Person).exists(),
        and_(~works.correlate(Person).exists(), ~acts.correlate(Person).exists()),
    )


async def undelivered(tx: Tx) -> int:
    """Letters that did not arrive, or perhaps not, and that nobody has ticked off."""
    count = (
        select(func.count(Call.id))
        .join(Pupil, Pupil.id == Call.pupil_id, isouter=True)
        .where(Call.letter_id.is_not(None), Call.done_at.is_(None), Pupil.archived_at.is_(None))
    )
    return await tx.scalar(count) or 0


async def school_of(tx: Tx, pupil_id: int) -> int | None:
    return await tx.scalar(select(Pupil.school_id).where(Pupil.id == pupil_id))


@dataclass(frozen=True)
class ToSay:
    """One thing to tell."""

    id: int
    kind: str
    facts: dict[str, Any]
    at: datetime
    state: str | None  # what became of the letter: dead | unknown | cancelled; None: none was written
    to: str | None  # whom it was written to


async def to_say(tx: Tx, whom: Whom) -> list[ToSay]:
    """What they are to be told, in order of time."""
    rows = await tx.execute(
        select(Call.id, Call.kind, Call.facts, Call.created_at.label("at"), Letter.state, Person.name.label("to"))
        .join(Letter, Letter.id == Call.letter_id, isouter=True)
        .join(Person, Person.id == Call.person_id, isouter=True)
        .where(whom.calls, Call.done_at.is_(None))
        .order_by(Call.id)
    )
    return [ToSay(**row._mapping) for row in rows]


async def done_at(tx: Tx, whom: Whom, call_id: int) -> datetime | None:
    """When this call was made."""
    return await tx.scalar(select(Call.done_at).where(whom.calls, Call.id == call_id))
