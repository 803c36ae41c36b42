"""Guards: whole classes of fault made impossible."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import StatesGroup

from bot.clock import Clock
from bot.notices import Notice
from bot.policy import DOORS, ROLES, RULES, Person, Thing, may
from bot.settings import Settings
from bot.telegram.doorman import OFFERED
from bot.telegram.subjects import dispatcher
from storage.db import Database
from storage.migrate import migrate
from storage.schema import difference
from tests.world import settings_for

ROOT = Path(__file__).parent.parent.parent


def all_handlers(tmp_path: Path) -> Iterator[tuple[str, HandlerObject]]:
    """Every handler of every subject, with its place."""
    db = Database(f"sqlite+aiosqlite:///{tmp_path}/none.sqlite3")
    whole: Router = dispatcher(db, settings_for("http://127.0.0.1:1", "sqlite+aiosqlite:///none", tmp_path), Clock())
    for router in whole.chain_tail:
        for observer in (
            router.message,
            router.callback_query,
            router.inline_query,
            router.chosen_inline_result,
            router.my_chat_member,
        ):
            for handler in observer.handlers:
                yield f"{router.name}: {handler.callback.__module__}.{handler.callback.__name__}", handler


def test_every_handler_names_an_action_of_the_policy(tmp_path: Path) -> None:
    found = list(all_handlers(tmp_path))
    assert found
    assert [place for place, handler in found if handler.flags.get("may") not in RULES] == []


def test_handlers_ask_only_for_what_they_are_offered(tmp_path: Path) -> None:
    asked = {
        place: set(list(inspect.signature(handler.callback).parameters)[1:]) - OFFERED
        for place, handler in all_handlers(tmp_path)
    }
    assert {place: names for place, names in asked.items() if names} == {}


def test_doors_open_to_known_roles_and_belong_to_rules() -> None:
    assert set(DOORS) <= set(RULES)
    assert {role for roles in DOORS.values() for role in roles} <= set(ROLES)
    assert [action for action, roles in DOORS.items() if not roles] == [], "a door nobody can open"


def test_doors_follow_from_the_rules() -> None:
    """What was once a list by hand beside the rules: one action of every kind, in words."""
    assert DOORS["enrollment.apply"] == {"guardian"}
    assert DOORS["shortlist.keep"] == {"guardian", "student"}
    assert DOORS["papers.application"] == {"guardian", "student", "coordinator", "director"}
    assert DOORS["timetable.teach"] == {"teacher", "partner", "coordinator"}
    assert DOORS["timetable.look"] == {"teacher", "partner", "coordinator", "director"}
    assert DOORS["roadmap.act"] == {"teacher", "partner", "coordinator", "director"}
    assert DOORS["roadmap.hand"] == {"partner", "coordinator", "director"}
    assert DOORS["files.send"] == {"teacher", "partner", "coordinator", "director"}
    assert {action for action, rule in RULES.items() if action not in DOORS} == {
        "start.menu", "start.invited", "start.help", "courses.see",
        "resources.see", "settings.change", "mydata.see", "mydata.withdraw",
        "consent.see", "consent.give", "allocation.check", "post.see", "certificate.verify", "papers.consent", "papers.consents",
    }  # fmt: skip


def test_two_doors_are_narrower_than_their_rules() -> None:
    narrow = {action for action in DOORS if RULES[action](Person(id=1, telegram_id=1), Thing())}
    assert narrow == {"enrollment.list", "timetable.open"}
    assert not may(Person(id=1, telegram_id=1), "timetable.open"), "known, but in no role"


def callback_classes() -> list[type[CallbackData]]:
    return [each for each in CallbackData.__subclasses__() if each.__module__.startswith("handlers.")]


def test_callback_prefixes_are_one_to_a_page() -> None:
    prefixes = [each.__prefix__ for each in callback_classes()]
    assert sorted(prefixes) == sorted(set(prefixes))


def test_states_of_typed_talks_are_one_to_a_subject() -> None:
    """A state is kept by the name of its group: two groups of one name would take each other's texts."""
    names = [each.__full_group_name__ for each in StatesGroup.__subclasses__() if each.__module__.startswith("handlers.")]
    assert names
    assert sorted(names) == sorted(set(names))


def test_every_button_of_a_letter_leads_to_a_page() -> None:
    known = {each.__prefix__ for each in callback_classes()}
    sources = {kind: inspect.getsource(notice) for kind, notice in Notice.kinds.items() if notice.__module__.startswith("bot.")}
    for kind, source in sources.items():
        for data in re.findall(r'\("button-[a-z-]+", f?"([a-z.-]+)', source):
            assert data in known, f"{kind} has a button to {data!r}, which no handler knows"


def test_settings_and_the_example_agree() -> None:
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    assert set(example) == set(defaults)
    assert {name: value for name, value in example.items() if value} == {
        name: str(value) for name, value in defaults.items() if value is not None and name != "BOT_TOKEN"
    }


async def test_migrations_go_up_down_and_up_again_and_end_equal_to_the_tables(empty_db: Database) -> None:
    assert await difference(empty_db) == []
    await migrate(empty_db, "base")
    await migrate(empty_db)
    assert await difference(empty_db) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_libraries_are_pinned_with_hashes_and_name_no_registry(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    for line in re.findall(r"^[a-z0-9].*(?:\n    --hash.*)*", text, re.MULTILINE):
        assert "==" in line
        assert "--hash=sha256:" in line


def test_no_file_is_longer_than_a_subject() -> None:
    folders = ("bot", "handlers", "storage", "tests", "bench")
    listed = [str(file.relative_to(ROOT)) for folder in folders for file in (ROOT / folder).rglob("*.py")]
    long = {name: lines for name in listed if (lines := (ROOT / name).read_text("utf-8").count("\n")) > 450}
    assert {name: lines for name, lines in long.items() if "versions" not in name} == {}
