"""The house's own files as the guards read them: a guard names every file that is not right, and is one test."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent


def trees(files: Iterable[Path]) -> Iterator[tuple[str, ast.Module]]:
    """Each of these with its path in the house. None is kept: the collector would walk through them with every later test."""
    for file in files:
        yield file.relative_to(HOUSE).as_posix(), ast.parse(file.read_text("utf-8"))
