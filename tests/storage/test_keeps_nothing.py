"""The database can be read and keeps nothing: a full disk. Who looks after the bot is told so."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from prometheus_client import REGISTRY

from bot.copies import COPIES
from bot.telegram.polling import Polling
from bot.telegram.webhook import called
from storage.away import DatabaseAway, reason
from tests.telegram.test_delivery import tell
from tests.world import World


@contextmanager
def no_room() -> Iterator[None]:
    """No file of this process grows beyond a page: as on a full disk, what is written is refused, and who writes nothing succeeds."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_the_database_says_itself_why_it_is_away(world: World) -> None:
    with no_room(), pytest.raises(DatabaseAway) as away:
        await tell(world, "некуда")
    assert reason(away.value) == "disk I/O error"


def test_postgresql_says_it_too_and_who_says_nothing_is_named_by_its_kind() -> None:
    class DiskFullError(Exception):
        sqlstate = "53100"

    away = DatabaseAway("DiskFullError")
    away.__cause__ = DiskFullError('could not extend file "base/5/1": No space left on device\nHINT:  Check free disk space.')
    assert reason(away) == 'could not extend file "base/5/1": No space left on device'
    assert reason(ConnectionRefusedError(111, "Connect call failed")) == "ConnectionRefusedError"


async def test_it_is_back_only_when_something_was_kept(world: World) -> None:
    """On a full disk an alarm that found nothing to do «came back» twice a minute."""
    assert await world.db.keeps()
    with no_room():
        with pytest.raises(DatabaseAway):
            await tell(world, "некуда")
        with pytest.raises(DatabaseAway):
            async with world.db.write():
                pass
        assert not await world.db.keeps()
    assert await world.db.keeps()
    await tell(world, "место есть")
    await world.deliver()
    assert world.anna.page == "место есть"


async def test_who_asks_for_its_health_is_told(world: World) -> None:
    async with world.app.working(), TestClient(TestServer(world.app.web.app)) as operator:
        world.app._ready.set()
        with no_room():
            with pytest.raises(DatabaseAway):
                await tell(world, "некуда")
            assert await asked(operator, "/ready") == (503, "database keeps nothing\n")
            assert "bot_database_keeps 0.0" in (await asked(operator, "/metrics"))[1]
        assert await asked(operator, "/ready") == (200, "ready\n")
        assert "bot_database_keeps 1.0" in (await asked(operator, "/metrics"))[1]


async def asked(operator: Any, page: str) -> tuple[int, str]:
    async with operator.get(page) as answer:
        return answer.status, await answer.text()


async def test_the_room_that_is_told_is_that_of_the_fullest_disk(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copies' folder is a disk of its own: full at night, while DATA_DIR has sixty gigabytes."""
    copies = world.app.settings.data_dir / COPIES
    copies.mkdir()
    free = {copies: 4096}
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=free.get(folder, 60_000_000_000)))
    await world.app.web._look()
    assert REGISTRY.get_sample_value("bot_disk_free_bytes") == 4096


async def test_a_call_without_the_secret_is_named_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that drops the header: Telegram's calls are refused one after another, and nothing said why."""
    named: list[str] = []
    monkeypatch.setattr("bot.telegram.webhook.log", SimpleNamespace(warning=named.append))
    monkeypatch.setattr("bot.telegram.webhook._last_said", float("-inf"))
    for _ in range(3):
        assert (await called(make_mocked_request("POST", "/hook"), None, "sesame")).status == 403  # type: ignore[arg-type]
    assert named == ["the webhook was called without its secret, and refused: somebody else, or a proxy that drops the header"]


# ── asking Telegram meanwhile ───────────────────────────────────────────────────────────────────────────────────────────


class Over(BaseException):
    """The test has seen enough."""


async def pauses_of(trouble: Exception) -> tuple[list[float], list[float]]:
    """The first seven pauses between tries, and what /metrics says of hearing in each."""
    pauses: list[float] = []
    hears: list[float] = []

    async def rest(seconds: float) -> None:
        pauses.append(seconds)
        hears.append(REGISTRY.get_sample_value("bot_hears") or 0.0)
        if len(pauses) == 7:
            raise Over

    class Asked(Polling):
        async def _round(self, _question: object) -> Any:
            raise trouble

    with pytest.raises(Over):
        await Asked(None, None, rest).run()  # type: ignore[arg-type]  # nobody is asked
    assert REGISTRY.get_sample_value("bot_hears") == 1
    return pauses, hears


async def test_what_cannot_be_kept_is_asked_for_again_soon() -> None:
    """Once there is room people are answered after five seconds, not half a minute."""
    assert await pauses_of(DatabaseAway("full")) == ([0.5, 1.5, 3.5, 5.0, 5.0, 5.0, 5.0], [1] * 7)


async def test_a_telegram_that_does_not_answer_is_given_time_and_the_alarm_rings() -> None:
    assert await pauses_of(TimeoutError()) == ([0.5, 1.5, 3.5, 7.5, 15.5, 30.0, 30.0], [0] * 7)
