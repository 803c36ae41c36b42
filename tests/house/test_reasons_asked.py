"""Guard: wherever a reason comes in, typed or in a file, one that speaks of illness is asked about by the one rule."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ASKED = re.compile(r"\b(speaks_of_illness|show_reason)\b")

# The columns of files that hold words about a person → who asks.
COLUMNS = {
    "bot/reading/decisions.py": "bot/words/sheet.py",
    "bot/reading/journal/list.py": "bot/services/journal/doubts.py",
    "bot/reading/workbook/sheets.py": "bot/services/network/doubts.py",
}
HEADINGS = re.compile(r'"(?:Причина|Комментарий|Основание|Примечание|Почему)"')


def typed_reasons() -> set[str]:
    """Modules of handlers where what somebody typed becomes a reason."""
    found = set()
    for path in (ROOT / "handlers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = " ".join(ast.unparse(target) for target in targets)
            if "visit.text" in ast.unparse(node.value) and re.search(r"\b(why|reason|because)\b", names):
                found.add(str(path.relative_to(ROOT)))
    return found


def test_a_typed_reason_is_asked_about() -> None:
    typed = typed_reasons()
    assert {"handlers/reasons.py", "handlers/timetable/changes.py", "handlers/timetable/periods.py"} <= typed
    assert [path for path in sorted(typed) if not ASKED.search((ROOT / path).read_text("utf-8"))] == []


def test_a_reason_of_a_file_is_asked_about() -> None:
    found = {
        str(path.relative_to(ROOT)) for path in (ROOT / "bot/reading").rglob("*.py") if HEADINGS.search(path.read_text("utf-8"))
    }
    assert found == set(COLUMNS)
    assert [by for by in COLUMNS.values() if not ASKED.search((ROOT / by).read_text("utf-8"))] == []


def test_a_service_that_takes_a_typed_reason_is_reached_through_the_page_that_asks() -> None:
    """`checked_reason` is the services' own look at what the page has shown; no handler calls it past `show_reason`."""
    past = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "handlers").rglob("*.py")
        if "checked_reason" in path.read_text("utf-8") and path != ROOT / "handlers/reasons.py"
    ]
    assert past == []
