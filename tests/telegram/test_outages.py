"""The line to Telegram breaks for seconds or for an hour: no letter is lost, none spends a try or its one repeat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.post.postman import Postman
from storage import outbox
from storage.db import Database
from tests.outage_world import LINE_DOWN, SILENT, Broken, arrived, letters, line_broken, states, write
from tests.telegram.test_delivery import ToldWithButton, heard, tell
from tests.world import ANNA, World

pytest_plugins: list[str] = []

WORDS = ("раз", "два", "три")


async def wait_for_the_line(world: World, seconds: float, *, step: float) -> None:
    """Time passes, and the postman looks as often as it would."""
    passed = 0.0
    while passed < seconds:
        await world.deliver()
        world.clock.move(timedelta(seconds=step))
        passed += step
    await world.deliver()


@pytest.mark.parametrize("how", LINE_DOWN)
@pytest.mark.parametrize(("seconds", "step"), [(20, 2), (3600, 600)])
async def test_while_the_line_is_down_letters_wait_and_nothing_is_spent(
    world: World, how: Broken, seconds: int, step: int
) -> None:
    count = await write(world, *WORDS)
    async with line_broken(world, how):
        await wait_for_the_line(world, seconds, step=step)
        assert arrived(world).total() == 0
        assert {letter.attempt for letter in await letters(world)} == {0}
        tried = [call.params.get("text") for call in world.sandbox.calls("sendMessage")]
        assert len(tried) <= 12 if seconds == 20 else len(tried) <= 32  # one letter at a time, ever more seldom
    await wait_for_the_line(world, 30, step=10)
    assert await states(world) == {"sent": count}
    assert set(arrived(world).values()) == {1}
    assert {(letter.attempt, letter.repeated) for letter in await letters(world)} == {(1, False)}


@pytest.mark.parametrize("how", SILENT)
async def test_a_hundred_seconds_of_silence_lose_nothing_and_repeat_only_what_was_in_flight(world: World, how: Broken) -> None:
    await tell(world, "обычное")  # the line worked before
    await world.deliver()
    count = await write(world, *WORDS)
    async with line_broken(world, how):
        await wait_for_the_line(world, 100, step=20)
        assert await states(world) == {"sent": 1, "retry": 9, "new": count - 9}  # in each chat one was asked, no other
    await wait_for_the_line(world, 30, step=10)
    assert await states(world) == {"sent": count + 1}
    again = {word: times for (_, word), times in arrived(world).items() if times > 1}
    assert again == ({} if how == "silence" else {"раз": 2})
    assert heard(world) == ["обычное", *(["раз"] if how == "silence_after" else []), *WORDS]


async def test_an_hour_of_silence_costs_one_repeat_and_no_letter(world: World) -> None:
    count = await write(world, "раз")
    async with line_broken(world, "silence_after"):
        await wait_for_the_line(world, 3600, step=600)
        assert await states(world) == {"new": count - 1, "retry": 1}  # nobody knew the line: one letter tried it
    await wait_for_the_line(world, 30, step=10)
    assert await states(world) == {"sent": count}
    assert arrived(world).total() == count + 1


async def test_a_restart_during_a_silence_repeats_nothing_before_the_line_works(world: World) -> None:
    await tell(world, "раз")
    async with line_broken(world, "silence_after"):
        await world.deliver()
        world.app.postman = Postman(world.app.postman.mouth, world.db, world.app.settings, world.clock)
        await wait_for_the_line(world, 100, step=20)
        assert [letter.state for letter in await letters(world)] == ["retry"]
        assert heard(world) == ["раз"]
    await wait_for_the_line(world, 30, step=10)
    assert heard(world) == ["раз", "раз"]
    assert await states(world) == {"sent": 1}


async def test_an_hour_of_telegrams_own_trouble_loses_nothing(world: World) -> None:
    count = await write(world, *WORDS)
    async with line_broken(world, "server_error"):
        await wait_for_the_line(world, 3600, step=300)
    for _ in range(3):
        await world.pass_time(minutes=15)
    assert await states(world) == {"sent": count}
    assert set(arrived(world).values()) == {1}


async def test_a_letter_that_waited_for_days_is_not_given_up_at_telegrams_first_failure(world: World) -> None:
    async with world.db.write() as tx:
        from bot.post.posting import post

        await post(tx, ANNA, ToldWithButton(word="через три дня"), now=world.now, due_at=world.now + timedelta(days=3))
    world.clock.move(timedelta(days=3))
    world.sandbox.fail_next("sendMessage", "server_error")
    await world.deliver()
    assert await states(world) == {"retry": 1}
    await wait_for_the_line(world, 60, step=10)
    assert heard(world) == ["через три дня"]


async def test_a_letter_telegram_fails_at_alone_is_given_up_after_a_day(world: World) -> None:
    await tell(world, "ядовитое")
    async with line_broken(world, "server_error"):
        await wait_for_the_line(world, 23 * 3600, step=3600)
        assert await states(world) == {"retry": 1}
        await wait_for_the_line(world, 2 * 3600, step=3600)
    assert await states(world) == {"dead": 1}


async def test_a_letter_that_telegram_fails_at_while_others_get_through_is_given_up(world: World) -> None:
    await tell(world, "ядовитое")
    for number in range(40):
        world.sandbox.fail_next("sendMessage", None)  # somebody else's, which shows that the line works
        world.sandbox.fail_next("sendMessage", "server_error")
        async with world.db.write() as tx:
            from bot.post.posting import post
            from tests.world import OLGA

            await post(tx, OLGA, ToldWithButton(word=f"{number}"), now=world.now, urgency=2)
        await world.deliver()
        world.clock.move(timedelta(minutes=15))
        if "dead" in await states(world):
            break
    assert (await letters(world))[0].state == "dead"
    assert (await letters(world))[0].attempt == outbox.TRIES


async def test_what_is_over_when_the_line_is_back_is_not_said(world: World) -> None:
    from bot.post.posting import post

    async with world.db.write() as tx:
        await post(tx, ANNA, ToldWithButton(word="скоро"), now=world.now, expires_at=world.now + timedelta(minutes=30))
    async with line_broken(world, "block_page"):
        await wait_for_the_line(world, 3600, step=600)
    await wait_for_the_line(world, 30, step=10)
    assert heard(world) == []
    assert await states(world) == {"cancelled": 1}


async def test_another_worker_repeats_a_lost_letter_only_after_it_saw_the_line_work(db: Database) -> None:
    from bot.post.posting import post
    from tests.world import NOW, OLGA

    minute = timedelta(minutes=1)

    async def claimed(seen: timedelta | None) -> list[str]:
        async with db.write() as tx:
            found = await outbox.claim(
                tx,
                outbox.Hands("b", minute, people=9, per_person=9),
                now=NOW + 3 * minute,
                seen=None if seen is None else NOW + seen,
            )
            await outbox.record(tx, [outbox.Outcome(each.id, "new", attempted=False) for each in found], owner="b", now=NOW)
            return sorted(each.facts["word"] for each in found)

    async with db.write() as tx:
        await post(tx, ANNA, ToldWithButton(word="раз"), now=NOW)
        [lost] = await outbox.claim(tx, outbox.Hands("a", minute, people=9, per_person=9), now=NOW, seen=None)
        gone = outbox.Outcome(lost.id, "retry", due_at=NOW + minute, lost=True)
        await outbox.record(tx, [gone], owner="a", now=NOW)
        await post(tx, ANNA, ToldWithButton(word="за ним"), now=NOW)
        await post(tx, OLGA, ToldWithButton(word="другое"), now=NOW)
    assert await claimed(None) == ["другое"]  # and nothing of Anna's: her letters come in order
    assert await claimed(timedelta()) == ["другое"]
    assert await claimed(2 * minute) == ["другое", "за ним", "раз"]


async def test_a_press_during_a_block_page_is_answered_when_it_is_over(world: World) -> None:
    await world.anna.send("/start")
    for method in ("editMessageText", "answerCallbackQuery"):
        world.sandbox.fail_next(method, "block_page")
    await world.anna.tap("Настройки")
    assert world.anna.page.startswith("Настройки") or "Язык" in world.anna.page
    assert "пошло не так" not in " ".join(world.anna.notices)
    async with world.db.read() as tx:
        from sqlalchemy import func, select

        from storage.tables import Update

        assert await tx.scalar(select(func.count()).where(Update.state == "aside")) == 0
