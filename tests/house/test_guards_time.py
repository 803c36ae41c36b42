"""Guard: no test measures the machine. A test waits for an event, counts work, or moves an injected clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.trees import trees

TESTS = Path(__file__).parent.parent

# What reads a watch or waits a while, and why a test has no use for it.
BANNED = {
    "time.time": "read the injected clock",
    "time.sleep": "wait for the event itself",
    "time.monotonic": "count what is done, not how long it takes: make bench measures",
    "time.perf_counter": "count what is done, not how long it takes: make bench measures",
    "time.process_time": "count what is done, not how long it takes: make bench measures",
    "time.thread_time": "count what is done, not how long it takes: make bench measures",
    "timeit": "make bench measures",
    "asyncio.sleep": "wait for the event itself (bot/sandbox/bell.py); sleep(0) lets others go first, and may stay",
    "Date.now": "the browser's watch: count requests or pieces drawn",
    "performance.now": "the browser's watch: count requests or pieces drawn",
    ".duration": "the browser's watch: count requests or pieces drawn",
    "wait_for_timeout": "wait for what the page shows",
}
# Who may all the same: (file, word) → why.
ALLOWED = {
    ("broken.py", "time.process_time"): "a table that eats the processor is what the campaign looks for",
    ("test_faults_reading.py", "time.monotonic"): "how long the campaign goes on, no bound of what it finds",
    ("hangs.py", "time.thread_time"): "a hang is what burns the processor, whatever else the machine does",
    ("test_hangs.py", "time.thread_time"): "what burns the processor until it is broken off",
    ("test_browser_page.py", ".duration"): "its entries are counted, how long each took is not looked at",
}


def used(tree: ast.AST) -> Iterator[str]:
    """What a module imports, calls and writes into scripts, by its full name."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{each.name}" for each in names)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="asyncio"), attr="sleep"), args=[ast.Constant(value=0)]):
                pass
            case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)):
                yield f"{module}.{name}"
            case ast.Call(func=ast.Attribute(attr=name)):
                yield name
            case ast.Constant(value=str(script)):
                yield from (word for word in ("Date.now", "performance.now", ".duration") if word in script)


def test_no_test_holds_a_stopwatch_against_the_machine() -> None:
    files = [file for file in sorted(TESTS.rglob("*.py")) if file != Path(__file__)]
    found = {(name, word) for name, tree in trees(files) for word in used(tree) if word in BANNED}
    assert {(name, word): BANNED[word] for name, word in found if (Path(name).name, word) not in ALLOWED} == {}


def test_what_is_allowed_is_still_there() -> None:
    for name, word in ALLOWED:
        assert word in set(used(ast.parse(next(TESTS.rglob(name)).read_text("utf-8"))))
