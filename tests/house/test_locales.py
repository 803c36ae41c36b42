"""Guard: code and locales agree on every key and every variable, in every language, both ways."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot.app  # noqa: F401 - all notices are known once the roof stands
from bot.notices import Notice
from bot.voice import LANGUAGES, LOCALES, _functions
from tests.world import ZONE

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
)


class Variables(Visitor):
    """Collects the variables of a sentence, and the sentences it refers to."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.refers: set[str] = set()
        self.functions: set[str] = set()

    def visit_FunctionReference(self, node: Any) -> None:  # noqa: N802
        self.functions.add(node.id.name)
        self.generic_visit(node)

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
                strange = found[entry.id.name].functions - {"NUMBER", "DATETIME", *_functions(language, ZONE)}
                assert not strange, f"{path.name}: {entry.id.name} calls {', '.join(strange)}, which the voice does not know"
    return {key: frozenset(each.names.union(*(found[other].names for other in each.refers))) for key, each in found.items()}


def referred(language: str) -> dict[str, set[str]]:
    """Every key that other sentences refer to, with those that do."""
    found: dict[str, set[str]] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            if isinstance(entry, ftl.Message):
                named = Variables()
                named.visit(entry)
                for key in named.refers:
                    found.setdefault(key, set()).add(entry.id.name)
    return found


