"""Guards over the storage floor: one upsert, and rows that are read by their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("bot", "handlers", "storage", "bench", "tests")


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of these rooms, by its path."""
    for room in rooms:
        for file in sorted((ROOT / room).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text("utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def test_one_file_knows_how_each_database_inserts_what_may_be_there() -> None:
    asked = [file for file, tree in modules(*ROOMS) if any(name.startswith("sqlalchemy.dialects") for name in imports(tree))]
    assert asked == ["storage/upsert.py"]
