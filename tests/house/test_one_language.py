"""The command line speaks one language throughout: every command, on good input and bad, in Russian and in English."""

from __future__ import annotations

import ast
import re
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import typer

from bot.__main__ import cli, main
from bot.answers import ANSWERS, known, told
from bot.reading.workbook.sheets import FORMS
from bot.sandbox import Sandbox
from bot.terminal import program, typed
from bot.voice import LANGUAGES, voice
from storage.doctor import INVARIANTS, OF_CLOSED_YEARS, WORTH_KNOWING
from storage.inbox import ASIDE
from tests.house.test_command_line import machine, settled, telegram  # noqa: F401 - fixtures
from tests.world import TOKEN, ZONE

ROOT = Path(__file__).parent.parent.parent

# What is said alike in every language: names of programs and formats, settings, commands, options, files, addresses, codes.
NAMES = r"Telegram|postgresql-client|BotFather|SQLite|PostgreSQL|pg_dump|pg_restore|webhook|long polling|SHA-256|Excel|Europe/Moscow|school8_bot|QR"
CODE = r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b"  # an invitation's, before anything that might eat the half of one: «ABCDE-7ZD23»
ALIKE = re.compile(
    rf"{CODE}|\S+ -m bot\b|{NAMES}|\S*://\S+|\S*/\S+|--?[a-z]\S*|[A-Z]+_[A-Z_]+\S*|LOCALE=\w+|\b[A-Z]{{2,}}\b|<[^>]*>|\{{\w+\}}|python -m bot.*|make \w+"
    r"|[\w.-]*\.(?:xlsx|csv|pdf|txt|sqlite3|env|log)\S*|\b[0-9a-f]{64}\b|'[^']*'|[\w<>-]*(?:HOST|FILE)\S*"
)
ROLES = "coordinator|director|teacher|partner|guardian|student"
COMMANDS = "now|next|run|demo|check|template|load|journal|invite|invitations|allocation|backup|restore|drill|move|doctor|show|rerun|role|code|file|data|sha256"
# What people and files are called in these tests' database, and stays as it is in an English sentence.
DATA = re.compile(
    r"Петров Миша Алексеевич|7А|У-\d+|Г-\d+|11Я|С-01|[А-Яа-я]+\.\w+|«[^»]*»|Организации|Название|Роль|Код|друг|базовая|Группа"
)
SHEETS = re.compile("|".join(sorted((form.name for form in FORMS), key=len, reverse=True)))


def other_language(language: str, said: str) -> list[str]:
    """The words of what was said that are of the other language."""
    if language == "ru":
        machine = re.escape(socket.gethostname())
        return re.findall(r"[A-Za-z]{2,}", re.sub(rf"\b(?:{ROLES}|{COMMANDS}|{machine})\b", "", ALIKE.sub("", said)))
    return re.findall(r"[А-Яа-яЁё]+", DATA.sub("", SHEETS.sub("", said)))


def good_and_bad(machine: Path) -> Iterator[tuple[str, ...]]:  # noqa: F811
    (machine / "list.txt").write_text("a shopping list")
    (machine / "wrong.csv").write_text("Дата;Группа;Ученик;Отметка\n05.09.2026;Г-77;У-701;5\n", "utf-8")
    yield ("check",)
    yield "template", "network.xlsx"
    yield "template", "network.xlsx"
    yield "template", "nowhere/network.xlsx"
    yield "load", "network.xlsx"
    yield "load", "none.xlsx"
    yield "load", "list.txt"
    yield "journal", "wrong.csv"
    yield "journal", "none.csv"
    yield "invite", "guardian", "У-701"
    yield "invite", "guardian", "У-999"
    yield "invite", "king", "У-701"
    yield "invite", "guardian", "У-701", "--ttl", "0"
    yield "invite", "guardian", "У-701", "--ttl", "soon"
    yield "invitations", "sheets.pdf", "--class", "7А"
    yield "invitations", "sheets.pdf"
    yield "invitations", "other.pdf", "--class", "11Я"
    yield "invitations", "other.pdf", "--staff", "--class", "7А"
    yield "allocation", "show", "99"
    yield "allocation", "rerun", "99"
    yield "allocation", "show", "x"
    yield ("allocation",)
    yield "allocation", "--help"
    yield "backup", "copy.sqlite3"
    yield "backup", "copy.sqlite3"
    yield "restore", "copy.sqlite3"
    yield "restore", "copy.sqlite3", "--force"
    yield "restore", "none.sqlite3", "--force"
    yield "restore", "list.txt"
    yield ("drill",)
    yield "move", "region"
    yield "move", "sqlite+aiosqlite:///data/other.sqlite3"
    yield ("doctor",)
    yield ()
    yield ("--help",)
    yield ("dance",)
    yield ("load",)
    yield "load", "a", "b", "c"
    yield "load", "--bogus", "a"
    yield "load", "--apply=1", "a"
    yield "invite", "--ttl"
    yield "demo", "--port", "99999"
    for command in (
        "run",
        "demo",
        "check",
        "template",
        "load",
        "journal",
        "invite",
        "invitations",
        "backup",
        "restore",
        "drill",
        "move",
        "doctor",
    ):
        yield command, "--help"


