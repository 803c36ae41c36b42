"""The line to Telegram breaks in every way for 20 s, 5 min and an hour while 2,000 letters wait (`make faults PART=outages`)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from bot.post.posting import Addressed, post_all
from storage.doctor import violations, worth_knowing
from storage.tables import Call, Letter, Person
from tests.outage_world import LINE_DOWN, SILENT, Broken, line_broken
from tests.telegram.test_delivery import ToldWithButton
from tests.world import NOW, World

pytestmark = pytest.mark.faults

CHATS, WORDS = 200, 10
BEFORE = "до того"
FIRST = 50_000  # the Telegram id of the first guest


async def guests(world: World) -> None:
    """Two hundred people to write to."""
    world.app.pace.rate = 10_000
    rows = [
        {"id": FIRST + n, "telegram_id": FIRST + n, "name": f"Гость {n}", "language": "ru", "detail": "full", "created_at": NOW}
        for n in range(CHATS)
    ]
    async with world.db.write() as tx:
        await tx.execute(insert(Person), rows)
    for n in range(CHATS):
        world.member(FIRST + n, f"Гость {n}")


async def write(world: World) -> None:
    for word in range(WORDS):
        async with world.db.write() as tx:
            await post_all(tx, [Addressed(FIRST + n, ToldWithButton(word=f"{word}")) for n in range(CHATS)], now=world.now)


@pytest.mark.parametrize("seconds", [20, 300, 3600])
@pytest.mark.parametrize("begins", ["before", "in the middle"])
@pytest.mark.parametrize("how", [*LINE_DOWN, *SILENT])
async def test_outages(world: World, how: Broken, begins: str, seconds: int, figures: Counter[str]) -> None:
    """Outages (HTML 502, block page, other JSON, silence, refused, TLS, DNS; 20 s, 5 min, 1 h): nothing lost, repeats ≤ lost answers"""
    await guests(world)
    if begins == "in the middle":  # the line has worked, so as many letters as can be are on their way
        async with world.db.write() as tx:
            await post_all(tx, [Addressed(FIRST, ToldWithButton(word=BEFORE))], now=world.now)
        await world.deliver()
    await write(world)
    async with line_broken(world, how):
        passed, step = 0, max(2, seconds // 30)
        while passed < seconds:
            await world.deliver()
            world.clock.move(timedelta(seconds=step))
            passed += step
        tries = sum(call.fault is not None for call in world.sandbox.calls("sendMessage"))
    for _ in range(3):
        await world.deliver()
        world.clock.move(timedelta(seconds=30))
    await judge(world, figures)
    figures["outages"] += 1
    figures["calls while the line was down"] += tries


async def judge(world: World, figures: Counter[str]) -> None:
    """Everything was said, in order, and twice only where an answer was lost."""
    async with world.db.read() as tx:
        states = Counter(await tx.scalars(select(Letter.state).where(Letter.kind == "told-with-button")))
        lost_answers = await tx.scalar(select(func.count()).where(Letter.repeated, Letter.kind == "told-with-button")) or 0
        calls = await tx.scalar(select(func.count(Call.id)))
        assert await violations(tx) == {}
        assert await worth_knowing(tx) == {}
    assert set(states) == {"sent"}
    assert calls == 0
    repeats = 0
    for n in range(CHATS):
        heard = [message.text for message in world.sandbox.phones[FIRST + n].messages if message.from_bot]
        once = list(dict.fromkeys(word for word in heard if word != BEFORE))
        assert once == [f"{word}" for word in range(WORDS)], "lost, or out of order"
        repeats += len(heard) - len(set(heard))
    assert repeats <= lost_answers
    assert world.sandbox.violations == []
    figures["letters"] += states["sent"]
    figures["lost answers"] += lost_answers
    figures["repeats"] += repeats
