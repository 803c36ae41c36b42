"""Questions about places offered to the reserve: the room of a group, its line, offers and their hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Result, func, select, update

from storage.courses.courses import WAITING, occupancy
from storage.db import Tx
from storage.enrollment.enrollment import ENROLLED, number_in_line
from storage.people.classes import last_class
from storage.people.consent import Reader, shown_name
from storage.tables import Application, Choice, Course, Group, Organization, PlaceOffer, Pupil, Year


@dataclass(frozen=True)
class Room:
    """The seats of a group."""

    group_id: int
    course_id: int
    seats: int
    taken: int
    kept_free: int  # by the partner, though children wait

    @property
    def free(self) -> int:
        return max(self.seats - self.taken, 0)

    @property
    def due(self) -> int:
        """Seats that belong to the line."""
        return max(self.free - self.kept_free, 0)


async def room(tx: Tx, group_id: int) -> Room | None:
    seats = occupancy([group_id])
    row = (
        await tx.execute(
            select(
                Group.id.label("group_id"),
                Group.course_id,
                Group.seats,
                func.coalesce(seats.c.taken, 0).label("taken"),
                Group.kept_free,
            )
            .outerjoin(seats, seats.c.group_id == Group.id)
            .where(Group.id == group_id)
        )
    ).one_or_none()
    return None if row is None else Room(**row._mapping)


async def keep_free(tx: Tx, group_id: int, seats: int) -> None:
    """So many seats of the group are left empty on purpose."""
    await tx.execute(update(Group).where(Group.id == group_id).values(kept_free=seats))


async def with_places_for_their_line(tx: Tx, today: date) -> list[int]:
    """Groups in whose line somebody waits for a seat that is free; none of a year whose lessons are over."""
    seats = occupancy()
    rows = await tx.scalars(
        select(Group.id)
        .join(Course, Course.id == Group.course_id)
        .join(Year, Year.year == Group.year)
        .join(seats, seats.c.group_id == Group.id)
        .where(Group.archived_at.is_(None), Course.archived_at.is_(None), Year.ends_on >= today)
        .where(seats.c.waiting > 0, Group.seats > seats.c.taken + Group.kept_free)
        .order_by(Group.id)
    )
    return list(rows)


async def line(tx: Tx, group_id: int) -> list[tuple[int, str]]:
    """Everybody in the line of a group, the head first: (choice, state). Some still wait for the school or the partner."""
    rows = await tx.execute(
        select(Choice.id, Choice.state)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .where(Choice.group_id == group_id, Choice.reserve_at.is_not(None), Choice.state.in_(WAITING))
        .where(Pupil.archived_at.is_(None))
        .order_by(Choice.reserve_at, Choice.id)
    )
    return [(choice_id, state) for choice_id, state in rows]


async def learning(tx: Tx, groups: Collection[int]) -> dict[int, int]:
    """How many seats of each of these groups are given, nameless ones too; a group without any is left out."""
    rows = await tx.execute(
        select(Choice.group_id, func.count())
        .join(Application, Application.id == Choice.application_id)
        .outerjoin(Pupil, Pupil.id == Application.pupil_id)
        .where(Choice.group_id.in_(groups), Choice.state == ENROLLED, Pupil.archived_at.is_(None))
        .group_by(Choice.group_id)
    )
    return {group: count for group, count in rows if group is not None}


async def head_of_line(tx: Tx, group_id: int) -> datetime | None:
    """When the first of a group's line came into it."""
    return await tx.scalar(select(func.min(Choice.reserve_at)).where(Choice.group_id == group_id, Choice.state.in_(WAITING)))


