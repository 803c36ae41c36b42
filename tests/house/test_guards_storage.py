"""Guards over the storage floor: one upsert, and rows that are read by their names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

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


# ── rows are read by their names ────────────────────────────────────────────────────────────────────────────────────

ASKS = ("execute", "exec_driver_sql", "rows")  # the last: of storage/prepared.py
GIVES_ONE = ("one", "one_or_none", "first", "fetchone")


def by_position(tree: ast.AST) -> Iterator[str]:
    """Where a row is read by a number, cut, or poured into a call in the order of its columns."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _in(function)


def _in(function: ast.AST) -> Iterator[str]:
    rows = _rows(function)
    for node in ast.walk(function):
        if isinstance(node, ast.Subscript) and _numbered(node.slice) and _is_row(node.value, rows):
            yield ast.unparse(node)
        if isinstance(node, ast.Call):
            yield from (ast.unparse(each) for each in node.args if isinstance(each, ast.Starred) and _is_row(each.value, rows))


def _rows(function: ast.AST) -> set[str]:
    """The names that hold one row; what goes through lists of rows, and through names like «row», is followed."""
    many, one = {"rows"}, {"row"}
    for _ in range(3):  # a list of a list of what was asked
        for node in ast.walk(function):
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                held = one if _calls(node.value, GIVES_ONE) else many
                if _holds(node.value, many):
                    held.update(each.id for each in targets if isinstance(each, ast.Name))
            elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension) and _holds(node.iter, many):
                one.update([node.target.id] if isinstance(node.target, ast.Name) else [])
    return one


def _holds(value: ast.AST, many: set[str]) -> bool:
    """Whether this is rows: a question just asked, rows that have a name, or either in a list, put in order, awaited."""
    match value:
        case ast.Await(value=inner) | ast.Call(func=ast.Name(id="list" | "sorted" | "reversed"), args=[inner, *_]):
            return _holds(inner, many)
        case ast.Call(func=ast.Attribute(value=inner, attr=name)):
            return name in ASKS or (name in (*GIVES_ONE, "all") and _holds(inner, many))
        case ast.Name(id=name):
            return name in many
    return False


def _calls(value: ast.AST, names: tuple[str, ...]) -> bool:
    value = value.value if isinstance(value, ast.Await) else value
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in names


def _is_row(value: ast.AST, rows: set[str]) -> bool:
    match value:
        case ast.Name(id=name):
            return name in rows
        case ast.Subscript(value=inner):
            return _is_row(inner, rows)
        case ast.Call(func=ast.Name(id="tuple" | "list"), args=[inner]):
            return _is_row(inner, rows)
    return _calls(value, GIVES_ONE)


def _numbered(index: ast.AST) -> bool:
    return isinstance(index, ast.Slice) or (isinstance(index, ast.Constant) and isinstance(index.value, int))


def test_rows_are_read_by_their_names() -> None:
    found = {file: list(by_position(tree)) for file, tree in modules("storage")}
    assert {file: places for file, places in found.items() if places} == {}


@pytest.mark.parametrize(
    "body",
    [
        "rows = await tx.execute(question)\n    return [Line(*row) for row in rows]",
        "every = list(await tx.execute(question))\n    return [each for each in every if each[14] == 1]",
        "found = (await tx.execute(question)).one()\n    return Line(found[0])",
        "return [Line(*each[:17]) for each in await tx.execute(question)]",
        "for wish in await tx.execute(question):\n        put(*wish[2:])",
        "return [Mark(*tuple(row)[1:]) for row in await tx.execute(question)]",
        "return copy.execute(question).fetchone()[0]",
    ],
)
def test_the_guard_sees_a_row_read_by_position(body: str) -> None:
    assert list(by_position(ast.parse(f"async def asked(tx):\n    {body}\n")))


def test_what_is_built_of_many_facts_names_each() -> None:
    """Two neighbours of one type changed about is nothing a type checker sees."""
    found = [
        f"{file}: {ast.unparse(call.func)}"
        for file, tree in modules("storage")
        if "migrations" not in file and not file.startswith("storage/tables/")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id[0].isupper() and len(call.args) >= 6
    ]
    assert found == []


def left_open(tree: ast.AST) -> Iterator[str]:
    """Connections of sqlite3 that nobody closes: `with connect(…)` ends a transaction only. Python 3.13 complains of each."""
    closed = [
        call.args[0]
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("closing", "contextlib.closing")
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sqlite3.connect" and node not in closed:
            yield f"{node.lineno}: {ast.unparse(node)}"


def test_whoever_opens_a_file_of_sqlite_closes_it() -> None:
    theirs = {"storage/onehop.py", "bench/_bots.py"}  # aiosqlite's thread closes it; a process that ends with it
    found = {file: [*left_open(tree)] for file, tree in modules("bot", "handlers", "storage", "bench", "tests")}
    assert {file: lines for file, lines in found.items() if lines and file not in theirs} == {}


def test_the_guard_sees_a_file_left_open() -> None:
    assert [*left_open(ast.parse("with sqlite3.connect(file) as db:\n    db.execute('x')"))] == ["1: sqlite3.connect(file)"]
    assert [*left_open(ast.parse("with closing(sqlite3.connect(file)) as db, db:\n    pass"))] == []


def test_a_file_of_storage_is_read_in_one_sitting() -> None:
    """350 lines at most; a file that passes them is split along its subject."""
    lines = {
        file: len((ROOT / file).read_text("utf-8").splitlines()) for file, _ in modules("storage") if "migrations" not in file
    }
    assert [file for file, count in lines.items() if count > 350] == []


def test_a_question_has_six_parameters_at_most() -> None:
    """With the transaction; more of them are one thing that has a name."""
    found = [
        f"{file}: {function.name}"
        for file, tree in modules("storage")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and len(function.args.posonlyargs) + len(function.args.args) + len(function.args.kwonlyargs) > 6
    ]
    assert found == []
