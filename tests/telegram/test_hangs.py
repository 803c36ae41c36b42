"""The fuzzer's eye for hangs sees one: a handler that calculates for too long, or for ever, whatever the machine does beside it."""

from __future__ import annotations

import time

import pytest
from aiogram.types import Message

from storage.db import Database
from tests.hangs import Hangs
from tests.telegram.test_intake import Desk, said


class Burning(Desk):
    """Its handler burns so many seconds of the processor in one step."""

    async def hear(self, message: Message) -> None:
        until = time.thread_time() + float(message.text or 0)
        while time.thread_time() < until:
            pass
        await super().hear(message)


async def test_a_step_that_burns_the_processor_is_a_hang(empty_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.hangs.MOST", 0.2)
    hangs, desk = Hangs(monkeypatch), Burning(empty_db)
    await desk.take(said(1, "0"), said(2, "0.3"))
    assert [found.partition(":")[0] for found in hangs.found] == ["update 2"]
    assert desk.heard == ["0", "0.3"]


async def test_a_step_that_does_not_end_is_broken_off(empty_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.hangs.ENDLESS", 0.2)
    monkeypatch.setattr("tests.hangs.MOST", 0.1)
    hangs, desk = Hangs(monkeypatch), Burning(empty_db)
    await desk.take(said(1, "3600"), said(2, "0"))
    assert [found.partition(":")[0] for found in hangs.found] == ["update 1"]
    assert (desk.heard, desk.sorry) == (["0"], [1])
