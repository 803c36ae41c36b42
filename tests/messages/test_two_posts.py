"""A coordinator of two schools: each name on «Кому написать?» says from which office one writes."""

from __future__ import annotations

from sqlalchemy import insert

from storage.tables import Organization, Staff
from tests.messages.test_messages import labels
from tests.telegram.talks import tapped
from tests.timetable_world import enroll
from tests.world import MISHA, OLGA, ROBOTICS, World


async def test_who_holds_two_offices_sees_from_which_they_write(world: World) -> None:
    await enroll(world.db, MISHA, ROBOTICS)
    async with world.db.write() as tx:
        await tx.execute(insert(Organization).values(id=9, code="О-09", name="МБОУ СОШ №9", role="base"))
        post = {"id": 91, "code": "С-91", "full_name": "Ольга", "organization_id": 9, "role": "coordinator", "person_id": OLGA}
        await tx.execute(insert(Staff).values(post))
    await tapped(world.olga, "/start", "Сообщения", "Написать")
    names = [label for label in labels(world.olga) if "Ким" in label]
    assert names == ["🧑‍🏫 СОШ №8: Ким Павел Андреевич", "🧑‍🏫 СОШ №9: Ким Павел Андреевич"]
