"""Guard: one working calendar. Nobody but bot/services/workdays.py knows a holiday, a weekend or the parity of a week."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.trees import trees

HOUSE = Path(__file__).parent.parent.parent
CALENDAR = HOUSE / "bot/services/workdays.py"
FILES = sorted(file for room in ("bot", "handlers", "storage") for file in (HOUSE / room).rglob("*.py") if file != CALENDAR)
STATE = {(1, 7), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}  # month and day of the state's holidays
# Who may read the table of named days: what it is, the question, and the writing of a workbook.
TABLE = {
    "storage/tables/network.py",
    "storage/tables/__init__.py",
    "storage/network/calendar.py",
    "storage/network/network.py",
    "bot/services/network/apply.py",
}


def _weekday(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "weekday"


def known(tree: ast.AST) -> Iterator[str]:
    """What a module knows of working days by itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if any(each.name.split(".")[0] == "holidays" for each in names):
                yield "the holidays package"
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] == "holidays":
                yield "the holidays package"
            case ast.Attribute(attr="isocalendar" | "isoweekday"):
                yield "the number of a week"
            case ast.Constant(value=str(words)) if any(f"%{letter}" in words for letter in "GUVWu"):
                yield "the number of a week"
            case ast.Compare(left=left, comparators=others) if any(_weekday(each) for each in (left, *others)):
                yield "a weekend"
            case ast.Call(func=ast.Name(id="max" | "min")) if any(_weekday(each) for each in ast.walk(node)):
                yield "a weekend"
            case ast.Tuple(elts=[ast.Constant(value=int(month)), ast.Constant(value=int(day))]) if (month, day) in STATE:
                yield "a holiday"
            case ast.Call(args=[_, ast.Constant(value=int(month)), ast.Constant(value=int(day))]) if (month, day) in STATE:
                yield "a holiday"


def test_nobody_else_knows_a_holiday() -> None:
    found, reads = {}, set()
    for name, tree in trees(FILES):
        found[name] = set(known(tree))
        reads |= {name} if any(_named_days(node) for node in ast.walk(tree)) else set()
    assert {name: what for name, what in found.items() if what} == {}
    assert reads <= TABLE


def _named_days(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.alias) and "CalendarDay" in ast.unparse(node)


@pytest.mark.parametrize(
    "code",
    [
        "import holidays",
        "from holidays import RU",
        "day.isocalendar().week % 2",
        "day.strftime('%V')",
        "day.weekday() >= 5",
        "day.weekday() in (5, 6)",
        "day - timedelta(days=max(0, day.weekday() - 4))",
        "date(year, 11, 4)",
        "(day.month, day.day) == (11, 4)",
    ],
)
def test_the_guard_sees(code: str) -> None:
    assert set(known(ast.parse(code)))


def test_the_calendar_itself_would_be_seen() -> None:
    assert {"the holidays package", "a weekend"} <= set(known(ast.parse(CALENDAR.read_text("utf-8"))))
