"""Any sequence of what people do to enrollment keeps its promises: a short run of it (the long one: `make faults PART=enrollment`)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.enrollment import Enrollment
from tests.machine.ground import Grounds, on_postgres, on_sqlite


def _short(grounds: Grounds, examples: int, steps: int) -> Counter[str]:
    figures: Counter[str] = Counter()
    short = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),  # what fails is made shorter by the long run
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Enrollment(grounds, figures), settings=short)  # type: ignore[arg-type]  # a factory will do
    return figures


def test_any_sequence_keeps_its_promises(settled_file: Path) -> None:
    assert _short(on_sqlite(settled_file), 5, 25)["steps"] > 60


def test_any_sequence_keeps_its_promises_on_postgresql(postgres_server: str) -> None:
    assert _short(on_postgres(postgres_server), 2, 15)["steps"] > 10
