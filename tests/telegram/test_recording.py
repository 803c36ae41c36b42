"""What is done is recorded: with what comes next, by itself when nothing comes, and before its chat goes on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.telegram import recording
from storage import inbox
from storage.db import Database
from tests.telegram.test_intake import Desk, said

HOUR = 3600.0


@pytest.fixture
def desk(empty_db: Database) -> Desk:
    return Desk(empty_db)


async def heard(desk: Desk, update_id: int) -> None:
    """Until it is done with."""
    while update_id not in desk.intake._recording:
        await asyncio.sleep(0)


async def test_it_goes_along_with_what_is_kept_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "LINGER", HOUR)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(desk.intake.run(poll=False))
        await desk.intake.receive([said(1, "раз", chat=1)])
        await heard(desk, 1)
        assert await desk.states() == {1: "new"}
        await desk.intake.receive([said(2, "два", chat=2)])
        assert (await desk.states())[1] == "done"
        await desk.intake.idle()  # whoever waits for it is not kept waiting
        running.cancel()
    assert await desk.states() == {1: "done", 2: "done"}


async def test_it_is_recorded_by_itself_when_nothing_comes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "LINGER", 0.0)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(desk.intake.run(poll=False))
        await desk.intake.receive([said(1, "раз")])
        while await desk.states() != {1: "done"}:
            await asyncio.sleep(0)
        running.cancel()


async def test_a_chat_goes_on_only_then(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a kill only its last press can come again, never a row of them."""
    may, record, waits = asyncio.Event(), inbox.done, asyncio.Event()

    async def slowly(*given: Any) -> None:
        waits.set()
        await may.wait()
        await record(*given)

    monkeypatch.setattr(inbox, "done", slowly)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(desk.intake.run(poll=False))
        await desk.intake.receive([said(1, "раз", chat=1), said(2, "два", chat=1), said(3, "рядом", chat=2)])
        await waits.wait()
        for _ in range(100):
            await asyncio.sleep(0)
        assert sorted(desk.heard) == ["раз", "рядом"]
        may.set()
        await desk.intake.idle()
        running.cancel()
    assert desk.heard[-1] == "два"
    assert set((await desk.states()).values()) == {"done"}
