"""The fault campaign in parts: `make faults PART=outages` runs one, goes on where it stopped, and says what was measured.

A part is a file tests/test_faults_….py, or what is marked `@pytest.mark.part("…")` in any file of the tests. Each run of a test
with its seed leaves a line in .cache/faults/<part>.jsonl; one that held is not run again (`AGAIN=1` begins anew). A test says
what it did with the fixture `figures`; figures of all runs are added up in a table like that of design/trust.md.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".cache" / "faults"
PATIENCE = "1800"  # seconds in which nothing moves, until a run is given up: the machine may have much other work
FIGURES = pytest.StashKey[Counter[str]]()  # what a test counted


# ── what a run leaves ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Run:
    """One test with one seed, run to its end."""

    item: str  # file::test[seed]
    fault: str  # the first line of the test's docstring, or its name in words
    held: bool
    seconds: float
    version: str  # the commit it was run on
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def seed(self) -> str:
        found = re.search(r"\[(.*)\]$", self.item)
        return found[1] if found else "—"


def runs_of(part: str, kept: Path = KEPT) -> dict[str, Run]:
    """The last run of each test of a part. A line that a kill cut short is passed over."""
    file = kept / f"{part}.jsonl"
    found: dict[str, Run] = {}
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        try:
            run = Run(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[run.item] = run
    return found


def keep(part: str, run: Run, kept: Path = KEPT) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / f"{part}.jsonl").open("a+", encoding="utf-8") as file:
        file.seek(0)
        if file.read()[-1:] not in ("", "\n"):
            file.write("\n")  # a kill cut the last line short
        file.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")


def version() -> str:
    """The commit, with a + when the tree differs from it."""
    ran = subprocess.run(["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout.strip() or "?"


# ── in pytest ───────────────────────────────────────────────────────────────────────────────────────────────────────


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("faults")
    group.addoption("--part", help="only this part of the fault campaign, and of it only what has not held yet")
    group.addoption("--kept", type=Path, default=KEPT, help="where the campaign's results are kept")
    group.addoption("--version-run", default="?", help="the commit that is being run")


def part_of(item: pytest.Item) -> str:
    """«outages» of test_faults_outages.py; a mark `part` on the test or on its seed goes before."""
    mark = item.get_closest_marker("part")
    return str(mark.args[0]) if mark else item.path.stem.removeprefix("test_faults_").replace("_", "-")


def _fault_of(item: pytest.Item) -> str:
    function = getattr(item, "function", None)
    said = (getattr(function, "__doc__", None) or "").strip().split("\n")[0]
    return said or item.name.split("[")[0].removeprefix("test_").replace("_", " ")


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Counter[str]:
    """What a run of the campaign counts: `figures["letters"] += 2000`."""
    counted: Counter[str] = Counter()
    request.node.stash[FIGURES] = counted
    return counted


@pytest.hookimpl(trylast=True)  # after -m faults has chosen
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        item.user_properties.append(("part", part_of(item)))
        item.user_properties.append(("fault", _fault_of(item)))
    wanted = config.getoption("--part")
    if wanted is None:
        return
    done = {run.item for run in runs_of(wanted, config.getoption("--kept")).values() if run.held}
    left = [item for item in items if part_of(item) == wanted and item.nodeid not in done]
    config.hook.pytest_deselected(items=[item for item in items if item not in left])
    items[:] = left


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What was counted travels with the report, from whichever process ran it."""
    report = yield
    counted = item.stash.get(FIGURES, None)
    report.user_properties.append(("figures", dict(counted or {})))
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Kept at once, so that a campaign that is broken off loses only what was in hand."""
    if _campaign is None or report.skipped or (report.when != "call" and not report.failed):
        return
    about: dict[str, Any] = dict(report.user_properties)
    kept, commit = _campaign
    keep(
        str(about["part"]),
        Run(
            item=report.nodeid,
            fault=str(about["fault"]),
            held=report.passed,
            seconds=round(report.duration, 1),
            version=commit,
            figures=about["figures"],
        ),
        kept,
    )


_campaign: tuple[Path, str] | None = None  # set in the process that writes: with -n others only run


def pytest_configure(config: pytest.Config) -> None:
    global _campaign  # noqa: PLW0603 - a hook of a report knows no configuration
    if config.getoption("--part") is not None and not hasattr(config, "workerinput"):
        _campaign = (config.getoption("--kept"), config.getoption("--version-run"))


# ── what a person reads ─────────────────────────────────────────────────────────────────────────────────────────────


def table(runs: Iterable[Run]) -> str:
    """The runs as rows of design/trust.md's table: a fault a row, its figures added up, its seeds."""
    rows: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        rows[run.fault].append(run)
    lines = ["| fault | runs | measured | held | seeds |", "|---|---|---|---|---|"]
    for fault, those in sorted(rows.items()):
        total: Counter[str] = Counter()
        for run in those:
            total.update(run.figures)
        measured = ", ".join(f"{name} {amount:g}" for name, amount in total.items()) or "—"
        broken = [run for run in those if not run.held]
        held = f"{len(those) - len(broken)} of {len(those)}" + "".join(f"; BROKEN: {run.seed}" for run in broken)
        lines.append(f"| {fault} | {len(those)} | {measured} | {held} | {_seeds(those)} |")
    return "\n".join(lines)


