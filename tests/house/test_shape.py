"""Guards of the floor plan: no circles, contracts that cover every room, typed buttons, files and functions of a size to read."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CODE = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("bot", "handlers", "storage")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "versions" not in path.parts
}
PAGE = ROOT / "bot" / "sandbox" / "page"

LONGEST = 350
# To be split along their subject; this empties.
LONGER_YET: dict[str, int] = {}
MANY_PARAMETERS = 7
# The functions that still take so many; this only grows shorter.
MANY_LEFT = {
    "bot/post/posting.py: post",  # whom, what, and when it is due, stale, urgent: each is left out more often than said
    "bot/reading/workbook/parse.py: guessed",
    "bot/sandbox/server.py: __init__",  # the options of a program of its own
    "bot/services/allocation/input.py: gather",
    "bot/services/allocation/input.py: _gathered",
    "bot/services/allocation/input.py: _entrants",
    "bot/services/enrollment/choices.py: walk",
    "bot/services/requests/papers.py: request_file",
    "bot/services/requests/forming.py: form_request",
    "bot/services/requests/forming.py: _version",
}


def imports(module: str, path: Path) -> set[str]:
    """The modules of ours that one imports at its top, for its types too."""
    found: set[str] = set()
    tree = ast.parse(path.read_text("utf-8"))
    top = [*tree.body, *(node for each in tree.body if isinstance(each, ast.If) for node in each.body)]
    for node in top:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in CODE else node.module for name in named}
    return (found & CODE.keys()) - {module}


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """One circle of a graph; empty when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_modules_import_each_other_in_no_circle() -> None:
    graph = {module: imports(module, path) for module, path in CODE.items()}
    assert circle(graph) == []


def test_the_pages_scripts_import_each_other_in_no_circle() -> None:
    graph = {
        script.name: set(re.findall(r"""(?:from|import)\s*\(?\s*["']\./([\w.-]+)["']""", script.read_text("utf-8")))
        for script in PAGE.glob("*.js")
    }
    assert graph["app.js"]
    assert circle(graph) == []


def contracts() -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return found


def rooms() -> set[str]:
    return {module for module in CODE if module.startswith("bot.") and module.count(".") == 1}


def test_every_room_of_the_bot_stands_in_the_layers() -> None:
    layers = next(each["layers"] for each in contracts() if each["type"] == "layers")
    assert isinstance(layers, list)
    named = {".".join(name.strip().split(".")[:2]) for layer in layers for name in layer.split("|")}
    assert rooms() - named == {"bot.sandbox"}  # it has a contract of its own


def test_the_sandbox_may_import_no_room_of_the_bot() -> None:
    forbidden = next(each["forbidden_modules"] for each in contracts() if each.get("source_modules") == ["bot.sandbox"])
    assert isinstance(forbidden, list)
    assert rooms() - set(forbidden) == {"bot.sandbox", "bot.__main__"}


def raw_buttons() -> Iterator[str]:
    """Where a button is made of a string that is no address."""
    for path in CODE.values():
        if "sandbox" in path.parts or path.name == "targets.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            to = [word.value for word in node.keywords if word.arg in ("callback_data", "to")]
            if name in ("Button", "button"):
                to += node.args[1:2]
            if any(isinstance(each, ast.Constant | ast.JoinedStr) and isinstance(getattr(each, "value", ""), str) for each in to):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_buttons_data_is_typed() -> None:
    assert [place for place in raw_buttons() if "bot/sandbox" not in place] == []


def test_no_file_of_the_house_is_longer_than_its_subject() -> None:
    lines = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in CODE.values()}
    assert {name: count for name, count in lines.items() if count > LONGER_YET.get(name, LONGEST)} == {}


def test_the_demo_alone_knows_the_sandbox() -> None:
    named = next(each["source_modules"] for each in contracts() if each.get("forbidden_modules") == ["bot.sandbox"])
    assert isinstance(named, list)
    assert rooms() - set(named) == {"bot.sandbox", "bot.demo", "bot.__main__"}


def test_a_page_of_the_handlers_takes_few_lines() -> None:
    """Lines of handlers per button they read: 43 once."""
    sources = [path.read_text("utf-8") for module, path in CODE.items() if module.startswith("handlers")]
    read = sum(len(re.findall(r"CallbackData, prefix=|opens\(", source)) for source in sources)
    assert sum(source.count("\n") for source in sources) / read <= 36


def test_handlers_take_few_parameters() -> None:
    assert [place for place in many_parameters() if place.startswith("handlers/")] == []


def test_few_functions_take_many_parameters() -> None:
    assert sorted(set(many_parameters()) - MANY_LEFT) == []


def many_parameters() -> Iterator[str]:
    for path in CODE.values():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                given = node.args
                if len(given.posonlyargs) + len(given.args) + len(given.kwonlyargs) >= MANY_PARAMETERS:
                    yield f"{path.relative_to(ROOT)}: {node.name}"