async def locked(tx: Tx, choices: Collection[int]) -> dict[int, Choice]:
    """These choices, locked in one order whoever else does the same, as they stand now."""
    rows = await tx.scalars(
        select(Choice)
        .where(Choice.id.in_(choices))
        .order_by(Choice.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {choice.id: choice for choice in rows}


async def lock_child(tx: Tx, pupil_id: int) -> None:
    """Whoever gives this child a place does it alone until the transaction ends: two places may be at one hour."""
    await tx.execute(select(Pupil.id).where(Pupil.id == pupil_id).with_for_update(key_share=True))


@dataclass(frozen=True)
class About:
    """Whose choice it is, and of what."""

    choice_id: int
    application_id: int
    pupil_id: int
    child: str  # ФИО; empty where the reader may not know it
    class_name: str
    school_id: int
    course_id: int
    course: str
    organization_id: int
    organization: str
    group_id: int | None
    group: str | None
    state: str


async def about(tx: Tx, choices: Collection[int]) -> dict[int, About]:
    """By choice, for what the family is told; whose pupil is gone is left out."""
    rows: Result[*tuple[Any, ...]] = await tx.execute(about_of(Choice.id.in_(choices), Pupil.full_name))
    return {row.choice_id: About(**row._mapping) for row in rows}


async def shown(tx: Tx, choice_id: int, reader: Reader) -> About | None:
    """The same for the staff: with the name this reader may have."""
    row = (await tx.execute(about_of(Choice.id == choice_id, shown_name(reader)))).one_or_none()
    return None if row is None else About(**row._mapping)


def about_of(which: ColumnElement[bool], name: Any) -> Any:
    return (
        select(
            Choice.id.label("choice_id"),
            Choice.application_id,
            Pupil.id.label("pupil_id"),
            name.label("child"),
            last_class(Course.year).label("class_name"),
            Pupil.school_id,
            Course.id.label("course_id"),
            Course.name.label("course"),
            Organization.id.label("organization_id"),
            Organization.name.label("organization"),
            Choice.group_id,
            Group.code.label("group"),
            Choice.state,
        )
        .select_from(Choice)
        .join(Application, Application.id == Choice.application_id)
        .join(Pupil, Pupil.id == Application.pupil_id)
        .join(Course, Course.id == Choice.course_id)
        .join(Organization, Organization.id == Course.organization_id)
        .outerjoin(Group, Group.id == Choice.group_id)
        .where(which, Pupil.archived_at.is_(None))
    )


async def open_offer(tx: Tx, choice_id: int) -> PlaceOffer | None:
    """The offer this choice has not answered."""
    return await tx.scalar(select(PlaceOffer).where(PlaceOffer.choice_id == choice_id, PlaceOffer.ended_at.is_(None)))


async def end_offer(tx: Tx, choice_id: int, how: str, now: datetime) -> None:
    """Its open offer, where there is one, is over."""
    offer = await open_offer(tx, choice_id)
    if offer is not None:
        offer.ended_at, offer.how = now, how


async def last_offer(tx: Tx, choice_id: int) -> PlaceOffer | None:
    """The newest offer made to this choice, answered or not."""
    return await tx.scalar(select(PlaceOffer).where(PlaceOffer.choice_id == choice_id).order_by(PlaceOffer.id.desc()).limit(1))


async def deadlines(tx: Tx, choice_id: int) -> list[datetime]:
    """The deadlines of every offer made to this choice, the newest last."""
    return list(await tx.scalars(select(PlaceOffer.deadline).where(PlaceOffer.choice_id == choice_id).order_by(PlaceOffer.id)))


async def overdue(tx: Tx, now: datetime) -> list[int]:
    """Choices whose offer nobody answered in time."""
    rows = await tx.scalars(
        select(PlaceOffer.choice_id)
        .join(Choice, Choice.id == PlaceOffer.choice_id)
        .where(PlaceOffer.ended_at.is_(None), PlaceOffer.deadline <= now, Choice.state == "offered")
        .order_by(PlaceOffer.deadline, PlaceOffer.id)
    )
    return list(rows)


async def half_over(tx: Tx, now: datetime) -> list[int]:
    """Choices whose offer is half over and who have not been reminded."""
    rows = await tx.scalars(
        select(PlaceOffer.choice_id)
        .join(Choice, Choice.id == PlaceOffer.choice_id)
        .where(PlaceOffer.ended_at.is_(None), PlaceOffer.reminded_at.is_(None), Choice.state == "offered")
        .where(PlaceOffer.remind_at <= now, PlaceOffer.deadline > now)
        .order_by(PlaceOffer.id)
    )
    return list(rows)


async def end_those_withdrawn(tx: Tx, now: datetime) -> None:
    """Offers whose choice went another way: the family withdrew, or was erased."""
    gone = select(Choice.id).where(Choice.id == PlaceOffer.choice_id, Choice.state != "offered").exists()
    await tx.execute(
        update(PlaceOffer)
        .where(PlaceOffer.ended_at.is_(None), gone)
        .values(ended_at=now, how="withdrawn")
        .execution_options(synchronize_session=False)
    )


async def unnumbered(tx: Tx) -> list[int]:
    """Choices in a line whose first number nobody has kept yet, a hundred at a time."""
    rows = await tx.scalars(
        select(Choice.id)
        .where(Choice.reserve_at.is_not(None), Choice.state.in_(WAITING), Choice.first_number.is_(None))
        .order_by(Choice.id)
        .limit(100)
    )
    return list(rows)


async def keep_numbers(tx: Tx, choices: Collection[int]) -> None:
    """Keep the number each of these has in its line now as its first."""
    for choice_id in choices:
        number = await number_in_line(tx, choice_id)
        await tx.execute(update(Choice).where(Choice.id == choice_id, Choice.first_number.is_(None)).values(first_number=number))
