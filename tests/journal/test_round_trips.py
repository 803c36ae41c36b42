"""A year of a journal drawn at random, written in each format by each program, read back: the same entries."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.journal.drawn import LISTS, YEARS, Line, grid, read, report, right

SHORT = settings(max_examples=4, deadline=None)
LONG = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("program", LISTS)
@SHORT
@given(lines=YEARS)
def test_a_list_comes_back(program: str, lines: list[Line]) -> None:
    name, content = LISTS[program](lines)
    assert read(content, name) == right(lines)


@SHORT
@given(lines=YEARS)
def test_a_grid_comes_back(lines: list[Line]) -> None:
    (name, content), said = grid(lines)
    if said:
        assert read(content, name) == said


@SHORT
@given(lines=YEARS)
def test_a_report_comes_back(lines: list[Line]) -> None:
    (name, content), said = report(lines)
    assert read(content, name) == said


@pytest.mark.faults
@pytest.mark.part("journal")
@pytest.mark.parametrize("into", ["xlsx", "ods", "xls", "csv"])
@pytest.mark.parametrize("form", ["list", "grid", "report"])
def test_what_libreoffice_saves_comes_back(into: str, form: str, tmp_path: Path, figures: Counter[str]) -> None:
    """A year's journal saved by LibreOffice, read back"""
    written = "openpyxl" if into == "csv" else "excel"  # a CSV has no merged cells: what stood in them is lost before us

    @LONG
    @given(lines=YEARS)
    def round_trip(lines: list[Line]) -> None:
        (name, content), said = (
            (LISTS[written](lines), right(lines)) if form == "list" else (grid if form == "grid" else report)(lines)
        )
        if not said:
            return
        (tmp_path / "в.xlsx").write_bytes(content)
        options = "csv:Text - txt - csv (StarCalc):59,34,76,1" if into == "csv" else into
        command = ["soffice", "--headless", "--convert-to", options, "--outdir", str(tmp_path / "из"), str(tmp_path / "в.xlsx")]
        subprocess.run(
            command, check=True, capture_output=True, timeout=300, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        )
        name = f"Г-01.{into}" if form == "grid" else f"в.{into}"
        assert read((tmp_path / "из" / f"в.{into}").read_bytes(), name) == said
        figures["journals"] += 1
        figures["entries"] += len(said)

    round_trip()
