"""The switchboard: whoever is asked, an update ends where aiogram's own walk would have ended."""

from __future__ import annotations

import gc
import json
import weakref
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.filters import Command
from aiogram.methods import Response, SendPhoto
from aiogram.types import CallbackQuery, Chat, Message, User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import Clock
from bot.post.pace import Pace
from bot.targets import Target
from bot.telegram.speech import telephone
from bot.telegram.subjects import SUBJECTS, dispatcher, handlers
from bot.telegram.switchboard import ANYTHING, COMMAND, HEARD, TALK, Switchboard, handlers_of, key_of, keys_of
from storage.db import Database
from tests.world import settings_for

ANNA = User(id=1007, is_bot=False, first_name="Анна")
HERE = Chat(id=1007, type="private")
STATES = sorted({key[1:] for handler in handlers()["message"] if (key := key_of(handler)).startswith(TALK)})
PRESSES = sorted({key[1:] for handler in handlers()["callback_query"] if (key := key_of(handler)) != ANYTHING})
COMMANDS = ["/start", "/start course_1", "/menu", "/help@school8_bot", "/nothing", "/"]


def pressed(data: str) -> CallbackQuery:
    return CallbackQuery(id="1", from_user=ANNA, chat_instance="1", data=data)


def said(text: str) -> Message:
    return Message(message_id=1, date=1_800_000_000, chat=HERE, from_user=ANNA, text=text)  # type: ignore[arg-type]


def visit_of(event: Any, db: Database) -> Any:
    """What filters ask of a visit: who it is, the words, and the database of the courses."""
    who = SimpleNamespace(id=1007, wards={1}, pupils=set(), own=None)
    return SimpleNamespace(person=who, text=getattr(event, "text", ""), db=db)


async def taken_by(observer: Any, event: Any, state: str | None, db: Database) -> str | None:
    """Who takes it first: asked one by one, as aiogram does."""
    for handler in observer.handlers:
        passed, _ = await handler.check(event, raw_state=state, bot=None, visit=visit_of(event, db))
        if passed:
            return str(handler.callback)
    return None


@pytest.fixture(scope="module")
def whole(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    folder: Path = tmp_path_factory.mktemp("board")
    url = f"sqlite+aiosqlite:///{migrated_file}"
    return dispatcher(Database(url), settings_for("http://127.0.0.1:1", url, folder), Clock())


@pytest.fixture
async def db(migrated_file: Path) -> AsyncIterator[Database]:
    """A network without a course."""
    made = Database(f"sqlite+aiosqlite:///{migrated_file}")
    yield made
    await made.close()


def first_asked(board: Switchboard, event: Any, state: str | None) -> Switchboard:
    """A board of only those whom it would ask."""
    asked = Switchboard(board.router, board.event_name, [])  # type: ignore[arg-type]
    asked.handlers = board._meant(event, state)
    return asked


async def test_each_prefix_leads_to_few_and_an_unknown_one_to_those_who_take_anything(whole: Dispatcher) -> None:
    board = whole.callback_query
    assert isinstance(board, Switchboard)
    assert max(len(board._meant(pressed(f"{prefix}:1"), None)) for prefix in PRESSES) <= 3
    for odd in ("", ":", "nothing:1", "🙂", "x" * 64):
        assert [each.callback.__name__ for each in board._meant(pressed(odd), None)] == ["stale"]
    assert len(board._asked) <= 1 + len(PRESSES)  # what strangers forge is not kept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    prefix=st.sampled_from(PRESSES) | st.text(max_size=5), rest=st.lists(st.sampled_from(["0", "1", "-1", "", "x"]), max_size=6)
)
async def test_a_press_ends_where_the_long_walk_would_end(whole: Dispatcher, db: Database, prefix: str, rest: list[str]) -> None:
    board, event = whole.callback_query, pressed(":".join([prefix, *rest]))
    assert isinstance(board, Switchboard)
    assert await taken_by(first_asked(board, event, None), event, None, db) == await taken_by(board, event, None, db)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.sampled_from(COMMANDS) | st.text(max_size=8), state=st.none() | st.sampled_from(STATES))
async def test_a_sentence_ends_where_the_long_walk_would_end(
    whole: Dispatcher, db: Database, text: str, state: str | None
) -> None:
    board = whole.message
    assert isinstance(board, Switchboard)
    plain = [each for each in board.handlers if not any(isinstance(one.callback, Command) for one in each.filters or ())]
    event = said(text)
    asked = [each for each in board._meant(event, state) if each in plain]
    one, other = Switchboard(whole, "message", asked), Switchboard(whole, "message", plain)
    assert await taken_by(one, event, state, db) == await taken_by(other, event, state, db)


async def test_a_command_in_the_middle_of_a_talk_is_shown_to_both(whole: Dispatcher) -> None:
    assert keys_of(said("/menu"), STATES[0]) == {ANYTHING, COMMAND, TALK + STATES[0]}
    assert keys_of(said("Миша"), STATES[0]) == {ANYTHING, TALK + STATES[0]}
    assert keys_of(said("Миша"), None) == {ANYTHING}


async def test_what_nobody_takes_is_said_to_be_unhandled(whole: Dispatcher) -> None:
    assert await Switchboard(whole, "message", []).trigger(said("Здравствуйте")) is UNHANDLED


def test_no_handler_of_any_subject_is_forgotten() -> None:
    written = sum(
        len(observer.handlers)
        for subject in SUBJECTS
        for router in subject.routes().chain_tail
        for observer in router.observers.values()
    )
    of_the_house = 4  # membership and the three that come last
    assert sum(len(handlers()[kind]) for kind in HEARD) == written + of_the_house


def test_a_router_with_a_filter_of_its_own_is_refused() -> None:
    router = Router(name="clever")
    router.message.filter(Command("secret"))
    with pytest.raises(
        ValueError, match="router 'clever': a message filter, middleware or handler the switchboard does not know"
    ):
        handlers_of([router])


def test_every_target_is_taken_by_its_own_key() -> None:
    assert set(Target.known) <= set(PRESSES)


async def test_the_model_of_an_answer_is_made_once() -> None:
    """pydantic holds a generic model only as long as somebody uses it, and making one anew takes longer than any page."""
    bot = telephone("42:TEST", "http://127.0.0.1:1", Pace(30))
    body = {"message_id": 1, "date": 1_800_000_000, "chat": {"id": 1007, "type": "private"}, "text": "Здравствуйте"}
    bot.session.check_response(bot, SendPhoto(chat_id=1007, photo="1"), 200, json.dumps({"ok": True, "result": body}))
    made = weakref.ref(Response[Message])
    gc.collect()
    assert made() is Response[Message]
    await bot.session.close()
