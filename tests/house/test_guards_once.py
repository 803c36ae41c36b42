"""Guards: what the house does in one place only, and where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent


def modules() -> Iterator[tuple[str, ast.Module]]:
    """All that the bot is made of: its tests and the old migrations may write rows as they please."""
    for floor in ("bot", "handlers", "storage"):
        for path in sorted((HOUSE / floor).rglob("*.py")):
            name = path.relative_to(HOUSE).as_posix()
            if "/migrations/" not in name:
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def makes_a_line_of_the_audit(node: ast.AST) -> bool:
    if called(node) == "Audit":
        return True
    return called(node) == "insert" and any(getattr(each, "id", getattr(each, "attr", "")) == "Audit" for each in node.args)  # type: ignore[attr-defined]


def test_the_audit_is_written_by_one_function() -> None:
    """Whoever needs a line calls `storage.audit.log`: then no line lacks who, when or about what."""
    found = [name for name, tree in modules() for node in ast.walk(tree) if makes_a_line_of_the_audit(node)]
    assert found == ["storage/audit.py"]
