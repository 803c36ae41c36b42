"""Several processes on one PostgreSQL: whose a chat is, who is relieved, who has how much of the pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock
from bot.post.fellows import Fellows, shares
from bot.post.pace import Pace
from bot.shift import Shift
from bot.telegram.handling import Handling
from bot.telegram.intake import Intake
from bot.telegram.shared import Shared
from storage import fence, inbox, lanes, workers
from storage.away import DatabaseAway, TermOver
from storage.db import Database, Tx
from storage.inbox import Arrived
from storage.tables import Update
from tests.world import NOW

on_postgresql = pytest.mark.parametrize("empty_db", ["postgresql"], indirect=True)
ANNA, RUSLAN = 1001, 1002  # chats


async def enters(db: Database) -> int:
    async with db.write() as tx:
        return (await workers.enter(tx))[0]


async def keeps(db: Database, process: int, *updates: Arrived) -> list[tuple[int, int | None, int | None]]:
    """(update, whose it is, what stands before it in its chat)"""
    async with db.write() as tx:
        new = await lanes.keep(tx, updates, lambda _: process, now=NOW)
    return [(each.update_id, each.worker, each.behind) for each in new]


def pressed(number: int, chat: int) -> Arrived:
    return Arrived(number, chat, "{}", in_order=True)


async def has_died(db: Database, process: int) -> None:
    async with db.write() as tx:
        await tx.execute(text("UPDATE workers SET until = clock_timestamp() - interval '1 hour' WHERE id = :id"), {"id": process})


@on_postgresql
async def test_a_chat_is_one_processs_as_long_as_one_of_its_updates_waits(empty_db: Database) -> None:
    first, second = await enters(empty_db), await enters(empty_db)
    assert await keeps(empty_db, first, Arrived(1, ANNA, "{}")) == [(1, first, None)]
    assert await keeps(empty_db, second, Arrived(2, ANNA, "{}"), Arrived(3, RUSLAN, "{}")) == [(2, first, 1), (3, second, None)]
    assert await keeps(empty_db, second, Arrived(2, ANNA, "{}")) == []  # brought twice
    async with empty_db.write() as tx:
        await inbox.done(tx, [1])
    assert await keeps(empty_db, second, Arrived(4, ANNA, "{}")) == [(4, first, 2)]
    async with empty_db.write() as tx:
        await inbox.done(tx, [2, 4])
    assert await keeps(empty_db, second, Arrived(5, ANNA, "{}")) == [(5, second, None)]


@on_postgresql
async def test_who_is_silent_too_long_is_relieved_and_keeps_nothing_any_more(empty_db: Database) -> None:
    first, second = await enters(empty_db), await enters(empty_db)
    await keeps(empty_db, first, Arrived(1, ANNA, "{}"), Arrived(2, RUSLAN, "{}"))
    async with empty_db.write() as tx:
        assert await workers.relieve(tx, first, second) is None  # it lives
    await has_died(empty_db, first)
    with fence.working(first):
        async with empty_db.write() as tx:  # late, but nobody has relieved it: what it has begun is waited for
            await inbox.done(tx, [2])
            async with empty_db.write() as other:
                with fence.working(second):
                    assert await workers.relieve(other, first, second) is None
    async with empty_db.write() as tx:
        assert await workers.relieve(tx, first, second) == [1]
        assert await workers.relieve(tx, first, second) is None
    with fence.working(first), pytest.raises(TermOver):
        async with empty_db.write() as tx:
            await tx.execute(update(Update).values(body="слишком поздно"))
    with pytest.raises(IntegrityError):
        await keeps(empty_db, first, Arrived(3, 1003, "{}"))
    assert await keeps(empty_db, 0, Arrived(4, ANNA, "{}")) == [(4, second, 1)]


@on_postgresql
async def test_who_leaves_in_order_leaves_nothing_behind_or_what_waits_at_once(empty_db: Database) -> None:
    first, second = await enters(empty_db), await enters(empty_db)
    await keeps(empty_db, first, Arrived(1, ANNA, "{}"))
    async with empty_db.write() as tx:
        await workers.leave(tx, first)
        await workers.leave(tx, second)
    third = await enters(empty_db)
    async with empty_db.write() as tx:
        assert [(each.id, each.has_left) for each in await workers.seen(tx)] == [(first, True), (third, False)]
        assert await workers.relieve(tx, first, third) == [1]


@on_postgresql
async def test_what_was_kept_before_there_were_several_is_taken_in_hand_and_later_things_come_after_it(
    empty_db: Database,
) -> None:
    async with empty_db.write() as tx:
        await inbox.keep(tx, [Arrived(number, ANNA, "{}") for number in range(1, 8)], now=NOW)
        await inbox.done(tx, [1])
    async with empty_db.write() as tx:
        process, left = await workers.enter(tx)
    assert sorted(left) == [2, 3, 4, 5, 6, 7]
    async with empty_db.write() as tx:
        (later,) = await lanes.keep(tx, [Arrived(8, ANNA, "{}")], lambda _: process, now=NOW)
    assert (later.arrival, later.behind) == (8, 7)


@on_postgresql
async def test_also_what_is_kept_second_of_all_comes_after_the_first(empty_db: Database) -> None:
    async with empty_db.write() as tx:
        await inbox.keep(tx, [Arrived(1, ANNA, "{}")], now=NOW)
    process = await enters(empty_db)
    async with empty_db.write() as tx:
        (later,) = await lanes.keep(tx, [Arrived(2, ANNA, "{}")], lambda _: process, now=NOW)
    assert (later.arrival, later.behind) == (2, 1)


@on_postgresql
async def test_what_is_taken_over_is_begun_with_before_though_the_answer_to_the_commit_is_lost(
    empty_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = await enters(empty_db)
    await keeps(empty_db, gone, Arrived(1, ANNA, "{}"))
    await has_died(empty_db, gone)
    fellows = Fellows(empty_db, Pace(30), 30)
    shared = Shared(empty_db, fellows, spread=False)
    me = await fellows.enter()
    write = empty_db.write

    @asynccontextmanager
    async def kept_but_not_said() -> AsyncIterator[Tx]:
        async with write() as tx:
            yield tx
        raise DatabaseAway("the line broke")

    with monkeypatch.context() as broken:
        broken.setattr(empty_db, "write", kept_but_not_said)
        with pytest.raises(DatabaseAway):
            await fellows._relieve(gone, me)
    assert [(each.update_id, each.again) for each in await shared.assigned()] == [(1, True)]
    shared.begin()
    assert await fellows._beat(me)
    await fellows._act(me)
    assert not fellows.relieving
    await keeps(empty_db, me, Arrived(2, RUSLAN, "{}"))
    assert [(each.update_id, each.again) for each in await shared.assigned()] == [(1, True), (2, False)]
    await fellows.leave()


class Relieved(Fellows):
    """Taken for dead at once, and at its second beginning left alone."""

    begun = 0

    async def enter(self) -> int:
        self.begun += 1
        return self.begun

    async def keep(self) -> None:
        if self.begun == 2:
            self.called.set()
            await asyncio.Event().wait()


class NeverInHand(Intake):
    async def run(self, **_: object) -> None:
        await asyncio.Event().wait()


@on_postgresql
async def test_who_is_relieved_before_what_was_left_is_in_hand_begins_anew(empty_db: Database) -> None:
    fellows, nobody = Relieved(empty_db, Pace(30), 30), cast(Any, None)
    intake = NeverInHand(Handling(nobody, nobody, empty_db, nobody), Clock())
    working = asyncio.get_running_loop().create_task(Shift(empty_db, intake, nobody, fellows, poll=False).take_part(fellows))
    await fellows.called.wait()
    working.cancel()


@on_postgresql
async def test_presses_that_race_have_their_turn_by_arrival_in_whichever_process(empty_db: Database) -> None:
    first, second = await enters(empty_db), await enters(empty_db)
    async with empty_db.write() as tx:
        (anna,) = await lanes.keep(tx, [pressed(1, ANNA)], lambda _: first, now=NOW)
        other = asyncio.get_running_loop().create_task(keeps(empty_db, second, pressed(2, RUSLAN)))
        async with empty_db.read() as look:
            while not await look.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")):
                await asyncio.sleep(0)
        assert not other.done()  # whoever comes later is kept later
    await other
    async with empty_db.read() as tx:
        (ruslan,) = [each for each in await inbox.unfinished(tx) if each.chat_id == RUSLAN]
        assert anna.arrival < ruslan.arrival
        assert [await lanes.is_next(tx, each.arrival) for each in (anna, ruslan)] == [True, False]
    async with empty_db.write() as tx:
        await lanes.served(tx, [1])
        assert await lanes.is_next(tx, ruslan.arrival)


@on_postgresql
async def test_together_they_never_have_more_of_the_pace_than_the_token(empty_db: Database) -> None:
    first, second = await enters(empty_db), await enters(empty_db)
    async with empty_db.write() as tx:
        assert await workers.take_slots(tx, first, 30, 30) == 30
        assert await workers.take_slots(tx, second, 15, 30) == 0  # nobody has any to give
        await workers.give_slots(tx, first, 18)
        assert await workers.take_slots(tx, second, 15, 30) == 12


@on_postgresql
async def test_what_one_polls_for_all_is_spread_over_those_who_are_awake(
    empty_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LEASE", 3600.0)
    fellows = Fellows(empty_db, Pace(30), 30)
    other, me = await enters(empty_db), await fellows.enter()
    for left, chosen in ((61, {other, me}), (30, {me})):
        async with empty_db.write() as tx:
            lease = "UPDATE workers SET until = clock_timestamp() + make_interval(mins => :left) WHERE id = :id"
            await tx.execute(text(lease), {"id": other, "left": left})
        await fellows._beat(me)
        assert {fellows.whose(chat) for chat in (ANNA, RUSLAN)} == chosen
        assert fellows.living == [other, me]  # nobody takes from it what it has
    await fellows.leave()


@on_postgresql
async def test_what_was_seen_before_a_share_was_given_up_gives_nothing_back(empty_db: Database) -> None:
    one, two = (Fellows(empty_db, Pace(30), 30) for _ in range(2))
    me = await one.enter()
    other = await two.enter()
    await one._beat(me)
    seen = list(one._seen)
    await one._act(me)
    await two._beat(other)
    await two._act(other)
    one._seen = [replace(each, wants=30 if each.id == me else 0) for each in seen]  # older than what it gave
    await one._act(me)
    assert one.pace.rate + two.pace.rate <= 30
    await one.leave()
    await two.leave()


@on_postgresql
async def test_one_process_has_all_and_a_second_gets_its_half(empty_db: Database) -> None:
    one, two = (Fellows(empty_db, Pace(30), 30) for _ in range(2))
    me = await one.enter()
    assert one.pace.rate == 30
    other = await two.enter()
    assert two.pace.rate == 0  # all is in the other's hands
    for each, number in ((one, me), (two, other)):
        assert await each._beat(number)
        await each._act(number)
    assert (one.pace.rate, two.pace.rate) == (15, 15)
    two.pace.pause(7)
    await two._tell_others(other)
    while one.pace._paused_until < asyncio.get_running_loop().time() + 5:  # a 429 silences all, whatever else they do
        await asyncio.sleep(0)
    three = Fellows(empty_db, Pace(30), 30)
    await three.enter()
    assert three.pace._paused_until > asyncio.get_running_loop().time() + 5  # who comes later, too
    await three.leave()
    await two.leave()
    await one._beat(me)
    await one._act(me)
    assert one.pace.rate == 30
    await one.leave()


@pytest.mark.parametrize(
    ("wants", "given"),
    [
        ({1: 0}, {1: 30}),
        ({1: 0, 2: 0, 3: 0}, {1: 10, 2: 10, 3: 10}),
        ({1: 30, 2: 0}, {1: 29, 2: 1}),
        ({1: 30, 2: 30, 3: 30, 4: 30}, {1: 8, 2: 8, 3: 7, 4: 7}),
        ({1: 4, 2: 30, 3: 30}, {1: 4, 2: 13, 3: 13}),
        ({1: 4, 2: 6}, {1: 14, 2: 16}),
        (dict.fromkeys(range(40), 9), dict.fromkeys(range(40), 0) | dict.fromkeys(range(30), 1)),
    ],
)
def test_shares(wants: dict[int, int], given: dict[int, int]) -> None:
    assert shares(wants, 30) == given
