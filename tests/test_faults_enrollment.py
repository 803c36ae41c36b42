"""The long run of any sequence of applying, deciding, drawing, asking, answering, offering, withdrawing, erasing, reloading, leaving."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.enrollment import Enrollment
from tests.machine.ground import Grounds, on_postgres, on_sqlite

pytestmark = pytest.mark.faults


def _long(grounds: Grounds, figures: Counter[str], number: int) -> None:
    @seed(number)
    class Seeded(Enrollment):
        pass

    long = settings(
        max_examples=60,
        stateful_step_count=60,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    counted: Counter[str] = Counter()
    try:
        run_state_machine_as_test(lambda: Seeded(grounds, counted), settings=long)  # type: ignore[arg-type]  # a factory will do
    finally:
        figures.update({name: counted[name] for name in ("steps", "refused", "checks", "beliefs", "enrolled", "erased", "freed")})


@pytest.mark.parametrize("number", range(10))
def test_any_sequence_keeps_its_promises(settled_file: Path, figures: Counter[str], number: int) -> None:
    """any sequence of steps of families, schools, partners, clock and workbooks, refused or not: SQLite"""
    _long(on_sqlite(settled_file), figures, number)


@pytest.mark.parametrize("number", range(10))
def test_any_sequence_keeps_its_promises_on_postgresql(postgres_server: str, figures: Counter[str], number: int) -> None:
    """any sequence of steps of families, schools, partners, clock and workbooks, refused or not: PostgreSQL"""
    _long(on_postgres(postgres_server), figures, number)
