"""The fault campaign's frame: a part goes on where it stopped, and its figures are added up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.faults import ROOT, Run, runs_of, table

TOY = '''
import pathlib, pytest

@pytest.mark.part("toys")
@pytest.mark.parametrize("seed", range(3))
def test_toys(seed, figures):
    """Toys dropped from the table: none breaks"""
    figures["dropped"] += 10
    assert seed != 1 or pathlib.Path("glue").exists()

def test_of_another_part():
    raise AssertionError
'''


def play(folder: Path) -> dict[str, bool]:
    """What holds after one more go of the part «toys»; nothing of another part is run."""
    options = ["-p", "tests.faults", "--part", "toys", "--kept", str(folder / "kept"), "--version-run", "abc1", "-n", "0"]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"), *options]
    subprocess.run([*command, f"--rootdir={folder}", "test_faults.py"], cwd=folder, env={"PYTHONPATH": str(ROOT)}, check=False)
    return {run.seed: run.held for run in runs_of("toys", folder / "kept").values()}


def test_a_part_goes_on_where_it_stopped_and_adds_its_figures_up(tmp_path: Path) -> None:
    (tmp_path / "test_faults.py").write_text(TOY)
    assert play(tmp_path) == {"0": True, "1": False, "2": True}
    lines = (tmp_path / "kept/toys.jsonl").read_text().splitlines()
    (tmp_path / "kept/toys.jsonl").write_text("\n".join([*lines, '{"item": "cut sho']))
    (tmp_path / "glue").touch()
    assert play(tmp_path) == {"0": True, "1": True, "2": True}
    assert len((tmp_path / "kept/toys.jsonl").read_text().splitlines()) == 5  # only the broken one was run again
    assert table(runs_of("toys", tmp_path / "kept").values()).splitlines()[2:] == [
        "| Toys dropped from the table: none breaks | 3 | dropped 30 | 3 of 3 | 0–2 |"
    ]


def test_what_broke_is_named_by_its_seed() -> None:
    runs = [
        Run(item=f"t.py::t[sqlite-{seed}]", fault="kills", held=seed != 2, seconds=1, version="a", figures={"kills": 10})
        for seed in (0, 2, 5)
    ]
    assert table(runs).splitlines()[2:] == ["| kills | 3 | kills 30 | 2 of 3; BROKEN: sqlite-2 | sqlite-0, sqlite-2, sqlite-5 |"]


def test_every_part_of_the_repository_is_found() -> None:
    ran = subprocess.run([sys.executable, "-m", "tests.faults", "list"], cwd=ROOT, capture_output=True, text=True, check=True)
    parts = {line.split(":")[0] for line in ran.stdout.splitlines()}
    assert {"kills-sqlite", "kills-postgres", "story", "letters", "updates", "forged-states", "forged-presses"} <= parts
    assert not [part for part in parts if part.startswith("test-")]  # what stands beside short tests says its part
