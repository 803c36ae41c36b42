"""Guard: what the READMEs and the coordinator's guide name is there: files, commands, sheets, columns, words on buttons."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer

from bot.__main__ import cli
from bot.reading.journal.codes import KNOWN
from bot.reading.journal.list import COLUMNS, REQUIRED
from bot.reading.workbook.sheets import FORMS

ROOT = Path(__file__).parent.parent.parent
GUIDE = ROOT / "docs" / "guide"
PAGES = [
    *sorted(ROOT.glob("README*.md")),
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs" / "licences.md",
    ROOT / "bot" / "sandbox" / "README.md",
    ROOT / "docs" / "contributing.md",
    ROOT / "docs" / "operations.md",
    *sorted(GUIDE.glob("*.md")),
]
PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

FOLDERS = ("bot", "handlers", "storage", "locales", "tests", "docs", "deploy", "bench")


@PAGE
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / unquote(link)).exists()]
    assert broken == []


@PAGE
def test_paths_named_exist(page: Path) -> None:
    named = re.findall(rf"`((?:{'|'.join(FOLDERS)})/[\w./*-]+)`", page.read_text("utf-8"))
    assert [path for path in named if not any(ROOT.glob(path.rstrip("/")))] == []


@PAGE
def test_sentences_named_stand_where_it_says(page: Path) -> None:
    named = re.findall(r"`([a-z-]+)` (?:in|в) `(?:locales/ru/)?(\w+\.ftl)`", page.read_text("utf-8"))
    assert [
        (key, file)
        for key, file in named
        for language in ("ru", "en")
        if f"\n{key} =" not in (ROOT / "locales" / language / file).read_text("utf-8")
    ] == []


@PAGE
def test_commands_named_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    known = _commands(cli) | {
        f"{group.name} {name}" if isinstance(group.name, str) else name  # one without a name adds to the whole
        for group in cli.registered_groups
        if group.typer_instance
        for name in _commands(group.typer_instance)
    }
    groups = {group.name for group in cli.registered_groups if isinstance(group.name, str)}
    said = re.findall(r"python -m bot ([a-z]+)(?: ([a-z]+))?", text)
    assert {f"{word} {after}" if word in groups else word for word, after in said} <= known
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+) ", text, re.MULTILINE)) <= {
        pair for target in targets for pair in ((target, ""), ("", target))
    }


def _commands(app: typer.Typer) -> set[str]:
    return {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}


def test_every_sheet_and_column_of_the_workbook_is_explained_by_its_exact_name() -> None:
    told = {
        part.split("\n", 1)[0].strip(): re.findall(r"^\| ([^|*]+?)(\*?) \|", part.split("|---|---|", 1)[1], re.MULTILINE)
        for part in (GUIDE / "workbook.md").read_text("utf-8").split("\n## ")[1:]
    }
    assert told == {form.name: [(each.name, "*" if each.required else "") for each in form.columns] for form in FORMS}


def test_the_journals_columns_and_codes_are_explained() -> None:
    journal = (GUIDE / "day.md").read_text("utf-8").split("## Журнал", 1)[1].split("\n## ", 1)[0]
    columns, codes = (part.split("\n\n", 1)[0] for part in journal.split("|---|---|")[1:])
    assert re.findall(r"^\| ([^|*]+?)(\*?) \|", columns, re.MULTILINE) == [
        (name, "*" if field in REQUIRED else "") for field, name in COLUMNS.items()
    ]
    assert {code for row in re.findall(r"^\| ([^|]+?) \|", codes, re.MULTILINE) for code in row.split(", ")} == set(KNOWN)


@PAGE
def test_the_words_of_buttons_are_those_of_the_bot(page: Path) -> None:
    """In the guide, a press stands in bold after «→» or as «Нажмите **…**»."""
    sentences = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "locales" / "ru").glob("*.ftl")))
    pressed = re.findall(r"(?:→ |[Нн]ажмите )\*\*([^*:]+)", page.read_text("utf-8"))
    assert [words for words in pressed if words not in sentences] == []


def test_both_readmes_are_in_step() -> None:
    """The same chapters in the same order, the same commands, the same tables: whoever adds to one adds to the other."""

    def bones(name: str) -> tuple[list[int], set[str], list[int]]:
        text = (ROOT / name).read_text("utf-8")
        headings = [len(each) for each in re.findall(r"^(#+) ", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)]
        spans = [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^(make \w+)", text, re.MULTILINE)]
        commands = {
            " ".join(each.split()[:4] if "-m bot" in each else each.split()[:2])
            for each in spans
            if "-m bot" in each or each.startswith("make ")
        }
        tables = [len(each.strip().splitlines()) for each in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)]
        return headings, commands, tables

    english, russian = bones("README.md"), bones("README.ru.md")
    assert english[0] == russian[0]
    assert english[1] == russian[1]
    assert english[2] == russian[2]


def test_the_log_says_what_the_runbook_explains() -> None:
    """Whoever looks for a line of the log in the runbook finds it by its very words."""
    runbook = (ROOT / "docs" / "operations.md").read_text("utf-8")
    table = runbook.partition("## When something is wrong")[2].partition("\n## ")[0]
    lines = [
        line
        for seen in re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)
        if "bot doctor" not in (line := seen) and line != "doctor"
    ]
    code = "".join(file.read_text("utf-8") for room in ("bot", "storage", "handlers") for file in (ROOT / room).rglob("*.py"))
    assert len(lines) >= 8
    assert [line for line in lines if line not in code] == []