@cache
def literals() -> frozenset[str]:
    """Every string that stands in the code."""
    return frozenset(
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@dataclass(frozen=True)
class Call:
    """One sentence said: its place, its key (None: computed) and the names of its facts (None: handed on with **)."""

    place: str
    key: str | None
    given: frozenset[str] | None


def calls() -> list[Call]:
    """Every say("…"), say.plain("…"), visit.say("…"), visit.button("…", to) and Refusal("…") of the code."""
    found = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _speaks(node.func):
                key = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
                names = [word.arg for word in node.keywords]
                given = None if None in names else frozenset(str(name) for name in names)
                found.append(Call(f"{path.relative_to(ROOT)}:{node.lineno}", None if key is None else str(key), given))
    return found


def _speaks(function: ast.expr) -> bool:
    match function:
        case ast.Name(id="say" | "Refusal"):
            return True
        case ast.Attribute(attr="say"):  # visit.say(…)
            return True
        case ast.Attribute(value=ast.Name(id="say") | ast.Attribute(attr="say"), attr="plain"):
            return True
        case ast.Attribute(value=ast.Name(id="visit"), attr="button"):
            return True
    return False


def test_no_file_of_sentences_is_longer_than_a_subject() -> None:
    long = {path.name: path.read_text("utf-8").count("\n") for path in sorted(LOCALES.rglob("*.ftl"))}
    assert {name: lines for name, lines in long.items() if lines > 350} == {}


# Calls this guard cannot read, by folder: with ** and with a computed key. These only go down.
HANDED_ON: dict[str, int] = {
    "bot/documents": 3,
    "bot/notices": 7,
    "bot/services": 6,
    "bot/words": 15,
    "handlers/allocation": 4,
    "handlers/enrollment": 4,
    "handlers/offers": 3,
    "handlers/papers": 1,
    "handlers/people": 6,
    "handlers/requests": 5,
}
COMPUTED: dict[str, int] = {
    "bot/__main__.py": 2,
    "bot/answers.py": 1,
    "bot/cli": 1,
    "bot/documents": 2,
    "bot/folder.py": 1,
    "bot/notices": 8,
    "bot/post": 3,
    "bot/reading": 4,
    "bot/services": 7,
    "bot/telegram": 3,
    "bot/visit.py": 3,
    "bot/words": 23,
    "handlers/deciding": 6,
    "handlers/enrollment": 5,
    "handlers/journal": 4,
    "handlers/people": 6,
    "handlers/reasons.py": 1,
    "handlers/requests": 4,
    "handlers/roadmap": 8,
}


def test_the_calls_that_cannot_be_read_are_these_and_become_fewer() -> None:
    def by_folder(unread: Iterable[Call]) -> dict[str, int]:
        return dict(sorted(Counter("/".join(call.place.partition(":")[0].split("/")[:2]) for call in unread).items()))

    assert by_folder(call for call in calls() if call.key and call.given is None) == HANDED_ON
    assert by_folder(call for call in calls() if call.key is None) == COMPUTED


def test_both_languages_have_the_same_sentences_with_the_same_variables() -> None:
    assert {language: sentences(language) for language in LANGUAGES} == {language: sentences("ru") for language in LANGUAGES}


def test_a_course_s_name_stands_behind_a_noun_that_bears_the_case() -> None:
    """«на курс «Шахматы»», never «на «Шахматы»»."""
    texts = {path.name: path.read_text("utf-8") for path in (LOCALES / "ru").glob("*.ftl")}
    bare = re.compile(r"\b(?:на|по|к|с|от|для|из|о|об)\s(?:«\{ \$(?:course|subject) \}»|\{ \$courses \})", re.IGNORECASE)
    found = {f"{name}: {line.strip()}" for name, text in texts.items() for line in text.splitlines() if bare.search(line)}
    assert found == set()


def test_every_sentence_the_code_says_exists_and_gets_exactly_its_facts() -> None:
    wrong = [
        f"{call.place}: {call.key}: given {call.given}, wanted {sentences('ru').get(call.key, 'no such sentence')}"
        for call in calls()
        if call.key is not None
        and (call.key not in sentences("ru") or (call.given is not None and call.given != sentences("ru")[call.key]))
    ]
    assert wrong == []


def test_every_sentence_is_said_somewhere() -> None:
    kinds = {kind for notice in Notice.kinds for kind in (notice, f"{notice}-discreet", f"{notice}-own")}
    said = literals() | kinds | referred("ru").keys()
    unsaid = [key for key in sentences("ru") if key not in said and not key.startswith(PREFIXES)]
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


# ── promises ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Sentences that count, for themselves and for those that refer to them.
HEARS = {"families-hear", "families-hear-soon", "families-read", "partner-and-families-hear", "regroup-done"}
PROMISE = re.compile(r"[Сс]емь[яи]\w*(,?( \w+){1,4})? (узна[её]т|узнают|прочт[её]т|прочтут)")
# Sentences that speak of families that will hear and count nobody: why they need not.
BEFORE = {
    "allocation-draw-sure": "a question before it is done",
    "entered-told": "chosen by whether the family is reached",
    "families-hear-certificate": "a question before it is done",
    "group-complete-sure": "a question before it is done",
    "group-why-left": "asks for the words",
    "inbox-why-decline": "asks for the words",
    "inbox-why-return": "asks for the words",
    "network-families": "counts those who are reached",
    "reason-told": "a question before it is done",
    "regroup-where": "asks which group",
    "request-why": "asks for the words",
    "request-why-all": "asks for the words",
}


def spoken(language: str) -> dict[str, str]:
    """Every key with its words as they stand in the file."""
    found: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        source = path.read_text("utf-8")
        for entry in FluentParser().parse(source).body:
            if isinstance(entry, ftl.Message) and entry.span is not None:
                found[entry.id.name] = source[entry.span.start : entry.span.end]
    return found


def test_a_sentence_that_promises_families_will_hear_counts_those_who_can() -> None:
    promises = {key for key, words in spoken("ru").items() if PROMISE.search(words)}
    assert promises - HEARS == set(BEFORE)


def test_what_promises_is_said_only_through_the_method_that_counts() -> None:
    """`visit.promise(pupils, lambda told: visit.say("…", told=told))`: no place reckons by itself who is told."""
    promising = HEARS | {key for hears in HEARS for key in referred("ru").get(hears, ())}
    for path in CODE:
        source = path.read_text("utf-8")
        if any(f'"{key}"' in source for key in promising):
            assert ".promise(" in source, path
