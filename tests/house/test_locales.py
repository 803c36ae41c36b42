"""Guard: code and locales agree on every key and every variable, in every language, both ways."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot.app  # noqa: F401 - all notices are known once the roof stands
from bot.notices import Notice
from bot.voice import LANGUAGES, LOCALES

ROOT = Path(__file__).parent.parent.parent
CODE = [
    path
    for folder in ("bot", "handlers", "storage")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "sandbox" not in path.parts
]

# Keys the code puts together from parts: the part that stands in the code.
PREFIXES: tuple[str, ...] = (
    "direction-",
    "cli-help",
    "on-weekday",
    "choice-state",
)  # the last two: other sentences refer to them


class Variables(Visitor):
    """Collects the variables of a sentence, and the sentences it refers to."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.refers: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802 - the visitor's way
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: Any) -> None:  # noqa: N802
        self.refers.add(node.id.name)


@cache
def sentences(language: str) -> dict[str, frozenset[str]]:
    """Every key with its variables (those of the sentences it refers to included); junk and doubles fail here."""
    found: dict[str, Variables] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            if isinstance(entry, ftl.Junk):
                raise AssertionError(f"{path.name}: cannot be read: {entry.content!r}")
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{path.name}: {entry.id.name} stands twice"
                found[entry.id.name] = Variables()
                found[entry.id.name].visit(entry)
    return {key: frozenset(each.names.union(*(found[other].names for other in each.refers))) for key, each in found.items()}


@cache
def literals() -> frozenset[str]:
    """Every string that stands in the code."""
    return frozenset(
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def calls() -> list[tuple[str, str, frozenset[str] | None]]:
    """(place, key, names of the facts or None where they are handed on) of every say("…"), say.plain("…"), Refusal("…")."""
    found = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and _speaks(node.func)):
                continue
            given = (
                None if any(word.arg is None for word in node.keywords) else frozenset(str(word.arg) for word in node.keywords)
            )
            found.append((f"{path.relative_to(ROOT)}:{node.lineno}", str(node.args[0].value), given))
    return found


def _speaks(function: ast.expr) -> bool:
    match function:
        case ast.Name(id="say" | "Refusal"):
            return True
        case ast.Attribute(value=ast.Name(id="say"), attr="plain"):
            return True
    return False


def test_no_file_of_sentences_is_longer_than_a_subject() -> None:
    long = {path.name: path.read_text("utf-8").count("\n") for path in sorted(LOCALES.rglob("*.ftl"))}
    assert {name: lines for name, lines in long.items() if lines > 350} == {}


def test_both_languages_have_the_same_sentences_with_the_same_variables() -> None:
    assert {language: sentences(language) for language in LANGUAGES} == {language: sentences("ru") for language in LANGUAGES}


def test_every_sentence_the_code_says_exists_and_gets_exactly_its_facts() -> None:
    wrong = [
        f"{place}: {key}: given {sorted(given) if given is not None else '…'}, wanted {sorted(sentences('ru').get(key, {'no such sentence'}))}"
        for place, key, given in calls()
        if key not in sentences("ru") or (given is not None and given != sentences("ru")[key])
    ]
    assert wrong == []


def test_every_sentence_is_said_somewhere() -> None:
    kinds = {kind for notice in Notice.kinds for kind in (notice, f"{notice}-discreet", f"{notice}-own")}
    unsaid = [key for key in sentences("ru") if key not in literals() | kinds and not key.startswith(PREFIXES)]
    assert unsaid == []


@pytest.mark.parametrize("kind", [kind for kind, notice in Notice.kinds.items() if notice.__module__.startswith("bot.")])
def test_every_notice_has_its_sentence_and_the_facts_for_it(kind: str) -> None:
    notice = Notice.kinds[kind]
    if notice.text is Notice.text:
        assert kind in sentences("ru")
        if notice.words is Notice.words:
            fields = frozenset(notice.__dataclass_fields__)
            assert sentences("ru")[kind] <= fields
    if f"{kind}-own" in sentences("ru"):
        assert sentences("ru")[f"{kind}-own"] <= sentences("ru")[kind]
    if notice.private:
        assert f"{kind}-discreet" in sentences("ru")
