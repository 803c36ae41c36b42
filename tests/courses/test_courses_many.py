"""A catalogue of a region: partners by pages, and what does not fit is set apart once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from storage.tables import Course, Organization
from tests.timetable_world import said
from tests.world import CENTRE, World

COURSE: dict[str, Any] = {"direction": "художественная", "hours": 34, "selection": "queue"}


async def test_partners_are_chosen_from_pages(world: World) -> None:
    """Telegram takes a hundred buttons; a region has five hundred partners."""
    async with world.db.write() as tx:
        for n in range(30, 51):
            of = {"code": f"О-{n}", "name": f"Центр №{n}", "role": "partner", "kind": "educational"}
            await tx.execute(insert(Organization).values(id=n, **of))
            await tx.execute(
                insert(Course).values(id=n, code=f"К-{n}", name=f"Вокал {n}", organization_id=n, classes=[], **COURSE)
            )
    ruslan = world.ruslan
    await ruslan.send("/courses")
    await ruslan.tap("Отбор")
    await ruslan.tap("Организация")
    assert len(ruslan.buttons) == 23, "twenty partners, the pager, any of them, the ways back"
    assert ruslan.buttons[20:22] == [["‹", "1 из 2", "›"], ["Любая организация"]]
    await ruslan.tap("›")
    assert ruslan.buttons[:3] == [["Центр №48"], ["Центр №49"], ["Центр №50"]]
    await ruslan.tap("Центр №49")
    assert "🎛 Показаны: Центр №49" in said(ruslan)
    assert ruslan.buttons[0][0].startswith("✅ Вокал 49")


async def test_those_that_do_not_fit_stand_on_pages_of_their_own(world: World) -> None:
    async with world.db.write() as tx:
        for n in range(30, 39):
            given = COURSE | {"classes": ["1"], "organization_id": CENTRE}
            await tx.execute(insert(Course).values(id=n, code=f"К-{n}", name=f"Вокал {n}", **given))
    ruslan = world.ruslan
    await ruslan.send("/courses")
    assert [row[0] for row in ruslan.buttons[:3]] == [
        "✅ Робототехника · чт 15:00–16:30",
        "✅ Шахматы · ср 14:30–15:30 · мест: 10",
        "Не подходят: 9 ›",
    ]
    await ruslan.tap("Не подходят: 9")
    assert [row[0] for row in ruslan.buttons[:2]] == ["▫️ Вокал 30", "▫️ Вокал 31"]
    assert ruslan.buttons[8] == ["‹", "1 из 2", "›"]
    await ruslan.tap("›")
    assert [row[0] for row in ruslan.buttons[:1]] == ["▫️ Вокал 38"]
