"""Whatever comes, the bot goes on: mutated updates and forged buttons. No fault in the log, no hang, no death; seeds are printed."""

from __future__ import annotations

import random
import sys
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from bot.telegram.raw import Odd, Piece, batch, piece
from bot.turn import Limits
from storage.tables import Update
from tests import fuzz
from tests.hangs import MOST, Hangs
from tests.house.test_guards import callback_classes
from tests.telegram.talks import Asked, each_talk
from tests.telegram.test_late_presses import data_of
from tests.world import World


class Faults:
    """The intake's log: what reached it as an exception, and which handlers were given up."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def exception(self, event: str, **about: Any) -> None:
        kind, trouble, _ = sys.exc_info()
        self.found.append(f"{event}: {about} {kind} {trouble}"[:500])

    def error(self, event: str, **about: Any) -> None:
        if "too long" in event:
            self.found.append(f"{event}: {about}")

    def warning(self, event: str, **about: Any) -> None: ...

    def info(self, event: str, **about: Any) -> None: ...


def kinds() -> list[tuple[str, int]]:
    return sorted((each.__prefix__, len(each.model_fields)) for each in callback_classes())


async def heard_out(world: World, seed: int, amount: int, monkeypatch: pytest.MonkeyPatch) -> Hangs:
    """So many mutated updates, taken in as batches of bytes; afterwards the bot answers as ever."""
    faults, hangs = Faults(), Hangs(monkeypatch)
    monkeypatch.setattr("bot.telegram.intake.log", faults)
    monkeypatch.setattr("bot.telegram.handling.log", faults)
    world.app.intake.handling.limits = Limits(work=MOST)
    dice = random.Random(seed)
    pressed = fuzz.presses(dice, kinds(), 500)
    for first in range(0, amount, 100):
        numbers = range(1_000_000 + first, 1_000_000 + min(first + 100, amount))
        bodies = [fuzz.mutated(dice, fuzz.good(dice, pressed), number) for number in numbers]
        with hangs.within(f"reading the batch of {first}"):
            pieces = _cut(bodies)
        await world.app.intake.take(pieces)
        await world.app.intake.idle()
    assert faults.found[:3] == []
    assert hangs.found == []
    async with world.db.read() as tx:
        assert list(await tx.scalars(select(Update.update_id).where(Update.why == "too-long"))) == []
    await world.anna.send("/help")
    assert world.anna.page.startswith("❓ Что здесь можно")
    return hangs


def _cut(bodies: list[bytes]) -> list[Piece]:
    """As the polling cuts an answer; where broken bytes have made it none, as webhooks come."""
    try:
        return batch(b'{"ok": true, "result": [' + b",".join(bodies) + b"]}")[1]
    except Odd:
        return [piece(body) for body in bodies]


@pytest.mark.parametrize("seed", [17])
async def test_mutated_updates_are_handled_or_put_aside(world: World, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    await heard_out(world, seed, 200, monkeypatch)


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(50))
async def test_a_hundred_thousand_mutated_updates(
    world: World, seed: int, monkeypatch: pytest.MonkeyPatch, figures: Counter[str]
) -> None:
    """Mutated updates: none reaches the log as an exception, none holds the loop for a second of the processor"""
    hangs = await heard_out(world, seed, 2_000, monkeypatch)
    figures.update({"updates": 2_000, "steps": hangs.steps})


ODD_WORDS = (
    "9" * 4000, "-1", "99999999999999999999", "٣٣.٣٣", "²", "99.99.9999 99:99", "31.12.9999 23:59", "00:00-99:99", "1e999",
    "\u202e\u0000x", "У-" + "9" * 3000, "0", "13.11 99999:1", "29.02", "9999999999-9999999999", "١٢:٣٠-١٣:٠٠", "½ 7А",
    "7" * 50 + "А", "<b>&", "%s{0}", "9999-12-31", "01.01.0001", "0001-01-01 00:00-00:01",
)  # fmt: skip


@pytest.mark.faults
@each_talk
async def test_whatever_is_typed_where_something_is_asked_for(
    world: World, asked: Asked, monkeypatch: pytest.MonkeyPatch, figures: Counter[str]
) -> None:
    """Huge numbers, days of no age, digits of other scripts: each is taken or refused in words"""
    faults, hangs = Faults(), Hangs(monkeypatch)
    monkeypatch.setattr("bot.telegram.handling.log", faults)
    who = await asked.page(world)
    page, begins = data_of(who, asked.button)
    for words in ODD_WORDS:
        await who.press(page, begins)
        await who.send(words)
        assert "Что-то пошло не так" not in who.page, words[:40]
    assert (faults.found, hangs.found) == ([], [])
    figures["sentences"] += len(ODD_WORDS)


async def pressed_through(world: World, seed: int, amount: int, monkeypatch: pytest.MonkeyPatch) -> Hangs:
    """So many forged presses, each answered; the whole cast by turns, and a stranger."""
    faults, hangs = Faults(), Hangs(monkeypatch)
    monkeypatch.setattr("bot.telegram.intake.log", faults)
    monkeypatch.setattr("bot.telegram.handling.log", faults)
    dice = random.Random(seed)
    people = [world.anna, world.olga, world.pavel, world.irina, world.sergey, world.misha, world.stranger()]
    pages = {}
    for phone in people:
        await phone.send("/start")
        assert phone.newest is not None
        pages[phone] = phone.newest.id
    for data in fuzz.presses(dice, kinds(), amount):
        phone = dice.choice(people)
        query = await phone.press(pages[phone], data)
        assert query.answer is not None, data
        assert "Что-то пошло не так" not in f"{phone.page} {query.answer.get('text')}", data
    assert (faults.found, hangs.found) == ([], [])
    return hangs


@pytest.mark.parametrize("seed", [17])
async def test_forged_presses_of_every_kind_are_answered(world: World, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    await pressed_through(world, seed, 150, monkeypatch)


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(20))
async def test_twenty_thousand_forged_presses(
    world: World, seed: int, monkeypatch: pytest.MonkeyPatch, figures: Counter[str]
) -> None:
    """Forged presses of every kind: each answered, none holds the loop for a second of the processor"""
    hangs = await pressed_through(world, seed, 1_000, monkeypatch)
    figures.update({"presses": 1_000, "steps": hangs.steps})


@pytest.mark.parametrize("year", [1, 9999, 2**31 - 1])
async def test_a_year_without_days_is_refused(world: World, year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any button that names one."""
    faults, olga = Faults(), world.olga
    monkeypatch.setattr("bot.telegram.handling.log", faults)
    await olga.send("/start")
    assert olga.newest is not None
    query = await olga.press(olga.newest.id, f"journal.home:0:{year}")
    assert query.answer is not None
    assert query.answer["text"] == "Этого больше нет: страница устарела. Откройте меню: /start"
    for kind in callback_classes():
        if "year" in kind.model_fields:
            fields = [str(year) if name == "year" else "1" for name in kind.model_fields]
            query = await olga.press(olga.newest.id, ":".join([kind.__prefix__, *fields]))
            assert query.answer is not None, kind
    assert faults.found == []
