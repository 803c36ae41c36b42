"""Guards: what the house does in one place only, and where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.paging import Page, page_of

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


JOURNAL = {"Entry", "Revision", "Writing", "Topic", "TopicRevision"}


def writes_the_journal(name: str, tree: ast.Module) -> bool:
    """Makes, changes or drops a row of the journal's tables, by a statement or by hand."""
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "storage.tables"
        for alias in node.names
    }
    ours = JOURNAL & imported
    for node in ast.walk(tree):
        match node:
            case ast.Call() if called(node) in {"insert", "update", "delete"} and ours & {
                getattr(a, "id", "") for a in node.args
            }:
                return True
            case ast.Call() if called(node) in ours:
                return True
            case ast.Assign(targets=[ast.Attribute(attr="value" | "work" | "comment" | "removed_at" | "homework")]):
                if "/journal/" in name:
                    return True
    return False


def test_the_journal_is_written_by_one_function() -> None:
    """Whatever comes to stand there goes through `storage.journal.writing.write`, which records who, when, from where and what
    was before; else a revision would be missing. An erasure takes the name away, the words with it."""
    found = {name for name, tree in modules() if writes_the_journal(name, tree)}
    assert found == {"storage/journal/writing.py", "bot/services/people/erasing.py", "storage/redaction.py"}


def cuts_pages(node: ast.AST) -> bool:
    """`found[page * SIZE : …]`, or how many pages there are: `-(-len(found) // SIZE)`, `(len(found) + SIZE - 1) // SIZE`."""
    match node:
        case ast.Slice(lower=ast.BinOp(op=ast.Mult(), right=ast.Name() | ast.Attribute())):
            return True
        case ast.BinOp(left=counted, op=ast.FloorDiv(), right=ast.Name()):
            return any(called(each) == "len" for each in ast.walk(counted))
    return False


def test_pages_are_cut_by_one_function() -> None:
    """An old button may ask for a page that is gone by now: whoever cuts by hand must think of it, `page_of` has."""
    found = [name for name, tree in modules() for node in ast.walk(tree) if cuts_pages(node)]
    assert set(found) == {"bot/paging.py"}


@pytest.mark.parametrize(
    ("number", "some", "first", "really"),
    [(0, "abc", 0, 0), (1, "def", 3, 1), (2, "g", 6, 2), (7, "g", 6, 2), (-1, "abc", 0, 0)],
)
def test_a_page_that_is_gone_is_the_last(number: int, some: str, first: int, really: int) -> None:
    assert page_of("abcdefg", number, 3) == Page(some, first, really, 3)


def test_nothing_is_one_empty_page() -> None:
    assert page_of([], 4, 3) == Page([], 0, 0, 1)
