"""Every bench still runs: small, for what it measures is not looked at here. One that is run before a release only breaks in between."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import _crowd, allocation
from bench.__main__ import QUESTIONS
from bench.workbook import Size
from bot.collector import look_seldom
from tests.world import ANNA

# Of each how large it is here; what stands in the tables of docs/benchmarks.md is measured at its own size.
SMALL: dict[str, dict[str, Any]] = {
    "allocation": {"PUPILS": 200, "GROUPS": 10, "ROUNDS": 1, "SECONDS": 60.0, "MEGABYTES": 10_000},
    "catalogue": {"COURSES": 305, "GROUPS": 610, "PUPILS": 400, "ROUNDS": 21, "MILLISECONDS": 10_000.0},
    "changes": {"ONE_OF": 12, "MANY_OF": 12, "LESSONS": 2, "DISTRICT": 13, "SECOND": 60.0},
    "journal": {"ROWS": 600, "OF_A_DAY": 60},
    "pages": {"SIZES": (1_000,), "ROLES": {"guardian": ANNA}},
    "reading": {"ROWS": 20, "ROUNDS": 1},
    "timetable": {"GROUPS": 20, "WEEKS": 20, "ROUNDS": 1, "DRAWINGS": 1, "MILLISECONDS": 1e4, "PICTURE": 1e4},
    "workbook": {"SIZES": (Size(30, 4, 6, rounds=1),)},
}
# These start bots, browsers or servers of their own: the fault campaign runs them.
PROCESSES: dict[str, dict[str, Any]] = {
    "delivery": {"LETTERS": 6, "CHATS": 4, "SOME": 2},
    "echo": {"PEOPLE": 60, "ONE_BY_ONE": 2, "ROUNDS": 1},
    "page": {"PEOPLE": 3, "MESSAGES": 20, "PUSHES": 2},
    "processes": {"PEOPLE": 20, "ROUNDS": 1},
    "start": {"ROUNDS": 1, "IDLE": 0.1},
}


def test_none_is_forgotten() -> None:
    assert sorted([*SMALL, *PROCESSES]) == QUESTIONS


@pytest.mark.parametrize("name", SMALL)
def test_it_runs(name: str, small: None, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module(f"bench.{name}").main()
    assert len(capsys.readouterr().out.splitlines()) >= 1


@pytest.mark.faults
@pytest.mark.part("benches")
@pytest.mark.filterwarnings("ignore")  # of the libraries a bench compares with
@pytest.mark.parametrize("name", PROCESSES)
def test_it_runs_with_processes_of_its_own(name: str, small: None, capsys: pytest.CaptureFixture[str]) -> None:
    """A bench that starts processes of its own."""
    importlib.import_module(f"bench.{name}").main()
    assert "|" in capsys.readouterr().out or name in ("page", "processes")


@pytest.fixture
def small(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """This bench at a size that takes no time; it leaves the house as it found it, and the collector as the suite has it."""
    before = constants()
    module = importlib.import_module(f"bench.{name}")
    for constant, value in (SMALL | PROCESSES)[name].items():
        assert hasattr(module, constant), constant
        monkeypatch.setattr(module, constant, value)
    monkeypatch.setattr(allocation, "main", allocation.measure)  # in this process, where it is small
    monkeypatch.setattr(_crowd, "CACHE", tmp_path)
    yield
    gc.unfreeze()
    look_seldom()
    assert {name for name, value in constants().items() if name in before and value is not before[name]} == set()


def constants() -> dict[str, Any]:
    """What the modules of the house call by capital letters: tests of this process that come later read them too."""
    house = [(name, module) for name, module in sys.modules.items() if name.split(".")[0] in ("bot", "handlers", "storage")]
    return {f"{place}.{name}": value for place, module in house for name, value in vars(module).items() if name.isupper()}
