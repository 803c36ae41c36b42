"""The long run of any sequence of applying, deciding, drawing, asking, answering, offering, withdrawing, reloading, leaving."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.enrollment_machine import Enrollment

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("number", range(10))
def test_any_sequence_keeps_its_promises(settled_file: Path, figures: Counter[str], number: int) -> None:
    """any sequence of steps of families, school, partners, clock and workbooks, refused or not"""

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
    run_state_machine_as_test(lambda: Seeded(settled_file, figures), settings=long)  # type: ignore[arg-type]  # a factory will do
