"""The coordinator's work with 240 applications, counted in presses: one family, who has not applied, and what all would be.

Through the sheet: `make faults PART=enrollment`.
"""

from __future__ import annotations

from sqlalchemy import insert

from storage.tables import Application, Choice, ChoiceChange, Guardianship, Pupil
from storage.tables import Person as PersonRow
from tests.asked import statements as statements_of
from tests.deciding.test_finding import Counted
from tests.enrollment_world import MOMENT
from tests.timetable_world import said
from tests.world import ROBOTICS, SCHOOL, World

COUNT, FIRST = 240, 2000  # applications, the first id of their rows


async def handed_in_by_everybody(world: World) -> None:
    """Eight classes of thirty; everybody has applied for robotics."""
    ids = range(FIRST, FIRST + COUNT)
    letters = "АБВГДЕЖИ"
    people = [{"id": one, "telegram_id": one, "name": "Родитель", "created_at": MOMENT} for one in ids]
    pupils = [
        {
            "id": one,
            "code": f"У-{one}",
            "full_name": f"Фамилия{one} Имя{one}",
            "class_name": f"7{letters[one % 8]}",
            "class_year": 2026,
        }
        for one in ids
    ]
    papers = [{"id": one, "pupil_id": one, "person_id": one, "state": "submitted"} for one in ids]
    wishes = [{"id": one, "application_id": one, "course_id": ROBOTICS, "rank": 1, "state": "submitted"} for one in ids]
    changes = [{"choice_id": one, "was": "draft", "now": "submitted", "at": MOMENT} for one in ids]
    async with world.db.write() as tx:
        await tx.execute(insert(PersonRow), people)
        await tx.execute(insert(Pupil), [{**one, "school_id": SCHOOL} for one in pupils])
        await tx.execute(insert(Guardianship), [{"person_id": one, "pupil_id": one, "since": MOMENT} for one in ids])
        await tx.execute(insert(Application), [{**one, "created_at": MOMENT, "submitted_at": MOMENT} for one in papers])
        await tx.execute(insert(Choice), [{**one, "changed_at": MOMENT} for one in wishes])
        await tx.execute(insert(ChoiceChange), changes)


async def test_240_applications_in_few_presses(world: World) -> None:
    await handed_in_by_everybody(world)
    await world.olga.send("/inbox")
    finding = Counted(world)
    await finding.tap("Найти семью")
    await finding.send("фамилия2117")
    assert said(world.olga).startswith("Фамилия2117 Имя2117, 7")
    assert finding.done <= 3

    await world.olga.send("/inbox")
    missing = Counted(world)
    await missing.tap("Кто не подал")
    await missing.tap("7А: 2 из 32")  # Misha and Dana
    assert said(world.olga).startswith("7А: не подали 2 из 32")
    assert missing.done <= 2

    await world.olga.send("/inbox")
    everything = Counted(world)
    for label in ("Заявления: 240", "Все подходящие"):
        await everything.tap(label)
    assert everything.who.buttons[0] == ["✅ Одобрить: 240"]
    with statements_of(world.db) as statements:
        await everything.tap("Одобрить: 240")
    assert said(world.olga).startswith("✅ Одобрено: 240.")
    assert everything.done <= 5
    assert len([one for one in statements if one.startswith("SELECT")]) < COUNT  # no question is asked per application