def test_no_letters_of_an_invitations_code_are_taken_for_words() -> None:
    for code in ("ABCDE-7ZD23", "7ZD23-ABCDE", "ABCDE-FGH7K", "A2BCD-EFGHJ"):
        assert other_language("ru", f"Код буквами: {code} — действует один раз.") == []
        assert other_language("en", f"The code in letters: {code} — good once.") == []
    assert other_language("ru", "Код буквами: ABCDE-7ZD23 — good once.") == ["good", "once"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_speaks_the_language_that_is_set(
    language: str,
    machine: Path,  # noqa: F811
    settled: Path,  # noqa: F811
    telegram: Sandbox,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOCALE", language)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API", telegram.url)
    wrong: dict[str, list[str]] = {}
    for arguments in good_and_bad(machine):
        main(arguments)
        captured = capsys.readouterr()
        assert captured.out + captured.err, arguments
        said = captured.out + captured.err
        for own in arguments:
            said = re.sub(rf"\b{re.escape(Path(own).stem)}\b", "", said)  # what the person typed is said back
        if words := other_language(language, said):
            wrong[" ".join(arguments)] = words
    with closing(sqlite3.connect(settled)) as db, db:
        db.execute("UPDATE lessons SET ends_at = starts_at WHERE id = 1")
        for number, why in enumerate(ASIDE):
            db.execute(
                "INSERT INTO inbox (update_id, arrival, state, attempts, received_at, why, races)"
                " VALUES (?, ?, 'aside', 0, '2026-11-09 09:00:00', ?, 0)",
                (number, number, why),
            )
    main(["doctor"])
    captured = capsys.readouterr()
    assert "09.11.2026 09:00 UTC: 4" in captured.out
    if words := other_language(language, captured.out + captured.err):
        wrong["doctor, ill"] = words
    assert wrong == {}, wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIME_ZONE", "Moscow"),
        ("LOCALE", "fr"),
        ("QUIET_HOURS", "night"),
        ("SEND_RATE", "fast"),
        ("SEND_RATE", "0"),
        ("LISTEN", "here"),
        ("DATABASE_URL", "mysql://b"),
        ("DATABASE_URL", "sqlite+aiosqlite:////proc/none/bot.sqlite3"),
        ("DATABASE_URL", "postgresql+asyncpg://a:secret@127.0.0.1:9/b"),
        ("TELEGRAM_API", "telegram"),
        ("WEBHOOK_URL", "https://example.org/hook"),
        ("BOT_TOKEN", "not a token"),
        ("BOT_TOKEN", ""),
    ],
)
def test_a_setting_that_cannot_work_is_told_in_it(
    language: str,
    name: str,
    value: str,
    machine: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API", "http://127.0.0.1:9")
    monkeypatch.delenv("LOCALE")
    (machine / ".env").write_text(f"LOCALE={language}\n")
    monkeypatch.setenv(name, value)
    assert main(["run"]) == 1
    said = [line for line in capsys.readouterr().err.splitlines() if "[warning" not in line]
    assert len(said) == 1
    assert other_language("ru" if name == "LOCALE" else language, said[0]) == []


# ── guards ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SAID_BY = {
    *("Stop", "Refused", "Away", "BackupRefused", "DatabaseRefused", "ListenRefused", "TokenRefused", "NotMade", "PortTaken"),
    *("StoryBroken", "BadParameter", "tick", "_fail"),
}


def sentences_of_the_code() -> Iterator[tuple[str, str]]:
    """(place, sentence) of everything the code says to the command line in English, «7» in place of each fact."""
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]:
        if "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in SAID_BY | (
                {"ValueError"} if path.name == "settings.py" else set()
            ):
                for said in node.args:
                    if (sample := _sample(said)) and re.search(r"[a-z]{3}", sample):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", sample.split("\n")[0]
    yield from (("storage/doctor.py", name) for name in INVARIANTS | OF_CLOSED_YEARS | WORTH_KNOWING)
    yield from (("storage/inbox.py", f"{line}, since 7: 7") for line in ASIDE.values())


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _sample(node: ast.expr) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)
    return None


def test_whatever_the_floors_below_refuse_with_is_known_in_every_language() -> None:
    found = list(sentences_of_the_code())
    assert len(found) > 40
    unknown = [f"{place}: {said}" for place, said in found if known(said) is None and not re.match(r"[A-Z_]+=|SQLite$", said)]
    assert unknown == []


@pytest.mark.parametrize("sentence", ANSWERS)
def test_an_answer_says_in_english_what_the_code_said_and_in_russian_the_same(sentence: str) -> None:
    sample = re.sub(r"{\w+}", "7", sentence)
    assert told(sample, voice("en", ZONE)) == sample
    russian = told(sample, voice("ru", ZONE))
    assert russian != sample or not re.search(r"[a-z]{3}", ALIKE.sub("", sample))
    assert other_language("ru", russian) == []


def test_every_command_and_option_has_its_help() -> None:
    def keys(command: object, key: str) -> Iterator[str]:
        yield key
        for param in getattr(command, "params", ()):
            if getattr(param, "help", None):
                yield f"{key}-" + next((name.lstrip("-") for name in param.opts if name.startswith("--")), param.name)
        for name, inner in getattr(command, "commands", {}).items():
            yield from keys(inner, f"{key}-{name}")

    for language in LANGUAGES:
        assert [key for key in keys(typer.main.get_command(cli), "cli-help") if not voice(language, ZONE).knows(key)] == []


def test_a_printed_command_can_be_typed_as_it_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    if (ROOT / ".venv/bin/python").exists():
        monkeypatch.setattr("sys.executable", str(ROOT / ".venv/bin/python"))
        assert program() == ".venv/bin/python -m bot"
    assert typed("load", Path("моя сеть.xlsx"), "--apply").endswith("-m bot load 'моя сеть.xlsx' --apply")
    printed = typed("template", "--help")
    shell = shutil.which("sh")
    assert shell is not None
    ran = subprocess.run([shell, "-c", printed], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "template" in ran.stdout


@pytest.mark.parametrize("page", [*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs/guide").glob("*.md")])
def test_commands_in_the_docs_can_be_typed_as_they_stand(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"(?<!\.venv/bin/)python -m bot [a-z]+", text) == []
