"""The roof: the bot as it really runs, by webhook and by polling, its health pages, its end."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import App
from bot.clock import StoppedClock
from bot.post.pace import Pace
from bot.post.posting import post
from bot.sandbox import Sandbox
from bot.standing import Refused
from bot.telegram.speech import telephone
from storage.db import Database
from tests.telegram.test_delivery import ToldWithButton
from tests.world import NOW, OLGA, TELEGRAM, TOKEN, World, settings_for

ANNA = TELEGRAM[7]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@asynccontextmanager
async def running(sandbox: Sandbox, settled_file: Path, folder: Path, **over: Any) -> AsyncIterator[tuple[App, int]]:
    """The bot at its real work, ended by `stop` as SIGTERM ends it."""
    port = free_port()
    shutil.copy(settled_file, folder / "bot.sqlite3")
    settings = settings_for(sandbox.url, f"sqlite+aiosqlite:///{folder}/bot.sqlite3", folder).model_copy(
        update={"listen": f"127.0.0.1:{port}", **over}
    )
    if over.get("webhook_url"):
        settings = settings.model_copy(update={"webhook_url": f"http://127.0.0.1:{port}/hook"})
    async with App(settings, StoppedClock(NOW)) as app, asyncio.TaskGroup() as tasks:
        work = tasks.create_task(app.run())
        await asyncio.wait([work, tasks.create_task(app.ready())], return_when=asyncio.FIRST_COMPLETED)
        try:
            yield app, port
        finally:
            app.stop()
            await work


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(TOKEN, "school8_bot") as made:
        yield made
        assert made.violations == []


async def test_it_polls_answers_and_stops_with_nothing_left(sandbox: Sandbox, settled_file: Path, tmp_path: Path) -> None:
    anna = sandbox.person(ANNA, "Анна")
    async with running(sandbox, settled_file, tmp_path):
        await anna.send("/timetable")
        await anna.sees("📅")
        await anna.send("/help")
    assert sandbox.pending <= 1  # what was not taken in stays with Telegram


async def test_a_letter_caused_by_a_press_does_not_wait_for_the_postmans_next_look(
    sandbox: Sandbox, settled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.postman.LOOK", 1000.0)
    anna, olga = sandbox.person(ANNA, "Анна"), sandbox.person(TELEGRAM[OLGA], "Ольга")
    async with running(sandbox, settled_file, tmp_path) as (app, _):
        await olga.send("/help")
        await olga.sees("❓")
        async with app.db.write() as tx:
            await post(tx, OLGA, ToldWithButton(word="вам письмо"), now=NOW)
        await anna.send("/timetable")
        await olga.sees("вам письмо")


async def test_it_works_by_webhook_and_trusts_only_the_secret(sandbox: Sandbox, settled_file: Path, tmp_path: Path) -> None:
    anna = sandbox.person(ANNA, "Анна")
    secret = {"webhook_url": "set below", "webhook_secret": SecretStr("a-secret-word")}
    async with running(sandbox, settled_file, tmp_path, **secret) as (_, port), aiohttp.ClientSession() as stranger:
        await anna.send("/timetable")
        await anna.sees("📅")
        hook = f"http://127.0.0.1:{port}/hook"
        async with stranger.post(hook, json={"update_id": 1}) as answer:
            assert answer.status == 403
        async with stranger.post(hook, data=b"not json", headers={"X-Telegram-Bot-Api-Secret-Token": "a-secret-word"}) as answer:
            assert answer.status == 400
    assert sandbox.calls("getUpdates") == []


async def test_of_processes_that_start_together_each_waits_until_telegram_hears_it(
    sandbox: Sandbox, settled_file: Path, tmp_path: Path
) -> None:
    """Telegram takes one setWebhook a second (Bot API: 429): whoever comes second is not told to end."""
    anna = sandbox.person(ANNA, "Анна")
    elsewhere = telephone(TOKEN, sandbox.url, Pace(1000))
    assert await elsewhere.set_webhook("http://127.0.0.1:9/hook", secret_token="a-secret-word")
    await elsewhere.session.close()
    secret = {"webhook_url": "set below", "webhook_secret": SecretStr("a-secret-word")}
    async with running(sandbox, settled_file, tmp_path, **secret):
        await anna.send("/timetable")
        await anna.sees("📅")
    assert [each.error for each in sandbox.calls("setWebhook")] == [None, "Too Many Requests: retry after 1", None]


async def test_health_pages_tell_and_hold_nobodys_data(sandbox: Sandbox, settled_file: Path, tmp_path: Path) -> None:
    anna = sandbox.person(ANNA, "Анна")
    async with running(sandbox, settled_file, tmp_path) as (_, port), aiohttp.ClientSession() as operator:
        await anna.send("/timetable")
        await anna.sees("📅")
        pages = {}
        for page in ("live", "ready", "metrics"):
            async with operator.get(f"http://127.0.0.1:{port}/{page}") as answer:
                assert answer.status == 200
                pages[page] = await answer.text()
    assert pages["live"] == "alive\n"
    assert pages["ready"] == "ready\n"
    assert "bot_updates_kept_total" in pages["metrics"]
    assert "Анна" not in pages["metrics"]
    assert [label for label in re.findall(r'"([^"]*)"', pages["metrics"]) if str(ANNA) in label] == []


async def test_a_second_bot_on_the_same_file_is_refused(sandbox: Sandbox, settled_file: Path, tmp_path: Path) -> None:
    async with running(sandbox, settled_file, tmp_path) as (app, _):
        with pytest.raises(Refused, match="another bot already works on"):
            await App(app.settings).__aenter__()


async def test_on_postgresql_a_second_process_delivers_and_takes_over_when_the_first_ends(world_on_postgres: World) -> None:
    first, second = (
        Database(world_on_postgres.db.url.render_as_string(hide_password=False)),
        Database(world_on_postgres.db.url.render_as_string(hide_password=False)),
    )
    assert [await first.lead(), await second.lead(), await first.lead()] == [True, False, True]
    await first.close()
    assert await second.lead()
    await second.close()


async def test_a_token_revoked_while_it_runs_stops_it_loudly(sandbox: Sandbox, settled_file: Path, tmp_path: Path) -> None:
    shutil.copy(settled_file, tmp_path / "bot.sqlite3")
    settings = settings_for(sandbox.url, f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3", tmp_path)
    async with App(settings, StoppedClock(NOW)) as app:
        async with asyncio.TaskGroup() as tasks:
            work = tasks.create_task(_refused(app))
            await app.ready()
            sandbox.token = "42:ANOTHER"
            await sandbox.person(ANNA, "Анна").send("/start")  # ends the long poll that was let in
        assert str(work.result()) == "Telegram does not accept the token: see BOT_TOKEN"


async def _refused(app: App) -> Refused:
    try:
        await app.run()
    except Refused as refused:
        return refused
    raise AssertionError("it went on")


async def test_a_group_gets_one_constant_sentence(world: World) -> None:
    group = world.sandbox.group(-500, "7А родители", members=[world.anna])
    await world.anna.send("/timetable", to=group)
    said = [message.text for message in group.messages.values() if message.from_bot]
    assert said == ["Я отвечаю только в личной переписке."]


async def test_a_button_of_a_page_that_is_no_more_says_so(world: World) -> None:
    await world.anna.send("/start")
    page = next(message.id for message in reversed(world.anna.messages) if message.from_bot)
    for forged in ("nonsense", "lesson.move:1", "apply.add:x:y", "menu:1:2:3", ""):
        query = await world.anna.press(page, forged or "-")
        assert query.answer is not None
        assert query.answer["text"] == "Этого больше нет: страница устарела. Откройте меню: /start"
