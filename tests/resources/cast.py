"""What the stories of resources begin with: a 3D printer and a room of the IT centre, skis, a library, something for staff alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from storage.db import Database
from storage.tables import Resource, Room
from tests.world import CENTRE, IT, SCHOOL

PRINTER, SKIS, LIBRARY, METHODS = 1, 2, 3, 4  # resources
ROOM_2, WORKSHOP = 1, 2  # rooms of the IT centre; lessons of robotics are held in «каб. 2»


async def furnish(db: Database) -> None:
    """Put the resources and the rooms in."""

    def resource(id: int, kind: str, name: str, organization: int, **more: Any) -> dict[str, Any]:
        blank = dict.fromkeys(("description", "place", "seats", "whom", "link"))
        return {"id": id, "kind": kind, "name": name, "organization_id": organization} | blank | more

    async with db.write() as tx:
        await tx.execute(
            insert(Resource),
            [
                resource(
                    PRINTER,
                    "material",
                    "3D-принтер",
                    IT,
                    description="Печатает детали до 20 см.",
                    place="Мастерская",
                    seats=2,
                    whom="педагогам и ученикам 5-9",
                ),
                resource(SKIS, "material", "Лыжи", CENTRE, seats=15, whom="ученикам"),
                resource(LIBRARY, "information", "Электронная библиотека", SCHOOL, link="https://lib.example.org"),
                resource(METHODS, "methodical", "Сборник программ", IT, whom="только педагогам"),
            ],
        )
        await tx.execute(
            insert(Room),
            [
                {"id": ROOM_2, "code": "К2", "name": "каб. 2", "organization_id": IT, "seats": 12, "equipment": "проектор"},
                {"id": WORKSHOP, "code": "К5", "name": "Мастерская", "organization_id": IT, "seats": 8, "equipment": None},
            ],
        )
