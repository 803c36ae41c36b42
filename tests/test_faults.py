"""The fault campaign (`make faults`): long, seeded, every promise of docs/decisions/0006 held under trouble."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.sandbox.trouble import Trouble
from bot.services.post import Addressed, post_all
from storage.tables import Letter, Person, Update
from tests.test_delivery import ToldWithButton
from tests.test_intake import Desk, said
from tests.test_kills import through
from tests.world import NOW, World

pytestmark = pytest.mark.faults

CHATS, WORDS = 400, 10


@pytest.mark.part("story")
@pytest.mark.parametrize("seed", range(10))
async def test_two_hundred_deaths(tmp_path: Path, seed: int, figures: Counter[str]) -> None:
    """The contract's story through kill -9 at random calls, SQLite"""
    await through(tmp_path, seed, deaths=20)
    figures["kills"] += 20


@pytest.mark.part("letters")
@pytest.mark.parametrize("seed", range(5))
async def test_letters_under_every_trouble_of_the_line(world: World, seed: int, figures: Counter[str]) -> None:
    """429/500/502/reset before/reset after, 5 % each: all letters end, in order"""
    world.app.pace.rate = 10_000
    async with world.db.write() as tx:
        await tx.execute(
            insert(Person),
            [
                {
                    "id": 1000 + n,
                    "telegram_id": 50_000 + n,
                    "name": f"Гость {n}",
                    "language": "ru",
                    "detail": "full",
                    "created_at": NOW,
                }
                for n in range(CHATS)
            ],
        )
    phones = [world.member(50_000 + n, f"Гость {n}") for n in range(CHATS)]
    for word in range(WORDS):
        async with world.db.write() as tx:
            await post_all(tx, [Addressed(1000 + n, ToldWithButton(word=f"{word}")) for n in range(CHATS)], now=world.now)
    world.sandbox.trouble = Trouble(
        seed=seed, too_many=0.05, server_error=0.05, bad_gateway=0.05, cut_before=0.05, cut_after=0.05
    )
    for _ in range(200):
        await world.deliver()
        async with world.db.read() as tx:
            states = Counter(await tx.scalars(select(Letter.state).where(Letter.kind == "told-with-button")))
        if not states.keys() & {"new", "retry", "sending"}:
            break
        world.clock.move(timedelta(minutes=15))
    assert set(states) <= {"sent", "unknown", "dead"}
    assert states["sent"] > CHATS * WORDS * 0.95
    lost_answers = world.sandbox.trouble.counts["cut_after"] + world.sandbox.trouble.counts["bad_gateway"]
    repeats = 0
    for phone in phones:
        heard = [int(message.text) for message in phone.messages if message.from_bot]
        assert heard == sorted(heard), "out of order"
        repeats += len(heard) - len(set(heard))
    assert repeats <= lost_answers
    figures.update({**states, "lost answers": lost_answers, "repeats": repeats})
    assert world.sandbox.violations == []


@pytest.mark.part("updates")
@pytest.mark.parametrize("seed", range(3))
async def test_duplicate_and_shuffled_updates_take_effect_once(empty_db: object, seed: int, figures: Counter[str]) -> None:
    """Duplicate and shuffled updates: effects once"""
    desk = Desk(empty_db)  # type: ignore[arg-type]  # the fixture's own type is the same
    dice = random.Random(seed)
    updates = [said(number, f"{number}", chat=number % 50 + 1) for number in range(1, 5_001)]
    twice = updates + dice.sample(updates, 2_500)
    dice.shuffle(twice)
    for start in range(0, len(twice), 500):
        await desk.take(*twice[start : start + 500])
    assert sorted(map(int, desk.heard)) == list(range(1, 5_001))
    async with desk.db.read() as tx:
        assert set(await tx.scalars(select(Update.state))) == {"done"}
    figures.update({"updates": len(twice), "effects": len(desk.heard)})
