"""The house's own files as the guards read them: a guard names every file that is not right, and is one test."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent


def trees(files: Iterable[Path]) -> Iterator[tuple[str, ast.Module]]:
    """Each of these with its path in the house; read once for all guards."""
    for file in files:
        yield file.relative_to(HOUSE).as_posix(), _tree(file)


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))
