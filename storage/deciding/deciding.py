"""Questions of the coordinator's inbox: which applications wait, by course, partner and class; who has decided what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, func, or_, select
from sqlalchemy.orm import aliased

from storage.db import Tx
from storage.people.classes import class_of, last_class
from storage.tables import Allocation, Application, Choice, ChoiceChange, Course, Group, Organization, Pupil, Staff

OPEN = ("submitted", "returned")


@dataclass(frozen=True)
class Only:
    """Which applications are asked for; 0 is every course, partner or class."""

    course: int = 0
    partner: int = 0
    like: int = 0  # of the class of this pupil
    decided_since: datetime | None = None


async def queue(tx: Tx, schools: Collection[int], states: Collection[str], only: Only) -> list[int]:
    """Applications of these schools' pupils in these states, the longest waiting first (decided ones: the newest first)."""
    question = (
        select(Application.id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Application.state.in_(states), Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
    )
    wish = select(Choice.id).join(Course, Course.id == Choice.course_id).where(Choice.application_id == Application.id)
    wish = wish.where(Choice.state.not_in(("draft", "withdrawn")))
    if only.course:
        question = question.where(wish.where(Course.id == only.course).exists())
    if only.partner:
        question = question.where(wish.where(Course.organization_id == only.partner).exists())
    if only.like:
        namesake = aliased(Pupil)
        question = question.where(
            last_class(Application.year)
            == select(last_class(Application.year, namesake))
            .where(namesake.id == only.like)
            .correlate(Application)
            .scalar_subquery()
        )
    if only.decided_since is not None:
        question = question.where(Application.decided_at >= only.decided_since)
        return list(await tx.scalars(question.order_by(Application.decided_at.desc(), Application.id.desc())))
    return list(await tx.scalars(question.order_by(Application.submitted_at, Application.id)))


@dataclass(frozen=True)
class Value:
    """One value of a filter: its id, its name, how many applications it leaves."""

    id: int
    name: str
    count: int


async def courses_waiting(tx: Tx, schools: Collection[int]) -> list[Value]:
    """The courses of the applications that wait or were returned, by name."""
    return await _waiting(tx, Course, schools)


async def partners_waiting(tx: Tx, schools: Collection[int]) -> list[Value]:
    """Their partners, by name."""
    return await _waiting(tx, Organization, schools)


async def _waiting(tx: Tx, what: type[Course | Organization], schools: Collection[int]) -> list[Value]:
    rows = await tx.execute(
        select(what.id, what.name, func.count(Application.id.distinct()).label("count"))
        .select_from(Application)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Choice, Choice.application_id == Application.id)
        .join(Course, Course.id == Choice.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .where(Application.state.in_(OPEN), Choice.state.in_(OPEN), Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .group_by(what.id, what.name)
        .order_by(what.name, what.id)
    )
    return [Value(**row._mapping) for row in rows]


async def classes_waiting(tx: Tx, schools: Collection[int], year: int) -> list[Value]:
    """Their classes in that year, each by the id of one of its pupils; 7А before 10А."""
    name = last_class(year)
    rows = await tx.execute(
        select(func.min(Pupil.id).label("id"), name.label("name"), func.count(Application.id).label("count"))
        .join(Application, Application.pupil_id == Pupil.id)
        .where(Application.state.in_(OPEN), Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .group_by(name)
        .order_by(func.length(name), name)
    )
    return [Value(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Decided:
    """Who decided on an application, and when; the name is empty where the person is no longer on the staff."""

    state: str
    by: int | None
    who: str
    at: datetime | None


async def decided(tx: Tx, application_id: int) -> Decided | None:
    name = select(func.min(Staff.full_name)).where(Staff.person_id == Application.decided_by).correlate(Application)
    row = (
        await tx.execute(
            select(
                Application.state,
                Application.decided_by.label("by"),
                func.coalesce(name.scalar_subquery(), "").label("who"),
                Application.decided_at.label("at"),
            ).where(Application.id == application_id)
        )
    ).one_or_none()
    return None if row is None else Decided(**row._mapping)


async def lead_nowhere(tx: Tx, choices: Collection[int]) -> bool:
    """Whether the pupil, the course or the group of one of these wishes is gone."""
    gone = or_(Pupil.archived_at.is_not(None), Course.archived_at.is_not(None), Group.archived_at.is_not(None))
    question = (
        select(Choice.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .outerjoin(Group, Group.id == Choice.group_id)
    )
    return await tx.scalar(question.where(Choice.id.in_(choices), gone).limit(1)) is not None


async def followed(tx: Tx, choices: Collection[int], decided_at: datetime) -> bool:
    """Whether anything has become of these choices since that decision, or lots were drawn with them in the urn."""
    later = select(ChoiceChange.id).where(ChoiceChange.choice_id.in_(choices), ChoiceChange.at > decided_at)
    drawn = select(Allocation.id).where(Allocation.drawn_at >= decided_at)
    return bool(await tx.scalar(select(later.exists() | drawn.exists())))


# ── entering for a family ───────────────────────────────────────────────────────────────────────────────────────────


async def classes(tx: Tx, schools: Collection[int], year: int) -> list[Value]:
    """The classes of these schools in that year, each by the id of one of its pupils; 7А before 10А."""
    name = class_of(year)
    rows = await tx.execute(
        select(func.min(Pupil.id).label("id"), name.label("name"), func.count(Pupil.id).label("count"))
        .where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None), name != "")
        .group_by(name)
        .order_by(func.length(name), name)
    )
    return [Value(**row._mapping) for row in rows]


@dataclass(frozen=True)
class Classmate:
    id: int
    child: str  # ФИО
    class_name: str
    school_id: int


async def classmates(tx: Tx, schools: Collection[int], like: int, year: int) -> list[Classmate]:
    """The pupils of the class of this pupil in that year, by name; empty when it is not of these schools."""
    one = aliased(Pupil)
    rows: Result[*tuple[Any, ...]] = await tx.execute(
        select(Pupil.id, Pupil.full_name.label("child"), class_of(year).label("class_name"), Pupil.school_id)
        .join(one, (class_of(year, one) == class_of(year)) & (one.id == like) & one.school_id.in_(schools))
        .where(Pupil.school_id.in_(schools), Pupil.archived_at.is_(None))
        .order_by(Pupil.full_name, Pupil.id)
    )
    return [Classmate(**row._mapping) for row in rows]


async def pupil(tx: Tx, schools: Collection[int], pupil_id: int, year: int) -> Classmate | None:
    """A pupil of these schools, with the class of that year."""
    row = (
        await tx.execute(
            select(Pupil.id, Pupil.full_name.label("child"), last_class(year).label("class_name"), Pupil.school_id).where(
                Pupil.id == pupil_id, Pupil.school_id.in_(schools), Pupil.archived_at.is_(None)
            )
        )
    ).one_or_none()
    return None if row is None else Classmate(**row._mapping)


async def pressed_lately(tx: Tx, wanted: Collection[int], state: str, *, by: int, since: datetime) -> set[int]:
    """Which of these choices this person's last press has brought into this state, where they still are: of a press repeated."""
    newest = (
        select(ChoiceChange.choice_id, ChoiceChange.at)
        .join(Choice, Choice.id == ChoiceChange.choice_id)
        .where(ChoiceChange.choice_id.in_(wanted), ChoiceChange.now == state, Choice.state == state)
        .where(ChoiceChange.by == by, ChoiceChange.at >= since)
    )
    found = (await tx.execute(newest)).all()
    last = max((row.at for row in found), default=None)
    return {row.choice_id for row in found if row.at == last}
