"""Whether a course has what it needs: in the rooms its groups learn in, among the equipment of its organization."""

from __future__ import annotations

from bot.services.resources.needs import Missing, missing
from bot.services.timetable.overlaps import same_place
from storage.db import Tx
from storage.resources import equipment


async def lacking(tx: Tx, course_id: int) -> tuple[str, list[Missing]]:
    """What a course needs, as the workbook says it (empty: nothing), and what of it is missing."""
    of = await equipment.of_course(tx, course_id)
    rooms = [room.equipment for room in of.rooms if any(same_place(room.name, place) for place in of.places)]
    return of.needs, missing(of.needs, [*rooms, *of.resources])
