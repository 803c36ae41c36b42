"""Questions about seats promised twice: more open offers than seats, more kept free than there are."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.courses.courses import occupancy
from storage.db import Tx
from storage.tables import Choice, Group, PlaceOffer


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
