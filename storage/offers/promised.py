"""Questions about seats nobody should wait for: promised twice, kept without being there, or more than the family asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeAlias

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.courses.courses import HOLDING, occupancy
from storage.db import Tx
from storage.tables import Application, Choice, Course, Group, PlaceOffer, Pupil, Year
from storage.twins import twin

Of: TypeAlias = InstrumentedAttribute[int]  # a column of the question around


async def satisfied(tx: Tx, choices: Collection[int] | None = None) -> list[int]:
    """Wishes (or of these only) that wait in a line, for a draw or besides, of an application that has as many courses as were wanted."""
    other = twin(Choice, "has")
    has = select(func.count()).where(other.application_id == Application.id, other.state == "enrolled").scalar_subquery()
    in_line = or_(Choice.state == "reserve", and_(Choice.state == "approved", Choice.reserve_at.is_not(None)))
    besides = and_(Choice.state == "approved", Choice.group_id.is_(None))  # for a draw to come, or «по порядку» as one too many
    rows = await tx.scalars(
        select(Choice.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(or_(in_line, besides), has >= Application.wanted, Pupil.archived_at.is_(None))
        .where(Choice.id.in_(choices) if choices is not None else Choice.id.is_not(None))
        .order_by(Choice.id)
    )
    return list(rows)


def _seats_of(application: Of, *, besides: Of | int) -> ScalarSelect[int]:
    """How many seats an application holds, given or only promised, besides this wish."""
    other = twin(Choice, "seat")
    return (
        select(func.count(other.id))
        .where(other.application_id == application, other.id != besides)
        .where(other.state.in_(HOLDING), other.group_id.is_not(None), other.reserve_at.is_(None))
        .scalar_subquery()
    )


def enough_without(wish: Of | int) -> ColumnElement[bool]:
    """Whether an application holds as many seats as were wanted without this wish of it: the rule, for every question."""
    return _seats_of(Application.id, besides=wish) >= Application.wanted


async def has_enough(tx: Tx, application_id: int, *, besides: int) -> bool:
    """Whether an application holds as many seats as were wanted without this wish."""
    return bool(await tx.scalar(select(enough_without(besides)).where(Application.id == application_id)))


async def still_needed(tx: Tx, applications: Collection[int]) -> dict[int, int]:
    """Of each application how many seats more were wanted than it holds; negative: it holds more."""
    held = _seats_of(Application.id, besides=0)
    rows = await tx.execute(select(Application.id, Application.wanted - held).where(Application.id.in_(applications)))
    return {application: int(more) for application, more in rows}


async def with_enough(tx: Tx, choices: Collection[int]) -> set[int]:
    """Of these wishes those whose application holds as many seats as were wanted without them: they are offered none."""
    rows = await tx.scalars(
        select(Choice.id)
        .join(Application, Application.id == Choice.application_id)
        .where(Choice.id.in_(choices), enough_without(Choice.id))
    )
    return set(rows)


async def wanted_again(tx: Tx, today: date, choices: Collection[int] | None = None) -> list[int]:
    """Wishes «по порядку» (or of these only) that waited besides the courses wanted, of an application that now holds fewer:
    whoever handed in first stands first, and of one application the most wanted.
    """
    groups = select(Group.id).where(Group.course_id == Course.id, Group.archived_at.is_(None)).exists()
    several = twin(Choice, "several")
    mine = select(func.count(several.id)).where(several.application_id == Application.id).scalar_subquery()
    rows = await tx.scalars(
        select(Choice.id)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .join(Year, Year.year == Course.year)
        .where(Choice.state.in_(("submitted", "approved")), Choice.group_id.is_(None), Course.selection == "queue", groups)
        .where(or_(Choice.anyway.is_(False), Choice.override.is_not(None)), mine > 1)
        .where(not_(enough_without(Choice.id)))
        .where(Pupil.archived_at.is_(None), Course.archived_at.is_(None), Year.ends_on >= today)
        .where(Choice.id.in_(choices) if choices is not None else Choice.id.is_not(None))
        .order_by(Application.submitted_at, Application.id, Choice.rank, Choice.id)
    )
    return list(rows)


async def learns_in(tx: Tx, application_id: int) -> int:
    """In how many courses of an application the child has a place."""
    mine = select(func.count(Choice.id)).where(Choice.application_id == application_id, Choice.state == "enrolled")
    return await tx.scalar(mine) or 0


async def promised_too_many(tx: Tx) -> dict[int, int]:
    """Groups that hold more places than they have seats, some of them offered and not answered: how many too many."""
    seats = occupancy()
    offered = select(Choice.id).where(Choice.group_id == Group.id, Choice.state == "offered").exists()
    rows = await tx.execute(
        select(Group.id, seats.c.taken - Group.seats)
        .join(seats, seats.c.group_id == Group.id)
        .where(seats.c.taken > Group.seats, offered)
        .order_by(Group.id)
    )
    return {group: int(count) for group, count in rows}


async def newest_open(tx: Tx, group_id: int, most: int) -> list[int]:
    """Choices of a group with an offer they have not answered, the last offered first."""
    rows = await tx.scalars(
        select(Choice.id)
        .join(PlaceOffer, PlaceOffer.choice_id == Choice.id)
        .where(Choice.group_id == group_id, Choice.state == "offered", PlaceOffer.ended_at.is_(None))
        .order_by(PlaceOffer.id.desc())
        .limit(most)
    )
    return list(rows)


async def keeping_too_many(tx: Tx) -> list[int]:
    """Groups said to keep more seats empty than are empty still."""
    seats = occupancy()
    rows = await tx.scalars(
        select(Group.id)
        .outerjoin(seats, seats.c.group_id == Group.id)
        .where(Group.kept_free > 0, Group.kept_free + func.coalesce(seats.c.taken, 0) > Group.seats)
        .order_by(Group.id)
    )
    return list(rows)
