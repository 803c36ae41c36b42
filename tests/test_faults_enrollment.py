"""The long run of any sequence of applying, deciding, drawing, asking, answering, offering, withdrawing, erasing, reloading, leaving."""

from __future__ import annotations

import os
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from openpyxl import load_workbook  # noqa: TID251 - a sheet is written into as Excel does, not read
from sqlalchemy import func, select

from storage.tables import Application
from tests.deciding.test_finding import Counted
from tests.deciding.test_presses import COUNT, handed_in_by_everybody
from tests.enrollment.test_enrollment import last_file
from tests.machine.enrollment import Begun, Enrollment
from tests.machine.ground import Grounds, on_postgres, on_sqlite
from tests.timetable_world import said
from tests.world import World

pytestmark = pytest.mark.faults

EXAMPLES, STEPS = int(os.environ.get("MACHINE_EXAMPLES", "60")), int(os.environ.get("MACHINE_STEPS", "60"))  # of a seed


def _long(grounds: Grounds, figures: Counter[str], number: int, machine: type[Enrollment] = Enrollment) -> None:
    @seed(number)
    class Seeded(machine):  # type: ignore[misc, valid-type]  # the seed is of a class
        pass

    long = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    counted: Counter[str] = Counter()
    try:
        run_state_machine_as_test(lambda: Seeded(grounds, counted), settings=long)  # type: ignore[arg-type]  # a factory will do
    finally:
        figures.update(
            {
                name: counted[name]
                for name in ("steps", "refused", "checks", "beliefs", "enrolled", "all enrolled", "erased", "freed")
            }
        )


@pytest.mark.parametrize("number", range(10))
def test_any_sequence_keeps_its_promises(settled_file: Path, figures: Counter[str], number: int) -> None:
    """any sequence of steps of families, schools, partners, clock and workbooks, refused or not: SQLite"""
    _long(on_sqlite(settled_file), figures, number)


@pytest.mark.parametrize("number", range(10))
def test_any_sequence_after_an_enrollment_keeps_its_promises(settled_file: Path, figures: Counter[str], number: int) -> None:
    """the same, begun after an enrollment: SQLite"""
    _long(on_sqlite(settled_file), figures, number, Begun)


@pytest.mark.parametrize("number", range(10))
def test_any_sequence_keeps_its_promises_on_postgresql(postgres_server: str, figures: Counter[str], number: int) -> None:
    """any sequence of steps of families, schools, partners, clock and workbooks, refused or not: PostgreSQL"""
    _long(on_postgres(postgres_server), figures, number)


async def in_state(world: World, state: str) -> int:
    async with world.db.read() as tx:
        return await tx.scalar(select(func.count()).select_from(Application).where(Application.state == state)) or 0


async def test_240_applications_are_approved_in_three_presses(world: World) -> None:
    """240 applications approved by the chat's buttons"""
    await handed_in_by_everybody(world)
    await world.olga.send("/inbox")
    everything = Counted(world)
    for label in ("Заявления: 240", "Все подходящие", "Одобрить: 240"):
        await everything.tap(label)
    assert said(world.olga).startswith("✅ Одобрено: 240.")
    assert (await in_state(world, "approved"), everything.done <= 5) == (COUNT, True)


async def test_240_applications_through_one_sheet(world: World) -> None:
    """240 applications decided through one sheet: one file out, one in"""
    await handed_in_by_everybody(world)
    await world.olga.send("/inbox")
    sheet = Counted(world)
    await sheet.tap("Таблицей")
    file = last_file(world.olga).file
    assert file is not None
    book = load_workbook(BytesIO(file.content))
    page = book.worksheets[0]
    column = {cell.value: place for place, cell in enumerate(page[1], 1)}
    for row in range(2, COUNT + 2):
        word = "отклонить" if row % 10 == 0 else "вернуть" if row % 10 == 1 else "одобрить"
        page.cell(row, column["Решение"]).value = word
        page.cell(row, column["Причина"]).value = None if word == "одобрить" else "Уточните класс"
    kept = BytesIO()
    book.save(kept)
    await world.olga.attach("Заявления.xlsx", kept.getvalue())
    assert said(world.olga).splitlines() == ["Решения из таблицы", "✅ Одобрить: 192", "↩️ Вернуть: 24", "✖️ Отклонить: 24"]
    await sheet.tap("Применить")
    assert [await in_state(world, state) for state in ("approved", "returned", "declined")] == [192, 24, 24]
    assert sheet.done == 2
