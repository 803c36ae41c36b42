"""What a withdrawal means for places: which end, which are held without a name, and who hears of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.notices.people import DataWithdrawn
from bot.post.posting import Addressed
from storage.db import Tx
from storage.people import mydata, people
from storage.tables import Choice, ChoiceChange

# A place in a group stays taken, nameless: whether the child goes on learning there on paper, school and partner decide, and
# free it. What had not come to a place yet ends.
ENDS = ("submitted", "returned", "approved", "requested", "reserve", "offered")


async def partners_told(tx: Tx, pupil_id: int) -> list[Addressed]:
    """Partner and teacher hear, without a name, of a seat that has lost its name and of a request with one line less to answer."""
    letters: list[Addressed] = []
    for place in await mydata.places_of(tx, pupil_id):
        held = place.state == "enrolled"
        facts: dict[str, Any] = {
            "course": place.course,
            "group": place.group or "none",
            "held": held,
            "id_choice": place.choice_id,
        }
        admins = await people.office(tx, "partner", organization_id=place.organization_id)
        letters += [Addressed(each, DataWithdrawn(**facts, id_opens=True), role="partner") for each in admins]
        if held and place.teacher is not None and place.teacher not in admins:
            letters.append(Addressed(place.teacher, DataWithdrawn(**facts, id_opens=False), role="teacher"))
    return letters


async def end_choices(tx: Tx, choices: Collection[int], now: datetime) -> None:
    """What waited for a decision is withdrawn, and its place in a line with it."""
    waiting = (await tx.execute(select(Choice.id, Choice.state).where(Choice.id.in_(choices), Choice.state.in_(ENDS)))).all()
    if not waiting:
        return
    await tx.execute(
        update(Choice)
        .where(Choice.id.in_([row.id for row in waiting]))
        .values(state="withdrawn", group_id=None, reserve_at=None, changed_at=now)
    )
    await tx.execute(
        insert(ChoiceChange), [{"choice_id": row.id, "was": row.state, "now": "withdrawn", "at": now} for row in waiting]
    )
