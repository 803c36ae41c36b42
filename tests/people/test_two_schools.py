"""Two base schools, one partner: nobody of the one reads a name or a mark of the other, whatever they open.

Every role, every button and both databases: `make faults PART=schools`.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from storage.doctor import violations
from storage.tables import Entry, Organization
from tests.school_walks import found, press_all, rows_of, walk
from tests.schools_world import GYMNASIUM, MARKS_OF, drawn, heads, settle_the_gymnasium
from tests.story import journal
from tests.world import MISHA, SCHOOL, World

pytestmark = pytest.mark.usefixtures("sound")  # doctor finds nothing after any of these

OTHER = {SCHOOL: GYMNASIUM, GYMNASIUM: SCHOOL}


async def test_a_head_of_one_school_reads_and_changes_nothing_of_the_other(world: World) -> None:
    """After a draw both schools took part in: all that the heads open, then each coordinator presses what the other was shown."""
    await settle_the_gymnasium(world.db)
    await drawn(world)
    for school, (coordinator, director) in heads(world).items():
        for phone in (coordinator, director):
            kinds, said = await walk(phone, alike=1)
            assert found(said, OTHER[school]) == []
            assert found(said, school) != []  # of one's own there is something to read
            assert len(kinds) >= 10
            if phone is coordinator:
                assert any("другой школы" in words for words in said)  # that somebody is there, and no more
    for school, (coordinator, _) in heads(world).items():
        theirs = {data for phone in heads(world)[OTHER[school]] for _, data in phone.shown}
        before = await rows_of(world, OTHER[school])
        came = await press_all(coordinator, theirs, alike=1)
        assert found(came.values(), OTHER[school]) == []
        after = await rows_of(world, OTHER[school])
        assert {table: rows for table, rows in after.items() if rows != before[table]} == {}


async def test_the_partner_and_the_teacher_read_the_whole_group(world: World) -> None:
    await settle_the_gymnasium(world.db)
    await world.pavel.send("/journal")
    await world.pavel.tap("Робототехника")
    assert all(words in world.pavel.page for words in ("Петров Миша", "Гучетль Аслан", *MARKS_OF.values()))
    olga = world.olga
    await olga.send("/journal")
    await olga.tap("Робототехника")
    assert olga.page.splitlines()[-2:] == ["Петров Миша Алексеевич — 5/7-восьмой", "1 ученик другой школы"]


async def test_a_coordinators_journal_file_leaves_the_others_marks_alone(world: World) -> None:
    await settle_the_gymnasium(world.db)
    before = await rows_of(world, GYMNASIUM)
    rows = ["05.11.2026;Г-01;У-701;4;;Датчики;", "05.11.2026;Г-01;Г-901;5;;Датчики;"]
    await world.olga.attach("журнал.csv", journal(*rows))
    assert "Гучетль" not in world.olga.page
    assert "В файле 1 ученик другой школы: его записи не тронуты, их ведёт партнёр." in world.olga.page
    await world.olga.tap("Применить")
    assert await rows_of(world, GYMNASIUM) == before
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Entry.value).where(Entry.pupil_id == MISHA, Entry.removed_at.is_(None)))) == ["4"]


async def test_requests_count_by_school_and_tasks_are_each_ones_own(world: World) -> None:
    await settle_the_gymnasium(world.db)
    await world.app.alarms.ring()
    (tamara, _), olga = heads(world)[GYMNASIUM], world.olga
    for coordinator in (olga, tamara):
        await coordinator.send("/inbox")
        await coordinator.tap("Заявки")
        assert any("№ 1" in label for row in coordinator.buttons for label in row)
    await tamara.send("/tasks")
    task = next(data for _, data in sorted(tamara.shown) if re.fullmatch(r"task:\d+", data))
    page = olga.newest
    assert page is not None
    query = await olga.press(page.id, task)
    assert "больше нет" in str(query.answer) or "больше нет" in olga.page


async def test_doctor_finds_all_well_and_a_pupil_of_no_school(world: World) -> None:
    await settle_the_gymnasium(world.db)
    async with world.db.write() as tx:
        assert await violations(tx, world.now.date()) == {}
        await tx.execute(update(Organization).where(Organization.id == GYMNASIUM).values(archived_at=world.now))
        assert await violations(tx, world.now.date()) == {"pupils in groups who are of no school of the network": 2}
        await tx.execute(update(Organization).where(Organization.id == GYMNASIUM).values(archived_at=None))
        assert await violations(tx, date(2027, 9, 1)) == {"wishes of a closed year without an end": 6}


async def test_a_name_typed_finds_ones_own_pupils_only(world: World) -> None:
    await settle_the_gymnasium(world.db)
    tamara = heads(world)[GYMNASIUM][0]
    for typed, seen in (("Хапач", True), ("Шеуджен", False), ("У-702", False)):
        await tamara.send("/start")
        await tamara.tap("Пригласить")
        await tamara.send(typed)
        said = [label for row in tamara.buttons for label in row] + [tamara.page]
        assert any("Белла" in words for words in said) is seen
        assert not any("Дана" in words for words in said)
