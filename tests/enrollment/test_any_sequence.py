"""Any sequence of what people do to enrollment keeps its promises: a short run of it (the long one: `make faults PART=enrollment`)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.enrollment_machine import Enrollment


def test_any_sequence_keeps_its_promises(settled_file: Path) -> None:
    figures: Counter[str] = Counter()
    short = settings(
        max_examples=5,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Enrollment(settled_file, figures), settings=short)  # type: ignore[arg-type]  # a factory will do
    assert figures["steps"] > 60