def _seeds(runs: Sequence[Run]) -> str:
    """«0–29», «sqlite-0–29»: neighbours as one."""
    numbered: dict[str, list[int]] = defaultdict(list)
    for run in runs:
        before, number = re.fullmatch(r"(.*?)(\d*)", run.seed).groups()  # type: ignore[union-attr]  # matches anything
        numbered[before] += [int(number)] if number else []
    said = []
    for before, numbers in sorted(numbered.items()):
        ends = sorted(set(numbers))
        if len(ends) > 2 and ends[-1] - ends[0] == len(ends) - 1:
            said.append(f"{before}{ends[0]}–{ends[-1]}")
        else:
            said += [f"{before}{number}" for number in ends] or [before]
    return ", ".join(said)


def files_of(folder: Path = ROOT / "tests") -> list[Path]:
    """Where the campaign's runs stand: beside the short ones of the same subject too."""
    return [file for file in sorted(folder.rglob("test_*.py")) if "pytest.mark.faults" in file.read_text("utf-8")]


def collected(folder: Path = ROOT / "tests") -> dict[str, int]:
    """Every part with the number of its runs, as pytest finds them now."""
    found: Counter[str] = Counter()

    class Ear:
        def pytest_collection_finish(self, session: pytest.Session) -> None:
            found.update(part_of(item) for item in session.items)

    said = io.StringIO()
    files = map(str, files_of(folder))
    with contextlib.redirect_stdout(said):
        code = pytest.main(["--collect-only", "-m", "faults", "-p", "tests.faults", *files], plugins=[Ear()])
    if code:
        raise SystemExit(said.getvalue())  # a file that cannot be read
    return dict(sorted(found.items()))


def main(arguments: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="make faults", description=(__doc__ or "").split("\n")[0])
    asked.add_argument("part", nargs="*", help="parts to run; none: every part; list: say what there is")
    asked.add_argument("--again", action="store_true", help="forget what was measured of these parts, and begin anew")
    asked.add_argument("-n", "--workers", default="2", help="processes at once")
    given = asked.parse_args(arguments)
    parts = collected()
    if unknown := [name for name in given.part if name not in parts and name != "list"]:
        print(f"no such part: {', '.join(unknown)}; there are: {', '.join(parts)}", file=sys.stderr)  # noqa: T201
        return 2
    print("\n".join(f"{name}: {_standing(name, amount)}" for name, amount in parts.items()))  # noqa: T201
    if "list" in given.part:
        return 0
    codes = [_run(name, given.workers, again=given.again) for name in given.part or parts]
    return int(any(codes))


def _standing(part: str, amount: int) -> str:
    runs = runs_of(part).values()
    held = sum(run.held for run in runs)
    return f"{held} of {amount} runs held" + (f", {broken} broken" if (broken := len(runs) - held) else "")


def _run(part: str, workers: str, *, again: bool) -> int:
    if again:
        (KEPT / f"{part}.jsonl").unlink(missing_ok=True)
    commit = version()
    files = [str(file.relative_to(ROOT)) for file in files_of()]
    options = ["-m", "faults", "-p", "tests.faults", "--part", part, "--version-run", commit, "-n", workers]
    options += ["-o", "faulthandler_timeout=0"]  # a long run is no hang
    print(f"\n── {part} ──", flush=True)  # noqa: T201
    command, settings = [sys.executable, "-m", "pytest", *options, *files], os.environ | {"SANDBOX_PATIENCE": PATIENCE}
    code = subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode
    runs = runs_of(part)
    print(table(runs.values()))  # noqa: T201
    others = {run.version for run in runs.values()} - {commit}
    if others:
        print(f"(some runs are of other versions: {', '.join(sorted(others))}; AGAIN=1 begins anew)")  # noqa: T201
    nothing_left = 5  # pytest's word for: nothing was left to run
    return 0 if code == nothing_left else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
